#pragma once

#include <stdbool.h>

/*
 * A service manager as base/supervise.h tells it: a socket, and the messages
 * that came, one by one. Nothing is waited for longer than a test takes.
 */
struct manager {
	int file;
};

struct manager manager_new(const char *address); /* a path, or @NAME */
void manager_done(struct manager *manager);

/* The next message is this one; it is waited for. */
void manager_expect(const struct manager *manager, const char *message);
/* The same, whatever comes before it. */
void manager_await(const struct manager *manager, const char *message);

/* Takes what came so far; then whether anything comes within milliseconds. */
void manager_drain(const struct manager *manager);
bool manager_hears(const struct manager *manager, int milliseconds);
