#include "ticket/coding.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>
#define ZLIB_CONST /* its input is const */
#include <zlib.h>

#include "seal/secret.h"
#include "text/cells.h"

/*
 * zlib keeps the text in its tables: they are wiped when it gives them back.
 * A size stands before each piece, in a slot that keeps it aligned.
 */
#define SLOT 16

static voidpf give(voidpf to, uInt items, uInt size)
{
	size_t length = (size_t)items * size;
	uint8_t *memory = xcalloc(1, SLOT + length);

	(void)to;
	memcpy(memory, &length, sizeof length);
	return memory + SLOT;
}

static void take_back(voidpf to, voidpf given)
{
	uint8_t *memory = (uint8_t *)given - SLOT;
	size_t length;

	(void)to;
	memcpy(&length, memory, sizeof length);
	secret_wipe(memory, SLOT + length);
	free(memory);
}

/*
 * A window of 12 bits covers CODING_TEXT_MAX. Fixed codes take at most 9 bits
 * a byte, so half as much again is room for all in one call; deflateBound()
 * promises too little for small windows.
 */
static void deflate_all(const struct bytes *in, struct bytes *out)
{
	z_stream stream = { .zalloc = give, .zfree = take_back };
	uint8_t *result;
	uLong room;
	int done;

	done = deflateInit2(&stream, 9, Z_DEFLATED, -12, 8, Z_DEFAULT_STRATEGY);
	assert(done == Z_OK);
	room = in->length + in->length / 2 + 64;
	result = xcalloc(1, room);
	stream.next_in = in->data;
	stream.avail_in = (uInt)in->length;
	stream.next_out = result;
	stream.avail_out = (uInt)room;
	done = deflate(&stream, Z_FINISH);
	assert(done == Z_STREAM_END);
	(void)done;
	bytes_add(out, result, stream.total_out);
	deflateEnd(&stream);
	secret_wipe(result, room);
	free(result);
}

static enum coding_answer inflate_all(const void *data, size_t length,
				      struct bytes *out)
{
	z_stream stream = { .zalloc = give, .zfree = take_back };
	uint8_t result[CODING_TEXT_MAX + 1];
	enum coding_answer answer = CODING_REFUSED;
	int done;

	done = inflateInit2(&stream, -15);
	assert(done == Z_OK);
	stream.next_in = data;
	stream.avail_in = (uInt)length;
	stream.next_out = result;
	stream.avail_out = sizeof result;
	done = inflate(&stream, Z_FINISH);
	if (done == Z_STREAM_END && stream.avail_in == 0 &&
	    stream.total_out <= CODING_TEXT_MAX) {
		bytes_add(out, result, stream.total_out);
		answer = CODING_READ;
	}
	inflateEnd(&stream);
	secret_wipe(result, sizeof result);
	return answer;
}

enum coding coding_write(const char *given, struct bytes *out)
{
	char *text = text_normal(given);
	struct bytes ways[4] = { 0 };
	enum coding best = CODING_UTF8;

	bytes_add_text(&ways[CODING_UTF8], text);
	secret_wipe(text, strlen(text));
	free(text);
	if (ways[CODING_UTF8].length <= CODING_TEXT_MAX) {
		window_write((char *)ways[CODING_UTF8].data,
			     ways[CODING_UTF8].length, &ways[CODING_WINDOW]);
		deflate_all(&ways[CODING_UTF8], &ways[CODING_DEFLATE]);
		deflate_all(&ways[CODING_WINDOW], &ways[CODING_BOTH]);
		for (enum coding way = CODING_WINDOW; way <= CODING_BOTH; way++)
			if (ways[way].length < ways[best].length)
				best = way;
	}
	bytes_add(out, ways[best].data, ways[best].length);
	for (size_t i = 0; i < COUNT(ways); i++)
		bytes_wipe(&ways[i]);
	return best;
}

static bool all_taken(const uint8_t *text, size_t length)
{
	for (int32_t at = 0; at < (int32_t)length;) {
		UChar32 character;

		U8_NEXT(text, at, (int32_t)length, character);
		if (character < 0 || !coding_takes((uint32_t)character))
			return false;
	}
	return true;
}

static enum coding_answer read_utf8(const void *data, size_t length,
				    struct bytes *out)
{
	if (length > CODING_TEXT_MAX || !all_taken(data, length))
		return CODING_REFUSED;
	bytes_add(out, data, length);
	return CODING_READ;
}

enum coding_answer coding_read(enum coding coding, const void *data,
			       size_t length, struct bytes *out)
{
	struct bytes inside = { 0 };
	enum coding_answer answer;

	if (coding == CODING_UTF8)
		return read_utf8(data, length, out);
	if (coding == CODING_WINDOW)
		return window_read(data, length, out);
	answer = inflate_all(data, length, &inside);
	if (answer == CODING_READ)
		answer = coding == CODING_DEFLATE
			     ? read_utf8(inside.data, inside.length, out)
			     : window_read(inside.data, inside.length, out);
	bytes_wipe(&inside);
	return answer;
}
