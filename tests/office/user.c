#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"

/* Users made and changed as whoever sets up an agency would. */

static void expect(int status, const char *words, struct output output)
{
	if (output.status != status ||
	    (!strstr(output.out, words) && !strstr(output.err, words)))
		fail_msg("%d: %s%s", output.status, output.out, output.err);
	output_done(&output);
}

static void users_are_added_changed_and_sent_away(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep) char *key = NULL;
	SCOPED(char_freep) char *ana = NULL;
	SCOPED(char_freep) char *wrong = NULL;

	(void)state;
	demo_new(home);
	key = demo_passphrase(home);
	ana = xasprintf("%s\nthe words of ana\n", key);
	wrong = xasprintf("no words of the key\nthe words of ana\n");
	expect(1, "not the passphrase of a key here",
	       program_run(wrong,
			   "foyer user add --home %s --roles worker "
			   "--passphrase-fd 0 Ana",
			   home));
	expect(1, "`foyer agency add team",
	       program_run(ana,
			   "foyer user add --home %s --teams East "
			   "--passphrase-fd 0 Ana",
			   home));
	expect(
	    0, "\"team\"",
	    program_run("", "foyer agency add team name=East --home %s", home));
	expect(0, "\"name\":\"Ana\"",
	       program_run(ana,
			   "foyer user add --home %s --roles worker,safety "
			   "--teams East --passphrase-fd 0 Ana",
			   home));
	expect(0,
	       "\"name\":\"Ana\",\"roles\":[\"administrator\",\"worker\","
	       "\"safety\"],\"teams\":[1],\"signs_in\":true,"
	       "\"holds_key\":true,\"disabled\":false,\"failed\":0,"
	       "\"last_access\":null",
	       program_run("", "foyer user list --home %s", home));
	/* No key, so no passphrase of the key; and six words are made. */
	expect(0, "shown this once",
	       program_run("", "foyer user add --home %s --roles auditor Uli",
			   home));
	expect(1, "12 characters or more",
	       program_run("short\n",
			   "foyer user add --home %s --passphrase-fd 0 Eva",
			   home));
	expect(1, "the last administrator",
	       program_run("", "foyer user roles --home %s --roles worker Ana",
			   home));
	expect(1, "roles are reception,",
	       program_run("", "foyer user roles --home %s --roles king Uli",
			   home));
	expect(1, "not this user's passphrase",
	       program_run("some other words\nthe newer words\n",
			   "foyer user passphrase --home %s --passphrase-fd 0 "
			   "Ana",
			   home));
	expect(0, "",
	       program_run("the words of ana\nthe newer words\n",
			   "foyer user passphrase --home %s --passphrase-fd 0 "
			   "Ana",
			   home));
	expect(0, "",
	       program_run(ana,
			   "foyer user passphrase --home %s --reset "
			   "--passphrase-fd 0 Ana",
			   home));
	expect(0, "",
	       program_run("", "foyer user disable --home %s Uli", home));
	expect(0,
	       "\"name\":\"Uli\",\"roles\":[\"auditor\"],\"teams\":[],"
	       "\"signs_in\":true,\"holds_key\":false,\"disabled\":true",
	       program_run("", "foyer user list --home %s", home));
	expect(1, "there is no such user",
	       program_run("", "foyer user disable --home %s Nobody", home));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(users_are_added_changed_and_sent_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
