#include "tests/test.h"

#include <string.h>

#include "desk/stack.h"

/* A screen that writes down what happened to it in the text it was given. */
static void note(char *text, const char *what)
{
	strcat(text, what);
}

static char *text_of(const void *about)
{
	return *(char *const *)about;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	(void)desk;
	note(text_of(about), "(");
	*state = text_of(about);
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

static void refresh(void *state)
{
	note(state, "r");
}

/* It holds what is longer than a few signs. */
static bool holds(const void *state)
{
	return strlen(state) > 3;
}

static enum fault refuse(struct desk *desk, const void *about, void **state)
{
	(void)desk;
	(void)state;
	note(text_of(about), "!");
	return FAULT_STORE;
}

static const struct view ticking = {
	.name = "ticking",
	.enter = enter,
	.key = key,
	.tick = tick,
	.refresh = refresh,
	.holds = holds,
	.leave = leave,
};
static const struct view still = {
	.name = "still",
	.enter = enter,
	.key = key,
	.leave = leave,
};
static const struct view refusing = {
	.name = "refusing",
	.enter = refuse,
};

/* Opens it with the text that it writes down in. */
static enum fault open_on(struct stack *stack, const struct view *view,
			  char *text)
{
	return stack_open(stack, view, NULL, &text);
}

static void the_uppermost_screen_has_the_keys_and_is_left_first(void **state)
{
	struct stack stack = { 0 };
	char low[20] = "", high[20] = "";

	(void)state;
	assert_int_equal(open_on(&stack, &ticking, low), FAULT_NONE);
	assert_int_equal(open_on(&stack, &still, high), FAULT_NONE);
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
	char text[80] = "";

	(void)state;
	assert_int_equal(open_on(&stack, &still, text), FAULT_NONE);
	assert_int_equal(open_on(&stack, &refusing, text), FAULT_STORE);
	assert_int_equal(stack.depth, 1);
	for (int i = 1; i < STACK_SCREENS; i++)
		assert_int_equal(open_on(&stack, &still, text), FAULT_NONE);
	assert_int_equal(open_on(&stack, &still, text), FAULT_LIMIT);
	stack_close_to(&stack, 0);
	assert_int_equal(strspn(text + 2, "("), STACK_SCREENS - 1);
	assert_int_equal(strlen(text), 1 + 2 * STACK_SCREENS);
}

static void a_screen_that_holds_something_is_not_closed(void **state)
{
	struct stack stack = { 0 };
	char low[20] = "", held[20] = "", high[20] = "";

	(void)state;
	assert_int_equal(open_on(&stack, &still, low), FAULT_NONE);
	assert_int_equal(open_on(&stack, &ticking, held), FAULT_NONE);
	assert_int_equal(open_on(&stack, &still, high), FAULT_NONE);
	assert_int_equal(stack_held(&stack, 1), 1);
	note(held, "...");
	assert_int_equal(stack_held(&stack, 1), 2);
	assert_int_equal(stack_held(&stack, 2), 2);
	stack_forget_below(&stack);
	assert_int_equal(stack.depth, 1);
	assert_ptr_equal(stack_state(&stack), high);
	assert_string_equal(low, "()");
	assert_string_equal(held, "(...)");
	stack_close_to(&stack, 0);
}

static void what_shows_the_record_is_told_to_read_it_anew(void **state)
{
	struct stack stack = { 0 };
	char low[20] = "", high[20] = "";

	(void)state;
	assert_int_equal(open_on(&stack, &ticking, low), FAULT_NONE);
	stack_refresh(&stack);
	assert_int_equal(open_on(&stack, &still, high), FAULT_NONE);
	stack_refresh(&stack); /* nothing of the record is on it */
	stack_close_to(&stack, 0);
	assert_string_equal(low, "(r)");
	assert_string_equal(high, "()");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_uppermost_screen_has_the_keys_and_is_left_first),
		cmocka_unit_test(
		    a_screen_that_cannot_be_opened_leaves_the_others),
		cmocka_unit_test(a_screen_that_holds_something_is_not_closed),
		cmocka_unit_test(what_shows_the_record_is_told_to_read_it_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
