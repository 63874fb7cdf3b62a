#include "filing/retire.h"

#include <stdlib.h>

#include "record/names.h"
#include "record/ticket.h"
#include "ticket/wire.h"

enum fault retire_aside(struct record *record, uint16_t id, size_t *aside)
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

enum fault retire_key(struct record *record, uint16_t id,
		      const uint8_t keep[KEY_BYTES], enum retire_answer *answer,
		      size_t *aside)
{
	bool kept;
	enum fault fault = retire_aside(record, id, aside);

	*answer = RETIRE_TICKETS;
	if (fault || *aside)
		return fault;
	*answer = RETIRE_READY;
	if (!(fault = names_forget_key(record, id, keep, &kept)) && !kept)
		*answer = RETIRE_NAMES;
	return fault;
}
