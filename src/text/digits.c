#include "text/digits.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unum.h>
#include <unicode/unumsys.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "base/bytes.h"
#include "text/icu.h"
#include "text/message.h"

#define LONGEST 2   /* digits of a run that is a plain number */
#define GROUPED 128 /* UTF-16 units of a number with its separators */

/* The ten digits of a system, as ICU describes it. */
static void read_digits(const UNumberingSystem *system, struct digits *out)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[32];
	int32_t length, at = 0;

	length = unumsys_getDescription(system, wide, COUNT(wide), &error);
	icu_must(error, "reading digits");
	for (int i = 0; i < 10 && at < length; i++) {
		size_t used = 0;
		UChar32 point;

		U16_NEXT(wide, at, length, point);
		U8_APPEND_UNSAFE((uint8_t *)out->digit[i], used, point);
		out->digit[i][used] = 0;
	}
}

struct digits digits_of(const char *language)
{
	UErrorCode error = U_ZERO_ERROR;
	UNumberingSystem *system = unumsys_open(icu_locale(language), &error);
	struct digits digits = { 0 };

	icu_must(error, "choosing digits");
	strncpy(digits.system, unumsys_getName(system),
		sizeof digits.system - 1);
	if (unumsys_isAlgorithmic(system))
		strcpy(digits.system, "latn");
	digits.native = strcmp(digits.system, "latn") != 0;
	if (digits.native)
		read_digits(system, &digits);
	unumsys_close(system);
	return digits;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_sign(char byte)
{
	return byte && strchr("-./:,+#@_", byte);
}

/* Whether what stands beside a run makes it part of something longer; beyond
 * is the byte behind (or before) that. */
static bool joins(char beside, char beyond)
{
	if (isalpha((unsigned char)beside) || beside == '+')
		return true;
	return is_sign(beside) && isalnum((unsigned char)beyond);
}

static bool is_number(const char *text, size_t from, size_t end)
{
	char before = from ? text[from - 1] : 0;

	return end - from <= LONGEST &&
	       !joins(before, from > 1 ? text[from - 2] : 0) &&
	       !joins(text[end], text[end] ? text[end + 1] : 0);
}

static void add_digit(struct bytes *out, const struct digits *digits,
		      char western)
{
	if (digits->native)
		bytes_add_text(out, digits->digit[western - '0']);
	else
		bytes_add_byte(out, (uint8_t)western);
}

/* literal: for each byte, whether it is text; NULL: all are. */
static char *shown(const struct digits *digits, const char *text,
		   const uint8_t *literal)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	for (size_t at = 0; text[at];) {
		size_t end = at;

		while (is_digit(text[end]) && (!literal || literal[end]))
			end++;
		if (end == at) {
			bytes_add_byte(&out, (uint8_t)text[at++]);
			continue;
		}
		if (!is_number(text, at, end)) {
			bytes_add(&out, text + at, end - at);
			at = end;
		}
		for (; at < end; at++)
			add_digit(&out, digits, text[at]);
	}
	return bytes_take_text(&out);
}

char *digits_shown(const struct digits *digits, const char *text)
{
	return shown(digits, text, NULL);
}

char *digits_in_pattern(const struct digits *digits, const char *pattern)
{
	uint8_t *literal = xcalloc(strlen(pattern) + 1, sizeof *literal);
	char *text;

	message_literals(pattern, literal);
	text = shown(digits, pattern, literal);
	free(literal);
	return text;
}

int digits_value(uint32_t character)
{
	return u_charDigitValue((UChar32)character);
}

char *digits_number(const struct digits *digits, double number)
{
	SCOPED(char_freep) char *text = xasprintf("%.15g", number);
	struct bytes out = { 0 };

	for (const char *at = text; *at; at++) {
		if (is_digit(*at))
			add_digit(&out, digits, *at);
		else
			bytes_add_byte(&out, (uint8_t)*at);
	}
	return bytes_take_text(&out);
}

char *digits_grouped(const char *language, const char *number)
{
	UErrorCode error = U_ZERO_ERROR;
	UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0,
					  icu_locale(language), NULL, &error);
	int32_t length, room = (int32_t)strlen(number);
	UChar out[GROUPED];
	char *end;

	icu_must(error, "opening a number's format");
	(void)strtod(number, &end);
	unum_setAttribute(format, UNUM_MAX_FRACTION_DIGITS, room);
	length = unum_formatDecimal(format, number, room, out, GROUPED, NULL,
				    &error);
	unum_close(format);
	return end == number || *end || U_FAILURE(error) || length > GROUPED
		   ? xstrdup(number)
		   : icu_narrow(out, length);
}

char *digits_plain(const char *text)
{
	size_t at = 0, length = strlen(text);
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	while (at < length) {
		size_t from = at;
		UChar32 point = icu_next(text, length, &at);
		int digit = u_charDigitValue(point);

		if (digit >= 0)
			bytes_add_byte(&out, (uint8_t)('0' + digit));
		else if (point == ',' || point == 0x66B)
			bytes_add_byte(&out, '.');
		else if (point == 0x2212)
			bytes_add_byte(&out, '-');
		else
			bytes_add(&out, text + from, at - from);
	}
	return bytes_take_text(&out);
}

/* --- numbers that are being written ----------------------------------------
 */

static void read_sign(const UNumberFormat *format, UNumberFormatSymbol symbol,
		      char out[static 8])
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[8];
	int32_t length =
	    unum_getSymbol(format, symbol, wide, COUNT(wide), &error);

	icu_must(error, "reading a number's signs");
	SCOPED(char_freep) char *sign = icu_narrow(wide, length);

	strncpy(out, sign, 7);
}

struct digits_signs digits_signs(const char *language)
{
	UErrorCode error = U_ZERO_ERROR;
	UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0,
					  icu_locale(language), NULL, &error);
	struct digits_signs signs = { 0 };

	icu_must(error, "opening a number's format");
	read_sign(format, UNUM_DECIMAL_SEPARATOR_SYMBOL, signs.point);
	read_sign(format, UNUM_GROUPING_SEPARATOR_SYMBOL, signs.group);
	unum_close(format);
	return signs;
}

/* Blanks and apostrophes part thousands wherever somebody learnt it so. */
static size_t group_length(const struct digits_signs *signs, const char *text)
{
	const char *const groups[] = {
		signs->group, " ", "\u00a0", "\u202f", "'", "\u2019", "\u066c",
	};

	for (size_t i = 0; i < COUNT(groups); i++) {
		size_t length = strlen(groups[i]);

		if (length && strncmp(text, groups[i], length) == 0)
			return length;
	}
	return 0;
}

char *digits_joined(const char *language, const char *text)
{
	struct digits_signs signs = digits_signs(language);
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	while (*text) {
		size_t length = group_length(&signs, text);

		if (length)
			text += length;
		else
			bytes_add_byte(&out, (uint8_t)*text++);
	}
	SCOPED(char_wipep) char *joined = bytes_take_text(&out);

	return digits_plain(joined);
}

static void add_written(struct bytes *out, const char *language,
			const char *rest)
{
	struct digits_signs signs = digits_signs(language);
	struct digits digits = digits_of(language);

	for (; *rest; rest++) {
		if (is_digit(*rest))
			add_digit(out, &digits, *rest);
		else if (*rest == '.')
			bytes_add_text(out, signs.point);
		else
			bytes_add_byte(out, (uint8_t)*rest);
	}
}

char *digits_written(const char *language, const char *number)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	add_written(&out, language, number);
	return bytes_take_text(&out);
}

char *digits_parted(const char *language, const char *text)
{
	SCOPED(char_wipep) char *plain = digits_joined(language, text);
	size_t sign = *plain == '-';
	size_t whole = strspn(plain + sign, "0123456789");
	SCOPED(char_wipep) char *front = xstrndup(plain, sign + whole);
	SCOPED(char_wipep) char *grouped = NULL;
	struct bytes out = { 0 };

	if (!whole)
		return xstrdup(text);
	grouped = digits_grouped(language, front);
	bytes_add_text(&out, grouped);
	add_written(&out, language, plain + sign + whole);
	return bytes_take_text(&out);
}
