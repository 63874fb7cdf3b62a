#include "record/value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "record/statement.h"

static char *write_money(const char *value)
{
	const long long cents = strtoll(value, NULL, 10);
	const long long size = cents < 0 ? -cents : cents;

	return xasprintf("%s%lld.%02lld", cents < 0 ? "-" : "", size / 100,
			 size % 100);
}

char *value_write(const struct field *field, const char *value)
{
	char instant[INSTANT_BYTES];

	if (!value)
		return xstrdup("");
	switch (field->type) {
	case FIELD_INSTANT:
		instant_write(strtoll(value, NULL, 10), instant);
		return xstrdup(instant);
	case FIELD_MONEY:
		return write_money(value);
	case FIELD_YES:
		return xstrdup(value[0] == '1' ? "yes" : "no");
	default:
		return xstrdup(value);
	}
}

/* "12", "12.5", "12,50" and "-0.05" are cents; at most fourteen digits. */
static char *read_money(const char *text)
{
	const bool minus = *text == '-';
	const char *at = text + minus;
	long long cents = 0;
	int decimals = -1, digits = 0;

	for (; *at; at++) {
		if ((*at == '.' || *at == ',') && decimals < 0) {
			decimals = 0;
			continue;
		}
		if (!isdigit((unsigned char)*at) || decimals == 2 ||
		    ++digits > 14)
			return NULL;
		cents = 10 * cents + *at - '0';
		decimals += decimals >= 0;
	}
	if (!digits)
		return NULL;
	for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
		cents *= 10;
	return xasprintf("%lld", minus ? -cents : cents);
}

static char *read_yes(const char *text)
{
	static const char *const yes[] = { "yes", "1", "true", "oui" };
	static const char *const no[] = { "no", "0", "false", "non" };

	for (size_t i = 0; i < COUNT(yes); i++) {
		if (!strcasecmp(text, yes[i]) || !strcasecmp(text, no[i]))
			return xstrdup(strcasecmp(text, no[i]) ? "1" : "0");
	}
	return NULL;
}

static char *read_instant(const char *text)
{
	const int64_t ms = instant_read(text);

	return ms ? xasprintf("%lld", (long long)ms) : NULL;
}

bool value_read(const struct field *field, const char *text, char **out)
{
	*out = NULL;
	if (!text[0])
		return true;
	*out = field->type == FIELD_INSTANT ? read_instant(text)
	       : field->type == FIELD_MONEY ? read_money(text)
	       : field->type == FIELD_YES   ? read_yes(text)
					    : xstrdup(text);
	return *out != NULL;
}

const char *value_about(enum field_type type)
{
	static const char *const words[] = {
		[FIELD_TEXT] = "one line of text",
		[FIELD_LONG] = "text",
		[FIELD_WHOLE] = "a whole number",
		[FIELD_MONEY] = "an amount such as 120.50",
		[FIELD_DAY] = "a day such as 2026-11-22, 2026-11 or 2026",
		[FIELD_INSTANT] = "a moment such as 2026-11-22T14:30:00Z",
		[FIELD_CODE] = "one code",
		[FIELD_CODES] = "codes with blanks between",
		[FIELD_LINK] = "the id of what it refers to",
		[FIELD_YES] = "yes or no",
	};

	return words[type];
}
