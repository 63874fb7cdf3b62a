#include "desk/listing.h"

#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/add.h"
#include "desk/frame.h"
#include "desk/open.h"
#include "desk/sift.h"
#include "desk/tabled.h"
#include "text/cells.h"
#include "text/fold.h"
#include "ui/table.h"

#define NARROW 10    /* cells: wider columns share what is left */
#define MEASURED 200 /* rows that a column's width is learnt from */

struct listing_view {
	struct desk *desk;
	const struct listing *listing;
	struct listed *listed;
	size_t *fit; /* rows that fit what is typed */
	size_t fit_count;
	struct sift *sift;
	struct table *table;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	struct listing_view *view = to;

	size_t of = view->fit[row], place = (size_t)column;

	return (struct table_cell){
		.text = listed_cell(view->listed, of, place),
		.colour = listed_known(view->listed, of, place) ? CANVAS_INK
								: CANVAS_QUIET,
	};
}

/* --- rows ------------------------------------------------------------------
 */

static void look(struct listing_view *view)
{
	SCOPED(char_freep) char *typed = fold_words(sift_text(view->sift));
	size_t count = listed_count(view->listed);

	free(view->fit);
	view->fit = xcalloc(count + 1, sizeof *view->fit);
	view->fit_count = 0;
	for (size_t i = 0; i < count; i++) {
		if (!typed[0] || listed_fits(view->listed, i, typed))
			view->fit[view->fit_count++] = i;
	}
	table_set_count(view->table, view->fit_count);
}

static int64_t selected(const struct listing_view *view)
{
	return view->fit_count
		   ? listed_id(view->listed,
			       view->fit[table_selected(view->table)])
		   : 0;
}

/* The cursor stays with what it is on. */
static void select_id(struct listing_view *view, int64_t id)
{
	for (size_t i = 0; i < view->fit_count; i++) {
		if (listed_id(view->listed, view->fit[i]) == id)
			table_select(view->table, i);
	}
}

static void refresh(void *state)
{
	struct listing_view *view = state;
	int64_t id = selected(view);
	struct listed *listed;

	if (listed_read(view->desk, view->listing, &listed)) {
		desk_say_trouble(view->desk);
		return;
	}
	listed_free(view->listed);
	view->listed = listed;
	look(view);
	select_id(view, id);
}

/* --- the screen ------------------------------------------------------------
 */

static int widest(struct listing_view *view, size_t column, const char *title)
{
	size_t rows = listed_count(view->listed);
	int widest = text_cells(title);

	for (size_t i = 0; i < rows && i < MEASURED; i++) {
		int cells = text_cells(listed_cell(view->listed, i, column));

		if (cells > widest)
			widest = cells;
	}
	return widest;
}

/* The first column always stays, the last is the first to go. */
static struct table *make_table(struct listing_view *view)
{
	struct desk *desk = view->desk;
	const struct listing *listing = view->listing;
	struct table_column columns[LISTING_COLUMNS];
	size_t width = listing_width(listing);
	SCOPED(char_freep)
	char *key = xasprintf("list.%s.empty", listing->name);
	SCOPED(char_freep)
	char *empty = desk_word(desk, catalogue_english(desk->staff.words, key)
					  ? key
					  : "desk.list_empty");
	struct table *table;

	for (size_t i = 0; i < width; i++) {
		char *title = listing_heading(desk, listing, i);
		int cells = widest(view, i, title);

		columns[i] = (struct table_column){
			.title = title,
			.width = cells <= NARROW || width == 1 ? cells : 0,
			.align = CANVAS_START,
			.keep = (int)i,
		};
	}
	if (width == 1)
		columns[0].width = 0;
	table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = (int)width,
	    .empty = empty,
	    .fill = fill,
	    .to = view,
	});
	for (size_t i = 0; i < width; i++)
		free((char *)columns[i].title);
	return table;
}

static void leave(void *state)
{
	struct listing_view *view = state;

	listed_free(view->listed);
	free(view->fit);
	sift_free(view->sift);
	table_free(view->table);
	free(view);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct listing_view *view = xcalloc(1, sizeof *view);
	SCOPED(char_freep) char *filter = desk_word(desk, "desk.filter");
	enum fault fault;

	view->desk = desk;
	view->listing = about;
	view->sift = sift_new(desk, filter);
	if ((fault = listed_read(desk, view->listing, &view->listed))) {
		leave(view);
		return fault;
	}
	view->table = make_table(view);
	look(view);
	*state = view;
	return FAULT_NONE;
}

static char *shown_note(const struct listing_view *view)
{
	const struct catalogue_argument count = {
		.name = "count",
		.number = (double)view->fit_count,
	};

	return desk_words(view->desk, "desk.rows_shown", &count, 1);
}

static void draw(void *state, struct canvas *canvas)
{
	struct listing_view *view = state;
	struct desk *desk = view->desk;
	SCOPED(char_freep) char *title = listing_title(desk, view->listing);
	SCOPED(char_freep) char *words = listed_words(desk, view->listed);
	SCOPED(char_freep) char *note = shown_note(view);
	struct canvas_area area = frame_draw(desk, canvas, title);

	frame_line(canvas, area.y, 2, area.w - 3, words, desk->staff.language,
		   CANVAS_BOLD, CANVAS_INK);
	area.y++;
	area.h--;
	(void)sift_draw(view->sift, canvas, &area, note);
	table_draw(view->table, canvas, area, true);
}

static void open_selected(struct desk *desk, void *state)
{
	const struct listing_view *view = state;

	/* A row of counts opens nothing. */
	if (view->fit_count && selected(view))
		open_entity(desk, kind_find(view->listing->kind),
			    selected(view));
}

static bool writing(const void *state)
{
	return sift_is_typed(((const struct listing_view *)state)->sift);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct listing_view *view = state;

	if (sift_is_typed(view->sift)) {
		if (sift_key(view->sift, view->table, event)) {
			look(view);
			table_select(view->table, 0);
		}
		return SCREEN_STAY;
	}
	if (action_key(view->desk, event))
		return SCREEN_STAY;
	if (table_key(view->table, event) == TABLE_OPENED)
		open_selected(view->desk, view);
	return SCREEN_STAY;
}

/* --- what goes out of it ---------------------------------------------------
 */

/* The rows in sight, as they are shown. */
static const char *cell_of(void *to, size_t row, size_t column)
{
	struct listing_view *view = to;

	return listed_cell(view->listed, view->fit[row], column);
}

static void put_out(struct listing_view *view,
		    void (*put)(struct desk *desk, const struct tabled *table))
{
	struct desk *desk = view->desk;
	const size_t width = listing_width(view->listing);
	SCOPED(char_freep) char *title = listing_title(desk, view->listing);
	SCOPED(char_freep) char *words = listed_words(desk, view->listed);
	char *heads[LISTING_COLUMNS];

	for (size_t i = 0; i < width; i++)
		heads[i] = listing_heading(desk, view->listing, i);
	put(desk, &(struct tabled){ .name = view->listing->name,
				    .title = title,
				    .count = words,
				    .heads = (const char *const *)heads,
				    .columns = width,
				    .rows = view->fit_count,
				    .cell = cell_of,
				    .to = view });
	for (size_t i = 0; i < width; i++)
		free(heads[i]);
}

static void export(struct desk *desk, void *state)
{
	(void)desk;
	put_out(state, tabled_export);
}

static void print(struct desk *desk, void *state)
{
	(void)desk;
	put_out(state, tabled_print);
}

static void filter(struct desk *desk, void *state)
{
	(void)desk;
	sift_type(((struct listing_view *)state)->sift);
}

static bool has_rows(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct listing_view *)state)->fit_count > 0;
}

static bool may_add(const struct desk *desk, const void *state)
{
	const struct listing_view *view = state;

	return add_may(desk, kind_find(view->listing->kind));
}

static void make_new(struct desk *desk, void *state)
{
	const struct listing_view *view = state;

	add_new(desk, kind_find(view->listing->kind));
}

static const struct action actions[] = {
	{ '\r', "desk.open", "desk.open_row_about", has_rows, open_selected },
	{ 'f', "desk.filter", "desk.filter_about", NULL, filter },
	{ '+', "desk.new_row", "desk.new_row_about", may_add, make_new },
	{ 'd', "desk.export", "desk.export_about", NULL, export },
	{ 'p', "desk.print", "desk.print_about", NULL, print },
	{ 0 },
};

const struct view desk_listing_screen = {
	.name = "list",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = writing,
	.refresh = refresh,
	.leave = leave,
};
