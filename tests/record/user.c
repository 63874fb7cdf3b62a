#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/user.h"
#include "record/visit.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/support/look.h"
#include "tests/support/sample.h"

#define NOW BOOK_NOW
#define SECOND ((int64_t)1000)
#define SHIFT "wena topu lamo kire fusa bido" /* of the agency's key */

static const char sams[] = "sam's very own words";

static int64_t add(struct book *book, const char *name, const char *roles,
		   const char *teams, const char *passphrase)
{
	const struct user_key key = { passphrase, SHIFT, OWN_DEMO };
	enum user_answer answer;
	int64_t id;

	assert_int_equal(user_add(book->record, name, roles, teams, &key,
				  &book_sam, NOW, &answer, &id),
			 FAULT_NONE);
	if (answer != USER_DONE)
		fail_msg("%s: %s", name, user_answer_word(answer));
	return id;
}

static enum user_answer enter_at(struct book *book, const char *name,
				 const char *passphrase, int64_t now)
{
	struct user_in in;
	enum user_answer answer;

	assert_int_equal(
	    user_enter(book->record, name, passphrase, "front", now, &in),
	    FAULT_NONE);
	answer = in.answer;
	user_in_done(&in);
	return answer;
}

static enum user_answer enter(struct book *book, const char *name,
			      const char *passphrase)
{
	return enter_at(book, name, passphrase, NOW);
}

/* --- signing in ----------------------------------------------------------- */

static void one_passphrase_opens_what_its_owner_may(void **state)
{
	struct book *book = *state;
	struct user_in in;
	bool any = true;
	int64_t id;

	assert_int_equal(user_any(book->record, &any), FAULT_NONE);
	assert_false(any);
	id = add(book, "Sam", "worker", "[4,7]", sams);
	assert_int_equal(user_any(book->record, &any), FAULT_NONE);
	assert_true(any);
	assert_int_equal(
	    user_enter(book->record, "sam", sams, "front", NOW, &in),
	    FAULT_NONE);
	assert_int_equal(in.answer, USER_DONE);
	assert_int_equal(in.id, id);
	assert_string_equal(in.name, "Sam");
	/* The first of all administers, too. */
	assert_int_equal(in.roles, ROLE_WORKER | ROLE_ADMINISTRATOR);
	assert_string_equal(in.teams, "[4,7]");
	assert_string_equal(in.key, SHIFT);
	user_in_done(&in);
	assert_int_equal(enter(book, "Sam", "another's long words"),
			 USER_WRONG);
	/* As dear as a real one, so not where every access is looked at. */
	if (!getenv("FOYER_SLOW"))
		assert_int_equal(enter(book, "Nobody", sams), USER_WRONG);
}

static void only_who_needs_the_agency_key_holds_it(void **state)
{
	static const struct {
		const char *role;
		bool key;
	} roles[] = {
		{ "reception", true },      { "worker", true },
		{ "supervisor", true },     { "safety", true },
		{ "coordinator", false },   { "auditor", false },
		{ "administrator", false },
	};
	struct book *book = *state;

	(void)add(book, "First", "", NULL, "the first of them all");
	for (size_t i = 0; i < COUNT(roles); i++) {
		int64_t id =
		    add(book, roles[i].role, roles[i].role, NULL, sams);
		struct user_sign_in how;

		assert_int_equal(user_sign_in(book->record, id, &how),
				 FAULT_NONE);
		assert_true(how.any);
		assert_int_equal(how.key, roles[i].key);
	}
}

static void a_role_that_is_lost_takes_the_key_along(void **state)
{
	struct book *book = *state;
	enum user_answer answer;
	struct user_sign_in how;
	struct user_in in;
	int64_t id;

	(void)add(book, "First", "", NULL, "the first of them all");
	id = add(book, "Sam", "worker", NULL, sams);
	assert_int_equal(user_set(book->record, id, "coordinator", NULL,
				  &book_sam, NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, USER_DONE);
	assert_int_equal(
	    user_enter(book->record, "Sam", sams, "front", NOW, &in),
	    FAULT_NONE);
	assert_int_equal(in.answer, USER_DONE);
	assert_int_equal(in.roles, ROLE_COORDINATOR);
	assert_null(in.key);
	user_in_done(&in);
	/* Nor does it come back with the role: somebody has to give it. */
	assert_int_equal(
	    user_set(book->record, id, "worker", NULL, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(user_sign_in(book->record, id, &how), FAULT_NONE);
	assert_false(how.key);
}

static void who_may_not_sign_in_any_more_is_told_so_alone(void **state)
{
	struct book *book = *state;
	enum user_answer answer;
	int64_t id;

	(void)add(book, "First", "", NULL, "the first of them all");
	id = add(book, "Sam", "worker", NULL, sams);
	assert_int_equal(
	    user_disable(book->record, id, true, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, USER_DONE);
	assert_int_equal(enter(book, "Sam", sams), USER_AWAY);
	/* A guess learns nothing of it. */
	assert_int_equal(enter(book, "Sam", "another's long words"),
			 USER_WRONG);
	assert_int_equal(
	    user_disable(book->record, id, false, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(enter(book, "Sam", sams), USER_DONE);
	assert_int_equal(
	    user_set(book->record, id, "", NULL, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(enter(book, "Sam", sams), USER_AWAY);
}

static void attempts_that_fail_are_slowed_and_nobody_sleeps(void **state)
{
	static const struct {
		int64_t after; /* ms, since the attempt before */
		enum user_answer answer;
		int64_t wait; /* then, for the next */
	} steps[] = {
		{ 0, USER_WRONG, 0 },
		{ 0, USER_WRONG, 0 },
		{ 0, USER_WRONG, 0 },
		{ 0, USER_WRONG, 5 * SECOND },
		{ 4 * SECOND, USER_SLOWED, 1 * SECOND },
		{ 1 * SECOND, USER_WRONG, 10 * SECOND },
		{ 10 * SECOND, USER_WRONG, 20 * SECOND },
		{ 20 * SECOND, USER_WRONG, 40 * SECOND },
	};
	struct book *book = *state;
	int64_t now = NOW, id;
	struct user_sign_in how;
	struct user_in in;

	id = add(book, "Sam", "worker", NULL, sams);
	for (size_t i = 0; i < COUNT(steps); i++) {
		now += steps[i].after;
		assert_int_equal(
		    enter_at(book, "Sam", "another's long words", now),
		    steps[i].answer);
		if (!steps[i].wait)
			continue;
		/* The right one is not looked at either. */
		assert_int_equal(
		    user_enter(book->record, "Sam", sams, "front", now, &in),
		    FAULT_NONE);
		assert_int_equal(in.answer, USER_SLOWED);
		assert_int_equal(in.again_at, now + steps[i].wait);
		user_in_done(&in);
	}
	assert_int_equal(user_sign_in(book->record, id, &how), FAULT_NONE);
	assert_int_equal(how.failed, 7);
	now += 40 * SECOND;
	assert_int_equal(enter_at(book, "Sam", sams, now), USER_DONE);
	assert_int_equal(user_sign_in(book->record, id, &how), FAULT_NONE);
	assert_int_equal(how.failed, 0);
	assert_int_equal(how.last_access, now);
}

/* However often, and although the clock was set back. */
static void nobody_waits_longer_than_a_quarter_of_an_hour(void **state)
{
	struct book *book = *state;
	struct user_in in;

	(void)add(book, "Sam", "worker", NULL, sams);
	look_change(book->folder, "UPDATE sign_in SET failed = 1000");
	assert_int_equal(enter(book, "Sam", "another's long words"),
			 USER_WRONG);
	assert_int_equal(
	    user_enter(book->record, "Sam", sams, "front", NOW, &in),
	    FAULT_NONE);
	assert_int_equal(in.answer, USER_SLOWED);
	assert_int_equal(in.again_at, NOW + USER_SLOWEST_MS);
	user_in_done(&in);
	assert_int_equal(enter_at(book, "Sam", sams, NOW - 100 * BOOK_DAY),
			 USER_DONE);
}

static void list_acts(void *to, const struct record_audit *row)
{
	if (strncmp(row->act, "sign-in", 7) == 0)
		bytes_add_format(to, "%s@%s %s %lld\n", row->user, row->desk,
				 row->act, (long long)row->id);
}

static void every_attempt_is_in_the_audit(void **state)
{
	struct book *book = *state;
	struct bytes rows = { 0 };

	(void)add(book, "Sam", "worker", NULL, sams);
	assert_int_equal(enter(book, "Sam", "another's long words"),
			 USER_WRONG);
	assert_int_equal(enter(book, "Sam", sams), USER_DONE);
	assert_int_equal(record_audit_each(book->record, 0, list_acts, &rows),
			 FAULT_NONE);
	assert_string_equal(rows.data, "@front sign-in-tried 1\n"
				       "@front sign-in-tried 1\n"
				       "Sam@front sign-in 1\n");
	bytes_done(&rows);
}

/* --- making and changing -------------------------------------------------- */

static void what_makes_no_user_is_refused(void **state)
{
	static const struct {
		const char *name, *roles, *passphrase;
		enum user_answer answer;
	} cases[] = {
		{ "Ana", "worker", "too short", USER_WEAK },
		{ "Ana", "worker", "aaaaaaaaaaaaaaa", USER_WEAK },
		{ "sam", "worker", sams, USER_TAKEN },
		{ "Ana", "king", sams, USER_INVALID },
		{ "", "worker", sams, USER_INVALID },
		{ "Ana", "worker safety", sams, USER_DONE },
	};
	struct book *book = *state;

	(void)add(book, "Sam", "worker", NULL, sams);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct user_key key = { cases[i].passphrase, NULL,
					      OWN_DEMO };
		enum user_answer answer;
		int64_t id;

		assert_int_equal(user_add(book->record, cases[i].name,
					  cases[i].roles, NULL, &key, &book_sam,
					  NOW, &answer, &id),
				 FAULT_NONE);
		assert_string_equal(user_answer_word(answer),
				    user_answer_word(cases[i].answer));
		assert_int_equal(id != 0, answer == USER_DONE);
	}
}

static void an_administrator_always_remains(void **state)
{
	struct book *book = *state;
	enum user_answer answer;
	int64_t first = add(book, "Sam", "worker", NULL, sams), second;

	assert_int_equal(
	    user_disable(book->record, first, true, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, USER_LAST);
	assert_int_equal(user_set(book->record, first, "worker", NULL,
				  &book_sam, NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, USER_LAST);
	second = add(book, "Ana", "administrator", NULL, sams);
	assert_int_equal(user_set(book->record, first, "worker", NULL,
				  &book_sam, NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, USER_DONE);
	assert_int_equal(
	    user_disable(book->record, second, true, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, USER_LAST);
}

static void nobody_who_is_away_is_the_first_to_get_a_passphrase(void **state)
{
	static const struct user_key key = { sams, NULL, OWN_DEMO };
	struct book *book = *state;
	const int64_t ana = book_make(book, "user", "name", "Ana", "roles",
				      "worker", "away", "1", NULL);
	enum user_answer answer;
	bool any = true;

	assert_int_equal(
	    user_give(book->record, ana, &key, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, USER_AWAY);
	assert_int_equal(user_any(book->record, &any), FAULT_NONE);
	assert_false(any);
	assert_int_equal(
	    user_disable(book->record, ana, false, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(
	    user_give(book->record, ana, &key, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, USER_DONE);
	assert_int_equal(enter(book, "Ana", sams), USER_DONE);
}

static void the_first_who_is_given_a_passphrase_administers(void **state)
{
	static const struct user_key key = { sams, NULL, OWN_DEMO };
	struct book *book = *state;
	const int64_t ana =
	    book_make(book, "user", "name", "Ana", "roles", "worker", NULL);
	const int64_t sam =
	    book_make(book, "user", "name", "Sam", "roles", "worker", NULL);
	const int64_t given[] = { ana, sam };
	SCOPED(char_freep) char *first = NULL;
	SCOPED(char_freep) char *second = NULL;
	enum user_answer answer;

	for (size_t i = 0; i < COUNT(given); i++) {
		assert_int_equal(user_give(book->record, given[i], &key,
					   &book_sam, NOW, &answer),
				 FAULT_NONE);
		assert_int_equal(answer, USER_DONE);
	}
	first = book_value(book, "user", ana, "roles");
	assert_string_equal(first, "administrator worker");
	second = book_value(book, "user", sam, "roles");
	assert_string_equal(second, "worker");
}

static void
a_worker_changes_their_own_passphrase_and_keeps_the_key(void **state)
{
	static const char fresh[] = "words that are newer";
	struct book *book = *state;
	struct user_in in;

	(void)add(book, "Sam", "worker", NULL, sams);
	assert_int_equal(user_change(book->record, "Sam",
				     "another's long words", fresh, OWN_DEMO,
				     "", NOW, &in),
			 FAULT_NONE);
	assert_int_equal(in.answer, USER_WRONG);
	user_in_done(&in);
	assert_int_equal(user_change(book->record, "Sam", sams, "short",
				     OWN_DEMO, "", NOW, &in),
			 FAULT_NONE);
	assert_int_equal(in.answer, USER_WEAK);
	user_in_done(&in);
	assert_int_equal(user_change(book->record, "Sam", sams, fresh, OWN_DEMO,
				     "", NOW, &in),
			 FAULT_NONE);
	assert_int_equal(in.answer, USER_DONE);
	user_in_done(&in);
	assert_int_equal(enter(book, "Sam", sams), USER_WRONG);
	assert_int_equal(
	    user_enter(book->record, "Sam", fresh, "front", NOW, &in),
	    FAULT_NONE);
	assert_string_equal(in.key, SHIFT);
	user_in_done(&in);
}

/* Neither passphrase nor hash nor box is in any history or audit. */
static void no_history_keeps_how_anybody_signs_in(void **state)
{
	struct book *book = *state;
	enum user_answer answer;
	int64_t id = add(book, "Sam", "worker", NULL, sams);
	const struct user_key key = { "words that are newer", SHIFT, OWN_DEMO };
	struct entity *user;

	assert_int_equal(
	    user_give(book->record, id, &key, &book_sam, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, USER_DONE);
	user = book_read(book, "user", id);
	assert_int_equal(user->version, 1);
	entity_free(user);
	assert_false(folder_holds(book->folder, SHIFT));
	assert_false(folder_holds(book->folder, sams));
	assert_false(folder_holds(book->folder, "words that are newer"));
}

/* --- roles ---------------------------------------------------------------- */

/* r reception, w worker, s supervisor, c coordinator, a administrator,
 * u auditor, f safety; the bits in this order. */
static const char letters[] = "rwscauf";
#define ALL letters

/* Who reads and who writes what: RECORD.md's roles, kind by kind. */
static const struct {
	const char *kind, *read, *write;
} rights[] = {
	{ "site", ALL, "a" },         { "team", ALL, "a" },
	{ "user", ALL, "a" },         { "own_field", ALL, "a" },
	{ "suggestion", ALL, ALL },   { "person", "rws", "rws" },
	{ "name", "rws", "rws" },     { "contact", "rws", "rws" },
	{ "household", "rws", "ws" }, { "member", "rws", "rws" },
	{ "identifier", "ws", "ws" }, { "status", "ws", "ws" },
	{ "note", "ws", "wsf" }, /* an open one */
};

static bool count_one(void *to, const struct entity *entity)
{
	(void)entity;
	++*(int *)to;
	return true;
}

static int64_t make_any(struct book *book, const struct kind *kind)
{
	struct entity *entity = book_begin(book, kind->name);
	enum entity_answer answer;

	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];

		if (field->flags & FIELD_NEEDED)
			(void)entity_set(
			    entity, field->name,
			    field->link    ? "1"
			    : field->codes ? codes_have(field->codes, "open", 4)
						 ? "open"
						 : "phone"
					   : "x");
	}
	if (strcmp(kind->name, "identifier") == 0)
		(void)entity_set(entity, "what", "UCI");
	if (strcmp(kind->name, "status") == 0)
		(void)entity_set(entity, "category", "CLM");
	if (strcmp(kind->name, "own_field") == 0) {
		(void)entity_set(entity, "of", "person");
		(void)entity_set(entity, "type", "text");
	}
	assert_int_equal(entity_save(book->record, entity, SOURCE_TOLD,
				     &book_sam, NOW, &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	return book_save(book, entity);
}

static void try_rights(struct book *book, const struct kind *kind, int64_t id,
		       int letter, bool reads, bool writes)
{
	const struct record_who who = { .user = "Kim",
					.desk = "front",
					.id = 9,
					.roles = 1U << letter,
					.teams = "[]" };
	struct entity *entity = NULL, *fresh = book_begin(book, kind->name);
	enum entity_answer answer;
	int seen = 0;

	assert_int_equal(
	    entity_read(book->record, kind, id, &who, NOW, &answer, &entity),
	    FAULT_NONE);
	if ((answer == ENTITY_DONE) != reads)
		fail_msg("%c reads %s: %s", letters[letter], kind->name,
			 entity_answer_word(answer));
	entity_free(entity);
	assert_int_equal(entity_each(book->record, kind, NULL, NULL, 0, &who,
				     count_one, &seen),
			 FAULT_NONE);
	assert_int_equal(seen > 0, reads);
	/* Without its values: whoever may write is told what is missing. */
	assert_int_equal(entity_save(book->record, fresh, SOURCE_TOLD, &who,
				     NOW, &answer, NULL),
			 FAULT_NONE);
	if ((answer != ENTITY_REFUSED) != writes)
		fail_msg("%c writes %s: %s", letters[letter], kind->name,
			 entity_answer_word(answer));
	entity_free(fresh);
	assert_int_equal(
	    entity_remove(book->record, kind, 4711, "", &who, NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, writes ? ENTITY_NOT_THERE : ENTITY_REFUSED);
}

static void every_role_reads_and_writes_what_is_its_own(void **state)
{
	struct book *book = *state;

	/* What others link to comes first. */
	(void)book_make(book, "person", NULL);
	(void)book_make(book, "household", NULL);
	for (size_t i = 0; i < COUNT(rights); i++) {
		const struct kind *kind = kind_find(rights[i].kind);
		int64_t id = make_any(book, kind);

		for (int letter = 0; letters[letter]; letter++)
			try_rights(book, kind, id, letter,
				   strchr(rights[i].read, letters[letter]),
				   strchr(rights[i].write, letters[letter]));
	}
}

/* Whatever kinds are added: what stands behind a wall is about somebody. */
static void nobody_without_clients_reads_about_one(void **state)
{
	const unsigned none =
	    ROLE_COORDINATOR | ROLE_ADMINISTRATOR | ROLE_AUDITOR;

	(void)state;
	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind *kind = kind_at(i);

		if (kind->wall && (!kind->read || kind->read & none ||
				   !kind->write || kind->write & none))
			fail_msg("%s", kind->name);
	}
}

static void a_guarded_note_is_for_the_named_roles(void **state)
{
	static const struct {
		unsigned roles;
		const char *read; /* open, restricted, safety */
	} cases[] = {
		{ ROLE_WORKER, "o" },
		{ ROLE_SUPERVISOR, "ors" },
		{ ROLE_SAFETY, "rs" },
		{ ROLE_WORKER | ROLE_SAFETY, "ors" },
		{ ROLE_RECEPTION, "" },
		{ ROLE_RECEPTION | ROLE_ADMINISTRATOR, "" },
		{ 0, "ors" },
	};
	static const char *const guards[] = { "open", "restricted", "safety" };
	struct book *book = *state;
	int64_t person = book_make(book, "person", NULL), notes[3];
	SCOPED(char_freep) char *of = xasprintf("%lld", (long long)person);

	for (size_t g = 0; g < COUNT(guards); g++)
		notes[g] = book_make(book, "note", "person", of, "text", "x",
				     "guard", guards[g], NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct record_who who = { .user = "Kim",
						.desk = "front",
						.roles = cases[i].roles };
		int seen = 0;

		for (size_t g = 0; g < COUNT(guards); g++) {
			SCOPED(entity_freep) struct entity *note = NULL;
			enum entity_answer answer;

			assert_int_equal(
			    entity_read(book->record, kind_find("note"),
					notes[g], &who, NOW, &answer, &note),
			    FAULT_NONE);
			if ((answer == ENTITY_DONE) !=
			    (strchr(cases[i].read, guards[g][0]) != NULL))
				fail_msg("%u %s", cases[i].roles, guards[g]);
			if (note)
				assert_int_equal(entity_goes_out(note), g == 0);
		}
		assert_int_equal(entity_each(book->record, kind_find("note"),
					     NULL, NULL, 0, &who, count_one,
					     &seen),
				 FAULT_NONE);
		assert_int_equal(seen, strlen(cases[i].read));
	}
}

/* A worker hears something that is not for all eyes: it can be written down,
 * and is theirs no more. */
static void a_worker_may_give_in_what_they_cannot_read_again(void **state)
{
	struct book *book = *state;
	const struct record_who kim = { .user = "Kim",
					.desk = "front",
					.roles = ROLE_WORKER,
					.teams = "[]" };
	struct entity *note = book_begin(book, "note");
	enum entity_answer answer;

	(void)entity_set(note, "text", "x");
	(void)entity_set(note, "guard", "restricted");
	assert_int_equal(entity_save(book->record, note, SOURCE_TOLD, &kim, NOW,
				     &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	(void)entity_set(note, "guard", "open");
	assert_int_equal(entity_save(book->record, note, SOURCE_TOLD, &kim, NOW,
				     &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_REFUSED);
	entity_free(note);
}

/* --- visits --------------------------------------------------------------- */

static void count_answer(void *to, const char *reference, const char *value)
{
	(void)reference;
	(void)value;
	++*(int *)to;
}

static void answers_are_for_who_works_with_people(void **state)
{
	static const struct {
		unsigned roles;
		int answers;
	} cases[] = {
		{ 0, 2 },
		{ ROLE_RECEPTION, 0 },
		{ ROLE_WORKER, 2 },
		{ ROLE_SUPERVISOR, 2 },
		{ ROLE_COORDINATOR, 0 },
		{ ROLE_ADMINISTRATOR, 0 },
		{ ROLE_AUDITOR, 0 },
		{ ROLE_SAFETY, 0 },
		{ ROLE_RECEPTION | ROLE_WORKER, 2 },
	};
	struct book *book = *state;
	struct sample sample;
	int64_t visit;

	sample_init(&sample, 1);
	visit = sample_file(book->record, &sample);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct record_who who = { .user = "Kim",
						.desk = "front",
						.roles = cases[i].roles };
		struct bytes submission = { 0 };
		struct visit_basis basis;
		enum visit_found found;
		int seen = 0;

		assert_int_equal(visit_answers(book->record, visit, &who, NOW,
					       VISIT_SHOWN, &found, &basis,
					       count_answer, &seen),
				 FAULT_NONE);
		assert_int_equal(seen, cases[i].answers);
		assert_int_equal(visit_submission(book->record, visit, &who,
						  NOW, VISIT_SHOWN, &found,
						  &submission),
				 FAULT_NONE);
		assert_int_equal(submission.length > 0, seen > 0);
		bytes_done(&submission);
	}
}

static void less_urgent_is_a_supervisors_to_decide(void **state)
{
	static const struct {
		unsigned roles;
		enum visit_level level;
		enum visit_acted answer;
	} steps[] = {
		/* The kiosk found U3. */
		{ ROLE_RECEPTION, VISIT_U4, VISIT_NOT_YOURS },
		{ ROLE_COORDINATOR, VISIT_U1, VISIT_NOT_YOURS },
		{ ROLE_RECEPTION, VISIT_U2, VISIT_ACTED },
		{ ROLE_WORKER, VISIT_U3, VISIT_NOT_YOURS },
		{ ROLE_WORKER, VISIT_NO_LEVEL, VISIT_NOT_YOURS },
		{ ROLE_SUPERVISOR, VISIT_U4, VISIT_ACTED },
		{ ROLE_WORKER, VISIT_NO_LEVEL, VISIT_ACTED }, /* U3 again */
		{ 0, VISIT_U5, VISIT_ACTED },
	};
	struct book *book = *state;
	struct sample sample;
	int64_t visit;

	sample_init(&sample, 1);
	visit = sample_file(book->record, &sample);
	for (size_t i = 0; i < COUNT(steps); i++) {
		const struct record_who who = { .user = "Kim",
						.desk = "front",
						.roles = steps[i].roles };
		enum visit_acted answer;

		assert_int_equal(visit_override(book->record, visit,
						steps[i].level, "as it looks",
						&who, NOW, &answer),
				 FAULT_NONE);
		assert_int_equal(answer, steps[i].answer);
	}
}

/* --- walls ---------------------------------------------------------------- */

static void a_note_stands_behind_every_wall_it_leads_to(void **state)
{
	struct book *book = *state;
	int64_t east = book_make(book, "team", "name", "East", NULL);
	SCOPED(char_freep) char *team = xasprintf("%lld", (long long)east);
	SCOPED(char_freep) char *own = xasprintf("[%lld]", (long long)east);
	int64_t home = book_make(book, "household", "team", team, NULL);
	SCOPED(char_freep) char *household = xasprintf("%lld", (long long)home);
	int64_t note = book_make(book, "note", "household", household, "text",
				 "x", "guard", "open", NULL);
	const struct {
		const char *teams;
		enum entity_answer answer;
	} cases[] = {
		{ own, ENTITY_DONE },
		{ "[4711]", ENTITY_REFUSED },
		{ "[]", ENTITY_REFUSED },
		{ NULL, ENTITY_DONE },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct record_who who = { .user = "Kim",
						.desk = "front",
						.roles = ROLE_SUPERVISOR,
						.teams = cases[i].teams };
		SCOPED(entity_freep) struct entity *read = NULL;
		enum entity_answer answer;

		assert_int_equal(entity_read(book->record, kind_find("note"),
					     note, &who, NOW, &answer, &read),
				 FAULT_NONE);
		assert_int_equal(answer, cases[i].answer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(one_passphrase_opens_what_its_owner_may),
		WITH_BOOK(only_who_needs_the_agency_key_holds_it),
		WITH_BOOK(a_role_that_is_lost_takes_the_key_along),
		WITH_BOOK(who_may_not_sign_in_any_more_is_told_so_alone),
		WITH_BOOK(attempts_that_fail_are_slowed_and_nobody_sleeps),
		WITH_BOOK(nobody_waits_longer_than_a_quarter_of_an_hour),
		WITH_BOOK(every_attempt_is_in_the_audit),
		WITH_BOOK(what_makes_no_user_is_refused),
		WITH_BOOK(an_administrator_always_remains),
		WITH_BOOK(nobody_who_is_away_is_the_first_to_get_a_passphrase),
		WITH_BOOK(the_first_who_is_given_a_passphrase_administers),
		WITH_BOOK(
		    a_worker_changes_their_own_passphrase_and_keeps_the_key),
		WITH_BOOK(no_history_keeps_how_anybody_signs_in),
		WITH_BOOK(every_role_reads_and_writes_what_is_its_own),
		WITH_BOOK(nobody_without_clients_reads_about_one),
		WITH_BOOK(a_guarded_note_is_for_the_named_roles),
		WITH_BOOK(a_worker_may_give_in_what_they_cannot_read_again),
		WITH_BOOK(answers_are_for_who_works_with_people),
		WITH_BOOK(less_urgent_is_a_supervisors_to_decide),
		WITH_BOOK(a_note_stands_behind_every_wall_it_leads_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
