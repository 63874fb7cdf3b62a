#include "record/queue.h"

#include <stdlib.h>

#include "record/inside.h"

#define DAY_MS ((int64_t)24 * 3600 * 1000)

int64_t queue_limit(const struct settings *settings)
{
	return settings_number(settings, "queue", "waiting_limit", 0) * 60 *
	       1000;
}

static void row_done(struct queue_row *row)
{
	free(row->number);
	free(row->language);
	free(row->tags);
	free(row->by);
	free(row->name);
}

void queue_done(struct queue *queue)
{
	for (size_t i = 0; i < queue->count; i++)
		row_done(&queue->rows[i]);
	free(queue->rows);
	*queue = (struct queue){ 0 };
}

static bool still_waits(enum visit_state state)
{
	return state == VISIT_WAITING || state == VISIT_CALLED ||
	       state == VISIT_NO_ANSWER;
}

static struct queue_row take_row(struct store_ask *ask, int64_t now,
				 int64_t limit)
{
	struct queue_row row = {
		.visit = store_number(ask, 0),
		.number = xstrdup(statement_text(ask, 1)),
		.computed = (enum visit_level)(int)store_number(ask, 2),
		.level = (enum visit_level)(int)store_number(ask, 3),
		.state = visit_state_of(statement_text(ask, 4)),
		.arrived = store_number(ask, 5),
		.called = store_number(ask, 6),
		.started = store_number(ask, 7),
		.language = xstrdup(statement_text(ask, 8)),
		.tags = xstrdup(statement_text(ask, 9)),
		.by = xstrdup(statement_text(ask, 10)),
		.name = xstrdup(statement_text(ask, 11)),
		.quiet = (int)store_number(ask, 12),
	};

	row.overridden = row.level != VISIT_NO_LEVEL;
	if (!row.overridden)
		row.level = row.computed;
	row.quick = row.level == VISIT_U5;
	row.waited = (row.started ? row.started : now) - row.arrived;
	row.lifted = still_waits(row.state) && limit > 0 &&
		     now - row.arrived >= limit && row.level != VISIT_U1 &&
		     row.level != VISIT_U2;
	return row;
}

static enum fault ask_part(struct record *record, enum queue_part part,
			   int64_t now, int64_t limit, struct store_ask **ask)
{
	switch (part) {
	case QUEUE_IN_SERVICE:
		return statement_ask(record, QUEUE_IN_SERVICE_ROWS, ask, "");
	case QUEUE_ENDED:
		return statement_ask(record, QUEUE_ENDED_ROWS, ask, "i",
				     now - DAY_MS);
	default:
		return statement_ask(record, QUEUE_WAITING_ROWS, ask, "iid",
				     now, limit, (int)(part == QUEUE_QUICK));
	}
}

enum fault queue_read(struct record *record, enum queue_part part, int64_t now,
		      int64_t limit, struct queue *out)
{
	struct queue queue = { 0 };
	size_t room = 0;
	struct store_ask *ask;
	enum fault fault = ask_part(record, part, now, limit, &ask);
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		if (queue.count == room) {
			room = room ? room * 2 : 16;
			queue.rows =
			    xreallocarray(queue.rows, room, sizeof *queue.rows);
		}
		queue.rows[queue.count] = take_row(ask, now, limit);
		queue.waiting += still_waits(queue.rows[queue.count++].state);
	}
	if (fault) {
		queue_done(&queue);
		return fault;
	}
	*out = queue;
	return FAULT_NONE;
}

/* --- the board ------------------------------------------------------------ */

static enum fault read_numbers(struct record *record, struct store_ask *ask,
			       char ***out, size_t *count)
{
	size_t room = 0;
	enum fault fault;
	bool row;

	while (!(fault = statement_row(record, ask, &row)) && row) {
		if (*count == room) {
			room = room ? room * 2 : 16;
			*out = xreallocarray(*out, room, sizeof **out);
		}
		(*out)[(*count)++] = xstrdup(statement_text(ask, 0));
	}
	return fault;
}

enum fault queue_board_read(struct record *record, struct queue_board *out)
{
	struct queue_board board = { 0 };
	struct store_ask *ask;
	enum fault fault;

	if ((fault = statement_ask(record, BOARD_CALLED, &ask, "d",
				   QUEUE_CALLED_LIMIT)) ||
	    (fault = read_numbers(record, ask, &board.called,
				  &board.called_count)) ||
	    (fault = statement_ask(record, BOARD_WAITING, &ask, "")) ||
	    (fault = read_numbers(record, ask, &board.waiting,
				  &board.waiting_count))) {
		queue_board_done(&board);
		return fault;
	}
	*out = board;
	return FAULT_NONE;
}

void queue_board_done(struct queue_board *board)
{
	for (size_t i = 0; i < board->called_count; i++)
		free(board->called[i]);
	for (size_t i = 0; i < board->waiting_count; i++)
		free(board->waiting[i]);
	free(board->called);
	free(board->waiting);
	*board = (struct queue_board){ 0 };
}
