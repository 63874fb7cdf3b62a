#pragma once

#include "desk/desk.h"
#include "record/visit.h"

/*
 * The minimum card of a visit: why it stands where it stands in the queue, and
 * who it is about. Read anew for each drawing, so it is never stale.
 */

/* Draws the card of the selected visit; first_need is the person's own first
 * need in words, "" if unknown. Returns rows used. */
int card_draw(struct desk *desk, struct canvas *canvas,
	      const struct canvas_area *area, const char *first_need);
