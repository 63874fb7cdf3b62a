#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/agency.h"
#include "issue/issue.h"
#include "seal/agency_key.h"
#include "tests/support/cut.h"
#include "tests/support/folder.h"
#include "tests/support/forms.h"
#include "tests/support/slow.h"
#include "ticket/open.h"
#include "ticket/unpack.h"

#define MARKER "Zanzibar Marker" /* what the visitor wrote */
#define NOW 1782057600000

/* What a child that is killed has told before. */
struct told {
	uint32_t number; /* 0: none yet */
	bool confirmed;  /* the paper was out */
	bool sealed;
	struct wire wire; /* where sealed */
};

struct lobby_of_test {
	char *folder;
	struct home *home;
	struct lobby *lobby;
	struct agency_key *agency;
	struct form *form;
	struct slots *slots;
	struct run *run;
	struct told *told; /* shared with the child */
};

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static void put_agency(const struct lobby_of_test *test)
{
	SCOPED(char_freep)
	char *path = home_path(test->home, HOME_KEYS, AGENCY_FILE);
	struct card card = { .name = "A" };

	memcpy(card.key, agency_key_public(test->agency), KEY_BYTES);
	assert_int_equal(folder_make(home_folder(test->home, HOME_KEYS)),
			 FAULT_NONE);
	assert_int_equal(agency_file_write(path, &card), FAULT_NONE);
}

static int start(void **state)
{
	static const uint8_t secret[KEY_BYTES] = { 0x40 };
	struct lobby_of_test *test = xcalloc(1, sizeof *test);

	log_to(silent, NULL);
	test->folder = folder_new();
	assert_int_equal(home_open(test->folder, &test->home), FAULT_NONE);
	assert_int_equal(lobby_read(test->home, &test->lobby), FAULT_NONE);
	test->agency = agency_key_of_secret(secret, "A", 0);
	put_agency(test);
	test->form =
	    forms_of("<instance><data id='f'><name/></data></instance>",
		     "<input ref='/data/name'><label>n</label>"
		     "</input>");
	assert_int_equal(slots_new(test->form, &test->slots), FAULT_NONE);
	test->run = forms_run(test->form);
	assert_int_equal(forms_set(test->run, "/data/name", MARKER), RUN_TAKEN);
	test->told = mmap(NULL, sizeof *test->told, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(test->told != MAP_FAILED);
	*state = test;
	return 0;
}

static int stop(void **state)
{
	struct lobby_of_test *test = *state;

	munmap(test->told, sizeof *test->told);
	run_free(test->run);
	slots_free(test->slots);
	form_free(test->form);
	agency_key_free(test->agency);
	lobby_free(test->lobby);
	home_free(test->home);
	folder_remove(test->folder);
	free(test->folder);
	free(test);
	log_to(NULL, NULL);
	return 0;
}

/* In the child, from the word go to the paper in a hand. */
static void issue_one(void *to)
{
	struct lobby_of_test *test = to;
	struct issuer *issuer = NULL;
	struct issued issued = { 0 };
	enum issue_answer answer;
	uint32_t number;

	if (issuer_open(test->home, test->lobby, &issuer) ||
	    issuer_take(issuer, &number))
		_exit(1);
	test->told->number = number;
	if (issue_seal(issuer, test->slots, test->run, number, NOW, 0, &answer,
		       &issued) ||
	    answer != ISSUE_DONE)
		_exit(2);
	test->told->wire = issued.wire;
	test->told->sealed = true;
	if (issue_confirm(issuer))
		_exit(3);
	test->told->confirmed = true;
	issued_done(&issued);
	issuer_free(issuer);
}

/* --- looking at the disk -------------------------------------------------- */

static void assert_opens(const struct lobby_of_test *test,
			 const struct issuer *issuer, const struct wire *wire)
{
	SCOPED(run_freep) struct run *desk = forms_run(test->form);
	uint8_t plain[WIRE_PLAIN_MAX];
	enum unpack_answer answer;
	size_t length;

	assert_true(
	    wire_genuine(wire->bytes, wire->length, issuer_kiosk(issuer)));
	assert_int_equal(wire_open(wire->bytes, wire->length,
				   agency_key_secret(test->agency),
				   agency_key_public(test->agency),
				   issuer_kiosk(issuer), plain, &length),
			 OPEN_DONE);
	assert_int_equal(unpack(test->slots, plain, length, desk, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, UNPACK_DONE);
	assert_string_equal(forms_value(desk, "/data/name"), MARKER);
}

/* The ticket left behind is whole and the one that was sealed, or not there. */
static void assert_pending(const struct lobby_of_test *test,
			   struct issuer *issuer)
{
	SCOPED(char_freep)
	char *path = home_path(test->home, HOME_KIOSK, "pending");
	bool there = file_exists(path), found;
	struct issued issued = { 0 };

	assert_int_equal(issue_pending(issuer, &found, &issued), FAULT_NONE);
	assert_int_equal(found, there);
	if (test->told->sealed && !test->told->confirmed && found)
		assert_memory_equal(issued.wire.bytes, test->told->wire.bytes,
				    test->told->wire.length);
	if (test->told->confirmed)
		assert_false(found);
	if (found) {
		assert_int_equal(issued.sequence, test->told->number);
		assert_opens(test, issuer, &issued.wire);
	}
	issued_done(&issued);
	assert_int_equal(issue_confirm(issuer), FAULT_NONE);
}

/* After a cut: what the next start finds. Returns the number it would give. */
static uint32_t next_start(const struct lobby_of_test *test)
{
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	uint32_t number;

	assert_false(folder_holds(test->folder, MARKER));
	assert_int_equal(issuer_open(test->home, test->lobby, &issuer),
			 FAULT_NONE);
	assert_int_equal(issuer_state(issuer), ISSUER_READY);
	assert_pending(test, issuer);
	assert_int_equal(issuer_take(issuer, &number), FAULT_NONE);
	return number;
}

static void a_cut_at_any_moment_loses_and_repeats_nothing(void **state)
{
	struct lobby_of_test *test = *state;
	int step = (int)(100 / loops(100)), n = 1;
	uint32_t last = next_start(test); /* the key is made, a number given */
	enum cut cut;

	for (;; n += step) {
		uint32_t next;

		memset(test->told, 0, sizeof *test->told);
		cut = cut_at(n, issue_one, test);
		if (cut != CUT_OFF)
			break;
		if (test->told->number) {
			assert_true(test->told->number > last);
			last = test->told->number;
		}
		next = next_start(test);
		assert_true(next > last);
		last = next;
	}
	if (cut == CUT_CANNOT) {
		print_message("skipped: this machine does not allow ptrace\n");
		skip();
	}
	assert_true(test->told->confirmed);
	assert_true(n > 20); /* it was cut where files are written */
}

static void a_first_start_that_was_cut_begins_again(void **state)
{
	struct lobby_of_test *test = *state;
	SCOPED(char_freep)
	char *kiosk = xstrdup(home_folder(test->home, HOME_KIOSK));
	int step = (int)(100 / loops(100));
	enum cut cut = CUT_OFF;

	for (int n = 1; cut == CUT_OFF; n += step) {
		memset(test->told, 0, sizeof *test->told);
		folder_remove(kiosk);
		cut = cut_at(n, issue_one, test);
		if (cut == CUT_OFF)
			assert_true(next_start(test) > test->told->number);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_cut_at_any_moment_loses_and_repeats_nothing, start, stop),
		cmocka_unit_test_setup_teardown(
		    a_first_start_that_was_cut_begins_again, start, stop),
	};

	/* A kill leaves what was written in the page cache, so no disk needs
	 * to turn. */
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
