#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/home.h"
#include "card/folder.h"

/*
 * What a kiosk took from its card, copied into its home and pinned there: a
 * card that is changed later changes nothing by itself, for whoever can change
 * it could reword what people consent to.
 *
 * The pins are lines of a SHA-256 in hex, two blanks and a file's name, in the
 * file card.pins of the kiosk's folder, as sha256sum(1) writes them.
 */
enum card_change { CARD_ADDED, CARD_CHANGED, CARD_GONE };

struct card_changes {
	struct card_changed {
		enum card_change change;
		char *name; /* "forms/intake.xml" */
	} * list;
	size_t count;
};

/* Whether anything was ever taken. */
bool card_is_pinned(const struct home *home);

/* What the folder holds otherwise than the pins. The caller releases *out with
 * card_changes_done(). FAULT_SYSTEM: the pins cannot be read. */
MUST_CHECK enum fault card_compare(const struct home *home,
				   const struct card_folder *folder,
				   struct card_changes *out);
/*
 * What the home's own copies hold otherwise than the pins, CARD_CHANGED or
 * CARD_GONE: somebody came by them without staff's PIN. form is the one whose
 * pictures were taken ([kiosk] form). Released and failing likewise.
 */
MUST_CHECK enum fault card_kept(const struct home *home, const char *form,
				struct card_changes *out);
void card_changes_done(struct card_changes *changes);

/*
 * Takes all that the folder holds, in staff's name: everything is copied beside
 * what is there first, and only then put in its place, so that a power cut
 * leaves the old files or, after card_go_on(), the new ones. What was taken
 * before and is not on the card any more is removed.
 * FAULT_FORMAT: a file changed since it was looked at. FAULT_SYSTEM.
 */
MUST_CHECK enum fault card_take(const struct home *home,
				const struct card_folder *folder);

/*
 * Staff took the agency's key otherwise than from the card: what lies in the
 * home is pinned, so that a card that still has the old one differs from it.
 * Where nothing was ever taken from a card there is no pin. FAULT_SYSTEM.
 */
MUST_CHECK enum fault card_pin_key(const struct home *home);

/* At each start: ends what a power cut interrupted. FAULT_SYSTEM. */
MUST_CHECK enum fault card_go_on(const struct home *home);
