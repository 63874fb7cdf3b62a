#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "record/record.h"
#include "tests/support/audit.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"

/* A key that takes another's place, from one command to the next, in an
 * invented agency whose kiosk issues tickets. */
struct scene {
	char *folder, *home;
};

static int start(void **state)
{
	struct scene *scene = xcalloc(1, sizeof *scene);
	struct output output;

	scene->folder = folder_new();
	scene->home = folder_file(scene->folder, "home");
	output = program_run("", "foyer demo new --home %s", scene->home);
	assert_int_equal(output.status, 0);
	output_done(&output);
	*state = scene;
	return 0;
}

static int stop(void **state)
{
	struct scene *scene = *state;

	folder_remove(scene->folder);
	free(scene->folder);
	free(scene->home);
	free(scene);
	return 0;
}

/* Runs `foyer WORDS --home HOME`; the caller frees what it said. */
static char *office(const struct scene *scene, const char *input,
		    const char *words, int status)
{
	struct output output =
	    program_run(input, "foyer %s --home %s", words, scene->home);
	char *said = xasprintf("%s%s", output.out, output.err);

	if (output.status != status)
		fail_msg("foyer %s: %d, not %d\n%s", words, output.status,
			 status, said);
	output_done(&output);
	return said;
}

static void does(const struct scene *scene, const char *input,
		 const char *words, int status, const char *expected)
{
	SCOPED(char_freep) char *said = office(scene, input, words, status);

	if (!strstr(said, expected))
		fail_msg("foyer %s: not \"%s\" in:\n%s", words, expected, said);
}

/* "1A2B" of the present key. */
static void present(const struct scene *scene, char id[5])
{
	SCOPED(char_freep) char *said = office(scene, "", "key show", 0);

	memcpy(id, strstr(said, "id          ") + 12, 4);
	id[4] = 0;
}

/* A ticket of the home's kiosk, as a picture; the caller frees its path. */
static char *issue(const struct scene *scene, const char *name)
{
	SCOPED(char_freep) char *answers = folder_file(scene->folder, "a.json");
	SCOPED(char_freep) char *words = NULL;
	char *path = folder_file(scene->folder, name);

	assert_int_equal(file_write(answers, "{\"B1\": \"YES\"}", 13, 0600),
			 FAULT_NONE);
	words = xasprintf("ticket issue --form intake --answers %s -o %s",
			  answers, path);
	free(office(scene, "", words, 0));
	return path;
}

static void files(const struct scene *scene, const char *ticket,
		  const char *status)
{
	SCOPED(char_freep) char *words = xasprintf("record file %s", ticket);
	SCOPED(char_freep) char *line = xasprintf("\"status\":\"%s\"", status);
	struct output output =
	    program_run("", "foyer %s --home %s", words, scene->home);

	if (!strstr(output.out, line))
		fail_msg("not %s: %s%s", status, output.out, output.err);
	output_done(&output);
}

/* Begins at a terminal and types what stands behind "3  ", or something else;
 * the program's exit status. */
static int rotate(const struct scene *scene, const char *typed)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer", getenv("FOYER_BUILD"));
	SCOPED(char_freep) char *screen = NULL;
	const char *argv[] = { program,  "key",       "rotate",
			       "--home", scene->home, NULL };
	struct pty *pty = pty_start(argv, NULL, 40, 100);
	char line[20] = "";

	assert_true(pty_expect(pty, "From the paper, line 3:", 20000));
	screen = pty_screen(pty);
	memcpy(line, strstr(screen, "\n3  ") + 4, 19);
	pty_send(pty, typed ? typed : line);
	pty_send(pty, "\r");
	if (typed) {
		assert_true(pty_expect(pty, "not what this key has", 20000));
		pty_send(pty, "\004"); /* the end of what is typed */
	}
	assert_true(pty_wait(pty, 30000) >= 0);
	free(screen);
	screen = pty_screen(pty);
	assert_non_null(
	    strstr(screen, typed ? "nothing has changed" : "lock each open"));
	return pty_stop(pty);
}

static void add_act(void *to, const struct record_audit *row)
{
	if (strcmp(row->subject, "agency") == 0)
		bytes_add_format(to, "%s ", row->act);
}

/* What the audit has of the agency's key, the oldest first. */
static void noted(const struct scene *scene, const char *expected)
{
	SCOPED(char_freep)
	char *path = folder_file(scene->home, "record/record.db");
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(char_freep) char *acts = NULL;
	struct bytes said = { 0 };

	assert_int_equal(record_open(path, &record), FAULT_NONE);
	bytes_add_text(&said, "");
	assert_int_equal(record_audit_each(record, 0, add_act, &said),
			 FAULT_NONE);
	acts = bytes_take_text(&said);
	assert_string_equal(acts, expected);
}

static void old_tickets_open_after_the_key_was_changed(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *before = issue(scene, "before.png");
	SCOPED(char_freep) char *later = NULL;
	SCOPED(char_freep) char *words = NULL;
	SCOPED(char_freep) char *early = NULL;
	char old[5], new[5];

	present(scene, old);
	assert_int_equal(rotate(scene, NULL), 0);
	present(scene, new);
	assert_string_not_equal(old, new);
	does(scene, "", "key list", 0, "present");
	/* The kiosk goes on with what it pinned until somebody compares. */
	files(scene, before, "filed");
	free(office(scene, "", "kiosk pin", 0));
	later = issue(scene, "later.png");
	files(scene, later, "filed");
	/* Its time has not come; and who insists, gets it. */
	words = xasprintf("key destroy %s", old);
	early = xasprintf("key destroy --early %s", old);
	does(scene, "", words, 1, "60 days are not over");
	does(scene, "", early, 0, "destroyed old-");
	does(scene, "", words, 1, "no old key has the id");
	free(words);
	words = xasprintf("key destroy %s", new);
	does(scene, "", words, 1, "is the present key");
	files(scene, later, "already-filed");
	noted(scene, "key-change key-destroyed ");
}

static void a_paper_that_was_not_read_back_changes_nothing(void **state)
{
	const struct scene *scene = *state;
	char old[5], new[5];

	present(scene, old);
	assert_int_equal(rotate(scene, "0000 0000 0000 0000"), 1);
	present(scene, new);
	assert_string_equal(old, new);
	noted(scene, "");
}

/* A ticket that is aside needs its key still. */
static void a_key_that_a_ticket_waits_for_is_not_destroyed(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *ticket = issue(scene, "ticket.png");
	SCOPED(char_freep)
	char *locked = xasprintf("record file --locked %s", ticket);
	SCOPED(char_freep) char *early = NULL;
	struct output output;
	char old[5];

	present(scene, old);
	output = program_run("", "foyer %s --home %s", locked, scene->home);
	assert_non_null(strstr(output.out, "\"status\":\"locked\""));
	output_done(&output);
	assert_int_equal(rotate(scene, NULL), 0);
	early = xasprintf("key destroy --early %s", old);
	does(scene, "", early, 1, "1 ticket kept aside is sealed to it");
}

/* Scanned at a desk here while its server was away: its digits alone. */
static void a_key_that_a_kept_scan_needs_is_not_destroyed(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *answers = folder_file(scene->folder, "a.json");
	SCOPED(char_freep)
	char *folder = folder_file(scene->home, "record/kept");
	SCOPED(char_freep)
	char *kept = folder_file(
	    folder, "0000000000000001-0123456789abcdef0123456789abcdef-"
		    "00000001");
	SCOPED(char_freep) char *words = NULL;
	SCOPED(char_freep) char *said = NULL;
	SCOPED(char_freep) char *early = NULL;
	char *digits;
	char old[5];

	present(scene, old);
	assert_int_equal(file_write(answers, "{\"B1\": \"YES\"}", 13, 0600),
			 FAULT_NONE);
	words = xasprintf("ticket issue --form intake --answers %s --digits",
			  answers);
	said = office(scene, "", words, 0);
	digits = strchr(said, '\n') + 1; /* below its number */
	digits[strspn(digits, "0123456789")] = 0;
	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(kept, digits, strlen(digits), 0600),
			 FAULT_NONE);
	assert_int_equal(rotate(scene, NULL), 0);
	early = xasprintf("key destroy --early %s", old);
	does(scene, "", early, 1, "1 ticket that was scanned while the server");
	assert_int_equal(unlink(kept), 0);
	does(scene, "", early, 0, "destroyed old-");
}

static void paper_is_rehearsed_without_a_passphrase(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *said = office(scene, "", "key backup", 0);
	SCOPED(char_freep)
	char *wrong = xstrdup(strstr(said, "\n1  ") + 1);

	does(scene, "", "key list", 0, "paper not read back");
	does(scene, strstr(said, "\n1  ") + 1, "key rehearse", 0,
	     "the paper is good");
	does(scene, "", "key list", 0, "present\t\t\t\n");
	wrong[5] = wrong[5] == '0' ? '1' : '0';
	does(scene, wrong, "key rehearse", 1, "line 1 is not as it was");
}

/* A key counts once its paper was typed back; *made is what the home has then.
 */
static void make(const struct scene *scene, const char *typed, bool *made)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer", getenv("FOYER_BUILD"));
	SCOPED(char_freep) char *home = folder_file(scene->folder, "real");
	SCOPED(char_freep) char *secret = folder_file(home, "keys/agency.key");
	SCOPED(char_freep) char *screen = NULL;
	const char *argv[] = { program, "key", "new", "--home", home, NULL };
	struct pty *pty = pty_start(argv, NULL, 40, 100);
	char line[20] = "";

	assert_true(pty_expect(pty, "From the paper, line 3:", 20000));
	assert_false(file_exists(secret));
	screen = pty_screen(pty);
	memcpy(line, strstr(screen, "\n3  ") + 4, 19);
	pty_send(pty, typed ? typed : line);
	pty_send(pty, typed ? "\r\004" : "\r");
	assert_true(pty_wait(pty, 30000) >= 0);
	*made = file_exists(secret);
	assert_int_equal(pty_stop(pty), *made ? 0 : 1);
}

static void a_new_key_counts_once_its_paper_was_typed_back(void **state)
{
	bool made;

	make(*state, "0000 0000 0000 0000", &made);
	assert_false(made);
	make(*state, NULL, &made);
	assert_true(made);
}

/* The caller frees what stands on the paper of the key that is there. */
static char *paper_of(const struct scene *scene)
{
	SCOPED(char_freep) char *said = office(scene, "", "key backup", 0);

	return xstrdup(strstr(said, "\n1  ") + 1);
}

/* Paper does not tell a program when its key was made. */
static void an_old_paper_takes_nobody_back(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *old = paper_of(scene);
	SCOPED(char_freep) char *present = NULL;
	const struct scene other = { .home = folder_file(scene->folder, "b") };
	SCOPED(char_freep) char *made = office(&other, "", "demo new", 0);
	SCOPED(char_freep) char *strange = paper_of(&other);

	assert_int_equal(rotate(scene, NULL), 0);
	does(scene, old, "key restore --over", 1, "one of the old keys");
	does(scene, old, "key restore --old", 1, "`foyer key rotate`");
	present = paper_of(scene);
	does(scene, present, "key restore --over", 1, "key that is there");
	does(scene, strange, "key restore --old", 0, "kept ");
	does(scene, strange, "key restore --over", 1, "one of the old keys");
	noted(scene, "key-paper key-change key-paper key-kept ");
	noted(&other, "key-paper ");
	free(other.home);
}

static char *destroying(const char *id)
{
	return xasprintf("key destroy --early %s", id);
}

static void a_destroyed_key_comes_back_by_no_paper(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *paper = paper_of(scene);
	SCOPED(char_freep)
	char *secret = folder_file(scene->home, "keys/agency.key");
	SCOPED(char_freep) char *kept = NULL;
	SCOPED(char_freep) char *backup = folder_file(scene->folder, "b.fbk");
	SCOPED(char_freep)
	char *back_up = xasprintf("record backup -o %s", backup);
	SCOPED(char_freep)
	char *put_back = xasprintf("record restore %s", backup);
	SCOPED(char_freep) char *destroy = NULL;
	char id[5];

	present(scene, id);
	destroy = destroying(id);
	does(scene, "", back_up, 0, "");
	assert_int_equal(rotate(scene, NULL), 0);
	does(scene, "", destroy, 0, "destroyed old-");
	does(scene, paper, "key restore --over", 1, "destroyed here, for good");
	does(scene, paper, "key restore --old", 1, "burn this paper");
	does(scene, "", put_back, 1, "use one from\nafter the key was changed");
	kept = folder_file(scene->folder, "agency.key");
	assert_int_equal(rename(secret, kept), 0);
	does(scene, paper, "key restore", 1, "none: `foyer key new`");
	assert_false(file_exists(secret));
	assert_int_equal(rename(kept, secret), 0);
	noted(scene, "key-paper key-change key-destroyed ");
}

/* A cut between the note and the file: the key is here, and opens. */
static void a_backup_opens_while_its_key_is_here(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *backup = folder_file(scene->folder, "b.fbk");
	SCOPED(char_freep)
	char *history = folder_file(scene->home, "keys/history");
	SCOPED(char_freep)
	char *back_up = xasprintf("record backup -o %s", backup);
	SCOPED(char_freep)
	char *put_back = xasprintf("record restore --replace %s", backup);
	SCOPED(char_freep) char *destroyed = NULL;
	char id[5];

	present(scene, id);
	does(scene, "", back_up, 0, "");
	assert_int_equal(rotate(scene, NULL), 0);
	destroyed = xasprintf("%s destroyed -\n", id);
	assert_int_equal(
	    file_write(history, destroyed, strlen(destroyed), 0600),
	    FAULT_NONE);
	does(scene, "", put_back, 0, "");
}

static void what_was_done_is_told_where_its_row_is_lost(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *paper = paper_of(scene);
	SCOPED(char_freep)
	char *secret = folder_file(scene->home, "keys/agency.key");
	SCOPED(char_freep)
	char *record = folder_file(scene->home, "record/record.db");
	SCOPED(char_freep) char *destroy = NULL;
	char id[5];

	present(scene, id);
	destroy = destroying(id);
	audit_lose(record);
	assert_int_equal(unlink(secret), 0);
	does(scene, paper, "key restore", 3, "shown this once");
	assert_true(file_exists(secret));
	assert_int_equal(unlink(secret), 0);
	does(scene, "", "key new", 3, "fingerprint");
	assert_int_equal(unlink(secret), 0);
	does(scene, paper, "key restore", 3, "the audit has no row of it");
	assert_int_equal(rotate(scene, NULL), 3);
	does(scene, "", "key list", 0, "present\t\t\t\n");
	does(scene, "", destroy, 3, "Burn its paper");
	noted(scene, "key-paper ");
}

static void a_new_key_beside_a_record_has_its_row(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep)
	char *secret = folder_file(scene->home, "keys/agency.key");

	assert_int_equal(unlink(secret), 0);
	does(scene, "", "key new", 0, "fingerprint");
	noted(scene, "key-put ");
}

/* The paper of the one before, after the present one was lost. */
static void a_copy_of_the_present_key_is_removed_alone(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *paper = paper_of(scene);
	SCOPED(char_freep)
	char *secret = folder_file(scene->home, "keys/agency.key");
	SCOPED(char_freep) char *destroy = NULL;
	char id[5];

	present(scene, id);
	destroy = destroying(id);
	assert_int_equal(rotate(scene, NULL), 0);
	assert_int_equal(unlink(secret), 0);
	does(scene, paper, "key restore", 0, "restored");
	does(scene, "", destroy, 0, "its paper and its backups");
	assert_int_equal(unlink(secret), 0);
	does(scene, paper, "key restore", 0, "restored");
	noted(scene, "key-paper key-change key-put key-copy-removed key-put ");
}

/* Somebody else changes the keys at that moment. */
static void what_was_not_done_to_a_key_has_no_row(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *paper = paper_of(scene);
	SCOPED(char_freep) char *folder = folder_file(scene->home, "keys");
	const struct scene other = { .home = folder_file(scene->folder, "b") };
	SCOPED(char_freep) char *made = office(&other, "", "demo new", 0);
	SCOPED(char_freep) char *strange = paper_of(&other);
	SCOPED(char_freep) char *destroy = NULL;
	char id[5];
	int lock;

	present(scene, id);
	destroy = destroying(id);
	assert_int_equal(rotate(scene, NULL), 0);
	lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	does(scene, "", destroy, 3, "another program changes the keys");
	does(scene, strange, "key restore --over", 3, "another program");
	does(scene, strange, "key restore --old", 3, "another program");
	does(scene, "", "key backup -o /nowhere/paper.png", 3, "/nowhere");
	noted(scene, "key-paper key-change ");
	close(lock);
	does(scene, "", destroy, 0, "destroyed old-");
	does(scene, strange, "key restore --over", 0, "give each kiosk");
	noted(scene, "key-paper key-change key-destroyed key-change ");
	free(other.home);
}

/* --- to another desk ------------------------------------------------------
 */

/* A second desk of the same agency, empty. */
static struct scene beside(const struct scene *scene)
{
	struct scene other = { .home = folder_file(scene->folder, "other") };
	SCOPED(char_freep) char *mark = folder_file(other.home, "demo");

	assert_int_equal(folder_make(other.home), FAULT_NONE);
	assert_int_equal(file_write(mark, "", 0, 0600), FAULT_NONE);
	return other;
}

static char *carry(const struct scene *scene, const char *name)
{
	SCOPED(char_freep) char *file = folder_file(scene->folder, name);
	SCOPED(char_freep)
	char *out = xasprintf("key export --transfer-fd 0 -o %s", file);
	SCOPED(char_freep) char *said = office(scene, "six words\n", out, 0);

	assert_non_null(strstr(said, "fingerprint"));
	return xasprintf("--transfer-fd 0 %s", file);
}

static void a_second_desk_has_the_key_under_its_own_passphrase(void **state)
{
	const struct scene *scene = *state;
	const struct scene other = beside(scene);
	SCOPED(char_freep) char *first = carry(scene, "first.key");
	SCOPED(char_freep) char *second = NULL;
	SCOPED(char_freep) char *import = xasprintf("key import %s", first);
	SCOPED(char_freep) char *over = NULL;
	SCOPED(char_freep) char *back = NULL;
	SCOPED(char_freep) char *old = NULL;
	char here[5], there[5];

	does(&other, "another\n", import, 1, "not the file's passphrase");
	does(&other, "six words\n", import, 0, "The passphrase, shown this");
	present(scene, here);
	present(&other, there);
	assert_string_equal(here, there);
	does(&other, "six words\n", import, 1, "there is a key here already");

	/* The same key once more, a later one, and that one's predecessor. */
	over = xasprintf("key import --over %s", first);
	does(&other, "six words\n", over, 1, "that is the key that is there");
	sleep(1); /* keys know the second in which they were made */
	assert_int_equal(rotate(scene, NULL), 0);
	second = carry(scene, "second.key");
	back = xasprintf("key import --over %s", second);
	does(&other, "six words\n", back, 0, "lock each open desk");
	does(&other, "", "key list", 0, "\told\t");
	does(&other, "six words\n", over, 1, "one of the old keys");
	old = xasprintf("key import --old %s", first);
	does(&other, "six words\n", old, 1, "one of the old keys");
	noted(scene, "key-exported key-change key-exported ");
	present(scene, here);
	present(&other, there);
	assert_string_equal(here, there);
	free(other.home);
}

/* Where the older one was never kept, its file tells when it was made. */
static void an_older_key_of_a_file_is_for_old_tickets_alone(void **state)
{
	const struct scene *scene = *state;
	const struct scene other = beside(scene);
	SCOPED(char_freep) char *first = carry(scene, "first.key");
	SCOPED(char_freep) char *second = NULL;
	SCOPED(char_freep) char *words = NULL;

	sleep(1); /* keys know the second in which they were made */
	assert_int_equal(rotate(scene, NULL), 0);
	second = carry(scene, "second.key");
	words = xasprintf("key import %s", second);
	does(&other, "six words\n", words, 0, "The passphrase, shown this");
	free(words);
	words = xasprintf("key import --over %s", first);
	does(&other, "six words\n", words, 1, "was made before the key");
	free(words);
	words = xasprintf("key import --old %s", first);
	does(&other, "six words\n", words, 0, "kept ");
	free(other.home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
		TEST(old_tickets_open_after_the_key_was_changed),
		TEST(a_paper_that_was_not_read_back_changes_nothing),
		TEST(a_new_key_counts_once_its_paper_was_typed_back),
		TEST(a_key_that_a_ticket_waits_for_is_not_destroyed),
		TEST(a_key_that_a_kept_scan_needs_is_not_destroyed),
		TEST(a_destroyed_key_comes_back_by_no_paper),
		TEST(a_backup_opens_while_its_key_is_here),
		TEST(what_was_done_is_told_where_its_row_is_lost),
		TEST(a_new_key_beside_a_record_has_its_row),
		TEST(a_copy_of_the_present_key_is_removed_alone),
		TEST(what_was_not_done_to_a_key_has_no_row),
		TEST(paper_is_rehearsed_without_a_passphrase),
		TEST(an_old_paper_takes_nobody_back),
		TEST(a_second_desk_has_the_key_under_its_own_passphrase),
		TEST(an_older_key_of_a_file_is_for_old_tickets_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
