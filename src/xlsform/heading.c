#include "xlsform/heading.h"

#include <libxml/tree.h>

static const char *either(const char *a, const char *b)
{
	return *a ? a : b;
}

const char *heading_cell(const struct heading *heading, const char *key)
{
	return heading->row ? sheet_cell(heading->sheet, heading->row, key)
			    : "";
}

struct finding_place heading_place(const struct heading *heading,
				   const char *key)
{
	return sheet_place(heading->sheet, heading->row, key);
}

/* What others do where a setting says yes, and nobody does here. */
static void warn_of_idle(const struct heading *heading,
			 struct findings *findings)
{
	static const struct {
		const char *key, *instead;
	} idle[] = {
		{ "clean_text_values",
		  "words keep the blanks that they are written with" },
		{ "add_none_option",
		  "no list has a choice more than the choices sheet; write "
		  "none there" },
		{ "client_editable",
		  "what was handed in at a kiosk is not edited there again" },
	};

	for (size_t i = 0; i < COUNT(idle); i++)
		if (sheet_yes(heading_cell(heading, idle[i].key)))
			findings_add(findings, FINDING_WARNING,
				     heading_place(heading, idle[i].key),
				     "this changes nothing: %s",
				     idle[i].instead);
}

void heading_read(const struct sheet *sheet, const char *usual_id,
		  struct findings *findings, struct heading *heading)
{
	*heading = (struct heading){ .sheet = sheet };
	if (sheet->row_count)
		heading->row = &sheet->rows[0];
	if (sheet->row_count > 1)
		findings_add(findings, FINDING_WARNING,
			     sheet_place(sheet, &sheet->rows[1], NULL),
			     "only the first row of settings counts");
	heading->id = either(heading_cell(heading, "form_id"), usual_id);
	heading->title =
	    either(heading_cell(heading, "form_title"), heading->id);
	heading->version = heading_cell(heading, "version");
	heading->root = either(heading_cell(heading, "name"), "data");
	heading->default_language = heading_cell(heading, "default_language");
	warn_of_idle(heading, findings);
	if (xmlValidateNCName((const xmlChar *)heading->root, 0)) {
		findings_add(findings, FINDING_ERROR,
			     heading_place(heading, "name"),
			     "\"%s\" cannot be a name; begin with a letter and "
			     "use letters, digits, - _ and . only",
			     heading->root);
		heading->root = "data";
	}
}
