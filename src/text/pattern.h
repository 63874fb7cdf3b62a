#pragma once

#include "base/fault.h"

/*
 * Regular expressions with Unicode classes (ICU), bounded in time. The last
 * few expressions stay compiled; text is not kept. One thread may call these.
 */
enum pattern_answer {
	PATTERN_NO,
	PATTERN_YES,
	PATTERN_WRONG,   /* the expression itself is malformed */
	PATTERN_TOO_LONG /* took longer than 50 ms: treated as no */
};

#define PATTERN_LIMIT (16 * 1024) /* bytes in an expression; more is wrong */

/* Whether the whole of text matches expression. */
enum pattern_answer pattern_matches(const char *expression, const char *text);

/* Whether the expression itself is sound: PATTERN_YES or PATTERN_WRONG. */
enum pattern_answer pattern_check(const char *expression);
