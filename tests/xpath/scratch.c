#include "xpath/scratch.h"

#include <string.h>

#include "tests/test.h"

static void memory_comes_zeroed_and_aligned(void **state)
{
	struct scratch scratch = { 0 };

	(void)state;
	for (size_t size = 1; size < 5000; size += 7) {
		char *memory = scratch_take(&scratch, size);

		assert_int_equal((uintptr_t)memory % 16, 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 'x', size);
	}
	scratch_done(&scratch);
	assert_null(scratch.block);
	assert_int_equal(scratch.taken, 0);
}

static void what_is_given_back_is_overwritten(void **state)
{
	struct scratch scratch = { 0 };
	struct scratch_mark mark;
	char *kept, *secret;

	(void)state;
	kept = scratch_text(&scratch, "kept", 4);
	mark = scratch_mark(&scratch);
	secret = scratch_text(&scratch, "secret", 6);
	scratch_take(&scratch, 100000);
	scratch_return(&scratch, mark);
	/* The block itself is still ours. */
	for (int i = 0; i < 6; i++)
		assert_int_equal(secret[i], 0);
	assert_string_equal(kept, "kept");
	assert_ptr_equal(scratch_take(&scratch, 1), secret);
	scratch_done(&scratch);
}

static void portions_are_kept_small(void **state)
{
	struct scratch scratch = { .portion = 64 };
	char *first, *second;

	(void)state;
	first = scratch_take(&scratch, 48);
	second = scratch_take(&scratch, 16);
	assert_ptr_equal(second, first + 48);
	assert_string_equal(scratch_format(&scratch, "%d-%s", 7, "x"), "7-x");
	assert_int_equal(scratch.taken, 80);
	scratch_done(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_comes_zeroed_and_aligned),
		cmocka_unit_test(what_is_given_back_is_overwritten),
		cmocka_unit_test(portions_are_kept_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
