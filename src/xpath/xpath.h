#pragma once

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * ODK XPath: XPath 1.0 with the functions and the differences that ODK XForms
 * pins. Text becomes a tree once; the tree is evaluated many times over
 * libxml2 nodes. Pure: whatever an expression needs of the world (the time,
 * chance, other instances, choice names) it asks of its host.
 *
 * Sources: XPath 1.0 (W3C, 1999); ODK XForms, "XPath functions". Where engines
 * disagree: an empty text is NaN, NaN is stored as ""; a date counts as its
 * days by its own calendar, so 2020-01-01 is 18262 in every zone, and a time
 * of day as the fraction of the day its own clock shows; two times compare as
 * instants. A name without a prefix finds elements without one; a prefix finds
 * elements that have it, or that are in the namespace XForms gives it.
 */
struct xpath;

#define XPATH_LENGTH_LIMIT (16 * 1024) /* bytes in one expression */
#define XPATH_DEPTH_LIMIT 200          /* nesting in the parser */
#define XPATH_STEPS_LIMIT 2000000      /* of one evaluation, see below */
#define XPATH_ITEMSET_STEPS_LIMIT 10000000

/* Where and why an expression was refused, for the person who wrote it. */
struct xpath_problem {
	size_t offset;  /* bytes from its start */
	char text[200]; /* "unknown function area()" */
};

/*
 * Parses text. On success the caller frees *out with xpath_free(). On a fault
 * *problem (may be NULL) says where; nothing is logged, since only the caller
 * knows the place in the form.
 *
 * FAULT_FORMAT: a syntax error, an unknown or refused function, a wrong number
 * of arguments, an axis ODK has not. FAULT_LIMIT: longer or deeper than above.
 */
MUST_CHECK enum fault xpath_parse(const char *text, struct xpath **out,
				  struct xpath_problem *problem);
void xpath_free(struct xpath *xpath); /* NULL is fine */
DEFINE_SCOPED(struct xpath, xpath_free)

enum xpath_type { XPATH_NODES, XPATH_TEXT, XPATH_NUMBER, XPATH_BOOLEAN };

/*
 * A value. nodes are in document order and belong to the tree they came from;
 * the array and text belong to the value: release with xpath_value_done().
 */
struct xpath_value {
	enum xpath_type type;
	xmlNode **nodes; /* attributes come as (xmlNode *) of type attribute */
	size_t count;
	char *text;
	double number;
	bool boolean;
	bool invalid; /* came from a date that is none: store as "" */
	bool date;    /* text that a date function made */
};
void xpath_value_done(struct xpath_value *value);

/*
 * What an evaluation asks of its surroundings; to is handed back. Every
 * function may be NULL, and then gives nothing (empty, 0, no node).
 */
struct xpath_index;
struct xpath_host {
	void *to;
	/* Finds the children of wide parents by name (xpath/index.h). */
	struct xpath_index *index;
	/* Milliseconds since 1970 UTC, frozen for one recompute pass. */
	int64_t (*now)(void *to);
	/* IANA zone of local dates and times; NULL is UTC. */
	const char *zone;
	/* The form language, a tag, for %a %b names; NULL is English. */
	const char *language;
	/* A number in [0, 1). */
	double (*random)(void *to);
	/* Fills count bytes, for uuid(). */
	void (*random_bytes)(void *to, uint8_t *bytes, size_t count);
	/* The document node above the root of a secondary instance, or NULL. */
	xmlNode *(*instance)(void *to, const char *id);
	/*
	 * The root element of the primary instance, for absolute paths; its
	 * parent, the document, is what "/" means.
	 */
	xmlNode *(*primary)(void *to);
	/* An element that is not relevant reads "", as does what is in it. */
	bool (*hidden)(void *to, const xmlNode *node);
	/*
	 * The label of choice value in the select of path (as text), seen from
	 * node, which is one of the primary instance's document; and the text
	 * of an itext id. The evaluator frees both.
	 */
	char *(*choice_name)(void *to, const xmlNode *node, const char *value,
			     const char *path);
	char *(*itext)(void *to, const char *id);
	/*
	 * Grows by the steps taken, for tests of cost; may be NULL. A step is a
	 * node that an axis, a comparison of two node-sets or a string value
	 * came to, or 256 bytes of a text that is read or made. Children that
	 * the index finds count alone.
	 */
	uint64_t *steps;
};

/* Where an expression is evaluated. */
struct xpath_place {
	xmlNode *node;         /* the context node, "." */
	xmlNode *current;      /* what current() gives; NULL: node */
	size_t position, size; /* 1-based; 0 means 1 of 1 */
};

/*
 * Evaluates. On success *out is the value, for xpath_value_done(), and *problem
 * is untouched, or says what took too long and so counts as false.
 *
 * FAULT_FORMAT: an error that only values show (a wrong argument). *problem
 * quotes no value, since it may be somebody's answer.
 * FAULT_LIMIT: more than steps_limit steps. *problem as above; not logged.
 */
MUST_CHECK enum fault
xpath_evaluate(const struct xpath *xpath, const struct xpath_host *host,
	       const struct xpath_place *place, uint64_t steps_limit,
	       struct xpath_value *out, struct xpath_problem *problem);

/* A value as ODK stores it: text. NaN and invalid give "". Caller frees. */
char *xpath_store(const struct xpath_host *host,
		  const struct xpath_value *value);
bool xpath_true(const struct xpath_host *host, const struct xpath_value *value);
double xpath_to_number(const struct xpath_host *host,
		       const struct xpath_value *value);

/* A number as ECMAScript prints it. Caller frees. */
char *xpath_number_text(double number);

/*
 * The paths an expression reads, for the dependency graph, those inside
 * predicates and string-valued ones of jr:choice-name included. A path inside
 * a predicate on the primary instance that is relative is reported joined to
 * the path it filters.
 */
enum xpath_from {
	XPATH_FROM_ROOT,    /* /data/a */
	XPATH_FROM_CONTEXT, /* ../a, ., current()/../a */
	XPATH_FROM_INSTANCE /* instance('x')/... : of no primary node */
};
/*
 * A step. DEEP stands for the nodes reached so far and everything below them,
 * of that name: //a is { DEEP, "a" }. OTHER may lead anywhere in the document.
 */
struct xpath_step {
	enum {
		XPATH_CHILD,
		XPATH_PARENT,
		XPATH_SELF,
		XPATH_DEEP,
		XPATH_OTHER
	} axis;
	const char *prefix; /* NULL: none */
	const char *name;   /* "*" any; NULL for parent and self */
};
struct xpath_path {
	enum xpath_from from;
	const char *instance;
	const struct xpath_step *steps;
	size_t count;
	bool filtered; /* has a predicate somewhere */
	bool placed;   /* asked where or how many they are, not what they say */
};
typedef void xpath_path_visit(void *to, const struct xpath_path *path);
void xpath_each_path(const struct xpath *xpath, xpath_path_visit *visit,
		     void *to);

/* Whether it calls a function, by full name: "now", "jr:choice-name". */
bool xpath_calls(const struct xpath *xpath, const char *function);

/* Each function call with its argument count, for lint. */
typedef void xpath_call_visit(void *to, const char *function, size_t arguments,
			      size_t offset);
void xpath_each_call(const struct xpath *xpath, xpath_call_visit *visit,
		     void *to);
