#include "tests/test.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "record/people.h"
#include "tests/bench/measure.h"
#include "tests/support/crowd.h"
#include "tests/support/folder.h"

/*
 * Looking somebody up among a hundred thousand and a million people: as a
 * worker types, and as candidates for who just came. Beside it the least that
 * any look-up costs, a read by primary key.
 */
#define ASKED 300
static const int64_t crowds[] = { 100000, 1000000 };

static const struct record_who who = { .user = "Sam", .desk = "" };

struct times {
	double ms[ASKED];
	double own[ASKED]; /* of the processor: other programs do not count */
	size_t count, found, rows, scored;
};

static void tell(const char *what, struct times *times, double bare)
{
	double middle = measure_median(times->ms, times->count);
	double late = times->ms[times->count * 95 / 100];
	SCOPED(char_freep) char *p50 = xasprintf("%s, p50", what);
	SCOPED(char_freep) char *p95 = xasprintf("%s, p95", what);

	measure_tell(p50, middle, "ms", "%.0f x a read by key", middle / bare);
	(void)measure_median(times->own, times->count);
	measure_tell(p95, late, "ms",
		     "%.0f x; %.1f ms of the processor; %zu of %zu found; %zu"
		     " keys and %zu people each",
		     late / bare, times->own[times->count * 95 / 100],
		     times->found, times->count, times->rows / times->count,
		     times->scored / times->count);
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

struct start {
	double ms, own;
};

static double own_ms(void)
{
	return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

static struct start start(void)
{
	return (struct start){ measure_ms(), own_ms() };
}

static void count(struct times *times, const struct start *from,
		  const struct sought *sought, const struct people_told *told)
{
	times->own[times->count] = own_ms() - from->own;
	times->ms[times->count++] = measure_ms() - from->ms;
	times->found += sought->found;
	times->rows += told->rows;
	times->scored += told->scored;
}

/* Who it is of, spread over all of them. */
static int64_t asked(int64_t people, int i)
{
	return (int64_t)(i * 2654435761u % (uint64_t)people) + 1;
}

static const char *name_of(const struct crowd_person *person)
{
	return *person->latin ? person->latin : person->own;
}

static void find(struct record *record, const char *text, int64_t person,
		 struct times *times)
{
	struct sought sought = { person, false };
	struct people_told told;
	const struct start from = start();

	assert_int_equal(
	    people_find(record, text, 20, &who, seek, &sought, &told),
	    FAULT_NONE);
	count(times, &from, &sought, &told);
}

static void suggest(struct record *record, const struct crowd_person *person,
		    int64_t id, struct times *times)
{
	const char *name = name_of(person), *phone = person->phone;
	const struct people_described described = {
		.names = { &name, 1 },
		.birth_from = person->birth,
		.birth_to = person->birth,
		.contacts = { &phone, id % 2 },
	};
	struct sought sought = { id, false };
	struct people_told told;
	const struct start from = start();

	assert_int_equal(people_candidates(record, &described, false, 20, &who,
					   seek, &sought, &told),
			 FAULT_NONE);
	count(times, &from, &sought, &told);
}

/* The first letters of a name, as they are typed. */
static char *begun(const char *name)
{
	size_t length = strlen(name) / 2;

	while (name[length] && (name[length] & 0xc0) == 0x80)
		length++;
	return xstrndup(name, length);
}

static double read_bare(const char *path, int64_t people)
{
	sqlite3 *db;
	sqlite3_stmt *ask;
	double ms[ASKED];

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(db, "SELECT latin FROM name WHERE id = ?1", -1,
			       &ask, NULL),
	    SQLITE_OK);
	for (int i = 0; i < ASKED; i++) {
		double from = measure_ms();

		sqlite3_bind_int64(ask, 1, asked(people, i));
		assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
		sqlite3_reset(ask);
		ms[i] = measure_ms() - from;
	}
	sqlite3_finalize(ask);
	sqlite3_close(db);
	return measure_median(ms, ASKED);
}

static void measure(struct crowd *crowd, const char *path, int64_t people)
{
	static struct times names, starts, phones, candidates;
	SCOPED(record_closep) struct record *record = NULL;
	double bare = read_bare(path, people);

	names = starts = phones = candidates = (struct times){ 0 };
	assert_int_equal(record_open(path, &record), FAULT_NONE);
	for (int i = 0; i < ASKED; i++) {
		int64_t id = asked(people, i);
		struct crowd_person person;
		SCOPED(char_freep) char *part = NULL;
		SCOPED(char_freep) char *with_year = NULL;

		crowd_person(crowd, id, &person);
		part = begun(name_of(&person));
		with_year =
		    xasprintf("%s %.4s", name_of(&person), person.birth);
		find(record, with_year, id, &names);
		find(record, part, id, &starts);
		find(record, person.phone + 3, id, &phones);
		suggest(record, &person, id, &candidates);
	}
	printf("%lld people\n", (long long)people);
	measure_tell("a read by primary key, p50", bare, "ms", "%d reads",
		     ASKED);
	tell("a name and a year", &names, bare);
	tell("half a name", &starts, bare);
	tell("a telephone", &phones, bare);
	tell("candidates", &candidates, bare);
}

int main(void)
{
	struct crowd *crowd = crowd_new(CROWD_GIVEN, CROWD_FAMILY);
	char *folder = folder_new();
	char *path = folder_file(folder, RECORD_FILE);
	struct record *record = NULL;
	int64_t there = 0;
	double from = measure_ms();

	assert_int_equal(record_open(path, &record), FAULT_NONE);
	record_close(record);
	measure_tell_load();
	for (size_t i = 0; i < COUNT(crowds); i++) {
		crowd_fill(crowd, path, there + 1, crowds[i]);
		there = crowds[i];
		measure(crowd, path, there);
	}
	measure_tell("all of it", (measure_ms() - from) / 1000, "s", "%s", "");
	folder_freep(&folder);
	free(path);
	crowd_free(crowd);
	return 0;
}
