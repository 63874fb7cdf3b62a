#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/pick.h"
#include "desk/users_inside.h"
#include "desk/value.h"

/* --- roles -----------------------------------------------------------------
 */

#define ROLES_MOST 16

static const struct field *roles_field(void)
{
	return kind_field(kind_find("user"), "roles");
}

/* The place-th role that there is; the caller frees it. */
static char *role_at(size_t place)
{
	const char *at = roles_field()->codes;

	while (*at && place--) {
		at += strcspn(at, " ");
		at += strspn(at, " ");
	}
	return xstrndup(at, strcspn(at, " "));
}

static void take_roles(struct desk *desk, void *to, const size_t *rows,
		       size_t count)
{
	struct users *users = to;
	struct bytes roles = { 0 };

	(void)desk;
	bytes_add_text(&roles, "");
	for (size_t i = 0; i < count; i++) {
		SCOPED(char_freep) char *role = role_at(rows[i]);

		bytes_add_format(&roles, "%s%s", i ? " " : "", role);
	}
	users->picked(users, (char *)roles.data);
	bytes_done(&roles);
}

/* A role and what it may, "worker: their own team's people". */
static char *role_words(const struct desk *desk, const char *role)
{
	SCOPED(char_freep) char *key = xasprintf("users.may.%s", role);
	SCOPED(char_freep) char *may = desk_word(desk, key);
	SCOPED(char_freep)
	char *word = value_code(desk, kind_find("user"), roles_field(), role);

	return xasprintf("%s: %s", word, may);
}

void users_pick_roles(struct users *users, const char *roles,
		      users_picked *picked)
{
	struct desk *desk = users->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "users.which_roles");
	bool checked[ROLES_MOST] = { false };
	char *words[ROLES_MOST];
	size_t count = 0;

	for (; count < ROLES_MOST; count++) {
		SCOPED(char_freep) char *role = role_at(count);

		if (!role[0])
			break;
		checked[count] = codes_have(roles, role, strlen(role));
		words[count] = role_words(desk, role);
	}
	users->picked = picked;
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)words,
					.checked = checked,
					.count = count,
					.several = true,
					.done = take_roles,
					.to = users });
	while (count)
		free(words[--count]);
}

/* --- teams -----------------------------------------------------------------
 */

#define TEAMS_MOST 64

struct teams {
	int64_t ids[TEAMS_MOST];
	char *names[TEAMS_MOST];
	size_t count;
};

static bool take_team(void *to, const struct entity *team)
{
	struct teams *teams = to;

	teams->ids[teams->count] = team->id;
	teams->names[teams->count++] = xstrdup(entity_text(team, "name"));
	return teams->count < TEAMS_MOST;
}

static void read_teams(struct desk *desk, struct teams *teams)
{
	teams->count = 0;
	if (entity_each(desk->record, kind_find("team"), NULL, "name",
			TEAMS_MOST, &desk->staff.who, take_team, teams))
		desk_say_trouble(desk);
}

static void teams_done(struct teams *teams)
{
	while (teams->count)
		free(teams->names[--teams->count]);
}

static void take_teams(struct desk *desk, void *to, const size_t *rows,
		       size_t count)
{
	struct users *users = to;
	struct bytes list = { 0 };
	struct teams teams;

	read_teams(desk, &teams);
	bytes_add_text(&list, "[");
	for (size_t i = 0; i < count && rows[i] < teams.count; i++)
		bytes_add_format(&list, "%s%lld", i ? "," : "",
				 (long long)teams.ids[rows[i]]);
	bytes_add_text(&list, "]");
	teams_done(&teams);
	users->picked(users, (char *)list.data);
	bytes_done(&list);
}

void users_pick_teams(struct users *users, const char *chosen,
		      users_picked *picked)
{
	struct desk *desk = users->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "users.which_teams");
	bool checked[TEAMS_MOST] = { false };
	struct teams teams;

	read_teams(desk, &teams);
	users->picked = picked;
	for (size_t i = 0; i < teams.count; i++)
		checked[i] = users_has_team(chosen, teams.ids[i]);
	if (teams.count)
		pick_open(desk, &(struct pick){
				    .title = title,
				    .rows = (const char *const *)teams.names,
				    .checked = checked,
				    .count = teams.count,
				    .several = true,
				    .done = take_teams,
				    .to = users });
	else
		picked(users, "[]");
	teams_done(&teams);
}
