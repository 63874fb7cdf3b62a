#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"
#include "tests/support/typist.h"
#include "text/cells.h"

/*
 * A name written in its own script with the keyboard on the screen of the real
 * kiosk, by keys alone, is what the ticket says when it is opened at the desk,
 * byte for byte. The form has the intake's question for the language and that
 * for the name; a twin of the keyboard says which keys to press.
 */
#define ROWS 14
#define COLUMNS 60
#define FIELD_ROWS 7 /* of those, below the heading and above the footer */
#define FIELD_COLUMNS 56
#define PATIENCE 15000
#define KEY_MS 50 /* between keys that a screen may pass over */
#define ENDS 300

static const struct {
	const char *language;
	typist_way *way;
	const char *caps, *name;
} names[] = {
	{ "ar", typist_arrows, "ع ب د _ ا ل أ م ي ر", "عبد الأمير" },
	{ "ps", typist_arrows, "ګ ل _ پ ښ ت و ن", "ګل پښتون" },
	{ "hi", typist_arrows, "क ◌् ष ◌ि त ◌ि ज", "क्षितिज" },
	{ "ta", typist_arrows, "ம ◌ு ர ◌ு க ன ◌்", "முருகன்" },
	{ "my", typist_arrows, "အ ◌ေ ◌ာ င ◌် _ က ◌ြ ည ◌်", "အောင် ကြည်" },
	{ "ti", typist_three_keys, "ሰ ሰ ለ ላ መ ም", "ሰላም" },
	{ "zh-Hans", typist_arrows, "z h a n g 张 w e i 伟", "张伟" },
	{ "ko", typist_three_keys, "ㄱ ㅣ ㅁ ㅁ ㅣ ㄴ ㅅ ㅜ", "김민수" },
};

static void run_command(const char *command)
{
	if (system(command) != 0)
		fail_msg("%s", command);
}

/* --- a home --------------------------------------------------------------- */

/* The rows of the intake that a name needs; the name is asked of everybody. */
static void make_sheets(const char *folder)
{
	SCOPED(char_freep)
	char *copy = xasprintf("cp -r screens/intake %s/sheets && "
			       "sed -i 's/D1/D2/g' %s/sheets/entities.csv",
			       folder, folder);
	SCOPED(char_freep)
	char *path = xasprintf("%s/sheets/survey.csv", folder);
	FILE *from = fopen("screens/intake/survey.csv", "r"), *to;
	char line[4096];

	run_command(copy);
	to = fopen(path, "w");
	assert_non_null(from);
	assert_non_null(to);
	while (fgets(line, sizeof line, from)) {
		if (strncmp(line, "type,", 5) == 0 ||
		    strncmp(line, "hidden,language,", 16) == 0 ||
		    strncmp(line, "select_one A1,A1,", 17) == 0)
			fputs(line, to);
	}
	fputs("text,D2,\"Your name, the way you write it.\",,,name,,,,,,,,,,,"
	      "own_script_name,,,50,,,\n",
	      to);
	fclose(from);
	assert_int_equal(fclose(to), 0);
}

/* Without a language yet: folder/home. */
static void make_home(const char *folder)
{
	const char *build = getenv("FOYER_BUILD");
	SCOPED(char_freep)
	char *make = xasprintf(
	    "%s/foyer demo new --home %s/home >/dev/null && "
	    "%s/foyer form build %s/sheets -o %s/home/forms/intake.xml",
	    build, folder, build, folder, folder);

	make_sheets(folder);
	run_command(make);
}

/* A copy of it that offers the language. */
static void copy_home(const char *folder, const char *language)
{
	SCOPED(char_freep)
	char *copy =
	    xasprintf("cd %s && cp -r home %s && "
		      "printf '\\n[printer]\\naddress = file:%s/%s/paper.png\\n"
		      "\\n[languages]\\ndrafts = %s\\n' >>%s/foyer.ini",
		      folder, language, folder, language, language, language);

	run_command(copy);
}

/* --- the kiosk ------------------------------------------------------------ */

static int kiosk(void *home)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));

	execl(program, program, "--home", (const char *)home, "--once",
	      (char *)NULL);
	return 127;
}

/* A key is answered with a frame, and with one more where it goes on. */
static void send_bytes(struct pty *pty, const char *bytes, size_t answers)
{
	size_t frames = pty_frames(pty);

	pty_send(pty, bytes);
	assert_true(pty_expect_frames(pty, frames + answers, PATIENCE));
}

/* The typist's key, as a terminal sends it. */
static void send_key(void *to, const struct ui_event *event)
{
	static const char *const bytes[] = {
		[UI_KEY_UP] = PTY_UP,       [UI_KEY_DOWN] = PTY_DOWN,
		[UI_KEY_LEFT] = PTY_LEFT,   [UI_KEY_RIGHT] = PTY_RIGHT,
		[UI_KEY_ENTER] = PTY_ENTER,
	};

	assert_true(event->key < COUNT(bytes) && bytes[event->key]);
	send_bytes(to, bytes[event->key], 1);
}

static void write_name(struct pty *pty, size_t index)
{
	struct typist typist;

	typist_begin(&typist,
		     &(struct keyboard_options){
			 .language = names[index].language,
			 .capitals = KEYBOARD_WORD_CAPITALS,
		     },
		     FIELD_ROWS, FIELD_COLUMNS);
	typist.tell = send_key;
	typist.to = pty;
	typist_write(&typist, names[index].way, names[index].caps);
	typist_cap(&typist, names[index].way, "✓", "✓");
	typist_end(&typist);
}

static void visit(const char *home, size_t index)
{
	SCOPED(char_freep) char *paper = xasprintf("%s/paper.png", home);
	/* Small pictures are made and read soon. */
	const struct pty_pixels foot = { .cell_height = 20, .cell_width = 8 };
	struct pty *pty =
	    pty_start_body(kiosk, (void *)home, ROWS, COLUMNS, &foot);

	assert_true(pty_expect_frames(pty, 1, PATIENCE));
	send_bytes(pty, PTY_ENTER, 1);
	/* English, then the one language of the home. */
	send_bytes(pty, "2", 2);
	write_name(pty, index);
	/* Through the review to the paper; what comes then is not of names. */
	for (int i = 0; access(paper, F_OK) != 0; i++) {
		assert_true(i < ENDS);
		pty_send(pty, PTY_ENTER);
		(void)pty_wait(pty, KEY_MS);
	}
	assert_int_equal(pty_stop(pty), 0);
}

/* --- the desk ------------------------------------------------------------- */

static json_t *read_ticket(const char *home)
{
	SCOPED(char_freep)
	char *command = xasprintf("%s/foyer ticket read --home %s %s/paper.png",
				  getenv("FOYER_BUILD"), home, home);
	FILE *pipe = popen(command, "r");
	json_error_t error;
	json_t *json = json_loadf(pipe, 0, &error);

	pclose(pipe);
	return json;
}

static const char *answer_of(const json_t *ticket, const char *name)
{
	const json_t *answer;
	size_t i;

	json_array_foreach(json_object_get(ticket, "answers"), i, answer)
	{
		if (strcmp(json_string_value(json_object_get(answer, "name")),
			   name) == 0)
			return json_string_value(
			    json_object_get(answer, "raw"));
	}
	return "";
}

/* The record keeps it byte for byte. */
static void expect_filed(const char *home, const char *name)
{
	struct output output = program_run(
	    "", "foyer record file --home %s %s/paper.png", home, home);
	SCOPED(char_freep) char *kept = NULL;
	SCOPED(char_freep) char *wanted = xasprintf(">%s</D2>", name);

	if (output.status || !strstr(output.out, "\"filed\""))
		fail_msg("%s%s", output.out, output.err);
	output_done(&output);
	kept = demo_ask(home, "SELECT submission FROM intake");
	if (!strstr(kept, wanted))
		fail_msg("%s is not in %s", wanted, kept);
}

static void names_arrive_as_they_were_written(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();

	(void)state;
	make_home(folder);
	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *home = folder_file(folder, names[i].language);
		SCOPED(char_freep) char *normal = text_normal(names[i].name);
		json_t *ticket;

		print_message("%s %s\n", names[i].language, normal);
		copy_home(folder, names[i].language);
		visit(home, i);
		ticket = read_ticket(home);
		assert_non_null(ticket);
		assert_string_equal(answer_of(ticket, "D2"), normal);
		json_decref(ticket);
		expect_filed(home, normal);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_arrive_as_they_were_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
