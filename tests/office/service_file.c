#include "base/file.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* `foyer report service-file`, at an invented agency of one service. */

static void expect(int status, const char *says, struct output output)
{
	if (output.status != status ||
	    (!strstr(output.out, says) && !strstr(output.err, says)))
		fail_msg("%d: %s%s", output.status, output.out, output.err);
	output_done(&output);
}

static char *begin(const char *folder)
{
	char *home = folder_file(folder, "home");

	demo_new(home);
	return home;
}

static void lay(const char *folder, const char *name, const char *column)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);
	SCOPED(char_freep)
	char *text = xasprintf("[profile]\ntitle = T\nconsent = count\n"
			       "[column A]\n%s\n",
			       column);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static struct output make(const char *home, const char *folder,
			  const char *profile, const char *typed,
			  const char *options)
{
	return program_run(typed,
			   "foyer report service-file --home %s --month "
			   "2026-10 --profile %s/%s %s",
			   home, folder, profile, options);
}

static bool has(const char *home, const char *name)
{
	SCOPED(char_freep) char *path = folder_file(home, name);

	return file_exists(path);
}

static void a_profile_has_files_of_its_own_and_none_of_an_old_run(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = begin(folder);
	SCOPED(char_freep)
	char *old = folder_file(
	    home, "exports/foyer-services_one_2026-10_rejected.xlsx");

	(void)state;
	lay(folder, "one.ini", "source = 'x'");
	lay(folder, "two.ini", "source = 'y'");
	expect(0, "foyer-services_one_2026-10.csv",
	       make(home, folder, "one.ini", "", ""));
	assert_int_equal(file_write(old, "", 0, 0600), FAULT_NONE);
	expect(0, "foyer-services_two_2026-10.csv",
	       make(home, folder, "two.ini", "", ""));
	assert_true(has(home, "exports/foyer-services_one_2026-10.csv"));
	assert_true(file_exists(old));
	expect(0, "foyer-services_one_2026-10.json",
	       make(home, folder, "one.ini", "", "--format json"));
	expect(0, "prints/foyer-services-one-2026-10-en-",
	       make(home, folder, "one.ini", "", "--format pdf"));
	expect(0, "\"rejected\":null", make(home, folder, "one.ini", "", ""));
	assert_false(file_exists(old));
}

static void where_people_sign_in_only_a_supervisor_makes_one(void **state)
{
	static const char user[] = "--user Nour --passphrase-fd 0";
	static const char typed[] = "quiet lamp seven rivers\n";
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = begin(folder);
	SCOPED(char_freep) char *key = demo_passphrase(home);
	SCOPED(char_freep) char *both = xasprintf("%s\n%s", key, typed);

	(void)state;
	lay(folder, "one.ini", "source = 'x'");
	expect(0, "",
	       program_run(both,
			   "foyer user add --home %s --passphrase-fd 0 --roles "
			   "administrator,worker Nour",
			   home));
	expect(1, "--user NAME", make(home, folder, "one.ini", "", ""));
	expect(1, "for a supervisor",
	       make(home, folder, "one.ini", typed, user));
	assert_false(has(home, "exports/foyer-services_one_2026-10.csv"));
	expect(0, "",
	       program_run("",
			   "foyer user roles --home %s --roles "
			   "administrator,supervisor Nour",
			   home));
	expect(0, "\"rows\":", make(home, folder, "one.ini", typed, user));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_profile_has_files_of_its_own_and_none_of_an_old_run),
		cmocka_unit_test(
		    where_people_sign_in_only_a_supervisor_makes_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
