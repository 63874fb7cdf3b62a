#include "ask/question_room.h"

#include <limits.h>
#include <stdlib.h>

#include "ask/folded.h"
#include "ask/heading.h"
#include "ask/notes.h"
#include "ask/plain.h"
#include "ask/title.h"

#define SHORT 2 /* lines: what stands above the answers in any case */

static const struct field *focused(const struct question *question)
{
	return &question->fields[question->focus];
}

static int text_rows(const struct question *question,
		     const struct canvas *canvas,
		     const struct canvas_area *area, const char *text, int most)
{
	struct canvas_text measured =
	    canvas_text_in(area, text, question->look->language->tag);

	measured.h = most;
	return canvas_text_rows(canvas, &measured);
}

char *question_notes(const struct question *question)
{
	return question->read[question->focus]
		   ? NULL
		   : notes_words(question->step, question->focus,
				 title_node(question->step));
}

static int notes_rows(const struct question *question,
		      const struct canvas *canvas,
		      const struct canvas_area *area)
{
	SCOPED(char_wipep) char *notes = question_notes(question);

	return notes ? text_rows(question, canvas, area, notes, INT_MAX / 4)
		     : 0;
}

int question_refusal_percent(const struct question *question,
			     struct canvas *canvas,
			     const struct canvas_area *area)
{
	int wanted = canvas_percent(canvas), percent = wanted;

	while (percent > 100 &&
	       text_rows(question, canvas, area, question->refusal.text,
			 area->h) > SHORT)
		canvas_magnify(canvas, percent = heading_smaller(percent));
	canvas_magnify(canvas, wanted);
	return percent;
}

static int refusal_rows(const struct question *question, struct canvas *canvas,
			const struct canvas_area *area)
{
	int wanted = canvas_percent(canvas), rows;

	if (!question->refusal.text || question->reading.text)
		return 0;
	canvas_magnify(canvas,
		       question_refusal_percent(question, canvas, area));
	rows =
	    text_rows(question, canvas, area, question->refusal.text, area->h);
	canvas_magnify(canvas, wanted);
	return 1 + rows;
}

#define UNFOLDED 5 /* rows that are not folded ones', at least */

/* Takes in the nearest field that is asked on one side; false: none is. */
static bool widen(const struct question *question,
		  struct question_window *window, bool back)
{
	size_t at = back ? window->first : window->end;

	while (back ? at > 0 : at < question->count) {
		at = back ? at - 1 : at + 1;
		if (!folded_shows(question->step, back ? at : at - 1))
			continue;
		*(back ? &window->first : &window->end) = at;
		return true;
	}
	return false;
}

static int folded_rows(const struct question *question,
		       const struct canvas_area *area,
		       const struct question_window *window)
{
	return folded_place(question->step, window->first, question->focus,
			    area, NULL) +
	       folded_place(question->step, question->focus + 1, window->end,
			    area, NULL);
}

/* The same where the folded ones then take no more than so many rows. */
static bool widen_into(const struct question *question,
		       const struct canvas_area *area, int rows,
		       struct question_window *window, bool back)
{
	struct question_window wider = *window;

	if (!widen(question, &wider, back) ||
	    folded_rows(question, area, &wider) > rows)
		return false;
	*window = wider;
	return true;
}

/* Below its label letters are all to be seen; a list has pages. */
static int rows_unfolded(const struct field *field)
{
	int wanted =
	    field_ops_now(field)->reads_first ? 0 : 1 + field_rows(field);

	return wanted > UNFOLDED ? wanted : UNFOLDED;
}

struct question_window question_window(const struct question *question,
				       struct canvas *canvas,
				       const struct canvas_area *area)
{
	struct question_window window = { question->focus,
					  question->focus + 1 };
	int spare = area->h - rows_unfolded(focused(question)) -
		    notes_rows(question, canvas, area) -
		    refusal_rows(question, canvas, area);
	bool before = true, behind = true;

	spare = spare > 0 ? spare : 1;
	while (before || behind) {
		behind =
		    behind && widen_into(question, area, spare, &window, false);
		before =
		    before && widen_into(question, area, spare, &window, true);
	}
	return window;
}

int question_rows_below(const struct question *question, struct canvas *canvas,
			const struct canvas_area *area,
			const struct question_window *window)
{
	return refusal_rows(question, canvas, area) +
	       folded_place(question->step, question->focus + 1, window->end,
			    area, NULL);
}

bool question_too_long(const struct question *question,
		       const struct canvas *canvas,
		       const struct canvas_area *area, const char *text,
		       int room)
{
	const struct field *field = focused(question);
	int lines = text_rows(question, canvas, area, text, INT_MAX / 4);

	return lines > (field_ops_now(field)->reads_first
			    ? SHORT * canvas_line_rows(canvas)
			    : 0) &&
	       room - lines < field_rows(field);
}

bool question_leaves_little(const struct question *question,
			    const struct canvas *canvas,
			    const struct canvas_area *area, const char *text,
			    int room)
{
	int lines = text_rows(question, canvas, area, text, INT_MAX / 4);

	return room - lines - 1 < rows_unfolded(focused(question));
}

char *question_needs_page(const struct question *question,
			  const struct canvas *canvas,
			  const struct canvas_area *area)
{
	const struct field *field = focused(question);
	SCOPED(char_wipep) char *hint = styled_hint(field->node);
	SCOPED(char_wipep) char *notes = question_notes(question);

	if (notes && !question->refusal.text &&
	    notes_rows(question, canvas, area) >
		area->h - 1 - field_rows(field))
		return xasprintf("%s%s%s", notes, hint ? "\n" : "",
				 hint ? hint : "");
	if (!field_ops_now(field)->reads_first)
		return NULL;
	if (question->refusal.text &&
	    question_too_long(question, canvas, area, question->refusal.text,
			      area->h - 1))
		return xstrdup(question->refusal.text);
	if (!question->refusal.text && hint && hint[0] &&
	    !question->read[question->focus] &&
	    question_too_long(question, canvas, area, hint,
			      area->h - (area->h > 8)))
		return xstrdup(hint);
	return NULL;
}
