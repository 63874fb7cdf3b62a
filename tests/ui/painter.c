#include "tests/test.h"

#include <string.h>

#include "text/language.h"
#include "text/markup.h"
#include "ui/painter.h"

#define CELL_HEIGHT 42
#define CELL_WIDTH 17

static int make_painter(void **state)
{
	*state = painter_new(CELL_HEIGHT, CELL_WIDTH);
	return 0;
}

static int end_painter(void **state)
{
	painter_free(*state);
	return 0;
}

static struct plate text_plate(const char *text, const char *tag, int h, int w)
{
	const struct language *language = language_find(tag);

	return (struct plate){
		.kind = PLATE_TEXT,
		.h = h,
		.w = w,
		.text = (char *)text,
		.language = language,
		.edge = language && language->right_to_left ? PLATE_RIGHT
							    : PLATE_LEFT,
		.line_rows = 1,
		.percent = 100,
		.caret = -1,
	};
}

/* The columns and rows that any ink lies in. */
struct ink {
	int left, right, top, bottom, dots;
};

static struct ink ink_of(const struct picture *picture)
{
	struct ink ink = { picture->width, -1, picture->height, -1, 0 };

	for (int y = 0; y < picture->height; y++) {
		for (int x = 0; x < picture->width; x++) {
			if (!picture->levels[y * picture->width + x])
				continue;
			ink.left = x < ink.left ? x : ink.left;
			ink.right = x > ink.right ? x : ink.right;
			ink.top = y < ink.top ? y : ink.top;
			ink.bottom = y;
			ink.dots++;
		}
	}
	return ink;
}

static struct ink painted(struct painter *painter, const struct plate *plate,
			  int em)
{
	struct picture picture = painter_paint(painter, plate, em);
	struct ink ink = ink_of(&picture);

	assert_int_equal(picture.width, plate->w * CELL_WIDTH);
	assert_int_equal(picture.height, plate->h * CELL_HEIGHT);
	picture_done(&picture);
	return ink;
}

static void every_languages_name_has_its_letters(void **state)
{
	for (size_t i = 0; i < language_count(); i++) {
		const struct language *language = language_at(i);
		struct plate plate =
		    text_plate(language->own_name, language->tag, 1, 30);

		/* The Chinese and Korean fonts are large and not installed
		 * for tests. */
		if (strstr("Hans Hant Kore", language->script))
			continue;
		print_message("%s\n", language->tag);
		assert_int_equal(painter_unknown(*state, &plate), 0);
		assert_true(
		    painted(*state, &plate, painter_fit(*state, &plate)).dots >
		    100);
	}
}

static void a_character_of_no_font_is_counted(void **state)
{
	struct plate plate = text_plate("a\U000f1234", "en", 1, 30);

	assert_int_equal(painter_unknown(*state, &plate), 1);
}

static void text_begins_at_its_edge(void **state)
{
	static const struct {
		const char *text, *tag;
		enum plate_edge edge;
		bool at_left, at_right;
	} cases[] = {
		{ "Name", "en", PLATE_LEFT, true, false },
		{ "Name", "en", PLATE_RIGHT, false, true },
		{ "Name", "en", PLATE_CENTRE, false, false },
		{ "الاسم", "ar", PLATE_RIGHT, false, true },
		{ "الاسم", "ar", PLATE_LEFT, true, false },
		{ "ስም", "ti", PLATE_LEFT, true, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct plate plate =
		    text_plate(cases[i].text, cases[i].tag, 1, 20);
		struct ink ink;

		plate.edge = cases[i].edge;
		ink = painted(*state, &plate, 28);
		print_message("case %zu: %d to %d\n", i, ink.left, ink.right);
		assert_int_equal(ink.left < 6, cases[i].at_left);
		assert_int_equal(ink.right > 20 * CELL_WIDTH - 7,
				 cases[i].at_right);
	}
}

static void a_lead_stands_before_the_text_and_indents_it(void **state)
{
	struct plate plate = text_plate("الاسم", "ar", 1, 20);
	struct ink without = painted(*state, &plate, 28), with;

	plate.lead = (char *)"1";
	plate.lead_cells = 3;
	with = painted(*state, &plate, 28);
	assert_int_equal(with.left, without.left - 3 * CELL_WIDTH);
	assert_true(with.right > 19 * CELL_WIDTH);
}

static void ink_stays_within_its_rows(void **state)
{
	static const struct {
		const char *text, *tag;
	} cases[] = {
		{ "Ångström (ÿ) Ấẫg", "vi" },
		{ "ကြိုဆိုပါတယ် ဂျီ", "my" },
		{ "الإقامة (A1)", "ar" },
		{ "क्षत्रिय श्री ङ्क्ष", "hi" },
		{ "ባቡር ጣቢያ", "am" },
		{ "ශ්‍රී ජ්‍රී", "en" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct plate plate =
		    text_plate(cases[i].text, cases[i].tag, 1, 40);
		int em = painter_fit(*state, &plate);
		struct ink ink = painted(*state, &plate, em);

		print_message("%s: em %d, rows %d to %d\n", cases[i].tag, em,
			      ink.top, ink.bottom);
		assert_true(em <= 28 && em >= 16);
		assert_true(ink.top > 0 || ink.bottom < CELL_HEIGHT - 1);
	}
}

static void what_is_too_long_is_smaller_and_wrapped(void **state)
{
	struct plate one = text_plate("Short", "en", 2, 12);
	struct plate two =
	    text_plate("This takes more than one line", "en", 2, 12);
	struct plate long_one =
	    text_plate("Many more words than two lines of this width can hold",
		       "en", 2, 12);
	struct ink ink;

	assert_int_equal(painter_fit(*state, &one), 28);
	assert_true(painted(*state, &one, 28).bottom < CELL_HEIGHT);
	ink = painted(*state, &two, painter_fit(*state, &two));
	assert_true(ink.bottom > CELL_HEIGHT);
	assert_true(painter_fit(*state, &long_one) < 28);
}

static void one_screen_has_one_size_of_text(void **state)
{
	struct plate plates[] = {
		text_plate("Short", "en", 1, 30),
		text_plate("This is much too long", "en", 1, 13),
		text_plate("Heading", "en", 2, 30),
		text_plate("Larger", "en", 2, 30),
	};
	int em[4];

	plates[2].style = CANVAS_HEADING;
	plates[3].percent = 200;
	plates[3].line_rows = 2;
	for (int i = 0; i < 4; i++)
		em[i] = painter_fit(*state, &plates[i]);
	assert_int_equal(em[0], 28);
	assert_true(em[1] < 28);
	painter_level(plates, em, 4);
	assert_int_equal(em[0], em[1]);
	assert_int_equal(em[2], 42);
	assert_int_equal(em[3], 56);
}

static void text_in_the_middle_is_in_the_middle(void **state)
{
	struct plate plate = text_plate("xxx", "en", 3, 10);
	struct ink ink;

	plate.middle = true;
	ink = painted(*state, &plate, 28);
	assert_in_range((ink.top + ink.bottom) / 2, 60, 66);
	plate.middle = false;
	ink = painted(*state, &plate, 28);
	assert_true(ink.bottom < CELL_HEIGHT);
}

/* Dots of a text at a size, and how far down they go. */
static struct ink styled(struct painter *painter, const char *text,
			 const char *tag, enum canvas_style style)
{
	SCOPED(char_freep) char *words = markup_styled(text);
	struct plate plate = text_plate(words, tag, 1, 12);

	plate.style = style;
	return painted(painter, &plate, 28);
}

/* Bold letters have more ink, leaning ones reach further; a line below them
 * stands for both where neither can be. */
static void emphasis_is_painted(void **state)
{
	struct ink plain = styled(*state, "lll", "en", CANVAS_PLAIN);
	struct ink strong = styled(*state, "**lll**", "en", CANVAS_PLAIN);
	struct ink leaning = styled(*state, "_lll_", "en", CANVAS_PLAIN);
	struct ink bold = styled(*state, "lll", "en", CANVAS_BOLD);
	struct ink lined = styled(*state, "**lll**", "en", CANVAS_BOLD);
	struct ink ethiopic = styled(*state, "ሰላም", "ti", CANVAS_PLAIN);
	struct ink upright = styled(*state, "_ሰላም_", "ti", CANVAS_PLAIN);

	assert_true(strong.dots > plain.dots);
	assert_true(leaning.right > plain.right);
	assert_int_equal(leaning.bottom, plain.bottom);
	assert_true(lined.bottom > bold.bottom);
	assert_true(upright.bottom > ethiopic.bottom);
	/* The line goes as far as the letters' room, which is a little more. */
	assert_in_range(upright.right, ethiopic.right, ethiopic.right + 1);
}

/* Where the caret was drawn: the columns that a plate has more ink in. */
static struct ink caret_ink(struct painter *painter, struct plate plate,
			    int caret)
{
	struct picture without = painter_paint(painter, &plate, 28), with;
	struct ink ink;

	plate.caret = caret;
	with = painter_paint(painter, &plate, 28);
	for (int i = 0; i < with.width * with.height; i++)
		with.levels[i] =
		    with.levels[i] > without.levels[i] ? with.levels[i] : 0;
	ink = ink_of(&with);
	picture_done(&with);
	picture_done(&without);
	return ink;
}

static void the_caret_is_where_the_next_letter_goes(void **state)
{
	struct plate latin = text_plate("abc", "en", 1, 20);
	struct plate arabic = text_plate("سلام", "ar", 1, 20);
	struct ink whole = painted(*state, &latin, 28);

	assert_true(caret_ink(*state, latin, 0).left < 3);
	assert_in_range(caret_ink(*state, latin, 3).left, whole.right - 1,
			whole.right + 4);
	whole = painted(*state, &arabic, 28);
	assert_true(caret_ink(*state, arabic, 0).right > 20 * CELL_WIDTH - 4);
	assert_in_range(caret_ink(*state, arabic, 8).left, whole.left - 5,
			whole.left + 2);
}

static void a_long_written_line_shows_its_caret(void **state)
{
	struct plate plate =
	    text_plate("abcdefghijklmnopqrstuvwxyz", "en", 1, 10);
	struct ink ink;

	plate.caret = 26;
	assert_int_equal(painter_fit(*state, &plate), 28);
	ink = painted(*state, &plate, 28);
	assert_true(ink.left < 10);
	assert_true(ink.right == 10 * CELL_WIDTH - 1);
}

static void a_symbol_is_painted_module_by_module(void **state)
{
	enum { SIDE = 21, MODULE = 8 };
	uint8_t modules[SIDE * SIDE];
	struct plate plate = {
		.kind = PLATE_SYMBOL,
		.h = 5,
		.w = 20,
		.modules = modules,
		.side = SIDE,
		.caret = -1,
	};
	struct picture picture;
	int left = (20 * CELL_WIDTH - SIDE * MODULE) / 2;
	int top = (5 * CELL_HEIGHT - SIDE * MODULE) / 2;

	for (int i = 0; i < SIDE * SIDE; i++)
		modules[i] = i * 7 % 5 % 2;
	picture = painter_paint(*state, &plate, 0);
	for (int y = 0; y < SIDE * MODULE; y++) {
		for (int x = 0; x < SIDE * MODULE; x++)
			assert_int_equal(
			    picture
				.levels[(top + y) * picture.width + left + x],
			    modules[y / MODULE * SIDE + x / MODULE] ? 15 : 0);
	}
	assert_int_equal(picture.levels[0], 0);
	picture_done(&picture);
}

static void pictograms_differ_and_fill_their_square(void **state)
{
	static const char *const names[] = { "hand",    "key",    "person",
					     "paper",   "check",  "arrow",
					     "printer", "no such" };
	int dots[8];

	for (int i = 0; i < 8; i++) {
		struct plate plate = {
			.kind = PLATE_PICTOGRAM,
			.h = 4,
			.w = 12,
			.text = (char *)names[i],
			.caret = -1,
		};
		struct ink ink = painted(*state, &plate, 0);

		print_message("%s\n", names[i]);
		assert_true(ink.left >= 18 && ink.right <= 186);
		assert_true(ink.dots > 500);
		for (int j = 0; j < i; j++)
			assert_int_not_equal(dots[j], ink.dots);
		dots[i] = ink.dots;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_languages_name_has_its_letters),
		cmocka_unit_test(a_character_of_no_font_is_counted),
		cmocka_unit_test(text_begins_at_its_edge),
		cmocka_unit_test(a_lead_stands_before_the_text_and_indents_it),
		cmocka_unit_test(ink_stays_within_its_rows),
		cmocka_unit_test(what_is_too_long_is_smaller_and_wrapped),
		cmocka_unit_test(one_screen_has_one_size_of_text),
		cmocka_unit_test(text_in_the_middle_is_in_the_middle),
		cmocka_unit_test(emphasis_is_painted),
		cmocka_unit_test(the_caret_is_where_the_next_letter_goes),
		cmocka_unit_test(a_long_written_line_shows_its_caret),
		cmocka_unit_test(a_symbol_is_painted_module_by_module),
		cmocka_unit_test(pictograms_differ_and_fill_their_square),
	};

	return cmocka_run_group_tests(tests, make_painter, end_painter);
}
