#include "record/people.h"

#include <stdlib.h>

#include "base/memory.h"
#include "tests/support/crowd.h"
#include "tests/support/folder.h"
#include "tests/support/slow.h"
#include "tests/test.h"

/*
 * What a look-up costs is counted here, in rows of keys and in people who were
 * compared, among people who all have the same name, and ten times as many.
 */
struct cost {
	size_t rows, scored, found;
};

static const struct record_who who = { .user = "Sam", .desk = "" };

struct sought {
	int64_t person;
	bool found;
};

static void seek(void *to, const struct people_found *found)
{
	struct sought *sought = to;

	sought->found |= found->person == sought->person;
}

#define ASKED 12

static struct cost cost_among(struct crowd *crowd, struct record *record,
			      int64_t people)
{
	struct cost cost = { 0 };

	for (int i = 0; i < ASKED; i++) {
		struct sought sought = { i * people / ASKED + 1, false };
		struct crowd_person person;
		struct people_told typed, told;
		const char *name;

		crowd_person(crowd, sought.person, &person);
		name = *person.latin ? person.latin : person.own;
		assert_int_equal(
		    people_find(record, name, 20, &who, seek, &sought, &typed),
		    FAULT_NONE);
		const struct people_described described = {
			.names = { &name, 1 },
			.birth_from = person.birth,
			.birth_to = person.birth,
		};

		sought.found = false;
		assert_int_equal(people_candidates(record, &described, false,
						   20, &who, seek, &sought,
						   &told),
				 FAULT_NONE);
		cost.found += sought.found;
		assert_true(typed.rows <= PEOPLE_ROWS);
		assert_true(told.rows <= PEOPLE_ROWS);
		assert_true(typed.scored <= PEOPLE_SCORED);
		assert_true(told.scored <= PEOPLE_SCORED);
		cost.rows += typed.rows + told.rows;
		cost.scored += typed.scored + told.scored;
	}
	return cost;
}

static void
a_look_up_costs_no_more_among_ten_times_as_many_namesakes(void **state)
{
	struct crowd *crowd = crowd_new(1, 1);
	char *folder = folder_new();
	char *path = folder_file(folder, RECORD_FILE);
	const long few = 6 * loops(100);
	const int64_t crowds[] = { few, 10 * few };
	struct cost costs[COUNT(crowds)];
	int64_t there = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(crowds); i++) {
		SCOPED(record_closep) struct record *record = NULL;

		assert_int_equal(record_open(path, &record), FAULT_NONE);
		record_close(record);
		record = NULL;
		crowd_fill(crowd, path, there + 1, crowds[i]);
		there = crowds[i];
		assert_int_equal(record_open(path, &record), FAULT_NONE);
		costs[i] = cost_among(crowd, record, there);
		print_message("among %lld: %zu keys and %zu people each, %zu of"
			      " %d found\n",
			      (long long)there, costs[i].rows / ASKED,
			      costs[i].scored / ASKED, costs[i].found, ASKED);
		assert_int_equal(costs[i].found, ASKED);
	}
	/* Too few of them have not reached the limits yet. */
	if (few >= 600) {
		assert_true(costs[1].rows < 4 * costs[0].rows);
		assert_true(costs[1].scored < 4 * costs[0].scored);
	}
	folder_freep(&folder);
	free(path);
	crowd_free(crowd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_look_up_costs_no_more_among_ten_times_as_many_namesakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
