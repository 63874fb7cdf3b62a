#include "issue/key_change.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/agency.h"
#include "issue/key_gone.h"
#include "issue/keys.h"
#include "seal/reseal.h"

static char *path_of(const struct home *home, const char *name)
{
	return home_path(home, HOME_KEYS, name);
}

/* --- the old ones ----------------------------------------------------------
 */

/* Of one whose file does not tell: where the passphrase does not open it, it
 * may be that key. */
static enum fault try_old(const struct home *home, const struct old_key *old,
			  const uint8_t public[KEY_BYTES],
			  const char *passphrase, bool *same)
{
	SCOPED(char_freep) char *path = path_of(home, old->name);
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	enum agency_key_answer answer = AGENCY_KEY_WRONG_PASSPHRASE;
	struct bytes file = { 0 };
	enum fault fault = file_read(path, AGENCY_KEY_FILE_LIMIT, &file);

	if (!fault)
		fault = agency_key_unlock(file.data, file.length, passphrase,
					  &answer, &key);
	bytes_done(&file);
	*same = answer != AGENCY_KEY_OPENED ||
		!memcmp(agency_key_public(key), public, KEY_BYTES);
	return fault;
}

static enum fault has_old(const struct home *home,
			  const uint8_t public[KEY_BYTES],
			  const char *passphrase, bool *has)
{
	struct old_key list[KEYS_OLD];
	size_t count;
	enum fault fault = keys_old(home, list, &count);

	*has = false;
	for (size_t i = 0; !fault && !*has && i < count; i++) {
		*has = old_key_may_be(&list[i], public);
		if (*has && !*list[i].fingerprint)
			fault =
			    try_old(home, &list[i], public, passphrase, has);
	}
	return fault;
}

/* 0: nobody knows when it was made, as paper does not tell a machine. */
static bool is_earlier(const struct agency_key *key,
		       const struct agency_key *present)
{
	return agency_key_created(key) && agency_key_created(present) &&
	       agency_key_created(key) < agency_key_created(present);
}

enum fault keys_may_join(const struct home *home, const struct agency_key *key,
			 const struct agency_key *present,
			 const char *passphrase, enum keys_join *answer)
{
	const uint8_t *public = agency_key_public(key);
	bool old = false, gone = false;
	enum fault fault = has_old(home, public, passphrase, &old);

	if (!fault)
		fault = key_gone_is(home, public, &gone);
	/* A destroyed one whose file a cut has left is kept until it goes. */
	*answer = !memcmp(agency_key_public(present), public, KEY_BYTES)
		      ? KEYS_JOIN_SAME
		  : old                      ? KEYS_JOIN_KEPT
		  : gone                     ? KEYS_JOIN_DESTROYED
		  : is_earlier(key, present) ? KEYS_JOIN_EARLIER
					     : KEYS_JOIN;
	return fault;
}

enum fault keys_keep_old(const struct key_ready *ready, int64_t now)
{
	const uint8_t *public = agency_key_public(ready->key);
	SCOPED(char_freep) char *path = NULL;
	enum fault fault = key_gone_note_kept(ready->home, public);

	if (fault)
		return fault;
	path = key_old_path(ready->home, public, now);
	return file_write(path, ready->file.data, ready->file.length, 0600);
}

/* Whether another file may be of the same key, and the present key. */
static enum fault find_others(const struct home *home,
			      const struct old_key *old, bool *other,
			      bool *present, struct card *card)
{
	SCOPED(char_freep) char *public = path_of(home, AGENCY_FILE);
	struct old_key list[KEYS_OLD];
	size_t count;
	enum fault fault;

	if ((fault = keys_old(home, list, &count)) ||
	    (fault = agency_file_read(public, present, card)))
		return fault;
	*other = false;
	for (size_t i = 0; i < count; i++)
		*other |= strcmp(list[i].name, old->name) != 0 &&
			  old_keys_may_match(&list[i], old);
	return FAULT_NONE;
}

enum fault keys_is_copy(const struct home *home, const struct old_key *old,
			bool *copy)
{
	struct card card;
	bool other, present;
	enum fault fault = find_others(home, old, &other, &present, &card);

	*copy = !fault && (other || (present && old_key_may_be(old, card.key)));
	return fault;
}

static enum fault note_and_remove(const struct home *home,
				  const struct old_key *old)
{
	struct card card;
	bool other, present;
	enum fault fault = find_others(home, old, &other, &present, &card);

	if (!fault && !other)
		fault = key_gone_note_destroyed(home, old->id, old->fingerprint,
						present ? card.key : NULL);
	return fault ? fault
		     : reseal_destroy(home_folder(home, HOME_KEYS), old->name);
}

enum fault keys_destroy(const struct home *home, const struct old_key *old)
{
	int lock;
	enum fault fault = key_lock_take(home, &lock);

	if (fault)
		return fault;
	fault = note_and_remove(home, old);
	close(lock);
	return fault;
}

/* --- a change --------------------------------------------------------------
 */

enum fault keys_change(const struct key_ready *ready, int64_t now)
{
	const struct home *home = ready->home;
	SCOPED(char_freep) char *next = path_of(home, KEY_NEXT_SECRET);
	SCOPED(char_freep) char *next_public = path_of(home, KEY_NEXT_PUBLIC);
	struct card card = { 0 };
	enum fault fault;

	memcpy(card.key, agency_key_public(ready->key), KEY_BYTES);
	strcpy(card.name, agency_key_label(ready->key));
	if (!(fault = agency_file_write(next_public, &card)) &&
	    (fault =
		 file_write(next, ready->file.data, ready->file.length, 0600)))
		(void)!file_remove(
		    next); /* it may be there, and does not count */
	if (fault)
		return fault;
	/* It counts, whatever becomes of the rest. */
	if (key_settle_end(home, now))
		log_warning("%s: the new key counts; what is left of the "
			    "change is done at the next start",
			    home_folder(home, HOME_KEYS));
	return FAULT_NONE;
}
