#include <string.h>

#include "base/memory.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/own.h"
#include "record/people_key.h"
#include "record/user_check.h"

/* Who the agency works with, and who works there. */

#define FIELDS(list) .fields = (list), .field_count = COUNT(list)

static const struct field site_fields[] = {
	{ "name", FIELD_TEXT, FIELD_NEEDED, NULL, NULL },
	{ "address", FIELD_LONG, 0, NULL, NULL },
};
const struct kind kind_site = {
	.name = "site",
	FIELDS(site_fields),
	.write = ROLE_ADMINISTRATOR,
};

static const struct field team_fields[] = {
	{ "name", FIELD_TEXT, FIELD_NEEDED, NULL, NULL },
};
const struct kind kind_team = {
	.name = "team",
	FIELDS(team_fields),
	.write = ROLE_ADMINISTRATOR,
};

static const struct field user_fields[] = {
	{ "name", FIELD_TEXT, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "languages", FIELD_TEXT, 0, NULL, NULL }, /* BCP 47, blanks between */
	{ "dialects", FIELD_TEXT, 0, NULL, NULL },
	{ "roles", FIELD_CODES, 0,
	  "reception worker supervisor coordinator administrator auditor"
	  " safety",
	  NULL },
	{ "teams", FIELD_TEXT, FIELD_INNER, NULL, NULL }, /* [1,2] */
	{ "away", FIELD_YES, 0, NULL, NULL }, /* may not sign in any more */
};
const struct kind kind_user = {
	.name = "user",
	FIELDS(user_fields),
	.write = ROLE_ADMINISTRATOR,
	.check = user_check,
	.saved = user_saved,
};

static const struct field person_fields[] = {
	/* What lists call somebody whose name they may not show. */
	{ "number", FIELD_TEXT, FIELD_FIXED | FIELD_INDEXED | FIELD_INNER, NULL,
	  NULL },
	{ "team", FIELD_LINK, FIELD_INDEXED, NULL, "team" },
	{ "birth_calendar", FIELD_TEXT, 0, NULL, NULL },
	{ "birth_given", FIELD_TEXT, 0, NULL, NULL }, /* as it was entered */
	{ "birth_precision", FIELD_CODE, 0, "day month year age-group", NULL },
	{ "birth_from", FIELD_DAY, FIELD_INDEXED, NULL, NULL },
	{ "birth_to", FIELD_DAY, 0, NULL, NULL },
	/* A document's 1 January and the like: no proof of a day. */
	{ "birth_default", FIELD_YES, 0, NULL, NULL },
	{ "gender", FIELD_CODE, 0, "W M X", NULL },
	{ "official_language", FIELD_CODE, 0, "en fr", NULL },
	{ "language", FIELD_TEXT, 0, NULL, NULL }, /* spoken best, BCP 47 */
	{ "dialect", FIELD_TEXT, 0, NULL, NULL },
	{ "interpreter", FIELD_YES, 0, NULL, NULL },
	{ "access_needs", FIELD_TEXT, 0, NULL, NULL },
	{ "contact_times", FIELD_TEXT, 0, NULL, NULL },
	{ "leave_message", FIELD_YES, 0, NULL, NULL },
	{ "mode", FIELD_CODE, 0, "IN PH VID ANY", NULL },
	{ "prefers", FIELD_TEXT, 0, NULL, NULL }, /* worker, language */
	{ "arrived", FIELD_DAY, FIELD_INDEXED, NULL, NULL },
	{ "deceased", FIELD_DAY, 0, NULL, NULL },
	{ "merged_into", FIELD_LINK, FIELD_INNER | FIELD_INDEXED, NULL,
	  "person" },
};
const struct kind kind_person = {
	.name = "person",
	FIELDS(person_fields),
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "id",
	.asks_source = true,
	.saved = people_person_saved,
};

static const struct field name_fields[] = {
	{ "person", FIELD_WHOLE, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "preferred", FIELD_TEXT, 0, NULL, NULL },
	{ "latin", FIELD_TEXT, 0, NULL, NULL },
	{ "own_script", FIELD_TEXT, 0, NULL, NULL },
	{ "language", FIELD_TEXT, 0, NULL, NULL }, /* of own_script, BCP 47 */
	{ "others", FIELD_LONG, 0, NULL, NULL },   /* a line each */
};
const struct kind kind_name = {
	.name = "name",
	FIELDS(name_fields),
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "person",
	.asks_source = true,
	.apart = true,
	.saved = people_name_saved,
};

static const struct field contact_fields[] = {
	{ "person", FIELD_WHOLE, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "what", FIELD_CODE, FIELD_NEEDED, "phone sms email address other",
	  NULL },
	{ "value", FIELD_TEXT, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "note", FIELD_TEXT, 0, NULL, NULL },
};
const struct kind kind_contact = {
	.name = "contact",
	FIELDS(contact_fields),
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "person",
	.asks_source = true,
	.apart = true,
	.saved = people_name_saved,
};

static const struct field household_fields[] = {
	{ "family_code", FIELD_TEXT, FIELD_INDEXED, NULL, NULL },
	{ "arrival_group", FIELD_TEXT, FIELD_INDEXED, NULL, NULL },
	{ "team", FIELD_LINK, FIELD_INDEXED, NULL, "team" },
	/* The single point of contact; its history is the hand-overs. */
	{ "worker", FIELD_LINK, FIELD_INDEXED, NULL, "user" },
	{ "contact_days", FIELD_WHOLE, 0, NULL, NULL }, /* between contacts */
	{ "note", FIELD_LONG, 0, NULL, NULL },
};
const struct kind kind_household = {
	.name = "household",
	FIELDS(household_fields),
	.read = ROLES_FRONT,
	.write = ROLES_CLIENT,
	.wall = "id",
};

static const struct field member_fields[] = {
	{ "household", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "household" },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "relation", FIELD_CODE, 0,
	  "self partner child parent sibling grandparent other-family"
	  " not-family",
	  NULL },
	{ "since", FIELD_DAY, 0, NULL, NULL },
	{ "until", FIELD_DAY, 0, NULL, NULL },
	{ "in_canada", FIELD_YES, 0, NULL, NULL },
};
const struct kind kind_member = {
	.name = "member",
	FIELDS(member_fields),
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "person household",
	.asks_source = true,
};

static const struct field identifier_fields[] = {
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "what", FIELD_CODE, FIELD_NEEDED, "UCI passport other", NULL },
	{ "value", FIELD_TEXT, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "seen_by", FIELD_LINK, 0, NULL, "user" },
	{ "seen_on", FIELD_DAY, 0, NULL, NULL },
};
const struct kind kind_identifier = {
	.name = "identifier",
	FIELDS(identifier_fields),
	.read = ROLES_CLIENT,
	.write = ROLES_CLIENT,
	.wall = "person",
	.asks_source = true,
	.watched = true,
};

static const struct field status_fields[] = {
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "category", FIELD_CODE, FIELD_NEEDED,
	  "RES_GOV RES_PRV RES_BLD RES_UNS CLM PRT ECO FAM EMG TWK TST TVI"
	  " CIT TALK",
	  NULL },
	{ "since", FIELD_DAY, 0, NULL, NULL },
	{ "until", FIELD_DAY, 0, NULL, NULL },
	{ "evidence", FIELD_LONG, 0, NULL, NULL },
};
const struct kind kind_status = {
	.name = "status",
	FIELDS(status_fields),
	.read = ROLES_CLIENT,
	.write = ROLES_CLIENT,
	.wall = "person",
	.asks_source = true,
};

static const struct field note_fields[] = {
	{ "person", FIELD_LINK, FIELD_FIXED | FIELD_INDEXED, NULL, "person" },
	{ "household", FIELD_LINK, FIELD_FIXED | FIELD_INDEXED, NULL,
	  "household" },
	{ "domain", FIELD_CODE, 0, DOMAINS, NULL },
	{ "text", FIELD_LONG, FIELD_NEEDED, NULL, NULL },
	{ "guard", FIELD_CODE, FIELD_NEEDED, GUARDS, NULL },
};
/* What two records said of it is as secret as it is. */
static enum fault note_saved(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now)
{
	const char *guard = entity_text(after, "guard");

	(void)who;
	(void)now;
	if (!before || !entity_differs(entity_text(before, "guard"), guard))
		return FAULT_NONE;
	return statement_do(record,
			    "UPDATE conflict SET guard = ?2 WHERE subject = ?1"
			    " AND what LIKE 'note.%'",
			    "it", after->id, guard);
}

const struct kind kind_note = {
	.name = "note",
	FIELDS(note_fields),
	.read = ROLES_CLIENT | ROLE_SAFETY,
	.write = ROLES_CLIENT | ROLE_SAFETY,
	.wall = "person household",
	.guard = "guard",
	.watched = true,
	.saved = note_saved,
};

/* A field that the agency adds to a kind, without a change of the program. */
static const struct field own_fields[] = {
	{ "of", FIELD_TEXT, FIELD_NEEDED | FIELD_FIXED, NULL, NULL },
	{ "name", FIELD_TEXT, FIELD_NEEDED | FIELD_FIXED, NULL, NULL },
	{ "type", FIELD_CODE, FIELD_NEEDED | FIELD_FIXED,
	  "text long whole money day instant code codes yes", NULL },
	{ "codes", FIELD_TEXT, 0, NULL, NULL },
	{ "label_en", FIELD_TEXT, FIELD_NEEDED, NULL, NULL },
	{ "label_fr", FIELD_TEXT, 0, NULL, NULL },
};
static enum fault own_field_saved(struct record *record,
				  const struct entity *before,
				  const struct entity *after,
				  const struct record_who *who, int64_t now)
{
	(void)before;
	(void)after;
	(void)who;
	(void)now;
	own_fields_changed(record);
	return FAULT_NONE;
}

static const char *own_field_check(struct record *record,
				   const struct entity *before,
				   const struct entity *after)
{
	const struct kind *of = kind_find(entity_text(after, "of"));
	const char *name = entity_text(after, "name");

	(void)record;
	(void)before;
	if (!of || of->apart)
		return "of";
	if (kind_field(of, name) ||
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")])
		return "name";
	return strncmp(entity_text(after, "type"), "code", 4) == 0 &&
		       !entity_text(after, "codes")
		   ? "codes"
		   : NULL;
}

const struct kind kind_own_field = {
	.name = "own_field",
	FIELDS(own_fields),
	.write = ROLE_ADMINISTRATOR,
	.check = own_field_check,
	.saved = own_field_saved,
};

static const struct field suggestion_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER, "open accepted declined done",
	  NULL },
	{ "screen", FIELD_TEXT, FIELD_FIXED, NULL, NULL },
	{ "question", FIELD_TEXT, FIELD_FIXED, NULL, NULL }, /* or rule */
	{ "text", FIELD_LONG, FIELD_NEEDED, NULL, NULL },
	{ "decision", FIELD_LONG, 0, NULL, NULL },
};
static const struct kind_move suggestion_moves[] = {
	{ "open", "accepted" }, { "open", "declined" },
	{ "accepted", "done" }, { "accepted", "declined" },
	{ "declined", "open" }, { NULL, NULL },
};
const struct kind kind_suggestion = {
	.name = "suggestion",
	FIELDS(suggestion_fields),
	.moves = suggestion_moves,
};
