#include "record/retention.h"

#include <stdlib.h>
#include <string.h>

#include "record/consent.h"
#include "record/consent_inside.h"
#include "record/entity_sql.h"
#include "record/inside.h"
#include "record/kinds.h"

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

struct retention_clocks retention_clocks(const struct settings *settings)
{
	static const char section[] = "retention";

	return (struct retention_clocks){
		(int)settings_number(settings, section, "ticket_aside", 14),
		(int)settings_number(settings, section, "no_record", 90),
		(int)settings_number(settings, section, "closed_case", 0),
		(int)settings_number(settings, section, "safety_note", 365),
		(int)settings_number(settings, section, "audit", 0),
	};
}

/* --- proposing ------------------------------------------------------------ */

/* What each clock finds: id and since, older than ?1. */
static const struct clock {
	const char *rule, *subject, *find;
} clocks_of[] = {
	{ "ticket-aside", "ticket",
	  "SELECT rowid, unixepoch(held_at) * 1000 FROM ticket_held WHERE"
	  " unixepoch(held_at) * 1000 < ?1" },
	{ "no-record", "visit",
	  "SELECT id, ended AS since FROM visit WHERE state = 'ended' AND"
	  " person IS NULL AND erased_at IS NULL AND ended < ?1" },
	{ "closed-case", "person",
	  "SELECT person, max(changed_at) AS since FROM stream WHERE gone = 0"
	  " AND state = 'closed' AND changed_at < ?1 GROUP BY person" },
	{ "safety-note", "note",
	  "SELECT id, made_at AS since FROM note WHERE gone = 0 AND"
	  " guard = 'safety' AND made_at < ?1" },
	{ "audit", "audit",
	  "SELECT 0, min(at) AS since FROM audit WHERE at < ?1"
	  " HAVING count(*) > 0" },
};

/* None that is open, or that somebody decided to keep; the audit grows on, so
 * that it is asked for again. */
#define NOT_PROPOSED                                                          \
	" SELECT id, since FROM due WHERE NOT EXISTS (SELECT 1 FROM proposal" \
	" WHERE proposal.gone = 0 AND rule = ?2 AND subject_id = due.id AND"  \
	" (state = 'proposed' OR state = 'kept' AND rule <> 'audit'))"

static int days_of(const struct retention_clocks *clocks, size_t clock)
{
	const int days[] = { clocks->ticket_aside, clocks->no_record,
			     clocks->closed_case, clocks->safety_note,
			     clocks->audit };

	return days[clock];
}

static enum fault propose_one(struct record *record, const struct clock *clock,
			      int64_t subject, int64_t since, int64_t until,
			      const struct record_who *who, int64_t now)
{
	SCOPED(entity_freep) struct entity *proposal = NULL;
	enum entity_answer answer;
	enum fault fault = entity_new(record, &kind_proposal, &proposal);

	if (fault)
		return fault;
	(void)entity_set(proposal, "rule", clock->rule);
	(void)entity_set(proposal, "subject", clock->subject);
	(void)entity_set_number(proposal, "subject_id", subject);
	(void)entity_set_number(proposal, "since", since);
	(void)entity_set_number(proposal, "until", until);
	return entity_save(record, proposal, SOURCE_TOLD, who, now, &answer,
			   NULL);
}

static enum fault run_clock(struct record *record, const struct clock *clock,
			    int64_t before, const struct record_who *who,
			    int64_t now, size_t *count)
{
	SCOPED(char_freep)
	char *text =
	    xasprintf("WITH due (id, since) AS (%s)" NOT_PROPOSED, clock->find);
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);
	bool row;

	if (fault)
		return fault;
	store_bind(ask, 1, before);
	store_bind_text(ask, 2, clock->rule);
	while (!(fault = statement_row(record, ask, &row)) && row) {
		if ((fault =
			 propose_one(record, clock, store_number(ask, 0),
				     store_number(ask, 1), before, who, now)))
			break;
		++*count;
	}
	statement_give_back(record, ask);
	return fault;
}

enum fault retention_propose(struct record *record,
			     const struct retention_clocks *clocks,
			     const struct record_who *who, int64_t now,
			     size_t *count)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault = transaction_begin(record, &change);

	*count = 0;
	for (size_t i = 0; i < COUNT(clocks_of) && !fault; i++) {
		const int days = days_of(clocks, i);

		if (days > 0)
			fault = run_clock(record, &clocks_of[i],
					  now - days * DAY_MS, who, now, count);
	}
	return fault ? fault : transaction_commit(&change);
}

/* --- deciding ------------------------------------------------------------- */

static enum fault erase_ticket(struct record *record, int64_t row,
			       const struct record_who *who, int64_t now)
{
	enum fault fault = statement_do(
	    record, "DELETE FROM ticket_held WHERE rowid = ?1", "i", row);

	return fault ? fault
		     : statement_run(record, TOMBSTONE_ADD, "itit", row,
				     "ticket-aside", now, who->user);
}

static enum fault erase_audit(struct record *record, int64_t since,
			      int64_t until, const struct record_who *who,
			      int64_t now)
{
	int64_t erased;
	enum fault fault;

	/* There a desk's role deletes none itself: see schema_postgres.c. */
	if (store_on_server(record->db))
		return statement_value(
		    record, "SELECT audit_erase(?1, ?2, ?3, ?4)", 0, &erased,
		    "iiit", since, until, now, who->user);
	fault = statement_do(
	    record,
	    "INSERT INTO tombstone (subject, subject_id, rule, at, user,"
	    " counts) SELECT 'audit', 0, 'audit', ?3, ?4,"
	    " json_object('rows', count(*)) FROM audit"
	    " WHERE at >= ?1 AND at <= ?2",
	    "iiit", since, until, now, who->user);

	return fault ? fault
		     : statement_do(record,
				    "DELETE FROM audit WHERE at >= ?1"
				    " AND at <= ?2",
				    "ii", since, until);
}

static enum fault erase_subject(struct record *record,
				const struct entity *proposal,
				const struct record_who *who, int64_t now)
{
	const char *subject = entity_text(proposal, "subject");
	const char *rule = entity_text(proposal, "rule");
	const int64_t id = entity_number(proposal, "subject_id");
	const struct kind *kind = kind_find(subject);

	if (strcmp(subject, "ticket") == 0)
		return erase_ticket(record, id, who, now);
	if (strcmp(subject, "visit") == 0)
		return erase_visit(record, id, rule, who, now);
	if (strcmp(subject, "person") == 0)
		return person_erase(record, id, rule, who, now);
	if (strcmp(subject, "audit") == 0)
		return erase_audit(record, entity_number(proposal, "since"),
				   entity_number(proposal, "until"), who, now);
	return entity_erase(record, kind, id, rule, who, now);
}

enum fault retention_decided(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now)
{
	if (!before || strcmp(entity_text(before, "state"), "proposed") != 0 ||
	    strcmp(entity_text(after, "state"), "done") != 0)
		return FAULT_NONE;
	return erase_subject(record, after, who, now);
}
