#pragma once

#include "base/fault.h"
#include "form/model.h"

/* The choices of a select as the form lists them, unfiltered. */

/*
 * Reads <item>s or the <itemset> of a control into control->itemset, with the
 * full list. Instances must have been read.
 *
 * FAULT_FORMAT: neither, both, an item without a value, choices taken from the
 * person's own answers (a repeat), or an expression is refused.
 * FAULT_LIMIT: more than FORM_ITEMS_LIMIT rows.
 */
MUST_CHECK enum fault itemset_read(struct form *form, struct control *control);

/*
 * The words at the marks of a range, from its own <itemset> or from the list
 * that odk:tick-labelset names, into control->marks; NULL where it has neither.
 * Faults as above.
 */
MUST_CHECK enum fault marks_read(struct form *form, struct control *control);
void itemset_free(struct itemset *itemset); /* NULL is fine */
void lists_free(struct form *form);

/* The value of a row, for the caller to free; NULL where it has none. */
char *itemset_value(const struct form *form, const struct itemset *itemset,
		    xmlNode *row);

/* The place of value in the full list, from 0; -1 where it is none of it. */
int itemset_index(const struct itemset *itemset, const char *value);

/* The text of the row's child of that name, for the caller; NULL if none. */
char *itemset_column(const xmlNode *row, const char *name);
