#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "office/openrosa_reply.h"

/*
 * What a server answers to `foyer visit submit`. The first byte is the status,
 * two the length that is to be posted; then lines are headers up to an empty
 * one, and the rest is the body in two pieces. What is told of it is one
 * printable line without our secret.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SECRET "a!to$ken"

static const long statuses[] = { 0,   200, 201, 202, 204, 302, 307, 400,
				 401, 403, 404, 409, 413, 429, 500, 503 };

static void take_all(struct openrosa_reply *reply, const uint8_t *data,
		     size_t size)
{
	SCOPED(char_freep) char *copy = xasprintf("%.*s", (int)size, data);
	char *at = copy, *end;
	size_t left;

	while ((end = strchr(at, '\n')) && end != at) {
		(void)openrosa_reply_header(at, 1, (size_t)(end - at + 1),
					    reply);
		at = end + 1;
	}
	left = strlen(at);
	(void)openrosa_reply_body(at, 1, left / 2, reply);
	(void)openrosa_reply_body(at + left / 2, left - left / 2, 1, reply);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct openrosa_reply reply;
	char said[OPENROSA_SAID];
	size_t length;

	if (size < 3)
		return 0;
	openrosa_reply_init(&reply, "https://h.example/v1/submission");
	reply.status = statuses[data[0] % 16];
	length = (size_t)(data[1] << 8 | data[2]);
	take_all(&reply, data + 3, size - 3);
	if (!reply.status)
		memcpy(reply.went_wrong, data + 3,
		       size - 3 < OPENROSA_WRONG - 1 ? size - 3
						     : OPENROSA_WRONG - 1);
	assert(openrosa_reply_looked(&reply, length) < OPENROSA_ANSWERS);
	assert(openrosa_reply_posted(&reply) < OPENROSA_ANSWERS);
	openrosa_reply_tell(&reply, SECRET, said);
	assert(strlen(said) < OPENROSA_SAID && !strstr(said, SECRET));
	for (const char *c = said; *c; c++)
		assert(*c >= ' ' && *c <= '~');
	openrosa_reply_done(&reply);
	return 0;
}
