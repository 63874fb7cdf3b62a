#include <stdio.h>
#include <stdlib.h>

#include "desk/action.h"
#include "desk/add.h"
#include "desk/frame.h"
#include "desk/listing.h"
#include "desk/screens.h"
#include "desk/value.h"
#include "text/fold.h"
#include "text/search.h"
#include "ui/prompt.h"
#include "ui/table.h"

/*
 * ":": everything that can be done now on the screen below, with its key, and
 * every list by its name; what is typed leaves those whose words have its
 * letters, the best on top.
 */
struct item {
	size_t index;                  /* of action_at() */
	const struct listing *listing; /* to open, */
	const struct kind *kind;       /* or one to be made; else an action */
	char sign[8];
	char *word, *about;
	char *folded; /* word and about, for what is typed */
	int score;
};

enum column { SIGN, WORD, ABOUT, COLUMNS };

struct palette {
	struct desk *desk;
	struct item *items;
	size_t count;
	size_t *shown; /* places in items */
	size_t shown_count;
	struct table *table;
	struct prompt *prompt;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct palette *palette = to;
	const struct item *item = &palette->items[palette->shown[row]];

	switch (column) {
	case SIGN:
		return (struct table_cell){ .text = item->sign,
					    .language = "en",
					    .colour = CANVAS_ACCENT,
					    .bold = true };
	case WORD:
		return (struct table_cell){ .text = item->word,
					    .colour = CANVAS_INK,
					    .bold = true };
	default:
		return (struct table_cell){ .text = item->about,
					    .colour = CANVAS_QUIET };
	}
}

/* --- what fits -------------------------------------------------------------
 */

#define WORD_FACTOR 4 /* its name says more than what is said about it */

static int score(const struct item *item, const char *typed)
{
	SCOPED(char_freep) char *word = fold_words(item->word);
	int by_word = search_score(word, typed);

	if (by_word >= 0)
		return by_word * WORD_FACTOR;
	return search_fits(item->folded, typed) ? 0 : -1;
}

/* The best first; as they stand on the keys line where they are alike. */
static void insert(struct palette *palette, size_t place)
{
	size_t at = palette->shown_count++;

	while (at && palette->items[palette->shown[at - 1]].score <
			 palette->items[place].score) {
		palette->shown[at] = palette->shown[at - 1];
		at--;
	}
	palette->shown[at] = place;
}

static void look(struct palette *palette)
{
	SCOPED(char_freep)
	char *typed = fold_words(prompt_text(palette->prompt));

	palette->shown_count = 0;
	for (size_t i = 0; i < palette->count; i++) {
		palette->items[i].score = score(&palette->items[i], typed);
		if (palette->items[i].score >= 0)
			insert(palette, i);
	}
	table_set_count(palette->table, palette->shown_count);
	table_select(palette->table, 0);
}

/* --- the screen ------------------------------------------------------------
 */

/* Takes the texts of item over. */
static void add(struct palette *palette, struct item item)
{
	SCOPED(char_freep)
	char *both = xasprintf("%s %s", item.word, item.about);

	item.folded = fold_words(both);
	palette->items = xreallocarray(palette->items, palette->count + 1,
				       sizeof *palette->items);
	palette->items[palette->count++] = item;
}

static void add_action(struct palette *palette, const struct desk *desk,
		       size_t index)
{
	const struct action *action = action_at(desk, index);
	struct item item = {
		.index = index,
		.word = desk_word(desk, action->word),
		.about = desk_word(desk, action->about),
	};
	char letter[2];

	snprintf(item.sign, sizeof item.sign, "%s",
		 action_sign(action, letter));
	add(palette, item);
}

static void add_lists(struct palette *palette, const struct desk *desk)
{
	for (size_t i = 0; i < listing_count(); i++) {
		const struct listing *listing = listing_at(i);

		if (listing_is_for(desk, listing))
			add(palette, (struct item){
					 .listing = listing,
					 .word = listing_title(desk, listing),
					 .about = desk_word(
					     desk, "desk.open_list_about"),
				     });
	}
}

static void add_new_ones(struct palette *palette, const struct desk *desk)
{
	const struct kind *kind;

	for (size_t i = 0; (kind = add_top(desk, i)); i++) {
		SCOPED(char_freep) char *word = value_kind(desk, kind);
		const struct catalogue_argument of = { .name = "kind",
						       .text = word };

		add(palette,
		    (struct item){
			.kind = kind,
			.word = desk_words(desk, "desk.new_of", &of, 1),
			.about = desk_word(desk, "desk.new_of_about"),
		    });
	}
}

static void leave(void *state)
{
	struct palette *palette = state;

	for (size_t i = 0; i < palette->count; i++) {
		free(palette->items[i].word);
		free(palette->items[i].about);
		free(palette->items[i].folded);
	}
	free(palette->items);
	free(palette->shown);
	table_free(palette->table);
	prompt_free(palette->prompt);
	free(palette);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[COLUMNS] = {
		[SIGN] = { NULL, 6, CANVAS_START, 0 },
		[WORD] = { NULL, 30, CANVAS_START, 0 },
		[ABOUT] = { NULL, 0, CANVAS_START, 1 },
	};
	struct palette *palette = xcalloc(1, sizeof *palette);
	SCOPED(char_freep)
	char *empty = desk_word(desk, "desk.no_such_action");

	(void)about;
	palette->desk = desk;
	/* The screen that it is opened from is still the uppermost. */
	for (size_t i = 0; action_at(desk, i); i++) {
		if (action_offered(desk, i))
			add_action(palette, desk, i);
	}
	add_lists(palette, desk);
	add_new_ones(palette, desk);
	palette->shown = xcalloc(palette->count + 1, sizeof *palette->shown);
	palette->prompt = prompt_new(":", desk->staff.language);
	palette->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .empty = empty,
	    .fill = fill,
	    .to = palette,
	});
	look(palette);
	*state = palette;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct palette *palette = state;
	SCOPED(char_freep)
	char *title = desk_word(palette->desk, "desk.do_heading");
	struct canvas_area area = frame_draw(palette->desk, canvas, title);

	prompt_draw(palette->prompt, canvas, area.y + area.h - 1, 1, area.w - 2,
		    NULL);
	area.h -= 2;
	table_draw(palette->table, canvas, area, true);
}

/* What runs may open a screen, and acts on the one below: this one goes
 * first. */
static void run(struct palette *palette)
{
	struct desk *desk = palette->desk;
	struct item item;

	if (!palette->shown_count)
		return;
	item = palette->items[palette->shown[table_selected(palette->table)]];
	desk_done(desk);
	if (item.listing)
		desk_open(desk, &desk_listing_screen, item.listing);
	else if (item.kind)
		add_new(desk, item.kind);
	else if (action_offered(desk, item.index))
		action_run(desk, item.index);
	else
		desk_say_key(desk, "desk.no_such_action");
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct palette *palette = state;
	enum table_event moved = TABLE_IGNORED;

	/* Home and End belong to what is written. */
	if (event->key != UI_KEY_HOME && event->key != UI_KEY_END)
		moved = table_key(palette->table, event);
	if (moved == TABLE_OPENED ||
	    (moved == TABLE_MOVED && event->key == UI_KEY_POINT)) {
		run(palette);
		return SCREEN_STAY;
	}
	if (moved == TABLE_MOVED)
		return SCREEN_STAY;
	switch (prompt_key(palette->prompt, event)) {
	case PROMPT_CHANGED:
		look(palette);
		return SCREEN_STAY;
	case PROMPT_CANCELLED:
		return SCREEN_BACK;
	default:
		return SCREEN_STAY;
	}
}

const struct view desk_palette_screen = {
	.name = "do",
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.leave = leave,
};
