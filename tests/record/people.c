#include "record/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "record/statement.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/support/pairs.h"
#include "tests/support/slow.h"
#include "tests/test.h"

/* A person with a name and a birth, and whatever else is not NULL. */
static int64_t a_person(struct book *book, const char *latin, const char *own,
			const char *birth, const char *phone)
{
	int64_t person = book_make(book, "person", "birth_from", birth,
				   "birth_to", birth, NULL);
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);

	book_make(book, "name", "person", id, "latin", latin, "own_script", own,
		  NULL);
	if (phone)
		book_make(book, "contact", "person", id, "what", "phone",
			  "value", phone, NULL);
	return person;
}

/* "P-1 name birth-day;P-2 ..." of what is found. */
static void note_found(void *to, const struct people_found *found)
{
	struct bytes *text = to;

	bytes_add_format(text, "%s%s", text->length ? ";" : "", found->number);
	for (int i = 0; i < MATCH_REASONS; i++) {
		if (found->match.reasons & 1u << i)
			bytes_add_format(text, " %s", match_reason_word(i));
	}
}

static char *find(struct book *book, const char *typed)
{
	struct bytes text = { 0 };
	struct people_told told;

	bytes_add_text(&text, "");
	assert_int_equal(people_find(book->record, typed, 0, &book_sam,
				     note_found, &text, &told),
			 FAULT_NONE);
	return bytes_take_text(&text);
}

static void a_person_is_found_by_whatever_is_typed(void **state)
{
	static const struct {
		const char *typed, *found;
	} cases[] = {
		{ "", "" },
		{ "Fatima", "P-1 name" },
		{ "fat", "P-1 part" },
		{ "hassan fat", "P-1 name part" },
		{ "FATIMAH", "P-1 spelling" },
		{ "Hasan, Fatima", "P-1 name spelling" },
		{ "فاطمه", "P-1 name" },
		{ "فاط", "P-1 part" },
		{ "Хасан", "P-1 spelling" },
		{ "al", "P-2 part" },
		{ "ali", "P-2 name" },
		{ "Wang Wei", "P-3 name" },
		{ "王伟", "P-3 name" },
		{ "weng wei", "P-3 name spelling" },
		{ "fatima 1990", "P-1 name birth" },
		{ "fatima 1991", "" },
		{ "1990-05-01", "P-1 birth-day" },
		{ "fatima ١٩٩٠", "P-1 name birth" },
		{ "416 555 0101", "P-1 contact" },
		{ "0101", "P-1 contact" },
		{ "+1 (416) 555-0101", "P-1 contact" },
		{ "fatima 0101", "P-1 contact name" },
		{ "ali 0101", "" },
		{ "p-2", "P-2" },
		{ "p-2 fatima", "" },
		{ "nobody", "" },
		/* More words than there are keys of. */
		{ "Kyaw Aung Hla Aung Maung Khin Soe Win", "P-4 name" },
		{ "kyaw aung hla aung maung khin soe wi", "P-4 name part" },
		{ "Soe Win Kyaw Aung", "" },
	};
	struct book *book = *state;

	a_person(book, "Fatima Hassan", "فاطمة حسن", "1990-05-01",
		 "416-555-0101");
	a_person(book, "Ali Karimi", NULL, "1978", NULL);
	a_person(book, NULL, "王伟", NULL, NULL);
	a_person(book, "Kyaw Aung Hla Aung Maung Khin Soe Win", NULL, NULL,
		 NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *found = find(book, cases[i].typed);

		if (strcmp(found, cases[i].found) != 0)
			fail_msg("\"%s\" finds %s, not %s", cases[i].typed,
				 found, cases[i].found);
	}
}

static void a_changed_name_is_found_and_the_old_one_is_not(void **state)
{
	struct book *book = *state;
	int64_t person = a_person(book, "Maria Silva", NULL, "1990", NULL);
	SCOPED(char_freep) char *before = find(book, "silva");
	SCOPED(char_freep) char *after = NULL;
	SCOPED(char_freep) char *old = NULL;

	assert_string_equal(before, "P-1 name");
	book_change(book, "name", 1, "latin", "Maria Santos");
	after = find(book, "santos");
	old = find(book, "silva");
	assert_string_equal(after, "P-1 name");
	assert_string_equal(old, "");
	book_change(book, "person", person, "birth_from", "1971");
	free(after);
	after = find(book, "maria 1971");
	assert_string_equal(after, "P-1 name birth");
}

/* --- candidates ----------------------------------------------------------- */

/* A person of five cells of the pairs. */
static int64_t keep_described(struct book *book, char *const cell[5])
{
	struct described one;
	struct entity *person = book_begin(book, "person");
	SCOPED(char_freep) char *id = NULL;
	int64_t number;

	described_read(&one, cell);
	entity_set(person, "birth_from", one.person.birth_from);
	entity_set(person, "birth_to", one.person.birth_to);
	entity_set(person, "birth_default",
		   one.person.birth_default ? "1" : NULL);
	number = book_save(book, person);
	id = xasprintf("%lld", (long long)number);
	for (size_t i = 0; i < one.name_count; i++) {
		if (*one.name[i])
			book_make(book, "name", "person", id, "latin",
				  one.name[i], NULL);
	}
	if (*cell[2])
		book_make(book, "contact", "person", id, "what", "phone",
			  "value", cell[2], NULL);
	if (*cell[3])
		book_make(book, "member", "household", "1", "person", id, NULL);
	described_done(&one);
	return number;
}

struct sought {
	int64_t person;
	bool found;
};

static void seek(void *to, const struct people_found *found)
{
	struct sought *sought = to;

	sought->found |= found->person == sought->person;
}

static bool is_candidate(struct book *book, char *const cell[5], int64_t person)
{
	struct sought sought = { person, false };
	struct described one;
	struct people_told told;
	const char *contact = cell[2];

	described_read(&one, cell);
	{
		const struct people_described described = {
			.names = { (const char *const *)one.name,
				   one.name_count },
			.birth_from = one.person.birth_from,
			.birth_to = one.person.birth_to,
			.birth_default = one.person.birth_default,
			.contacts = { &contact, 1 },
			.household = *cell[3] ? 1 : 0,
			.gender = cell[4],
		};

		assert_int_equal(people_candidates(book->record, &described,
						   false, 0, &book_sam, seek,
						   &sought, &told),
				 FAULT_NONE);
	}
	described_done(&one);
	return sought.found;
}

/* What match.h suggests, the keys have to lead to. */
static void keys_lead_to_whoever_would_be_suggested(void **state)
{
	struct book *book = *state;
	SCOPED(record_act_endp) struct record_act *act = NULL;
	int suggested = 0, found = 0;

	/* Not written to the disk one by one. */
	assert_int_equal(record_act_begin(book->record, &act), FAULT_NONE);
	book_make(book, "household", NULL);
	for (size_t i = 0; (long)i < loops((long)pair_count); i++) {
		char **cell = pairs[i].cell;
		struct described a, b;
		int64_t person;

		if (strcmp(cell[PAIR_SAME], "yes") != 0)
			continue;
		described_read(&a, cell + PAIR_A);
		described_read(&b, cell + PAIR_B);
		if (match_people(&a.person, &b.person).suggested) {
			person = keep_described(book, cell + PAIR_A);
			suggested++;
			if (is_candidate(book, cell + PAIR_B, person))
				found++;
			else
				print_message("no key leads from %s to %s\n",
					      cell[PAIR_B], cell[PAIR_A]);
		}
		described_done(&a);
		described_done(&b);
	}
	print_message("%d of %d are led to\n", found, suggested);
	assert_true(found >= suggested * 0.98);
}

static void run(struct book *book, const char *sql)
{
	assert_int_equal(statement_do(book->record, sql, ""), FAULT_NONE);
}

/* As the record of a Foyer whose folding was another lies there. */
static void keys_of_older_tables_are_made_anew(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *before = NULL;
	SCOPED(char_freep) char *after = NULL;
	enum people_answer answer;
	int64_t people, old = 1;

	(void)a_person(book, "Fatima Hassan", NULL, "1985-03-04", NULL);
	(void)a_person(book, "Omar Ali", NULL, "1985-03-04", NULL);
	run(book, "UPDATE person_key SET key = 'nolder ' || key");
	run(book, "UPDATE person_form SET names = 'older'");
	before = find(book, "Fatima");
	assert_string_equal(before, "");
	assert_int_equal(
	    people_rekey(book->record, &book_sam, BOOK_NOW, &answer, &people),
	    FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
	assert_int_equal(people, 2);
	after = find(book, "Fatima");
	assert_string_equal(after, "P-1 name");
	assert_int_equal(statement_value(book->record,
					 "SELECT count(*) FROM person_key"
					 " WHERE key LIKE 'nolder%'",
					 1, &old, ""),
			 FAULT_NONE);
	assert_int_equal(old, 0);
}

static void other_tables_are_followed_at_opening(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *path = folder_file(book->folder, RECORD_FILE);
	SCOPED(char_freep) char *after = NULL;
	int64_t left = 1;

	(void)a_person(book, "Fatima Hassan", NULL, "1985-03-04", NULL);
	run(book, "UPDATE person_key SET key = 'nolder ' || key");
	run(book, "UPDATE laid SET folded = folded - 1");
	record_close(book->record);
	assert_int_equal(record_open(path, &book->record), FAULT_NONE);
	after = find(book, "Fatima");
	assert_string_equal(after, "P-1 name");
	assert_int_equal(statement_value(book->record,
					 "SELECT count(*) FROM names_stale", 1,
					 &left, ""),
			 FAULT_NONE);
	assert_int_equal(left, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(a_person_is_found_by_whatever_is_typed),
		WITH_BOOK(a_changed_name_is_found_and_the_old_one_is_not),
		WITH_BOOK(keys_lead_to_whoever_would_be_suggested),
		WITH_BOOK(keys_of_older_tables_are_made_anew),
		WITH_BOOK(other_tables_are_followed_at_opening),
	};

	return cmocka_run_group_tests(tests, pairs_read, pairs_forget);
}
