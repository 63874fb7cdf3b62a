#include "form/geo.h"

#include "tests/test.h"

#include "base/memory.h"

static void places_are_stored_as_they_are_or_not_at_all(void **state)
{
	static const struct {
		const char *type, *text, *stored;
	} rows[] = {
		{ "geopoint", "38.25 -74.5", "38.25 -74.5" },
		{ "geopoint", " 38 -74 10 5 ", "38.0 -74.0 10.0 5.0" },
		/* How exact it must be is for who can find one. */
		{ "geopoint", "46.5 6.6 0 400", "46.5 6.6 0.0 400.0" },
		{ "geopoint", "38 -74 10 5 9", "38.0 -74.0 10.0 5.0" },
		{ "geopoint", "90 180", "90.0 180.0" },
		{ "geopoint", "90.5 0", "" },
		{ "geopoint", "0 181", "" },
		{ "geopoint", "0 0", "" },
		{ "geopoint", "38", "" },
		{ "geopoint", "38 east", "" },
		{ "geopoint", "38 -74 high", "" },
		{ "geopoint", "38 -74;38 -75", "" },
		{ "geopoint", ";", "" },
		{ "geotrace", "1 2;3 4", "1.0 2.0;3.0 4.0" },
		{ "geotrace", "1 2 ; 3 4;", "1.0 2.0;3.0 4.0" },
		{ "geotrace", "1 2", "" },
		{ "geotrace", "1 2;;3 4", "" },
		{ "geotrace", "1 2;3 4;1 2", "" },
		{ "geoshape", "1 2;3 4;1 2", "1.0 2.0;3.0 4.0;1.0 2.0" },
		{ "geoshape", "1 2;1 2", "" },
		{ "geoshape", "1 2;3 4;5 6", "" },
		{ "geoshape", "anywhere", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *stored = geo_settle(rows[i].type, rows[i].text);

		assert_string_equal(stored, rows[i].stored);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_stored_as_they_are_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
