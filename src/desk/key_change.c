#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/box_slip.h"
#include "desk/desk.h"
#include "desk/frame.h"
#include "desk/key_lines.h"
#include "desk/key_put.h"
#include "desk/keys.h"
#include "issue/key_change.h"
#include "issue/key_paper.h"
#include "seal/secret.h"
#include "ui/entry.h"

/*
 * Another key in the agency's key's place: who asks says their passphrase, the
 * new key is put on paper, and once a line of it was typed back it counts.
 * Until then it is in locked memory alone, and nothing has changed.
 */
enum stage { ASK, PAPER, READ };
#define ASKED_LINE 3

struct renewal {
	struct desk *desk;
	enum stage stage;
	struct entry *entry; /* a passphrase, then a line */
	struct box_slip slip;
	struct agency_key *present, *next;
	char *passphrase; /* of the agency's key, in secret memory */
};

static void set_stage(struct renewal *renewal, enum stage stage)
{
	renewal->stage = stage;
	entry_free(renewal->entry);
	renewal->entry = entry_new(&(struct entry_options){
	    .language = renewal->desk->staff.language,
	    .secret = stage == ASK,
	});
	renewal->desk->dirty = true;
}

static void leave(void *state)
{
	struct renewal *renewal = state;

	box_slip_done(&renewal->slip);
	entry_free(renewal->entry);
	agency_key_free(renewal->present);
	agency_key_free(renewal->next);
	secret_free(renewal->passphrase);
	free(renewal);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct renewal *renewal = xcalloc(1, sizeof *renewal);

	(void)about;
	renewal->desk = desk;
	renewal->passphrase = secret_new(PASSPHRASE_LIMIT);
	set_stage(renewal, ASK);
	*state = renewal;
	return FAULT_NONE;
}

/* --- whoever asks
 * --------------------------------------------------------- */

static void take_passphrase(struct renewal *renewal)
{
	struct desk *desk = renewal->desk;

	if (!key_put_ask(desk, entry_text(renewal->entry), renewal->passphrase,
			 &renewal->present)) {
		entry_set_text(renewal->entry, "");
		return;
	}
	renewal->next = agency_key_make(agency_key_label(renewal->present),
					desk->clock.now / 1000);
	set_stage(renewal, PAPER);
}

/* --- once its paper was read back
 * ------------------------------------------- */

static enum fault put(struct renewal *renewal, bool *noted)
{
	struct desk *desk = renewal->desk;
	enum fault fault = key_put_over_present(
	    desk, renewal->present, renewal->next, renewal->passphrase, noted);

	/* Without that note the list asks for the paper again. */
	if (!fault)
		(void)!keys_note_paper(desk->home,
				       agency_key_public(renewal->next));
	return fault;
}

static void show_new(struct desk *desk, const struct agency_key *key,
		     const char *done)
{
	struct card card = { 0 };

	memcpy(card.key, agency_key_public(key), KEY_BYTES);
	strcpy(card.name, agency_key_label(key));
	desk_done(desk);
	desk_open(desk, &desk_key_code_screen, &card);
	desk_say(desk, desk_word(desk, done), true);
}

static void take_line(struct renewal *renewal)
{
	struct desk *desk = renewal->desk;
	const char *done;
	bool noted;
	SCOPED(agency_key_freep) struct agency_key *next = NULL;

	if (!*entry_text(renewal->entry)) {
		set_stage(renewal, PAPER); /* to see it again */
		return;
	}
	if (!key_paper_proves(renewal->next, ASKED_LINE,
			      entry_text(renewal->entry))) {
		desk_say_key(desk, "box.wrong_line");
		return;
	}
	if (put(renewal, &noted)) {
		desk_say_key(desk, "box.failed");
		return;
	}
	done = key_put_use(desk, renewal->passphrase, noted, "keys.changed");
	next = renewal->next;
	renewal->next = NULL;
	show_new(desk, next, done);
}

/* --- the screen
 * ------------------------------------------------------------ */

static void draw(void *state, struct canvas *canvas)
{
	static const struct {
		const char *about, *line; /* catalogue */
	} words[] = {
		[ASK] = { "keys.ask_about", "box.passphrase" },
		[PAPER] = { "keys.paper_about", NULL },
		[READ] = { "keys.read_about", "box.line_3" },
	};
	struct renewal *renewal = state;
	struct desk *desk = renewal->desk;
	const char *language = desk->staff.language;
	SCOPED(char_freep) char *title = desk_word(desk, "keys.change_title");
	SCOPED(char_freep)
	char *about = desk_word(desk, words[renewal->stage].about);
	struct canvas_area area = frame_draw(desk, canvas, title);
	int rows = canvas_text(canvas, &(struct canvas_text){
					   .y = area.y,
					   .x = 3,
					   .h = area.h - 2,
					   .w = area.w - 6,
					   .text = about,
					   .language = language,
					   .caret = -1,
				       });

	area.y += rows + 1;
	area.h -= rows + 1;
	if (renewal->stage == PAPER) {
		(void)key_lines_draw(renewal->next, canvas, area);
	} else {
		SCOPED(char_freep)
		char *line = desk_word(desk, words[renewal->stage].line);

		frame_line(canvas, area.y, 3, 24, line, language, CANVAS_PLAIN,
			   CANVAS_QUIET);
		entry_draw(renewal->entry, canvas,
			   (struct canvas_area){ area.y, 28, 1, area.w - 31 },
			   ENTRY_FOCUSED);
	}
}

static bool writing(const void *state)
{
	return ((const struct renewal *)state)->stage != PAPER;
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct renewal *renewal = state;

	if (renewal->stage == PAPER) {
		(void)action_key(renewal->desk, event);
		return SCREEN_STAY;
	}
	if (event->key == UI_KEY_ESCAPE)
		return SCREEN_BACK;
	if (entry_key(renewal->entry, event) != ENTRY_ENTERED)
		return SCREEN_STAY;
	if (renewal->stage == ASK)
		take_passphrase(renewal);
	else
		take_line(renewal);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t moment)
{
	struct renewal *renewal = state;

	box_slip_tell(&renewal->slip, renewal->desk, moment);
	return SCREEN_STAY;
}

static bool is_paper(const struct desk *desk, const void *state)
{
	(void)desk;
	return !writing(state);
}

static void print(struct desk *desk, void *state)
{
	struct renewal *renewal = state;
	SCOPED(picture_freep) struct picture *picture = NULL;

	if (key_paper_draw(renewal->next, box_slip_width(desk), &picture))
		desk_say_key(desk, "desk.print_failed");
	else
		box_slip_print_key(&renewal->slip, desk, picture);
}

static void go_on(struct desk *desk, void *state)
{
	(void)desk;
	set_stage(state, READ);
}

static const struct action actions[] = {
	{ '\r', "keys.on_paper", "keys.on_paper_about", is_paper, go_on },
	{ 'p', "desk.print", "keys.print_paper_about", is_paper, print },
	{ 0 },
};

const struct view desk_key_change_screen = {
	.name = "key-change",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = writing,
	.tick = tick,
	.leave = leave,
};
