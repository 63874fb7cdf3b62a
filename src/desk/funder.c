#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "desk/action.h"
#include "desk/frame.h"
#include "desk/open.h"
#include "desk/pick.h"
#include "desk/pieces.h"
#include "desk/printing.h"
#include "desk/reports.h"
#include "desk/saved.h"
#include "desk/titled.h"
#include "report/service_file.h"

/*
 * A funder's monthly file: first what would be rejected, with whom to mend it,
 * and then, as a file, what is sent.
 */
enum cell { WHO, DAY, COLUMN, WRONG, COLUMNS };

struct funding {
	struct desk *desk;
	char *name; /* of the profile */
	struct funder *funder;
	struct catalogue *theirs;
	struct period month;  /* of the file */
	struct period wanted; /* that is to be made next */
	struct service_file file;
	bool made;    /* there is one */
	bool stale;   /* it is made when this screen is the uppermost */
	bool working; /* a panel above makes it */
	char *cell;   /* of the last fill() */
	struct table *table;
	bool mending; /* the screen above may have mended something */
};

static struct wording wording_of(const struct desk *desk)
{
	return (struct wording){ desk->record, desk->staff.words,
				 &desk->staff.who };
}

/* Once this screen is looked at again. So many months after the one that is
 * seen. */
static void want_month(struct funding *view, int months)
{
	char day[DAYS_BYTES];

	days_months_after(view->month.first, months, day);
	day[strlen("2026-10")] = 0;
	(void)period_read(day, day, view->desk->clock.now, &view->wanted);
	view->mending = false;
	view->stale = true;
}

/* --- making it ------------------------------------------------------------ */

#define PIECE 20 /* services between two looks at keys and scans */

struct work {
	struct funding *view; /* the screen below */
	struct service_making *making;
};

static enum fault make_some(void *to, size_t piece)
{
	const struct work *work = to;

	return service_making_some(work->making, piece * PIECE, PIECE);
}

static void take_made(struct desk *desk, void *to)
{
	const struct work *work = to;
	struct funding *view = work->view;

	service_file_done(&view->file);
	service_making_end(work->making, &view->file);
	view->month = view->wanted;
	view->made = true;
	table_set_count(view->table, view->file.refusal_count);
	desk->dirty = true;
}

/* Ended before its end, what was seen before is seen again. */
static void work_free(void *to)
{
	struct work *work = to;

	work->view->working = false;
	service_making_free(work->making);
	free(work);
}

static void begin(struct funding *view)
{
	struct desk *desk = view->desk;
	const struct wording staff = wording_of(desk);
	struct work *work = xcalloc(1, sizeof *work);
	size_t count;

	*work = (struct work){ .view = view };
	view->stale = false;
	view->working = true;
	if (service_making_begin(
		&staff, view->theirs, view->funder, &view->wanted,
		settings_text(desk->settings, "kiosk", "zone", NULL),
		&work->making)) {
		work_free(work);
		desk_say_trouble(desk);
		return;
	}
	count = service_making_count(work->making);
	pieces_start(desk, &(struct pieces){
			       .title = view->funder->title,
			       .words = "service.making",
			       .count = count ? (count - 1) / PIECE + 1 : 1,
			       .each = make_some,
			       .done = take_made,
			       .drop = work_free,
			       .to = work });
}

/* None was made, and none will be: there is nothing to see. */
static bool is_over(const struct funding *view)
{
	return !view->made && !view->stale && !view->working;
}

static bool busy(const void *state)
{
	const struct funding *view = state;

	return view->stale || is_over(view);
}

static enum screen_next tick(void *state, int64_t moment)
{
	struct funding *view = state;

	(void)moment;
	if (view->stale)
		begin(view);
	return is_over(view) ? SCREEN_BACK : SCREEN_STAY;
}

/* --- what is seen --------------------------------------------------------- */

static struct table_cell fill(void *to, size_t row, int column)
{
	struct funding *view = to;
	const struct service_refusal *refusal = &view->file.refusals[row];
	const struct wording staff = wording_of(view->desk);

	char_wipe(view->cell);
	view->cell = column == WHO   ? xstrdup(refusal->who)
		     : column == DAY ? xstrdup(refusal->day)
		     : column == COLUMN
			 ? xstrdup(refusal->column)
			 : service_refusal_words(&staff, refusal);
	return (struct table_cell){ .text = view->cell,
				    .colour = CANVAS_INK,
				    .bold = column == WRONG };
}

static void leave(void *state)
{
	struct funding *view = state;

	service_file_done(&view->file);
	catalogue_free(view->theirs);
	funder_free(view->funder);
	char_wipe(view->cell);
	table_free(view->table);
	free(view->name);
	free(view);
}

/* A profile that is wrong says where: an agency writes its own. */
static enum fault read_profile(struct funding *view)
{
	struct desk *desk = view->desk;
	SCOPED(char_freep) char *path = funder_path(desk->home, view->name);
	struct findings findings = { 0 };
	enum fault fault =
	    path ? funder_read(desk->record, path, &findings, &view->funder)
		 : FAULT_FORMAT;

	if (fault)
		desk_say(desk,
			 findings.count ? xstrdup(findings.list[0].line)
					: desk_word(desk, "service.no_profile"),
			 true);
	findings_done(&findings);
	return fault;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[COLUMNS] = {
		[WHO] = { "service.person", 9, 0 },
		[DAY] = { "field.service_contact.day", 10, 1 },
		[COLUMN] = { "service.column", 18, 2 },
		[WRONG] = { "service.wrong", 0, 0 },
	};
	struct funding *view = xcalloc(1, sizeof *view);
	enum fault fault;

	view->desk = desk;
	view->name = xstrdup(about);
	if (read_profile(view)) {
		leave(view);
		return FAULT_NONE;
	}
	(void)period_read(NULL, NULL, desk->clock.now, &view->month);
	want_month(view, -1);
	view->month = view->wanted;
	view->table = titled_table(desk, columns, COLUMNS,
				   "service.none_rejected", fill, view);
	if ((fault = reports_words(view->funder->language, &view->theirs))) {
		leave(view);
		return fault;
	}
	*state = view;
	return FAULT_NONE;
}

static void draw_line(const struct funding *view, struct canvas *canvas,
		      const char *key, struct canvas_area *area)
{
	const struct service_file *file = &view->file;
	const struct catalogue_argument parts[] = {
		{ .name = "title", .text = view->funder->title },
		{ .name = "first", .text = view->month.first },
		{ .name = "last", .text = view->month.last },
		{ .name = "rows", .number = (double)file->rows },
		{ .name = "refused", .number = (double)file->refused },
		{ .name = "not_agreed", .number = (double)file->not_agreed },
		{ .name = "unseen", .number = (double)file->unseen },
	};
	SCOPED(char_freep)
	char *words = desk_words(view->desk, key, parts, COUNT(parts));

	frame_line(canvas, area->y++, 2, area->w - 3, words,
		   view->desk->staff.language, CANVAS_BOLD, CANVAS_INK);
	area->h--;
}

#define WHOLE_ROWS 3

/* What is wrong with the selected one, where its column has no room for it. */
static void draw_whole(struct funding *view, struct canvas *canvas,
		       struct canvas_area *area)
{
	const struct wording staff = wording_of(view->desk);
	SCOPED(char_wipep) char *words = NULL;

	if (!view->file.refusal_count || area->h <= 2 * WHOLE_ROWS)
		return;
	area->h -= WHOLE_ROWS;
	words = service_refusal_words(
	    &staff, &view->file.refusals[table_selected(view->table)]);
	(void)canvas_text(canvas, &(struct canvas_text){
				      .y = area->y + area->h,
				      .x = 2,
				      .h = WHOLE_ROWS,
				      .w = area->w - 4,
				      .text = words,
				      .language = view->desk->staff.language,
				      .colour = CANVAS_INK,
				      .caret = -1,
				  });
}

static void draw(void *state, struct canvas *canvas)
{
	struct funding *view = state;
	SCOPED(char_freep)
	char *title = desk_word(view->desk, "service.title");
	struct canvas_area area = frame_draw(view->desk, canvas, title);

	if (!view->made)
		return;
	draw_line(view, canvas, "service.head", &area);
	draw_line(view, canvas, "service.rows", &area);
	draw_line(view, canvas, "service.left_out", &area);
	draw_whole(view, canvas, &area);
	table_draw(view->table, canvas, area, true);
}

static void refresh(void *state)
{
	struct funding *view = state;

	if (view->mending)
		want_month(view, 0);
}

/* --- what is done --------------------------------------------------------- */

static bool has_file(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct funding *)state)->made;
}

static bool has_row(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct funding *)state)->file.refusal_count > 0;
}

static bool is_of_contact(const struct funding *view, const char *name)
{
	for (size_t i = 0; i < view->funder->count; i++) {
		const struct column *column = &view->funder->columns[i].from;

		if (strcmp(column->name, name) == 0)
			return column->kind == kind_find("service_contact");
	}
	return false;
}

/* Where it is mended: at the service itself, or at the person's page. */
static void mend(struct desk *desk, void *state)
{
	struct funding *view = state;
	const struct service_refusal *refusal =
	    &view->file.refusals[table_selected(view->table)];
	const int64_t contact = refusal->contact, person = refusal->person;

	view->mending = true;
	if (is_of_contact(view, refusal->column))
		open_entity(desk, kind_find("service_contact"), contact);
	else
		open_entity(desk, kind_find("person"), person);
}

static void next_month(struct desk *desk, void *state)
{
	(void)desk;
	want_month(state, 1);
}

static void last_month(struct desk *desk, void *state)
{
	(void)desk;
	want_month(state, -1);
}

/* A month that has not begun has no services. */
static bool has_next(const struct desk *desk, const void *state)
{
	const struct funding *view = state;

	(void)desk;
	return view->made && strcmp(view->month.last, view->month.today) < 0;
}

static const struct {
	const char *word;
	enum service_table table;
	const char *ending;
} savings[] = {
	{ "service.save_csv", SERVICE_ROWS, ".csv" },
	{ "service.save_xlsx", SERVICE_ROWS, ".xlsx" },
	{ "service.save_rejected", SERVICE_REFUSALS, ".csv" },
	{ "service.save_json", SERVICE_ROWS, ".json" },
};

static void save_as(struct desk *desk, void *to, const size_t *rows,
		    size_t count)
{
	struct funding *view = to;
	const struct wording staff = wording_of(desk);
	SCOPED(char_freep) char *name = NULL;
	SCOPED(char_freep) char *path = NULL;
	char days[PERIOD_NAME];
	struct bytes bytes = { 0 };
	enum service_table table;
	const char *ending;
	enum fault fault;

	if (!count)
		return;
	table = savings[rows[0]].table;
	ending = savings[rows[0]].ending;
	period_name(&view->month, days);
	name = xasprintf("services-%s-%s%s", view->name, days,
			 table == SERVICE_ROWS ? "" : "-rejected");
	if (strcmp(ending, ".xlsx") != 0) {
		if (strcmp(ending, ".json") == 0)
			service_file_json(&view->file, table, &staff,
					  &view->month, &bytes);
		else
			service_file_csv(&view->file, table, &staff, &bytes);
		saved_put(desk, name, ending, &bytes);
		bytes_wipe(&bytes);
		return;
	}
	if (!(fault = saved_path(desk, name, ending, &path)))
		fault = service_file_workbook(&view->file, table, &staff, path);
	saved_say(desk, fault, path);
}

static void save(struct desk *desk, void *state)
{
	SCOPED(char_freep) char *title = desk_word(desk, "service.save");
	char *rows[COUNT(savings)];

	for (size_t i = 0; i < COUNT(savings); i++)
		rows[i] = desk_word(desk, savings[i].word);
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)rows,
					.count = COUNT(savings),
					.done = save_as,
					.to = state });
	for (size_t i = 0; i < COUNT(savings); i++)
		free(rows[i]);
}

/* The summary: the agency's own. */
static void print(struct desk *desk, void *state)
{
	const struct funding *view = state;
	const struct wording staff = wording_of(desk);
	SCOPED(printing_about_done) struct about about = { 0 };
	SCOPED(page_freep) struct page *page = NULL;
	SCOPED(char_freep) char *report = xasprintf("services-%s", view->name);
	SCOPED(char_freep)
	char *name = period_file(&view->month, report, desk->staff.language);

	if (printing_about(desk, NULL, &about)) {
		desk_say_key(desk, "desk.print_failed");
		return;
	}
	page = service_file_page(&view->file, &staff, &view->month, &about);
	printing_put(desk, page, name);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct funding *view = state;

	if (!action_key(view->desk, event))
		(void)table_key(view->table, event);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "service.mend", "service.mend_about", has_row, mend },
	{ '<', "service.last_month", "service.last_month_about", has_file,
	  last_month },
	{ '>', "service.next_month", "service.next_month_about", has_next,
	  next_month },
	{ 'd', "desk.export", "service.save_about", has_file, save },
	{ 'p', "desk.print", "service.print_about", has_file, print },
	{ 0 },
};

const struct view desk_funder_screen = {
	.name = "funder",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.busy = busy,
	.tick = tick,
	.refresh = refresh,
	.leave = leave,
};
