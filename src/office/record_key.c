#include "office/record_key.h"

#include <stdio.h>
#include <string.h>

#include "issue/agency.h"
#include "issue/key_gone.h"
#include "office/desk.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "record/restore.h"
#include "seal/secret.h"

enum fault record_card(const struct home *home, const char *verb,
		       const char *what_for, bool *found, struct card *card)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KEYS, AGENCY_FILE);
	enum fault fault = agency_file_read(path, found, card);

	if (!fault && !*found)
		fprintf(stderr,
			"foyer record %s: %s: there is no key %s; make one\n"
			"with `foyer key new`\n",
			verb, path, what_for);
	return fault;
}

/* The key of the ring that has this public half, or NULL. */
static const struct agency_key *key_of(const struct ring *ring,
				       const uint8_t public[KEY_BYTES])
{
	const uint16_t id = key_id(KEY_AGENCY, public);
	const struct agency_key *key;

	for (size_t n = 0; (key = ring_find(ring, id, n)); n++) {
		if (memcmp(agency_key_public(key), public, KEY_BYTES) == 0)
			return key;
	}
	return NULL;
}

static int no_key(const struct home *home, const char *verb,
		  const struct ring_tried *tried)
{
	fprintf(stderr, "foyer record %s: %s: %s\n", verb,
		home_folder(home, HOME_KEYS),
		tried->sound
		    ? "that is not the passphrase of a key here"
		    : "no key is here. Put a copy of the agency's key file "
		      "(agency.key) there first");
	return EXIT_INPUT;
}

int record_key(const struct home *home, const char *verb, int descriptor,
	       const uint8_t public[KEY_BYTES], struct ring *ring,
	       const struct agency_key **key)
{
	char passphrase[PASSPHRASE_LIMIT];
	struct ring_tried tried = { 0 };
	enum fault fault =
	    passphrase_read(home, descriptor, "Passphrase: ", passphrase);

	if (!fault)
		fault = ring_unlock(ring, home_folder(home, HOME_KEYS),
				    passphrase, &tried);
	secret_wipe(passphrase, sizeof passphrase);
	if (fault)
		return fault_exit(fault);
	if (!tried.opened)
		return no_key(home, verb, &tried);
	*key = key_of(ring, public);
	return EXIT_DONE;
}

/* Of a key that is not here. Where its file is, because a cut kept it from
 * going, it opens what it did until whoever destroys it asks again. */
static enum fault is_gone(const struct home *home, const char *verb,
			  const struct record_sealed *file,
			  const uint8_t public[KEY_BYTES], bool *gone)
{
	enum fault fault = key_gone_is(home, public, gone);

	if (!fault && *gone)
		fprintf(stderr,
			"foyer record %s: %s: it is sealed to %04X, which was "
			"destroyed here, for good, so\nthat nothing that was "
			"sealed to it is opened again: erase this file, and "
			"use one from\nafter the key was changed\n",
			verb, file->path, key_id(KEY_AGENCY, public));
	return fault;
}

int record_sealed_key(const struct home *home, const char *verb, int descriptor,
		      const struct record_sealed *file, struct ring *ring,
		      enum backup_answer *answer, const struct agency_key **key)
{
	struct backup_head head;
	enum fault fault = restore_look(file->path, &head, answer);
	bool gone;
	int status;

	if (fault)
		return fault_exit(fault);
	if (*answer == BACKUP_SOUND && head.what != file->what)
		*answer = BACKUP_OF_OTHER;
	if (*answer != BACKUP_SOUND)
		return EXIT_DONE;
	status = record_key(home, verb, descriptor, head.agency, ring, key);
	if (status || *key)
		return status;
	if ((fault = is_gone(home, verb, file, head.agency, &gone)) || gone)
		return fault ? fault_exit(fault) : EXIT_INPUT;
	*answer = BACKUP_NOT_OURS;
	return EXIT_DONE;
}
