#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"

/* The tool's printer, by hand as somebody would try it: one program is the
 * printer, the other prints. */
#define PATIENCE 20000 /* ms */

struct desk {
	char *folder;
	struct pty *printer;
	int port;
};

static int set_up(void **state)
{
	struct desk *desk = xcalloc(1, sizeof *desk);
	SCOPED(char_freep) char *program = NULL;
	SCOPED(char_freep) char *screen = NULL;

	desk->folder = folder_new();
	program = xasprintf("%s/foyer", getenv("FOYER_BUILD"));
	desk->printer =
	    pty_start((const char *const[]){ program, "printer", "emulate",
					     "-o", desk->folder, NULL },
		      NULL, 24, 80);
	assert_true(
	    pty_expect(desk->printer, "address = tcp:127.0.0.1:", PATIENCE));
	screen = pty_screen(desk->printer);
	desk->port = atoi(strstr(screen, "127.0.0.1:") + 10);
	*state = desk;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *desk = *state;

	pty_stop(desk->printer);
	folder_remove(desk->folder);
	free(desk->folder);
	free(desk);
	return 0;
}

/* Runs a verb on the emulated printer and looks for what it says. */
static void expect(const struct desk *desk, const char *verb, const char *input,
		   int status, const char *said)
{
	struct output output = program_run(
	    input, "foyer printer %s --home %s --address tcp:127.0.0.1:%d",
	    verb, desk->folder, desk->port);

	if (output.status != status || !strstr(output.out, said))
		fail_msg("%s: %d\n%s%s", verb, output.status, output.out,
			 output.err);
	output_done(&output);
}

static void tell_printer(const struct desk *desk, const char *word,
			 const char *answer)
{
	SCOPED(char_freep) char *line = xasprintf("%s\n", word);

	pty_send(desk->printer, line);
	assert_true(pty_expect(desk->printer, answer, PATIENCE));
}

static void a_page_comes_out_and_troubles_are_told(void **state)
{
	const struct desk *desk = *state;
	SCOPED(char_freep)
	char *paper = folder_file(desk->folder, "paper-1.png");

	expect(desk, "test", "", 0, "it says that it has printed");
	assert_true(pty_expect(desk->printer, "555 rows, 0 bytes", PATIENCE));
	assert_true(file_exists(paper));
	tell_printer(desk, "cover", "cover from now on");
	expect(desk, "test", "", 3, "its cover is open: close it");
	tell_printer(desk, "mend", "mended");
	tell_printer(desk, "paper-out=0", "paper-out=0 from now on");
	expect(desk, "test", "", 3, "it has no paper: put in a roll");
	tell_printer(desk, "mend", "mended");
	expect(desk, "test --paper 80 --profile tm80", "", 0,
	       "it says that it has printed");
}

static void learning_writes_a_profile_that_can_be_used(void **state)
{
	const struct desk *desk = *state;
	SCOPED(char_freep)
	char *path = folder_file(desk->folder, "printers/kitchen.ini");
	struct bytes text = { 0 };

	/* The cover stays shut, so what it tells is not believed. */
	expect(desk, "learn --name kitchen", "yes\nno\nyes\nno\n\n\n", 0,
	       "profile = kitchen");
	assert_int_equal(file_read(path, 4096, &text), FAULT_NONE);
	assert_string_equal(text.data, "[profile]\n"
				       "name = kitchen\n"
				       "paper_mm = 80\n"
				       "status = no\n"
				       "acknowledges = yes\n"
				       "cuts = yes\n"
				       "band = 64\n"
				       "pause = 0\n"
				       "feed = 3\n");
	bytes_done(&text);
	expect(desk, "list", "", 0, "profile = kitchen\tkitchen\n");
	expect(desk, "test --profile kitchen", "", 0,
	       "it says that it has printed");
}

static void expect_learnt(const struct desk *desk, const char *name,
			  const char *line)
{
	SCOPED(char_freep) char *file = xasprintf("printers/%s.ini", name);
	SCOPED(char_freep) char *path = folder_file(desk->folder, file);
	struct bytes text = { 0 };

	assert_int_equal(file_read(path, 4096, &text), FAULT_NONE);
	if (!strstr((char *)text.data, line))
		fail_msg("%s: no %s in\n%s", name, line, (char *)text.data);
	bytes_done(&text);
}

/* What it says of its state is always the same: that it is out of paper, or
 * nothing that can be understood. It prints all the same. */
static void a_printer_that_says_always_the_same_is_learnt(void **state)
{
	const struct desk *desk = *state;

	tell_printer(desk, "constant=114", "constant=114 from now on");
	expect(desk, "learn --name empty", "no\n", 3, "it has no paper");
	expect(desk, "learn --name always", "yes\nyes\nyes\nyes\nyes\n", 0,
	       "profile = always");
	expect_learnt(desk, "always", "status = no\nacknowledges = yes\n");
	expect(desk, "test --profile always", "", 0,
	       "it says that it has printed");
	tell_printer(desk, "mend", "mended");
	tell_printer(desk, "constant=0", "constant=0 from now on");
	expect(desk, "test", "", 1, "does not say whether it came out");
	expect(desk, "learn --name odd", "yes\nyes\nyes\nyes\n", 0,
	       "profile = odd");
	expect_learnt(desk, "odd", "status = no\nacknowledges = yes\n");
}

static void nothing_is_learnt_where_nobody_answers(void **state)
{
	const struct desk *desk = *state;
	SCOPED(char_freep)
	char *path = folder_file(desk->folder, "printers/learnt.ini");

	expect(desk, "learn", "", 1, "Did a page come out?");
	expect(desk, "learn", "no\n", 1, "Did a page come out?");
	expect(desk, "learn", "yes\nyes\nyes\n", 1, "Was the paper cut?");
	assert_false(file_exists(path));
}

static void limit_of(pid_t process, const char *name, char line[200])
{
	SCOPED(char_freep)
	char *path = xasprintf("/proc/%d/limits", (int)process);
	FILE *limits = fopen(path, "re");

	assert_non_null(limits);
	do {
		assert_non_null(fgets(line, 200, limits));
	} while (strncmp(line, name, strlen(name)) != 0);
	fclose(limits);
}

/* Keys and passphrases pass through it. */
static void the_tool_itself_leaves_no_core(void **state)
{
	const struct desk *desk = *state;
	char line[200];
	unsigned long soft, hard;

	limit_of(pty_child(desk->printer), "Max core file size", line);
	assert_int_equal(
	    sscanf(line, "Max core file size %lu %lu", &soft, &hard), 2);
	assert_int_equal(soft + hard, 0);
}

static void wrong_words_are_refused(void **state)
{
	static const struct {
		const char *words, *said;
		int status;
	} wrong[] = {
		{ "emulate --fault fire", "there is no such fault", 2 },
		{ "emulate --paper 60", "--paper takes 58 or 80", 2 },
		{ "emulate --port 0", "--port takes 1 to 65535", 2 },
		{ "test --paper 60", "--paper takes 58 or 80", 2 },
		{ "test --address lp0", "write none, file:/path", 1 },
		{ "test --profile nothing", "there is no", 3 },
		{ "learn --name ../x", "--name takes letters", 2 },
		{ "check", "which profile", 2 },
		{ "check /dev/null", "it has no name", 1 },
	};
	const struct desk *desk = *state;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		const char *home =
		    strncmp(wrong[i].words, "test", 4) == 0 ? " --home " : "";
		struct output output =
		    program_run("", "foyer printer %s%s%s", wrong[i].words,
				home, *home ? desk->folder : "");

		if (output.status != wrong[i].status ||
		    !strstr(output.err, wrong[i].said))
			fail_msg("%s: %d %s", wrong[i].words, output.status,
				 output.err);
		output_done(&output);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_page_comes_out_and_troubles_are_told),
		TEST(learning_writes_a_profile_that_can_be_used),
		TEST(a_printer_that_says_always_the_same_is_learnt),
		TEST(nothing_is_learnt_where_nobody_answers),
		TEST(the_tool_itself_leaves_no_core),
		TEST(wrong_words_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
