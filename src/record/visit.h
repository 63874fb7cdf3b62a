#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "record/record.h"

/*
 * A visit: from the scan of a ticket to the moment the person leaves. It is
 * waiting, called, (no answer, recalled), in service, ended with an outcome.
 */

enum visit_level { /* how soon; VISIT_NO_LEVEL where the form has none */
		   VISIT_NO_LEVEL,
		   VISIT_U1, /* now */
		   VISIT_U2, /* today */
		   VISIT_U3, /* this week */
		   VISIT_U4, /* planned */
		   VISIT_U5, /* information */
};
const char *visit_level_word(enum visit_level level); /* "U1"; "" if none */
enum visit_level visit_level_of(const char *word);

enum visit_keep {
	VISIT_KEEP_NO,    /* answers go at the visit's end */
	VISIT_KEEP_TODAY, /* at local midnight */
	VISIT_KEEP_KEPT,
};
const char *visit_keep_word(enum visit_keep keep); /* "no", "today", "kept" */
/* Of the form's reserved node; today for any other word, as DESIGN says. */
enum visit_keep visit_keep_of(const char *word);

enum visit_state {
	VISIT_WAITING,
	VISIT_CALLED,
	VISIT_NO_ANSWER, /* was called and did not come */
	VISIT_IN_SERVICE,
	VISIT_ENDED,
};
const char *visit_state_word(enum visit_state state);

enum visit_outcome {
	VISIT_NO_OUTCOME, /* not ended */
	VISIT_SERVED,
	VISIT_REFERRED,
	VISIT_DIVERTED,
	VISIT_LEFT,
	VISIT_SAFETY,
};
const char *visit_outcome_word(enum visit_outcome outcome); /* "served" */
/* VISIT_NO_OUTCOME for a word that is none. */
enum visit_outcome visit_outcome_of(const char *word);

/* --- filing --------------------------------------------------------------- */

#define VISIT_LANGUAGES 2 /* staff languages that reasons are kept in */
extern const char *const visit_languages[VISIT_LANGUAGES]; /* "en", "fr" */

struct visit_rule {
	const char *rule;                    /* the note's name: "T301" */
	const char *reason[VISIT_LANGUAGES]; /* its label; NULL: none */
};

/* Where a visit's answers came from. */
enum visit_source {
	VISIT_TICKET, /* the kiosk's */
	VISIT_PAPER,  /* a paper form that somebody typed in */
};
const char *visit_source_word(enum visit_source source); /* "paper" */

/* What a paper form brings beside its answers. */
struct visit_paper {
	const char *code; /* its own printed number; "": it has none */
	int64_t filled;   /* noon of the day it was filled in; 0: not told */
	int64_t draft;    /* record/draft.h: goes with it; 0: none */
};

/* A field that the form maps with save_to. */
struct visit_fact {
	const char *field, *value;
};

/* An answer as the form stored it: "/data/D7[2]/relation", "CHI". */
struct visit_answer {
	const char *reference, *value;
};

/*
 * What a ticket or a paper brings; everything belongs to the caller. A paper
 * has no wire; kiosk_key and wire_hash are both the digest of its printed
 * number, so that the replay rules find it again, or random where it has none.
 * Its visit is called by the next number of its own, "FP-0001".
 */
struct visit_new {
	const struct visit_paper *paper; /* NULL: a ticket */
	const uint8_t *kiosk_key;        /* 32 bytes */
	uint32_t seq;
	const uint8_t *wire_hash; /* 32 bytes */
	const void *wire;
	size_t wire_length;
	const uint8_t *form; /* reference, 8 bytes; zeros if none */
	const char *number;  /* "K7-0412"; NULL: a paper that is new here */
	int64_t issued;      /* by the kiosk's clock; 0 if it is not trusted */
	int64_t arrived;     /* by ours: the scan that opened the visit */
	const char *zone;    /* IANA, where the kiosk stands: its midnight */
	enum visit_level level;
	enum visit_keep keep;
	bool quiet;           /* raises the quiet alert */
	bool more_to_tell;    /* the person ran out of room */
	const char *blank;    /* names of what is required and has no answer,
				 blank-separated; NULL: none */
	const char *tags;     /* blank-separated, as the form gave them */
	const char *language; /* BCP 47 */
	const char *instance_id;
	const char *submission;
	const struct visit_rule *rules;
	size_t rule_count;
	const struct visit_fact *facts;
	size_t fact_count;
	const struct visit_answer *answers; /* in form order */
	size_t answer_count;
};

#define VISIT_ZONE_LIMIT 63 /* bytes */
#define VISIT_RULES_LIMIT 200
#define VISIT_FACTS_LIMIT 500
#define VISIT_ANSWERS_LIMIT 5000

enum visit_filing {
	VISIT_FILED,
	VISIT_ALREADY_FILED, /* *id is that visit's; nothing changed */
	VISIT_CLONE_ALARM,   /* *id is the other's; this wire is kept aside */
};

/*
 * Files a ticket or a paper: replay rules, visit, intake, rules, facts,
 * consent, quiet alert and audit, all or nothing; a wire that was kept aside no
 * longer is, nor the draft of a paper.
 * Whatever should have been erased before now (a ticket of `today` that was
 * kept aside overnight) is never written: number, level and times alone, and
 * the audit says that it was erased. FAULT_LIMIT: more than the limits.
 */
MUST_CHECK enum fault visit_file(struct record *record,
				 const struct visit_new *visit,
				 const struct record_who *who, int64_t now,
				 enum visit_filing *answer, int64_t *id);
bool visit_comes_too_late(const struct visit_new *visit, int64_t now);

/* --- looking -------------------------------------------------------------- */

struct visit {
	int64_t id;
	char *number;
	int64_t issued, arrived, called, started, ended; /* 0: not yet */
	enum visit_level level;       /* computed by the form */
	enum visit_level staff_level; /* set by staff; VISIT_NO_LEVEL if not */
	char *staff_reason;           /* "" if none */
	enum visit_keep keep;
	enum visit_state state;
	enum visit_outcome outcome;
	int calls; /* how often the number was called */
	bool quiet, more_to_tell;
	bool erased; /* answers, rules, facts and tags are gone */
	char *tags, *language;
	char *by; /* who holds it: called, took in or ended it; "" if none */
	enum visit_source source;
	char *paper; /* as struct visit_paper has them; "" and 0: a ticket */
	int64_t filled;
	char *blank;
};
void visit_done(struct visit *visit);

/* Whoever sees the level sees this one: staff's where they set one. */
enum visit_level visit_effective_level(const struct visit *visit);

enum visit_found { VISIT_FOUND, VISIT_NOT_THERE };

/* The minimum card. The caller releases *out with visit_done(). */
MUST_CHECK enum fault visit_read(struct record *record, int64_t id,
				 enum visit_found *found, struct visit *out);

/* The newest visit of a number ("K7-0412"), 0 if there is none. */
MUST_CHECK enum fault visit_by_number(struct record *record, const char *number,
				      int64_t *id);

/*
 * Visits whose number ends so ("0412", "412"), in letters of either size, as
 * far as they have not ended or did so in the last 24 hours: how many, and the
 * newest; 0 if there is none. ending is not empty.
 */
MUST_CHECK enum fault visit_by_ending(struct record *record, const char *ending,
				      int64_t now, size_t *count, int64_t *id);

/* Walks the visits that arrived from one moment on and before another, earliest
 * first; false stops. */
struct visit_arrival {
	int64_t id, person; /* 0: nobody's */
	enum visit_keep keep;
	bool erased;
};
typedef bool visit_arrival_visit(void *to, const struct visit_arrival *visit);
MUST_CHECK enum fault visit_between(struct record *record, int64_t from,
				    int64_t until, visit_arrival_visit *visit,
				    void *to);

/* Walks the rules that fired, in form order; language is "en" or "fr". */
typedef void visit_rule_visit(void *to, const char *rule, const char *reason);
MUST_CHECK enum fault visit_rules(struct record *record, int64_t id,
				  const char *language, visit_rule_visit *visit,
				  void *to);

/* Walks the facts in the order they came. source is "self", "told", "seen". */
typedef void visit_fact_visit(void *to, const char *field, const char *value,
			      const char *source);
MUST_CHECK enum fault visit_facts(struct record *record, int64_t id,
				  visit_fact_visit *visit, void *to);

/* Of which form a visit's answers are, and what its today() was. */
struct visit_basis {
	uint8_t form[8];
	int64_t issued; /* or filled in; or arrived, without a clock */
	char zone[VISIT_ZONE_LIMIT + 1]; /* IANA, where the kiosk stands */
};

/* It alone: no answer is seen by it, so it is no view. VISIT_NOT_THERE as
 * below. */
MUST_CHECK enum fault visit_basis_read(struct record *record, int64_t id,
				       enum visit_found *found,
				       struct visit_basis *out);

/* What is read is shown to somebody, or sent, which is a view in the audit; or
 * a program counts it and shows nobody any of it, which is none. */
enum visit_look { VISIT_SHOWN, VISIT_COUNTED };

/*
 * Walks the answers as they were filed, in form order, and gives what it takes
 * to show them. VISIT_SHOWN is audited as a view. VISIT_NOT_THERE: no such
 * visit, or its answers are erased.
 */
typedef void visit_answer_visit(void *to, const char *reference,
				const char *value);
MUST_CHECK enum fault
visit_answers(struct record *record, int64_t id, const struct record_who *who,
	      int64_t now, enum visit_look look, enum visit_found *found,
	      struct visit_basis *basis, visit_answer_visit *visit, void *to);

/* The submission, word for word; audited likewise. */
MUST_CHECK enum fault visit_submission(struct record *record, int64_t id,
				       const struct record_who *who,
				       int64_t now, enum visit_look look,
				       enum visit_found *found,
				       struct bytes *submission);

/* --- acting --------------------------------------------------------------- */

enum visit_act {
	VISIT_CALL,    /* waiting -> called */
	VISIT_MISS,    /* called -> no answer */
	VISIT_RECALL,  /* called or no answer -> called again */
	VISIT_REQUEUE, /* back to waiting, with its first time */
	VISIT_TAKE_IN, /* waiting, called or no answer -> in service */
	VISIT_END,     /* any -> ended; needs an outcome */
	VISIT_ACT_COUNT,
};

enum visit_acted {
	VISIT_ACTED,
	VISIT_UNKNOWN,     /* no such visit */
	VISIT_WRONG_STATE, /* another desk was quicker: read it again */
	VISIT_NO_REASON,   /* an override needs one */
	VISIT_NOTHING,     /* nothing to undo, or somebody acted since */
	VISIT_REFUSED,     /* the person said no; see visit_confirm_keep() */
	VISIT_NOT_YOURS,   /* not for this role */
	VISIT_NO_TICKET,   /* a paper: nothing sealed could be kept aside */
	VISIT_CALLS,       /* its quiet flag is to be answered and closed */
};

/*
 * outcome is VISIT_NO_OUTCOME unless act is VISIT_END, which erases the
 * answers of a visit with VISIT_KEEP_NO before it returns.
 */
MUST_CHECK enum fault visit_act(struct record *record, int64_t id,
				enum visit_act act, enum visit_outcome outcome,
				const struct record_who *who, int64_t now,
				enum visit_acted *answer);

/* Whether act is possible in state: which keys a screen offers. */
bool visit_may(enum visit_state state, enum visit_act act);

/*
 * Sets the level that staff judge right; reason is never blank. The computed
 * level stays beside it. VISIT_NO_LEVEL takes the override back. Whoever sees
 * the queue may find somebody more urgent than the kiosk did; less urgent is a
 * supervisor's to decide.
 */
MUST_CHECK enum fault visit_override(struct record *record, int64_t id,
				     enum visit_level level, const char *reason,
				     const struct record_who *who, int64_t now,
				     enum visit_acted *answer);

/*
 * Takes back the last act or override on a visit, if the same user did it and
 * nobody acted since. What an ending erased stays erased.
 */
MUST_CHECK enum fault visit_undo(struct record *record, int64_t id,
				 const struct record_who *who, int64_t now,
				 enum visit_acted *answer);

/*
 * "Not this person": takes a filed ticket out of the queue again and keeps it
 * aside, sealed, so that its owner's scan files it. Only while it waits and
 * nobody acted on it or found out whose it is, and with no alert of it open:
 * whoever asked for help may not scan that paper again.
 */
MUST_CHECK enum fault visit_unfile(struct record *record, int64_t id,
				   const struct record_who *who, int64_t now,
				   enum visit_acted *answer);

/*
 * A worker, alone with the person, confirmed keeping: `today` becomes `kept`.
 * VISIT_REFUSED: the person said no at the kiosk, and that stays.
 */
MUST_CHECK enum fault visit_confirm_keep(struct record *record, int64_t id,
					 const struct record_who *who,
					 int64_t now, enum visit_acted *answer);

/* The person no longer wants it kept: erased at once, with a tombstone, and so
 * is what record/people_visit.h made of it. */
MUST_CHECK enum fault visit_withdraw(struct record *record, int64_t id,
				     const struct record_who *who, int64_t now,
				     enum visit_acted *answer);
