#include "tests/test.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "record/record.h"
#include "report/merge.h"
#include "tests/bench/measure.h"
#include "tests/support/chance.h"
#include "tests/support/crowd.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/sites.h"
#include "tests/support/teller.h"

/*
 * How large a site becomes: FOYER_DESKS desks over FOYER_YEARS years whose
 * visits grow by 5 % a year, year after year in one record; its size, and what
 * its reports, a backup and an export take of a processor; of many years, after
 * those of looked_at() alone. Then the files of FOYER_SITES sites are merged.
 * What lies beyond the years that were made is worked out from the last two
 * that were looked at, and says so.
 */
#define GROWTH 1.05
#define WHOLE 20 /* years that are asked about */
#define SEED 4
#define DAYS 250        /* of work in a year */
#define VISITS_A_DAY 10 /* and desk, in the first year */
#define VISITS_A_PERSON 4
#define CONTACTS_A_VISIT 2
#define YEAR_MS INT64_C(31556952000)
#define FIRST_MS INT64_C(1167609600000) /* 2007-01-01 */

/* What is measured after each year; those past the last are worked out. */
enum measured { SIZE, REPORTS, BACKUP, EXPORT, MEASURED };
static const struct {
	const char *name, *unit;
} measures[MEASURED] = {
	[SIZE] = { "record", "MB" },
	[REPORTS] = { "every report of its last year", "s" },
	[BACKUP] = { "a sealed backup", "s" },
	[EXPORT] = { "everything as JSON", "s" },
};

struct site_record {
	char *home, *path;
	struct crowd *crowd;
	int64_t people, visits;
};

static long setting(const char *name, long usual)
{
	const char *text = getenv(name);

	return text && atol(text) > 0 ? atol(text) : usual;
}

static int64_t visits_of(long desks, int year)
{
	return (int64_t)(desks * DAYS * VISITS_A_DAY * pow(GROWTH, year));
}

/* A year of visits, spread over its days, each of somebody there is by then. */
static void add_visits(const struct site_record *site, int year, int64_t count)
{
	static const char *const rows[] = {
		"INSERT INTO visit (number, form, person, issued, arrived,"
		" zone, filed, desk, level, tags, language, quiet,"
		" more_to_tell, keep, state, called, started, ended, outcome)"
		" WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1"
		" FROM n WHERE i + 1 < %lld) SELECT 'K7-' || i, zeroblob(8),"
		" 1 + i * 104729 %% %lld, %lld + i * %lld,"
		" %lld + i * %lld, 'America/Toronto', 0, 'front', 1 + i %% 5,"
		" '', 'ti', 0, 0, 'kept', 'ended', 1, 1, 1, 'served' FROM n",
		"INSERT INTO service_contact (person, day, mode, minutes,"
		" made_at) WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT"
		" i + 1 FROM n WHERE i + 1 < %lld) SELECT"
		" 1 + i * 7919 %% %lld, date((%lld + i * %lld) / 1000,"
		" 'unixepoch'), 'phone', 20, %lld + i * %lld FROM n",
	};
	const int64_t from = FIRST_MS + year * YEAR_MS;
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(site->path, &db), SQLITE_OK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const int64_t many = i ? count * CONTACTS_A_VISIT : count;
		const int64_t step = YEAR_MS / many;
		SCOPED(char_freep) char *sql = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		sql =
		    xasprintf(rows[i], (long long)many, (long long)site->people,
			      (long long)from, (long long)step, (long long)from,
			      (long long)step);
#pragma GCC diagnostic pop
		if (sqlite3_exec(db, sql, NULL, NULL, NULL))
			fail_msg("%s", sqlite3_errmsg(db));
	}
	sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
	sqlite3_close(db);
}

static void add_year(struct site_record *site, long desks, int year)
{
	const int64_t visits = visits_of(desks, year);
	const int64_t newly = visits / VISITS_A_PERSON;

	crowd_fill(site->crowd, site->path, site->people + 1,
		   site->people + newly);
	site->people += newly;
	site->visits += visits;
	add_visits(site, year, visits);
}

/* What children that ended have had of a processor. */
static double seconds_of_children(void)
{
	struct rusage use;

	assert_int_equal(getrusage(RUSAGE_CHILDREN, &use), 0);
	return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
	       (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

/* Of a processor, not of a clock: whatever else the machine does meanwhile. */
static double seconds_of(const char *command, const char *first,
			 const char *second)
{
	const double from = seconds_of_children();
	struct output output =
	    program_run("", "foyer %s --home %s %s", command, first, second);

	if (output.status)
		fail_msg("%s: %s", command, output.err);
	output_done(&output);
	return seconds_of_children() - from;
}

static void measure(const struct site_record *site, int year,
		    double values[MEASURED])
{
	SCOPED(char_freep) char *to = xasprintf("%s/out", site->home);
	SCOPED(char_freep) char *into = xasprintf("-o %s", to);
	SCOPED(char_freep)
	char *of = xasprintf("--from %d --to %d --format json all", 2007 + year,
			     2007 + year);
	SCOPED(char_freep) char *out = xasprintf("--to %s.json", to);
	struct stat about;

	assert_int_equal(stat(site->path, &about), 0);
	values[SIZE] = (double)about.st_size / 1e6;
	values[REPORTS] = seconds_of("report", site->home, of);
	values[BACKUP] = seconds_of("record backup", site->home, into);
	values[EXPORT] = seconds_of("record export", site->home, out);
}

/* All visits up to a year: what each measure is worked out along. */
static double visits_until(long desks, int year)
{
	double sum = 0;

	for (int i = 0; i <= year; i++)
		sum += (double)visits_of(desks, i);
	return sum;
}

static void tell_beyond(long desks, int last, double (*values)[MEASURED])
{
	const double before = visits_until(desks, last - 1);
	const double now = visits_until(desks, last);
	const double then = visits_until(desks, WHOLE - 1);

	for (int i = 0; i < MEASURED; i++) {
		const double slope =
		    (values[last][i] - values[last - 1][i]) / (now - before);

		measure_tell(measures[i].name,
			     values[last][i] + slope * (then - now),
			     measures[i].unit,
			     "NOT measured: worked out for %d years, "
			     "%.0f visits, from years %d and %d",
			     WHOLE, then, last, last + 1);
	}
}

/* Whether it is measured after that year: a report of each of twenty would
 * take longer than all the rest. The last two are what is worked out from. */
static bool looked_at(int year, int years)
{
	return year < 2 || (year + 1) % 5 == 0 ||
	       (years < WHOLE && year >= years - 2);
}

static void sites_grow_for_years(void **state)
{
	const long desks = setting("FOYER_DESKS", 20);
	const int years = (int)setting("FOYER_YEARS", 2);
	SCOPED(folder_freep) char *folder = folder_new();
	struct site_record site = { .home = folder_file(folder, "home") };
	double(*values)[MEASURED] = xcalloc((size_t)years, sizeof *values);

	(void)state;
	demo_new(site.home);
	site.path = xasprintf("%s/record/%s", site.home, RECORD_FILE);
	{
		SCOPED(record_closep) struct record *record = NULL;

		assert_int_equal(record_open(site.path, &record), FAULT_NONE);
	}
	site.crowd = crowd_new(CROWD_GIVEN, CROWD_FAMILY);
	for (int year = 0; year < years; year++) {
		add_year(&site, desks, year);
		if (!looked_at(year, years))
			continue;
		measure(&site, year, values[year]);
		print_message("after %d years: %lld people, %lld visits\n",
			      year + 1, (long long)site.people,
			      (long long)site.visits);
		for (int i = 0; i < MEASURED; i++)
			measure_tell(measures[i].name, values[year][i],
				     measures[i].unit, "%ld desks", desks);
	}
	if (years > 1 && years < WHOLE)
		tell_beyond(desks, years - 1, values);
	crowd_free(site.crowd);
	free(values);
	free(site.home);
	free(site.path);
}

static void the_coordinator_merges_them(void **state)
{
	const long count = setting("FOYER_SITES", 16);
	struct teller *teller = *state;
	struct chance chance = { .state = SEED };
	struct merge *merge = merge_new();
	struct site *sites = xcalloc((size_t)count, sizeof *sites);
	struct merged merged = { 0 };
	double from;

	for (long i = 0; i < count; i++) {
		site_init(&sites[i], (int)i + 1, &chance);
		site_write(&teller->wording, &sites[i], "2026-10");
		assert_true(merge_await(merge, sites[i].name,
					kiosk_key_public(sites[i].key)));
	}
	from = measure_ms();
	for (long i = 0; i < count; i++) {
		struct statistics counts = { 0 };

		assert_int_equal(site_read(&sites[i], &counts), FAULT_NONE);
		assert_int_equal(merge_take(merge, &counts), MERGE_TAKEN);
		statistics_done(&counts);
	}
	merge_read(merge, &teller->wording, &merged);
	measure_tell("sites merged, signatures looked at", measure_ms() - from,
		     "ms", "%ld files; their size is not that of records",
		     count);
	merged_done(&merged);
	merge_free(merge);
	for (long i = 0; i < count; i++)
		site_done(&sites[i]);
	free(sites);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sites_grow_for_years),
		WITH_TELLER(the_coordinator_merges_them),
	};

	measure_tell_load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
