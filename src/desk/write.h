#pragma once

#include "desk/desk.h"

/*
 * A panel that asks for some words: a line, or a text of several lines, which
 * is left with Tab. Escape leaves it as it was; a text of several lines that
 * was changed wants it twice.
 */
struct write {
	const char *title;    /* words, not a key */
	const char *hint;     /* what to write and how, or NULL */
	const char *text;     /* to begin with; NULL: nothing */
	const char *language; /* of what is written; NULL: the staff's */
	bool lines;

	/* May stay: it has told what is wrong in the message line. NULL: all
	 * is right. */
	bool (*check)(struct desk *desk, void *to, const char *text);
	/* The panel is closed already. to must outlive it: the state of the
	 * screen below. */
	void (*done)(struct desk *desk, void *to, const char *text);
	void *to;
};

extern const struct view desk_write_screen; /* about: struct write */

/* The same in one call; what write points to is copied. */
void write_open(struct desk *desk, const struct write *write);
