#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* What a command must print, or complain of. */
struct step {
	const char *command;
	int status;
	const char *says; /* "" for nothing */
};

static void take_steps(const char *home, const struct step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct output output = program_run("", "foyer %s --home %s",
						   steps[i].command, home);
		const char *text = steps[i].status ? output.err : output.out;

		if (output.status != steps[i].status ||
		    !strstr(text, steps[i].says) ||
		    (!steps[i].says[0] && text[0]))
			fail_msg("%s: %d: %s%s", steps[i].command,
				 output.status, output.out, output.err);
		output_done(&output);
	}
}

/* Files a persona's ticket; its number. */
static char *file(const char *home, const char *persona)
{
	SCOPED(char_freep) char *digits = demo_ticket(home, persona, NULL);
	struct output output =
	    program_run(digits, "foyer record file --home %s", home);

	assert_int_equal(output.status, 0);
	output_done(&output);
	return demo_ask(home, "SELECT number FROM visit ORDER BY id DESC");
}

static void a_visitor_is_looked_up_made_and_known_again(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep) char *first = NULL;
	SCOPED(char_freep) char *second = NULL;
	SCOPED(char_freep) char *told = NULL;

	(void)state;
	demo_new(home);
	first = file(home, "gar-family-day6-ti");
	second = file(home, "information-only-fr");
	{
		SCOPED(char_freep)
		char *make = xasprintf("people from-visit %s", first);
		SCOPED(char_freep)
		char *ask = xasprintf("people from-visit %s", second);
		SCOPED(char_freep)
		char *attach =
		    xasprintf("people attach --confirmed %s P-1", second);
		SCOPED(char_freep)
		char *candidates = xasprintf("people candidates %s", first);
		SCOPED(char_freep)
		char *differences = xasprintf("people differences %s", second);
		SCOPED(char_freep)
		char *detach = xasprintf("people detach %s", second);
		const struct step steps[] = {
			{ "people find Selam", 0, "" },
			{ candidates, 0, "" },
			{ make, 0, "\"person\":1}" },
			{ make, 1, "the visit has its person" },
			{ ask, 1, "ask them, alone" },
			{ "people find selam 0142", 0,
			  "\"why\":[\"contact\",\"name\"]" },
			{ "people find ሰላም", 0, "\"number\":\"P-1\"" },
			{ "people find nobody", 0, "" },
			{ "people find", 2, "give what is known" },
			{ "people find --limit 0 x", 2, "whose value is none" },
			{ candidates, 0, "\"suggested\":true" },
			{ attach, 0, "\"person\":1}" },
			{ differences, 0, "\"told\":\"fr\"" },
			{ "people given 1", 0, "\"value\":\"Selam H\"" },
			{ detach, 0, "\"person\":null}" },
			{ detach, 1, "nothing to take back" },
			{ "people attach NO-1 P-1", 1, "no visit" },
			{ "people attach", 2, "give a ticket's number" },
			{ "people candidates x", 1, "named by their number" },
		};

		take_steps(home, steps, COUNT(steps));
	}
	told = demo_ask(home, "SELECT group_concat(source, ' ') FROM (SELECT"
			      " DISTINCT source FROM change WHERE kind ="
			      " 'person')");
	assert_string_equal(told, "self");
}

static void two_entries_are_merged_and_parted(void **state)
{
	static const struct step steps[] = {
		{ "people add birth_from=1990-05-01", 0, "\"id\":1" },
		{ "people add name person=1 latin=\"Fatima Hassan\"", 0,
		  "\"id\":1" },
		{ "people add birth_from=1990-05-01", 0, "\"id\":2" },
		{ "people add name person=2 latin=\"Fatemeh Hasan\"", 0,
		  "\"id\":2" },
		{ "people candidates 1", 0, "\"id\":2" },
		{ "people not-same 1 P-2", 0, "\"not\":\"P-2\"" },
		{ "people candidates 1 --all", 0, "" },
		{ "people merge 1 1", 1, "with themselves" },
		{ "people merge 1 9", 1, "no such person" },
		{ "people merge --reason papers 1 2", 0, "\"merged\":2}" },
		{ "people merge 1 2", 1, "merged into somebody else" },
		{ "people find fatemeh hasan", 0, "\"number\":\"P-1\"" },
		{ "people list merge", 0, "\"reason\":\"papers\"" },
		{ "people unmerge 2", 0, "\"unmerged\":2}" },
		{ "people unmerge 2", 1, "nothing to take back" },
		{ "people find fatemeh hasan", 0, "\"number\":\"P-2\"" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");

	(void)state;
	demo_new(home);
	take_steps(home, steps, COUNT(steps));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_visitor_is_looked_up_made_and_known_again),
		cmocka_unit_test(two_entries_are_merged_and_parted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
