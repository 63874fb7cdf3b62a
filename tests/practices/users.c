#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/entity.h"
#include "record/user.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/sample.h"

/* Who works with the record, and what it tells of whom. */

#define NOW SAMPLE_NOON

/* --- row 36 --------------------------------------------------------------- */

/* Two desks on one record, and who signed in at each. */
struct desk {
	struct record *record;
	struct user_in in;
	struct record_who who;
};

static void sit_down(struct desk *desk, const char *path, const char *name,
		     const char *passphrase, const char *at)
{
	assert_int_equal(record_open(path, &desk->record), FAULT_NONE);
	assert_int_equal(
	    user_enter(desk->record, name, passphrase, at, NOW, &desk->in),
	    FAULT_NONE);
	assert_int_equal(desk->in.answer, USER_DONE);
	desk->who = (struct record_who){ .user = desk->in.name,
					 .desk = at,
					 .id = desk->in.id,
					 .roles = desk->in.roles,
					 .teams = desk->in.teams };
}

static void get_up(struct desk *desk)
{
	user_in_done(&desk->in);
	record_close(desk->record);
}

static int64_t make(struct record *record, const char *kind, const char *field,
		    const char *value)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;

	assert_int_equal(entity_new(record, kind_find(kind), &entity),
			 FAULT_NONE);
	(void)entity_set(entity, field, value);
	assert_int_equal(entity_save(record, entity, SOURCE_TOLD, &sample_sam,
				     NOW, &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	return entity->id;
}

static void sign_up(struct record *record, const char *name, const char *roles,
		    int64_t team, const char *passphrase)
{
	SCOPED(char_freep) char *teams = xasprintf("[%lld]", (long long)team);
	const struct user_key key = { passphrase, "of the agency", OWN_DEMO };
	enum user_answer answer;
	int64_t id;

	assert_int_equal(user_add(record, name, roles, teams, &key, &sample_sam,
				  NOW, &answer, &id),
			 FAULT_NONE);
	assert_int_equal(answer, USER_DONE);
}

static enum entity_answer read_by(struct desk *desk, int64_t household,
				  struct entity **out)
{
	enum entity_answer answer;

	*out = NULL;
	assert_int_equal(entity_read(desk->record, kind_find("household"),
				     household, &desk->who, NOW, &answer, out),
			 FAULT_NONE);
	return answer;
}

static void list_change(void *to, const struct change *change)
{
	if (strcmp(change->field, "note") == 0)
		bytes_add_format(
		    to, "%s@%s %lld %s\n", change->user, change->desk,
		    (long long)(change->at - NOW) / 1000, change->after);
}

static enum entity_answer note_by(struct desk *desk, struct entity *household,
				  const char *note, int64_t at)
{
	enum entity_answer answer;

	(void)entity_set(household, "note", note);
	assert_int_equal(entity_save(desk->record, household, SOURCE_TOLD,
				     &desk->who, at, &answer, NULL),
			 FAULT_NONE);
	return answer;
}

static void
row_36_staff_of_a_team_share_a_household_and_others_do_not(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, RECORD_FILE);
	SCOPED(char_freep) char *team = NULL;
	struct record *record = sample_record(folder);
	struct entity *one, *two, *none;
	struct desk sam, ana, kim, leo;
	struct bytes history = { 0 };
	int64_t east = make(record, "team", "name", "East"), home;

	(void)state;
	team = xasprintf("%lld", (long long)east);
	home = make(record, "household", "team", team);
	sign_up(record, "Sam", "worker", east, "the words of sam");
	sign_up(record, "Ana", "supervisor", east, "the words of ana");
	sign_up(record, "Kim", "worker", east + 1, "the words of kim");
	sign_up(record, "Leo", "coordinator", east, "the words of leo");
	record_close(record);
	sit_down(&sam, path, "Sam", "the words of sam", "front");
	sit_down(&ana, path, "Ana", "the words of ana", "back");
	sit_down(&kim, path, "Kim", "the words of kim", "side");
	sit_down(&leo, path, "Leo", "the words of leo", "office");

	/* Own team's alone, whatever the role; and no client for some. */
	assert_int_equal(read_by(&kim, home, &none), ENTITY_REFUSED);
	assert_int_equal(read_by(&leo, home, &none), ENTITY_REFUSED);
	/* Two desks, one household; the later one is told, and loses nothing.
	 */
	assert_int_equal(read_by(&sam, home, &one), ENTITY_DONE);
	assert_int_equal(read_by(&ana, home, &two), ENTITY_DONE);
	assert_int_equal(note_by(&sam, one, "moves in May", NOW + 1000),
			 ENTITY_DONE);
	assert_int_equal(note_by(&ana, two, "moves in June", NOW + 2000),
			 ENTITY_CONFLICT);
	entity_free(two);
	assert_int_equal(read_by(&ana, home, &two), ENTITY_DONE);
	assert_string_equal(entity_text(two, "note"), "moves in May");
	assert_int_equal(note_by(&ana, two, "moves in June", NOW + 3000),
			 ENTITY_DONE);
	/* Who and when. */
	assert_int_equal(entity_history(ana.record, kind_find("household"),
					home, list_change, &history),
			 FAULT_NONE);
	assert_string_equal(history.data, "Sam@front 1 moves in May\n"
					  "Ana@back 3 moves in June\n");
	bytes_done(&history);
	entity_free(one);
	entity_free(two);
	get_up(&sam);
	get_up(&ana);
	get_up(&kim);
	get_up(&leo);
}

/* --- row 42 --------------------------------------------------------------- */

static char *said(const char *input, const char *home, const char *command)
{
	struct output output =
	    program_run(input, "foyer %s --home %s", command, home);
	char *text = xstrdup(output.out);

	if (output.status)
		fail_msg("%s: %s", command, output.err);
	output_done(&output);
	return text;
}

static void expect(const char *home, const char *command, const char *words)
{
	SCOPED(char_freep) char *text = said("", home, command);

	if (!strstr(text, words))
		fail_msg("%s: %s", command, text);
}

static bool file_has(const char *home, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(home, name);
	struct bytes bytes = { 0 };
	bool has;

	assert_int_equal(file_read(path, 64 << 20, &bytes), FAULT_NONE);
	has = memmem(bytes.data, bytes.length, text, strlen(text)) != NULL;
	bytes_done(&bytes);
	return has;
}

static void
row_42_names_lie_in_a_sealed_file_and_all_works_without(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep) char *vault = NULL;
	SCOPED(char_freep) char *away = folder_file(folder, "away");
	SCOPED(char_freep) char *people = NULL;

	(void)state;
	demo_new(home);
	expect(home, "people add language=prs", "\"id\":1");
	expect(home, "people add name person=1 latin=Zebulon", "\"id\":1");
	expect(home, "record names apart", "\"names\":\"apart\"");
	assert_false(file_has(home, "record/record.db", "Zebulon"));
	assert_false(file_has(home, "record/names.db", "Zebulon"));
	/* With the passphrase (a demo has its own) names are there... */
	expect(home, "people list name", "Zebulon");
	/* ...and without the file all goes on by number. */
	vault = folder_file(home, "record/names.db");
	assert_int_equal(rename(vault, away), 0);
	expect(home, "people list", "P-1");
	expect(home, "list people", "P-1");
	expect(home, "people change 1 gender=W", "\"gender\":\"W\"");
	people = said("", home, "list people");
	assert_null(strstr(people, "Zebulon"));
	assert_int_equal(rename(away, vault), 0);
	expect(home, "record names together", "\"names\":\"together\"");
	expect(home, "list people", "Zebulon");
	assert_false(file_exists(vault));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    row_36_staff_of_a_team_share_a_household_and_others_do_not),
		cmocka_unit_test(
		    row_42_names_lie_in_a_sealed_file_and_all_works_without),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
