#include "filing/retire.h"

#include <stdlib.h>

#include "filing/kept.h"
#include "record/names.h"
#include "record/ticket.h"
#include "ticket/wire.h"

/* How many are kept aside that a key of this id opens. */
static enum fault count_aside(struct record *record, uint16_t id, size_t *aside)
{
	struct held *held = NULL;
	size_t count = 0;
	enum fault fault = held_read(record, &held, &count);

	*aside = 0;
	for (size_t i = 0; !fault && i < count; i++) {
		struct wire_header header;

		*aside += wire_read(held[i].wire, held[i].length, &header) ==
			      WIRE_SOUND &&
			  header.agency == id;
	}
	free(held);
	return fault;
}

static enum fault count_tickets(struct record *record, const struct home *home,
				uint16_t id, enum retire_answer *answer,
				size_t *count)
{
	enum fault fault = count_aside(record, id, count);

	*answer = *count ? RETIRE_TICKETS : RETIRE_READY;
	if (fault || *count)
		return fault;
	fault = kept_sealed_to(home, id, count);
	*answer = *count ? RETIRE_KEPT : RETIRE_READY;
	return fault;
}

enum fault retire_key(struct record *record, const struct home *home,
		      const struct retiring *key, enum retire_answer *answer,
		      size_t *count)
{
	bool kept;
	enum fault fault = count_tickets(record, home, key->id, answer, count);

	if (fault || *answer != RETIRE_READY)
		return fault;
	if (!(fault = names_forget_key(record, key->id, key->fingerprint,
				       key->keep, &kept)) &&
	    !kept)
		*answer = RETIRE_NAMES;
	return fault;
}
