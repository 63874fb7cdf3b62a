#pragma once

#include "seal/agency_key.h"
#include "ui/canvas.h"

/* A key's name and its four lines, to be copied from a screen; with fewer rows
 * than KEY_LINES_ROOM two lines stand side by side. Gives the rows used. */
#define KEY_LINES_ROOM 12
int key_lines_draw(const struct agency_key *key, struct canvas *canvas,
		   struct canvas_area area);
