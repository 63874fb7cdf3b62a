#include "tests/test.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/queue.h"
#include "record/record.h"
#include "record/schema.h"
#include "record/ticket.h"
#include "tests/support/chance.h"
#include "tests/support/child.h"
#include "tests/support/disk.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/sample.h"
#include "tests/support/slow.h"

static char *path_in(const char *folder)
{
	return folder_file(folder, RECORD_FILE);
}

/* The bytes of the file, to see whether opening touched it. */
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

static void run_sql(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static int64_t ask_sql(const char *path, const char *sql)
{
	sqlite3_stmt *ask;
	sqlite3 *db;
	int64_t number;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &ask, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
	number = sqlite3_column_int64(ask, 0);
	sqlite3_finalize(ask);
	sqlite3_close(db);
	return number;
}

/* Opening is refused with these words, and the file stays as it was. */
static void assert_refused(const char *path, const char *words)
{
	struct record *record = NULL;
	struct bytes before = bytes_of(path), after;

	logged_start();
	assert_int_equal(record_open(path, &record), FAULT_STORE);
	assert_null(record);
	if (!strstr(logged(), words) || !strstr(logged(), path))
		fail_msg("%s", logged());
	logged_stop();
	after = bytes_of(path);
	assert_int_equal(before.length, after.length);
	assert_memory_equal(before.data ? (void *)before.data : "",
			    after.data ? (void *)after.data : "",
			    before.length);
	bytes_done(&before);
	bytes_done(&after);
}

static void a_new_record_is_marked_as_ours(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep)
	char *path = folder_file(folder, "deep/er/" RECORD_FILE);
	struct record *record;
	struct stat about;

	(void)state;
	assert_int_equal(record_open(path, &record), FAULT_NONE);
	assert_int_equal(record_trouble(record), RECORD_FINE);
	record_close(record);
	assert_int_equal(ask_sql(path, "PRAGMA application_id"),
			 RECORD_APPLICATION_ID);
	assert_int_equal(ask_sql(path, "PRAGMA user_version"), SCHEMA_VERSION);
	assert_int_equal(ask_sql(path, "SELECT journal_mode = 'wal' FROM"
				       " pragma_journal_mode"),
			 1);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
}

static void tables_are_strict_and_rows_belong_together(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);

	(void)state;
	record_close(sample_record(folder));
	assert_int_equal(ask_sql(path, "SELECT count(*) FROM pragma_table_list"
				       " WHERE schema = 'main' AND NOT strict"
				       " AND name NOT LIKE 'sqlite_%'"),
			 0);
	assert_int_equal(
	    ask_sql(path, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static void a_reopened_record_holds_what_was_filed(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);
	struct sample sample;
	int64_t id;

	(void)state;
	sample_init(&sample, 412);
	id = sample_file(record, &sample);
	record_close(record);
	record = sample_record(folder);
	assert_int_equal(sample_state(record, id), VISIT_WAITING);
	record_close(record);
}

static void an_empty_or_cut_file_is_refused_and_left_alone(void **state)
{
	static const struct {
		int hundredths; /* how much of the file is left */
		const char *words;
	} cuts[] = {
		{ 0, "cut short" },
		{ 50, "cut short" },
		{ 99, "cut short" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);
	struct bytes whole;

	(void)state;
	record_close(sample_record(folder));
	whole = bytes_of(path);
	for (size_t i = 0; i < COUNT(cuts); i++) {
		put_bytes(path, whole.data,
			  whole.length * (size_t)cuts[i].hundredths / 100);
		assert_refused(path, cuts[i].words);
	}
	put_bytes(path, whole.data, 60);
	assert_refused(path, "cut short");
	put_bytes(path, whole.data, whole.length);
	record_close(sample_record(folder));
	bytes_done(&whole);
}

static void a_damaged_page_is_refused_and_left_alone(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);
	struct record *record = sample_record(folder);
	struct bytes whole;
	struct sample sample;

	(void)state;
	for (uint32_t seq = 1; seq <= 20; seq++) {
		sample_init(&sample, seq);
		sample_file(record, &sample);
	}
	record_close(record);
	whole = bytes_of(path);
	memset(whole.data + whole.length / 4, 0xA5, whole.length / 2);
	put_bytes(path, whole.data, whole.length);
	assert_refused(path, "damaged");
	bytes_done(&whole);
}

/* Opens and walks it, as far as its pages let it. */
static bool walks(const char *path)
{
	struct record *record = NULL;
	struct queue queue;

	if (record_open(path, &record))
		return false;
	if (!queue_read(record, QUEUE_WAITING, SAMPLE_NOON, 0, &queue))
		queue_done(&queue);
	record_close(record);
	return true;
}

static void
any_damage_is_refused_or_harmless_and_never_written_over(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);
	struct record *record = sample_record(folder);
	struct chance chance = { .state = 11 };
	struct bytes whole;
	struct sample sample;
	int refused = 0;

	(void)state;
	sample_init(&sample, 1);
	sample_file(record, &sample);
	record_close(record);
	whole = bytes_of(path);
	logged_start();
	for (long i = loops(200); i > 0; i--) {
		struct bytes bad = { 0 }, after;

		bytes_add(&bad, whole.data, whole.length);
		/* Half of them where it hurts most. */
		for (uint32_t n = 1 + chance_below(&chance, 8); n; n--)
			bad.data[chance_below(
			    &chance, i % 2 ? 200 : (uint32_t)bad.length)] =
			    (uint8_t)chance_below(&chance, 256);
		put_bytes(path, bad.data, bad.length);
		if (!walks(path)) {
			refused++;
			after = bytes_of(path);
			assert_int_equal(after.length, bad.length);
			assert_memory_equal(after.data, bad.data, bad.length);
			bytes_done(&after);
		}
		bytes_done(&bad);
	}
	logged_stop();
	/* Two of them under valgrind may both be harmless. */
	assert_true(refused > 0 || loops(200) < 20);
	bytes_done(&whole);
}

static void other_files_are_refused(void **state)
{
	static const char text[] =
	    "Dear colleague, this is a letter and no record of anybody. It is "
	    "longer than the header of a database, so it is read whole.";
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);

	(void)state;
	put_bytes(path, text, sizeof text);
	assert_refused(path, "not a record of Foyer");
	unlink(path);
	run_sql(path, "CREATE TABLE recipe (name TEXT)");
	assert_refused(path, "another program");
}

static void a_record_of_a_newer_foyer_is_refused(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);

	(void)state;
	record_close(sample_record(folder));
	run_sql(path, "PRAGMA user_version = 999");
	assert_refused(path, "Update Foyer");
}

static long on_nfs(const char *folder)
{
	(void)folder;
	return 0x6969;
}

static void a_network_file_system_is_refused(void **state)
{
	static const struct {
		long type;
		const char *name;
	} types[] = {
		{ 0x6969, "NFS" },
		{ 0xff534d42, "CIFS" },
		{ (long)(int32_t)0xff534d42, "CIFS" },
		{ 0x65735546, "FUSE (sshfs and the like)" },
		{ 0xef53, NULL },     /* ext4 */
		{ 0x01021994, NULL }, /* tmpfs */
		{ -1, NULL },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);
	struct record *record = NULL;

	(void)state;
	for (size_t i = 0; i < COUNT(types); i++) {
		const char *name = network_filesystem(types[i].type);

		if (types[i].name)
			assert_string_equal(name, types[i].name);
		else
			assert_null(name);
	}
	logged_start();
	assert_int_equal(record_open_on(path, on_nfs, &record), FAULT_STORE);
	assert_non_null(strstr(logged(), "NFS"));
	assert_non_null(strstr(logged(), "--home"));
	logged_stop();
	assert_false(file_exists(path));
}

/* What a child of these tests files, where, and what goes wrong meanwhile. */
struct errand {
	const char *path;
	uint32_t seq;
	enum disk_trouble trouble;
	int point;        /* of the trouble, from 1 */
	const int *start; /* a pipe: waits until its end closes; or NULL */
};

#define NOT_OPENED 20
#define NOT_FILED 21

static int run_errand(void *to)
{
	const struct errand *errand = to;
	struct record *record;
	enum visit_filing answer;
	struct sample sample;
	enum fault fault;
	int64_t id;
	char go;

	sample_init(&sample, errand->seq);
	disk_set(errand->trouble, errand->point);
	if (errand->start) {
		close(errand->start[1]);
		(void)!read(errand->start[0], &go, 1);
	}
	if (record_open(errand->path, &record))
		return NOT_OPENED;
	fault = visit_file(record, &sample.visit, &sample_sam, SAMPLE_NOON,
			   &answer, &id);
	record_close(record);
	return fault ? NOT_FILED : (int)answer;
}

/* Several errands at once; counts who answered what. */
static int run_together(struct errand *errands, int count,
			enum visit_filing wanted)
{
	struct child children[8];
	int start[2], got = 0;

	assert_true(count <= (int)COUNT(children));
	assert_int_equal(pipe(start), 0);
	for (int i = 0; i < count; i++) {
		errands[i].start = start;
		children[i] = child_start(run_errand, &errands[i]);
	}
	close(start[0]);
	close(start[1]);
	for (int i = 0; i < count; i++)
		got += child_wait(&children[i]) == (int)wanted;
	return got;
}

static void two_programs_making_it_at_once_make_one(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);
	struct errand errands[4] = { { .path = path, .seq = 1 },
				     { .path = path, .seq = 2 },
				     { .path = path, .seq = 3 },
				     { .path = path, .seq = 4 } };

	(void)state;
	assert_int_equal(run_together(errands, 4, VISIT_FILED), 4);
	assert_int_equal(ask_sql(path, "SELECT count(*) FROM visit"), 4);
}

/* --- the disk goes wrong -------------------------------------------------- */

static int64_t count_whole_visits(const char *path)
{
	return ask_sql(path, "SELECT count(*) FROM visit JOIN ticket"
			     " ON case_id = CAST(visit.id AS TEXT)"
			     " JOIN intake ON intake.visit = visit.id"
			     " WHERE (SELECT count(*) FROM fact"
			     " WHERE fact.visit = visit.id) = 3"
			     " AND (SELECT count(*) FROM visit_rule"
			     " WHERE visit_rule.visit = visit.id) = 4");
}

/*
 * Killed at every write that making the record and filing takes: afterwards
 * the visit is there whole or not at all, and the same ticket can be filed.
 */
static void killed_at_any_write_a_visit_is_whole_or_not_there(void **state)
{
	const int step = getenv("FOYER_SLOW") ? 61 : 17;
	bool killed = true;
	int point = 1;

	(void)state;
	for (; killed; point += step + point / 16) {
		SCOPED(folder_freep) char *folder = folder_new();
		SCOPED(char_freep) char *path = path_in(folder);
		struct errand errand = { path, 412, DISK_KILLS, point, NULL };
		int64_t there;

		killed = child_result(run_errand, &errand) == CHILD_KILLED;
		record_close(sample_record(folder));
		there = ask_sql(path, "SELECT count(*) FROM visit");
		assert_int_equal(count_whole_visits(path), there);
		errand.trouble = DISK_SOUND;
		assert_int_equal(child_result(run_errand, &errand),
				 there ? VISIT_ALREADY_FILED : VISIT_FILED);
		assert_int_equal(count_whole_visits(path), 1);
	}
	assert_true(point > 10);
}

static void a_full_disk_loses_nothing_and_says_so(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);
	struct record *record = sample_record(folder);
	int full = 0;

	(void)state;
	for (int point = 1; point < 12; point++) {
		enum visit_filing answer;
		struct sample sample;
		enum fault fault;
		int64_t id;

		sample_init(&sample, (uint32_t)point);
		logged_start();
		disk_set(DISK_FULL, point);
		fault = visit_file(record, &sample.visit, &sample_sam,
				   SAMPLE_NOON, &answer, &id);
		disk_set(DISK_SOUND, 0);
		if (fault) {
			assert_int_equal(fault, FAULT_STORE);
			assert_int_equal(record_trouble(record), RECORD_FULL);
			assert_non_null(strstr(logged(), "disk is full"));
			full++;
		}
		logged_stop();
		/* There is room again: the same paper files, or was filed. */
		assert_int_equal(visit_file(record, &sample.visit, &sample_sam,
					    SAMPLE_NOON, &answer, &id),
				 FAULT_NONE);
		assert_int_equal(answer,
				 fault ? VISIT_FILED : VISIT_ALREADY_FILED);
	}
	record_close(record);
	assert_true(full > 1);
	assert_int_equal(count_whole_visits(path), 11);
}

static int file_on_a_small_quota(void *to)
{
	const struct rlimit small = { 8192, 8192 };
	struct record *record;
	enum visit_filing answer;
	struct sample sample;
	enum fault fault;
	int64_t id;

	sample_init(&sample, 1);
	if (record_open(to, &record))
		return NOT_OPENED;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	logged_start();
	fault = visit_file(record, &sample.visit, &sample_sam, SAMPLE_NOON,
			   &answer, &id);
	return fault == FAULT_STORE ? (int)record_trouble(record) : NOT_FILED;
}

static void a_limit_on_the_file_is_a_full_disk(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);

	(void)state;
	record_close(sample_record(folder));
	assert_int_equal(child_result(file_on_a_small_quota, path),
			 RECORD_FULL);
	assert_int_equal(ask_sql(path, "SELECT count(*) FROM visit"), 0);
}

/* --- two desks ------------------------------------------------------------ */

static void two_desks_file_a_ticket_once(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = path_in(folder);

	(void)state;
	record_close(sample_record(folder));
	for (uint32_t seq = 1; seq <= 5; seq++) {
		struct errand desks[3] = { { .path = path, .seq = seq },
					   { .path = path, .seq = seq },
					   { .path = path, .seq = seq } };

		assert_int_equal(run_together(desks, 3, VISIT_ALREADY_FILED),
				 2);
		assert_int_equal(count_whole_visits(path), seq);
	}
}

static void a_used_number_with_other_bytes_is_an_alarm(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);
	struct ticket_filed filed;
	enum ticket_seen seen;
	enum visit_filing answer;
	struct held *held;
	struct sample sample;
	int64_t first, second;
	size_t count;

	(void)state;
	sample_init(&sample, 412);
	first = sample_file(record, &sample);
	sample.hash[31] ^= 1;
	assert_int_equal(visit_file(record, &sample.visit, &sample_ana,
				    SAMPLE_NOON, &answer, &second),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_CLONE_ALARM);
	assert_int_equal(second, first);
	assert_int_equal(held_read(record, &held, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	assert_string_equal(held->reason, "clone-alarm");
	assert_int_equal(held->held_at, SAMPLE_NOON);
	assert_int_equal(held->length, sample.visit.wire_length);
	assert_memory_equal(held->wire, sample.visit.wire, held->length);
	free(held);

	assert_int_equal(
	    ticket_look(record, sample.kiosk, 412, sample.hash, &seen, &filed),
	    FAULT_NONE);
	assert_int_equal(seen, TICKET_CLONED);
	assert_int_equal(filed.visit, first);
	assert_string_equal(filed.by, "Sam");
	assert_string_equal(filed.at, "2026-06-21T16:00:00.000Z");
	ticket_filed_done(&filed);
	assert_int_equal(
	    ticket_look(record, sample.kiosk, 413, sample.hash, &seen, &filed),
	    FAULT_NONE);
	assert_int_equal(seen, TICKET_NEW);
	record_close(record);
}

/* --- audit ---------------------------------------------------------------- */

static void list_audit(void *to, const struct record_audit *row)
{
	bytes_add_format(to, "%s@%s %s %s %lld%s%s\n", row->user, row->desk,
			 row->act, row->subject, (long long)row->id,
			 row->old ? " was " : "", row->old ? row->old : "");
}

static void list_answer(void *to, const char *reference, const char *value)
{
	bytes_add_format(to, "%s=%s;", reference, value);
}

static void every_change_and_view_leaves_a_row(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);
	struct bytes rows = { 0 }, submission = { 0 }, answers = { 0 };
	enum visit_acted acted;
	enum visit_found found;
	struct sample sample;
	struct visit_basis basis;
	int64_t id;

	(void)state;
	sample_init(&sample, 1);
	id = sample_file(record, &sample);
	assert_int_equal(visit_act(record, id, VISIT_CALL, VISIT_NO_OUTCOME,
				   &sample_sam, SAMPLE_NOON, &acted),
			 FAULT_NONE);
	assert_int_equal(visit_override(record, id, VISIT_U2, "in pain",
					&sample_ana, SAMPLE_NOON, &acted),
			 FAULT_NONE);
	assert_int_equal(visit_submission(record, id, &sample_ana, SAMPLE_NOON,
					  VISIT_SHOWN, &found, &submission),
			 FAULT_NONE);
	assert_int_equal(found, VISIT_FOUND);
	assert_string_equal(submission.data, sample.visit.submission);
	assert_int_equal(visit_answers(record, id, &sample_sam, SAMPLE_NOON,
				       VISIT_SHOWN, &found, &basis, list_answer,
				       &answers),
			 FAULT_NONE);
	assert_string_equal(answers.data,
			    "/data/C1=OK;/data/D1=" SAMPLE_SECRET " H;");
	assert_memory_equal(basis.form, sample.form, 8);
	assert_int_equal(basis.issued, sample.visit.issued);
	assert_string_equal(basis.zone, "America/Toronto");
	assert_int_equal(record_audit_each(record, 0, list_audit, &rows),
			 FAULT_NONE);
	assert_string_equal(rows.data, "Sam@front file visit 1\n"
				       "Sam@front call visit 1 was waiting\n"
				       "Ana@back override visit 1 was U3\n"
				       "Ana@back view visit 1\n"
				       "Sam@front view visit 1\n");
	bytes_done(&answers);
	bytes_done(&rows);
	bytes_done(&submission);
	record_close(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_record_is_marked_as_ours),
		cmocka_unit_test(tables_are_strict_and_rows_belong_together),
		cmocka_unit_test(a_reopened_record_holds_what_was_filed),
		cmocka_unit_test(
		    an_empty_or_cut_file_is_refused_and_left_alone),
		cmocka_unit_test(a_damaged_page_is_refused_and_left_alone),
		cmocka_unit_test(
		    any_damage_is_refused_or_harmless_and_never_written_over),
		cmocka_unit_test(other_files_are_refused),
		cmocka_unit_test(a_record_of_a_newer_foyer_is_refused),
		cmocka_unit_test(a_network_file_system_is_refused),
		cmocka_unit_test(two_programs_making_it_at_once_make_one),
		cmocka_unit_test(
		    killed_at_any_write_a_visit_is_whole_or_not_there),
		cmocka_unit_test(a_full_disk_loses_nothing_and_says_so),
		cmocka_unit_test(a_limit_on_the_file_is_a_full_disk),
		cmocka_unit_test(two_desks_file_a_ticket_once),
		cmocka_unit_test(a_used_number_with_other_bytes_is_an_alarm),
		cmocka_unit_test(every_change_and_view_leaves_a_row),
	};

	disk_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
