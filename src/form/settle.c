#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/field.h"
#include "form/graph.h"
#include "form/node.h"
#include "form/value.h"
#include "xpath/xpath.h"

/*
 * How often one node is evaluated in a pass. Once, but for what reads other
 * instances of its own repeat: there each may wait for the one before.
 */
#define VISITS_LIMIT (8 * FORM_REPEAT_LIMIT)

/* setvalues in a pass; more are chasing each other. */
#define ACTIONS_LIMIT 1000

/* --- the jobs, lowest key on top ----------------------------------------- */

static void swap_jobs(struct job *one, struct job *other)
{
	struct job keep = *one;

	*one = *other;
	*other = keep;
}

static void push_job(struct run *run, struct job job)
{
	if (run->job_count == run->job_room) {
		run->job_room = run->job_room ? run->job_room * 2 : 64;
		run->jobs =
		    xreallocarray(run->jobs, run->job_room, sizeof *run->jobs);
	}
	size_t at = run->job_count++;
	run->jobs[at] = job;
	while (at && run->jobs[(at - 1) / 2].key > run->jobs[at].key) {
		swap_jobs(&run->jobs[(at - 1) / 2], &run->jobs[at]);
		at = (at - 1) / 2;
	}
}

static struct job pop_job(struct run *run)
{
	struct job top = run->jobs[0];
	size_t at = 0, least;

	run->jobs[0] = run->jobs[--run->job_count];
	while ((least = at * 2 + 1) < run->job_count) {
		if (least + 1 < run->job_count &&
		    run->jobs[least + 1].key < run->jobs[least].key)
			least++;
		if (run->jobs[at].key <= run->jobs[least].key)
			break;
		swap_jobs(&run->jobs[at], &run->jobs[least]);
		at = least;
	}
	return top;
}

/* --- who is wanted ------------------------------------------------------- */

static bool has_aspect(const struct node *node, enum aspect aspect)
{
	const struct field *field = node->field;

	if (aspect == ASPECT_CHOICES)
		return field->control && field->control->itemset;
	if (aspect == ASPECT_COUNT && !node_is_range(node))
		return false;
	if (aspect == ASPECT_CALCULATE && !node_holds_text(node))
		return false;
	return field->expression[aspect] != NULL;
}

void settle_want(struct node *node, enum aspect aspect)
{
	uint16_t bit = (uint16_t)(1u << aspect);

	if (!has_aspect(node, aspect) || node->waiting & bit || node->dead)
		return;
	/* What it made of itself is not made once more. */
	if (node == node->run->evaluated && aspect == node->run->evaluating)
		return;
	if (aspect == ASPECT_CHOICES)
		offer_forget(node);
	node->waiting |= bit;
	push_job(node->run,
		 (struct job){
		     .key = (uint64_t)node->field->rank[aspect] << 32 |
			    node->sequence,
		     .node = node,
		     .aspect = aspect,
		 });
}

void settle_want_all(struct node *node)
{
	for (int aspect = 0; aspect < ASPECTS; aspect++)
		settle_want(node, aspect);
	for (struct node *a = node->attributes; a; a = a->next)
		settle_want_all(a);
	for (struct node *child = node->first; child; child = child->next)
		settle_want_all(child);
}

static void want(struct node *node, void *to)
{
	settle_want(node, *(enum aspect *)to);
}

static void want_dependent(struct node *node, struct dependent *dependent)
{
	node_each(node_ancestor(node, dependent->common), dependent->field,
		  want, &dependent->aspect);
}

static void want_dependents(struct node *node)
{
	struct field *field = node->field;

	for (size_t i = 0; i < field->dependent_count; i++)
		want_dependent(node, &field->dependents[i]);
}

void settle_changed(struct node *node)
{
	settle_want(node, ASPECT_CONSTRAINT);
	want_dependents(node);
	/* Who reads an attribute is known as a reader of its element. */
	if (node->parent && *node->field->name == '@')
		want_dependents(node->parent);
	if (node->run->live && node->field->on_change_count)
		event_value_changed(node);
}

/*
 * Who reads a field of the repeat from outside of an instance, or reads the
 * instance itself (its position), sees another set now.
 */
static void want_readers(struct node *range, const struct field *field)
{
	const struct field *repeat = range->field;

	for (size_t i = 0; i < field->dependent_count; i++) {
		struct dependent *dependent = &field->dependents[i];
		bool inside = field_within(dependent->common, repeat);

		if (!inside)
			want_dependent(range->parent, dependent);
		else if (field == repeat)
			node_each(range->parent, dependent->field, want,
				  &dependent->aspect);
	}
	for (size_t i = 0; i < field->child_count; i++)
		want_readers(range, field->children[i]);
}

void settle_recounted(struct node *range)
{
	want_readers(range, range->field);
}

/* --- evaluating ---------------------------------------------------------- */

enum fault run_evaluate(struct run *run, const struct expression *expression,
			xmlNode *at, xmlNode *current, struct xpath_value *out)
{
	const struct xpath_place place = { .node = at, .current = current };
	struct xpath_problem problem = { 0 };
	enum fault fault;

	run->evaluations++;
	fault = xpath_evaluate(expression->xpath, &run->host, &place,
			       expression->steps_limit, out, &problem);
	if (fault) {
		log_error("%s: %s: %s: %s", run->form->name, expression->place,
			  problem.text, expression->text);
		if (!run->fault)
			run->fault = fault;
	}
	return fault;
}

char *run_evaluate_text(struct run *run, const struct expression *expression,
			xmlNode *at, xmlNode *current)
{
	struct xpath_value value = { 0 };
	char *text = NULL;

	if (!run_evaluate(run, expression, at, current, &value))
		text = xpath_store(&run->host, &value);
	xpath_value_done(&value);
	return text;
}

/* On a fault the state stays as it was. */
static bool ask(struct node *node, enum aspect aspect, bool before)
{
	struct xpath_value value = { 0 };
	bool answer = before;

	if (!run_evaluate(node->run, node->field->expression[aspect], node->xml,
			  node->xml, &value))
		answer = xpath_true(&node->run->host, &value);
	xpath_value_done(&value);
	return answer;
}

void settle_show(struct node *node)
{
	char *offered = offer_shown(node);
	const char *value = node->value ? node->value : "";
	const char *text = offered ? offered : value;

	if (strcmp(node_text(node), text) != 0) {
		node_set_text(node, text);
		if (node->relevant)
			settle_changed(node);
	}
	wipe_free(offered);
}

void settle_store(struct node *node, const char *text)
{
	if (!node_holds_text(node))
		return; /* a bind or setvalue of a group means nothing */
	wipe_free(node->value);
	node->value = value_settle(node->field, text);
	settle_show(node);
}

static void calculate(struct node *node)
{
	char *text;

	if (!node->relevant)
		return;
	text = run_evaluate_text(node->run,
				 node->field->expression[ASPECT_CALCULATE],
				 node->xml, node->xml);
	if (text)
		settle_store(node, text);
	wipe_free(text);
}

void settle_relevance(struct node *node)
{
	const struct node *above = node->parent;

	/* An instance is no more bound to its range than both to what is
	 * above them: each asked the same expression for itself. */
	if (above && above->field == node->field)
		above = above->parent;
	bool relevant = (!above || above->relevant) && node->self_relevant;
	if (relevant == node->relevant)
		return;
	node->relevant = relevant;
	if (*node_text(node))
		settle_changed(node);
	if (relevant) {
		settle_want(node, ASPECT_CALCULATE);
		settle_want(node, ASPECT_CONSTRAINT);
	}
	for (struct node *a = node->attributes; a; a = a->next)
		settle_relevance(a);
	for (struct node *child = node->first; child; child = child->next)
		settle_relevance(child);
}

static void count_instances(struct node *range)
{
	struct run *run = range->run;
	struct xpath_value value = { 0 };

	if (!run_evaluate(run, range->field->expression[ASPECT_COUNT],
			  range->xml, range->xml, &value)) {
		double count = xpath_to_number(&run->host, &value);

		/* A count that is still empty decides nothing. */
		if (!isnan(count))
			repeat_resize(range, count);
	}
	xpath_value_done(&value);
}

static void check_constraint(struct node *node)
{
	node->unmet = node->relevant && *node_text(node) &&
		      !ask(node, ASPECT_CONSTRAINT, true);
}

/* False: it was evaluated so often that it will not come to rest. */
static bool may_visit(struct node *node)
{
	struct run *run = node->run;

	if (node->pass != run->pass) {
		node->pass = run->pass;
		node->visits = 0;
	}
	if (node->visits == VISITS_LIMIT)
		log_warning("%s: %s does not come to rest: it and another "
			    "instance keep changing each other",
			    run->form->name, node->field->path);
	return node->visits++ < VISITS_LIMIT;
}

static void perform(struct job job)
{
	struct node *node = job.node;

	if (node->dead)
		return;
	node->waiting &= (uint16_t) ~(1u << job.aspect);
	if (!may_visit(node))
		return;
	node->run->evaluated = node;
	node->run->evaluating = job.aspect;
	switch (job.aspect) {
	case ASPECT_RELEVANT:
		node->self_relevant =
		    ask(node, ASPECT_RELEVANT, node->self_relevant);
		settle_relevance(node);
		break;
	case ASPECT_COUNT:
		count_instances(node);
		break;
	case ASPECT_CALCULATE:
		calculate(node);
		break;
	case ASPECT_CHOICES:
		settle_show(node);
		break;
	case ASPECT_READONLY:
		node->readonly = ask(node, ASPECT_READONLY, node->readonly);
		break;
	case ASPECT_REQUIRED:
		node->required = ask(node, ASPECT_REQUIRED, node->required);
		break;
	case ASPECT_CONSTRAINT:
		check_constraint(node);
		break;
	case ASPECTS:
		break;
	}
	node->run->evaluated = NULL;
}

static void empty_graveyard(struct run *run)
{
	while (run->graveyard) {
		struct node *node = run->graveyard;
		xmlNode *xml = node->xml;

		run->graveyard = node->next;
		node_free(node);
		xmlFreeNode(xml);
	}
}

void settle_free(struct run *run)
{
	empty_graveyard(run);
	free(run->jobs);
	free(run->pending);
}

enum fault settle(struct run *run)
{
	int actions = 0;

	run->generation++;
	run->pass++;
	run->now = run->world->now ? run->world->now(run->world->to) : 0;
	do {
		while (run->job_count)
			perform(pop_job(run));
		if (actions++ == ACTIONS_LIMIT) {
			log_warning("%s: setvalues keep setting each other off",
				    run->form->name);
			run->pending_count = 0;
		}
	} while (event_perform(run) || run->job_count);
	empty_graveyard(run);
	enum fault fault = run->fault;
	run->fault = FAULT_NONE;
	return fault;
}
