#pragma once

#include <stdbool.h>

#include "report/about.h"

/*
 * One thing that somebody will do: a step of a plan, a task between newcomer,
 * sponsor and agency.
 */
enum task_owner {
	TASK_NEWCOMER = 1,
	TASK_SPONSOR = 2,
	TASK_SAH = 4, /* the sponsor's organization */
	TASK_WORKER = 8,
	TASK_OTHER = 16, /* somebody else; owner_name says who */
};

enum task_state { TASK_OPEN, TASK_DONE, TASK_NOT_NEEDED };

struct task {
	/* "housing": a word of printed pages, "page.task_housing"; NULL: none,
	 * or one that is not there. */
	const char *code;
	const char *what;       /* as somebody wrote it */
	unsigned owners;        /* enum task_owner; 0: nobody */
	const char *owner_name; /* "Ana Ruiz"; NULL: not known */
	const char *due;        /* "2026-12-01"; NULL: no day */
	enum task_state state;
};

/* Whether exactly one answers for it; one that is not open asks nobody. */
bool task_is_owned(const struct task *task);

/* The heads of a table of tasks, and its rows: what, who, by when, state. One
 * that nobody or several answer for is marked and says so. */
void task_heads(const struct about *about, struct page *page);
void task_row(const struct about *about, struct page *page,
	      const struct task *task);
