#include "xlsform/choices.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

static void complain(const struct choices *choices, struct findings *findings,
		     const struct sheet_row *row, const char *key,
		     const char *words)
{
	findings_add(findings, FINDING_ERROR,
		     sheet_place(choices->sheet, row, key), "%s", words);
}

const struct choice_list *choices_find(const struct choices *choices,
				       const char *name)
{
	for (size_t i = 0; i < choices->count; i++)
		if (!strcmp(choices->lists[i].name, name))
			return &choices->lists[i];
	return NULL;
}

bool choices_is_extra(const struct sheet_column *column)
{
	static const char *const known[] = {
		"list_name", "name",  "label",     "image",
		"audio",     "video", "big-image",
	};

	for (size_t i = 0; i < COUNT(known); i++)
		if (!strcmp(column->key, known[i]))
			return false;
	return *column->title != '\0';
}

/* The list a row belongs to, made at its first row. */
static struct choice_list *list_of(struct choices *choices, const char *name)
{
	for (size_t i = choices->count; i-- > 0;)
		if (!strcmp(choices->lists[i].name, name))
			return &choices->lists[i];
	if ((choices->count & (choices->count - 1)) == 0)
		choices->lists = xreallocarray(
		    choices->lists, choices->count ? 2 * choices->count : 1,
		    sizeof *choices->lists);
	choices->lists[choices->count] = (struct choice_list){ .name = name };
	return &choices->lists[choices->count++];
}

static void take_choice(struct choices *choices, const struct sheet_row *row,
			struct findings *findings)
{
	const char *list_name = sheet_cell(choices->sheet, row, "list_name");
	const char *name = sheet_cell(choices->sheet, row, "name");

	if (!*list_name && !*name)
		return; /* a remark between the lists */
	if (!*list_name) {
		complain(choices, findings, row, "list_name",
			 "name the list that this choice is in");
		return;
	}
	if (!*name)
		complain(choices, findings, row, "name",
			 "every choice needs a name");
	else if (strpbrk(name, " \t\r\n"))
		findings_add(findings, FINDING_ERROR,
			     sheet_place(choices->sheet, row, "name"),
			     "\"%s\" has a blank in it, which would make two "
			     "answers of one; use _ instead",
			     name);
	struct choice_list *list = list_of(choices, list_name);

	if ((list->count & (list->count - 1)) == 0)
		list->rows =
		    xreallocarray(list->rows, list->count ? 2 * list->count : 1,
				  sizeof(struct sheet_row *));
	list->rows[list->count++] = row;
}

/* A choice beside its name, for sorting. */
struct named {
	const char *name;
	const struct sheet_row *row;
};

static int by_name(const void *a, const void *b)
{
	const struct named *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : one->row->number - other->row->number;
}

static void check_names(const struct choices *choices,
			const struct choice_list *list,
			struct findings *findings)
{
	struct named *sorted = xcalloc(list->count, sizeof *sorted);

	for (size_t i = 0; i < list->count; i++)
		sorted[i] = (struct named){
			sheet_cell(choices->sheet, list->rows[i], "name"),
			list->rows[i],
		};
	qsort(sorted, list->count, sizeof *sorted, by_name);
	for (size_t i = 1; i < list->count; i++)
		if (*sorted[i].name &&
		    !strcmp(sorted[i].name, sorted[i - 1].name))
			findings_add(
			    findings, FINDING_ERROR,
			    sheet_place(choices->sheet, sorted[i].row, "name"),
			    "%s is in the list %s already, in row %d; "
			    "remove one, or name it differently",
			    sorted[i].name, list->name,
			    sorted[i - 1].row->number);
	free(sorted);
}

static void check_columns(const struct sheet *sheet, struct findings *findings)
{
	for (size_t i = 0; i < sheet->column_count; i++) {
		const struct sheet_column *column = &sheet->columns[i];

		if (choices_is_extra(column) &&
		    xmlValidateNCName((const xmlChar *)column->key, 0))
			findings_add(findings, FINDING_ERROR,
				     (struct finding_place){ sheet->file, 1,
							     column->title },
				     "a filter column is named by letters, "
				     "digits, - _ and . only");
	}
}

void choices_read(const struct sheet *sheet, bool duplicates,
		  struct findings *findings, struct choices *choices)
{
	*choices = (struct choices){ .sheet = sheet };
	if (!sheet->file)
		return;
	if (!sheet_needs(sheet, "list_name", findings) ||
	    !sheet_needs(sheet, "name", findings))
		return;
	check_columns(sheet, findings);
	for (size_t i = 0; i < sheet->row_count; i++)
		take_choice(choices, &sheet->rows[i], findings);
	for (size_t i = 0; !duplicates && i < choices->count; i++)
		check_names(choices, &choices->lists[i], findings);
}

void choices_done(struct choices *choices)
{
	for (size_t i = 0; i < choices->count; i++)
		free(choices->lists[i].rows);
	free(choices->lists);
	*choices = (struct choices){ 0 };
}
