#pragma once

#include <stddef.h>

#include "base/fault.h"
#include "ui/screen.h"

/*
 * The screens that are open above each other. Zeros are an empty stack; keys
 * and ticks go to the uppermost, and so does what is drawn.
 */
#define STACK_SCREENS 6

struct stack {
	const struct screen_ops *open[STACK_SCREENS];
	void *states[STACK_SCREENS];
	size_t depth;
};

/* Opens a screen above the others; its enter() is handed from. Faults are the
 * screen's own; FAULT_LIMIT: STACK_SCREENS are open. */
MUST_CHECK enum fault stack_open(struct stack *stack,
				 const struct screen_ops *screen, void *from);

/* Leaves the uppermost screens until depth of them are open. */
void stack_close_to(struct stack *stack, size_t depth);

/* Of a stack that is not empty. */
const struct screen_ops *stack_top(const struct stack *stack);
void stack_draw(struct stack *stack, struct canvas *canvas);
enum screen_next stack_key(struct stack *stack, const struct ui_event *event);
enum screen_next stack_tick(struct stack *stack, int64_t moment);
