#include "desk/key_put.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/enter.h"
#include "issue/key_change.h"
#include "issue/keys.h"
#include "record/names.h"
#include "record/user.h"

/* --- whoever asks
 * --------------------------------------------------------- */

/* The agency key's passphrase, which their own opens. */
static bool take_own(struct desk *desk, const char *typed,
		     char passphrase[PASSPHRASE_LIMIT])
{
	struct user_in in;
	bool good;

	if (user_enter(desk->record, desk->staff.user, typed, desk->staff.desk,
		       desk->clock.now, &in)) {
		desk_say_trouble(desk);
		return false;
	}
	good = in.answer == USER_DONE && in.key;
	if (good)
		strcpy(passphrase, in.key);
	else if (in.answer == USER_SLOWED)
		desk_say_key(desk, "box.slowed");
	else
		desk_say_key(desk, in.answer == USER_DONE ? "desk.not_yours"
							  : "box.wrong");
	user_in_done(&in);
	return good;
}

bool key_put_ask(struct desk *desk, const char *typed,
		 char passphrase[PASSPHRASE_LIMIT], struct agency_key **present)
{
	enum agency_key_answer answer = AGENCY_KEY_WRONG_PASSPHRASE;

	if (strlen(typed) >= PASSPHRASE_LIMIT)
		return false;
	strcpy(passphrase, typed);
	passphrase_tidy(passphrase);
	if (enter_is_own(desk)) {
		SCOPED(char_wipep) char *own = xstrdup(passphrase);

		if (!take_own(desk, own, passphrase))
			return false;
	}
	/* Of a change that was cut short nothing is left halfway. */
	if (keys_settle(desk->home, desk->clock.now / 1000) ||
	    keys_open(desk->home, passphrase, &answer, present))
		desk_say_key(desk, "box.failed");
	else if (answer != AGENCY_KEY_OPENED)
		desk_say_key(desk, "box.wrong");
	return answer == AGENCY_KEY_OPENED;
}

/* --- what is done
 * --------------------------------------------------------- */

enum fault key_put_do(struct desk *desk, const char *act, uint16_t key,
		      record_deed *deed, void *to, bool *noted)
{
	char id[5];
	bool done;
	enum fault fault;

	snprintf(id, sizeof id, "%04X", key);
	fault = record_note_doing(
	    desk->record, &(struct record_doing){ act, "agency", id, deed, to },
	    &desk->staff.who, desk->clock.now, &done);
	/* It counts, whether or not its row does. */
	*noted = !fault;
	return done ? FAULT_NONE : fault;
}

/* A key that is ready for its place, and the desk whose clock tells when. */
struct placing {
	const struct desk *desk;
	const struct key_ready *ready;
};

static enum fault put_over(void *to)
{
	const struct placing *placing = to;

	return keys_change(placing->ready, placing->desk->clock.now / 1000);
}

static enum fault put_aside(void *to)
{
	const struct placing *placing = to;

	return keys_keep_old(placing->ready, placing->desk->clock.now / 1000);
}

/* Its file is made before the record is anybody's alone: that takes seconds. */
static enum fault put_ready(struct desk *desk, const char *act,
			    const struct agency_key *key,
			    const char *passphrase, record_deed *deed,
			    bool *noted)
{
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	enum fault fault =
	    key_ready_beside(desk->home, key, keys_cost(desk->home), passphrase,
			     desk->clock.now / 1000, &ready);

	return fault ? fault
		     : key_put_do(desk, act, agency_key_id(key), deed,
				  &(struct placing){ desk, ready }, noted);
}

static void note_failure(struct desk *desk, const struct agency_key *key)
{
	char id[5];

	snprintf(id, sizeof id, "%04X", agency_key_id(key));
	/* What kept that from the record is in the log. */
	(void)!record_note(desk->record, "key-change-failed", "agency", id,
			   &desk->staff.who, desk->clock.now);
}

enum fault key_put_over_present(struct desk *desk,
				const struct agency_key *present,
				const struct agency_key *next,
				const char *passphrase, bool *noted)
{
	bool opened;
	enum fault fault;

	if ((fault = names_unlock(desk->record, present, &opened)) ||
	    (fault = names_unlock(desk->record, next, &opened)))
		return fault;
	fault =
	    put_ready(desk, "key-change", next, passphrase, put_over, noted);
	if (fault)
		note_failure(desk, next);
	return fault;
}

enum fault key_put_aside(struct desk *desk, const struct agency_key *key,
			 const char *passphrase, bool *noted)
{
	return put_ready(desk, "key-kept", key, passphrase, put_aside, noted);
}

const char *key_put_use(struct desk *desk, const char *passphrase, bool noted,
			const char *done)
{
	if (desk_unlock(desk, passphrase) != FILING_UNLOCKED)
		return "keys.not_opened";
	return noted ? done : "keys.no_row";
}
