#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"

/* `foyer kiosk renew` and `pin`, in an invented agency's home of its own. */
#define ENDS 10000 /* ms for a program to end */

struct booth {
	char *folder, *home;
};

static int start(void **state)
{
	struct booth *booth = xcalloc(1, sizeof *booth);
	struct output output;

	booth->folder = folder_new();
	booth->home = folder_file(booth->folder, "home");
	output = program_run("", "foyer demo new --home %s", booth->home);
	if (output.status)
		fail_msg("%s", output.err);
	output_done(&output);
	*state = booth;
	return 0;
}

static int stop(void **state)
{
	struct booth *booth = *state;

	folder_remove(booth->folder);
	free(booth->folder);
	free(booth->home);
	free(booth);
	return 0;
}

/* What `foyer kiosk show` says; the caller frees it. */
static char *shown(const struct booth *booth)
{
	struct output output =
	    program_run("", "foyer kiosk show --home %s", booth->home);

	assert_int_equal(output.status, 0);
	free(output.err);
	return output.out;
}

static void does(const struct booth *booth, const char *words, int status,
		 const char *says)
{
	struct output output =
	    program_run("", "foyer kiosk %s --home %s", words, booth->home);

	if (output.status != status || !strstr(output.err, says))
		fail_msg("%d: %s%s", output.status, output.out, output.err);
	output_done(&output);
}

static char *kiosk_file(const struct booth *booth, const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("kiosk/%s", name);

	return folder_file(booth->home, path);
}

static void a_key_that_serves_is_not_renewed(void **state)
{
	const struct booth *booth = *state;
	SCOPED(char_freep) char *before = shown(booth);

	does(booth, "renew", 1, "--force");
	SCOPED(char_freep) char *after = shown(booth);
	assert_string_equal(after, before);
	does(booth, "renew --force", 0, "");
	SCOPED(char_freep) char *forced = shown(booth);
	assert_string_not_equal(forced, before);
}

static void one_whose_numbers_are_lost_is(void **state)
{
	const struct booth *booth = *state;
	SCOPED(char_freep) char *numbers = kiosk_file(booth, "seq.state");
	SCOPED(char_freep) char *before = shown(booth);

	assert_int_equal(file_write(numbers, "damaged", 7, 0600), FAULT_NONE);
	does(booth, "renew", 0, "");
	SCOPED(char_freep) char *after = shown(booth);
	assert_string_not_equal(after, before);
}

/* A ticket is issued, and its picture cannot be written. */
static void issue_without_paper(const struct booth *booth)
{
	SCOPED(char_freep) char *answers = folder_file(booth->folder, "a.json");
	struct output output;

	assert_int_equal(file_write(answers, "{\"B1\": \"YES\"}", 13, 0600),
			 FAULT_NONE);
	output = program_run("",
			     "foyer ticket issue --home %s --form intake "
			     "--answers %s -o %s/none/t.png",
			     booth->home, answers, booth->folder);
	if (output.status != 3)
		fail_msg("%s%s", output.out, output.err);
	output_done(&output);
}

static void nothing_is_renewed_while_a_ticket_waits(void **state)
{
	const struct booth *booth = *state;
	SCOPED(char_freep) char *before = shown(booth);
	SCOPED(char_freep) char *waiting = NULL;

	issue_without_paper(booth);
	does(booth, "renew --force", 1, "a ticket waits for its paper");
	SCOPED(char_freep) char *after = shown(booth);
	assert_string_equal(after, before);
	waiting = kiosk_file(booth, "waiting-1");
	assert_true(file_exists(waiting));
}

/* The program at a terminal, with what is answered there. */
static void answer(const struct booth *booth, const char *verb,
		   const char *more, const char *question, const char *keys)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer", getenv("FOYER_BUILD"));
	const char *argv[] = { program,     "kiosk", verb, "--home",
			       booth->home, more,    NULL };
	struct pty *pty = pty_start(argv, NULL, 24, 100);

	assert_true(pty_expect(pty, "fingerprint", ENDS));
	assert_true(pty_expect(pty, question, ENDS));
	pty_send(pty, keys);
	pty_wait(pty, ENDS);
	pty_stop(pty);
}

/* Another agency's key lies where this one's did. */
static void offer_another(const struct booth *booth)
{
	SCOPED(char_freep) char *other = folder_file(booth->folder, "other");
	SCOPED(char_freep) char *from = folder_file(other, "keys/agency.pub");
	SCOPED(char_freep)
	char *to = folder_file(booth->home, "keys/agency.pub");
	struct output output =
	    program_run("", "foyer demo new --home %s", other);
	struct bytes key = { 0 };

	assert_int_equal(output.status, 0);
	output_done(&output);
	assert_int_equal(file_read(from, 4096, &key), FAULT_NONE);
	assert_int_equal(file_write(to, key.data, key.length, 0600),
			 FAULT_NONE);
	bytes_done(&key);
}

static void at_a_terminal_a_renewal_shows_the_key_and_asks(void **state)
{
	const struct booth *booth = *state;
	SCOPED(char_freep) char *before = shown(booth);

	answer(booth, "renew", "--force", "Is this key to go?", "n\r");
	SCOPED(char_freep) char *kept = shown(booth);
	assert_string_equal(kept, before);
	answer(booth, "renew", "--force", "Is this key to go?", "y\r");
	SCOPED(char_freep) char *renewed = shown(booth);
	assert_string_not_equal(renewed, before);
}

static void and_a_pin_shows_the_agencys(void **state)
{
	const struct booth *booth = *state;
	SCOPED(char_freep) char *before = shown(booth);
	SCOPED(char_freep)
	char *offered = folder_file(booth->home, "keys/agency.pub");

	offer_another(booth);
	answer(booth, "pin", NULL, "print the same fingerprint?", "n\r");
	SCOPED(char_freep) char *kept = shown(booth);
	assert_string_equal(kept, before);
	answer(booth, "pin", NULL, "print the same fingerprint?", "y\r");
	SCOPED(char_freep) char *pinned = shown(booth);
	assert_string_not_equal(pinned, before);
	assert_int_equal(file_remove(offered), FAULT_NONE);
	does(booth, "pin", 1, "there is no keys/agency.pub");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_key_that_serves_is_not_renewed),
		TEST(one_whose_numbers_are_lost_is),
		TEST(nothing_is_renewed_while_a_ticket_waits),
		TEST(at_a_terminal_a_renewal_shows_the_key_and_asks),
		TEST(and_a_pin_shows_the_agencys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
