#include "form/graph.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "form/expression.h"
#include "form/field.h"
#include "form/order.h"
#include "form/output.h"

/*
 * A vertex is an aspect of a field, or its value: what others read of it, which
 * needs its calculate, its relevance and that of all around it.
 */
#define VALUE ASPECTS
#define VERTICES (ASPECTS + 1)

/*
 * The most needs of one form, and the most places that its paths may pass:
 * thousands of them that go everywhere are a mistake, or malice.
 */
#define NEEDS_LIMIT 2000000
#define STEPS_LIMIT 20000000

/* A circle may go through thousands: so many needs of it are written out, and
 * so many of its expressions told. */
#define CIRCLE_SHOWN 12
#define CIRCLE_TOLD 100

struct graph {
	struct form *form;
	size_t steps;
	struct order_edge *edges;
	size_t count, room;
	/* The expression whose paths are being followed. */
	struct field *field;
	enum aspect aspect;
	bool indexed;  /* it calls indexed-repeat() */
	bool speaking; /* it is not itself what is followed, but a label's */
	const struct expression **outputs; /* in choice labels */
	size_t output_count;
};

static bool is_too_much(const struct graph *graph)
{
	return graph->count > NEEDS_LIMIT || graph->steps > STEPS_LIMIT;
}

static uint32_t vertex(const struct field *field, int aspect)
{
	return field->number * VERTICES + (uint32_t)aspect;
}

static void need(struct graph *graph, uint32_t from, uint32_t to, bool soft)
{
	if (graph->count == graph->room) {
		graph->room = graph->room ? graph->room * 2 : 1024;
		graph->edges = xreallocarray(graph->edges, graph->room,
					     sizeof *graph->edges);
	}
	graph->edges[graph->count++] =
	    (struct order_edge){ .from = from, .to = to, .soft = soft };
}

static void add_dependent(struct field *source, struct field *field,
			  enum aspect aspect, struct field *common)
{
	/* Fields are followed one after the other, so only the last can
	 * match.*/
	for (size_t i = source->dependent_count; i-- > 0;) {
		struct dependent *known = &source->dependents[i];

		if (known->field != field)
			break;
		if (known->aspect != aspect)
			continue;
		if (field_within(known->common, common))
			known->common = common;
		return;
	}
	/* Room for the next power of two. */
	if (!(source->dependent_count & (source->dependent_count - 1)))
		source->dependents = xreallocarray(
		    source->dependents, source->dependent_count * 2 + 1,
		    sizeof *source->dependents);
	source->dependents[source->dependent_count++] = (struct dependent){
		.field = field,
		.aspect = aspect,
		.common = common,
	};
}

/* Whether a path from field to source leaves an instance they could share. */
static bool is_lateral(struct field *field, struct field *source,
		       const struct field *common)
{
	const struct field *repeat = field_repeat(field);

	while (repeat && !field_within(source, repeat))
		repeat = field_repeat(repeat->parent);
	return repeat && common != repeat && field_within(repeat, common);
}

/*
 * What a node held before may decide what it holds next, and what is in a node
 * whether it is relevant. Each is evaluated once for a change and sees itself
 * as it was, so nothing runs in a circle. At first it is hidden.
 */
static bool is_own(struct graph *graph, const struct field *source)
{
	if (graph->aspect == ASPECT_CALCULATE)
		return source == graph->field;
	if (graph->aspect != ASPECT_RELEVANT ||
	    !field_within(source, graph->field))
		return false;
	graph->field->reads_itself = true;
	return true;
}

static void read_one(struct graph *graph, struct field *source,
		     struct field *common, bool soft)
{
	add_dependent(source, graph->field, graph->aspect, common);
	need(graph, vertex(graph->field, graph->aspect), vertex(source, VALUE),
	     soft || is_own(graph, source));
}

/*
 * Who reads a group or a repeat reads all that is in it, as one text; but not
 * who asks for its place, nor who is in it.
 */
static void read_inside(struct graph *graph, const struct field *group,
			struct field *common)
{
	if (field_within(graph->field, group))
		return;
	for (size_t i = 0; i < group->child_count && !is_too_much(graph); i++) {
		read_one(graph, group->children[i], common, true);
		read_inside(graph, group->children[i], common);
	}
}

static void reads(struct graph *graph, struct field *source,
		  struct field *common, const struct xpath_path *path)
{
	bool lateral = (path->filtered || graph->indexed) &&
		       is_lateral(graph->field, source, common);

	read_one(graph, source, common, lateral || graph->speaking);
	if (!path->placed)
		read_inside(graph, source, common);
}

static void follow(struct graph *graph, struct field *at, struct field *common,
		   const struct xpath_path *path, size_t step);

static bool matches(const struct field *field, const struct xpath_step *step)
{
	const char *prefix = field->prefix ? field->prefix : "";

	if (!step->name || strcmp(step->name, "*") == 0)
		return true;
	/* A prefix may be spelt otherwise in the instance. */
	return strcmp(field->local, step->name) == 0 &&
	       !step->prefix == !*prefix;
}

static void follow_children(struct graph *graph, struct field *at,
			    struct field *common, const struct xpath_path *path,
			    size_t step)
{
	const struct xpath_step *wanted = &path->steps[step];
	struct field *child = NULL;

	if (wanted->name)
		child = field_child(at, wanted->prefix, wanted->name);
	if (child) {
		follow(graph, child, common, path, step + 1);
		return;
	}
	if (wanted->name && !wanted->prefix && strcmp(wanted->name, "*") != 0)
		return;
	for (size_t i = 0; i < at->child_count; i++) {
		if (matches(at->children[i], wanted))
			follow(graph, at->children[i], common, path, step + 1);
	}
}

/* at itself and everything below it, of that name. */
static void follow_deep(struct graph *graph, struct field *at,
			struct field *common, const struct xpath_path *path,
			size_t step)
{
	graph->steps++;
	if (is_too_much(graph))
		return;
	if (matches(at, &path->steps[step]))
		follow(graph, at, common, path, step + 1);
	for (size_t i = 0; i < at->child_count; i++)
		follow_deep(graph, at->children[i], common, path, step);
}

/* common is the highest field that the path has been at so far. */
static void follow(struct graph *graph, struct field *at, struct field *common,
		   const struct xpath_path *path, size_t step)
{
	graph->steps++;
	if (is_too_much(graph))
		return;
	if (step == path->count) {
		reads(graph, at, common, path);
		return;
	}
	switch (path->steps[step].axis) {
	case XPATH_CHILD:
		follow_children(graph, at, common, path, step);
		break;
	case XPATH_PARENT:
		if (at->parent)
			follow(graph, at->parent,
			       common == at ? at->parent : common, path,
			       step + 1);
		break;
	case XPATH_SELF:
		follow(graph, at, common, path, step + 1);
		break;
	case XPATH_DEEP:
		follow_deep(graph, at, common, path, step);
		break;
	case XPATH_OTHER:
		follow_deep(graph, graph->form->root, graph->form->root, path,
			    step);
		break;
	}
}

static void follow_path(void *to, const struct xpath_path *path)
{
	struct graph *graph = to;
	struct field *root = graph->form->root;

	if (path->from == XPATH_FROM_INSTANCE)
		return;
	if (path->from == XPATH_FROM_CONTEXT) {
		follow(graph, graph->field, graph->field, path, 0);
	} else if (path->count) {
		const struct xpath_step *first = &path->steps[0];

		if (first->axis == XPATH_DEEP)
			follow_deep(graph, root, root, path, 0);
		else if (first->name && matches(root, first))
			follow(graph, root, root, path, 1);
	}
}

static void keep_output(void *to, const struct expression *expression)
{
	struct graph *graph = to;

	graph->outputs = xreallocarray(graph->outputs, graph->output_count + 1,
				       sizeof(struct expression *));
	graph->outputs[graph->output_count++] = expression;
}

/* Who asks for the name of a choice reads what its label puts in. */
static void follow_labels(struct graph *graph)
{
	graph->speaking = true;
	for (size_t i = 0; i < graph->output_count; i++)
		xpath_each_path(graph->outputs[i]->xpath, follow_path, graph);
	graph->speaking = false;
}

static void follow_expressions(struct graph *graph)
{
	for (int aspect = 0; aspect < ASPECTS; aspect++) {
		const struct expression *expression =
		    field_expression(graph->field, aspect);

		if (!expression)
			continue;
		graph->aspect = aspect;
		graph->indexed =
		    xpath_calls(expression->xpath, "indexed-repeat");
		xpath_each_path(expression->xpath, follow_path, graph);
		if (expression->of_words)
			follow_labels(graph);
	}
}

static void add_own_needs(struct graph *graph, const struct field *field)
{
	uint32_t value = vertex(field, VALUE);
	uint32_t relevant = vertex(field, ASPECT_RELEVANT);

	need(graph, value, relevant, false);
	need(graph, value, vertex(field, ASPECT_CALCULATE), false);
	need(graph, value, vertex(field, ASPECT_COUNT), false);
	/* An answer that is no longer offered reads as empty; where the offer
	 * needs the answer itself, that is settled by a second look. */
	need(graph, value, vertex(field, ASPECT_CHOICES), true);
	/* Who reads an attribute is said to read its element. */
	for (const struct field *a = field->attributes; a; a = a->next)
		need(graph, value, vertex(a, VALUE), true);
	need(graph, vertex(field, ASPECT_CALCULATE), relevant, false);
	need(graph, vertex(field, ASPECT_CONSTRAINT), value, false);
	if (!field->parent)
		return;
	need(graph, relevant, vertex(field->parent, ASPECT_RELEVANT), false);
	need(graph, relevant, vertex(field->parent, ASPECT_COUNT), false);
}

static const struct field *vertex_field(const struct form *form,
					uint32_t vertex)
{
	return form->fields[vertex / VERTICES];
}

/* Whether the way from one vertex to the next is an expression that reads. */
static bool is_read(const struct form *form, uint32_t vertex, uint32_t next)
{
	return vertex_field(form, vertex) != vertex_field(form, next) ||
	       next % VERTICES == VALUE;
}

/* "a needs b, b needs a": the fields that the circle goes through. */
static char *circle_text(const struct form *form, const uint32_t *circle,
			 size_t count)
{
	struct bytes text = { 0 };
	size_t shown = 0;

	bytes_add_text(&text, "");
	for (size_t i = 0; i < count && shown < CIRCLE_SHOWN; i++) {
		uint32_t next = circle[(i + 1) % count];

		if (is_read(form, circle[i], next))
			bytes_add_format(&text, "%s%s needs %s",
					 shown++ ? ", " : "",
					 vertex_field(form, circle[i])->name,
					 vertex_field(form, next)->name);
	}
	if (shown == CIRCLE_SHOWN)
		bytes_add_text(&text, " and so on");
	return bytes_take_text(&text);
}

/* Names each expression of a circle through the vertex, with its mend. */
static enum fault complain(const struct graph *graph, uint32_t through)
{
	const struct form *form = graph->form;
	size_t count = form->field_count * VERTICES;
	uint32_t *circle = xcalloc(count, sizeof *circle);

	count =
	    order_circle(count, graph->edges, graph->count, through, circle);
	SCOPED(char_freep) char *text = circle_text(form, circle, count);

	for (size_t i = 0, told = 0; i < count && told < CIRCLE_TOLD; i++) {
		uint32_t v = circle[i], next = circle[(i + 1) % count];

		if (v % VERTICES == VALUE || !is_read(form, v, next))
			continue;
		const struct expression *expression =
		    field_expression(vertex_field(form, v), v % VERTICES);

		if (!expression)
			continue;
		told++;
		(void)form_complain(
		    form,
		    "%s: %s, so that none can be worked out first; take %s "
		    "out here, or, where a calculation may wait for an answer, "
		    "name that question in the column trigger (in XForms: a "
		    "setvalue)",
		    expression->place, text, vertex_field(form, next)->name);
	}
	free(circle);
	return FAULT_FORMAT;
}

static enum fault refuse_circles(const struct graph *graph,
				 const uint32_t *component)
{
	for (size_t i = 0; i < graph->count; i++) {
		const struct order_edge *edge = &graph->edges[i];

		if (!edge->soft && component[edge->from] == component[edge->to])
			return complain(graph, edge->from);
	}
	return FAULT_NONE;
}

struct place_in_order {
	uint32_t all, hard, vertex;
};

static int compare(const void *a, const void *b)
{
	const struct place_in_order *one = a, *other = b;

	if (one->all != other->all)
		return one->all < other->all ? -1 : 1;
	if (one->hard != other->hard)
		return one->hard < other->hard ? -1 : 1;
	return 0;
}

/* Soft needs decide first; where they run in circles, hard ones alone. */
static void rank(const struct graph *graph, size_t count, const uint32_t *hard)
{
	uint32_t *all = xcalloc(count, sizeof *all);
	struct place_in_order *places = xcalloc(count, sizeof *places);

	order_components(count, graph->edges, graph->count, true, all);
	for (uint32_t v = 0; v < count; v++)
		places[v] = (struct place_in_order){ all[v], hard[v], v };
	qsort(places, count, sizeof *places, compare);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t v = places[i].vertex;
		struct field *field = graph->form->fields[v / VERTICES];

		if (v % VERTICES < ASPECTS)
			field->rank[v % VERTICES] = i;
	}
	free(places);
	free(all);
}

enum fault graph_build(struct form *form)
{
	struct graph graph = { .form = form };
	size_t count = form->field_count * VERTICES;
	uint32_t *hard = xcalloc(count, sizeof *hard);

	outputs_of_choices(form, keep_output, &graph);
	for (size_t i = 0; i < form->field_count; i++) {
		graph.field = form->fields[i];
		add_own_needs(&graph, graph.field);
		follow_expressions(&graph);
	}
	enum fault fault = is_too_much(&graph) ? FAULT_LIMIT : FAULT_NONE;
	if (fault)
		(void)form_complain(form, "its expressions read too much of "
					  "it; look for // and *");
	else
		order_components(count, graph.edges, graph.count, false, hard);
	if (!fault)
		fault = refuse_circles(&graph, hard);
	if (!fault)
		rank(&graph, count, hard);
	free(graph.outputs);
	free(graph.edges);
	free(hard);
	return fault;
}
