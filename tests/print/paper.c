#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "print/escpos.h"
#include "print/paper.h"
#include "scan/picture.h"
#include "tests/support/paper.h"
#include "tests/support/slow.h"
#include "tests/support/symbol.h"

struct fixture {
	char digits[GEOMETRY_DIGITS + 1];
	struct paper paper;
	int width;
};

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);

	geometry_digits(&geometries[0], 1, fixture->digits);
	fixture->paper = sample_paper;
	fixture->paper.symbol =
	    geometry_symbol(&geometries[0], fixture->digits);
	fixture->width = geometries[0].width;
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	geometry_free(&fixture->paper.symbol);
	free(fixture);
	return 0;
}

static struct picture *draw(struct fixture *fixture)
{
	struct picture *picture = NULL;

	assert_int_equal(paper_draw(&fixture->paper, fixture->width, &picture),
			 FAULT_NONE);
	return picture;
}

static int height_of(struct fixture *fixture)
{
	SCOPED(picture_freep) struct picture *picture = draw(fixture);

	return picture->height;
}

static int ink_between(const struct picture *picture, int left, int right,
		       int top, int bottom)
{
	int ink = 0;

	for (int y = top; y < bottom; y++)
		for (int x = left; x < right; x++)
			ink += picture_dot(picture, x, y);
	return ink;
}

static int expected_dot(const struct paper_symbol *symbol, int x, int y)
{
	return symbol->modules[y / symbol->dots * symbol->side +
			       x / symbol->dots] &
	       1;
}

static void the_symbol_is_there_dot_for_dot_within_its_white(void **state)
{
	(void)state;
	for (int i = 0; i < loops(GEOMETRIES); i++) {
		const struct geometry *geometry = &geometries[i];
		struct paper paper = sample_paper;
		char digits[GEOMETRY_DIGITS + 1];
		SCOPED(picture_freep) struct picture *picture = NULL;
		int size, left, top, quiet, wrong = 0;

		geometry_digits(geometry, 7, digits);
		paper.symbol = geometry_symbol(geometry, digits);
		assert_int_equal(paper_draw(&paper, geometry->width, &picture),
				 FAULT_NONE);
		assert_int_equal(picture->width, geometry->width);
		size = paper.symbol.side * paper.symbol.dots;
		left = (picture->width - size) / 2;
		top = symbol_top(picture, &paper.symbol);
		quiet = PAPER_QUIET * paper.symbol.dots;
		for (int y = 0; y < size; y++)
			for (int x = 0; x < size; x++)
				wrong +=
				    picture_dot(picture, left + x, top + y) !=
				    expected_dot(&paper.symbol, x, y);
		assert_int_equal(wrong, 0);
		assert_int_equal(
		    ink_between(picture, 0, picture->width, top - quiet, top),
		    0);
		assert_int_equal(ink_between(picture, 0, picture->width,
					     top + size, picture->height),
				 0);
		geometry_free(&paper.symbol);
	}
}

static void all_six_geometries_are_read_back_even_when_moved(void **state)
{
	(void)state;
	for (int i = 0; i < loops(GEOMETRIES); i++) {
		struct paper paper = sample_paper;
		char digits[GEOMETRY_DIGITS + 1];
		SCOPED(picture_freep) struct picture *picture = NULL;
		SCOPED(picture_freep) struct picture *moved = NULL;
		const struct picture *both[2];

		geometry_digits(&geometries[i], 3, digits);
		paper.symbol = geometry_symbol(&geometries[i], digits);
		assert_int_equal(
		    paper_draw(&paper, geometries[i].width, &picture),
		    FAULT_NONE);
		moved = picture_moved(picture, PICTURE_REPRINT);
		both[0] = picture;
		both[1] = moved;
		for (int j = 0; j < 2; j++) {
			struct scan_symbols found = { 0 };
			struct bytes png = { 0 };

			picture_png(both[j], PICTURE_MARGIN, &png);
			assert_int_equal(scan_picture_bytes("the paper",
							    png.data,
							    png.length, &found),
					 FAULT_NONE);
			assert_int_equal(found.count, 1);
			assert_string_equal(found.text[0], digits);
			scan_symbols_done(&found);
			bytes_done(&png);
		}
		geometry_free(&paper.symbol);
	}
}

static void a_reprint_loses_no_dot_at_the_side(void **state)
{
	struct fixture *fixture = *state;
	SCOPED(picture_freep) struct picture *picture = NULL;

	fixture->paper.agency = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";
	picture = draw(fixture);
	assert_int_equal(
	    ink_between(picture, 0, PICTURE_REPRINT, 0, picture->height), 0);
	assert_int_equal(ink_between(picture, picture->width - PICTURE_REPRINT,
				     picture->width, 0, picture->height),
			 0);
}

static void each_text_takes_its_room_and_an_empty_one_takes_none(void **state)
{
	struct fixture *fixture = *state;
	const struct paper full = fixture->paper;
	int height = height_of(fixture);
	static const size_t texts[] = {
		offsetof(struct paper, agency),
		offsetof(struct paper, number),
		offsetof(struct paper, date),
		offsetof(struct paper, desk),
		offsetof(struct paper, helpline),
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		const char **text =
		    (const char **)((char *)&fixture->paper + texts[i]);

		*text = "";
		assert_in_range(height_of(fixture), height - 140, height - 30);
		*text = NULL;
		assert_in_range(height_of(fixture), height - 140, height - 30);
		fixture->paper = full;
	}
}

static void the_number_is_the_largest_text(void **state)
{
	struct fixture *fixture = *state;
	struct paper paper = { .symbol = fixture->paper.symbol };
	int heights[2], without;

	fixture->paper = paper;
	without = height_of(fixture);
	fixture->paper.number = "K7-0412";
	heights[0] = height_of(fixture) - without;
	fixture->paper.number = NULL;
	fixture->paper.agency = "K7-0412";
	heights[1] = height_of(fixture) - without;
	assert_true(heights[0] > 2 * heights[1] - 10);
}

static void every_script_finds_its_letters(void **state)
{
	static const struct paper_line lines[] = {
		{ "أظهر هذه الورقة في المكتب الآن", "ar",
		  "Noto Naskh Arabic, Noto Sans", true },
		{ "این کاغذ را همین حالا به میز نشان دهید", "fa",
		  "Noto Naskh Arabic, Noto Sans", true },
		{ "ነዚ ወረቐት ሕጂ ኣርእዩ", "ti", "Noto Sans Ethiopic, Noto Sans",
		  false },
		{ "यह कागज़ अभी दिखाएँ", "hi", "Noto Sans Devanagari, Noto Sans",
		  false },
		{ "Покажіть цей папір зараз", "uk", "Noto Sans", false },
		{ "Xin cho xem tờ giấy này", "vi", NULL, false },
	};
	struct fixture *fixture = *state;
	int height = height_of(fixture);

	for (size_t i = 0; i < COUNT(lines); i++) {
		SCOPED(picture_freep) struct picture *picture = NULL;

		fixture->paper.extra = &lines[i];
		picture = draw(fixture);
		assert_in_range(picture->height, height + 30, height + 170);
	}
}

static int caught;
static char caught_line[512];

static void catch_line(void *to, enum log_level level, const char *line)
{
	(void)to;
	caught += level == LOG_ERROR;
	snprintf(caught_line, sizeof caught_line, "%s", line);
}

static void what_cannot_be_printed_is_named(void **state)
{
	char *long_text = xcalloc(PAPER_TEXT_MAX + 2, 1);
	const struct {
		const char *desk;
		enum fault fault;
		const char *said;
	} wrongs[] = {
		{ "Room \xEE\x80\x81", FAULT_FORMAT, "the ticket's desk" },
		{ "Room \xFF", FAULT_FORMAT, "is not UTF-8" },
		{ long_text, FAULT_LIMIT, "longer than 1000 bytes" },
	};
	struct fixture *fixture = *state;

	memset(long_text, 'a', PAPER_TEXT_MAX + 1);
	log_to(catch_line, NULL);
	for (size_t i = 0; i < COUNT(wrongs); i++) {
		struct picture *picture = NULL;

		caught = 0;
		fixture->paper.desk = wrongs[i].desk;
		assert_int_equal(
		    paper_draw(&fixture->paper, fixture->width, &picture),
		    wrongs[i].fault);
		assert_null(picture);
		assert_int_equal(caught, 1);
		assert_non_null(strstr(caught_line, wrongs[i].said));
	}
	log_to(NULL, NULL);
	free(long_text);
}

static void a_symbol_wider_than_the_paper_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct picture *picture = NULL;

	fixture->paper.symbol.dots = 6; /* 65 modules: 390 dots */
	log_to(catch_line, NULL);
	assert_int_equal(paper_draw(&fixture->paper, 384, &picture),
			 FAULT_LIMIT);
	log_to(NULL, NULL);
	assert_null(picture);
}

/* Letters whose dots made 10 04 and the like before they were mended. */
static void nothing_in_it_is_a_real_time_command(void **state)
{
	static const char *const texts[] = {
		"3~y-ZyDU**GrrWi\"{JjS.S?}",
		"Nx3pf$UMh>|$5&6R9<V`N.N.!rH?!1q\\^l<d_JV",
		"Wy+J-vI&k*NfGx)**@`/,2",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(texts); i++) {
		SCOPED(picture_freep) struct picture *picture = NULL;

		fixture->paper.desk = texts[i];
		picture = draw(fixture);
		assert_int_equal(escpos_mend(picture), 0);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_symbol_is_there_dot_for_dot_within_its_white),
		TEST(all_six_geometries_are_read_back_even_when_moved),
		TEST(a_reprint_loses_no_dot_at_the_side),
		TEST(each_text_takes_its_room_and_an_empty_one_takes_none),
		TEST(the_number_is_the_largest_text),
		TEST(every_script_finds_its_letters),
		TEST(what_cannot_be_printed_is_named),
		TEST(a_symbol_wider_than_the_paper_is_refused),
		TEST(nothing_in_it_is_a_real_time_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
