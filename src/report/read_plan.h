#pragma once

#include "report/about.h"
#include "report/wording.h"

/*
 * A person's plan as the record has it: goals that are open, the steps that
 * are open or done, the next appointment that is booked, and the one worker of
 * their household. The caller frees *out. Faults are entity_each()'s.
 */
MUST_CHECK enum fault read_plan(const struct about *about,
				const struct wording *wording, int64_t person,
				int64_t now, struct page **out);

/* The worker of the household that a person is in now; NULL: none. The caller
 * frees *out. */
MUST_CHECK enum fault read_worker(const struct wording *wording, int64_t person,
				  char **out);
