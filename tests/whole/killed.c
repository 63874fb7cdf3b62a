#include "tests/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/home.h"
#include "issue/issue.h"
#include "issue/waiting.h"
#include "scan/picture.h"
#include "tests/support/calls.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/sheets.h"
#include "tests/support/stand.h"
#include "ticket/frame.h"
#include "ticket/wire.h"

/*
 * The kiosk as it ships is killed (SIGKILL) between the key that confirms the
 * answers and the next visitor's welcome: its whole program, as a power cut
 * does it, and the visitor's process alone, whose porter goes on to its end.
 * Wherever that is, no number comes twice, no answer is readable on the disk,
 * and a ticket was issued whole or not at all.
 */
#define PATIENCE 10000 /* ms for a screen to come */
#define KEPT "kiosk/pending"
#define MARKER "Zanzibar Marker" /* typed as a name */

struct scene {
	struct stand kiosk, desk; /* the desk has a home of its own */
	struct emulator *printer;
	uint8_t key[KEY_BYTES]; /* the kiosk's */
	uint32_t last;          /* no smaller number may come again */
	int rows, acknowledged; /* of the roll, before this visitor */
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* --- the lobby ------------------------------------------------------------ */

/* One question, and the check of the answers. */
static void put_form(const struct stand *stand)
{
	static const struct sheets_text sheets = {
		.survey = "type,name,label::English (en),appearance\n"
			  "text,called,What is your name?,\n"
			  "note,check,Check your answers.,review\n",
		.settings = "form_title,form_id,version,default_language\n"
			    "Short,short,1,English (en)\n",
	};
	SCOPED(char_freep) char *form = sheets_sound(sheets);
	SCOPED(char_freep)
	char *path = folder_file(stand->home, "forms/short.xml");

	assert_int_equal(file_write(path, form, strlen(form), 0600),
			 FAULT_NONE);
}

/* What a start finds; no smaller number may come after this. */
static uint32_t next_number(struct scene *scene)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(lobby_freep) struct lobby *lobby = NULL;
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	uint32_t number;

	assert_int_equal(home_open(scene->kiosk.home, &home), FAULT_NONE);
	assert_int_equal(lobby_read(home, &lobby), FAULT_NONE);
	assert_int_equal(issuer_open(home, lobby, &issuer), FAULT_NONE);
	assert_int_equal(issuer_state(issuer), ISSUER_READY);
	assert_int_equal(issuer_take(issuer, &number), FAULT_NONE);
	memcpy(scene->key, issuer_kiosk(issuer), KEY_BYTES);
	return number;
}

static void scene_start(struct scene *scene)
{
	*scene = (struct scene){ .printer = emulator_new(384) };
	SCOPED(char_freep)
	char *settings = xasprintf("[kiosk]\nform = short\nlast = 1\n"
				   "[printer]\naddress = tcp:127.0.0.1:%d\n",
				   emulator_open_tcp(scene->printer));

	stand_home(&scene->kiosk, settings);
	stand_home(&scene->desk, "");
	put_form(&scene->kiosk);
	put_form(&scene->desk);
	scene->last = next_number(scene);
}

static void scene_done(struct scene *scene)
{
	stand_done(&scene->kiosk);
	stand_done(&scene->desk);
	emulator_free(scene->printer);
}

/* At first sight, as fast as no person is: this is done often. */
static void press(struct scene *scene, const char *text, const char *key)
{
	assert_true(pty_await(scene->kiosk.pty, text, PATIENCE));
	pty_send(scene->kiosk.pty, key);
}

static void come_to_review(struct scene *scene)
{
	press(scene, "Welcome", PTY_ENTER);
	press(scene, "What is your name?", MARKER);
	press(scene, MARKER, "\t");
	press(scene, "Check your answers.", "");
	scene->rows = emulator_rows(scene->printer);
	scene->acknowledged = scene->printer->acknowledgements;
}

/* --- the cut -------------------------------------------------------------- */

enum victim { VISITOR, WHOLE_PROGRAM };

/* The n-th call, from the key that confirms, of those that leave a trace or of
 * those that leave none. */
struct moment {
	bool leaves_trace;
	int n;
};

/* The printer takes what was sent before. */
static void drain(const struct scene *scene)
{
	size_t before;

	do {
		before = scene->printer->received;
		emulator_pump(scene->printer, now_ms());
	} while (scene->printer->received > before);
}

/* Whether the visit is over: its process has ended, and the hall, where it is
 * followed, is about to make the next. */
static bool is_over(const struct scene *scene, const struct call *call,
		    enum victim victim, pid_t visitor)
{
	return victim == VISITOR
		   ? call->ends && call->process == visitor
		   : !call->ends && call->number == SYS_clone &&
			 call->process == pty_child(scene->kiosk.pty);
}

/* Lets them go on to the moment; false if the visit is over before it. */
static bool reach(const struct scene *scene, struct calls *calls,
		  enum victim victim, struct moment moment)
{
	const pid_t visitor = stand_visitor(&scene->kiosk);
	struct call call;

	for (int n = 0;;) {
		while (calls_next(calls, &call)) {
			n += !call.ends &&
			     call.leaves_trace == moment.leaves_trace;
			if (n == moment.n)
				return true;
			if (is_over(scene, &call, victim, visitor))
				return false;
			if (!call.ends)
				calls_go_on(calls, call.process);
		}
		emulator_pump(scene->printer, now_ms());
		pty_settle(scene->kiosk.pty, 1);
	}
}

/* Whoever runs the errands of a visitor who is gone finishes and goes. */
static void end_porter(const struct scene *scene, struct calls *calls,
		       pid_t porter)
{
	struct call call;

	while (!calls_gone(calls, porter)) {
		calls_go_on(calls, porter);
		if (!calls_next(calls, &call))
			pty_settle(scene->kiosk.pty, 1);
	}
}

/* Confirms the answers and kills at the moment; false: it did not come. */
static bool cut(const struct scene *scene, enum victim victim,
		struct moment moment)
{
	const pid_t followed[] = { stand_visitor(&scene->kiosk),
				   stand_porter(&scene->kiosk),
				   pty_child(scene->kiosk.pty) };
	size_t count = victim == VISITOR ? 2 : 3;
	struct calls *calls = calls_follow(followed, count);
	bool killed;

	assert_non_null(calls);
	pty_send(scene->kiosk.pty, "1");
	for (size_t i = 0; i < count; i++)
		calls_go_on(calls, followed[i]);
	killed = reach(scene, calls, victim, moment);
	drain(scene);
	if (killed && victim == VISITOR) {
		calls_kill(calls, followed[0]);
		end_porter(scene, calls, followed[1]);
	}
	for (size_t i = 0; killed && victim != VISITOR && i < count; i++)
		calls_kill(calls, followed[i]);
	calls_free(calls);
	drain(scene);
	return killed;
}

/* --- what is left --------------------------------------------------------- */

static uint32_t number_of(const char *digits, const uint8_t key[KEY_BYTES])
{
	struct frame frame;
	struct wire_header header;

	assert_int_equal(frame_read(digits, strlen(digits), &frame),
			 FRAME_READ);
	assert_int_equal(wire_read(frame.payload, frame.length, &header),
			 WIRE_SOUND);
	assert_true(wire_genuine(frame.payload, frame.length, key));
	return header.sequence;
}

/* This visitor's ticket by its wire, or NULL. What is there is always whole; it
 * may be an earlier visitor's, whose paper nobody came for. */
static char *digits_of(const struct scene *scene, const struct bytes *wire)
{
	struct bytes digits = { 0 };
	struct wire_header header;

	assert_int_equal(wire_read(wire->data, wire->length, &header),
			 WIRE_SOUND);
	assert_true(wire_genuine(wire->data, wire->length, scene->key));
	if (header.sequence > scene->last)
		frame_write(FRAME_TICKET, header.sequence, wire->data,
			    wire->length, &digits);
	return digits.length ? bytes_take_text(&digits) : NULL;
}

static char *pending_digits(const struct scene *scene)
{
	SCOPED(char_freep) char *path = folder_file(scene->kiosk.home, KEPT);
	struct bytes wire = { 0 };
	char *digits;

	if (!file_exists(path))
		return NULL;
	assert_int_equal(file_read(path, WIRE_MAX, &wire), FAULT_NONE);
	digits = digits_of(scene, &wire);
	bytes_done(&wire);
	return digits;
}

/* The kiosk sets aside what a visitor's process left behind. */
static char *waiting_digits(const struct scene *scene)
{
	SCOPED(home_freep) struct home *home = NULL;
	const struct uptime now = uptime_now();
	struct waiting list[WAITING_MOST];
	char *digits = NULL;
	size_t count;

	assert_int_equal(home_open(scene->kiosk.home, &home), FAULT_NONE);
	count = waiting_list(home, &now, list);
	for (size_t i = 0; i < count && !digits; i++) {
		struct bytes wire = { 0 };

		assert_int_equal(waiting_wire(home, list[i].sequence, &wire),
				 FAULT_NONE);
		digits = digits_of(scene, &wire);
		bytes_done(&wire);
	}
	return digits;
}

static char *kept_digits(const struct scene *scene)
{
	return pending_digits(scene) ?: waiting_digits(scene);
}

/* What a scanner reads on this visitor's paper: NULL for nothing. */
static char *printed_digits(const struct scene *scene)
{
	int rows = emulator_rows(scene->printer) - scene->rows;
	SCOPED(picture_freep) struct picture *paper = NULL;
	struct scan_symbols symbols = { 0 };
	struct bytes png = { 0 };
	char *digits = NULL;

	if (!rows)
		return NULL;
	paper = emulator_picture(scene->printer, scene->rows, rows);
	picture_png(paper, PICTURE_MARGIN, &png);
	assert_int_equal(
	    scan_picture_bytes("paper", png.data, png.length, &symbols),
	    FAULT_NONE);
	assert_true(symbols.count <= 1);
	if (symbols.count)
		digits = xstrdup(symbols.text[0]);
	scan_symbols_done(&symbols);
	bytes_done(&png);
	return digits;
}

static void file_at_desk(const struct scene *scene, const char *digits)
{
	struct output output = program_run(
	    digits, "foyer record file --home %s", scene->desk.home);

	if (!strstr(output.out, "\"filed\""))
		fail_msg("%s%s", output.out, output.err);
	output_done(&output);
}

/* A ticket that can be handed out, by paper or from the disk: its number is
 * new, and the record takes it. */
static void expect_whole(struct scene *scene, const char *digits)
{
	uint32_t number = number_of(digits, scene->key);

	assert_true(number > scene->last);
	scene->last = number;
	file_at_desk(scene, digits);
}

/* Nothing is readable, and the ticket was issued whole or not at all. */
static void look(struct scene *scene)
{
	SCOPED(char_freep) char *printed = printed_digits(scene);
	SCOPED(char_freep) char *kept = kept_digits(scene);
	bool acknowledged =
	    scene->printer->acknowledgements > scene->acknowledged;

	assert_false(folder_holds(scene->kiosk.home, MARKER));
	if (emulator_rows(scene->printer) > scene->rows)
		assert_true(kept || acknowledged);
	if (acknowledged)
		assert_non_null(printed);
	if (kept && printed)
		assert_string_equal(kept, printed);
	if (kept || printed)
		expect_whole(scene, kept ? kept : printed);
}

/* --- tests ---------------------------------------------------------------- */

static void close_kiosk(struct scene *scene)
{
	pty_stop(scene->kiosk.pty);
	scene->kiosk.pty = NULL;
}

/* A start after a cut gives a number that was never seen. */
static void expect_new_number(struct scene *scene)
{
	uint32_t number = next_number(scene);

	assert_true(number > scene->last);
	scene->last = number;
}

/* With a sanitizer each takes three times as long. What is left on the disk is
 * the same without, where every write is tried. */
#if defined(__SANITIZE_ADDRESS__)
#define STEP 3
#else
#define STEP 1
#endif

/* Kills the whole program at every step-th moment; how many there were. */
static int cut_whole(struct scene *scene, bool leaves_trace, int step)
{
	struct moment moment = { leaves_trace, 1 };

	for (bool killed = true; killed; moment.n += step) {
		stand_open(&scene->kiosk, 24, 80);
		come_to_review(scene);
		killed = cut(scene, WHOLE_PROGRAM, moment);
		close_kiosk(scene);
		look(scene);
		expect_new_number(scene);
	}
	return moment.n - 2 * step;
}

/* The last of them went to the end: a paper, and nothing is left over. */
static void expect_good_end(const struct scene *scene)
{
	SCOPED(char_freep) char *kept = folder_file(scene->kiosk.home, KEPT);

	assert_false(file_exists(kept));
	assert_int_equal(scene->printer->acknowledgements,
			 scene->acknowledged + 1);
	/* What was looked for is what was sealed. */
	assert_true(folder_holds(scene->desk.home, MARKER));
}

static void
a_kiosk_killed_at_any_write_repeats_and_betrays_nothing(void **state)
{
	struct scene scene;

	(void)state;
	scene_start(&scene);
	assert_true(cut_whole(&scene, true, STEP) > 25);
	expect_good_end(&scene);
	scene_done(&scene);
}

static void nor_does_one_that_is_killed_between_them(void **state)
{
	struct scene scene;

	(void)state;
	scene_start(&scene);
	assert_true(cut_whole(&scene, false, 271 * STEP) > 200);
	expect_good_end(&scene);
	scene_done(&scene);
}

/* The hall goes on: the next person is welcomed and sees nothing of the one
 * before. */
static void expect_welcome(struct scene *scene, pid_t before)
{
	struct pty *pty = scene->kiosk.pty;

	stand_expect(&scene->kiosk, "Welcome");
	assert_false(pty_shows(pty, "Zanzibar"));
	assert_int_not_equal(stand_visitor(&scene->kiosk), before);
}

/* Three in a row would be a kiosk that is out of order, and it would pause. */
#define IN_A_ROW 2

static void a_visitor_killed_alone_leaves_the_hall_to_the_next(void **state)
{
	struct scene scene;
	struct moment moment = { true, 1 };

	(void)state;
	scene_start(&scene);
	for (bool killed = true; killed;) {
		stand_open(&scene.kiosk, 24, 80);
		for (int i = 0; killed && i < IN_A_ROW;
		     i++, moment.n += 2 * STEP) {
			pid_t visitor;

			come_to_review(&scene);
			visitor = stand_visitor(&scene.kiosk);
			killed = cut(&scene, VISITOR, moment);
			expect_welcome(&scene, visitor);
			look(&scene);
		}
		close_kiosk(&scene);
		expect_new_number(&scene);
	}
	assert_true(moment.n > 25);
	expect_good_end(&scene);
	scene_done(&scene);
}

/* A process that is held ends whatever this one waits for. */
static void wake(int signal)
{
	(void)signal;
}

static int prepare(void **state)
{
	const struct sigaction woken = { .sa_handler = wake };

	assert_int_equal(sigaction(SIGCHLD, &woken, NULL), 0);
	/* A kill leaves what was written in the page cache, so no disk needs
	 * to turn. */
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	/* A kiosk that is gone takes no replies. */
	signal(SIGPIPE, SIG_IGN);
	return stand_prepare(state);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_kiosk_killed_at_any_write_repeats_and_betrays_nothing),
		cmocka_unit_test(nor_does_one_that_is_killed_between_them),
		cmocka_unit_test(
		    a_visitor_killed_alone_leaves_the_hall_to_the_next),
	};

	if (!calls_allowed()) {
		print_message("skipped: this machine lets no program follow "
			      "another's system calls\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, prepare, stand_clear);
}
