#include "form/path.h"

#include <ctype.h>
#include <string.h>

#include "base/bytes.h"

/* The end of a predicate that begins at text, behind its bracket. */
static const char *predicate_end(const char *text)
{
	int depth = 0;

	for (char quote = 0; *text; text++) {
		if (quote)
			quote = *text == quote ? 0 : quote;
		else if (*text == '\'' || *text == '"')
			quote = *text;
		else if (*text == '[')
			depth++;
		else if (*text == ']' && --depth == 0)
			return text + 1;
	}
	return text;
}

char *path_without_predicates(const char *expression)
{
	struct bytes out = { 0 };
	char quote = 0;

	bytes_add_text(&out, "");
	while (*expression) {
		if (!quote && *expression == '[') {
			expression = predicate_end(expression);
			continue;
		}
		if (quote)
			quote = *expression == quote ? 0 : quote;
		else if (*expression == '\'' || *expression == '"')
			quote = *expression;
		bytes_add_byte(&out, (uint8_t)*expression++);
	}
	return out.data ? bytes_take_text(&out) : xstrdup("");
}

static bool name_byte(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80) || strchr("_-.:@", c);
}

/* Drops the last step of the path in out. */
static bool climb(struct bytes *out)
{
	const uint8_t *slash = NULL;

	if (out->length)
		slash = memrchr(out->data, '/', out->length);
	if (!slash)
		return false;
	out->length = (size_t)(slash - out->data);
	out->data[out->length] = 0;
	return true;
}

static bool add_step(struct bytes *out, const char *step, size_t length)
{
	if (length == 1 && *step == '.')
		return true;
	if (length == 2 && strncmp(step, "..", 2) == 0)
		return climb(out);
	if (strchr(".-0123456789", *step))
		return false;
	bytes_add_byte(out, '/');
	bytes_add(out, step, length);
	return true;
}

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t\r\n");
}

/* One step and the slash behind it. NULL: not a simple path. */
static const char *take_step(struct bytes *out, const char *text)
{
	const char *end = text;

	while (*end && name_byte(*end))
		end++;
	if (end == text || !add_step(out, text, (size_t)(end - text)))
		return NULL;
	end = skip_blanks(end);
	while (*end == '[')
		end = skip_blanks(predicate_end(end));
	if (!*end)
		return end;
	if (*end != '/')
		return NULL;
	end = skip_blanks(end + 1);
	return *end ? end : NULL;
}

char *path_resolve(const char *context, const char *reference)
{
	struct bytes out = { 0 };
	const char *at = skip_blanks(reference);

	if (*at == '/') {
		at = skip_blanks(at + 1);
	} else if (context) {
		bytes_add_text(&out, context);
		if (strncmp(at, "current()/", 10) == 0)
			at += 10;
	}
	if (!*at)
		at = NULL;
	while (at && *at)
		at = take_step(&out, at);
	if (!at || !out.length) {
		bytes_done(&out);
		return NULL;
	}
	return bytes_take_text(&out);
}
