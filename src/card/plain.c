#include "card/plain.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unicode/utf8.h>

/* --- what it is instead --------------------------------------------------- */

static bool holds(const uint8_t *bytes, size_t length, const char *text)
{
	return memmem(bytes, length, text, strlen(text)) != NULL;
}

/* An archive is told by the names in it, which stand there as they are. */
static const char *archive_key(const uint8_t *bytes, size_t length)
{
	if (holds(bytes, length, "word/") ||
	    holds(bytes, length, "opendocument.text"))
		return "card.is_word";
	if (holds(bytes, length, "xl/") ||
	    holds(bytes, length, "opendocument.spreadsheet"))
		return "card.is_sheet";
	return "card.is_archive";
}

static const struct {
	const char *begins;
	size_t length;
	const char *key; /* NULL: an archive */
} kinds[] = {
	{ "PK\003\004", 4, NULL },
	{ "\xD0\xCF\x11\xE0", 4, "card.is_word" },
	{ "{\\rtf", 5, "card.is_rtf" },
	{ "%PDF", 4, "card.is_pdf" },
	{ "\x89PNG", 4, "card.is_picture" },
	{ "\xFF\xD8\xFF", 3, "card.is_picture" },
	{ "GIF8", 4, "card.is_picture" },
	{ "Rar!", 4, "card.is_archive" },
	{ "7z\xBC\xAF", 4, "card.is_archive" },
	{ "\x1F\x8B", 2, "card.is_archive" },
};

static bool begins_with(const char *text, size_t length, const char *word)
{
	return length >= strlen(word) &&
	       strncasecmp(text, word, strlen(word)) == 0;
}

static bool is_html(const uint8_t *bytes, size_t length)
{
	static const char *const words[] = { "<!doctype html", "<html", "<head",
					     "<body", "<?xml" };
	const char *text = (const char *)bytes;

	if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		text += 3, length -= 3;
	for (; length && strchr(" \t\r\n", *text); text++)
		length--;
	for (size_t i = 0; i < COUNT(words); i++) {
		if (begins_with(text, length, words[i]))
			return true;
	}
	return false;
}

/* The key of what says what it is; NULL: perhaps text. */
static const char *other_kind(const uint8_t *bytes, size_t length)
{
	if (!length)
		return "card.is_empty";
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (length >= kinds[i].length &&
		    memcmp(bytes, kinds[i].begins, kinds[i].length) == 0)
			return kinds[i].key ? kinds[i].key
					    : archive_key(bytes, length);
	}
	return is_html(bytes, length) ? "card.is_html" : NULL;
}

/* --- its letters -----------------------------------------------------------
 */

static bool is_utf8(const uint8_t *bytes, size_t length)
{
	int32_t at = 0;

	while (at < (int32_t)length) {
		UChar32 point;

		U8_NEXT(bytes, at, (int32_t)length, point);
		if (point < 0)
			return false;
	}
	return true;
}

/* "UTF-16LE" or "UTF-16BE" where it is that, marked or not; else NULL. English
 * settings have a zero in every other byte. */
static const char *wide_name(const uint8_t *bytes, size_t length)
{
	size_t zeros[2] = { 0 };

	if (length >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE)
		return "UTF-16LE";
	if (length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF)
		return "UTF-16BE";
	for (size_t i = 0; i < length; i++)
		zeros[i % 2] += !bytes[i];
	if (length % 2 || length < 4)
		return NULL;
	if (!zeros[0] && zeros[1] > length / 4)
		return "UTF-16LE";
	return !zeros[1] && zeros[0] > length / 4 ? "UTF-16BE" : NULL;
}

/* As UTF-8; false where a byte has no meaning there. */
static bool convert(const char *from, const uint8_t *bytes, size_t length,
		    struct bytes *out)
{
	iconv_t way = iconv_open("UTF-8", from);
	char *in = (char *)(uintptr_t)bytes;
	bool whole = way != (iconv_t)-1;

	while (whole && length) {
		char piece[512];
		char *to = piece;
		size_t room = sizeof piece, before = length;

		/* A full piece is no fault; one that does not move is. */
		if (iconv(way, &in, &length, &to, &room) == (size_t)-1 &&
		    length == before)
			whole = false;
		bytes_add(out, piece, sizeof piece - room);
	}
	if (way != (iconv_t)-1)
		iconv_close(way);
	return whole;
}

/* The first line with a byte that is not ASCII. */
static int odd_line(const uint8_t *bytes, size_t length)
{
	int line = 1;

	for (size_t i = 0; i < length && bytes[i] < 0x80; i++)
		line += bytes[i] == '\n';
	return line;
}

static bool to_utf8(const char *file, const uint8_t *bytes, size_t length,
		    struct card_findings *findings, struct bytes *out)
{
	const char *wide = wide_name(bytes, length);

	bytes_add_text(out, "");
	if (wide)
		return convert(wide, bytes, length, out) &&
		       !memchr(out->data, 0, out->length);
	if (memchr(bytes, 0, length))
		return false;
	if (is_utf8(bytes, length)) {
		bytes_add(out, bytes, length);
		return true;
	}
	card_find(findings, CARD_DOUBT, file, odd_line(bytes, length),
		  "card.old_letters", NULL);
	return convert("WINDOWS-1252", bytes, length, out);
}

/* One line feed a line, none of them a mark. */
static void to_lines(const struct bytes *text, struct bytes *out)
{
	static const char mark[] = "\xEF\xBB\xBF";
	const uint8_t *at = text->data, *end = at + text->length;

	bytes_add_text(out, "");
	if (text->length >= 3 && memcmp(at, mark, 3) == 0)
		at += 3;
	for (; at < end; at++) {
		if (*at == '\r' && at + 1 < end && at[1] == '\n')
			continue;
		bytes_add_byte(out, *at == '\r' ? '\n' : *at);
	}
}

bool card_plain(const char *file, const void *bytes, size_t length,
		struct card_findings *findings, struct bytes *out)
{
	const char *other = other_kind(bytes, length);
	struct bytes text = { 0 };
	bool plain = !other && to_utf8(file, bytes, length, findings, &text);

	if (plain)
		to_lines(&text, out);
	else
		card_find(findings, CARD_STOP, file, 0,
			  other ? other : "card.is_no_text", NULL);
	bytes_done(&text);
	return plain;
}
