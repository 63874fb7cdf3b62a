#pragma once

#include <stddef.h>

#include "base/fault.h"
#include "base/home.h"
#include "seal/card.h"

/*
 * Writes an agency's folder for a kiosk's card, from the agency's home:
 * foyer.ini, keys/agency.pub, the kiosk's form with its pictures, the agency's
 * own translations, and the services that were published (card/services.h).
 * Never a secret: these files alone are read.
 */
enum card_prepared {
	CARD_PREPARED,
	CARD_HOME_HAS_NO_KEY,      /* keys/agency.pub */
	CARD_HOME_HAS_NO_SETTINGS, /* foyer.ini */
	CARD_IS_THE_HOME,          /* the folder is a part of the home */
};

/* Hears each file that was written, relative to the folder. */
typedef void card_prepare_told(void *to, const char *name);

/*
 * folder is made if it is not there; files of the same names are replaced,
 * others stay, but a list of services that is published no more. On
 * CARD_PREPARED *agency is the key that was written. FAULT_SYSTEM: a file
 * cannot be read or written. FAULT_FORMAT: the home's foyer.ini or key is
 * damaged, or its list of services none that a kiosk takes; the log says how
 * it is mended, and nothing was written. FAULT_LIMIT.
 */
MUST_CHECK enum fault card_prepare(const struct home *home, const char *folder,
				   card_prepare_told *told, void *to,
				   enum card_prepared *answer,
				   struct card *agency);

/* The agency's folder, where a card's partition itself was named: the folder
 * foyer in it, if it is there and path holds no foyer.ini. The caller frees it.
 */
char *card_folder_in(const char *path);
