#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/home.h"

/*
 * How far the first boot came, so that a power cut loses nothing: kiosk/setup,
 * a line "LANGUAGE STEPS", the steps as a number whose bits say which are
 * behind. What leaves a file of its own (the PIN, what was taken from the card)
 * is told by that file.
 */
struct setup_progress {
	char language[3]; /* "" before it was chosen */
	unsigned steps;
};

struct setup_progress setup_progress_read(const struct home *home);
MUST_CHECK enum fault
setup_progress_write(const struct home *home,
		     const struct setup_progress *progress);
