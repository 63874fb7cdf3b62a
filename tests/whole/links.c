#include "tests/test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/*
 * What must not be in the kiosk's program is not in it: its symbols are read
 * from the linked file. A stolen kiosk cannot open a ticket because there is
 * nothing in it that could.
 */
static char *symbols_of(const char *program)
{
	const char *build = getenv("FOYER_BUILD");
	SCOPED(char_freep)
	char *command = xasprintf("nm --defined-only '%s/%s'",
				  build ? build : "build/debug", program);
	FILE *pipe = popen(command, "r");
	char *all = NULL;
	size_t room = 0;

	assert_non_null(pipe);
	assert_true(getdelim(&all, &room, 0, pipe) > 0);
	assert_int_equal(pclose(pipe), 0);
	return all;
}

static bool has(const char *symbols, const char *name)
{
	SCOPED(char_freep) char *line = xasprintf(" %s\n", name);

	return strstr(symbols, line) != NULL;
}

static void the_kiosk_holds_nothing_that_opens_a_ticket(void **state)
{
	static const char *const opening[] = {
		"hpke_open",
		"hpke_receive",
		"wire_open",
		"agency_key_unlock",
		"agency_key_secret",
		"ring_unlock",
		"unpack",
	};
	SCOPED(char_freep) char *kiosk = symbols_of("foyer-kiosk");
	SCOPED(char_freep) char *desk = symbols_of("foyer-desk");

	(void)state;
	for (size_t i = 0; i < COUNT(opening); i++) {
		print_message("%s\n", opening[i]);
		assert_false(has(kiosk, opening[i]));
		/* The name is right: the desk has it. */
		assert_true(has(desk, opening[i]));
	}
}

static void the_kiosk_holds_no_record_compiler_or_report(void **state)
{
	static const char *const foreign[] = {
		"record_open",     "visit_file",   "filing_open",
		"xlsform_compile", "scan_picture",
	};
	SCOPED(char_freep) char *kiosk = symbols_of("foyer-kiosk");

	(void)state;
	for (size_t i = 0; i < COUNT(foreign); i++)
		assert_false(has(kiosk, foreign[i]));
	assert_null(strstr(kiosk, "sqlite3"));
}

/* Only the office's tool may open the library that sends to servers. */
static void the_kiosk_and_the_desk_send_nothing_to_servers(void **state)
{
	SCOPED(char_freep) char *kiosk = symbols_of("foyer-kiosk");
	SCOPED(char_freep) char *desk = symbols_of("foyer-desk");
	SCOPED(char_freep) char *office = symbols_of("foyer");

	(void)state;
	assert_false(has(kiosk, "openrosa_open"));
	assert_false(has(desk, "openrosa_open"));
	assert_true(has(office, "openrosa_open"));
	assert_null(strstr(kiosk, "curl_"));
	assert_null(strstr(desk, "curl_"));
}

static void the_kiosk_seals(void **state)
{
	SCOPED(char_freep) char *kiosk = symbols_of("foyer-kiosk");

	(void)state;
	assert_true(has(kiosk, "issue_seal"));
	assert_true(has(kiosk, "process_wipe_and_exit"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kiosk_holds_nothing_that_opens_a_ticket),
		cmocka_unit_test(the_kiosk_holds_no_record_compiler_or_report),
		cmocka_unit_test(
		    the_kiosk_and_the_desk_send_nothing_to_servers),
		cmocka_unit_test(the_kiosk_seals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
