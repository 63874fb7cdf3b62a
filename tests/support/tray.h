#pragma once

#include <stdbool.h>

#include "card/folder.h"
#include "seal/card.h"

/*
 * An agency's folder, as it lies on a card, made for a test: a good foyer.ini
 * and a public key of the name "Riverside" to begin with.
 */
struct tray {
	char *path;
	struct card agency;
};

struct tray tray_new(void);
void tray_done(struct tray *tray);

/* Puts bytes at a name in it ("forms/a.xml"), in place of what was there. */
void tray_put(const struct tray *tray, const char *name, const void *bytes,
	      size_t length);
void tray_text(const struct tray *tray, const char *name, const char *text);
void tray_remove(const struct tray *tray, const char *name);

/* The same of a file of tests/data/card. */
void tray_copy(const struct tray *tray, const char *name, const char *data);

/* Puts another agency's key there. */
void tray_key(struct tray *tray, uint8_t byte);

/* Its findings, a line each: "level text\n", in the language of a tag; the
 * caller frees it. */
char *tray_findings(const struct tray *tray, const char *language);

/* The same of a folder that was read. */
char *tray_say(const struct card_folder *folder, const char *language);
