#include "xlsform/reach.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "form/xml.h"
#include "xlsform/answers.h"
#include "xpath/xpath.h"

struct reach {
	struct lint *lint;
	xmlDoc *xml;
	struct answers answers;
	struct paths never; /* paths of what is never asked */
};

/* An expression that is judged, and why it was found to be never true. */
struct judged {
	const struct reach *reach;
	const char *context;
	const xmlNode *item; /* in a filter: the choice; NULL elsewhere */
	char *why;           /* the first reason; owned */
};

/* --- what is never asked -------------------------------------------------- */

/* Whether path, or a group around it, is never asked. */
static bool never_asked(const struct reach *reach, const char *path)
{
	for (size_t i = 0; i < reach->never.count; i++) {
		const char *never = reach->never.list[i];
		size_t length = strlen(never);

		if (!strncmp(path, never, length) &&
		    (!path[length] || path[length] == '/'))
			return true;
	}
	return false;
}

static bool because(struct judged *judged, char *why)
{
	if (judged->why)
		free(why);
	else
		judged->why = why;
	return true;
}

static bool certain(struct judged *judged)
{
	return because(judged, xstrdup("its rule is never true"));
}

static const char *name_of(const char *path)
{
	return strrchr(path, '/') + 1;
}

/* --- comparisons ---------------------------------------------------------- */

/* The path that an expression is, absolute; NULL: it is none. */
static char *path_in(const struct judged *judged, const struct expr *expr)
{
	/* In a filter, what begins with a step means the choice. */
	if (expr->kind != EXPR_PATH || subject_has_predicate(&expr->path) ||
	    (judged->item && expr->path.start == START_CONTEXT))
		return NULL;
	char *path = subject_destination(expr, judged->context);

	if (path && *path == '/' && path[1])
		return path;
	free(path);
	return NULL;
}

/* A value known beforehand: a literal, or a column of the choice. */
static char *value_in(const struct judged *judged, const struct expr *expr)
{
	if (expr->kind == EXPR_TEXT)
		return xstrdup(expr->text);
	if (expr->kind == EXPR_NUMBER && expr->number == floor(expr->number) &&
	    fabs(expr->number) < 1e9)
		return xasprintf("%.0f", expr->number);
	if (expr->kind == EXPR_PATH && judged->item &&
	    expr->path.start == START_CONTEXT && expr->path.step_count == 1 &&
	    expr->path.steps[0].axis == AXIS_CHILD &&
	    expr->path.steps[0].name && !expr->path.steps[0].predicate_count)
		return answers_leaf(judged->item, expr->path.steps[0].name);
	return NULL;
}

/* Whether the answer at path can never be, or hold, value. */
static bool never_is(struct judged *judged, const char *path, const char *value)
{
	const struct answers_of *of =
	    answers_known(&judged->reach->answers, path);

	if (!*value)
		return false;
	if (never_asked(judged->reach, path))
		return because(judged, xasprintf("it waits for %s, which is "
						 "never asked",
						 name_of(path)));
	if (!of || paths_have(&of->values, value))
		return false;
	SCOPED(char_freep) char *choices = answers_text(of);

	return because(judged, xasprintf("%s has no choice \"%s\"; it has: %s",
					 name_of(path), value, choices));
}

/* a = b, with a path on one side and a value on the other. */
static bool never_equal(struct judged *judged, const struct expr *a,
			const struct expr *b)
{
	SCOPED(char_freep) char *path = path_in(judged, a);
	SCOPED(char_freep) char *value = value_in(judged, b);
	const struct answers_of *of =
	    path ? answers_known(&judged->reach->answers, path) : NULL;

	/* Several answers at once are compared with several words. */
	return path && value && !(of && of->multiple && strchr(value, ' ')) &&
	       never_is(judged, path, value);
}

static bool same_values(struct judged *judged, const struct link *links)
{
	SCOPED(char_freep) char *a = value_in(judged, links[0].operand);
	SCOPED(char_freep) char *b = value_in(judged, links[1].operand);

	return !a || !b || !strcmp(a, b);
}

static bool never_calls(struct judged *judged, const struct call *call)
{
	const char *name = call->function->name;

	if (!strcmp(name, "false"))
		return certain(judged);
	if (!strcmp(name, "not") && call->arguments[0]->kind == EXPR_CALL &&
	    !strcmp(call->arguments[0]->call.function->name, "true"))
		return certain(judged);
	return !strcmp(name, "selected") &&
	       never_equal(judged, call->arguments[0], call->arguments[1]);
}

/* --- rules ---------------------------------------------------------------- */

static bool never_true(struct judged *judged, const struct expr *expr);

/* or: when all of them are; and: when one is. */
static bool never_chain(struct judged *judged, const struct chain *chain)
{
	enum operation operation = chain->links[1].operation;
	size_t never = 0;

	if (operation == OP_EQUAL && chain->count == 2)
		return never_equal(judged, chain->links[0].operand,
				   chain->links[1].operand) ||
		       never_equal(judged, chain->links[1].operand,
				   chain->links[0].operand) ||
		       (!same_values(judged, chain->links) && certain(judged));
	if (operation != OP_AND && operation != OP_OR)
		return false;
	for (size_t i = 0; i < chain->count; i++)
		never += never_true(judged, chain->links[i].operand);
	return operation == OP_AND ? never > 0 : never == chain->count;
}

/* Whether it is certain that the expression is never true. */
static bool never_true(struct judged *judged, const struct expr *expr)
{
	if (expr->kind == EXPR_CHAIN)
		return never_chain(judged, &expr->chain);
	if (expr->kind == EXPR_CALL)
		return never_calls(judged, &expr->call);
	return (expr->kind == EXPR_NUMBER && expr->number == 0) &&
	       certain(judged);
}

/* --- each bind ------------------------------------------------------------ */

/* A bind's path, blanks around it aside; NULL if it has none. */
static char *bound_path(const xmlNode *bind)
{
	const char *nodeset = xml_attribute(bind, "nodeset");
	const char *start = nodeset ? nodeset + strspn(nodeset, " \t\r\n") : "";

	return *start == '/' ? xstrndup(start, strcspn(start, " \t\r\n"))
			     : NULL;
}

/* Adds to never; whether there was news. The finding is told at once. */
static bool judge_relevant(struct reach *reach, const xmlNode *bind)
{
	SCOPED(char_freep) char *path = bound_path(bind);
	const char *rule = xml_attribute(bind, "relevant");
	SCOPED(xpath_freep) struct xpath *xpath = NULL;

	if (!path || !rule || never_asked(reach, path) ||
	    xpath_parse(rule, &xpath, NULL))
		return false;
	struct judged judged = { .reach = reach, .context = path };
	struct subject subject = { reach->lint, path, "relevant", xpath->root };

	if (!never_true(&judged, xpath->root)) {
		free(judged.why);
		return false;
	}
	SCOPED(char_freep)
	char *words = xasprintf("this is never asked: %s", judged.why);

	paths_add(&reach->never, path);
	subject_tell(&subject, FINDING_WARNING, words);
	free(judged.why);
	return true;
}

static const xmlNode *first_bind(const struct reach *reach)
{
	const xmlNode *head =
	    xml_named(xmlDocGetRootElement(reach->xml)->children, "head");
	const xmlNode *model = head ? xml_named(head->children, "model") : NULL;

	return model ? model->children : NULL;
}

static bool judge_all(struct reach *reach)
{
	bool news = false;

	for (const xmlNode *node = first_bind(reach); node; node = node->next)
		if (xml_is_named(node, "bind"))
			news |= judge_relevant(reach, node);
	return news;
}

/* --- answers that are no choices ------------------------------------------ */

struct looking {
	const struct subject *subject;
	struct judged judged;
};

/* In a rule that may be true for other reasons, and in all other cells. */
static void look_at(void *to, const struct expr *expr)
{
	struct looking *looking = to;
	bool equality = expr->kind == EXPR_CHAIN && expr->chain.count == 2 &&
			(expr->chain.links[1].operation == OP_EQUAL ||
			 expr->chain.links[1].operation == OP_UNEQUAL);
	const struct link *links = expr->chain.links;
	bool never = false;

	if (equality)
		never = never_equal(&looking->judged, links[0].operand,
				    links[1].operand) ||
			never_equal(&looking->judged, links[1].operand,
				    links[0].operand);
	else if (expr->kind == EXPR_CALL &&
		 !strcmp(expr->call.function->name, "selected"))
		never = never_calls(&looking->judged, &expr->call);
	if (never)
		subject_tell(looking->subject, FINDING_WARNING,
			     looking->judged.why);
	free(looking->judged.why);
	looking->judged.why = NULL;
}

static void look_through(struct reach *reach, const xmlNode *bind,
			 const char *name)
{
	SCOPED(char_freep) char *path = bound_path(bind);
	const char *text = xml_attribute(bind, name);
	SCOPED(xpath_freep) struct xpath *xpath = NULL;

	if (!path || !text || never_asked(reach, path) ||
	    xpath_parse(text, &xpath, NULL))
		return;
	struct subject subject = { reach->lint, path, name, xpath->root };
	struct looking looking = { &subject, { reach, path, NULL, NULL } };

	expr_each(xpath->root, look_at, &looking);
}

/* --- choices -------------------------------------------------------------- */

/* Whether a question may offer the choice. */
static bool offers(const struct reach *reach, const struct answers_of *of,
		   const xmlNode *item)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;

	if (!of->filter || xpath_parse(of->filter, &xpath, NULL))
		return true;
	struct judged judged = { reach, of->path, item, NULL };
	bool never = never_true(&judged, xpath->root);

	free(judged.why);
	return !never;
}

static void tell_choice(const struct reach *reach, const char *list,
			size_t index, const char *name, bool whole)
{
	const struct choices *choices = reach->lint->choices;
	const struct choice_list *rows =
	    choices ? choices_find(choices, list) : NULL;
	struct finding_place place = { .file = reach->lint->file };

	if (rows && index < rows->count)
		place = sheet_place(choices->sheet, rows->rows[index],
				    whole ? "list_name" : "name");
	if (whole)
		findings_add(reach->lint->findings, FINDING_WARNING, place,
			     "no question offers the list %s; write select_one "
			     "%s in survey, or remove the list",
			     list, list);
	else
		findings_add(reach->lint->findings, FINDING_WARNING, place,
			     "%s is never offered: no answer lets it through "
			     "the choice_filter of the list %s",
			     name, list);
}

/* How many questions may offer an item of the list; users: how many use it. */
static size_t offered_by(const struct reach *reach, const char *list,
			 const xmlNode *item, size_t *users)
{
	size_t count = 0;

	*users = 0;
	for (size_t i = 0; i < reach->answers.count; i++) {
		const struct answers_of *of = &reach->answers.list[i];

		if (!of->list || strcmp(of->list, list))
			continue;
		++*users;
		count += offers(reach, of, item);
	}
	return count;
}

/* Whether an expression looks something up in the list, or in its words. */
static bool looked_up(const xmlNode *from, const char *list)
{
	SCOPED(char_freep) char *call = xasprintf("instance('%s')", list);
	SCOPED(char_freep) char *words = xasprintf("choices/%s/", list);

	for (const xmlNode *node = from; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE ||
		    xml_is_named(node, "instance"))
			continue;
		for (const xmlAttr *a = node->properties; a; a = a->next) {
			const char *text =
			    a->children ? (const char *)a->children->content
					: NULL;

			if (text &&
			    (strstr(text, call) || strstr(text, words) ||
			     !strcmp(text, list)))
				return true;
		}
		if (looked_up(node->children, list))
			return true;
	}
	return false;
}

static void check_list(const struct reach *reach, const char *list)
{
	size_t index = 0, users = 0;

	for (const xmlNode *item = answers_items(reach->xml, list); item;
	     item = answers_next(item), index++) {
		SCOPED(char_freep) char *name = answers_leaf(item, "name");

		if (offered_by(reach, list, item, &users))
			continue;
		if (users)
			tell_choice(reach, list, index, name, false);
		else if (!looked_up(xmlDocGetRootElement(reach->xml), list))
			tell_choice(reach, list, index, name, true);
		if (!users)
			return;
	}
}

void reach_check(struct lint *lint, xmlDoc *xml)
{
	struct reach reach = { .lint = lint, .xml = xml };

	answers_find(xml, &reach.answers);
	while (judge_all(&reach))
		;
	for (const xmlNode *node = first_bind(&reach); node;
	     node = node->next) {
		static const char *const names[] = { "relevant", "constraint",
						     "calculate", "required",
						     "readonly" };
		const char *id = xml_is_named(node, "instance")
				     ? xml_attribute(node, "id")
				     : NULL;

		for (size_t i = 0;
		     xml_is_named(node, "bind") && i < COUNT(names); i++)
			look_through(&reach, node, names[i]);
		if (id)
			check_list(&reach, id);
	}
	answers_done(&reach.answers);
	paths_done(&reach.never);
}
