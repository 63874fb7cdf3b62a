#pragma once

#include <stddef.h>

#include "report/task.h"

/*
 * Who does what for a household: newcomer, sponsor, the sponsor's organization
 * and the agency agree on it, so all of them read the same page. A task that
 * several answer for, or nobody, is marked.
 */
struct matrix_page {
	const char *household;     /* a name or a number */
	const char *sponsor, *sah; /* NULL: not known */
	const char *worker;        /* NULL: nobody yet */
	const struct task *tasks;
	size_t task_count;
};

/* The caller frees it. */
struct page *matrix_page(const struct about *about,
			 const struct matrix_page *matrix);
