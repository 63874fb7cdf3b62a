#pragma once

#include "xpath/scratch.h"
#include "xpath/xpath.h"

/*
 * One evaluation: what it may ask, what it may spend, and how it went wrong.
 * What a value points to lives in the evaluation's memory, in the tree of the
 * expression or in the document.
 *
 * Going wrong is sticky: the first evaluation_fail() stays, everything after
 * gives empty values, and loops stop where evaluation_stopped().
 */
struct evaluation {
	const struct xpath_host *host;
	const struct xpath_place *place;
	struct xpath_problem *problem;
	enum fault fault;
	uint64_t steps, steps_limit;
	uint32_t offset; /* of the part being evaluated */
	struct scratch memory;
};

#define EVALUATION_MEMORY_LIMIT (64 * 1024 * 1024)

#define STEP_BYTES 256 /* of text that are read or written cost a step */

/* Counts steps; false once the limit is passed. */
bool evaluation_spend(struct evaluation *evaluation, size_t steps);
/* Counts a visited node; false once the limit is passed. */
bool evaluation_step(struct evaluation *evaluation);
void evaluation_fail(struct evaluation *evaluation, enum fault fault,
		     const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Says what is wrong and does not end it; what fails later is said instead. */
void evaluation_warn(struct evaluation *evaluation, const char *text);
static inline bool evaluation_stopped(const struct evaluation *evaluation)
{
	return evaluation->fault != FAULT_NONE;
}

/* Memory for a value; NULL where the limit is passed, and then it failed. */
void *evaluation_take(struct evaluation *evaluation, size_t size);

/* A text that grows; words_text() is "" where memory ended. */
struct words {
	char *text;
	size_t length, room;
};
void words_add(struct evaluation *evaluation, struct words *words,
	       const char *text, size_t length);
const char *words_text(const struct words *words);
const char *copy_text(struct evaluation *evaluation, const char *text,
		      size_t length);
