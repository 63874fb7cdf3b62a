#include "base/memory.h"
#include "record/entity.h"
#include "record/kinds.h"
#include "record/refer_rules.h"
#include "record/service.h"

/* The directory's services, and who was sent where. */

#define FIELDS(list) .fields = (list), .field_count = COUNT(list)

/* What stands in the package is inner: the directory's own programs set it. */
static const struct field service_fields[] = {
	{ "hsds_id", FIELD_TEXT,
	  FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED | FIELD_INNER, NULL,
	  NULL },
	{ "name", FIELD_TEXT, FIELD_INNER, NULL, NULL },
	{ "organization", FIELD_TEXT, FIELD_INNER, NULL, NULL },
	{ "status", FIELD_TEXT, FIELD_INNER, NULL, NULL }, /* HSDS's words */
	{ "phone", FIELD_TEXT, FIELD_INNER, NULL, NULL },
	{ "city", FIELD_TEXT, FIELD_INNER, NULL, NULL },
	{ "languages", FIELD_TEXT, FIELD_INNER, NULL, NULL }, /* BCP 47 */
	{ "terms", FIELD_TEXT, FIELD_INNER, NULL, NULL }, /* the taxonomy's */
	{ "listed", FIELD_YES, FIELD_INNER, NULL, NULL }, /* no: gone */
	{ "assured", FIELD_DAY, FIELD_INDEXED, NULL, NULL },
	{ "capacity", FIELD_CODE, 0, "open wait closed", NULL },
	{ "safety", FIELD_LONG, 0, NULL, NULL },
	{ "note", FIELD_LONG, 0, NULL, NULL }, /* the agency's, of no package */
};
const struct kind kind_service = {
	.name = "service",
	FIELDS(service_fields),
	.write = ROLES_FRONT,
	.saved = service_saved,
};

static const struct field referral_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER | FIELD_INDEXED,
	  "proposed consented made contacted connected confirmed feedback"
	  " received first-attempt reached visit closed",
	  NULL },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "direction", FIELD_CODE, FIELD_NEEDED | FIELD_FIXED, "out in", NULL },
	{ "need", FIELD_CODE, 0, DOMAINS, NULL },
	{ "service", FIELD_LINK, FIELD_INDEXED, NULL, "service" },
	{ "elsewhere", FIELD_TEXT, 0, NULL, NULL }, /* not in the directory */
	{ "from", FIELD_CODE, 0, "sah sponsor person hospital school other",
	  NULL },
	{ "from_name", FIELD_TEXT, 0, NULL, NULL }, /* which school */
	{ "reason", FIELD_LONG, 0, NULL, NULL },
	{ "warm", FIELD_CODES, 0, "together went-along asked-to-confirm",
	  NULL },
	/* The person's word that this may be shared with them. */
	{ "consented_on", FIELD_DAY, 0, NULL, NULL },
	{ "due", FIELD_DAY, FIELD_INDEXED, NULL, NULL }, /* ask again by then */
	{ "rating_person", FIELD_WHOLE, 0, NULL, NULL }, /* 1 to 5 */
	{ "said_person", FIELD_LONG, 0, NULL, NULL },
	{ "rating_agency", FIELD_WHOLE, 0, NULL, NULL },
	{ "said_agency", FIELD_LONG, 0, NULL, NULL },
	{ "closed_as", FIELD_CODE, 0,
	  "helped not-suitable full no-answer refused moved", NULL },
	{ "worker", FIELD_LINK, FIELD_INDEXED, NULL, "user" },
};

static const struct kind_move referral_moves[] = {
	{ "proposed", "consented" },   { "consented", "made" },
	{ "proposed", "made" },        { "made", "contacted" },
	{ "made", "connected" },       { "contacted", "connected" },
	{ "connected", "confirmed" },  { "connected", "feedback" },
	{ "confirmed", "feedback" },   { "proposed", "closed" },
	{ "consented", "closed" },     { "made", "closed" },
	{ "contacted", "closed" },     { "connected", "closed" },
	{ "confirmed", "closed" },     { "feedback", "closed" },
	{ "proposed", "received" },    { "received", "first-attempt" },
	{ "received", "reached" },     { "first-attempt", "reached" },
	{ "received", "visit" },       { "first-attempt", "visit" },
	{ "reached", "visit" },        { "received", "closed" },
	{ "first-attempt", "closed" }, { "reached", "closed" },
	{ "visit", "closed" },         { NULL, NULL },
};

const struct kind kind_referral = {
	.name = "referral",
	FIELDS(referral_fields),
	.moves = referral_moves,
	.read = ROLES_FRONT,
	.write = ROLES_FRONT,
	.wall = "person",
	.check = referral_check,
	.saved = referral_saved,
	.saved_makes = true,
};
