#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/bytes.h"
#include "base/file.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_english_of_the_intake_form_is_the_forms),
		cmocka_unit_test(so_is_the_english_that_only_staff_read),
		cmocka_unit_test(what_cannot_be_listed_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
