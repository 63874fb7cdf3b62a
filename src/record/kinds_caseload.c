#include <string.h>

#include "base/memory.h"
#include "record/conflict_inside.h"
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
	/* Whom theirs gives a visit to, who may be behind another wall. */
	{ "other", FIELD_WHOLE, FIELD_INDEXED | FIELD_INNER, NULL, "person" },
	/* Which laptop said it, and what it had before it did. */
	{ "laptop", FIELD_TEXT, FIELD_FIXED | FIELD_INNER, NULL, NULL },
	{ "was", FIELD_LONG, FIELD_FIXED | FIELD_INNER, NULL, NULL },
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

static bool is_taken(const struct entity *before, const struct entity *after)
{
	return before && strcmp(entity_text(before, "state"), "open") == 0 &&
	       strcmp(entity_text(after, "state"), "theirs") == 0;
}

static const char *conflict_check(struct record *record,
				  const struct entity *before,
				  const struct entity *after)
{
	const char *word;

	if (!is_taken(before, after))
		return NULL;
	return conflict_refusal(record, after->id, &word) || word ? "theirs"
								  : NULL;
}

static enum fault conflict_saved(struct record *record,
				 const struct entity *before,
				 const struct entity *after,
				 const struct record_who *who, int64_t now)
{
	const char *word;

	return is_taken(before, after)
		   ? conflict_take(record, after, who, now, &word)
		   : FAULT_NONE;
}

const struct kind kind_conflict = {
	.name = "conflict",
	.fields = conflict_fields,
	.field_count = COUNT(conflict_fields),
	.moves = conflict_moves,
	.read = ROLES_CLIENT | ROLE_SAFETY,
	.write = ROLES_CLIENT,
	.wall = "person other household",
	.guard = "guard",
	.apart = true,
	.check = conflict_check,
	.saved = conflict_saved,
};
