#pragma once

#include "print/paper.h"

/* A ticket's paper as an agency might print it, without its symbol. */
extern const struct paper sample_paper;

/* Where the symbol's first row of dots is, seen in the picture alone. */
int symbol_top(const struct picture *picture,
	       const struct paper_symbol *symbol);
