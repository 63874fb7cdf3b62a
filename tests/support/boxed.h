#pragma once

#include <sys/types.h>

#include "tests/support/safe.h"

/*
 * A desk box's helper in a process of its own, on a scratch folder: what a
 * desk or a box asks at socket is done there.
 */
struct boxed {
	struct safe safe;
	char *socket;
	int listener;
	pid_t helper;
};

void boxed_init(struct boxed *boxed);
void boxed_done(struct boxed *boxed);
