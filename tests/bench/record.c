#include "tests/test.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "record/entity.h"
#include "record/queue.h"
#include "record/timeline.h"
#include "tests/bench/measure.h"
#include "tests/support/crowd.h"
#include "tests/support/folder.h"
#include "tests/support/pair.h"
#include "tests/support/sample.h"

/*
 * What a desk does all day, in a record of a hundred thousand and of a million
 * people with five events each: opening it, the queue, filing a ticket, a
 * person's timeline, saving a note; and a caseload that goes out and comes
 * back. Looking people up is in people.c.
 */
#define ASKED 200
static const int64_t crowds[] = { 100000, 1000000 };

static const struct record_who who = { .user = "Sam", .desk = "" };

static void run(sqlite3 *db, const char *sql)
{
	char *complaint = NULL;

	sqlite3_exec(db, sql, NULL, NULL, &complaint);
	if (complaint)
		print_error("%s\n", complaint);
	assert_null(complaint);
}

/* Five events for each person from first to last: contacts, a note, a visit. */
static void fill_events(const char *path, int64_t first, int64_t last)
{
	static const char range[] =
	    "WITH RECURSIVE n (i) AS (SELECT %lld UNION ALL SELECT i + 1 FROM"
	    " n WHERE i < %lld) INSERT INTO %s SELECT %s FROM n";
	static const struct {
		const char *into, *values;
	} events[] = {
		{ "service_contact (person, day, mode)",
		  "i, '2026-03-01', 'in-person'" },
		{ "service_contact (person, day, mode)",
		  "i, '2026-04-01', 'phone'" },
		{ "service_contact (person, day, mode)",
		  "i, '2026-05-01', 'phone'" },
		{ "note (person, text, guard, made_at)",
		  "i, 'rent is paid', 'open', 1772000000000 + i" },
		{ "visit (number, form, person, issued, arrived, zone, filed,"
		  " desk, level, tags, language, quiet, more_to_tell, keep,"
		  " state, ended)",
		  "'K7-' || i, zeroblob(8), i, 0, 1772000000000 + i,"
		  " 'America/Toronto', 0, '', 3, '', 'ti', 0, 0, 'kept',"
		  " 'ended', 1772000000000 + i" },
	};
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	run(db, "PRAGMA synchronous = OFF; BEGIN");
	for (size_t i = 0; i < COUNT(events); i++) {
		SCOPED(char_freep)
		char *sql = xasprintf(range, (long long)first, (long long)last,
				      events[i].into, events[i].values);

		run(db, sql);
	}
	run(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(db);
}

/* --- what is measured ------------------------------------------------------
 */

static double read_bare(const char *path, int64_t people)
{
	double ms[ASKED];
	sqlite3_stmt *ask;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT text FROM note WHERE"
					    " id = ?1",
					    -1, &ask, NULL),
			 SQLITE_OK);
	for (int i = 0; i < ASKED; i++) {
		const double from = measure_ms();

		sqlite3_bind_int64(ask, 1, 1 + i * 7919 % people);
		assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
		sqlite3_reset(ask);
		ms[i] = measure_ms() - from;
	}
	sqlite3_finalize(ask);
	sqlite3_close(db);
	return measure_median(ms, ASKED);
}

typedef void work_once(struct record *record, int64_t person, uint32_t seq);

static void read_queue(struct record *record, int64_t person, uint32_t seq)
{
	struct queue queue;

	(void)person;
	(void)seq;
	assert_int_equal(
	    queue_read(record, QUEUE_WAITING, SAMPLE_NOON, 0, &queue),
	    FAULT_NONE);
	queue_done(&queue);
}

static void file_ticket(struct record *record, int64_t person, uint32_t seq)
{
	struct sample sample;
	enum visit_filing filing;
	int64_t id;

	(void)person;
	sample_init(&sample, seq);
	sample.hash[1] = (uint8_t)seq;
	sample.hash[2] = (uint8_t)(seq >> 8);
	assert_int_equal(
	    visit_file(record, &sample.visit, &who, SAMPLE_NOON, &filing, &id),
	    FAULT_NONE);
	assert_int_equal(filing, VISIT_FILED);
}

static void read_timeline(struct record *record, int64_t person, uint32_t seq)
{
	struct timeline_event *events;
	size_t count;

	(void)seq;
	assert_int_equal(timeline_read(record, person, &who, &events, &count),
			 FAULT_NONE);
	assert_true(count >= 5);
	free(events);
}

static void save_note(struct record *record, int64_t person, uint32_t seq)
{
	SCOPED(entity_freep) struct entity *note = NULL;
	enum entity_answer answer;

	(void)seq;
	assert_int_equal(entity_new(record, kind_find("note"), &note),
			 FAULT_NONE);
	(void)entity_set_number(note, "person", person);
	(void)entity_set(note, "text", "called back");
	(void)entity_set(note, "guard", "open");
	assert_int_equal(entity_save(record, note, SOURCE_TOLD, &who,
				     SAMPLE_NOON, &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
}

static void tell(const char *what, struct record *record, work_once *work,
		 int64_t people, double bare)
{
	static uint32_t seq;
	double ms[ASKED], middle;

	for (int i = 0; i < ASKED; i++) {
		const double from = measure_ms();

		work(record, 1 + i * 104729 % people, ++seq);
		ms[i] = measure_ms() - from;
	}
	middle = measure_median(ms, ASKED);
	measure_tell(what, middle, "ms", "p95 %.3f ms; %.0f x a read by key",
		     ms[ASKED * 95 / 100], middle / bare);
}

/* --- a caseload out and back -----------------------------------------------
 */

#define TAKEN 300
#define STEP 100 /* instructions between two counts */

static int64_t worked;

static int count_work(void *to)
{
	(void)to;
	worked += STEP;
	return 0;
}

static int watch_work(sqlite3 *db, char **trouble,
		      const struct sqlite3_api_routines *api)
{
	(void)trouble;
	(void)api;
	sqlite3_progress_handler(db, STEP, count_work, NULL);
	return SQLITE_OK;
}

static void tell_work(const char *what, double from)
{
	measure_tell(what, measure_ms() - from, "ms",
		     "%.1f million instructions of SQLite",
		     (double)worked / 1e6);
}

/* Some hundred people, every third worked with away. */
static void take_and_bring(const char *folder, struct record *record,
			   int64_t people)
{
	static const uint8_t secret[KEY_BYTES] = { 0x51 };
	struct pair pair = {
		.home = { (char *)folder, record },
		.away = { .folder = folder_new() },
		.key = agency_key_of_secret(secret, "", 0),
	};
	int64_t taken[TAKEN];
	struct caseload_told told;
	double from;

	pair.file = folder_file(pair.away.folder, "caseload");
	for (int64_t i = 0; i < TAKEN; i++)
		taken[i] = people / 2 + i;
	worked = 0;
	from = measure_ms();
	take_out(&pair, taken, TAKEN);
	tell_work("a caseload of 300 out", from);
	for (size_t i = 0; i < TAKEN; i += 3)
		save_as(&pair.away, "person", taken[i], "dialect", "away",
			&mira, BOOK_NOW);
	check_in(&pair, &pair.away);
	worked = 0;
	from = measure_ms();
	assert_int_equal(merge_file(&pair, &told), CASELOAD_DONE);
	tell_work("and back", from);
	record_close(pair.away.record);
	folder_freep(&pair.away.folder);
	agency_key_free(pair.key);
	free(pair.file);
}

static void measure(const char *folder, const char *path, int64_t people)
{
	const double bare = read_bare(path, people);
	SCOPED(record_closep) struct record *record = NULL;
	double from = measure_ms();

	printf("%lld people, %lld events\n", (long long)people,
	       (long long)(5 * people));
	assert_int_equal(record_open(path, &record), FAULT_NONE);
	measure_tell("opening it", measure_ms() - from, "ms", "%s", "once");
	measure_tell("a read by primary key", bare, "ms", "%d reads", ASKED);
	tell("filing a ticket", record, file_ticket, people, bare);
	tell("the queue", record, read_queue, people, bare);
	tell("a person's timeline", record, read_timeline, people, bare);
	tell("saving a note", record, save_note, people, bare);
	take_and_bring(folder, record, people);
}

int main(void)
{
	struct crowd *crowd = crowd_new(CROWD_GIVEN, CROWD_FAMILY);
	char *folder = folder_new();
	char *path = folder_file(folder, RECORD_FILE);
	int64_t there = 0;

	sqlite3_auto_extension((void (*)(void))watch_work);
	record_close(sample_record(folder));
	measure_tell_load();
	for (size_t i = 0; i < COUNT(crowds); i++) {
		crowd_fill(crowd, path, there + 1, crowds[i]);
		fill_events(path, there + 1, crowds[i]);
		there = crowds[i];
		measure(folder, path, there);
	}
	folder_freep(&folder);
	free(path);
	crowd_free(crowd);
	return 0;
}
