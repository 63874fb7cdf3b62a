#pragma once

#include <stddef.h>

#include "base/lender.h"
#include "kiosk/hall.h"

/*
 * What a visitor's process may be lent to read: the program's own data (words,
 * fonts, keyboards) and what tells headphones from a loudspeaker. No key, no
 * ticket, no setting is below any of these.
 */
#define SHELF_MOST 32

struct shelf {
	char *folders[SHELF_MOST]; /* without links, as base/lender.h */
	size_t count;
};

/* What is not there is left out. The folders belong to the caller. */
void shelf_fill(const struct hall *hall, struct shelf *shelf);

/* The same for the lender, with what is lent by its name: a sound card may be
 * plugged in while somebody answers. */
struct lender_shelf shelf_lent(const struct shelf *shelf);
