#include "ask/question.h"

#include "ask/around.h"
#include "ask/folded.h"
#include "ask/plain.h"
#include "ask/question_room.h"
#include "ask/title.h"

static int draw_line(const struct question *question, struct canvas *canvas,
		     const struct canvas_area *area, int y, int h,
		     const char *text, enum canvas_colour colour)
{
	const struct canvas_area rows = { y, area->x, h, area->w };
	struct canvas_text line =
	    canvas_text_in(&rows, text, question->look->language->tag);

	line.colour = colour;
	return canvas_text(canvas, &line);
}

/* Whether the heading is a field's label. */
static bool is_heading(const struct question *question, size_t index)
{
	return title_node(question->step) == question->fields[index].node;
}

/* "label: answer" of a question that is not being answered now; what the
 * heading says is not said again. */
static void draw_folded(struct question *question, struct canvas *canvas,
			const struct canvas_area *area, size_t index)
{
	struct field *field = &question->fields[index];
	SCOPED(char_wipep)
	char *label =
	    is_heading(question, index) ? NULL : plain_label(field->node);
	SCOPED(char_wipep)
	char *words = field_is_private(field)
			  ? xstrdup("")
			  : field_words(field->node, question->look);
	const char *answer = node_kind(field->node) == NODE_NOTE ? ""
			     : words[0]                          ? words
								 : "…";
	SCOPED(char_wipep)
	char *line =
	    xasprintf("%s%s%s", label ? label : "", label ? "  " : "", answer);

	draw_line(question, canvas, area, area->y, 1, line, CANVAS_QUIET);
	question->places[index] = canvas_on_screen(canvas, *area);
}

static void draw_refusal(const struct question *question, struct canvas *canvas,
			 const struct canvas_area *area, int y)
{
	int wanted = canvas_percent(canvas);

	canvas_magnify(canvas,
		       question_refusal_percent(question, canvas, area));
	draw_line(question, canvas, area, y, area->y + area->h - y,
		  question->refusal.text, CANVAS_ACCENT);
	canvas_magnify(canvas, wanted);
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

/* On top, what it lies in, where that leaves the answers their room. */
static void draw_around(const struct question *question, struct canvas *canvas,
			struct canvas_area *area)
{
	SCOPED(char_wipep)
	char *words = around_words(question->step, question->look);
	int used = 0;

	if (words &&
	    !question_leaves_little(question, canvas, area, words, area->h))
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
	struct field *field = &question->fields[question->focus];
	SCOPED(char_wipep) char *label = styled_label(field->node);
	SCOPED(char_wipep) char *hint = styled_hint(field->node);
	SCOPED(char_wipep) char *guidance = styled_guidance(field->node);
	SCOPED(char_wipep) char *notes = question_notes(question);
	bool is_note = node_kind(field->node) == NODE_NOTE;
	int used = 0;

	if (notes)
		used += draw_line(question, canvas, area, y, room, notes,
				  CANVAS_INK);
	if (label && !is_note && !is_heading(question, question->focus))
		used += draw_line(question, canvas, area, y + used, 2, label,
				  CANVAS_ACCENT);
	if (hint && hint[0] && !question->read[question->focus] &&
	    !question_too_long(question, canvas, area, hint, room - used))
		used += draw_line(question, canvas, area, y + used, room - used,
				  hint, CANVAS_QUIET) +
			(area->h > 8);
	if (guidance && guidance[0] &&
	    !question_leaves_little(question, canvas, area, guidance,
				    room - used))
		used += draw_line(question, canvas, area, y + used, room - used,
				  guidance, CANVAS_QUIET) +
			(area->h > 8);
	return used;
}

static bool draw_reading(struct question *question, struct canvas *canvas,
			 const struct canvas_area *area)
{
	SCOPED(char_wipep) char *text = NULL;

	if (!question->reading.text) {
		if (!(text = question_needs_page(question, canvas, area)))
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
	struct field *field = &question->fields[question->focus];
	int end = area->y + area->h, y = area->y, h, below;
	struct question_window window;

	for (size_t i = 0; i < question->count; i++)
		question->places[i] = (struct canvas_area){ 0 };
	window = question_window(question, canvas, area);
	below = question_rows_below(question, canvas, area, &window);
	y = draw_folded_ones(question, canvas, area, window.first,
			     question->focus, y);
	y += draw_lead(question, canvas, area, y, end - y - below);
	h = end - y - below;
	field_ops_now(field)->draw(
	    field, canvas,
	    &(struct canvas_area){ y, area->x, h > 1 ? h : 1, area->w }, true);
	y = draw_folded_ones(question, canvas, area, question->focus + 1,
			     window.end, end - below);
	if (question->refusal.text)
		draw_refusal(question, canvas, area, y + 1);
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
