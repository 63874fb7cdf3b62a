#include "base/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/setting_known.h"
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
	assert_true(
	    settings_flag(place->settings, "speech", "headphones", true));
	assert_int_equal(settings_number(place->settings, "kiosk", "idle", 60),
			 60);
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
		bool usual, flag;
	} words[] = {
		{ "yes", false, true },         { "No", true, false },
		{ "TRUE", false, true },        { "false", true, false },
		{ "on", false, true },          { "off", true, false },
		{ "1", false, true },           { "0", true, false },
		{ "oui", true, true },          { "", false, false },
		{ "yes please", false, false },
	};
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(words); i++) {
		char *text =
		    xasprintf("[speech]\nheadphones = %s\n", words[i].word);

		assert_int_equal(read_text(place, text), FAULT_NONE);
		assert_int_equal(settings_flag(place->settings, "speech",
					       "headphones", words[i].usual),
				 words[i].flag);
		free(text);
	}
}

static void a_number_stays_within_its_bounds(void **state)
{
	static const struct {
		const char *text;
		long number;
	} numbers[] = {
		{ "60", 60 },   { "1", 1 },
		{ "480", 480 }, { "0", 15 },
		{ "481", 15 },  { "-60", 15 },
		{ "60s", 15 },  { "", 15 },
		{ "6.5", 15 },  { "+60", 60 },
		{ "0x40", 15 }, { "099", 99 },
		{ "soon", 15 }, { "99999999999999999999", 15 },
	};
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(numbers); i++) {
		char *text =
		    xasprintf("[desk]\nlock_minutes = %s\n", numbers[i].text);

		assert_int_equal(read_text(place, text), FAULT_NONE);
		assert_int_equal(settings_number(place->settings, "desk",
						 "lock_minutes", 15),
				 numbers[i].number);
		free(text);
	}
}

static void every_wrong_setting_is_told_with_its_mend(void **state)
{
	static const struct {
		const char *text, *logged; /* behind the file's name */
	} wrong[] = {
		{ "[kiosk]\nidle = 60\n\nnmae=K9\n",
		  ": line 4: [kiosk] has no setting \"nmae\"; those it has: "
		  "name form zone" },
		{ "name = 3\n[kiosk]\n",
		  ": line 1: name stands before any [section]; write its "
		  "section above it\n" },
		{ "; a comment\n[printers]\npaper_mm = 58\n",
		  ": line 3: there is no section [printers]; those there are: "
		  "[agency] [kiosk]" },
		{ "[kiosk]\nidle=soon\n",
		  ": line 2: [kiosk] idle is \"soon\"; write a whole number "
		  "from 1 to 600 (taken as if it were not there)\n" },
		{ "[kiosk]\nidle=601\n", "write a whole number from 1 to 600" },
		{ "[printer]\naddress=lpt:1\n",
		  ": line 2: [printer] address is \"lpt:1\"; write none, "
		  "file:..., usb:..., tty:..., tcp:... or "
		  "cups:...\n" },
		{ "[printer]\naddress = file:\n", "address is \"file:\"" },
		{ "[printer]\npaper_mm=60\n",
		  "paper_mm is \"60\"; write 58 or 80 (" },
		{ "[desk]\nlanguage = es\n",
		  "language is \"es\"; write en or fr (" },
		{ "[desk]\nlanguage = e\n", "language is \"e\"" },
		{ "[speech]\nheadphones = oui\n",
		  "headphones is \"oui\"; write yes or no (" },
		{ "[hours]\nmonday = 8-12\n",
		  "monday is \"8-12\"; write 08:30-12:00 13:00-16:30 (taken as "
		  "open)\n" },
		{ "[hours]\nMonday = 08:00-12:00\n",
		  "[hours] has no setting \"Monday\"; those it has: monday" },
	};
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		logged_start();
		assert_int_equal(read_text(place, wrong[i].text), FAULT_NONE);
		assert_string_equal(logged(), "");
		settings_check(place->settings);
		assert_true(strstr(logged(), place->path) == logged());
		if (!strstr(logged(), wrong[i].logged))
			fail_msg("%s", logged());
		/* One line of it. */
		assert_ptr_equal(strchr(logged(), '\n'),
				 strrchr(logged(), '\n'));
	}
}

static void each_section_is_told_once(void **state)
{
	struct bytes told = { 0 };
	const char *first;

	(void)state;
	setting_tell_sections(&told);
	bytes_add_byte(&told, 0);
	first = strstr((char *)told.data, "[record]");
	assert_non_null(first);
	assert_null(strstr(first + 1, "[record]"));
	bytes_done(&told);
}

static void what_is_allowed_is_not_told(void **state)
{
	struct place *place = *state;

	assert_int_equal(
	    read_text(place,
		      "[agency]\nname = A\n[kiosk]\nname = K9\nidle = 20\n"
		      "ticket_class = 480\nticket_language = chosen\n"
		      "[printer]\naddress = none\naddress = tcp:10.0.0.1:9100\n"
		      "address = tty:/dev/ttyUSB0\npaper_mm = 80\n"
		      "[hours]\nmonday = 08:30-12:00  13:00-16:30\nsunday =\n"
		      "[helplines]\nPolice = 911\n[form]\nanything = goes\n"
		      "[desk]\nlanguage = fr\n[queue]\nwaiting_limit = 0\n"
		      "[speech]\nheadphones = Yes\n"),
	    FAULT_NONE);
	settings_check(place->settings);
	assert_string_equal(logged(), "");
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
		TEST(every_wrong_setting_is_told_with_its_mend),
		cmocka_unit_test(each_section_is_told_once),
		TEST(what_is_allowed_is_not_told),
		TEST(a_line_that_is_no_setting_is_told_with_its_mend),
		TEST(no_line_is_cut_without_a_word),
		TEST(what_is_no_text_or_too_large_is_refused),
		TEST(a_section_is_walked_in_file_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
