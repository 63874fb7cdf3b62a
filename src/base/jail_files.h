#pragma once

#include <stdbool.h>

#include "base/fault.h"

/*
 * The jail's second layer (base/jail.h): Landlock, without a rule, so that no
 * file is opened, made or removed, and no TCP connection made or taken, by any
 * thread of this process and for good.
 *
 * The kernel holds it a thread at a time, and a library may have threads that
 * nobody asked for (Pango has): each of them is made to enter by a signal,
 * which is SIGURG and must not be blocked in any.
 */
bool jail_files_offered(void);

/* FAULT_SYSTEM: it is offered and not all of them are in, as the log says. */
MUST_CHECK enum fault jail_files_enter(void);
