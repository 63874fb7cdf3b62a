#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "speech/mark.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"

/* `foyer language`, with the words that ship and a home's own. */

#define HEADER(language)            \
	"msgid \"\"\nmsgstr \"\"\n" \
	"\"Language: " language     \
	"\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
#define BACK(said) \
	"\nmsgctxt \"kiosk.back\"\nmsgid \"Back\"\nmsgstr \"" said "\"\n"

static char *home_with(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *below = folder_file(folder, "translations");
	char *path = xasprintf("%s/%s", below, name);

	assert_int_equal(folder_make(below), FAULT_NONE);
	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
	return path;
}

static void expect(struct output output, int status, const char *out,
		   const char *err)
{
	if (output.status != status || !strstr(output.out, out) ||
	    !strstr(output.err, err))
		fail_msg("%d: %s%s", output.status, output.out, output.err);
	output_done(&output);
}

static json_t *line_of(const char *home, const char *tag)
{
	struct output output =
	    program_run("", "foyer language list --home %s", home);
	char *rest = NULL;
	json_t *found = NULL;

	assert_int_equal(output.status, 0);
	for (char *line = strtok_r(output.out, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		json_t *each = json_loads(line, 0, NULL);

		assert_non_null(each);
		if (!strcmp(json_string_value(json_object_get(each, "tag")),
			    tag))
			found = json_incref(each);
		json_decref(each);
	}
	output_done(&output);
	assert_non_null(found);
	return found;
}

static void expect_line(const char *home, const char *tag, const char *wanted)
{
	json_t *line = line_of(home, tag);
	json_t *parts = json_loads(wanted, 0, NULL);
	json_t *value;
	const char *name;

	assert_non_null(parts);
	json_object_foreach(parts, name, value)
	{
		if (!json_equal(json_object_get(line, name), value))
			fail_msg("%s: %s is not as in %s", tag, name, wanted);
	}
	json_decref(parts);
	json_decref(line);
}

static void the_list_tells_each_languages_state(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();

	(void)state;
	expect_line(home, "en",
		    "{\"name\":\"English\",\"direction\":\"ltr\",\"class\":"
		    "\"L\",\"status\":\"source\",\"complete\":true,"
		    "\"missing\":0,\"offered\":true}");
	expect_line(home, "ar",
		    "{\"name\":\"العربية\",\"direction\":\"rtl\",\"class\":"
		    "\"A\",\"status\":\"draft\",\"complete\":true,"
		    "\"missing\":0,\"offered\":false}");
	expect_line(home, "rhg",
		    "{\"status\":\"none\",\"complete\":false,\"offered\":"
		    "false}");
	free(home_with(home, "../foyer.ini", "[languages]\ndrafts = ar\n"));
	expect_line(home, "ar", "{\"offered\":true,\"own_words\":false}");
	expect_line(home, "fr", "{\"offered\":false}");
}

static void a_home_mends_a_word_and_brings_a_language(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep)
	char *french =
	    home_with(home, "fr.po", HEADER("fr") BACK("En arrière"));
	SCOPED(char_freep)
	char *soga =
	    home_with(home, "xog-Latn.po",
		      HEADER("xog-Latn") "\"X-Foyer-Name: "
					 "Olusoga\\n\"\n" BACK("Okuira"));

	(void)state;
	free(home_with(home, "../foyer.ini", "[languages]\ndrafts = fr\n"));
	expect_line(home, "fr",
		    "{\"offered\":true,\"own_words\":true,\"missing\":0}");
	expect_line(home, "xog-Latn",
		    "{\"name\":\"Olusoga\",\"complete\":false,\"offered\":"
		    "false,\"own_words\":true}");
	expect(program_run("", "foyer language check fr --home %s", home), 0,
	       "fr: complete", "");
	expect(program_run("", "foyer language check %s", french), 0,
	       "fr.po: complete", "");
	expect(program_run("", "foyer language check xog-Latn --home %s", home),
	       1, "kiosk.skip: not in xog-Latn; copy the entry there", "");
	expect(program_run("", "foyer language check %s", soga), 1, "to mend",
	       "");
}

static void a_wrong_setting_is_told_once_for_all_languages(void **state)
{
	static const char ini[] = "[kiosk]\nnmae = K9\nzone = Toronto\n";
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = folder_file(home, "foyer.ini");
	struct output output;
	const char *first;

	(void)state;
	assert_int_equal(file_write(path, ini, strlen(ini), 0600), FAULT_NONE);
	output = program_run("", "foyer language list --home %s", home);
	assert_int_equal(output.status, 0);
	first = strstr(output.err, "nmae");
	assert_non_null(first);
	assert_null(strstr(first + strlen("nmae\""), "\"nmae"));
	assert_non_null(strstr(output.err, "zone is \"Toronto\""));
	output_done(&output);
}

static void a_finding_names_file_line_key_and_mend(void **state)
{
	static const struct {
		const char *name, *text, *out, *err;
	} samples[] = {
		{ "fr.po", HEADER("fr") BACK("Back"),
		  "fr.po:6: kiosk.back: left in English; translate it", "" },
		{ "fr.po", HEADER("fr") BACK("Retourner en arrière d’ici"),
		  "fr.po:6: kiosk.back: too long for a key of the frame", "" },
		{ "fr.po", HEADER("fr") BACK("{"), "", "fr.po:6: kiosk.back" },
		{ "fr.po", HEADER("fr") "msgctxt \"kiosk.b", "", "fr.po:5: " },
		{ "kiosk.fr.po", HEADER("fr") BACK("Retour"),
		  "kiosk.skip: not in fr; copy the entry there", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		SCOPED(folder_freep) char *home = folder_new();
		SCOPED(char_freep)
		char *path = home_with(home, samples[i].name, samples[i].text);

		expect(program_run("", "foyer language check %s", path), 1,
		       samples[i].out, samples[i].err);
	}
	expect(program_run("", "foyer language check rhg"), 1,
	       "there are no words of it", "");
	expect(program_run("", "foyer language check xx"), 1, "",
	       "no language xx is known");
	expect(program_run("", "foyer language check"), 2, "", "which");
	expect(program_run("", "foyer language check /none.po"), 1, "",
	       "/none.po");
}

/* Lines of the script: the place of the first that begins so; -1: none. */
static int place_of(const char *script, const char *begin)
{
	size_t length = strlen(begin);
	int line = 0;

	for (; *script; script++, line++) {
		if (strncmp(script, begin, length) == 0)
			return line;
		script = strchr(script, '\n');
	}
	return -1;
}

static void the_script_is_in_the_order_a_visitor_hears(void **state)
{
	static const char *const order[] = {
		"kiosk.welcome\tBienvenue\t",
		"kiosk.back\tRetour\t",
		"intake_data_A1_label\t",
		"intake_data_B1_label\t",
		"intake_data_B1_hint\t",
		"intake_choices_B1_YES_label\tOui\tB1, choice YES.",
		"intake_data_B2_label\t",
		"intake_data_H1_label\t",
		"kiosk.review\t",
		"kiosk.printing\t",
	};
	struct output output = program_run("", "foyer language audio-list fr");
	int before = -1;

	(void)state;
	assert_int_equal(output.status, 0);
	for (size_t i = 0; i < COUNT(order); i++) {
		int place = place_of(output.out, order[i]);

		if (place <= before)
			fail_msg("%s stands in line %d", order[i], place);
		before = place;
	}
	/* What numbers are said with is in no PO file. */
	assert_true(place_of(output.out, "language_name\tFrançais\t") > before);
	assert_true(place_of(output.out, "digit_0\t0\t") > before);
	assert_true(place_of(output.out, "letter_Z\tZ\t") > before);
	/* Nor are the names of keys, each once. */
	assert_true(place_of(output.out, "letter_00C9\tÉ\t") > before);
	assert_null(
	    strstr(strstr(output.out, "letter_00C9\t") + 1, "letter_00C9\t"));
	/* What holds a number cannot be recorded. */
	assert_null(strchr(output.out, '{'));
	output_done(&output);
	expect(program_run("", "foyer language audio-list rhg"), 1, "",
	       "there are no words of rhg");
}

/* A form of one's own is not taken for the intake. */
static void a_form_without_words_is_told_and_the_kiosk_is_listed(void **state)
{
	static const char ini[] = "[kiosk]\nform = clinic\n";
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "foyer.ini");
	struct output output;

	(void)state;
	assert_int_equal(file_write(path, ini, strlen(ini), 0600), FAULT_NONE);
	output =
	    program_run("", "foyer language audio-list fr --home %s", folder);
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.err, "clinic.en.po is not there"));
	assert_non_null(strstr(output.out, "kiosk.back\t"));
	assert_null(strstr(output.out, "intake_"));
	output_done(&output);
}

/* The last column goes into the recording, and tells what was read. */
static void each_text_has_its_mark(void **state)
{
	struct output output = program_run("", "foyer language audio-list fr");
	char *rest = NULL, mark[MARK_LENGTH + 1];
	size_t count = 0;

	(void)state;
	for (char *line = strtok_r(output.out, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest), count++) {
		char *text = strchr(line, '\t'), *last = strrchr(line, '\t');

		assert_non_null(text);
		*strchr(++text, '\t') = 0;
		mark_of(text, mark);
		assert_string_equal(last + 1, mark);
	}
	assert_true(count > 200);
	output_done(&output);
}

static void no_two_recordings_have_one_name(void **state)
{
	struct output output = program_run("", "foyer language audio-list fr");
	char *names[1000], *rest = NULL;
	size_t count = 0;

	(void)state;
	for (char *line = strtok_r(output.out, "\n", &rest);
	     line && count < 1000; line = strtok_r(NULL, "\n", &rest)) {
		line[strcspn(line, "\t")] = 0;
		for (size_t i = 0; i < count; i++)
			assert_string_not_equal(names[i], line);
		names[count++] = line;
	}
	assert_true(count > 200);
	output_done(&output);
}

static void an_index_is_written_where_it_is_wanted(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "index");
	struct bytes index = { 0 };

	(void)state;
	expect(program_run("", "foyer language index -o %s", path), 0, "", "");
	assert_int_equal(file_read(path, 1 << 20, &index), FAULT_NONE);
	assert_memory_equal(index.data, "foyer languages 1\nkiosk.en.po ", 30);
	bytes_done(&index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_tells_each_languages_state),
		cmocka_unit_test(a_home_mends_a_word_and_brings_a_language),
		cmocka_unit_test(
		    a_wrong_setting_is_told_once_for_all_languages),
		cmocka_unit_test(a_finding_names_file_line_key_and_mend),
		cmocka_unit_test(the_script_is_in_the_order_a_visitor_hears),
		cmocka_unit_test(
		    a_form_without_words_is_told_and_the_kiosk_is_listed),
		cmocka_unit_test(each_text_has_its_mark),
		cmocka_unit_test(no_two_recordings_have_one_name),
		cmocka_unit_test(an_index_is_written_where_it_is_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
