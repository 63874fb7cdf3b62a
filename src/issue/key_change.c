#include "issue/key_change.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/agency.h"
#include "issue/key_gone.h"
#include "issue/keys.h"
#include "seal/reseal.h"

#define NEXT_SECRET "next.key"
#define NEXT_PUBLIC "next.pub"

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

/* A name that no file has yet; the caller frees the path. */
static char *free_path(const struct home *home, const uint8_t public[KEY_BYTES],
		       int64_t now)
{
	char name[KEY_OLD_NAME];
	char *path;

	old_key_name(public, now, 1, name);
	path = path_of(home, name);
	for (int i = 2; file_exists(path); i++) {
		free(path);
		old_key_name(public, now, i, name);
		path = path_of(home, name);
	}
	return path;
}

/* Whether one of the old ones is these very bytes. */
static enum fault is_kept(const struct home *home, const struct bytes *file,
			  bool *kept)
{
	struct old_key list[KEYS_OLD];
	size_t count;
	enum fault fault = keys_old(home, list, &count);

	*kept = false;
	for (size_t i = 0; !fault && !*kept && i < count; i++) {
		SCOPED(char_freep) char *path = path_of(home, list[i].name);
		struct bytes other = { 0 };

		if (!(fault = file_read(path, AGENCY_KEY_FILE_LIMIT, &other)))
			*kept = other.length == file->length &&
				!memcmp(other.data, file->data, file->length);
		bytes_done(&other);
	}
	return fault;
}

enum fault keys_keep_old(const struct key_ready *ready, int64_t now)
{
	const uint8_t *public = agency_key_public(ready->key);
	SCOPED(char_freep) char *path = NULL;
	enum fault fault = key_gone_note_kept(ready->home, public);

	if (fault)
		return fault;
	path = free_path(ready->home, public, now);
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
 *
 * next.pub, then next.key: from there on it counts. Settling copies agency.key
 * to an old key's name, and puts next.pub and then next.key in their places;
 * whichever of them is still there tells how far it came.
 */

/* The present key under an old one's name, once. */
static enum fault keep_present(const struct home *home, int64_t now)
{
	SCOPED(char_freep) char *secret = path_of(home, KEYS_SECRET);
	SCOPED(char_freep) char *public = path_of(home, AGENCY_FILE);
	SCOPED(char_freep) char *old = NULL;
	struct bytes file = { 0 };
	struct card card = { 0 };
	bool found, kept = false;
	enum fault fault;

	if (!file_exists(secret))
		return FAULT_NONE;
	if (!(fault = file_read(secret, AGENCY_KEY_FILE_LIMIT, &file)) &&
	    !(fault = is_kept(home, &file, &kept)) && !kept &&
	    !(fault = agency_file_read(public, &found, &card)) &&
	    !(fault = key_gone_note_kept(home, card.key))) {
		old = free_path(home, card.key, now);
		fault = file_write(old, file.data, file.length, 0600);
	}
	bytes_done(&file);
	return fault;
}

static enum fault move(const char *from, const char *to)
{
	if (rename(from, to) == 0)
		return folder_sync(to);
	log_error("%s: cannot become %s: %s", from, to, strerror(errno));
	return FAULT_SYSTEM;
}

static enum fault end_change(const struct home *home, int64_t now)
{
	SCOPED(char_freep) char *next = path_of(home, NEXT_SECRET);
	SCOPED(char_freep) char *next_public = path_of(home, NEXT_PUBLIC);
	SCOPED(char_freep) char *secret = path_of(home, KEYS_SECRET);
	SCOPED(char_freep) char *public = path_of(home, AGENCY_FILE);
	enum fault fault;

	if ((fault = keep_present(home, now)) ||
	    (file_exists(next_public) && (fault = move(next_public, public))))
		return fault;
	return move(next, secret);
}

static enum fault settle(const struct home *home, int64_t now)
{
	SCOPED(char_freep) char *next = path_of(home, NEXT_SECRET);
	SCOPED(char_freep) char *next_public = path_of(home, NEXT_PUBLIC);

	return file_exists(next) ? end_change(home, now)
				 : file_remove(next_public);
}

enum fault keys_settle(const struct home *home, int64_t now)
{
	const int lock = key_lock_try(home);
	enum fault fault;

	/* Whoever holds it ends what was begun. */
	if (lock < 0)
		return FAULT_NONE;
	fault = settle(home, now);
	close(lock);
	return fault;
}

enum fault keys_change(const struct key_ready *ready, int64_t now)
{
	const struct home *home = ready->home;
	SCOPED(char_freep) char *next = path_of(home, NEXT_SECRET);
	SCOPED(char_freep) char *next_public = path_of(home, NEXT_PUBLIC);
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
	if (end_change(home, now))
		log_warning("%s: the new key counts; what is left of the "
			    "change is done at the next start",
			    home_folder(home, HOME_KEYS));
	return FAULT_NONE;
}
