#include "tests/test.h"

#include <fcntl.h>
#include <sched.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "desk/box_menu.h"
#include "desk/box_papers.h"
#include "tests/support/folder.h"
#include "tests/support/sitting.h"

#define PLAN "foyer-plan-20261122-104501.pdf"
#define LIST "foyer-list-people-20261122-113000-2.pdf"

static char *print_path(const struct sitting *sitting, const char *name)
{
	return home_path(sitting->office->agency.home, HOME_PRINTS, name);
}

static void put_print(const struct sitting *sitting, const char *name,
		      const char *text, time_t at)
{
	SCOPED(char_freep) char *path = print_path(sitting, name);
	const struct timespec times[2] = { { .tv_sec = at }, { .tv_sec = at } };

	assert_int_equal(
	    folder_make(home_folder(sitting->office->agency.home, HOME_PRINTS)),
	    FAULT_NONE);
	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static bool is_printed(const struct sitting *sitting, const char *name)
{
	SCOPED(char_freep) char *path = print_path(sitting, name);

	return file_exists(path);
}

static bool is_on_stick(const struct sitting *sitting, const char *name)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/" PAPERS_FOLDER "/%s",
			       sitting->boxed.safe.place.stick, name);

	return file_exists(path);
}

static int begin(void **state)
{
	if (sitting_open(state))
		return -1;
	put_print(*state, PLAN, "of Amina", SEAT_NOW / 1000 - 8000);
	put_print(*state, LIST, "of all", SEAT_NOW / 1000 - 5000);
	put_print(*state, "somebody's.pdf", "not ours", SEAT_NOW / 1000);
	return 0;
}

/* How often an act is in the audit. */
struct acts {
	const char *act;
	int count;
};

static void count_act(void *to, const struct record_audit *row)
{
	struct acts *acts = to;

	acts->count +=
	    strcmp(row->act, acts->act) == 0 && row->old &&
	    (strcmp(row->old, PLAN) == 0 || strcmp(row->old, LIST) == 0);
}

static int audited(const struct sitting *sitting, const char *act)
{
	struct acts acts = { act, 0 };

	assert_int_equal(
	    record_audit_each(sitting->sam->desk.record, 0, count_act, &acts),
	    FAULT_NONE);
	return acts.count;
}

static void pages_are_named_by_their_time_on_the_stick(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sitting_row(sam, 1);
	seat_golden(sam, "desk-box-papers-80x24");
	seat_type(sam, "a");
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	/* What that means is said before anything is written. */
	seat_sees(sam, "2 pages on FOYER, 1 GB (sda1)?");
	seat_sees(sam, "NOT encrypted");
	assert_int_equal(audited(sitting, "paper-to-stick"), 0);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "Pull the stick out: 2 pages are in its folder "
			  "foyer-papers.");
	assert_true(is_on_stick(sitting, "2026-11-22-104501-plan.pdf"));
	assert_true(
	    is_on_stick(sitting, "2026-11-22-113000-list-people-2.pdf"));
	assert_int_equal(audited(sitting, "paper-to-stick"), 2);
	assert_true(is_printed(sitting, PLAN));
	seat_sees(sam, "on a stick");
	/* And then they are erased from the box. */
	seat_type(sam, "x");
	seat_sees(sam, "Erase 2 pages from this box?");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "2 pages were erased from this box.");
	assert_false(is_printed(sitting, PLAN));
	assert_false(is_printed(sitting, LIST));
	assert_true(is_printed(sitting, "somebody's.pdf"));
	assert_int_equal(audited(sitting, "paper-erased"), 2);
	seat_sees(sam, "Nothing is here.");
}

/* They stood there as their files are called. */
static void pages_are_called_by_what_they_are(void **state)
{
	static const struct {
		const char *name, *en, *fr;
	} pages[] = {
		{ "plan", "Plan", "Plan" },
		{ "consent", "Consent", "Consentement" },
		{ "summary", "Summary of a person", "Résumé d’une personne" },
		{ "places", "Places to go to", "Endroits où aller" },
		{ "matrix", "Who does what in a sponsor",
		  "Qui fait quoi d’un" },
		{ "list-audit", "Who looked at what", "Qui a vu quoi" },
		{ "list-retention", "Proposed to be erased",
		  "Proposés à l’effacement" },
		{ "newer-kind", "newer-kind", "newer-kind" },
	};
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	struct staff *staff = &sam->desk.staff;
	SCOPED(char_freep)
	char *folder = xasprintf("%s/translations", getenv("FOYER_SOURCE"));

	for (size_t i = 0; i < COUNT(pages); i++) {
		SCOPED(char_freep)
		char *name =
		    xasprintf("foyer-%s-20261122-104501.pdf", pages[i].name);

		put_print(sitting, name, "of all", SEAT_NOW / 1000 - 5000);
	}
	sitting_row(sam, 1);
	for (size_t i = 0; i < COUNT(pages); i++)
		seat_sees(sam, pages[i].en);
	seat_press(sam, UI_KEY_ESCAPE);
	staff->language = "fr";
	catalogue_free(staff->words);
	staff->words = catalogue_new("fr");
	assert_int_equal(catalogue_add_family(staff->words, folder, "desk"),
			 FAULT_NONE);
	seat_press(sam, UI_KEY_ENTER);
	for (size_t i = 0; i < COUNT(pages); i++)
		seat_sees(sam, pages[i].fr);
}

static void one_page_goes_alone(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sitting_row(sam, 1);
	seat_press(sam, UI_KEY_DOWN);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "1 page is in its folder");
	assert_true(is_on_stick(sitting, "2026-11-22-104501-plan.pdf"));
	assert_false(
	    is_on_stick(sitting, "2026-11-22-113000-list-people-2.pdf"));
	/* Another key than Enter erases nothing. */
	seat_type(sam, "x");
	seat_sees(sam, "Erase 1 page");
	seat_press(sam, UI_KEY_DOWN);
	seat_misses(sam, "Erase 1 page");
	assert_true(is_printed(sitting, PLAN));
	seat_type(sam, "x");
	seat_press(sam, UI_KEY_ENTER);
	assert_false(is_printed(sitting, PLAN));
	assert_true(is_printed(sitting, LIST));
}

static void pages_are_for_whoever_sees_all_of_them(void **state)
{
	static const unsigned others[] = { ROLE_RECEPTION, ROLE_WORKER,
					   ROLE_AUDITOR, ROLE_ADMINISTRATOR };
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	for (size_t i = 0; i < COUNT(others); i++) {
		sam->desk.staff.who.roles = others[i];
		seat_type(sam, "B");
		seat_misses(sam, "Take printed pages to a printer");
		desk_open(&sam->desk, &desk_box_papers_screen, NULL);
		seat_sees(sam, "Nothing is here.");
		seat_type(sam, "ax");
		seat_misses(sam, "Erase");
		seat_press(sam, UI_KEY_ESCAPE);
		seat_press(sam, UI_KEY_ESCAPE);
	}
	sam->desk.staff.who.roles = ROLE_SUPERVISOR;
	sitting_row(sam, 1);
	seat_sees(sam, "▸ People");
}

/* By what is in it, whatever a page is called. */
static void who_coordinates_sites_takes_what_they_share_alone(void **state)
{
	static const char shared[] =
	    "foyer-statistics-Elm-2026-10-20261122-104501.json";
	static const char called[] =
	    "foyer-statistics-of-Amina-20261122-104501.json";
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	put_print(sitting, shared, "{\"foyer_statistics\":1,\"site\":\"Elm\"",
		  SEAT_NOW / 1000);
	put_print(sitting, called, "{\"name\":\"Amina\"}", SEAT_NOW / 1000);
	sam->desk.staff.who.roles = ROLE_COORDINATOR;
	sitting_row(sam, 1);
	seat_sees(sam, "statistics-Elm-2026-10");
	seat_misses(sam, "Amina");
	seat_misses(sam, "People");
	seat_misses(sam, "Plan");
	seat_type(sam, "a");
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "1 file of shared statistics on FOYER");
	seat_misses(sam, "NOT encrypted");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "1 page is in its folder");
	assert_true(is_on_stick(
	    sitting, "2026-11-22-104501-statistics-Elm-2026-10.json"));
	assert_false(is_on_stick(sitting, "2026-11-22-104501-plan.pdf"));
	/* Beside a page it is told what that one is. */
	sam->desk.staff.who.roles = ROLE_SUPERVISOR;
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "a");
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "4 pages on FOYER");
	seat_sees(sam, "NOT encrypted");
}

static void a_question_to_erase_ends_with_another_choice(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sitting_row(sam, 1);
	seat_type(sam, "x");
	seat_sees(sam, "Erase 1 page");
	seat_type(sam, "a");
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_ENTER);
	assert_true(is_printed(sitting, PLAN));
	assert_true(is_printed(sitting, LIST));
}

static void let_no_audit(const struct sitting *sitting)
{
	SCOPED(char_freep)
	char *path = folder_file(sitting->office->agency.folder, RECORD_FILE);
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "CREATE TRIGGER no_audit BEFORE INSERT"
				      " ON audit BEGIN"
				      " SELECT RAISE(ABORT, 'none'); END",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
}

static void what_cannot_be_written_down_is_not_erased(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	let_no_audit(sitting);
	sitting_row(sam, 1);
	seat_type(sam, "x");
	seat_press(sam, UI_KEY_ENTER);
	assert_true(is_printed(sitting, PLAN));
	assert_true(is_printed(sitting, LIST));
}

/* Its node goes between the question and the writing. */
static void a_stick_that_is_pulled_while_written_is_told(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sitting_row(sam, 1);
	seat_type(sam, "a");
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	sam->desk.nodes = "/nowhere";
	sitting_wait(sam, "The stick was pulled out");
	assert_true(is_printed(sitting, PLAN));
	assert_false(is_on_stick(sitting, "2026-11-22-104501-plan.pdf"));
}

static void what_a_stick_cannot_take_is_known(void **state)
{
	struct sitting *sitting = *state;
	const char *stick = sitting->boxed.safe.place.stick;

	assert_int_equal(stick_trouble(stick, "/dev/null", 0), STICK_SOUND);
	assert_int_equal(stick_trouble(stick, "/dev/null", UINT64_MAX),
			 STICK_FULL);
	assert_int_equal(stick_trouble(stick, "/nowhere", 0), STICK_PULLED);
	assert_int_equal(stick_trouble("/nowhere", "/dev/null", 0),
			 STICK_PULLED);
}

/* 0 where a disk that is mounted for reading alone is known; 77 where none can
 * be mounted here. */
static int look_at_locked(const char *stick)
{
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) ||
	    mount("none", stick, "tmpfs", MS_RDONLY, NULL))
		return 77;
	return stick_trouble(stick, "/dev/null", 0) == STICK_LOCKED ? 0 : 1;
}

static void a_stick_that_is_locked_is_known(void **state)
{
	const struct sitting *sitting = *state;
	const pid_t child = fork();
	int status;

	if (!child)
		_exit(look_at_locked(sitting->boxed.safe.place.stick));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, sitting_close)
	static const struct CMUnitTest tests[] = {
		TEST(pages_are_named_by_their_time_on_the_stick),
		TEST(pages_are_called_by_what_they_are),
		TEST(one_page_goes_alone),
		TEST(pages_are_for_whoever_sees_all_of_them),
		TEST(who_coordinates_sites_takes_what_they_share_alone),
		TEST(a_question_to_erase_ends_with_another_choice),
		TEST(what_cannot_be_written_down_is_not_erased),
		TEST(a_stick_that_is_pulled_while_written_is_told),
		TEST(what_a_stick_cannot_take_is_known),
		TEST(a_stick_that_is_locked_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
