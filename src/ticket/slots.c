#include "ticket/slots.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/place.h"
#include "ticket/pack.h"
#include "ticket/varint.h"

#define ANY_TYPE_BYTES 32 /* a decimal, a time, an instant as text */
#define INTEGER_BYTES 5   /* zigzag of the 32 bits that a form holds */
#define DATE_BYTES 4

/* One level of slots: the form's, or a repeat's. */
struct level {
	struct slot *slots;
	size_t count;
};

struct slots {
	const struct form *form;
	char **paths;
	struct level *levels; /* the form's first, then each repeat's */
	size_t level_count;
	const struct slot **by_path;
	size_t count;
};

/* What is collected before the levels are known. */
struct found {
	struct slot slot;
	char *path;
	size_t repeat; /* index + 1 of the repeat it is in; 0: none */
};

struct finding {
	const struct form *form;
	struct found *found;
	size_t count;
	bool has_language;
};

static const struct {
	const char *word;
	uint8_t bits;
} parts[] = {
	{ "month-year", 1 },     { "year", 2 },
	{ "ethiopian", 1 << 4 }, { "islamic", 2 << 4 },
	{ "persian", 3 << 4 },   { "bikram-sambat", 4 << 4 },
	{ "coptic", 5 << 4 },    { "buddhist", 6 << 4 },
};

/* The agency's own number for a place, within limits; usual where none is. */
static int limit_of(const struct form *form, const char *path, const char *name,
		    int most, int usual)
{
	const char *text = form_bind_attribute(form, path, "foyer", name);
	char *end;
	long number;

	if (!text)
		return usual;
	number = strtol(text, &end, 10);
	if (end != text && !*end && number >= 1 && number <= most)
		return (int)number;
	log_warning("%s: foyer:%s is \"%s\"; write a whole number from 1 to %d "
		    "(taken as %d)",
		    path, name, text, most, usual);
	return usual;
}

static void describe_date(struct slot *slot, const struct form_place *place)
{
	slot->kind = SLOT_DATE;
	slot->most = DATE_BYTES;
	for (size_t i = 0; i < COUNT(parts); i++) {
		if (form_place_appears(place, parts[i].word)) {
			slot->kind = SLOT_DATE_PARTS;
			slot->most = DATE_BYTES + 1;
			slot->parts |= parts[i].bits;
		}
	}
}

static void describe_select(struct slot *slot, const struct form *form,
			    const struct form_place *place)
{
	slot->choices = form_choice_count(form, place->path);
	if (slot->choices < 0) {
		slot->kind = SLOT_TEXT;
		slot->most = SLOT_TEXT_BYTES;
	} else if (place->multiple) {
		slot->kind = SLOT_SEVERAL;
		slot->most = (slot->choices + 7) / 8;
	} else {
		slot->kind = SLOT_ONE;
		slot->most = (int)varint_size(
		    (uint64_t)(slot->choices ? slot->choices - 1 : 0));
	}
}

static void describe_text(struct slot *slot, const struct form *form,
			  const struct form_place *place)
{
	bool text = place->type == TYPE_STRING;

	slot->typed = text && place->kind == NODE_INPUT;
	slot->kind = SLOT_TEXT;
	slot->most = limit_of(form, place->path, "bytes", WIRE_PLAIN_MAX,
			      text ? SLOT_TEXT_BYTES : ANY_TYPE_BYTES);
	if (slot->typed && form_place_appears(place, "multiline") &&
	    !form_bind_attribute(form, place->path, "foyer", "bytes")) {
		slot->kind = SLOT_FREE_TEXT;
		slot->most = WIRE_PLAIN_MAX;
	}
}

static void describe_value(struct slot *slot, const struct form *form,
			   const struct form_place *place)
{
	if (place->type == TYPE_DATE) {
		describe_date(slot, place);
	} else if (place->type == TYPE_INT) {
		slot->kind = SLOT_INTEGER;
		slot->typed = place->control;
		slot->most = limit_of(form, place->path, "bytes", INTEGER_BYTES,
				      INTEGER_BYTES);
	} else {
		describe_text(slot, form, place);
	}
}

static void describe(struct slot *slot, const struct form *form,
		     const struct form_place *place)
{
	switch (place->kind) {
	case NODE_REPEAT:
		slot->kind = SLOT_REPEAT;
		slot->most = limit_of(form, place->path, "max",
				      FORM_REPEAT_LIMIT, SLOT_REPEAT_MAX);
		break;
	case NODE_SELECT:
		describe_select(slot, form, place);
		break;
	case NODE_TRIGGER:
		slot->kind = SLOT_DONE;
		break;
	default:
		describe_value(slot, form, place);
	}
}

/* Whether a place has a number: see the header. */
static bool is_counted(struct finding *finding, const struct form_place *place)
{
	if (place->meta)
		return false;
	switch (place->kind) {
	case NODE_ROOT:
	case NODE_GROUP:
	case NODE_NOTE:
	case NODE_REPEAT_INSTANCE:
		return false;
	case NODE_MODEL_VALUE:
		if (strcmp(place->name, "language") == 0 &&
		    !finding->has_language)
			return finding->has_language = true;
		return place->set;
	default:
		return true;
	}
}

static bool is_inside(const char *path, const char *repeat)
{
	size_t length = strlen(repeat);

	return strncmp(path, repeat, length) == 0 && path[length] == '/';
}

/* Document order: the innermost repeat around a path is the latest that is. */
static size_t repeat_around(const struct finding *finding, const char *path)
{
	for (size_t i = finding->count; i--;) {
		if (finding->found[i].slot.kind == SLOT_REPEAT &&
		    is_inside(path, finding->found[i].path))
			return i + 1;
	}
	return 0;
}

static void find_one(void *to, const struct form_place *place)
{
	struct finding *finding = to;
	struct found *found;

	if (!is_counted(finding, place))
		return;
	finding->found = xreallocarray(finding->found, finding->count + 1,
				       sizeof *finding->found);
	found = &finding->found[finding->count];
	*found = (struct found){
		.path = xstrdup(place->path),
		.repeat = repeat_around(finding, place->path),
	};
	found->slot.path = found->path;
	describe(&found->slot, finding->form, place);
	finding->count++;
}

/* --- from what was found to levels ---------------------------------------- */

static int by_path(const void *one, const void *other)
{
	return strcmp((*(const struct slot *const *)one)->path,
		      (*(const struct slot *const *)other)->path);
}

/* Every slot of a level lies beside its siblings, numbered from 0. */
static void fill_level(struct level *level, const struct finding *finding,
		       size_t repeat)
{
	size_t count = 0;

	for (size_t i = 0; i < finding->count; i++)
		count += finding->found[i].repeat == repeat;
	level->slots = xcalloc(count, sizeof *level->slots);
	for (size_t i = 0; i < finding->count; i++) {
		if (finding->found[i].repeat != repeat)
			continue;
		level->slots[level->count] = finding->found[i].slot;
		level->slots[level->count].index = (unsigned)level->count;
		level->count++;
	}
}

static struct slot *slot_at(const struct slots *slots, const char *path)
{
	for (size_t l = 0; l < slots->level_count; l++) {
		for (size_t i = 0; i < slots->levels[l].count; i++) {
			if (strcmp(slots->levels[l].slots[i].path, path) == 0)
				return &slots->levels[l].slots[i];
		}
	}
	return NULL;
}

static void join_level(struct slots *slots, struct level *level,
		       const char *repeat)
{
	struct slot *parent = slot_at(slots, repeat);

	parent->inside = level->slots;
	parent->inside_count = level->count;
	for (size_t i = 0; i < level->count; i++)
		level->slots[i].parent = parent;
}

static void build(struct slots *slots, const struct finding *finding)
{
	size_t repeats = 0, count = 0;

	for (size_t i = 0; i < finding->count; i++)
		repeats += finding->found[i].slot.kind == SLOT_REPEAT;
	slots->levels = xcalloc(1 + repeats, sizeof *slots->levels);
	slots->paths = xcalloc(finding->count, sizeof *slots->paths);
	fill_level(&slots->levels[slots->level_count++], finding, 0);
	for (size_t i = 0; i < finding->count; i++) {
		slots->paths[i] = finding->found[i].path;
		if (finding->found[i].slot.kind != SLOT_REPEAT)
			continue;
		fill_level(&slots->levels[slots->level_count], finding, i + 1);
		join_level(slots, &slots->levels[slots->level_count++],
			   finding->found[i].path);
	}
	slots->count = finding->count;
	slots->by_path = xcalloc(slots->count, sizeof *slots->by_path);
	for (size_t l = 0; l < slots->level_count; l++) {
		for (size_t i = 0; i < slots->levels[l].count; i++)
			slots->by_path[count++] = &slots->levels[l].slots[i];
	}
	qsort(slots->by_path, slots->count, sizeof *slots->by_path, by_path);
}

enum fault slots_new(const struct form *form, struct slots **out)
{
	struct finding finding = { .form = form };

	form_each_place(form, find_one, &finding);
	*out = xcalloc(1, sizeof **out);
	(*out)->form = form;
	build(*out, &finding);
	free(finding.found);
	return FAULT_NONE;
}

void slots_free(struct slots *slots)
{
	if (!slots)
		return;
	for (size_t i = 0; i < slots->level_count; i++)
		free(slots->levels[i].slots);
	for (size_t i = 0; i < slots->count; i++)
		free(slots->paths[i]);
	free(slots->levels);
	free(slots->paths);
	free(slots->by_path);
	free(slots);
}

const struct form *slots_form(const struct slots *slots)
{
	return slots->form;
}

const struct slot *slots_first(const struct slots *slots, size_t *count)
{
	*count = slots->levels[0].count;
	return slots->levels[0].slots;
}

const struct slot *slots_of(const struct slots *slots, const struct node *node)
{
	const struct slot wanted = { .path = node_path(node) };
	const struct slot *key = &wanted, **found;

	if (node_kind(node) == NODE_REPEAT_INSTANCE)
		return NULL;
	found = bsearch(&key, slots->by_path, slots->count,
			sizeof *slots->by_path, by_path);
	return found ? *found : NULL;
}

/* --- sizes ---------------------------------------------------------------- */

size_t slot_largest(const struct slot *slot)
{
	size_t most = (size_t)slot->most, inside = 1; /* the list's end */

	switch (slot->kind) {
	case SLOT_FREE_TEXT:
		return 0;
	case SLOT_TEXT:
		return 1 + varint_size(most * 4 + 3) + most;
	case SLOT_REPEAT:
		for (size_t i = 0; i < slot->inside_count; i++)
			inside += slot_largest(&slot->inside[i]);
		return 1 + varint_size(most) + most * inside;
	default:
		return 1 + most;
	}
}

size_t slots_largest(const struct slots *slots)
{
	size_t largest = PLAIN_COVER + 1;

	for (size_t i = 0; i < slots->levels[0].count; i++)
		largest += slot_largest(&slots->levels[0].slots[i]);
	return largest;
}

unsigned slots_floor(const struct slots *slots)
{
	size_t largest = slots_largest(slots);
	unsigned size_class = 0;

	while (size_class < WIRE_CLASSES - 1 &&
	       wire_plain(size_class) < largest)
		size_class++;
	return size_class;
}
