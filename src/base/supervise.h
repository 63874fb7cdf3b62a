#pragma once

#include <stdbool.h>

/*
 * What the service manager that started a program is told, in the protocol of
 * sd_notify(3): one datagram a message, to the Unix socket that the
 * environment's NOTIFY_SOCKET names.
 */
#define SUPERVISE_READY "READY=1"
#define SUPERVISE_ALIVE "WATCHDOG=1"
#define SUPERVISE_STOPPING "STOPPING=1"

/*
 * Sends a message to address: a path, or @NAME for the abstract namespace;
 * NULL: nobody asked to be told. Never waits; false if the message did not go
 * out, which is not logged: who is not told acts on that.
 */
bool supervise_tell(const char *address, const char *message);
