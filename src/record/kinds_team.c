#include "base/memory.h"
#include "record/kinds.h"

/* What keeps a team well and lets it learn from others. */

#define FIELDS(list) .fields = (list), .field_count = COUNT(list)

/* After something hard: it was offered to talk about it, and taken or not. */
static const struct field debrief_fields[] = {
	{ "worker", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "user" },
	{ "day", FIELD_DAY, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "with", FIELD_TEXT, 0, NULL, NULL },
	{ "taken", FIELD_YES, 0, NULL, NULL },
	/* About the work, never about a person who came. */
	{ "note", FIELD_LONG, 0, NULL, NULL },
};
const struct kind kind_debrief = {
	.name = "debrief",
	FIELDS(debrief_fields),
	.read = ROLE_SUPERVISOR | ROLE_WORKER | ROLE_COORDINATOR,
	.write = ROLE_SUPERVISOR | ROLE_WORKER,
};

/* A question between sites and its answer: who stands by it, and since when. */
static const struct field shared_answer_fields[] = {
	{ "question", FIELD_LONG, FIELD_NEEDED, NULL, NULL },
	{ "answer", FIELD_LONG, 0, NULL, NULL },
	{ "topic", FIELD_TEXT, FIELD_INDEXED, NULL, NULL },
	{ "site", FIELD_TEXT, 0, NULL, NULL }, /* it comes from */
	{ "owner", FIELD_TEXT, FIELD_NEEDED, NULL, NULL },
	{ "day", FIELD_DAY, FIELD_NEEDED, NULL, NULL },
};
const struct kind kind_shared_answer = {
	.name = "shared_answer",
	FIELDS(shared_answer_fields),
};
