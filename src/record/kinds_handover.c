#include "base/memory.h"
#include "record/entity.h"
#include "record/kinds.h"
#include "record/visit.h"

/* What went on to the agency's own case system, so that nothing is typed
 * twice. */

static const struct field handover_fields[] = {
	{ "visit", FIELD_WHOLE,
	  FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED | FIELD_INNER, NULL,
	  "visit" },
	{ "person", FIELD_LINK, FIELD_INDEXED | FIELD_INNER, NULL, "person" },
	{ "system", FIELD_TEXT, FIELD_NEEDED, NULL, NULL }, /* "OCMS" */
	/* What the person or the visit is called there. */
	{ "their_id", FIELD_TEXT, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "note", FIELD_TEXT, 0, NULL, NULL },
};

/* What a person did not agree to be kept goes nowhere else, either. */
static const char *handover_check(struct record *record,
				  const struct entity *before,
				  const struct entity *after)
{
	struct visit visit = { 0 };
	enum visit_found found;
	bool may;

	(void)before;
	if (visit_read(record, entity_number(after, "visit"), &found, &visit))
		return "visit";
	may = found == VISIT_FOUND && visit.keep == VISIT_KEEP_KEPT &&
	      !visit.erased;
	if (found == VISIT_FOUND)
		visit_done(&visit);
	return may ? NULL : "visit";
}

const struct kind kind_handover = {
	.name = "handover",
	.fields = handover_fields,
	.field_count = COUNT(handover_fields),
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "person",
	.check = handover_check,
};
