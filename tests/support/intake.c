#include "tests/support/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/step.h"
#include "base/bytes.h"
#include "tests/test.h"
#include "xlsform/xlsform.h"

static struct form *form;

static int64_t noon(void *to)
{
	(void)to;
	return 1770120000000; /* 2026-02-03T12:00:00Z */
}

static const char *property(void *to, const char *name)
{
	return strcmp(name, "safety_staffed") ? "" : to;
}

const struct form *intake_form(void)
{
	struct findings findings = { 0 };
	struct bytes xml = { 0 };

	if (form)
		return form;
	assert_int_equal(xlsform_build("screens/intake", &findings, &xml),
			 FAULT_NONE);
	assert_int_equal(findings.count, 0);
	assert_int_equal(
	    form_parse("intake", xml.data, xml.length, NULL, &form),
	    FAULT_NONE);
	bytes_done(&xml);
	findings_done(&findings);
	return form;
}

void intake_done(void)
{
	form_free(form);
	form = NULL;
}

struct run *intake_run_where(const char *safety_staffed)
{
	static struct run_world world; /* outlives the run */
	struct run *run = NULL;

	world = (struct run_world){
		.to = (char *)safety_staffed,
		.now = noon,
		.property = property,
		.instance_id = "uuid:0",
	};
	assert_int_equal(run_new(intake_form(), &world, &run), FAULT_NONE);
	return run;
}

struct run *intake_run(void)
{
	return intake_run_where("yes");
}

static struct node *find(const struct run *run, const char *name)
{
	struct node *node = run_named(run, name);

	if (!node)
		fail_msg("the form has no %s", name);
	return node;
}

const char *intake_value(const struct run *run, const char *name)
{
	const struct node *node = find(run, name);

	return node_relevant(node) ? node_value(node) : "";
}

void intake_answer(struct run *run, const char *name, const char *value)
{
	enum run_answer answer;

	assert_int_equal(run_set(run, find(run, name), value, &answer),
			 FAULT_NONE);
	if (answer != RUN_TAKEN)
		fail_msg("%s does not take %s: %d", name, value, answer);
}

int intake_level(const struct run *run)
{
	const char *level = intake_value(run, "triage_level");

	if (strlen(level) != 2 || level[0] != 'U' || level[1] < '1' ||
	    level[1] > '5')
		fail_msg("no level: \"%s\"", level);
	return level[1] - '0';
}

/* --- rules ---------------------------------------------------------------- */

/* Staff notes stand below the root, so only its children are looked at. */
static void add_rules(const struct run *run, bool reasons, struct bytes *out)
{
	for (struct node *node = node_first(run_root(run)); node;
	     node = node_next(node)) {
		if (node_kind(node) != NODE_NOTE || !node_relevant(node) ||
		    !node_appears(node, "staff"))
			continue;
		if (out->length)
			bytes_add_byte(out, reasons ? '\n' : ' ');
		SCOPED(char_freep)
		char *words =
		    reasons ? node_label(node) : xstrdup(node_name(node));

		bytes_add_text(out, words);
	}
}

char *intake_rules(const struct run *run)
{
	struct bytes out = { 0 };

	add_rules(run, false, &out);
	return bytes_take_text(&out);
}

char *intake_reasons(const struct run *run)
{
	struct bytes out = { 0 };

	add_rules(run, true, &out);
	return bytes_take_text(&out);
}

/* --- screens -------------------------------------------------------------- */

/* The repeat a step stands in, or its heading note, or its first question. */
static const char *screen_name(const struct step *step)
{
	const struct node *node = step->group  ? step->group
				  : step->head ? step->head
					       : step->field[0];

	for (const struct node *up = node; up; up = node_parent(up))
		if (node_kind(up) == NODE_REPEAT)
			return node_name(up);
	return node_name(node);
}

static bool is_review(const struct node *node)
{
	return node_relevant(node) && node_appears(node, "review");
}

char *intake_screens(struct run *run)
{
	struct bytes out = { 0 };
	const char *last = "";
	struct step step;

	for (bool more = step_first(run, &step); more;
	     more = step_next(&step, &step)) {
		const char *name = screen_name(&step);

		if (strcmp(name, last))
			bytes_add_format(&out, "%s%s", out.length ? " " : "",
					 name);
		last = name;
	}
	for (struct node *node = node_first(run_root(run)); node;
	     node = node_next(node))
		if (is_review(node))
			bytes_add_format(&out, " %s", node_name(node));
	return bytes_take_text(&out);
}
