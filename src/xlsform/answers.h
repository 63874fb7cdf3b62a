#pragma once

#include <libxml/tree.h>
#include <stdbool.h>

#include "xlsform/subject.h"

/*
 * The questions with choices of a document, and what can be their answers:
 * known only where the choices stand in the document and nothing but a person
 * gives the answer.
 */
struct answers_of {
	char *path;
	char *list;   /* the instance its choices come from; NULL */
	char *filter; /* the predicate on them; NULL: all of them */
	struct paths values;
	bool open;     /* there may be other answers */
	bool multiple; /* several at once */
};

struct answers {
	struct answers_of *list;
	size_t count;
};

/* Release with answers_done(). */
void answers_find(xmlDoc *xml, struct answers *answers);
void answers_done(struct answers *answers);

/* NULL: no such question, or its answers are not known. */
const struct answers_of *answers_known(const struct answers *answers,
				       const char *path);

/* "a, b, c", the first of them; the caller frees it. */
char *answers_text(const struct answers_of *of);

/* --- the document's own lists --------------------------------------------- */

/* The first item of an instance; NULL if it is none, or in a file. */
const xmlNode *answers_items(xmlDoc *xml, const char *list);
/* The element behind an item, or NULL. */
const xmlNode *answers_next(const xmlNode *item);
/* What an item has under name; "" if nothing. The caller frees it. */
char *answers_leaf(const xmlNode *item, const char *name);
