#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/fault.h"

/*
 * Shuts this process in, with all its threads and for good: it goes on with
 * what it has, and nothing else. From then on
 *
 *   files     none can be opened, made, changed, removed or looked at; a path
 *             that is asked for is put to the lender, if there is one
 *             (base/lender.h), by whichever library asks
 *   network   no socket can be had, nor a connection made on one it has
 *   programs  none can be started, and no process but threads of its own
 *   others    no process can be traced, read or signalled, but its children
 *             ended
 *   memory    nothing that was written can be run
 *
 * seccomp holds all of it by a list of the calls that are allowed; where the
 * kernel has Landlock, it holds files and network a second time. What is
 * refused fails with EPERM or EACCES; starting a program, or reaching into
 * another process, is no library's mistake and calls trespass() instead.
 */
struct jail_rules {
	int lender;             /* socket to it, or -1: there is none */
	const unsigned *ioctls; /* that may be asked of a descriptor */
	size_t ioctl_count;
	const pid_t *children; /* that may be ended, with SIGKILL */
	size_t child_count;
	void (*trespass)(void); /* async-signal-safe; does not return */
};

/*
 * rules need not outlive it. A path that is put to the lender costs a signal:
 * SIGSYS must stay this function's and must not be blocked, nor may the lender
 * be a process that waits for this one. SIGURG makes the other threads enter
 * (base/jail_files.h). FAULT_SYSTEM: the process is not shut
 * in, as the log says, and must not go on.
 */
MUST_CHECK enum fault jail_enter(const struct jail_rules *rules);

/* What this kernel offers: without calls, jail_enter() fails; files is the
 * second layer. */
struct jail_offer {
	bool calls, files;
};
struct jail_offer jail_offered(void);
