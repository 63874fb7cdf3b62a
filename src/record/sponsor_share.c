#include <stdlib.h>
#include <string.h>

#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/sponsor.h"

/* What may reach a sponsor, and the path that is kept from them. */

static const char *const bar_words[SHARE_BARS] = {
	"private",    "ended",        "not-partner",
	"not-member", "no-agreement", "no-consent",
};

const char *share_bar_word(unsigned bar)
{
	return bar_words[__builtin_ctz(bar)];
}

bool sponsorship_is_private(const struct entity *sponsorship)
{
	return entity_text(sponsorship, "private") ||
	       strcmp(entity_text(sponsorship, "state"), "broken-down") == 0;
}

/* --- may it ----------------------------------------------------------------
 */

/* Days may be cut short: "2026-11" lasts until its end. */
#define LIVE(since, until)                                                   \
	since " <= ?3 AND (" until " IS NULL OR " until " >= substr(?3, 1, " \
	      "length(" until ")))"
#define HAS_SCOPE \
	"(?4 IS NULL OR instr(' ' || scope || ' ', ' ' || ?4 || ' ') > 0)"

/* Each gives a row where nothing bars it: ?1 the group, ?2 the person. */
static const struct {
	enum share_bar bar;
	const char *text;
} conditions[] = {
	{ SHARE_NO_AGREEMENT,
	  "SELECT 1 FROM agreement WHERE gone = 0 AND sponsor_group = ?1"
	  " AND ?2 NOTNULL AND " LIVE("since", "until") " AND " HAS_SCOPE },
	{ SHARE_NO_CONSENT,
	  "SELECT 1 FROM sharing WHERE gone = 0 AND sponsor_group = ?1"
	  " AND person = ?2 AND state = 'given'"
	  " AND " LIVE(
	      "since",
	      "until") " AND " HAS_SCOPE
		       /* A later no to the sponsor, or to sharing with them, is
			  one. */
		       " AND NOT EXISTS (SELECT 1 FROM consent WHERE "
		       "consent.gone = 0"
		       " AND consent.person = ?2 AND consent.state <> 'given' "
		       "AND"
		       " consent.changed_at >= sharing.made_at AND (purpose = "
		       "'sponsor' OR"
		       " (purpose = 'share' AND recipient = (SELECT name FROM"
		       " sponsor_group WHERE id = ?1))))" },
};

static enum fault has_row(struct record *record, const char *text, int64_t one,
			  int64_t two, const char *day, const char *scope,
			  bool *has)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, one);
	store_bind(ask, 2, two);
	if (day) {
		store_bind_text(ask, 3, day);
		store_bind_text(ask, 4, scope);
	}
	fault = statement_row(record, ask, has);
	statement_give_back(record, ask);
	return fault;
}

/* Whom it is to reach: the sponsor itself, or the SAH that answers for it. */
static enum fault find_partner(struct record *record,
			       const struct entity *sponsorship, int64_t to,
			       int64_t *partner, unsigned *bars)
{
	const int64_t own = entity_number(sponsorship, "sponsor_group");
	SCOPED(entity_freep) struct entity *group = NULL;
	enum fault fault =
	    entity_fetch(record, &kind_sponsor_group, own, &group);

	if (fault)
		return fault;
	*partner = to ? to : own;
	if (*partner != own &&
	    (!group || *partner != entity_number(group, "parent")))
		*bars |= SHARE_NOT_PARTNER;
	return FAULT_NONE;
}

static enum fault look_at_person(struct record *record,
				 const struct entity *sponsorship,
				 const struct share *share, unsigned *bars)
{
	bool is_member = false;
	enum fault fault =
	    has_row(record,
		    "SELECT 1 FROM member WHERE gone = 0 AND household = ?1"
		    " AND person = ?2 AND until IS NULL",
		    entity_number(sponsorship, "household"), share->person,
		    NULL, NULL, &is_member);

	if (!fault && !is_member)
		*bars |= SHARE_NOT_MEMBER;
	return fault;
}

enum fault sponsor_may_share(struct record *record, const struct share *share,
			     const char *today, unsigned *bars)
{
	SCOPED(entity_freep) struct entity *sponsorship = NULL;
	int64_t partner;
	enum fault fault;
	bool fine;

	*bars = 0;
	if ((fault = entity_fetch(record, &kind_sponsorship, share->sponsorship,
				  &sponsorship)))
		return fault;
	if (!sponsorship || sponsorship->gone) {
		*bars = SHARE_NOT_PARTNER;
		return FAULT_NONE;
	}
	if (sponsorship_is_private(sponsorship))
		*bars |= SHARE_PRIVATE;
	if (strcmp(entity_text(sponsorship, "state"), "withdrawn") == 0)
		*bars |= SHARE_ENDED;
	if ((fault = find_partner(record, sponsorship, share->to, &partner,
				  bars)) ||
	    (fault = look_at_person(record, sponsorship, share, bars)))
		return fault;
	for (size_t i = 0; i < COUNT(conditions); i++) {
		if ((fault =
			 has_row(record, conditions[i].text, partner,
				 share->person, today, share->scope, &fine)))
			return fault;
		if (!fine)
			*bars |= conditions[i].bar;
	}
	return FAULT_NONE;
}

/* The sponsorship's own group where none is named. */
static enum fault whom(struct record *record, const struct share *share,
		       int64_t *to)
{
	SCOPED(entity_freep) struct entity *sponsorship = NULL;
	enum fault fault = entity_fetch(record, &kind_sponsorship,
					share->sponsorship, &sponsorship);

	*to = share->to;
	if (!fault && !*to && sponsorship)
		*to = entity_number(sponsorship, "sponsor_group");
	return fault;
}

enum fault sponsor_share(struct record *record, const struct share *share,
			 const char *text, const struct record_who *who,
			 int64_t now, const char *today, unsigned *bars,
			 int64_t *id)
{
	SCOPED(entity_freep) struct entity *shared = NULL;
	enum entity_answer answer;
	int64_t to;
	enum fault fault = sponsor_may_share(record, share, today, bars);

	*id = 0;
	if (fault || *bars)
		return fault;
	if ((fault = whom(record, share, &to)) ||
	    (fault = entity_new(record, &kind_shared, &shared)))
		return fault;
	(void)entity_set_number(shared, "sponsorship", share->sponsorship);
	(void)entity_set_number(shared, "person", share->person);
	(void)entity_set_number(shared, "sponsor_group", to);
	(void)entity_set(shared, "scope", share->scope);
	(void)entity_set(shared, "day", today);
	(void)entity_set(shared, "text", text);
	if ((fault = entity_save(record, shared, SOURCE_TOLD, who, now, &answer,
				 NULL)))
		return fault;
	if (answer == ENTITY_DONE)
		*id = shared->id;
	return FAULT_NONE;
}

/* --- the private path ------------------------------------------------------
 */

/* Whoever sees that it is needed may open it, whatever their role: it only
 * keeps things back. */
enum fault sponsor_go_private(struct record *record, int64_t sponsorship,
			      const char *why, const struct record_who *who,
			      int64_t now, enum entity_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = why,
		.who = who,
		.now = now,
	};
	enum fault fault;

	*answer = ENTITY_NOT_THERE;
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = entity_fetch(record, &kind_sponsorship, sponsorship,
				  &before)) ||
	    (fault =
		 entity_fetch(record, &kind_sponsorship, sponsorship, &after)))
		return fault;
	if (!before || before->gone)
		return FAULT_NONE;
	*answer = ENTITY_DONE;
	if (entity_text(before, "private"))
		return FAULT_NONE;
	(void)entity_set(after, "private", why);
	(void)entity_set_number(after, "private_since", now);
	if ((fault = entity_put(record, before, after, "change", &about)))
		return fault;
	return transaction_commit(&change);
}

enum fault sponsor_end_private(struct record *record, int64_t sponsorship,
			       const struct record_who *who, int64_t now,
			       enum entity_answer *answer)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_read(record, &kind_sponsorship, sponsorship,
				       who, now, answer, &entity);

	if (fault || *answer != ENTITY_DONE)
		return fault;
	(void)entity_set(entity, "private", NULL);
	(void)entity_set(entity, "private_since", NULL);
	return entity_save(record, entity, SOURCE_TOLD, who, now, answer, NULL);
}

/* At most so many; a household has one sponsorship, seldom two. */
#define KNOWN_LIMIT 16

enum fault sponsor_visit_known(struct record *record, int64_t visit,
			       int64_t person, const struct record_who *who,
			       int64_t now)
{
	static const char text[] =
	    "SELECT sponsorship.id FROM sponsorship JOIN member"
	    " ON member.household = sponsorship.household"
	    " WHERE sponsorship.gone = 0 AND member.gone = 0"
	    " AND member.until IS NULL AND member.person = ?2"
	    " AND sponsorship.state NOT IN ('completed', 'withdrawn')"
	    " AND EXISTS (SELECT 1 FROM visit_rule WHERE visit = ?1"
	    " AND rule = 'T310') LIMIT 16";
	int64_t found[KNOWN_LIMIT];
	size_t count = 0;
	enum entity_answer answer;
	struct store_ask *ask;
	bool row;
	enum fault fault = statement_take(record, text, &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, visit);
	store_bind(ask, 2, person);
	while (!(fault = statement_row(record, ask, &row)) && row)
		found[count++] = store_number(ask, 0);
	statement_give_back(record, ask);
	for (size_t i = 0; !fault && i < count; i++)
		fault = sponsor_go_private(record, found[i], "T310", who, now,
					   &answer);
	return fault;
}
