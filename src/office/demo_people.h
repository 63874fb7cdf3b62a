#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * The invented people of the demo agency of the pilot's size: nobody in it is
 * real, and no place is one where they would be found.
 */

/* What a language's people are called: given names of five women and five men,
 * and what a family is called; own is NULL where the language is written in
 * Latin letters, family is NULL where there are none. */
struct demo_name {
	const char *latin, *own;
};
#define DEMO_NAMES 5
#define DEMO_FAMILIES 4
struct demo_tongue {
	const char *language; /* BCP 47 */
	struct demo_name women[DEMO_NAMES], men[DEMO_NAMES];
	struct demo_name families[DEMO_FAMILIES];
};
extern const struct demo_tongue demo_tongues[];
extern const size_t demo_tongue_count;

struct demo_worker {
	const char *name, *languages, *dialects, *roles;
};
#define DEMO_WORKERS 5
extern const struct demo_worker demo_workers[DEMO_WORKERS];

struct demo_group {
	const char *what, *name;
	int parent; /* place of its SAH; -1: none */
	const char *representative, *language;
};
#define DEMO_GROUPS 23
extern const struct demo_group demo_groups[DEMO_GROUPS];

/* A sponsored family and how far it came. Days count from its arrival, which
 * was arrived days ago; before it where negative. 0 is "not". */
struct demo_family {
	int group, worker, tongue, family;
	int size;      /* people; 0: still awaited */
	int arrived;   /* days ago; of those awaited, in so many */
	int awaited;   /* how many of them are expected */
	int pre, post; /* days after arrival that they were held */
	bool complete; /* and the connection was */
	int checks;    /* how many of 3, 6 and 12 months were held */
	const char *state;
	bool agreed, consent; /* the agreement; each adult's consent */
	int interval;         /* days between contacts */
};
extern const struct demo_family demo_families[];
extern const size_t demo_family_count;

#define DEMO_SITES 3
extern const char *const demo_sites[DEMO_SITES];
