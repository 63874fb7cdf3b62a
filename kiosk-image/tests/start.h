#pragma once

#include "base/memory.h"
#include "kiosk-image/tests/machine.h"

/* The names of a machine's sockets in its folder; QEMU connects to them. */
#define START_CONTROL "control"
#define START_SERIAL "serial"
#define START_READY "ready"
#define START_PROBE "probe"
#define START_PRINTER "printer"

/* Words of a command, ended by NULL. */
struct words {
	char **word;
	size_t count;
};
void words_free(struct words *words); /* NULL is fine */
DEFINE_SCOPED(struct words, words_free)

/* The command that starts QEMU for a plan; the caller frees it. */
struct words *start_words(const struct machine_plan *plan);
