#include "ticket/repair.h"

#include <string.h>

/* The magic chose us; a wrong one would not have come here. */
#define FIRST 3

/* What is tried, and what was found good so far. */
struct search {
	char digits[FRAME_DIGITS_MAX + 2];
	size_t count;
	repair_judge *judge;
	void *to;
	struct frame found;
	int results; /* different ones that the judge accepts */
};

static bool same(const struct frame *one, const struct frame *other)
{
	return one->magic == other->magic && one->length == other->length &&
	       memcmp(one->payload, other->payload, one->length) == 0;
}

static void try_one(struct search *search)
{
	struct frame frame;

	if (frame_read(search->digits, search->count, &frame) != FRAME_READ ||
	    (search->results && same(&frame, &search->found)) ||
	    !search->judge(search->to, &frame))
		return;
	search->found = frame;
	search->results++;
}

/* A lost digit is put back at each place: at i, those after it moved on. */
static void try_insertions(struct search *search, const char *digits,
			   size_t count)
{
	search->count = count + 1;
	for (size_t at = FIRST; at <= count; at++) {
		memcpy(search->digits, digits, at);
		memcpy(search->digits + at + 1, digits + at, count - at);
		for (int digit = '0'; digit <= '9'; digit++) {
			search->digits[at] = (char)digit;
			try_one(search);
		}
	}
}

static void try_deletions(struct search *search, const char *digits,
			  size_t count)
{
	search->count = count - 1;
	for (size_t at = FIRST; at < count; at++) {
		memcpy(search->digits, digits, at);
		memcpy(search->digits + at, digits + at + 1, count - at - 1);
		try_one(search);
	}
}

/*
 * Only a count that is one off a size that exists is worth the search; the
 * length among the digits may itself be what was hurt.
 */
static bool one_off(size_t count, int by)
{
	static const size_t lengths[] = { 249, 377, 601 };

	for (size_t i = 0; i < COUNT(lengths); i++) {
		if (frame_digits(lengths[i]) == count + (size_t)by)
			return true;
	}
	return false;
}

enum repair_answer repair(const char *digits, size_t count, repair_judge *judge,
			  void *to, struct frame *frame)
{
	struct search search = { .judge = judge, .to = to };

	if (count >= FIRST && one_off(count, 1))
		try_insertions(&search, digits, count);
	if (count >= FIRST && one_off(count, -1))
		try_deletions(&search, digits, count);
	if (search.results != 1)
		return REPAIR_IMPOSSIBLE;
	*frame = search.found;
	return REPAIR_DONE;
}
