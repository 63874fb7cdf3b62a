#include "desk/pick.h"

#include <stdlib.h>

#include "desk/frame.h"
#include "ui/choice.h"

#define PAGE_ROWS 9 /* as many as there are number keys */

struct picking {
	struct desk *desk;
	struct pick pick; /* its texts are gone: the list has them */
	char *title;
	struct choice *list;
};

static void leave(void *state)
{
	struct picking *picking = state;

	choice_free(picking->list);
	free(picking->title);
	free(picking);
}

static enum fault make_list(struct picking *picking)
{
	const struct pick *pick = &picking->pick;
	SCOPED(char_freep) char *more = desk_word(picking->desk, "desk.more");
	SCOPED(char_freep) char *next = desk_word(picking->desk, "desk.picked");
	struct choice_row *rows = xcalloc(pick->count, sizeof *rows);
	enum fault fault;

	for (size_t i = 0; i < pick->count; i++)
		rows[i].label = pick->rows[i];
	fault = choice_new(
	    &(struct choice_options){
		.language = picking->desk->staff.language,
		.more = more,
		.next = pick->several ? next : NULL,
		.extra = pick->none,
		.several = pick->several,
		.page_rows = PAGE_ROWS,
	    },
	    rows, pick->count, &picking->list);
	free(rows);
	return fault;
}

static void mark(const struct pick *pick, struct choice *list)
{
	for (size_t i = 0; pick->checked && i < pick->count; i++) {
		if (!pick->checked[i])
			continue;
		if (pick->several)
			choice_check(list, i, true);
		else
			choice_select(list, i);
	}
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct picking *picking = xcalloc(1, sizeof *picking);
	enum fault fault;

	picking->desk = desk;
	picking->pick = *(const struct pick *)about;
	picking->title = xstrdup(picking->pick.title);
	if ((fault = make_list(picking))) {
		leave(picking);
		return fault;
	}
	mark(&picking->pick, picking->list);
	*state = picking;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct picking *picking = state;
	const struct pick *pick = &picking->pick;
	size_t rows = pick->count < PAGE_ROWS ? pick->count : PAGE_ROWS + 1;
	struct canvas_area area =
	    frame_panel(picking->desk, canvas, picking->title,
			(int)rows + pick->several + (pick->none != NULL));

	choice_draw(picking->list, canvas, area);
}

static void finish(struct picking *picking, bool nothing)
{
	struct desk *desk = picking->desk;
	const struct pick pick = picking->pick;
	size_t *rows = xcalloc(pick.count, sizeof *rows), count = 0;

	for (size_t i = 0; !nothing && i < pick.count; i++) {
		if (pick.several ? choice_checked(picking->list, i)
				 : choice_selected(picking->list) == i)
			rows[count++] = i;
	}
	desk_done(desk);
	pick.done(desk, pick.to, rows, count);
	free(rows);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct picking *picking = state;

	if (event->key == UI_KEY_ESCAPE)
		return SCREEN_BACK;
	/* As a text of several lines is left. */
	if (event->key == UI_KEY_TAB && picking->pick.several) {
		finish(picking, false);
		return SCREEN_STAY;
	}
	switch (choice_key(picking->list, event)) {
	case CHOICE_PICKED:
	case CHOICE_NEXT:
		finish(picking, false);
		break;
	case CHOICE_EXTRA:
		finish(picking, true);
		break;
	default:
		break;
	}
	return SCREEN_STAY;
}

const struct view desk_pick_screen = {
	.name = "pick",
	.over = true,
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.leave = leave,
};

void pick_open(struct desk *desk, const struct pick *pick)
{
	desk_open(desk, &desk_pick_screen, pick);
}
