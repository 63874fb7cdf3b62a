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

static enum fault note(struct desk *desk, const char *act,
		       const struct agency_key *key)
{
	char id[5];

	snprintf(id, sizeof id, "%04X", agency_key_id(key));
	return record_note(desk->record, act, "agency", id, &desk->staff.who,
			   desk->clock.now);
}

enum fault key_put_over_present(struct desk *desk,
				const struct agency_key *present,
				const struct agency_key *next,
				const char *passphrase)
{
	bool opened;
	enum fault fault;

	if ((fault = names_unlock(desk->record, present, &opened)) ||
	    (fault = names_unlock(desk->record, next, &opened)))
		return fault;
	fault = keys_change(desk->home, next, keys_cost(desk->home), passphrase,
			    desk->clock.now / 1000);
	/* It counts, or does not, whether or not the row can be written; what
	 * kept that from the record is in the log. */
	(void)note(desk, fault ? "key-change-failed" : "key-change", next);
	return fault;
}

enum fault key_put_aside(struct desk *desk, const struct agency_key *key,
			 const char *passphrase)
{
	enum fault fault = note(desk, "key-kept", key);

	return fault ? fault
		     : keys_keep_old(desk->home, key, keys_cost(desk->home),
				     passphrase, desk->clock.now / 1000);
}

const char *key_put_use(struct desk *desk, const char *passphrase,
			const char *done)
{
	return desk_unlock(desk, passphrase) == FILING_UNLOCKED
		   ? done
		   : "keys.not_opened";
}
