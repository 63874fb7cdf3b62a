#include "text/search.h"

#include <stdlib.h>

#include "base/memory.h"
#include "tests/test.h"
#include "text/fold.h"

static void every_word_typed_is_somewhere_in_the_row(void **state)
{
	static const struct {
		const char *row, *typed;
		bool fits;
	} samples[] = {
		{ "Selam Haile K7-0412", "", true },
		{ "Selam Haile K7-0412", "haile sel", true },
		{ "Selam Haile K7-0412", "k7 0412", true },
		{ "Selam Haile K7-0412", "haile x", false },
		{ "Zoé Lefèvre", "zoe lefev", true },
		{ "فاطمة", "فاطمه", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		SCOPED(char_freep) char *row = fold_words(samples[i].row);
		SCOPED(char_freep) char *typed = fold_words(samples[i].typed);

		assert_int_equal(search_fits(row, typed), samples[i].fits);
	}
}

static void letters_are_found_in_their_order(void **state)
{
	static const struct {
		const char *row, *typed;
		int score;
	} samples[] = {
		{ "no answer", "", 0 },
		{ "no answer", "no", 6 + 4 },
		{ "no answer", "na", 6 + 6 },
		{ "no answer", "nans", 6 + 6 + 4 + 4 },
		{ "no answer", "n ans", 6 + 6 + 4 + 4 },
		{ "no answer", "sw", 1 + 4 },
		{ "no answer", "wn", -1 },
		{ "call", "no", -1 },
		{ "", "a", -1 },
		/* Two letters that share a byte are two. */
		{ "é", "è", -1 },
		{ "ምን", "ን", 1 },
		/* The best place counts, not the first. */
		{ "back to waiting list", "list", 6 + 4 + 4 + 4 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++)
		assert_int_equal(search_score(samples[i].row, samples[i].typed),
				 samples[i].score);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_typed_is_somewhere_in_the_row),
		cmocka_unit_test(letters_are_found_in_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
