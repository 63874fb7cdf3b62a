#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "record/inside.h"
#include "record/ticket.h"

#define HASH ((size_t)32)
#define REFERENCE ((size_t)8)

/* When the answers go, whatever happens; 0 if they are kept. */
static int64_t erase_time(const struct visit_new *visit)
{
	return visit->keep == VISIT_KEEP_KEPT
		   ? 0
		   : record_midnight_after(visit->arrived, visit->zone);
}

bool visit_comes_too_late(const struct visit_new *visit, int64_t now)
{
	int64_t erase_at = erase_time(visit);

	return erase_at && erase_at <= now;
}

#define NUMBERS 10000 /* before they begin again, as tickets' do */
#define NUMBER_BYTES 32

/* A paper's visit is called "FP-0001" and so on, in the order of typing; away
 * from the agency, "FP-L3-0001", as new people are there. */
static enum fault next_number(struct record *record, char number[NUMBER_BYTES])
{
	int64_t papers = 0, mark = 0;
	char where[NUMBER_BYTES / 2] = "";
	enum fault fault =
	    statement_number(record, VISIT_PAPERS, 0, &papers, "");

	if (!fault)
		fault = statement_number(record, VISIT_AWAY, 0, &mark, "");
	if (mark)
		snprintf(where, sizeof where, "L%d-", (int)(mark % NUMBERS));
	snprintf(number, NUMBER_BYTES, "FP-%s%04d", where,
		 (int)(papers + 1) % NUMBERS);
	return fault;
}

static enum fault add_visit(struct record *record,
			    const struct visit_new *visit,
			    const struct record_who *who, int64_t now,
			    int64_t *id)
{
	static const struct visit_paper none = { .code = "" };
	const struct visit_paper *paper = visit->paper ? visit->paper : &none;
	const bool late = visit_comes_too_late(visit, now);
	char number[NUMBER_BYTES] = "";
	enum fault fault =
	    visit->number ? FAULT_NONE : next_number(record, number);

	if (fault)
		return fault;
	return statement_number(
	    record, VISIT_ADD, 0, id, "tbiiitdttddtiitttit",
	    visit->number ? visit->number : number, visit->form, REFERENCE,
	    visit->issued, visit->arrived, now, who->desk, (int)visit->level,
	    late ? "" : visit->tags, late ? "" : visit->language,
	    late ? 0 : (int)visit->quiet, late ? 0 : (int)visit->more_to_tell,
	    visit_keep_word(visit->keep), late ? (int64_t)0 : erase_time(visit),
	    late ? now : (int64_t)0, visit->zone,
	    visit_source_word(visit->paper ? VISIT_PAPER : VISIT_TICKET),
	    paper->code, paper->filled,
	    late || !visit->blank ? "" : visit->blank);
}

static enum fault add_rules(struct record *record, int64_t id,
			    const struct visit_new *visit)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < visit->rule_count; i++) {
		const struct visit_rule *rule = &visit->rules[i];

		for (int l = 0; !fault && l < VISIT_LANGUAGES; l++)
			fault = statement_run(
			    record, RULE_ADD, "iittt", id, (int64_t)i,
			    visit_languages[l], rule->rule,
			    rule->reason[l] ? rule->reason[l] : "");
	}
	return fault;
}

static enum fault add_facts(struct record *record, int64_t id,
			    const struct visit_new *visit)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < visit->fact_count; i++)
		fault =
		    statement_run(record, FACT_ADD, "iitttit", id, (int64_t)0,
				  visit->facts[i].field, visit->facts[i].value,
				  "self", visit->arrived, "");
	return fault;
}

static enum fault add_answers(struct record *record, int64_t id,
			      const struct visit_new *visit)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < visit->answer_count; i++)
		fault = statement_run(record, ANSWER_ADD, "iitt", id,
				      (int64_t)i, visit->answers[i].reference,
				      visit->answers[i].value);
	return fault;
}

/* What the person said about keeping, at the kiosk. */
static enum fault add_consent(struct record *record, int64_t id,
			      const struct visit_new *visit)
{
	return statement_run(record, CONSENT_ADD, "iitdtittb", id, (int64_t)0,
			     "keep", visit->keep == VISIT_KEEP_KEPT, "self",
			     visit->arrived, "", visit->language, visit->form,
			     REFERENCE);
}

static enum fault add_content(struct record *record, int64_t id,
			      const struct visit_new *visit)
{
	enum fault fault;

	if ((fault = statement_run(record, INTAKE_ADD, "ittb", id,
				   visit->submission, visit->instance_id,
				   visit->wire, visit->wire_length)) ||
	    (fault = add_answers(record, id, visit)) ||
	    (fault = add_rules(record, id, visit)) ||
	    (fault = add_facts(record, id, visit)))
		return fault;
	return add_consent(record, id, visit);
}

static enum fault add_ticket(struct record *record, int64_t id,
			     const struct visit_new *visit,
			     const struct record_who *who, int64_t now)
{
	char at[INSTANT_BYTES], visit_id[24];
	enum fault fault;

	instant_write(now, at);
	snprintf(visit_id, sizeof visit_id, "%lld", (long long)id);
	if ((fault =
		 statement_run(record, TICKET_ADD, "bibttt", visit->kiosk_key,
			       HASH, (int64_t)visit->seq, visit->wire_hash,
			       HASH, at, who->user, visit_id)))
		return fault;
	return statement_run(record, HELD_DROP, "b", visit->wire_hash, HASH);
}

static enum fault raise_alert(struct record *record, int64_t id,
			      const struct record_who *who, int64_t now)
{
	int64_t alert;
	enum fault fault = statement_number(
	    record, ALERT_ADD, 0, &alert, "itti", id, "quiet", who->desk, now);

	return fault
		   ? fault
		   : audit_add(record, who, now, "raise", "alert", alert, NULL);
}

/* As at midnight, when it would have gone. */
static enum fault note_late(struct record *record, int64_t id, int64_t now)
{
	static const struct record_who clock = { .user = "clock", .desk = "" };

	return audit_add(record, &clock, now, "erase", "visit", id, NULL);
}

static enum fault file_new(struct record *record, const struct visit_new *visit,
			   const struct record_who *who, int64_t now,
			   int64_t *id)
{
	const bool late = visit_comes_too_late(visit, now);
	enum fault fault;

	if ((fault = add_visit(record, visit, who, now, id)) ||
	    (fault = add_ticket(record, *id, visit, who, now)) ||
	    (!late && (fault = add_content(record, *id, visit))) ||
	    (visit->quiet && (fault = raise_alert(record, *id, who, now))) ||
	    (visit->paper && visit->paper->draft &&
	     (fault = draft_forget(record, visit->paper->draft, who))))
		return fault;
	fault = audit_add(record, who, now, "file", "visit", *id, NULL);
	return fault || !late ? fault : note_late(record, *id, now);
}

/* The counter alarm: a supervisor decides what this wire is. */
static enum fault set_aside(struct record *record,
			    const struct visit_new *visit,
			    const struct record_who *who, int64_t now)
{
	char at[INSTANT_BYTES];
	enum fault fault;

	instant_write(visit->arrived, at);
	if ((fault = statement_run(record, HELD_KEEP, "bbtt", visit->wire_hash,
				   HASH, visit->wire, visit->wire_length,
				   "clone-alarm", at)))
		return fault;
	return audit_add(record, who, now, "clone-alarm", "ticket", 0, NULL);
}

static bool within_limits(const struct visit_new *visit)
{
	if (visit->rule_count <= VISIT_RULES_LIMIT &&
	    visit->fact_count <= VISIT_FACTS_LIMIT &&
	    visit->answer_count <= VISIT_ANSWERS_LIMIT &&
	    visit->wire_length <= HELD_WIRE_LIMIT)
		return true;
	log_error("%s has %zu rules, %zu fields and %zu answers; at most %d, "
		  "%d and %d are filed. Mend the form",
		  visit->number ? visit->number : "a paper", visit->rule_count,
		  visit->fact_count, visit->answer_count, VISIT_RULES_LIMIT,
		  VISIT_FACTS_LIMIT, VISIT_ANSWERS_LIMIT);
	return false;
}

enum fault visit_file(struct record *record, const struct visit_new *visit,
		      const struct record_who *who, int64_t now,
		      enum visit_filing *answer, int64_t *id)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct ticket_filed filed;
	enum ticket_seen seen;
	enum fault fault;

	if (!within_limits(visit))
		return FAULT_LIMIT;
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = ticket_look(record, visit->kiosk_key, visit->seq,
				 visit->wire_hash, &seen, &filed)))
		return fault;
	*id = filed.visit;
	ticket_filed_done(&filed);
	if (seen == TICKET_NEW)
		fault = file_new(record, visit, who, now, id);
	else if (seen == TICKET_CLONED)
		fault = set_aside(record, visit, who, now);
	else
		fault = statement_run(record, HELD_DROP, "b", visit->wire_hash,
				      HASH);
	*answer = seen == TICKET_NEW      ? VISIT_FILED
		  : seen == TICKET_CLONED ? VISIT_CLONE_ALARM
					  : VISIT_ALREADY_FILED;
	return fault ? fault : transaction_commit(&change);
}
