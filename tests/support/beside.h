#pragma once

#include "ask/check.h"
#include "ask/question.h"
#include "ask/step.h"
#include "form/run.h"
#include "text/catalogue.h"
#include "text/language.h"
#include "ui/album.h"
#include "ui/canvas.h"

/*
 * The kiosk's screens made once more beside it, in a language's real words: to
 * be compared with what it shows, and to learn which keys give an answer. Fails
 * the test where it cannot.
 */
struct beside {
	const struct language *language;
	struct catalogue *words, *english;
	struct album *album;
	struct run *run; /* the test's own */
	struct ask_look look;
	int rows, columns;
	bool plates;
};

/* The words of tag, as they ship; a terminal of that size. beside->run is set
 * before it is used further. Release it with beside_done(). */
void beside_start(struct beside *beside, const char *tag, int rows, int columns,
		  bool plates);
void beside_done(struct beside *beside);

/* For run_world: key in the language now, of the form "intake". */
const char *beside_translate(const struct beside *beside, const char *tag,
			     const char *key);

/* In English until the language was chosen. */
void beside_speak(struct beside *beside, const char *tag);

/* A step's screen, and the review's; the caller frees them. */
struct canvas *beside_draw(struct beside *beside, const struct step *step);
struct canvas *beside_draw_check(struct beside *beside);

/* The keys that give the step's field the value, from any row of the list; NULL
 * if no keys do. The answer is left blank. The caller frees them. */
char *beside_keys(struct beside *beside, const struct step *step, size_t field,
		  const char *value);
