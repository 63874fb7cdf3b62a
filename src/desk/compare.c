#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/answer.h"
#include "desk/assess.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/need.h"
#include "desk/titled.h"
#include "ui/table.h"

enum column { NEED, OLDER, NEWER, CHANGE, NOTE, COLUMNS };
#define HEAD_ROWS 3

struct comparing {
	struct desk *desk;
	struct assess older, newer; /* older.id 0: there is none */
	enum assess_change change[DOMAIN_COUNT];
	size_t changed;
	char *cells[COLUMNS];
	struct table *table;
};

static char *change_words(const struct comparing *view, enum domain domain)
{
	static const char *const keys[] = {
		[ASSESS_SAME] = "assess.change_same",
		[ASSESS_BETTER] = "assess.change_better",
		[ASSESS_WORSE] = "assess.change_worse",
		[ASSESS_LEARNT] = "assess.change_learnt",
		[ASSESS_LOST] = "assess.change_lost",
	};

	return desk_word(view->desk, keys[view->change[domain]]);
}

static struct table_cell fill(void *to, size_t row, int column)
{
	struct comparing *view = to;
	const enum domain domain = need_row(row);
	const struct assess_level *older = &view->older.levels[domain];
	const struct assess_level *newer = &view->newer.levels[domain];
	const enum assess_change change = view->change[domain];

	free(view->cells[column]);
	view->cells[column] = column == NEED     ? need_word(view->desk, domain)
			      : column == OLDER  ? need_level(view->desk, older)
			      : column == NEWER  ? need_level(view->desk, newer)
			      : column == CHANGE ? change_words(view, domain)
						 : xstrdup(newer->note ?: "");
	return (struct table_cell){
		.text = view->cells[column],
		.colour = column == OLDER   ? need_colour(older->level)
			  : column == NEWER ? need_colour(newer->level)
			  : column == CHANGE && change == ASSESS_SAME
			      ? CANVAS_QUIET
			      : CANVAS_INK,
		.bold = column == CHANGE && change == ASSESS_WORSE,
	};
}

static bool read_one(struct comparing *view, int64_t id, struct assess *out)
{
	struct desk *desk = view->desk;
	struct assess read = { 0 };
	enum entity_answer answer;

	if (assess_read(desk->record, id, &desk->staff.who, desk->clock.now,
			&answer, &read)) {
		desk_say_trouble(desk);
		return false;
	}
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return false;
	}
	assess_done(out);
	*out = read;
	view->changed =
	    assess_compare_all(&view->older, &view->newer, view->change);
	return true;
}

/* The version before one, on the left; false where there is none. */
static bool step_back(struct comparing *view, int64_t from)
{
	int64_t before = 0;

	if (assess_before(view->desk->record, from, &before)) {
		desk_say_trouble(view->desk);
		return false;
	}
	return before && read_one(view, before, &view->older);
}

static void leave(void *state)
{
	struct comparing *view = state;

	assess_done(&view->older);
	assess_done(&view->newer);
	for (size_t i = 0; i < COLUMNS; i++)
		free(view->cells[i]);
	table_free(view->table);
	free(view);
}

static struct table *make_table(struct comparing *view)
{
	static const struct titled_column columns[COLUMNS] = {
		[NEED] = { "assess.need", 23, 0 },
		[OLDER] = { "assess.before", 14, 0 },
		[NEWER] = { "assess.now", 14, 0 },
		[CHANGE] = { "assess.change", 18, 0 },
		[NOTE] = { "assess.note", 0, 1 },
	};
	struct table *table =
	    titled_table(view->desk, columns, COLUMNS, NULL, fill, view);

	table_set_count(table, NEED_ROWS);
	return table;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct comparing *view = xcalloc(1, sizeof *view);
	const int64_t id = *(const int64_t *)about;

	view->desk = desk;
	view->table = make_table(view);
	if (read_one(view, id, &view->newer))
		(void)step_back(view, id);
	*state = view;
	return FAULT_NONE;
}

static void refresh(void *state)
{
	struct comparing *view = state;

	(void)read_one(view, view->newer.id, &view->newer);
}

/* "Version 1 (first), Mon 1 Jun 2026, by Sam". */
static char *version_words(const struct comparing *view,
			   const struct assess *assess)
{
	SCOPED(char_freep) char *title = need_version(view->desk, assess);
	SCOPED(char_freep)
	char *day = day_shown(view->desk->staff.words, assess->day ?: "");

	return xasprintf("%s · %s%s%s", title, day,
			 assess->author && assess->author[0] ? " · " : "",
			 assess->author ?: "");
}

/* "Speaks Dari → Speaks Dari, English": only what is new is said once; the
 * caller frees it. NULL: nothing is written in either. */
static char *beside(const char *older, const char *newer)
{
	if (older && newer && strcmp(older, newer) != 0)
		return xasprintf("%s → %s", older, newer);
	return newer ? xstrdup(newer) : older ? xasprintf("%s →", older) : NULL;
}

/* Of the person above, of the selected need below. */
static void draw_strengths(const struct comparing *view, struct canvas *canvas,
			   struct canvas_area *area)
{
	const enum domain domain = need_row(table_selected(view->table));
	SCOPED(char_freep)
	char *whole = beside(view->older.strengths, view->newer.strengths);
	SCOPED(char_freep)
	char *here = beside(view->older.levels[domain].strengths,
			    view->newer.levels[domain].strengths);

	need_strengths(view->desk, canvas, area, "assess.strengths_whole",
		       whole, NEED_ABOVE);
	need_strengths(view->desk, canvas, area, "assess.strengths_here", here,
		       NEED_BELOW);
}

static void draw(void *state, struct canvas *canvas)
{
	struct comparing *view = state;
	const char *language = view->desk->staff.language;
	const struct catalogue_argument count = { .name = "count",
						  .number =
						      (double)view->changed };
	SCOPED(char_freep)
	char *title = desk_word(view->desk, "assess.compare_title");
	SCOPED(char_freep) char *older = version_words(view, &view->older);
	SCOPED(char_freep) char *newer = version_words(view, &view->newer);
	SCOPED(char_freep)
	char *changed = desk_words(view->desk, "assess.changed", &count, 1);
	struct canvas_area area = frame_draw(view->desk, canvas, title);

	frame_line(canvas, area.y, 2, area.w - 3, older, language, CANVAS_PLAIN,
		   CANVAS_INK);
	frame_line(canvas, area.y + 1, 2, area.w - 3, newer, language,
		   CANVAS_PLAIN, CANVAS_INK);
	frame_line(canvas, area.y + 2, 2, area.w - 3, changed, language,
		   CANVAS_BOLD, CANVAS_INK);
	area.y += HEAD_ROWS;
	area.h -= HEAD_ROWS;
	draw_strengths(view, canvas, &area);
	table_draw(view->table, canvas, area, true);
}

static void go_older(struct desk *desk, void *state)
{
	struct comparing *view = state;

	if (!step_back(view, view->older.id))
		desk_say_key(desk, "assess.no_older");
	desk->dirty = true;
}

/* Back to the one right before the newer. */
static void go_last(struct desk *desk, void *state)
{
	struct comparing *view = state;

	(void)step_back(view, view->newer.id);
	desk->dirty = true;
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct comparing *view = state;

	if (!action_key(view->desk, event))
		(void)table_key(view->table, event);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '<', "assess.older", "assess.older_about", NULL, go_older },
	{ '>', "assess.last", "assess.last_about", NULL, go_last },
	{ 0 },
};

const struct view desk_compare_screen = {
	.name = "compare",
	.actions = actions,
	.marks = assess_marks,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
