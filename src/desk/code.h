#pragma once

#include "desk/desk.h"
#include "record/kind.h"

/*
 * A panel that asks for one code of a field, in the staff's words: why somebody
 * did not come. It is the caller's, and outlives the panel.
 */
struct code {
	const char *title; /* catalogue */
	const struct kind *kind;
	const char *field;
	void (*done)(struct desk *desk, void *to, const char *code);
	void *to;
};

void code_pick(struct desk *desk, struct code *code);
