#include "xlsform/xlsform.h"

#include <libgen.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "form/form.h"
#include "xlsform/csv.h"
#include "xlsform/document.h"
#include "xlsform/lint.h"
#include "xlsform/load.h"
#include "xlsform/xlsx.h"

static bool sizes_fit(const struct sheets *sheets, struct findings *findings)
{
	const struct sheet *survey = &sheets->of[SHEET_SURVEY];

	if (!survey->file) {
		findings_add(findings, FINDING_ERROR,
			     (struct finding_place){ .file = "survey" },
			     "there is no such sheet; it holds the questions");
		return false;
	}
	if (survey->row_count > FORM_NODES_LIMIT) {
		findings_add(findings, FINDING_ERROR,
			     (struct finding_place){ .file = survey->file },
			     "more than %d rows", FORM_NODES_LIMIT);
		return false;
	}
	return true;
}

/* The sheets as a tree of items, lists and settings. */
static void read_sheets(struct document *document)
{
	const struct sheets *sheets = document->sheets;

	heading_read(&sheets->of[SHEET_SETTINGS], "form", document->findings,
		     &document->heading);
	survey_read(&sheets->of[SHEET_SURVEY], document->heading.root,
		    sheet_yes(heading_cell(&document->heading, "flat")),
		    document->findings, &document->survey);
	choices_read(&sheets->of[SHEET_CHOICES],
		     sheet_yes(heading_cell(&document->heading,
					    "allow_choice_duplicates")),
		     document->findings, &document->choices);
}

static void write_document(struct document *document, struct bytes *xml)
{
	xmlChar *text = NULL;
	int length = 0;

	document_start(document);
	words_start(document);
	model_write(document);
	body_write(document);
	xmlDocDumpFormatMemoryEnc(document->xml, &text, &length, "UTF-8", 1);
	bytes_add(xml, text, (size_t)length);
	xmlFree(text);
}

/*
 * Compiles into made, and loads what came of it. Rows that the sheets
 * themselves have trouble with are told before the loader speaks.
 */
static enum fault compile(struct document *document, const char *attachments,
			  struct bytes *made)
{
	enum fault fault = FAULT_NONE;

	if (!sizes_fit(document->sheets, document->findings))
		return FAULT_FORMAT;
	read_sheets(document);
	write_document(document, made);
	if (!document->findings->errors)
		fault = load_check(made, "the compiled form", attachments,
				   &document->survey, document->findings);
	return !fault && document->findings->errors ? FAULT_FORMAT : fault;
}

enum fault xlsform_compile(const struct sheets *sheets, const char *attachments,
			   struct findings *findings, struct bytes *xml)
{
	struct document document = { .sheets = sheets, .findings = findings };
	struct bytes made = { 0 };
	enum fault fault = compile(&document, attachments, &made);

	if (!fault)
		bytes_add(xml, made.data, made.length);
	bytes_done(&made);
	document_done(&document);
	return fault;
}

/* --- where sheets come from ------------------------------------------------
 */

/* The first bytes of a file decide; how it is called does not. */
static bool is_workbook(const char *path)
{
	char start[8];
	FILE *file = fopen(path, "rb");
	size_t length = file ? fread(start, 1, sizeof start, file) : 0;

	if (file)
		(void)fclose(file); /* nothing was written */
	return xlsx_is(start, length);
}

bool xlsform_is_sheets(const char *path)
{
	return folder_exists(path) || is_workbook(path);
}

static enum fault read_workbook(const char *path, struct findings *findings,
				struct sheets *sheets)
{
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, SHEET_BYTES_LIMIT, &bytes);

	*sheets = (struct sheets){ 0 };
	if (!fault)
		fault =
		    xlsx_read(path, bytes.data, bytes.length, findings, sheets);
	bytes_done(&bytes);
	return fault;
}

static enum fault read_any(const char *path, struct findings *findings,
			   struct sheets *sheets)
{
	return !folder_exists(path) && is_workbook(path)
		   ? read_workbook(path, findings, sheets)
		   : csv_read_folder(path, findings, sheets);
}

char *xlsform_attachments(const char *path)
{
	SCOPED(char_freep) char *copy = xstrdup(path);

	return xstrdup(folder_exists(path) ? path : dirname(copy));
}

enum fault xlsform_build(const char *path, struct findings *findings,
			 struct bytes *xml)
{
	SCOPED(char_freep) char *attachments = xlsform_attachments(path);
	struct sheets sheets;
	enum fault fault = read_any(path, findings, &sheets);

	if (!fault)
		fault = xlsform_compile(&sheets, attachments, findings, xml);
	sheets_done(&sheets);
	return fault;
}

/* --- looking over --------------------------------------------------------- */

static enum fault check_sheets(const char *path, struct findings *findings)
{
	SCOPED(char_freep) char *attachments = xlsform_attachments(path);
	struct sheets sheets;
	struct document document = { .sheets = &sheets, .findings = findings };
	struct bytes made = { 0 };
	enum fault fault = read_any(path, findings, &sheets);

	if (!fault)
		fault = compile(&document, attachments, &made);
	if (document.xml)
		lint_document(document.xml, path, &document.survey,
			      &document.choices, findings);
	bytes_done(&made);
	document_done(&document);
	sheets_done(&sheets);
	return fault;
}

static enum fault check_document(const char *path, const struct bytes *xml,
				 struct findings *findings)
{
	SCOPED(char_freep) char *folder = xstrdup(path);
	enum fault fault =
	    load_check(xml, path, dirname(folder), NULL, findings);
	xmlDoc *document;

	if (fault)
		return fault;
	document = xmlReadMemory(
	    (const char *)xml->data, (int)xml->length, path, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (document)
		lint_document(document, path, NULL, NULL, findings);
	xmlFreeDoc(document);
	return FAULT_NONE;
}

enum fault xlsform_check(const char *path, struct findings *findings)
{
	struct bytes xml = { 0 };
	enum fault fault;

	if (xlsform_is_sheets(path))
		fault = check_sheets(path, findings);
	else if (!(fault = file_read(path, FORM_BYTES_LIMIT, &xml)))
		fault = check_document(path, &xml, findings);
	bytes_done(&xml);
	return !fault && findings->errors ? FAULT_FORMAT : fault;
}
