#include "text/page.h"

#include "base/memory.h"
#include "tests/test.h"

static struct page *page_in(const char *own, const char *staff)
{
	return page_new(language_find(own), language_find(staff), PAGE_UNDER);
}

static const struct page_said both = { .own = "الاسم", .staff = "Name" };

static void blocks_stand_in_the_order_they_were_added(void **state)
{
	static const enum page_kind kinds[] = {
		PAGE_TITLE, PAGE_HEADING, PAGE_PARAGRAPH, PAGE_WARNING,
		PAGE_PAIR,  PAGE_CHECK,   PAGE_SIGN,
	};
	SCOPED(page_freep) struct page *page = page_in("ar", "en");

	(void)state;
	page_title(page, both);
	page_heading(page, both);
	page_paragraph(page, both);
	page_warning(page, both);
	page_pair(page, both, PAGE_TYPED("Hana"));
	page_check(page, both, true);
	page_sign(page, both);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const struct page_block *block = page_block(page, i);

		assert_int_equal(block->kind, kinds[i]);
		assert_string_equal(block->texts[0].own, "الاسم");
		assert_string_equal(block->texts[0].staff, "Name");
	}
	assert_string_equal(page_block(page, 4)->texts[1].typed, "Hana");
	assert_int_equal(page_block(page, 5)->texts[0].box, PAGE_TICKED_BOX);
	assert_null(page_block(page, COUNT(kinds)));
}

static void what_says_nothing_takes_no_room(void **state)
{
	SCOPED(page_freep) struct page *page = page_in("ar", "en");

	(void)state;
	page_title(page, (struct page_said){ 0 });
	page_paragraph(page, PAGE_TYPED(""));
	page_pair(page, both, PAGE_TYPED(NULL));
	assert_null(page_block(page, 0));
}

static void said_twice_in_the_same_words_it_stands_once(void **state)
{
	static const struct {
		const char *own, *staff;
		struct page_said said;
		bool once;
	} cases[] = {
		{ "ar", "en", { .own = "Sponsor", .staff = "Sponsor" }, true },
		{ "en", "en", { .own = "Name", .staff = "Name" }, true },
		{ "ar", "en", { .own = "الاسم", .staff = "Name" }, false },
		{ "ar", "en", { .own = "الاسم" }, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(page_freep)
		struct page *page = page_in(cases[i].own, cases[i].staff);
		const struct page_said *said;

		page_title(page, cases[i].said);
		said = &page_block(page, 0)->texts[0];
		assert_int_equal(said->own == NULL, cases[i].once);
	}
}

static void a_row_has_a_text_for_each_column(void **state)
{
	static const struct page_column columns[] = {
		{ { .staff = "Task" }, 3 },
		{ { .staff = "Who" }, 1 },
	};
	static const struct page_said cells[] = { { .typed = "Rent" }, { 0 } };
	SCOPED(page_freep) struct page *page = page_in("en", "en");

	(void)state;
	page_table(page, columns, COUNT(columns));
	page_row(page, cells);
	page_marked_row(page, cells);
	assert_int_equal(page_block(page, 0)->kind, PAGE_TABLE);
	assert_int_equal(page_block(page, 0)->shares[0], 3);
	assert_int_equal(page_block(page, 1)->kind, PAGE_ROW);
	assert_int_equal(page_block(page, 1)->count, 2);
	assert_string_equal(page_block(page, 1)->texts[0].typed, "Rent");
	assert_false(page_is_said(&page_block(page, 1)->texts[1]));
	assert_int_equal(page_block(page, 2)->kind, PAGE_MARKED);
}

static void the_foot_is_a_copy_and_the_last_one_counts(void **state)
{
	char agency[] = "Maple Bridge";
	SCOPED(page_freep) struct page *page = page_in("ar", "en");

	(void)state;
	page_set_foot(page, &(struct page_foot){ .agency = "Before" });
	page_set_foot(page,
		      &(struct page_foot){ .agency = agency, .made_up = both });
	agency[0] = 'X';
	assert_string_equal(page_foot(page)->agency, "Maple Bridge");
	assert_string_equal(page_foot(page)->made_up.own, "الاسم");
	assert_null(page_foot(page)->date);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_stand_in_the_order_they_were_added),
		cmocka_unit_test(what_says_nothing_takes_no_room),
		cmocka_unit_test(said_twice_in_the_same_words_it_stands_once),
		cmocka_unit_test(a_row_has_a_text_for_each_column),
		cmocka_unit_test(the_foot_is_a_copy_and_the_last_one_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
