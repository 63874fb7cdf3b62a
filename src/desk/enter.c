#include "desk/enter.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/log.h"
#include "record/kind.h"
#include "record/user.h"
#include "seal/reseal.h"

/* A record that does not say leaves it at what it said last. */
static enum fault look_who_signs_in(struct desk *desk)
{
	return user_any(desk->record, &desk->reach.signs_in);
}

bool enter_is_own(struct desk *desk)
{
	/* What is wrong with the record is said when it is asked for more. */
	if (!desk->reach.lost)
		(void)look_who_signs_in(desk);
	return desk->reach.signs_in && (!desk->reach.lost || desk->known.in.id);
}

static bool take_name(struct desk *desk, const char *name)
{
	if (!staff_take(&desk->staff, name))
		desk_say_key(desk, "desk.long_name");
	else if (!desk->staff.user[0])
		desk_say_key(desk, "desk.need_name");
	else
		return true;
	return false;
}

/* What a power cut left of a change of the key's passphrase
 * (record/rekey.h) is settled by who opens it with what is kept. If not
 * now, then the next. */
static void settle(struct desk *desk, const char *passphrase)
{
	if (reseal_settle(home_folder(desk->home, HOME_KEYS), passphrase))
		log_warning("a change of the key's passphrase is not settled "
			    "yet");
}

/* --- the passphrase of the shift ------------------------------------------ */

static bool open_key(struct desk *desk, const char *passphrase,
		     const char *wrong)
{
	static const char *const words[] = {
		[FILING_NO_KEY] = "desk.no_key",
		[FILING_KEY_DAMAGED] = "desk.bad_key",
	};
	const enum filing_unlock answer = desk_unlock(desk, passphrase);

	if (answer == FILING_UNLOCKED) {
		settle(desk, passphrase);
		return true;
	}
	desk_say_key(desk,
		     answer == FILING_WRONG_PASSPHRASE ? wrong : words[answer]);
	return false;
}

/* --- their own ------------------------------------------------------------ */

static void say_when(struct desk *desk, int64_t again_at)
{
	const time_t seconds = (time_t)((again_at + 999) / 1000);
	struct catalogue_argument at = { .name = "time" };
	char text[16];
	struct tm local;

	localtime_r(&seconds, &local);
	strftime(text, sizeof text, "%H:%M:%S", &local);
	at.text = text;
	desk_say(desk, desk_words(desk, "desk.slowed", &at, 1), false);
}

/* Whoever needs no key works without: the desk opens no ticket for them. */
static bool take_in(struct desk *desk, const struct user_in *in)
{
	if (!take_name(desk, in->name))
		return false;
	staff_sign_in(&desk->staff, in->id, in->roles, in->teams);
	if (!in->key) {
		desk_refresh(desk);
		return true;
	}
	if (open_key(desk, in->key, "desk.key_changed"))
		return true;
	staff_sign_out(&desk->staff);
	return false;
}

static bool answered(struct desk *desk, const struct user_in *in)
{
	if (in->answer == USER_DONE)
		return take_in(desk, in);
	if (in->answer == USER_SLOWED)
		say_when(desk, in->again_at);
	else
		desk_say_key(desk, in->answer == USER_AWAY ? "desk.away"
							   : "desk.wrong_own");
	return false;
}

static bool is_known(const struct desk *desk, const char *name)
{
	return desk->known.in.id && strcasecmp(desk->known.in.name, name) == 0;
}

static bool sign_in(struct desk *desk, const char *name, const char *passphrase)
{
	struct user_in in;
	bool open;

	if (user_enter(desk->record, name, passphrase, desk->staff.desk,
		       desk->clock.now, &in)) {
		desk_say_trouble(desk);
		return false;
	}
	open = answered(desk, &in);
	if (in.answer == USER_DONE)
		user_known_take(&desk->known, &in);
	else if (in.answer == USER_AWAY && is_known(desk, name))
		user_known_done(&desk->known);
	user_in_done(&in);
	return open;
}

/* --- without the record --------------------------------------------------- */

static bool sign_in_away(struct desk *desk, const char *name,
			 const char *passphrase)
{
	struct user_in in;
	bool open;

	if (user_enter_known(&desk->known, name, passphrase, desk->clock.now,
			     &in)) {
		desk_say_key(desk, "desk.bad_key");
		return false;
	}
	open = answered(desk, &in);
	user_in_done(&in);
	return open;
}

/* Who holds the agency's key may read tickets, whoever they are: no more than
 * the key opens. */
static bool take_key_alone(struct desk *desk, const char *passphrase)
{
	if (!open_key(desk, passphrase, "reach.wrong_key"))
		return false;
	staff_sign_in(&desk->staff, 0, ROLE_RECEPTION, "[]");
	return true;
}

static bool enter_away(struct desk *desk, const char *name,
		       const char *passphrase)
{
	const bool open =
	    !desk->reach.signs_in
		? open_key(desk, passphrase, "desk.wrong_passphrase")
	    : is_known(desk, name) ? sign_in_away(desk, name, passphrase)
				   : take_key_alone(desk, passphrase);

	if (!open)
		return false;
	desk->reach.let_in = true;
	log_warning("%s opened this desk while the record could not be reached",
		    desk->staff.user);
	desk_say_key(desk, "reach.opened");
	return true;
}

static bool enter_with(struct desk *desk, const char *name,
		       const char *passphrase)
{
	bool open = false;

	/* Whose passphrase it has to be is known to the record alone. */
	if (!desk->reach.lost && look_who_signs_in(desk))
		desk_say_trouble(desk);
	else if (!desk->reach.lost)
		open = desk->reach.signs_in ? sign_in(desk, name, passphrase)
					    : open_key(desk, passphrase,
						       "desk.wrong_passphrase");
	/* It may have gone just now. */
	return open || (desk->reach.lost && enter_away(desk, name, passphrase));
}

bool enter_desk(struct desk *desk, const char *name, const char *passphrase)
{
	char tidy[PASSPHRASE_LIMIT] = "";
	bool open;

	if (!take_name(desk, name))
		return false;
	if (strlen(passphrase) < sizeof tidy)
		strcpy(tidy, passphrase);
	passphrase_tidy(tidy);
	open = enter_with(desk, name, tidy);
	explicit_bzero(tidy, sizeof tidy);
	return open;
}
