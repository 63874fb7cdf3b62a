#pragma once

#include "desk/desk.h"
#include "record/assess.h"

/* A need, a level and a kind of version in the staff's words; the caller frees
 * each. */
char *need_word(const struct desk *desk, enum domain domain);
char *need_level(const struct desk *desk, const struct assess_level *level);
char *need_version(const struct desk *desk, const struct assess *assess);

/* A line of what goes well, in the words of key, if anything is written; it
 * takes its row from area, at its beginning or its end. */
enum need_line { NEED_ABOVE, NEED_BELOW };
void need_strengths(const struct desk *desk, struct canvas *canvas,
		    struct canvas_area *area, const char *key,
		    const char *strengths, enum need_line where);

/* A level's colour: what presses stands out. */
enum canvas_colour need_colour(enum need_level level);

/* The needs that have levels, in the order of the rows. */
#define NEED_ROWS 14
enum domain need_row(size_t row);
