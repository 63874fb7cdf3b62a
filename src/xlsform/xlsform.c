#include "xlsform/xlsform.h"

#include <stdlib.h>
#include <string.h>

#include "form/form.h"
#include "xlsform/csv.h"
#include "xlsform/document.h"
#include "xlsform/load.h"

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
 * Compiles, loads what came of it, and keeps it if nothing is wrong. Rows
 * that the sheet itself has trouble with are told before the loader speaks.
 */
static enum fault compile(struct document *document, const char *attachments,
			  struct bytes *xml)
{
	struct bytes made = { 0 };
	enum fault fault = FAULT_NONE;

	read_sheets(document);
	write_document(document, &made);
	if (!document->findings->errors)
		fault = load_check(&made, "the compiled form", attachments,
				   &document->survey, document->findings);
	if (!fault && document->findings->errors)
		fault = FAULT_FORMAT;
	if (!fault)
		bytes_add(xml, made.data, made.length);
	bytes_done(&made);
	return fault;
}

enum fault xlsform_compile(const struct sheets *sheets, const char *attachments,
			   struct findings *findings, struct bytes *xml)
{
	struct document document = { .sheets = sheets, .findings = findings };

	if (!sizes_fit(sheets, findings))
		return FAULT_FORMAT;
	enum fault fault = compile(&document, attachments, xml);

	document_done(&document);
	return fault;
}

enum fault xlsform_build(const char *folder, struct findings *findings,
			 struct bytes *xml)
{
	struct sheets sheets;
	enum fault fault = csv_read_folder(folder, findings, &sheets);

	if (!fault)
		fault = xlsform_compile(&sheets, folder, findings, xml);
	sheets_done(&sheets);
	return fault;
}
