#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/memory.h"
#include "kiosk/hall.h"
#include "kiosk/keeper.h"
#include "kiosk/visitor.h"

/*
 * The kiosk's own process: waits for the processes that have the screen, one
 * after the other, for the signals that end the program, and keeps what must
 * be kept meanwhile (kiosk/keeper.h). It never reads a key.
 */
struct reception;

/*
 * From now on SIGTERM, SIGINT, SIGHUP and SIGCHLD wait until they are asked
 * for, for this process and its children. The caller frees *out; the keeper
 * stays the caller's. FAULT_SYSTEM: they cannot be waited for.
 */
MUST_CHECK enum fault reception_new(struct keeper *keeper,
				    struct reception **out);
void reception_free(struct reception *reception); /* NULL is fine */
DEFINE_SCOPED(struct reception, reception_free)

/* How far the kiosk's time is ahead of the system's, in ms: for the clock that
 * is kept. */
void reception_mend_time(struct reception *reception, int64_t offset);

/* Waits for a child to end, and hands on a request to end to it. */
void reception_wait(struct reception *reception, int child, int *status);

/* Where the loops of such children beat to (kiosk/pulse.h). */
int reception_beat(const struct reception *reception);

/* Whether the program was told to end. */
bool reception_over(const struct reception *reception);

/*
 * Receives one visitor after the other, until staff want to be let in; once: a
 * single one. *last is how the
 * last visit ended. FAULT_SYSTEM: no process, no screen; and those of
 * issuer_take() and waiting_begin().
 */
MUST_CHECK enum fault receive_visitors(struct reception *reception,
				       struct hall *hall, bool once,
				       enum visitor_end *last);
