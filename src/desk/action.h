#pragma once

#include <stdbool.h>
#include <stdint.h>

struct desk;

/*
 * Something that can be done at a desk: one letter for one act, the same on
 * every screen; the keys line, the help and ":" are made from the desk's one
 * table of them.
 */
struct action {
	char key;
	const char *word;  /* catalogue: short, for the keys line and ":" */
	const char *about; /* catalogue: a sentence, for the help */
	bool (*offered)(const struct desk *desk);
	void (*run)(struct desk *desk);
};

/* How its key is written: "c", "enter", "esc". */
const char *action_sign(const struct action *action, char letter[2]);

/* Runs the desk's action of a letter if it is offered now. */
bool action_key(struct desk *desk, uint32_t character);
