#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ticket/frame.h"

/*
 * A keyboard scanner now and then loses one key or sends one twice. Where the
 * count is one off, every place is tried against length and CRC, and the one
 * repaired frame that the judge (a signature check) accepts is taken. Two
 * different ones would be a riddle, so none is. Changed digits are never
 * repaired.
 */
typedef bool repair_judge(void *to, const struct frame *frame);

enum repair_answer {
	REPAIR_DONE,
	REPAIR_IMPOSSIBLE,
};
MUST_CHECK enum repair_answer repair(const char *digits, size_t count,
				     repair_judge *judge, void *to,
				     struct frame *frame);
