#include <stdlib.h>

#include "desk/action.h"
#include "desk/box_menu.h"
#include "desk/frame.h"
#include "desk/listing.h"
#include "desk/screens.h"
#include "ui/table.h"

/*
 * Every list there is, with how many rows each has and how old the oldest is:
 * what there is to do, in one look.
 */
enum column { NAME, WORDS, COLUMNS };

struct menu {
	struct desk *desk;
	const struct listing **listings; /* those this role may see */
	char **names, **words;
	bool *empty; /* nothing is on it now */
	size_t count;
	struct table *table;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct menu *menu = to;

	return (struct table_cell){
		.text = column == NAME ? menu->names[row] : menu->words[row],
		.colour = column == NAME && !menu->empty[row] ? CANVAS_INK
							      : CANVAS_QUIET,
		.bold = column == NAME && !menu->empty[row],
	};
}

static void forget(struct menu *menu)
{
	while (menu->count) {
		menu->count--;
		free(menu->names[menu->count]);
		free(menu->words[menu->count]);
	}
}

static enum fault add(struct menu *menu, const struct listing *listing)
{
	SCOPED(listed_freep) struct listed *listed = NULL;
	enum fault fault = listed_read(menu->desk, listing, &listed);

	if (fault)
		return fault;
	menu->listings[menu->count] = listing;
	menu->names[menu->count] = listing_title(menu->desk, listing);
	menu->words[menu->count] = listed_words(menu->desk, listed);
	menu->empty[menu->count] = listed_count(listed) == 0;
	menu->count++;
	return FAULT_NONE;
}

static enum fault read_all(struct menu *menu)
{
	enum fault fault = FAULT_NONE;

	forget(menu);
	for (size_t i = 0; i < listing_count() && !fault; i++) {
		const struct listing *listing = listing_at(i);

		if (listing_is_for(menu->desk, listing))
			fault = add(menu, listing);
	}
	return fault;
}

static void leave(void *state)
{
	struct menu *menu = state;

	forget(menu);
	free(menu->listings);
	free(menu->names);
	free(menu->words);
	free(menu->empty);
	table_free(menu->table);
	free(menu);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[COLUMNS] = {
		[NAME] = { NULL, 36, CANVAS_START, 0 },
		[WORDS] = { NULL, 0, CANVAS_START, 0 },
	};
	struct menu *menu = xcalloc(1, sizeof *menu);
	enum fault fault;

	(void)about;
	menu->desk = desk;
	menu->listings = xcalloc(listing_count(), sizeof *menu->listings);
	menu->names = xcalloc(listing_count(), sizeof *menu->names);
	menu->words = xcalloc(listing_count(), sizeof *menu->words);
	menu->empty = xcalloc(listing_count(), sizeof *menu->empty);
	menu->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .fill = fill,
	    .to = menu,
	});
	if ((fault = read_all(menu))) {
		leave(menu);
		return fault;
	}
	table_set_count(menu->table, menu->count);
	*state = menu;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct menu *menu = state;
	SCOPED(char_freep)
	char *title = desk_word(menu->desk, "desk.lists_title");

	table_draw(menu->table, canvas, frame_draw(menu->desk, canvas, title),
		   true);
}

static void refresh(void *state)
{
	struct menu *menu = state;

	if (read_all(menu))
		desk_say_trouble(menu->desk);
	table_set_count(menu->table, menu->count);
}

static void open_selected(struct desk *desk, void *state)
{
	const struct menu *menu = state;

	if (menu->count)
		desk_open(desk, &desk_listing_screen,
			  menu->listings[table_selected(menu->table)]);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct menu *menu = state;

	if (action_key(menu->desk, event))
		return SCREEN_STAY;
	if (table_key(menu->table, event) == TABLE_OPENED)
		open_selected(menu->desk, menu);
	return SCREEN_STAY;
}

/* A desk box has it in its own menu. */
static bool may_change_key(const struct desk *desk, const void *state)
{
	(void)state;
	return !desk->vault && staff_administers(&desk->staff);
}

static void change_key(struct desk *desk, void *state)
{
	static const enum box_form form = BOX_KEY;

	(void)state;
	desk_open(desk, &desk_box_form_screen, &form);
}

static const struct action actions[] = {
	{ '\r', "desk.open", "desk.open_list_about", NULL, open_selected },
	{ 'K', "box.rekey_key", "box.rekey_about", may_change_key, change_key },
	{ 0 },
};

const struct view desk_menu_screen = {
	.name = "lists",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
