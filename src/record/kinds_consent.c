#include <string.h>

#include "base/memory.h"
#include "record/consent_inside.h"
#include "record/entity.h"
#include "record/kinds.h"

/* What a person allows, and what has reached the end of its time. */

#define FIELDS(list) .fields = (list), .field_count = COUNT(list)

static const struct field consent_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER, "given refused withdrawn", NULL },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "purpose", FIELD_CODE, FIELD_NEEDED | FIELD_FIXED,
	  "today keep share sponsor count research", NULL },
	/* With whom, where it is to share. */
	{ "recipient", FIELD_TEXT, FIELD_FIXED, NULL, NULL },
	{ "until", FIELD_DAY, 0, NULL, NULL },
	/* What the person was shown. */
	{ "language", FIELD_TEXT, FIELD_FIXED, NULL, NULL },
	{ "form", FIELD_TEXT, FIELD_FIXED | FIELD_INNER, NULL, NULL },
	/* After a withdrawal: the recipient was told, and answered so. */
	{ "told_on", FIELD_DAY, 0, NULL, NULL },
	{ "receipt", FIELD_TEXT, 0, NULL, NULL },
};

static const struct kind_move consent_moves[] = {
	{ "given", "withdrawn" },
	{ NULL, NULL },
};

static const char *consent_check(struct record *record,
				 const struct entity *before,
				 const struct entity *after)
{
	const char *purpose = entity_text(after, "purpose");

	(void)record;
	(void)before;
	return strcmp(purpose, "share") == 0 && !entity_text(after, "recipient")
		   ? "recipient"
		   : NULL;
}

const struct kind kind_consent = {
	.name = "consent",
	FIELDS(consent_fields),
	.moves = consent_moves,
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "person",
	.asks_source = true,
	.check = consent_check,
	.saved = consent_saved,
};

/* Something to erase: a clock proposes it, a named person decides. */
static const struct field proposal_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER, "proposed kept done", NULL },
	{ "rule", FIELD_CODE, FIELD_NEEDED | FIELD_FIXED | FIELD_INNER,
	  "ticket-aside no-record closed-case safety-note audit", NULL },
	/* "visit", "person", "note"; a ticket that is aside has no number. */
	{ "subject", FIELD_TEXT, FIELD_NEEDED | FIELD_FIXED | FIELD_INNER, NULL,
	  NULL },
	{ "subject_id", FIELD_WHOLE,
	  FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED | FIELD_INNER, NULL,
	  NULL },
	{ "since", FIELD_INSTANT, FIELD_FIXED | FIELD_INNER, NULL, NULL },
	/* Of the audit: its rows up to then. */
	{ "until", FIELD_INSTANT, FIELD_FIXED | FIELD_INNER, NULL, NULL },
};

static const struct kind_move proposal_moves[] = {
	{ "proposed", "kept" },
	{ "proposed", "done" },
	{ NULL, NULL },
};

const struct kind kind_proposal = {
	.name = "proposal",
	FIELDS(proposal_fields),
	.moves = proposal_moves,
	.read = ROLE_SUPERVISOR | ROLE_ADMINISTRATOR | ROLE_AUDITOR,
	.write = ROLE_SUPERVISOR | ROLE_ADMINISTRATOR,
	.saved = retention_decided,
};
