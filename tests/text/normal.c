#include <stdlib.h>

#include "base/memory.h"
#include "tests/test.h"
#include "text/cells.h"

static void what_is_kept_is_composed_and_free_of_controls(void **state)
{
	static const struct {
		const char *typed, *kept;
	} samples[] = {
		{ "", "" },
		{ "Zoe\u0308", "Zoë" },
		{ "Nguye\u0302\u0303n", "Nguyễn" },
		{ "\u1112\u1161\u11ab", "한" },
		{ "a\tb\r\nc\x1b[31m\x7f", "a b\nc[31m" },
		{ "a\xc2\x85"
		  "b\u2028c",
		  "ab\nc" },
		{ "\ufeffname", "name" },
		/* An override would show another name than is kept. */
		{ "Ali\u202egnorw\u202c \u2067x\u2069", "Alignorw x" },
		/* Joiners and direction marks belong to spelling. */
		{ "می\u200cشود\u200f", "می\u200cشود\u200f" },
		{ "क्\u200dष", "क्\u200dष" },
		{ "\xff"
		  "a\xed\xa0\x80",
		  "\ufffd"
		  "a\ufffd\ufffd\ufffd" },
		{ "👩‍👧", "👩‍👧" },
		{ "\ufb2c", "\u05e9\u05bc\u05c1" }, /* grows threefold */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		char *kept = text_normal(samples[i].typed);
		char *again = text_normal(kept);

		assert_string_equal(kept, samples[i].kept);
		assert_string_equal(again, kept);
		free(kept);
		free(again);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_is_composed_and_free_of_controls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
