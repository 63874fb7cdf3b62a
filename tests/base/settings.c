#include "base/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/test.h"

struct place {
	char *folder, *path;
	struct settings *settings;
};

static int begin(void **state)
{
	struct place *place = xcalloc(1, sizeof *place);

	place->folder = folder_new();
	place->path = xasprintf("%s/foyer.ini", place->folder);
	logged_start();
	*state = place;
	return 0;
}

static int end(void **state)
{
	struct place *place = *state;

	logged_stop();
	settings_free(place->settings);
	folder_remove(place->folder);
	free(place->folder);
	free(place->path);
	free(place);
	return 0;
}

static enum fault read_bytes(struct place *place, const char *text,
			     size_t length)
{
	settings_free(place->settings);
	place->settings = NULL;
	assert_int_equal(file_write(place->path, text, length, 0600),
			 FAULT_NONE);
	return settings_read(place->path, &place->settings);
}

static enum fault read_text(struct place *place, const char *text)
{
	return read_bytes(place, text, strlen(text));
}

static void a_file_that_is_not_there_leaves_every_usual_value(void **state)
{
	struct place *place = *state;

	assert_int_equal(settings_read(place->path, &place->settings),
			 FAULT_NONE);
	assert_string_equal(
	    settings_text(place->settings, "kiosk", "name", "K1"), "K1");
	assert_null(settings_text(place->settings, "kiosk", "name", NULL));
	assert_true(settings_flag(place->settings, "kiosk", "sound", true));
	assert_int_equal(
	    settings_number(place->settings, "kiosk", "idle", 1, 99, 60), 60);
	assert_string_equal(logged(), "");
}

static void values_are_found_by_section_and_name(void **state)
{
	static const struct {
		const char *section, *name, *value;
	} values[] = {
		{ "", "above", "all" },
		{ "kiosk", "name", "K7" },
		{ "kiosk", "blank", "" },
		{ "kiosk", "indented", "not the value above" },
		{ "kiosk", "colon", "works" },
		{ "kiosk", "with blanks", "a b" },
		{ "kiosk", "comment", "here" },
		{ "kiosk", "semicolon", "a;b" },
		{ "kiosk", "hash", "#1" },
		{ "kiosk", "twice", "second" },
		{ "kiosk", "agency", "مركز" },
		{ "form", "name", "intake" },
		{ "form", "Name", NULL },
		{ "other", "name", NULL },
	};
	struct place *place = *state;

	assert_int_equal(read_text(place, "\xef\xbb\xbf"
					  "above = all\n"
					  "; a comment\r\n"
					  "[kiosk]\r\n"
					  "name=K7\r\n"
					  "blank =\n"
					  "\tindented = not the value above\n"
					  "  # another comment\n"
					  "colon: works\n"
					  "with blanks = a b  \n"
					  "comment = here ; and no more\n"
					  "semicolon = a;b\n"
					  "hash = #1\n"
					  "twice = first\n"
					  "twice = second\n"
					  "agency = مركز\n\n"
					  "  [form]\n"
					  "name = intake"),
			 FAULT_NONE);
	for (size_t i = 0; i < COUNT(values); i++) {
		const char *value = settings_text(
		    place->settings, values[i].section, values[i].name, NULL);

		if (values[i].value)
			assert_string_equal(value, values[i].value);
		else
			assert_null(value);
	}
}

static void a_flag_is_yes_or_no_in_many_words(void **state)
{
	static const struct {
		const char *word;
		bool usual, flag, warned;
	} words[] = {
		{ "yes", false, true, false },
		{ "No", true, false, false },
		{ "TRUE", false, true, false },
		{ "false", true, false, false },
		{ "on", false, true, false },
		{ "off", true, false, false },
		{ "1", false, true, false },
		{ "0", true, false, false },
		{ "oui", true, true, true },
		{ "", false, false, true },
		{ "yes please", false, false, true },
	};
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(words); i++) {
		char *text = xasprintf("[kiosk]\nsound = %s\n", words[i].word);

		logged_start();
		assert_int_equal(read_text(place, text), FAULT_NONE);
		assert_int_equal(settings_flag(place->settings, "kiosk",
					       "sound", words[i].usual),
				 words[i].flag);
		assert_int_equal(*logged() != 0, words[i].warned);
		free(text);
	}
	assert_non_null(strstr(logged(), "foyer.ini: [kiosk] sound is \"yes "
					 "please\"; write yes or no (taken as "
					 "no)"));
}

static void a_number_stays_within_its_bounds(void **state)
{
	static const struct {
		const char *text;
		long number;
	} numbers[] = {
		{ "60", 60 },
		{ "30", 30 },
		{ "600", 600 },
		{ "29", 90 },
		{ "601", 90 },
		{ "-60", 90 },
		{ "60s", 90 },
		{ "", 90 },
		{ "6.5", 90 },
		{ "+60", 60 },
		{ "0x40", 90 },
		{ "099", 99 },
		{ "99999999999999999999", 90 },
	};
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(numbers); i++) {
		char *text = xasprintf("[kiosk]\nidle = %s\n", numbers[i].text);

		logged_start();
		assert_int_equal(read_text(place, text), FAULT_NONE);
		assert_int_equal(settings_number(place->settings, "kiosk",
						 "idle", 30, 600, 90),
				 numbers[i].number);
		assert_int_equal(*logged() != 0, numbers[i].number == 90);
		free(text);
	}
	assert_non_null(strstr(logged(), "write a whole number from 30 to 600 "
					 "(taken as 90)"));
}

static void a_line_that_is_no_setting_is_told_with_its_mend(void **state)
{
	static const struct {
		const char *text, *logged;
	} broken[] = {
		{ "[kiosk]\nname\n", "line 2: not a setting; write `name = "
				     "value` below a [section]" },
		{ "[kiosk\nname = 1\n", "line 1: not a setting" },
		{ "[kiosk]\n\n\n = 1\n", "line 4: not a setting" },
		{ "[a-name-of-a-section-that-is-longer-than-fifty-letters]\n",
		  "line 1: a section's name has at most 49 letters" },
	};
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(broken); i++) {
		logged_start();
		assert_int_equal(read_text(place, broken[i].text),
				 FAULT_FORMAT);
		assert_null(place->settings);
		assert_non_null(strstr(logged(), place->path));
		assert_non_null(strstr(logged(), broken[i].logged));
	}
}

static void no_line_is_cut_without_a_word(void **state)
{
	struct place *place = *state;
	char *text = xasprintf("[kiosk]\nname = %0191d\n", 7);

	assert_int_equal(read_text(place, text), FAULT_NONE);
	assert_int_equal(
	    strlen(settings_text(place->settings, "kiosk", "name", "")), 191);
	free(text);
	text = xasprintf("[kiosk]\nname = %0192d\n", 7);
	assert_int_equal(read_text(place, text), FAULT_FORMAT);
	assert_non_null(strstr(logged(), "line 2: longer than 198 bytes"));
	free(text);
	text = xasprintf("# %0500d\n[kiosk]\nname = K7\n", 7);
	assert_int_equal(read_text(place, text), FAULT_NONE);
	assert_string_equal(settings_text(place->settings, "kiosk", "name", ""),
			    "K7");
	free(text);
}

static void what_is_no_text_or_too_large_is_refused(void **state)
{
	static const char wide[] = "[\0k\0]\0";
	struct place *place = *state;
	char *large = xcalloc(SETTINGS_LIMIT + 1, 1);

	assert_int_equal(read_bytes(place, wide, sizeof wide), FAULT_FORMAT);
	assert_non_null(strstr(logged(), "not plain text; save it as UTF-8"));
	memset(large, '\n', SETTINGS_LIMIT + 1);
	assert_int_equal(read_bytes(place, large, SETTINGS_LIMIT), FAULT_NONE);
	assert_int_equal(read_bytes(place, large, SETTINGS_LIMIT + 1),
			 FAULT_LIMIT);
	assert_int_equal(settings_read(place->folder, &place->settings),
			 FAULT_SYSTEM);
	free(large);
}

static void note(void *to, const char *name, const char *value)
{
	bytes_add_format(to, "%s=%s ", name, value);
}

static void a_section_is_walked_in_file_order(void **state)
{
	struct place *place = *state;
	struct bytes found = { 0 };

	assert_int_equal(read_text(place, "[desks]\nb = 2\na = 1\n[x]\nc = 3\n"
					  "[desks]\nd = 4\n"),
			 FAULT_NONE);
	settings_each(place->settings, "desks", note, &found);
	assert_string_equal((char *)found.data, "b=2 a=1 d=4 ");
	bytes_done(&found);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_that_is_not_there_leaves_every_usual_value),
		TEST(values_are_found_by_section_and_name),
		TEST(a_flag_is_yes_or_no_in_many_words),
		TEST(a_number_stays_within_its_bounds),
		TEST(a_line_that_is_no_setting_is_told_with_its_mend),
		TEST(no_line_is_cut_without_a_word),
		TEST(what_is_no_text_or_too_large_is_refused),
		TEST(a_section_is_walked_in_file_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
