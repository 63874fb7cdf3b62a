#include "base/spreadsheet.h"

void spreadsheet_begin(struct bytes *out)
{
	bytes_add_text(out, "\xEF\xBB\xBF");
}

void spreadsheet_cell(struct bytes *out, const char *text)
{
	/* Behind another cell of its row stands a comma. */
	if (out->length && out->data[out->length - 1] == '"')
		bytes_add_byte(out, ',');
	bytes_add_byte(out, '"');
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
