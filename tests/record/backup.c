#include "tests/test.h"

#include <glob.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/restore.h"
#include "tests/support/chance.h"
#include "tests/support/child.h"
#include "tests/support/cut.h"
#include "tests/support/disk.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/sample.h"
#include "tests/support/slow.h"

/* A record with some visits, the agency's key, and where its backup goes. */
struct office {
	char *folder, *path, *backup;
	struct record *record;
	struct agency_key *key;
};

#define VISITS 12

static void office_init(struct office *office)
{
	const uint8_t secret[KEY_BYTES] = { 0x48 };
	struct sample sample;

	office->folder = folder_new();
	office->path = folder_file(office->folder, RECORD_FILE);
	office->backup = folder_file(office->folder, "B");
	office->record = sample_record(office->folder);
	office->key = agency_key_of_secret(secret, "", 0);
	for (uint32_t seq = 1; seq <= VISITS; seq++) {
		sample_init(&sample, seq);
		sample_file(office->record, &sample);
	}
}

static void office_done(struct office *office)
{
	record_close(office->record);
	agency_key_free(office->key);
	folder_remove(office->folder);
	free(office->folder);
	free(office->path);
	free(office->backup);
}

static enum fault back_up(struct office *office, struct backup_told *told)
{
	return backup_make(office->record, office->backup,
			   agency_key_public(office->key), &sample_sam,
			   SAMPLE_NOON, NULL, told);
}

static void must_back_up(struct office *office)
{
	struct backup_told told;

	assert_int_equal(back_up(office, &told), FAULT_NONE);
}

static enum fault restore_to(const struct office *office, const char *to,
			     bool replace, struct restored *restored)
{
	return restore_run(
	    &(struct restore){
		.from = office->backup,
		.to = to,
		.key = office->key,
		.replace = replace,
		.act = "restore",
		.who = &sample_ana,
		.now = SAMPLE_NOON + 1000,
	    },
	    restored);
}

static enum backup_answer answer_to(const struct office *office, const char *to,
				    bool replace)
{
	struct restored restored;
	enum backup_answer answer;

	assert_int_equal(restore_to(office, to, replace, &restored),
			 FAULT_NONE);
	answer = restored.answer;
	restored_done(&restored);
	return answer;
}

static struct bytes bytes_of(const char *path)
{
	struct bytes bytes = { 0 };

	assert_int_equal(file_read(path, 64 << 20, &bytes), FAULT_NONE);
	return bytes;
}

static void put_bytes(const char *path, const void *data, size_t length)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

/* How many files have a name that begins so. */
static size_t count_files(const char *folder, const char *pattern)
{
	SCOPED(char_freep) char *names = folder_file(folder, pattern);
	glob_t found = { 0 };
	size_t count = glob(names, 0, NULL, &found) ? 0 : found.gl_pathc;

	globfree(&found);
	return count;
}

/* The office's backup is the one that was kept beside it. */
static void office_take_kept(struct office *office)
{
	SCOPED(char_freep)
	char *names = folder_file(office->folder, "B.before-*");
	glob_t found = { 0 };

	assert_int_equal(glob(names, 0, NULL, &found), 0);
	free(office->backup);
	office->backup = xstrdup(found.gl_pathv[0]);
	globfree(&found);
}

/* Whether one of them has the text anywhere. */
static bool holds_in(const char *folder, const char *pattern, const char *text)
{
	SCOPED(char_freep) char *names = folder_file(folder, pattern);
	glob_t found = { 0 };
	bool holds = false;

	(void)glob(names, 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct bytes bytes = bytes_of(found.gl_pathv[i]);

		holds |= bytes.length &&
			 memmem(bytes.data, bytes.length, text, strlen(text));
		bytes_done(&bytes);
	}
	globfree(&found);
	return holds;
}

static void add_row(sqlite3_stmt *ask, struct bytes *out)
{
	for (int i = 0; i < sqlite3_column_count(ask); i++) {
		bytes_add(out, sqlite3_column_blob(ask, i),
			  (size_t)sqlite3_column_bytes(ask, i));
		bytes_add_byte(out, '|');
	}
	bytes_add_byte(out, '\n');
}

static void add_table(sqlite3 *db, const char *table, struct bytes *out)
{
	char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" ORDER BY 1", table);
	sqlite3_stmt *ask;

	bytes_add_format(out, "%s:\n", table);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &ask, NULL), 0);
	while (sqlite3_step(ask) == SQLITE_ROW)
		add_row(ask, out);
	sqlite3_finalize(ask);
	sqlite3_free(sql);
}

/* Every row of every table but the audit, whose last row is the backup's. */
static char *all_rows(const char *path)
{
	static const char tables[] =
	    "SELECT name FROM sqlite_schema WHERE type = 'table'"
	    " AND name NOT IN ('audit', 'sqlite_sequence') ORDER BY name";
	struct bytes out = { 0 };
	sqlite3_stmt *ask;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), 0);
	assert_int_equal(sqlite3_prepare_v2(db, tables, -1, &ask, NULL), 0);
	while (sqlite3_step(ask) == SQLITE_ROW)
		add_table(db, (const char *)sqlite3_column_text(ask, 0), &out);
	sqlite3_finalize(ask);
	sqlite3_close(db);
	for (size_t i = 0; i < out.length; i++)
		out.data[i] = out.data[i] ? out.data[i] : '0';
	return bytes_take_text(&out);
}

static int64_t ask_sql(const char *path, const char *sql)
{
	sqlite3_stmt *ask;
	sqlite3 *db;
	int64_t number;

	assert_int_equal(sqlite3_open(path, &db), 0);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &ask, NULL), 0);
	assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
	number = sqlite3_column_int64(ask, 0);
	sqlite3_finalize(ask);
	sqlite3_close(db);
	return number;
}

/* --- there and back ------------------------------------------------------- */

static void what_was_backed_up_comes_back_whole(void **state)
{
	SCOPED(folder_freep) char *other = folder_new();
	SCOPED(char_freep) char *to = folder_file(other, "a/b/" RECORD_FILE);
	SCOPED(char_freep) char *before = NULL;
	SCOPED(char_freep) char *after = NULL;
	struct office office;
	struct backup_told told;
	struct restored restored;
	struct bytes file;

	(void)state;
	office_init(&office);
	assert_int_equal(back_up(&office, &told), FAULT_NONE);
	file = bytes_of(office.backup);
	assert_int_equal(told.bytes, file.length);
	assert_int_equal(told.visits, VISITS);
	assert_null(memmem(file.data, file.length, SAMPLE_SECRET,
			   strlen(SAMPLE_SECRET)));
	assert_null(memmem(file.data, file.length, "SQLite", 6));
	assert_int_equal(restore_to(&office, to, false, &restored), FAULT_NONE);
	assert_int_equal(restored.answer, BACKUP_SOUND);
	assert_int_equal(restored.made, SAMPLE_NOON);
	assert_int_equal(restored.told.visits, VISITS);
	assert_int_equal(restored.told.rows, told.rows);
	assert_null(restored.kept);
	before = all_rows(office.path);
	after = all_rows(to);
	assert_string_equal(after, before);
	assert_int_equal(ask_sql(office.path, "SELECT count(*) FROM audit"
					      " WHERE act = 'backup'"),
			 1);
	assert_int_equal(ask_sql(to, "SELECT count(*) FROM audit"
				     " WHERE act = 'restore' AND user = 'Ana'"),
			 1);
	/* Nothing but the record and the backup is left. */
	assert_int_equal(count_files(office.folder, "*.copy*"), 0);
	assert_int_equal(count_files(office.folder, "*.part"), 0);
	assert_int_equal(count_files(other, "a/b/*.restoring*"), 0);
	restored_done(&restored);
	bytes_done(&file);
	office_done(&office);
}

/* What a watch was told: the last of each step. */
struct heard {
	int64_t done[BACKUP_STEPS], of[BACKUP_STEPS];
	int count[BACKUP_STEPS];
};

static void hear(void *to, enum backup_step step, int64_t done, int64_t of)
{
	struct heard *heard = to;

	assert_true(done >= heard->done[step]);
	heard->done[step] = done;
	heard->of[step] = of;
	heard->count[step]++;
}

static void long_work_tells_how_far_it_is(void **state)
{
	struct heard heard = { 0 };
	const struct backup_watch watch = { hear, &heard };
	struct office office;
	struct backup_told told;

	(void)state;
	office_init(&office);
	assert_int_equal(backup_make(office.record, office.backup,
				     agency_key_public(office.key), &sample_sam,
				     SAMPLE_NOON, &watch, &told),
			 FAULT_NONE);
	assert_int_equal(heard.count[BACKUP_CHECKING], 1);
	for (enum backup_step step = BACKUP_WRITING;
	     step <= BACKUP_READING_BACK; step++) {
		assert_int_equal(heard.done[step], heard.of[step]);
		assert_true(heard.count[step] > 1);
	}
	office_done(&office);
}

static int file_many(void *to)
{
	const char *folder = to;
	SCOPED(char_freep) char *path = folder_file(folder, RECORD_FILE);
	struct record *record;
	enum visit_filing answer;
	struct sample sample;
	int filed = 0;
	int64_t id;

	if (record_open(path, &record))
		return 0;
	for (uint32_t seq = 1000; seq < 1060; seq++) {
		sample_init(&sample, seq);
		filed += !visit_file(record, &sample.visit, &sample_ana,
				     SAMPLE_NOON, &answer, &id);
	}
	record_close(record);
	return filed;
}

/* Each backup is of one moment: what it holds belongs together. */
static void desks_go_on_writing_meanwhile(void **state)
{
	SCOPED(folder_freep) char *other = folder_new();
	struct office office;
	struct child desk;
	struct backup_told told;
	int64_t last = VISITS;

	(void)state;
	office_init(&office);
	desk = child_start(file_many, office.folder);
	for (int i = 0; i < 4; i++) {
		SCOPED(char_freep) char *name = xasprintf("%d.db", i);
		SCOPED(char_freep) char *to = folder_file(other, name);

		assert_int_equal(back_up(&office, &told), FAULT_NONE);
		assert_true(told.visits >= last);
		last = told.visits;
		assert_int_equal(answer_to(&office, to, false), BACKUP_SOUND);
		assert_int_equal(ask_sql(to, "SELECT count(*) FROM visit"),
				 told.visits);
		assert_int_equal(ask_sql(to, "SELECT count(*) FROM fact"),
				 3 * told.visits);
	}
	assert_int_equal(child_wait(&desk), 60);
	assert_int_equal(back_up(&office, &told), FAULT_NONE);
	assert_int_equal(told.visits, VISITS + 60);
	office_done(&office);
}

/* --- what is refused ------------------------------------------------------ */

static void a_backup_cut_anywhere_is_refused(void **state)
{
	SCOPED(char_freep) char *to = NULL;
	struct office office;
	struct bytes whole;

	(void)state;
	office_init(&office);
	to = folder_file(office.folder, "to.db");
	must_back_up(&office);
	whole = bytes_of(office.backup);
	for (size_t i = 0; i <= 40; i++) {
		size_t length = i <= 20   ? i * BACKUP_START / 20
				: i == 40 ? whole.length - 1
					  : whole.length * (i - 20) / 20;

		put_bytes(office.backup, whole.data, length);
		assert_int_equal(answer_to(&office, to, false),
				 length < 8 ? BACKUP_NOT_ONE
					    : BACKUP_CUT_SHORT);
		assert_false(file_exists(to));
	}
	bytes_add_byte(&whole, 0);
	put_bytes(office.backup, whole.data, whole.length);
	assert_int_equal(answer_to(&office, to, false), BACKUP_CUT_SHORT);
	bytes_done(&whole);
	office_done(&office);
}

static void a_backup_damaged_anywhere_is_refused(void **state)
{
	SCOPED(char_freep) char *to = NULL;
	struct chance chance = { .state = 5 };
	struct office office;
	struct bytes whole;

	(void)state;
	office_init(&office);
	to = folder_file(office.folder, "to.db");
	must_back_up(&office);
	whole = bytes_of(office.backup);
	for (long i = loops(200); i > 0; i--) {
		/* Half of them in the head. */
		size_t at = chance_below(
		    &chance, i % 2 ? BACKUP_START : (uint32_t)whole.length);
		uint8_t was = whole.data[at];

		whole.data[at] ^= (uint8_t)(1 + chance_below(&chance, 255));
		put_bytes(office.backup, whole.data, whole.length);
		assert_int_not_equal(answer_to(&office, to, false),
				     BACKUP_SOUND);
		assert_false(file_exists(to));
		whole.data[at] = was;
	}
	put_bytes(office.backup, whole.data, whole.length);
	assert_int_equal(answer_to(&office, to, false), BACKUP_SOUND);
	bytes_done(&whole);
	office_done(&office);
}

static void other_files_and_newer_ones_are_told_apart(void **state)
{
	SCOPED(char_freep) char *to = NULL;
	struct office office;
	struct agency_key *ours;
	struct bytes whole;
	const uint8_t secret[KEY_BYTES] = { 0x50 };

	(void)state;
	office_init(&office);
	to = folder_file(office.folder, "to.db");
	must_back_up(&office);
	whole = bytes_of(office.backup);

	ours = office.key;
	office.key = agency_key_of_secret(secret, "", 0);
	assert_int_equal(answer_to(&office, to, false), BACKUP_NOT_OURS);
	agency_key_free(office.key);
	office.key = ours;

	whole.data[50] = 99; /* the record's version */
	put_bytes(office.backup, whole.data, whole.length);
	assert_int_equal(answer_to(&office, to, false), BACKUP_NEWER);
	whole.data[50] = 0;
	whole.data[7] = '2'; /* FOYERBK2 */
	put_bytes(office.backup, whole.data, whole.length);
	assert_int_equal(answer_to(&office, to, false), BACKUP_NEWER);
	put_bytes(office.backup, "Dear colleague, this is a letter", 32);
	assert_int_equal(answer_to(&office, to, false), BACKUP_NOT_ONE);
	assert_false(file_exists(to));
	bytes_done(&whole);
	office_done(&office);
}

static void a_file_that_is_no_backup_is_not_written_over(void **state)
{
	struct office office;
	struct backup_told told;
	struct bytes letter;

	(void)state;
	office_init(&office);
	put_bytes(office.backup, "Dear colleague", 14);
	logged_start();
	assert_int_equal(back_up(&office, &told), FAULT_FORMAT);
	assert_non_null(strstr(logged(), "is no backup"));
	logged_stop();
	letter = bytes_of(office.backup);
	assert_string_equal(letter.data, "Dear colleague");
	unlink(office.backup);
	must_back_up(&office);
	must_back_up(&office); /* over an older one */
	bytes_done(&letter);
	office_done(&office);
}

/* Opening does not see that rows no longer belong together; a backup does. */
/* Who forgot --home, or named the wrong one. */
static void another_records_backup_is_kept_beside(void **state)
{
	SCOPED(folder_freep) char *empty = folder_new();
	SCOPED(char_freep) char *to = NULL;
	SCOPED(record_closep) struct record *other = sample_record(empty);
	struct office office;
	struct backup_told told;

	(void)state;
	office_init(&office);
	to = folder_file(office.folder, "to.db");
	must_back_up(&office);
	logged_start();
	must_back_up(&office); /* its own: replaced without a word */
	assert_string_equal(logged(), "");
	assert_int_equal(backup_make(other, office.backup,
				     agency_key_public(office.key), &sample_sam,
				     SAMPLE_NOON + 5000, NULL, &told),
			 FAULT_NONE);
	assert_int_equal(told.visits, 0);
	assert_non_null(strstr(logged(), "of another record"));
	assert_non_null(strstr(logged(), "B.before-"));
	logged_stop();
	assert_int_equal(count_files(office.folder, "B.before-*"), 1);
	office_take_kept(&office);
	assert_int_equal(answer_to(&office, to, false), BACKUP_SOUND);
	assert_int_equal(ask_sql(to, "SELECT count(*) FROM visit"), VISITS);
	office_done(&office);
}

static void a_damaged_record_gives_no_backup(void **state)
{
	struct office office;
	struct backup_told told;
	sqlite3 *db;

	(void)state;
	office_init(&office);
	assert_int_equal(sqlite3_open(office.path, &db), 0);
	assert_int_equal(sqlite3_exec(db, "DELETE FROM visit WHERE id = 3",
				      NULL, NULL, NULL),
			 0);
	sqlite3_close(db);
	logged_start();
	assert_int_equal(back_up(&office, &told), FAULT_STORE);
	assert_int_equal(record_trouble(office.record), RECORD_DAMAGED);
	assert_non_null(strstr(logged(), "damaged"));
	logged_stop();
	assert_false(file_exists(office.backup));
	office_done(&office);
}

/* --- a record that is there already --------------------------------------- */

static int hold_open(void *to)
{
	int *pipes = to;
	struct record *record;
	char go;

	close(pipes[1]);
	if (record_open((const char *)(pipes + 4), &record))
		return 1;
	(void)!write(pipes[3], "x", 1);
	(void)!read(pipes[0], &go, 1);
	record_close(record);
	return 0;
}

static void an_open_record_is_not_replaced(void **state)
{
	struct {
		int pipes[4];
		char path[256];
	} held;
	struct office office;
	struct child desk;
	char ready;

	(void)state;
	office_init(&office);
	must_back_up(&office);
	record_close(office.record);
	office.record = NULL;
	assert_int_equal(pipe(held.pipes), 0);
	assert_int_equal(pipe(held.pipes + 2), 0);
	snprintf(held.path, sizeof held.path, "%s", office.path);
	desk = child_start(hold_open, &held);
	close(held.pipes[0]);
	assert_int_equal(read(held.pipes[2], &ready, 1), 1);
	assert_int_equal(answer_to(&office, office.path, true), BACKUP_IN_USE);
	close(held.pipes[1]);
	assert_int_equal(child_wait(&desk), 0);
	assert_int_equal(answer_to(&office, office.path, true), BACKUP_SOUND);
	close(held.pipes[2]);
	close(held.pipes[3]);
	office_done(&office);
}

static void a_record_that_is_there_is_kept_beside(void **state)
{
	struct restored restored;
	struct office office;
	struct sample sample;

	(void)state;
	office_init(&office);
	must_back_up(&office);
	sample_init(&sample, 77);
	sample_file(office.record, &sample);
	record_close(office.record);
	office.record = NULL;
	assert_int_equal(answer_to(&office, office.path, false),
			 BACKUP_OCCUPIED);
	assert_int_equal(ask_sql(office.path, "SELECT count(*) FROM visit"),
			 VISITS + 1);
	assert_int_equal(restore_to(&office, office.path, true, &restored),
			 FAULT_NONE);
	assert_int_equal(restored.answer, BACKUP_SOUND);
	assert_int_equal(ask_sql(office.path, "SELECT count(*) FROM visit"),
			 VISITS);
	assert_non_null(
	    strstr(restored.kept, "record.db.before-2026-06-21-160001"));
	assert_int_equal(ask_sql(restored.kept, "SELECT count(*) FROM visit"),
			 VISITS + 1);
	restored_done(&restored);
	office_done(&office);
}

static int file_and_die(void *to)
{
	struct office *office = to;
	struct sample sample;

	sample_init(&sample, 78);
	sample_file(office->record, &sample);
	raise(SIGKILL);
	return 0;
}

/* The journal of a killed desk holds visits: they are kept with the old. */
static void the_old_journal_stays_with_the_old_record(void **state)
{
	struct restored restored;
	struct office office;

	(void)state;
	office_init(&office);
	must_back_up(&office);
	record_close(office.record);
	assert_int_equal(record_open(office.path, &office.record), FAULT_NONE);
	assert_int_equal(child_result(file_and_die, &office), CHILD_KILLED);
	/* Closing here would fold the journal in: leave it as the kill did. */
	{
		SCOPED(char_freep)
		char *journal = xasprintf("%s-wal", office.path);
		struct bytes left = bytes_of(journal);

		assert_true(left.length > 0);
		bytes_done(&left);
	}
	assert_int_equal(restore_to(&office, office.path, true, &restored),
			 FAULT_NONE);
	assert_int_equal(restored.answer, BACKUP_SOUND);
	assert_int_equal(ask_sql(restored.kept, "SELECT count(*) FROM visit"),
			 VISITS + 1);
	assert_int_equal(ask_sql(office.path, "SELECT count(*) FROM visit"),
			 VISITS);
	restored_done(&restored);
	office_done(&office);
}

static void a_damaged_record_is_replaced_and_kept_as_it_is(void **state)
{
	struct restored restored;
	struct office office;
	struct bytes bad, kept;

	(void)state;
	office_init(&office);
	must_back_up(&office);
	record_close(office.record);
	office.record = NULL;
	bad = bytes_of(office.path);
	memset(bad.data, 0xA5, 4096);
	put_bytes(office.path, bad.data, bad.length);
	assert_int_equal(restore_to(&office, office.path, true, &restored),
			 FAULT_NONE);
	assert_int_equal(restored.answer, BACKUP_SOUND);
	kept = bytes_of(restored.kept);
	assert_int_equal(kept.length, bad.length);
	assert_memory_equal(kept.data, bad.data, bad.length);
	assert_int_equal(ask_sql(office.path, "SELECT count(*) FROM visit"),
			 VISITS);
	restored_done(&restored);
	bytes_done(&bad);
	bytes_done(&kept);
	office_done(&office);
}

/* --- the disk goes wrong -------------------------------------------------- */

static void a_full_disk_leaves_the_older_backup(void **state)
{
	struct office office;
	struct backup_told told;
	struct bytes before, after;
	enum fault fault = FAULT_STORE;
	int full = 0;

	(void)state;
	office_init(&office);
	must_back_up(&office);
	before = bytes_of(office.backup);
	for (int point = 1; fault; point += 1 + point / 4) {
		logged_start();
		disk_set(DISK_FULL, point);
		fault = back_up(&office, &told);
		disk_set(DISK_SOUND, 0);
		if (fault) {
			assert_int_equal(fault, FAULT_STORE);
			assert_int_equal(record_trouble(office.record),
					 RECORD_FULL);
			assert_non_null(strstr(logged(), "disk is full"));
			full++;
		}
		logged_stop();
		assert_int_equal(count_files(office.folder, "*.copy*"), 0);
		after = bytes_of(office.backup);
		assert_int_equal(after.length, before.length);
		bytes_done(&after);
	}
	assert_int_equal(fault, FAULT_NONE);
	assert_true(full > 3);
	bytes_done(&before);
	office_done(&office);
}

static int back_up_in_little_room(void *to)
{
	const struct rlimit limit = { 40960, 40960 };
	struct office *office = to;
	struct backup_told told;
	enum fault fault;
	bool said;

	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	logged_start();
	fault = back_up(office, &told);
	said =
	    strstr(logged(), "disk is full") || strstr(logged(), "Make room");
	return fault && said && !file_exists(office->backup) ? 7 : 8;
}

static int restore_in_little_room(void *to)
{
	const struct rlimit limit = { 40960, 40960 };
	struct office *office = to;
	struct restored restored;
	enum fault fault;

	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	logged_start();
	fault = restore_to(office, office->path, true, &restored);
	return fault == FAULT_SYSTEM && strstr(logged(), "restoring") ? 7 : 8;
}

static void a_limit_on_files_changes_nothing(void **state)
{
	struct office office;

	(void)state;
	office_init(&office);
	assert_int_equal(child_result(back_up_in_little_room, &office), 7);
	assert_int_equal(count_files(office.folder, "*.part"), 0);
	must_back_up(&office);
	record_close(office.record);
	office.record = NULL;
	assert_int_equal(child_result(restore_in_little_room, &office), 7);
	assert_int_equal(count_files(office.folder, "*.restoring"), 0);
	assert_int_equal(ask_sql(office.path, "SELECT count(*) FROM visit"),
			 VISITS);
	office_done(&office);
}

/* --- killed --------------------------------------------------------------- */

static void back_up_again(void *to)
{
	struct office *office = to;
	SCOPED(record_closep) struct record *record = NULL;
	struct backup_told told;

	if (!record_open(office->path, &record))
		(void)!backup_make(record, office->backup,
				   agency_key_public(office->key), &sample_sam,
				   SAMPLE_NOON + 5000, NULL, &told);
}

static void restore_again(void *to)
{
	struct office *office = to;
	struct restored restored;

	if (!restore_to(office, office->path, true, &restored))
		restored_done(&restored);
}

#define STRIDE 19

static void killed_at_any_call_a_whole_backup_is_there(void **state)
{
	const int stride = getenv("FOYER_SLOW") ? 400 : STRIDE;
	struct office office;
	enum cut cut = CUT_OFF;
	int kills = 0;

	(void)state;
	office_init(&office);
	must_back_up(&office);
	record_close(office.record);
	office.record = NULL;
	for (int n = 1; cut == CUT_OFF; n += stride, kills++) {
		SCOPED(folder_freep) char *other = folder_new();
		SCOPED(char_freep) char *to = folder_file(other, "r.db");

		cut = cut_at(n, back_up_again, &office);
		if (cut == CUT_CANNOT)
			break;
		assert_int_equal(answer_to(&office, to, false), BACKUP_SOUND);
		assert_int_equal(ask_sql(to, "SELECT count(*) FROM visit"),
				 VISITS);
		/* At worst the name of an empty copy stays. */
		assert_false(holds_in(office.folder, "*.copy*", SAMPLE_SECRET));
	}
	assert_true(cut == CUT_CANNOT || kills > 1);
	assert_int_equal(record_open(office.path, &office.record), FAULT_NONE);
	must_back_up(&office);
	office_done(&office);
}

static void killed_at_any_call_a_whole_record_is_there(void **state)
{
	const int stride = getenv("FOYER_SLOW") ? 400 : STRIDE;
	struct office office;
	struct sample sample;
	enum cut cut = CUT_OFF;
	int kills = 0;

	(void)state;
	office_init(&office);
	must_back_up(&office);
	sample_init(&sample, 77);
	sample_file(office.record, &sample);
	record_close(office.record);
	office.record = NULL;
	for (int n = 1; cut == CUT_OFF; n += stride, kills++) {
		struct record *record = NULL;
		int64_t visits;

		cut = cut_at(n, restore_again, &office);
		if (cut == CUT_CANNOT)
			break;
		assert_int_equal(record_open(office.path, &record), FAULT_NONE);
		assert_int_equal(record_check(record), FAULT_NONE);
		record_close(record);
		visits = ask_sql(office.path, "SELECT count(*) FROM visit");
		assert_true(visits == VISITS || visits == VISITS + 1);
		/* The later visit is here or in one that was kept. */
		assert_true(visits == VISITS + 1 ||
			    count_files(office.folder, "*.before-*") > 0);
	}
	assert_true(cut == CUT_CANNOT || kills > 1);
	office_done(&office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_backed_up_comes_back_whole),
		cmocka_unit_test(long_work_tells_how_far_it_is),
		cmocka_unit_test(desks_go_on_writing_meanwhile),
		cmocka_unit_test(a_backup_cut_anywhere_is_refused),
		cmocka_unit_test(a_backup_damaged_anywhere_is_refused),
		cmocka_unit_test(other_files_and_newer_ones_are_told_apart),
		cmocka_unit_test(a_file_that_is_no_backup_is_not_written_over),
		cmocka_unit_test(another_records_backup_is_kept_beside),
		cmocka_unit_test(a_damaged_record_gives_no_backup),
		cmocka_unit_test(an_open_record_is_not_replaced),
		cmocka_unit_test(a_record_that_is_there_is_kept_beside),
		cmocka_unit_test(the_old_journal_stays_with_the_old_record),
		cmocka_unit_test(
		    a_damaged_record_is_replaced_and_kept_as_it_is),
		cmocka_unit_test(a_full_disk_leaves_the_older_backup),
		cmocka_unit_test(a_limit_on_files_changes_nothing),
		cmocka_unit_test(killed_at_any_call_a_whole_backup_is_there),
		cmocka_unit_test(killed_at_any_call_a_whole_record_is_there),
	};

	disk_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
