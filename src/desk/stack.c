#include "desk/stack.h"

#include <assert.h>

enum fault stack_open(struct stack *stack, const struct screen_ops *screen,
		      void *from)
{
	enum fault fault;

	if (stack->depth == STACK_SCREENS)
		return FAULT_LIMIT;
	if ((fault = screen->enter(from, &stack->states[stack->depth])))
		return fault;
	stack->open[stack->depth++] = screen;
	return FAULT_NONE;
}

void stack_close_to(struct stack *stack, size_t depth)
{
	while (stack->depth > depth) {
		stack->depth--;
		stack->open[stack->depth]->leave(stack->states[stack->depth]);
	}
}

const struct screen_ops *stack_top(const struct stack *stack)
{
	assert(stack->depth);
	return stack->open[stack->depth - 1];
}

static void *top_state(const struct stack *stack)
{
	return stack->states[stack->depth - 1];
}

void stack_draw(struct stack *stack, struct canvas *canvas)
{
	stack_top(stack)->draw(top_state(stack), canvas);
}

enum screen_next stack_key(struct stack *stack, const struct ui_event *event)
{
	return stack_top(stack)->key(top_state(stack), event);
}

enum screen_next stack_tick(struct stack *stack, int64_t moment)
{
	const struct screen_ops *top = stack_top(stack);

	return top->tick ? top->tick(top_state(stack), moment) : SCREEN_STAY;
}
