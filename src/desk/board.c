#include "desk/board.h"

#include <poll.h>
#include <stdlib.h>

#include "desk/frame.h"

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

static enum fault draw(struct desk *desk, struct term *term)
{
	struct queue_board board;
	struct canvas *canvas;
	enum fault fault = queue_board_read(desk->record, &board);

	if (fault)
		return fault;
	canvas = canvas_new(term_rows(term), term_columns(term),
			    term_has_plates(term));
	canvas_clear(canvas);
	draw_called(desk, canvas, &board);
	draw_waiting(desk, canvas, &board);
	term_show(term, canvas);
	canvas_free(canvas);
	queue_board_done(&board);
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
	enum fault fault;

	/* What it showed stays where the record cannot be reached. */
	while (!(fault = draw(desk, term)) ||
	       (fault == FAULT_STORE &&
		record_trouble(desk->record) == RECORD_AWAY)) {
		(void)poll(&wait, 1, REFRESH_MS);
		if (wait.revents & (POLLHUP | POLLERR) || is_closed(term))
			break;
	}
	return fault;
}
