#include "text/zone.h"

#include <stdlib.h>

#include "base/memory.h"
#include "tests/test.h"

#define HOUR INT64_C(3600000)

static void offsets_follow_the_zone_and_its_summer_time(void **state)
{
	static const struct {
		const char *zone;
		int64_t utc, offset;
	} cases[] = {
		{ NULL, 0, 0 },
		{ "UTC", 1580731200000, 0 },
		{ "Asia/Kabul", 1580731200000, 4 * HOUR + HOUR / 2 },
		{ "America/New_York", 1580731200000, -5 * HOUR }, /* winter */
		{ "America/New_York", 1593604800000, -4 * HOUR }, /* summer */
		{ "Asia/Kabul", 0, 4 * HOUR + HOUR / 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(zone_offset(cases[i].zone, cases[i].utc),
				 cases[i].offset);
}

static void wall_clocks_turn_into_instants(void **state)
{
	static const struct {
		const char *zone;
		int64_t local, utc;
	} cases[] = {
		{ "UTC", 86400000, 86400000 },
		{ "America/New_York", 86400000, 86400000 + 5 * HOUR },
		/* 2020-11-01 01:30 happens twice: the earlier, in summer time
		 */
		{ "America/New_York", 1604194200000, 1604194200000 + 4 * HOUR },
		/* 2020-03-08 02:30 was skipped: counted on from before */
		{ "America/New_York", 1583634600000, 1583634600000 + 5 * HOUR },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(zone_to_utc(cases[i].zone, cases[i].local),
				 cases[i].utc);
}

static void the_machines_own_zone_does_not_matter(void **state)
{
	(void)state;
	setenv("TZ", "Pacific/Auckland", 1);
	assert_int_equal(zone_offset(NULL, 0), 0);
	assert_int_equal(zone_offset("Asia/Kabul", 0), 4 * HOUR + HOUR / 2);
	unsetenv("TZ");
}

static void unknown_zones_are_known_to_be_so(void **state)
{
	(void)state;
	assert_true(zone_known(NULL));
	assert_true(zone_known("America/Toronto"));
	assert_false(zone_known("Mars/Olympus"));
	assert_int_equal(zone_offset("Mars/Olympus", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offsets_follow_the_zone_and_its_summer_time),
		cmocka_unit_test(wall_clocks_turn_into_instants),
		cmocka_unit_test(the_machines_own_zone_does_not_matter),
		cmocka_unit_test(unknown_zones_are_known_to_be_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
