#include "tests/support/stand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

#define PATIENCE 10000 /* ms for a screen to come */

static char *master; /* the folder with the home that is copied */

int stand_prepare(void **state)
{
	struct output made;

	(void)state;
	master = folder_new();
	made = program_run("", "foyer demo new --home %s/home", master);
	if (made.status)
		fputs(made.err, stderr);
	output_done(&made);
	return made.status;
}

int stand_clear(void **state)
{
	(void)state;
	folder_freep(&master);
	return 0;
}

void stand_home(struct stand *stand, const char *settings)
{
	SCOPED(char_freep) char *copy = NULL;
	SCOPED(char_freep) char *path = NULL;
	FILE *file;

	*stand = (struct stand){ .folder = folder_new() };
	stand->home = folder_file(stand->folder, "home");
	copy = xasprintf("cp -r %s/home %s", master, stand->home);
	assert_int_equal(system(copy), 0);
	path = folder_file(stand->home, "foyer.ini");
	file = fopen(path, "a");
	assert_non_null(file);
	fputs(settings, file);
	assert_int_equal(fclose(file), 0);
}

void stand_services(const struct stand *stand)
{
	SCOPED(char_freep)
	char *from = xasprintf("%s/tests/data/services/town.json",
			       getenv("FOYER_SOURCE"));
	SCOPED(char_freep)
	char *copy = xasprintf("cp %s %s/services.json", from, stand->home);

	assert_int_equal(system(copy), 0);
}

void stand_open(struct stand *stand, int rows, int columns)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	const char *argv[] = { program, "--home", stand->home, NULL };

	stand->pty = pty_start(argv, NULL, rows, columns);
}

void stand_start(struct stand *stand, int rows, int columns,
		 const char *settings)
{
	stand_home(stand, settings);
	stand_open(stand, rows, columns);
}

void stand_done(struct stand *stand)
{
	if (stand->pty)
		pty_stop(stand->pty);
	folder_freep(&stand->folder);
	free(stand->home);
	*stand = (struct stand){ 0 };
}

void stand_expect(struct stand *stand, const char *text)
{
	assert_true(pty_expect(stand->pty, text, PATIENCE));
}

void stand_expect_gone(struct stand *stand, const char *text)
{
	for (int waited = 0; waited < PATIENCE; waited += 50) {
		if (!pty_shows(stand->pty, text))
			return;
		pty_wait(stand->pty, 50);
	}
	fail_msg("\"%s\" stays", text);
}

void stand_press(struct stand *stand, const char *text, const char *key)
{
	stand_expect(stand, text);
	pty_send(stand->pty, key);
}

void stand_begin(struct stand *stand)
{
	stand_press(stand, "Welcome", PTY_ENTER);
	stand_press(stand, "Choose your language", "1");
	stand_press(stand, "Who is answering?", "1");
	stand_expect(stand, "Have you been here before?");
}

void stand_finish(struct stand *stand)
{
	stand_press(stand, "Have you been here before?", "4");
	stand_press(stand, "Which language do you want to speak", "1");
	stand_press(stand, "Can you wait for your turn?", "1");
}

static pid_t first_child(pid_t parent)
{
	SCOPED(char_freep)
	char *path = xasprintf("/proc/%d/task/%d/children", parent, parent);
	FILE *file = fopen(path, "re");
	int child = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &child), 1);
	fclose(file);
	return child;
}

pid_t stand_visitor(const struct stand *stand)
{
	return first_child(pty_child(stand->pty));
}

pid_t stand_porter(const struct stand *stand)
{
	return first_child(stand_visitor(stand));
}

char *stand_file(const struct stand *stand, const char *name)
{
	SCOPED(char_freep) char *path = folder_file(stand->home, name);
	struct bytes text = { 0 };

	assert_int_equal(file_read(path, 1 << 24, &text), FAULT_NONE);
	return bytes_take_text(&text);
}

char *stand_office(const struct stand *stand, const char *words)
{
	struct output output =
	    program_run("", "foyer %s --home %s", words, stand->home);
	char *out = output.out;

	if (output.status)
		fail_msg("foyer %s: %s", words, output.err);
	free(output.err);
	return out;
}
