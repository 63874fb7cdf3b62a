#include "record/visit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "record/inside.h"
#include "record/kind.h"

const char *const visit_languages[VISIT_LANGUAGES] = { "en", "fr" };

static const char *const levels[] = { "", "U1", "U2", "U3", "U4", "U5" };

static const char *const keeps[] = {
	[VISIT_KEEP_NO] = "no",
	[VISIT_KEEP_TODAY] = "today",
	[VISIT_KEEP_KEPT] = "kept",
};

static const char *const states[] = {
	[VISIT_WAITING] = "waiting",     [VISIT_CALLED] = "called",
	[VISIT_NO_ANSWER] = "no-answer", [VISIT_IN_SERVICE] = "in-service",
	[VISIT_ENDED] = "ended",
};

static const char *const outcomes[] = {
	[VISIT_NO_OUTCOME] = "",       [VISIT_SERVED] = "served",
	[VISIT_REFERRED] = "referred", [VISIT_DIVERTED] = "diverted",
	[VISIT_LEFT] = "left",         [VISIT_SAFETY] = "safety",
};

static const char *const sources[] = {
	[VISIT_TICKET] = "ticket",
	[VISIT_PAPER] = "paper",
};

/* The place of word in words, or usual. */
static int find(const char *const *words, size_t count, const char *word,
		int usual)
{
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(words[i], word))
			return (int)i;
	}
	return usual;
}

const char *visit_level_word(enum visit_level level)
{
	return levels[level];
}

enum visit_level visit_level_of(const char *word)
{
	return (enum visit_level)find(levels, COUNT(levels), word,
				      VISIT_NO_LEVEL);
}

const char *visit_keep_word(enum visit_keep keep)
{
	return keeps[keep];
}

enum visit_keep visit_keep_of(const char *word)
{
	return (enum visit_keep)find(keeps, COUNT(keeps), word,
				     VISIT_KEEP_TODAY);
}

const char *visit_state_word(enum visit_state state)
{
	return states[state];
}

enum visit_state visit_state_of(const char *word)
{
	return (enum visit_state)find(states, COUNT(states), word,
				      VISIT_WAITING);
}

const char *visit_outcome_word(enum visit_outcome outcome)
{
	return outcomes[outcome];
}

enum visit_outcome visit_outcome_of(const char *word)
{
	return (enum visit_outcome)find(outcomes, COUNT(outcomes), word,
					VISIT_NO_OUTCOME);
}

const char *visit_source_word(enum visit_source source)
{
	return sources[source];
}

static enum visit_source source_of(const char *word)
{
	return (enum visit_source)find(sources, COUNT(sources), word,
				       VISIT_TICKET);
}

void visit_done(struct visit *visit)
{
	free(visit->number);
	free(visit->staff_reason);
	free(visit->tags);
	free(visit->language);
	free(visit->by);
	free(visit->paper);
	free(visit->blank);
	*visit = (struct visit){ 0 };
}

enum visit_level visit_effective_level(const struct visit *visit)
{
	return visit->staff_level ? visit->staff_level : visit->level;
}

static struct visit take_row(struct store_ask *ask, int64_t id)
{
	return (struct visit){
		.id = id,
		.number = xstrdup(statement_text(ask, 0)),
		.issued = store_number(ask, 1),
		.arrived = store_number(ask, 2),
		.called = store_number(ask, 3),
		.started = store_number(ask, 4),
		.ended = store_number(ask, 5),
		.level = (enum visit_level)(int)store_number(ask, 6),
		.staff_level = (enum visit_level)(int)store_number(ask, 7),
		.staff_reason = xstrdup(statement_text(ask, 8)),
		.keep = visit_keep_of(statement_text(ask, 9)),
		.state = visit_state_of(statement_text(ask, 10)),
		.outcome = visit_outcome_of(statement_text(ask, 11)),
		.calls = (int)store_number(ask, 12),
		.quiet = (int)store_number(ask, 13),
		.more_to_tell = (int)store_number(ask, 14),
		.erased = (int)store_number(ask, 15),
		.tags = xstrdup(statement_text(ask, 16)),
		.language = xstrdup(statement_text(ask, 17)),
		.by = xstrdup(statement_text(ask, 18)),
		.source = source_of(statement_text(ask, 19)),
		.paper = xstrdup(statement_text(ask, 20)),
		.filled = store_number(ask, 21),
		.blank = xstrdup(statement_text(ask, 22)),
	};
}

enum fault visit_read(struct record *record, int64_t id,
		      enum visit_found *found, struct visit *out)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, VISIT_READ, &ask, "i", id);
	bool row;

	*found = VISIT_NOT_THERE;
	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		*out = take_row(ask, id);
		*found = VISIT_FOUND;
	}
	if (fault && *found == VISIT_FOUND)
		visit_done(out);
	return fault;
}

enum fault visit_by_number(struct record *record, const char *number,
			   int64_t *id)
{
	return statement_number(record, VISIT_BY_NUMBER, 0, id, "t", number);
}

#define DAY_MS ((int64_t)24 * 3600 * 1000)

enum fault visit_by_ending(struct record *record, const char *ending,
			   int64_t now, size_t *count, int64_t *id)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, VISIT_BY_ENDING, &ask, "ti",
					 ending, now - DAY_MS);
	bool row;

	*count = 0;
	*id = 0;
	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		if (!(*count)++)
			*id = store_number(ask, 0);
	}
	return fault;
}

/* The statement is this walk's alone: another may lie within it. */
static const char between[] =
    "SELECT id, coalesce(person, 0), keep, erased_at IS NOT NULL FROM visit"
    " WHERE arrived >= ?1 AND arrived < ?2 ORDER BY arrived, id";

enum fault visit_between(struct record *record, int64_t from, int64_t until,
			 visit_arrival_visit *visit, void *to)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, between, &ask);
	bool row = true, goes_on = true;

	if (fault)
		return fault;
	store_bind(ask, 1, from);
	store_bind(ask, 2, until);
	while (goes_on && !(fault = statement_row(record, ask, &row)) && row)
		goes_on =
		    visit(to, &(struct visit_arrival){
				  .id = store_number(ask, 0),
				  .person = store_number(ask, 1),
				  .keep = visit_keep_of(statement_text(ask, 2)),
				  .erased = (int)store_number(ask, 3),
			      });
	statement_give_back(record, ask);
	return fault;
}

enum fault visit_rules(struct record *record, int64_t id, const char *language,
		       visit_rule_visit *visit, void *to)
{
	struct store_ask *ask;
	enum fault fault =
	    statement_ask(record, RULE_EACH, &ask, "it", id, language);
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		visit(to, statement_text(ask, 0), statement_text(ask, 1));
	return fault;
}

enum fault visit_facts(struct record *record, int64_t id,
		       visit_fact_visit *visit, void *to)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, FACT_EACH, &ask, "i", id);
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		visit(to, statement_text(ask, 0), statement_text(ask, 1),
		      statement_text(ask, 2));
	return fault;
}

enum fault visit_basis_read(struct record *record, int64_t id,
			    enum visit_found *found, struct visit_basis *out)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, INTAKE_BASIS, &ask, "i", id);
	bool row;

	*found = VISIT_NOT_THERE;
	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		*found = VISIT_FOUND;
		*out = (struct visit_basis){
			.issued = store_number(ask, 1),
		};
		strncpy(out->zone, statement_text(ask, 2), VISIT_ZONE_LIMIT);
		if ((fault = statement_blob(record, ask, 0, sizeof out->form,
					    sizeof out->form, out->form, NULL)))
			return fault;
	}
	return fault;
}

/* Reads the basis; then, for whoever may see, the view is written down. */
static enum fault begin_view(struct record *record, int64_t id,
			     const struct record_who *who, int64_t now,
			     enum visit_look look, enum visit_found *found,
			     struct visit_basis *basis)
{
	enum fault fault = visit_basis_read(record, id, found, basis);

	if (fault || *found == VISIT_NOT_THERE || look == VISIT_COUNTED)
		return fault;
	return audit_add(record, who, now, "view", "visit", id, NULL);
}

/* Reception has the queue and the minimum card, and no more. */
static bool may_read_answers(const struct record_who *who)
{
	return !who->roles || who->roles & ROLES_CLIENT;
}

enum fault visit_answers(struct record *record, int64_t id,
			 const struct record_who *who, int64_t now,
			 enum visit_look look, enum visit_found *found,
			 struct visit_basis *basis, visit_answer_visit *visit,
			 void *to)
{
	SCOPED(transaction_endp) struct transaction *view = NULL;
	struct store_ask *ask;
	enum fault fault;
	bool row;

	*found = VISIT_NOT_THERE;
	if (!may_read_answers(who))
		return FAULT_NONE;
	/* Nobody sees the answers unless it could be written down. */
	if ((fault = transaction_begin(record, &view)) ||
	    (fault = begin_view(record, id, who, now, look, found, basis)) ||
	    (fault = transaction_commit(&view)) || *found == VISIT_NOT_THERE ||
	    (fault = statement_ask(record, ANSWER_EACH, &ask, "i", id)))
		return fault;
	while (!(fault = statement_row(record, ask, &row)) && row)
		visit(to, statement_text(ask, 0), statement_text(ask, 1));
	return fault;
}

enum fault visit_submission(struct record *record, int64_t id,
			    const struct record_who *who, int64_t now,
			    enum visit_look look, enum visit_found *found,
			    struct bytes *submission)
{
	SCOPED(transaction_endp) struct transaction *view = NULL;
	struct visit_basis basis;
	struct store_ask *ask;
	enum fault fault;
	bool row;

	*found = VISIT_NOT_THERE;
	if (!may_read_answers(who))
		return FAULT_NONE;
	if ((fault = transaction_begin(record, &view)) ||
	    (fault = begin_view(record, id, who, now, look, found, &basis)) ||
	    (fault = transaction_commit(&view)) || *found == VISIT_NOT_THERE ||
	    (fault = statement_ask(record, INTAKE_READ, &ask, "i", id)))
		return fault;
	while (!(fault = statement_row(record, ask, &row)) && row)
		bytes_add_text(submission, statement_text(ask, 0));
	return fault;
}
