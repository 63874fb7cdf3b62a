#include "form/settle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/change.h"
#include "form/evaluate.h"
#include "form/event.h"
#include "form/limits.h"
#include "form/repeat.h"
#include "form/value.h"
#include "form/world.h"

/*
 * How often one node is evaluated in a pass. Once, but for what reads other
 * instances of its own repeat: there each may wait for the one before.
 */
#define VISITS_LIMIT (8 * FORM_REPEAT_LIMIT)

/* setvalues in a pass; more are chasing each other. */
#define ACTIONS_LIMIT 1000

/* --- evaluating ---------------------------------------------------------- */

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

static void calculate(struct node *node)
{
	char *text;

	if (!node->relevant)
		return;
	text = run_evaluate_text(node->run,
				 node->field->expression[ASPECT_CALCULATE],
				 node->xml, node->xml);
	if (text)
		change_store(node, text);
	wipe_free(text);
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
		change_relevance(node);
		break;
	case ASPECT_COUNT:
		count_instances(node);
		break;
	case ASPECT_CALCULATE:
		calculate(node);
		break;
	case ASPECT_CHOICES:
		change_show(node);
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
	struct job job;
	int actions = 0;

	run->generation++;
	run->pass++;
	run->now = run->world->now ? run->world->now(run->world->to) : 0;
	do {
		while (change_next(run, &job))
			perform(job);
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
