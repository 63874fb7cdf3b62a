#include "form/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "form/limits.h"
#include "form/xml.h"

#define COLUMNS_LIMIT 1000

struct reading {
	xmlNode *root, *item;
	char *columns[COLUMNS_LIMIT];
	size_t column_count, at, rows;
	bool too_many;
	size_t bad_row, bad_column; /* where no text is; from 1, 0: nowhere */
};

/* Whether a document, and so a submission, could hold what is in a cell. */
static bool holds_text(struct reading *reading, const char *cell, size_t length)
{
	SCOPED(char_freep) char *text = xstrndup(cell ? cell : "", length);

	if (reading->bad_row)
		return false;
	if (strlen(text) == length && xml_holds(text))
		return true;
	reading->bad_row = reading->rows + 1;
	reading->bad_column =
	    (reading->root->_private ? reading->at : reading->column_count) + 1;
	return false;
}

static void take_cell(void *cell, size_t length, void *to)
{
	struct reading *reading = to;

	if (!holds_text(reading, cell, length))
		return;
	if (!reading->root->_private) { /* still the first row */
		if (reading->column_count < COLUMNS_LIMIT)
			reading->columns[reading->column_count++] =
			    xstrndup(cell ? cell : "", length);
		return;
	}
	if (reading->too_many || reading->at >= reading->column_count)
		return;
	if (reading->at == 0)
		reading->item = xmlNewChild(reading->root, NULL,
					    (const xmlChar *)"item", NULL);
	const char *column = reading->columns[reading->at++];
	xmlNode *node =
	    xmlNewChild(reading->item, NULL,
			(const xmlChar *)(*column ? column : "_"), NULL);
	xmlNodeAddContentLen(node, cell, (int)length);
}

static void end_row(int end, void *to)
{
	struct reading *reading = to;

	(void)end; /* which byte ended it */
	reading->root->_private = reading;
	reading->at = 0;
	/* The first names the columns. */
	if (++reading->rows > FORM_ITEMS_LIMIT + 1)
		reading->too_many = true;
}

/* Whether the first row is parted by semicolons. */
static bool by_semicolon(const char *text, size_t length)
{
	size_t commas = 0, semicolons = 0;

	for (size_t i = 0; i < length && text[i] != '\n'; i++) {
		commas += text[i] == ',';
		semicolons += text[i] == ';';
	}
	return semicolons > commas;
}

static enum fault read_all(const char *name, const char *text, size_t length,
			   struct reading *reading)
{
	struct csv_parser parser;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		abort();
	csv_set_delim(&parser, by_semicolon(text, length) ? ';' : ',');
	bool sound = csv_parse(&parser, text, length, take_cell, end_row,
			       reading) == length &&
		     csv_fini(&parser, take_cell, end_row, reading) == 0;
	int error = csv_error(&parser);
	csv_free(&parser);
	if (reading->too_many) {
		log_error("%s: more than %d rows", name, FORM_ITEMS_LIMIT);
		return FAULT_LIMIT;
	}
	if (reading->bad_row) {
		log_error("%s: row %zu, column %zu: not UTF-8 text; save it as "
			  "\"CSV UTF-8\"",
			  name, reading->bad_row, reading->bad_column);
		return FAULT_FORMAT;
	}
	if (!sound || !reading->column_count) {
		log_error("%s: row %zu: %s", name, reading->rows + 1,
			  sound ? "no columns are named" : csv_strerror(error));
		return FAULT_FORMAT;
	}
	return FAULT_NONE;
}

enum fault csv_instance(const char *name, const struct bytes *bytes,
			xmlDoc **out)
{
	static const char mark[] = "\xef\xbb\xbf";
	const char *text = bytes->data ? (const char *)bytes->data : "";
	size_t length = bytes->length;
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	struct reading reading = {
		.root = xmlNewDocNode(doc, NULL, (const xmlChar *)"root", NULL),
	};

	xmlDocSetRootElement(doc, reading.root);
	if (length >= 3 && memcmp(text, mark, 3) == 0) {
		text += 3;
		length -= 3;
	}
	enum fault fault = read_all(name, text, length, &reading);
	for (size_t i = 0; i < reading.column_count; i++)
		free(reading.columns[i]);
	reading.root->_private = NULL;
	if (fault)
		xmlFreeDoc(doc);
	else
		*out = doc;
	return fault;
}
