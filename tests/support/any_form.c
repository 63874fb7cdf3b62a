#include "tests/support/any_form.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"
#include "tests/test.h"

struct making {
	struct chance *chance;
	struct bytes instance, binds, body, setvalues;
	int names, left;
	char *condition; /* an earlier select's path, to be relevant on */
};

static uint32_t below(struct making *making, uint32_t limit)
{
	return chance_below(making->chance, limit);
}

static void add_bind(struct making *making, const char *path, const char *type)
{
	bytes_add_format(&making->binds, "<bind nodeset='%s'", path);
	if (type)
		bytes_add_format(&making->binds, " type='%s'", type);
	if (making->condition && below(making, 4) == 0)
		bytes_add_format(&making->binds,
				 " relevant=\"selected(%s, 'c1') or "
				 "selected(%s, 'c3')\"",
				 making->condition, making->condition);
	bytes_add_text(&making->binds, "/>");
}

static void add_leaf(struct making *making, const char *name, const char *first)
{
	bytes_add_format(&making->instance, "<%s>%s</%s>", name, first, name);
}

static void add_choices(struct making *making)
{
	unsigned count = 1 + below(making, 200);

	for (unsigned i = 1; i <= count; i++)
		bytes_add_format(&making->body,
				 "<item><label>x</label><value>c%u</value>"
				 "</item>",
				 i);
}

static void add_select(struct making *making, const char *path,
		       const char *name, bool inside)
{
	const char *control = below(making, 2) ? "select1" : "select";

	add_leaf(making, name, below(making, 3) ? "" : "c1");
	add_bind(making, path, NULL);
	bytes_add_format(&making->body, "<%s ref='%s'><label>l</label>",
			 control, path);
	add_choices(making);
	bytes_add_format(&making->body, "</%s>", control);
	if (!inside) {
		free(making->condition);
		making->condition = xstrdup(path);
	}
}

static void add_input(struct making *making, const char *path, const char *name)
{
	static const struct {
		const char *type, *first, *appearance;
	} kinds[] = {
		{ "string", "", "" },     { "string", "first", "multiline" },
		{ "int", "", "" },        { "int", "-7", "" },
		{ "date", "", "" },       { "date", "2001-02-03", "year" },
		{ "decimal", "0.5", "" }, { "time", "", "" },
		{ "dateTime", "", "" },
	};
	uint32_t kind = below(making, COUNT(kinds));

	add_leaf(making, name, kinds[kind].first);
	add_bind(making, path, kinds[kind].type);
	bytes_add_format(&making->body,
			 "<input ref='%s' appearance='%s'><label>l</label>"
			 "</input>",
			 path, kinds[kind].appearance);
}

static void add_other(struct making *making, const char *path, const char *name,
		      bool inside)
{
	switch (below(making, 4)) {
	case 0:
		add_leaf(making, name, "");
		add_bind(making, path, NULL);
		bytes_add_format(&making->body,
				 "<trigger ref='%s'><label>l</label>"
				 "</trigger>",
				 path);
		break;
	case 1:
		add_leaf(making, name, "");
		bytes_add_format(&making->binds,
				 "<bind nodeset='%s' calculate=\"concat("
				 "'a', 1 + 1)\"/>",
				 path);
		break;
	case 2:
		add_leaf(making, name, "said");
		bytes_add_format(&making->binds,
				 "<bind nodeset='%s' readonly='true()'/>",
				 path);
		bytes_add_format(&making->body,
				 "<input ref='%s'><label>l</label></input>",
				 path);
		break;
	default:
		add_leaf(making, name, "");
		if (!inside)
			bytes_add_format(&making->setvalues,
					 "<setvalue ref='%s' event="
					 "'odk-instance-first-load' value=\""
					 "'set'\"/>",
					 path);
	}
}

static void add_some(struct making *making, const char *above, int repeats,
		     int depth);

static void add_group(struct making *making, const char *path, const char *name,
		      int repeats, int depth)
{
	bytes_add_format(&making->instance, "<%s>", name);
	add_bind(making, path, NULL);
	bytes_add_format(&making->body, "<group ref='%s'>", path);
	add_some(making, path, repeats, depth + 1);
	bytes_add_format(&making->instance, "</%s>", name);
	bytes_add_text(&making->body, "</group>");
}

static void add_repeat(struct making *making, const char *path,
		       const char *name, int repeats, int depth)
{
	bytes_add_format(&making->instance, "<%s>", name);
	bytes_add_format(&making->body, "<group ref='%s'><repeat nodeset='%s'>",
			 path, path);
	add_some(making, path, repeats + 1, depth + 1);
	bytes_add_format(&making->instance, "</%s>", name);
	bytes_add_text(&making->body, "</repeat></group>");
}

static void add_one(struct making *making, const char *above, int repeats,
		    int depth)
{
	SCOPED(char_freep) char *name = xasprintf("n%d", making->names++);
	SCOPED(char_freep) char *path = xasprintf("%s/%s", above, name);
	uint32_t kind = below(making, 20);

	if (kind < 6)
		add_select(making, path, name, repeats > 0);
	else if (kind < 13 || depth > 4)
		add_input(making, path, name);
	else if (kind < 16)
		add_other(making, path, name, repeats > 0);
	else if (kind < 18 && repeats < FORM_DEPTH_LIMIT)
		add_repeat(making, path, name, repeats, depth);
	else
		add_group(making, path, name, repeats, depth);
}

static void add_some(struct making *making, const char *above, int repeats,
		     int depth)
{
	uint32_t count = 1 + below(making, depth ? 4 : 24);

	while (count-- && making->left-- > 0)
		add_one(making, above, repeats, depth);
	/* An empty group is a value; it must have something in it. */
	if (depth) {
		SCOPED(char_freep)
		char *name = xasprintf("n%d", making->names++);
		SCOPED(char_freep) char *path = xasprintf("%s/%s", above, name);

		add_input(making, path, name);
	}
}

char *any_form_text(struct chance *chance)
{
	struct making making = { .chance = chance, .left = 40 };
	struct bytes model = { 0 };
	char *text;

	add_some(&making, "/data", 0, 0);
	bytes_add_format(&model,
			 "<instance><data id='any'>%s<language/></data>"
			 "</instance>%s%s",
			 (char *)making.instance.data,
			 making.binds.data ? (char *)making.binds.data : "",
			 making.setvalues.data ? (char *)making.setvalues.data
					       : "");
	text = forms_text((char *)model.data,
			  making.body.data ? (char *)making.body.data : "");
	bytes_done(&model);
	bytes_done(&making.instance);
	bytes_done(&making.binds);
	bytes_done(&making.body);
	bytes_done(&making.setvalues);
	free(making.condition);
	return text;
}

struct form *any_form(struct chance *chance)
{
	SCOPED(char_freep) char *text = any_form_text(chance);
	struct form *form = NULL;

	if (form_parse("any", text, strlen(text), NULL, &form))
		fail_msg("refused: %s", text);
	return form;
}

/* --- answers -------------------------------------------------------------- */

static char *any_choices(struct chance *chance, struct node *node)
{
	const struct choice_item *items;
	struct bytes text = { 0 };
	size_t count;

	assert_int_equal(node_choices(node, &items, &count), FAULT_NONE);
	if (!node_multiple(node))
		return xstrdup(
		    items[chance_below(chance, (uint32_t)count)].value);
	for (size_t i = 0; i < count; i++) {
		if (chance_below(chance, 4) == 0)
			bytes_add_format(&text, "%s ", items[i].value);
	}
	return bytes_take_text(&text);
}

static char *any_value(struct chance *chance, struct node *node)
{
	static const char *const texts[] = {
		"Ann",      "ሰላም ሓው",        "Мир і хліб", "a\nb",
		"我们需要", "  two  words ", "ñandú",      "x",
	};
	static const char *const times[] = { "2020-02-03T04:05:06.789+03:30",
					     "1999-12-31T23:59:59.000Z" };

	switch (node_type(node)) {
	case TYPE_INT:
		return xasprintf("%d", (int)chance_next(chance));
	case TYPE_DECIMAL:
		return xasprintf("%d.25", (int)chance_below(chance, 2000));
	case TYPE_DATE:
		return xasprintf(
		    "%04u-%02u-%02u", 1 + chance_below(chance, 9999),
		    1 + chance_below(chance, 12), 1 + chance_below(chance, 28));
	case TYPE_TIME:
		return xstrdup("12:34:56.000");
	case TYPE_DATETIME:
		return xstrdup(times[chance_below(chance, COUNT(times))]);
	default:
		return xstrdup(texts[chance_below(chance, COUNT(texts))]);
	}
}

static void answer_one(struct chance *chance, struct run *run,
		       struct node *node)
{
	SCOPED(char_freep) char *value = NULL;
	enum run_answer answer;

	if (node_kind(node) == NODE_SELECT)
		value = any_choices(chance, node);
	else if (node_kind(node) == NODE_TRIGGER)
		value = xstrdup("OK");
	else
		value = any_value(chance, node);
	if (chance_below(chance, 6) == 0)
		value[0] = 0;
	assert_int_equal(run_set(run, node, value, &answer), FAULT_NONE);
	assert_int_equal(answer, RUN_TAKEN);
}

static bool is_question(const struct node *node)
{
	switch (node_kind(node)) {
	case NODE_INPUT:
	case NODE_SELECT:
	case NODE_TRIGGER:
		return true;
	default:
		return false;
	}
}

static void change_repeat(struct chance *chance, struct run *run,
			  struct node *repeat)
{
	uint32_t more = chance_below(chance, 4);

	if (more == 0 && node_first(repeat))
		assert_int_equal(run_repeat_remove(run, node_first(repeat)),
				 FAULT_NONE);
	for (; more > 1; more--)
		assert_int_equal(run_repeat_add(run, repeat), FAULT_NONE);
}

static void answer_below(struct chance *chance, struct run *run,
			 struct node *above)
{
	for (struct node *node = node_first(above); node;
	     node = node_next(node)) {
		if (!node_relevant(node))
			continue;
		if (node_kind(node) == NODE_REPEAT)
			change_repeat(chance, run, node);
		else if (is_question(node) && chance_below(chance, 4))
			answer_one(chance, run, node);
		answer_below(chance, run, node);
	}
}

void any_answers(struct chance *chance, struct run *run)
{
	answer_below(chance, run, run_root(run));
}
