#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/memory.h"
#include "card/finding.h"
#include "seal/card.h"

/*
 * An agency's folder, as it lies on the small partition of a kiosk's card:
 *
 *	foyer.ini          settings, see base/settings.h
 *	agency.pub         the agency's public key
 *	forms/NAME.xml     forms of its own
 *	translations/TAG.po
 *	pictures/          SVG or PNG, for its forms
 *	services.json      what may be looked through, see card/services.h
 *
 * Whoever edits it has a laptop and no technician, so much is forgiven: a byte
 * order mark, Windows' line ends, UTF-16, capital letters, ".txt" behind a
 * name, and files that macOS and Windows leave behind. All the rest is said,
 * in words (card/finding.h).
 */
#define CARD_FILES 400 /* in its folders together, and looked at */
#define CARD_FOLDER_BYTES (24 * 1024 * 1024) /* taken together */
#define CARD_NAME_MOST 100                   /* bytes of a file's name */

/* A file that may be taken. */
struct card_file {
	char *name; /* as it is called from now on: "forms/intake.xml" */
	char *path; /* where it lies */
	uint8_t digest[DIGEST_BYTES]; /* of its bytes; foyer.ini's made plain */
};

struct card_folder {
	struct card_findings findings;
	struct card_file *files; /* in the order of their names */
	size_t count;
	struct bytes settings; /* foyer.ini, made plain; empty without one */
	bool has_agency;
	struct card agency;
	char *form; /* [kiosk] form: the name without .xml */
};

/*
 * Reads the folder; what cannot be read is a finding. shipped is Foyer's own
 * folder of forms, or NULL: a form of it need not be on the card. Nothing that
 * was left out, or must be mended first, is among the files.
 */
void card_folder_read(const char *path, const char *shipped,
		      struct card_folder *out);
void card_folder_done(struct card_folder *folder);

/* Whether it may be taken: nothing on it stops that. */
bool card_folder_serves(const struct card_folder *folder);

/*
 * A file's bytes as they are to be written, once more from the card: they are
 * what was looked at, or FAULT_FORMAT. FAULT_SYSTEM: it cannot be read.
 */
MUST_CHECK enum fault card_file_bytes(const struct card_folder *folder,
				      const struct card_file *file,
				      struct bytes *out);
