#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/home.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* What a new colleague learns with. */

static void
row_75_training_is_made_up_and_marked_with_a_tour_and_a_card(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *demo = folder_file(folder, "training");
	SCOPED(char_freep) char *card = folder_file(folder, "card.pdf");
	SCOPED(home_freep) struct home *home = NULL;
	struct output output =
	    program_run("", "foyer demo new --shape pilot --home %s", demo);
	size_t steps = 0;

	(void)state;
	assert_int_equal(output.status, 0);
	output_done(&output);
	assert_int_equal(home_open(demo, &home), FAULT_NONE);
	assert_true(home_is_demo(home)); /* every screen and page says so */

	output = program_run("", "foyer demo tour --home %s", demo);
	assert_int_equal(output.status, 0);
	for (const char *at = output.out; (at = strchr(at, '\n')); at++)
		steps++;
	assert_int_equal(steps, 10); /* of a minute each */
	assert_non_null(strstr(output.out, "foyer-desk --training"));
	output_done(&output);

	output = program_run("", "foyer demo card --home %s -o %s", demo, card);
	assert_int_equal(output.status, 0);
	assert_true(file_exists(card));
	output_done(&output);
	output = program_run("", "foyer-desk --help");
	assert_non_null(strstr(output.out, "--training"));
	output_done(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    row_75_training_is_made_up_and_marked_with_a_tour_and_a_card),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
