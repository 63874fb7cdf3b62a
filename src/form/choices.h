#pragma once

#include "base/fault.h"
#include "form/node.h"
#include "form/offered.h"

/* The choices that a select offers now. */

/*
 * What of a select's value is offered now, for the caller to wipe and free;
 * NULL where node is no select, so that all of it shows.
 */
char *choices_shown(struct node *node);

/* Looks for a select's choices of now. FAULT_*: its filter failed; it was
 * said. */
enum fault choices_try(struct node *node);

/* Whether it is a select that offers nothing now, as its filter leaves nothing
 * or failed. */
bool choices_none(struct node *node);

/* Whether the length bytes at value are a choice offered to a select now. */
bool choices_has(struct node *node, const char *value, size_t length);

/* The words of value that are choices, once each and in choice order; for the
 * caller to wipe and free. */
char *choices_in_order(const struct node *node, const char *value);

/* What node_each_choice() does; visit is its choice_visit. */
void choices_each(struct node *node,
		  void (*visit)(void *to, const struct choice_item *item),
		  void *to);

/* What is offered may have changed. */
void choices_forget(struct node *node);

/* The label of a choice, for the caller; NULL where it is not offered. */
char *choices_label(struct node *node, const char *value);

/* The key of that label, or of a range's mark, among the form's texts; NULL
 * where it has none. */
char *choices_key(struct node *node, const char *value);

/* What node_choices() and node_choice_column() give. */
MUST_CHECK enum fault choices_items(struct node *node,
				    const struct choice_item **items,
				    size_t *count);
const char *choices_column(struct node *node, const char *value,
			   const char *column);
