#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * A QR symbol of digits (ISO/IEC 18004, numeric mode), and how large its
 * modules are on a printer of a width.
 */
struct symbol;

enum symbol_level { SYMBOL_L, SYMBOL_M, SYMBOL_Q, SYMBOL_H };

#define SYMBOL_QUIET 4 /* white modules around it */

/* FAULT_LIMIT: too many digits for any version. The caller frees *out. */
MUST_CHECK enum fault symbol_new(const char *digits, enum symbol_level level,
				 struct symbol **out);

/*
 * The symbol that a printer of width dots (384 or 576) prints best: the first
 * of modules of 6, 5, 4 dots, and within each of level Q, then M, that leaves
 * 12 dots. FAULT_LIMIT: none fits, for modules below 4 dots are not read.
 */
MUST_CHECK enum fault symbol_for_width(const char *digits, int width,
				       struct symbol **out);
void symbol_free(struct symbol *symbol); /* NULL is fine */
DEFINE_SCOPED(struct symbol, symbol_free)

int symbol_size(const struct symbol *symbol); /* modules along a side */
int symbol_version(const struct symbol *symbol);
enum symbol_level symbol_level(const struct symbol *symbol);
int symbol_dots(const struct symbol *symbol); /* a module's; 0 if not chosen */
/* size x size bytes, row by row, bit 0 set is dark; belongs to the symbol. */
const uint8_t *symbol_modules(const struct symbol *symbol);
/* The same with 1 for dark and 0 for light; the caller frees them. */
uint8_t *symbol_plain(const struct symbol *symbol);
/* Rows and columns count from 0; outside it is light. */
bool symbol_dark(const struct symbol *symbol, int row, int column);
