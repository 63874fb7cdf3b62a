#include "issue/key_ready.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/key_gone.h"
#include "issue/key_open.h"
#include "issue/key_settle.h"
#include "issue/key_told.h"
#include "seal/reseal.h"

static enum fault begin(const struct home *home, const struct agency_key *key,
			struct key_ready **out)
{
	int lock;
	enum fault fault = key_lock_take(home, &lock);

	if (fault)
		return fault;
	*out = xcalloc(1, sizeof **out);
	**out = (struct key_ready){ .home = home, .key = key, .lock = lock };
	return FAULT_NONE;
}

void key_ready_free(struct key_ready *ready)
{
	if (!ready)
		return;
	bytes_done(&ready->file);
	close(ready->lock);
	free(ready);
}

static enum fault look_first(const struct home *home,
			     const struct agency_key *key,
			     enum keys_answer *answer)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KEYS, KEYS_SECRET);
	bool gone;
	enum fault fault;

	*answer = KEYS_THERE_ALREADY;
	if (file_exists(path))
		return FAULT_NONE;
	*answer = KEYS_MADE;
	if (!(fault = key_gone_is(home, agency_key_public(key), &gone)) && gone)
		*answer = KEYS_DESTROYED;
	return fault;
}

enum fault key_ready_first(const struct home *home,
			   const struct agency_key *key,
			   enum agency_key_cost cost, const char *passphrase,
			   enum keys_answer *answer, struct key_ready **out)
{
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	enum fault fault;

	*out = NULL;
	*answer = KEYS_MADE;
	if ((fault = folder_make(home_folder(home, HOME_KEYS))) ||
	    (fault = begin(home, key, &ready)) ||
	    (fault = look_first(home, key, answer)) || *answer != KEYS_MADE)
		return fault;
	if ((fault = agency_key_lock(key, cost, passphrase, &ready->file)))
		return fault;
	*out = ready;
	ready = NULL;
	return FAULT_NONE;
}

/* It may have been changed since somebody typed it. */
static enum fault try_passphrase(const struct home *home,
				 const char *passphrase)
{
	SCOPED(agency_key_freep) struct agency_key *present = NULL;
	enum agency_key_answer answer;
	enum fault fault = keys_open(home, passphrase, &answer, &present);

	if (fault || answer == AGENCY_KEY_OPENED)
		return fault;
	log_error("%s: the passphrase of the keys was changed meanwhile, so "
		  "nothing was done; begin again with the new one",
		  home_folder(home, HOME_KEYS));
	return FAULT_SYSTEM;
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

enum fault key_ready_beside(const struct home *home,
			    const struct agency_key *key,
			    enum agency_key_cost cost, const char *passphrase,
			    int64_t now, struct key_ready **out)
{
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	const char *folder = home_folder(home, HOME_KEYS);
	enum fault fault;

	*out = NULL;
	/* What a change of the passphrase left beside agency.key is of the
	 * present key, and would take the next one's place later. */
	if ((fault = begin(home, key, &ready)) ||
	    (fault = keys_settle_alone(home, now)) ||
	    (fault = reseal_settle_alone(folder, passphrase)) ||
	    (fault = has_room(home)) ||
	    (fault = try_passphrase(home, passphrase)) ||
	    (fault = agency_key_lock(key, cost, passphrase, &ready->file)))
		return fault;
	*out = ready;
	ready = NULL;
	return FAULT_NONE;
}
