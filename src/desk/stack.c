#include "desk/stack.h"

#include <assert.h>

bool view_writes(const void *state)
{
	(void)state;
	return true;
}

enum fault stack_open(struct stack *stack, const struct view *view,
		      struct desk *desk, const void *about)
{
	void *state = NULL;
	enum fault fault;

	if (stack->depth == STACK_SCREENS)
		return FAULT_LIMIT;
	if ((fault = view->enter(desk, about, &state)) || !state)
		return fault;
	stack->states[stack->depth] = state;
	stack->open[stack->depth++] = view;
	return FAULT_NONE;
}

void stack_close_to(struct stack *stack, size_t depth)
{
	while (stack->depth > depth) {
		stack->depth--;
		stack->open[stack->depth]->leave(stack->states[stack->depth]);
	}
}

void stack_forget_below(struct stack *stack)
{
	struct stack top = {
		.open = { stack_top(stack) },
		.states = { stack_state(stack) },
		.depth = 1,
	};

	stack->depth--;
	stack_close_to(stack, 0);
	*stack = top;
}

size_t stack_held(const struct stack *stack, size_t least)
{
	for (size_t depth = stack->depth; depth > least; depth--) {
		const struct view *view = stack->open[depth - 1];

		if (view->holds && view->holds(stack->states[depth - 1]))
			return depth;
	}
	return least;
}

const struct view *stack_top(const struct stack *stack)
{
	assert(stack->depth);
	return stack->open[stack->depth - 1];
}

void *stack_state(const struct stack *stack)
{
	assert(stack->depth);
	return stack->states[stack->depth - 1];
}

bool stack_writes(const struct stack *stack)
{
	const struct view *top = stack_top(stack);

	return top->writing && top->writing(stack_state(stack));
}

bool stack_busy(const struct stack *stack)
{
	const struct view *top = stack_top(stack);

	return top->busy && top->busy(stack_state(stack));
}

void stack_draw(struct stack *stack, struct canvas *canvas)
{
	size_t lowest = stack->depth - 1;

	assert(stack->depth);
	while (lowest && stack->open[lowest]->over)
		lowest--;
	for (size_t i = lowest; i < stack->depth; i++)
		stack->open[i]->draw(stack->states[i], canvas);
}

enum screen_next stack_key(struct stack *stack, const struct ui_event *event)
{
	return stack_top(stack)->key(stack_state(stack), event);
}

void stack_refresh(struct stack *stack)
{
	const struct view *top = stack_top(stack);

	if (top->refresh)
		top->refresh(stack_state(stack));
}

enum screen_next stack_tick(struct stack *stack, int64_t moment)
{
	const struct view *top = stack_top(stack);

	return top->tick ? top->tick(stack_state(stack), moment) : SCREEN_STAY;
}
