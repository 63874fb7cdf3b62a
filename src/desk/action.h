#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "desk/desk.h"

/*
 * What can be done at a desk: one letter for one act, the same on every
 * screen; the keys line, the help and ":" are made from this one table.
 */
struct action {
	char key;
	const char *word;  /* catalogue: short, for the keys line and ":" */
	const char *about; /* catalogue: a sentence, for the help */
	bool (*offered)(const struct desk *desk);
	void (*run)(struct desk *desk);
};

extern const struct action actions[];
extern const size_t action_count;

/* How its key is written: "c", "enter", "esc". */
const char *action_sign(const struct action *action, char letter[2]);

/* Runs the action of a letter if it is offered now. */
bool action_key(struct desk *desk, uint32_t character);
