#include <stdlib.h>
#include <string.h>

#include "desk/answer.h"
#include "desk/rows.h"
#include "desk/users_inside.h"

/* Whom something is wished about, and what the record says of it. */

void users_wish_done(struct users_wish *wish)
{
	free(wish->name);
	free(wish->roles);
	free(wish->teams);
	free(wish->languages);
	*wish = (struct users_wish){ 0 };
}

int64_t users_selected(const struct users *users)
{
	const struct row *row = rows_selected(users->rows);

	return row ? row->id : 0;
}

bool users_begin(struct users *users)
{
	struct desk *desk = users->desk;
	SCOPED(entity_freep) struct entity *user = NULL;
	enum entity_answer answer;

	if (entity_read(desk->record, kind_find("user"), users_selected(users),
			&desk->staff.who, desk->clock.now, &answer, &user)) {
		desk_say_trouble(desk);
		return false;
	}
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return false;
	}
	users_wish_done(&users->wish);
	users->wish = (struct users_wish){
		.id = user->id,
		.name = xstrdup(entity_text(user, "name")),
		.roles = xstrdup(entity_text(user, "roles") ?: ""),
		.teams = xstrdup(entity_text(user, "teams") ?: "[]"),
		.away = entity_number(user, "away") != 0,
	};
	return true;
}

bool users_said(struct desk *desk, enum user_answer answer)
{
	SCOPED(char_freep)
	char *key = xasprintf("users.no.%s", user_answer_word(answer));

	if (answer != USER_DONE)
		desk_say_key(desk, key);
	return answer == USER_DONE;
}

bool users_has_team(const char *teams, int64_t id)
{
	for (const char *at = teams; *at; at++) {
		char *end;

		if (!strchr("0123456789", *at))
			continue;
		if (strtoll(at, &end, 10) == id)
			return true;
		at = end - 1;
	}
	return false;
}
