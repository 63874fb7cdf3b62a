#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/pty.h"
#include "tests/support/shift.h"

/*
 * A reception desk in a pseudo-terminal, as the person who sits at it and the
 * scanner beside it meet it: every screen is read as text.
 */
#define PAUSE 120 /* ms after a scan; what comes sooner belongs to it */

#define SHELTER "claimant-shelter-es" /* U2, five reasons */
#define FAMILY "gar-family-day6-ti"   /* U3, a name in two scripts */
#define UNSAFE "not-safe-finishes-pa" /* U1, the quiet flag */
#define NUMBER_ONLY "no-consent-number-fr"
#define TODAY "psr-couple-2months-ar" /* to be confirmed alone */
#define JOB "economic-jobsearch-en"   /* U4 */

struct desk {
	char *folder, *home;
	struct pty *pty;
};

static void begin(struct desk *desk)
{
	desk->folder = folder_new();
	desk->home = folder_file(desk->folder, "home");
	demo_new(desk->home);
}

static void open_at(struct desk *desk, int rows, int columns)
{
	desk->pty =
	    shift_sit_down(desk->home, "front", rows, columns, NULL, NULL);
	shift_expect(desk->pty, "Passphrase of the agency");
	shift_unlock(desk->pty, desk->home);
	shift_expect(desk->pty, "Waiting");
	shift_expect(desk->pty, "? help");
}

static void finish(struct desk *desk)
{
	pty_stop(desk->pty);
	free(desk->home);
	folder_freep(&desk->folder);
}

static void expect_count(const struct desk *desk, const char *question,
			 const char *wanted)
{
	SCOPED(char_freep) char *answer = demo_ask(desk->home, question);

	assert_string_equal(answer, wanted);
}

/* --- locked -----------------------------------------------------------------
 */

static void a_wrong_passphrase_says_so_and_the_right_one_opens(void **state)
{
	struct desk desk;

	(void)state;
	begin(&desk);
	desk.pty = shift_sit_down(desk.home, "front", 24, 80, NULL, NULL);
	shift_expect(desk.pty, "Locked");
	assert_false(pty_shows(desk.pty, "waiting"));
	shift_type(desk.pty, "wrong words");
	shift_enter(desk.pty);
	/* The whole of it, in two rows. */
	shift_expect(desk.pty,
		     "That passphrase does not open the key. Look at small "
		     "letters, blanks and the keyboard’s layout.");
	shift_unlock(desk.pty, desk.home);
	shift_expect(desk.pty,
		     "Nobody is waiting. Scan a ticket and it appears "
		     "here.");
	shift_press(desk.pty, "l", "Passphrase of the agency");
	shift_expect(desk.pty, "esc esc close the desk");
	/* One key by mistake closes nothing. */
	shift_press(desk.pty, PTY_ESCAPE, "Press esc once more");
	shift_press(desk.pty, "x", "•");
	shift_press(desk.pty, PTY_ESCAPE, "Press esc once more");
	shift_press(desk.pty, PTY_ESCAPE, "");
	assert_int_equal(pty_wait(desk.pty, SHIFT_LATER), 0);
	finish(&desk);
}

static void a_pasted_passphrase_waits_for_enter(void **state)
{
	SCOPED(char_freep) char *passphrase = NULL;
	SCOPED(char_freep) char *line = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	passphrase = demo_passphrase(desk.home);
	line = xasprintf("%s\r", passphrase);
	desk.pty = shift_sit_down(desk.home, "front", 24, 80, NULL, NULL);
	shift_expect(desk.pty, "Locked");
	/* A visitor's barcode tries nothing, and is not typed on to. */
	shift_scan(desk.pty, "97803064061571234");
	shift_expect(desk.pty, "That came all at once");
	shift_unlock(desk.pty, desk.home);
	shift_expect(desk.pty, "Nobody is waiting.");
	shift_press(desk.pty, "l", "Passphrase of the agency");
	/* Nor does it become somebody's name. */
	shift_press(desk.pty, "\t", "Your name");
	shift_scan(desk.pty, "97803064061571234");
	shift_expect(desk.pty, "Type your name by hand.");
	shift_press(desk.pty, "\t", "Passphrase of the agency");
	shift_scan(desk.pty, "97803064\033[A1234");
	shift_expect(desk.pty, "That is not an intake ticket.");
	pty_settle(desk.pty, PAUSE);
	pty_send(desk.pty, line);
	shift_expect(desk.pty, "That came all at once");
	assert_true(pty_shows(desk.pty, "Locked"));
	shift_press(desk.pty, PTY_ENTER, "Nobody is waiting.");
	finish(&desk);
}

static void a_ticket_scanned_while_locked_is_filed_after_unlocking(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	digits = demo_ticket(desk.home, SHELTER, NULL);
	desk.pty = shift_sit_down(desk.home, "front", 24, 80, NULL, NULL);
	shift_expect(desk.pty, "Locked");
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty,
		     "Genuine ticket K7-0001. It has been kept aside until "
		     "this desk is unlocked.");
	expect_count(&desk, "SELECT count(*) FROM visit", "0");
	shift_unlock(desk.pty, desk.home);
	shift_expect(desk.pty, "1 ticket that was kept aside is filed now.");
	assert_true(pty_shows(desk.pty, "U2  K7-0001"));
	expect_count(&desk, "SELECT count(*) FROM visit", "1");
	finish(&desk);
}

/* A minute passes while the other tests run. */
static struct desk idle;

static int leave_a_desk_alone(void **state)
{
	SCOPED(char_freep) char *digits = NULL;

	(void)state;
	begin(&idle);
	demo_set(idle.home, "[desk]\nlock_minutes = 1\n");
	digits = demo_ticket(idle.home, SHELTER, NULL);
	open_at(&idle, 24, 80);
	shift_scan(idle.pty, digits);
	shift_expect(idle.pty, "Ana P");
	return 0;
}

static int leave_it_for_good(void **state)
{
	(void)state;
	finish(&idle);
	return 0;
}

static void an_idle_desk_locks_itself_and_forgets_who_waits(void **state)
{
	(void)state;
	if (!pty_expect(idle.pty, "Passphrase of the agency", 75000))
		fail_msg("it did not lock");
	assert_false(pty_shows(idle.pty, "Ana P"));
	assert_false(pty_shows(idle.pty, "K7-0001"));
}

/* --- scanning ----------------------------------------------------------------
 */

static void expect_opened(struct desk *desk)
{
	shift_expect(desk->pty, "Filed: K7-0001.");
	shift_expect(desk->pty, "U2 today");
	shift_expect(desk->pty, "First need: ");
	shift_expect(desk->pty,
		     "No sure place to sleep tonight - with children");
	shift_expect(desk->pty,
		     "Paper with a date within 7 days, or one that cannot "
		     "wait");
	shift_expect(desk->pty, "No money for food or rent this month");
	shift_expect(desk->pty, "Arrived less than 1 month ago");
	shift_expect(desk->pty, "Needs help with: A place to live, Money and "
				"benefits, Papers and immigration");
	shift_expect(desk->pty, "Ana P");
	shift_expect(desk->pty, "Speaks Spanish · Interpreter: yes");
	shift_expect(desk->pty, "Consent: use today, keep");
	expect_count(desk, "SELECT count(*) FROM visit", "1");
	expect_count(desk, "SELECT count(*) FROM audit WHERE act = 'view'",
		     "1");
}

/* keys: what leads from the waiting list to where the scan is made. */
static void scan_lands_opened(int rows, int columns, const char *keys)
{
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	begin(&desk);
	digits = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, rows, columns);
	shift_type(desk.pty, keys);
	shift_scan(desk.pty, digits);
	expect_opened(&desk);
	shift_press(desk.pty, PTY_ESCAPE, "1 waiting");
	shift_expect(desk.pty, "U2  K7-0001");
	shift_expect(desk.pty, "First need: A place to live");
	expect_count(&desk, "SELECT count(*) FROM audit WHERE act = 'view'",
		     "1");
	finish(&desk);
}

static void a_scan_on_the_waiting_list_lands_opened(void **state)
{
	(void)state;
	scan_lands_opened(24, 80, "");
	scan_lands_opened(45, 160, "");
}

static void a_scan_on_help_or_in_a_prompt_lands_opened(void **state)
{
	(void)state;
	scan_lands_opened(24, 80, "?");
	scan_lands_opened(24, 80, "/Sel");
}

static void a_scan_while_a_reason_is_written_lands_opened(void **state)
{
	SCOPED(char_freep) char *first = NULL;
	SCOPED(char_freep) char *second = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	first = demo_ticket(desk.home, FAMILY, NULL);
	second = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, first);
	shift_expect(desk.pty, "ሰላም · Selam H");
	shift_press(desk.pty, "o", "K7-0001 · Which level?");
	shift_press(desk.pty, "1", "Why? It is kept beside the level.");
	shift_type(desk.pty, "She");
	shift_scan(desk.pty, second);
	shift_expect(desk.pty, "Filed: K7-0065.");
	shift_expect(desk.pty, "Ana P");
	/* What was half written is nobody's level. */
	expect_count(&desk, "SELECT sum(staff_level) FROM visit", "0");
	shift_scan(desk.pty, first);
	shift_expect(desk.pty, "K7-0001 was filed already, ");
	shift_expect(desk.pty, ", by Sam.");
	shift_expect(desk.pty, "Selam H");
	expect_count(&desk, "SELECT count(*) FROM visit", "2");
	finish(&desk);
}

/* Keys and touches of the desk's own, as a terminal spells them: a click on the
 * first key at the bottom, function keys, help, a paste, the palette. */
static void nothing_that_a_barcode_types_is_done(void **state)
{
	static const char *const typed[] = {
		"\033[<0;3;24M\033[<0;3;24m",
		"\033OP\033OQ\033[20~\033[A\033[B\033[C\033[D\033[5~\033[6~",
		"?\033?\033?\033?\033?\033?",
		"\033[200~qqqqqqqqqy\033[201~",
		"\020:quit, and all",
	};
	struct desk desk;

	(void)state;
	begin(&desk);
	for (size_t i = 0; i < COUNT(typed); i++) {
		open_at(&desk, 24, 80);
		shift_scan(desk.pty, typed[i]);
		shift_expect(desk.pty, "That is not an intake ticket.");
		pty_settle(desk.pty, PAUSE);
		assert_true(pty_shows(desk.pty, "Nobody is waiting."));
		assert_true(pty_shows(desk.pty, "? help"));
		pty_stop(desk.pty);
	}
	free(desk.home);
	folder_freep(&desk.folder);
}

static void other_scans_are_told_apart(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	SCOPED(char_freep) char *cut = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	digits = demo_ticket(desk.home, SHELTER, NULL);
	cut = xstrndup(digits, strlen(digits) - 40);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, "97803064061571234");
	shift_expect(desk.pty, "That is not an intake ticket.");
	shift_scan(desk.pty, cut);
	shift_expect(desk.pty, "The scan was incomplete (");
	shift_scan(desk.pty, cut);
	pty_settle(desk.pty, 600);
	shift_scan(desk.pty, cut);
	shift_expect(desk.pty, "Clean the scanner’s window or slow it down.");
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty, "Filed: K7-0001.");
	finish(&desk);
}

static void a_picture_at_the_scanner_is_filed_when_unlocked(void **state)
{
	SCOPED(char_freep) char *picture = NULL;
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	picture = folder_file(desk.folder, "ticket.png");
	digits = demo_ticket(desk.home, SHELTER, picture);
	desk.pty =
	    shift_sit_down(desk.home, "front", 24, 80, "--scan", picture);
	shift_expect(desk.pty, "Passphrase of the agency");
	shift_unlock(desk.pty, desk.home);
	shift_expect(desk.pty, "Filed: K7-0001.");
	shift_expect(desk.pty, "Ana P");
	finish(&desk);
}

static void a_serial_scanner_files_too(void **state)
{
	SCOPED(char_freep) char *line = NULL;
	SCOPED(char_freep) char *digits = NULL;
	SCOPED(char_freep) char *settings = NULL;
	struct desk desk;
	int scanner;

	(void)state;
	begin(&desk);
	line = folder_file(desk.folder, "scanner");
	assert_int_equal(mkfifo(line, 0600), 0);
	scanner = open(line, O_RDWR | O_CLOEXEC);
	assert_true(scanner >= 0);
	settings = xasprintf("[scanner]\nserial = %s\n", line);
	demo_set(desk.home, settings);
	digits = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, 24, 80);
	assert_int_equal(write(scanner, digits, strlen(digits)),
			 strlen(digits));
	assert_int_equal(write(scanner, "\r", 1), 1);
	shift_expect(desk.pty, "Filed: K7-0001.");
	shift_expect(desk.pty, "Ana P");
	close(scanner);
	finish(&desk);
}

/* --- acting ------------------------------------------------------------------
 */

static void expect_state(const struct desk *desk, const char *wanted)
{
	expect_count(desk, "SELECT state FROM visit", wanted);
}

static void a_visit_is_called_taken_in_and_ended(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	digits = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty, "Filed: K7-0001.");
	shift_press(desk.pty, "c", "n no answer");
	expect_state(&desk, "called");
	shift_press(desk.pty, "n", "w back to waiting");
	pty_settle(desk.pty, 300);
	expect_state(&desk, "no-answer");
	shift_press(desk.pty, "c", "n no answer");
	expect_state(&desk, "called");
	expect_count(&desk, "SELECT calls FROM visit", "2");
	shift_press(desk.pty, PTY_ESCAPE, "1 waiting");
	shift_press(desk.pty, "t", "0 waiting");
	expect_state(&desk, "in-service");
	/* Who is with somebody stays in sight until it is ended. */
	shift_expect(desk.pty, "K7-0001 ■");
	shift_press(desk.pty, "u", "1 waiting");
	expect_state(&desk, "called");
	shift_press(desk.pty, "t", "0 waiting");
	shift_press(desk.pty, "e", "K7-0001 · How did the visit end?");
	shift_press(desk.pty, "2", "Nobody is waiting.");
	expect_state(&desk, "ended");
	expect_count(&desk, "SELECT outcome FROM visit", "referred");
	finish(&desk);
}

static void an_ending_by_mistake_is_taken_back(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	digits = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty, "Filed: K7-0001.");
	shift_press(desk.pty, PTY_ESCAPE, "1 waiting");
	shift_press(desk.pty, "e", "How did the visit end?");
	shift_press(
	    desk.pty, "3",
	    "K7-0001 ended: Did not need us: sent elsewhere · u takes it "
	    "back");
	shift_expect(desk.pty, "0 waiting");
	shift_press(desk.pty, "u", "K7-0001: your last act is taken back.");
	shift_expect(desk.pty, "1 waiting");
	expect_state(&desk, "waiting");
	/* Later it is found by its number, and can be taken back there. */
	shift_press(desk.pty, "e", "How did the visit end?");
	shift_press(desk.pty, "3", "u takes it back");
	shift_press(desk.pty, PTY_DOWN, "Nobody is waiting.");
	shift_press(desk.pty, "/", "Find a name, a number");
	shift_type(desk.pty, "001");
	shift_press(desk.pty, PTY_ENTER, "Ended: Did not need us");
	shift_press(desk.pty, "u", "K7-0001: your last act is taken back.");
	expect_state(&desk, "waiting");
	finish(&desk);
}

static void a_low_and_narrow_window_hides_nothing(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	digits = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, 14, 60);
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty, "Filed: K7-0001.");
	shift_press(desk.pty, PTY_ESCAPE, "1 waiting");
	/* Why it stands where it stands, below the list. */
	shift_expect(desk.pty, "First need: ");
	shift_expect(desk.pty, "U2 today");
	assert_true(pty_shows(desk.pty, ": do"));
	assert_true(pty_shows(desk.pty, "? help"));
	shift_press(desk.pty, "?", "▾");
	shift_press(desk.pty, PTY_END, "Quiet flag: asked in silence");
	shift_press(desk.pty, PTY_ESCAPE, "1 waiting");
	finish(&desk);
}

static void another_level_wants_a_reason(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	digits = demo_ticket(desk.home, JOB, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty, "U4 planned");
	shift_press(desk.pty, "o", "Which level?");
	/* Letters are words here: the keys line offers none. */
	shift_expect(desk.pty, "esc back");
	assert_false(pty_shows(desk.pty, "c call"));
	shift_press(desk.pty, "2", "Why?");
	shift_press(desk.pty, PTY_ENTER, "Write a reason");
	shift_type(desk.pty, " ");
	shift_press(desk.pty, PTY_ENTER, "Write a reason");
	expect_count(&desk, "SELECT staff_level FROM visit", "0");
	shift_type(desk.pty, "call her now");
	shift_press(desk.pty, PTY_ENTER, "Set by staff: ");
	shift_expect(desk.pty, "call her now");
	shift_expect(desk.pty, "U2 today");
	expect_count(&desk, "SELECT staff_level || level FROM visit", "24");
	shift_press(desk.pty, PTY_ESCAPE, "U2* K7-0001");
	shift_press(desk.pty, "u", "U4  K7-0001");
	finish(&desk);
}

static void a_ticket_of_someone_else_is_taken_out_again(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	digits = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty, "Filed: K7-0001.");
	/* One key by itself takes nobody out. */
	shift_press(desk.pty, "x", "K7-0001 · Not this person?");
	expect_count(&desk, "SELECT count(*) FROM visit", "1");
	shift_press(desk.pty, "2", "U2 today");
	shift_expect(desk.pty, "1 waiting");
	shift_press(desk.pty, "x", "K7-0001 · Not this person?");
	shift_press(desk.pty, "1", "Taken out of the list.");
	shift_expect(desk.pty, "0 waiting");
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty, "Filed: K7-0001.");
	finish(&desk);
}

static void an_answer_is_read_in_full(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	digits = demo_ticket(desk.home, FAMILY, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty, "Filed: K7-0001.");
	/* What the answering was like is no answer to begin with. */
	shift_expect(desk.pty, "▸ Have you been here before?");
	pty_send(desk.pty, PTY_DOWN);
	shift_press(desk.pty, PTY_ENTER,
		    "Which language do you want to speak with staff? "
		    "Tigrinya");
	assert_false(pty_shows(desk.pty, "Have you been here"));
	shift_press(desk.pty, PTY_ESCAPE, "Have you been here before?");
	shift_press(desk.pty, PTY_END, "▸ Who is answering?");
	demo_sql(desk.home, "UPDATE visit SET tags = 'ACCESS:BIG+PER'");
	shift_expect(desk.pty,
		     "Help with access: bigger letters, a person to help");
	finish(&desk);
}

static void keeping_is_confirmed_and_a_no_stays(void **state)
{
	SCOPED(char_freep) char *today = NULL;
	SCOPED(char_freep) char *never = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	today = demo_ticket(desk.home, TODAY, NULL);
	never = demo_ticket(desk.home, NUMBER_ONLY, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, today);
	shift_expect(desk.pty, "Consent: use today, not kept after midnight");
	/* The form's tags, in words. */
	shift_expect(desk.pty, "Ask again when alone");
	assert_false(pty_shows(desk.pty, "CONFIRM-ALONE"));
	/* One key by itself keeps nothing. */
	shift_press(desk.pty, "k", "Alone with the person? Do");
	shift_press(desk.pty, "2",
		    "Consent: use today, not kept after midnight");
	expect_count(&desk, "SELECT keep FROM visit", "today");
	shift_press(desk.pty, "k", "Alone with the person? Do");
	shift_press(desk.pty, "1", "Keeping is confirmed.");
	shift_expect(desk.pty, "Consent: use today, keep");
	shift_press(desk.pty, "k", "These answers are kept already");
	shift_scan(desk.pty, never);
	shift_expect(desk.pty, "Consent: number only");
	shift_press(desk.pty, "k",
		    "The person said no to keeping. That stays.");
	finish(&desk);
}

static void the_card_tells_the_household_and_what_nobody_asked(void **state)
{
	SCOPED(char_freep) char *family = NULL;
	SCOPED(char_freep) char *never = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	family = demo_ticket(desk.home, FAMILY, NULL);
	never = demo_ticket(desk.home, NUMBER_ONLY, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, family);
	shift_expect(desk.pty, "1 adult · 3 children");
	shift_scan(desk.pty, never);
	shift_expect(desk.pty, "First need: not known");
	demo_sql(desk.home, "DELETE FROM fact WHERE field ="
			    " 'household_children'");
	shift_scan(desk.pty, family);
	shift_expect(desk.pty, "1 adult · children: —");
	shift_press(desk.pty, PTY_ESCAPE, "2 waiting");
	/* What is erased while it is in sight goes from sight. */
	demo_sql(desk.home, "UPDATE visit SET erased_at = 1");
	pty_settle(desk.pty, 2500);
	assert_false(pty_shows(desk.pty, "First need"));
	finish(&desk);
}

/* --- finding -----------------------------------------------------------------
 */

static void people_are_found_by_number_and_by_every_name(void **state)
{
	static const char *const texts[] = { "0001", "k7-0001", "selam",
					     "Selam H" };
	SCOPED(char_freep) char *family = NULL;
	SCOPED(char_freep) char *shelter = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	family = demo_ticket(desk.home, FAMILY, NULL);
	shelter = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, family);
	shift_expect(desk.pty, "Filed: K7-0001.");
	shift_scan(desk.pty, shelter);
	shift_expect(desk.pty, "Filed: K7-0065.");
	for (size_t i = 0; i < COUNT(texts); i++) {
		shift_press(desk.pty, "/", "Find a name, a number");
		shift_type(desk.pty, texts[i]);
		shift_press(desk.pty, PTY_ENTER, "ሰላም · Selam H");
		shift_press(desk.pty, PTY_ESCAPE, "2 waiting");
	}
	shift_press(desk.pty, "/", "Find a name, a number");
	/* Both have it, and stand below each other. */
	shift_type(desk.pty, "K7");
	shift_expect(desk.pty, "K7-0001");
	shift_expect(desk.pty, "K7-0065");
	shift_press(desk.pty, PTY_ESCAPE, "2 waiting");
	shift_press(desk.pty, "/", "Find a name, a number");
	shift_type(desk.pty, "Nobody");
	shift_press(desk.pty, PTY_ENTER, "Nobody has that name");
	shift_press(desk.pty, ":", "Do: write some letters of it");
	shift_type(desk.pty, "cal");
	shift_enter(desk.pty);
	shift_expect(desk.pty, "n no answer");
	shift_press(desk.pty, ":", "Do: write some letters of it");
	shift_type(desk.pty, "fzly");
	shift_expect(desk.pty, "No action of that name can be done now.");
	shift_press(desk.pty, PTY_ESCAPE, "n no answer");
	shift_press(desk.pty, "?", "Take back your last act on this visit");
	/* A low window scrolls. */
	shift_press(desk.pty, "\033[F", "Lock the desk: scans are kept aside");
	finish(&desk);
}

/* --- the quiet flag ----------------------------------------------------------
 */

static void the_quiet_flag_shows_at_once_until_it_is_answered(void **state)
{
	SCOPED(char_freep) char *unsafe = NULL;
	SCOPED(char_freep) char *shelter = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	unsafe = demo_ticket(desk.home, UNSAFE, NULL);
	shelter = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, unsafe);
	shift_expect(desk.pty, "1 waiting ☎");
	shift_expect(desk.pty, "☎ Quiet flag: call the number");
	shift_expect(desk.pty, "U1 now");
	/* On another's ticket its flag is not to be answered. */
	shift_scan(desk.pty, shelter);
	shift_expect(desk.pty, "Filed: K7-0065.");
	assert_false(pty_shows(desk.pty, "a flag"));
	pty_send(desk.pty, "a");
	pty_settle(desk.pty, 300);
	assert_true(pty_shows(desk.pty, "Ana P"));
	shift_press(desk.pty, PTY_ESCAPE, "2 waiting ☎");
	shift_press(desk.pty, "a", "K7-0001 · Quiet flag");
	assert_false(pty_shows(desk.pty, "☎✓"));
	shift_press(desk.pty, "1", "Kept: you are going.");
	shift_expect(desk.pty, "U1  K7-0001  ☎✓");
	shift_expect(desk.pty, "2 waiting ☎✓");
	shift_expect(desk.pty, "☎ Sam is going, since ");
	expect_count(&desk, "SELECT acknowledged_by FROM alert", "Sam");
	shift_press(desk.pty, "a", "K7-0001 · Quiet flag");
	shift_press(desk.pty, "2", "The quiet flag is closed.");
	pty_settle(desk.pty, 300);
	assert_false(pty_shows(desk.pty, "☎"));
	expect_count(&desk, "SELECT outcome FROM alert WHERE closed > 0",
		     "talked");
	finish(&desk);
}

static void every_width_says_whose_quiet_flag_it_is(void **state)
{
	SCOPED(char_freep) char *unsafe = NULL;
	SCOPED(char_freep) char *shelter = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	unsafe = demo_ticket(desk.home, UNSAFE, NULL);
	shelter = demo_ticket(desk.home, SHELTER, NULL);
	open_at(&desk, 24, 80);
	shift_scan(desk.pty, unsafe);
	shift_expect(desk.pty, "Filed: K7-0001.");
	shift_scan(desk.pty, shelter);
	shift_expect(desk.pty, "Filed: K7-0065.");
	shift_press(desk.pty, PTY_ESCAPE, "Waiting");
	pty_send(desk.pty, PTY_UP);
	shift_press(desk.pty, "c", "U1  K7-0001   ▸☎");
	for (int columns = 40; columns <= 160; columns++) {
		const size_t frames = pty_frames(desk.pty);

		pty_resize(desk.pty, 24, columns);
		assert_true(
		    pty_expect_frames(desk.pty, frames + 1, SHIFT_LATER));
		if (!pty_expect(desk.pty, "U1  K7-0001   ▸☎", SHIFT_LATER))
			fail_msg("not at %d columns", columns);
		/* The other's number is followed by what it has waited. */
		assert_true(pty_shows(desk.pty, "U2  K7-0065  0"));
	}
	finish(&desk);
}

/* A desk that is open, one behind it that is still locked, and the ticket of
 * somebody who is not safe; free it. */
static char *begin_two(struct desk *desk, struct pty **second, int rows,
		       int columns)
{
	char *unsafe;

	begin(desk);
	unsafe = demo_ticket(desk->home, UNSAFE, NULL);
	open_at(desk, 24, 80);
	*second = shift_sit_down(desk->home, "back", rows, columns, NULL, NULL);
	shift_expect(*second, "Passphrase of the agency");
	return unsafe;
}

static void after_three_minutes_a_second_desk_shows_it_too(void **state)
{
	SCOPED(char_freep) char *unsafe = NULL;
	struct pty *second;
	struct desk desk;

	(void)state;
	unsafe = begin_two(&desk, &second, 45, 160);
	shift_unlock(second, desk.home);
	shift_expect(second, "? help");
	shift_scan(desk.pty, unsafe);
	shift_expect(desk.pty, "1 waiting ☎");
	shift_expect(second, "U1  K7-0001");
	assert_false(pty_shows(second, "1 waiting ☎"));
	demo_sql(desk.home, "UPDATE alert SET raised = raised - 180000");
	shift_expect(second, "1 waiting ☎");
	expect_count(&desk, "SELECT repeated_desk FROM alert", "back");
	pty_stop(second);
	finish(&desk);
}

/* Whoever is about to go sees that somebody does. */
static void a_second_desk_says_who_goes_to_them(void **state)
{
	SCOPED(char_freep) char *unsafe = NULL;
	struct pty *second;
	struct desk desk;

	(void)state;
	unsafe = begin_two(&desk, &second, 45, 160);
	shift_unlock(second, desk.home);
	shift_expect(second, "? help");
	shift_scan(desk.pty, unsafe);
	shift_expect(desk.pty, "1 waiting ☎");
	shift_expect(second, "U1  K7-0001 ☎");
	assert_false(pty_shows(second, "Sam is going"));
	shift_press(desk.pty, "a", "Quiet flag: they asked");
	shift_press(desk.pty, "1", "Kept: you are going.");
	shift_expect(second, "1 waiting ☎✓");
	shift_expect(second, "U1  K7-0001 ☎✓");
	shift_expect(second, "☎ Sam is going, since ");
	pty_stop(second);
	finish(&desk);
}

/* Nothing changes in the record meanwhile: it is time alone that passes. */
static void it_does_so_on_whatever_screen_is_open_there(void **state)
{
	SCOPED(char_freep) char *unsafe = NULL;
	struct pty *second;
	struct desk desk;

	(void)state;
	unsafe = begin_two(&desk, &second, 45, 160);
	shift_scan(desk.pty, unsafe);
	shift_expect(desk.pty, "1 waiting ☎");
	shift_unlock(second, desk.home);
	shift_press(second, "?", "Lock the desk: scans are kept aside");
	demo_sql(desk.home, "UPDATE alert SET raised = raised - 176000");
	shift_expect(second, "1 waiting ☎");
	assert_true(pty_shows(second, "Lock the desk: scans are kept aside"));
	pty_stop(second);
	finish(&desk);
}

/* The mark alone: a locked screen tells nobody whose it is. */
static void a_locked_desk_calls_without_saying_for_whom(void **state)
{
	SCOPED(char_freep) char *unsafe = NULL;
	struct pty *second;
	struct desk desk;

	(void)state;
	unsafe = begin_two(&desk, &second, 24, 80);
	shift_scan(desk.pty, unsafe);
	shift_expect(desk.pty, "1 waiting ☎");
	pty_send(desk.pty, "l");
	shift_expect(desk.pty, "scanner ready ☎");
	assert_false(pty_shows(desk.pty, "waiting"));
	assert_false(pty_shows(desk.pty, "K7-"));
	assert_false(pty_shows(second, "☎"));
	demo_sql(desk.home, "UPDATE alert SET raised = raised - 180000");
	shift_expect(second, "scanner ready ☎");
	assert_false(pty_shows(second, "waiting"));
	assert_false(pty_shows(second, "K7-"));
	expect_count(&desk, "SELECT repeated_desk FROM alert", "back");
	pty_stop(second);
	finish(&desk);
}

/* --- languages and the board
 * -------------------------------------------------- */

static void the_desk_speaks_french(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	struct desk desk;

	(void)state;
	begin(&desk);
	demo_set(desk.home, "[desk]\nlanguage = fr\n");
	digits = demo_ticket(desk.home, SHELTER, NULL);
	desk.pty = shift_sit_down(desk.home, "front", 24, 80, NULL, NULL);
	shift_expect(desk.pty, "Verrouillé");
	shift_unlock(desk.pty, desk.home);
	shift_expect(desk.pty, "En attente");
	shift_scan(desk.pty, digits);
	shift_expect(desk.pty, "U2 aujourd’hui");
	shift_expect(desk.pty, "c appeler");
	assert_false(pty_shows(desk.pty, "No sure place to sleep"));
	finish(&desk);
}

static void the_board_shows_numbers_and_nothing_else(void **state)
{
	static const char *const never[] = { "Ana", "Selam", "U1",     "U2",
					     "U3",  "☎",     "Español" };
	static const char *const personas[] = { FAMILY, SHELTER, UNSAFE };
	struct desk desk;
	struct pty *board;

	(void)state;
	begin(&desk);
	open_at(&desk, 24, 80);
	for (size_t i = 0; i < COUNT(personas); i++) {
		SCOPED(char_freep)
		char *digits = demo_ticket(desk.home, personas[i], NULL);

		shift_scan(desk.pty, digits);
		shift_expect(desk.pty, "Filed: ");
		shift_press(desk.pty, PTY_ESCAPE, "Waiting");
	}
	board = shift_sit_down(desk.home, "board", 24, 80, "--board", NULL);
	shift_expect(board, "K7-0001 K7-0065 K7-0129");
	shift_expect(board, "Numbers are not called in order.");
	shift_press(desk.pty, "c", "n no answer");
	shift_expect(board, "Please come now K7-");
	for (size_t i = 0; i < COUNT(never); i++)
		assert_false(pty_shows(board, never[i]));
	pty_send(board, "q");
	assert_int_equal(pty_wait(board, SHIFT_LATER), 0);
	pty_stop(board);
	finish(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_wrong_passphrase_says_so_and_the_right_one_opens),
		cmocka_unit_test(a_pasted_passphrase_waits_for_enter),
		cmocka_unit_test(
		    a_ticket_scanned_while_locked_is_filed_after_unlocking),
		cmocka_unit_test(a_scan_on_the_waiting_list_lands_opened),
		cmocka_unit_test(a_scan_on_help_or_in_a_prompt_lands_opened),
		cmocka_unit_test(a_scan_while_a_reason_is_written_lands_opened),
		cmocka_unit_test(nothing_that_a_barcode_types_is_done),
		cmocka_unit_test(other_scans_are_told_apart),
		cmocka_unit_test(
		    a_picture_at_the_scanner_is_filed_when_unlocked),
		cmocka_unit_test(a_serial_scanner_files_too),
		cmocka_unit_test(a_visit_is_called_taken_in_and_ended),
		cmocka_unit_test(an_ending_by_mistake_is_taken_back),
		cmocka_unit_test(a_low_and_narrow_window_hides_nothing),
		cmocka_unit_test(another_level_wants_a_reason),
		cmocka_unit_test(a_ticket_of_someone_else_is_taken_out_again),
		cmocka_unit_test(an_answer_is_read_in_full),
		cmocka_unit_test(keeping_is_confirmed_and_a_no_stays),
		cmocka_unit_test(
		    the_card_tells_the_household_and_what_nobody_asked),
		cmocka_unit_test(people_are_found_by_number_and_by_every_name),
		cmocka_unit_test(
		    the_quiet_flag_shows_at_once_until_it_is_answered),
		cmocka_unit_test(every_width_says_whose_quiet_flag_it_is),
		cmocka_unit_test(a_second_desk_says_who_goes_to_them),
		cmocka_unit_test(
		    after_three_minutes_a_second_desk_shows_it_too),
		cmocka_unit_test(it_does_so_on_whatever_screen_is_open_there),
		cmocka_unit_test(a_locked_desk_calls_without_saying_for_whom),
		cmocka_unit_test(the_desk_speaks_french),
		cmocka_unit_test(the_board_shows_numbers_and_nothing_else),
		cmocka_unit_test(
		    an_idle_desk_locks_itself_and_forgets_who_waits),
	};

	return cmocka_run_group_tests(tests, leave_a_desk_alone,
				      leave_it_for_good);
}
