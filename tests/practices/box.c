#include "tests/test.h"

#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/boxed.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "vault/call.h"

/* Agencies without a network, and those where one person does it all. */

static struct output run_well(const char *input, const char *command)
{
	struct output output = program_run(input, "%s", command);

	if (output.status)
		fail_msg("%s: %s", command, output.err);
	return output;
}

static void run(const char *command)
{
	struct output output = run_well("", command);

	output_done(&output);
}

/* The whole way once, in a name space that has no network, not even its own:
 * agency, ticket, record, backup and back. */
static void go_the_whole_way(const char *home)
{
	SCOPED(char_freep) char *digits = NULL;
	SCOPED(char_freep)
	char *filing = xasprintf("foyer record file --home %s", home);
	SCOPED(char_freep)
	char *backup = xasprintf("foyer record backup --home %s -o %s/b.backup",
				 home, home);
	SCOPED(char_freep)
	char *restore = xasprintf(
	    "foyer record restore --home %s --replace %s/b.backup", home, home);
	struct output filed;

	demo_new(home);
	digits = demo_ticket(home, "claimant-shelter-es", NULL);
	filed = run_well(digits, filing);
	assert_non_null(strstr(filed.out, "\"filed\""));
	output_done(&filed);
	run(backup);
	run(restore);
}

static void row_64_everything_works_where_there_is_no_network(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");

	(void)state;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) && unshare(CLONE_NEWNET)) {
		print_message("a network cannot be taken away here: not "
			      "shown\n");
		skip();
	}
	go_the_whole_way(home);
}

/* --- one box ----------------------------------------------------------------
 */

static char *unit(const char *name)
{
	SCOPED(char_freep)
	char *path =
	    xasprintf("%s/kiosk-image/%s", getenv("FOYER_SOURCE"), name);
	struct bytes text = { 0 };

	assert_int_equal(file_read(path, 1 << 16, &text), FAULT_NONE);
	return bytes_take_text(&text);
}

static void holds(const char *text, const char *line)
{
	if (!strstr(text, line))
		fail_msg("not there: %s", line);
}

/* What somebody else of the machine hears from the desk's helper. */
static enum vault_heard ask_as(uid_t user, const char *socket)
{
	const struct vault_request request = { .verb = VAULT_ASK };
	struct vault_answer answer;
	enum vault_heard heard;
	int status;
	pid_t child = fork();

	if (!child) {
		struct vault_call *call;

		if (setgroups(0, NULL) || setuid(user))
			_exit(VAULT_SILENT + 1);
		call = vault_call_new(socket, &request);
		while ((heard = vault_call_look(call, &answer)) ==
		       VAULT_WAITING)
			usleep(1000);
		_exit((int)heard);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return (enum vault_heard)WEXITSTATUS(status);
}

static void row_77_kiosk_and_desk_share_a_box_and_no_data(void **state)
{
	SCOPED(char_freep)
	char *desk =
	    unit("variants/single/tree/etc/systemd/system/foyer-desk.service");
	SCOPED(char_freep)
	char *vault =
	    unit("variants/single/tree/etc/systemd/system/foyer-vault.service");
	SCOPED(char_freep)
	char *folder =
	    unit("variants/single/tree/etc/tmpfiles.d/foyer-desk.conf");
	SCOPED(char_freep)
	char *kiosk =
	    unit("variants/single/tree/etc/systemd/system/foyer-kiosk.service");
	struct boxed boxed;

	(void)state;
	/* Two users, of whom one alone has the desk's folder and its helper;
	 * one screen, which the kiosk has again once the desk was left. */
	holds(kiosk, "\nUser=foyer\n");
	holds(desk, "\nUser=desk\n");
	holds(kiosk, "\nOnSuccess=foyer-desk.service\n");
	holds(kiosk, "\nInaccessiblePaths=-/desk -/run/foyer-vault\n");
	holds(desk, "\nOnSuccess=foyer-kiosk.service\n");
	holds(desk, "\nOnFailure=foyer-kiosk.service\n");
	holds(vault, " --mount /desk --user desk ");
	holds(folder, "d /desk 0700 desk desk ");
	if (getuid())
		return;
	/* Anybody may walk to the socket here, and is not answered. */
	boxed_init(&boxed);
	assert_int_equal(chmod(boxed.safe.folder, 0755), 0);
	assert_int_equal(chmod(boxed.socket, 0666), 0);
	assert_int_equal(ask_as(0, boxed.socket), VAULT_HEARD);
	assert_int_equal(ask_as(65534, boxed.socket), VAULT_SILENT);
	boxed_done(&boxed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_77_kiosk_and_desk_share_a_box_and_no_data),
		/* Last: the network does not come back. */
		cmocka_unit_test(
		    row_64_everything_works_where_there_is_no_network),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
