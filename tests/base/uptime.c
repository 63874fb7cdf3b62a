#include "tests/test.h"

#include <string.h>

#include "base/uptime.h"

static void it_goes_on_within_one_start_of_the_machine(void **state)
{
	const struct uptime first = uptime_now(), second = uptime_now();

	(void)state;
	assert_true(first.ms > 0);
	assert_true(second.ms >= first.ms);
	assert_string_equal(first.boot, second.boot);
	/* A UUID, or none. */
	if (*first.boot)
		assert_int_equal(strspn(first.boot, "0123456789abcdef-"),
				 UPTIME_BOOT_BYTES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_goes_on_within_one_start_of_the_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
