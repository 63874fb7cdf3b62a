#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "base/spreadsheet.h"
#include "desk/action.h"
#include "desk/frame.h"
#include "desk/pick.h"
#include "desk/printing.h"
#include "desk/reports.h"
#include "desk/saved.h"
#include "report/report_write.h"
#include "text/cells.h"
#include "ui/table.h"

/*
 * A table of a report at a time. Every column is seen, however narrow the
 * window: long titles wrap, and below the rows stands what was counted.
 */
#define TITLE_ROWS 4
#define NAME_LEAST 16  /* cells that what is counted by should have */
#define NAME_MORE 20   /* cells beside those that they should have first */
#define NUMBER_LEAST 5 /* cells of a count */
#define NUMBER_MOST 14
#define MEANS_SHARE 3 /* a third of the rows for what was counted */

struct showing {
	struct desk *desk;
	struct reports_shown of;
	struct catalogue *words;
	size_t report, at; /* the table that is seen */
	struct table *table;
	int width; /* of the area that the table was made for */
};

enum fault reports_words(const char *language, struct catalogue **out)
{
	SCOPED(char_freep) char *shipped = data_path("translations");

	*out = catalogue_new(language);
	return catalogue_add_family(*out, shipped, "desk");
}

static const struct figures *seen(const struct showing *view)
{
	return &view->of.reports[view->report].tables[view->at];
}

static struct wording wording_of(const struct showing *view)
{
	const struct desk *desk = view->desk;

	return (struct wording){ desk->record, view->words, &desk->staff.who };
}

/* --- the table ------------------------------------------------------------
 */

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct figures *figures = seen(to);
	const bool total = row == figures->rows;
	const struct figure *figure =
	    total ? &figures->totals[column]
		  : figures_at(figures, row, (size_t)column);

	return (struct table_cell){ .text = figure->words,
				    .colour = figure->value ? CANVAS_INK
							    : CANVAS_QUIET,
				    .bold = total };
}

static int longest_word(const char *text)
{
	int longest = 0;

	while (*text) {
		const size_t length = strcspn(text, " ");
		SCOPED(char_freep) char *word = xstrndup(text, length);
		const int cells = text_cells(word);

		longest = cells > longest ? cells : longest;
		text += length + (text[length] == ' ');
	}
	return longest;
}

static int widest_value(const struct figures *figures, size_t column)
{
	int widest = NUMBER_LEAST;

	for (size_t row = 0; row <= figures->rows; row++) {
		const struct figure *figure =
		    row < figures->rows ? figures_at(figures, row, column)
		    : figures->totals   ? &figures->totals[column]
					: NULL;
		const int cells = figure ? text_cells(figure->words) : 0;

		widest = cells > widest ? cells : widest;
	}
	return widest;
}

/* In a wide window titles need no wrapping. */
static void widen(const struct figures *figures, int spare,
		  struct table_column columns[TALLY_COLUMNS])
{
	for (size_t i = 0; i < figures->width; i++) {
		int more = text_cells(figures->heads[i]) - columns[i].width;

		if (!columns[i].width || more <= 0 || spare <= 0)
			continue;
		more = more < spare ? more : spare;
		columns[i].width += more;
		spare -= more;
	}
}

/* Numbers have what their titles' words want, less where it would leave the
 * names too little; names share the rest. */
static void choose_widths(const struct figures *figures, int room,
			  struct table_column columns[TALLY_COLUMNS])
{
	int least[TALLY_COLUMNS], left = room;

	for (size_t i = 0; i < figures->width; i++) {
		const bool names = figures->columns[i]->measure == TALLY_BY;
		int word = longest_word(figures->heads[i]);

		least[i] = names ? 0 : widest_value(figures, i);
		word = word > NUMBER_MOST ? NUMBER_MOST : word;
		columns[i].width = names             ? 0
				   : word > least[i] ? word
						     : least[i];
		left -= 2 + (names ? NAME_LEAST : columns[i].width);
	}
	widen(figures, left - NAME_MORE, columns);
	for (bool cut = true; left < 0 && cut;) {
		cut = false;
		for (size_t i = figures->width; left < 0 && i-- > 0;) {
			if (columns[i].width <= least[i])
				continue;
			columns[i].width--;
			left++;
			cut = true;
		}
	}
}

static void make_table(struct showing *view, int width)
{
	const struct figures *figures = seen(view);
	const struct wording wording = wording_of(view);
	SCOPED(char_freep)
	char *none = wording_or(&wording, "report.none", "-");
	struct table_column columns[TALLY_COLUMNS] = { 0 };
	const size_t row = view->table ? table_selected(view->table) : 0;

	choose_widths(figures, width - 1, columns);
	for (size_t i = 0; i < figures->width; i++) {
		columns[i].title = figures->heads[i];
		columns[i].align = figures->columns[i]->measure == TALLY_BY
				       ? CANVAS_START
				       : CANVAS_END;
	}
	table_free(view->table);
	view->width = width;
	view->table = table_new(&(struct table_options){
	    .language = view->of.language,
	    .columns = columns,
	    .column_count = (int)figures->width,
	    .empty = none,
	    .title_rows = TITLE_ROWS,
	    .fill = fill,
	    .to = view,
	});
	/* A total says nothing new of a single row. */
	table_set_count(view->table,
			figures->rows + (figures->totals && figures->rows > 1));
	table_select(view->table, row);
}

/* --- the screen -----------------------------------------------------------
 */

static void leave(void *state)
{
	struct showing *view = state;

	for (size_t i = 0; i < view->of.count; i++)
		reported_done(&view->of.reports[i]);
	free(view->of.reports);
	catalogue_free(view->words);
	table_free(view->table);
	free(view);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct showing *view = xcalloc(1, sizeof *view);
	enum fault fault;

	view->desk = desk;
	view->of = *(const struct reports_shown *)about;
	if ((fault = reports_words(view->of.language, &view->words))) {
		leave(view);
		return fault;
	}
	*state = view;
	return FAULT_NONE;
}

/* Of all tables, from 1. */
static size_t place(const struct showing *view, size_t *all)
{
	size_t before = 0;

	*all = 0;
	for (size_t i = 0; i < view->of.count; i++) {
		before += i < view->report ? view->of.reports[i].count : 0;
		*all += view->of.reports[i].count;
	}
	return before + view->at + 1;
}

/* "2/8 · Waits by level · 2026-10-01 – 2026-10-31" */
static char *head_words(const struct showing *view)
{
	const struct wording wording = wording_of(view);
	const struct tally_period period = period_tally(&view->of.period);
	SCOPED(char_freep)
	char *days = figures_days(&wording, seen(view), &period);
	size_t all;
	const size_t at = place(view, &all);

	return xasprintf("%zu/%zu · %s · %s", at, all, seen(view)->title, days);
}

/* Text at the bottom of an area, which becomes smaller by it. */
static void draw_below(const struct showing *view, struct canvas *canvas,
		       const char *words, struct canvas_area *area)
{
	struct canvas_text text = {
		.x = 2,
		.h = area->h / MEANS_SHARE,
		.w = area->w - 4,
		.text = words,
		.language = view->of.language,
		.colour = CANVAS_QUIET,
		.caret = -1,
	};
	const int rows = canvas_text_rows(canvas, &text);

	if (!words || text.h < 1)
		return;
	text.h = rows < text.h ? rows : text.h;
	text.y = area->y + area->h - text.h;
	area->h -= text.h;
	(void)canvas_text(canvas, &text);
}

static void draw(void *state, struct canvas *canvas)
{
	struct showing *view = state;
	struct desk *desk = view->desk;
	const struct reported *reported = &view->of.reports[view->report];
	SCOPED(char_freep) char *head = head_words(view);
	struct canvas_area area = frame_draw(desk, canvas, reported->title);

	if (view->width != area.w)
		make_table(view, area.w);
	frame_line(canvas, area.y, 2, area.w - 3, head, view->of.language,
		   CANVAS_BOLD, CANVAS_INK);
	area.y++;
	area.h--;
	draw_below(view, canvas, seen(view)->means, &area);
	if (reported->note)
		draw_below(view, canvas, reported->note, &area);
	table_draw(view->table, canvas, area, true);
}

/* --- moving ---------------------------------------------------------------
 */

static bool has_next(const struct desk *desk, const void *state)
{
	size_t all;

	(void)desk;
	return place(state, &all) < all;
}

static bool has_last(const struct desk *desk, const void *state)
{
	size_t all;

	(void)desk;
	return place(state, &all) > 1;
}

static void show_anew(struct showing *view)
{
	table_free(view->table);
	view->table = NULL;
	view->width = 0;
}

static void next(struct desk *desk, void *state)
{
	struct showing *view = state;

	(void)desk;
	if (++view->at == view->of.reports[view->report].count) {
		view->report++;
		view->at = 0;
	}
	show_anew(view);
}

static void last(struct desk *desk, void *state)
{
	struct showing *view = state;

	(void)desk;
	if (!view->at)
		view->at = view->of.reports[--view->report].count;
	view->at--;
	show_anew(view);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct showing *view = state;

	if (action_key(view->desk, event))
		return SCREEN_STAY;
	if (event->key == UI_KEY_RIGHT && has_next(view->desk, view))
		next(view->desk, view);
	else if (event->key == UI_KEY_LEFT && has_last(view->desk, view))
		last(view->desk, view);
	else if (view->table)
		(void)table_key(view->table, event);
	return SCREEN_STAY;
}

/* --- what goes out of it --------------------------------------------------
 */

enum ending { CSV, JSON, WORKBOOK, ENDINGS };

static void save_text(struct showing *view, enum ending ending,
		      const struct report_about *about)
{
	SCOPED(char_freep)
	char *name =
	    period_file(&view->of.period, view->of.name, view->of.language);
	struct bytes bytes = { 0 };

	if (ending == CSV)
		spreadsheet_begin(&bytes);
	for (size_t i = 0; i < view->of.count; i++)
		(ending == CSV ? report_csv : report_json)(&view->of.reports[i],
							   about, &bytes);
	saved_put(view->desk, name, ending == CSV ? ".csv" : ".json", &bytes);
	bytes_done(&bytes);
}

static void save_workbook(struct showing *view,
			  const struct report_about *about)
{
	SCOPED(char_freep)
	char *name =
	    period_file(&view->of.period, view->of.name, view->of.language);
	SCOPED(char_freep) char *path = NULL;
	enum fault fault = saved_path(view->desk, name, ".xlsx", &path);

	if (!fault)
		fault = report_workbook(view->of.reports, view->of.count, about,
					path);
	saved_say(view->desk, fault, path);
}

static void save_as(struct desk *desk, void *to, const size_t *rows,
		    size_t count)
{
	struct showing *view = to;
	const struct wording wording = wording_of(view);
	const struct report_about about = {
		.agency = settings_text(desk->settings, "agency", "name", NULL),
		.period = &view->of.period,
		.wording = &wording,
		.made_up = home_is_demo(desk->home),
	};

	if (count && rows[0] == WORKBOOK)
		save_workbook(view, &about);
	else if (count)
		save_text(view, (enum ending)rows[0], &about);
}

static void save(struct desk *desk, void *state)
{
	static const char *const keys[ENDINGS] = {
		[CSV] = "reports.csv",
		[JSON] = "reports.json",
		[WORKBOOK] = "reports.xlsx",
	};
	SCOPED(char_freep) char *title = desk_word(desk, "reports.save");
	char *rows[ENDINGS];

	for (size_t i = 0; i < ENDINGS; i++)
		rows[i] = desk_word(desk, keys[i]);
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)rows,
					.count = ENDINGS,
					.done = save_as,
					.to = state });
	for (size_t i = 0; i < ENDINGS; i++)
		free(rows[i]);
}

/* The report that is seen, all of its tables. */
static void print(struct desk *desk, void *state)
{
	const struct showing *view = state;
	const struct reported *reported = &view->of.reports[view->report];
	const struct wording wording = wording_of(view);
	SCOPED(printing_about_done) struct about about = { 0 };
	SCOPED(page_freep) struct page *page = NULL;
	SCOPED(char_freep)
	char *name = period_file(&view->of.period, reported->report->name,
				 view->of.language);

	if (printing_about(desk, NULL, &about)) {
		desk_say_key(desk, "desk.print_failed");
		return;
	}
	page = report_page(reported,
			   &(struct report_about){ .period = &view->of.period,
						   .wording = &wording },
			   &about);
	printing_put(desk, page, name);
}

static const struct action actions[] = {
	{ '>', "reports.next", "reports.next_about", has_next, next },
	{ '<', "reports.last", "reports.last_about", has_last, last },
	{ 'd', "desk.export", "reports.save_about", NULL, save },
	{ 'p', "desk.print", "reports.print_about", NULL, print },
	{ 0 },
};

const struct view desk_report_screen = {
	.name = "report",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
