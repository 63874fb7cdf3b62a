#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/settings.h"
#include "record/enrolled.h"
#include "record/visit.h"
#include "seal/key.h"
#include "ticket/wire.h"

/*
 * Inside the room: the kiosks that may have made a ticket, as the record had
 * them when it was asked last. So whose a ticket is can also be told while the
 * record cannot be reached.
 */
struct makers;

struct maker {
	uint16_t id; /* of its key, as tickets have it */
	uint8_t key[KEY_BYTES];
	char name[ENROLLED_NAME_LIMIT + 1];
	char zone[VISIT_ZONE_LIMIT + 1];
	bool revoked;
	uint32_t last_good;
};

struct makers *makers_new(void); /* none */
void makers_free(struct makers *makers);

/* Asks the record; on a fault they stay what they were. */
MUST_CHECK enum fault makers_read(struct makers *makers, struct record *record);

/* The same from settings, where they were remembered; and what is to be, as
 * lines of its section MAKERS_SECTION. A line that is none is left out. */
#define MAKERS_SECTION "kiosks"
void makers_recall(struct makers *makers, const struct settings *settings);
void makers_write(const struct makers *makers, struct bytes *out);

enum maker_found {
	MAKER_FOUND,
	MAKER_UNKNOWN, /* none has this id */
	MAKER_FORGED,  /* some have, and none signed it */
};

/* Whose signature a wire carries, which says it is of the kiosk of this id: ids
 * may collide. *maker is set where it was found. */
enum maker_found makers_find(const struct makers *makers,
			     const struct wire *wire, uint16_t id,
			     struct maker *maker);
