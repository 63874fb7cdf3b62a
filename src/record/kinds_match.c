#include "base/memory.h"
#include "record/entity.h"
#include "record/kinds.h"
#include "record/people_key.h"

/* What workers decided about who is who. */

#define FIELDS(list) .fields = (list), .field_count = COUNT(list)

static const struct field not_same_fields[] = {
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "other", FIELD_LINK, FIELD_FIXED | FIELD_INDEXED, NULL, "person" },
	/* Who came with it, as long as nobody knows who that was. */
	{ "visit", FIELD_WHOLE, FIELD_INDEXED, NULL, "visit" },
};

static const char *not_same_check(struct record *record,
				  const struct entity *before,
				  const struct entity *after)
{
	(void)record;
	(void)before;
	if (!entity_text(after, "other") && !entity_text(after, "visit"))
		return "other";
	return entity_number(after, "person") == entity_number(after, "other")
		   ? "other"
		   : NULL;
}

const struct kind kind_not_same = {
	.name = "not_same",
	FIELDS(not_same_fields),
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "person",
	.check = not_same_check,
};

static const struct field merge_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER, "merged undone", NULL },
	{ "kept", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED, NULL,
	  "person" },
	{ "merged", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "reason", FIELD_TEXT, 0, NULL, NULL },
	/* What refers to kept instead of merged: "goal person 17", a line each
	 */
	{ "map", FIELD_LONG, FIELD_NEEDED | FIELD_FIXED | FIELD_INNER, NULL,
	  NULL },
};
static const struct kind_move merge_moves[] = {
	{ "merged", "undone" },
	{ NULL, NULL },
};
const struct kind kind_merge = {
	.name = "merge",
	FIELDS(merge_fields),
	.moves = merge_moves,
	.read = ROLES_CLIENT,
	.write = ROLE_SUPERVISOR,
	.wall = "kept",
	.saved = people_merge_saved,
};
