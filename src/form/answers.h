#pragma once

#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"
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
struct answers;

#define ANSWERS_BYTES_LIMIT (1024 * 1024)

/*
 * Reads a file. The caller frees *out with answers_free().
 * FAULT_SYSTEM: unreadable. FAULT_FORMAT: not JSON, or neither shape; the log
 * names line and column, or the entry. FAULT_LIMIT: too large.
 */
MUST_CHECK enum fault answers_read(const char *path, struct answers **out);
MUST_CHECK enum fault answers_parse(const char *name, const char *text,
				    size_t length, struct answers **out);
void answers_free(struct answers *answers); /* NULL is fine */
DEFINE_SCOPED(struct answers, answers_free)

/* Told of each answer that could not be set: where, and why. */
typedef void answers_note(void *to, const char *path, const char *why);

/* FAULT_*: an expression of the form failed (see form/run.h). */
MUST_CHECK enum fault answers_apply(const struct answers *answers,
				    struct run *run, answers_note *note,
				    void *to);
