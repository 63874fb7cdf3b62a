#pragma once

#include <libxml/tree.h>

#include "form/model.h"
#include "form/run.h"

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

#define RUN_NODES_LIMIT 200000 /* nodes of one run, repeats and all */

/* --- node.c: the tree ---------------------------------------------------- */

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
void wipe_free(char *text); /* overwrites, then frees; NULL is fine */

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

/* --- settle.c: recomputing ----------------------------------------------- */

/* Asks for an aspect of a node to be evaluated in this pass. */
void settle_want(struct node *node, enum aspect aspect);

/* Works out whether node and those below it are relevant, from what their
 * expressions last said. */
void settle_relevance(struct node *node);

/* Asks for all that node and the nodes below it have. */
void settle_want_all(struct node *node);

/* What a node reads has changed: its dependents are wanted. */
void settle_changed(struct node *node);

/* Instances came to or went from a range: who reads them is wanted. */
void settle_recounted(struct node *range);

/* Evaluates all that is wanted, lowest rank first, then the setvalues that
 * became due, until nothing is left. Returns run->fault. */
MUST_CHECK enum fault settle(struct run *run);

/* Frees what settling needs, removed nodes included. */
void settle_free(struct run *run);

/* Stores a computed or default value, as its type has it. */
void settle_store(struct node *node, const char *text);

/* Makes a node's text what its value is, as far as it is offered. */
void settle_show(struct node *node);

/* Evaluates at a node. FAULT_*: said and noted in run->fault. */
MUST_CHECK enum fault run_evaluate(struct run *run,
				   const struct expression *expression,
				   xmlNode *at, xmlNode *current,
				   struct xpath_value *out);
/* The same, to text for the caller to free (and wipe); NULL on a fault. */
char *run_evaluate_text(struct run *run, const struct expression *expression,
			xmlNode *at, xmlNode *current);

/* --- event.c: preloads and setvalues ------------------------------------- */

void event_first_load(struct run *run);
void event_new_repeat(struct node *instance);
void event_value_changed(struct node *source);

/* Performs what event_value_changed() put aside; false if nothing was. */
bool event_perform(struct run *run);

/* The value of a field's preload now, for the caller; NULL if it has none. */
char *event_preload(struct run *run, const struct preload *preload);

/* --- repeat.c ------------------------------------------------------------ */

/* Makes a range have count instances, taking from the end. */
void repeat_resize(struct node *range, double count);

/* --- offer.c: the choices offered now ------------------------------------ */

/*
 * What of a select's value is offered now, for the caller to wipe and free;
 * NULL where node is no select, so that all of it shows.
 */
char *offer_shown(struct node *node);

/* Whether the length bytes at value are a choice offered to a select now. */
bool offer_has(struct node *node, const char *value, size_t length);

/* The words of value that are choices, once each and in choice order; for the
 * caller to wipe and free. */
char *offer_in_order(const struct node *node, const char *value);

/* What is offered may have changed. */
void offer_forget(struct node *node);
void offer_free(struct offer *offer); /* NULL is fine */

/* The label of a choice, for the caller; NULL where it is not offered. */
char *offer_label(struct node *node, const char *value);

/* --- say.c: words in the run's language ---------------------------------- */

/*
 * The words, seen from node; outputs are evaluated at the XML node at. form is
 * the form of an itext value ("short"), NULL for the plain one. NULL where
 * there is none. The caller frees it.
 */
char *say(struct node *node, const struct words *words, xmlNode *at,
	  const char *form);

/* The plain text of an itext id, for the host; the caller frees it. */
char *say_itext(struct node *node, const char *id, xmlNode *at,
		const char *form);
