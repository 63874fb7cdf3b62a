#pragma once

#include <stddef.h>

#include "base/memory.h"
#include "kiosk-image/tests/machine.h"

/* What can be said of a running kiosk through the probe. */

/* Processes of user space, "990 foot" a line, each once, sorted; the caller
 * frees it. */
char *guest_processes(struct machine *machine);

/* Lines of the kernel's tables of sockets but the heads: of TCP, UDP, raw and
 * packet sockets. None is "". The caller frees it. */
char *guest_network(struct machine *machine);

/* Paths of Unix sockets, each once, sorted, a line each. The caller frees it.
 */
char *guest_sockets(struct machine *machine);

/* MiB that are not available to programs; -1: not known. */
int guest_memory(struct machine *machine);
