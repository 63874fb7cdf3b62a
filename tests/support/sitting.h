#pragma once

#include "tests/support/boxed.h"
#include "tests/support/seat.h"

/* A desk on a box, with a stick "sda1" in it. */
struct sitting {
	struct office *office;
	struct boxed boxed;
	struct seat *sam;
};

int sitting_open(void **state); /* *state becomes a struct sitting */
int sitting_close(void **state);

/* Looks as the loop does, until words are seen. */
void sitting_wait(struct seat *seat, const char *words);

/* Opens a row of what the box can do, counted from 0. */
void sitting_row(struct seat *seat, int row);
