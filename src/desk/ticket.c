#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/card.h"
#include "desk/frame.h"
#include "desk/read.h"
#include "desk/screens.h"
#include "desk/ticket.h"
#include "desk/value.h"
#include "desk/visit_actions.h"
#include "ui/table.h"

/*
 * An opened ticket: the person's own first need, level and every reason, who
 * they are, then the answers in the staff's language. Opening it is audited as
 * a view.
 */
#define SIDE_BY_SIDE 120 /* columns from which both fit beside each other */
#define ANSWERS_LEAST 4  /* rows kept for answers below the card */
#define WHOLE_LEAST 16   /* rows of answers from which one is there in full */

enum column { QUESTION, ANSWER, COLUMNS };

struct opened {
	struct desk *desk;
	struct filing_answers answers;
	struct table *table;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	struct opened *opened = to;
	const struct filing_answer *answer = &opened->answers.rows[row];

	return (struct table_cell){
		.text = column == QUESTION ? answer->label : answer->value,
		.colour = column == QUESTION ? CANVAS_QUIET : CANVAS_INK,
	};
}

static void leave(void *state)
{
	struct opened *opened = state;

	table_free(opened->table);
	filing_answers_done(&opened->answers);
	free(opened);
}

/* What the answering itself was like: no answer anybody opens a ticket for. */
static bool is_formal(const struct filing_answer *answer)
{
	return strcmp(answer->field, "language") == 0 ||
	       strcmp(answer->field, "answered_by") == 0;
}

static void put_formal_last(struct filing_answers *answers)
{
	struct filing_answer *rows =
	    xcalloc(answers->count + 1, sizeof *answers->rows);
	size_t count = 0;

	for (int formal = 0; formal <= 1; formal++) {
		for (size_t i = 0; i < answers->count; i++) {
			if (is_formal(&answers->rows[i]) == formal)
				rows[count++] = answers->rows[i];
		}
	}
	free(answers->rows);
	answers->rows = rows;
}

/* The form says "this language" to whoever reads it in that one. */
static void name_the_language(struct opened *opened)
{
	const struct filing_answers *answers = &opened->answers;
	const char *tag = NULL;

	for (size_t i = 0; i < answers->count; i++) {
		if (strcmp(answers->rows[i].field, "language") == 0)
			tag = answers->rows[i].raw;
	}
	for (size_t i = 0; tag && i < answers->count; i++) {
		struct filing_answer *answer = &answers->rows[i];

		if (strcmp(answer->field, "spoken_language") != 0 ||
		    strcmp(answer->raw, "SAME") != 0)
			continue;
		char_wipe(answer->value);
		answer->value = value_language(opened->desk, tag);
	}
}

/* Answers that are erased, or whose form is not here, leave the card alone. */
static enum fault read_answers(struct opened *opened)
{
	struct desk *desk = opened->desk;
	enum visit_found found;
	enum fault fault = filing_visit_answers(
	    desk->filing, desk->selected, desk->staff.language,
	    &desk->staff.who, desk->clock.now, &found, &opened->answers);

	if (fault)
		return fault;
	put_formal_last(&opened->answers);
	name_the_language(opened);
	return FAULT_NONE;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[COLUMNS] = {
		[QUESTION] = { NULL, 0, CANVAS_START, 0 },
		[ANSWER] = { NULL, 0, CANVAS_START, 0 },
	};
	struct opened *opened = xcalloc(1, sizeof *opened);
	SCOPED(char_freep) char *empty = desk_word(desk, "desk.no_answers");
	enum fault fault;

	(void)about;
	opened->desk = desk;
	opened->table = table_new(&(struct table_options){
	    .language = opened->desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .empty = empty,
	    .fill = fill,
	    .to = opened,
	});
	if ((fault = read_answers(opened))) {
		leave(opened);
		return fault;
	}
	table_set_count(opened->table, opened->answers.count);
	*state = opened;
	return FAULT_NONE;
}

/* Where there is room, the selected row stands below the others in full. */
static void draw_whole(const struct opened *opened, struct canvas *canvas,
		       struct canvas_area *list)
{
	const char *language = opened->desk->staff.language;
	const struct filing_answer *answer;
	struct canvas_area whole = *list;
	struct canvas_text text;

	if (list->h < WHOLE_LEAST || !opened->answers.count)
		return;
	answer = &opened->answers.rows[table_selected(opened->table)];
	whole.h = list->h / 3;
	whole.y = list->y + list->h - whole.h;
	whole.x += 2;
	whole.w -= 3;
	list->h -= whole.h + 1;
	canvas_rule(canvas, whole.y - 1, list->x, list->w);
	text = canvas_text_in(&whole, answer->label, language);
	text.h = 2;
	text.colour = CANVAS_QUIET;
	whole.h -= canvas_text_rows(canvas, &text);
	whole.y += canvas_text(canvas, &text);
	text = canvas_text_in(&whole, answer->value, language);
	(void)canvas_text(canvas, &text);
}

static void draw(void *state, struct canvas *canvas)
{
	struct opened *opened = state;
	struct desk *desk = opened->desk;
	SCOPED(char_freep) char *title = desk_number(desk);
	struct canvas_area area = frame_draw(desk, canvas, title);
	struct canvas_area card = area, list = area;
	const char *first =
	    opened->answers.first_need ? opened->answers.first_need : "";

	card.x = 1;
	if (area.w >= SIDE_BY_SIDE) {
		card.w = area.w / 2 - 2;
		list.x = area.w / 2 + 1;
		list.w = area.w - list.x - 1;
		canvas_rule_down(canvas, area.y, area.w / 2, area.h);
		card_draw(desk, canvas, &card, first);
	} else {
		card.w = area.w - 2;
		card.h = area.h - ANSWERS_LEAST;
		list.y += card_draw(desk, canvas, &card, first) + 1;
		list.h = area.y + area.h - list.y;
		canvas_rule(canvas, list.y - 1, 0, area.w);
	}
	draw_whole(opened, canvas, &list);
	table_draw(opened->table, canvas, list, true);
}

bool ticket_may_read(const struct desk *desk, const void *state)
{
	const struct opened *opened = state;

	return stack_top(&desk->stack) == &desk_ticket_screen &&
	       opened->answers.count;
}

void ticket_read(struct desk *desk, void *state)
{
	const struct opened *opened = state;
	const struct filing_answer *answer =
	    &opened->answers.rows[table_selected(opened->table)];
	SCOPED(char_freep) char *title = desk_number(desk);

	desk_open(desk, &desk_read_screen,
		  &(struct read_about){ title, answer->label, answer->value });
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct opened *opened = state;

	if (event->key == UI_KEY_BACKSPACE)
		return SCREEN_BACK;
	if (action_key(opened->desk, event))
		return SCREEN_STAY;
	if (table_key(opened->table, event) == TABLE_OPENED)
		ticket_read(opened->desk, opened);
	return SCREEN_STAY;
}

const struct view desk_ticket_screen = {
	.name = "ticket",
	.actions = visit_actions,
	.marks = visit_marks,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
