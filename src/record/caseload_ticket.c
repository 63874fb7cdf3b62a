#include <stdlib.h>
#include <string.h>

#include "record/caseload_inside.h"
#include "record/inside.h"
#include "record/ticket.h"
#include "record/visit.h"

/* Tickets that a laptop filed or kept aside, filed here by the same rules. */

/* A visit of there as filing would hand it over; owns what it points to. */
struct filed {
	struct visit_new visit;
	uint8_t kiosk[32], hash[32], form[8], wire[HELD_WIRE_LIMIT];
	char *number, *zone, *tags, *language, *submission, *instance_id;
	char *desk, *filed_at, *filed_by, *code, *blank;
	struct visit_paper paper;
	int64_t filed;
	bool erased;
	struct visit_rule *rules;
	struct visit_fact *facts;
	struct visit_answer *answers;
};

static void filed_done(struct filed *filed)
{
	struct visit_new *visit = &filed->visit;

	for (size_t i = 0; i < visit->rule_count; i++) {
		free((char *)filed->rules[i].rule);
		for (int l = 0; l < VISIT_LANGUAGES; l++)
			free((char *)filed->rules[i].reason[l]);
	}
	for (size_t i = 0; i < visit->fact_count; i++) {
		free((char *)filed->facts[i].field);
		char_wipe((char *)filed->facts[i].value);
	}
	for (size_t i = 0; i < visit->answer_count; i++) {
		free((char *)filed->answers[i].reference);
		char_wipe((char *)filed->answers[i].value);
	}
	free(filed->rules);
	free(filed->facts);
	free(filed->answers);
	free(filed->number);
	free(filed->zone);
	free(filed->tags);
	free(filed->language);
	char_wipe(filed->submission);
	free(filed->instance_id);
	free(filed->desk);
	free(filed->filed_at);
	free(filed->filed_by);
	free(filed->code);
	free(filed->blank);
}

/* --- reading -------------------------------------------------------------- */

static char *text_at(struct store_ask *ask, int column)
{
	return xstrdup(statement_text(ask, column));
}

static enum fault take_visit(struct record *there, struct store_ask *ask,
			     struct filed *filed)
{
	struct visit_new *visit = &filed->visit;

	filed->number = text_at(ask, 0);
	visit->issued = store_number(ask, 1);
	visit->arrived = store_number(ask, 2);
	filed->zone = text_at(ask, 3);
	visit->level = (enum visit_level)(int)store_number(ask, 4);
	filed->tags = text_at(ask, 5);
	filed->language = text_at(ask, 6);
	visit->quiet = (int)store_number(ask, 7);
	visit->more_to_tell = (int)store_number(ask, 8);
	visit->keep = visit_keep_of(statement_text(ask, 9));
	filed->erased = !store_is_null(ask, 10);
	filed->desk = text_at(ask, 11);
	filed->filed = store_number(ask, 12);
	filed->code = text_at(ask, 15);
	visit->blank = filed->blank = text_at(ask, 17);
	filed->paper = (struct visit_paper){
		.code = filed->code,
		.filled = store_number(ask, 16),
	};
	if (strcmp(statement_text(ask, 14), visit_source_word(VISIT_PAPER)) ==
	    0)
		visit->paper = &filed->paper;
	return statement_blob(there, ask, 13, sizeof filed->form,
			      sizeof filed->form, filed->form, NULL);
}

static enum fault take_ticket(struct record *there, struct store_ask *ask,
			      struct filed *filed)
{
	enum fault fault;

	filed->visit.seq = (uint32_t)store_number(ask, 2);
	filed->filed_at = text_at(ask, 3);
	filed->filed_by = text_at(ask, 4);
	fault = statement_blob(there, ask, 0, 32, 32, filed->kiosk, NULL);
	return fault ? fault
		     : statement_blob(there, ask, 1, 32, 32, filed->hash, NULL);
}

static enum fault take_intake(struct record *there, struct store_ask *ask,
			      struct filed *filed)
{
	filed->submission = text_at(ask, 0);
	filed->instance_id = text_at(ask, 1);
	return statement_blob(there, ask, 2, 0, sizeof filed->wire, filed->wire,
			      &filed->visit.wire_length);
}

/* A rule has a row a language, English before French. */
static enum fault take_rule(struct record *there, struct store_ask *ask,
			    struct filed *filed)
{
	struct visit_new *visit = &filed->visit;
	const char *language = statement_text(ask, 1);
	const size_t place = (size_t)store_number(ask, 0);

	(void)there;
	if (place > visit->rule_count || place >= VISIT_RULES_LIMIT)
		return FAULT_NONE;
	if (place == visit->rule_count) {
		filed->rules = xreallocarray(filed->rules, place + 1,
					     sizeof *filed->rules);
		filed->rules[visit->rule_count++] = (struct visit_rule){
			.rule = text_at(ask, 2),
		};
	}
	for (int l = 0; l < VISIT_LANGUAGES; l++) {
		if (strcmp(visit_languages[l], language) == 0 &&
		    !filed->rules[place].reason[l])
			filed->rules[place].reason[l] = text_at(ask, 3);
	}
	return FAULT_NONE;
}

static enum fault take_fact(struct record *there, struct store_ask *ask,
			    struct filed *filed)
{
	struct visit_new *visit = &filed->visit;

	(void)there;
	filed->facts = xreallocarray(filed->facts, visit->fact_count + 1,
				     sizeof *filed->facts);
	filed->facts[visit->fact_count++] =
	    (struct visit_fact){ text_at(ask, 0), text_at(ask, 1) };
	return FAULT_NONE;
}

static enum fault take_answer(struct record *there, struct store_ask *ask,
			      struct filed *filed)
{
	struct visit_new *visit = &filed->visit;

	(void)there;
	filed->answers = xreallocarray(filed->answers, visit->answer_count + 1,
				       sizeof *filed->answers);
	filed->answers[visit->answer_count++] =
	    (struct visit_answer){ text_at(ask, 0), text_at(ask, 1) };
	return FAULT_NONE;
}

static const struct {
	const char *sql;
	enum fault (*take)(struct record *there, struct store_ask *ask,
			   struct filed *filed);
} readings[] = {
	{ "SELECT number, issued, arrived, zone, level, tags, language, quiet,"
	  " more_to_tell, keep, erased_at, desk, filed, form, source, paper,"
	  " filled, left_blank FROM visit WHERE id = ?1",
	  take_visit },
	{ "SELECT kiosk_key, wire_hash, seq, filed_at, filed_by FROM ticket"
	  " WHERE case_id = CAST(?1 AS TEXT)",
	  take_ticket },
	{ "SELECT names_reveal(submission), instance_id, wire FROM intake"
	  " WHERE visit = ?1",
	  take_intake },
	{ "SELECT position, language, rule, reason FROM visit_rule WHERE"
	  " visit = ?1 ORDER BY position, language",
	  take_rule },
	{ "SELECT field, names_reveal(value) FROM fact WHERE visit = ?1 ORDER"
	  " BY id",
	  take_fact },
	{ "SELECT reference, names_reveal(value) FROM intake_answer WHERE"
	  " visit = ?1 ORDER BY position",
	  take_answer },
};

static enum fault read_filed(struct record *there, int64_t id,
			     struct filed *filed)
{
	struct visit_new *visit = &filed->visit;
	enum fault fault = FAULT_NONE;
	struct store_ask *ask;
	bool row;

	*filed = (struct filed){ 0 };
	for (size_t i = 0; i < COUNT(readings) && !fault; i++) {
		if ((fault = statement_take(there, readings[i].sql, &ask)))
			return fault;
		store_bind(ask, 1, id);
		while (!(fault = statement_row(there, ask, &row)) && row &&
		       !(fault = readings[i].take(there, ask, filed)))
			;
		statement_give_back(there, ask);
	}
	visit->kiosk_key = filed->kiosk;
	visit->wire_hash = filed->hash;
	visit->wire = filed->wire;
	visit->form = filed->form;
	visit->number = filed->number ?: "";
	visit->zone = filed->zone ?: "";
	visit->tags = filed->tags ?: "";
	visit->language = filed->language ?: "";
	visit->submission = filed->submission ?: "";
	visit->instance_id = filed->instance_id ?: "";
	visit->rules = filed->rules;
	visit->facts = filed->facts;
	visit->answers = filed->answers;
	return fault;
}

/* --- filing --------------------------------------------------------------- */

/* Its answers went while the laptop was away, by a rule and somebody's will. */
static enum fault keep_erased(struct merging *merging, int64_t there,
			      int64_t id)
{
#define STONE                                                       \
	" FROM tombstone WHERE subject = 'visit' AND subject_id = " \
	"?1 ORDER BY id DESC LIMIT 1"
	SCOPED(char_freep) char *rule = NULL;
	SCOPED(char_freep) char *user = NULL;
	enum fault fault;

	if ((fault = statement_line(merging->there, "SELECT rule" STONE, there,
				    &rule)) ||
	    (fault = statement_line(merging->there, "SELECT user" STONE, there,
				    &user)))
		return fault;
#undef STONE
	const struct record_who who = { .user = user ?: "", .desk = "" };

	return erase_visit(merging->here, id, rule ?: "end", &who,
			   merging->now);
}

/* When, where and by whom is what the laptop knows. */
static enum fault keep_filing(struct merging *merging, int64_t there,
			      int64_t id, const struct filed *filed)
{
	struct record *here = merging->here;
	enum fault fault;

	if ((fault =
		 statement_do(here, "UPDATE visit SET filed = ?2 WHERE id = ?1",
			      "ii", id, filed->filed)) ||
	    (fault = statement_do(here,
				  "UPDATE ticket SET filed_at = ?2, filed_by ="
				  " ?3 WHERE case_id = CAST(?1 AS TEXT)",
				  "itt", id, filed->filed_at, filed->filed_by)))
		return fault;
	return filed->erased ? keep_erased(merging, there, id) : FAULT_NONE;
}

/* A kiosk that was revoked while the laptop was away, and what it made since;
 * what lies here already was filed in its time. */
static enum fault is_revoked(struct record *here, const struct filed *filed,
			     bool *revoked)
{
	int64_t found = 0;
	enum fault fault = statement_value(
	    here,
	    "SELECT 1 FROM kiosk WHERE key = ?1 AND revoked_at IS NOT NULL AND"
	    " last_good < ?2 AND NOT EXISTS (SELECT 1 FROM ticket WHERE"
	    " wire_hash = ?3)",
	    0, &found, "bib", filed->kiosk, sizeof filed->kiosk,
	    (int64_t)filed->visit.seq, filed->hash, sizeof filed->hash);

	*revoked = found != 0;
	return fault;
}

static enum fault hold(struct merging *merging, int64_t there,
		       const struct filed *filed)
{
	const size_t length = filed->visit.wire_length;
	enum fault fault = FAULT_NONE;

	/* Of one that was erased there is nothing to keep. */
	if (length)
		fault =
		    held_keep(merging->here, filed->hash, filed->wire, length,
			      "revoked", merging->who, merging->now);
	merging->told->held_back += length != 0;
	merging->told->left += length == 0;
	return fault ? fault : map_put(merging, "visit", there, 0);
}

static enum fault file(struct merging *merging, int64_t there,
		       const struct filed *filed)
{
	const struct record_who who = { .user = filed->filed_by ?: "",
					.desk = filed->desk ?: "" };
	struct caseload_told *told = merging->told;
	enum visit_filing answer;
	int64_t id = 0;
	enum fault fault = visit_file(merging->here, &filed->visit, &who,
				      merging->now, &answer, &id);

	if (!fault && answer == VISIT_FILED)
		fault = keep_filing(merging, there, id, filed);
	if (fault)
		return fault;
	told->visits += answer == VISIT_FILED;
	told->same += answer == VISIT_ALREADY_FILED;
	told->alarms += answer == VISIT_CLONE_ALARM;
	/* Of a cloned number no visit comes: the ticket is aside. */
	return map_put(merging, "visit", there,
		       answer == VISIT_CLONE_ALARM ? 0 : id);
}

static enum fault merge_ticket(struct merging *merging, int64_t there)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct filed filed = { 0 };
	int64_t here;
	enum fault fault;
	bool has, revoked;

	if (!(fault = transaction_begin(merging->here, &change)) &&
	    !(fault = map_has(merging, "visit", there, &has, &here)) && !has &&
	    !(fault = read_filed(merging->there, there, &filed)) &&
	    !(fault = is_revoked(merging->here, &filed, &revoked)) &&
	    !(fault = (revoked ? hold : file)(merging, there, &filed)))
		fault = transaction_commit(&change);
	filed_done(&filed);
	return fault;
}

/* --- aside ---------------------------------------------------------------- */

static enum fault is_known(struct record *here, const uint8_t hash[32],
			   bool *known)
{
	int64_t found = 0;
	enum fault fault = statement_value(
	    here,
	    "SELECT 1 FROM ticket WHERE wire_hash = ?1 UNION ALL SELECT 1 FROM"
	    " ticket_held WHERE wire_hash = ?1",
	    0, &found, "b", hash, (size_t)32);

	*known = found != 0;
	return fault;
}

static enum fault merge_held(struct merging *merging)
{
	struct held *held = NULL;
	size_t count = 0;
	enum fault fault = held_read(merging->there, &held, &count);

	for (size_t i = 0; i < count && !fault; i++) {
		bool known;

		if ((fault =
			 is_known(merging->here, held[i].wire_hash, &known)) ||
		    known)
			continue;
		merging->told->held_back++;
		fault = held_keep(merging->here, held[i].wire_hash,
				  held[i].wire, held[i].length, held[i].reason,
				  merging->who, held[i].held_at);
	}
	free(held);
	return fault;
}

enum fault merge_tickets(struct merging *merging)
{
	int64_t last = 0;
	enum fault fault = map_from(merging, "visit", &last);

	if (!fault)
		fault = merging_each(merging,
				     "SELECT id FROM visit WHERE id > ?1 ORDER"
				     " BY id",
				     last, merge_ticket);
	return fault ? fault : merge_held(merging);
}
