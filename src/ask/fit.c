#include "ask/fit.h"

#include <limits.h>
#include <string.h>

#include "ask/field.h"
#include "ask/surround.h"
#include "base/memory.h"
#include "ui/canvas.h"
#include "ui/choice.h"

#define ROWS 14
#define COLUMNS 60
#define WIDTH (COLUMNS - 2 * SURROUND_MARGIN)
#define LARGEST 200 /* percent */

enum place {
	PLACE_HEADING,
	PLACE_ANSWER, /* of a form, beside a picture */
	PLACE_ROW,    /* an answer of the kiosk's own */
	PLACE_TEXT,   /* below a heading */
	PLACE_KEY,    /* of the footer */
	PLACE_TOP,    /* beside the dots */
};

/*
 * What each place has, and how its words are drawn there. A plate makes what is
 * too long for its rows smaller, down to three fifths: a heading's line holds a
 * fifth more then (tried with the painter on the longest headings of seven
 * languages; on a low screen it has its usual size at every text size), and an
 * answer of four lines at 200 % stands in the rows of two at 120 %. Cells do
 * nothing of the kind, so a text is measured as it is.
 */
static const struct {
	const char *name;
	int rows, width, percent;
	enum canvas_style style;
} places[] = {
	[PLACE_HEADING] = { "a heading", SURROUND_HEADING_ROWS, WIDTH * 6 / 5,
			    100, CANVAS_HEADING },
	[PLACE_ANSWER] = { "an answer", CHOICE_LABEL_ROWS * 2, WIDTH, LARGEST,
			   CANVAS_PLAIN },
	[PLACE_ROW] = { "an answer", CHOICE_LABEL_ROWS * 2, WIDTH, LARGEST,
			CANVAS_PLAIN },
	[PLACE_TEXT] = { "a text", ROWS, WIDTH, 100, CANVAS_PLAIN },
	[PLACE_KEY] = { "a key of the frame", 1, 16, 100, CANVAS_PLAIN },
	[PLACE_TOP] = { "the top of the screen", 1, 24, 100, CANVAS_PLAIN },
};

static int rows_of(const struct canvas *canvas, enum place place,
		   const char *language, const char *text)
{
	if (place == PLACE_ANSWER || place == PLACE_ROW)
		return choice_label_rows(canvas,
					 &(struct choice_label){
					     .text = text,
					     .language = language,
					     .several = true,
					     .pictured = place == PLACE_ANSWER,
					     .row_height = ask_rows(ASK_SIZES),
					 },
					 places[place].width);
	return canvas_text_rows(canvas, &(struct canvas_text){
					    .h = INT_MAX / 4,
					    .w = places[place].width,
					    .text = text,
					    .language = language,
					    .style = places[place].style,
					    .caret = -1,
					});
}

/* Words of the kiosk that are no text below a heading; the others are. */
static const struct {
	const char *key;
	enum place place;
} kiosk[] = {
	{ "kiosk.welcome", PLACE_HEADING },
	{ "kiosk.choose_language", PLACE_HEADING },
	{ "kiosk.person_heading", PLACE_HEADING },
	{ "kiosk.idle", PLACE_HEADING },
	{ "kiosk.erase_heading", PLACE_HEADING },
	{ "kiosk.review", PLACE_HEADING },
	{ "kiosk.printing", PLACE_HEADING },
	{ "kiosk.came_out", PLACE_HEADING },
	{ "kiosk.closed", PLACE_HEADING },
	{ "kiosk.services_which", PLACE_HEADING },
	{ "kiosk.start_over", PLACE_TOP },
	{ "kiosk.back", PLACE_KEY },
	{ "kiosk.skip", PLACE_KEY },
	{ "kiosk.next", PLACE_KEY },
	{ "kiosk.bigger", PLACE_KEY },
	{ "kiosk.colours", PLACE_KEY },
	{ "kiosk.person", PLACE_KEY },
	{ "kiosk.more", PLACE_KEY },
	{ "kiosk.day", PLACE_KEY },
	{ "kiosk.month", PLACE_KEY },
	{ "kiosk.year", PLACE_KEY },
	{ "kiosk.person_please", PLACE_ROW },
	{ "kiosk.services", PLACE_ROW },
	{ "kiosk.service_print", PLACE_ROW },
	{ "kiosk.other_language", PLACE_ROW },
	{ "kiosk.yes", PLACE_ROW },
	{ "kiosk.no", PLACE_ROW },
	{ "kiosk.person_wait", PLACE_ROW },
	{ "kiosk.go_on", PLACE_ROW },
	{ "kiosk.still_here", PLACE_ROW },
	{ "kiosk.erase_yes", PLACE_ROW },
	{ "kiosk.erase_no", PLACE_ROW },
	{ "kiosk.change", PLACE_ROW },
	{ "kiosk.erase", PLACE_ROW },
	{ "kiosk.finish", PLACE_ROW },
};

/* Of services to look through, beside a picture each. */
#define NEEDS "kiosk.need_"

static bool ends_in(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* A form's key is FORM:/PATH:label, FORM:choices/LIST/VALUE:label. */
static enum place place_of(const char *key)
{
	const char *path = strchr(key, ':');

	if (strncmp(key, NEEDS, strlen(NEEDS)) == 0)
		return PLACE_ANSWER;
	for (size_t i = 0; !path && i < COUNT(kiosk); i++) {
		if (strcmp(key, kiosk[i].key) == 0)
			return kiosk[i].place;
	}
	if (!path || !ends_in(key, ":label"))
		return PLACE_TEXT;
	return strncmp(path, ":choices/", 9) == 0 ? PLACE_ANSWER
						  : PLACE_HEADING;
}

char *ask_fit(const struct language *language, const char *key,
	      const char *text)
{
	enum place place = place_of(key);
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(ROWS, COLUMNS, true);
	int rows;

	canvas_magnify(canvas, places[place].percent);
	rows = rows_of(canvas, place, language->tag, text);
	if (rows <= places[place].rows)
		return NULL;
	return xasprintf("too long for %s: takes %d rows of the smallest "
			 "screen at the largest size, and there are %d; say "
			 "it shorter",
			 places[place].name, rows, places[place].rows);
}
