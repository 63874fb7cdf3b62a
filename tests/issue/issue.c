#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "issue/agency.h"
#include "issue/issue.h"
#include "issue/waiting.h"
#include "seal/agency_key.h"
#include "tests/support/child.h"
#include "tests/support/folder.h"
#include "tests/support/forms.h"
#include "tests/support/logged.h"
#include "ticket/frame.h"
#include "ticket/unpack.h"

#define NOW 1782057600000 /* 2026-06-21 16:00 UTC */

struct place {
	char *folder;
	struct home *home;
	struct lobby *lobby;
	struct form *form;
	struct slots *slots;
	struct run *run;
};

static void put_agency(const struct place *place, uint8_t first)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_KEYS, AGENCY_FILE);
	const uint8_t secret[KEY_BYTES] = { first };
	SCOPED(agency_key_freep)
	struct agency_key *key = agency_key_of_secret(secret, "Maison", 0);
	struct card card = { .name = "Maison" };

	memcpy(card.key, agency_key_public(key), KEY_BYTES);
	assert_int_equal(folder_make(home_folder(place->home, HOME_KEYS)),
			 FAULT_NONE);
	assert_int_equal(agency_file_write(path, &card), FAULT_NONE);
}

static int start(void **state)
{
	struct place *place = xcalloc(1, sizeof *place);

	place->folder = folder_new();
	assert_int_equal(home_open(place->folder, &place->home), FAULT_NONE);
	assert_int_equal(lobby_read(place->home, &place->lobby), FAULT_NONE);
	place->form = forms_of(
	    "<instance><data id='f'><name/><story/></data></instance>",
	    "<input ref='/data/name'><label>n</label></input>"
	    "<input ref='/data/story' appearance='multiline'><label>s</label>"
	    "</input>");
	assert_int_equal(slots_new(place->form, &place->slots), FAULT_NONE);
	place->run = forms_run(place->form);
	put_agency(place, 8);
	logged_start();
	*state = place;
	return 0;
}

static int stop(void **state)
{
	struct place *place = *state;

	logged_stop();
	run_free(place->run);
	slots_free(place->slots);
	form_free(place->form);
	lobby_free(place->lobby);
	home_free(place->home);
	folder_remove(place->folder);
	free(place->folder);
	free(place);
	return 0;
}

static struct issuer *opened(const struct place *place)
{
	struct issuer *issuer = NULL;

	assert_int_equal(issuer_open(place->home, place->lobby, &issuer),
			 FAULT_NONE);
	return issuer;
}

static char *kiosk_file(const struct place *place, const char *name)
{
	return home_path(place->home, HOME_KIOSK, name);
}

static void drop(const struct place *place, const char *name)
{
	SCOPED(char_freep) char *path = kiosk_file(place, name);

	assert_int_equal(unlink(path), 0);
}

static bool there(const struct place *place, const char *name)
{
	SCOPED(char_freep) char *path = kiosk_file(place, name);

	return file_exists(path);
}

static enum fault seal(const struct place *place, struct issuer *issuer,
		       enum issue_answer *answer, struct issued *issued)
{
	uint32_t number;
	enum fault fault = issuer_take(issuer, &number);

	return fault ? fault
		     : issue_seal(issuer, place->slots, place->run, number, NOW,
				  0, answer, issued);
}

static void the_first_start_makes_a_key_that_stays(void **state)
{
	const struct place *place = *state;
	struct issuer *issuer = opened(place);
	uint8_t key[KEY_BYTES];

	assert_int_equal(issuer_state(issuer), ISSUER_READY);
	assert_string_equal(issuer_agency_label(issuer), "Maison");
	memcpy(key, issuer_kiosk(issuer), KEY_BYTES);
	issuer_free(issuer);
	issuer = opened(place);
	assert_memory_equal(issuer_kiosk(issuer), key, KEY_BYTES);
	issuer_free(issuer);
}

static void its_enrolment_is_a_card_that_a_desk_takes(void **state)
{
	SCOPED(issuer_freep) struct issuer *issuer = opened(*state);
	struct bytes digits = { 0 };
	struct frame frame;
	struct card card;

	issuer_enrolment(issuer, &digits);
	assert_int_equal(frame_read((char *)digits.data, digits.length, &frame),
			 FRAME_READ);
	assert_int_equal(frame.magic, FRAME_ENROLMENT);
	assert_int_equal(
	    card_read(KEY_KIOSK, frame.payload, frame.length, &card),
	    CARD_GOOD);
	assert_memory_equal(card.key, issuer_kiosk(issuer), KEY_BYTES);
	assert_string_equal(card.name, "K1");
	bytes_done(&digits);
}

static void a_ticket_is_pending_until_it_is_in_a_hand(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	struct issued issued = { 0 }, again = { 0 };
	enum issue_answer answer;
	bool found;

	assert_int_equal(seal(place, issuer, &answer, &issued), FAULT_NONE);
	assert_int_equal(answer, ISSUE_DONE);
	assert_string_equal(issued.number, "K1-0001");
	assert_int_equal(issued.minutes, NOW / 60000);
	assert_int_equal(issued.wire.length, 249);
	assert_int_equal(issued.digits.length, 628);
	assert_true(wire_genuine(issued.wire.bytes, issued.wire.length,
				 issuer_kiosk(issuer)));
	assert_int_equal(issue_pending(issuer, &found, &again), FAULT_NONE);
	assert_true(found);
	assert_string_equal((char *)again.digits.data,
			    (char *)issued.digits.data);
	assert_int_equal(again.minutes, -1); /* the date is not known */
	issued_done(&again);
	issued_done(&issued);
	assert_int_equal(issue_confirm(issuer), FAULT_NONE);
	assert_int_equal(issue_pending(issuer, &found, &again), FAULT_NONE);
	assert_false(found);
	assert_int_equal(issue_confirm(issuer), FAULT_NONE); /* twice is fine */
}

/* Whoever keeps for a process that cannot, and what it was given. */
struct desk_drawer {
	struct bytes kept;
	int dropped;
	enum fault fault;
};

static enum fault keep(void *to, const void *wire, size_t length)
{
	struct desk_drawer *drawer = to;

	bytes_add(&drawer->kept, wire, length);
	return drawer->fault;
}

static enum fault let_go(void *to)
{
	struct desk_drawer *drawer = to;

	drawer->dropped++;
	return drawer->fault;
}

static void a_ticket_is_kept_by_whom_it_is_entrusted_to(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	struct desk_drawer drawer = { 0 };
	struct issued issued = { 0 }, again = { 0 };
	enum issue_answer answer;
	bool found;

	issuer_entrust(issuer, (struct issue_keeper){ .keep = keep,
						      .drop = let_go,
						      .to = &drawer });
	assert_int_equal(seal(place, issuer, &answer, &issued), FAULT_NONE);
	assert_int_equal(drawer.kept.length, issued.wire.length);
	assert_memory_equal(drawer.kept.data, issued.wire.bytes,
			    issued.wire.length);
	issued_done(&issued);
	assert_int_equal(issue_pending(issuer, &found, &again), FAULT_NONE);
	assert_false(found);
	assert_int_equal(issue_confirm(issuer), FAULT_NONE);
	assert_int_equal(drawer.dropped, 1);
	drawer.fault = FAULT_SYSTEM;
	assert_int_equal(seal(place, issuer, &answer, &issued), FAULT_SYSTEM);
	assert_int_equal(issue_confirm(issuer), FAULT_SYSTEM);
	bytes_done(&drawer.kept);
}

static void only_a_sealed_ticket_of_its_number_is_kept(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	struct issued issued = { 0 }, again = { 0 };
	enum issue_answer answer;
	bool found;

	assert_int_equal(issue_keep(issuer, 1, "my name", 7), FAULT_FORMAT);
	assert_int_equal(issue_pending(issuer, &found, &again), FAULT_NONE);
	assert_false(found);
	assert_int_equal(seal(place, issuer, &answer, &issued), FAULT_NONE);
	assert_int_equal(issue_confirm(issuer), FAULT_NONE);
	assert_int_equal(issue_keep(issuer, issued.sequence, issued.wire.bytes,
				    issued.wire.length),
			 FAULT_NONE);
	assert_int_equal(issue_confirm(issuer), FAULT_NONE);
	assert_int_equal(issue_keep(issuer, issued.sequence + 1,
				    issued.wire.bytes, issued.wire.length),
			 FAULT_FORMAT);
	assert_int_equal(issue_pending(issuer, &found, &again), FAULT_NONE);
	assert_false(found);
	issued.wire.bytes[issued.wire.length - 1] ^= 1;
	assert_int_equal(issue_keep(issuer, issued.sequence, issued.wire.bytes,
				    issued.wire.length),
			 FAULT_FORMAT);
	issued_done(&issued);
}

static void rubbish_that_is_pending_is_swept_away(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	SCOPED(char_freep) char *path = kiosk_file(place, "pending");
	SCOPED(char_freep) char *half = kiosk_file(place, "pending.new");
	struct issued issued = { 0 };
	enum issue_answer answer;
	bool found = true;

	assert_int_equal(seal(place, issuer, &answer, &issued), FAULT_NONE);
	issued.wire.bytes[60] ^= 1;
	assert_int_equal(
	    file_write(path, issued.wire.bytes, issued.wire.length, 0600),
	    FAULT_NONE);
	issued_done(&issued);
	assert_int_equal(issue_pending(issuer, &found, &issued), FAULT_NONE);
	assert_false(found);
	assert_false(there(place, "pending"));
	assert_int_equal(file_write(half, "x", 1, 0600), FAULT_NONE);
	issuer_free(issuer);
	issuer = opened(place);
	assert_false(there(place, "pending.new"));
}

static void answers_that_do_not_fit_issue_nothing(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	struct issued issued = { 0 };
	enum issue_answer answer;
	char name[200];

	for (size_t i = 0; i < sizeof name - 1; i++)
		name[i] = (char)('!' + i * i * 7 % 93);
	name[sizeof name - 1] = 0;
	assert_int_equal(forms_set(place->run, "/data/name", name), RUN_TAKEN);
	assert_int_equal(seal(place, issuer, &answer, &issued), FAULT_NONE);
	assert_int_equal(answer, ISSUE_TOO_LONG);
	assert_false(there(place, "pending"));
}

static void a_clock_that_was_never_set_leaves_the_date_blank(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	struct issued issued = { 0 };
	enum issue_answer answer;
	uint32_t number;

	assert_int_equal(issuer_take(issuer, &number), FAULT_NONE);
	assert_int_equal(issue_seal(issuer, place->slots, place->run, number,
				    60000, 0, &answer, &issued),
			 FAULT_NONE);
	assert_int_equal(issued.minutes, -1);
	issued_done(&issued);
}

/* --- what stops it -------------------------------------------------------- */

static void without_an_agency_key_nothing_is_issued(void **state)
{
	const struct place *place = *state;
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_KEYS, AGENCY_FILE);
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	uint32_t number;

	assert_int_equal(unlink(path), 0);
	issuer = opened(place);
	assert_int_equal(issuer_state(issuer), ISSUER_NO_AGENCY_KEY);
	assert_null(issuer_agency(issuer));
	assert_int_equal(issuer_take(issuer, &number), FAULT_SYSTEM);
	assert_non_null(strstr(logged(), "foyer key new"));
	put_agency(place, 8);
	assert_int_equal(issuer_pin(issuer), FAULT_NONE);
	assert_int_equal(issuer_state(issuer), ISSUER_READY);
}

static void another_agency_key_is_not_taken_by_itself(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	uint8_t before[KEY_BYTES];
	uint32_t number;

	memcpy(before, issuer_agency(issuer), KEY_BYTES);
	put_agency(place, 16);
	issuer_free(issuer);
	issuer = opened(place);
	assert_int_equal(issuer_state(issuer), ISSUER_AGENCY_KEY_CHANGED);
	assert_int_equal(issuer_take(issuer, &number), FAULT_SYSTEM);
	assert_memory_equal(issuer_agency(issuer), before, KEY_BYTES);
	assert_int_equal(issuer_pin(issuer), FAULT_NONE);
	assert_int_equal(issuer_state(issuer), ISSUER_READY);
	assert_memory_not_equal(issuer_agency(issuer), before, KEY_BYTES);
	issuer_free(issuer);
	issuer = opened(place);
	assert_int_equal(issuer_state(issuer), ISSUER_READY);
}

static void lost_numbers_need_a_new_key(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	enum issuer_renewal renewal;
	uint8_t before[KEY_BYTES];
	uint32_t number;

	memcpy(before, issuer_kiosk(issuer), KEY_BYTES);
	issuer_free(issuer);
	drop(place, "seq.state");
	issuer = opened(place);
	assert_int_equal(issuer_state(issuer), ISSUER_NUMBERS_LOST);
	assert_int_equal(issuer_take(issuer, &number), FAULT_SYSTEM);
	assert_int_equal(issuer_renew(issuer, &renewal), FAULT_NONE);
	assert_int_equal(renewal, ISSUER_RENEWED);
	assert_int_equal(issuer_state(issuer), ISSUER_READY);
	assert_memory_not_equal(issuer_kiosk(issuer), before, KEY_BYTES);
	assert_int_equal(issuer_take(issuer, &number), FAULT_NONE);
	assert_int_equal(number, 1);
}

/* Its wire bears the key that would be gone. */
static void a_ticket_that_waits_keeps_the_key(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	struct issued issued = { 0 }, again = { 0 };
	enum issuer_renewal renewal;
	enum issue_answer answer;
	uint8_t before[KEY_BYTES];
	bool found;

	assert_int_equal(seal(place, issuer, &answer, &issued), FAULT_NONE);
	memcpy(before, issuer_kiosk(issuer), KEY_BYTES);
	assert_int_equal(issuer_renew(issuer, &renewal), FAULT_NONE);
	assert_int_equal(renewal, ISSUER_TICKET_WAITS);
	assert_memory_equal(issuer_kiosk(issuer), before, KEY_BYTES);
	assert_int_equal(issue_waiting(issuer, 1, &found, &again), FAULT_NONE);
	assert_true(found);
	assert_string_equal((char *)again.digits.data,
			    (char *)issued.digits.data);
	assert_string_equal(again.number, "K1-0001");
	issued_done(&again);
	issued_done(&issued);
	assert_int_equal(waiting_remove(place->home, 1), FAULT_NONE);
	assert_int_equal(issue_waiting(issuer, 1, &found, &again), FAULT_NONE);
	assert_false(found);
	assert_int_equal(issuer_renew(issuer, &renewal), FAULT_NONE);
	assert_int_equal(renewal, ISSUER_RENEWED);
}

/* Nobody said that it is in a hand. */
static void the_next_ticket_overwrites_none(void **state)
{
	const struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	struct issued first = { 0 }, second = { 0 }, again = { 0 };
	enum issue_answer answer;
	bool found;

	assert_int_equal(seal(place, issuer, &answer, &first), FAULT_NONE);
	assert_int_equal(seal(place, issuer, &answer, &second), FAULT_NONE);
	assert_int_equal(issue_waiting(issuer, 1, &found, &again), FAULT_NONE);
	assert_true(found);
	assert_string_equal((char *)again.digits.data,
			    (char *)first.digits.data);
	issued_done(&again);
	assert_int_equal(issue_pending(issuer, &found, &again), FAULT_NONE);
	assert_true(found);
	assert_string_equal((char *)again.digits.data,
			    (char *)second.digits.data);
	issued_done(&again);
	issued_done(&first);
	issued_done(&second);
}

static void a_damaged_key_is_said_so_and_kept(void **state)
{
	const struct place *place = *state;
	SCOPED(char_freep) char *path = kiosk_file(place, "kiosk.key");
	struct issuer *issuer = opened(place);

	issuer_free(issuer);
	assert_int_equal(file_write(path, "rubbish", 7, 0600), FAULT_NONE);
	assert_int_equal(issuer_open(place->home, place->lobby, &issuer),
			 FAULT_FORMAT);
	assert_non_null(strstr(logged(), "kiosk.key"));
	assert_true(there(place, "kiosk.key"));
}

static int open_too(void *to)
{
	const struct place *place = to;
	struct issuer *issuer = NULL;

	return (int)issuer_open(place->home, place->lobby, &issuer);
}

static void two_programs_never_issue_at_once(void **state)
{
	struct place *place = *state;
	struct issuer *issuer = opened(place);

	assert_int_equal(child_result(open_too, place), FAULT_SYSTEM);
	issuer_free(issuer);
	assert_int_equal(child_result(open_too, place), FAULT_NONE);
}

static void its_cards_are_shown_while_it_issues(void **state)
{
	struct place *place = *state;
	SCOPED(issuer_freep) struct issuer *issuer = opened(place);
	SCOPED(issuer_freep) struct issuer *shown = NULL;

	assert_int_equal(issuer_look(place->home, place->lobby, &shown),
			 FAULT_NONE);
	assert_memory_equal(issuer_kiosk(shown), issuer_kiosk(issuer),
			    KEY_BYTES);
	assert_memory_equal(issuer_agency(shown), issuer_agency(issuer),
			    KEY_BYTES);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(the_first_start_makes_a_key_that_stays),
		TEST(its_enrolment_is_a_card_that_a_desk_takes),
		TEST(a_ticket_is_pending_until_it_is_in_a_hand),
		TEST(a_ticket_is_kept_by_whom_it_is_entrusted_to),
		TEST(only_a_sealed_ticket_of_its_number_is_kept),
		TEST(rubbish_that_is_pending_is_swept_away),
		TEST(the_next_ticket_overwrites_none),
		TEST(a_ticket_that_waits_keeps_the_key),
		TEST(answers_that_do_not_fit_issue_nothing),
		TEST(a_clock_that_was_never_set_leaves_the_date_blank),
		TEST(without_an_agency_key_nothing_is_issued),
		TEST(another_agency_key_is_not_taken_by_itself),
		TEST(lost_numbers_need_a_new_key),
		TEST(a_damaged_key_is_said_so_and_kept),
		TEST(two_programs_never_issue_at_once),
		TEST(its_cards_are_shown_while_it_issues),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
