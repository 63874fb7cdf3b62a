#include "desk/frame.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "text/cells.h"

#define FRAME_ROWS 6 /* top line, title, rule, two of message, keys */
#define PANEL_TITLE 1
#define PANEL_MARGIN 3

void frame_line(struct canvas *canvas, int y, int x, int w, const char *text,
		const char *language, enum canvas_style style,
		enum canvas_colour colour)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = y,
				.x = x,
				.h = 1,
				.w = w,
				.text = text,
				.language = language,
				.style = style,
				.colour = colour,
				.caret = -1,
			    });
}

static char *scanner_words(const struct desk *desk)
{
	const struct catalogue_argument percent = {
		.name = "percent",
		.number = desk->scanner.reading,
	};

	if (desk->scanner.reading >= 0)
		return desk_words(desk, "desk.reading", &percent, 1);
	if (scanner_missing(&desk->scanner))
		return desk_word(desk, "desk.no_scanner");
	return desk_word(desk, "desk.scanner_ready");
}

/* The quiet flag: one mark, no colour, no sound, and another once somebody goes
 * to all who called. A locked desk shows it too: it
 * says of nobody that they called; but not to visitors, before whom it stands
 * where the lobby has the same screen. */
static const char *quiet_mark(const struct desk *desk)
{
	const bool among_visitors = desk->lobby && desk_locked(desk);

	if (among_visitors || !(desk->lists.calls || desk->reach.kept.calls))
		return "";
	return desk->lists.gone_to && !desk->reach.kept.calls ? " ☎✓" : " ☎";
}

/* What goes on here: the scanner, who waits, and whether the record can be
 * reached. While it cannot, that takes the scanner's place where it only
 * stands ready. */
static char *state_words(const struct desk *desk)
{
	const struct catalogue_argument waiting = {
		.name = "count",
		.number = (double)desk->lists.queue.waiting,
	};
	SCOPED(char_freep) char *scanner = scanner_words(desk);
	SCOPED(char_freep) char *reach = reach_words(desk);
	SCOPED(char_freep)
	char *count = desk_words(desk, "desk.count_waiting", &waiting, 1);

	if (desk->reach.lost)
		return desk->scanner.reading >= 0 ||
			       scanner_missing(&desk->scanner)
			   ? xasprintf("%s · %s", scanner, reach)
			   : xstrdup(reach);
	return xasprintf("%s%s%s%s%s", scanner,
			 filing_locked(desk->filing) ? "" : " · ",
			 filing_locked(desk->filing) ? "" : count,
			 reach ? " · " : "", reach ? reach : "");
}

static void draw_top(struct desk *desk, struct canvas *canvas)
{
	int columns = canvas_columns(canvas);
	SCOPED(char_freep) char *state = state_words(desk);
	SCOPED(char_freep)
	char *left = xasprintf(
	    " Foyer · %s", settings_text(desk->settings, "agency", "name", ""));
	SCOPED(char_freep) char *fit = NULL;
	SCOPED(char_freep) char *middle = NULL;
	SCOPED(char_freep) char *right = NULL;
	time_t now = (time_t)(desk->clock.now / 1000);
	struct tm local;
	int middle_x;

	localtime_r(&now, &local);
	right = xasprintf("%s  %02d:%02d ", desk->staff.user, local.tm_hour,
			  local.tm_min);
	/* The mark is there whatever has no room. */
	fit = text_fit(state, columns - text_cells(right) -
				  text_cells(quiet_mark(desk)) - 4);
	middle = xasprintf("%s%s", fit, quiet_mark(desk));
	canvas_fill(canvas, 0, 0, 1, columns, CANVAS_INK);
	/* The agency's name gives way to what changes. */
	middle_x = columns - text_cells(right) - text_cells(middle) - 3;
	if (middle_x > (columns - text_cells(middle)) / 2)
		middle_x = (columns - text_cells(middle)) / 2;
	frame_line(canvas, 0, 0, middle_x > 2 ? middle_x - 2 : 1, left,
		   desk->staff.language, CANVAS_BOLD, CANVAS_INK);
	frame_line(canvas, 0, middle_x, text_cells(middle), middle,
		   desk->staff.language, CANVAS_PLAIN, CANVAS_QUIET);
	frame_line(canvas, 0, columns - text_cells(right), text_cells(right),
		   right, desk->staff.language, CANVAS_PLAIN, CANVAS_INK);
}

/* A rule across, with a title in it, which leaves so many cells at the end. */
static void draw_title(struct canvas *canvas, int y, const char *title,
		       const char *language, int aside)
{
	int room = canvas_columns(canvas) - 6 - aside;
	SCOPED(char_freep) char *fit = text_fit(title, room > 1 ? room : 1);
	int w = text_cells(fit);

	canvas_rule(canvas, y, 0, canvas_columns(canvas));
	canvas_fill(canvas, y, 2, 1, w + 2, CANVAS_INK);
	frame_line(canvas, y, 3, w, fit, language, CANVAS_BOLD, CANVAS_ACCENT);
}

/* Where words are written, letters do nothing: only what Enter and Escape do
 * is shown there. */
static bool is_shown(const struct desk *desk, size_t index)
{
	const char key = action_at(desk, index)->key;

	return !action_aside(desk, index) && action_offered(desk, index) &&
	       (key == '\r' || key == '\033' || !stack_writes(&desk->stack));
}

static void draw_keys(struct desk *desk, struct canvas *canvas)
{
	const struct bar_look look = {
		.language = desk->staff.language,
		.words = true,
		.between = " · ",
		.colour = CANVAS_QUIET,
	};
	struct bar_item items[BAR_MAX];
	char letters[BAR_MAX][2];
	char *words[BAR_MAX];
	const struct action *action;
	size_t count = 0;

	for (size_t i = 0; count < BAR_MAX && (action = action_at(desk, i));
	     i++) {
		if (!is_shown(desk, i))
			continue;
		words[count] = desk_word(desk, action->word);
		items[count] = (struct bar_item){
			.sign = action_sign(action, letters[count]),
			.word = words[count],
			.keep_word = true,
			/* What leads to all the others is never what the line
			 * has no room for. */
			.at_end = strchr(":?\033", action->key) != NULL,
			.id = (int)i + 1,
		};
		count++;
	}
	bar_draw(&desk->keys, canvas, canvas_rows(canvas) - 1, 1,
		 canvas_columns(canvas) - 2, &look, items, count);
	while (count)
		free(words[--count]);
}

/* What was said may take two rows, which are kept free for it. */
static void draw_message(struct desk *desk, struct canvas *canvas)
{
	int rows = canvas_rows(canvas), columns = canvas_columns(canvas);

	canvas_rule(canvas, rows - 4, 0, columns);
	if (desk->said.text)
		canvas_text(canvas,
			    &(struct canvas_text){
				.y = rows - 3,
				.x = 1,
				.h = 2,
				.w = columns - 2,
				.text = desk->said.text,
				.language = desk->staff.language,
				.style = CANVAS_BOLD,
				.colour = desk->said.alarming ? CANVAS_ALARM
							      : CANVAS_INK,
				.caret = -1,
			    });
}

/* What is left between the frame's rows. */
static struct canvas_area frame_area(const struct canvas *canvas)
{
	int rows = canvas_rows(canvas);

	return (struct canvas_area){ 2, 0,
				     rows > FRAME_ROWS + 1 ? rows - FRAME_ROWS
							   : 1,
				     canvas_columns(canvas) };
}

/* A made-up agency says so at the end of the title's row, always. */
static void draw_mark(const struct desk *desk, struct canvas *canvas,
		      const char *mark)
{
	int w = text_cells(mark), x = canvas_columns(canvas) - w - 3;

	if (!w)
		return;
	canvas_fill(canvas, 1, x - 1, 1, w + 2, CANVAS_INK);
	frame_line(canvas, 1, x, w, mark, desk->staff.language, CANVAS_BOLD,
		   CANVAS_ALARM);
}

struct canvas_area frame_draw(struct desk *desk, struct canvas *canvas,
			      const char *title)
{
	SCOPED(char_freep)
	char *mark = desk->mark ? desk_word(desk, desk->mark) : xstrdup("");

	canvas_clear(canvas);
	draw_top(desk, canvas);
	draw_title(canvas, 1, title, desk->staff.language,
		   mark[0] ? text_cells(mark) + 2 : 0);
	draw_mark(desk, canvas, mark);
	desk->keys = (struct bar){ 0 };
	if (!desk_locked(desk))
		draw_keys(desk, canvas);
	draw_message(desk, canvas);
	return frame_area(canvas);
}

struct canvas_area frame_panel(struct desk *desk, struct canvas *canvas,
			       const char *title, int rows)
{
	struct canvas_area area = frame_area(canvas);
	int room = area.h - PANEL_TITLE;

	if (rows > room)
		rows = room > 1 ? room : 1;
	area.y += area.h - rows;
	area.h = rows;
	canvas_fill(canvas, area.y - PANEL_TITLE, 0, rows + PANEL_TITLE, area.w,
		    CANVAS_INK);
	draw_title(canvas, area.y - PANEL_TITLE, title, desk->staff.language,
		   0);
	area.x = PANEL_MARGIN;
	area.w -= 2 * PANEL_MARGIN;
	return area;
}
