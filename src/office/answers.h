#pragma once

#include "base/fault.h"
#include "form/run.h"

/*
 * Answers from a JSON file, applied to a run in order: an array of
 *
 *   {"path": "/data/a", "value": "x"}     sets a node; choices parted by
 *                                         blanks, a trigger is "OK"
 *   {"path": "/data/rep", "add": 1}       adds instances to a repeat
 *   {"path": "/data/rep[2]", "remove": 1} removes one
 *   {"lang": "fr"}                        chooses the language
 */
#define ANSWERS_BYTES_LIMIT (1024 * 1024)

/* Told of each answer that the form did not take, and why. */
typedef void answers_note(void *to, const char *path, const char *why,
			  enum run_answer answer);

/*
 * FAULT_FORMAT: not such a file; the log names line and column. FAULT_SYSTEM,
 * FAULT_LIMIT: as file_read() and run_set().
 */
MUST_CHECK enum fault answers_apply(const char *path, struct run *run,
				    answers_note *note, void *to);
