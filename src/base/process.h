#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

/*
 * What a process that has a visitor's answers in it owes the visitor: they
 * never reach a disk, another process, or whoever has the memory next.
 */

/*
 * Keeps this process's memory out of core dumps, and out of reach of other
 * processes of the same user (PR_SET_DUMPABLE 0; not under a sanitizer, which
 * reads it itself): for whoever opens keys or answers. FAULT_SYSTEM: core dumps
 * cannot be ruled out.
 */
MUST_CHECK enum fault process_hide(void);

/*
 * Whether core dumps were allowed (the limit) before this process, or one that
 * it was forked from, hid: as they are of what else is started there.
 */
bool process_was_dumpable(void);

/*
 * Keeps the next pages of the running stack out of swap, where the limit
 * allows: for whoever reads a passphrase into a variable.
 */
#define PROCESS_STACK ((size_t)256 * 1024) /* bytes */
void process_lock_stack(void);

/*
 * Keeps this process's memory out of swap (mlockall, each page from when it is
 * touched first, if the limit allows; a warning says so if not), out of core
 * dumps and out of reach of other processes of the same user (PR_SET_DUMPABLE
 * 0). FAULT_SYSTEM: core dumps cannot be ruled out.
 */
MUST_CHECK enum fault process_protect(void);

/*
 * Closes every descriptor but 0 to 2 and those kept: what a parent left its
 * child. FAULT_SYSTEM: they cannot be listed.
 */
MUST_CHECK enum fault process_keep_only(const int *kept, size_t count);

/*
 * Opens beforehand what process_wipe_and_exit() reads, for a process that can
 * open no file later: *file, which is not to be closed. FAULT_SYSTEM: it is not
 * there.
 */
MUST_CHECK enum fault process_keep_maps(int *file);

/*
 * Overwrites every writable private mapping of this process, the running stack
 * above this call included, and ends it with status. No handler runs after
 * it: give the terminal back and close what must be flushed before. Under a
 * sanitizer only ends: its shadow memory is too large to walk.
 */
void process_wipe_and_exit(int status) __attribute__((noreturn));
