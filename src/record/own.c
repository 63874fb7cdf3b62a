#include "record/own.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/statement.h"

/* Each list is one reading of own_field; the older ones stay for entities. */
struct own_fields {
	struct own_fields *older;
	int64_t read_at; /* the data_version of then; -1: changed here since */
	struct own_kind {
		struct field *fields;
		size_t count;
	} * kinds; /* kind_count() of them */
};

static void copy_built_in(struct own_fields *own)
{
	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind *kind = kind_at(i);

		own->kinds[i].count = kind->field_count;
		own->kinds[i].fields =
		    xcalloc(kind->field_count, sizeof(struct field));
		memcpy(own->kinds[i].fields, kind->fields,
		       kind->field_count * sizeof(struct field));
	}
}

static struct own_kind *kind_of(struct own_fields *own, const char *name)
{
	for (size_t i = 0; i < kind_count(); i++) {
		if (strcmp(kind_at(i)->name, name) == 0)
			return &own->kinds[i];
	}
	return NULL;
}

/* A row that this program cannot take, from a newer one, is left alone. */
static void take_row(struct own_fields *own, struct store_ask *ask)
{
	struct own_kind *kind = kind_of(own, statement_text(ask, 0));
	struct field field = { .flags = FIELD_OWN };

	if (!kind || !field_type_of(statement_text(ask, 2), &field.type))
		return;
	field.name = xstrdup(statement_text(ask, 1));
	field.codes = xstrdup(statement_text(ask, 3));
	kind->fields =
	    xreallocarray(kind->fields, kind->count + 1, sizeof field);
	kind->fields[kind->count++] = field;
}

static enum fault read_anew(struct record *record, int64_t version)
{
	struct own_fields *own = xcalloc(1, sizeof *own);
	struct store_ask *ask;
	enum fault fault;
	bool row;

	own->kinds = xcalloc(kind_count(), sizeof *own->kinds);
	copy_built_in(own);
	fault = statement_ask(record, OWN_FIELD_EACH, &ask, "");
	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		take_row(own, ask);
	if (fault) {
		own_fields_free(own);
		return fault;
	}
	own->read_at = version;
	own->older = record->own;
	record->own = own;
	return FAULT_NONE;
}

static bool same_fields(const struct own_fields *a, const struct own_fields *b)
{
	for (size_t i = 0; i < kind_count(); i++) {
		const struct own_kind *one = &a->kinds[i], *two = &b->kinds[i];

		if (one->count != two->count)
			return false;
		for (size_t j = kind_at(i)->field_count; j < one->count; j++) {
			if (strcmp(one->fields[j].codes, two->fields[j].codes))
				return false;
		}
	}
	return true;
}

/* Most changes are to other things: then the older list goes on. */
static void drop_if_same(struct record *record)
{
	struct own_fields *newest = record->own;

	if (!newest->older || !same_fields(newest, newest->older))
		return;
	record->own = newest->older;
	record->own->read_at = newest->read_at;
	newest->older = NULL;
	own_fields_free(newest);
}

enum fault own_fields_of(struct record *record, const struct kind *kind,
			 const struct field **fields, size_t *count)
{
	int64_t version;
	enum fault fault = statement_others(record, &version);

	if (fault)
		return fault;
	if (!record->own || record->own->read_at != version) {
		if ((fault = read_anew(record, version)))
			return fault;
		drop_if_same(record);
	}
	*fields = kind_of(record->own, kind->name)->fields;
	*count = kind_of(record->own, kind->name)->count;
	return FAULT_NONE;
}

void own_fields_changed(struct record *record)
{
	if (record->own)
		record->own->read_at = -1;
}

static void own_kind_done(struct own_kind *kind)
{
	for (size_t i = 0; i < kind->count; i++) {
		if (!(kind->fields[i].flags & FIELD_OWN))
			continue;
		free((char *)kind->fields[i].name);
		free((char *)kind->fields[i].codes);
	}
	free(kind->fields);
}

void own_fields_free(struct own_fields *own)
{
	while (own) {
		struct own_fields *older = own->older;

		for (size_t i = 0; i < kind_count(); i++)
			own_kind_done(&own->kinds[i]);
		free(own->kinds);
		free(own);
		own = older;
	}
}
