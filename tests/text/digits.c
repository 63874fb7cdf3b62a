#include "text/digits.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/test.h"
#include "text/catalogue.h"
#include "text/language.h"

static void eight_languages_write_digits_of_their_own(void **state)
{
	static const struct {
		const char *tag, *system, *seven;
	} own[] = {
		{ "ar", "arab", "٧" },     { "fa-IR", "arabext", "۷" },
		{ "prs", "arabext", "۷" }, { "ps", "arabext", "۷" },
		{ "ckb", "arab", "٧" },    { "ne", "deva", "७" },
		{ "bn", "beng", "৭" },     { "my", "mymr", "၇" },
	};
	size_t native = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(own); i++) {
		struct digits digits = digits_of(own[i].tag);

		assert_string_equal(digits.system, own[i].system);
		assert_string_equal(digits.digit[7], own[i].seven);
	}
	for (size_t i = 0; i < LANGUAGES; i++) {
		struct digits digits = digits_of(language_at(i)->tag);

		native += digits.native;
		assert_int_equal(digits.native,
				 strcmp(digits.system, "latn") != 0);
	}
	assert_int_equal(native, COUNT(own));
}

static void numbers_change_and_codes_stay(void **state)
{
	static const struct {
		const char *text, *shown;
	} samples[] = {
		{ "", "" },
		{ "Three", "Three" },
		{ "18 to 24.", "१८ to २४." },
		{ "from 0 to 12", "from ० to १२" },
		{ "(5)", "(५)" },
		{ "911, 211", "911, 211" },
		{ "9-1-1", "9-1-1" },
		{ "K7-0412", "K7-0412" },
		{ "+1 2", "+1 २" },
		{ "G7", "G7" },
		{ "7th", "7th" },
		{ "2026", "2026" },
		{ "5दिन", "५दिन" },
	};
	struct digits nepali = digits_of("ne"), english = digits_of("en");

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		SCOPED(char_freep)
		char *shown = digits_shown(&nepali, samples[i].text);
		SCOPED(char_freep)
		char *same = digits_shown(&english, samples[i].text);

		assert_string_equal(shown, samples[i].shown);
		assert_string_equal(same, samples[i].text);
	}
	SCOPED(char_freep) char *number = digits_number(&nepali, -120.5);
	SCOPED(char_freep) char *western = digits_number(&english, 1050);

	assert_string_equal(number, "-१२०.५");
	assert_string_equal(western, "1050");
}

static void what_is_typed_becomes_a_plain_number(void **state)
{
	static const struct {
		const char *typed, *plain;
	} cases[] = {
		{ "٣٫٥", "3.5" }, { "3,5", "3.5" },     { "−۱۲", "-12" },
		{ "", "" },       { "१२:३०", "12:30" }, { "4 kg", "4 kg" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *plain = digits_plain(cases[i].typed);

		assert_string_equal(plain, cases[i].plain);
	}
}

static void thousands_are_parted_as_the_language_does(void **state)
{
	static const struct {
		const char *language, *number, *shown;
	} cases[] = {
		{ "en", "1250000", "1,250,000" },
		{ "en", "-1234.5678", "-1,234.5678" },
		{ "hi", "1250000", "12,50,000" },
		{ "en", "999", "999" },
		{ "en", "none", "none" },
		{ "en", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *shown =
		    digits_grouped(cases[i].language, cases[i].number);

		assert_string_equal(shown, cases[i].shown);
	}
}

static void the_syntax_of_a_pattern_is_no_text(void **state)
{
	struct digits arabic = digits_of("ar");
	SCOPED(char_freep)
	char *shown = digits_in_pattern(
	    &arabic, "3 {output1} {n, plural, offset:1 =2 {2 x '{4}'} other {# "
		     "'9'}} ''6");

	(void)state;
	assert_string_equal(shown,
			    "٣ {output1} {n, plural, offset:1 =2 {٢ x '{٤}'} "
			    "other {# '٩'}} ''٦");
}

static const char po[] = "msgid \"\"\nmsgstr \"\"\n"
			 "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
			 "msgctxt \"kiosk.days\"\nmsgid \"x\"\n"
			 "msgstr \"7 {number} {n, plural, other {#}} {m}\"\n"
			 "msgctxt \"ticket.days\"\nmsgid \"x\"\n"
			 "msgstr \"7 {number} {n, plural, other {#}} {m}\"\n";

static void the_screen_shows_them_and_the_ticket_does_not(void **state)
{
	static const struct catalogue_argument with[] = {
		{ .name = "number", .text = "7" },
		{ .name = "n", .number = 12 },
		{ .name = "m", .number = 150 },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "ps.po");
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new("ps");

	(void)state;
	assert_int_equal(file_write(path, po, strlen(po), 0600), FAULT_NONE);
	assert_int_equal(catalogue_add(words, path), FAULT_NONE);
	SCOPED(char_freep)
	char *screen = catalogue_say(words, "kiosk.days", with, 3);
	SCOPED(char_freep)
	char *ticket = catalogue_say(words, "ticket.days", with, 3);

	assert_string_equal(screen, "۷ 7 ۱۲ ۱۵۰");
	assert_string_equal(ticket, "7 7 12 150");
	/* What is checked and stored is as it was written. */
	assert_string_equal(catalogue_pattern(words, "kiosk.days"),
			    "7 {number} {n, plural, other {#}} {m}");
	assert_string_equal(catalogue_shown(words, "kiosk.days"),
			    "۷ {number} {n, plural, other {#}} {m}");
	assert_null(catalogue_shown(words, "kiosk.none"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eight_languages_write_digits_of_their_own),
		cmocka_unit_test(numbers_change_and_codes_stay),
		cmocka_unit_test(what_is_typed_becomes_a_plain_number),
		cmocka_unit_test(thousands_are_parted_as_the_language_does),
		cmocka_unit_test(the_syntax_of_a_pattern_is_no_text),
		cmocka_unit_test(the_screen_shows_them_and_the_ticket_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
