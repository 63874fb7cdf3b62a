#include "ask/step.h"

#include <string.h>

bool step_is_question(const struct node *node)
{
	switch (node_kind(node)) {
	case NODE_INPUT:
	case NODE_SELECT:
	case NODE_RANGE:
	case NODE_TRIGGER:
	case NODE_RANK:
	case NODE_UPLOAD:
		break;
	case NODE_NOTE:
		return node_relevant(node) && !node_appears(node, "staff");
	default:
		return false;
	}
	return node_relevant(node) && node_has_control(node) &&
	       !node_appears(node, "bar") && !node_appears(node, "review");
}

/* The next node in document order; into is false to pass a node's inside. */
static struct node *after(struct node *node, bool into)
{
	if (into && node_first(node))
		return node_first(node);
	while (node && !node_next(node))
		node = node_parent(node);
	return node ? node_next(node) : NULL;
}

static bool is_field_list(const struct node *node)
{
	return (node_kind(node) == NODE_GROUP ||
		node_kind(node) == NODE_REPEAT_INSTANCE) &&
	       (node_appears(node, "field-list") ||
		(node_kind(node) == NODE_REPEAT_INSTANCE &&
		 node_appears(node_parent(node), "field-list")));
}

static bool is_within(const struct node *node, const struct node *ancestor)
{
	for (; node; node = node_parent(node)) {
		if (node == ancestor)
			return true;
	}
	return false;
}

/* Gathers the questions of a group; false if it has none to show. */
static bool gather(struct node *group, struct step *step)
{
	struct step found = { .group = group };

	for (struct node *node = group; node && is_within(node, group);
	     node = after(node, node_relevant(node))) {
		if (step_is_question(node) && found.count < STEP_FIELDS)
			found.field[found.count++] = node;
	}
	if (!found.count)
		return false;
	*step = found;
	return true;
}

/*
 * The first step at node or after it in document order. The walk never goes
 * into what is not relevant, nor into a group it has shown as a whole.
 */
static bool step_from(struct node *node, struct step *step)
{
	while (node) {
		if (node_relevant(node) && is_field_list(node)) {
			if (gather(node, step))
				return true;
			node = after(node, false);
		} else if (step_is_question(node)) {
			*step = (struct step){ .field = { node }, .count = 1 };
			return true;
		} else {
			node = after(node, node_relevant(node));
		}
	}
	return false;
}

static struct node *anchor(const struct step *step)
{
	return step->group ? step->group : step->field[0];
}

bool step_first(struct run *run, struct step *step)
{
	return step_from(run_root(run), step);
}

bool step_next(struct run *run, const struct step *now, struct step *step)
{
	(void)run;
	return step_from(after(anchor(now), false), step);
}

/* Whether a stands before b in document order, by walking on from a. */
static bool stands_before(struct node *a, const struct node *b)
{
	for (struct node *node = after(a, true); node;
	     node = after(node, true)) {
		if (node == b)
			return true;
	}
	return false;
}

bool step_previous(struct run *run, const struct step *now, struct step *step)
{
	struct step found, last;
	bool any = false;

	for (bool more = step_first(run, &found); more;
	     more = step_next(run, &found, &found)) {
		if (anchor(&found) == anchor(now) ||
		    !stands_before(anchor(&found), anchor(now)))
			break;
		last = found;
		any = true;
	}
	if (any)
		*step = last;
	return any;
}

bool step_last(struct run *run, struct step *step)
{
	struct step found;
	bool any = false;

	for (bool more = step_first(run, &found); more;
	     more = step_next(run, &found, &found)) {
		*step = found;
		any = true;
	}
	return any;
}

struct step_progress step_progress(struct run *run, const struct step *now)
{
	struct step_progress progress = { 0, 0 };
	struct step found;
	bool passed = false;

	for (bool more = step_first(run, &found); more;
	     more = step_next(run, &found, &found)) {
		passed |= anchor(&found) == anchor(now);
		progress.before += !passed;
		progress.total++;
	}
	return progress;
}

bool step_holds_up(const struct step *step)
{
	for (size_t i = 0; i < step->count; i++) {
		if (node_violation(step->field[i]) != VALID)
			return true;
	}
	return false;
}
