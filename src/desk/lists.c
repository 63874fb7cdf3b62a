#include "desk/lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/kind.h"

static enum fault read_queue(struct record *record, int64_t now, int64_t limit,
			     struct queue *queue)
{
	struct queue served;
	enum fault fault = queue_read(record, QUEUE_WAITING, now, limit, queue);

	if (fault)
		return fault;
	if ((fault =
		 queue_read(record, QUEUE_IN_SERVICE, now, limit, &served))) {
		queue_done(queue);
		return fault;
	}
	queue->rows = xreallocarray(
	    queue->rows, queue->count + served.count + 1, sizeof *queue->rows);
	for (size_t i = 0; i < served.count; i++)
		queue->rows[queue->count++] = served.rows[i];
	free(served.rows);
	return FAULT_NONE;
}

static enum fault read_alerts(struct lists *lists, struct record *record,
			      const struct record_who *who, int64_t now)
{
	enum fault fault;

	if (who->roles && !(who->roles & (ROLES_FRONT | ROLE_SAFETY)))
		return lists_call(lists, record, who, now);
	fault =
	    alert_read(record, who, now, &lists->alerts, &lists->alert_count);
	lists->calls = lists->gone_to = lists->alert_count > 0;
	for (size_t i = 0; i < lists->alert_count; i++)
		lists->gone_to =
		    lists->gone_to && lists->alerts[i].acknowledged;
	return fault;
}

enum fault lists_read(struct lists *lists, struct record *record,
		      const struct record_who *who, int64_t now, int64_t limit)
{
	struct lists read = { .at = now };
	enum fault fault = FAULT_NONE;

	/* A role that has no clients sees nobody waiting. */
	if (!who->roles || who->roles & ROLES_FRONT)
		fault = read_queue(record, now, limit, &read.queue);
	if (fault)
		return fault;
	fault = read_alerts(&read, record, who, now);
	if (fault) {
		lists_forget(&read);
		return fault;
	}
	lists_forget(lists);
	*lists = read;
	return FAULT_NONE;
}

enum fault lists_call(struct lists *lists, struct record *record,
		      const struct record_who *who, int64_t now)
{
	return alert_calls(record, who, now, &lists->calls);
}

void lists_forget(struct lists *lists)
{
	queue_done(&lists->queue);
	free(lists->alerts);
	*lists = (struct lists){ 0 };
}

/* U1, U2, then everyone else by arrival: record/queue.h. */
static int rank(const struct queue_row *row)
{
	return row->level == VISIT_U1 ? 1 : row->level == VISIT_U2 ? 2 : 3;
}

void lists_add(struct lists *lists, const struct queue_row *row)
{
	struct queue *queue = &lists->queue;
	size_t at = 0;

	while (at < queue->count && queue->rows[at].state != VISIT_IN_SERVICE &&
	       rank(&queue->rows[at]) <= rank(row))
		at++;
	queue->rows =
	    xreallocarray(queue->rows, queue->count + 1, sizeof *queue->rows);
	memmove(&queue->rows[at + 1], &queue->rows[at],
		(queue->count - at) * sizeof *queue->rows);
	queue->rows[at] = *row;
	queue->rows[at].number = xstrdup(row->number);
	queue->rows[at].language = xstrdup(row->language ? row->language : "");
	queue->rows[at].tags = xstrdup(row->tags ? row->tags : "");
	queue->rows[at].name = xstrdup("");
	queue->rows[at].by = xstrdup("");
	queue->count++;
	queue->waiting++;
	/* Nobody can have gone yet. */
	lists->gone_to = lists->gone_to && !row->quiet;
}

const struct queue_row *lists_row(const struct lists *lists, int64_t visit)
{
	for (size_t i = 0; i < lists->queue.count; i++) {
		if (lists->queue.rows[i].visit == visit)
			return &lists->queue.rows[i];
	}
	return NULL;
}

const struct alert *lists_alert(const struct lists *lists, int64_t visit)
{
	for (size_t i = 0; i < lists->alert_count; i++) {
		if (lists->alerts[i].visit == visit)
			return &lists->alerts[i];
	}
	return NULL;
}
