#include "desk/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/answer.h"
#include "desk/audit_inside.h"
#include "desk/frame.h"
#include "desk/open.h"
#include "desk/tabled.h"
#include "desk/titled.h"
#include "ui/table.h"

#define PAGE_ROWS 200  /* that are read, and scrolled through, at once */
#define OUT_MOST 10000 /* rows of a spreadsheet or on paper */

static const char *const titles[AUDIT_CELLS] = {
	[AUDIT_WHEN] = "audit.when",   [AUDIT_WHO] = "audit.who",
	[AUDIT_DID] = "audit.did",     [AUDIT_WHAT] = "audit.what",
	[AUDIT_ABOUT] = "audit.about", [AUDIT_FIELDS] = "audit.fields",
};

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct auditing *view = to;

	return (struct table_cell){
		.text = view->lines.lines[row].cells[column],
		.colour = column == AUDIT_FIELDS ? CANVAS_QUIET : CANVAS_INK,
	};
}

/* --- reading ---------------------------------------------------------------
 */

struct reading {
	const struct desk *desk;
	struct audit_lines lines;
	size_t most;
	bool more;
};

static bool take(void *to, const struct audit_row *row)
{
	struct reading *reading = to;

	reading->more = reading->lines.count == reading->most;
	if (!reading->more)
		audit_line_add(reading->desk, &reading->lines, row);
	return !reading->more;
}

/* False: the message line says why not. */
static bool read_rows(struct auditing *view, const char *act, int64_t from,
		      struct reading *reading)
{
	struct desk *desk = view->desk;
	struct audit_wanted wanted = view->wanted;
	enum entity_answer answer;

	wanted.user = view->user;
	wanted.subject = view->subject;
	wanted.row = from;
	wanted.most = reading->most + 1;
	if (audit_read(desk->record, &wanted, act, &desk->staff.who,
		       desk->clock.now, &answer, take, reading)) {
		audit_lines_done(&reading->lines);
		desk_say_trouble(desk);
		return false;
	}
	if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	return answer == ENTITY_DONE;
}

/* The page that begins below a row; what cannot be read leaves the old one. */
static bool read_page(struct auditing *view, int64_t from)
{
	struct reading reading = { .desk = view->desk, .most = PAGE_ROWS };

	if (!read_rows(view, "view", from, &reading))
		return false;
	audit_lines_done(&view->lines);
	view->lines = reading.lines;
	view->more = reading.more;
	table_set_count(view->table, view->lines.count);
	table_select(view->table, 0);
	return true;
}

void audit_anew(struct auditing *view)
{
	view->page = 0;
	(void)read_page(view, 0);
}

/* --- the screen ------------------------------------------------------------
 */

static void leave(void *state)
{
	struct auditing *view = state;

	while (view->name_count)
		free(view->names[--view->name_count]);
	audit_lines_done(&view->lines);
	free(view->user);
	free(view->subject);
	free(view->day);
	free(view->number);
	free(view->pages);
	table_free(view->table);
	free(view);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	const struct titled_column columns[AUDIT_CELLS] = {
		[AUDIT_WHEN] = { titles[AUDIT_WHEN], 16, 0 },
		[AUDIT_WHO] = { titles[AUDIT_WHO], 0, 0 },
		[AUDIT_DID] = { titles[AUDIT_DID], 14, 0 },
		[AUDIT_WHAT] = { titles[AUDIT_WHAT], 0, 0 },
		[AUDIT_ABOUT] = { titles[AUDIT_ABOUT], 8, 2 },
		[AUDIT_FIELDS] = { titles[AUDIT_FIELDS], 0, 3 },
	};
	struct auditing *view = xcalloc(1, sizeof *view);

	(void)about;
	view->desk = desk;
	view->table =
	    titled_table(desk, columns, AUDIT_CELLS, "audit.empty", fill, view);
	if (!read_page(view, 0)) {
		leave(view);
		return FAULT_NONE;
	}
	*state = view;
	return FAULT_NONE;
}

static void join(struct bytes *line, const char *part)
{
	if (part && part[0])
		bytes_add_format(line, "%s%s", line->length ? " · " : "", part);
}

/* "200 rows and older ones · Sam · P-12 · Mon 23 Nov 2026 · Note". */
static char *head_words(const struct auditing *view)
{
	const struct desk *desk = view->desk;
	const struct catalogue_argument of[] = {
		{ .name = "count", .number = (double)view->lines.count },
		{ .name = "page", .number = (double)view->page + 1 },
	};
	SCOPED(char_freep)
	char *rows = desk_words(
	    desk, view->more ? "audit.rows_more" : "audit.rows", of, COUNT(of));
	SCOPED(char_freep)
	char *subject =
	    view->subject ? audit_subject_word(desk, view->subject) : NULL;
	struct bytes line = { 0 };

	join(&line, rows);
	join(&line, view->user);
	join(&line, view->number);
	join(&line, view->day);
	join(&line, subject);
	return bytes_take_text(&line);
}

/* All of the selected row, which the columns may have cut. */
static void draw_whole(struct auditing *view, struct canvas *canvas,
		       struct canvas_area area)
{
	const struct audit_line *line =
	    &view->lines.lines[table_selected(view->table)];
	struct bytes text = { 0 };

	if (!view->lines.count)
		return;
	for (int i = 0; i < AUDIT_CELLS; i++)
		join(&text, line->cells[i]);
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y,
				.x = 2,
				.h = area.h,
				.w = area.w - 4,
				.text = (char *)text.data,
				.language = view->desk->staff.language,
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
	bytes_wipe(&text);
}

#define WHOLE_ROWS 2

static void draw(void *state, struct canvas *canvas)
{
	struct auditing *view = state;
	struct desk *desk = view->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "audit.audit");
	SCOPED(char_freep) char *head = head_words(view);
	struct canvas_area area = frame_draw(desk, canvas, title);
	struct canvas_area whole = area;

	frame_line(canvas, area.y, 2, area.w - 3, head, desk->staff.language,
		   CANVAS_BOLD, CANVAS_INK);
	whole.y += area.h - WHOLE_ROWS;
	whole.h = WHOLE_ROWS;
	area.y++;
	area.h -= WHOLE_ROWS + 1;
	table_draw(view->table, canvas, area, true);
	draw_whole(view, canvas, whole);
}

/* --- actions ---------------------------------------------------------------
 */

static const struct audit_line *selected(const struct auditing *view)
{
	return view->lines.count
		   ? &view->lines.lines[table_selected(view->table)]
		   : NULL;
}

/* An auditor sees no client, so nothing is opened for them. */
static bool may_open(const struct desk *desk, const void *state)
{
	const struct audit_line *line = selected(state);
	const unsigned roles = desk->staff.who.roles;

	return line && line->kind &&
	       (!roles || !line->kind->read || line->kind->read & roles);
}

static void open_selected(struct desk *desk, void *state)
{
	const struct audit_line *line = selected(state);

	open_entity(desk, line->kind, line->id);
}

static bool has_older(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct auditing *)state)->more;
}

static bool has_newer(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct auditing *)state)->page > 0;
}

static void older(struct desk *desk, void *state)
{
	struct auditing *view = state;
	const int64_t from = view->lines.lines[view->lines.count - 1].row;

	(void)desk;
	if (!read_page(view, from))
		return;
	view->page++;
	view->pages =
	    xreallocarray(view->pages, view->page + 1, sizeof *view->pages);
	view->pages[view->page] = from;
}

static void newer(struct desk *desk, void *state)
{
	struct auditing *view = state;
	const int64_t from = view->page > 1 ? view->pages[view->page - 1] : 0;

	(void)desk;
	if (read_page(view, from))
		view->page--;
}

/* --- what goes out of it ---------------------------------------------------
 */

static const char *cell_of(void *to, size_t row, size_t column)
{
	const struct audit_lines *lines = to;

	return lines->lines[row].cells[column];
}

/* All that is wanted, not the page alone. */
static void put_out(struct auditing *view, const char *act,
		    void (*put)(struct desk *desk, const struct tabled *table))
{
	struct desk *desk = view->desk;
	struct reading reading = { .desk = desk, .most = OUT_MOST };
	SCOPED(char_freep) char *title = desk_word(desk, "audit.audit");
	SCOPED(char_freep) char *words = NULL;
	char *heads[AUDIT_CELLS];

	if (!read_rows(view, act, 0, &reading))
		return;
	const struct catalogue_argument count = {
		.name = "count", .number = (double)reading.lines.count
	};

	words = desk_words(desk, reading.more ? "audit.out_more" : "audit.out",
			   &count, 1);
	for (int i = 0; i < AUDIT_CELLS; i++)
		heads[i] = desk_word(desk, titles[i]);
	put(desk, &(struct tabled){ .name = "audit",
				    .title = title,
				    .count = words,
				    .heads = (const char *const *)heads,
				    .columns = AUDIT_CELLS,
				    .rows = reading.lines.count,
				    .cell = cell_of,
				    .to = &reading.lines });
	for (int i = 0; i < AUDIT_CELLS; i++)
		free(heads[i]);
	audit_lines_done(&reading.lines);
}

static void export(struct desk *desk, void *state)
{
	(void)desk;
	put_out(state, "export", tabled_export);
}

static void print(struct desk *desk, void *state)
{
	(void)desk;
	put_out(state, "print", tabled_print);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct auditing *view = state;

	if (action_key(view->desk, event))
		return SCREEN_STAY;
	if (table_key(view->table, event) == TABLE_OPENED &&
	    may_open(view->desk, view))
		open_selected(view->desk, view);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "desk.open", "audit.open_about", may_open, open_selected },
	{ 'f', "desk.filter", "audit.filter_about", NULL, audit_filter },
	{ '<', "audit.older", "audit.older_about", has_older, older },
	{ '>', "audit.newer", "audit.newer_about", has_newer, newer },
	{ 'd', "desk.export", "audit.export_about", NULL, export },
	{ 'p', "desk.print", "audit.print_about", NULL, print },
	{ 0 },
};

const struct view desk_audit_screen = {
	.name = "audit",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
