#include "xlsform/survey.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Reading from top to bottom: where the next item belongs. */
struct walk {
	struct survey *survey;
	struct findings *findings;
	struct item *open; /* the group or repeat we are in */
	size_t depth;
	bool flat; /* every group is */
};

bool item_is_group(const struct item *item)
{
	return item->is.type && item->is.type->role == TYPE_BEGIN_GROUP;
}

bool item_is_repeat(const struct item *item)
{
	return item->is.type && item->is.type->role == TYPE_BEGIN_REPEAT;
}

bool item_is_section(const struct item *item)
{
	return !item->row ||
	       ((item_is_group(item) || item_is_repeat(item)) && !item->flat);
}

const struct item *item_section(const struct item *item)
{
	const struct item *up = item->parent;

	while (up && !item_is_section(up))
		up = up->parent;
	return up;
}

const struct item *item_repeat(const struct item *item)
{
	const struct item *up = item->parent;

	while (up && !item_is_repeat(up))
		up = up->parent;
	return up;
}

const char *item_cell(const struct survey *survey, const struct item *item,
		      const char *key)
{
	return item->row ? sheet_cell(survey->sheet, item->row, key) : "";
}

struct finding_place item_place(const struct survey *survey,
				const struct item *item, const char *key)
{
	return sheet_place(survey->sheet, item->row, key);
}

/* Whether a person meets it: it has a control on a screen. */
static bool shown(const struct item *item)
{
	return item->is.type && item->is.type->control;
}

bool item_same_screen(const struct survey *survey, const struct item *item)
{
	const struct item *group = item->parent;

	if (!group || !group->flat || !shown(item) ||
	    !sheet_has_word(item_cell(survey, group, "appearance"),
			    "field-list"))
		return false;
	for (const struct item *i = group->first; i != item; i = i->next)
		if (shown(i))
			return true;
	return false;
}

size_t survey_find(const struct survey *survey, const char *name, size_t length,
		   const struct item **found)
{
	size_t count = 0;

	for (size_t i = 0; i < survey->count; i++) {
		const struct item *item = survey->all[i];

		if (!item->name || item->flat || strlen(item->name) != length ||
		    strncmp(item->name, name, length))
			continue;
		if (!count++)
			*found = item;
	}
	return count;
}

const struct item *survey_at(const struct survey *survey, const char *path)
{
	for (size_t i = 0; i < survey->count; i++)
		if (!survey->all[i]->flat &&
		    !strcmp(survey->all[i]->path, path))
			return survey->all[i];
	return NULL;
}

/* --- reading -------------------------------------------------------------- */

static void complain(struct walk *walk, const struct item *item,
		     const char *key, const char *words)
{
	findings_add(walk->findings, FINDING_ERROR,
		     item_place(walk->survey, item, key), "%s", words);
}

static void append(struct item *parent, struct item *item)
{
	item->parent = parent;
	if (parent->last)
		parent->last->next = item;
	else
		parent->first = item;
	parent->last = item;
}

/* Names below one section, flat groups looked into. */
static const struct item *namesake(const struct item *in,
				   const struct item *than)
{
	for (const struct item *item = in->first; item; item = item->next) {
		const struct item *within =
		    item->flat ? namesake(item, than) : NULL;

		if (within)
			return within;
		if (item != than && !item->flat && item->name &&
		    !strcmp(item->name, than->name))
			return item;
	}
	return NULL;
}

static void check_name(struct walk *walk, struct item *item)
{
	const struct item *section = item_section(item);
	const struct item *other = namesake(section, item);

	if (strlen(item->name) > SURVEY_NAME_LIMIT)
		complain(walk, item, "name", "a name of more than 200 bytes");
	else if (xmlValidateNCName((const xmlChar *)item->name, 0))
		findings_add(walk->findings, FINDING_ERROR,
			     item_place(walk->survey, item, "name"),
			     "\"%s\" cannot be a name; begin with a letter and "
			     "use letters, digits, - _ and . only",
			     item->name);
	else if (other)
		findings_add(walk->findings, FINDING_ERROR,
			     item_place(walk->survey, item, "name"),
			     "%s is the name of row %d already; every question "
			     "needs its own",
			     item->name, other->row->number);
	else if (!section->row && !strcmp(item->name, "meta"))
		complain(walk, item, "name",
			 "meta is the name of what every form adds; choose "
			 "another");
}

static void take_name(struct walk *walk, struct item *item)
{
	const char *name = item_cell(walk->survey, item, "name");
	const struct item *section = item_section(item);

	if (*name)
		item->name = xstrdup(name);
	if (item->flat) {
		item->path = xstrdup(section->path);
	} else if (!*name) {
		complain(walk, item, "name",
			 "every row needs a name, one word such as age");
		item->path = xasprintf("%s/", section->path);
	} else {
		item->path = xasprintf("%s/%s", section->path, name);
		check_name(walk, item);
	}
}

static void open_section(struct walk *walk, struct item *item)
{
	item->flat =
	    item_is_group(item) &&
	    (walk->flat || sheet_yes(item_cell(walk->survey, item, "flat")));
	take_name(walk, item);
	walk->open = item;
	if (++walk->depth == SURVEY_DEPTH_LIMIT)
		complain(walk, item, "type",
			 "more than 50 groups within each other");
}

static void close_section(struct walk *walk, struct item *item)
{
	bool repeat = item->is.type->role == TYPE_END_REPEAT;
	const char *what = repeat ? "repeat" : "group";

	if (!walk->open->row)
		findings_add(walk->findings, FINDING_ERROR,
			     item_place(walk->survey, item, "type"),
			     "end %s, and no %s is open; remove the row", what,
			     what);
	else if (item_is_repeat(walk->open) != repeat)
		findings_add(walk->findings, FINDING_ERROR,
			     item_place(walk->survey, item, "type"),
			     "end %s, but row %d began a %s; end that first",
			     what, walk->open->row->number,
			     repeat ? "group" : "repeat");
	else {
		walk->open = walk->open->parent;
		walk->depth--;
	}
}

static void check_select(struct walk *walk, const struct item *item)
{
	if (item->is.or_other)
		complain(walk, item, "type",
			 "or_other cannot be translated; add a choice for "
			 "other and a text question shown for it");
	else if (item->is.from_repeat)
		complain(walk, item, "type",
			 "choices from a repeat are not possible yet; write "
			 "them on the choices sheet");
	else if (!item->is.list)
		complain(walk, item, "type",
			 "name a list of the choices sheet: select_one LIST");
}

static void tell_unknown(struct walk *walk, const struct item *item)
{
	const char *cell = item_cell(walk->survey, item, "type");
	struct nearest nearest = { .word = cell };

	type_offer(&nearest);
	SCOPED(char_freep) char *question = nearest_question(&nearest, "", "");

	findings_add(walk->findings, FINDING_ERROR,
		     item_place(walk->survey, item, "type"),
		     "unknown type \"%s\"%s", cell, question);
}

static void check_type(struct walk *walk, const struct item *item)
{
	const struct type *type = item->is.type;

	if (!type)
		tell_unknown(walk, item);
	else if (type->refused)
		findings_add(walk->findings, FINDING_ERROR,
			     item_place(walk->survey, item, "type"), "%s: %s",
			     type->name, type->refused);
	else if (type->role == TYPE_SELECT)
		check_select(walk, item);
	else if (type->warning)
		findings_add(walk->findings, FINDING_WARNING,
			     item_place(walk->survey, item, "type"), "%s: %s",
			     type->name, type->warning);
}

static void take_row(struct walk *walk, const struct sheet_row *row)
{
	struct survey *survey = walk->survey;
	const char *cell = sheet_cell(survey->sheet, row, "type");
	struct item *item;

	if (!*cell && !*sheet_cell(survey->sheet, row, "name"))
		return; /* a remark between the questions */
	item = xcalloc(1, sizeof *item);
	item->row = row;
	item->triggered = *sheet_cell(survey->sheet, row, "trigger");
	type_read(cell, &item->is);
	enum type_role role =
	    item->is.type ? item->is.type->role : TYPE_QUESTION;

	if (role == TYPE_END_GROUP || role == TYPE_END_REPEAT) {
		close_section(walk, item);
		type_cell_done(&item->is);
		free(item);
		return;
	}
	append(walk->open, item);
	survey->all[survey->count++] = item;
	check_type(walk, item);
	if (role == TYPE_BEGIN_GROUP || role == TYPE_BEGIN_REPEAT)
		open_section(walk, item);
	else
		take_name(walk, item);
}

static bool has_columns(const struct sheet *sheet, struct findings *findings)
{
	bool types = sheet_needs(sheet, "type", findings);

	return sheet_needs(sheet, "name", findings) && types;
}

void survey_read(const struct sheet *sheet, const char *root_name, bool flat,
		 struct findings *findings, struct survey *survey)
{
	struct walk walk = { .survey = survey,
			     .findings = findings,
			     .flat = flat };

	*survey = (struct survey){ .sheet = sheet };
	survey->root = xcalloc(1, sizeof *survey->root);
	survey->root->name = xstrdup(root_name);
	survey->root->path = xasprintf("/%s", root_name);
	walk.open = survey->root;
	if (!has_columns(sheet, findings))
		return;

	table_rows_read(sheet, findings, &survey->rows);
	survey->all = xcalloc(survey->rows.count + 1, sizeof(struct item *));
	for (size_t i = 0; i < survey->rows.count; i++)
		if (walk.depth < SURVEY_DEPTH_LIMIT)
			take_row(&walk, survey->rows.list[i]);
	for (const struct item *open = walk.open; open->row;
	     open = open->parent)
		findings_add(findings, FINDING_ERROR,
			     item_place(survey, open, "type"),
			     "this %s is never ended; add a row end %s",
			     item_is_repeat(open) ? "repeat" : "group",
			     item_is_repeat(open) ? "repeat" : "group");
}

void survey_done(struct survey *survey)
{
	for (size_t i = 0; i < survey->count; i++) {
		type_cell_done(&survey->all[i]->is);
		free(survey->all[i]->name);
		free(survey->all[i]->path);
		free(survey->all[i]);
	}
	if (survey->root) {
		free(survey->root->name);
		free(survey->root->path);
		free(survey->root);
	}
	free(survey->all);
	table_rows_done(&survey->rows);
	*survey = (struct survey){ 0 };
}
