#include "issue/keys.h"

#include <string.h>

#include "base/file.h"
#include "issue/agency.h"
#include "issue/key_ready.h"

static void card_of(const struct agency_key *key, struct card *card)
{
	*card = (struct card){ 0 };
	memcpy(card->key, agency_key_public(key), KEY_BYTES);
	strcpy(card->name, agency_key_label(key));
}

/* The secret first: a public key that nobody can open tickets for is worse
 * than none. */
enum fault keys_put_ready(const struct key_ready *ready)
{
	SCOPED(char_freep)
	char *secret = home_path(ready->home, HOME_KEYS, KEYS_SECRET);
	SCOPED(char_freep)
	char *public = home_path(ready->home, HOME_KEYS, AGENCY_FILE);
	struct card card;
	enum fault fault;

	card_of(ready->key, &card);
	/* One of which nobody was told the passphrase is no key. */
	if ((fault = file_write(secret, ready->file.data, ready->file.length,
				0600)) ||
	    (fault = agency_file_write(public, &card)))
		(void)!file_remove(secret);
	return fault;
}

enum fault keys_put(const struct home *home, const struct agency_key *key,
		    enum agency_key_cost cost, const char *passphrase,
		    enum keys_answer *answer)
{
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	enum fault fault =
	    key_ready_first(home, key, cost, passphrase, answer, &ready);

	return fault || !ready ? fault : keys_put_ready(ready);
}

enum fault keys_make(const struct home *home, const char *label,
		     enum agency_key_cost cost, const char *passphrase,
		     int64_t created, enum keys_answer *answer,
		     struct card *card)
{
	SCOPED(agency_key_freep)
	struct agency_key *key = agency_key_make(label, created);

	card_of(key, card);
	return keys_put(home, key, cost, passphrase, answer);
}
