#include "xlsform/lint.h"

#include <libxml/hash.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "xpath/tree.h"
#include "xpath/xpath.h"

/* Paths that a document mentions. */
struct paths {
	char **list;
	size_t count;
};

struct lint {
	const char *file;
	const struct survey *survey;
	struct findings *findings;
	struct paths questions; /* with a control that takes an answer */
	struct paths repeats;
};

/* One expression under examination. */
struct subject {
	struct lint *lint;
	const char *context;   /* the path of the node it belongs to */
	const char *attribute; /* "relevant" */
	const struct expr *root;
};

static void keep_path(struct paths *paths, const char *path)
{
	paths->list =
	    xreallocarray(paths->list, paths->count + 1, sizeof *paths->list);
	paths->list[paths->count++] = xstrdup(path);
}

static bool has_path(const struct paths *paths, const char *path)
{
	for (size_t i = 0; i < paths->count; i++)
		if (!strcmp(paths->list[i], path))
			return true;
	return false;
}

static void forget_paths(struct paths *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		free(paths->list[i]);
	free(paths->list);
}

/* --- where ---------------------------------------------------------------- */

/* The column that becomes an attribute. */
static const char *column_of(const struct survey *survey,
			     const struct item *item, const char *attribute)
{
	static const struct {
		const char *attribute, *column;
	} columns[] = {
		{ "calculate", "calculation" },
		{ "nodeset", "choice_filter" },
	};

	if (!strcmp(attribute, "value"))
		return *item_cell(survey, item, "trigger") ? "calculation"
							   : "default";

	for (size_t i = 0; i < COUNT(columns); i++)
		if (!strcmp(attribute, columns[i].attribute))
			return columns[i].column;
	return attribute;
}

static void tell(const struct subject *subject, enum finding_level level,
		 const char *words)
{
	const struct lint *lint = subject->lint;
	const struct item *item =
	    lint->survey ? survey_at(lint->survey, subject->context) : NULL;

	if (item)
		findings_add(lint->findings, level,
			     item_place(lint->survey, item,
					column_of(lint->survey, item,
						  subject->attribute)),
			     "%s", words);
	else
		findings_add(lint->findings, level,
			     (struct finding_place){ .file = lint->file },
			     "%s, %s: %s", subject->context, subject->attribute,
			     words);
}

/* --- paths ---------------------------------------------------------------- */

static bool starts_at_context(const struct path *path)
{
	const struct expr *filter = path->filter;

	return path->start == START_CONTEXT ||
	       (path->start == START_FILTER && filter->kind == EXPR_CALL &&
		!strcmp(filter->call.function->name, "current"));
}

static void add_step(struct bytes *out, const struct step *step)
{
	if (step->axis == AXIS_PARENT) {
		while (out->length && out->data[out->length - 1] != '/')
			out->length--;
		out->length -= out->length > 0;
	} else if (step->axis == AXIS_CHILD) {
		bytes_add_format(
		    out, "/%s%s%s", step->prefix ? step->prefix : "",
		    step->prefix ? ":" : "", step->name ? step->name : "*");
	}
}

/*
 * Where a path leads, "/data/rep/x", as seen from context; NULL for one that
 * is not plain steps or leads into another instance. The caller frees it.
 */
static char *destination(const struct expr *expr, const char *context)
{
	const struct path *path = &expr->path;
	struct bytes out = { 0 };

	if (expr->kind != EXPR_PATH)
		return NULL;
	if (starts_at_context(path))
		bytes_add_text(&out, context);
	else if (path->start != START_ROOT)
		return NULL;
	for (size_t i = 0; i < path->step_count; i++)
		add_step(&out, &path->steps[i]);
	bytes_add_text(&out, "");
	out.data[out.length] = '\0';
	return bytes_take_text(&out);
}

static bool has_predicate(const struct path *path)
{
	for (size_t i = 0; i < path->step_count; i++)
		if (path->steps[i].predicate_count)
			return true;
	return false;
}

/* --- trap: nothing compared as a number ------------------------------------
 */

static bool compares_size(enum operation operation)
{
	return operation == OP_LESS || operation == OP_LESS_EQUAL ||
	       operation == OP_GREATER || operation == OP_GREATER_EQUAL;
}

/* Whether an expression looks if path is empty: = '' or != ''. */
struct look {
	const char *context, *path;
	bool found;
};

static bool leads_to(const struct expr *expr, const struct look *look)
{
	SCOPED(char_freep) char *path = destination(expr, look->context);

	return path && !strcmp(path, look->path);
}

static void look_for_empty(void *to, const struct expr *expr)
{
	struct look *look = to;

	if (expr->kind == EXPR_CALL) {
		for (size_t i = 0; i < expr->call.count; i++)
			look->found |= leads_to(expr->call.arguments[i], look);
		return;
	}
	if (expr->kind != EXPR_CHAIN)
		return;
	for (size_t i = 1; i < expr->chain.count; i++) {
		const struct link *a = &expr->chain.links[i - 1];
		const struct link *b = &expr->chain.links[i];
		bool equality =
		    b->operation == OP_EQUAL || b->operation == OP_UNEQUAL;

		if (equality && (b->operand->kind == EXPR_TEXT ||
				 b->operand->kind == EXPR_NUMBER))
			look->found |= leads_to(a->operand, look);
		else if (equality && a->operand->kind == EXPR_TEXT)
			look->found |= leads_to(b->operand, look);
	}
}

static void check_operand(const struct subject *subject,
			  const struct expr *operand)
{
	SCOPED(char_freep) char *path = destination(operand, subject->context);
	struct look look = { subject->context, path, false };

	/* A constraint looks at an answer that is there. */
	if (!path || !has_path(&subject->lint->questions, path) ||
	    (!strcmp(subject->attribute, "constraint") &&
	     !strcmp(path, subject->context)))
		return;
	expr_each(subject->root, look_for_empty, &look);
	if (look.found)
		return;
	SCOPED(char_freep)
	char *words = xasprintf("%s is compared as a number, and empty it is "
				"none: the result is then false; look first "
				"whether it is '' (or use coalesce)",
				strrchr(path, '/') + 1);

	tell(subject, FINDING_WARNING, words);
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

static void check_if(const struct subject *subject, const struct expr *expr)
{
	if (expr->call.arguments[0]->kind == EXPR_PATH)
		tell(subject, FINDING_WARNING,
		     "if() on a question itself is true even when it is "
		     "empty; write ${x} != ''");
}

static void check_regex(const struct subject *subject, const struct expr *expr)
{
	const struct expr *pattern = expr->call.arguments[1];

	if (pattern->kind != EXPR_TEXT)
		return;
	size_t length = strlen(pattern->text);

	if (pattern->text[0] != '^' || pattern->text[length - 1] != '$')
		tell(subject, FINDING_WARNING,
		     "write the regex as '^...$': some programs match it "
		     "anywhere in an answer, this one only as a whole");
}

/* --- absolute paths in repeats -------------------------------------------- */

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
	    has_predicate(&expr->path))
		return;
	SCOPED(char_freep) char *path = destination(expr, subject->context);
	const char *repeat = repeat_around(subject->lint, path);
	const char *own = repeat_around(subject->lint, subject->context);

	if (!repeat || !own || strncmp(own, repeat, strlen(repeat)))
		return;
	SCOPED(char_freep)
	char *words =
	    xasprintf("%s means the first instance of its repeat, "
		      "not this one; write ${%s} or ../%s",
		      path, strrchr(path, '/') + 1, strrchr(path, '/') + 1);

	tell(subject, FINDING_ERROR, words);
}

static void check_each(void *to, const struct expr *expr)
{
	const struct subject *subject = to;

	if (is_call(expr, "if"))
		check_if(subject, expr);
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
}

/* --- the document --------------------------------------------------------- */

static bool is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       !strcmp((const char *)node->name, name);
}

/* The caller frees it; NULL if it is not there. */
static char *attribute(const xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetProp((xmlNode *)node, (const xmlChar *)name);
	char *copy = value ? xstrdup((const char *)value) : NULL;

	xmlFree(value);
	return copy;
}

/* Blanks around a nodeset are common. */
static char *path_of(const xmlNode *node)
{
	SCOPED(char_freep) char *ref = attribute(node, "ref");
	SCOPED(char_freep) char *nodeset = attribute(node, "nodeset");
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
		if (is(node, controls[i]))
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
		if (!is(node, "instance"))
			each_element(lint, node->children, visit);
	}
}

static void note_paths(struct lint *lint, xmlNode *node)
{
	SCOPED(char_freep) char *path = path_of(node);

	if (path && takes_answer(node))
		keep_path(&lint->questions, path);
	if (path && is(node, "repeat"))
		keep_path(&lint->repeats, path);
}

static void check_calculated(struct lint *lint, xmlNode *bind, const char *path)
{
	SCOPED(char_freep) char *calculate = attribute(bind, "calculate");
	SCOPED(char_freep) char *readonly = attribute(bind, "readonly");
	struct subject subject = { lint, path, "calculate", NULL };

	if (calculate && has_path(&lint->questions, path) &&
	    (!readonly || strcmp(readonly, "true()")))
		tell(&subject, FINDING_WARNING,
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
	if (is(node, "bind"))
		check_calculated(lint, node, path);
	for (size_t i = 0; is(node, "bind") && i < COUNT(expressions); i++) {
		SCOPED(char_freep)
		char *text = attribute(node, expressions[i]);

		if (text)
			check_expression(lint, path, expressions[i], text);
	}
	SCOPED(char_freep) char *value = attribute(node, "value");

	if (is(node, "setvalue") && value)
		check_expression(lint, path, "value", value);
	for (xmlNode *child = node->children; child; child = child->next) {
		SCOPED(char_freep)
		char *nodeset =
		    is(child, "itemset") ? attribute(child, "nodeset") : NULL;

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
		SCOPED(char_freep)
		char *id = is(text, "text") ? attribute(text, "id") : NULL;

		if (id)
			(void)xmlHashAddEntry(ids, (const xmlChar *)id, text);
	}
	return ids;
}

static void tell_missing(struct lint *lint, const char *language,
			 const char *id)
{
	const char *colon = strchr(id, ':');
	SCOPED(char_freep)
	char *path = xstrndup(id, colon ? (size_t)(colon - id) : strlen(id));
	const struct item *item =
	    lint->survey ? survey_at(lint->survey, path) : NULL;
	struct finding_place place = { .file = lint->file };

	if (item)
		place = item_place(lint->survey, item, NULL);
	findings_add(lint->findings, FINDING_WARNING, place,
		     "%s has no text for %s", language, id);
}

/* Everything that one language says and another does not. */
static void compare(struct lint *lint, xmlNode *one, const xmlNode *other)
{
	SCOPED(char_freep) char *language = attribute(other, "lang");
	xmlHashTable *ids = ids_of(other);

	for (xmlNode *text = one->children; text; text = text->next) {
		SCOPED(char_freep)
		char *id = is(text, "text") ? attribute(text, "id") : NULL;

		if (id && !xmlHashLookup(ids, (const xmlChar *)id))
			tell_missing(lint, language ? language : "a language",
				     id);
	}
	xmlHashFree(ids, NULL);
}

static void check_itext(struct lint *lint, xmlNode *itext)
{
	if (!is(itext, "itext"))
		return;
	for (xmlNode *one = itext->children; one; one = one->next)
		for (xmlNode *other = itext->children; other;
		     other = other->next)
			if (one != other && is(one, "translation") &&
			    is(other, "translation"))
				compare(lint, one, other);
}

void lint_document(xmlDoc *xml, const char *file, const struct survey *survey,
		   struct findings *findings)
{
	struct lint lint = {
		.file = file,
		.survey = survey,
		.findings = findings,
	};
	xmlNode *root = xmlDocGetRootElement(xml);

	each_element(&lint, root, note_paths);
	each_element(&lint, root, check_node);
	each_element(&lint, root, check_itext);
	forget_paths(&lint.questions);
	forget_paths(&lint.repeats);
}
