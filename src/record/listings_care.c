#include "record/listings.h"
#include "record/segment.h"

/* Case streams, what was seen against what was said, and what came of it. */

#define PERSON_COLUMN                        \
	{                                    \
		"person", "person", "number" \
	}
#define KNOWN                                                \
	"person.gone = 0 AND person.merged_into IS NULL AND" \
	" person.deceased IS NULL"

/* The next of the reviews at 6, 12, 18 and 24 months that was not held. */
#define NEXT_REVIEW                                            \
	" CASE coalesce(reviewed, '') WHEN '' THEN 6 WHEN '6'" \
	" THEN 12 WHEN '12' THEN 18 WHEN '18' THEN 24 END "

#define REVIEWS                                                             \
	" (SELECT stream.*, person.number AS person_number, "               \
	"person.arrived," NEXT_REVIEW                                       \
	"AS months, months_after(person.arrived," NEXT_REVIEW               \
	") AS due FROM stream JOIN person ON person.id = stream.person AND" \
	" " KNOWN " WHERE stream.gone = 0 AND stream.state IN ('active',"   \
	" 'exit')) AS review "

const struct listing listing_reviews_due = {
	.name = "stream-reviews-due",
	.kind = "stream",
	.sql = "SELECT id, utc_moment(due), person, person_number,"
	       " months, due, arrived, state, worker FROM" REVIEWS
	       "WHERE due <= ?2 ORDER BY due, id",
	.columns = { PERSON_COLUMN,
		     { "months", NULL, NULL },
		     { "due", NULL, NULL },
		     { "arrived", "person", "arrived" },
		     { "state", "stream", "state" },
		     { "worker", "stream", "worker" } },
	.read = ROLES_CLIENT,
};

/* A worker's people in the stream, and how far their two years are. */
const struct listing listing_caseload = {
	.name = "caseload",
	.kind = "stream",
	.sql = "SELECT id, NULL, person, worker, count(*) OVER (PARTITION BY"
	       " worker), person_number, arrived, days_between(arrived,"
	       " ?2) * 10000 / 304375, months, due, state FROM" REVIEWS
	       "ORDER BY worker, due IS NULL, due, id",
	.columns = { { "worker", "stream", "worker" },
		     { "of", NULL, NULL },
		     PERSON_COLUMN,
		     { "arrived", "person", "arrived" },
		     { "here", NULL, NULL },
		     { "review", NULL, NULL },
		     { "due", NULL, NULL },
		     { "state", "stream", "state" } },
	.read = ROLES_CLIENT,
};

/* The version of each person that is first in such an order; a worker's draft
 * says nothing yet. */
#define VERSION_OF(order)                                                \
	" (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY"     \
	" person ORDER BY " order ", id) AS place FROM assessment WHERE" \
	" gone = 0 AND signed_at IS NOT NULL) AS signed WHERE place = 1) "
#define NEWEST VERSION_OF("number DESC")
#define OLDEST VERSION_OF("number")

const struct listing listing_stream_suggested = {
	.name = "stream-suggested",
	.kind = "person",
	.sql = "SELECT person.id, newest.signed_at, person.id, person.number,"
	       " newest.suggested, newest.what, coalesce(stream.state, 'none')"
	       " FROM" NEWEST "AS newest"
	       " JOIN person ON person.id = newest.person AND " KNOWN
	       " LEFT JOIN stream ON stream.person = person.id AND"
	       " stream.gone = 0"
	       " WHERE newest.suggested IS NOT NULL AND"
	       " coalesce(stream.state, 'none') NOT IN ('active', 'exit')"
	       " ORDER BY newest.signed_at, person.id, stream.id",
	.columns = { PERSON_COLUMN,
		     { "reasons", "assessment", "suggested" },
		     { "what", "assessment", "what" },
		     { "assigned", "stream", "state" } },
	.read = ROLES_CLIENT,
};

/* Assigned against suggested, for everybody who was assessed. */
const struct listing listing_stream_assigned = {
	.name = "stream-assigned",
	.kind = "person",
	.sql = "SELECT person.id, newest.signed_at, person.id, person.number,"
	       " newest.suggested IS NOT NULL, newest.suggested,"
	       " coalesce(stream.state, 'none'), stream.reason"
	       " FROM" NEWEST "AS newest"
	       " JOIN person ON person.id = newest.person AND " KNOWN
	       " LEFT JOIN stream ON stream.person = person.id AND"
	       " stream.gone = 0"
	       " ORDER BY person.id, stream.id",
	.columns = { PERSON_COLUMN,
		     { "suggested", "level", "wanted" },
		     { "reasons", "assessment", "suggested" },
		     { "assigned", "stream", "state" },
		     { "reason", "stream", "reason" } },
	.read = ROLES_CLIENT,
};

/* --- said against seen ---------------------------------------------------- */

/* Levels that a worker set otherwise than the person had, in the newest of
 * each; and what was known of a person by their word until proof was seen. */
const struct listing listing_said_and_seen = {
	.name = "said-and-seen",
	.kind = "person",
	.sql = "SELECT person.id, seen.changed_at, person.id, person.number,"
	       " seen.domain, NULL, said.level, seen.level, seen.source,"
	       " seen.changed_by FROM level AS seen"
	       " JOIN assessment AS b ON b.id = seen.assessment AND b.gone = 0"
	       " AND b.what <> 'self' AND b.number = (SELECT max(number) FROM"
	       " assessment WHERE person = b.person AND gone = 0 AND"
	       " what <> 'self')"
	       " JOIN assessment AS a ON a.person = b.person AND a.gone = 0"
	       " AND a.what = 'self' AND a.number = (SELECT max(number) FROM"
	       " assessment WHERE person = b.person AND gone = 0 AND"
	       " what = 'self')"
	       " JOIN level AS said ON said.assessment = a.id AND"
	       " said.domain = seen.domain AND said.gone = 0"
	       " JOIN person ON person.id = b.person AND " KNOWN
	       " WHERE seen.gone = 0 AND seen.unchanged IS DISTINCT FROM 1 AND"
	       " seen.level <> said.level"
	       " UNION ALL SELECT person.id, act.at, person.id, person.number,"
	       " NULL, c.field, c.before, c.after, c.source, act.user"
	       " FROM change AS c JOIN act ON act.id = c.act AND"
	       " act.undone = 0"
	       " JOIN person ON person.id = c.entity AND " KNOWN
	       " WHERE c.kind = 'person' AND c.source = 'seen' AND"
	       " c.before IS NOT NULL AND c.after IS NOT NULL AND"
	       " (SELECT old.source FROM change AS old WHERE"
	       " old.kind = 'person' AND old.entity = c.entity AND"
	       " old.field = c.field AND old.id < c.id ORDER BY old.id DESC"
	       " LIMIT 1) = 'self' ORDER BY 2 DESC, 1, 5, 6, 7, 8",
	.columns = { PERSON_COLUMN,
		     { "domain", "level", "domain" },
		     { "field", NULL, NULL },
		     { "said", NULL, NULL },
		     { "now", NULL, NULL },
		     { "source", "level", "source" },
		     { "by", NULL, NULL } },
	.read = ROLES_CLIENT,
};

/* --- measures ------------------------------------------------------------- */

/* The level at so many months from the first: the last version from a month
 * before to two months after. */
#define LEVEL_AT(from, until)                                              \
	" (SELECT later.level FROM assessment AS b JOIN level AS later ON" \
	" later.assessment = b.id AND later.domain = l.domain AND"         \
	" later.gone = 0 WHERE b.person = a.person AND b.gone = 0 AND"     \
	" b.signed_at IS NOT NULL AND b.id <> a.id AND"                    \
	" b.day >= months_after(a.day, " from ") AND"                      \
	" b.day < months_after(a.day, " until ")"                          \
	" ORDER BY b.number DESC, b.id, later.id LIMIT 1) "

#define LEVELS_AFTER \
	LEVEL_AT("2", "5") "," LEVEL_AT("5", "8") "," LEVEL_AT("11", "14")

const struct listing listing_measures = {
	.name = "measures",
	.kind = "person",
	.sql = "SELECT person.id, a.signed_at, person.id, person.number,"
	       " l.domain, a.day, l.level," LEVELS_AFTER " FROM" OLDEST
	       "AS a JOIN person ON person.id = a.person AND " KNOWN
	       " JOIN level AS l ON l.assessment = a.id AND l.gone = 0"
	       " ORDER BY person.id, l.domain, l.id",
	.columns = { PERSON_COLUMN,
		     { "domain", "level", "domain" },
		     { "first_day", "assessment", "day" },
		     { "first", "level", "level" },
		     { "after_3", "level", "level" },
		     { "after_6", "level", "level" },
		     { "after_12", "level", "level" } },
	.read = ROLES_CLIENT,
};

/* Everybody's needs now, each with the segment it belongs to. */
#define SEGMENT_CASE(name, segment) " WHEN '" #name "' THEN '" #segment "'"

#define SEGMENT_OF "lower(CASE level.domain" NEEDS(SEGMENT_CASE) " END)"

const struct listing listing_segments = {
	.name = "needs-by-segment",
	.kind = "person",
	.sql = "SELECT person.id, newest.signed_at, person.id, person.number,"
	       " " SEGMENT_OF ", level.domain, level.level, newest.day"
	       " FROM" NEWEST
	       "AS newest JOIN person ON person.id = newest.person AND " KNOWN
	       " JOIN level ON level.assessment = newest.id AND"
	       " level.gone = 0 AND level.level IN ('crisis', 'vulnerable')"
	       " ORDER BY 5, level.domain, person.id, level.id",
	.columns = { PERSON_COLUMN,
		     { "segment", NULL, NULL },
		     { "domain", "level", "domain" },
		     { "level", "level", "level" },
		     { "day", "assessment", "day" } },
	.read = ROLES_CLIENT,
};

/* How far each household came in each segment, and when it came there. */
#define STAGE_AT(stage) \
	" min(CASE WHEN outcome.stage = '" stage "' THEN outcome.day END)"

#define STAGES            \
	STAGE_AT("aware") \
	"," STAGE_AT("accessed") "," STAGE_AT("plan") "," STAGE_AT("progress")

const struct listing listing_stabilization = {
	.name = "stabilization",
	.kind = "household",
	.sql = "SELECT household.id, NULL, NULL, household.family_code,"
	       " outcome.segment," STAGES
	       " FROM outcome JOIN household ON household.id ="
	       " outcome.household AND household.gone = 0 WHERE"
	       " outcome.gone = 0 GROUP BY household.id, outcome.segment"
	       " ORDER BY household.id, outcome.segment",
	.columns = { { "family", "household", "family_code" },
		     { "segment", "outcome", "segment" },
		     { "aware", "outcome", "day" },
		     { "accessed", "outcome", "day" },
		     { "plan", "outcome", "day" },
		     { "progress", "outcome", "day" } },
	.read = ROLES_CLIENT,
};

/* --- benefits and supports ------------------------------------------------ */

const struct listing listing_benefits = {
	.name = "household-benefits",
	.kind = "household",
	.sql = "SELECT household.id, NULL, NULL, household.family_code,"
	       " count(*), sum(b.decision IS NULL),"
	       " sum(b.decision IN ('granted', 'partly')),"
	       " coalesce(sum(CASE WHEN b.paid = 'monthly' AND b.decision IN"
	       " ('granted', 'partly') AND (b.until IS NULL OR b.until >= ?2)"
	       " THEN b.amount END), 0),"
	       " coalesce(sum(CASE WHEN b.paid = 'once' AND b.decision IN"
	       " ('granted', 'partly') THEN b.amount END), 0)"
	       " FROM benefit AS b JOIN household ON household.gone = 0 AND"
	       " household.id = coalesce(b.household, (SELECT household FROM"
	       " member WHERE person = b.person AND gone = 0 AND"
	       " until IS NULL ORDER BY id LIMIT 1))"
	       " WHERE b.gone = 0 GROUP BY household.id ORDER BY household.id",
	.columns = { { "family", "household", "family_code" },
		     { "applied", NULL, NULL },
		     { "waiting", NULL, NULL },
		     { "granted", NULL, NULL },
		     { "monthly", "benefit", "amount" },
		     { "once", "benefit", "amount" } },
	.read = ROLES_CLIENT,
};

const struct listing listing_stock = {
	.name = "stock-left",
	.kind = "stock",
	.sql = "SELECT id, NULL, NULL, item, came, given, came - given, low,"
	       " low IS NOT NULL AND came - given <= low FROM (SELECT *,"
	       " (SELECT coalesce(sum(count), 0) FROM support_given AS s WHERE"
	       " s.stock = stock.id AND s.gone = 0) AS given FROM stock WHERE"
	       " gone = 0) AS held ORDER BY item, id",
	.columns = { { "item", "stock", "item" },
		     { "came", "stock", "came" },
		     { "given", NULL, NULL },
		     { "left", NULL, NULL },
		     { "low", "stock", "low" },
		     { "buy", "level", "wanted" } },
	.read = ROLES_FRONT,
};

/* Services that people did not know of before, by the month they heard. */
const struct listing listing_newly_known = {
	.name = "newly-known",
	.kind = "service_contact",
	.sql = "SELECT c.id, NULL, person.id, person.number, c.day,"
	       " c.newly_known, sum(c.newly_known) OVER (PARTITION BY"
	       " substr(c.day, 1, 7)) FROM service_contact AS c"
	       " JOIN person ON person.id = c.person AND " KNOWN
	       " WHERE c.gone = 0 AND c.newly_known > 0"
	       " ORDER BY c.day DESC, c.id",
	.columns = { PERSON_COLUMN,
		     { "day", "service_contact", "day" },
		     { "services", "service_contact", "newly_known" },
		     { "month", NULL, NULL } },
	.read = ROLES_CLIENT,
};
