#include <stdlib.h>

#include "ask/offering.h"
#include "desk/action.h"
#include "desk/box_menu.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/titled.h"
#include "doctor/page.h"

/*
 * What puts people at risk here, what is worst first: a row a finding, and of
 * the selected one why it matters and how it is mended.
 */
struct risks {
	struct desk *desk;
	struct table *table;
	struct doctor_round round;
	char *cell; /* the last one that was said */
};

enum column { LEVEL, NAME, FOUND };

#define ABOUT_ROWS 6 /* of the selected one, at most */

static struct table_cell fill(void *to, size_t row, int column)
{
	struct risks *risks = to;
	const struct doctor_finding *finding = risks->round.worst[row];
	const struct desk *desk = risks->desk;
	struct table_cell cell = { .colour = CANVAS_INK };

	free(risks->cell);
	risks->cell = NULL;
	if (column == LEVEL)
		cell.text = risks->cell =
		    desk_word(desk, doctor_level_word(finding->level));
	else if (column == NAME)
		cell.text = risks->cell = desk_word(desk, finding->check->name);
	else
		cell.text = finding->found;
	if (finding->level == DOCTOR_HIGH)
		cell.colour = CANVAS_ALARM;
	else if (finding->level == DOCTOR_WELL)
		cell.colour = CANVAS_QUIET;
	cell.bold = column == LEVEL && finding->level != DOCTOR_WELL;
	return cell;
}

static void leave(void *state)
{
	struct risks *risks = state;

	doctor_round_done(&risks->round);
	table_free(risks->table);
	free(risks->cell);
	free(risks);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[] = {
		{ "doctor.risk", 8, 8 },
		{ "doctor.looked_at", 24, 12 },
		{ "doctor.found", 0, 12 },
	};
	struct risks *risks = xcalloc(1, sizeof *risks);
	SCOPED(lexicon_freep)
	struct lexicon *lexicon = offering_quietly(desk->home);
	struct doctor_place place = doctor_here(desk->home);

	(void)about;
	risks->desk = desk;
	place.lexicon = lexicon;
	doctor_examine(&place, desk->staff.words, &risks->round);
	risks->table =
	    titled_table(desk, columns, COUNT(columns), NULL, fill, risks);
	table_set_count(risks->table, risks->round.count);
	*state = risks;
	return FAULT_NONE;
}

/* What was found in full, and where it is not well what to do about it. */
static char *about_selected(const struct risks *risks)
{
	const struct doctor_finding *finding =
	    risks->round.worst[table_selected(risks->table)];
	const struct catalogue *words = risks->desk->staff.words;
	SCOPED(char_freep) char *advice = doctor_advice(words, finding->check);

	return finding->level == DOCTOR_WELL
		   ? xstrdup(finding->found)
		   : xasprintf("%s\n%s", finding->found, advice);
}

static void draw(void *state, struct canvas *canvas)
{
	struct risks *risks = state;
	struct desk *desk = risks->desk;
	SCOPED(char_freep)
	char *title = doctor_result(desk->staff.words, risks->round.level);
	SCOPED(char_freep) char *about = about_selected(risks);
	struct canvas_area area = frame_draw(desk, canvas, title);
	const int rows = area.h / 2 < ABOUT_ROWS ? area.h / 2 : ABOUT_ROWS;

	canvas_text(canvas, &(struct canvas_text){
				.y = area.y + area.h - rows,
				.x = 2,
				.h = rows,
				.w = area.w - 4,
				.text = about,
				.language = desk->staff.language,
				.colour = CANVAS_INK,
				.caret = -1,
			    });
	area.h -= rows + 1;
	table_draw(risks->table, canvas, area, true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct risks *risks = state;

	if (!action_key(risks->desk, event))
		table_key(risks->table, event);
	return SCREEN_STAY;
}

static void print(struct desk *desk, void *state)
{
	const struct risks *risks = state;
	SCOPED(page_freep)
	struct page *page = doctor_page(&risks->round, desk->staff.words);
	char day[DAY_BYTES];

	day_of(desk->clock.now, day);
	page_set_foot(page, &(struct page_foot){
				.agency = settings_text(desk->settings,
							"agency", "name", NULL),
				.date = day,
			    });
	printing_put(desk, page, "doctor");
}

static const struct action actions[] = {
	{ 'p', "desk.print", "desk.print_about", NULL, print },
	{ 0 },
};

const struct view desk_risks_screen = {
	.name = "risks",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
