#include "form/value.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "form/bind.h"
#include "form/geo.h"
#include "form/xml.h"
#include "xpath/xpath.h"

#define INT_LEAST (-2147483648.0) /* what ODK's int holds: 32 bits */
#define INT_MOST 2147483647.0

void wipe_free(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* As in a form, whatever point the terminal's language writes. */
static double number_of(const char *text, char **end)
{
	static locale_t plain;

	if (!plain)
		plain = newlocale(LC_ALL_MASK, "C", NULL);
	return strtod_l(text, end, plain);
}

bool value_number(const char *text, double *out)
{
	char *end;

	text += strspn(text, " \t\r\n");
	const char *digits = text + (*text == '-' || *text == '+');
	if (!is_digit(*digits) && !(*digits == '.' && is_digit(digits[1])))
		return false;
	if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
		return false;
	*out = number_of(text, &end);
	return !end[strspn(end, " \t\r\n")] && isfinite(*out);
}

static char *settle_int(const char *text)
{
	double number;

	if (!value_number(text, &number))
		return xstrdup("");
	number = trunc(number);
	if (number < INT_LEAST || number > INT_MOST)
		return xstrdup("");
	return xasprintf("%.0f", number == 0 ? 0.0 : number);
}

/* A number below 1e-6, which the shortest form writes with an exponent. */
static char *small_text(double number)
{
	char *text = xasprintf("%.20f", number);
	size_t length = strlen(text);

	text[strspn(text, "-0123456789")] = '.';
	while (text[length - 1] == '0' && text[length - 2] != '.')
		text[--length] = 0;
	return text;
}

char *value_decimal(double number)
{
	SCOPED(char_freep) char *shortest = xpath_number_text(number);

	if (strchr(shortest, 'e'))
		return fabs(number) < 1 ? small_text(number)
					: xasprintf("%.0f.0", number);
	return xasprintf("%s%s", shortest, strchr(shortest, '.') ? "" : ".0");
}

static char *settle_decimal(const char *text)
{
	double number;

	return value_number(text, &number) ? value_decimal(number)
					   : xstrdup("");
}

/* Reads "dd" as a number from least to most; NULL where it is not. */
static const char *two(const char *text, int least, int most)
{
	if (!text || !is_digit(text[0]) || !is_digit(text[1]))
		return NULL;
	int number = (text[0] - '0') * 10 + text[1] - '0';
	return number >= least && number <= most ? text + 2 : NULL;
}

static const char *sign(const char *text, char wanted)
{
	return text && *text == wanted ? text + 1 : NULL;
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

/* Behind "2020-02-29"; NULL where there is no such day. */
static const char *date(const char *text)
{
	if (strspn(text, "0123456789") < 4)
		return NULL;
	const char *month = sign(text + 4, '-');
	const char *day = sign(two(month, 1, 12), '-');
	if (!day)
		return NULL;
	int year = atoi(text); /* stops at the sign that was just seen */
	return two(day, 1,
		   days_in(year, (month[0] - '0') * 10 + month[1] - '0'));
}

/* Behind "23:59:60.123" and its offset, or NULL. */
static const char *seconds(const char *text)
{
	const char *minute = sign(two(text, 0, 23), ':');
	const char *end = two(sign(two(minute, 0, 59), ':'), 0, 59);

	if (end && *end == '.') {
		size_t digits = strspn(end + 1, "0123456789");
		end = digits ? end + 1 + digits : NULL;
	}
	return end;
}

static const char *offset(const char *text)
{
	if (!text || !*text)
		return text;
	if (*text == 'Z')
		return text + 1;
	if (*text != '+' && *text != '-')
		return NULL;
	return two(sign(two(text + 1, 0, 14), ':'), 0, 59);
}

static bool ends(const char *text)
{
	return text && !*text;
}

/* "T12", "T12:30": of a date with a time only the date is kept. */
static bool loose_time(const char *text)
{
	const char *minute = two(text, 0, 23);

	return ends(minute) || ends(two(sign(minute, ':'), 0, 59)) ||
	       ends(seconds(text));
}

static char *settle_date(const char *text)
{
	const char *end = date(text);

	if (end && (!*end || (*end == 'T' && loose_time(end + 1))))
		return xstrndup(text, (size_t)(end - text));
	return xstrdup("");
}

static char *settle_moment(const char *text)
{
	const char *end = date(text);

	return xstrdup(
	    end && *end == 'T' && ends(offset(seconds(end + 1))) ? text : "");
}

static char *settle_time(const char *text)
{
	return xstrdup(ends(offset(seconds(text))) ? text : "");
}

/* A range holds what is between its ends; it may also count down. */
static bool in_range(const struct field *field, const char *text)
{
	const xmlNode *element = field->control->element;
	double number = number_of(text, NULL);
	double start = number_of(xml_attribute(element, "start"), NULL);
	double end = number_of(xml_attribute(element, "end"), NULL);

	return number >= fmin(start, end) && number <= fmax(start, end);
}

static char *settle_type(enum node_type type, const char *text)
{
	switch (type) {
	case TYPE_INT:
		return settle_int(text);
	case TYPE_DECIMAL:
		return settle_decimal(text);
	case TYPE_DATE:
		return settle_date(text);
	case TYPE_TIME:
		return settle_time(text);
	case TYPE_DATETIME:
		return settle_moment(text);
	default:
		return xstrdup(text);
	}
}

char *value_settle(const struct field *field, const char *text)
{
	if (!*text)
		return xstrdup("");
	if (field->kind == NODE_TRIGGER)
		return xstrdup(strcasecmp(text, "ok") == 0 ? "OK" : "");
	if (field->kind == NODE_SELECT)
		return xstrdup(text);

	char *settled = field->type == TYPE_GEO
			    ? geo_settle(bind_type_name(field), text)
			    : settle_type(field->type, text);
	if (field->kind == NODE_RANGE && *settled && !in_range(field, settled))
		*settled = 0;
	return settled;
}

/* Whether an answer is one of its type to the letter. */
static bool is_exact(enum node_type type, const char *text)
{
	size_t digits = strspn(text + (*text == '-'), "0123456789");
	const char *rest = text + (*text == '-') + digits;

	switch (type) {
	case TYPE_INT:
		return digits && !*rest;
	case TYPE_DECIMAL:
		if (*rest == '.' && digits)
			rest += 1 + strspn(rest + 1, "0123456789");
		return digits && !*rest && rest[-1] != '.';
	case TYPE_DATE:
		return ends(date(text));
	case TYPE_BOOLEAN:
		return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
	default:
		return true;
	}
}

char *value_accept(const struct field *field, const char *text)
{
	if (!*text)
		return xstrdup("");
	if (!xml_holds(text) || !is_exact(field->type, text))
		return NULL;
	char *settled = value_settle(field, text);
	if (!*settled) {
		free(settled);
		return NULL;
	}
	return settled;
}
