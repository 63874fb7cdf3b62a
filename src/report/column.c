#include "report/column.h"

#include <stdlib.h>
#include <string.h>

void column_done(struct column *column)
{
	free(column->name);
	free(column->text);
	free(column->field);
	free(column->where);
	free(column->is);
	entity_free(column->blank);
	*column = (struct column){ 0 };
}

/* --- where a value comes from ---------------------------------------------
 */

/* Which field of a kind leads to a row's person; NULL: none. */
static const char *leading(const struct kind *kind)
{
	if (strcmp(kind->name, "person") == 0)
		return "id";
	return kind_field(kind, "person") ? "person" : NULL;
}

/* Which field of a contact leads to one of a kind: its worker; NULL: none. */
static const struct field *linking(const struct kind *kind)
{
	const struct kind *contact = kind_find("service_contact");

	for (size_t i = 0; i < contact->field_count; i++) {
		const struct field *field = &contact->fields[i];

		if (field->type == FIELD_LINK &&
		    strcmp(field->link, kind->name) == 0)
			return field;
	}
	return NULL;
}

const struct field *column_field(const struct column *column,
				 const struct entity *entity)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		if (strcmp(entity->fields[i].name, column->field) == 0)
			return &entity->fields[i];
	}
	return NULL;
}

/* "KIND[FIELD=VALUE].FIELD" into its parts; false where it is not so. */
static bool split(const char *source, char **kind, struct column *column)
{
	size_t length = strcspn(source, "[.");
	const char *rest = source + length;

	*kind = xstrndup(source, length);
	if (*rest == '[') {
		size_t name = strcspn(rest, "="), end = strcspn(rest, "]");

		if (name >= end || rest[end] != ']')
			return false;
		column->where = xstrndup(rest + 1, name - 1);
		column->is = xstrndup(rest + name + 1, end - name - 1);
		rest += end + 1;
	}
	if (*rest != '.')
		return false;
	column->field = xstrdup(rest + 1);
	return true;
}

static const char *refusal(struct record *record, const char *kind,
			   const struct column_rows *rows,
			   struct column *column, enum fault *fault)
{
	if (rows->own && strcmp(kind, rows->own) == 0)
		return codes_have(rows->own_fields, column->field,
				  strlen(column->field)) &&
			       !column->where
			   ? NULL
			   : "no such field of a visit; see the manual";
	column->kind = kind_find(kind);
	if (!column->kind || (!leading(column->kind) &&
			      !(rows->contacts && linking(column->kind))))
		return "no such kind of a person's; `foyer people fields` and "
		       "the manual name them";
	if (strcmp(kind, "note") == 0)
		return "notes are not handed over; take this row out";
	if ((*fault = entity_new(record, column->kind, &column->blank)))
		return NULL;
	if (!column_field(column, column->blank))
		return "no such field of this kind; `foyer NOUN fields` lists "
		       "them";
	return column->where && !kind_field(column->kind, column->where)
		   ? "no such field between the brackets"
		   : NULL;
}

enum fault column_read(struct record *record, const char *source,
		       const struct column_rows *rows, struct column *out,
		       const char **wrong)
{
	SCOPED(char_freep) char *kind = NULL;
	const size_t length = strlen(source);
	enum fault fault = FAULT_NONE;

	*wrong = NULL;
	if (length > 1 && source[0] == '\'' && source[length - 1] == '\'')
		out->text = xstrndup(source + 1, length - 2);
	else if (split(source, &kind, out))
		*wrong = refusal(record, kind, rows, out, &fault);
	else
		*wrong = "write it as KIND.FIELD, KIND[FIELD=VALUE].FIELD or "
			 "'text'";
	return fault;
}

/* --- values ---------------------------------------------------------------
 */

static bool are_same(const char *one, const char *other)
{
	return one && other ? strcmp(one, other) == 0 : one == other;
}

bool column_same_entity(const struct column *one, const struct column *other)
{
	return one->kind && one->kind == other->kind &&
	       are_same(one->where, other->where) &&
	       are_same(one->is, other->is);
}

static bool take_id(void *to, const struct entity *entity)
{
	*(int64_t *)to = entity->id;
	return false;
}

static enum fault find_newest(const struct column_row *row,
			      const struct column *column, int64_t *id)
{
	const bool by_visit = strcmp(column->kind->name, "handover") == 0;
	SCOPED(char_freep)
	char *number =
	    xasprintf("%lld", (long long)(by_visit ? row->visit : row->person));
	const struct entity_match matches[] = {
		{ by_visit ? "visit" : leading(column->kind), number },
		{ column->where, column->is },
		{ NULL, NULL },
	};

	return entity_each(row->record, column->kind, matches, "-made_at", 1,
			   row->who, take_id, id);
}

static enum fault find(const struct column_row *row,
		       const struct column *column, int64_t *id)
{
	const struct field *link = linking(column->kind);

	*id = 0;
	if (row->contact && column->kind == row->contact->kind &&
	    !column->where)
		*id = row->contact->id;
	else if (row->contact && link)
		*id = entity_number(row->contact, link->name);
	else if (leading(column->kind))
		return find_newest(row, column, id);
	return FAULT_NONE;
}

enum fault column_entity(const struct column_row *row,
			 const struct column *column, struct entity **out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;
	enum fault fault;
	int64_t id;

	*out = NULL;
	if ((fault = find(row, column, &id)) || !id ||
	    (fault = entity_read(row->record, column->kind, id, row->who,
				 row->now, &answer, &entity)))
		return fault;
	if (answer == ENTITY_DONE && entity_goes_out(entity)) {
		*out = entity;
		entity = NULL;
	}
	return FAULT_NONE;
}
