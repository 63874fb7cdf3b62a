#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

/* Inside the room: putting a whole record where another may lie. */
enum place_answer {
	PLACE_TAKEN,    /* or free to be taken */
	PLACE_OCCUPIED, /* a record lies there and is not to be replaced */
	PLACE_IN_USE,   /* a program has it open */
};

/* Whether another program has the record at path open. */
bool place_in_use(const char *path);

/* Whether a record could be put at path; makes its folder. */
MUST_CHECK enum fault place_look(const char *path, bool replace,
				 enum place_answer *answer);

/* The path with ".before-DATE" behind it, a free one; the caller frees it. */
char *place_before(const char *path, int64_t now);

/*
 * Moves the record at beside to path. One that is there keeps its bytes and
 * its journal under another name, in *kept (NULL if none was there; the
 * caller frees it). No program can open either meanwhile, and after a power
 * cut the old or the new one is there, never one with the other's journal.
 * FAULT_SYSTEM: the folder or the file system refused; nothing was moved.
 */
MUST_CHECK enum fault place_take(const char *beside, const char *path,
				 bool replace, int64_t now,
				 enum place_answer *answer, char **kept);
