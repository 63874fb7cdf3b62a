#include "xpath/number.h"

#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "xpath/xpath.h"

#define DIGITS_MAX 17       /* enough for every double */
#define PLAIN_EXPONENT 21   /* from 1e21 on ECMAScript prints an exponent */
#define SMALL_EXPONENT (-7) /* and from 1e-7 down */

/* The C locale, whatever the program set for its messages. */
static locale_t c_locale(void)
{
	static locale_t locale;

	if (!locale)
		locale = newlocale(LC_ALL_MASK, "C", NULL);
	return locale;
}

/* The fewest digits that read back as number, and its decimal exponent. */
static int shortest(double number, char digits[DIGITS_MAX + 1], int *exponent)
{
	char text[NUMBER_TEXT_SIZE] = "";
	locale_t before = uselocale(c_locale());
	int count = 0;

	for (int precision = 0; precision < DIGITS_MAX; precision++) {
		snprintf(text, sizeof text, "%.*e", precision, number);
		if (strtod(text, NULL) == number)
			break;
	}
	uselocale(before);
	for (const char *c = text; *c != 'e'; c++)
		if (*c != '.')
			digits[count++] = *c;
	digits[count] = '\0';
	*exponent = atoi(strchr(text, 'e') + 1);
	return count;
}

static void print_exponent(const char *digits, int exponent, char *text)
{
	snprintf(text, NUMBER_TEXT_SIZE - 1, "%c%s%s%s%d", digits[0],
		 digits[1] ? "." : "", digits + 1, exponent < 0 ? "e-" : "e+",
		 abs(exponent));
}

static void print_plain(const char *digits, int count, int exponent, char *text)
{
	char *out = text;

	if (exponent < 0)
		out = stpcpy(out, "0.");
	for (int i = exponent + 1; i < 0; i++)
		*out++ = '0';
	for (int i = 0; i < count; i++) {
		if (i > 0 && i == exponent + 1)
			*out++ = '.';
		*out++ = digits[i];
	}
	for (int i = count; i <= exponent; i++)
		*out++ = '0';
	*out = '\0';
}

/* ECMA-262, Number::toString. */
void number_print(double number, char text[NUMBER_TEXT_SIZE])
{
	char digits[DIGITS_MAX + 1] = "";
	int count, exponent;

	if (isnan(number)) {
		strcpy(text, "NaN");
		return;
	}
	if (number < 0) {
		*text++ = '-';
		number = -number;
	}
	if (isinf(number)) {
		strcpy(text, "Infinity");
	} else if (number < 1e15 && number == floor(number)) {
		snprintf(text, NUMBER_TEXT_SIZE - 1, "%lld", (long long)number);
	} else {
		count = shortest(number, digits, &exponent);
		if (exponent >= PLAIN_EXPONENT || exponent <= SMALL_EXPONENT)
			print_exponent(digits, exponent, text);
		else
			print_plain(digits, count, exponent, text);
	}
}

char *xpath_number_text(double number)
{
	char text[NUMBER_TEXT_SIZE];

	number_print(number, text);
	return xstrdup(text);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t digits_at(const char *text, size_t at, size_t end)
{
	size_t start = at;

	while (at < end && text[at] >= '0' && text[at] <= '9')
		at++;
	return at - start;
}

/* Whether all of text is a decimal number without a sign. */
static bool is_decimal(const char *text, size_t end)
{
	size_t at = digits_at(text, 0, end), digits = at;

	if (at < end && text[at] == '.') {
		digits += digits_at(text, at + 1, end);
		at += 1 + digits_at(text, at + 1, end);
	}
	if (!digits)
		return false;
	if (at < end && (text[at] == 'e' || text[at] == 'E')) {
		at++;
		if (at < end && (text[at] == '+' || text[at] == '-'))
			at++;
		digits = digits_at(text, at, end);
		at += digits;
	}
	return digits && at == end;
}

/* Most numbers are a few digits; exact as long as a double holds them all. */
static bool is_short(const char *text, size_t length, double *number)
{
	*number = 0;
	if (!length || length > 15 || digits_at(text, 0, length) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		*number = *number * 10 + (text[i] - '0');
	return true;
}

double number_parse(const char *text, size_t length)
{
	SCOPED(char_freep) char *copy = NULL;
	double sign = 1, number;

	if (is_short(text, length, &number))
		return number;
	while (length && is_blank(*text))
		text++, length--;
	while (length && is_blank(text[length - 1]))
		length--;
	if (length && (*text == '+' || *text == '-')) {
		sign = *text == '-' ? -1 : 1;
		text++, length--;
	}
	if (length == strlen("Infinity") && !memcmp(text, "Infinity", length))
		return sign * INFINITY;
	if (!is_decimal(text, length))
		return NAN;
	copy = xstrndup(text, length);
	return sign * strtod_l(copy, NULL, c_locale());
}
