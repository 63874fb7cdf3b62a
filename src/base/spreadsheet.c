#include "base/spreadsheet.h"

#include <stdbool.h>
#include <string.h>

void spreadsheet_begin(struct bytes *out)
{
	bytes_add_text(out, "\xEF\xBB\xBF");
}

/* "=1+1", "@SUM(A1)", "-2+3"; "-2" and "+14165551234" are numbers. */
static bool would_run(const char *text)
{
	return strchr("=@\t", text[0])
		   ? text[0] != 0
		   : strchr("+-", text[0]) &&
			 text[1 + strspn(text + 1, "0123456789.,")];
}

void spreadsheet_cell(struct bytes *out, const char *text)
{
	/* Behind another cell of its row stands a comma. */
	if (out->length && out->data[out->length - 1] == '"')
		bytes_add_byte(out, ',');
	bytes_add_byte(out, '"');
	if (text && would_run(text))
		bytes_add_byte(out, '\'');
	for (; text && *text; text++) {
		if (*text == '"')
			bytes_add_byte(out, '"');
		bytes_add_byte(out, (uint8_t)*text);
	}
	bytes_add_byte(out, '"');
}

void spreadsheet_end_row(struct bytes *out)
{
	bytes_add_text(out, "\r\n");
}
