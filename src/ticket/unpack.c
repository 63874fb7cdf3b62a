#include "ticket/unpack.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "seal/secret.h"
#include "ticket/coding.h"
#include "ticket/day.h"
#include "ticket/varint.h"

/* Passes over the answers: one can make another relevant, or recompute it. */
#define PASSES 4

/* One answer of the list: where it goes and what it is. */
struct entry {
	char *reference, *value; /* value NULL: a repeat of count instances */
	uint64_t count;
};

struct list {
	const struct slots *slots;
	const uint8_t *at, *end;
	struct entry *entries;
	size_t count;
};

static void list_done(struct list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		char *value = list->entries[i].value;

		if (value)
			secret_wipe(value, strlen(value));
		free(value);
		free(list->entries[i].reference);
	}
	free(list->entries);
}

static void add_entry(struct list *list, char *reference, char *value,
		      uint64_t count)
{
	list->entries = xreallocarray(list->entries, list->count + 1,
				      sizeof *list->entries);
	list->entries[list->count++] =
	    (struct entry){ reference, value, count };
}

/* --- one value; NULL where it is refused ---------------------------------- */

static char *read_one(struct list *list, const struct slot *slot)
{
	uint64_t index;

	if (!varint_take(&list->at, list->end, &index) ||
	    index >= (uint64_t)slot->choices)
		return NULL;
	return xstrdup(
	    form_choice_value(slots_form(list->slots), slot->path, (int)index));
}

static char *read_several(struct list *list, const struct slot *slot)
{
	size_t length = ((size_t)slot->choices + 7) / 8;
	const uint8_t *bits = list->at;
	struct bytes text = { 0 };

	if ((size_t)(list->end - list->at) < length)
		return NULL;
	list->at += length;
	for (size_t i = 0; i < 8 * length; i++) {
		if (!(bits[i / 8] >> i % 8 & 1))
			continue;
		if (i >= (size_t)slot->choices) {
			bytes_wipe(&text);
			return NULL;
		}
		bytes_add_format(&text, "%s%s", text.length ? " " : "",
				 form_choice_value(slots_form(list->slots),
						   slot->path, (int)i));
	}
	return text.length ? bytes_take_text(&text) : NULL;
}

static char *read_integer(struct list *list)
{
	uint64_t number;

	if (!varint_take(&list->at, list->end, &number))
		return NULL;
	return xasprintf("%" PRId64, varint_unzigzag(number));
}

/* Precision 0 to 2, estimated or not, bit 3 none, calendar 0 to 6. */
static bool parts_sound(uint8_t parts)
{
	return (parts & 3) <= 2 && !(parts & 8) && parts >> 4 <= 6;
}

static char *read_date(struct list *list, const struct slot *slot)
{
	char text[DAY_TEXT];
	uint64_t number;
	int64_t day;

	if (!varint_take(&list->at, list->end, &number))
		return NULL;
	day = varint_unzigzag(number);
	if (day < DAY_FIRST || day > DAY_LAST)
		return NULL;
	if (slot->kind == SLOT_DATE_PARTS &&
	    (list->at == list->end || !parts_sound(*list->at++)))
		return NULL;
	day_text(day, text);
	return xstrdup(text);
}

static char *read_text(struct list *list)
{
	struct bytes text = { 0 };
	uint64_t head, length;
	const uint8_t *coded;

	if (!varint_take(&list->at, list->end, &head))
		return NULL;
	length = head / 4;
	if (length == 0 || length > (uint64_t)(list->end - list->at))
		return NULL;
	coded = list->at;
	list->at += length;
	if (coding_read((enum coding)(head % 4), coded, length, &text) !=
		CODING_READ ||
	    !text.length) {
		bytes_wipe(&text);
		return NULL;
	}
	return bytes_take_text(&text);
}

static char *read_value(struct list *list, const struct slot *slot)
{
	switch (slot->kind) {
	case SLOT_ONE:
		return read_one(list, slot);
	case SLOT_SEVERAL:
		return read_several(list, slot);
	case SLOT_INTEGER:
		return read_integer(list);
	case SLOT_DATE:
	case SLOT_DATE_PARTS:
		return read_date(list, slot);
	case SLOT_DONE:
		return xstrdup("OK");
	default:
		return read_text(list);
	}
}

/* --- the list ------------------------------------------------------------- */

static bool read_list(struct list *list, const struct slot *slots, size_t count,
		      const char *around, const char *reference);

/* Its reference: the path, with the positions of the repeats around it. */
static char *reference_of(const struct slot *slot, const char *around,
			  const char *reference)
{
	return xasprintf("%s%s", reference, slot->path + strlen(around));
}

static bool read_repeat(struct list *list, const struct slot *slot,
			const char *reference)
{
	uint64_t count;

	if (!varint_take(&list->at, list->end, &count) || count == 0 ||
	    count > FORM_REPEAT_LIMIT)
		return false;
	add_entry(list, xstrdup(reference), NULL, count);
	for (uint64_t i = 1; i <= count; i++) {
		SCOPED(char_freep)
		char *instance = xasprintf("%s[%" PRIu64 "]", reference, i);

		if (!read_list(list, slot->inside, slot->inside_count,
			       slot->path, instance))
			return false;
	}
	return true;
}

static bool read_entry(struct list *list, const struct slot *slot,
		       const char *around, const char *reference)
{
	SCOPED(char_freep)
	char *place = reference_of(slot, around, reference);
	char *value;

	if (slot->kind == SLOT_REPEAT)
		return read_repeat(list, slot, place);
	value = read_value(list, slot);
	if (!value)
		return false;
	add_entry(list, place, value, 0);
	place = NULL;
	return true;
}

/* One list up to its delta 0; its slots lie inside of around, at reference. */
static bool read_list(struct list *list, const struct slot *slots, size_t count,
		      const char *around, const char *reference)
{
	uint64_t next = 0, delta;

	for (;;) {
		if (!varint_take(&list->at, list->end, &delta))
			return false;
		if (delta == 0)
			return true;
		if (delta > count - next)
			return false;
		next += delta;
		if (!read_entry(list, &slots[next - 1], around, reference))
			return false;
	}
}

static bool only_zeros(const uint8_t *at, const uint8_t *end)
{
	while (at < end) {
		if (*at++)
			return false;
	}
	return true;
}

static bool read_all(struct list *list)
{
	size_t count;
	const struct slot *first = slots_first(list->slots, &count);

	return read_list(list, first, count, "", "") &&
	       only_zeros(list->at, list->end);
}

enum unpack_answer unpack_cover(const uint8_t *plain, size_t length,
				struct plain_cover *cover)
{
	if (wire_class_of_plain(length) < 0)
		return UNPACK_REFUSED;
	if (plain[0] != PLAIN_FORMAT || plain[1] & ~PLAIN_FLAGS)
		return UNPACK_NEWER;
	*cover =
	    (struct plain_cover){ .flags = plain[1], .language = plain[14] };
	for (int i = 0; i < 4; i++)
		cover->minutes = cover->minutes << 8 | plain[2 + i];
	memcpy(cover->reference, plain + 6, sizeof cover->reference);
	return UNPACK_DONE;
}

/* --- into the run --------------------------------------------------------- */

struct filling {
	struct run *run;
	const struct list *list;
	bool changed; /* in this pass */
	bool refused;
};

static size_t instances(const struct node *repeat, struct node **last)
{
	size_t count = 0;

	*last = NULL;
	for (struct node *at = node_first(repeat); at; at = node_next(at)) {
		*last = at;
		count++;
	}
	return count;
}

/* A repeat that its form counts follows from the other answers. */
static enum fault make_instances(struct filling *filling, struct node *repeat,
				 uint64_t wanted)
{
	enum fault fault = FAULT_NONE;
	struct node *last;
	size_t count;

	if (node_counted(repeat))
		return FAULT_NONE;
	while (!fault && (count = instances(repeat, &last)) != wanted) {
		filling->changed = true;
		fault = count < wanted ? run_repeat_add(filling->run, repeat)
				       : run_repeat_remove(filling->run, last);
	}
	return fault;
}

static enum fault put_value(struct filling *filling, struct node *node,
			    const char *value)
{
	enum run_answer answer;
	enum fault fault;

	if (strcmp(node_value(node), value) == 0)
		return FAULT_NONE;
	filling->changed = true;
	fault = run_put(filling->run, node, value, &answer);
	if (!fault && *value && answer != RUN_TAKEN)
		filling->refused = true;
	return fault;
}

static enum fault put_entry(struct filling *filling, const struct entry *entry)
{
	struct node *node = run_find(filling->run, entry->reference);

	if (!node)
		return FAULT_NONE; /* perhaps after the next pass */
	if (entry->value)
		return put_value(filling, node, entry->value);
	return make_instances(filling, node, entry->count);
}

static bool is_listed(const struct list *list, const char *reference)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->entries[i].reference, reference) == 0)
			return true;
	}
	return false;
}

/*
 * What the ticket does not hold was not answered, or was taken back: the
 * form's own first values must not stand in for it.
 */
static enum fault clear_node(struct filling *filling, struct node *node,
			     const struct slot *slot)
{
	SCOPED(char_freep) char *reference = NULL;

	if (slot->kind == SLOT_REPEAT ? !node_first(node) : !*node_value(node))
		return FAULT_NONE;
	reference = node_reference(node);
	if (is_listed(filling->list, reference))
		return FAULT_NONE;
	return slot->kind == SLOT_REPEAT ? make_instances(filling, node, 0)
					 : put_value(filling, node, "");
}

static enum fault clear_below(struct filling *filling, struct node *above)
{
	enum fault fault = FAULT_NONE;

	for (struct node *node = node_first(above); node && !fault;
	     node = node_next(node)) {
		const struct slot *slot = slots_of(filling->list->slots, node);

		if (slot)
			fault = clear_node(filling, node, slot);
		if (!fault)
			fault = clear_below(filling, node);
	}
	return fault;
}

static enum fault fill_once(struct filling *filling)
{
	enum fault fault = FAULT_NONE;

	filling->changed = false;
	for (size_t i = 0; i < filling->list->count && !fault; i++)
		fault = put_entry(filling, &filling->list->entries[i]);
	return fault ? fault : clear_below(filling, run_root(filling->run));
}

/* Every answer must have found its node, or something would be lost. */
static bool all_found(const struct filling *filling)
{
	for (size_t i = 0; i < filling->list->count; i++) {
		if (!run_find(filling->run,
			      filling->list->entries[i].reference))
			return false;
	}
	return true;
}

static enum fault fill(struct run *run, const struct list *list,
		       enum unpack_answer *answer)
{
	struct filling filling = { .run = run, .list = list, .changed = true };
	enum fault fault = FAULT_NONE;

	for (int pass = 0; pass < PASSES && filling.changed && !fault; pass++)
		fault = fill_once(&filling);
	if (!fault && !filling.refused && all_found(&filling))
		*answer = UNPACK_DONE;
	return fault;
}

enum fault unpack(const struct slots *slots, const uint8_t *plain,
		  size_t length, struct run *run, enum unpack_answer *answer)
{
	struct list list = { .slots = slots };
	struct plain_cover cover;
	enum fault fault = FAULT_NONE;

	*answer = unpack_cover(plain, length, &cover);
	if (*answer != UNPACK_DONE)
		return FAULT_NONE;
	*answer = UNPACK_REFUSED;
	list.at = plain + PLAIN_COVER;
	list.end = plain + length;
	if (read_all(&list))
		fault = fill(run, &list, answer);
	list_done(&list);
	return fault;
}
