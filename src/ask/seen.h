#pragma once

#include <stdbool.h>

#include "ask/step.h"
#include "base/memory.h"

/*
 * Which steps a person has been shown, so that nothing is asked twice: once
 * the review was reached, only questions that an answer newly brought are put
 * to them.
 */
struct seen;

struct seen *seen_new(void);
void seen_free(struct seen *seen); /* NULL is fine */
DEFINE_SCOPED(struct seen, seen_free)

void seen_note(struct seen *seen, const struct step *step);

/* The first step after now that was not shown; false if there is none. */
bool seen_next_new(const struct seen *seen, const struct step *now,
		   struct step *step);
