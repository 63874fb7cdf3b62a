#include "xlsform/lint.h"

#include <libxml/hash.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "form/xml.h"
#include "xlsform/habits.h"
#include "xlsform/reach.h"
#include "xlsform/subject.h"
#include "xlsform/table.h"
#include "xpath/tree.h"
#include "xpath/xpath.h"

/* --- trap: nothing compared as a number ------------------------------------
 */

static bool compares_size(enum operation operation)
{
	return operation == OP_LESS || operation == OP_LESS_EQUAL ||
	       operation == OP_GREATER || operation == OP_GREATER_EQUAL;
}

/* Whether an expression looks if path is empty: = '' or != '', or a call that
 * tells nothing from something. */
struct look {
	const char *context, *path;
	bool found;
};

static bool leads_to(const struct expr *expr, const struct look *look)
{
	SCOPED(char_freep)
	char *path = subject_destination(expr, look->context);

	return path && !strcmp(path, look->path);
}

static bool minds_empty(const struct call *call)
{
	static const char *const names[] = {
		"string-length",
		"coalesce",
		"count-non-empty",
	};

	for (size_t i = 0; i < COUNT(names); i++)
		if (!strcmp(call->function->name, names[i]))
			return true;
	return false;
}

static void look_for_empty(void *to, const struct expr *expr)
{
	struct look *look = to;

	if (expr->kind == EXPR_CALL && minds_empty(&expr->call))
		for (size_t i = 0; i < expr->call.count; i++)
			look->found |= leads_to(expr->call.arguments[i], look);
	for (size_t i = 1; expr->kind == EXPR_CHAIN && i < expr->chain.count;
	     i++) {
		const struct link *link = &expr->chain.links[i];

		if (link->operation != OP_EQUAL &&
		    link->operation != OP_UNEQUAL)
			continue;
		if (subject_is_blank(link->operand))
			look->found |= leads_to(link[-1].operand, look);
		else if (subject_is_blank(link[-1].operand))
			look->found |= leads_to(link->operand, look);
	}
}

static void check_operand(const struct subject *subject,
			  const struct expr *operand)
{
	SCOPED(char_freep)
	char *path = subject_destination(operand, subject->context);
	struct look look = { subject->context, path, false };

	/* A constraint looks at an answer that is there. */
	if (!path || !paths_have(&subject->lint->questions, path) ||
	    (!strcmp(subject->attribute, "constraint") &&
	     !strcmp(path, subject->context)))
		return;
	expr_each(subject->root, look_for_empty, &look);
	if (look.found)
		return;
	const char *name = strrchr(path, '/') + 1;
	SCOPED(char_freep)
	char *words = xasprintf("while %s has no answer, this comparison is "
				"false; if that is meant, say so (${%s} != '' "
				"and ...), else compare coalesce(${%s}, 0) to "
				"count no answer as 0",
				name, name, name);

	subject_tell(subject, FINDING_WARNING, words);
}

static void check_comparison(const struct subject *subject,
			     const struct expr *expr)
{
	for (size_t i = 1; i < expr->chain.count; i++) {
		if (!compares_size(expr->chain.links[i].operation))
			continue;
		check_operand(subject, expr->chain.links[i - 1].operand);
		check_operand(subject, expr->chain.links[i].operand);
	}
}

/* --- calls ---------------------------------------------------------------- */

static bool is_call(const struct expr *expr, const char *name)
{
	return expr->kind == EXPR_CALL &&
	       !strcmp(expr->call.function->name, name);
}

/* The innermost repeat that holds path; NULL if none does. */
static const char *repeat_around(const struct lint *lint, const char *path)
{
	const char *found = NULL;

	for (size_t i = 0; i < lint->repeats.count; i++) {
		const char *repeat = lint->repeats.list[i];
		size_t length = strlen(repeat);

		if (!strncmp(path, repeat, length) && path[length] == '/' &&
		    (!found || strlen(found) < length))
			found = repeat;
	}
	return found;
}

static void check_if(const struct subject *subject, const struct expr *expr)
{
	if (expr->call.arguments[0]->kind == EXPR_PATH)
		subject_tell(
		    subject, FINDING_WARNING,
		    "if() on a question itself is true even when it is "
		    "empty; write ${x} != ''");
}

static bool holds(const char *outer, const char *path)
{
	size_t length = strlen(outer);

	return !strncmp(path, outer, length) &&
	       (!path[length] || path[length] == '/');
}

/* A repeat that is not around context may have no instance. */
static bool is_there(const struct subject *subject, const char *path)
{
	const char *repeat = repeat_around(subject->lint, path);

	return !repeat || holds(repeat, subject->context);
}

/* What is calculated is seldom empty: a comparison gives true or false. */
static char *truth_words(const struct lint *lint, const char *path,
			 const char *call)
{
	const bool no = *call == 'n';
	const char *truth = no ? "false" : "true";
	const char *name = strrchr(path, '/') + 1;

	if (paths_have(&lint->questions, path) ||
	    paths_have(&lint->tapped, path))
		return xasprintf("%s() of a question itself is always %s, also "
				 "when it is empty; write ${%s} %s ''",
				 call, truth, name, no ? "=" : "!=");
	if (paths_have(&lint->calculated, path))
		return xasprintf("%s() of a calculation itself is always %s, "
				 "whatever it gives; compare it, as "
				 "${%s} = '%s'",
				 call, truth, name, truth);
	return NULL;
}

/* boolean() and not() ask whether a node exists, which one with a value always
 * does; with a filter that may well be what is meant. */
static void check_truth(const struct subject *subject, const struct expr *expr)
{
	const struct expr *argument = expr->call.arguments[0];
	SCOPED(char_freep)
	char *path = subject_destination(argument, subject->context);

	if (!path || subject_has_predicate(&argument->path) ||
	    !is_there(subject, path))
		return;
	SCOPED(char_freep)
	char *words =
	    truth_words(subject->lint, path, expr->call.function->name);

	if (words)
		subject_tell(subject, FINDING_WARNING, words);
}

/* Where the first branch of a regex ends: at a | that is in no brackets. */
static const char *branch_end(const char *at)
{
	size_t depth = 0;
	bool set = false; /* in [...] */

	for (; *at && (*at != '|' || set || depth); at++) {
		if (*at == '\\' && at[1])
			at++;
		else if (set || *at == '[')
			set = *at != ']';
		else if (*at == '(')
			depth++;
		else if (*at == ')' && depth)
			depth--;
	}
	return at;
}

/* Whether a branch is ^...$, and the $ no letter of the answer. */
static bool is_whole(const char *branch, const char *end)
{
	size_t slashes = 0;

	if (end - branch < 2 || *branch != '^' || end[-1] != '$')
		return false;
	for (const char *at = end - 1; at[-1] == '\\'; at--)
		slashes++;
	return slashes % 2 == 0;
}

static void check_regex(const struct subject *subject, const struct expr *expr)
{
	const struct expr *pattern = expr->call.arguments[1];
	bool whole = true;

	if (pattern->kind != EXPR_TEXT)
		return;
	const char *start = pattern->text, *end = branch_end(start);
	bool branches = *end;

	for (; whole; start = end + 1, end = branch_end(start)) {
		whole = is_whole(start, end);
		if (!*end)
			break;
	}
	if (!whole)
		subject_tell(
		    subject, FINDING_WARNING,
		    branches
			? "write the regex as '^(...|...)$': without the "
			  "brackets, ^ and $ are of one side of the | alone, "
			  "and some programs match the other anywhere"
			: "write the regex as '^...$': some programs match it "
			  "anywhere in an answer, this one only as a whole");
}

/* --- absolute paths in repeats -------------------------------------------- */

/* Whether an argument may well mean all instances, as sum() does. */
static bool takes_all(const struct call *call, size_t argument)
{
	static const char *const names[] = {
		"sum",
		"count",
		"min",
		"max",
		"join",
		"concat",
		"count-non-empty",
		"indexed-repeat",
		"position",
		"boolean",
		"not",
	};

	if (argument < 32 && (call->function->nodes >> argument & 1))
		return true;
	for (size_t i = 0; i < COUNT(names); i++)
		if (!strcmp(call->function->name, names[i]))
			return true;
	return false;
}

static void check_absolute(const struct subject *subject,
			   const struct expr *expr)
{
	if (expr->kind != EXPR_PATH || expr->path.start != START_ROOT ||
	    subject_has_predicate(&expr->path))
		return;
	SCOPED(char_freep)
	char *path = subject_destination(expr, subject->context);
	const char *repeat = repeat_around(subject->lint, path);
	const char *own = repeat_around(subject->lint, subject->context);

	if (!repeat || !own || !holds(repeat, own))
		return;
	SCOPED(char_freep)
	char *words =
	    xasprintf("%s is always that of the first one in its "
		      "repeat; write ${%s} for the one that is being asked "
		      "about (in XForms: ../%s)",
		      path, strrchr(path, '/') + 1, strrchr(path, '/') + 1);

	subject_tell(subject, FINDING_ERROR, words);
}

static void check_each(void *to, const struct expr *expr)
{
	const struct subject *subject = to;

	if (is_call(expr, "if"))
		check_if(subject, expr);
	if (is_call(expr, "boolean") || is_call(expr, "not"))
		check_truth(subject, expr);
	if (is_call(expr, "regex"))
		check_regex(subject, expr);
	if (expr->kind == EXPR_CHAIN)
		check_comparison(subject, expr);
	if (expr->kind == EXPR_NEGATE)
		check_absolute(subject, expr->operand);
	if (expr->kind == EXPR_CALL)
		for (size_t i = 0; i < expr->call.count; i++)
			if (!takes_all(&expr->call, i))
				check_absolute(subject,
					       expr->call.arguments[i]);
	if (expr->kind == EXPR_CHAIN)
		for (size_t i = 0; i < expr->chain.count; i++)
			check_absolute(subject, expr->chain.links[i].operand);
}

static void check_expression(struct lint *lint, const char *context,
			     const char *attribute, const char *text)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;

	if (xpath_parse(text, &xpath, NULL))
		return; /* loading the form has told this */
	struct subject subject = { lint, context, attribute, xpath->root };

	check_absolute(&subject, xpath->root);
	expr_each(xpath->root, check_each, &subject);
	habits_check(&subject);
}

/* --- the document --------------------------------------------------------- */

/* Blanks around a nodeset are common. */
static char *path_of(const xmlNode *node)
{
	const char *ref = xml_attribute(node, "ref");
	const char *nodeset = xml_attribute(node, "nodeset");
	const char *text = ref ? ref : nodeset;

	if (!text)
		return NULL;
	text += strspn(text, " \t\r\n");
	return xstrndup(text, strcspn(text, " \t\r\n"));
}

static bool takes_answer(const xmlNode *node)
{
	static const char *const controls[] = { "input", "select1", "select",
						"range", "upload",  "rank" };

	for (size_t i = 0; i < COUNT(controls); i++)
		if (xml_is_named(node, controls[i]))
			return true;
	return false;
}

typedef void visit_node(struct lint *lint, xmlNode *node);

static void each_element(struct lint *lint, xmlNode *from, visit_node *visit)
{
	for (xmlNode *node = from; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		visit(lint, node);
		if (!xml_is_named(node, "instance"))
			each_element(lint, node->children, visit);
	}
}

static void note_paths(struct lint *lint, xmlNode *node)
{
	SCOPED(char_freep) char *path = path_of(node);

	if (path && takes_answer(node))
		paths_add(&lint->questions, path);
	if (path && xml_is_named(node, "trigger"))
		paths_add(&lint->tapped, path);
	if (path && xml_is_named(node, "bind") &&
	    xml_attribute(node, "calculate"))
		paths_add(&lint->calculated, path);
	if (path && xml_is_named(node, "select"))
		paths_add(&lint->several, path);
	if (path && xml_is_named(node, "repeat"))
		paths_add(&lint->repeats, path);
}

static void check_calculated(struct lint *lint, xmlNode *bind, const char *path)
{
	const char *calculate = xml_attribute(bind, "calculate");
	const char *readonly = xml_attribute(bind, "readonly");
	struct subject subject = { lint, path, "calculate", NULL };

	if (calculate && paths_have(&lint->questions, path) &&
	    (!readonly || strcmp(readonly, "true()")))
		subject_tell(
		    &subject, FINDING_WARNING,
		    "what a person answers here is overwritten whenever it "
		    "is worked out anew; use the column trigger, or make it "
		    "a calculate");
}

static void check_node(struct lint *lint, xmlNode *node)
{
	static const char *const expressions[] = { "relevant", "constraint",
						   "calculate", "required",
						   "readonly" };
	SCOPED(char_freep) char *path = path_of(node);

	if (!path)
		return;
	if (xml_is_named(node, "bind"))
		check_calculated(lint, node, path);
	for (size_t i = 0; xml_is_named(node, "bind") && i < COUNT(expressions);
	     i++) {
		const char *text = xml_attribute(node, expressions[i]);

		if (text)
			check_expression(lint, path, expressions[i], text);
	}
	const char *value = xml_attribute(node, "value");

	if (xml_is_named(node, "setvalue") && value)
		check_expression(lint, path, "value", value);
	for (xmlNode *child = node->children; child; child = child->next) {
		const char *nodeset = xml_is_named(child, "itemset")
					  ? xml_attribute(child, "nodeset")
					  : NULL;

		if (nodeset)
			check_expression(lint, path, "nodeset", nodeset);
	}
}

/* --- translations --------------------------------------------------------- */

/* The ids that a language has texts for, as a set. */
static xmlHashTable *ids_of(const xmlNode *translation)
{
	xmlHashTable *ids = xmlHashCreate(256);

	for (xmlNode *text = translation->children; text; text = text->next) {
		const char *id = xml_is_named(text, "text")
				     ? xml_attribute(text, "id")
				     : NULL;

		if (id)
			(void)xmlHashAddEntry(ids, (const xmlChar *)id, text);
	}
	return ids;
}

/* The column that an id's text is from: "/data/A3:hint" is of hint. */
static const char *column_of_text(const char *id)
{
	static const struct {
		const char *end, *column;
	} ends[] = {
		{ ":label", "label" },
		{ ":hint", "hint" },
		{ ":jr:constraintMsg", "constraint_message" },
		{ ":jr:requiredMsg", "required_message" },
		{ ":jr:noAppErrorString", "no_app_error_string" },
	};
	const char *colon = strchr(id, ':');

	for (size_t i = 0; colon && i < COUNT(ends); i++)
		if (!strcmp(colon, ends[i].end))
			return ends[i].column;
	return NULL;
}

/* The row that a text is from; its sheet is then in *sheet. */
static const struct sheet_row *row_of_text(const struct lint *lint,
					   const char *path,
					   const struct sheet **sheet)
{
	static const char choice[] = "choices/";
	const struct item *item =
	    lint->survey ? survey_at(lint->survey, path) : NULL;
	const char *name = strrchr(path, '/');

	if (item) {
		*sheet = lint->survey->sheet;
		return item->row;
	}
	if (!lint->choices || strncmp(path, choice, strlen(choice)))
		return NULL;
	SCOPED(char_freep)
	char *list = xstrndup(path + strlen(choice),
			      (size_t)(name - path) - strlen(choice));
	const struct choice_list *rows = choices_find(lint->choices, list);

	*sheet = lint->choices->sheet;
	for (size_t i = 0; rows && i < rows->count; i++)
		if (!strcmp(sheet_cell(*sheet, rows->rows[i], "name"),
			    name + 1))
			return rows->rows[i];
	return NULL;
}

/* What somebody wrote: of a table-list's note, which is made, its group. */
static const char *name_of_text(const struct lint *lint, const char *path)
{
	const struct item *item =
	    lint->survey ? survey_at(lint->survey, path) : NULL;
	const char *name = strrchr(path, '/') + 1;

	return item && item->parent->name &&
		       !strncmp(name, TABLE_NOTE, strlen(TABLE_NOTE))
		   ? item->parent->name
		   : name;
}

static void tell_missing(struct lint *lint, const char *language,
			 const char *id)
{
	const char *column = column_of_text(id);
	SCOPED(char_freep) char *path = xstrndup(id, strcspn(id, ":"));
	const struct sheet *sheet = NULL;
	const struct sheet_row *row = column && strchr(path, '/')
					  ? row_of_text(lint, path, &sheet)
					  : NULL;
	SCOPED(char_freep) char *title = NULL;

	if (!row) {
		findings_add(lint->findings, FINDING_WARNING,
			     (struct finding_place){ .file = lint->file },
			     "%s has no text for %s", language, id);
		return;
	}
	title = xasprintf("%s::%s", column, language);
	findings_add(lint->findings, FINDING_WARNING,
		     (struct finding_place){ sheet->file, row->number, title },
		     "%s has no words in %s; write them here, or who reads it "
		     "sees another language",
		     name_of_text(lint, path), language);
}

/* Everything that one language says and another does not. */
static void compare(struct lint *lint, xmlNode *one, const xmlNode *other)
{
	const char *language = xml_attribute(other, "lang");
	xmlHashTable *ids = ids_of(other);

	for (xmlNode *text = one->children; text; text = text->next) {
		const char *id = xml_is_named(text, "text")
				     ? xml_attribute(text, "id")
				     : NULL;

		if (id && !xmlHashLookup(ids, (const xmlChar *)id))
			tell_missing(lint, language ? language : "a language",
				     id);
	}
	xmlHashFree(ids, NULL);
}

static void check_itext(struct lint *lint, xmlNode *itext)
{
	if (!xml_is_named(itext, "itext"))
		return;
	for (xmlNode *one = itext->children; one; one = one->next)
		for (xmlNode *other = itext->children; other;
		     other = other->next)
			if (one != other && xml_is_named(one, "translation") &&
			    xml_is_named(other, "translation"))
				compare(lint, one, other);
}

void lint_document(xmlDoc *xml, const char *file, const struct survey *survey,
		   const struct choices *choices, struct findings *findings)
{
	struct lint lint = {
		.file = file,
		.survey = survey,
		.choices = choices,
		.findings = findings,
	};
	xmlNode *root = xmlDocGetRootElement(xml);

	each_element(&lint, root, note_paths);
	each_element(&lint, root, check_node);
	each_element(&lint, root, check_itext);
	reach_check(&lint, xml);
	paths_done(&lint.questions);
	paths_done(&lint.tapped);
	paths_done(&lint.calculated);
	paths_done(&lint.several);
	paths_done(&lint.repeats);
}
