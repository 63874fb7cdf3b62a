#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/agency.h"
#include "tests/support/demo.h"
#include "tests/support/disk.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"

/*
 * What goes wrong around the programs: the exit status they promise, words
 * that name the place and the mend, and nothing lost.
 */
#define LATER 20000 /* ms */
#define SHELTER "claimant-shelter-es"

static void write_text(const char *path, const char *text)
{
	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

/* --- forms -------------------------------------------------------------------
 */

#define FORM(before, a, b)                                                 \
	before "<h:html xmlns='http://www.w3.org/2002/xforms' "            \
	       "xmlns:h='http://www.w3.org/1999/xhtml'><h:head><h:title>T" \
	       "</h:title><model><instance><data id='t'><a/><b/></data>"   \
	       "</instance><bind nodeset='/data/a' calculate='" a          \
	       "'/><bind nodeset='/data/b' calculate='" b                  \
	       "'/></model></h:head><h:body><input ref='/data/a'><label>A" \
	       "</label></input></h:body></h:html>"

static void a_form_that_is_wrong_names_the_place(void **state)
{
	static const struct {
		const char *form, *complaint;
	} cases[] = {
		{ FORM("", "/data/b", "/data/a"),
		  "form.xml: /data/b, calculate: a needs b, b needs a, so "
		  "that none can be worked out first; take a out here, "
		  "or, where a calculation may wait for an answer, name "
		  "that question in the column trigger (in XForms: a "
		  "setvalue)" },
		{ FORM("", "frobnicate(1)", "1"),
		  "form.xml: /data/a, calculate: unknown function "
		  "frobnicate()" },
		{ FORM("<!DOCTYPE x>", "1", "1"),
		  "form.xml: has a DOCTYPE, which could pull in other files; "
		  "remove it" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *form = folder_file(folder, "form.xml");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct output run, check;

		write_text(form, cases[i].form);
		run = program_run("", "foyer form run %s", form);
		assert_int_equal(run.status, 1);
		assert_non_null(strstr(run.out, cases[i].complaint));
		check = program_run("", "foyer form check %s", form);
		assert_int_equal(check.status, 1);
		assert_non_null(strstr(check.out, cases[i].complaint));
		output_done(&check);
		output_done(&run);
	}
}

static void a_sheet_without_a_column_builds_nothing(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *survey = folder_file(folder, "survey.csv");
	SCOPED(char_freep) char *form = folder_file(folder, "form.xml");
	struct output output;

	(void)state;
	write_text(survey, "type,label\ntext,A\n");
	output = program_run("", "foyer form build %s -o %s", folder, form);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err,
			       "survey.csv: row 1: the column name is "
			       "missing"));
	assert_int_not_equal(access(form, F_OK), 0);
	output_done(&output);
}

/* --- words -------------------------------------------------------------------
 */

static struct bytes content(const char *path)
{
	struct bytes bytes = { 0 };

	assert_int_equal(file_read(path, 64 << 20, &bytes), FAULT_NONE);
	return bytes;
}

static void break_line(const char *path, int line)
{
	SCOPED(char_freep)
	char *command =
	    xasprintf("sed -i '%ds/.*/msgid \"broken/' %s", line, path);

	assert_int_equal(system(command), 0);
}

static void a_broken_translation_is_told_by_file_and_line(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep)
	char *copy = xasprintf("cp -r translations screens %s", folder);
	SCOPED(char_freep)
	char *data = xasprintf("FOYER_DATA=%s", folder);
	SCOPED(char_freep)
	char *broken = folder_file(folder, "translations/kiosk.fr.po");
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	SCOPED(char_freep)
	char *path = folder_file(folder, "home/kiosk/kiosk.log");
	struct bytes log;
	const char *argv[] = { program, "--home", home, "--once", NULL };
	const char *extra[] = { data, NULL };
	struct pty *pty;

	(void)state;
	demo_new(home);
	assert_int_equal(system(copy), 0);
	break_line(broken, 40);
	pty = pty_start(argv, extra, 40, 120);
	assert_true(pty_expect(pty, "Press any key", LATER));
	pty_send(pty, PTY_ENTER);
	assert_true(pty_expect(pty, "English", LATER));
	assert_false(pty_shows(pty, "Français"));
	pty_stop(pty);
	log = content(path);
	bytes_add_byte(&log, 0);
	assert_non_null(strstr((char *)log.data,
			       "translations/kiosk.fr.po:41: end-of-line "
			       "within string; mend this line, or put "
			       "back the file as it was"));
	assert_non_null(strstr((char *)log.data,
			       "fr is not offered until that file is "
			       "mended"));
	bytes_done(&log);
}

/* --- the record --------------------------------------------------------------
 */

static void a_record_cut_short_is_left_as_it_is(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep) char *record = folder_file(home, "record/record.db");
	SCOPED(char_freep) char *digits = NULL;
	struct bytes whole, left;
	struct output output;

	(void)state;
	demo_new(home);
	digits = demo_ticket(home, SHELTER, NULL);
	whole = content(record);
	assert_int_equal(truncate(record, 5000), 0);
	output = program_run(digits, "foyer record file --home %s", home);
	assert_int_equal(output.status, 3);
	assert_non_null(strstr(output.err,
			       "record.db: the record is cut short: "
			       "it has 5000 of "));
	assert_non_null(strstr(output.err, "the newest backup"));
	output_done(&output);
	left = content(record);
	assert_int_equal(left.length, 5000);
	assert_memory_equal(left.data, whole.data, 5000);
	/* With the backup in its place the paper is filed. */
	assert_int_equal(file_write(record, whole.data, whole.length, 0600),
			 FAULT_NONE);
	output = program_run(digits, "foyer record file --home %s", home);
	assert_int_equal(output.status, 0);
	output_done(&output);
	bytes_done(&left);
	bytes_done(&whole);
}

/* Every write that filing makes, one after another, finds no room. */
static void a_full_disk_files_nothing_and_then_everything(void **state)
{
	static const struct agency_answer answers[] = { { "/data/age", "30" } };
	const struct record_who who = { .user = "Sam", .desk = "front" };
	struct filing_ticket ticket;
	struct agency agency;
	char *digits;
	int full = 0;

	(void)state;
	disk_install();
	disk_set(DISK_SOUND, 0);
	agency_init(&agency, 1);
	digits = agency_ticket(&agency, 1, 0, answers, COUNT(answers));
	for (int point = 1;; point++) {
		enum fault fault;

		disk_set(DISK_FULL, point);
		fault = filing_scan(agency.filing, digits, &who, AGENCY_NOON,
				    &ticket);
		if (!fault)
			break;
		full += record_trouble(agency.record) == RECORD_FULL;
	}
	disk_set(DISK_SOUND, 0);
	assert_true(full > 0);
	assert_int_equal(ticket.status, FILING_FILED);
	filing_ticket_done(&ticket);
	free(digits);
	agency_done(&agency);
}

/* --- terminals and options
 * ---------------------------------------------------- */

static struct pty *start_in(const char *name, const char *home, int rows,
			    int columns)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/%s", getenv("FOYER_BUILD"), name);
	const char *argv[] = { program, "--home", home, NULL };

	return pty_start(argv, NULL, rows, columns);
}

static void a_terminal_of_a_few_cells_says_so_and_goes_on(void **state)
{
	static const struct {
		const char *program, *keys, *small;
	} cases[] = {
		{ "foyer-kiosk", "\r1", "The screen is too small." },
		{ "foyer-desk", "", "Too small: make this window 40 by 12" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");

	(void)state;
	demo_new(home);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pty *pty = start_in(cases[i].program, home, 5, 20);

		for (const char *key = cases[i].keys; *key; key++) {
			pty_settle(pty, 500);
			pty_send(pty, (char[]){ *key, 0 });
		}
		assert_true(pty_expect(pty, cases[i].small, LATER));
		pty_resize(pty, 24, 80);
		pty_settle(pty, 500);
		assert_false(pty_shows(pty, cases[i].small));
		pty_resize(pty, 5, 20);
		assert_true(pty_expect(pty, cases[i].small, LATER));
		pty_stop(pty);
	}
}

static void wrong_use_has_its_own_status(void **state)
{
	static const struct {
		const char *words;
		int status;
		const char *complaint;
	} cases[] = {
		{ "foyer frobnicate", 2,
		  "foyer: no such noun: frobnicate; see foyer --help\n" },
		{ "foyer form frobnicate", 2, "no such verb: frobnicate" },
		{ "foyer record queue --nonsense", 2, "usage" },
		{ "foyer record queue --nonsense", 2, "'--nonsense'" },
		{ "foyer people find --nonsense Ana", 2, "'--nonsense'" },
		{ "foyer --home x record queue", 2,
		  "foyer: --home comes behind noun and verb" },
		{ "foyer record checkout --person P-3", 2, "into which file" },
		{ "foyer form preview x --paper a5", 2,
		  "--paper takes letter or a4" },
		{ "foyer ticket issue --form f --answers a -o t.gif", 2,
		  "ends in .png or .pdf" },
		{ "foyer printer emulate -o /nothing/there", 2,
		  "a folder that is there" },
		{ "foyer record queue --home /etc/passwd", 1,
		  "this is a file" },
		{ "foyer-kiosk --nonsense", 2, "usage: foyer-kiosk" },
		{ "foyer-desk --nonsense", 2, "usage: foyer-desk" },
		{ "foyer-kiosk", 3, "foyer-kiosk: needs a terminal" },
		{ "foyer-desk", 3, "foyer-desk: needs a terminal" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct output output = program_run("", "%s", cases[i].words);

		print_message("%s\n", cases[i].words);
		assert_int_equal(output.status, cases[i].status);
		assert_non_null(strstr(output.err, cases[i].complaint));
		assert_string_equal(output.out, "");
		output_done(&output);
	}
}

/* Whoever forgot --home reads that there is nothing, and begins a record. */
static void no_agency_is_begun_by_asking(void **state)
{
	static const char *const asks[] = {
		"record queue",
		"directory search",
		"statistics merge",
		"people find Ana",
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *was = xstrdup(getenv("HOME"));
	SCOPED(char_freep) char *local = folder_file(folder, ".local");

	(void)state;
	assert_int_equal(setenv("HOME", folder, 1), 0);
	for (size_t i = 0; i < COUNT(asks); i++) {
		struct output output = program_run("", "foyer %s", asks[i]);

		assert_int_equal(output.status, 1);
		assert_non_null(strstr(output.err, "no agency here"));
		assert_false(file_exists(local));
		output_done(&output);
	}
	assert_int_equal(setenv("HOME", was, 1), 0);
}

static void help_of_one_noun_is_of_that_alone(void **state)
{
	struct output output = program_run("", "foyer help record");

	(void)state;
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, "foyer record queue"));
	assert_null(strstr(output.out, "foyer kiosk enrol"));
	output_done(&output);
}

/* A terminal that cannot place its cursor would stay blank for ever. */
static void a_terminal_that_cannot_show_screens_ends_them(void **state)
{
	static const char *const programs[] = { "foyer-kiosk", "foyer-desk" };
	static const char *const kinds[] = { "TERM=dumb", "TERM=nonsense" };
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");

	(void)state;
	demo_new(home);
	for (size_t i = 0; i < 4; i++) {
		SCOPED(char_freep)
		char *program =
		    xasprintf("%s/%s", getenv("FOYER_BUILD"), programs[i / 2]);
		const char *argv[] = { program, "--home", home, NULL };
		const char *extra[] = { kinds[i % 2], NULL };
		struct pty *pty = pty_start(argv, extra, 24, 80);

		assert_true(pty_expect(pty, kinds[i % 2] + 5, LATER));
		assert_int_equal(pty_wait(pty, LATER), 3);
		assert_false(pty_shows(pty, "system refused"));
		pty_stop(pty);
	}
}

/* --- homes and settings
 * ------------------------------------------------------- */

static void a_misspelt_home_is_refused_and_not_made(void **state)
{
	static const char *const commands[] = {
		"kiosk show",
		"kiosk list",
		"kiosk close",
		"key show",
		"language list",
		"record queue",
		"record held",
		"visit show K7-0001",
		"ticket issue --form intake --answers a.json --digits",
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "nope");

	(void)state;
	for (size_t i = 0; i < COUNT(commands); i++) {
		struct output output =
		    program_run("", "foyer %s --home %s", commands[i], home);

		assert_int_equal(output.status, 1);
		assert_non_null(strstr(output.err, "nope: no such folder; "));
		assert_false(file_exists(home));
		output_done(&output);
	}
	for (size_t i = 0; i < 2; i++) {
		struct pty *pty =
		    start_in(i ? "foyer-kiosk" : "foyer-desk", home, 24, 80);

		assert_true(pty_expect(pty, "nope: no such folder; ", LATER));
		assert_int_equal(pty_wait(pty, LATER), 1);
		pty_stop(pty);
		assert_false(file_exists(home));
	}
}

static void a_wrong_setting_is_told_by_every_program(void **state)
{
	static const char wrong[] = "foyer.ini: line 28: [kiosk] has no "
				    "setting \"nmae\"; those it has: name";
	static const struct {
		const char *program, *log;
	} screens[] = {
		{ "foyer-kiosk", "kiosk/kiosk.log" },
		{ "foyer-desk", "record/desk.log" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	struct output output;

	(void)state;
	demo_new(home);
	demo_set(home, "[kiosk]\nnmae=K9\n");
	output = program_run("", "foyer kiosk show --home %s", home);
	assert_int_equal(output.status, 0);
	if (!strstr(output.err, wrong))
		fail_msg("%s", output.err);
	output_done(&output);
	for (size_t i = 0; i < COUNT(screens); i++) {
		SCOPED(char_freep)
		char *path = folder_file(home, screens[i].log);
		struct pty *pty = start_in(screens[i].program, home, 24, 80);
		struct bytes log;

		assert_true(
		    pty_expect(pty, i ? "Locked" : "Press any key", LATER));
		pty_stop(pty);
		log = content(path);
		bytes_add_byte(&log, 0);
		assert_non_null(strstr((char *)log.data, wrong));
		bytes_done(&log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_that_is_wrong_names_the_place),
		cmocka_unit_test(a_sheet_without_a_column_builds_nothing),
		cmocka_unit_test(a_broken_translation_is_told_by_file_and_line),
		cmocka_unit_test(a_record_cut_short_is_left_as_it_is),
		cmocka_unit_test(a_full_disk_files_nothing_and_then_everything),
		cmocka_unit_test(a_terminal_of_a_few_cells_says_so_and_goes_on),
		cmocka_unit_test(a_terminal_that_cannot_show_screens_ends_them),
		cmocka_unit_test(a_misspelt_home_is_refused_and_not_made),
		cmocka_unit_test(a_wrong_setting_is_told_by_every_program),
		cmocka_unit_test(wrong_use_has_its_own_status),
		cmocka_unit_test(no_agency_is_begun_by_asking),
		cmocka_unit_test(help_of_one_noun_is_of_that_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
