#include "desk/lookup.h"

#include <stdlib.h>
#include <string.h>

#include "desk/frame.h"
#include "desk/value.h"
#include "record/people.h"
#include "text/fold.h"
#include "text/search.h"
#include "ui/prompt.h"
#include "ui/table.h"

#define ROWS 8    /* of the panel, with the line that is typed */
#define MOST 2000 /* entities looked through */
#define SHOWN_MOST 200

struct found {
	int64_t id; /* 0: nothing is picked */
	char *called;
};

struct looking {
	struct desk *desk;
	struct lookup lookup; /* with texts of its own */
	struct found *all, *fit[SHOWN_MOST];
	size_t count, fit_count;
	struct prompt *prompt;
	struct table *table;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct looking *looking = to;

	(void)column;
	return (struct table_cell){ .text = looking->fit[row]->called,
				    .colour = CANVAS_INK };
}

static void add(struct looking *looking, int64_t id, char *called)
{
	looking->all = xreallocarray(looking->all, looking->count + 1,
				     sizeof *looking->all);
	looking->all[looking->count++] =
	    (struct found){ .id = id, .called = called };
}

/* A walk's entity is called by its name after the walk. */
static bool take(void *to, const struct entity *entity)
{
	add(to, entity->id, NULL);
	return true;
}

static void forget(struct looking *looking)
{
	while (looking->count)
		char_wipe(looking->all[--looking->count].called);
}

static bool is_people(const struct looking *looking)
{
	return strcmp(looking->lookup.kind->name, "person") == 0;
}

static void take_person(void *to, const struct people_found *found)
{
	struct looking *looking = to;

	add(looking, found->person,
	    value_called(looking->desk, looking->lookup.kind, found->person));
}

/* There are too many to have them all at hand; they fit by more than their
 * words. */
static void look_among_people(struct looking *looking, const char *text)
{
	struct desk *desk = looking->desk;
	struct people_told told;

	forget(looking);
	if (people_find(desk->record, text, PEOPLE_SHOWN, &desk->staff.who,
			take_person, looking, &told))
		desk_say_trouble(desk);
	if (looking->lookup.none)
		add(looking, 0, xstrdup(looking->lookup.none));
	for (size_t i = 0; i < looking->count; i++)
		looking->fit[i] = &looking->all[i];
	looking->fit_count = looking->count;
}

static void look_among_all(struct looking *looking, const char *text)
{
	SCOPED(char_freep) char *typed = fold_words(text);

	looking->fit_count = 0;
	for (size_t i = 0;
	     i < looking->count && looking->fit_count < SHOWN_MOST; i++) {
		struct found *found = &looking->all[i];
		SCOPED(char_freep) char *row = fold_words(found->called);

		if (search_fits(row, typed))
			looking->fit[looking->fit_count++] = found;
	}
}

static void look(struct looking *looking)
{
	const char *text = prompt_text(looking->prompt);

	if (text[0] && is_people(looking))
		look_among_people(looking, text);
	else
		look_among_all(looking, text);
	table_set_count(looking->table, looking->fit_count);
	table_select(looking->table, 0);
}

static void leave(void *state)
{
	struct looking *looking = state;

	forget(looking);
	free(looking->all);
	free((char *)looking->lookup.title);
	free((char *)looking->lookup.none);
	table_free(looking->table);
	prompt_free(looking->prompt);
	free(looking);
}

static enum fault read_all(struct looking *looking)
{
	struct desk *desk = looking->desk;
	const struct lookup *lookup = &looking->lookup;
	enum fault fault = entity_each(desk->record, lookup->kind, NULL, "-id",
				       MOST, &desk->staff.who, take, looking);

	for (size_t i = 0; i < looking->count; i++)
		looking->all[i].called =
		    value_called(desk, lookup->kind, looking->all[i].id);
	if (lookup->none)
		add(looking, 0, xstrdup(lookup->none));
	return fault;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[] = { { NULL, 0, CANVAS_START,
							 0 } };
	const struct lookup *lookup = about;
	struct looking *looking = xcalloc(1, sizeof *looking);
	SCOPED(char_freep) char *empty = desk_word(desk, "desk.nothing_fits");
	enum fault fault;

	looking->desk = desk;
	looking->lookup = *lookup;
	looking->lookup.title = xstrdup(lookup->title);
	looking->lookup.none = lookup->none ? xstrdup(lookup->none) : NULL;
	looking->prompt = prompt_new("/", desk->staff.language);
	looking->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COUNT(columns),
	    .empty = empty,
	    .fill = fill,
	    .to = looking,
	});
	if ((fault = read_all(looking))) {
		leave(looking);
		return fault;
	}
	look(looking);
	*state = looking;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct looking *looking = state;
	struct canvas_area area =
	    frame_panel(looking->desk, canvas, looking->lookup.title, ROWS);

	prompt_draw(looking->prompt, canvas, area.y, area.x, area.w, NULL);
	area.y++;
	area.h--;
	table_draw(looking->table, canvas, area, true);
}

static void finish(struct looking *looking)
{
	struct desk *desk = looking->desk;
	const struct lookup lookup = looking->lookup;
	int64_t id;

	if (!looking->fit_count)
		return;
	id = looking->fit[table_selected(looking->table)]->id;
	desk_done(desk);
	lookup.done(desk, lookup.to, id);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct looking *looking = state;
	enum table_event moved = TABLE_IGNORED;

	/* Home and End belong to what is written. */
	if (event->key != UI_KEY_HOME && event->key != UI_KEY_END)
		moved = table_key(looking->table, event);
	if (moved == TABLE_OPENED) {
		finish(looking);
		return SCREEN_STAY;
	}
	if (moved == TABLE_MOVED)
		return SCREEN_STAY;
	switch (prompt_key(looking->prompt, event)) {
	case PROMPT_CHANGED:
		look(looking);
		return SCREEN_STAY;
	case PROMPT_CANCELLED:
		return SCREEN_BACK;
	default:
		return SCREEN_STAY;
	}
}

const struct view desk_lookup_screen = {
	.name = "lookup",
	.over = true,
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.leave = leave,
};

void lookup_open(struct desk *desk, const struct lookup *lookup)
{
	desk_open(desk, &desk_lookup_screen, lookup);
}
