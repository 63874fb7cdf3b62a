#pragma once

#include <stddef.h>

#include "report/task.h"

/*
 * The plan that a person takes home: what they want to reach, in their own
 * words, and what comes next, in their language over the staff's.
 */
struct plan_goal {
	const char *words;
	const struct task *steps;
	size_t step_count;
};

struct plan_page {
	const char *name, *number; /* of the person */
	const char *worker;        /* whom they know here; NULL: nobody yet */
	const char *strengths;     /* what goes well; NULL: nothing written */
	const struct plan_goal *goals;
	size_t goal_count;
	/* The next appointment; day NULL: none. with and where may be NULL. */
	struct {
		const char *day, *time, *with, *where;
	} appointment;
};

/* The caller frees it. */
struct page *plan_page(const struct about *about, const struct plan_page *plan);
