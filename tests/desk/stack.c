#include "tests/test.h"

#include <string.h>

#include "desk/stack.h"

/* A screen that writes down what happened to it in the text it was given. */
static void note(char *text, const char *what)
{
	strcat(text, what);
}

static enum fault enter(void *from, void **state)
{
	note(from, "(");
	*state = from;
	return FAULT_NONE;
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	(void)event;
	note(state, "k");
	return SCREEN_BACK;
}

static enum screen_next tick(void *state, int64_t moment)
{
	(void)moment;
	note(state, "t");
	return SCREEN_HOME;
}

static void leave(void *state)
{
	note(state, ")");
}

static enum fault refuse(void *from, void **state)
{
	(void)state;
	note(from, "!");
	return FAULT_STORE;
}

static const struct screen_ops ticking = {
	.name = "ticking",
	.enter = enter,
	.key = key,
	.tick = tick,
	.leave = leave,
};
static const struct screen_ops still = {
	.name = "still",
	.enter = enter,
	.key = key,
	.leave = leave,
};
static const struct screen_ops refusing = {
	.name = "refusing",
	.enter = refuse,
};

static void the_uppermost_screen_has_the_keys_and_is_left_first(void **state)
{
	struct stack stack = { 0 };
	char low[20] = "", high[20] = "";

	(void)state;
	assert_int_equal(stack_open(&stack, &ticking, low), FAULT_NONE);
	assert_int_equal(stack_open(&stack, &still, high), FAULT_NONE);
	assert_ptr_equal(stack_top(&stack), &still);
	assert_int_equal(stack_key(&stack, NULL), SCREEN_BACK);
	/* One that has no use for time stays. */
	assert_int_equal(stack_tick(&stack, 0), SCREEN_STAY);
	stack_close_to(&stack, 1);
	assert_int_equal(stack_tick(&stack, 0), SCREEN_HOME);
	stack_close_to(&stack, 0);
	assert_string_equal(high, "(k)");
	assert_string_equal(low, "(t)");
}

static void a_screen_that_cannot_be_opened_leaves_the_others(void **state)
{
	struct stack stack = { 0 };
	char text[40] = "";

	(void)state;
	assert_int_equal(stack_open(&stack, &still, text), FAULT_NONE);
	assert_int_equal(stack_open(&stack, &refusing, text), FAULT_STORE);
	assert_int_equal(stack.depth, 1);
	for (int i = 1; i < STACK_SCREENS; i++)
		assert_int_equal(stack_open(&stack, &still, text), FAULT_NONE);
	assert_int_equal(stack_open(&stack, &still, text), FAULT_LIMIT);
	stack_close_to(&stack, 0);
	assert_string_equal(text, "(!((((())))))");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_uppermost_screen_has_the_keys_and_is_left_first),
		cmocka_unit_test(
		    a_screen_that_cannot_be_opened_leaves_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
