#include "desk/lists.h"

#include <stdlib.h>

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
	lists->calls = lists->alert_count > 0;
	return fault;
}

enum fault lists_read(struct lists *lists, struct record *record,
		      const struct record_who *who, int64_t now, int64_t limit)
{
	struct lists read = { 0 };
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
