#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * The office's printers, as CUPS on this machine has them (IPP, RFC 8011):
 * queues that somebody set up, by name; none is looked for on the network.
 * libcups is opened when it is first asked, so that a program which never
 * prints there, or a machine without CUPS, needs nothing of it.
 *
 * Every call waits for the scheduler's answer: for a process of its own
 * (print/spool.h), never for one with a screen.
 */
struct queue;

enum queue_answer {
	QUEUE_DONE,
	QUEUE_NO_LIBRARY,   /* libcups is not installed */
	QUEUE_NO_SCHEDULER, /* CUPS does not run here */
	QUEUE_NO_PRINTER,   /* no queue has this name */
	QUEUE_CLOSED,       /* the queue takes no jobs now */
	QUEUE_REFUSED,      /* it did not take this one; the log says why */
};

/* On QUEUE_DONE the caller frees *out with queue_free(). */
MUST_CHECK enum queue_answer queue_open(struct queue **out);
void queue_free(struct queue *queue); /* NULL is fine */
DEFINE_SCOPED(struct queue, queue_free)

/* What a person has to do at a printer. */
enum queue_trouble {
	QUEUE_WELL,
	QUEUE_NO_PAPER,
	QUEUE_COVER,
	QUEUE_JAM,
	QUEUE_NO_INK,
	QUEUE_OFFLINE, /* it is off, or its cable is out */
	QUEUE_STOPPED, /* somebody, or CUPS itself, stopped the queue */
	QUEUE_TROUBLES,
};
const char *queue_trouble_word(enum queue_trouble trouble); /* "no-paper" */

struct queue_printer {
	const char *name, *info; /* for the call */
	bool busy, accepting, stopped;
	enum queue_trouble trouble;
};
typedef void queue_visit(void *to, const struct queue_printer *printer);
MUST_CHECK enum queue_answer queue_each(struct queue *queue, queue_visit *visit,
					void *to);

/* What a job is called where the queue lists it for all to read: never by what
 * somebody told, nor a ticket's number. */
#define QUEUE_PAGE "Foyer page"

/* Puts a file (PDF) into a queue as a job of this user's, with that title.
 * scaling: "none" has it printed in its own size (print-scaling, PWG 5100.16);
 * NULL: as the queue is set up. QUEUE_NO_SCHEDULER: it may have the job. */
MUST_CHECK enum queue_answer queue_send(struct queue *queue, const char *name,
					const char *title, const char *path,
					const char *scaling, int *job);

/* The jobs in a queue that are this user's own and not over, the first
 * QUEUE_OWN_MOST of them. */
#define QUEUE_OWN_MOST 64
typedef void queue_own_visit(void *to, int job, const char *title);
MUST_CHECK enum queue_answer queue_own(struct queue *queue, const char *name,
				       queue_own_visit *visit, void *to);

/* Takes a job back; what it has printed stays printed. */
void queue_cancel(struct queue *queue, const char *name, int job);

enum queue_state {
	QUEUE_WAITING, /* the job's turn has not come, or trouble holds it */
	QUEUE_PRINTING,
	QUEUE_HELD, /* its printer stopped in the middle of it */
	QUEUE_PRINTED,
	QUEUE_ABORTED, /* its driver gave it up */
	QUEUE_CANCELLED,
};
/* A job, and its printer, also once the job is over. Reasons stay with a queue
 * until its next job: trouble may be of the job before. */
struct queue_view {
	enum queue_state state;
	enum queue_trouble trouble;
	bool stopped; /* the queue */
};
MUST_CHECK enum queue_answer queue_look(struct queue *queue, const char *name,
					int job, struct queue_view *view);
