#include "xlsform/xlsx.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "xlsform/legend.h"
#include "xlsform/package.h"
#include "xlsform/part.h"
#include "xlsform/worksheet.h"

static const char zip_mark[] = "PK\x03\x04";
static const char old_mark[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

static bool begins(const void *bytes, size_t length, const char *mark)
{
	return length >= strlen(mark) && !memcmp(bytes, mark, strlen(mark));
}

bool xlsx_is(const void *bytes, size_t length)
{
	return begins(bytes, length, zip_mark) ||
	       begins(bytes, length, old_mark);
}

/* --- which part is what --------------------------------------------------- */

/* A part that another names: by an id, and by what it is to it. */
struct relation {
	char *id, *type, *target;
};

struct relations {
	struct relation *list;
	size_t count;
};

#define RELATIONS_LIMIT 2000

static void forget(struct relations *relations)
{
	for (size_t i = 0; i < relations->count; i++) {
		free(relations->list[i].id);
		free(relations->list[i].type);
		free(relations->list[i].target);
	}
	free(relations->list);
}

/* "sheets/a.xml" beside "xl/workbook.xml" is "xl/sheets/a.xml". */
static char *beside(const char *part, const char *target)
{
	const char *slash = strrchr(part, '/');
	size_t folder = slash ? (size_t)(slash - part) + 1 : 0;

	if (*target == '/')
		return xstrdup(target + 1);
	while (!strncmp(target, "./", 2))
		target += 2;
	while (!strncmp(target, "../", 3)) {
		target += 3;
		folder -= folder > 0;
		while (folder && part[folder - 1] != '/')
			folder--;
	}
	return xasprintf("%.*s%s", (int)folder, part, target);
}

/* "xl/_rels/workbook.xml.rels" of "xl/workbook.xml". */
static char *relations_of(const char *part)
{
	const char *slash = strrchr(part, '/');
	int folder = slash ? (int)(slash - part) + 1 : 0;

	return xasprintf("%.*s_rels/%s.rels", folder, part, part + folder);
}

static void add_relation(const struct part *part, const char *from,
			 struct relations *relations)
{
	SCOPED(char_freep) char *id = part_attribute(part, "Id");
	SCOPED(char_freep) char *type = part_attribute(part, "Type");
	SCOPED(char_freep) char *target = part_attribute(part, "Target");

	if (!id || !type || !target || relations->count == RELATIONS_LIMIT)
		return;
	relations->list = xreallocarray(relations->list, relations->count + 1,
					sizeof *relations->list);
	relations->list[relations->count++] =
	    (struct relation){ id, type, beside(from, target) };
	id = type = NULL;
}

/* What the part called from names; "" stands for the whole package. */
static enum fault read_relations(struct package *package, const char *from,
				 struct relations *relations)
{
	SCOPED(char_freep) char *name = relations_of(from);
	struct part part;
	enum fault fault = part_open(package, name, &part);

	*relations = (struct relations){ 0 };
	while (!fault && part_next(&part))
		if (part_starts(&part, "Relationship"))
			add_relation(&part, from, relations);
	if (!fault)
		fault = part.fault;
	part_done(&part);
	return fault;
}

static const char *by_id(const struct relations *relations, const char *id)
{
	for (size_t i = 0; i < relations->count; i++)
		if (!strcmp(relations->list[i].id, id))
			return relations->list[i].target;
	return NULL;
}

/* The first of a type; two addresses spell each, the last word is the same. */
static const char *by_type(const struct relations *relations, const char *type)
{
	for (size_t i = 0; i < relations->count; i++) {
		const char *word = strrchr(relations->list[i].type, '/');

		if (word && !strcmp(word + 1, type))
			return relations->list[i].target;
	}
	return NULL;
}

/* --- the workbook --------------------------------------------------------- */

struct workbook {
	struct package *package;
	const char *part; /* "xl/workbook.xml" */
	struct relations relations;
	bool from_1904;
	struct {
		char *name, *part;
	} sheets[SHEET_KINDS];
	struct bytes others; /* names of sheets that are none of them */
};

/* A name as somebody typed it: blanks around it and case aside. */
static bool same_name(const char *typed, const char *name)
{
	typed += strspn(typed, " ");
	size_t length = strlen(typed);

	while (length && typed[length - 1] == ' ')
		length--;
	return length == strlen(name) && !strncasecmp(typed, name, length);
}

static void take_sheet(const struct part *part, struct workbook *workbook)
{
	SCOPED(char_freep) char *name = part_attribute(part, "name");
	SCOPED(char_freep) char *id = part_attribute(part, "id");
	const char *target = id ? by_id(&workbook->relations, id) : NULL;

	if (!name || !target)
		return;
	for (enum sheet_kind kind = 0; kind < SHEET_KINDS; kind++)
		if (same_name(name, sheet_name(kind)) &&
		    !workbook->sheets[kind].name) {
			workbook->sheets[kind].part = xstrdup(target);
			workbook->sheets[kind].name = name;
			name = NULL;
			return;
		}
	if (workbook->others.length < 200)
		bytes_add_format(&workbook->others, "%s%.40s",
				 workbook->others.length ? ", " : "", name);
}

static enum fault read_list(struct workbook *workbook)
{
	struct part part;
	enum fault fault = part_open(workbook->package, workbook->part, &part);

	while (!fault && part_next(&part)) {
		if (part_starts(&part, "workbookPr"))
			workbook->from_1904 = part_yes(&part, "date1904");
		else if (part_starts(&part, "sheet"))
			take_sheet(&part, workbook);
	}
	if (!fault)
		fault = part.fault;
	part_done(&part);
	return fault;
}

static enum fault read_sheets(struct workbook *workbook,
			      struct findings *findings, struct sheets *sheets)
{
	struct legend legend;
	enum fault worst = legend_read(
	    workbook->package, by_type(&workbook->relations, "sharedStrings"),
	    by_type(&workbook->relations, "styles"), &legend);
	bool whole = !worst;

	legend.from_1904 = workbook->from_1904;
	for (enum sheet_kind kind = 0; whole && kind < SHEET_KINDS; kind++) {
		struct sheet *sheet = &sheets->of[kind];

		if (!workbook->sheets[kind].name)
			continue;
		sheet->file =
		    xasprintf("sheet %s", workbook->sheets[kind].name);
		enum fault fault = worksheet_read(workbook->package, &legend,
						  workbook->sheets[kind].part,
						  findings, sheet);

		sheet->kind = kind;
		if (fault)
			worst = fault;
	}
	legend_done(&legend);
	return worst;
}

static enum fault no_survey(const struct workbook *workbook)
{
	SCOPED(char_freep)
	char *words = xasprintf(
	    "has no sheet called survey, which holds the questions%s%s%s",
	    workbook->others.length ? "; it has: " : "",
	    workbook->others.length ? (char *)workbook->others.data : "",
	    workbook->others.length ? "; rename the one that does" : "");

	package_complain(workbook->package, words);
	return FAULT_FORMAT;
}

static enum fault read_workbook(struct workbook *workbook,
				struct findings *findings,
				struct sheets *sheets)
{
	enum fault fault = read_relations(workbook->package, workbook->part,
					  &workbook->relations);

	if (!fault)
		fault = read_list(workbook);
	if (!fault && !workbook->sheets[SHEET_SURVEY].name)
		fault = no_survey(workbook);
	if (!fault)
		fault = read_sheets(workbook, findings, sheets);
	for (enum sheet_kind kind = 0; kind < SHEET_KINDS; kind++) {
		free(workbook->sheets[kind].name);
		free(workbook->sheets[kind].part);
	}
	bytes_done(&workbook->others);
	forget(&workbook->relations);
	return fault;
}

static enum fault read_package(struct package *package,
			       struct findings *findings, struct sheets *sheets)
{
	struct relations relations;
	enum fault fault = read_relations(package, "", &relations);
	const char *part = by_type(&relations, "officeDocument");
	struct workbook workbook = { .package = package, .part = part };

	if (!fault && part) {
		fault = read_workbook(&workbook, findings, sheets);
	} else if (!fault) {
		package_complain(package, "not an Excel workbook; save it as "
					  ".xlsx in the spreadsheet program");
		fault = FAULT_FORMAT;
	}
	forget(&relations);
	return fault;
}

enum fault xlsx_read(const char *file, const void *bytes, size_t length,
		     struct findings *findings, struct sheets *sheets)
{
	SCOPED(package_freep) struct package *package = NULL;
	enum fault fault;

	*sheets = (struct sheets){ 0 };
	for (enum sheet_kind kind = 0; kind < SHEET_KINDS; kind++)
		sheets->of[kind].kind = kind;
	if (begins(bytes, length, old_mark)) {
		findings_add(findings, FINDING_ERROR,
			     (struct finding_place){ .file = file },
			     "an old .xls file, or one with a password; save "
			     "it as .xlsx, without a password");
		return FAULT_FORMAT;
	}
	fault = package_open(file, bytes, length, findings, &package);
	return fault ? fault : read_package(package, findings, sheets);
}
