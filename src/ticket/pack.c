#include "ticket/pack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"
#include "seal/secret.h"
#include "ticket/coding.h"
#include "ticket/day.h"
#include "ticket/varint.h"

#define ANSWERS_MAX (WIRE_PLAIN_MAX - PLAIN_COVER - 1) /* without the end */
#define LATER_TEXT 4 /* bytes kept for a text that is still to come */

/* What a value became. */
enum packed {
	PACKED,
	PACKED_NOTHING, /* there is no answer */
	PACKED_MISFIT,  /* its type cannot hold it */
	PACKED_LARGE,   /* above the slot's own limit */
};

struct packing {
	const struct slots *slots;
	struct bytes out;
	bool misfit, large;
};

/* --- one value ------------------------------------------------------------ */

static int choice_index(const struct packing *packing, const struct slot *slot,
			const char *value, size_t length)
{
	const struct form *form = slots_form(packing->slots);

	for (int i = 0; i < slot->choices; i++) {
		const char *choice = form_choice_value(form, slot->path, i);

		if (strncmp(choice, value, length) == 0 && !choice[length])
			return i;
	}
	return -1;
}

static enum packed pack_one(struct packing *packing, const struct slot *slot,
			    const char *value, struct bytes *out)
{
	int index = choice_index(packing, slot, value, strlen(value));

	if (index < 0)
		return PACKED_MISFIT;
	varint_add(out, (uint64_t)index);
	return PACKED;
}

static enum packed set_bits(const struct packing *packing,
			    const struct slot *slot, const char *value,
			    uint8_t *bits)
{
	enum packed packed = PACKED_NOTHING;
	size_t length;

	while ((length = strcspn(value += strspn(value, " "), " "))) {
		int index = choice_index(packing, slot, value, length);

		if (index < 0)
			return PACKED_MISFIT;
		bits[index / 8] |= (uint8_t)(1 << index % 8);
		packed = PACKED;
		value += length;
	}
	return packed;
}

static enum packed pack_several(struct packing *packing,
				const struct slot *slot, const char *value,
				struct bytes *out)
{
	size_t length = ((size_t)slot->choices + 7) / 8;
	uint8_t *bits = xcalloc(length, 1);
	enum packed packed = set_bits(packing, slot, value, bits);

	bytes_add(out, bits, length);
	secret_wipe(bits, length);
	free(bits);
	return packed;
}

static enum packed pack_integer(const struct slot *slot, const char *value,
				struct bytes *out)
{
	size_t begin = out->length;
	char *end;
	long long number;

	errno = 0;
	number = strtoll(value, &end, 10);
	if (errno || end == value || *end)
		return PACKED_MISFIT;
	varint_add(out, varint_zigzag(number));
	return out->length - begin > (size_t)slot->most ? PACKED_LARGE : PACKED;
}

static enum packed pack_date(const struct slot *slot, const char *value,
			     struct bytes *out)
{
	int64_t day;

	if (!day_of_text(value, &day))
		return PACKED_MISFIT;
	varint_add(out, varint_zigzag(day));
	if (slot->kind == SLOT_DATE_PARTS)
		bytes_add_byte(out, slot->parts);
	return PACKED;
}

static enum packed pack_text(const struct slot *slot, const char *value,
			     struct bytes *out)
{
	struct bytes coded = { 0 };
	enum coding coding = coding_write(value, &coded);
	enum packed packed = PACKED;

	varint_add(out, (uint64_t)coded.length * 4 + coding);
	bytes_add(out, coded.data, coded.length);
	if (!coded.length)
		packed = PACKED_NOTHING;
	else if (slot->typed && coded.length > (size_t)slot->most)
		packed = PACKED_LARGE;
	bytes_wipe(&coded);
	return packed;
}

static enum packed pack_value(struct packing *packing, const struct slot *slot,
			      const char *value, struct bytes *out)
{
	if (!*value)
		return PACKED_NOTHING;
	switch (slot->kind) {
	case SLOT_ONE:
		return pack_one(packing, slot, value, out);
	case SLOT_SEVERAL:
		return pack_several(packing, slot, value, out);
	case SLOT_INTEGER:
		return pack_integer(slot, value, out);
	case SLOT_DATE:
	case SLOT_DATE_PARTS:
		return pack_date(slot, value, out);
	case SLOT_DONE:
		return PACKED;
	default:
		return pack_text(slot, value, out);
	}
}

/* --- the list ------------------------------------------------------------- */

static void pack_below(struct packing *packing, const struct node *above,
		       int *previous);

static size_t instance_count(const struct node *repeat)
{
	size_t count = 0;

	for (const struct node *at = node_first(repeat); at; at = node_next(at))
		count++;
	return count;
}

static void pack_repeat(struct packing *packing, const struct node *repeat)
{
	varint_add(&packing->out, instance_count(repeat));
	for (const struct node *instance = node_first(repeat); instance;
	     instance = node_next(instance)) {
		int previous = -1;

		if (node_relevant(instance))
			pack_below(packing, instance, &previous);
		varint_add(&packing->out, 0);
	}
}

static void note(struct packing *packing, const struct slot *slot,
		 enum packed packed)
{
	if (packed == PACKED_MISFIT) {
		packing->misfit = true;
		log_warning("%s: its answer is not of its type and stays off "
			    "the ticket",
			    slot->path);
	} else if (packed == PACKED_LARGE) {
		packing->large = true;
		log_note("%s: its answer takes more than %d bytes", slot->path,
			 slot->most);
	}
}

static void pack_node(struct packing *packing, const struct node *node,
		      const struct slot *slot, int *previous)
{
	struct bytes value = { 0 };
	enum packed packed;

	if (slot->kind == SLOT_REPEAT) {
		if (!node_first(node))
			return;
		varint_add(&packing->out, slot->index - (unsigned)*previous);
		*previous = (int)slot->index;
		pack_repeat(packing, node);
		return;
	}
	packed = pack_value(packing, slot, node_value(node), &value);
	note(packing, slot, packed);
	if (packed == PACKED || packed == PACKED_LARGE) {
		varint_add(&packing->out, slot->index - (unsigned)*previous);
		*previous = (int)slot->index;
		bytes_add(&packing->out, value.data, value.length);
	}
	bytes_wipe(&value);
}

/* Groups carry no number: what is in them belongs to the list around them. */
static void pack_below(struct packing *packing, const struct node *above,
		       int *previous)
{
	for (const struct node *node = node_first(above); node;
	     node = node_next(node)) {
		const struct slot *slot;

		if (!node_relevant(node))
			continue;
		slot = slots_of(packing->slots, node);
		if (slot)
			pack_node(packing, node, slot, previous);
		else
			pack_below(packing, node, previous);
	}
}

/* --- the whole ------------------------------------------------------------ */

static uint8_t language_index(const struct form *form, const struct run *run)
{
	const char *chosen = run_language(run);
	size_t count = form_language_count(form);

	for (size_t i = 0; chosen && i < count && i < PLAIN_NO_LANGUAGE; i++) {
		const char *language = form_language(form, i);
		SCOPED(char_freep) char *tag = form_language_tag(language);

		if (strcmp(language, chosen) == 0 || strcmp(tag, chosen) == 0)
			return (uint8_t)i;
	}
	return PLAIN_NO_LANGUAGE;
}

static bool is_not_kept(const struct run *run)
{
	const struct node *keep = run_named(run, "keep");

	return keep && node_relevant(keep) &&
	       strcmp(node_value(keep), "no") == 0;
}

static void write_cover(const struct slots *slots, const struct run *run,
			unsigned flags, uint32_t minutes, uint8_t *plain)
{
	uint8_t digest[32];

	form_digest(slots_form(slots), digest);
	plain[0] = PLAIN_FORMAT;
	plain[1] = (uint8_t)(flags | (is_not_kept(run) ? PLAIN_NOT_KEPT : 0));
	for (int i = 0; i < 4; i++)
		plain[2 + i] = (uint8_t)(minutes >> (24 - 8 * i));
	memcpy(plain + 6, digest, 8);
	plain[14] = language_index(slots_form(slots), run);
}

static unsigned class_for(size_t length, unsigned least)
{
	while (wire_plain(least) < length)
		least++;
	return least;
}

enum pack_answer pack(const struct slots *slots, struct run *run,
		      unsigned flags, uint32_t minutes, unsigned least,
		      uint8_t *plain, size_t *length)
{
	struct packing packing = { .slots = slots };
	unsigned floor = slots_floor(slots);
	enum pack_answer answer = PACK_TOO_LONG;
	int previous = -1;

	pack_below(&packing, run_root(run), &previous);
	if (packing.misfit)
		flags |= PLAIN_MORE_TO_TELL;
	if (!packing.large && packing.out.length <= ANSWERS_MAX) {
		*length =
		    wire_plain(class_for(PLAIN_COVER + packing.out.length + 1,
					 floor > least ? floor : least));
		memset(plain, 0, *length);
		write_cover(slots, run, flags, minutes, plain);
		if (packing.out.length)
			memcpy(plain + PLAIN_COVER, packing.out.data,
			       packing.out.length);
		answer = PACK_DONE;
	}
	bytes_wipe(&packing.out);
	return answer;
}

/* --- room left ------------------------------------------------------------ */

/* Walks the nodes in order, telling those before the asked one from later. */
struct budget {
	struct packing packing;
	const struct node *asked;
	bool passed;        /* the asked node lies behind */
	bool relevant_only; /* see the header */
	size_t used;
};

static void count_below(struct budget *budget, const struct node *above);

/* Bytes of a node's answer now, its index with it; 0 if there is none. */
static size_t size_now(struct budget *budget, const struct node *node,
		       const struct slot *slot)
{
	struct bytes value = { 0 };
	enum packed packed =
	    pack_value(&budget->packing, slot, node_value(node), &value);
	size_t size = 0;

	if (packed == PACKED || packed == PACKED_LARGE)
		size = varint_size(slot->index + 1) + value.length;
	bytes_wipe(&value);
	return size;
}

static bool is_text(const struct slot *slot)
{
	return slot->kind == SLOT_TEXT || slot->kind == SLOT_FREE_TEXT;
}

static size_t larger(size_t one, size_t other)
{
	return one > other ? one : other;
}

static size_t still_to_come(const struct slot *slot)
{
	size_t inside = 1;

	if (is_text(slot))
		return LATER_TEXT;
	if (slot->kind != SLOT_REPEAT)
		return slot_largest(slot);
	for (size_t i = 0; i < slot->inside_count; i++)
		inside += still_to_come(&slot->inside[i]);
	return 1 + varint_size((uint64_t)slot->most) +
	       (size_t)slot->most * inside;
}

/* A repeat's instances as they are, and those that may still be added. */
static void count_repeat(struct budget *budget, const struct node *repeat,
			 const struct slot *slot)
{
	size_t count = instance_count(repeat), inside = 1;

	budget->used += 1 + varint_size((uint64_t)slot->most) + count;
	for (const struct node *instance = node_first(repeat); instance;
	     instance = node_next(instance))
		count_below(budget, instance);
	for (size_t i = 0; i < slot->inside_count; i++)
		inside += still_to_come(&slot->inside[i]);
	if (budget->passed && !budget->relevant_only &&
	    count < (size_t)slot->most)
		budget->used += ((size_t)slot->most - count) * inside;
}

static void count_node(struct budget *budget, const struct node *node,
		       const struct slot *slot)
{
	bool relevant = node_relevant(node);

	if (node == budget->asked) {
		budget->passed = true;
	} else if (slot->kind == SLOT_REPEAT) {
		count_repeat(budget, node, slot);
	} else if (!budget->passed) {
		budget->used += relevant ? size_now(budget, node, slot) : 0;
	} else if (relevant || !budget->relevant_only) {
		size_t now = relevant ? size_now(budget, node, slot) : 0;

		budget->used += larger(now, still_to_come(slot));
	}
}

static void count_below(struct budget *budget, const struct node *above)
{
	for (const struct node *node = node_first(above); node;
	     node = node_next(node)) {
		const struct slot *slot = slots_of(budget->packing.slots, node);

		if (slot)
			count_node(budget, node, slot);
		else
			count_below(budget, node);
	}
}

/* Whether a form has more questions than a plaintext could ever hold. */
static bool is_overfull(const struct slots *slots)
{
	size_t count, total = 0;
	const struct slot *first = slots_first(slots, &count);

	for (size_t i = 0; i < count; i++)
		total += still_to_come(&first[i]);
	return total > ANSWERS_MAX;
}

static int room_for(const struct slots *slots, struct run *run,
		    const struct node *node, const struct slot *slot,
		    size_t value, size_t coded)
{
	struct budget budget = {
		.packing = { .slots = slots },
		.asked = node,
		.relevant_only = is_overfull(slots),
	};
	int room, own = slot->most - (int)coded;

	count_below(&budget, run_root(run));
	room = ANSWERS_MAX - (int)budget.used - (int)value;
	return slot->typed && own < room ? own : room;
}

int pack_room(const struct slots *slots, struct run *run,
	      const struct node *node, const char *text)
{
	const struct slot *slot = slots_of(slots, node);
	struct bytes coded = { 0 };
	size_t length, value;

	if (!slot)
		return ANSWERS_MAX;
	if (*text)
		(void)coding_write(text, &coded);
	length = coded.length;
	value = varint_size(slot->index + 1) +
		varint_size(length * 4 + CODING_BOTH) + length;
	bytes_wipe(&coded);
	return room_for(slots, run, node, slot, value, length);
}
