#include "desk/conflict.h"

#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/answer.h"
#include "desk/frame.h"
#include "desk/value.h"
#include "ui/table.h"

#define WHOLE_ROWS 6 /* below the rows: both texts of the selected one */

enum column { LABEL, CHOSEN, MINE, THEIRS, BY, COLUMNS };

struct clash {
	size_t place; /* in mine and theirs alike, by name */
	size_t their_place;
	bool theirs; /* is kept */
	char *by;    /* "Ana, Sun 22 Nov 2026 14:32" */
};

struct conflicting {
	struct desk *desk;
	struct conflict about;
	struct entity *theirs;
	struct clash *clashes;
	size_t count;
	struct table *table;
	char *cell; /* of the last fill() */
};

/* --- what clashes ----------------------------------------------------------
 */

static bool is_same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* The agency may have added a field since. */
static bool find_place(const struct entity *entity, const char *name,
		       size_t *place)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		if (strcmp(entity->fields[i].name, name) != 0)
			continue;
		*place = i;
		return true;
	}
	return false;
}

struct searching {
	const struct conflicting *conflicting;
	const char *field;
	char *by;
};

static void take_last(void *to, const struct change *change)
{
	struct searching *searching = to;
	const struct conflicting *conflicting = searching->conflicting;
	SCOPED(char_freep) char *when = NULL;

	if (change->version <= conflicting->about.mine->version ||
	    strcmp(change->field, searching->field) != 0)
		return;
	when = value_instant(conflicting->desk, change->at);
	free(searching->by);
	searching->by = xasprintf("%s, %s", change->user, when);
}

static char *by_whom(const struct conflicting *conflicting, const char *field)
{
	struct searching searching = { conflicting, field, NULL };

	if (entity_history(conflicting->desk->record, conflicting->theirs->kind,
			   conflicting->theirs->id, take_last, &searching))
		desk_say_trouble(conflicting->desk);
	return searching.by ? searching.by : xstrdup("");
}

static void add(struct conflicting *conflicting, size_t place,
		size_t their_place)
{
	conflicting->clashes =
	    xreallocarray(conflicting->clashes, conflicting->count + 1,
			  sizeof *conflicting->clashes);
	conflicting->clashes[conflicting->count++] = (struct clash){
		.place = place,
		.their_place = their_place,
		.by = by_whom(conflicting,
			      conflicting->about.mine->fields[place].name),
	};
}

static void forget_clashes(struct conflicting *conflicting)
{
	while (conflicting->count)
		free(conflicting->clashes[--conflicting->count].by);
}

/* What I changed and they did not is mine in their reading from now on. */
static void compare(struct conflicting *conflicting)
{
	const struct entity *mine = conflicting->about.mine;
	struct entity *theirs = conflicting->theirs;
	size_t place;

	forget_clashes(conflicting);
	for (size_t i = 0; i < mine->field_count; i++) {
		if (is_same(mine->values[i], mine->as_read[i]) ||
		    !find_place(theirs, mine->fields[i].name, &place) ||
		    is_same(mine->values[i], theirs->values[place]))
			continue;
		if (is_same(theirs->values[place], mine->as_read[i]))
			entity_set(theirs, mine->fields[i].name,
				   mine->values[i]);
		else
			add(conflicting, i, place);
	}
	table_set_count(conflicting->table, conflicting->count);
}

/* Without theirs it was removed meanwhile: the message says so. */
static enum fault read_theirs(struct conflicting *conflicting)
{
	struct desk *desk = conflicting->desk;
	const struct entity *mine = conflicting->about.mine;
	enum entity_answer answer;
	struct entity *theirs;
	enum fault fault =
	    entity_read(desk->record, mine->kind, mine->id, &desk->staff.who,
			desk->clock.now, &answer, &theirs);

	if (fault)
		return fault;
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return FAULT_NONE;
	}
	entity_free(conflicting->theirs);
	conflicting->theirs = theirs;
	compare(conflicting);
	return FAULT_NONE;
}

/* --- the screen ------------------------------------------------------------
 */

static char *cell_text(const struct conflicting *conflicting,
		       const struct clash *clash, int column)
{
	const struct desk *desk = conflicting->desk;
	const struct entity *mine = conflicting->about.mine;
	const struct field *field = &mine->fields[clash->place];

	switch (column) {
	case LABEL:
		return value_label(desk, mine->kind, field);
	case CHOSEN:
		return xstrdup(clash->theirs ? "→" : "←");
	case MINE:
		return value_shown(desk, mine->kind, field,
				   mine->values[clash->place]);
	case THEIRS:
		return value_shown(
		    desk, mine->kind, field,
		    conflicting->theirs->values[clash->their_place]);
	default:
		return xstrdup(clash->by);
	}
}

static struct table_cell fill(void *to, size_t row, int column)
{
	struct conflicting *conflicting = to;
	const struct clash *clash = &conflicting->clashes[row];

	char_wipe(conflicting->cell);
	conflicting->cell = cell_text(conflicting, clash, column);
	return (struct table_cell){
		.text = conflicting->cell,
		.colour = column == CHOSEN ? CANVAS_ACCENT
			  : column == LABEL || column == BY ||
				  (column == MINE) == clash->theirs
			      ? CANVAS_QUIET
			      : CANVAS_INK,
	};
}

static void leave(void *state)
{
	struct conflicting *conflicting = state;

	forget_clashes(conflicting);
	free(conflicting->clashes);
	entity_free(conflicting->theirs);
	table_free(conflicting->table);
	char_wipe(conflicting->cell);
	free(conflicting);
}

static struct table *make_table(struct conflicting *conflicting)
{
	struct desk *desk = conflicting->desk;
	SCOPED(char_freep) char *mine = desk_word(desk, "desk.mine");
	SCOPED(char_freep) char *theirs = desk_word(desk, "desk.theirs");
	const struct table_column columns[COLUMNS] = {
		[LABEL] = { NULL, 18, CANVAS_START, 0 },
		[CHOSEN] = { NULL, 1, CANVAS_START, 0 },
		[MINE] = { mine, 0, CANVAS_START, 0 },
		[THEIRS] = { theirs, 0, CANVAS_START, 0 },
		[BY] = { NULL, 40, CANVAS_START, 1 },
	};

	return table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .fill = fill,
	    .to = conflicting,
	});
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct conflicting *conflicting = xcalloc(1, sizeof *conflicting);
	enum fault fault;

	conflicting->desk = desk;
	conflicting->about = *(const struct conflict *)about;
	conflicting->table = make_table(conflicting);
	if ((fault = read_theirs(conflicting)) || !conflicting->theirs) {
		leave(conflicting);
		return fault;
	}
	*state = conflicting;
	return FAULT_NONE;
}

static void draw_whole(struct canvas *canvas, const struct canvas_area *area,
		       const char *value, const char *language)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y,
				.x = area->x,
				.h = area->h,
				.w = area->w,
				.text = value ? value : "",
				.language = language,
				.caret = -1,
			    });
}

/* A row has the beginning of a text; below stands the whole of both. */
static void draw_selected(const struct conflicting *conflicting,
			  struct canvas *canvas, struct canvas_area area)
{
	const struct clash *clash =
	    &conflicting->clashes[table_selected(conflicting->table)];
	const struct entity *mine = conflicting->about.mine;
	const char *language = conflicting->desk->staff.language;
	enum field_type type = mine->fields[clash->place].type;

	if (type != FIELD_TEXT && type != FIELD_LONG)
		return;
	canvas_rule(canvas, area.y, 0, area.w);
	area.y++;
	area.h--;
	area.x = 2;
	area.w = area.w / 2 - 3;
	draw_whole(canvas, &area, mine->values[clash->place], language);
	area.x += area.w + 2;
	draw_whole(canvas, &area,
		   conflicting->theirs->values[clash->their_place], language);
}

static void draw(void *state, struct canvas *canvas)
{
	struct conflicting *conflicting = state;
	struct desk *desk = conflicting->desk;
	const struct catalogue_argument by = {
		.name = "by",
		.text = conflicting->theirs->changed_by,
	};
	SCOPED(char_freep) char *title = desk_word(desk, "desk.conflict");
	SCOPED(char_freep)
	char *about = desk_words(desk, "desk.conflict_about", &by, 1);
	struct canvas_area area = frame_draw(desk, canvas, title), below;

	frame_line(canvas, area.y, 2, area.w - 3, about, desk->staff.language,
		   CANVAS_PLAIN, CANVAS_QUIET);
	area.y += 2;
	area.h -= 2;
	below = area;
	if (area.h > WHOLE_ROWS + 3 && conflicting->count) {
		area.h -= WHOLE_ROWS;
		below.y += area.h;
		below.h = WHOLE_ROWS;
		draw_selected(conflicting, canvas, below);
	}
	table_draw(conflicting->table, canvas, area, true);
}

static struct clash *selected(const struct conflicting *conflicting)
{
	return &conflicting->clashes[table_selected(conflicting->table)];
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct conflicting *conflicting = state;

	if (action_key(conflicting->desk, event))
		return SCREEN_STAY;
	if (conflicting->count && event->key == UI_KEY_LEFT)
		selected(conflicting)->theirs = false;
	else if (conflicting->count && event->key == UI_KEY_RIGHT)
		selected(conflicting)->theirs = true;
	else if (table_key(conflicting->table, event) == TABLE_OPENED)
		selected(conflicting)->theirs = !selected(conflicting)->theirs;
	return SCREEN_STAY;
}

/* --- actions ---------------------------------------------------------------
 */

static bool has_clashes(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct conflicting *)state)->count > 0;
}

static void turn(struct desk *desk, void *state)
{
	(void)desk;
	selected(state)->theirs = !selected(state)->theirs;
}

static void take_mine(struct conflicting *conflicting)
{
	const struct entity *mine = conflicting->about.mine;

	for (size_t i = 0; i < conflicting->count; i++) {
		const struct clash *clash = &conflicting->clashes[i];

		if (!clash->theirs)
			entity_set(conflicting->theirs,
				   mine->fields[clash->place].name,
				   mine->values[clash->place]);
	}
}

static void save(struct desk *desk, void *state)
{
	struct conflicting *conflicting = state;
	const struct conflict about = conflicting->about;
	enum entity_answer answer;
	struct entity *saved;

	take_mine(conflicting);
	if (entity_save(desk->record, conflicting->theirs, about.source,
			&desk->staff.who, desk->clock.now, &answer, NULL)) {
		desk_say_trouble(desk);
		return;
	}
	if (answer == ENTITY_CONFLICT) { /* once more, while it was chosen */
		desk_say_key(desk, "desk.conflict_again");
		if (read_theirs(conflicting))
			desk_say_trouble(desk);
		return;
	}
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return;
	}
	saved = conflicting->theirs;
	conflicting->theirs = NULL;
	desk_done(desk);
	about.done(desk, about.to, saved);
}

static const struct action actions[] = {
	{ '\r', "desk.turn", "desk.turn_about", has_clashes, turn },
	{ 's', "desk.save", "desk.save_about", NULL, save },
	{ 0 },
};

static const struct view_mark marks[] = {
	{ "←", "desk.mark_mine" },
	{ "→", "desk.mark_theirs" },
	{ NULL, NULL },
};

const struct view desk_conflict_screen = {
	.name = "conflict",
	.actions = actions,
	.marks = marks,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
