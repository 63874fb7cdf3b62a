#include "desk/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/box_menu.h"
#include "desk/day.h"
#include "desk/desk.h"
#include "desk/frame.h"
#include "desk/key_put.h"
#include "desk/titled.h"
#include "filing/retire.h"
#include "issue/agency.h"
#include "issue/key_change.h"

/* The agency's keys: the one that is sealed to, then those it came after. */
struct keys {
	struct desk *desk;
	struct card present;
	struct old_key old[KEYS_OLD];
	size_t count; /* of old */
	char ids[1 + KEYS_OLD][5];
	char *words[1 + KEYS_OLD];
	size_t asked; /* the row that x was pressed on; 0: none */
	struct table *table;
};

static void forget(struct keys *keys)
{
	for (size_t i = 0; i < COUNT(keys->words); i++) {
		free(keys->words[i]);
		keys->words[i] = NULL;
	}
}

/* The days are of UTC: noon there is of the same day anywhere near. */
#define NOON (12 * 3600)

static char *words_of(const struct desk *desk, const struct old_key *old)
{
	char replaced[DAY_BYTES], until[DAY_BYTES];
	const struct catalogue_argument days[] = {
		{ .name = "from", .text = replaced },
		{ .name = "until", .text = until },
	};

	day_of((old->replaced + NOON) * 1000, replaced);
	day_of((old->until + NOON) * 1000, until);
	return desk_words(desk,
			  old_key_is_due(old, desk->clock.now / 1000)
			      ? "keys.due"
			      : "keys.old",
			  days, COUNT(days));
}

static enum fault read_keys(struct keys *keys)
{
	struct desk *desk = keys->desk;
	SCOPED(char_freep)
	char *path = home_path(desk->home, HOME_KEYS, AGENCY_FILE);
	bool found;
	enum fault fault = keys_settle(desk->home, desk->clock.now / 1000);

	forget(keys);
	keys->asked = 0;
	if (fault || (fault = agency_file_read(path, &found, &keys->present)) ||
	    (fault = keys_old(desk->home, keys->old, &keys->count)))
		return fault;
	if (!found)
		return FAULT_FORMAT;
	snprintf(keys->ids[0], sizeof keys->ids[0], "%04X",
		 key_id(KEY_AGENCY, keys->present.key));
	keys->words[0] =
	    desk_word(desk, keys_paper_noted(desk->home, keys->present.key)
				? "keys.present"
				: "keys.present_unproved");
	for (size_t i = 0; i < keys->count; i++) {
		snprintf(keys->ids[1 + i], sizeof keys->ids[0], "%04X",
			 keys->old[i].id);
		keys->words[1 + i] = words_of(desk, &keys->old[i]);
	}
	table_set_count(keys->table, 1 + keys->count);
	return FAULT_NONE;
}

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct keys *keys = to;

	return (struct table_cell){
		.text = column ? keys->words[row] : keys->ids[row],
		.colour = row ? CANVAS_QUIET : CANVAS_INK,
		.bold = row == 0,
	};
}

static void leave(void *state)
{
	struct keys *keys = state;

	forget(keys);
	table_free(keys->table);
	free(keys);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[] = {
		{ "keys.id", 6, 0 },
		{ "keys.what", 0, 0 },
	};
	struct keys *keys = xcalloc(1, sizeof *keys);
	enum fault fault;

	(void)about;
	keys->desk = desk;
	keys->table =
	    titled_table(desk, columns, COUNT(columns), NULL, fill, keys);
	if ((fault = read_keys(keys))) {
		leave(keys);
		return fault;
	}
	*state = keys;
	return FAULT_NONE;
}

static void refresh(void *state)
{
	struct keys *keys = state;

	if (read_keys(keys))
		desk_say_trouble(keys->desk);
}

#define ABOUT_ROWS 3

static void draw(void *state, struct canvas *canvas)
{
	struct keys *keys = state;
	struct desk *desk = keys->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "box.keys");
	SCOPED(char_freep) char *about = desk_word(desk, "keys.about");
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct canvas_area area = frame_draw(desk, canvas, title);

	key_fingerprint(keys->present.key, fingerprint);
	frame_line(canvas, area.y, 3, area.w - 6, keys->present.name,
		   desk->staff.language, CANVAS_BOLD, CANVAS_INK);
	frame_line(canvas, area.y + 1, 3, area.w - 6, fingerprint, "en",
		   CANVAS_BOLD, CANVAS_ACCENT);
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y + area.h - ABOUT_ROWS,
				.x = 2,
				.h = ABOUT_ROWS,
				.w = area.w - 4,
				.text = about,
				.language = desk->staff.language,
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
	area.y += 3;
	area.h -= 3 + ABOUT_ROWS;
	table_draw(keys->table, canvas, area, true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct keys *keys = state;

	if (!action_key(keys->desk, event)) {
		keys->asked = 0;
		(void)table_key(keys->table, event);
	}
	return SCREEN_STAY;
}

/* --- what is done
 * --------------------------------------------------------- */

static void change(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_key_change_screen, NULL);
}

static void show_code(struct desk *desk, void *state)
{
	const struct keys *keys = state;

	desk_open(desk, &desk_key_code_screen, &keys->present);
}

static bool is_old(const struct desk *desk, const void *state)
{
	const struct keys *keys = state;

	(void)desk;
	return table_selected(keys->table) > 0;
}

static void say_needed(struct desk *desk, enum retire_answer answer,
		       size_t tickets)
{
	static const char *const words[] = {
		[RETIRE_TICKETS] = "keys.needed",
		[RETIRE_KEPT] = "keys.needed_kept",
		[RETIRE_NAMES] = "keys.names",
	};
	const struct catalogue_argument count = { .name = "count",
						  .number = (double)tickets };

	desk_say(desk, desk_words(desk, words[answer], &count, 1), true);
}

struct ending {
	const struct desk *desk;
	const struct old_key *old;
};

static enum fault end_old(void *to)
{
	const struct ending *ending = to;

	return keys_destroy(ending->desk->home, ending->old);
}

static void say_destroyed(struct desk *desk, bool copy, bool noted)
{
	const char *word =
	    !copy   ? noted ? "keys.destroyed" : "keys.destroyed_no_row"
	    : noted ? "keys.copy_removed"
		    : "keys.no_row";

	desk_say(desk, desk_word(desk, word), true);
}

static void destroy_now(struct keys *keys, const struct old_key *old)
{
	struct desk *desk = keys->desk;
	const struct retiring key = { old->id, old->fingerprint,
				      keys->present.key };
	enum retire_answer answer;
	size_t tickets;
	bool copy, noted;

	if (retire_key(desk->record, desk->home, &key, &answer, &tickets) ||
	    keys_is_copy(desk->home, old, &copy)) {
		desk_say_trouble(desk);
	} else if (answer != RETIRE_READY) {
		say_needed(desk, answer, tickets);
	} else if (key_put_do(desk, copy ? "key-copy-removed" : "key-destroyed",
			      old->id, end_old, &(struct ending){ desk, old },
			      &noted)) {
		desk_say_key(desk, "box.failed");
	} else {
		refresh(keys);
		say_destroyed(desk, copy, noted);
	}
}

/* The bar on top has the time alone. */
static void say_sure(const struct keys *keys, size_t row)
{
	struct desk *desk = keys->desk;
	char today[DAY_BYTES];
	const struct catalogue_argument which[] = {
		{ .name = "today", .text = today },
		{ .name = "id", .text = keys->ids[row] },
	};

	day_of(desk->clock.now, today);
	desk_say(desk, desk_words(desk, "keys.sure", which, COUNT(which)),
		 true);
}

/* A key that was destroyed never comes back, so x is pressed twice; and not
 * before its day, whatever the clock says now. */
static void destroy(struct desk *desk, void *state)
{
	struct keys *keys = state;
	const size_t row = table_selected(keys->table);
	const struct old_key *old = &keys->old[row - 1];

	if (!old_key_is_due(old, desk->clock.now / 1000)) {
		desk_say_key(desk, "keys.not_yet");
		return;
	}
	if (keys->asked != row) {
		keys->asked = row;
		say_sure(keys, row);
		return;
	}
	keys->asked = 0;
	destroy_now(keys, old);
}

static bool is_box(const struct desk *desk, const void *state)
{
	(void)state;
	return desk->vault;
}

static void take(struct desk *desk, void *state)
{
	static const struct box_work work = { .deed = BOX_BRING };

	(void)state;
	desk_open(desk, &desk_box_stick_screen, &work);
}

static const struct action actions[] = {
	{ 'x', "keys.destroy", "keys.destroy_about", is_old, destroy },
	{ 'n', "keys.change", "keys.change_about", NULL, change },
	{ 't', "keys.take", "keys.take_about", is_box, take },
	{ 'o', "keys.code", "keys.code_about", NULL, show_code },
	{ 0 },
};

const struct view desk_keys_screen = {
	.name = "keys",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
