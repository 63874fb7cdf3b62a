#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "form/run.h"

struct visit;

/*
 * What the form asks of the kiosk (the time, chance, settings, translations)
 * and what it tells by its reserved nodes and appearances. No question is
 * known here by its name.
 */
struct run_world world_of(struct visit *visit);

/* The system's time, which kiosk/timepiece.h mends: ms since 1970 UTC; and a
 * clock that only goes forward. */
int64_t world_now(void);
int64_t world_ticks(void);

/* Notes in the question of appearance `bar` that a way of reading is in use,
 * or no longer is. A form without such a question is told nothing. */
void world_note_access(struct run *run, const char *code, bool used);
