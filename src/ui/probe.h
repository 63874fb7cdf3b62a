#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ui/input.h"

/*
 * Asks a terminal, before anything is drawn, what it can show. It answers
 * within some milliseconds; one that is silent for half a second can do
 * nothing. Keys pressed meanwhile stay in input, for later.
 */
struct probe {
	bool sixel;
	int cell_height, cell_width; /* pixels; 0: unknown */
	int most_height, most_width; /* the largest picture; 0: unknown */
};

#define PROBE_KEYS 64

struct probe_keys {
	struct ui_event events[PROBE_KEYS];
	size_t count;
};

/* in and out are a terminal in raw mode. */
struct probe probe_terminal(int in, int out, struct input *input,
			    struct probe_keys *keys);

/* The cell as the kernel knows it: only where it comes out even. False: not. */
bool probe_window(int terminal, int *cell_height, int *cell_width);

/* Takes a later answer to PROBE_CELL_SIZE; false if it was none. */
bool probe_took_cell_size(struct probe *probe, const struct input_reply *reply);

#define PROBE_CELL_SIZE "\033[16t"

/* Writes all of it, however often the terminal must be waited for. */
void probe_write(int out, const void *bytes, size_t count);
