#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "ui/key.h"

struct canvas;

/*
 * The terminal: shows a canvas through curses and its plates as sixel, and
 * turns bytes into events. The only file that knows either.
 */
struct term;

enum term_theme { TERM_DARK, TERM_LIGHT, TERM_STRONG };

/*
 * Takes over the terminal of standard input and output. Finds out, within half
 * a second, whether it shows sixel and how large a cell is. The caller gives
 * the terminal back with term_free().
 * FAULT_SYSTEM: standard input or output is no terminal, or TERM is unknown.
 */
MUST_CHECK enum fault term_open(enum term_theme theme, struct term **out);
void term_free(struct term *term); /* NULL is fine; wipes */
DEFINE_SCOPED(struct term, term_free)

int term_rows(const struct term *term);
int term_columns(const struct term *term);
bool term_has_plates(const struct term *term);
void term_set_theme(struct term *term, enum term_theme theme);

/* Shows the canvas, writing only what changed. */
void term_show(struct term *term, const struct canvas *canvas);

/* Everything is sent again at the next term_show(). */
void term_forget(struct term *term);

/* The descriptor to poll() for input. */
int term_input(const struct term *term);

/* The next event, or UI_KEY_NONE when none is waiting; never blocks. */
struct ui_event term_event(struct term *term);
