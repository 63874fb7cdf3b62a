#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/test.h"
#include "text/cells.h"

/* Clusters parted by "|". */
static const char *const samples[] = {
	"a|b|c", "e\u0301|a",     "\r\n|x", "x|\r\n",  "क्ष|त्रि|य", "한|국",
	"🇨🇦|🇫🇷", "👩‍👧|!", "كَ|تَ|بَ",  "\n|\n|a", "a|é|b",
};

static size_t without_bars(const char *sample, char *text, size_t *ends)
{
	size_t length = 0, count = 0;

	for (; *sample; sample++) {
		if (*sample == '|')
			ends[count++] = length;
		else
			text[length++] = *sample;
	}
	text[length] = 0;
	ends[count++] = length;
	return count;
}

static void the_caret_stops_at_clusters_going_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		char text[64];
		size_t ends[16], at = 0;
		size_t count = without_bars(samples[i], text, ends);

		for (size_t k = 0; k < count; k++) {
			at = text_next_cluster(text, at);
			assert_int_equal(at, ends[k]);
		}
		assert_int_equal(text_next_cluster(text, at), at);
	}
}

static void and_at_the_same_places_going_left(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		char text[64];
		size_t ends[16];
		size_t count = without_bars(samples[i], text, ends);
		size_t at = ends[count - 1];

		for (size_t k = count - 1; k--;) {
			at = text_previous_cluster(text, at);
			assert_int_equal(at, ends[k]);
		}
		assert_int_equal(text_previous_cluster(text, at), 0);
		assert_int_equal(text_previous_cluster(text, 0), 0);
	}
}

static void bytes_that_are_no_utf_8_still_come_to_an_end(void **state)
{
	static const char text[] = "a\xff\xe4\xb8 \x80z";
	size_t at = 0;

	(void)state;
	for (size_t steps = 0; text[at]; steps++) {
		size_t next = text_next_cluster(text, at);

		assert_true(next > at);
		assert_true(steps < sizeof text);
		at = next;
	}
	while (at) {
		size_t previous = text_previous_cluster(text, at);

		assert_true(previous < at);
		at = previous;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_caret_stops_at_clusters_going_right),
		cmocka_unit_test(and_at_the_same_places_going_left),
		cmocka_unit_test(bytes_that_are_no_utf_8_still_come_to_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
