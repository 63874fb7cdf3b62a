#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "xlsform/appearance.h"
#include "xlsform/document.h"
#include "xlsform/nearest.h"
#include "xlsform/parameter.h"
#include "xpath/number.h"

/* Controls, in the order of the sheet. */

/* --- selects -------------------------------------------------------------- */

/* ", 42" of randomize(); empty without a seed. */
static char *seed_of(struct document *document, const struct item *item)
{
	struct reference asker = document_asker(document, item, "parameters");
	SCOPED(char_freep) char *seed = parameter_of(document, item, "seed");

	if (!seed)
		return xstrdup("");
	SCOPED(char_freep)
	char *text = reference_expression(&asker, seed, REFERENCE_EXPRESSION);

	return xasprintf(", %s", text ? text : "0");
}

/* instance('A3')/root/item[filter], shuffled where that is asked for. */
static char *nodeset_of(struct document *document, const struct item *item,
			const char *instance)
{
	struct reference asker =
	    document_asker(document, item, "choice_filter");
	const char *cell = item_cell(&document->survey, item, "choice_filter");
	SCOPED(char_freep)
	char *filter =
	    *cell ? reference_expression(&asker, cell, REFERENCE_PREDICATE)
		  : NULL;
	SCOPED(char_freep)
	char *items = xasprintf("instance('%s')/root/item%s%s%s", instance,
				filter ? "[" : "", filter ? filter : "",
				filter ? "]" : "");
	SCOPED(char_freep)
	char *shuffle = parameter_of(document, item, "randomize");

	if (!shuffle || !sheet_yes(shuffle))
		return xstrdup(items);
	SCOPED(char_freep) char *seed = seed_of(document, item);

	return xasprintf("randomize(%s%s)", items, seed);
}

static void add_itemset(struct document *document, xmlNode *control,
			const char *nodeset, const char *value,
			const char *label)
{
	xmlNode *itemset = document_element(document, control, "itemset");

	document_set(itemset, "nodeset", nodeset);
	document_set(document_element(document, itemset, "value"), "ref",
		     value);
	document_set(document_element(document, itemset, "label"), "ref",
		     label);
}

static void add_list(struct document *document, xmlNode *control,
		     const struct choice_list *list, const char *nodeset)
{
	add_itemset(document, control, nodeset, "name",
		    words_choices_translated(document, list)
			? "jr:itext(itextId)"
			: "label");
}

static void add_choices_of_file(struct document *document, xmlNode *control,
				const struct item *item)
{
	const char *dot = strrchr(item->is.list, '.');
	SCOPED(char_freep)
	char *instance =
	    xstrndup(item->is.list, dot ? (size_t)(dot - item->is.list)
					: strlen(item->is.list));
	SCOPED(char_freep) char *nodeset = nodeset_of(document, item, instance);
	SCOPED(char_freep) char *value = parameter_of(document, item, "value");
	SCOPED(char_freep) char *label = parameter_of(document, item, "label");

	add_itemset(document, control, nodeset, value ? value : "name",
		    label ? label : "label");
}

static void tell_no_list(struct document *document, const struct item *item,
			 const char *column, const char *list)
{
	struct nearest nearest = { .word = list };

	for (size_t i = 0; i < document->choices.count; i++)
		nearest_offer(&nearest, document->choices.lists[i].name);
	SCOPED(char_freep) char *question = nearest_question(&nearest, "", "");

	findings_add(document->findings, FINDING_ERROR,
		     item_place(&document->survey, item, column),
		     "the choices sheet has no list %s%s", list, question);
}

static void add_choices(struct document *document, xmlNode *control,
			const struct item *item)
{
	const struct choice_list *list =
	    item->is.list ? choices_find(&document->choices, item->is.list)
			  : NULL;

	if (item->is.from_file && item->is.list) {
		add_choices_of_file(document, control, item);
		return;
	}
	if (!list) {
		if (item->is.list && !item->is.from_repeat)
			tell_no_list(document, item, "type", item->is.list);
		return;
	}
	SCOPED(char_freep)
	char *nodeset = nodeset_of(document, item, list->name);

	add_list(document, control, list, nodeset);
}

/* --- ranges ----------------------------------------------------------------
 */

static void set_range(struct document *document, xmlNode *control,
		      const struct item *item)
{
	static const char *const bounds[][2] = {
		{ "start", "0" },
		{ "end", "10" },
		{ "step", "1" },
	};
	static const char *const extras[][2] = {
		{ "tick_interval", "odk:tick-interval" },
		{ "tick_labelset", "odk:tick-labelset" },
		{ "placeholder", "odk:placeholder" },
	};

	for (size_t i = 0; i < COUNT(bounds); i++) {
		SCOPED(char_freep)
		char *value = parameter_of(document, item, bounds[i][0]);

		document_set(control, bounds[i][0],
			     value ? value : bounds[i][1]);
	}
	for (size_t i = 0; i < COUNT(extras); i++) {
		SCOPED(char_freep)
		char *value = parameter_of(document, item, extras[i][0]);

		if (value)
			document_set(control, extras[i][1], value);
	}
}

static double bound_of(const struct document *document, const struct item *item,
		       const char *name, double otherwise)
{
	SCOPED(char_freep) char *value = parameter_of(document, item, name);
	double number = value ? number_parse(value, strlen(value)) : otherwise;

	return isnan(number) ? otherwise : number;
}

#define ALMOST 1e-9 /* of a step: what fractions lose in binary */

/* Words at a value that the range never has are seen by nobody. */
static void check_mark(const struct document *document, const struct item *item,
		       const struct sheet_row *row)
{
	const struct sheet *sheet = document->choices.sheet;
	const char *name = sheet_cell(sheet, row, "name");
	double start = bound_of(document, item, "start", 0);
	double end = bound_of(document, item, "end", 10);
	double step = fabs(bound_of(document, item, "step", 1));
	double value = number_parse(name, strlen(name));
	double steps = step > 0 ? fabs(value - start) / step : 0;

	if (!isnan(value) && value >= fmin(start, end) - ALMOST &&
	    value <= fmax(start, end) + ALMOST &&
	    fabs(steps - round(steps)) < ALMOST)
		return;
	findings_add(
	    document->findings, FINDING_WARNING,
	    sheet_place(sheet, row, "name"),
	    "\"%s\" is no value of the range %s, so its words are "
	    "never shown; write a number from its start to its end, by "
	    "its step",
	    name, item->name);
}

/* The words at its values, from a list of the choices sheet. */
static void add_marks(struct document *document, xmlNode *control,
		      const struct item *item)
{
	SCOPED(char_freep)
	char *name = parameter_of(document, item, "tick_labelset");
	const struct choice_list *list =
	    name ? choices_find(&document->choices, name) : NULL;

	if (name && !list)
		tell_no_list(document, item, "parameters", name);
	if (!list)
		return;
	for (size_t i = 0; i < list->count; i++)
		check_mark(document, item, list->rows[i]);
	SCOPED(char_freep)
	char *nodeset = xasprintf("instance('%s')/root/item", list->name);

	add_list(document, control, list, nodeset);
}

/* --- what controls share -------------------------------------------------- */

/* Its letters may be dots; a row, a day or a place on a scale has none. */
static bool is_written(const struct type *type)
{
	static const char *const types[] = { "string", "int", "decimal",
					     "tel" };

	for (size_t i = 0; i < COUNT(types); i++)
		if (!strcmp(type->bind, types[i]))
			return !strcmp(type->control, "input");
	return false;
}

static void check_masked(struct document *document, const struct item *item,
			 const char *appearance)
{
	const struct type *type = item->is.type;

	if ((sheet_has_word(appearance, "masked") ||
	     sheet_has_word(appearance, "hidden-answer")) &&
	    type->control && !type->warning && !is_written(type))
		findings_add(document->findings, FINDING_WARNING,
			     item_place(&document->survey, item, "appearance"),
			     "masked does nothing on a %s while it is "
			     "answered: it is seen until the question is left, "
			     "and dots after that; private shows nothing of it "
			     "again",
			     type->name);
}

static void set_appearance(struct document *document, xmlNode *control,
			   const struct item *item)
{
	const char *own = item_cell(&document->survey, item, "appearance");
	bool same = item_same_screen(&document->survey, item) &&
		    !sheet_has_word(own, "same-screen");
	SCOPED(char_freep)
	char *all = xasprintf("%s%s%s", own, same && *own ? " " : "",
			      same ? "same-screen" : "");

	if (strstr(own, "search("))
		findings_add(document->findings, FINDING_ERROR,
			     item_place(&document->survey, item, "appearance"),
			     "search() is refused; use select_one_from_file "
			     "with a choice_filter");
	appearance_check(own, item_place(&document->survey, item, "appearance"),
			 document->findings);
	check_masked(document, item, own);
	if (*all)
		document_set(control, "appearance", all);
}

static void set_cell(struct document *document, xmlNode *control,
		     const struct item *item, const char *key)
{
	const char *cell = item_cell(&document->survey, item, key);

	if (*cell)
		document_set(control, key, cell);
}

/* rows is a column of its own, or a parameter. */
static void set_rows(struct document *document, xmlNode *control,
		     const struct item *item)
{
	SCOPED(char_freep) char *rows = parameter_of(document, item, "rows");

	if (rows)
		document_set(control, "rows", rows);
	else
		set_cell(document, control, item, "rows");
}

/* body::NAME of whatever a control may have. */
static void set_extras(struct document *document, xmlNode *control,
		       const struct item *item)
{
	document_attributes(document, control, item, "body");
	document_attributes(document, control, item, "control");
}

/* --- triggers ------------------------------------------------------------- */

/* Whether item's trigger cell names this question. */
static bool triggered_by(struct document *document, const struct item *item,
			 const struct item *question)
{
	struct reference asker = document_asker(document, item, "trigger");
	const char *cell = item_cell(&document->survey, item, "trigger");

	while ((cell = strstr(cell, "${"))) {
		const struct item *found =
		    reference_target(&asker, cell, &cell);

		if (!found)
			return false;
		if (found == question)
			return true;
	}
	return false;
}

static void add_setvalue(struct document *document, xmlNode *control,
			 const struct item *item, const char *event,
			 const char *key)
{
	xmlNode *set = document_element(document, control, "setvalue");

	document_set(set, "event", event);
	document_set(set, "ref", item->path);
	document_expression(document, set, "value", item, key);
}

static void add_triggered(struct document *document, xmlNode *control,
			  const struct item *question)
{
	const struct survey *survey = &document->survey;

	for (size_t i = 0; i < survey->count; i++) {
		const struct item *item = survey->all[i];

		if (item->triggered && item->name &&
		    triggered_by(document, item, question))
			add_setvalue(document, control, item,
				     "xforms-value-changed", "calculation");
	}
}

/* What a trigger cell may be: ${a}, or ${a}, ${b}, of questions asked. */
static void check_trigger(struct document *document, const struct item *item)
{
	struct reference asker = document_asker(document, item, "trigger");
	const char *cell = item_cell(&document->survey, item, "trigger");

	while (*cell) {
		cell += strspn(cell, " ,");
		if (strncmp(cell, "${", 2)) {
			findings_add(document->findings, FINDING_ERROR,
				     asker.where,
				     "name questions only: ${a}, ${b}");
			return;
		}
		const struct item *found =
		    reference_target(&asker, cell, &cell);

		if (!found)
			return;
		if (!found->is.type || !found->is.type->control)
			findings_add(document->findings, FINDING_ERROR,
				     asker.where,
				     "%s is never answered by a person, so it "
				     "triggers nothing",
				     found->name);
		cell += strspn(cell, " ,");
	}
}

/* --- controls ------------------------------------------------------------- */

static void write_items(struct document *document, xmlNode *parent,
			const struct item *section);

static void write_question(struct document *document, xmlNode *parent,
			   const struct item *item)
{
	const struct type *type = item->is.type;

	if (!type->control || type->refused)
		return;
	xmlNode *control = document_element(document, parent, type->control);

	document_set(control, "ref", item->path);
	set_appearance(document, control, item);
	if (type->mediatype)
		document_set(control, "mediatype", type->mediatype);
	parameter_set(document, control, item, PARAMETER_ON_CONTROL);
	set_rows(document, control, item);
	set_cell(document, control, item, "autoplay");
	set_extras(document, control, item);
	if (!strcmp(type->control, "range"))
		set_range(document, control, item);
	words_add_label(document, control, item);
	/* The choices above a table's answers need no words of their own. */
	if (!control->children &&
	    !sheet_has_word(item_cell(&document->survey, item, "appearance"),
			    "label"))
		findings_add(
		    document->findings, FINDING_WARNING,
		    item_place(&document->survey, item, "label"),
		    "a question without words; write here what is asked");
	if (type->role == TYPE_SELECT)
		add_choices(document, control, item);
	if (!strcmp(type->control, "range"))
		add_marks(document, control, item);
	add_triggered(document, control, item);
}

static void write_group(struct document *document, xmlNode *parent,
			const struct item *item)
{
	xmlNode *group = document_element(document, parent, "group");

	if (!item->flat)
		document_set(group, "ref", item->path);
	else if (*item_cell(&document->survey, item, "relevant"))
		findings_add(document->findings, FINDING_ERROR,
			     item_place(&document->survey, item, "relevant"),
			     "a flat group has no node that could be relevant; "
			     "write it on every question in it");
	set_appearance(document, group, item);
	set_extras(document, group, item);
	words_add_label(document, group, item);
	write_items(document, group, item);
}

/* Defaults worked out anew for every instance. */
static void write_defaults(struct document *document, xmlNode *repeat,
			   const struct item *item)
{
	const struct survey *survey = &document->survey;

	for (size_t i = 0; i < survey->count; i++)
		if (item_repeat(survey->all[i]) == item &&
		    !item_is_section(survey->all[i]) &&
		    survey->all[i]->is.type && survey->all[i]->name &&
		    model_default_is_dynamic(document, survey->all[i]))
			add_setvalue(document, repeat, survey->all[i],
				     "odk-instance-first-load odk-new-repeat",
				     "default");
}

static void set_count(struct document *document, xmlNode *repeat,
		      const struct item *item)
{
	struct reference asker = document_asker(document, item, "repeat_count");
	const char *cell = item_cell(&document->survey, item, "repeat_count");
	const char *end = "";
	const struct item *counter = NULL;

	if (!*cell)
		return;
	if (!strncmp(cell, "${", 2))
		counter = reference_target(&asker, cell, &end);
	SCOPED(char_freep)
	char *path = counter && !*end ? reference_path(item, counter)
				      : xasprintf("%s_count", item->path);
	SCOPED(char_freep) char *text = xasprintf(" %s ", path);

	document_set(repeat, "jr:count", text);
}

static void write_repeat(struct document *document, xmlNode *parent,
			 const struct item *item)
{
	xmlNode *group = document_element(document, parent, "group");

	document_set(group, "ref", item->path);
	words_add_label(document, group, item);
	xmlNode *repeat = document_element(document, group, "repeat");

	document_set(repeat, "nodeset", item->path);
	set_count(document, repeat, item);
	set_appearance(document, repeat, item);
	set_extras(document, repeat, item);
	write_defaults(document, repeat, item);
	write_items(document, repeat, item);
}

static void write_items(struct document *document, xmlNode *parent,
			const struct item *section)
{
	for (const struct item *item = section->first; item;
	     item = item->next) {
		if (item_is_repeat(item))
			write_repeat(document, parent, item);
		else if (item_is_group(item))
			write_group(document, parent, item);
		else if (item->is.type && item->name)
			write_question(document, parent, item);
	}
}

void body_write(struct document *document)
{
	const struct survey *survey = &document->survey;

	for (size_t i = 0; i < survey->count; i++)
		if (survey->all[i]->triggered)
			check_trigger(document, survey->all[i]);
	write_items(document, document->body, survey->root);
}
