#include <stdlib.h>
#include <string.h>

#include "base/home.h"
#include "desk/pick.h"
#include "desk/secrets.h"
#include "desk/users_inside.h"

/* Roles, teams, being locked out, and one's own passphrase. */

static void say_name(struct desk *desk, const char *key, const char *name)
{
	const struct catalogue_argument of = { .name = "name", .text = name };

	desk_say(desk, desk_words(desk, key, &of, 1), false);
}

/* --- roles and teams -------------------------------------------------------
 */

/* Roles or teams; the other is NULL, and as it was. */
static void set(struct users *users, const char *roles, const char *teams)
{
	struct desk *desk = users->desk;
	enum user_answer answer;

	if (user_set(desk->record, users->wish.id, roles, teams,
		     &desk->staff.who, desk->clock.now, &answer)) {
		desk_say_trouble(desk);
		return;
	}
	desk_changed(desk);
	if (users_said(desk, answer))
		say_name(desk, "users.set", users->wish.name);
}

static void take_roles(struct users *users, const char *roles)
{
	set(users, roles, NULL);
}

static void take_teams(struct users *users, const char *teams)
{
	set(users, NULL, teams);
}

void users_set_roles(struct desk *desk, void *state)
{
	struct users *users = state;

	(void)desk;
	if (users_begin(users))
		users_pick_roles(users, users->wish.roles, take_roles);
}

static bool take_one(void *to, const struct entity *team)
{
	(void)team;
	*(bool *)to = true;
	return false;
}

void users_set_teams(struct desk *desk, void *state)
{
	struct users *users = state;
	bool any = false;

	if (entity_each(desk->record, kind_find("team"), NULL, NULL, 1,
			&desk->staff.who, take_one, &any))
		desk_say_trouble(desk);
	else if (!any)
		desk_say_key(desk, "users.make_team");
	else if (users_begin(users))
		users_pick_teams(users, users->wish.teams, take_teams);
}

/* --- locked out, and let in again ------------------------------------------
 */

static void turn_lock(struct users *users, bool away)
{
	struct desk *desk = users->desk;
	enum user_answer answer;

	if (user_disable(desk->record, users->wish.id, away, &desk->staff.who,
			 desk->clock.now, &answer)) {
		desk_say_trouble(desk);
		return;
	}
	desk_changed(desk);
	if (users_said(desk, answer))
		say_name(desk, away ? "users.locked" : "users.let_in",
			 users->wish.name);
}

static void take_lock(struct desk *desk, void *to, const size_t *rows,
		      size_t count)
{
	(void)desk;
	if (count && rows[0] == 0)
		turn_lock(to, true);
}

/* One key alone locks nobody out. */
static void ask_to_lock(struct users *users)
{
	struct desk *desk = users->desk;
	const struct catalogue_argument name = { .name = "name",
						 .text = users->wish.name };
	SCOPED(char_freep)
	char *title = desk_words(desk, "users.lock_title", &name, 1);
	SCOPED(char_freep) char *yes = desk_word(desk, "users.lock_yes");
	SCOPED(char_freep) char *no = desk_word(desk, "users.lock_no");
	const char *const rows[] = { yes, no };

	pick_open(desk, &(struct pick){ .title = title,
					.rows = rows,
					.count = COUNT(rows),
					.done = take_lock,
					.to = users });
}

void users_lock(struct desk *desk, void *state)
{
	struct users *users = state;

	(void)desk;
	if (!users_begin(users))
		return;
	if (users->wish.away)
		turn_lock(users, false);
	else
		ask_to_lock(users);
}

/* --- one's own -------------------------------------------------------------
 */

static bool take_own(struct desk *desk, void *to, const char *known,
		     const char *chosen)
{
	struct user_in in;
	bool done;

	(void)to;
	if (user_change(desk->record, desk->staff.user, known, chosen,
			home_is_demo(desk->home) ? OWN_DEMO : OWN_DESK,
			desk->staff.desk, desk->clock.now, &in)) {
		desk_say_trouble(desk);
		return false;
	}
	done = users_said(desk, in.answer);
	user_in_done(&in);
	if (done) {
		user_known_done(&desk->known);
		desk_say_key(desk, "users.own_changed");
	}
	return done;
}

void users_change_own(struct desk *desk)
{
	SCOPED(char_freep) char *title = desk_word(desk, "users.own_title");

	secrets_open(desk, &(struct secrets){ .title = title,
					      .known = "users.until_now",
					      .take = take_own });
}
