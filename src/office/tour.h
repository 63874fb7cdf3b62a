#pragma once

#include "base/fault.h"
#include "form/form.h"
#include "issue/lobby.h"
#include "text/catalogue.h"
#include "text/language.h"
#include "ui/album.h"
#include "ui/canvas.h"

/*
 * Every screen of the lobby in one language, in the order a visitor meets
 * them, on canvases with plates: no terminal, no person, and no question known
 * by name. The form is walked with made-up answers, each chosen for the
 * questions that it opens, and walked again as long as a walk shows a question
 * that none before it did. A question is shown once: all pages of its answers,
 * and what is said where the form refuses one.
 */
struct tour_plan {
	const struct form *form;
	/* What the form reads of the agency; what it does not say is "yes", so
	 * that nothing stays hidden. */
	struct lobby *lobby;
	const struct language *language;
	const struct catalogue *words, *english;
	struct album *album; /* of the form's pictures */
	int rows, columns;
};

struct tour_stop {
	const char *name;    /* "A3", "kiosk.erase_heading" */
	const char *english; /* what it is in English; "" if nobody says */
	const char *about;   /* "page 2"; NULL: nothing more to say */
	const struct canvas *canvas;
};

typedef void tour_visit(void *to, const struct tour_stop *stop);

/*
 * Visits every stop. *missed gets the names of the questions that no answers
 * led to, parted by blanks ("" for none); the caller frees it.
 * Faults are the run's, and choice_new()'s.
 */
MUST_CHECK enum fault tour_walk(const struct tour_plan *plan, tour_visit *visit,
				void *to, char **missed);
