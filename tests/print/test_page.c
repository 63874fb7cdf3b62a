#include "tests/test.h"

#include "print/paper.h"
#include "print/test_page.h"

/* Rows in which a column of the page's last part is black. */
static int black_in(const struct picture *page, int x, int first, int rows)
{
	int black = 0;

	for (int y = first; y < first + rows; y++)
		black += picture_dot(page, x, y);
	return black;
}

/* Each dot of the head is seen alone and in the bar, wherever it dies. */
static void every_dot_of_the_head_is_on_the_page(void **state)
{
	static const int widths[] = { PAPER_NARROW, PAPER_WIDE };

	(void)state;
	for (size_t i = 0; i < COUNT(widths); i++) {
		SCOPED(picture_freep) struct picture *page = NULL;
		int steps = TEST_PAGE_STEP * TEST_PAGE_ACROSS, from;

		assert_int_equal(test_page_draw(widths[i], &page), FAULT_NONE);
		assert_int_equal(page->width, widths[i]);
		from = page->height - 16 - steps;
		for (int x = 0; x < page->width; x++) {
			assert_int_equal(black_in(page, x, from, steps),
					 TEST_PAGE_STEP);
			assert_int_equal(black_in(page, x, from - 48, 32), 32);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_dot_of_the_head_is_on_the_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
