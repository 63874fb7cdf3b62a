#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/directory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* In a step, @ is the folder of the test. */
static char *filled(const char *text, const char *folder)
{
	const char *at = strchr(text, '@');

	return at ? xasprintf("%.*s%s%s", (int)(at - text), text, folder,
			      at + 1)
		  : xstrdup(text);
}

static void
a_directory_comes_in_is_searched_and_leads_to_a_referral(void **state)
{
	static const struct {
		const char *command;
		int status;
		const char *says;
	} steps[] = {
		{ "directory check @/in", 0,
		  "{\"imported\":false,\"organization\":{\"added\":1},"
		  "\"service\":{\"added\":2}}" },
		{ "directory search", 0, "\"found\":0" },
		{ "directory import @/in", 0, "\"imported\":true" },
		{ "directory import @/in --check", 0, "{\"imported\":false}" },
		{ "directory import @/none", 1, "datapackage.json: not there" },
		{ "directory search coats --fresh", 0,
		  "{\"found\":0,\"shown\":0,\"left_out_as_stale\":1" },
		{ "directory checked 2", 0, "" },
		{ "directory checked 9", 1, "no service" },
		{ "directory search coats --fresh", 0, "\"found\":1" },
		{ "directory tag 1 need:HOU", 0, "" },
		{ "directory tag 1 need:XYZ", 1, "foyer directory codes" },
		{ "directory add --name Mentor", 2, "--organization" },
		{ "directory add --name Mentor --organization Us --codes "
		  "informal:mentor",
		  0, "{\"id\":3}" },
		{ "directory show 1", 0, "\"terms\":[\"need:HOU\"]" },
		{ "directory publish", 0,
		  "{\"published\":2,\"kept_for_staff\":1,\"shut\":0,"
		  "\"left_out_as_stale\":0,\"not_marked\":0}" },
		{ "card prepare @/card", 0, "/card/services.json\n" },
		{ "people add language=en", 0, "\"id\":1" },
		{ "directory search --person 1 --need HOU", 0, "Welcome desk" },
		{ "directory search --need need:HOU", 0, "Welcome desk" },
		{ "directory search --need XYZ", 1, "directory codes" },
		{ "refer make --person 1 --service 1 --need HOU", 0,
		  "\"state\":\"proposed\"" },
		{ "refer make --person 1", 1, "referral: service" },
		{ "refer move 1 made", 1, "does not fit" },
		{ "refer agreed 1", 0, "\"state\":\"consented\"" },
		{ "refer close 1 tired", 1, "closed_as" },
		{ "refer close 1 full", 0, "\"closed_as\":\"full\"" },
		{ "directory print 1 -o @/p.pdf", 0, "p.pdf" },
		{ "directory export @/out", 0, "files" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *in = folder_file(folder, "in");
	struct output made =
	    program_run("", "foyer demo new --home %s/h", folder);

	(void)state;
	assert_int_equal(made.status, 0);
	output_done(&made);
	directory_small(in);
	for (size_t i = 0; i < COUNT(steps); i++) {
		SCOPED(char_freep)
		char *command = filled(steps[i].command, folder);
		struct output output =
		    program_run("", "foyer %s --home %s/h", command, folder);
		const char *text = steps[i].status ? output.err : output.out;

		if (output.status != steps[i].status ||
		    !strstr(text, steps[i].says))
			print_error("%s: %s%s\n", command, output.out,
				    output.err);
		assert_int_equal(output.status, steps[i].status);
		assert_non_null(strstr(text, steps[i].says));
		output_done(&output);
	}
	assert_true(folder_holds(folder, "2,o1,Winter coats,active,20"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_directory_comes_in_is_searched_and_leads_to_a_referral),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
