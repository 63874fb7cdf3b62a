#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A list of answers: one is picked, or several are checked. It is read by six
 * keys (up, down, yes), by number keys, by touch and by wheel. A row is a
 * number, a check mark where several are checked, a picture where the terminal
 * shows some, and words; long words take further lines. What does not fit goes
 * to another page, behind a plain "more" row. Laid out in columns, left and
 * right move between them.
 *
 * Numbers are those of the page in view, 1 to 9; 0 presses "more".
 */
struct choice;

#define CHOICE_MAX 512 /* rows; a longer list is a mistake in the form */

struct choice_row {
	const char *label;
	const char *language; /* of the label; NULL: the list's */
	bool hides;           /* picking it is never confirmed on the screen */
	const struct drawing *picture; /* outlives the list; NULL: none */
};

struct choice_options {
	const char *language; /* BCP 47 */
	const char *more;     /* words of the row that turns the page */
	const char *next;  /* several: words of a row that goes on, or NULL */
	const char *extra; /* a last row on every page, or NULL */
	bool several;
	int row_height; /* cells a row at least: 1 to 3; 0 is 1 */
	int columns;    /* 0 and 1: one below the other */
	int page_rows;  /* most rows (of columns) on a page; 0 is 6 */
};

enum choice_event {
	CHOICE_IGNORED, /* not our key; the caller may use it */
	CHOICE_MOVED,   /* our key; draw again */
	CHOICE_PICKED,  /* one: the selected row is the answer */
	CHOICE_CHECKED, /* several: the selected row's mark changed */
	CHOICE_NEXT,    /* several: the row "next" */
	CHOICE_EXTRA,   /* the extra row */
};

/*
 * A list of count rows (1 or more), the first selected, none checked; all text
 * is copied. On success the caller owns *out.
 * FAULT_LIMIT: count is above CHOICE_MAX.
 */
MUST_CHECK enum fault choice_new(const struct choice_options *options,
				 const struct choice_row *rows, size_t count,
				 struct choice **out);
void choice_free(struct choice *choice); /* NULL is fine; wipes */
DEFINE_SCOPED(struct choice, choice_free)

/*
 * Fills an area, and learns from it how many rows make a page and where each
 * stands for a touch. A list that was never drawn has one page.
 */
void choice_draw(struct choice *choice, struct canvas *canvas,
		 struct canvas_area area);

enum choice_event choice_key(struct choice *choice,
			     const struct ui_event *event);

/*
 * The page in view, for whoever reads it out: its first row, how many rows,
 * and whether "more" stands below them. The focus is on a row, or on none of
 * them (then focus is CHOICE_MAX), which is "more" where on_more says so.
 */
struct choice_view {
	size_t first, count, focus;
	bool more, on_more;
};
struct choice_view choice_view(const struct choice *choice);

/* A row as it was given; its texts belong to the list. */
struct choice_row choice_row(const struct choice *choice, size_t row);

/* Rows count from 0. Selecting one turns to its page. */
size_t choice_selected(const struct choice *choice);
void choice_select(struct choice *choice, size_t row);
bool choice_checked(const struct choice *choice, size_t row);
void choice_check(struct choice *choice, size_t row, bool checked);
void choice_set_row_height(struct choice *choice, int row_height);
void choice_set_columns(struct choice *choice, int columns);

/* The columns of a list that fills width, in which each label keeps to one
 * line; and in which no word is broken that has no more than usual cells. At
 * least 1. */
int choice_columns_fitting(const struct choice *choice,
			   const struct canvas *canvas, int width);
int choice_columns_readable(const struct choice *choice,
			    const struct canvas *canvas, int width, int usual);

/*
 * The rows that a label would take if it were given all it wants, in a list
 * that fills width; and how many it is given at most.
 */
#define CHOICE_LABEL_ROWS 4
struct choice_label {
	const char *text, *language;
	bool several, pictured; /* what stands before it */
	int row_height;
};
int choice_label_rows(const struct canvas *canvas,
		      const struct choice_label *label, int width);

/* Whether the selected row, just picked, is marked for the visitor to see;
 * never one that hides. */
void choice_confirm(struct choice *choice, bool shown);
