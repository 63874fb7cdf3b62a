#include "tests/test.h"

#include <string.h>

#include "tests/support/event.h"
#include "tests/support/golden.h"
#include "ui/date.h"

static struct date *make(const char *language, enum calendar calendar,
			 const char *change)
{
	return date_new(&(struct date_options){
	    .language = language,
	    .calendar = calendar,
	    .title = calendar_title(calendar, language),
	    .change = change,
	    .names = { "Jour", "Mois", "Année" },
	    .start_year = 1990,
	    .first_year = 1900,
	    .last_year = 2030,
	});
}

static enum date_event press(struct date *date, enum ui_key key)
{
	struct ui_event event = key_event(key);

	return date_key(date, &event);
}

static void type(struct date *date, const char *digits)
{
	for (; *digits; digits++) {
		struct ui_event event = text_event((uint8_t)*digits);

		assert_int_equal(date_key(date, &event), DATE_CHANGED);
	}
}

static void assert_parts(const struct date *date, int year, int month, int day)
{
	struct calendar_date parts = date_parts(date);

	assert_int_equal(parts.year, year);
	assert_int_equal(parts.month, month);
	assert_int_equal(parts.day, day);
}

static void nothing_is_preset_and_a_part_is_no_date(void **state)
{
	struct date *date = make("en", CALENDAR_GREGORIAN, NULL);
	struct calendar_date iso;

	(void)state;
	assert_parts(date, 0, 0, 0);
	assert_false(date_iso(date, &iso));
	press(date, UI_KEY_UP);
	assert_parts(date, 0, 0, 1);
	press(date, UI_KEY_ENTER);
	press(date, UI_KEY_UP);
	assert_parts(date, 0, 1, 1);
	assert_false(date_iso(date, &iso));
	press(date, UI_KEY_ENTER);
	press(date, UI_KEY_UP);
	assert_parts(date, 1990, 1, 1);
	assert_true(date_iso(date, &iso));
	assert_int_equal(press(date, UI_KEY_ENTER), DATE_ENTERED);
	date_free(date);
}

static void digits_are_typed_into_each_part(void **state)
{
	struct date *date = make("en", CALENDAR_GREGORIAN, NULL);
	struct calendar_date iso;

	(void)state;
	type(date, "29");
	press(date, UI_KEY_RIGHT);
	type(date, "2");
	press(date, UI_KEY_RIGHT);
	type(date, "1988");
	assert_parts(date, 1988, 2, 29);
	assert_true(date_iso(date, &iso));
	/* Typing again begins anew; a day there is not is no date. */
	press(date, UI_KEY_LEFT);
	press(date, UI_KEY_RIGHT);
	type(date, "1987");
	assert_parts(date, 1987, 2, 29);
	assert_false(date_iso(date, &iso));
	press(date, UI_KEY_BACKSPACE);
	assert_parts(date, 198, 2, 29);
	assert_false(date_iso(date, &iso)); /* before the first year */
	type(date, "8");
	assert_true(date_iso(date, &iso));
	date_free(date);
}

static void days_go_round_within_their_month(void **state)
{
	struct date *date = make("en", CALENDAR_GREGORIAN, NULL);

	(void)state;
	date_set(date, CALENDAR_GREGORIAN,
		 (struct calendar_date){ 2023, 2, 28 });
	press(date, UI_KEY_UP);
	assert_parts(date, 2023, 2, 1);
	press(date, UI_KEY_DOWN);
	assert_parts(date, 2023, 2, 28);
	/* Without a year it may be a leap year. */
	date_set(date, CALENDAR_GREGORIAN, (struct calendar_date){ 0, 2, 28 });
	press(date, UI_KEY_UP);
	assert_parts(date, 0, 2, 29);
	press(date, UI_KEY_RIGHT);
	press(date, UI_KEY_DOWN);
	press(date, UI_KEY_DOWN);
	assert_parts(date, 0, 12, 29);
	/* Years end. */
	date_set(date, CALENDAR_GREGORIAN,
		 (struct calendar_date){ 2031, 1, 1 });
	press(date, UI_KEY_RIGHT);
	press(date, UI_KEY_UP);
	assert_parts(date, 2031, 1, 1);
	date_free(date);
}

static void another_calendar_keeps_the_day(void **state)
{
	struct date *date = make("am", CALENDAR_ETHIOPIC, "other");
	struct calendar_date iso;

	(void)state;
	date_set(date, CALENDAR_ETHIOPIC, (struct calendar_date){ 1987, 1, 1 });
	press(date, UI_KEY_LEFT); /* to the calendar */
	assert_int_equal(press(date, UI_KEY_UP), DATE_IGNORED);
	assert_int_equal(press(date, UI_KEY_ENTER), DATE_ASKS_CALENDAR);
	date_show(date, CALENDAR_GREGORIAN, "G");
	assert_int_equal(date_calendar(date), CALENDAR_GREGORIAN);
	assert_parts(date, 1994, 9, 11);
	date_show(date, CALENDAR_ETHIOPIC, "E");
	assert_parts(date, 1987, 1, 1);
	assert_true(date_iso(date, &iso));
	assert_int_equal(iso.year, 1994);
	/* Parts alone mean nothing in another one. */
	date_set(date, CALENDAR_ETHIOPIC, (struct calendar_date){ 1987, 0, 0 });
	date_show(date, CALENDAR_ETHIOPIC, "E");
	assert_parts(date, 1987, 0, 0);
	date_show(date, CALENDAR_GREGORIAN, "G");
	assert_parts(date, 0, 0, 0);
	/* Nor does a day that the other one has not. */
	date_set(date, CALENDAR_GREGORIAN,
		 (struct calendar_date){ 1912, 1, 1 });
	date_show(date, CALENDAR_BIKRAM_SAMBAT, "B");
	assert_parts(date, 0, 0, 0);
	date_free(date);
}

/* Types a character of any script. */
static enum date_event type_one(struct date *date, uint32_t character)
{
	struct ui_event event = text_event(character);

	return date_key(date, &event);
}

static void digits_of_any_script_are_typed_and_the_languages_shown(void **state)
{
	struct date *date = make("ne", CALENDAR_BIKRAM_SAMBAT, NULL);
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(6, 60, false);

	(void)state;
	type_one(date, 0x0969); /* three */
	type_one(date, '2');
	press(date, UI_KEY_RIGHT);
	type_one(date, 0x0968); /* two */
	press(date, UI_KEY_RIGHT);
	type_one(date, 0x06f2); /* 2, as Farsi has it */
	type_one(date, 0x0660); /* 0, as Arabic has it */
	type_one(date, '8');
	type_one(date, 0x0967); /* one */
	assert_parts(date, 2081, 2, 32);
	assert_int_equal(type_one(date, 'x'), DATE_IGNORED);
	date_draw(date, canvas, (struct canvas_area){ 0, 0, 5, 56 }, true);
	SCOPED(char_freep) char *picture = canvas_picture(canvas);
	assert_non_null(strstr(picture, "३२"));
	assert_non_null(strstr(picture, "२०८१"));
	date_free(date);
}

static void a_year_alone_has_one_column(void **state)
{
	struct date *date = date_new(&(struct date_options){
	    .language = "en",
	    .calendar = CALENDAR_BIKRAM_SAMBAT,
	    .title = "B",
	    .change = "other",
	    .names = { "D", "M", "Y" },
	    .from = DATE_FROM_YEAR,
	    .start_year = 2000,
	    .first_year = 1895,
	    .last_year = 2100,
	});
	struct calendar_date iso;

	(void)state;
	assert_false(date_has_year(date));
	press(date, UI_KEY_UP);
	assert_parts(date, 2056, 0, 0);
	assert_true(date_has_year(date));
	assert_true(date_iso(date, &iso)); /* its first day */
	assert_int_equal(iso.year, 1999);
	assert_int_equal(iso.month, 4);
	assert_int_equal(iso.day, 14);
	type(date, "1969"); /* before the table */
	assert_false(date_has_year(date));
	assert_int_equal(press(date, UI_KEY_LEFT), DATE_MOVED);
	assert_int_equal(press(date, UI_KEY_LEFT), DATE_IGNORED);
	assert_int_equal(press(date, UI_KEY_DOWN), DATE_MOVED);
	type(date, "2050");
	assert_int_equal(press(date, UI_KEY_ENTER), DATE_ENTERED);
	/* A year is other days in another calendar. */
	date_show(date, CALENDAR_GREGORIAN, "G");
	assert_parts(date, 0, 0, 0);
	date_free(date);
}

static void thirteen_months_have_names(void **state)
{
	struct date *date = make("am", CALENDAR_ETHIOPIC, "other");

	(void)state;
	press(date, UI_KEY_RIGHT);
	press(date, UI_KEY_UP);
	press(date, UI_KEY_DOWN);
	assert_parts(date, 0, 13, 0);
	press(date, UI_KEY_LEFT);
	type(date, "5");
	press(date, UI_KEY_UP);
	press(date, UI_KEY_UP);
	assert_parts(date, 0, 13, 1); /* the sixth only in leap years */
	date_free(date);
}

static void arrows_leave_at_the_ends(void **state)
{
	struct date *date = make("en", CALENDAR_GREGORIAN, NULL);
	struct ui_event back = { .key = UI_KEY_TAB, .character = 1 };

	(void)state;
	assert_int_equal(press(date, UI_KEY_LEFT), DATE_IGNORED);
	assert_int_equal(date_key(date, &back), DATE_IGNORED);
	assert_int_equal(press(date, UI_KEY_TAB), DATE_MOVED);
	assert_int_equal(press(date, UI_KEY_TAB), DATE_MOVED);
	assert_int_equal(press(date, UI_KEY_TAB), DATE_IGNORED);
	assert_int_equal(press(date, UI_KEY_ESCAPE), DATE_IGNORED);
	date_free(date);
}

static struct canvas *drawn(struct date *date, int rows, bool mirrored)
{
	struct canvas *canvas = canvas_new(rows + 1, 60, false);

	canvas_mirror(canvas, mirrored);
	date_draw(date, canvas, (struct canvas_area){ 0, 2, rows, 56 }, true);
	return canvas;
}

static void everything_can_be_touched(void **state)
{
	struct date *date = make("am", CALENDAR_ETHIOPIC, "other");
	struct ui_event month_up = point_event(2, 20);
	struct ui_event year_down = point_event(4, 36);
	struct ui_event day = point_event(3, 4);
	struct ui_event title = point_event(0, 20);
	struct ui_event beside = point_event(3, 55);

	(void)state;
	canvas_free(drawn(date, DATE_ROWS, false));
	assert_int_equal(date_key(date, &month_up), DATE_CHANGED);
	assert_int_equal(date_key(date, &year_down), DATE_CHANGED);
	assert_int_equal(date_key(date, &day), DATE_MOVED);
	type(date, "7");
	assert_int_equal(date_parts(date).day, 7);
	assert_int_equal(date_parts(date).month, 1);
	assert_int_equal(date_parts(date).year, 1982);
	assert_int_equal(date_key(date, &beside), DATE_IGNORED);
	assert_int_equal(date_key(date, &title), DATE_ASKS_CALENDAR);
	date_free(date);
}

static void assert_picture(struct date *date, int rows, bool mirrored,
			   const char *name)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = drawn(date, rows, mirrored);
	SCOPED(char_freep) char *picture = canvas_picture(canvas);

	assert_golden(name, picture);
}

static void it_is_drawn_at_every_height_and_mirrored(void **state)
{
	struct date *date = make("fr", CALENDAR_GREGORIAN, NULL);
	struct date *farsi = make("fa-IR", CALENDAR_PERSIAN, "تقویم دیگر");

	(void)state;
	assert_picture(date, DATE_ROWS, false, "ui-date-blank");
	date_set(date, CALENDAR_GREGORIAN,
		 (struct calendar_date){ 1994, 8, 12 });
	assert_picture(date, DATE_ROWS, false, "ui-date-french");
	assert_picture(date, 3, false, "ui-date-french-low");
	assert_picture(date, 1, false, "ui-date-french-line");
	date_set(farsi, CALENDAR_PERSIAN,
		 (struct calendar_date){ 1370, 1, 12 });
	assert_picture(farsi, DATE_ROWS, true, "ui-date-farsi");
	date_free(date);
	date_free(farsi);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_preset_and_a_part_is_no_date),
		cmocka_unit_test(digits_are_typed_into_each_part),
		cmocka_unit_test(days_go_round_within_their_month),
		cmocka_unit_test(another_calendar_keeps_the_day),
		cmocka_unit_test(
		    digits_of_any_script_are_typed_and_the_languages_shown),
		cmocka_unit_test(a_year_alone_has_one_column),
		cmocka_unit_test(thirteen_months_have_names),
		cmocka_unit_test(arrows_leave_at_the_ends),
		cmocka_unit_test(everything_can_be_touched),
		cmocka_unit_test(it_is_drawn_at_every_height_and_mirrored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
