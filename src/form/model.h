#pragma once

#include <libxml/hash.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "form/kind.h"

/*
 * The parsed form as the files of this room see it. All of it belongs to the
 * form and stays as it is once form_parse() has returned it.
 */

struct expression;

/*
 * Words as the form writes them: a label, a hint, a message, a choice's
 * label. One of the four is set, or none of them.
 */
struct words {
	char *itext;                  /* jr:itext('/data/a:label') */
	struct expression *itext_id;  /* jr:itext(itextId) */
	struct expression *reference; /* ref="/data/a" */
	xmlNode *inside;              /* text and outputs of this element */
	char *literal;                /* as it stands */
};

/* One choice of the full, unfiltered list. */
struct form_choice {
	char *value;
	xmlNode *row;       /* its <item>, or its row in an instance */
	struct words label; /* of a static <item>; itemsets have their own */
};

/* A full list; controls with the same nodeset and value share it. */
struct form_list {
	char *key; /* nodeset and value; NULL: static items */
	struct form_choice *choices;
	size_t count;
	xmlHashTable *by_value; /* index + 1 of the first with that value */
	struct form_list *next; /* in the form's */
};

/* Where a control takes its choices from. */
struct itemset {
	struct form_list *list;
	struct expression *nodeset; /* NULL: static items */
	struct expression *value;   /* NULL: the row's child value_name */
	char *value_name;
	struct words label; /* seen from the row */
	char *label_name;   /* the row's child, where that is all of it */
	bool filtered;      /* which are offered can change */
};

struct control {
	enum node_kind kind;
	bool multiple;
	xmlNode *element;
	xmlNode *group; /* of a repeat: the group around it, or NULL */
	char *path;
	struct words label, hint;
	struct words frame; /* of the nearest group without a node around it */
	const struct control *behind; /* the one before it in a field-list
					 without a node; NULL: none */
	struct itemset *itemset;      /* NULL: takes no choices */
	struct itemset *marks; /* of a range: what its values are called */
	struct control *next;  /* in the form's list */
};

/* What is computed for a field, in the order of need among themselves. */
enum aspect {
	ASPECT_RELEVANT,
	ASPECT_COUNT, /* how many instances a repeat has */
	ASPECT_CALCULATE,
	ASPECT_CHOICES, /* which choices are offered */
	ASPECT_READONLY,
	ASPECT_REQUIRED,
	ASPECT_CONSTRAINT,
	ASPECTS,
};

/*
 * Another field's aspect that reads this field. Which nodes of it are touched:
 * those below the node of common that is at or above the changed node.
 */
struct dependent {
	struct field *field;
	enum aspect aspect;
	struct field *common;
};

/* jr:preload */
struct preload {
	enum {
		PRELOAD_NONE,
		PRELOAD_UID,
		PRELOAD_START,
		PRELOAD_END,
		PRELOAD_TODAY,
		PRELOAD_PROPERTY,
	} kind;
	const char *property;
};

/*
 * A place in the instance: of an element or an attribute, the same for all
 * instances of a repeat around it. A repeat is one field for its range and
 * its instances.
 */
struct field {
	char *name;                 /* "age", "orx:meta", "@version" */
	const char *prefix, *local; /* "orx", "meta"; the document's */
	char *path;                 /* "/data/age" */
	struct field *parent;
	struct field **children; /* document order */
	size_t child_count;
	xmlHashTable *child_by_name; /* by local name and prefix */
	struct field *attributes;    /* list by next; those that change */
	struct field *next;
	size_t index;     /* among the parent's children */
	uint32_t number;  /* among all, in document order */
	uint16_t repeats; /* how many repeats it is in, its own included */
	xmlNode *source;  /* its element (attribute) in the document */
	bool template;    /* of a repeat: source is no instance itself */

	enum node_kind kind;
	enum node_type type;
	struct control *control; /* NULL: none */
	bool available;          /* false: the kiosk has no such control */
	xmlNode *bind;           /* NULL: none */
	struct preload preload;
	struct expression *expression[ASPECTS];
	uint32_t rank[ASPECTS]; /* low before high */
	bool reads_itself;      /* its relevance reads what it would hide */
	struct words required_message, constraint_message;

	struct dependent *dependents;
	size_t dependent_count;
	struct action **on_change; /* its value-changed actions */
	size_t on_change_count;
};

/* A setvalue. */
struct action {
	struct field *target; /* NULL: the form has it not */
	struct field *source; /* the field of the control it is in, or NULL */
	struct expression *value;
	char *literal; /* where there is no value */
	bool first_load, new_repeat, value_changed;
	struct action *next;
};

struct translation {
	char *name;          /* "French (fr)" */
	xmlHashTable *texts; /* itext id to its <text> */
};

struct secondary {
	char *id;
	xmlNode *above; /* the node above its root */
	struct secondary *next;
};

/* A file beside the form, as it enters the form's digest. */
struct attachment {
	char *name;
	uint8_t digest[32];
};

struct form {
	char *name;
	xmlDoc *doc;
	xmlNode *model, *body, *primary; /* elements of doc */
	char *title, *id, *version;
	uint8_t digest[32];

	struct field *root;
	struct field **fields; /* by number */
	size_t field_count;
	xmlHashTable *field_by_path;
	xmlHashTable *bind_by_path;
	struct control *controls; /* document order */
	xmlHashTable *control_by_path;
	struct field *instance_id; /* meta/instanceID */
	xmlNode *made_instance_id; /* where the form had none */
	struct action *actions;    /* document order */
	bool sets_attributes;      /* an action changes some attribute */
	struct secondary *secondaries;
	struct form_list *lists;

	struct translation *translations;
	size_t translation_count, default_translation;

	struct field **spoken; /* what expressions make of words is theirs */
	size_t spoken_count;

	struct expression **expressions; /* all, for release */
	size_t expression_count;
	xmlDoc **docs; /* of external instances */
	size_t doc_count;
	struct attachment *attachments;
	size_t attachment_count;
};
