#include "base/memory.h"
#include "record/kinds.h"

/* What keeps a team well, safe, and lets it learn from others. */

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

/*
 * What went wrong or was tried against the agency: about things and ways, never
 * about a person who came, so it links to nobody and may be counted and shared.
 */
static const struct field incident_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER, "open closed", NULL },
	{ "day", FIELD_DAY, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "what", FIELD_CODE, FIELD_NEEDED | FIELD_INDEXED,
	  "threat followed trick break-in lost stolen seen sent-astray "
	  "damaged failed other",
	  NULL },
	{ "effect", FIELD_CODE, FIELD_NEEDED,
	  "none nearly delayed data-seen data-lost person-harmed", NULL },
	{ "site", FIELD_LINK, 0, NULL, "site" },
	{ "words", FIELD_LONG, 0, NULL, NULL },
	{ "told", FIELD_CODES, 0, "lead privacy-office police helpline people",
	  NULL },
	{ "done", FIELD_LONG, 0, NULL, NULL },
};
static const struct kind_move incident_moves[] = {
	{ "open", "closed" },
	{ "closed", "open" },
	{ NULL, NULL },
};
const struct kind kind_incident = {
	.name = "incident",
	FIELDS(incident_fields),
	.moves = incident_moves,
};

/* What is found of the least that a computer or kiosk must have, once a year or
 * after something changed. */
static const struct field hardware_review_fields[] = {
	{ "day", FIELD_DAY, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "what", FIELD_TEXT, FIELD_NEEDED, NULL, NULL }, /* "kiosk" */
	{ "least", FIELD_LONG, FIELD_NEEDED, NULL, NULL },
	{ "found", FIELD_LONG, FIELD_NEEDED, NULL, NULL },
	{ "changed", FIELD_LONG, 0, NULL, NULL },
	{ "next", FIELD_DAY, 0, NULL, NULL },
};
const struct kind kind_hardware_review = {
	.name = "hardware_review",
	FIELDS(hardware_review_fields),
	.write = ROLE_ADMINISTRATOR | ROLE_SUPERVISOR | ROLE_COORDINATOR,
};
