#include "desk/board.h"

#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "desk/frame.h"
#include "record/entity.h"

/*
 * The lobby's board: the numbers called, large, and those that wait, without
 * an order that would tell anyone's level. No name, no level, no language.
 */
#define REFRESH_MS 2000
#define GAP 3 /* cells between waiting numbers */

static void centre(struct canvas *canvas, int y, int h, const char *text,
		   enum canvas_style style, enum canvas_colour colour)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = y,
				.x = 2,
				.h = h,
				.w = canvas_columns(canvas) - 4,
				.text = text,
				.language = "en",
				.style = style,
				.colour = colour,
				.align = CANVAS_CENTRE,
				.caret = -1,
			    });
}

static void draw_called(struct desk *desk, struct canvas *canvas,
			const struct queue_board *board)
{
	SCOPED(char_freep) char *heading = desk_word(desk, "desk.board_now");
	int rows = canvas_rows(canvas), y = 4;
	SCOPED(char_freep)
	char *mark = desk->mark ? desk_word(desk, desk->mark) : xstrdup("");

	centre(canvas, 0, 1, mark, CANVAS_BOLD, CANVAS_ALARM);
	centre(canvas, 1, 2, heading, CANVAS_HEADING, CANVAS_ACCENT);
	for (size_t i = 0; i < board->called_count && y < rows / 2 + 2; i++) {
		centre(canvas, y, 3, board->called[i], CANVAS_NUMBER,
		       CANVAS_INK);
		y += canvas_has_plates(canvas) ? 3 : 2;
	}
}

static void draw_waiting(struct desk *desk, struct canvas *canvas,
			 const struct queue_board *board)
{
	SCOPED(char_freep)
	char *waiting = desk_word(desk, "desk.board_waiting");
	SCOPED(char_freep) char *order = desk_word(desk, "desk.board_order");
	int rows = canvas_rows(canvas), columns = canvas_columns(canvas);
	int y = rows / 2 + 4, x = 4;

	centre(canvas, y - 2, 1, waiting, CANVAS_PLAIN, CANVAS_QUIET);
	for (size_t i = 0; i < board->waiting_count && y < rows - 2; i++) {
		frame_line(canvas, y, x, 12, board->waiting[i], "en",
			   CANVAS_PLAIN, CANVAS_INK);
		x += 9 + GAP;
		if (x + 12 > columns) {
			x = 4;
			y++;
		}
	}
	centre(canvas, rows - 1, 1, order, CANVAS_PLAIN, CANVAS_QUIET);
}

/* The numbers, and when they were read; 0: never. */
struct shown {
	struct queue_board board;
	int64_t at;
	bool old; /* the record cannot be reached */
};

static void draw_old(struct desk *desk, struct canvas *canvas, int64_t at)
{
	const time_t seconds = (time_t)(at / 1000);
	struct catalogue_argument time = { .name = "time" };
	SCOPED(char_freep) char *words = NULL;
	struct tm local;
	char text[8];

	localtime_r(&seconds, &local);
	strftime(text, sizeof text, "%H:%M", &local);
	time.text = text;
	words = desk_words(desk, at ? "desk.board_old" : "desk.board_none",
			   &time, 1);
	centre(canvas, 3, 1, words, CANVAS_BOLD, CANVAS_ALARM);
}

static void draw(struct desk *desk, struct term *term,
		 const struct shown *shown)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(term_rows(term), term_columns(term),
					   term_has_plates(term));

	canvas_clear(canvas);
	draw_called(desk, canvas, &shown->board);
	draw_waiting(desk, canvas, &shown->board);
	if (shown->old)
		draw_old(desk, canvas, shown->at);
	term_show(term, canvas);
}

/* What it showed stays where the record cannot be reached, and says so. */
static enum fault look(struct desk *desk, struct shown *shown)
{
	struct queue_board board;
	struct clock now;
	int64_t changes;
	enum fault fault = record_changed(desk->record, &changes);

	if (!fault)
		fault = queue_board_read(desk->record, &board);
	shown->old = fault && record_away(desk->record);
	if (fault)
		return shown->old ? FAULT_NONE : fault;
	clock_read(&now);
	queue_board_done(&shown->board);
	shown->board = board;
	shown->at = now.now;
	return FAULT_NONE;
}

/* Any key but a resize closes the board. */
static bool is_closed(struct term *term)
{
	struct ui_event event;

	while ((event = term_event(term)).key != UI_KEY_NONE) {
		if (event.key != UI_KEY_RESIZE)
			return true;
	}
	return false;
}

enum fault board_run(struct desk *desk, struct term *term)
{
	struct pollfd wait = { term_input(term), POLLIN, 0 };
	struct shown shown = { 0 };
	enum fault fault;

	while (!(fault = look(desk, &shown))) {
		draw(desk, term, &shown);
		(void)poll(&wait, 1, REFRESH_MS);
		if (wait.revents & (POLLHUP | POLLERR) || is_closed(term))
			break;
	}
	queue_board_done(&shown.board);
	return fault;
}
