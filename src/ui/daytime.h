#pragma once

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/key.h"
#include "ui/spin.h"

/*
 * A time of day in two columns, hours from 0 to 23 and minutes. Nothing is
 * preset. Up and down change a column, minutes by five; yes goes to the next
 * one; digits of any script are typed and are shown as the language writes
 * them. Hours stand before minutes on a mirrored screen, too.
 */
struct daytime {
	int parts[2]; /* hour, minute; DAYTIME_BLANK */
	int focus;    /* of parts */
	bool typing;  /* the next digit goes behind those that are there */
	struct spin spins[2];
};

#define DAYTIME_BLANK (-1)
#define DAYTIME_CELLS 15 /* the width it needs */

enum daytime_event {
	DAYTIME_IGNORED,
	DAYTIME_MOVED,
	DAYTIME_CHANGED,
	DAYTIME_ENTERED, /* yes on the minutes; missing ones are nought then */
};

void daytime_init(struct daytime *daytime); /* blank */

/* Reads "14:30" and what follows; false, and it stays, where that is none. */
bool daytime_read(struct daytime *daytime, const char *text);

bool daytime_is_blank(const struct daytime *daytime);
bool daytime_is_whole(const struct daytime *daytime);

/* "14:30", and as forms have it "14:30:00.000"; "" while it is not whole. The
 * caller frees them. */
char *daytime_wall(const struct daytime *daytime);
char *daytime_text(const struct daytime *daytime);

void daytime_draw(struct daytime *daytime, struct canvas *canvas,
		  struct canvas_area area, const char *language, bool focused);
enum daytime_event daytime_key(struct daytime *daytime,
			       const struct ui_event *event);

/* Whether a touch falls on it, as it was last drawn. */
bool daytime_is_touched(const struct daytime *daytime,
			const struct ui_event *event);

/* From the minutes back to the hour; false: it is there. */
bool daytime_back(struct daytime *daytime);
