#include <stdio.h>
#include <stdlib.h>

#include "desk/action.h"
#include "desk/card.h"
#include "desk/frame.h"
#include "desk/screens.h"
#include "desk/visit_actions.h"
#include "record/kind.h"
#include "text/language.h"
#include "ui/table.h"

/*
 * Who waits, in the order to call them, with the card of the selected one
 * beside the list, or below it in a narrow window.
 */
#define SIDE_BY_SIDE 72 /* columns from which the card has room beside */
#define LIST_LEAST 3    /* rows, where the card lies below */
#define CARD_LEAST 5

enum column { LEVEL, NUMBER, STATE, WAITED, LANGUAGE, COLUMNS };

struct waiting {
	struct desk *desk;
	struct table *table;
	char *cell; /* of the last fill() */
	/* The card's: whose it is, and what it says. */
	int64_t needing;
	char *first_need;
};

/* A ticket that is kept here is no visit of the record yet. */
static const char *state_sign(int64_t visit, enum visit_state state)
{
	return visit < 0                   ? "◇"
	       : state == VISIT_CALLED     ? "▸"
	       : state == VISIT_NO_ANSWER  ? "…"
	       : state == VISIT_IN_SERVICE ? "■"
					   : "";
}

/* Nothing of a row is missed more than whose quiet flag it is: it stands before
 * what a narrow list has no room for. */
static char *state_cell(const struct desk *desk, const struct queue_row *row)
{
	const struct alert *alert = lists_alert(&desk->lists, row->visit);

	return xasprintf("%s%s", state_sign(row->visit, row->state),
			 !row->quiet                    ? ""
			 : alert && alert->acknowledged ? "☎✓"
							: "☎");
}

static char *cell_text(const struct desk *desk, const struct queue_row *row,
		       enum column column)
{
	const struct language *language = language_find(row->language);

	switch (column) {
	case LEVEL:
		return xasprintf("%s%s", visit_level_word(row->level),
				 row->overridden ? "*"
				 : row->lifted   ? "+"
						 : "");
	case NUMBER:
		return xstrdup(row->number);
	case STATE:
		return state_cell(desk, row);
	case WAITED:
		return desk_span(desk, row->waited);
	case LANGUAGE:
		return xstrdup(language ? language->own_name : row->language);
	default:
		return xstrdup("");
	}
}

static struct table_cell fill(void *to, size_t index, int column)
{
	struct waiting *waiting = to;
	const struct queue_row *row = &waiting->desk->lists.queue.rows[index];

	free(waiting->cell);
	waiting->cell = cell_text(waiting->desk, row, (enum column)column);
	return (struct table_cell){
		.text = waiting->cell,
		.language = column == LANGUAGE ? row->language : "en",
		.colour = CANVAS_INK,
		.bold = column == LEVEL && row->level <= VISIT_U2,
	};
}

static void leave(void *state)
{
	struct waiting *waiting = state;

	table_free(waiting->table);
	free(waiting->cell);
	char_wipe(waiting->first_need);
	free(waiting);
}

/* The selection stays with its visit when the order changes. */
static void follow_selected(struct waiting *waiting)
{
	struct desk *desk = waiting->desk;

	table_set_count(waiting->table, desk->lists.queue.count);
	for (size_t i = 0; i < desk->lists.queue.count; i++) {
		if (desk->lists.queue.rows[i].visit == desk->selected)
			table_select(waiting->table, i);
	}
	desk->selected =
	    desk->lists.queue.count
		? desk->lists.queue.rows[table_selected(waiting->table)].visit
		: 0;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[COLUMNS] = {
		[LEVEL] = { NULL, 3, CANVAS_START, 0 },
		[NUMBER] = { NULL, 8, CANVAS_START, 0 },
		[STATE] = { NULL, 3, CANVAS_START, 0 },
		[WAITED] = { NULL, 7, CANVAS_END, 0 },
		[LANGUAGE] = { NULL, 0, CANVAS_START, 0 },
	};
	struct waiting *waiting = xcalloc(1, sizeof *waiting);
	SCOPED(char_freep)
	char *empty = desk_word(desk, staff_may(&desk->staff, ROLES_FRONT)
					  ? "desk.nobody_waits"
					  : "desk.nobody_for_role");

	(void)about;
	waiting->desk = desk;
	waiting->table = table_new(&(struct table_options){
	    .language = waiting->desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .empty = empty,
	    .fill = fill,
	    .to = waiting,
	});
	desk_refresh(desk);
	*state = waiting;
	return FAULT_NONE;
}

/* It changes with the selection alone, so it is not looked up for each drawing.
 */
static const char *first_need(struct waiting *waiting)
{
	struct desk *desk = waiting->desk;
	char *need;

	if (waiting->needing == desk->selected)
		return waiting->first_need;
	if (desk->reach.lost)
		return "";
	char_wipe(waiting->first_need);
	waiting->first_need = NULL;
	waiting->needing = 0;
	if (filing_first_need(desk->filing, desk->selected,
			      desk->staff.language, &need)) {
		desk_say_trouble(desk);
		return "";
	}
	waiting->needing = desk->selected;
	waiting->first_need = need;
	return need;
}

/* Nobody has read who waits since this desk was opened. */
static void draw_no_list(const struct desk *desk, struct canvas *canvas,
			 const struct canvas_area *area)
{
	SCOPED(char_freep) char *text = desk_word(desk, "reach.no_list");

	canvas_text(canvas, &(struct canvas_text){
				.y = area->y,
				.x = area->x + 1,
				.h = area->h,
				.w = area->w - 2,
				.text = text,
				.language = desk->staff.language,
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
}

static void draw(void *state, struct canvas *canvas)
{
	struct waiting *waiting = state;
	struct desk *desk = waiting->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "desk.waiting");
	struct canvas_area area, list;

	follow_selected(waiting);
	area = list = frame_draw(desk, canvas, title);
	if (area.w >= SIDE_BY_SIDE && desk->lists.queue.count) {
		struct canvas_area card = area;

		list.w = area.w >= 120 ? 56 : 40;
		card.x = list.w + 2;
		card.w = area.w - card.x - 1;
		canvas_rule_down(canvas, area.y, list.w, area.h);
		card_draw(desk, canvas, &card, first_need(waiting));
	} else if (area.h >= LIST_LEAST + CARD_LEAST && desk->selected) {
		struct canvas_area card = area;

		list.h = area.h > 2 * CARD_LEAST ? area.h / 2 : LIST_LEAST;
		card.y = list.y + list.h + 1;
		card.h = area.h - list.h - 1;
		card.x = 1;
		card.w = area.w - 2;
		canvas_rule(canvas, card.y - 1, 0, area.w);
		card_draw(desk, canvas, &card, first_need(waiting));
	}
	if (desk->reach.lost && !desk->lists.queue.count && !desk->lists.at)
		draw_no_list(desk, canvas, &list);
	else
		table_draw(waiting->table, canvas, list, true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct waiting *waiting = state;
	struct desk *desk = waiting->desk;
	enum table_event table;
	size_t row;

	if (action_key(desk, event))
		return SCREEN_STAY;
	table = table_key(waiting->table, event);
	if (table == TABLE_IGNORED || !desk->lists.queue.count)
		return SCREEN_STAY;
	row = table_selected(waiting->table);
	desk->selected = desk->lists.queue.rows[row].visit;
	if (table == TABLE_OPENED)
		desk_open(desk, &desk_ticket_screen, NULL);
	return SCREEN_STAY;
}

const struct view desk_waiting_screen = {
	.name = "waiting",
	.actions = visit_actions,
	.marks = visit_marks,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
