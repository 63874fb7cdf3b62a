#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/bytes.h"
#include "base/file.h"
#include "text/catalogue.h"
#include "text/cells.h"

/* The English words of the intake form, which every translation is held to. */

#define WORDS_LIMIT (1024 * 1024)

static const char *folder(const char *variable, const char *otherwise)
{
	const char *value = getenv(variable);

	return value ? value : otherwise;
}

/* What `foyer form strings` says with these arguments; its exit status. */
static int list_strings(const char *arguments, struct bytes *out)
{
	SCOPED(char_freep)
	char *command =
	    xasprintf("'%s/foyer' form strings %s 2>/dev/null",
		      folder("FOYER_BUILD", "build/debug"), arguments);
	FILE *from = popen(command, "r");
	int byte;

	assert_non_null(from);
	while ((byte = fgetc(from)) != EOF)
		bytes_add_byte(out, (uint8_t)byte);
	bytes_add_byte(out, '\0');
	return WEXITSTATUS(pclose(from));
}

static void compare(const char *name, const char *option)
{
	const char *source = folder("FOYER_SOURCE", ".");
	SCOPED(char_freep)
	char *path = xasprintf("%s/translations/%s.en.po", source, name);
	SCOPED(char_freep)
	char *arguments = xasprintf("%s '%s/screens/intake'", option, source);
	struct bytes said = { 0 }, kept = { 0 };

	assert_int_equal(list_strings(arguments, &said), 0);
	assert_int_equal(file_read(path, WORDS_LIMIT, &kept), FAULT_NONE);
	bytes_add_byte(&kept, '\0');
	if (strcmp((const char *)said.data, (const char *)kept.data) != 0)
		fail_msg("%s is not what the form says now; write it anew with "
			 "`foyer form strings %s screens/intake` and mend its "
			 "translations",
			 path, option);
	bytes_done(&said);
	bytes_done(&kept);
}

static void the_english_of_the_intake_form_is_the_forms(void **state)
{
	(void)state;
	compare("intake", "");
}

static void so_is_the_english_that_only_staff_read(void **state)
{
	(void)state;
	compare("intake_staff", "--staff");
}

static void what_cannot_be_listed_is_refused(void **state)
{
	static const struct {
		const char *arguments;
		int status;
	} cases[] = {
		{ "", 2 },
		{ "--loud screens/intake", 2 },
		{ "tests/data/no-such-form.xml", 3 },
		{ "screens", 1 }, /* a folder without sheets */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes said = { 0 };

		assert_int_equal(list_strings(cases[i].arguments, &said),
				 cases[i].status);
		assert_string_equal((const char *)said.data, "");
		bytes_done(&said);
	}
}

/* --- room on the screen --------------------------------------------------- */

#define QUESTION_CELLS 56 /* of a line; a lobby screen of 60 columns has it */
#define QUESTION_LINES 2
#define CHOICE_CELLS 54

/* The one choice that takes a second line. */
static const char wraps[] = "en intake:choices/E2/RES_BLD:label";

struct fit {
	const char *language;
	int misfits;
};

static size_t lines_of(const char *text, const char *language, int width)
{
	SCOPED(char_freep) char *joined = text_joined(text);
	struct text_lines lines = text_wrap(joined, language, width);
	size_t count = lines.count;

	text_lines_free(&lines);
	return count;
}

static void measure(void *to, const char *key, const char *english,
		    const char *translation)
{
	struct fit *fit = to;
	const char *text = *translation ? translation : english;
	const char *part = strrchr(key, ':');
	bool is_choice = strstr(key, ":choices/") &&
			 !strstr(key, "/reasons/"); /* the desk's */
	bool fits = true;

	if (is_choice)
		fits = lines_of(text, fit->language, CHOICE_CELLS) == 1;
	else if (strcmp(part, ":label") == 0 && !strstr(key, "/reasons/"))
		fits = lines_of(text, fit->language, QUESTION_CELLS) <=
		       QUESTION_LINES;
	SCOPED(char_freep) char *name = xasprintf("%s %s", fit->language, key);
	if (strcmp(name, wraps) == 0)
		fits = !fits;
	if (!fits)
		print_error("%s: %s: too long: %s\n", fit->language, key, text);
	fit->misfits += !fits;
}

static void questions_fit_two_lines_and_choices_one(void **state)
{
	static const char *const languages[] = { "en", "fr", "ar" };

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		struct fit fit = { .language = languages[i] };
		SCOPED(char_freep)
		char *path =
		    xasprintf("%s/translations/intake.%s.po",
			      folder("FOYER_SOURCE", "."), languages[i]);
		SCOPED(catalogue_freep)
		struct catalogue *words = catalogue_new(languages[i]);

		assert_int_equal(catalogue_add(words, path), FAULT_NONE);
		catalogue_each(words, measure, &fit);
		assert_int_equal(fit.misfits, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_english_of_the_intake_form_is_the_forms),
		cmocka_unit_test(so_is_the_english_that_only_staff_read),
		cmocka_unit_test(what_cannot_be_listed_is_refused),
		cmocka_unit_test(questions_fit_two_lines_and_choices_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
