#include "tests/support/workbook.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "tests/test.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

void workbook_pack(const struct workbook_part *parts, size_t count,
		   struct bytes *out)
{
	zip_source_t *made = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(made, ZIP_TRUNCATE, NULL);
	char piece[4096];
	zip_int64_t got;

	assert_non_null(zip);
	zip_source_keep(made);
	for (size_t i = 0; i < count; i++)
		assert_true(zip_file_add(zip, parts[i].name,
					 zip_source_buffer(zip, parts[i].bytes,
							   parts[i].length, 0),
					 0) >= 0);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_open(made), 0);
	while ((got = zip_source_read(made, piece, sizeof piece)) > 0)
		bytes_add(out, piece, (size_t)got);
	zip_source_free(made);
}

/* Text between tags. */
static void add_escaped(struct bytes *xml, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '&')
			bytes_add_text(xml, "&amp;");
		else if (text[i] == '<')
			bytes_add_text(xml, "&lt;");
		else
			bytes_add(xml, text + i, 1);
	}
}

static void add_cell(struct bytes *xml, const char *text, size_t length)
{
	bytes_add_text(xml, "<c t=\"inlineStr\"><is><t>");
	add_escaped(xml, text, length);
	bytes_add_text(xml, "</t></is></c>");
}

/* "a,b\nc\n" as rows of cells. */
static void add_rows(struct bytes *xml, const char *rows)
{
	while (*rows) {
		bytes_add_text(xml, "<row>");
		for (;;) {
			size_t length = strcspn(rows, ",\n");

			add_cell(xml, rows, length);
			rows += length;
			if (*rows != ',')
				break;
			rows++;
		}
		rows += *rows == '\n';
		bytes_add_text(xml, "</row>");
	}
}

char *workbook_rows(const struct sheet *sheet)
{
	struct bytes xml = { 0 };

	bytes_add_text(&xml, "<row r=\"1\">");
	for (size_t i = 0; i < sheet->column_count; i++)
		add_cell(&xml, sheet->columns[i].title,
			 strlen(sheet->columns[i].title));
	bytes_add_text(&xml, "</row>");
	for (size_t i = 0; i < sheet->row_count; i++) {
		const struct sheet_row *row = &sheet->rows[i];

		bytes_add_format(&xml, "<row r=\"%d\">", row->number);
		for (size_t k = 0; k < sheet->column_count; k++)
			add_cell(&xml, row->cells[k], strlen(row->cells[k]));
		bytes_add_text(&xml, "</row>");
	}
	return bytes_take_text(&xml);
}

static char *sheet_xml(const struct workbook_sheet *sheet)
{
	struct bytes xml = { 0 };

	bytes_add_text(&xml, "<worksheet xmlns=\"" MAIN "\"><sheetData>");
	if (*sheet->rows == '<')
		bytes_add_text(&xml, sheet->rows);
	else
		add_rows(&xml, sheet->rows);
	bytes_add_format(&xml, "</sheetData>%s</worksheet>",
			 sheet->behind ? sheet->behind : "");
	return bytes_take_text(&xml);
}

static char *workbook_xml(const struct workbook *workbook)
{
	struct bytes xml = { 0 };

	bytes_add_format(&xml,
			 "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
			 "\"><workbookPr %s/><sheets>",
			 workbook->properties ? workbook->properties : "");
	for (size_t i = 0; i < 4 && workbook->sheets[i].name; i++)
		bytes_add_format(&xml,
				 "<sheet name=\"%s\" sheetId=\"%zu\" "
				 "r:id=\"s%zu\"/>",
				 workbook->sheets[i].name, i + 1, i);
	bytes_add_text(&xml, "</sheets></workbook>");
	return bytes_take_text(&xml);
}

static char *relations_xml(void)
{
	struct bytes xml = { 0 };

	bytes_add_text(&xml, "<Relationships xmlns=\"" PACKAGE "\">");
	for (size_t i = 0; i < 4; i++)
		bytes_add_format(&xml,
				 "<Relationship Id=\"s%zu\" Type=\"" OFFICE
				 "/worksheet\" Target=\"sheets/%zu.xml\"/>",
				 i, i);
	bytes_add_text(&xml,
		       "<Relationship Id=\"t\" Type=\"" OFFICE
		       "/sharedStrings\" Target=\"/xl/strings.xml\"/>"
		       "<Relationship Id=\"f\" Type=\"" OFFICE
		       "/styles\" Target=\"./styles.xml\"/></Relationships>");
	return bytes_take_text(&xml);
}

void workbook_make(const struct workbook *workbook, struct bytes *out)
{
	static const char root[] =
	    "<Relationships xmlns=\"" PACKAGE
	    "\"><Relationship Id=\"w\" Type=\"" OFFICE
	    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
	SCOPED(char_freep) char *book = workbook_xml(workbook);
	SCOPED(char_freep) char *relations = relations_xml();
	SCOPED(char_freep)
	char *strings = xasprintf("<sst xmlns=\"" MAIN "\">%s</sst>",
				  workbook->strings ? workbook->strings : "");
	SCOPED(char_freep)
	char *styles =
	    xasprintf("<styleSheet xmlns=\"" MAIN "\">%s</styleSheet>",
		      workbook->formats ? workbook->formats : "");
	struct workbook_part parts[9] = {
		{ "_rels/.rels", root, strlen(root) },
		{ "xl/workbook.xml", book, strlen(book) },
		{ "xl/_rels/workbook.xml.rels", relations, strlen(relations) },
		{ "xl/strings.xml", strings, strlen(strings) },
		{ "xl/styles.xml", styles, strlen(styles) },
	};
	char *names[4] = { 0 }, *sheets[4] = { 0 };
	size_t count = 0;

	for (; count < 4 && workbook->sheets[count].name; count++) {
		names[count] = xasprintf("xl/sheets/%zu.xml", count);
		sheets[count] = sheet_xml(&workbook->sheets[count]);
		parts[5 + count] =
		    (struct workbook_part){ names[count], sheets[count],
					    strlen(sheets[count]) };
	}
	workbook_pack(parts, 5 + count, out);
	for (size_t i = 0; i < count; i++) {
		free(names[i]);
		free(sheets[i]);
	}
}
