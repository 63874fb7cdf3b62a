#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* Each after the one before it, in a home of its own. */
static const struct {
	const char *command;
	int status;
	const char *says;
} steps[] = {
	{ "people add birth_from=1990", 0, "\"id\":1" },
	{ "assess new --what first --day 2026-01-10 1", 0, "\"number\":1" },
	{ "assess say --source seen --note lease 1 HOU=crisis INC=C LAN=T", 0,
	  "\"suggested\":\"intensive\",\"pressing\":[\"HOU\",\"INC\"]" },
	{ "assess say 1 HOU=bad", 2, "a level is HOU=crisis" },
	{ "assess say 1 INF=C", 1, "this value does not fit" },
	{ "assess sign 1", 0, "\"next_due\":\"2026-04-10\"" },
	{ "assess say 1 HOU=S", 1, "it is signed or removed" },
	{ "assess change assessment 1 note=later", 1, "it is signed" },
	{ "list overdue-assessments", 0, "\"due\":\"2026-04-10\"" },
	{ "list stream-suggested", 0, "\"reasons\":" },
	{ "assess new --what reassessment --day 2026-04-02 1", 0,
	  "\"LAN\":{\"level\":\"thriving\",\"source\":\"seen\","
	  "\"unchanged\":true" },
	{ "assess say --strengths landlord 2 HOU=vulnerable", 0,
	  "\"unchanged\":false" },
	{ "assess compare 2", 0,
	  "\"strengths_before\":null,\"strengths_after\":\"landlord\"" },
	{ "assess compare 2", 0,
	  "{\"domain\":\"HOU\",\"before\":\"crisis\",\"after\":\"vulnerable\","
	  "\"change\":\"better\"" },
	{ "assess compare 2 1", 0, "\"change\":\"worse\"" },
	{ "assess compare 9", 1, "there is none" },
	{ "assess read 9", 1, "there is none" },
	{ "plan goal --step \"Call the co-op\" --step-due 2026-01-12 1 HOU "
	  "\"A warm home\"",
	  0, "\"next\":1" },
	{ "plan goal 1 XYZ words", 2, "needs are SAF HOU" },
	{ "plan add step goal=1 person=1 action=Visit", 0, "\"id\":2" },
	{ "plan next 2", 0, "\"action\":\"Visit\"" },
	{ "plan show goal 1", 0, "\"next\":2" },
	{ "plan move step 2 done", 0, "\"state\":\"done\"" },
	{ "plan show goal 1", 0, "\"next\":1" },
	{ "plan next 2", 1, "this value does not fit" },
	{ "list overdue-steps", 0, "Call the co-op" },
	{ "plan move goal 1 blocked", 1, "does not fit" },
	{ "plan move --reason \"no place free\" goal 1 blocked", 0,
	  "\"reason\":\"no place free\"" },
	{ "list blocked-goals", 0, "no place free" },
	{ "plan template 1 first-30-days", 0, "\"opened\":7" },
	{ "plan template --lang fr 1 first-30-days", 0, "\"opened\":0" },
	{ "plan template 1 no-such", 3, "no-such.csv" },
	{ "plan stream --reason agreed 1 active", 0, "\"state\":\"active\"" },
	{ "plan stream 1 screened", 1, "its life-cycle" },
	{ "plan goal 0 HOU words", 2, "give an id" },
};

static void a_case_is_assessed_planned_and_followed(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	struct output made =
	    program_run("", "foyer demo new --home %s/h", home);

	(void)state;
	assert_int_equal(made.status, 0);
	output_done(&made);
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct output output = program_run("", "foyer %s --home %s/h",
						   steps[i].command, home);
		const char *said = steps[i].status ? output.err : output.out;

		if (output.status != steps[i].status ||
		    !strstr(said, steps[i].says))
			print_error("%s: %s%s\n", steps[i].command, output.out,
				    output.err);
		assert_int_equal(output.status, steps[i].status);
		assert_non_null(strstr(said, steps[i].says));
		output_done(&output);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_is_assessed_planned_and_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
