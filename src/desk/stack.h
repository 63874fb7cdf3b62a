#pragma once

#include <stddef.h>

#include "base/fault.h"
#include "desk/view.h"

/*
 * The screens that are open above each other. Zeros are an empty stack; keys
 * and ticks go to the uppermost, and so does what is drawn.
 */
#define STACK_SCREENS 24

struct stack {
	const struct view *open[STACK_SCREENS];
	void *states[STACK_SCREENS];
	size_t depth;
};

/* Opens a screen above the others; its enter() is handed desk and about.
 * Faults are the screen's own; FAULT_LIMIT: STACK_SCREENS are open. */
MUST_CHECK enum fault stack_open(struct stack *stack, const struct view *view,
				 struct desk *desk, const void *about);

/* Leaves the uppermost screens until depth of them are open, whatever they
 * hold. */
void stack_close_to(struct stack *stack, size_t depth);

/* Leaves those below the uppermost, which is the lowest then. */
void stack_forget_below(struct stack *stack);

/* How many screens have to stay open lest something unsaved is lost: up to the
 * uppermost that holds something; least where none above it does. */
size_t stack_held(const struct stack *stack, size_t least);

/* Of a stack that is not empty. */
const struct view *stack_top(const struct stack *stack);
void *stack_state(const struct stack *stack); /* the uppermost's */
bool stack_writes(const struct stack *stack); /* its letters are text */
bool stack_busy(const struct stack *stack);   /* its tick shall come at once */
void stack_draw(struct stack *stack, struct canvas *canvas);
enum screen_next stack_key(struct stack *stack, const struct ui_event *event);
void stack_refresh(struct stack *stack);
enum screen_next stack_tick(struct stack *stack, int64_t moment);
