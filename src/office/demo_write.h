#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"
#include "record/record.h"

/*
 * Writing an invented agency through the same layer as everybody else, at
 * moments of the past. The first fault or refusal stops it: what follows does
 * nothing, and fault says so at the end.
 */
struct demo {
	struct record *record;
	struct record_who who;
	int64_t now;
	char today[16];
	enum fault fault;
};

#define DEMO_DAY_MS ((int64_t)24 * 60 * 60 * 1000)

/* A new entity of "field", value pairs; values that are NULL
 * are not known. ago is how many days ago somebody wrote it down. Its id; 0
 * once something failed. */
int64_t demo_make_of(struct demo *demo, const char *kind, int ago, ...)
    __attribute__((sentinel));
#define demo_make(...) demo_make_of(__VA_ARGS__, (char *)NULL)

/* Along its life-cycle, so many days ago. */
void demo_move(struct demo *demo, const char *kind, int64_t id, const char *to,
	       int ago);

/* What an act came to: goes on where it was done. */
void demo_expect(struct demo *demo, const char *what, enum fault fault,
		 enum entity_answer answer);

/* A day so many days ago, after today where negative: "2026-11-22"; and an id
 * as text. Each belongs to the caller's text. */
struct demo_text {
	char text[24];
};
struct demo_text demo_day(const struct demo *demo, int ago);
struct demo_text demo_id(int64_t id);
int64_t demo_at(const struct demo *demo, int ago);
