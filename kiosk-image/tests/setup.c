#include "kiosk-image/tests/setup.h"

#include <string.h>

#include "tests/support/program.h"
#include "tests/test.h"

#define PIN "482915"
#define STEP 120     /* seconds at most for the next page */
#define PRINTING 240 /* seconds for the test ticket */
#define LOOK 20      /* seconds for the card to be read again */

/* Presses keys and waits until another page is there. */
static void step(struct machine *machine, const char *keys, const char *last)
{
	SCOPED(screen_freep) struct screen *before = NULL;
	SCOPED(screen_freep) struct screen *after = NULL;

	machine_type(machine, keys);
	before = machine_screen(machine);
	machine_press(machine, last);
	after = machine_settled(machine, before, STEP);
	if (screen_same(before, after)) {
		lab_show(after, "setup-stopped");
		fail_msg("no page follows; see build/image/setup-stopped.png");
	}
}

/* The desk takes the kiosk whose code is seen. */
static void enrol(const struct lab *lab, struct machine *machine)
{
	SCOPED(screen_freep)
	struct screen *screen = machine_settled(machine, NULL, STEP);
	SCOPED(char_freep) char *digits = screen_code(screen);
	struct output output;

	lab_show(screen, "setup-enrol");
	if (!digits)
		fail_msg("no code is seen; see build/image/setup-enrol.png");
	output = program_run("", "foyer kiosk enrol --compared --home %s %s",
			     lab->home, digits);
	if (output.status)
		fail_msg("%s", output.err);
	output_done(&output);
}

void setup_begin(struct machine *machine)
{
	step(machine, "", "1"); /* in English */
}

struct screen *setup_look_again(const struct lab *lab, struct machine *machine,
				const struct bytes *settings, bool served)
{
	SCOPED(char_freep) char *forgotten = NULL;
	SCOPED(screen_freep) struct screen *before = machine_screen(machine);

	lab_put_settings(lab, settings);
	forgotten = machine_ask(machine, "forget");
	assert_string_equal(forgotten, "");
	/* The first key goes on with a card that serves. */
	machine_press(machine, served ? "2" : "1");
	return machine_settled(machine, before, LOOK);
}

void setup_walk(struct lab *lab, struct machine *machine)
{
	struct filed filed;

	step(machine, "", "1");    /* the card is good */
	step(machine, PIN, "ret"); /* a PIN */
	step(machine, PIN, "ret"); /* once more */
	step(machine, "", "1");    /* the agency's key is the right one */
	enrol(lab, machine);
	step(machine, "", "1"); /* the desk has taken the kiosk */
	step(machine, "", "1"); /* print a test ticket */
	assert_true(lab_await_paper(lab, machine, 1, PRINTING));
	filed = lab_file(lab, 0);
	assert_string_equal(filed.status, "test");
	filed_done(&filed);
	step(machine, "", "1"); /* it came out well */
	step(machine, "", "1"); /* languages */
	step(machine, "", "1"); /* this is the time */
	step(machine, "", "1"); /* the desk has read it: open */
}
