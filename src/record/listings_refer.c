#include "record/listings.h"

/* Lists of referrals, and of the directory's services. */

/* When it last moved: its age without movement. */
#define MOVED                                                  \
	"(SELECT max(act.at) FROM change JOIN act ON act.id =" \
	" change.act WHERE change.kind = 'referral'"           \
	" AND change.entity = referral.id AND field = 'state')"
#define REFERRALS                                                   \
	" FROM referral JOIN person ON person.id = referral.person" \
	" LEFT JOIN service ON service.id = referral.service"       \
	" LEFT JOIN user ON user.id = referral.worker"              \
	" WHERE referral.gone = 0 AND referral.state <> 'closed'"

const struct listing listing_referrals_still = {
	.name = "referrals-still",
	.kind = "referral",
	.sql = "SELECT referral.id, " MOVED " AS moved, referral.person,"
	       " person.number, need, coalesce(service.name, elsewhere),"
	       " coalesce(service.organization, ''), state, due,"
	       " user.name" REFERRALS " AND direction = 'out' ORDER BY moved,"
	       " referral.id",
	.columns = { { "person", "person", "number" },
		     { "need", "referral", "need" },
		     { "service", NULL, NULL },
		     { "organization", NULL, NULL },
		     { "state", "referral", "state" },
		     { "due", "referral", "due" },
		     { "worker", "user", "name" } },
	.read = ROLES_FRONT,
};

const struct listing listing_referrals_in = {
	.name = "referrals-in",
	.kind = "referral",
	.sql = "SELECT referral.id, referral.made_at, referral.person,"
	       " person.number, need, referral.\"from\", from_name, state,"
	       " user.name" REFERRALS " AND direction = 'in'"
	       " ORDER BY referral.made_at, referral.id",
	.columns = { { "person", "person", "number" },
		     { "need", "referral", "need" },
		     { "from", "referral", "from" },
		     { "from_name", "referral", "from_name" },
		     { "state", "referral", "state" },
		     { "worker", "user", "name" } },
	.read = ROLES_FRONT,
};

/* Numbers alone: who said what stays with the referral. */
const struct listing listing_referral_feedback = {
	.name = "referral-feedback",
	.kind = "service",
	.sql = "SELECT service.id, NULL, NULL, service.organization,"
	       " service.name, count(*), sum(closed_as = 'helped'),"
	       " sum(closed_as IN ('full', 'no-answer')),"
	       " round(avg(rating_person), 1), round(avg(rating_agency), 1)"
	       " FROM referral JOIN service ON service.id = referral.service"
	       " WHERE referral.gone = 0 AND direction = 'out'"
	       " GROUP BY service.id"
	       " ORDER BY service.organization, service.name, service.id",
	.columns = { { "organization", "service", "organization" },
		     { "service", "service", "name" },
		     { "referrals", NULL, NULL },
		     { "helped", NULL, NULL },
		     { "not_reached", NULL, NULL },
		     { "person", NULL, NULL },
		     { "agency", NULL, NULL } },
};

const struct listing listing_services_to_check = {
	.name = "services-to-check",
	.kind = "service",
	.sql = "SELECT id, utc_moment(assured), NULL, name,"
	       " organization, phone, assured FROM service"
	       " WHERE gone = 0 AND listed = 1 AND status = 'active'"
	       " ORDER BY assured IS NOT NULL, assured, name,"
	       " id LIMIT 500",
	.columns = { { "service", "service", "name" },
		     { "organization", "service", "organization" },
		     { "phone", "service", "phone" },
		     { "assured", "service", "assured" } },
};

const struct listing listing_informal_supports = {
	.name = "informal-supports",
	.kind = "service",
	.sql = "SELECT id, NULL, NULL, name, organization, phone, languages,"
	       " safety FROM service WHERE gone = 0 AND listed = 1"
	       " AND terms LIKE '% informal:%' ORDER BY name, id",
	.columns = { { "service", "service", "name" },
		     { "organization", "service", "organization" },
		     { "phone", "service", "phone" },
		     { "languages", "service", "languages" },
		     { "safety", "service", "safety" } },
};
