#include "office/line.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"

void line_print(json_t *line)
{
	json_dumpf(line, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(line);
}

json_t *line_text(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

json_t *line_words(const char *list)
{
	SCOPED(char_freep) char *copy = xstrdup(list ? list : "");
	json_t *array = json_array();
	char *rest = NULL;

	for (char *word = strtok_r(copy, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest))
		json_array_append_new(array, json_string(word));
	return array;
}

json_t *line_instant(int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	char text[32];
	struct tm utc;

	if (!ms)
		return json_null();
	gmtime_r(&seconds, &utc);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
	return json_string(text);
}

json_t *line_birth(const struct filing_birth *birth)
{
	if (birth->precision == FILING_NO_BIRTH)
		return json_null();
	return json_pack("{ss so ss so so ss}", "value", birth->value,
			 "calendar", line_text(birth->calendar), "precision",
			 filing_precision_word(birth->precision), "earliest",
			 line_text(birth->earliest), "latest",
			 line_text(birth->latest), "words", birth->words);
}

json_t *line_hex(uint64_t number, int digits)
{
	char text[17];

	snprintf(text, sizeof text, "%0*llX", digits,
		 (unsigned long long)number);
	return json_string(text);
}

/* In UTF-8, U+0080 to U+009F are C2 80 to C2 9F. */
static size_t control_length(const char *text)
{
	const unsigned char first = (unsigned char)text[0];
	const unsigned char second = first ? (unsigned char)text[1] : 0;

	if (first == 0xc2 && second >= 0x80 && second <= 0x9f)
		return 2;
	return first < ' ' || first == 0x7f;
}

void line_put(FILE *to, const char *text)
{
	for (; text && *text; text++) {
		const size_t length = control_length(text);

		putc(length ? ' ' : *text, to);
		text += length > 1;
	}
}
