#pragma once

#include <libxml/tree.h>

#include "form/model.h"
#include "xpath/xpath.h"

/*
 * The running form as the files of this room see it: a node for each field of
 * the form and instance of a repeat, each beside its node in an XML document
 * that the expressions read. The XML node's _private leads back to it.
 *
 * A range (NODE_REPEAT) has an empty comment for its XML node: it stands before
 * its instances, holds their place where there are none, and lets expressions
 * of the range be evaluated from there.
 */
struct node {
	struct run *run;
	struct field *field;
	struct node *parent, *next, *previous;
	struct node *first, *last;
	struct node **children;  /* by the child field's index */
	struct node *attributes; /* list by next */
	xmlNode *xml;
	char *value;       /* what was answered or computed; "" is NULL */
	uint32_t sequence; /* order of creation, so of the document */
	size_t instances;  /* of a range */
	size_t position;   /* of an instance, from 1 */
	uint16_t waiting;  /* bit by aspect: to be evaluated */
	uint16_t visits;   /* evaluations in that pass */
	uint32_t pass;
	bool self_relevant, relevant;
	bool readonly, required, unmet; /* unmet: the constraint is not kept */
	bool added;          /* an instance that the form did not begin with */
	bool dead;           /* removed; freed when the pass ends */
	struct offer *offer; /* of choices; NULL until asked */
};

struct job {
	uint64_t key; /* rank, then sequence */
	struct node *node;
	enum aspect aspect;
};

/* A setvalue that waits until the computing is done. */
struct pending {
	struct action *action;
	struct node *source;
};

struct run {
	const struct form *form;
	const struct run_world *world;
	struct xpath_host host;
	struct xpath_index *index;
	xmlDoc *doc;
	struct node *root;
	size_t node_count;
	uint32_t next_sequence;

	char *language;     /* as it was asked for */
	char *tag;          /* its BCP 47 tag */
	size_t translation; /* number in the form; the count: it has it not */

	struct node *evaluated; /* whose aspect evaluating is at work */
	enum aspect evaluating;
	uint32_t pass;
	int64_t now; /* frozen for the pass */
	uint64_t evaluations;
	uint64_t generation; /* counts changes: what was lent is stale */
	enum fault fault;    /* the first of the pass */

	struct job *jobs; /* a heap, the lowest key on top */
	size_t job_count, job_room;
	struct pending *pending;
	size_t pending_count, pending_room;
	struct node *graveyard; /* removed nodes, by next */
	bool live;              /* first load is over: changes fire setvalues */
};

/*
 * Builds the node of field below parent, and all below it, from the elements
 * of source's children that belong to it (source NULL: from the form's own).
 * blank: values are left out, as in a new instance without a template.
 */
struct node *node_build(struct run *run, struct field *field,
			struct node *parent, xmlNode *source, bool blank);

/* A new last instance of a range, from the repeat's template. */
struct node *node_build_instance(struct node *range, xmlNode *source,
				 bool blank);

/* Takes an instance out of its range and lays it in the graveyard. */
void node_bury(struct node *instance);
void node_free(struct node *node); /* with all below it; wipes */

/* What expressions read of a node were it relevant: its text. */
const char *node_text(const struct node *node);
void node_set_text(struct node *node, const char *text);

/* Whether it holds text, and not other nodes. */
bool node_holds_text(const struct node *node);

/* Whether it is the range of a repeat, and not an instance or another kind. */
bool node_is_range(const struct node *node);

/* The node that a path without predicates means, seen from node: the first of
 * those below the nearest common ancestor. NULL if there is none. */
struct node *node_seen(struct node *from, const char *path);

/* The node at or above node whose field is that. */
struct node *node_ancestor(struct node *node, const struct field *field);

typedef void node_visit(struct node *node, void *to);

/* Visits every node of field below the ancestor from; of a repeat, ranges and
 * instances. */
void node_each(struct node *from, const struct field *field, node_visit *visit,
	       void *to);
