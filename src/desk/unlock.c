#include "desk/unlock.h"

#include <assert.h>
#include <stdlib.h>

#include "desk/box_menu.h"
#include "desk/enter.h"
#include "desk/frame.h"
#include "desk/screens.h"
#include "seal/passphrase.h"
#include "ui/canvas.h"
#include "ui/entry.h"

/*
 * The desk is locked: a name and a passphrase, their own or the shift's, open
 * it. A scan still
 * says whether the ticket is genuine, and keeps it aside.
 */
enum part { NAME, PASSPHRASE, PARTS };

struct unlock {
	struct desk *desk;
	struct entry *entries[PARTS];
	enum part focus;
	bool pasted;  /* the passphrase, and not a letter since */
	bool leaving; /* Escape was the last key */
};

static void leave(void *state)
{
	struct unlock *unlock = state;

	for (enum part part = NAME; part < PARTS; part++)
		entry_free(unlock->entries[part]);
	free(unlock);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct unlock *unlock = xcalloc(1, sizeof *unlock);

	(void)about;
	unlock->desk = desk;
	unlock->entries[NAME] = entry_new(
	    &(struct entry_options){ .language = desk->staff.language });
	unlock->entries[PASSPHRASE] = entry_new(&(struct entry_options){
	    .language = desk->staff.language,
	    .secret = true,
	});
	entry_set_text(unlock->entries[NAME], desk->staff.user);
	unlock->focus = desk->staff.user[0] ? PASSPHRASE : NAME;
	*state = unlock;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	const char *const labels[PARTS] = {
		"desk.your_name", enter_is_own(((struct unlock *)state)->desk)
				      ? "desk.own_passphrase"
				      : "desk.passphrase"
	};
	struct unlock *unlock = state;
	struct desk *desk = unlock->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "desk.locked");
	SCOPED(char_freep) char *how = desk_word(desk, "desk.locked_about");
	SCOPED(char_freep) char *keys = desk_word(desk, "desk.locked_keys");
	struct canvas_area area = frame_draw(desk, canvas, title);
	int y = area.y + area.h / 4;
	int w = area.w < 60 ? area.w - 8 : 52;

	for (enum part part = NAME; part < PARTS; part++, y += 3) {
		SCOPED(char_freep) char *label = desk_word(desk, labels[part]);

		frame_line(canvas, y, 4, w, label, desk->staff.language,
			   CANVAS_PLAIN, CANVAS_QUIET);
		entry_draw(unlock->entries[part], canvas,
			   (struct canvas_area){ y + 1, 4, 1, w },
			   part == unlock->focus ? ENTRY_FOCUSED : ENTRY_QUIET);
	}
	/* Every letter belongs to what is written, so these are all. */
	frame_line(canvas, canvas_rows(canvas) - 1, 1, area.w - 2, keys,
		   desk->staff.language, CANVAS_PLAIN, CANVAS_QUIET);
	/* In a low window what was said needs the room. */
	if (y + 2 >= area.y + area.h)
		return;
	canvas_text(canvas, &(struct canvas_text){
				.y = y + 1,
				.x = 4,
				.h = area.y + area.h - y - 1,
				.w = area.w - 8,
				.text = how,
				.language = desk->staff.language,
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
}

static enum screen_next open_desk(struct unlock *unlock)
{
	struct desk *desk = unlock->desk;

	const bool open = enter_desk(desk, entry_text(unlock->entries[NAME]),
				     entry_text(unlock->entries[PASSPHRASE]));

	if (!desk->staff.user[0]) {
		unlock->focus = NAME;
		return SCREEN_STAY;
	}
	entry_set_text(unlock->entries[PASSPHRASE], "");
	if (!open)
		return SCREEN_STAY;
	if (desk_take_up(desk))
		return SCREEN_BACK;
	/* This screen is the lowest: the waiting list lies above. */
	desk_open(desk, &desk_waiting_screen, NULL);
	box_remind(desk);
	return SCREEN_STAY;
}

/* What was pasted and is not it is not mixed with what is typed. */
static void begin_anew(struct unlock *unlock, const struct ui_event *event)
{
	if (!unlock->pasted || unlock->focus != PASSPHRASE ||
	    (event->key != UI_KEY_TEXT && event->key != UI_KEY_BACKSPACE))
		return;
	entry_set_text(unlock->entries[PASSPHRASE], "");
	unlock->pasted = false;
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct unlock *unlock = state;

	begin_anew(unlock, event);
	if (event->key == UI_KEY_ESCAPE && !unlock->leaving) {
		unlock->leaving = true;
		desk_say_key(unlock->desk, "desk.escape_again");
		return SCREEN_STAY;
	}
	if (event->key == UI_KEY_ESCAPE) {
		unlock->desk->over = true;
		return SCREEN_STAY;
	}
	unlock->leaving = false;
	if (event->key == UI_KEY_TAB || event->key == UI_KEY_DOWN ||
	    event->key == UI_KEY_UP) {
		unlock->focus = unlock->focus == NAME ? PASSPHRASE : NAME;
		return SCREEN_STAY;
	}
	if (entry_key(unlock->entries[unlock->focus], event) != ENTRY_ENTERED)
		return SCREEN_STAY;
	if (unlock->focus == PASSPHRASE)
		return open_desk(unlock);
	unlock->focus = PASSPHRASE;
	return SCREEN_STAY;
}

/* --- what came all at once --------------------------------------------------
 */

/* Without the Enter that a scanner, or a copied line, has behind it. */
static size_t trimmed(const uint32_t *typed, size_t count)
{
	while (count && (typed[count - 1] == '\r' || typed[count - 1] == '\n' ||
			 typed[count - 1] == '\t'))
		count--;
	return count;
}

static bool may_be_passphrase(const uint32_t *typed, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (typed[i] < ' ' || typed[i] == 0x7F)
			return false;
	}
	return count < PASSPHRASE_LIMIT;
}

bool unlock_paste(struct desk *desk, const uint32_t *typed, size_t count)
{
	struct unlock *unlock = stack_state(&desk->stack);

	assert(stack_top(&desk->stack) == &desk_unlock_screen);
	count = trimmed(typed, count);
	if (!may_be_passphrase(typed, count))
		return false;
	if (unlock->focus == NAME) {
		desk_say_key(desk, "desk.type_name");
		return true;
	}
	entry_set_text(unlock->entries[PASSPHRASE], "");
	for (size_t i = 0; i < count; i++)
		(void)entry_key(unlock->entries[PASSPHRASE],
				&(struct ui_event){ .key = UI_KEY_TEXT,
						    .character = typed[i] });
	unlock->pasted = true;
	desk_say_key(desk, "desk.pasted");
	return true;
}

const struct view desk_unlock_screen = {
	.name = "unlock",
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.leave = leave,
};
