#include "issue/key_change.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
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

/* --- alone ----------------------------------------------------------------
 */

/* Who changes the keys, or their passphrase (seal/reseal.h), is alone. -1:
 * somebody else does; the caller closes it. */
static int take_lock(const struct home *home)
{
	const int lock = open(home_folder(home, HOME_KEYS),
			      O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (lock < 0 || !flock(lock, LOCK_EX | LOCK_NB))
		return lock;
	close(lock);
	return -1;
}

static enum fault take_lock_or_say(const struct home *home, int *lock)
{
	*lock = take_lock(home);
	if (*lock >= 0)
		return FAULT_NONE;
	log_error("%s: another program changes the keys now; try again in a "
		  "minute",
		  home_folder(home, HOME_KEYS));
	return FAULT_SYSTEM;
}

/* --- the old ones ----------------------------------------------------------
 */

/* One that the passphrase does not open may be it. */
static enum fault may_be(const struct home *home, const struct old_key *old,
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
	const uint16_t id = key_id(KEY_AGENCY, public);
	struct old_key list[KEYS_OLD];
	size_t count;
	enum fault fault = keys_old(home, list, &count);

	*has = false;
	for (size_t i = 0; !fault && !*has && i < count; i++) {
		if (list[i].id == id)
			fault = may_be(home, &list[i], public, passphrase, has);
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
static char *free_path(const struct home *home, uint16_t id, int64_t now)
{
	const time_t seconds = (time_t)now;
	struct tm utc = { 0 };
	char day[16], name[KEY_OLD_NAME];
	char *path;

	gmtime_r(&seconds, &utc);
	strftime(day, sizeof day, "%Y%m%d", &utc);
	snprintf(name, sizeof name, "old-%04X-%s.key", id, day);
	path = path_of(home, name);
	for (int i = 2; file_exists(path); i++) {
		free(path);
		snprintf(name, sizeof name, "old-%04X-%s-%d.key", id, day, i);
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

/* Sooner or later a desk would try no more of them (RING_LIMIT). */
static enum fault has_room(const struct home *home)
{
	struct old_key list[KEYS_OLD];
	size_t count;
	enum fault fault = keys_old(home, list, &count);

	/* One place is the next key's, which is a file of its own meanwhile. */
	if (fault || count < KEYS_OLD - 1)
		return fault;
	log_error("%s: too many old keys are kept: destroy those whose time "
		  "has come with `foyer key destroy`",
		  home_folder(home, HOME_KEYS));
	return FAULT_LIMIT;
}

static enum fault keep_old(const struct home *home,
			   const struct agency_key *key,
			   enum agency_key_cost cost, const char *passphrase,
			   int64_t now)
{
	struct bytes file = { 0 };
	enum fault fault = has_room(home);

	if (!fault)
		fault = key_gone_note_kept(home, agency_key_public(key));
	if (!fault)
		fault = agency_key_lock(key, cost, passphrase, &file);
	if (!fault) {
		SCOPED(char_freep)
		char *path = free_path(home, agency_key_id(key), now);

		fault = file_write(path, file.data, file.length, 0600);
	}
	bytes_done(&file);
	return fault;
}

enum fault keys_keep_old(const struct home *home, const struct agency_key *key,
			 enum agency_key_cost cost, const char *passphrase,
			 int64_t now)
{
	int lock;
	enum fault fault = take_lock_or_say(home, &lock);

	if (fault)
		return fault;
	fault = keep_old(home, key, cost, passphrase, now);
	close(lock);
	return fault;
}

/* Whether another old key's file has its id, and the present key. */
static enum fault find_others(const struct home *home,
			      const struct old_key *old, bool *other,
			      bool *present, struct card *card)
{
	SCOPED(char_freep) char *public = path_of(home, AGENCY_FILE);
	struct old_key list[KEYS_OLD];
	size_t count;
	bool found;
	enum fault fault;

	if ((fault = keys_old(home, list, &count)) ||
	    (fault = agency_file_read(public, &found, card)))
		return fault;
	*other = false;
	for (size_t i = 0; i < count; i++)
		*other |=
		    list[i].id == old->id && strcmp(list[i].name, old->name);
	*present = found;
	return FAULT_NONE;
}

enum fault keys_is_copy(const struct home *home, const struct old_key *old,
			bool *copy)
{
	struct card card;
	bool other, present;
	enum fault fault = find_others(home, old, &other, &present, &card);

	*copy = !fault &&
		(other || (present && key_id(KEY_AGENCY, card.key) == old->id));
	return fault;
}

static enum fault note_and_remove(const struct home *home,
				  const struct old_key *old)
{
	struct card card;
	bool other, present;
	enum fault fault = find_others(home, old, &other, &present, &card);

	if (!fault && !other)
		fault = key_gone_note_destroyed(home, old->id,
						present ? card.key : NULL);
	return fault ? fault
		     : reseal_destroy(home_folder(home, HOME_KEYS), old->name);
}

enum fault keys_destroy(const struct home *home, const struct old_key *old)
{
	int lock;
	enum fault fault = take_lock_or_say(home, &lock);

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
		old = free_path(home, key_id(KEY_AGENCY, card.key), now);
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
	const int lock = take_lock(home);
	enum fault fault;

	/* Whoever holds it ends what was begun. */
	if (lock < 0)
		return FAULT_NONE;
	fault = settle(home, now);
	close(lock);
	return fault;
}

static enum fault change(const struct home *home, const struct agency_key *key,
			 enum agency_key_cost cost, const char *passphrase,
			 int64_t now)
{
	SCOPED(char_freep) char *next = path_of(home, NEXT_SECRET);
	SCOPED(char_freep) char *next_public = path_of(home, NEXT_PUBLIC);
	struct bytes file = { 0 };
	struct card card = { 0 };
	enum fault fault;

	memcpy(card.key, agency_key_public(key), KEY_BYTES);
	strcpy(card.name, agency_key_label(key));
	if ((fault = settle(home, now)) || (fault = has_room(home)))
		return fault;
	if (!(fault = agency_key_lock(key, cost, passphrase, &file)) &&
	    !(fault = agency_file_write(next_public, &card)) &&
	    (fault = file_write(next, file.data, file.length, 0600)))
		(void)!file_remove(
		    next); /* it may be there, and does not count */
	bytes_done(&file);
	if (fault)
		return fault;
	/* It counts, whatever becomes of the rest. */
	if (end_change(home, now))
		log_warning("%s: the new key counts; what is left of the "
			    "change is done at the next start",
			    home_folder(home, HOME_KEYS));
	return FAULT_NONE;
}

enum fault keys_change(const struct home *home, const struct agency_key *key,
		       enum agency_key_cost cost, const char *passphrase,
		       int64_t now)
{
	const char *folder = home_folder(home, HOME_KEYS);
	enum fault fault;
	int lock;

	/* What a change of the passphrase left beside agency.key is of the
	 * present key, and would take the next one's place later. */
	if ((fault = keys_settle(home, now)) ||
	    (fault = reseal_settle(folder, passphrase)))
		return fault;
	if ((fault = take_lock_or_say(home, &lock)))
		return fault;
	fault = change(home, key, cost, passphrase, now);
	close(lock);
	return fault;
}
