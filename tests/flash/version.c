#include "tests/test.h"

#include "flash/version.h"

#include "base/memory.h"

static void versions_are_compared_number_by_number(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} pairs[] = {
		{ "1.9", "1.10", -1 },
		{ "2", "1.999999999.999999999", 1 },
		{ "1.4", "1.4.0", 0 },
		{ "2026.11.22", "2026.11.22", 0 },
		{ "2026.11.22.1", "2026.11.22", 1 },
		{ "0", "0.0.0.1", -1 },
		{ "2026.09.08", "2026.9.8", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct version a, b;

		assert_true(version_read(pairs[i].a, &a));
		assert_true(version_read(pairs[i].b, &b));
		assert_string_equal(a.text, pairs[i].a);
		assert_int_equal(version_compare(&a, &b), pairs[i].order);
		assert_int_equal(version_compare(&b, &a), -pairs[i].order);
	}
}

static void what_is_no_version_is_refused(void **state)
{
	static const char *const texts[] = {
		"",          "1.",         ".1",   "1..2", "v1", "1.2a",
		"1.2.3.4.5", "1234567890", "1. 2", "1 ",   "-1", "1.-2",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct version version = { .text = "as it was" };

		assert_false(version_read(texts[i], &version));
		assert_string_equal(version.text, "as it was");
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_compared_number_by_number),
		cmocka_unit_test(what_is_no_version_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
