#include "tests/support/pair.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/blank.h"
#include "tests/support/folder.h"
#include "tests/support/server.h"
#include "tests/test.h"

const struct record_who mira = { .user = "Mira", .desk = "laptop" };

void open_book(struct book *book)
{
	SCOPED(char_freep) char *path = folder_file(book->folder, RECORD_FILE);

	assert_int_equal(record_open(path, &book->record), FAULT_NONE);
}

int pair_open(void **state)
{
	static const uint8_t secret[KEY_BYTES] = { 0x51 };
	struct pair *pair = xcalloc(1, sizeof *pair);
	SCOPED(char_freep) char *path = NULL;

	pair->home.folder = folder_new();
	pair->away.folder = folder_new();
	pair->file = folder_file(pair->away.folder, "caseload");
	pair->key = agency_key_of_secret(secret, "", 0);
	path = folder_file(pair->home.folder, RECORD_FILE);
	blank_record(path);
	open_book(&pair->home);
	*state = pair;
	return 0;
}

int pair_close(void **state)
{
	struct pair *pair = *state;

	record_close(pair->home.record);
	record_close(pair->away.record);
	folder_freep(&pair->home.folder);
	folder_freep(&pair->away.folder);
	agency_key_free(pair->key);
	free(pair->file);
	free(pair);
	return 0;
}

/* --- the way -------------------------------------------------------------- */

enum caseload_answer check_out(struct pair *pair,
			       const struct caseload_scope *scope)
{
	enum caseload_answer answer;
	struct caseload_told told;

	assert_int_equal(caseload_check_out(pair->home.record, pair->file,
					    agency_key_public(pair->key), scope,
					    &book_sam, BOOK_NOW, NULL, &answer,
					    &told),
			 FAULT_NONE);
	return answer;
}

struct caseload_file file_for(const struct pair *pair, const char *to)
{
	return (struct caseload_file){
		.from = pair->file,
		.to = to,
		.key = pair->key,
		.who = &book_ana,
		.now = BOOK_NOW + 9 * HOUR,
	};
}

enum caseload_answer open_file(const struct pair *pair, struct book *laptop,
			       struct caseload_told *told)
{
	SCOPED(char_freep)
	char *path = folder_file(laptop->folder, RECORD_FILE);
	const struct caseload_file file = file_for(pair, path);
	enum caseload_answer answer;

	server_spare(laptop->folder);
	assert_int_equal(caseload_open(&file, &answer, told), FAULT_NONE);
	if (answer == CASELOAD_DONE)
		open_book(laptop);
	return answer;
}

void take_out(struct pair *pair, const int64_t *people, size_t count)
{
	const struct caseload_scope scope = { .people = people,
					      .count = count };
	struct caseload_told told;

	assert_int_equal(check_out(pair, &scope), CASELOAD_DONE);
	assert_int_equal(open_file(pair, &pair->away, &told), CASELOAD_DONE);
	assert_int_equal(told.held.people, count);
}

void check_in(struct pair *pair, struct book *laptop)
{
	enum caseload_answer answer;
	struct caseload_told told;

	assert_int_equal(caseload_check_in(laptop->record, pair->file,
					   agency_key_public(pair->key), &mira,
					   BOOK_NOW + 8 * HOUR, NULL, &answer,
					   &told),
			 FAULT_NONE);
	assert_int_equal(answer, CASELOAD_DONE);
}

enum caseload_answer merge_file(struct pair *pair, struct caseload_told *told)
{
	SCOPED(char_freep)
	char *path = folder_file(pair->home.folder, RECORD_FILE);
	SCOPED(char_freep)
	char *beside = folder_file(pair->home.folder, "merging");
	const struct caseload_file file = file_for(pair, path);
	enum caseload_answer answer;

	assert_int_equal(
	    caseload_merge(pair->home.record, &file, &answer, told),
	    FAULT_NONE);
	assert_false(file_exists(beside));
	return answer;
}

struct caseload_told bring_back(struct pair *pair)
{
	struct caseload_told told;

	check_in(pair, &pair->away);
	assert_int_equal(merge_file(pair, &told), CASELOAD_DONE);
	assert_int_equal(record_check(pair->home.record), FAULT_NONE);
	return told;
}

/* --- small things ----------------------------------------------------------
 */

void is_value(struct book *book, const char *kind, int64_t id,
	      const char *field, const char *value)
{
	SCOPED(char_freep) char *there = book_value(book, kind, id, field);

	assert_string_equal(there, value);
}

int64_t first(struct book *book, const char *kind, const char *field,
	      const char *value)
{
	const struct entity_match matches[] = { { field, value },
						{ NULL, NULL } };
	int64_t id;

	assert_int_equal(
	    entity_first(book->record, kind_find(kind), matches, NULL, &id),
	    FAULT_NONE);
	return id;
}

int64_t total(struct book *book, const char *kind)
{
	int64_t count;

	assert_int_equal(
	    entity_total(book->record, kind_find(kind), NULL, &count),
	    FAULT_NONE);
	return count;
}

void save_as(struct book *book, const char *kind, int64_t id, const char *field,
	     const char *value, const struct record_who *who, int64_t now)
{
	SCOPED(entity_freep) struct entity *entity = book_read(book, kind, id);
	enum entity_answer answer;

	assert_true(entity_set(entity, field, value));
	assert_int_equal(entity_save(book->record, entity, SOURCE_TOLD, who,
				     now, &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
}
