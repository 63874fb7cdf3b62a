#include "record/entity.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/book.h"
#include "tests/test.h"

#define NOW BOOK_NOW
#define sam book_sam
#define ana book_ana

static enum entity_answer save_by(struct book *book, struct entity *entity,
				  const struct record_who *who,
				  const char **wrong)
{
	enum entity_answer answer;

	assert_int_equal(entity_save(book->record, entity, SOURCE_TOLD, who,
				     NOW, &answer, wrong),
			 FAULT_NONE);
	return answer;
}

static int64_t a_person(struct book *book, const char *language)
{
	return book_make(book, "person", "language", language, NULL);
}

static void what_is_saved_is_read_again(void **state)
{
	struct book *book = *state;
	SCOPED(entity_freep) struct entity *person = book_begin(book, "person");
	SCOPED(entity_freep) struct entity *read = NULL;

	assert_true(entity_set(person, "birth_from", "1990-01-01"));
	assert_true(entity_set(person, "interpreter", "1"));
	assert_false(entity_set(person, "shoe_size", "41"));
	assert_int_equal(save_by(book, person, &sam, NULL), ENTITY_DONE);
	assert_int_equal(person->version, 1);
	read = book_read(book, "person", person->id);
	assert_string_equal(entity_text(read, "birth_from"), "1990-01-01");
	assert_int_equal(entity_number(read, "interpreter"), 1);
	assert_null(entity_text(read, "gender"));
	assert_string_equal(read->made_by, "Sam");
	assert_int_equal(read->made_at, NOW);
}

static void what_does_not_fit_is_refused_by_its_field(void **state)
{
	static const struct {
		const char *kind, *field, *value, *wrong;
	} cases[] = {
		{ "person", "birth_from", "1990-02-30", "birth_from" },
		{ "person", "birth_from", "1990-1-1", "birth_from" },
		{ "person", "birth_from", "2000-02-29", NULL },
		{ "person", "birth_from", "1900-02-29", "birth_from" },
		{ "person", "birth_from", "1990", NULL },
		{ "person", "interpreter", "maybe", "interpreter" },
		{ "person", "gender", "W M", "gender" },
		{ "person", "team", "77", "team" },
		{ "person", "language", "a\nb", "language" },
		{ "user", "roles", "worker supervisor", "name" },
		{ "household", "contact_days", "14 days", "contact_days" },
		{ "household", "contact_days", "14", NULL },
	};
	struct book *book = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(entity_freep)
		struct entity *entity = book_begin(book, cases[i].kind);
		const char *wrong = NULL;

		assert_true(entity_set(entity, cases[i].field, cases[i].value));
		assert_int_equal(save_by(book, entity, &sam, &wrong),
				 cases[i].wrong ? ENTITY_WRONG : ENTITY_DONE);
		if (cases[i].wrong)
			assert_string_equal(wrong, cases[i].wrong);
		assert_true(!cases[i].wrong == (entity->id != 0));
	}
}

static void two_desks_meet_and_neither_loses(void **state)
{
	struct book *book = *state;
	const int64_t id = a_person(book, "ti");
	SCOPED(entity_freep)
	struct entity *mine = book_read(book, "person", id);
	SCOPED(entity_freep)
	struct entity *theirs = book_read(book, "person", id);
	const char *wrong = NULL;

	assert_true(entity_set(theirs, "dialect", "Asmara"));
	assert_true(entity_set(theirs, "gender", "W"));
	assert_int_equal(save_by(book, theirs, &ana, NULL), ENTITY_DONE);
	assert_true(entity_set(mine, "gender", "W"));
	assert_true(entity_set(mine, "interpreter", "1"));
	assert_int_equal(save_by(book, mine, &sam, NULL), ENTITY_DONE);
	assert_string_equal(entity_text(mine, "dialect"), "Asmara");

	assert_true(entity_set(theirs, "interpreter", "0"));
	assert_int_equal(save_by(book, theirs, &ana, &wrong), ENTITY_CONFLICT);
	assert_string_equal(wrong, "interpreter");
	assert_string_equal(entity_text(theirs, "interpreter"), "0");
}

/* A history as one text: "birth_from 1990->1991 told Sam;". */
static void tell(void *to, const struct change *change)
{
	char **text = to;
	char *more = xasprintf("%s%s %s->%s %s %s;", *text, change->field,
			       change->before ? change->before : "",
			       change->after ? change->after : "",
			       change->source, change->user);

	free(*text);
	*text = more;
}

static char *history_of(struct book *book, const char *kind, int64_t id)
{
	char *text = xstrdup("");

	assert_int_equal(
	    entity_history(book->record, kind_find(kind), id, tell, &text),
	    FAULT_NONE);
	return text;
}

static void every_change_is_in_the_history(void **state)
{
	struct book *book = *state;
	const int64_t id = a_person(book, "ti");
	SCOPED(entity_freep)
	struct entity *person = book_read(book, "person", id);
	SCOPED(char_freep) char *history = NULL;
	enum entity_answer answer;

	assert_true(entity_set(person, "language", "am"));
	assert_int_equal(entity_save(book->record, person, SOURCE_SEEN, &ana,
				     NOW, &answer, NULL),
			 FAULT_NONE);
	history = history_of(book, "person", id);
	assert_string_equal(history, " -> told Sam;language ->ti told Sam;"
				     "language ti->am seen Ana;");
}

static void the_last_act_is_taken_back_whole(void **state)
{
	struct book *book = *state;
	struct record_act *act = NULL;
	struct entity_name undone;
	enum entity_answer answer;
	struct entity *person, *name;
	int64_t id, other;

	assert_int_equal(record_act_begin(book->record, &act), FAULT_NONE);
	id = a_person(book, "ti");
	name = book_begin(book, "name");
	assert_true(entity_set_number(name, "person", id));
	assert_true(entity_set(name, "latin", "Selam"));
	other = book_save(book, name);
	assert_int_equal(record_act_done(&act), FAULT_NONE);

	assert_int_equal(entity_undo(book->record, &ana, NOW, &answer, &undone),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_NOTHING); /* it was Sam's */
	assert_int_equal(entity_undo(book->record, &sam, NOW, &answer, &undone),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_null(book_read(book, "person", id));
	assert_null(book_read(book, "name", other));

	id = a_person(book, "am");
	person = book_read(book, "person", id);
	assert_true(entity_set(person, "language", "om"));
	assert_int_equal(save_by(book, person, &sam, NULL), ENTITY_DONE);
	assert_int_equal(entity_undo(book->record, &sam, NOW, &answer, &undone),
			 FAULT_NONE);
	assert_int_equal(undone.id, id);
	entity_free(person);
	person = book_read(book, "person", id);
	assert_string_equal(entity_text(person, "language"), "am");
	/* And the act before it. */
	assert_int_equal(entity_undo(book->record, &sam, NOW, &answer, &undone),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_null(book_read(book, "person", id));
	entity_free(person);
}

static void what_another_changed_since_is_not_taken_back(void **state)
{
	struct book *book = *state;
	const int64_t id = a_person(book, "ti");
	SCOPED(entity_freep)
	struct entity *person = book_read(book, "person", id);
	enum entity_answer answer;

	assert_true(entity_set(person, "gender", "M"));
	assert_int_equal(save_by(book, person, &ana, NULL), ENTITY_DONE);
	assert_int_equal(entity_undo(book->record, &sam, NOW, &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_NOTHING);
}

static void an_act_that_is_not_done_leaves_nothing(void **state)
{
	struct book *book = *state;
	struct record_act *act = NULL;
	int64_t id, total;

	assert_int_equal(record_act_begin(book->record, &act), FAULT_NONE);
	id = a_person(book, "ti");
	record_act_end(act);
	assert_null(book_read(book, "person", id));
	assert_int_equal(
	    entity_total(book->record, kind_find("person"), NULL, &total),
	    FAULT_NONE);
	assert_int_equal(total, 0);
}

static void a_life_cycle_goes_only_its_ways(void **state)
{
	struct book *book = *state;
	struct entity *suggestion = book_begin(book, "suggestion");
	enum entity_answer answer;
	int64_t id;

	assert_true(entity_set(suggestion, "text", "larger letters"));
	id = book_save(book, suggestion);
	assert_int_equal(entity_move(book->record, kind_find("suggestion"), id,
				     "done", "", &sam, NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_NO_MOVE);
	assert_int_equal(entity_move(book->record, kind_find("suggestion"), id,
				     "accepted", "yes", &sam, NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	suggestion = book_read(book, "suggestion", id);
	assert_string_equal(entity_text(suggestion, "state"), "accepted");
	assert_true(entity_set(suggestion, "state", "open"));
	assert_int_equal(save_by(book, suggestion, &sam, NULL), ENTITY_NO_MOVE);
	entity_free(suggestion);
}

static bool count_one(void *to, const struct entity *entity)
{
	size_t *count = to;

	(void)entity;
	return ++*count < 100;
}

static size_t seen_by(struct book *book, const struct record_who *who,
		      const char *kind)
{
	size_t count = 0;

	assert_int_equal(entity_each(book->record, kind_find(kind), NULL,
				     "-changed_at", 0, who, count_one, &count),
			 FAULT_NONE);
	return count;
}

static void a_team_sees_its_own_people_alone(void **state)
{
	struct book *book = *state;
	const struct record_who worker = {
		.user = "Lou", .desk = "", .roles = ROLE_WORKER, .teams = "[1]"
	};
	const struct record_who auditor = {
		.user = "Kim", .desk = "", .roles = ROLE_AUDITOR, .teams = "[]"
	};
	struct entity *entity;
	enum entity_answer answer;
	int64_t persons[3];

	for (int team = 1; team <= 2; team++) {
		entity = book_begin(book, "team");
		assert_true(entity_set(entity, "name", team == 1 ? "A" : "B"));
		assert_int_equal(book_save(book, entity), team);
	}
	for (int i = 0; i < 3; i++) { /* of no team, of 1, of 2 */
		entity = book_begin(book, "person");
		if (i)
			assert_true(entity_set_number(entity, "team", i));
		persons[i] = book_save(book, entity);
		entity = book_begin(book, "name");
		assert_true(entity_set_number(entity, "person", persons[i]));
		(void)book_save(book, entity);
	}
	assert_int_equal(seen_by(book, &sam, "person"), 3);
	assert_int_equal(seen_by(book, &worker, "person"), 2);
	assert_int_equal(seen_by(book, &worker, "name"), 2);
	assert_int_equal(seen_by(book, &auditor, "person"), 0);
	entity = NULL;
	assert_int_equal(entity_read(book->record, kind_find("person"),
				     persons[2], &worker, NOW, &answer,
				     &entity),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_REFUSED);
	assert_null(entity);
	entity = book_read(book, "person", persons[1]);
	assert_true(entity_set(entity, "team", "2"));
	assert_int_equal(save_by(book, entity, &worker, NULL), ENTITY_REFUSED);
	entity_free(entity);
}

static int64_t matching(struct book *book, const char *field, const char *value)
{
	const struct entity_match matches[] = { { field, value },
						{ NULL, NULL } };
	int64_t count;

	assert_int_equal(
	    entity_total(book->record, kind_find("person"), matches, &count),
	    FAULT_NONE);
	return count;
}

static void an_agency_adds_a_field_without_a_program(void **state)
{
	struct book *book = *state;
	SCOPED(entity_freep) struct entity *own = book_begin(book, "own_field");
	SCOPED(entity_freep) struct entity *old = book_begin(book, "person");
	struct entity *person;
	SCOPED(char_freep) char *history = NULL;
	const char *wrong;
	int64_t id;

	assert_true(entity_set(own, "of", "person"));
	assert_true(entity_set(own, "name", "language"));
	assert_true(entity_set(own, "type", "code"));
	assert_true(entity_set(own, "label_en", "Choir"));
	assert_int_equal(save_by(book, own, &sam, &wrong), ENTITY_WRONG);
	assert_string_equal(wrong, "name");
	assert_true(entity_set(own, "name", "choir"));
	assert_true(entity_set(own, "codes", "alto bass"));
	assert_int_equal(save_by(book, own, &sam, NULL), ENTITY_DONE);

	assert_false(entity_set(old, "choir", "bass"));
	person = book_begin(book, "person");
	assert_true(entity_set(person, "choir", "tenor"));
	assert_int_equal(save_by(book, person, &sam, &wrong), ENTITY_WRONG);
	assert_string_equal(wrong, "choir");
	assert_true(entity_set(person, "choir", "bass"));
	id = book_save(book, person);
	person = book_read(book, "person", id);
	assert_string_equal(entity_text(person, "choir"), "bass");
	entity_free(person);
	history = history_of(book, "person", id);
	assert_non_null(strstr(history, "choir ->bass told Sam;"));
	assert_int_equal(matching(book, "choir", "bass"), 1);
	assert_int_equal(matching(book, "choir", "alto"), 0);
	(void)a_person(book, "am");
	assert_int_equal(matching(book, "choir", NULL), 1);
}

static void an_erased_entity_leaves_a_tombstone_alone(void **state)
{
	struct book *book = *state;
	const int64_t id = a_person(book, "ti");
	SCOPED(char_freep) char *history = NULL;
	int64_t count;

	assert_int_equal(entity_erase(book->record, kind_find("person"), id,
				      "withdrawn", &sam, NOW),
			 FAULT_NONE);
	history = history_of(book, "person", id);
	assert_string_equal(history, "");
	assert_int_equal(
	    entity_total(book->record, kind_find("person"), NULL, &count),
	    FAULT_NONE);
	assert_int_equal(count, 0);
}

/* --- every kind ------------------------------------------------------------
 */

/* Every way of a wall is a link, or the entity itself. */
static void assert_walls_lead_somewhere(const struct kind *kind)
{
	for (const char *at = kind->wall; at && *at; at += strspn(at, " ")) {
		SCOPED(char_freep)
		char *way = xstrndup(at, strcspn(at, " "));

		assert_true(strcmp(way, "id") == 0 ||
			    kind_field(kind, way)->link);
		at += strlen(way);
	}
}

static void every_kind_can_be_read_and_refers_to_kinds(void **state)
{
	struct book *book = *state;

	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind *kind = kind_at(i);
		struct entity *entity = NULL;
		enum entity_answer answer;

		assert_int_equal(entity_read(book->record, kind, 1, &sam, NOW,
					     &answer, &entity),
				 FAULT_NONE);
		assert_int_equal(answer, ENTITY_NOT_THERE);
		assert_true(!kind->moves || kind_field(kind, "state"));
		assert_true(!kind->signed_at ||
			    kind_field(kind, kind->signed_at));
		assert_walls_lead_somewhere(kind);
		assert_true(
		    !kind->guard ||
		    strcmp(kind_field(kind, kind->guard)->codes, GUARDS) == 0);
		for (const struct kind_move *move = kind->moves;
		     move && move->from; move++)
			assert_true(codes_have(kind_field(kind, "state")->codes,
					       move->to, strlen(move->to)));
		for (size_t j = 0; j < kind->field_count; j++) {
			const struct field *field = &kind->fields[j];

			assert_true(!field->link || kind_find(field->link) ||
				    strcmp(field->link, "visit") == 0);
			assert_true((field->type == FIELD_CODE ||
				     field->type == FIELD_CODES) ==
				    (field->codes != NULL));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(what_is_saved_is_read_again),
		WITH_BOOK(what_does_not_fit_is_refused_by_its_field),
		WITH_BOOK(two_desks_meet_and_neither_loses),
		WITH_BOOK(every_change_is_in_the_history),
		WITH_BOOK(the_last_act_is_taken_back_whole),
		WITH_BOOK(what_another_changed_since_is_not_taken_back),
		WITH_BOOK(an_act_that_is_not_done_leaves_nothing),
		WITH_BOOK(a_life_cycle_goes_only_its_ways),
		WITH_BOOK(a_team_sees_its_own_people_alone),
		WITH_BOOK(an_agency_adds_a_field_without_a_program),
		WITH_BOOK(an_erased_entity_leaves_a_tombstone_alone),
		WITH_BOOK(every_kind_can_be_read_and_refers_to_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
