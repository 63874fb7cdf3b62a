#pragma once

#include <stdint.h>

#include "print/paper.h"

/* The six geometries of TICKET.md §5, with made-up digits in them. */
struct geometry {
	int digits, width;
	int version, dots;
	char level; /* 'M' or 'Q' */
};

#define GEOMETRIES 6
extern const struct geometry geometries[GEOMETRIES];

#define GEOMETRY_DIGITS 1483

/* Digits of that many, ended by a zero; the same for the same seed. */
void geometry_digits(const struct geometry *geometry, unsigned seed,
		     char digits[GEOMETRY_DIGITS + 1]);

/* A symbol of the geometry; the caller frees its modules. */
struct paper_symbol geometry_symbol(const struct geometry *geometry,
				    const char *digits);
void geometry_free(struct paper_symbol *symbol);
