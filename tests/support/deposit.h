#pragma once

#include "base/bytes.h"

/*
 * A server on this machine in a process of its own, for what is sent to one: to
 * each request in turn it gives the next reply, and keeps what it heard.
 */
struct deposit {
	int port;
	int heard; /* a pipe */
	int process;
};

/* Replies end with NULL; one that is "" closes without a word. */
struct deposit deposit_start(const char *const *replies);

/* Ends it; the requests it heard, one behind the other. */
void deposit_stop(struct deposit *deposit, struct bytes *heard);
