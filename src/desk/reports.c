#include "desk/reports.h"

#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/box_menu.h"
#include "desk/frame.h"
#include "desk/pick.h"
#include "desk/pieces.h"
#include "desk/titled.h"
#include "desk/write.h"
#include "report/service_file.h"
#include "ui/table.h"

/* Which report, of which days, in which language. */

/* Below the reports. */
enum extra { SERVICES, SHARE, GATHER, MERGE, SITES, EXTRAS };

struct choosing {
	struct desk *desk;
	struct period period;
	const char *language;
	char **names;
	struct funders funders; /* as they were offered last */
	struct reports_sum sum; /* that was asked for last */
	struct table *table;
};

static const char *const tongues[] = { "en", "fr" };

bool reports_may(const struct desk *desk)
{
	return report_may(&desk->staff.who);
}

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct choosing *view = to;

	(void)column;
	return (struct table_cell){ .text = view->names[row],
				    .colour = CANVAS_INK,
				    .bold = row < report_count() };
}

static void read_names(struct choosing *view)
{
	static const char *const extras[EXTRAS] = {
		[SERVICES] = "service.file", [SHARE] = "reports.share",
		[GATHER] = "reports.gather", [MERGE] = "reports.merge",
		[SITES] = "reports.sites",
	};
	const struct desk *desk = view->desk;
	const struct wording wording = { desk->record, desk->staff.words,
					 &desk->staff.who };

	view->names = xcalloc(report_count() + EXTRAS, sizeof *view->names);
	for (size_t i = 0; i < report_count(); i++)
		view->names[i] = report_title(&wording, report_at(i));
	for (size_t i = 0; i < EXTRAS; i++)
		view->names[report_count() + i] = desk_word(desk, extras[i]);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[] = { { NULL, 0, 0 } };
	struct choosing *view = xcalloc(1, sizeof *view);

	(void)about;
	view->desk = desk;
	view->language = strcmp(desk->staff.language, "fr") == 0 ? "fr" : "en";
	(void)period_read(NULL, NULL, desk->clock.now, &view->period);
	read_names(view);
	view->table = titled_table(desk, columns, 1, NULL, fill, view);
	table_set_count(view->table, report_count() + EXTRAS);
	*state = view;
	return FAULT_NONE;
}

static void leave(void *state)
{
	struct choosing *view = state;

	for (size_t i = 0; i < report_count() + EXTRAS; i++)
		free(view->names[i]);
	free(view->names);
	funders_done(&view->funders);
	reports_sum_done(&view->sum);
	table_free(view->table);
	free(view);
}

/* "2026-10-01 – 2026-10-31 · English" */
static char *head_words(const struct choosing *view)
{
	SCOPED(char_freep)
	char *key = xasprintf("reports.in_%s", view->language);
	SCOPED(char_freep) char *language = desk_word(view->desk, key);

	return xasprintf("%s – %s · %s", view->period.first, view->period.last,
			 language);
}

static void draw(void *state, struct canvas *canvas)
{
	struct choosing *view = state;
	struct desk *desk = view->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "reports.reports");
	SCOPED(char_freep) char *head = head_words(view);
	struct canvas_area area = frame_draw(desk, canvas, title);

	frame_line(canvas, area.y, 2, area.w - 3, head, desk->staff.language,
		   CANVAS_BOLD, CANVAS_INK);
	area.y++;
	area.h--;
	table_draw(view->table, canvas, area, true);
}

/* --- opening one ----------------------------------------------------------
 */

/* A report that is counted. */
struct count {
	struct wording wording;
	struct catalogue *words;
	struct period period;
	const char *language;
	struct reported *reported; /* NULL: the screen has it */
};

static void count_free(void *to)
{
	struct count *count = to;

	if (count->reported)
		reported_done(count->reported);
	free(count->reported);
	catalogue_free(count->words);
	free(count);
}

static enum fault count_table(void *to, size_t table)
{
	struct count *count = to;

	(void)table;
	return report_read_next(&count->wording, &count->period,
				count->reported);
}

static void show_counted(struct desk *desk, void *to)
{
	struct count *count = to;
	const struct reports_shown shown = {
		.name = count->reported->report->name,
		.reports = count->reported,
		.count = 1,
		.period = count->period,
		.language = count->language,
	};

	count->reported = NULL;
	desk_open(desk, &desk_report_screen, &shown);
}

static void open_report(struct choosing *view, const struct report *report)
{
	struct desk *desk = view->desk;
	struct count *count = xcalloc(1, sizeof *count);
	SCOPED(char_freep) char *title = NULL;

	count->reported = xcalloc(1, sizeof *count->reported);
	count->period = view->period;
	count->language = view->language;
	if (reports_words(view->language, &count->words)) {
		count_free(count);
		desk_say_trouble(desk);
		return;
	}
	count->wording =
	    (struct wording){ desk->record, count->words, &desk->staff.who };
	report_begin(&count->wording, report, count->reported);
	title = report_title(&(struct wording){ desk->record, desk->staff.words,
						&desk->staff.who },
			     report);
	pieces_start(desk, &(struct pieces){ .title = title,
					     .words = "reports.counting",
					     .count = report_tables(report),
					     .each = count_table,
					     .done = show_counted,
					     .drop = count_free,
					     .to = count });
}

static void funder_picked(struct desk *desk, void *to, const size_t *rows,
			  size_t count)
{
	const struct choosing *view = to;

	if (count)
		desk_open(desk, &desk_funder_screen,
			  view->funders.names[rows[0]]);
}

/* As the profile calls itself; one that cannot be read by its name. */
static char *funder_words(const struct desk *desk, const char *name)
{
	SCOPED(char_freep) char *path = funder_path(desk->home, name);
	SCOPED(funder_freep) struct funder *funder = NULL;
	struct findings findings = { 0 };
	const bool read =
	    path && !funder_read(desk->record, path, &findings, &funder);

	findings_done(&findings);
	return xstrdup(read ? funder->title : name);
}

static void pick_funder(struct choosing *view)
{
	struct desk *desk = view->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "service.which");
	char **rows;

	if (!service_file_may(&desk->staff.who)) {
		desk_say_key(desk, "service.supervisors");
		return;
	}
	funders_done(&view->funders);
	funders_read(desk->home, &view->funders);
	rows = xcalloc(view->funders.count + 1, sizeof *rows);
	for (size_t i = 0; i < view->funders.count; i++)
		rows[i] = funder_words(desk, view->funders.names[i]);
	if (view->funders.count)
		pick_open(desk,
			  &(struct pick){ .title = title,
					  .rows = (const char *const *)rows,
					  .count = view->funders.count,
					  .done = funder_picked,
					  .to = view });
	else
		desk_say_key(desk, "service.no_profile");
	for (size_t i = 0; i < view->funders.count; i++)
		free(rows[i]);
	free(rows);
}

/* The list is looked at first: with one that is wrong all would be refused. */
static void gather(struct desk *desk)
{
	static const struct box_work stick = { .deed = BOX_GATHER };
	SCOPED(sites_done) struct sites sites = { 0 };

	if (!reports_sites(desk, &sites))
		return;
	if (desk->vault)
		desk_open(desk, &desk_box_stick_screen, &stick);
	else
		reports_gather_here(desk);
}

static void open_extra(struct choosing *view, enum extra extra)
{
	struct desk *desk = view->desk;

	switch (extra) {
	case SERVICES:
		pick_funder(view);
		break;
	case SHARE:
		reports_share(desk, &view->period);
		break;
	case GATHER:
		gather(desk);
		break;
	case MERGE:
		view->sum.language = view->language;
		reports_merge(desk, &view->sum);
		break;
	case SITES:
		desk_open(desk, &desk_sites_screen, NULL);
		break;
	case EXTRAS:
		break;
	}
}

static void open_selected(struct desk *desk, void *state)
{
	struct choosing *view = state;
	const size_t row = table_selected(view->table);

	(void)desk;
	if (row < report_count())
		open_report(view, report_at(row));
	else
		open_extra(view, (enum extra)(row - report_count()));
}

/* --- which days -----------------------------------------------------------
 */

enum days { THIS_MONTH, LAST_MONTH, THIS_YEAR, LAST_YEAR, OTHER_DAYS, DAYS };

/* "2026-10", or two parted by a blank. */
static bool typed_days(struct desk *desk, void *to, const char *text)
{
	struct choosing *view = to;
	const size_t first = strcspn(text, " ");
	const char *rest = text + first + strspn(text + first, " ");
	SCOPED(char_freep) char *from = xstrndup(text, first);
	struct period period;

	if (period_read(from, *rest ? rest : NULL, desk->clock.now, &period) !=
	    PERIOD_READ) {
		desk_say_key(desk, "reports.days_wrong");
		return false;
	}
	view->period = period;
	return true;
}

/* The check has set them. */
static void days_typed(struct desk *desk, void *to, const char *text)
{
	(void)desk;
	(void)to;
	(void)text;
}

static void ask_days(struct choosing *view)
{
	SCOPED(char_freep) char *title = desk_word(view->desk, "reports.days");
	SCOPED(char_freep)
	char *hint = desk_word(view->desk, "reports.days_hint");

	write_open(view->desk, &(struct write){ .title = title,
						.hint = hint,
						.language = "en",
						.check = typed_days,
						.done = days_typed,
						.to = view });
}

/* A month or a year that is over, or is not: "2026-10", "2025". */
static void days_picked(struct desk *desk, void *to, const size_t *rows,
			size_t count)
{
	struct choosing *view = to;
	const char *today = view->period.today;
	const enum days which = count ? (enum days)rows[0] : DAYS;
	char from[DAYS_BYTES];

	if (which == OTHER_DAYS)
		ask_days(view);
	if (!count || which == OTHER_DAYS)
		return;
	days_months_after(today,
			  which == LAST_MONTH  ? -1
			  : which == LAST_YEAR ? -12
					       : 0,
			  from);
	from[strlen(which == THIS_YEAR || which == LAST_YEAR ? "2026"
							     : "2026-10")] = 0;
	(void)period_read(from, NULL, desk->clock.now, &view->period);
}

static void pick_days(struct desk *desk, void *state)
{
	static const char *const keys[DAYS] = {
		[THIS_MONTH] = "reports.this_month",
		[LAST_MONTH] = "reports.last_month",
		[THIS_YEAR] = "reports.this_year",
		[LAST_YEAR] = "reports.last_year",
		[OTHER_DAYS] = "reports.other_days",
	};
	SCOPED(char_freep) char *title = desk_word(desk, "reports.days");
	char *rows[DAYS];

	for (size_t i = 0; i < DAYS; i++)
		rows[i] = desk_word(desk, keys[i]);
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)rows,
					.count = DAYS,
					.done = days_picked,
					.to = state });
	for (size_t i = 0; i < DAYS; i++)
		free(rows[i]);
}

static void turn_language(struct desk *desk, void *state)
{
	struct choosing *view = state;

	(void)desk;
	view->language = tongues[view->language[0] == 'e'];
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct choosing *view = state;

	if (action_key(view->desk, event))
		return SCREEN_STAY;
	if (table_key(view->table, event) == TABLE_OPENED)
		open_selected(view->desk, view);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "desk.open", "reports.open_about", NULL, open_selected },
	{ 'w', "reports.days_key", "reports.days_about", NULL, pick_days },
	{ 'v', "reports.language_key", "reports.language_about", NULL,
	  turn_language },
	{ 0 },
};

const struct view desk_reports_screen = {
	.name = "reports",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
