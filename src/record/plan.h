#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "record/entity.h"
#include "record/segment.h"

/*
 * A person's plan: goals in their own words, each with steps of which one comes
 * next. Goals and steps are entities (record/entity.h); what follows by itself
 * is kept by their kinds: the first step of a goal comes next, and when that
 * is ended, the open one that is due first. A goal of which no step is open
 * has none, and stands in the list "goals-without-step".
 */

/* A goal as it is opened; everything belongs to the caller. */
struct plan_new {
	int64_t person;
	enum domain domain;
	const char *words;    /* the person's own */
	const char *horizon;  /* "short", "long"; NULL: not said */
	const char *owner;    /* "newcomer", "worker", "sponsor", "other" */
	const char *due;      /* day; NULL: none */
	const char *action;   /* the first step; NULL: none yet */
	const char *step_due; /* day; NULL: none */
	int64_t assessment;   /* that it follows from; 0: none */
	const char *template; /* "first-30-days:language"; NULL: none */
};

/* Opens it, for the household the person lives in, with its first step, as one
 * act. wrong as for entity_save(). */
MUST_CHECK enum fault plan_open(struct record *record,
				const struct plan_new *goal,
				const struct record_who *who, int64_t now,
				enum entity_answer *answer, const char **wrong,
				int64_t *id);

/* Makes one of its goal's open steps the next; the one it was is none any
 * more. ENTITY_WRONG: the step is ended. */
MUST_CHECK enum fault plan_make_next(struct record *record, int64_t step,
				     const struct record_who *who, int64_t now,
				     enum entity_answer *answer);

/* The household somebody lives in now, 0 if none is known. */
MUST_CHECK enum fault plan_household(struct record *record, int64_t person,
				     int64_t *household);

/*
 * "Screened by a worker", "active" and so on: makes the person's stream where
 * they have none, and moves it; *id is the stream. Answers as entity_move().
 */
MUST_CHECK enum fault plan_stream(struct record *record, int64_t person,
				  const char *to, const char *reason,
				  const struct record_who *who, int64_t now,
				  enum entity_answer *answer, int64_t *id);

/* --- templates -------------------------------------------------------------
 */

/*
 * Goals that most people have, as a sheet: a row each with the columns name,
 * domain, horizon, owner, days (until it is due), step_days, goal_en, goal_fr,
 * step_en and step_fr. Its name is the file's: "first-30-days".
 */
struct plan_template {
	char *name;
	struct plan_row {
		char *name, *goal, *step;
		enum domain domain;
		char *horizon, *owner;
		int days, step_days;
	} * rows;
	size_t count;
};
#define PLAN_TEMPLATE_ROWS 50

/*
 * Reads one in a language ("en" or "fr"). The caller releases *out with
 * plan_template_done(). FAULT_FORMAT: a row, which the log names with the mend,
 * cannot be used; FAULT_LIMIT: more than PLAN_TEMPLATE_ROWS; FAULT_SYSTEM: it
 * cannot be read.
 */
MUST_CHECK enum fault plan_template_read(const char *path, const char *language,
					 struct plan_template *out);
void plan_template_done(struct plan_template *template);

/* Where one that comes with Foyer lies; the caller frees it. */
char *plan_template_path(const char *name);

/* Opens those of its goals that the person does not have yet, open or ended,
 * from today on, as one act; *count is how many. */
MUST_CHECK enum fault plan_template_use(struct record *record,
					const struct plan_template *template,
					int64_t person, const char *today,
					const struct record_who *who,
					int64_t now, enum entity_answer *answer,
					size_t *count);
