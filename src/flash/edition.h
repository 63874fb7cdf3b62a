#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "flash/manifest.h"

/*
 * Which variant and version a card is: two lines of a file in its boot
 * partition, that the image itself brings, so that a card written by any card
 * writer says it, too.
 *
 *	variant kiosk
 *	version 2026.11.2
 */
#define EDITION_FILE "version.txt"
#define EDITION_LIMIT 1024 /* bytes of the file */

struct edition {
	char variant[MANIFEST_WORD];
	struct version version;
};

/* False for other text; line ends may be Windows'. */
bool edition_read(const char *text, struct edition *out);
