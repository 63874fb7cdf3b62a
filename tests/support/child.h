#pragma once

#include <sys/types.h>

/*
 * Runs a part of a test in a process of its own. What it returns comes back
 * through a pipe and then it becomes another program, so that nothing looks for
 * leaks in a copy of the test.
 */
typedef int child_run(void *to);

struct child {
	pid_t id;
	int from;
};

#define CHILD_KILLED (-1) /* ended before it could return */

struct child child_start(child_run *run, void *to);
int child_wait(struct child *child);        /* 0 to 255, or CHILD_KILLED */
int child_result(child_run *run, void *to); /* both */
