#pragma once

#include <openssl/types.h>

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

/* A reply that does not come: the line is held for HOLDS s, or until the other
 * side lets go. */
extern const char deposit_silence[];
#define DEPOSIT_HOLDS 20

/* Replies end with NULL; one that is "" closes without a word. shown is what a
 * TLS server shows (tests/support/credential.h); NULL: plain. */
struct deposit deposit_start(const char *const *replies, SSL_CTX *shown);

/* What OpenRosa servers say: that they are here, and to what is posted. */
#define DEPOSIT_ROSA "X-OpenRosa-Version: 1.0\r\nConnection: close\r\n"
#define DEPOSIT_HERE "HTTP/1.1 204 No Content\r\n" DEPOSIT_ROSA "\r\n"
#define DEPOSIT_SAYS(status) \
	"HTTP/1.1 " status "\r\n" DEPOSIT_ROSA "Content-Length: 0\r\n\r\n"

/* Ends it; the requests it heard, one behind the other. */
void deposit_stop(struct deposit *deposit, struct bytes *heard);
