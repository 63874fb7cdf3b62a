#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "card/services.h"
#include "kiosk/errands.h"
#include "kiosk/needs.h"

struct visit;

/*
 * Somebody who looks through the agency's services: no question is put to them,
 * no number is used, and nothing is kept. Where they are lives in the visitor's
 * process only, and goes with it.
 */
struct browse {
	size_t tongue;                 /* among the offered languages */
	const struct need *need;       /* NULL: none was chosen yet */
	const struct service *service; /* of the hall; NULL likewise */
	int slips;                     /* printed for them */
	bool sent; /* one, to the printer, which has not answered yet */
};

/* For one person, so that paper is left for tickets; no more would be printed.
 */
#define BROWSE_SLIPS ERRAND_PAPERS
