#include "tests/test.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "form/form.h"
#include "tests/bench/measure.h"
#include "tests/support/beside.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/intake.h"
#include "tests/support/pty.h"

/*
 * The memory of the kiosk that shows a question in Hindi, beside that of a web
 * browser with the same words: what a kiosk built of web pages would begin
 * with. Without a browser it says so.
 */
#define TAG "hi"
#define QUESTION "B1"
#define ROWS 16
#define COLUMNS 74
#define PATIENCE 20000 /* ms */
#define AT_REST 4      /* s, until a browser has started what it starts */

static const struct pty_pixels cells = { .cell_height = 42, .cell_width = 17 };

static const char *translate(void *to, const char *tag, const char *key)
{
	return beside_translate(to, tag, key);
}

/* --- the kiosk ------------------------------------------------------------ */

static double kiosk_memory(const char *home, size_t before)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	const char *argv[] = { program, "--home", home, "--once", NULL };
	struct pty *pty =
	    pty_start_with_pixels(argv, NULL, ROWS, COLUMNS, &cells);
	pid_t visitor;
	double memory;

	assert_true(pty_expect_frames(pty, 1, PATIENCE));
	pty_send(pty, PTY_ENTER);
	pty_settle(pty, 200);
	pty_send(pty, "2");
	for (size_t i = 0; i < before; i++) {
		pty_settle(pty, 200);
		pty_send(pty, "\t");
	}
	pty_settle(pty, 500);
	visitor = measure_child(pty_child(pty));
	memory = measure_memory_of(pty_child(pty), "Pss:") +
		 measure_memory_of(visitor, "Pss:") +
		 measure_memory_of(measure_child(visitor), "Pss:");
	(void)pty_stop(pty);
	return memory;
}

/* --- the browser ---------------------------------------------------------- */

static void write_page(const char *path, const struct step *step)
{
	struct node *node = step->field[0];
	SCOPED(char_freep) char *label = node_label(node);
	SCOPED(char_freep) char *hint = node_hint(node);
	const struct choice_item *items;
	size_t count;
	FILE *page = fopen(path, "w");

	assert_non_null(page);
	assert_int_equal(node_choices(node, &items, &count), FAULT_NONE);
	fprintf(page,
		"<!doctype html><meta charset=utf-8><html lang=%s><h1>%s</h1>"
		"<p>%s</p>",
		TAG, label, hint ? hint : "");
	for (size_t i = 0; i < count; i++)
		fprintf(page, "<button>%zu %s</button>", i + 1, items[i].label);
	fclose(page);
}

/* The sum over a process group: a browser is many processes. */
static double group_memory(pid_t group)
{
	DIR *all = opendir("/proc");
	double sum = 0;

	assert_non_null(all);
	for (struct dirent *one; (one = readdir(all));) {
		pid_t process = (pid_t)strtol(one->d_name, NULL, 10);

		if (process > 0 && getpgid(process) == group)
			sum += measure_memory_of(process, "Pss:");
	}
	closedir(all);
	return sum;
}

static double browser_memory(const char *folder, const char *page)
{
	SCOPED(char_freep)
	char *own = xasprintf("--user-data-dir=%s/profile", folder);
	SCOPED(char_freep) char *address = xasprintf("file://%s", page);
	pid_t browser = fork();
	double memory;

	assert_true(browser >= 0);
	if (!browser) {
		setpgid(0, 0);
		if (!freopen("/dev/null", "w", stderr) ||
		    !freopen("/dev/null", "w", stdout))
			_exit(1);
		execlp("chromium", "chromium", "--headless=new", "--no-sandbox",
		       "--disable-gpu", "--remote-debugging-port=0", own,
		       address, NULL);
		_exit(127);
	}
	sleep(AT_REST);
	memory = group_memory(browser);
	kill(-browser, SIGKILL);
	waitpid(browser, NULL, 0);
	return memory;
}

/* --- beside each other ---------------------------------------------------- */

int main(void)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = xasprintf("%s/home", folder);
	SCOPED(char_freep) char *page = xasprintf("%s/page.html", folder);
	struct beside beside;
	const struct run_world world = { .to = &beside,
					 .translate = translate };
	struct step step;
	size_t before = 0;
	double kiosk, browser;

	if (system("command -v chromium >/dev/null") != 0) {
		printf("a browser beside the kiosk: skipped, chromium is not "
		       "installed\n");
		return 0;
	}
	demo_new(home);
	demo_set(home, "[languages]\ndrafts = " TAG);
	beside_start(&beside, TAG, ROWS, COLUMNS, true);
	assert_int_equal(run_new(intake_form(), &world, &beside.run),
			 FAULT_NONE);
	beside_speak(&beside, TAG);
	assert_true(step_first(beside.run, &step));
	while (step_next(&step, &step) &&
	       strcmp(node_name(step.field[0]), QUESTION) != 0)
		before++;
	write_page(page, &step);
	kiosk = kiosk_memory(home, before);
	browser = browser_memory(folder, page);
	printf("a browser beside the kiosk, both with one question in Hindi\n");
	measure_tell("PSS of kiosk, visitor and porter", kiosk, "MB",
		     "%dx%d cells", COLUMNS, ROWS);
	measure_tell("PSS of chromium, headless", browser, "MB",
		     "%.1f x the kiosk", browser / kiosk);
	measure_tell_load();
	run_free(beside.run);
	beside_done(&beside);
	intake_done();
	return 0;
}
