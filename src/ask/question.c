#include "ask/question.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "ask/around.h"
#include "ask/folded.h"
#include "ask/heading.h"
#include "ask/notes.h"
#include "ask/plain.h"
#include "ask/reading.h"
#include "ask/spoken.h"
#include "text/emphasis.h"

struct question {
	const struct step *step;
	const struct ask_look *look;
	struct field fields[STEP_FIELDS];
	size_t count, focus;
	char *message;           /* what is wrong, or NULL */
	const char *message_key; /* of the catalogue; NULL: the form's own */
	bool quotes;             /* answers stand in the message */
	bool told_blank; /* that the focused one is left out, if gone on */
	struct canvas_area places[STEP_FIELDS]; /* of folded ones; h 0: none */
	struct reading reading; /* the message or the hint, before the rest */
	bool read[STEP_FIELDS]; /* whose hint was read so */
};

static struct field *focused(struct question *question)
{
	return &question->fields[question->focus];
}

/* Another answer may have made a question read only. */
static const struct field_ops *ops_of(const struct field *field)
{
	bool fixed =
	    node_readonly(field->node) && node_kind(field->node) != NODE_NOTE;

	return fixed ? &field_fixed : field->ops;
}

/* Whose label is the heading where there is no group: the first one asked. */
static size_t heads(const struct step *step)
{
	size_t first = 0;

	while (first + 1 < step->count && !step_asks(step, first))
		first++;
	return first;
}

enum fault question_new(struct run *run, const struct step *step,
			const struct ask_look *look, struct question **out)
{
	SCOPED(question_freep)
	struct question *question = xcalloc(1, sizeof *question);

	question->step = step;
	question->look = look;
	for (; question->count < step->count; question->count++) {
		struct node *node = step->field[question->count];
		struct field *field = &question->fields[question->count];
		enum fault fault;

		*field = (struct field){
			.ops = field_ops_for(node),
			.run = run,
			.node = node,
			.look = look,
		};
		if ((fault = field->ops->enter(field)))
			return fault;
	}
	question->focus = heads(step);
	while (question->focus + 1 < step->count &&
	       notes_join(step, question->focus))
		question->focus++;
	*out = question;
	question = NULL;
	return FAULT_NONE;
}

void question_free(struct question *question)
{
	if (!question)
		return;
	for (size_t i = 0; i < question->count; i++)
		question->fields[i].ops->leave(&question->fields[i]);
	free(question->message);
	reading_close(&question->reading);
	explicit_bzero(question, sizeof *question);
	free(question);
}

/* Whose label is the heading; NULL: of no node, but of the group around. */
static struct node *titled(const struct step *step)
{
	SCOPED(char_freep)
	char *label = step->group ? plain_label(step->group) : NULL;

	if (label)
		return step->group;
	if (around_is_heading(step))
		return NULL;
	for (size_t i = 0; i < step->count; i++) {
		if (step_is_title(step, i))
			return step->field[i];
	}
	return step->field[heads(step)];
}

char *question_heading(const struct step *step)
{
	return titled(step) ? plain_label(titled(step))
			    : plain_frame_label(step->head);
}

char *question_styled_heading(const struct step *step)
{
	return titled(step) ? styled_label(titled(step))
			    : styled_frame_label(step->head);
}

char *question_picture(const struct step *step)
{
	char *image = step->group ? node_media(step->group, "image") : NULL;

	return image ? image : node_media(step->field[heads(step)], "image");
}

/* --- drawing ---------------------------------------------------------------
 */

static int draw_line(const struct question *question, struct canvas *canvas,
		     const struct canvas_area *area, int y, int h,
		     const char *text, enum canvas_colour colour)
{
	return canvas_text(canvas,
			   &(struct canvas_text){
			       .y = y,
			       .x = area->x,
			       .h = h,
			       .w = area->w,
			       .text = text,
			       .language = question->look->language->tag,
			       .colour = colour,
			       .caret = -1,
			   });
}

/* Whether the heading is a field's label. */
static bool is_heading(const struct question *question, size_t index)
{
	return titled(question->step) == question->fields[index].node;
}

/* "label: answer" of a question that is not being answered now; what the
 * heading says is not said again. */
static void draw_folded(struct question *question, struct canvas *canvas,
			const struct canvas_area *area, size_t index)
{
	struct field *field = &question->fields[index];
	SCOPED(char_freep)
	char *label =
	    is_heading(question, index) ? NULL : plain_label(field->node);
	SCOPED(char_freep)
	char *words = field_is_private(field)
			  ? xstrdup("")
			  : field_words(field->node, question->look);
	const char *answer = node_kind(field->node) == NODE_NOTE ? ""
			     : words[0]                          ? words
								 : "…";
	SCOPED(char_freep)
	char *line =
	    xasprintf("%s%s%s", label ? label : "", label ? "  " : "", answer);

	draw_line(question, canvas, area, area->y, 1, line, CANVAS_QUIET);
	question->places[index] = canvas_on_screen(canvas, *area);
}

#define SHORT 2 /* lines: what stands above the answers in any case */

static int text_rows(const struct question *question,
		     const struct canvas *canvas,
		     const struct canvas_area *area, const char *text, int most)
{
	return canvas_text_rows(canvas,
				&(struct canvas_text){
				    .h = most,
				    .w = area->w,
				    .text = text,
				    .language = question->look->language->tag,
				    .caret = -1,
				});
}

/* The notes that are read with the field; the caller frees it. NULL: there are
 * none, or they were read already. */
static char *notes_of(const struct question *question)
{
	return question->read[question->focus]
		   ? NULL
		   : notes_words(question->step, question->focus,
				 titled(question->step));
}

static int notes_rows(const struct question *question,
		      const struct canvas *canvas,
		      const struct canvas_area *area)
{
	SCOPED(char_freep) char *notes = notes_of(question);

	return notes ? text_rows(question, canvas, area, notes, INT_MAX / 4)
		     : 0;
}

/* What is wrong is said as large as the other text, if that leaves the answer
 * its room. */
static int message_percent(const struct question *question,
			   struct canvas *canvas,
			   const struct canvas_area *area)
{
	int wanted = canvas_percent(canvas), percent = wanted;

	while (percent > 100 && text_rows(question, canvas, area,
					  question->message, area->h) > SHORT)
		canvas_magnify(canvas, percent = heading_smaller(percent));
	canvas_magnify(canvas, wanted);
	return percent;
}

static int message_rows(const struct question *question, struct canvas *canvas,
			const struct canvas_area *area)
{
	int wanted = canvas_percent(canvas), rows;

	if (!question->message || question->reading.text)
		return 0;
	canvas_magnify(canvas, message_percent(question, canvas, area));
	rows = text_rows(question, canvas, area, question->message, area->h);
	canvas_magnify(canvas, wanted);
	return 1 + rows;
}

static void draw_message(const struct question *question, struct canvas *canvas,
			 const struct canvas_area *area, int y)
{
	int wanted = canvas_percent(canvas);

	canvas_magnify(canvas, message_percent(question, canvas, area));
	draw_line(question, canvas, area, y, area->y + area->h - y,
		  question->message, CANVAS_ACCENT);
	canvas_magnify(canvas, wanted);
}

static int rows_wanted(const struct field *field)
{
	return ops_of(field)->rows ? ops_of(field)->rows(field) : 1;
}

/* The fields in sight: from first up to end. */
struct window {
	size_t first, end;
};

#define UNFOLDED 5 /* rows that are not folded ones', at least */

/* Takes in the nearest field that is asked on one side; false: none is. */
static bool widen(const struct question *question, struct window *window,
		  bool back)
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
		       const struct window *window)
{
	return folded_place(question->step, window->first, question->focus,
			    area, NULL) +
	       folded_place(question->step, question->focus + 1, window->end,
			    area, NULL);
}

/* The same where the folded ones then take no more than so many rows. */
static bool widen_into(const struct question *question,
		       const struct canvas_area *area, int rows,
		       struct window *window, bool back)
{
	struct window wider = *window;

	if (!widen(question, &wider, back) ||
	    folded_rows(question, area, &wider) > rows)
		return false;
	*window = wider;
	return true;
}

/* Below its label letters are all to be seen; a list has pages. */
static int rows_unfolded(const struct field *field)
{
	int wanted = ops_of(field)->reads_first ? 0 : 1 + rows_wanted(field);

	return wanted > UNFOLDED ? wanted : UNFOLDED;
}

/* Those around the one that is unfolded, as many as leave it room. */
static struct window window_of(const struct question *question,
			       struct canvas *canvas,
			       const struct canvas_area *area)
{
	struct window window = { question->focus, question->focus + 1 };
	int spare = area->h -
		    rows_unfolded(&question->fields[question->focus]) -
		    notes_rows(question, canvas, area) -
		    message_rows(question, canvas, area);
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

static int rows_below(const struct question *question, struct canvas *canvas,
		      const struct canvas_area *area,
		      const struct window *window)
{
	return message_rows(question, canvas, area) +
	       folded_place(question->step, question->focus + 1, window->end,
			    area, NULL);
}

/* From the y'th row on; returns the row below them. */
static int draw_folded_ones(struct question *question, struct canvas *canvas,
			    const struct canvas_area *area, size_t from,
			    size_t to, int y)
{
	struct canvas_area places[STEP_FIELDS];
	struct canvas_area below = { y, area->x, area->h, area->w };
	int rows = folded_place(question->step, from, to, &below, places);

	for (size_t i = from; i < to; i++) {
		if (folded_shows(question->step, i))
			draw_folded(question, canvas, &places[i], i);
	}
	return y + rows;
}

/* Whether a text leaves less than the field's own rows of the room. */
static bool is_too_long(const struct question *question,
			const struct canvas *canvas,
			const struct canvas_area *area, const char *text,
			int room)
{
	const struct field *field = &question->fields[question->focus];
	int lines = text_rows(question, canvas, area, text, INT_MAX / 4);

	return lines > (ops_of(field)->reads_first
			    ? SHORT * canvas_line_rows(canvas)
			    : 0) &&
	       room - lines < rows_wanted(field);
}

/* Guidance is for who asks, mostly: it never takes a row from the answers, nor
 * a page of its own. */
static bool leaves_little(const struct question *question,
			  const struct canvas *canvas,
			  const struct canvas_area *area, const char *text,
			  int room)
{
	const struct field *field = &question->fields[question->focus];
	int lines = text_rows(question, canvas, area, text, INT_MAX / 4);

	return room - lines - 1 < rows_unfolded(field);
}

/* On top, what it lies in, where that leaves the answers their room. */
static void draw_around(const struct question *question, struct canvas *canvas,
			struct canvas_area *area)
{
	SCOPED(char_wipep)
	char *words = around_words(question->step, question->look);
	int used = 0;

	if (words && !leaves_little(question, canvas, area, words, area->h))
		used = draw_line(question, canvas, area, area->y, area->h,
				 words, CANVAS_QUIET) +
		       (area->h > 10);
	area->y += used;
	area->h -= used;
}

/*
 * Rows above the unfolded field's own: its label, where the heading is not
 * that, and its hint, unless that was read already or the field cannot do
 * without its rows.
 */
static int draw_lead(struct question *question, struct canvas *canvas,
		     const struct canvas_area *area, int y, int room)
{
	struct field *field = focused(question);
	SCOPED(char_freep) char *label = styled_label(field->node);
	SCOPED(char_freep) char *hint = styled_hint(field->node);
	SCOPED(char_freep) char *guidance = styled_guidance(field->node);
	SCOPED(char_freep) char *notes = notes_of(question);
	bool is_note = node_kind(field->node) == NODE_NOTE;
	int used = 0;

	if (notes)
		used += draw_line(question, canvas, area, y, room, notes,
				  CANVAS_INK);
	if (label && !is_note && !is_heading(question, question->focus))
		used += draw_line(question, canvas, area, y + used, 2, label,
				  CANVAS_ACCENT);
	if (hint && hint[0] && !question->read[question->focus] &&
	    !is_too_long(question, canvas, area, hint, room - used))
		used += draw_line(question, canvas, area, y + used, room - used,
				  hint, CANVAS_QUIET) +
			(area->h > 8);
	if (guidance && guidance[0] &&
	    !leaves_little(question, canvas, area, guidance, room - used))
		used += draw_line(question, canvas, area, y + used, room - used,
				  guidance, CANVAS_QUIET) +
			(area->h > 8);
	return used;
}

/* The message, or the hint that was not read yet, where it needs a page; the
 * caller frees it. NULL: neither. */
static char *needs_page(const struct question *question,
			const struct canvas *canvas,
			const struct canvas_area *area)
{
	const struct field *field = &question->fields[question->focus];
	SCOPED(char_freep) char *hint = styled_hint(field->node);
	SCOPED(char_freep) char *notes = notes_of(question);

	if (notes && !question->message &&
	    notes_rows(question, canvas, area) >
		area->h - 1 - rows_wanted(field))
		return xasprintf("%s%s%s", notes, hint ? "\n" : "",
				 hint ? hint : "");
	if (!ops_of(field)->reads_first)
		return NULL;
	if (question->message &&
	    is_too_long(question, canvas, area, question->message, area->h - 1))
		return xstrdup(question->message);
	if (!question->message && hint && hint[0] &&
	    !question->read[question->focus] &&
	    is_too_long(question, canvas, area, hint, area->h - (area->h > 8)))
		return xstrdup(hint);
	return NULL;
}

static bool draw_reading(struct question *question, struct canvas *canvas,
			 const struct canvas_area *area)
{
	SCOPED(char_freep) char *text = NULL;

	if (!question->reading.text) {
		if (!(text = needs_page(question, canvas, area)))
			return false;
		reading_open(&question->reading, text);
	}
	for (size_t i = 0; i < question->count; i++)
		question->places[i] = (struct canvas_area){ 0 };
	reading_draw(&question->reading, question->look, canvas, area);
	return true;
}

static void draw_fields(struct question *question, struct canvas *canvas,
			const struct canvas_area *area)
{
	struct field *field = focused(question);
	int end = area->y + area->h, y = area->y, h, below;
	struct window window;

	for (size_t i = 0; i < question->count; i++)
		question->places[i] = (struct canvas_area){ 0 };
	window = window_of(question, canvas, area);
	below = rows_below(question, canvas, area, &window);
	y = draw_folded_ones(question, canvas, area, window.first,
			     question->focus, y);
	y += draw_lead(question, canvas, area, y, end - y - below);
	h = end - y - below;
	ops_of(field)->draw(
	    field, canvas,
	    &(struct canvas_area){ y, area->x, h > 1 ? h : 1, area->w }, true);
	y = draw_folded_ones(question, canvas, area, question->focus + 1,
			     window.end, end - below);
	if (question->message)
		draw_message(question, canvas, area, y + 1);
}

void question_draw(struct question *question, struct canvas *canvas,
		   const struct canvas_area *area)
{
	struct canvas_area inside = *area;

	if (draw_reading(question, canvas, area))
		return;
	draw_around(question, canvas, &inside);
	draw_fields(question, canvas, &inside);
}

/* --- aloud ------------------------------------------------------------------
 */

struct saying {
	const struct ask_look *look;
	bool private;
	struct prompts *out;
};

static void say_around(void *to, const struct around *part)
{
	const struct saying *saying = to;

	spoken_around(saying->out, saying->look, part, saying->private);
}

static void say_message(const struct question *question, bool private,
			struct prompts *out)
{
	SCOPED(char_freep) char *words = NULL;

	if (!question->message)
		return;
	words = emphasis_bare(question->message, NULL);
	prompts_add(out, &(struct prompt){
			     .part = PROMPT_NOTICE,
			     .language = question->look->language->tag,
			     .key = question->message_key,
			     .text = words,
			     .private = private || question->quotes,
			 });
}

void question_say(const struct question *question, struct prompts *out)
{
	const struct step *step = question->step;
	const struct ask_look *look = question->look;
	struct field *field =
	    (struct field *)&question->fields[question->focus];
	const struct node *title = titled(step);
	bool private = field_is_private(field);

	around_each(step, say_around, &(struct saying){ look, private, out });
	if (title)
		spoken_label(out, look, title, private);
	else
		spoken_frame(out, look, step->head, private);
	for (size_t i = notes_first(step, question->focus); i < question->focus;
	     i++) {
		if (notes_join(step, i) && step->field[i] != title)
			spoken_label(out, look, step->field[i], false);
	}
	if (field->node != title)
		spoken_label(out, look, field->node, private);
	spoken_hint(out, look, field->node, private);
	say_message(question, private, out);
	if (ops_of(field)->say && !question->reading.text)
		ops_of(field)->say(field, out);
}

/* --- keys ------------------------------------------------------------------
 */

static void say(struct question *question, const struct field *field)
{
	free(question->message);
	question->message = NULL;
	question->message_key = field->problem;
	question->quotes =
	    !field->problem && node_violation_quotes(field->node);
	if (!field->problem)
		question->message = styled_violation(field->node);
	if (!field->problem && !question->message)
		question->message_key =
		    node_violation(field->node) == VIOLATES_REQUIRED
			? "kiosk.required"
			: "kiosk.not_allowed";
	if (question->message_key)
		question->message = catalogue_word(question->look->words,
						   question->message_key);
}

static void say_nothing(struct question *question)
{
	question->told_blank = false;
	free(question->message);
	question->message = NULL;
}

static enum question_event to_next(struct question *question)
{
	for (size_t i = question->focus + 1; i < question->count; i++) {
		if (folded_shows(question->step, i)) {
			question->focus = i;
			return QUESTION_CHANGED;
		}
	}
	return QUESTION_ONWARD;
}

/* Whether what was read is all there is of the field. */
static bool is_all_read(struct question *question)
{
	SCOPED(char_freep) char *notes = notes_of(question);

	return notes && node_kind(focused(question)->node) == NODE_NOTE;
}

/* To the next page, and behind the last one to the answers. */
static enum question_event read_on(struct question *question)
{
	bool all, told_blank;

	if (reading_onward(&question->reading))
		return QUESTION_CHANGED;
	reading_close(&question->reading);
	all = is_all_read(question);
	question->read[question->focus] |= !question->message && !all;
	/* Who has read it on a page of its own was told. */
	told_blank = question->told_blank;
	say_nothing(question);
	question->told_blank = told_blank;
	return all ? to_next(question) : QUESTION_CHANGED;
}

/* To the page before; false on the first one. */
static bool read_back(struct question *question)
{
	if (!question->reading.text)
		return false;
	if (reading_back(&question->reading))
		return true;
	reading_close(&question->reading);
	if (!question->message)
		return false;
	say_nothing(question);
	return true;
}

static enum question_event read_key(struct question *question,
				    const struct ui_event *event)
{
	if (reading_key_onward(&question->reading, event))
		return read_on(question);
	if (reading_key_back(event) && reading_back(&question->reading))
		return QUESTION_CHANGED;
	return QUESTION_IGNORED;
}

/* Of a paper: who goes on once more leaves it blank. */
static bool tell_blank(struct question *question)
{
	if (question->told_blank)
		return false;
	free(question->message);
	question->message = xstrdup(question->look->paper->blank);
	question->message_key = NULL;
	question->quotes = false;
	question->told_blank = true;
	return true;
}

/* An answer that is missing though required, or that the form refuses. */
static bool must_answer(struct question *question, struct field *field)
{
	const enum node_violation violation = node_violation(field->node);

	if (violation == VALID)
		return false;
	if (violation == VIOLATES_REQUIRED && question->look->paper)
		return tell_blank(question);
	field->problem = NULL;
	say(question, field);
	return true;
}

static enum fault commit(struct question *question, enum field_event *what)
{
	struct field *field = focused(question);

	*what = FIELD_CHANGED;
	return ops_of(field)->commit ? ops_of(field)->commit(field, what)
				     : FAULT_NONE;
}

enum fault question_onward(struct question *question, enum question_event *what)
{
	struct field *field = focused(question);
	enum field_event told;
	enum fault fault;

	*what = QUESTION_CHANGED;
	if (question->reading.text) {
		*what = read_on(question);
		return FAULT_NONE;
	}
	if ((fault = commit(question, &told)))
		return fault;
	if (told == FIELD_WRONG)
		say(question, field);
	else if (!must_answer(question, field)) {
		say_nothing(question);
		fault = ops_of(field)->confirm ? ops_of(field)->confirm(field)
					       : FAULT_NONE;
		*what = to_next(question);
	}
	return fault;
}

enum fault question_back(struct question *question, enum question_event *what)
{
	enum field_event told;
	enum fault fault;

	*what = QUESTION_CHANGED;
	if (read_back(question))
		return FAULT_NONE;
	/* Going back keeps what was written, right or wrong. */
	if ((fault = commit(question, &told)))
		return fault;
	say_nothing(question);
	*what = QUESTION_BEFORE;
	for (size_t i = question->focus; i-- > 0;) {
		if (folded_shows(question->step, i)) {
			question->focus = i;
			*what = QUESTION_CHANGED;
			break;
		}
	}
	return FAULT_NONE;
}

/* The folded question at a touch; the count: none. */
static size_t touched(const struct question *question,
		      const struct ui_event *event)
{
	size_t index = 0;

	if (event->key != UI_KEY_POINT)
		return question->count;
	while (
	    index < question->count &&
	    (index == question->focus || !folded_shows(question->step, index) ||
	     !canvas_area_holds(&question->places[index], event->y, event->x)))
		index++;
	return index;
}

/* As "Next" and "Back" would go there: what was written is kept, and nothing
 * that is wrong or missing is passed over. */
static enum fault unfold(struct question *question, size_t index)
{
	enum field_event told;
	enum fault fault = commit(question, &told);

	if (fault)
		return fault;
	if (told == FIELD_WRONG && index > question->focus) {
		say(question, focused(question));
		return FAULT_NONE;
	}
	say_nothing(question);
	while (question->focus < index) {
		if (folded_shows(question->step, question->focus) &&
		    must_answer(question, focused(question)))
			return FAULT_NONE;
		question->focus++;
	}
	if (folded_shows(question->step, index))
		question->focus = index;
	return FAULT_NONE;
}

/* After the last answer: seen for a moment, unless it is private. */
static enum question_event picked(struct question *question)
{
	bool hidden = field_is_private(focused(question));
	enum question_event next = to_next(question);

	return next == QUESTION_ONWARD && !hidden ? QUESTION_SHOWN : next;
}

enum fault question_key(struct question *question, const struct ui_event *event,
			enum question_event *what)
{
	struct field *field = focused(question);
	enum field_event told = FIELD_IGNORED;
	enum fault fault;

	if (question->reading.text) {
		*what = read_key(question, event);
		return FAULT_NONE;
	}
	*what = QUESTION_CHANGED;
	if (touched(question, event) < question->count)
		return unfold(question, touched(question, event));
	if ((fault = ops_of(field)->key(field, event, &told)))
		return fault;
	switch (told) {
	case FIELD_IGNORED:
		*what = QUESTION_IGNORED;
		break;
	case FIELD_CHANGED:
		say_nothing(question);
		break;
	case FIELD_WRONG:
		say(question, field);
		break;
	case FIELD_PICKED:
		if (must_answer(question, field))
			break;
		say_nothing(question);
		*what = picked(question);
		break;
	case FIELD_GOES:
		say_nothing(question);
		*what = QUESTION_GOES;
		break;
	}
	return FAULT_NONE;
}

struct node *question_goes(const struct question *question)
{
	return question->fields[question->focus].instance;
}

bool question_typing(const struct question *question)
{
	const struct field *field = &question->fields[question->focus];

	return ops_of(field)->typing && ops_of(field)->typing(field);
}

static bool is_required(const struct question *question)
{
	return node_required(question->fields[question->focus].node);
}

bool question_answered(const struct question *question)
{
	if (is_required(question))
		return true;
	for (size_t i = 0; i < question->count; i++) {
		const struct field *field = &question->fields[i];

		if (!field_is_private(field) && node_value(field->node)[0])
			return true;
	}
	return false;
}

bool question_goes_on(const struct question *question)
{
	const struct field *field = &question->fields[question->focus];

	return question->look->paper || !is_required(question) ||
	       node_value(field->node)[0] || question_typing(question);
}

/* The question's own place of the field; its count: none is asked. */
static size_t awaits_scan(const struct question *question)
{
	size_t i = 0;

	while (i < question->count &&
	       !(folded_shows(question->step, i) &&
		 node_appears(question->fields[i].node, "scan")))
		i++;
	return i;
}

enum fault question_scanned(struct question *question, struct field **out)
{
	size_t place = awaits_scan(question);
	enum field_event told;
	enum fault fault;

	*out = NULL;
	if (place == question->count)
		return FAULT_NONE;
	/* What the run refuses is no answer yet, and stays none. */
	if (place != question->focus && (fault = commit(question, &told)))
		return fault;
	question->focus = place;
	*out = focused(question);
	return FAULT_NONE;
}
