#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * The system calls of a few processes that are running already, one at a time:
 * each process is held before every call it makes, until it is let go on.
 *
 *	while (calls_next(calls, &call))
 *		calls_go_on(calls, call.process);
 *
 * So a process can be killed before any call, and what is on the disk then is
 * what it left there.
 */
struct calls;

/* Whether this machine lets a test follow a process that hides its memory, as
 * a visitor's does. */
bool calls_allowed(void);

#define CALLS_MOST 3 /* processes */

/*
 * Follows processes, which are held at once and until calls_go_on(). Where one
 * is the caller's own child, its end is left for the caller to wait for.
 */
struct calls *calls_follow(const pid_t *processes, size_t count);

/* Lets go of those that still run, wherever they are. */
void calls_free(struct calls *calls);

struct call {
	pid_t process;
	bool ends;   /* the process is gone: there is no call, and no more */
	long number; /* SYS_write */
	bool leaves_trace; /* it may change files, or tell the outside */
};

/* The next call that one of them is held before; false: none for now. */
bool calls_next(struct calls *calls, struct call *call);
void calls_go_on(struct calls *calls, pid_t process);

/* Whether it has ended, as calls_next() said. */
bool calls_gone(struct calls *calls, pid_t process);

/* SIGKILL, wherever it is, if it is not gone yet; back when it is. */
void calls_kill(struct calls *calls, pid_t process);
