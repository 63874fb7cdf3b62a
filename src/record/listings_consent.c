#include "record/listings.h"

const struct listing listing_withdrawals_to_tell = {
	.name = "withdrawals-to-tell",
	.kind = "consent",
	.sql = "SELECT id, changed_at, person, recipient, purpose, changed_by"
	       " FROM consent WHERE gone = 0 AND state = 'withdrawn' AND"
	       " purpose IN ('share', 'sponsor') AND told_on IS NULL"
	       " ORDER BY changed_at, id",
	.columns = { { "recipient", "consent", "recipient" },
		     { "purpose", "consent", "purpose" },
		     { "by", NULL, NULL } },
	.read = ROLES_FRONT,
};

const struct listing listing_retention = {
	.name = "retention",
	.kind = "proposal",
	.sql = "SELECT id, since, NULL, rule, subject, subject_id"
	       " FROM proposal WHERE gone = 0 AND state = 'proposed'"
	       " ORDER BY since, id",
	.columns = { { "rule", "proposal", "rule" },
		     { "subject", "proposal", "subject" },
		     { "number", "proposal", "subject_id" } },
	.read = ROLE_SUPERVISOR | ROLE_ADMINISTRATOR | ROLE_AUDITOR,
};
