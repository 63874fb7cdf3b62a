#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "office/openrosa.h"

/*
 * What a server answered to one request, as it comes in: bytes from outside
 * that need no network here.
 */

#define OPENROSA_WRONG 256 /* bytes, libcurl's CURL_ERROR_SIZE */

struct openrosa_reply {
	const char *url; /* whom we asked */
	long status;     /* of HTTP; 0: it said nothing */
	bool openrosa;   /* it has X-OpenRosa-Version */
	bool elsewhere;  /* it has a Location that is not where we were */
	bool digest;     /* it asks for that, for who we are */
	long long takes; /* X-OpenRosa-Accept-Content-Length; -1: not said */
	struct bytes body;
	char went_wrong[OPENROSA_WRONG]; /* in libcurl's words */
};

void openrosa_reply_init(struct openrosa_reply *reply, const char *url);
void openrosa_reply_done(struct openrosa_reply *reply);

/* As libcurl's callbacks: to is the reply; anything but size * count ends the
 * transfer. A header is a line, its end included. */
size_t openrosa_reply_header(char *data, size_t size, size_t count, void *to);
size_t openrosa_reply_body(char *data, size_t size, size_t count, void *to);

/* What it means, of a HEAD before length bytes are posted, and of a POST. */
enum openrosa_answer openrosa_reply_looked(const struct openrosa_reply *reply,
					   size_t length);
enum openrosa_answer openrosa_reply_posted(const struct openrosa_reply *reply);

/* One line of what it said, or of what went wrong before it could, for a
 * terminal: ASCII, no control character, and * for the secret. */
void openrosa_reply_tell(const struct openrosa_reply *reply, const char *secret,
			 char said[OPENROSA_SAID]);
