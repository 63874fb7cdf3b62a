#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

/*
 * What translations/REVIEW.md says of a language, for those who review it:
 * which texts were looked at first because a mistake in them harms (consent,
 * safety, triage: the keys in its tables), and what the first reader should
 * decide. Its shape: a heading "## NAME (`TAG`)", the line "What a first
 * reader should decide:", a list; tables whose first column is a key, and whose
 * last one is the verdict.
 */
struct doubts {
	char **keys; /* as the tables have them: "A3/SELF", "kiosk.last" */
	size_t key_count;
	char **decide; /* one thing each */
	size_t decide_count;
};

/* No such file is no fault: there is nothing in *out then. Release it with
 * doubts_done(). FAULT_SYSTEM, FAULT_LIMIT: it cannot be read. */
MUST_CHECK enum fault doubts_read(const char *path, const char *tag,
				  struct doubts *out);
void doubts_done(struct doubts *doubts);

/* Whether the text of a catalogue's key stands in a table:
 * "intake:choices/A3/SELF:label" is "A3/SELF" there, or "A3" as a whole. */
bool doubts_has(const struct doubts *doubts, const char *key);
