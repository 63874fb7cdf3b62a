#include <math.h>
#include <nettle/base16.h>
#include <nettle/base64.h>
#include <nettle/md5.h>
#include <nettle/nettle-meta.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <string.h>

#include "xpath/characters.h"
#include "xpath/function.h"

#define UUID_LENGTH 36
#define UUID_LIMIT 4096 /* characters that uuid(n) makes */

FUNCTION(string)
{
	return of_text(argument_or_context(evaluation, call, context));
}

FUNCTION(concat)
{
	struct words words = { 0 };
	struct parts parts = { 0 };
	struct value part;

	while (parts_next(evaluation, call, context, &parts, &part)) {
		const char *text = to_text(evaluation, &part);

		words_add(evaluation, &words, text, strlen(text));
	}
	return of_text(words_text(&words));
}

FUNCTION(join)
{
	const char *glue = argument_text(evaluation, call, 0, context);
	struct words words = { 0 };
	struct parts parts = { .argument = 1 };
	struct value part;
	bool first = true;

	while (parts_next(evaluation, call, context, &parts, &part)) {
		const char *text = to_text(evaluation, &part);

		if (!first)
			words_add(evaluation, &words, glue, strlen(glue));
		words_add(evaluation, &words, text, strlen(text));
		first = false;
	}
	return of_text(words_text(&words));
}

/* The characters from from up to but without to, counted from 0. */
static struct value cut(struct evaluation *evaluation, const char *text,
			double from, double to)
{
	size_t start, end;

	if (!(from < to))
		return of_text("");
	start = characters_offset(text, from);
	end = characters_offset(text, to);
	return of_text(copy_text(evaluation, text + start, end - start));
}

/* A negative index counts from the end; what is no number cuts everything. */
static double from_end(double index, double length)
{
	index = trunc(index);
	if (isnan(index))
		return 0;
	return fmin(fmax(index < 0 ? length + index : index, 0), length);
}

FUNCTION(substr)
{
	const char *text = argument_text(evaluation, call, 0, context);
	double from = argument_number(evaluation, call, 1, context);
	double length = (double)characters_count(text), to = length;

	if (call->count > 2)
		to = argument_number(evaluation, call, 2, context);
	if (isnan(from) || isnan(to))
		return of_text("");
	return cut(evaluation, text, from_end(from, length),
		   from_end(to, length));
}

/* XPath 1.0 §4.2: counted from 1, both ends rounded. */
FUNCTION(substring)
{
	const char *text = argument_text(evaluation, call, 0, context);
	double from = argument_number(evaluation, call, 1, context);
	double to = INFINITY;

	from = floor(from + 0.5);
	if (call->count > 2)
		to = from +
		     floor(argument_number(evaluation, call, 2, context) + 0.5);
	if (isnan(from) || isnan(to))
		return of_text("");
	return cut(evaluation, text, fmax(from - 1, 0),
		   fmin(to - 1, (double)characters_count(text)));
}

FUNCTION(substring_before)
{
	const char *text = argument_text(evaluation, call, 0, context);
	const char *mark = argument_text(evaluation, call, 1, context);
	const char *found = strstr(text, mark);

	return of_text(
	    found ? copy_text(evaluation, text, (size_t)(found - text)) : "");
}

FUNCTION(substring_after)
{
	const char *text = argument_text(evaluation, call, 0, context);
	const char *mark = argument_text(evaluation, call, 1, context);
	const char *found = strstr(text, mark);

	return of_text(found ? found + strlen(mark) : "");
}

FUNCTION(translate)
{
	const char *text = argument_text(evaluation, call, 0, context);
	const char *from = argument_text(evaluation, call, 1, context);
	const char *to = argument_text(evaluation, call, 2, context);
	struct words words = { 0 };
	size_t size, searched = (strlen(from) + strlen(to)) / STEP_BYTES;

	for (; *text; text += size) {
		size_t index, length;
		const char *put;

		/* Every character is looked for in all of from. */
		if (!evaluation_spend(evaluation, searched))
			break;
		size = characters_next(text);
		if (!characters_find(from, text, size, &index)) {
			words_add(evaluation, &words, text, size);
			continue;
		}
		put = to + characters_offset(to, (double)index);
		length = *put ? characters_next(put) : 0;
		if (length)
			words_add(evaluation, &words, put, length);
	}
	return of_text(words_text(&words));
}

FUNCTION(string_length)
{
	const char *text = argument_or_context(evaluation, call, context);

	return of_number((double)characters_count(text));
}

FUNCTION(normalize_space)
{
	const char *text = argument_or_context(evaluation, call, context);
	struct words words = { 0 };
	const char *word;
	size_t length;

	while ((word = characters_word(&text, &length))) {
		if (words.length)
			words_add(evaluation, &words, " ", 1);
		words_add(evaluation, &words, word, length);
	}
	return of_text(words_text(&words));
}

FUNCTION(contains)
{
	const char *text = argument_text(evaluation, call, 0, context);

	return of_boolean(
	    strstr(text, argument_text(evaluation, call, 1, context)));
}

FUNCTION(starts_with)
{
	const char *text = argument_text(evaluation, call, 0, context);
	const char *start = argument_text(evaluation, call, 1, context);

	return of_boolean(strncmp(text, start, strlen(start)) == 0);
}

FUNCTION(ends_with)
{
	const char *text = argument_text(evaluation, call, 0, context);
	const char *end = argument_text(evaluation, call, 1, context);
	size_t length = strlen(text), tail = strlen(end);

	return of_boolean(tail <= length &&
			  strcmp(text + length - tail, end) == 0);
}

/* RFC 9562 §5.4. */
static void print_uuid(const struct xpath_host *host,
		       char text[UUID_LENGTH + 1])
{
	static const char hex[] = "0123456789abcdef";
	uint8_t bytes[16] = { 0 };

	if (host->random_bytes)
		host->random_bytes(host->to, bytes, sizeof bytes);
	bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x40);
	bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);
	for (size_t i = 0; i < sizeof bytes; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*text++ = '-';
		*text++ = hex[bytes[i] >> 4];
		*text++ = hex[bytes[i] & 15];
	}
	*text = '\0';
}

FUNCTION(uuid)
{
	double wanted = call->count
			    ? argument_number(evaluation, call, 0, context)
			    : UUID_LENGTH;
	struct words words = { 0 };
	char text[UUID_LENGTH + 1];

	if (!(wanted >= 0 && wanted <= UUID_LIMIT)) {
		evaluation_fail(evaluation, FAULT_FORMAT,
				"uuid() makes 0 to %d characters", UUID_LIMIT);
		return of_text("");
	}
	while (words.length < (size_t)wanted) {
		size_t left = (size_t)wanted - words.length;

		print_uuid(evaluation->host, text);
		words_add(evaluation, &words, text,
			  left < UUID_LENGTH ? left : UUID_LENGTH);
		if (evaluation_stopped(evaluation))
			break;
	}
	return of_text(words_text(&words));
}

/* --- digests and base64 ---------------------------------------------------*/

static const struct {
	const char *name;
	const struct nettle_hash *hash;
} hashes[] = {
	{ "MD5", &nettle_md5 },        { "SHA-1", &nettle_sha1 },
	{ "SHA-256", &nettle_sha256 }, { "SHA-384", &nettle_sha384 },
	{ "SHA-512", &nettle_sha512 },
};

static const struct nettle_hash *hash_named(const char *name)
{
	for (size_t i = 0; i < COUNT(hashes); i++)
		if (strcmp(hashes[i].name, name) == 0)
			return hashes[i].hash;
	return NULL;
}

static const char *to_hex(struct evaluation *evaluation, const uint8_t *bytes,
			  size_t length)
{
	char text[2 * SHA512_DIGEST_SIZE + 1];

	base16_encode_update(text, length, bytes);
	return copy_text(evaluation, text, BASE16_ENCODE_LENGTH(length));
}

static const char *to_base64(struct evaluation *evaluation,
			     const uint8_t *bytes, size_t length)
{
	char text[BASE64_ENCODE_RAW_LENGTH(SHA512_DIGEST_SIZE)];

	base64_encode_raw(text, length, bytes);
	return copy_text(evaluation, text, BASE64_ENCODE_RAW_LENGTH(length));
}

static void hash_text(const struct nettle_hash *hash, const char *text,
		      uint8_t digest[SHA512_DIGEST_SIZE])
{
	union {
		struct md5_ctx md5;
		struct sha1_ctx sha1;
		struct sha256_ctx sha256;
		struct sha512_ctx sha512;
	} state;

	hash->init(&state);
	hash->update(&state, strlen(text), (const uint8_t *)text);
	hash->digest(&state, hash->digest_size, digest);
}

FUNCTION(digest)
{
	const char *text = argument_text(evaluation, call, 0, context);
	const char *name = argument_text(evaluation, call, 1, context);
	const char *form = call->count > 2
			       ? argument_text(evaluation, call, 2, context)
			       : "base64";
	const struct nettle_hash *hash = hash_named(name);
	uint8_t bytes[SHA512_DIGEST_SIZE];

	if (!hash) {
		evaluation_fail(evaluation, FAULT_FORMAT,
				"digest() knows MD5, SHA-1, SHA-256, SHA-384 "
				"and SHA-512 by these names alone");
		return of_text("");
	}
	hash_text(hash, text, bytes);
	if (strcmp(form, "hex") == 0)
		return of_text(to_hex(evaluation, bytes, hash->digest_size));
	if (strcmp(form, "base64") == 0)
		return of_text(to_base64(evaluation, bytes, hash->digest_size));
	evaluation_fail(evaluation, FAULT_FORMAT,
			"digest() gives hex or base64 and nothing else");
	return of_text("");
}

FUNCTION(base64_decode)
{
	const char *text = argument_text(evaluation, call, 0, context);
	size_t length = strlen(text);
	size_t size = BASE64_DECODE_LENGTH(length);
	uint8_t *bytes = evaluation_take(evaluation, size + 1);
	struct base64_decode_ctx state;
	struct words words = { 0 };

	if (!bytes)
		return of_text("");
	base64_decode_init(&state);
	if (!base64_decode_update(&state, &size, bytes, length, text) ||
	    !base64_decode_final(&state))
		return of_text("");
	for (size_t at = 0; at < size;) {
		const char *put;
		size_t put_length;

		at += characters_mend((const char *)bytes + at, size - at, &put,
				      &put_length);
		words_add(evaluation, &words, put, put_length);
	}
	return of_text(words_text(&words));
}

const struct function xpath_text_functions[] = {
	{ "string", 0, 1, GIVES_TEXT, .evaluate = string },
	{ "concat", 1, FUNCTION_ANY, GIVES_TEXT, .evaluate = concat },
	{ "join", 1, FUNCTION_ANY, GIVES_TEXT, .evaluate = join },
	{ "substr", 2, 3, GIVES_TEXT, .evaluate = substr },
	{ "substring", 2, 3, GIVES_TEXT, .evaluate = substring },
	{ "substring-before", 2, 2, GIVES_TEXT, .evaluate = substring_before },
	{ "substring-after", 2, 2, GIVES_TEXT, .evaluate = substring_after },
	{ "translate", 3, 3, GIVES_TEXT, .evaluate = translate },
	{ "string-length", 0, 1, GIVES_NUMBER, .evaluate = string_length },
	{ "normalize-space", 0, 1, GIVES_TEXT, .evaluate = normalize_space },
	{ "contains", 2, 2, GIVES_BOOLEAN, .evaluate = contains },
	{ "starts-with", 2, 2, GIVES_BOOLEAN, .evaluate = starts_with },
	{ "ends-with", 2, 2, GIVES_BOOLEAN, .evaluate = ends_with },
	{ "uuid", 0, 1, GIVES_TEXT, .evaluate = uuid },
	{ "digest", 2, 3, GIVES_TEXT, .evaluate = digest },
	{ "base64-decode", 1, 1, GIVES_TEXT, .evaluate = base64_decode },
	{ 0 },
};
