#include <string.h>

#include "xpath/function.h"
#include "xpath/shuffle.h"

FUNCTION(count)
{
	return of_number(
	    (double)argument_nodes(evaluation, call, 0, context).count);
}

FUNCTION(count_non_empty)
{
	struct nodes nodes = argument_nodes(evaluation, call, 0, context);
	double found = 0;

	for (size_t i = 0; i < nodes.count; i++)
		found += *read_node(evaluation, nodes.list[i]) != '\0';
	return of_number(found);
}

static bool same_name(const xmlNode *a, const xmlNode *b)
{
	return a->type == b->type && xmlStrEqual(a->name, b->name) &&
	       a->ns == b->ns;
}

/* Of a node: which of its neighbours of the same name it is. */
static struct value position_of(struct evaluation *evaluation,
				const xmlNode *node)
{
	double position = 1;

	for (const xmlNode *n = node->prev; n; n = n->prev) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (!same_name(n, node) || !evaluation_step(evaluation))
			break;
		position++;
	}
	return of_number(position);
}

FUNCTION(position)
{
	struct nodes nodes;

	if (!call->count)
		return of_number((double)context->position);
	nodes = argument_nodes(evaluation, call, 0, context);
	return nodes.count ? position_of(evaluation, nodes.list[0])
			   : of_text("");
}

FUNCTION(last)
{
	UNUSED_ARGUMENTS;
	return of_number((double)context->size);
}

static xmlNode *named_node(struct evaluation *evaluation,
			   const struct call *call,
			   const struct context *context)
{
	struct nodes nodes;

	if (!call->count)
		return context->node;
	nodes = argument_nodes(evaluation, call, 0, context);
	return nodes.count ? nodes.list[0] : NULL;
}

static const char *local_name_of(const xmlNode *node)
{
	if (!node ||
	    (node->type != XML_ELEMENT_NODE &&
	     node->type != XML_ATTRIBUTE_NODE && node->type != XML_PI_NODE))
		return "";
	return (const char *)node->name;
}

FUNCTION(local_name)
{
	return of_text(local_name_of(named_node(evaluation, call, context)));
}

FUNCTION(name)
{
	xmlNode *node = named_node(evaluation, call, context);
	const char *local = local_name_of(node);
	struct words words = { 0 };

	if (*local && node->type != XML_PI_NODE && node->ns &&
	    node->ns->prefix) {
		const char *prefix = (const char *)node->ns->prefix;

		words_add(evaluation, &words, prefix, strlen(prefix));
		words_add(evaluation, &words, ":", 1);
	}
	words_add(evaluation, &words, local, strlen(local));
	return of_text(words_text(&words));
}

static xmlNode *instance_named(struct evaluation *evaluation, const char *id)
{
	const struct xpath_host *host = evaluation->host;

	return host->instance ? host->instance(host->to, id) : NULL;
}

FUNCTION(instance)
{
	const char *id = argument_text(evaluation, call, 0, context);

	return of_node(evaluation, instance_named(evaluation, id));
}

FUNCTION(current)
{
	const struct xpath_place *place = evaluation->place;

	UNUSED_ARGUMENTS;
	return of_node(evaluation,
		       place->current ? place->current : place->node);
}

static double host_random(void *to)
{
	const struct xpath_host *host = to;

	return host->random ? host->random(host->to) : 0;
}

FUNCTION(randomize)
{
	struct nodes nodes = argument_nodes(evaluation, call, 0, context);
	struct nodes mixed = { 0 };
	struct shuffle shuffle;
	struct value seed;

	if (call->count > 1) {
		seed = argument(evaluation, call, 1, context);
		shuffle = shuffle_seeded(to_number(evaluation, &seed),
					 to_text(evaluation, &seed));
	} else {
		shuffle = shuffle_random(host_random, (void *)evaluation->host);
	}
	for (size_t i = 0; i < nodes.count; i++) {
		size_t at = shuffle_next(&shuffle, i + 1);

		nodes_add(evaluation, &mixed, nodes.list[i]);
		if (evaluation_stopped(evaluation))
			break;
		mixed.list[i] = mixed.list[at];
		mixed.list[at] = nodes.list[i];
	}
	return of_nodes(mixed);
}

/* --- repeats --------------------------------------------------------------*/

/* One pair of indexed-repeat(): the instances of a repeat, and which one. */
struct pair {
	struct nodes repeats;
	double index;
};

/* The instance of a repeat by its number among those inside outer. */
static xmlNode *instance_at(const struct pair *pair, const xmlNode *outer)
{
	double number = 0;

	for (size_t i = 0; i < pair->repeats.count; i++) {
		if (outer && !node_inside(pair->repeats.list[i], outer))
			continue;
		if (++number == pair->index)
			return pair->repeats.list[i];
	}
	return NULL;
}

/* Pairs may come in any order; the outer repeat is the one less deep. */
static void sort_pairs(struct pair *pairs, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t n = i; n; n--) {
			struct pair swap = pairs[n];

			if (node_depth(pairs[n - 1].repeats.list[0]) <=
			    node_depth(pairs[n].repeats.list[0]))
				break;
			pairs[n] = pairs[n - 1];
			pairs[n - 1] = swap;
		}
}

FUNCTION(indexed_repeat)
{
	struct nodes targets, found = { .disjoint = true };
	struct pair pairs[3];
	size_t count = (call->count - 1) / 2;
	xmlNode *repeat = NULL;

	for (size_t i = 0; i < count; i++) {
		pairs[i].repeats =
		    argument_nodes(evaluation, call, 2 * i + 1, context);
		pairs[i].index =
		    argument_number(evaluation, call, 2 * i + 2, context);
		if (!pairs[i].repeats.count)
			return of_nodes(found);
	}
	sort_pairs(pairs, count);
	for (size_t i = 0; i < count; i++)
		if (!(repeat = instance_at(&pairs[i], repeat)))
			return of_nodes(found);
	targets = argument_nodes(evaluation, call, 0, context);
	for (size_t i = 0; i < targets.count; i++)
		if (node_inside(targets.list[i], repeat))
			nodes_add(evaluation, &found, targets.list[i]);
	found.disjoint = targets.disjoint;
	return of_nodes(found);
}

const struct function xpath_node_functions[] = {
	{ "count", 1, 1, GIVES_NUMBER, .nodes = 1, .evaluate = count },
	{ "count-non-empty", 1, 1, GIVES_NUMBER, .nodes = 1,
	  .evaluate = count_non_empty },
	{ "position", 0, 1, GIVES_NUMBER, .nodes = 1, .evaluate = position },
	{ "last", 0, 0, GIVES_NUMBER, .evaluate = last },
	{ "name", 0, 1, GIVES_TEXT, .nodes = 1, .evaluate = name },
	{ "local-name", 0, 1, GIVES_TEXT, .nodes = 1, .evaluate = local_name },
	{ "instance", 1, 1, GIVES_NODES, .evaluate = instance },
	{ "current", 0, 0, GIVES_NODES, .evaluate = current },
	{ "randomize", 1, 2, GIVES_NODES, .nodes = 1, .evaluate = randomize },
	{ "indexed-repeat", 3, 7, GIVES_NODES, .count = COUNT_ODD,
	  .nodes = 1 | 1 << 1 | 1 << 3 | 1 << 5, .evaluate = indexed_repeat },
	{ 0 },
};
