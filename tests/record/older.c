#include <sqlite3.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "record/caseload.h"
#include "record/consent.h"
#include "record/entity.h"
#include "record/queue.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"
#include "tests/test.h"

/* Records of every version that was ever written open, and lose nothing. */

static void write_old(const char *path, const char *name)
{
	SCOPED(char_freep)
	char *sql = xasprintf("%s/tests/data/%s", getenv("FOYER_SOURCE"), name);
	struct bytes text = { 0 };
	char *complaint = NULL;
	sqlite3 *db = NULL;

	assert_int_equal(file_read(sql, 1 << 20, &text), FAULT_NONE);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(db, (char *)text.data, NULL, NULL, &complaint);
	if (complaint)
		print_error("%s: %s\n", name, complaint);
	assert_null(complaint);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	bytes_done(&text);
}

static void a_record_of_version_1_goes_on(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, RECORD_FILE);
	struct book book = { .folder = folder };
	struct queue queue;
	int64_t person;
	bool keeps;

	(void)state;
	write_old(path, "record-1.sql");
	assert_int_equal(record_open(path, &book.record), FAULT_NONE);
	assert_int_equal(
	    queue_read(book.record, QUEUE_WAITING, BOOK_NOW, 0, &queue),
	    FAULT_NONE);
	assert_int_equal(queue.count, 1);
	assert_string_equal(queue.rows[0].number, "K7-0412");
	assert_string_equal(queue.rows[0].name, "ሰላም");
	queue_done(&queue);

	person = book_make(&book, "person", "language", "ti", NULL);
	assert_int_equal(
	    consent_from_visit(book.record, 1, person, &book_sam, BOOK_NOW),
	    FAULT_NONE);
	assert_int_equal(consent_holds(book.record, person, "keep", NULL,
				       "2026-11-21", &keeps),
			 FAULT_NONE);
	assert_true(keeps);
	record_close(book.record);
	/* And once more, now that it is of today. */
	assert_int_equal(record_open(path, &book.record), FAULT_NONE);
	record_close(book.record);
}

/* The version before laptops took people out. */
static void a_record_of_version_2_goes_on(void **state)
{
	static const char back[] =
	    "DROP TABLE draft; DROP INDEX visit_paper;"
	    "ALTER TABLE visit DROP COLUMN source;"
	    "ALTER TABLE visit DROP COLUMN paper;"
	    "ALTER TABLE visit DROP COLUMN filled;"
	    "ALTER TABLE visit DROP COLUMN left_blank;"
	    "DROP TABLE caseload_out; DROP TABLE caseload_back;"
	    "DROP TABLE caseload_map; DROP TABLE away; DROP TABLE away_from;"
	    "DROP TABLE conflict; UPDATE laid SET mark = 0;"
	    "ALTER TABLE laid DROP COLUMN folded;"
	    "PRAGMA user_version = 2;";
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, RECORD_FILE);
	struct book book = { .folder = folder };
	struct caseload_told told;
	enum caseload_answer answer;
	sqlite3 *db = NULL;

	(void)state;
	assert_int_equal(record_open(path, &book.record), FAULT_NONE);
	(void)book_make(&book, "person", "language", "ti", NULL);
	record_close(book.record);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, back, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_int_equal(record_open(path, &book.record), FAULT_NONE);
	(void)book_make(&book, "conflict", "what", "person.", "subject", "1",
			"guard", "open", NULL);
	assert_int_equal(caseload_check_in(book.record, "none",
					   (uint8_t[32]){ 0 }, &book_sam,
					   BOOK_NOW, NULL, &answer, &told),
			 FAULT_NONE);
	assert_int_equal(answer, CASELOAD_NOT_AWAY);
	record_close(book.record);
}

/* The version before papers were typed in: what it holds came by ticket. */
static void a_record_of_version_3_goes_on(void **state)
{
	static const char back[] = "DROP TABLE draft; DROP INDEX visit_paper;"
				   "ALTER TABLE visit DROP COLUMN source;"
				   "ALTER TABLE visit DROP COLUMN paper;"
				   "ALTER TABLE visit DROP COLUMN filled;"
				   "ALTER TABLE visit DROP COLUMN left_blank;"
				   "ALTER TABLE laid DROP COLUMN folded;"
				   "PRAGMA user_version = 3;";
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, RECORD_FILE);
	SCOPED(record_closep) struct record *record = NULL;
	struct sample sample;
	enum visit_found found;
	struct visit visit;
	sqlite3 *db = NULL;
	int64_t id;

	(void)state;
	record = sample_record(folder);
	sample_init(&sample, 412);
	id = sample_file(record, &sample);
	record_close(record);
	record = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, back, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_int_equal(record_open(path, &record), FAULT_NONE);
	assert_int_equal(visit_read(record, id, &found, &visit), FAULT_NONE);
	assert_int_equal(found, VISIT_FOUND);
	assert_string_equal(visit.number, "K7-0412");
	assert_int_equal(visit.source, VISIT_TICKET);
	assert_string_equal(visit.paper, "");
	assert_string_equal(visit.blank, "");
	visit_done(&visit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_of_version_1_goes_on),
		cmocka_unit_test(a_record_of_version_2_goes_on),
		cmocka_unit_test(a_record_of_version_3_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
