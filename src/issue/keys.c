#include "issue/keys.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "issue/agency.h"
#include "issue/key_gone.h"

/* A board with 2 GB shows somewhat less; 256 MiB would hurt it. */
#define PC_MEMORY (3LL << 30)

enum agency_key_cost keys_cost(const struct home *home)
{
	long long memory =
	    (long long)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);

	if (home_is_demo(home))
		return AGENCY_KEY_DEMO;
	return memory < PC_MEMORY ? AGENCY_KEY_PI : AGENCY_KEY_PC;
}

static void card_of(const struct agency_key *key, struct card *card)
{
	*card = (struct card){ 0 };
	memcpy(card->key, agency_key_public(key), KEY_BYTES);
	strcpy(card->name, agency_key_label(key));
}

/* The secret first: a public key that nobody can open tickets for is worse
 * than none. */
static enum fault write_both(const struct home *home,
			     const struct agency_key *key,
			     enum agency_key_cost cost, const char *passphrase)
{
	SCOPED(char_freep)
	char *secret = home_path(home, HOME_KEYS, KEYS_SECRET);
	SCOPED(char_freep)
	char *public = home_path(home, HOME_KEYS, AGENCY_FILE);
	struct bytes file = { 0 };
	struct card card;
	enum fault fault = agency_key_lock(key, cost, passphrase, &file);

	card_of(key, &card);
	/* One of which nobody was told the passphrase is no key. */
	if (!fault &&
	    ((fault = file_write(secret, file.data, file.length, 0600)) ||
	     (fault = agency_file_write(public, &card))))
		(void)!file_remove(secret);
	bytes_done(&file);
	return fault;
}

enum fault keys_put(const struct home *home, const struct agency_key *key,
		    enum agency_key_cost cost, const char *passphrase,
		    enum keys_answer *answer)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KEYS, KEYS_SECRET);
	enum fault fault;
	bool gone;

	*answer = KEYS_MADE;
	if (file_exists(path)) {
		*answer = KEYS_THERE_ALREADY;
		return FAULT_NONE;
	}
	if ((fault = key_gone_is(home, agency_key_public(key), &gone)))
		return fault;
	if (gone) {
		*answer = KEYS_DESTROYED;
		return FAULT_NONE;
	}
	if ((fault = folder_make(home_folder(home, HOME_KEYS))))
		return fault;
	return write_both(home, key, cost, passphrase);
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

enum fault keys_open(const struct home *home, const char *passphrase,
		     enum agency_key_answer *answer, struct agency_key **out)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KEYS, KEYS_SECRET);
	struct bytes file = { 0 };
	enum fault fault = file_read(path, AGENCY_KEY_FILE_LIMIT, &file);

	if (!fault)
		fault = agency_key_unlock(file.data, file.length, passphrase,
					  answer, out);
	bytes_done(&file);
	return fault;
}
