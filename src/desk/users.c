#include "desk/users.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/frame.h"
#include "desk/open.h"
#include "desk/rows.h"
#include "desk/users_inside.h"
#include "desk/value.h"

#define SUMMARY_ROWS 2

/* --- words ----------------------------------------------------------------
 */

struct naming {
	const char *teams;
	struct bytes line;
};

static bool add_team(void *to, const struct entity *team)
{
	struct naming *naming = to;

	if (users_has_team(naming->teams, team->id))
		bytes_add_format(&naming->line, "%s%s",
				 naming->line.length ? ", " : "",
				 entity_text(team, "name"));
	return true;
}

static char *team_words(struct desk *desk, const struct entity *user)
{
	const char *teams = entity_text(user, "teams");
	struct naming naming = { teams ? teams : "", { 0 } };

	bytes_add_text(&naming.line, "");
	if (entity_each(desk->record, kind_find("team"), NULL, "name", 0,
			&desk->staff.who, add_team, &naming))
		desk_say_trouble(desk);
	if (!naming.line.length) {
		bytes_done(&naming.line);
		return desk_word(desk, "users.no_team");
	}
	return bytes_take_text(&naming.line);
}

static char *role_words(const struct desk *desk, const struct entity *user)
{
	const struct field *field = kind_field(user->kind, "roles");
	const char *roles = entity_text(user, "roles");

	return roles ? value_shown(desk, user->kind, field, roles)
		     : desk_word(desk, "users.no_role");
}

/* The key that somebody needs may have been taken from them. */
static bool lacks_key(const struct entity *user, const struct user_sign_in *in)
{
	return in->any && !in->key &&
	       user_roles(entity_text(user, "roles")) & USER_ROLES_KEY;
}

/* How they sign in, in a few words. */
static char *standing(const struct desk *desk, const struct entity *user,
		      const struct user_sign_in *in)
{
	SCOPED(char_freep)
	char *last =
	    in->last_access ? value_instant(desk, in->last_access) : NULL;
	const struct catalogue_argument at = { .name = "at", .text = last };

	if (entity_number(user, "away"))
		return desk_word(desk, "users.is_away");
	if (!in->any)
		return desk_word(desk, "users.none_given");
	if (lacks_key(user, in))
		return desk_word(desk, "users.lacks_key");
	return last ? desk_words(desk, "users.last", &at, 1)
		    : desk_word(desk, "users.never");
}

/* --- rows ------------------------------------------------------------------
 */

struct ids {
	int64_t *ids;
	size_t count;
};

static bool take_id(void *to, const struct entity *entity)
{
	struct ids *ids = to;

	ids->ids = xreallocarray(ids->ids, ids->count + 1, sizeof *ids->ids);
	ids->ids[ids->count++] = entity->id;
	return true;
}

static enum fault add(struct users *users, int64_t id)
{
	struct desk *desk = users->desk;
	SCOPED(entity_freep) struct entity *user = NULL;
	struct row row = { .id = id };
	struct user_sign_in in;
	enum entity_answer answer;
	enum fault fault =
	    entity_read(desk->record, kind_find("user"), id, &desk->staff.who,
			desk->clock.now, &answer, &user);

	if (fault || !user || (fault = user_sign_in(desk->record, id, &in)))
		return fault;
	row.cells[0] = xstrdup(entity_text(user, "name"));
	row.cells[1] = role_words(desk, user);
	row.cells[2] = team_words(desk, user);
	row.cells[3] = standing(desk, user, &in);
	row.doubtful =
	    entity_number(user, "away") || !in.any || lacks_key(user, &in);
	rows_add(users->rows, &row);
	return FAULT_NONE;
}

static enum fault read_all(struct users *users)
{
	struct desk *desk = users->desk;
	struct ids ids = { 0 };
	enum fault fault =
	    entity_each(desk->record, kind_find("user"), NULL, "name", 0,
			&desk->staff.who, take_id, &ids);

	rows_begin(users->rows);
	for (size_t i = 0; !fault && i < ids.count; i++)
		fault = add(users, ids.ids[i]);
	rows_end(users->rows);
	free(ids.ids);
	return fault;
}

static void refresh(void *state)
{
	struct users *users = state;

	if (read_all(users))
		desk_say_trouble(users->desk);
}

/* --- the screen ------------------------------------------------------------
 */

static void leave(void *state)
{
	struct users *users = state;

	users_wish_done(&users->wish);
	rows_free(users->rows);
	free(users);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const char *const keys[ROWS_CELLS] = {
		"users.name", "users.roles", "users.teams", "users.signs_in"
	};
	static const int widths[ROWS_CELLS] = { 0, 0, 12, 24 };
	SCOPED(char_freep) char *empty = desk_word(desk, "users.empty");
	struct users *users = xcalloc(1, sizeof *users);
	char *titles[ROWS_CELLS];
	enum fault fault;

	(void)about;
	users->desk = desk;
	for (int i = 0; i < ROWS_CELLS; i++)
		titles[i] = desk_word(desk, keys[i]);
	users->rows =
	    rows_new(desk, (const char *const *)titles, widths, empty);
	for (int i = 0; i < ROWS_CELLS; i++)
		free(titles[i]);
	if ((fault = read_all(users))) {
		leave(users);
		return fault;
	}
	*state = users;
	return FAULT_NONE;
}

/* All of the selected one, whom the columns may have cut. */
static void draw_summary(struct users *users, struct canvas *canvas,
			 struct canvas_area area)
{
	const struct row *row = rows_selected(users->rows);
	SCOPED(char_freep) char *line = NULL;

	if (!row)
		return;
	line = xasprintf("%s · %s · %s · %s", row->cells[0], row->cells[1],
			 row->cells[2], row->cells[3]);
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y,
				.x = 2,
				.h = area.h,
				.w = area.w - 4,
				.text = line,
				.language = users->desk->staff.language,
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
}

static void draw(void *state, struct canvas *canvas)
{
	struct users *users = state;
	SCOPED(char_freep) char *title = desk_word(users->desk, "users.users");
	struct canvas_area area = frame_draw(users->desk, canvas, title);
	struct canvas_area summary = area;

	area.h -= SUMMARY_ROWS;
	summary.y += area.h;
	summary.h = SUMMARY_ROWS;
	rows_draw(users->rows, canvas, area);
	draw_summary(users, canvas, summary);
}

static bool has_row(const struct desk *desk, const void *state)
{
	(void)desk;
	return users_selected(state) != 0;
}

static void open_sheet(struct desk *desk, void *state)
{
	open_entity(desk, kind_find("user"), users_selected(state));
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct users *users = state;

	if (action_key(users->desk, event))
		return SCREEN_STAY;
	if (rows_key(users->rows, event) == TABLE_OPENED &&
	    has_row(users->desk, users))
		open_sheet(users->desk, users);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "desk.open", "users.open_about", has_row, open_sheet },
	{ '+', "users.add", "users.add_about", NULL, users_add },
	{ 'k', "users.give", "users.give_about", has_row, users_give },
	{ 'o', "users.role", "users.role_about", has_row, users_set_roles },
	{ 't', "users.team", "users.team_about", has_row, users_set_teams },
	{ 'x', "users.lock", "users.lock_about", has_row, users_lock },
	{ 0 },
};

const struct view desk_users_screen = {
	.name = "users",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
