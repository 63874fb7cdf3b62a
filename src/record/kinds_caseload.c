#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/entity_sql.h"
#include "record/kinds.h"

/* What two records said of the same field while one of them was away. */

static const struct field conflict_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER | FIELD_INDEXED, "open ours theirs",
	  NULL },
	{ "what", FIELD_ABOUT, FIELD_NEEDED | FIELD_FIXED, NULL, NULL },
	/* Which one of its kind. */
	{ "subject", FIELD_WHOLE,
	  FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED | FIELD_INNER, NULL,
	  NULL },
	{ "person", FIELD_WHOLE, FIELD_INDEXED | FIELD_INNER, NULL, "person" },
	{ "household", FIELD_WHOLE, FIELD_INNER, NULL, "household" },
	/* As the record has it, and as it came. */
	{ "ours", FIELD_LONG, FIELD_FIXED, NULL, NULL },
	{ "ours_by", FIELD_TEXT, FIELD_FIXED, NULL, NULL },
	{ "ours_at", FIELD_INSTANT, FIELD_FIXED, NULL, NULL },
	{ "theirs", FIELD_LONG, FIELD_FIXED, NULL, NULL },
	{ "theirs_by", FIELD_TEXT, FIELD_FIXED, NULL, NULL },
	{ "theirs_at", FIELD_INSTANT, FIELD_FIXED, NULL, NULL },
	{ "guard", FIELD_CODE, FIELD_NEEDED | FIELD_INNER, GUARDS, NULL },
	{ "reason", FIELD_TEXT, FIELD_INNER, NULL, NULL },
};
static const struct kind_move conflict_moves[] = {
	{ "open", "ours" },
	{ "open", "theirs" },
	{ NULL, NULL },
};

/* The entity as it is and as theirs would make it; NULL where it is not there
 * or is none. field is the static or the kind's. */
static enum fault read_subject(struct record *record,
			       const struct entity *conflict,
			       const char **field, struct entity **before,
			       struct entity **after)
{
	const char *what = entity_text(conflict, "what");
	const char *point = strchr(what, '.');
	SCOPED(char_freep)
	char *name = xstrndup(what, point ? (size_t)(point - what) : 0);
	const struct kind *kind = kind_find(name);
	const int64_t id = entity_number(conflict, "subject");
	enum fault fault;

	*before = *after = NULL;
	if (!kind)
		return FAULT_NONE;
	*field = point ? point + 1 : "";
	if ((fault = entity_fetch(record, kind, id, before)) || !*before ||
	    (fault = entity_fetch(record, kind, id, after)))
		return fault;
	if (**field)
		(void)entity_set(*after, *field,
				 entity_text(conflict, "theirs"));
	else
		(*after)->gone = !(*before)->gone;
	return FAULT_NONE;
}

/* What was changed once more since, or was signed, is not overwritten; nor is
 * anything left without what it cannot be without. */
static const char *why_not(struct record *record, const struct entity *conflict,
			   const char *field, const struct entity *before,
			   const struct entity *after)
{
	const struct kind *kind = before->kind;
	const struct field *of = *field ? kind_field(kind, field) : NULL;

	if (of && of->flags & FIELD_NEEDED && !entity_text(after, field))
		return "theirs";
	if (*field && entity_differs(entity_text(before, field),
				     entity_text(conflict, "ours")))
		return "ours";
	if (kind->signed_at && entity_text(before, kind->signed_at))
		return "what";
	return kind->check && kind->check(record, before, after) ? "theirs"
								 : NULL;
}

static bool is_taken(const struct entity *before, const struct entity *after)
{
	return before && strcmp(entity_text(before, "state"), "open") == 0 &&
	       strcmp(entity_text(after, "state"), "theirs") == 0;
}

static const char *conflict_check(struct record *record,
				  const struct entity *before,
				  const struct entity *after)
{
	SCOPED(entity_freep) struct entity *was = NULL;
	SCOPED(entity_freep) struct entity *becomes = NULL;
	const char *field = "";

	if (!is_taken(before, after))
		return NULL;
	if (read_subject(record, after, &field, &was, &becomes) || !becomes)
		return "what";
	return why_not(record, after, field, was, becomes);
}

static enum fault conflict_saved(struct record *record,
				 const struct entity *before,
				 const struct entity *after,
				 const struct record_who *who, int64_t now)
{
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = "theirs",
		.who = who,
		.now = now,
	};
	SCOPED(entity_freep) struct entity *was = NULL;
	SCOPED(entity_freep) struct entity *becomes = NULL;
	const char *field = "";
	enum fault fault;

	if (!is_taken(before, after))
		return FAULT_NONE;
	if ((fault = read_subject(record, after, &field, &was, &becomes)) ||
	    !becomes)
		return fault;
	return entity_put(record, was, becomes, "change", &about);
}

const struct kind kind_conflict = {
	.name = "conflict",
	.fields = conflict_fields,
	.field_count = COUNT(conflict_fields),
	.moves = conflict_moves,
	.read = ROLES_CLIENT | ROLE_SAFETY,
	.write = ROLES_CLIENT,
	.wall = "person household",
	.guard = "guard",
	.apart = true,
	.check = conflict_check,
	.saved = conflict_saved,
};
