#include "print/page_pdf.h"

#include <cairo.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/logged.h"
#include "tests/support/slow.h"
#include "tests/test.h"

#define DPI 36    /* two points a dot */
#define MARGIN 20 /* dots that stay white at the sides: of 25, less a bar */

static const char *const tags[] = { "en", "fr",      "ar", "ti",
				    "my", "zh-Hans", "ps" };

/* A picture of one sheet, 1 for ink. */
struct ink {
	struct bytes png;
	size_t at;
	cairo_surface_t *surface;
	int width, height;
};

static cairo_status_t read_png(void *from, unsigned char *data, unsigned length)
{
	struct ink *ink = from;

	memcpy(data, ink->png.data + ink->at, length);
	ink->at += length;
	return CAIRO_STATUS_SUCCESS;
}

static struct ink ink_of(const struct sheets *sheets, int number)
{
	struct ink ink = { 0 };

	sheets_png(sheets, number, DPI, &ink.png);
	ink.surface =
	    cairo_image_surface_create_from_png_stream(read_png, &ink);
	ink.width = cairo_image_surface_get_width(ink.surface);
	ink.height = cairo_image_surface_get_height(ink.surface);
	return ink;
}

static void ink_done(struct ink *ink)
{
	cairo_surface_destroy(ink->surface);
	bytes_done(&ink->png);
}

static long count_ink(const struct ink *ink, int left, int right, int top,
		      int bottom)
{
	const unsigned char *data = cairo_image_surface_get_data(ink->surface);
	int stride = cairo_image_surface_get_stride(ink->surface);
	long count = 0;

	for (int y = top; y < bottom; y++)
		for (int x = left; x < right; x++)
			count += data[y * stride + 4 * x] < 200;
	return count;
}

static void add_table(struct page *page, int rows)
{
	static const struct page_column columns[] = {
		{ { .own = "خطة", .staff = "Task" }, 3 },
		{ { .own = "من", .staff = "Who" }, 1 },
		{ { .staff = "Done" }, 1 },
	};

	page_table(page, columns, COUNT(columns));
	for (int i = 0; i < rows; i++) {
		const struct page_said cells[] = {
			PAGE_TYPED("Call and ask for a date"),
			{ .own = "أنت", .staff = "You" },
			{ .box = i % 2 ? PAGE_EMPTY_BOX : PAGE_TICKED_BOX },
		};

		page_row(page, cells);
	}
}

static struct page *sample(const char *tag, enum page_order order, int rows)
{
	struct page *page =
	    page_new(language_find(tag), language_find("en"), order);

	page_title(page,
		   (struct page_said){ .own = language_find(tag)->own_name,
				       .staff = "My plan" });
	page_paragraph(page, (struct page_said){
				 .own = language_find(tag)->own_name,
				 .staff = "You can change this at any time." });
	page_pair(page, (struct page_said){ .staff = "Phone" },
		  PAGE_TYPED("+1 (613) 555-0100"));
	page_warning(page, (struct page_said){ .staff = "Nobody yet." });
	add_table(page, rows);
	page_sign(page, (struct page_said){ .staff = "Signature" });
	page_set_foot(page, &(struct page_foot){ .agency = "Maple Bridge",
						 .date = "2026-11-22" });
	return page;
}

static struct sheets *laid(const struct page *page, enum sheet_paper paper)
{
	struct sheets *sheets = NULL;

	assert_int_equal(sheets_new(page, paper, &sheets), FAULT_NONE);
	return sheets;
}

/* The foot takes the last of a sheet: white above it says that nothing ran
 * into it. */
static void expect_nothing_cut(const struct sheets *sheets)
{
	for (int i = 1; i <= sheets_count(sheets); i++) {
		struct ink ink = ink_of(sheets, i);

		assert_int_equal(count_ink(&ink, 0, MARGIN, 0, ink.height), 0);
		assert_int_equal(count_ink(&ink, ink.width - MARGIN, ink.width,
					   0, ink.height),
				 0);
		assert_int_equal(count_ink(&ink, 0, ink.width, 0, 20), 0);
		assert_true(count_ink(&ink, 0, ink.width, 0, ink.height) > 100);
		ink_done(&ink);
	}
}

static void every_script_is_shaped_within_the_margins(void **state)
{
	(void)state;
	logged_start();
	for (size_t i = 0; i < (size_t)loops(COUNT(tags)); i++) {
		SCOPED(page_freep)
		struct page *page = sample(tags[i], PAGE_BESIDE, 3);
		SCOPED(sheets_freep)
		struct sheets *sheets = laid(page, SHEET_LETTER);

		assert_int_equal(sheets_count(sheets), 1);
		expect_nothing_cut(sheets);
	}
	assert_string_equal(logged(), "");
	logged_stop();
}

static void a_page_in_arabic_begins_at_the_right(void **state)
{
	static const struct {
		const char *tag;
		bool right;
	} cases[] = { { "ar", true }, { "fr", false } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(page_freep)
		struct page *page = page_new(language_find(cases[i].tag),
					     language_find("en"), PAGE_UNDER);
		SCOPED(sheets_freep) struct sheets *sheets = NULL;
		struct ink ink;
		long left, right;

		page_pair(page, (struct page_said){ .staff = "Phone" },
			  PAGE_TYPED("1"));
		sheets = laid(page, SHEET_LETTER);
		ink = ink_of(sheets, 1);
		left = count_ink(&ink, 0, ink.width / 4, 0, ink.height / 2);
		right = count_ink(&ink, ink.width * 3 / 4, ink.width, 0,
				  ink.height / 2);
		assert_int_equal(right > left, cases[i].right);
		assert_int_equal(left == 0, cases[i].right);
		ink_done(&ink);
	}
}

static void a_long_table_goes_on_with_its_heads(void **state)
{
	SCOPED(page_freep) struct page *page = sample("ar", PAGE_UNDER, 60);
	SCOPED(sheets_freep) struct sheets *sheets = laid(page, SHEET_LETTER);
	struct ink second = ink_of(sheets, 2);
	const unsigned char *data =
	    cairo_image_surface_get_data(second.surface);
	int stride = cairo_image_surface_get_stride(second.surface);

	(void)state;
	assert_int_equal(sheets_count(sheets), 5);
	expect_nothing_cut(sheets);
	/* The light grey of the heads is at the very top. */
	assert_int_equal(data[26 * stride + 4 * 100], 232);
	ink_done(&second);
}

static char *long_text(int words)
{
	struct bytes text = { 0 };

	for (int i = 0; i < words; i++)
		bytes_add_format(&text, "word%d ", i);
	return bytes_take_text(&text);
}

static void a_question_stays_with_all_its_answers(void **state)
{
	static const struct page_said checks[3] = { { .own = "Yes" },
						    { .own = "No" } };
	SCOPED(page_freep)
	struct page *page =
	    page_new(language_find("en"), language_find("en"), PAGE_UNDER);
	SCOPED(sheets_freep) struct sheets *sheets = NULL;

	(void)state;
	for (int i = 0; i < 12; i++) {
		page_question(page, (struct page_said){ .own = "Which?" });
		for (int k = 0; k < 7; k++)
			page_checks(page, checks, 2);
	}
	sheets = laid(page, SHEET_LETTER);
	assert_true(sheets_count(sheets) > 2);
	/* Full sheets are alike but for their numbers. */
	struct ink first = ink_of(sheets, 1), second = ink_of(sheets, 2);
	int foot = first.height - 50;

	assert_int_equal(count_ink(&first, 0, first.width, 0, foot),
			 count_ink(&second, 0, second.width, 0, foot));
	ink_done(&first);
	ink_done(&second);
}

static void a_text_longer_than_a_sheet_loses_nothing(void **state)
{
	SCOPED(char_freep) char *text = long_text(2000);
	SCOPED(page_freep)
	struct page *page =
	    page_new(language_find("en"), language_find("en"), PAGE_UNDER);
	SCOPED(sheets_freep) struct sheets *sheets = NULL;
	const struct page_said cells[] = { PAGE_TYPED(text), PAGE_TYPED("2"),
					   PAGE_TYPED("3") };

	(void)state;
	page_paragraph(page, PAGE_TYPED(text));
	add_table(page, 1);
	page_row(page, cells);
	sheets = laid(page, SHEET_A4);
	/* A row that fits on no sheet begins where it can, and goes on. */
	assert_int_equal(sheets_count(sheets), 13);
	expect_nothing_cut(sheets);
}

static void the_paper_is_the_one_that_was_asked_for(void **state)
{
	static const struct {
		const char *name;
		int width, height;
	} cases[] = {
		{ "letter", 306, 396 },
		{ "a4", 297, 420 },
		{ "", 306, 396 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(page_freep)
		struct page *page = sample("fr", PAGE_UNDER, 1);
		SCOPED(sheets_freep)
		struct sheets *sheets =
		    laid(page, sheet_paper_named(cases[i].name));
		struct ink ink = ink_of(sheets, 1);

		assert_int_equal(ink.width, cases[i].width);
		assert_int_equal(ink.height, cases[i].height);
		ink_done(&ink);
	}
}

static void the_file_is_a_pdf_of_as_many_pages(void **state)
{
	SCOPED(page_freep) struct page *page = sample("ti", PAGE_BESIDE, 60);
	SCOPED(sheets_freep) struct sheets *sheets = laid(page, SHEET_LETTER);
	SCOPED(char_freep)
	char *pages = xasprintf("/Count %d", sheets_count(sheets));
	struct bytes pdf = { 0 };

	(void)state;
	sheets_pdf(sheets, &pdf);
	assert_true(pdf.length > 1000);
	assert_memory_equal(pdf.data, "%PDF-1.", 7);
	assert_non_null(memmem(pdf.data, pdf.length, pages, strlen(pages)));
	bytes_done(&pdf);
}

static void what_is_no_utf8_or_in_no_font_is_shown_as_such(void **state)
{
	SCOPED(page_freep)
	struct page *page =
	    page_new(language_find("en"), language_find("en"), PAGE_UNDER);
	SCOPED(sheets_freep) struct sheets *sheets = NULL;

	(void)state;
	logged_start();
	page_title(page, PAGE_TYPED("Ren\xe9"));
	page_title(page, PAGE_TYPED("\xf3\xb0\x80\x81")); /* for private use */
	sheets = laid(page, SHEET_LETTER);
	assert_int_equal(sheets_count(sheets), 1);
	assert_non_null(strstr(logged(), "no installed font has 1 of its"));
	logged_stop();
}

static void more_sheets_than_anyone_reads_are_refused(void **state)
{
	SCOPED(page_freep)
	struct page *page =
	    page_new(language_find("en"), language_find("en"), PAGE_UNDER);
	struct sheets *sheets = NULL;

	(void)state;
	for (int i = 0; i < 13 * SHEETS_MOST; i++)
		page_sign(page, PAGE_TYPED("Signature"));
	logged_start();
	assert_int_equal(sheets_new(page, SHEET_LETTER, &sheets), FAULT_LIMIT);
	assert_null(sheets);
	logged_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_script_is_shaped_within_the_margins),
		cmocka_unit_test(a_page_in_arabic_begins_at_the_right),
		cmocka_unit_test(a_long_table_goes_on_with_its_heads),
		cmocka_unit_test(a_question_stays_with_all_its_answers),
		cmocka_unit_test(a_text_longer_than_a_sheet_loses_nothing),
		cmocka_unit_test(the_paper_is_the_one_that_was_asked_for),
		cmocka_unit_test(the_file_is_a_pdf_of_as_many_pages),
		cmocka_unit_test(
		    what_is_no_utf8_or_in_no_font_is_shown_as_such),
		cmocka_unit_test(more_sheets_than_anyone_reads_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
