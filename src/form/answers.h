#pragma once

#include <stddef.h>

#include "base/fault.h"
#include "form/run.h"

/*
 * Answers from a JSON file, put to a run as a person would. Two shapes:
 *
 * A list, applied in its order:
 *   [ {"path": "/data/a", "value": "x"}, {"path": "/data/rep", "add": 1},
 *     {"path": "/data/rep[2]", "remove": 1}, {"lang": "French (fr)"} ]
 *
 * An object by node name, applied in the form's order, each as soon as its
 * question is relevant and offers it:
 *   { "A1": "ti", "F1": ["HOU", "HEA"], "D6_children": 3,
 *     "D7": [ {"who": "child"}, {"who": "parent"} ] }
 * A list of objects is a repeat; instances are added as needed.
 *
 * A value is text, a number, true or false, null (empty), or a list of choices.
 */
#define ANSWERS_BYTES_LIMIT (1024 * 1024)

/* Told of each answer that the form did not take: where, and why in words. */
typedef void answers_note(void *to, const char *path, const char *why,
			  enum run_answer answer);

/*
 * Reads a file and applies it; note may be NULL.
 *
 * FAULT_SYSTEM: unreadable. FAULT_FORMAT: not JSON, or neither shape; the log
 * names line and column, or the entry; those before it have been applied. Or
 * an expression of the form failed (see form/run.h). FAULT_LIMIT: too large,
 * or too many instances of a repeat.
 */
MUST_CHECK enum fault answers_apply(const char *path, struct run *run,
				    answers_note *note, void *to);

/* The same of JSON text; name is used in messages. */
MUST_CHECK enum fault answers_apply_text(const char *name, const char *text,
					 size_t length, struct run *run,
					 answers_note *note, void *to);
