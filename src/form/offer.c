#include "form/offer.h"

#include <stdlib.h>
#include <string.h>

#include "form/value.h"

void offer_forget_items(struct offer *offer)
{
	for (size_t i = 0; offer->items && i < offer->count; i++) {
		wipe_free((char *)offer->items[i].label);
		wipe_free((char *)offer->items[i].image);
	}
	free(offer->items);
	offer->items = NULL;
}

void offer_forget_rows(struct offer *offer)
{
	offer_forget_items(offer);
	free(offer->rows);
	offer->rows = NULL;
	offer->count = 0;
	offer->known = false;
	offer->fault = FAULT_NONE;
}

void offer_free(struct offer *offer)
{
	if (!offer)
		return;
	offer_forget_rows(offer);
	free(offer);
}

const struct row *offer_find(const struct offer *offer, const char *value,
			     size_t length)
{
	for (size_t i = 0; i < offer->count; i++) {
		if (strncmp(offer->rows[i].value, value, length) == 0 &&
		    !offer->rows[i].value[length])
			return &offer->rows[i];
	}
	return NULL;
}
