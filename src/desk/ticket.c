#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/card.h"
#include "desk/frame.h"
#include "desk/screens.h"
#include "desk/visit_actions.h"
#include "ui/table.h"

/*
 * An opened ticket: the person's own first need, level and every reason, who
 * they are, then the answers in the staff's language. Opening it is audited as
 * a view.
 */
#define SIDE_BY_SIDE 120 /* columns from which both fit beside each other */
#define ANSWERS_LEAST 4  /* rows kept for answers below the card */

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

/* Answers that are erased, or whose form is not here, leave the card alone. */
static enum fault read_answers(struct opened *opened)
{
	struct desk *desk = opened->desk;
	enum visit_found found;

	return filing_visit_answers(desk->filing, desk->selected,
				    desk->staff.language, &desk->staff.who,
				    desk->clock.now, &found, &opened->answers);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[COLUMNS] = {
		[QUESTION] = { NULL, 0, CANVAS_START, 0 },
		[ANSWER] = { NULL, 26, CANVAS_START, 0 },
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
	table_draw(opened->table, canvas, list, true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct opened *opened = state;

	if (event->key == UI_KEY_BACKSPACE)
		return SCREEN_BACK;
	if (action_key(opened->desk, event))
		return SCREEN_STAY;
	(void)table_key(opened->table, event);
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
