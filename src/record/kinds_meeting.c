#include "base/memory.h"
#include "record/kinds.h"
#include "record/meeting.h"
#include "record/meeting_rules.h"

/* Whom the agency meets, is to meet, and learns with. */

#define FIELDS(list) .fields = (list), .field_count = COUNT(list)

static const struct field meeting_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER | FIELD_INDEXED,
	  "planned held missed", NULL },
	/* Before arrival, after it, case conference, check. */
	{ "what", FIELD_CODE, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  "PRE POST CONF FOLLOW", NULL },
	{ "sponsorship", FIELD_LINK, FIELD_FIXED | FIELD_INDEXED, NULL,
	  "sponsorship" },
	{ "household", FIELD_LINK, FIELD_INDEXED, NULL, "household" },
	{ "person", FIELD_LINK, FIELD_INDEXED, NULL, "person" },
	{ "day", FIELD_DAY, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "mode", FIELD_CODE, 0, MODES, NULL },
	{ "months", FIELD_CODE, 0, "3 6 12", NULL }, /* since arrival */
	{ "agenda", FIELD_LONG, 0, NULL, NULL },
	{ "resources", FIELD_LONG, 0, NULL, NULL }, /* given */
	{ "decisions", FIELD_LONG, 0, NULL, NULL },
	/* The connection is complete when all of them are (MEETING_CHECKS). */
	{ "checklist", FIELD_CODES, 0, MEETING_CHECKS, NULL },
	{ "private", FIELD_YES, 0, NULL, NULL }, /* never before a sponsor */
};
static const struct kind_move meeting_moves[] = {
	{ "planned", "held" },   { "planned", "missed" }, { "held", "planned" },
	{ "missed", "planned" }, { NULL, NULL },
};
const struct kind kind_meeting = {
	.name = "meeting",
	FIELDS(meeting_fields),
	.moves = meeting_moves,
	.read = ROLES_FRONT,
	.write = ROLES_CLIENT,
	.wall = "household",
	.check = meeting_check,
	.saved = meeting_saved,
};

static const struct field party_fields[] = {
	{ "meeting", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "meeting" },
	{ "who", FIELD_CODE, FIELD_NEEDED, "newcomer sponsor SAH worker other",
	  NULL },
	{ "name", FIELD_TEXT, 0, NULL, NULL }, /* never a newcomer's */
	{ "person", FIELD_LINK, FIELD_INDEXED, NULL, "person" },
	{ "user", FIELD_LINK, FIELD_INDEXED, NULL, "user" },
	{ "sponsor_group", FIELD_LINK, FIELD_INDEXED, NULL, "sponsor_group" },
	{ "attended", FIELD_YES, 0, NULL, NULL },
	/* At a conference: the newcomer's, that this one may hear it. */
	{ "consent_on", FIELD_DAY, 0, NULL, NULL },
};
const struct kind kind_party = {
	.name = "party",
	FIELDS(party_fields),
	.read = ROLES_FRONT,
	.write = ROLES_CLIENT,
	.wall = "meeting",
	.check = party_check,
};

static const struct field appointment_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER | FIELD_INDEXED,
	  "booked attended no-show moved cancelled", NULL },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "worker", FIELD_LINK, FIELD_INDEXED, NULL, "user" },
	{ "at", FIELD_INSTANT, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "minutes", FIELD_WHOLE, 0, NULL, NULL },
	{ "mode", FIELD_CODE, FIELD_NEEDED, "in-person phone video", NULL },
	/* Why nobody came, or why it was moved or cancelled. */
	{ "reason", FIELD_CODE, 0,
	  "transport childcare work health weather language not-told forgot"
	  " device afraid agency other unknown",
	  NULL },
	{ "moved_to", FIELD_LINK, FIELD_INNER, NULL, "appointment" },
	{ "visit", FIELD_WHOLE, FIELD_INNER, NULL, "visit" },
	{ "note", FIELD_TEXT, 0, NULL, NULL },
};
static const struct kind_move appointment_moves[] = {
	{ "booked", "attended" },
	{ "booked", "no-show" },
	{ "booked", "moved" },
	{ "booked", "cancelled" },
	{ "no-show", "attended" },
	{ "no-show", "moved" },
	{ NULL, NULL },
};
const struct kind kind_appointment = {
	.name = "appointment",
	FIELDS(appointment_fields),
	.moves = appointment_moves,
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "person",
	.check = appointment_check,
};

/* A contact that the agency means to make of itself. */
static const struct field outreach_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER | FIELD_INDEXED,
	  "planned done missed dropped", NULL },
	{ "sponsorship", FIELD_LINK, FIELD_FIXED | FIELD_INDEXED, NULL,
	  "sponsorship" },
	{ "household", FIELD_LINK, FIELD_INDEXED, NULL, "household" },
	{ "sponsor_group", FIELD_LINK, FIELD_INDEXED, NULL, "sponsor_group" },
	{ "worker", FIELD_LINK, FIELD_INDEXED, NULL, "user" },
	{ "day", FIELD_DAY, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "mode", FIELD_CODE, 0, MODES, NULL },
	{ "note", FIELD_TEXT, 0, NULL, NULL },
};
static const struct kind_move outreach_moves[] = {
	{ "planned", "done" },    { "planned", "missed" },
	{ "planned", "dropped" }, { "missed", "planned" },
	{ NULL, NULL },
};
const struct kind kind_outreach = {
	.name = "outreach",
	FIELDS(outreach_fields),
	.moves = outreach_moves,
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "household",
	.check = outreach_check,
};

/* --- for everybody ---------------------------------------------------------
 */

static const struct field event_fields[] = {
	{ "what", FIELD_CODE, FIELD_NEEDED | FIELD_INDEXED,
	  "orientation training workshop retrospective recognition break",
	  NULL },
	{ "topic", FIELD_TEXT, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "day", FIELD_DAY, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "minutes", FIELD_WHOLE, 0, NULL, NULL },
	{ "meant_for", FIELD_CODES, 0, "staff sponsors newcomers community",
	  NULL },
	{ "site", FIELD_LINK, 0, NULL, "site" },
	{ "language", FIELD_TEXT, 0, NULL, NULL },
	{ "note", FIELD_LONG, 0, NULL, NULL },
};
const struct kind kind_event = {
	.name = "event",
	FIELDS(event_fields),
};

static const struct field event_party_fields[] = {
	{ "event", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED, NULL,
	  "event" },
	{ "user", FIELD_LINK, FIELD_FIXED | FIELD_INDEXED, NULL, "user" },
	{ "sponsor_group", FIELD_LINK, FIELD_FIXED | FIELD_INDEXED, NULL,
	  "sponsor_group" },
	{ "name", FIELD_TEXT, 0, NULL, NULL }, /* of somebody else */
	{ "invited_on", FIELD_DAY, 0, NULL, NULL },
	{ "came", FIELD_YES, 0, NULL, NULL },
};
const struct kind kind_event_party = {
	.name = "event_party",
	FIELDS(event_party_fields),
	.check = event_party_check,
};

/* What staff are to learn again and again; without roles, all of them. */
static const struct field training_need_fields[] = {
	{ "topic", FIELD_TEXT, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "months", FIELD_WHOLE, FIELD_NEEDED, NULL, NULL }, /* it holds */
	{ "roles", FIELD_CODES, 0,
	  "reception worker supervisor coordinator administrator auditor"
	  " safety",
	  NULL },
};
const struct kind kind_training_need = {
	.name = "training_need",
	FIELDS(training_need_fields),
	.write = ROLE_SUPERVISOR | ROLE_ADMINISTRATOR,
};

/* A few words and a mark from somebody, at once; it names nobody. */
static const struct field feedback_fields[] = {
	{ "about", FIELD_CODE, FIELD_NEEDED | FIELD_INDEXED,
	  "ticket meeting referral appointment event", NULL },
	/* Which one; its id. */
	{ "subject", FIELD_WHOLE, FIELD_INDEXED, NULL, NULL },
	{ "giver", FIELD_CODE, FIELD_NEEDED,
	  "newcomer sponsor SAH worker agency", NULL },
	{ "mark", FIELD_CODE, FIELD_NEEDED, "1 2 3 4 5", NULL }, /* 5 is best */
	{ "day", FIELD_DAY, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "words", FIELD_LONG, 0, NULL, NULL },
};
const struct kind kind_feedback = {
	.name = "feedback",
	FIELDS(feedback_fields),
};
