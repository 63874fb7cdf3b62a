#pragma once

#include <stddef.h>

/*
 * What must never be on a card, by its bytes and by its name: the agency's
 * secret key, its paper backup, a passphrase, a kiosk's or a site's own key,
 * the record or a copy of it. A card is carried about and can be read by
 * whoever finds it.
 *
 * The key of the finding that says so, or NULL for a file that may be there.
 */
const char *card_secret(const char *name, const void *bytes, size_t length);

#define CARD_SECRET_LOOK 64 /* bytes from the beginning that are enough */
