#include "tests/test.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/draft.h"
#include "record/entity.h"
#include "record/listing.h"
#include "record/names.h"
#include "record/people_merge.h"
#include "record/people_visit.h"
#include "record/queue.h"
#include "record/restore.h"
#include "record/statement.h"
#include "tests/support/blank.h"
#include "tests/support/child.h"
#include "tests/support/disk.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/sample.h"

#define NOW SAMPLE_NOON
#define LATIN "Zebulon Quixano"
#define PHONE "613-555-0199"

/* An agency whose record has a person, a name, a phone number and a visit. */
struct office {
	char *folder, *path;
	struct agency_key *key;
	int64_t person, name;
};

static struct record *open_record(const struct office *office)
{
	struct record *record = NULL;

	if (!file_exists(office->path))
		blank_record(office->path);
	assert_int_equal(record_open(office->path, &record), FAULT_NONE);
	return record;
}

static struct record *open_names(const struct office *office)
{
	struct record *record = open_record(office);
	bool opened;

	assert_int_equal(names_unlock(record, office->key, &opened),
			 FAULT_NONE);
	assert_true(opened);
	return record;
}

static enum fault set(struct record *record, const char *kind, int64_t id,
		      int64_t person, const char *field, const char *value,
		      int64_t *out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault;

	if (id)
		assert_int_equal(entity_read(record, kind_find(kind), id,
					     &sample_sam, NOW, &answer,
					     &entity),
				 FAULT_NONE);
	else
		assert_int_equal(entity_new(record, kind_find(kind), &entity),
				 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	if (person)
		(void)entity_set_number(entity, "person", person);
	if (strcmp(kind, "contact") == 0)
		(void)entity_set(entity, "what", "phone");
	(void)entity_set(entity, field, value);
	fault = entity_save(record, entity, SOURCE_TOLD, &sample_sam, NOW,
			    &answer, NULL);
	if (!fault)
		assert_int_equal(answer, ENTITY_DONE);
	if (out)
		*out = entity->id;
	return fault;
}

static void office_init(struct office *office)
{
	const uint8_t secret[32] = { 0x48 };
	struct record *record;
	struct sample sample;

	office->folder = folder_new();
	office->path = folder_file(office->folder, RECORD_FILE);
	office->key = agency_key_of_secret(secret, "", 0);
	record = sample_record(office->folder);
	sample_init(&sample, 1);
	sample_file(record, &sample);
	assert_int_equal(
	    set(record, "person", 0, 0, "language", "prs", &office->person),
	    FAULT_NONE);
	assert_int_equal(set(record, "name", 0, office->person, "latin", LATIN,
			     &office->name),
			 FAULT_NONE);
	assert_int_equal(
	    set(record, "contact", 0, office->person, "value", PHONE, NULL),
	    FAULT_NONE);
	record_close(record);
}

static void office_done(struct office *office)
{
	agency_key_free(office->key);
	folder_freep(&office->folder);
	free(office->path);
}

static enum names_answer part(const struct office *office)
{
	enum names_answer answer;
	int64_t rows;

	assert_int_equal(names_part(office->path,
				    agency_key_public(office->key), &sample_sam,
				    NOW, &answer, &rows),
			 FAULT_NONE);
	return answer;
}

static enum names_answer join(const struct office *office)
{
	enum names_answer answer;
	int64_t rows;

	assert_int_equal(names_join(office->path, office->key, &sample_sam, NOW,
				    &answer, &rows),
			 FAULT_NONE);
	return answer;
}

static char *value_of(struct record *record, const char *kind, int64_t id,
		      const char *field)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;

	assert_int_equal(entity_read(record, kind_find(kind), id, &sample_sam,
				     NOW, &answer, &entity),
			 FAULT_NONE);
	return xstrdup(answer == ENTITY_DONE && entity_text(entity, field)
			   ? entity_text(entity, field)
			   : "");
}

static void assert_name(struct record *record, const struct office *office,
			const char *name)
{
	SCOPED(char_freep)
	char *value = value_of(record, "name", office->name, "latin");

	assert_string_equal(value, name);
}

static bool list_row(void *to, const struct listing_row *row)
{
	for (size_t i = 0; i < 3; i++)
		bytes_add_format(to, "%s;",
				 row->values[i] ? row->values[i] : "");
	return true;
}

static char *people_of(struct record *record)
{
	const struct listing_day day = { NOW, "2026-06-21" };
	struct bytes rows = { 0 };

	bytes_add_text(&rows, "");
	assert_int_equal(listing_each(record, listing_find("people"), &day,
				      &sample_sam, list_row, &rows),
			 FAULT_NONE);
	return bytes_take_text(&rows);
}

static void count_found(void *to, const struct people_found *found)
{
	(void)found;
	++*(int *)to;
}

static int found(struct record *record, const char *text)
{
	struct people_told told;
	int count = 0;

	assert_int_equal(people_find(record, text, 10, &sample_sam, count_found,
				     &count, &told),
			 FAULT_NONE);
	return count;
}

static void add_answer(void *to, const char *reference, const char *value)
{
	bytes_add_format(to, "%s=%s;", reference, value);
}

static char *answers_of(struct record *record)
{
	struct bytes answers = { 0 };
	struct visit_basis basis;
	enum visit_found there;

	bytes_add_text(&answers, "");
	assert_int_equal(visit_answers(record, 1, &sample_sam, NOW, VISIT_SHOWN,
				       &there, &basis, add_answer, &answers),
			 FAULT_NONE);
	return bytes_take_text(&answers);
}

/* --- there and back ------------------------------------------------------- */

static void apart_the_record_holds_no_name_and_works_by_number(void **state)
{
	struct office office;
	struct record *record;
	struct queue queue;
	SCOPED(char_freep) char *locked = NULL;
	SCOPED(char_freep) char *open = NULL;
	SCOPED(char_freep) char *answers = NULL;

	(void)state;
	office_init(&office);
	assert_true(folder_holds(office.folder, LATIN));
	assert_int_equal(part(&office), NAMES_DONE);
	assert_int_equal(part(&office), NAMES_ALREADY);
	assert_false(folder_holds(office.folder, LATIN));
	assert_false(folder_holds(office.folder, "Quixano"));
	assert_false(folder_holds(office.folder, "quixano"));
	assert_false(folder_holds(office.folder, "5550199"));
	assert_false(folder_holds(office.folder, PHONE));

	record = open_record(&office);
	assert_int_equal(names_state(record), NAMES_LOCKED);
	locked = people_of(record);
	assert_string_equal(locked, "P-1;;;");
	assert_name(record, &office, "");
	assert_int_equal(found(record, "quix"), 0);
	assert_int_equal(found(record, "P-1"), 1);
	assert_int_equal(queue_read(record, QUEUE_WAITING, NOW, 0, &queue),
			 FAULT_NONE);
	assert_int_equal(queue.count, 1);
	queue_done(&queue);
	record_close(record);

	record = open_names(&office);
	open = people_of(record);
	assert_string_equal(open, "P-1;" LATIN ";;");
	assert_int_equal(found(record, "quix"), 1);
	assert_int_equal(found(record, "0199"), 1);
	answers = answers_of(record);
	assert_non_null(strstr(answers, SAMPLE_SECRET));
	names_lock(record);
	assert_int_equal(names_state(record), NAMES_LOCKED);
	assert_int_equal(found(record, "quix"), 0);
	record_close(record);
	office_done(&office);
}

static void what_is_typed_from_paper_is_sealed_as_a_visit_is(void **state)
{
	struct draft draft = { .language = xstrdup("ti"),
			       .code = xstrdup(""),
			       .answers = xstrdup("I am afraid of Abel") };
	struct office office;
	struct record *record;
	struct draft *read = NULL;
	size_t count;

	(void)state;
	office_init(&office);
	record = open_record(&office);
	assert_int_equal(draft_save(record, &draft, &sample_sam, NOW),
			 FAULT_NONE);
	record_close(record);
	assert_true(folder_holds(office.folder, "Abel"));
	/* What lay there before, and what is typed since. */
	assert_int_equal(part(&office), NAMES_DONE);
	assert_false(folder_holds(office.folder, "Abel"));
	record = open_names(&office);
	assert_int_equal(draft_save(record, &draft, &sample_sam, NOW + 1),
			 FAULT_NONE);
	assert_false(folder_holds(office.folder, "Abel"));
	assert_int_equal(draft_read(record, &sample_sam, &read, &count),
			 FAULT_NONE);
	assert_int_equal(count, 1);
	assert_string_equal(read->answers, "I am afraid of Abel");
	draft_done(read);
	free(read);
	draft_done(&draft);
	record_close(record);
	office_done(&office);
}

static void together_again_everything_is_as_it_was(void **state)
{
	struct office office;
	struct record *record;
	SCOPED(char_freep) char *before = NULL;
	SCOPED(char_freep) char *after = NULL;
	SCOPED(char_freep) char *vault = NULL;

	(void)state;
	office_init(&office);
	vault = folder_file(office.folder, NAMES_FILE);
	record = open_record(&office);
	before = answers_of(record);
	record_close(record);
	assert_int_equal(part(&office), NAMES_DONE);
	assert_true(file_exists(vault));
	assert_int_equal(join(&office), NAMES_DONE);
	assert_false(file_exists(vault));
	assert_int_equal(join(&office), NAMES_ALREADY);
	record = open_record(&office);
	assert_int_equal(names_state(record), NAMES_TOGETHER);
	assert_int_equal(record_check(record), FAULT_NONE);
	assert_name(record, &office, LATIN);
	assert_int_equal(found(record, "quix"), 1);
	after = answers_of(record);
	assert_string_equal(after, before);
	assert_int_equal(
	    set(record, "name", office.name, 0, "latin", "Other", NULL),
	    FAULT_NONE);
	assert_name(record, &office, "Other");
	record_close(record);
	office_done(&office);
}

static void only_the_agency_opens_them(void **state)
{
	const uint8_t secret[32] = { 0x50 };
	struct agency_key *ours, *other = agency_key_of_secret(secret, "", 0);
	struct office office;
	struct record *record;
	bool opened = true;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	record = open_record(&office);
	assert_int_equal(names_unlock(record, other, &opened), FAULT_NONE);
	assert_false(opened);
	assert_int_equal(names_state(record), NAMES_LOCKED);
	record_close(record);
	ours = office.key;
	office.key = other;
	assert_int_equal(join(&office), NAMES_CLOSED);
	office.key = ours;
	/* A later key of the agency opens them once it was there with one that
	 * does. */
	record = open_names(&office);
	assert_int_equal(names_unlock(record, other, &opened), FAULT_NONE);
	assert_true(opened);
	record_close(record);
	agency_key_free(office.key);
	office.key = other;
	record = open_names(&office);
	assert_name(record, &office, LATIN);
	record_close(record);
	office_done(&office);
}

static void an_old_key_is_forgotten_once_another_opens_them(void **state)
{
	const uint8_t secret[32] = { 0x50 };
	struct agency_key *next = agency_key_of_secret(secret, "", 0);
	struct office office;
	struct record *record;
	bool kept = true, opened = true;
	uint16_t old;

	(void)state;
	office_init(&office);
	old = agency_key_id(office.key);
	assert_int_equal(part(&office), NAMES_DONE);
	record = open_names(&office);
	/* Nothing would open them. */
	assert_int_equal(
	    names_forget_key(record, old, "", agency_key_public(next), &kept),
	    FAULT_NONE);
	assert_false(kept);
	assert_int_equal(names_unlock(record, next, &opened), FAULT_NONE);
	assert_int_equal(
	    names_forget_key(record, old, "", agency_key_public(next), &kept),
	    FAULT_NONE);
	assert_true(kept);
	record_close(record);
	record = open_record(&office);
	assert_int_equal(names_unlock(record, office.key, &opened), FAULT_NONE);
	assert_false(opened);
	record_close(record);
	agency_key_free(office.key);
	office.key = next;
	record = open_names(&office);
	assert_name(record, &office, LATIN);
	record_close(record);
	office_done(&office);
}

/* Two keys may have the same id; names that one opens stay the other's. */
static void of_two_keys_with_one_id_one_is_forgotten(void **state)
{
	static const uint8_t secrets[2][32] = {
		{ 0x00, 0x01, 0xCF, 0x9E, [31] = 0x40 },
		{ 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
		  0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
		  0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
		  0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11 },
	};
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct agency_key *twins[2];
	struct office office;
	struct record *record;
	bool kept, opened;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	record = open_names(&office);
	for (int i = 0; i < 2; i++) {
		twins[i] = agency_key_of_secret(secrets[i], "", 0);
		assert_int_equal(names_unlock(record, twins[i], &opened),
				 FAULT_NONE);
	}
	assert_int_equal(agency_key_id(twins[0]), agency_key_id(twins[1]));
	key_fingerprint(agency_key_public(twins[0]), fingerprint);
	assert_int_equal(names_forget_key(record, agency_key_id(twins[0]),
					  fingerprint,
					  agency_key_public(office.key), &kept),
			 FAULT_NONE);
	assert_true(kept);
	record_close(record);
	for (int i = 0; i < 2; i++) {
		record = open_record(&office);
		assert_int_equal(names_unlock(record, twins[i], &opened),
				 FAULT_NONE);
		assert_int_equal(opened, i == 1);
		record_close(record);
		agency_key_free(twins[i]);
	}
	office_done(&office);
}

/* --- two desks ------------------------------------------------------------ */

static void two_desks_see_each_others_names(void **state)
{
	struct office office;
	struct record *one, *two;
	int64_t fresh;
	SCOPED(char_freep) char *name = NULL;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	one = open_names(&office);
	two = open_names(&office);
	assert_int_equal(
	    set(one, "name", office.name, 0, "latin", "Changed", NULL),
	    FAULT_NONE);
	assert_int_equal(names_refresh(two), FAULT_NONE);
	assert_name(two, &office, "Changed");
	assert_int_equal(found(two, "chan"), 1);
	assert_int_equal(found(two, "quix"), 0);
	/* A write takes over first what it has not seen: no number twice. */
	assert_int_equal(
	    set(one, "name", 0, office.person, "latin", "Second", NULL),
	    FAULT_NONE);
	assert_int_equal(
	    set(two, "name", 0, office.person, "latin", "Third", &fresh),
	    FAULT_NONE);
	assert_int_equal(fresh, office.name + 2);
	assert_int_equal(names_refresh(one), FAULT_NONE);
	name = value_of(one, "name", fresh, "latin");
	assert_string_equal(name, "Third");
	assert_int_equal(entity_erase(two, kind_find("name"), fresh, "test",
				      &sample_sam, NOW),
			 FAULT_NONE);
	assert_int_equal(names_refresh(one), FAULT_NONE);
	free(name);
	name = value_of(one, "name", fresh, "latin");
	assert_string_equal(name, "");
	record_close(one);
	record_close(two);
	one = open_names(&office);
	assert_name(one, &office, "Changed");
	record_close(one);
	office_done(&office);
}

static void what_is_undone_is_undone_in_memory_too(void **state)
{
	struct office office;
	struct record *record;
	struct record_act *act;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	record = open_names(&office);
	assert_int_equal(record_act_begin(record, &act), FAULT_NONE);
	assert_int_equal(
	    set(record, "name", office.name, 0, "latin", "Never", NULL),
	    FAULT_NONE);
	record_act_end(act);
	assert_name(record, &office, LATIN);
	assert_int_equal(names_refresh(record), FAULT_NONE);
	assert_name(record, &office, LATIN);
	assert_int_equal(found(record, "never"), 0);
	record_close(record);
	office_done(&office);
}

/* What came in from another desk with an act that was undone comes again. */
static void what_others_changed_survives_what_is_undone_here(void **state)
{
	struct office office;
	struct record *one, *two;
	struct record_act *act;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	one = open_names(&office);
	two = open_names(&office);
	assert_int_equal(
	    set(one, "name", office.name, 0, "latin", "Changed", NULL),
	    FAULT_NONE);
	assert_int_equal(record_act_begin(two, &act), FAULT_NONE);
	assert_name(two, &office, "Changed");
	record_act_end(act);
	assert_int_equal(names_refresh(two), FAULT_NONE);
	assert_name(two, &office, "Changed");
	record_close(one);
	record_close(two);
	office_done(&office);
}

/* --- locked, and lost ----------------------------------------------------- */

static int count_stale(const struct office *office)
{
	sqlite3_stmt *ask;
	sqlite3 *db;
	int count;

	assert_int_equal(sqlite3_open(office->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT count(*) FROM names_stale",
					    -1, &ask, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
	count = sqlite3_column_int(ask, 0);
	sqlite3_finalize(ask);
	sqlite3_close(db);
	return count;
}

static void locked_no_name_is_written_and_all_else_is(void **state)
{
	struct office office;
	struct record *record;
	bool opened;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	record = open_record(&office);
	logged_start();
	assert_int_equal(
	    set(record, "name", 0, office.person, "latin", "No", NULL),
	    FAULT_STORE);
	assert_non_null(strstr(logged(), "the names are locked"));
	logged_stop();
	assert_int_equal(set(record, "person", office.person, 0, "birth_from",
			     "1985-03-04", NULL),
			 FAULT_NONE);
	/* Looked up by it as soon as the names are open. */
	assert_int_equal(count_stale(&office), 1);
	assert_int_equal(names_unlock(record, office.key, &opened), FAULT_NONE);
	assert_int_equal(count_stale(&office), 0);
	assert_int_equal(found(record, "quixano 1985"), 1);
	record_close(record);
	office_done(&office);
}

static void other_tables_are_followed_when_names_are_opened(void **state)
{
	struct office office;
	struct record *record;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	record = open_record(&office);
	assert_int_equal(statement_do(record, "UPDATE laid SET folded = 0", ""),
			 FAULT_NONE);
	record_close(record);
	record = open_record(&office);
	assert_int_equal(count_stale(&office), 1);
	record_close(record);
	record = open_names(&office);
	assert_int_equal(count_stale(&office), 0);
	assert_int_equal(found(record, "quix"), 1);
	record_close(record);
	office_done(&office);
}

static void without_the_file_everything_goes_by_number(void **state)
{
	struct office office;
	struct record *record;
	SCOPED(char_freep) char *vault = NULL;
	SCOPED(char_freep) char *people = NULL;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	vault = folder_file(office.folder, NAMES_FILE);
	assert_int_equal(unlink(vault), 0);
	logged_start();
	record = open_record(&office);
	assert_non_null(strstr(logged(), "names are not here"));
	logged_stop();
	assert_int_equal(names_state(record), NAMES_LOST);
	people = people_of(record);
	assert_string_equal(people, "P-1;;;");
	assert_int_equal(
	    set(record, "person", office.person, 0, "gender", "W", NULL),
	    FAULT_NONE);
	record_close(record);
	office_done(&office);
}

static void what_was_erased_while_locked_goes_when_they_open(void **state)
{
	struct office office;
	struct record *record;
	bool opened;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	record = open_record(&office);
	assert_int_equal(entity_erase(record, kind_find("person"),
				      office.person, "test", &sample_sam, NOW),
			 FAULT_NONE);
	assert_int_equal(names_unlock(record, office.key, &opened), FAULT_NONE);
	assert_name(record, &office, "");
	assert_int_equal(found(record, "quix"), 0);
	record_close(record);
	/* From the file, too. */
	record = open_names(&office);
	assert_name(record, &office, "");
	record_close(record);
	office_done(&office);
}

static void a_backup_has_both_files(void **state)
{
	struct office office;
	struct record *record;
	SCOPED(folder_freep) char *other = folder_new();
	SCOPED(char_freep) char *to = folder_file(other, RECORD_FILE);
	SCOPED(char_freep) char *file = folder_file(other, "B");
	struct backup_told told;
	struct restored restored;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	record = open_names(&office);
	assert_int_equal(backup_make(record, file,
				     agency_key_public(office.key), &sample_sam,
				     NOW, NULL, &told),
			 FAULT_NONE);
	record_close(record);
	assert_int_equal(restore_run(&(struct restore){ .from = file,
							.to = to,
							.key = office.key,
							.who = &sample_sam,
							.now = NOW },
				     &restored),
			 FAULT_NONE);
	assert_int_equal(restored.answer, BACKUP_SOUND);
	restored_done(&restored);
	free(office.path);
	office.path = xstrdup(to);
	record = open_names(&office);
	assert_name(record, &office, LATIN);
	record_close(record);
	office_done(&office);
}

static int stay_open(void *to)
{
	const struct office *office = to;
	enum names_answer answer;
	int64_t rows;

	return names_part(office->path, agency_key_public(office->key),
			  &sample_sam, NOW, &answer, &rows)
		   ? 1
		   : 10 + (int)answer;
}

static void people_are_looked_up_anew_where_names_are_at_hand(void **state)
{
	enum people_answer answer;
	struct office office;
	struct record *record;
	int64_t people;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	assert_int_equal(record_open(office.path, &record), FAULT_NONE);
	assert_int_equal(
	    people_rekey(record, &sample_sam, NOW, &answer, &people),
	    FAULT_NONE);
	assert_int_equal(answer, PEOPLE_LOCKED);
	record_close(record);
	record = open_names(&office);
	assert_int_equal(
	    people_rekey(record, &sample_sam, NOW, &answer, &people),
	    FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
	assert_int_equal(people, 1);
	assert_int_equal(found(record, "quix"), 1);
	record_close(record);
	assert_false(folder_holds(office.folder, LATIN));
	record = open_names(&office); /* as the vault has it */
	assert_int_equal(found(record, "quix"), 1);
	record_close(record);
	office_done(&office);
}

static void a_record_that_is_open_is_not_converted(void **state)
{
	struct office office;
	struct record *record;

	(void)state;
	office_init(&office);
	record = open_record(&office);
	assert_int_equal(child_result(stay_open, &office), 10 + NAMES_IN_USE);
	record_close(record);
	assert_int_equal(child_result(stay_open, &office), 10 + NAMES_DONE);
	office_done(&office);
}

/* --- the disk goes wrong -------------------------------------------------- */

struct errand {
	const struct office *office;
	int point;
	enum disk_trouble trouble;
};

static int change_name(void *to)
{
	const struct errand *errand = to;
	struct record *record = open_names(errand->office);

	logged_start();
	disk_set(errand->trouble, errand->point);
	return set(record, "name", errand->office->name, 0, "latin", "Changed",
		   NULL)
		   ? 2
		   : 0;
}

/* Far fewer points where every access is looked at. */
static int stride(int point, int part)
{
	return getenv("FOYER_SLOW") ? 60 : 1 + point / part;
}

/* Killed at every write of a change, it is there whole or not at all, and in
 * the vault as soon as anybody opens the record. */
static void killed_at_any_write_no_name_is_lost(void **state)
{
	struct office office;
	int result = CHILD_KILLED, kept = 0;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	for (int point = 1; result == CHILD_KILLED; point += stride(point, 8)) {
		struct errand errand = { &office, point, DISK_KILLS };
		struct record *record;
		SCOPED(char_freep) char *name = NULL;

		result = child_result(change_name, &errand);
		assert_false(folder_holds(office.folder, "Changed"));
		record = open_names(&office);
		name = value_of(record, "name", office.name, "latin");
		kept += strcmp(name, "Changed") == 0;
		assert_true(strcmp(name, "Changed") == 0 ||
			    strcmp(name, LATIN) == 0);
		assert_int_equal(found(record, "quix"),
				 strcmp(name, LATIN) == 0);
		assert_int_equal(
		    set(record, "name", office.name, 0, "latin", LATIN, NULL),
		    FAULT_NONE);
		record_close(record);
	}
	assert_int_equal(result, 0);
	assert_true(kept > 2 || getenv("FOYER_SLOW"));
	office_done(&office);
}

static void a_full_disk_keeps_the_old_name_or_the_new_one(void **state)
{
	struct office office;
	int result = 2, full = 0;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	for (int point = 2; full < 3 && point < 90; point += 3) {
		struct errand errand = { &office, point, DISK_FULL };
		struct record *record;
		SCOPED(char_freep) char *name = NULL;

		result = child_result(change_name, &errand);
		record = open_names(&office);
		name = value_of(record, "name", office.name, "latin");
		/* A refused sync may leave what it was refused for. */
		assert_true(strcmp(name, "Changed") == 0 ||
			    (result && strcmp(name, LATIN) == 0));
		assert_int_equal(
		    set(record, "name", office.name, 0, "latin", LATIN, NULL),
		    FAULT_NONE);
		record_close(record);
		/* Past the record's own writes it is the vault that is full. */
		full += result == 0;
	}
	assert_int_equal(full, 3);
	office_done(&office);
}

static int part_killed(void *to)
{
	const struct errand *errand = to;

	disk_set(DISK_KILLS, errand->point);
	return part(errand->office) == NAMES_DONE ? 0 : 1;
}

static void killed_while_converting_nothing_is_lost(void **state)
{
	struct office office;
	int result = CHILD_KILLED;

	(void)state;
	office_init(&office);
	for (int point = 1; result == CHILD_KILLED; point += stride(point, 2)) {
		struct errand errand = { &office, point, DISK_KILLS };
		struct record *record;

		result = child_result(part_killed, &errand);
		record = open_names(&office);
		assert_name(record, &office, LATIN);
		assert_int_equal(found(record, "quix"), 1);
		record_close(record);
		/* Apart already: it was killed while sweeping. */
		if (join(&office) == NAMES_DONE)
			continue;
	}
	assert_int_equal(result, 0);
	office_done(&office);
}

/* Their names could not go along, so nobody is. */
static void nobody_is_made_or_merged_while_names_are_locked(void **state)
{
	SCOPED(record_closep) struct record *record = NULL;
	struct office office;
	enum people_answer answer;
	int64_t other, made = 0;

	(void)state;
	office_init(&office);
	assert_int_equal(part(&office), NAMES_DONE);
	record = open_record(&office);
	assert_int_equal(set(record, "person", 0, 0, "language", "prs", &other),
			 FAULT_NONE);
	assert_int_equal(people_merge(record, office.person, other, "",
				      &sample_sam, NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_LOCKED);
	assert_int_equal(
	    people_unmerge(record, other, "", &sample_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, PEOPLE_LOCKED);
	assert_int_equal(people_from_visit(record, 1, false, &sample_sam, NOW,
					   &answer, &made),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_LOCKED);
	assert_int_equal(made, 0);
	office_done(&office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    apart_the_record_holds_no_name_and_works_by_number),
		cmocka_unit_test(
		    what_is_typed_from_paper_is_sealed_as_a_visit_is),
		cmocka_unit_test(together_again_everything_is_as_it_was),
		cmocka_unit_test(only_the_agency_opens_them),
		cmocka_unit_test(
		    an_old_key_is_forgotten_once_another_opens_them),
		cmocka_unit_test(of_two_keys_with_one_id_one_is_forgotten),
		cmocka_unit_test(two_desks_see_each_others_names),
		cmocka_unit_test(what_is_undone_is_undone_in_memory_too),
		cmocka_unit_test(
		    what_others_changed_survives_what_is_undone_here),
		cmocka_unit_test(locked_no_name_is_written_and_all_else_is),
		cmocka_unit_test(
		    nobody_is_made_or_merged_while_names_are_locked),
		cmocka_unit_test(
		    other_tables_are_followed_when_names_are_opened),
		cmocka_unit_test(without_the_file_everything_goes_by_number),
		cmocka_unit_test(
		    what_was_erased_while_locked_goes_when_they_open),
		cmocka_unit_test(a_backup_has_both_files),
		cmocka_unit_test(
		    people_are_looked_up_anew_where_names_are_at_hand),
		cmocka_unit_test(a_record_that_is_open_is_not_converted),
		cmocka_unit_test(killed_at_any_write_no_name_is_lost),
		cmocka_unit_test(a_full_disk_keeps_the_old_name_or_the_new_one),
		cmocka_unit_test(killed_while_converting_nothing_is_lost),
	};

	disk_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
