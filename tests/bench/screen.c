#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/bench/measure.h"
#include "tests/support/folder.h"
#include "tests/support/pty.h"
#include "tests/support/walker.h"

/*
 * The kiosk as it is met, in a pseudo-terminal: how long until it asks, how
 * long after a key, and how much memory it is meanwhile.
 */
#define STARTS 9
#define KEYS 200
#define PATIENCE 10000 /* ms */

static const char welcome[] = "Press any key or touch the screen";
static const char first_question[] = "Français";

static const char *build(void)
{
	const char *folder = getenv("FOYER_BUILD");

	return folder ? folder : "build/release";
}

static struct pty *start_kiosk(const char *home)
{
	SCOPED(char_freep) char *program = xasprintf("%s/foyer-kiosk", build());
	const char *argv[] = { program, "--home", home, "--once", NULL };

	return pty_start(argv, NULL, 24, 80);
}

/* --- start ---------------------------------------------------------------- */

/* From nothing to a text on the screen, with keys that wait from the start. */
static double time_to(const char *home, const char *keys, const char *text)
{
	double start = measure_ms(), took;
	struct pty *pty = start_kiosk(home);

	pty_send(pty, keys);
	assert_true(pty_await(pty, text, PATIENCE));
	took = measure_ms() - start;
	pty_stop(pty);
	return took;
}

static double time_of_hello(void)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/tests/bench/hello", build());
	const char *argv[] = { program, NULL };
	double start = measure_ms(), took;
	struct pty *pty = pty_start(argv, NULL, 24, 80);

	assert_true(pty_await(pty, "Hello, world", PATIENCE));
	took = measure_ms() - start;
	pty_send(pty, "q");
	pty_stop(pty);
	return took;
}

/* Taken in turn, so that a busy moment of the machine meets all alike. */
static void measure_start(const char *home)
{
	double hello[STARTS], greeted[STARTS], asked[STARTS], least;

	for (size_t i = 0; i < STARTS; i++) {
		hello[i] = time_of_hello();
		greeted[i] = time_to(home, "", welcome);
		asked[i] = time_to(home, "\r", first_question);
	}
	least = measure_median(hello, STARTS);
	printf("start, median of %d\n", STARTS);
	measure_tell("a hello-world program on ncurses", least, "ms", "%s", "");
	measure_tell("the kiosk's welcome", measure_median(greeted, STARTS),
		     "ms", "%.1f x hello",
		     measure_median(greeted, STARTS) / least);
	measure_tell("its first question, a key sent at once",
		     measure_median(asked, STARTS), "ms", "%.1f x hello",
		     measure_median(asked, STARTS) / least);
}

/* --- keys ----------------------------------------------------------------- */

static void tell_keys(const char *what, double *took)
{
	double median = measure_median(took, KEYS); /* sorts them */

	measure_tell(what, median, "ms", "99 of 100 within %.2f ms",
		     took[KEYS * 99 / 100 - 1]);
}

static void measure_keys(struct pty *pty)
{
	double first[KEYS], whole[KEYS];

	for (size_t i = 0; i < KEYS; i++) {
		size_t bytes, frames;
		double start;

		pty_settle(pty, 2);
		bytes = pty_bytes(pty);
		frames = pty_frames(pty);
		start = measure_ms();
		pty_send(pty, i % 2 ? PTY_LEFT : PTY_RIGHT);
		assert_true(pty_expect_bytes(pty, bytes + 1, PATIENCE));
		first[i] = measure_ms() - start;
		assert_true(pty_expect_frames(pty, frames + 1, PATIENCE));
		whole[i] = measure_ms() - start;
	}
	printf("a key on the intake form, median of %d\n", KEYS);
	tell_keys("to the first byte back", first);
	tell_keys("to the whole frame", whole);
}

/* --- memory --------------------------------------------------------------- */

static void measure_memory(pid_t kiosk)
{
	pid_t visitor = measure_child(kiosk);
	pid_t porter = measure_child(visitor);
	double parent = measure_memory_of(kiosk, "Pss:");
	double child = measure_memory_of(visitor, "Pss:");
	double errands = measure_memory_of(porter, "Pss:");

	printf("memory at the first question\n");
	measure_tell("PSS of kiosk, visitor and porter",
		     parent + child + errands, "MB", "%.2f, %.2f and %.2f",
		     parent, child, errands);
	measure_tell("of it anonymous",
		     measure_memory_of(kiosk, "Pss_Anon:") +
			 measure_memory_of(visitor, "Pss_Anon:") +
			 measure_memory_of(porter, "Pss_Anon:"),
		     "MB", "%s", "");
}

int main(void)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = xasprintf("%s/home", folder);
	struct pty *pty;

	assert_true(walker_home(home));
	measure_start(home);
	pty = start_kiosk(home);
	pty_send(pty, "\r");
	assert_true(pty_expect(pty, first_question, PATIENCE));
	pty_settle(pty, 300);
	measure_memory(pty_child(pty));
	measure_keys(pty);
	pty_stop(pty);
	measure_tell_load();
	return 0;
}
