#pragma once

#include <stdint.h>

#include "print/emulator.h"
#include "print/printer.h"

/* A port on 127.0.0.1 that was free. */
int emulator_open_tcp(struct emulator *emulator);

/*
 * Runs both ends until the printer has its answer, with a clock that moves on
 * only when neither end has anything to do.
 */
enum printer_answer emulator_run(struct emulator *emulator,
				 struct printer *printer, int64_t *now);
