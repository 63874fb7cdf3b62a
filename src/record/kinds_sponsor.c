#include <string.h>

#include "base/memory.h"
#include "record/kinds.h"
#include "record/sponsor_rules.h"

/* Sponsors, the agreements with them, and the households they help. */

#define FIELDS(list) .fields = (list), .field_count = COUNT(list)

/* What may reach a sponsor or a SAH, by agreement and by consent. */
#define SHARED_SCOPES "contact meetings tasks plan progress"

/* Sponsorship agreement holder, constituent group, Group of Five, community
 * sponsor, co-sponsor. */
static const struct field sponsor_group_fields[] = {
	{ "what", FIELD_CODE, FIELD_NEEDED | FIELD_INDEXED, "SAH CG G5 CS COSP",
	  NULL },
	{ "name", FIELD_TEXT, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	/* The SAH that answers for it. */
	{ "parent", FIELD_LINK, FIELD_INDEXED, NULL, "sponsor_group" },
	{ "representative", FIELD_TEXT, 0, NULL, NULL },
	{ "phone", FIELD_TEXT, 0, NULL, NULL },
	{ "email", FIELD_TEXT, 0, NULL, NULL },
	{ "language", FIELD_TEXT, 0, NULL, NULL }, /* BCP 47 */
	/* How it likes to meet; what is not said here, its kind says
	 * (sponsor_meeting_defaults). */
	{ "meeting_mode", FIELD_CODE, 0, MODES, NULL },
	{ "meeting_times", FIELD_TEXT, 0, NULL, NULL },
	{ "post_days", FIELD_WHOLE, 0, NULL, NULL }, /* arrival to POST */
	{ "closed_on", FIELD_DAY, 0, NULL, NULL },   /* sponsors no more */
	{ "note", FIELD_LONG, 0, NULL, NULL },
};
const struct kind kind_sponsor_group = {
	.name = "sponsor_group",
	FIELDS(sponsor_group_fields),
	.read = ROLES_FRONT,
	.write = ROLES_CLIENT,
	.check = sponsor_group_check,
};

static const struct field agreement_fields[] = {
	{ "sponsor_group", FIELD_LINK,
	  FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED, NULL, "sponsor_group" },
	{ "scope", FIELD_CODES, FIELD_NEEDED, SHARED_SCOPES, NULL },
	{ "since", FIELD_DAY, FIELD_NEEDED, NULL, NULL },
	{ "until", FIELD_DAY, 0, NULL, NULL }, /* its last day */
	{ "signed_by", FIELD_TEXT, 0, NULL, NULL },
	{ "note", FIELD_LONG, 0, NULL, NULL },
};
const struct kind kind_agreement = {
	.name = "agreement",
	FIELDS(agreement_fields),
	.read = ROLES_FRONT,
	.write = ROLE_SUPERVISOR,
	.check = agreement_check,
};

static const struct field sponsorship_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER | FIELD_INDEXED,
	  "expected arrived completed broken-down withdrawn", NULL },
	{ "sponsor_group", FIELD_LINK, FIELD_NEEDED | FIELD_INDEXED, NULL,
	  "sponsor_group" },
	/* None yet: a case before arrival. */
	{ "household", FIELD_LINK, FIELD_INDEXED, NULL, "household" },
	{ "category", FIELD_CODE, 0, "RES_PRV RES_BLD", NULL },
	{ "undertaking_since", FIELD_DAY, 0, NULL, NULL },
	{ "undertaking_until", FIELD_DAY, 0, NULL, NULL },
	/* The newcomers' own, to work beside this sponsor at all. */
	{ "consent_on", FIELD_DAY, 0, NULL, NULL },
	{ "expected_on", FIELD_DAY, FIELD_INDEXED, NULL, NULL },
	{ "expected_people", FIELD_WHOLE, 0, NULL, NULL },
	{ "language", FIELD_TEXT, 0, NULL, NULL }, /* awaited, BCP 47 */
	{ "worker", FIELD_LINK, FIELD_INDEXED, NULL, "user" }, /* till arrival
								*/
	{ "arrived_on", FIELD_DAY, FIELD_INDEXED, NULL, NULL },
	/* Something is wrong between them: nothing more reaches the sponsor,
	 * who is not told. Why: breakdown, the kiosk's rule T310, or asked. */
	{ "private", FIELD_CODE, FIELD_INNER, "breakdown T310 asked", NULL },
	{ "private_since", FIELD_INSTANT, FIELD_INNER, NULL, NULL },
	{ "note", FIELD_LONG, 0, NULL, NULL },
};
static const struct kind_move sponsorship_moves[] = {
	{ "expected", "arrived" },      { "expected", "withdrawn" },
	{ "arrived", "completed" },     { "arrived", "broken-down" },
	{ "arrived", "withdrawn" },     { "broken-down", "arrived" },
	{ "broken-down", "completed" }, { "broken-down", "withdrawn" },
	{ "withdrawn", "expected" },    { NULL, NULL },
};
const struct kind kind_sponsorship = {
	.name = "sponsorship",
	FIELDS(sponsorship_fields),
	.moves = sponsorship_moves,
	.read = ROLES_FRONT,
	.write = ROLES_CLIENT,
	.wall = "household",
	.check = sponsorship_check,
	.saved = sponsorship_saved,
	.saved_makes = true,
};

static const struct field responsibility_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER, "open done dropped", NULL },
	{ "sponsorship", FIELD_LINK, FIELD_FIXED | FIELD_INDEXED, NULL,
	  "sponsorship" },
	{ "meeting", FIELD_LINK, FIELD_FIXED | FIELD_INDEXED, NULL, "meeting" },
	{ "task", FIELD_CODE, FIELD_NEEDED,
	  "welcome housing furniture money bank documents health school"
	  " childcare language work transport phone translation community"
	  " safety other",
	  NULL },
	{ "detail", FIELD_TEXT, 0, NULL, NULL },
	/* One is right; two or none is warned of, and never refused. */
	{ "owners", FIELD_CODES, 0, "sponsor SAH worker newcomer", NULL },
	{ "agreed_on", FIELD_DAY, 0, NULL, NULL },
	{ "due", FIELD_DAY, FIELD_INDEXED, NULL, NULL },
	{ "private", FIELD_YES, 0, NULL, NULL }, /* never before a sponsor */
};
static const struct kind_move responsibility_moves[] = {
	{ "open", "done" },    { "open", "dropped" }, { "done", "open" },
	{ "dropped", "open" }, { NULL, NULL },
};
const struct kind kind_responsibility = {
	.name = "responsibility",
	FIELDS(responsibility_fields),
	.moves = responsibility_moves,
	.read = ROLES_FRONT,
	.write = ROLES_CLIENT,
	.wall = "sponsorship",
	.check = responsibility_check,
};

/* A person's own yes to what reaches one group. */
static const struct field sharing_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER, "given withdrawn", NULL },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "sponsor_group", FIELD_LINK,
	  FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED, NULL, "sponsor_group" },
	{ "scope", FIELD_CODES, FIELD_NEEDED, SHARED_SCOPES, NULL },
	{ "since", FIELD_DAY, FIELD_NEEDED, NULL, NULL },
	{ "until", FIELD_DAY, 0, NULL, NULL },     /* its last day */
	{ "language", FIELD_TEXT, 0, NULL, NULL }, /* it was asked in */
	/* Without the sponsor and without anyone of the family in the room. */
	{ "asked_alone", FIELD_YES, 0, NULL, NULL },
};
static const struct kind_move sharing_moves[] = {
	{ "given", "withdrawn" },
	{ NULL, NULL },
};
const struct kind kind_sharing = {
	.name = "sharing",
	FIELDS(sharing_fields),
	.moves = sharing_moves,
	.read = ROLES_CLIENT,
	.write = ROLES_CLIENT,
	.wall = "person",
	.asks_source = true,
};

/* What did reach a group: refused unless sponsor_may_share() has no reason
 * against it. */
static const struct field shared_fields[] = {
	{ "sponsorship", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "sponsorship" },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "sponsor_group", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED, NULL,
	  "sponsor_group" },
	{ "scope", FIELD_CODE, FIELD_NEEDED | FIELD_FIXED, SHARED_SCOPES,
	  NULL },
	{ "day", FIELD_DAY, FIELD_NEEDED | FIELD_FIXED, NULL, NULL },
	{ "text", FIELD_LONG, FIELD_NEEDED | FIELD_FIXED, NULL, NULL },
};
const struct kind kind_shared = {
	.name = "shared",
	FIELDS(shared_fields),
	.read = ROLES_CLIENT,
	.write = ROLES_CLIENT,
	.wall = "person",
	.watched = true,
	.check = shared_check,
};

/* A sponsor came about somebody they help: their ticket lies with the case. */
static const struct field sponsor_visit_fields[] = {
	{ "sponsorship", FIELD_LINK, FIELD_NEEDED | FIELD_INDEXED, NULL,
	  "sponsorship" },
	{ "visit", FIELD_WHOLE, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "visit" },
	{ "day", FIELD_DAY, FIELD_NEEDED, NULL, NULL },
	{ "note", FIELD_TEXT, 0, NULL, NULL },
};
const struct kind kind_sponsor_visit = {
	.name = "sponsor_visit",
	FIELDS(sponsor_visit_fields),
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "sponsorship",
};
