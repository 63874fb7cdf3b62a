#include "ask/step.h"

#include <string.h>

#include "ask/calendars.h"

static bool is_for_review(const struct node *node)
{
	return node_appears(node, "review") || node_appears(node, "on-review");
}

bool step_could_ask(const struct node *node)
{
	switch (node_kind(node)) {
	case NODE_INPUT:
	case NODE_SELECT:
	case NODE_RANGE:
	case NODE_TRIGGER:
	case NODE_UPLOAD:
		break;
	case NODE_NOTE:
		return !node_appears(node, "staff") && !is_for_review(node);
	default:
		return false;
	}
	return node_has_control(node) && !node_appears(node, "bar") &&
	       !is_for_review(node);
}

bool step_is_question(const struct node *node)
{
	return node_relevant(node) && step_could_ask(node);
}

static bool is_repeat(const struct node *node)
{
	return node_kind(node) == NODE_REPEAT;
}

bool step_adds(const struct node *node)
{
	return is_repeat(node) && node_relevant(node) && !node_counted(node) &&
	       !node_readonly(node);
}

/* A repeat stands behind its instances: first they are asked, then whether
 * there is another one. */
static struct node *into_instances(struct node *node)
{
	while (is_repeat(node) && node_first(node))
		node = node_first(node);
	return node;
}

/* The next node of the walk; into is false to pass a node's inside. */
static struct node *after(struct node *node, bool into)
{
	if (into && !is_repeat(node) && node_first(node))
		return into_instances(node_first(node));
	while (node && !node_next(node)) {
		node = node_parent(node);
		if (node && is_repeat(node))
			return node;
	}
	return node ? into_instances(node_next(node)) : NULL;
}

static bool appears_as_field_list(const struct node *node)
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

/* Whether all of it can stand on one screen: not where instances are added
 * within, nor where there are too many questions. */
static bool is_field_list(struct node *group)
{
	size_t count = 0;

	if (!appears_as_field_list(group))
		return false;
	for (struct node *node = group; node && is_within(node, group);
	     node = after(node, true)) {
		count += step_could_ask(node);
		if (step_adds(node) || count > STEP_FIELDS)
			return false;
	}
	return true;
}

/* What is made from another answer of the screen is asked behind it. */
static void put_made_behind(struct step *step)
{
	for (size_t i = 0; i + 1 < step->count; i++) {
		struct node *made = step->field[i];
		struct node *source = node_linked(made, "romanize");
		size_t at = i + 1;

		while (at < step->count && step->field[at] != source)
			at++;
		if (!source || at == step->count)
			continue;
		memmove(&step->field[i], &step->field[i + 1],
			(at - i) * sizeof(struct node *));
		step->field[at] = made;
	}
}

/*
 * Gathers the questions of a group, with those that an answer on the same
 * screen may yet make relevant; false if there is none to show now.
 */
static bool gather(struct node *group, struct step *step)
{
	struct step found = { .group = group };
	bool any = false;

	for (struct node *node = group; node && is_within(node, group);
	     node = after(node, true)) {
		if (step_could_ask(node) && found.count < STEP_FIELDS) {
			found.field[found.count++] = node;
			any |= node_relevant(node);
		}
	}
	if (!any)
		return false;
	put_made_behind(&found);
	*step = found;
	return true;
}

/* A note in front of those that join it is their heading, no field. */
static bool takes_field(const struct node *node, bool joined)
{
	return step_could_ask(node) && (joined || node_kind(node) != NODE_NOTE);
}

/* Behind what can be asked, or has joined that, with no more on the screen than
 * it holds: else it begins a screen. */
static bool joins(const struct node *node)
{
	const struct node *before = NULL;
	bool open = false, met = false;
	size_t count = 0;

	if (!node_joins(node, NULL))
		return false;
	for (const struct node *each = node_first(node_parent(node)); each;
	     each = node_next(each)) {
		if (!node_has_control(each))
			continue;
		bool joined = open && node_joins(each, before);

		if (!joined && (met || each == node))
			return met && count <= STEP_FIELDS;
		count = (joined ? count : 0) + takes_field(each, joined);
		met |= each == node;
		open = joined || step_could_ask(each);
		before = each;
	}
	return count <= STEP_FIELDS;
}

/* The next sibling of node that has joined its screen, or NULL. */
static struct node *joined(const struct node *node)
{
	struct node *next = node_next(node);

	while (next && !node_has_control(next))
		next = node_next(next);
	return next && joins(next) ? next : NULL;
}

/*
 * The same for a question and those that joined its screen. A note in front
 * is their heading.
 */
static bool gather_joined(struct node *head, struct step *step)
{
	bool heading = node_kind(head) == NODE_NOTE;
	struct step found = { .group = heading ? head : NULL };
	bool any = false;

	for (struct node *node = heading ? joined(head) : head; node;
	     node = joined(node)) {
		if (step_could_ask(node) && found.count < STEP_FIELDS) {
			found.field[found.count++] = node;
			any |= node_relevant(node);
		}
	}
	if (!any)
		return false;
	found.head = found.field[0];
	put_made_behind(&found);
	*step = found;
	return true;
}

static struct node *anchor(const struct step *step)
{
	return step->group  ? step->group
	       : step->head ? step->head
			    : step->field[0];
}

/*
 * Whether a step begins at node, and in *on where the walk goes on from here:
 * never into what is not relevant, nor into a group that is shown as a whole.
 */
static bool begins_at(struct node *node, struct step *step, struct node **on)
{
	bool whole = node_relevant(node) && is_field_list(node);

	*on = after(node, node_relevant(node) && !whole);
	if (whole)
		return gather(node, step);
	if (joins(node))
		return false;
	if (step_could_ask(node) && joined(node))
		return gather_joined(node, step);
	if (!step_is_question(node) && !step_adds(node))
		return false;
	*step = (struct step){ .field = { node }, .count = 1 };
	return true;
}

static bool step_from(struct node *node, struct step *step)
{
	struct node *on;

	for (; node; node = on) {
		if (begins_at(node, step, &on))
			return true;
	}
	return false;
}

bool step_first(struct run *run, struct step *step)
{
	return step_from(run_root(run), step);
}

bool step_inside(struct node *instance, struct step *step)
{
	struct step found;

	if (!step_from(instance, &found) ||
	    !is_within(anchor(&found), instance))
		return false;
	*step = found;
	return true;
}

bool step_next(const struct step *now, struct step *step)
{
	return step_from(after(anchor(now), false), step);
}

bool step_previous(struct run *run, const struct step *now, struct step *step)
{
	struct step found, last;
	bool any = false;
	struct node *on;

	for (struct node *node = run_root(run); node && node != anchor(now);
	     node = on) {
		if (begins_at(node, &found, &on)) {
			last = found;
			any = true;
		}
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
	     more = step_next(&found, &found)) {
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
	     more = step_next(&found, &found)) {
		passed |= anchor(&found) == anchor(now);
		progress.before += !passed;
		progress.total++;
	}
	return progress;
}

static bool has_date(const struct step *step)
{
	for (size_t i = 0; i < step->count; i++) {
		if (node_relevant(step->field[i]) &&
		    calendars_ask(step->field[i]))
			return true;
	}
	return false;
}

bool step_is_title(const struct step *step, size_t field)
{
	const struct node *node = step->field[field];

	return step->count > 1 && node_kind(node) == NODE_SELECT &&
	       node_relevant(node) && node_appears(node, "label");
}

bool step_asks(const struct step *step, size_t field)
{
	const struct node *node = step->field[field];

	return node_relevant(node) && !step_is_title(step, field) &&
	       !(node_appears(node, "calendar") && has_date(step));
}

enum node_violation step_violation(struct node *node)
{
	enum node_violation violation = node_violation(node);

	return violation == VIOLATES_REQUIRED && node_offers_none(node)
		   ? VALID
		   : violation;
}

bool step_holds_up(const struct step *step)
{
	for (size_t i = 0; i < step->count; i++) {
		if (step_asks(step, i) &&
		    step_violation(step->field[i]) != VALID)
			return true;
	}
	return false;
}

bool step_is_refused(const struct step *step)
{
	for (size_t i = 0; i < step->count; i++) {
		if (step_asks(step, i) &&
		    node_violation(step->field[i]) == VIOLATES_CONSTRAINT)
			return true;
	}
	return false;
}

static bool has_field(const struct step *step, const struct node *node)
{
	for (size_t i = 0; i < step->count; i++) {
		if (step->field[i] == node)
			return true;
	}
	return false;
}

bool step_of(struct run *run, const struct node *node, struct step *step)
{
	struct step each;

	for (bool more = step_first(run, &each); more;
	     more = step_next(&each, &each)) {
		if (has_field(&each, node)) {
			*step = each;
			return true;
		}
	}
	return false;
}

static bool find_step(struct run *run, bool is_it(const struct step *step),
		      struct step *step)
{
	struct step each;

	for (bool more = step_first(run, &each); more;
	     more = step_next(&each, &each)) {
		if (is_it(&each)) {
			*step = each;
			return true;
		}
	}
	return false;
}

bool step_held_up(struct run *run, struct step *step)
{
	return find_step(run, step_holds_up, step);
}

bool step_refused(struct run *run, struct step *step)
{
	return find_step(run, step_is_refused, step);
}
