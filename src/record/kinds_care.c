#include <string.h>

#include "base/memory.h"
#include "record/entity.h"
#include "record/kinds.h"
#include "record/statement.h"

/* Case stream, contacts, benefits, supports given, and what came of it. */

#define FIELDS(list) .fields = (list), .field_count = COUNT(list)

#define CLIENT .read = ROLES_CLIENT, .write = ROLES_CLIENT

static const struct field stream_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER,
	  "none expected screened active exit closed", NULL },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "worker", FIELD_LINK, FIELD_INDEXED, NULL, "user" }, /* caseload */
	/* The last review that was held, in months from arrival. */
	{ "reviewed", FIELD_CODE, 0, "6 12 18 24", NULL },
	{ "reason", FIELD_TEXT, FIELD_INNER, NULL, NULL }, /* last move's */
	{ "note", FIELD_LONG, 0, NULL, NULL },
};
static const struct kind_move stream_moves[] = {
	{ "none", "screened" },     { "none", "expected" },
	{ "expected", "screened" }, { "expected", "closed" },
	{ "screened", "none" },     { "screened", "active" },
	{ "screened", "closed" },   { "active", "exit" },
	{ "active", "closed" },     { "exit", "active" },
	{ "exit", "closed" },       { "closed", "screened" },
	{ "closed", "active" },     { NULL, NULL },
};

static const char *stream_check(struct record *record,
				const struct entity *before,
				const struct entity *after)
{
	int64_t other = 0;

	if (!before &&
	    (statement_value(record,
			     "SELECT 1 FROM stream WHERE person = ?1 AND"
			     " gone = 0",
			     0, &other, "i", entity_number(after, "person")) ||
	     other))
		return "person"; /* has one: it is re-opened */
	return NULL;
}

const struct kind kind_stream = {
	.name = "stream",
	FIELDS(stream_fields),
	.moves = stream_moves,
	CLIENT,
	.wall = "person",
	.check = stream_check,
};

static const struct field service_contact_fields[] = {
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "household", FIELD_LINK, FIELD_INDEXED, NULL, "household" },
	{ "day", FIELD_DAY, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "mode", FIELD_CODE, FIELD_NEEDED, MODES, NULL },
	{ "minutes", FIELD_WHOLE, 0, NULL, NULL },
	{ "domains", FIELD_CODES, 0, DOMAINS, NULL },
	{ "program", FIELD_TEXT, FIELD_INDEXED, NULL, NULL },
	{ "setting", FIELD_CODE, 0, "one-to-one group", NULL },
	{ "attendance", FIELD_CODE, 0, "attended late left-early absent",
	  NULL },
	{ "supports", FIELD_CODES, 0,
	  "child-care transport interpreter translation accessibility food",
	  NULL },
	/* Services that the person did not know of before. */
	{ "newly_known", FIELD_WHOLE, 0, NULL, NULL },
	{ "worker", FIELD_LINK, FIELD_INDEXED, NULL, "user" },
	/* A message was left though the person never said that it is safe: a
	 * worker asked and stands for it. */
	{ "safe", FIELD_YES, 0, NULL, NULL },
	{ "note", FIELD_LONG, 0, NULL, NULL },
};

static const char *not_negative(const struct entity *entity,
				const char *const *fields)
{
	for (; *fields; fields++) {
		if (entity_number(entity, *fields) < 0)
			return *fields;
	}
	return NULL;
}

static const char *service_contact_check(struct record *record,
					 const struct entity *before,
					 const struct entity *after)
{
	static const char *const counts[] = { "minutes", "newly_known", NULL };
	const char *mode = entity_text(after, "mode");
	int64_t allowed = 0;

	if (!before && strcmp(mode, "message") == 0 &&
	    !entity_number(after, "safe") &&
	    (statement_value(
		 record, "SELECT leave_message FROM person WHERE id = ?1", 0,
		 &allowed, "i", entity_number(after, "person")) ||
	     !allowed))
		return "safe";
	return not_negative(after, counts);
}

const struct kind kind_service_contact = {
	.name = "service_contact",
	FIELDS(service_contact_fields),
	CLIENT,
	.wall = "person",
	.check = service_contact_check,
};

static const struct field benefit_fields[] = {
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "household", FIELD_LINK, FIELD_INDEXED, NULL, "household" },
	{ "what", FIELD_CODE, FIELD_NEEDED,
	  "child-benefit social-assistance resettlement housing disability"
	  " health-coverage tax-credit employment-insurance pension other",
	  NULL },
	{ "name", FIELD_TEXT, 0, NULL, NULL }, /* as it is called there */
	{ "applied", FIELD_DAY, 0, NULL, NULL },
	{ "decided", FIELD_DAY, 0, NULL, NULL },
	{ "decision", FIELD_CODE, 0, "granted partly refused", NULL },
	{ "amount", FIELD_MONEY, 0, NULL, NULL },
	{ "paid", FIELD_CODE, 0, "monthly once", NULL },
	{ "until", FIELD_DAY, 0, NULL, NULL },
	{ "note", FIELD_LONG, 0, NULL, NULL },
};

static const char *benefit_check(struct record *record,
				 const struct entity *before,
				 const struct entity *after)
{
	static const char *const amounts[] = { "amount", NULL };
	const char *applied = entity_text(after, "applied");
	const char *decided = entity_text(after, "decided");

	(void)record;
	(void)before;
	if (decided && applied && strcmp(decided, applied) < 0)
		return "decided";
	if (entity_text(after, "decision") && !decided)
		return "decided";
	if (entity_text(after, "amount") && !entity_text(after, "paid"))
		return "paid";
	return not_negative(after, amounts);
}

const struct kind kind_benefit = {
	.name = "benefit",
	FIELDS(benefit_fields),
	CLIENT,
	.wall = "person",
	.asks_source = true,
	.check = benefit_check,
};

/* What is left of a thing is what came in less what was given. */
static const struct field stock_fields[] = {
	{ "item", FIELD_TEXT, FIELD_NEEDED | FIELD_INDEXED, NULL, NULL },
	{ "came", FIELD_WHOLE, FIELD_NEEDED, NULL, NULL },
	{ "low", FIELD_WHOLE, 0, NULL, NULL },   /* to be bought again at */
	{ "value", FIELD_MONEY, 0, NULL, NULL }, /* of one */
};

#define GIVEN_OF_STOCK                                            \
	"SELECT coalesce(sum(count), 0) FROM support_given WHERE" \
	" stock = ?1 AND gone = 0 AND id IS DISTINCT FROM ?2"

static const char *stock_check(struct record *record,
			       const struct entity *before,
			       const struct entity *after)
{
	int64_t given = 0;

	if (entity_number(after, "came") < 0 ||
	    (before && statement_value(record, GIVEN_OF_STOCK, 0, &given, "ii",
				       after->id, (int64_t)0)) ||
	    given > entity_number(after, "came"))
		return "came";
	return NULL;
}

const struct kind kind_stock = {
	.name = "stock",
	FIELDS(stock_fields),
	.read = ROLES_FRONT,
	.write = ROLES_CLIENT,
	.check = stock_check,
};

static const struct field support_given_fields[] = {
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "household", FIELD_LINK, FIELD_INDEXED, NULL, "household" },
	{ "day", FIELD_DAY, FIELD_NEEDED, NULL, NULL },
	{ "stock", FIELD_LINK, FIELD_INDEXED, NULL, "stock" },
	{ "item", FIELD_TEXT, 0, NULL, NULL }, /* what no stock is kept of */
	{ "count", FIELD_WHOLE, FIELD_NEEDED, NULL, NULL },
	{ "amount", FIELD_MONEY, 0, NULL, NULL }, /* of all of it */
	{ "domain", FIELD_CODE, 0, DOMAINS, NULL },
	{ "note", FIELD_LONG, 0, NULL, NULL },
};

static const char *support_given_check(struct record *record,
				       const struct entity *before,
				       const struct entity *after)
{
	const int64_t stock = entity_number(after, "stock");
	const int64_t count = entity_number(after, "count");
	int64_t came = 0, given = 0;

	(void)before;
	if (!stock && !entity_text(after, "item"))
		return "item";
	if (count < 1)
		return "count";
	if (!stock || after->gone)
		return NULL;
	if (statement_value(record, "SELECT came FROM stock WHERE id = ?1", 0,
			    &came, "i", stock) ||
	    statement_value(record, GIVEN_OF_STOCK, 0, &given, "ii", stock,
			    after->id) ||
	    given + count > came)
		return "count"; /* there is not so much left */
	return NULL;
}

const struct kind kind_support_given = {
	.name = "support_given",
	FIELDS(support_given_fields),
	CLIENT,
	.wall = "person",
	.check = support_given_check,
};

/* How far a household came towards a stable life, a row each time. */
static const struct field outcome_fields[] = {
	{ "household", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "household" },
	{ "segment", FIELD_CODE, FIELD_NEEDED, SEGMENTS, NULL },
	{ "stage", FIELD_CODE, FIELD_NEEDED, "aware accessed plan progress",
	  NULL },
	{ "day", FIELD_DAY, FIELD_NEEDED, NULL, NULL },
	{ "note", FIELD_LONG, 0, NULL, NULL },
};
const struct kind kind_outcome = {
	.name = "outcome",
	FIELDS(outcome_fields),
	CLIENT,
	.wall = "household",
	.asks_source = true,
};
