#pragma once

#include <stddef.h>

#include "ui/canvas.h"

/*
 * How far one has come, roughly: a dot a step, several steps a dot when there
 * are many. Never a count, never a clock.
 */
#define PROGRESS_DOTS 14

void progress_draw(struct canvas *canvas, int y, int x, size_t done,
		   size_t total);

int progress_cells(size_t total); /* the width it takes */

/* A still bar, full parts of 1000 of its w cells: idle time, a ticket's room.
 */
void progress_bar(struct canvas *canvas, int y, int x, int w, int full,
		  enum canvas_colour colour);
