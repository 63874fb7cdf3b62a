#include "desk/users.h"

#include <string.h>

#include "base/memory.h"
#include "desk/screens.h"
#include "record/user.h"
#include "tests/support/seat.h"
#include "tests/test.h"

#define ANAS "the words of ana"

static void enter_text(struct seat *seat, const char *text)
{
	seat_type(seat, text);
	seat_press(seat, UI_KEY_ENTER);
}

/* The panel with the agency key's passphrase first, where one is given. */
static void choose(struct seat *seat, const char *known, const char *chosen)
{
	if (known)
		enter_text(seat, known);
	enter_text(seat, chosen);
	enter_text(seat, chosen);
}

/* An administrator as whom the desk goes on. */
static int64_t sign_in_as_ana(struct seat *seat)
{
	const struct user_key key = { ANAS, AGENCY_PASSPHRASE, OWN_DEMO };
	struct staff *staff = &seat->desk.staff;
	enum user_answer answer;
	int64_t id;

	assert_int_equal(user_add(seat->record, "Ana", "supervisor", NULL, &key,
				  &staff->who, SEAT_NOW, &answer, &id),
			 FAULT_NONE);
	assert_int_equal(answer, USER_DONE);
	assert_true(staff_take(staff, "Ana"));
	staff_sign_in(staff, id, ROLE_ADMINISTRATOR | ROLE_SUPERVISOR, "[]");
	return id;
}

static enum user_answer enter(struct seat *seat, const char *name,
			      const char *passphrase, bool *key)
{
	struct user_in in;
	enum user_answer answer;

	assert_int_equal(
	    user_enter(seat->record, name, passphrase, "front", SEAT_NOW, &in),
	    FAULT_NONE);
	answer = in.answer;
	*key = in.key != NULL;
	user_in_done(&in);
	return answer;
}

static void the_first_who_is_added_administers_and_the_desk_locks(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	bool key;

	seat_type(sam, "U");
	seat_sees(sam, "whoever knows the passphrase of the shift works here");
	seat_type(sam, "+");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "name"); /* one is needed */
	enter_text(sam, "Mira Lund");
	seat_sees(sam, "☑ Worker: people of their teams");
	seat_press(sam, UI_KEY_TAB);
	enter_text(sam, "english");
	seat_sees(sam, "english: no code of a language");
	for (int i = 0; i < 7; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	enter_text(sam, "en sv");
	seat_sees(sam, "That of the agency’s key");
	choose(sam, "not the key", "short");
	seat_sees(sam, "That passphrase is too short");
	enter_text(sam, " but longer now");
	enter_text(sam, " but longer, too");
	seat_sees(sam, "The two are not alike");
	for (int i = 0; i < 5; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	enter_text(sam, " now");
	seat_sees(sam, "That is not the passphrase of the agency’s key.");
	seat_sees(sam, "Good.");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "whoever knows the passphrase of the shift works here");

	seat_type(sam, "+");
	enter_text(sam, "Mira Lund");
	seat_press(sam, UI_KEY_TAB);
	enter_text(sam, "en sv");
	choose(sam, "not the key", "five words to sign in");
	seat_sees(sam, "That is not the passphrase of the agency’s key.");
	seat_press(sam, UI_KEY_DOWN);
	for (int i = 0; i < 11; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	enter_text(sam, AGENCY_PASSPHRASE);
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "sign in as Mira Lund");
	assert_true(desk_locked(&sam->desk));
	assert_int_equal(enter(sam, "mira lund", "five words to sign in", &key),
			 USER_DONE);
	assert_true(key);
}

static void an_administrator_adds_with_their_own_passphrase(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	bool key;

	sign_in_as_ana(sam);
	seat_make(sam, "team", "name", "East", NULL);
	seat_type(sam, "U+");
	enter_text(sam, "ana");
	seat_sees(sam, "Somebody has this name already");
	for (int i = 0; i < 3; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	enter_text(sam, "Uli");
	seat_press(sam, UI_KEY_TAB);
	seat_sees(sam, "Whose people do they see?");
	seat_type(sam, "1");
	seat_press(sam, UI_KEY_TAB);
	enter_text(sam, "de");
	seat_sees(sam, "Yours, or the agency key’s");
	choose(sam, ANAS, "the words of uli");
	seat_sees(sam, "Uli signs in with this passphrase from now on.");
	assert_int_equal(enter(sam, "Uli", "the words of uli", &key),
			 USER_DONE);
	assert_true(key);
	seat_golden(sam, "desk-users-80x24");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, ":passphrase");
	seat_sees(sam, "My passphrase");
}

static void the_last_administrator_stays(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	sign_in_as_ana(sam);
	seat_type(sam, "Ux1");
	seat_sees(sam, "This is the last administrator who can sign in.");
	seat_type(sam, "o");
	seat_sees(sam, "☑ Administrator");
	seat_type(sam, "5");
	seat_press(sam, UI_KEY_TAB);
	seat_sees(sam, "This is the last administrator who can sign in.");
	seat_sees(sam, "Administrator");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "── Worker · Ana ──");
	seat_type(sam, "x");
	enter_text(sam, "gone");
	seat_misses(sam, "People who work here");
	seat_sees(sam, "── Worker · Ana ──");
}

static void somebody_is_locked_out_and_let_in_again(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	const struct user_key key = { "the words of uli", AGENCY_PASSPHRASE,
				      OWN_DEMO };
	enum user_answer answer;
	int64_t id;
	bool has;

	sign_in_as_ana(sam);
	assert_int_equal(user_add(sam->record, "Uli", "worker", NULL, &key,
				  &sam->desk.staff.who, SEAT_NOW, &answer, &id),
			 FAULT_NONE);
	seat_type(sam, "U");
	seat_down(sam, 1);
	seat_type(sam, "x2");
	seat_misses(sam, "locked out");
	seat_type(sam, "x1");
	seat_sees(sam, "Uli may not sign in any more.");
	seat_sees(sam, "locked out");
	assert_int_equal(enter(sam, "Uli", "the words of uli", &has),
			 USER_AWAY);
	seat_type(sam, "x");
	seat_sees(sam, "needs a new passphrase");
	seat_type(sam, "k");
	choose(sam, AGENCY_PASSPHRASE, "newer words of uli");
	seat_sees(sam, "Uli signs in with this passphrase");
	assert_int_equal(enter(sam, "Uli", "newer words of uli", &has),
			 USER_DONE);
	assert_true(has);
}

static void the_agencys_passphrase_is_not_guessed_for_ever(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	sign_in_as_ana(sam);
	seat_type(sam, "Uk");
	for (int i = 0; i < USER_FREE + 1; i++) {
		choose(sam, "a guess", "newer words of ana");
		seat_sees(sam, "That is not your passphrase.");
		seat_press(sam, UI_KEY_ESCAPE);
		seat_type(sam, "k");
	}
	choose(sam, AGENCY_PASSPHRASE, "newer words of ana");
	seat_sees(sam, "Too many attempts have failed.");
	sam->desk.clock.now += USER_SLOWEST_MS;
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "k");
	choose(sam, AGENCY_PASSPHRASE, "newer words of ana");
	seat_sees(sam, "Ana signs in with this passphrase");
}

static void everybody_changes_their_own(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	bool key;

	seat_type(sam, "K"); /* nobody has one here */
	seat_misses(sam, "The one until now");
	sign_in_as_ana(sam);
	seat_type(sam, "K");
	choose(sam, "not this", "newer words of ana");
	seat_sees(sam, "That is not your passphrase.");
	seat_press(sam, UI_KEY_DOWN);
	for (int i = 0; i < 8; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	enter_text(sam, ANAS);
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Your passphrase is changed.");
	assert_int_equal(enter(sam, "Ana", "newer words of ana", &key),
			 USER_DONE);
	assert_true(key);
}

static void who_holds_no_key_still_has_keys_to_press(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	sign_in_as_ana(sam);
	staff_sign_in(&sam->desk.staff, 1, ROLE_ADMINISTRATOR, "[]");
	filing_lock(sam->filing);
	desk_close(&sam->desk);
	desk_open(&sam->desk, sam->desk.locked, NULL);
	seat_misses(sam, "? help");
	desk_open(&sam->desk, &desk_waiting_screen, NULL);
	seat_sees(sam, "Your role sees no clients here.");
	seat_sees(sam, "? help");
	seat_type(sam, "?");
	seat_press(sam, UI_KEY_END);
	seat_sees(sam, "U Who may sign in");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "U");
	seat_sees(sam, "── People who work here ──");
	staff_sign_in(&sam->desk.staff, 1, ROLE_SUPERVISOR, "[]");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "U");
	seat_misses(sam, "── People who work here ──");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(
		    the_first_who_is_added_administers_and_the_desk_locks),
		WITH_OFFICE(an_administrator_adds_with_their_own_passphrase),
		WITH_OFFICE(the_last_administrator_stays),
		WITH_OFFICE(somebody_is_locked_out_and_let_in_again),
		WITH_OFFICE(the_agencys_passphrase_is_not_guessed_for_ever),
		WITH_OFFICE(everybody_changes_their_own),
		WITH_OFFICE(who_holds_no_key_still_has_keys_to_press),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
