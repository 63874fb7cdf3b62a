#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/settings.h"
#include "record/record.h"
#include "record/visit.h"

/*
 * Who waits, in the order to call them: U1, U2, then everyone else by arrival;
 * within U1 and within U2 by arrival too. Whoever has waited as long as the
 * agency's limit counts as U2 from then on. U5 may also be served as a quick
 * lane beside the others.
 */
struct queue_row {
	int64_t visit;
	char *number;
	enum visit_level level;    /* the effective one */
	enum visit_level computed; /* the form's */
	bool overridden;           /* staff set the level */
	bool lifted;               /* by the waiting limit */
	bool quick;                /* U5: the quick lane may take it */
	bool quiet;                /* an alert of this visit is not closed */
	enum visit_state state;
	int64_t arrived, called, started;
	int64_t waited; /* ms from arrival to now, or to the service's start */
	char *language, *tags;
	char *name; /* fact own_script_name, else latin_name; "" if none */
	char *by;
};

struct queue {
	struct queue_row *rows;
	size_t count;
	size_t waiting; /* how many wait, were called or did not answer */
};

enum queue_part {
	QUEUE_WAITING,    /* waiting, called and no answer */
	QUEUE_QUICK,      /* of those, the quick lane */
	QUEUE_IN_SERVICE, /* by start of service */
	QUEUE_ENDED,      /* ended in the last 24 hours, latest first */
};

/* The agency's waiting limit, [queue] waiting_limit in minutes, as ms. */
int64_t queue_limit(const struct settings *settings);

/*
 * limit is the waiting limit in ms, 0 for none. The caller releases *out with
 * queue_done(); on a fault it is untouched.
 */
MUST_CHECK enum fault queue_read(struct record *record, enum queue_part part,
				 int64_t now, int64_t limit, struct queue *out);
void queue_done(struct queue *queue);

/*
 * What a lobby may see: numbers only. called has the last called first;
 * waiting is sorted by number, so that its order tells nobody's level.
 */
#define QUEUE_CALLED_LIMIT 8
struct queue_board {
	char **called, **waiting;
	size_t called_count, waiting_count;
};
MUST_CHECK enum fault queue_board_read(struct record *record,
				       struct queue_board *out);
void queue_board_done(struct queue_board *board);
