#include "office/openrosa_reply.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BODY_MOST (64 * 1024) /* bytes read of what a server says */

void openrosa_reply_init(struct openrosa_reply *reply, const char *url)
{
	*reply = (struct openrosa_reply){ .takes = -1, .url = url };
}

void openrosa_reply_done(struct openrosa_reply *reply)
{
	bytes_done(&reply->body);
}

/* --- what comes in -------------------------------------------------------- */

size_t openrosa_reply_body(char *data, size_t size, size_t count, void *to)
{
	struct openrosa_reply *reply = to;
	const size_t length = size * count;

	if (reply->body.length + length > BODY_MOST)
		return 0;
	bytes_add(&reply->body, data, length);
	return length;
}

/* "Name: value" of a header, without blanks around the value; false: it is
 * another one. */
static bool is_header(const char *line, size_t length, const char *name,
		      char *value, size_t room)
{
	const size_t wide = strlen(name);
	size_t have;

	if (length < wide || strncasecmp(line, name, wide) != 0)
		return false;
	line += wide;
	length -= wide;
	while (length && (*line == ' ' || *line == '\t')) {
		line++;
		length--;
	}
	while (length && strchr("\r\n \t", line[length - 1]))
		length--;
	have = length < room - 1 ? length : room - 1;
	memcpy(value, line, have);
	value[have] = 0;
	return true;
}

size_t openrosa_reply_header(char *data, size_t size, size_t count, void *to)
{
	struct openrosa_reply *reply = to;
	const size_t length = size * count;
	char value[2000], *end;

	/* A digest takes two: it is the last that counts. */
	if (length >= 5 && strncasecmp(data, "HTTP/", 5) == 0) {
		reply->openrosa = reply->elsewhere = reply->digest = false;
		reply->takes = -1;
	} else if (is_header(data, length, "X-OpenRosa-Version:", value,
			     sizeof value))
		reply->openrosa = true;
	else if (is_header(data, length, "Location:", value, sizeof value))
		reply->elsewhere = strcmp(value, reply->url) != 0;
	else if (is_header(data, length, "WWW-Authenticate:", value,
			   sizeof value))
		reply->digest |= strncasecmp(value, "Digest ", 7) == 0;
	else if (is_header(data, length, "X-OpenRosa-Accept-Content-Length:",
			   value, sizeof value)) {
		reply->takes = strtoll(value, &end, 10);
		if (end == value || *end || reply->takes < 0)
			reply->takes = -1;
	}
	return length;
}

/* --- what it means -------------------------------------------------------- */

static enum openrosa_answer of_status(const struct openrosa_reply *reply)
{
	static const struct {
		long status;
		enum openrosa_answer answer;
	} known[] = {
		{ 401, OPENROSA_LOGIN },     { 403, OPENROSA_LOGIN },
		{ 404, OPENROSA_NO_FORM },   { 409, OPENROSA_CONFLICT },
		{ 413, OPENROSA_TOO_LARGE }, { 429, OPENROSA_BUSY },
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		if (known[i].status == reply->status)
			return known[i].answer;
	}
	return reply->status >= 500   ? OPENROSA_BUSY
	       : reply->status >= 400 ? OPENROSA_REFUSED
	       : reply->status >= 300 ? OPENROSA_ELSEWHERE
				      : OPENROSA_NOT_ONE;
}

/* 204 is what the specification wants, and some say 200. */
enum openrosa_answer openrosa_reply_looked(const struct openrosa_reply *reply,
					   size_t length)
{
	if (reply->status != 204 && reply->status != 200)
		return of_status(reply);
	if (!reply->openrosa)
		return OPENROSA_NOT_ONE;
	if (reply->elsewhere)
		return OPENROSA_ELSEWHERE;
	return reply->takes >= 0 && (long long)length > reply->takes
		   ? OPENROSA_TOO_LARGE
		   : OPENROSA_TAKEN;
}

enum openrosa_answer openrosa_reply_posted(const struct openrosa_reply *reply)
{
	if (reply->status != 201 && reply->status != 202)
		return of_status(reply);
	return reply->openrosa ? OPENROSA_TAKEN : OPENROSA_NOT_ONE;
}

/* How much of text is the secret, as it is or with %24 for a character. */
static size_t echoed(const char *text, const char *secret)
{
	const char *at = text;

	for (; *secret; secret++) {
		char code[4];

		snprintf(code, sizeof code, "%%%02X", (unsigned char)*secret);
		if (strncasecmp(at, code, 3) == 0)
			at += 3;
		else if (*at++ != *secret)
			return 0;
	}
	return (size_t)(at - text);
}

void openrosa_reply_tell(const struct openrosa_reply *reply, const char *secret,
			 char said[OPENROSA_SAID])
{
	SCOPED(bytes_wipe) struct bytes plain = { 0 };
	const char *words =
	    reply->status ? (const char *)reply->body.data : reply->went_wrong;
	size_t left =
	    reply->status ? reply->body.length : strlen(reply->went_wrong);
	size_t length = 0;

	if (reply->status)
		length = (size_t)snprintf(said, OPENROSA_SAID, "%ld ",
					  reply->status);
	for (; left; left--, words++) {
		if (*words >= ' ' && *words <= '~')
			bytes_add_byte(&plain, (uint8_t)*words);
	}
	bytes_add_byte(&plain, 0);
	for (const char *at = (const char *)plain.data;
	     *at && length < OPENROSA_SAID - 1;) {
		const size_t echo = echoed(at, secret);

		said[length++] = echo ? '*' : *at;
		at += echo ? echo : 1;
	}
	while (length && said[length - 1] == ' ')
		length--;
	said[length] = 0;
}
