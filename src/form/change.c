#include "form/change.h"

#include <stdlib.h>
#include <string.h>

#include "form/choices.h"
#include "form/field.h"
#include "form/value.h"

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

bool change_next(struct run *run, struct job *out)
{
	if (!run->job_count)
		return false;
	size_t at = 0, least;

	*out = run->jobs[0];
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
	return true;
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

void change_want(struct node *node, enum aspect aspect)
{
	uint16_t bit = (uint16_t)(1u << aspect);

	if (!has_aspect(node, aspect) || node->waiting & bit || node->dead)
		return;
	/* What it made of itself is not made once more. */
	if (node == node->run->evaluated && aspect == node->run->evaluating)
		return;
	if (aspect == ASPECT_CHOICES)
		choices_forget(node);
	node->waiting |= bit;
	push_job(node->run,
		 (struct job){
		     .key = (uint64_t)node->field->rank[aspect] << 32 |
			    node->sequence,
		     .node = node,
		     .aspect = aspect,
		 });
}

void change_want_all(struct node *node)
{
	for (int aspect = 0; aspect < ASPECTS; aspect++)
		change_want(node, aspect);
	for (struct node *a = node->attributes; a; a = a->next)
		change_want_all(a);
	for (struct node *child = node->first; child; child = child->next)
		change_want_all(child);
}

static void want(struct node *node, void *to)
{
	change_want(node, *(enum aspect *)to);
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

/* The setvalues that wait for a change of source are due. */
static void put_aside(struct node *source)
{
	struct run *run = source->run;

	for (size_t i = 0; i < source->field->on_change_count; i++) {
		if (run->pending_count == run->pending_room) {
			run->pending_room = run->pending_room * 2 + 8;
			run->pending =
			    xreallocarray(run->pending, run->pending_room,
					  sizeof *run->pending);
		}
		run->pending[run->pending_count++] = (struct pending){
			.action = source->field->on_change[i],
			.source = source,
		};
	}
}

void change_text(struct node *node)
{
	change_want(node, ASPECT_CONSTRAINT);
	want_dependents(node);
	/* Who reads an attribute is known as a reader of its element. */
	if (node->parent && *node->field->name == '@')
		want_dependents(node->parent);
	if (node->run->live && node->field->on_change_count)
		put_aside(node);
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

void change_count(struct node *range)
{
	want_readers(range, range->field);
}

void change_show(struct node *node)
{
	char *offered = choices_shown(node);
	const char *value = node->value ? node->value : "";
	const char *text = offered ? offered : value;

	if (strcmp(node_text(node), text) != 0) {
		node_set_text(node, text);
		if (node->relevant)
			change_text(node);
	}
	wipe_free(offered);
}

void change_store(struct node *node, const char *text)
{
	if (!node_holds_text(node))
		return; /* a bind or setvalue of a group means nothing */
	wipe_free(node->value);
	node->value = value_settle(node->field, text);
	change_show(node);
}

void change_relevance(struct node *node)
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
		change_text(node);
	if (relevant) {
		change_want(node, ASPECT_CALCULATE);
		change_want(node, ASPECT_CONSTRAINT);
	}
	for (struct node *a = node->attributes; a; a = a->next)
		change_relevance(a);
	for (struct node *child = node->first; child; child = child->next)
		change_relevance(child);
}
