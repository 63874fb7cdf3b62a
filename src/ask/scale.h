#pragma once

#include <stddef.h>

#include "form/run.h"

/*
 * The values that a range offers: start, and on by step as far as end, upwards
 * or downwards. What a form leaves out is 1 to 10 by 1.
 */
struct scale {
	double start, step; /* step has its sign */
	int places;   /* behind the point, as start and step are written */
	size_t count; /* 1 to SCALE_MAX */
	size_t every; /* places from one mark to the next, 1 or more */
	size_t placeholder; /* the place shown before any answer; count: none */
};

#define SCALE_MAX 1000000 /* values; a longer one ends there */

struct scale scale_of(const struct node *node);

/* The value at a place below count, as the run takes it; "" at count. The
 * caller frees it. */
char *scale_value(const struct scale *scale, size_t place);

/* The place of the value next to a number in text; count: it is none. */
size_t scale_place(const struct scale *scale, const char *value);

/* The cell at which a place lies on a line of so many, and the place that lies
 * nearest to a cell. */
int scale_cell(const struct scale *scale, size_t place, int cells);
size_t scale_at_cell(const struct scale *scale, int cell, int cells);
