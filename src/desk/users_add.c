#include <stdlib.h>
#include <string.h>

#include "base/home.h"
#include "desk/secrets.h"
#include "desk/users_inside.h"
#include "desk/write.h"
#include "seal/ring.h"
#include "seal/secret.h"

/*
 * Somebody is added, or given a passphrase: it opens the agency key's for them
 * where their roles need it, so whoever gives it has to know that. They type
 * the key's, or their own, which opens it.
 */

static bool needs_key(const struct users_wish *wish)
{
	return user_roles(wish->roles) & USER_ROLES_KEY;
}

/* --- the agency's key ------------------------------------------------------
 */

static enum fault opens_key(const struct desk *desk, const char *passphrase,
			    bool *opens)
{
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct ring_tried tried = { 0 };
	enum fault fault = ring_unlock(ring, home_folder(desk->home, HOME_KEYS),
				       passphrase, &tried);

	*opens = tried.opened > 0;
	return fault;
}

/* The key's own, typed by whoever is not signed in, or whose attempt is
 * counted. */
static bool take_typed(struct desk *desk, const char *known, char *key,
		       const char *wrong)
{
	bool opens;

	if (opens_key(desk, known, &opens)) {
		desk_say_key(desk, "desk.bad_key");
		return false;
	}
	if (opens)
		strcpy(key, known);
	else
		desk_say_key(desk, wrong);
	return opens;
}

/* Whoever is signed in types theirs or the key's: one attempt, whichever. */
static bool take_counted(struct desk *desk, const char *known,
			 const struct user_in *in, char *key)
{
	if (in->answer == USER_WRONG) {
		if (!take_typed(desk, known, key, "users.no.wrong"))
			return false;
		if (!user_proved(desk->record, &desk->staff.who))
			return true;
		desk_say_trouble(desk);
		return false;
	}
	if (!users_said(desk, in->answer))
		return false;
	if (in->key)
		strcpy(key, in->key);
	else
		desk_say_key(desk, "users.no_key_yourself");
	return in->key != NULL;
}

/* Puts the key's passphrase into key; false: the message line says why not. */
static bool find_key(struct desk *desk, const char *known, char *key)
{
	struct user_in in;
	bool found;

	if (!desk->staff.who.id)
		return take_typed(desk, known, key, "users.not_the_key");
	if (user_enter(desk->record, desk->staff.user, known, desk->staff.desk,
		       desk->clock.now, &in)) {
		desk_say_trouble(desk);
		return false;
	}
	found = take_counted(desk, known, &in, key);
	user_in_done(&in);
	return found;
}

/* --- giving it -------------------------------------------------------------
 */

/* What the language is, beside what user_add() takes. */
static enum fault set_languages(struct desk *desk, int64_t id,
				const char *languages)
{
	SCOPED(entity_freep) struct entity *user = NULL;
	enum entity_answer answer;
	enum fault fault =
	    entity_read(desk->record, kind_find("user"), id, &desk->staff.who,
			desk->clock.now, &answer, &user);

	if (fault || !user || !languages[0])
		return fault;
	(void)entity_set(user, "languages", languages);
	return entity_save(desk->record, user, SOURCE_TOLD, &desk->staff.who,
			   desk->clock.now, &answer, NULL);
}

static enum fault give(struct desk *desk, struct users_wish *wish,
		       const struct user_key *key, enum user_answer *answer)
{
	struct record *record = desk->record;
	const struct record_who *who = &desk->staff.who;
	enum fault fault;

	if (wish->id)
		return user_give(record, wish->id, key, who, desk->clock.now,
				 answer);
	fault = user_add(record, wish->name, wish->roles, wish->teams, key, who,
			 desk->clock.now, answer, &wish->id);
	if (!fault && *answer == USER_DONE)
		fault = set_languages(desk, wish->id, wish->languages);
	return fault;
}

static bool take_secrets(struct desk *desk, void *to, const char *known,
			 const char *chosen)
{
	struct users *users = to;
	struct users_wish *wish = &users->wish;
	SCOPED(secret_freep) char *key = secret_new(PASSPHRASE_LIMIT);
	const struct user_key given = {
		.passphrase = chosen,
		.key = needs_key(wish) ? key : NULL,
		.cost = home_is_demo(desk->home) ? OWN_DEMO : OWN_DESK,
	};
	const int64_t before = wish->id;
	enum user_answer answer;
	bool any;

	if (needs_key(wish) && !find_key(desk, known, key))
		return false;
	if (user_any(desk->record, &any) || give(desk, wish, &given, &answer)) {
		wish->id = before;
		desk_say_trouble(desk);
		return false;
	}
	wish->first = !any;
	return users_said(desk, answer);
}

/* From the first one on nobody works under a name that they only typed, here
 * neither. */
static void tell(struct desk *desk, void *to)
{
	struct users *users = to;
	const struct catalogue_argument name = { .name = "name",
						 .text = users->wish.name };
	char *words = desk_words(
	    desk, users->wish.first ? "users.first" : "users.given", &name, 1);

	if (users->wish.first)
		desk_lock(desk);
	else
		desk_changed(desk);
	desk_say(desk, words, false);
}

static void ask_secrets(struct users *users)
{
	struct desk *desk = users->desk;
	const struct catalogue_argument name = { .name = "name",
						 .text = users->wish.name };
	const char *known =
	    desk->staff.who.id ? "users.own_or_key" : "users.agency_key";
	SCOPED(char_freep)
	char *title = desk_words(desk, "users.give_title", &name, 1);

	secrets_open(desk, &(struct secrets){
			       .title = title,
			       .known = needs_key(&users->wish) ? known : NULL,
			       .take = take_secrets,
			       .done = tell,
			       .to = users,
			   });
}

/* --- somebody new ----------------------------------------------------------
 */

/* The shape of a BCP 47 tag: staff speak more languages than a kiosk does. */
static bool is_tag(const char *text)
{
	const size_t letters = strspn(
	    text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return (letters == 2 || letters == 3) &&
	       (!text[letters] || text[letters] == '-');
}

static bool check_languages(struct desk *desk, void *to, const char *text)
{
	SCOPED(char_freep) char *copy = xstrdup(text);
	char *rest = copy, *tag;

	(void)to;
	while ((tag = strsep(&rest, " "))) {
		const struct catalogue_argument of = { .name = "tag",
						       .text = tag };

		if (!tag[0] || is_tag(tag))
			continue;
		desk_say(desk, desk_words(desk, "users.no_language", &of, 1),
			 false);
		return false;
	}
	return true;
}

static void take_languages(struct desk *desk, void *to, const char *text)
{
	struct users *users = to;

	(void)desk;
	users->wish.languages = xstrdup(text);
	ask_secrets(users);
}

static void take_teams(struct users *users, const char *teams)
{
	struct desk *desk = users->desk;
	SCOPED(char_freep)
	char *title = desk_word(desk, "users.which_languages");
	SCOPED(char_freep) char *hint = desk_word(desk, "users.languages_hint");

	users->wish.teams = xstrdup(teams);
	write_open(desk, &(struct write){ .title = title,
					  .hint = hint,
					  .check = check_languages,
					  .done = take_languages,
					  .to = users });
}

static void take_roles(struct users *users, const char *roles)
{
	users->wish.roles = xstrdup(roles);
	users_pick_teams(users, "[]", take_teams);
}

static bool check_name(struct desk *desk, void *to, const char *text)
{
	int64_t id;

	(void)to;
	if (!text[strspn(text, " ")]) {
		desk_say_key(desk, "desk.need_name");
		return false;
	}
	if (strlen(text) >= STAFF_NAME) {
		desk_say_key(desk, "desk.long_name");
		return false;
	}
	if (user_find(desk->record, text, &id)) {
		desk_say_trouble(desk);
		return false;
	}
	return !id || users_said(desk, USER_TAKEN);
}

static void take_name(struct desk *desk, void *to, const char *text)
{
	struct users *users = to;

	(void)desk;
	users_wish_done(&users->wish);
	users->wish.name = xstrdup(text);
	users_pick_roles(users, "worker", take_roles);
}

void users_add(struct desk *desk, void *state)
{
	SCOPED(char_freep) char *title = desk_word(desk, "users.who");
	SCOPED(char_freep) char *hint = desk_word(desk, "users.who_hint");

	write_open(desk, &(struct write){ .title = title,
					  .hint = hint,
					  .check = check_name,
					  .done = take_name,
					  .to = state });
}

/* --- somebody who is there -------------------------------------------------
 */

void users_give(struct desk *desk, void *state)
{
	(void)desk;
	if (users_begin(state))
		ask_secrets(state);
}
