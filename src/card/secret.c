#include "card/secret.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/home.h"
#include "base/memory.h"

/* How such a file begins: see seal/agency_key.h, seal/kiosk_key.h,
 * record/backup.h, ticket/frame.h (FRAME_BACKUP), and SQLite's own. */
static const struct {
	const char *begins, *key;
} marks[] = {
	{ "FOYERAK1", "card.secret_key" },
	{ "FOYERKK1", "card.secret_kiosk" },
	{ "FOYERBK1", "card.secret_record" },
	{ "SQLite format 3", "card.secret_record" },
	{ "58611", "card.secret_key" },
};

static const struct {
	const char *name, *key;
} names[] = {
	{ "agency.key", "card.secret_key" },
	{ "kiosk.key", "card.secret_kiosk" },
	{ HOME_SITE_KEY, "card.secret_site" },
	{ "passphrase.txt", "card.secret_passphrase" },
	{ "passphrase", "card.secret_passphrase" },
	{ "record.db", "card.secret_record" },
};

static const char *by_bytes(const void *bytes, size_t length)
{
	for (size_t i = 0; i < COUNT(marks); i++) {
		size_t wide = strlen(marks[i].begins);

		if (length >= wide && memcmp(bytes, marks[i].begins, wide) == 0)
			return marks[i].key;
	}
	return NULL;
}

static const char *by_name(const char *name)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		if (strcasecmp(name, names[i].name) == 0)
			return names[i].key;
	}
	return NULL;
}

const char *card_secret(const char *name, const void *bytes, size_t length)
{
	const char *held = by_bytes(bytes, length), *named = by_name(name);
	/* A site's own key is a file like a kiosk's. */
	const bool is_site = held && named &&
			     !strcmp(held, "card.secret_kiosk") &&
			     !strcmp(named, "card.secret_site");

	return held && !is_site ? held : named;
}
