#include "base/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

void findings_done(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		free(findings->list[i].line);
		free(findings->list[i].file);
		free(findings->list[i].column);
		free(findings->list[i].words);
	}
	free(findings->list);
	*findings = (struct findings){ 0 };
}

bool findings_has(const struct findings *findings, const char *line)
{
	for (size_t i = 0; i < findings->count; i++)
		if (!strcmp(findings->list[i].line, line))
			return true;
	return false;
}

/* "survey.csv: row 12, column relevant: " */
static void add_place(struct bytes *line, struct finding_place place)
{
	if (place.file)
		bytes_add_format(line, "%s: ", place.file);
	if (place.row > 0)
		bytes_add_format(line, "row %d", place.row);
	if (place.row > 0 && place.column)
		bytes_add_text(line, ", ");
	if (place.column)
		bytes_add_format(line, "column %s", place.column);
	if (place.row > 0 || place.column)
		bytes_add_text(line, ": ");
}

static char *format_words(const char *format, va_list arguments)
{
	char *words = NULL;

	if (vasprintf(&words, format, arguments) < 0)
		abort();
	return words;
}

void findings_add(struct findings *findings, enum finding_level level,
		  struct finding_place place, const char *format, ...)
{
	struct bytes line = { 0 };
	va_list arguments;

	va_start(arguments, format);
	SCOPED(char_freep) char *words = format_words(format, arguments);
	va_end(arguments);
	add_place(&line, place);
	bytes_add_text(&line, words);
	SCOPED(char_freep) char *text = bytes_take_text(&line);
	if (findings_has(findings, text))
		return;
	findings->errors += level == FINDING_ERROR;
	if (findings->count == FINDINGS_LIMIT)
		return;

	if (findings->count == findings->room) {
		findings->room = findings->room ? 2 * findings->room : 16;
		findings->list = xreallocarray(findings->list, findings->room,
					       sizeof *findings->list);
	}
	findings->list[findings->count++] = (struct finding){
		.level = level,
		.line = xstrdup(text),
		.file = place.file ? xstrdup(place.file) : NULL,
		.column = place.column ? xstrdup(place.column) : NULL,
		.row = place.row,
		.words = xstrdup(words),
	};
}
