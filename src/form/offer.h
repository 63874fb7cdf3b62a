#pragma once

#include "base/fault.h"
#include "form/model.h"
#include "form/offered.h"

/*
 * The choices offered to a node: which rows, until an answer that their filter
 * reads has changed; and their labels, until any answer or the language has.
 */
struct row {
	const char *value;
	xmlNode *row;
	const struct words *label;
};

struct offer {
	struct row *rows;
	size_t count;
	bool known;       /* the rows are those of now */
	enum fault fault; /* why there are none: their filter failed */

	struct choice_item *items; /* NULL: not asked for */
	uint64_t generation;       /* that the items are of */
};

void offer_free(struct offer *offer); /* NULL is fine */
void offer_forget_rows(struct offer *offer);
void offer_forget_items(struct offer *offer);

/* The first row of that value (length bytes); NULL if there is none. */
const struct row *offer_find(const struct offer *offer, const char *value,
			     size_t length);
