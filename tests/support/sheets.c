#include "tests/support/sheets.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "tests/test.h"
#include "xlsform/csv.h"

char *sheets_compile(struct sheets_text text, struct findings *findings)
{
	const char *parts[SHEET_KINDS] = {
		[SHEET_SURVEY] = text.survey,
		[SHEET_CHOICES] = text.choices,
		[SHEET_SETTINGS] = text.settings,
		[SHEET_ENTITIES] = text.entities,
	};
	struct sheets sheets = { 0 };
	struct bytes xml = { 0 };
	enum fault fault = FAULT_NONE;

	for (enum sheet_kind i = 0; i < SHEET_KINDS; i++) {
		SCOPED(char_freep)
		char *file = xasprintf("%s.csv", sheet_name(i));

		sheets.of[i].kind = i;
		if (parts[i] && csv_read(file, parts[i], strlen(parts[i]), i,
					 findings, &sheets.of[i]))
			fault = FAULT_FORMAT;
	}
	if (!fault)
		fault = xlsform_compile(&sheets, NULL, findings, &xml);
	sheets_done(&sheets);
	assert_int_equal(fault != FAULT_NONE, findings->errors > 0);
	return fault ? NULL : bytes_take_text(&xml);
}

char *sheets_sound(struct sheets_text text)
{
	struct findings findings = { 0 };
	char *document = sheets_compile(text, &findings);

	for (size_t i = 0; i < findings.count; i++)
		print_error("%s\n", findings.list[i].line);
	assert_int_equal(findings.count, 0);
	findings_done(&findings);
	return document;
}

void sheets_find(struct sheets_text text, const char *line, ...)
{
	struct findings findings = { 0 };
	SCOPED(char_freep) char *document = sheets_compile(text, &findings);
	size_t count = 0;
	va_list lines;

	va_start(lines, line);
	for (; line; line = va_arg(lines, const char *), count++) {
		if (count == findings.count)
			fail_msg("not found: %s", line);
		assert_string_equal(findings.list[count].line, line);
	}
	va_end(lines);
	if (count < findings.count)
		fail_msg("found too: %s", findings.list[count].line);
	findings_done(&findings);
}

void sheets_contain(const char *document, ...)
{
	va_list pieces;
	const char *piece;

	va_start(pieces, document);
	while ((piece = va_arg(pieces, const char *)))
		if (!strstr(document, piece))
			fail_msg("not there: %s\nin:\n%s", piece, document);
	va_end(pieces);
}
