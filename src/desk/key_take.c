#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/desk.h"
#include "desk/frame.h"
#include "desk/key_put.h"
#include "desk/keys.h"
#include "issue/key_change.h"
#include "seal/secret.h"
#include "ui/entry.h"

/*
 * A key that another desk put on a stick: its words open it, its fingerprint is
 * compared with that desk's, and it takes the present one's place or is kept
 * beside it, by the rules of `foyer key import`. The stick is out by then.
 */
enum stage { WORDS, COMPARE, OWN };

struct taking {
	struct desk *desk;
	enum stage stage;
	bool over; /* the present one's place, not beside it */
	struct bytes file;
	struct entry *entry;
	struct agency_key *key; /* of the file, from COMPARE on */
	char *passphrase;       /* of the present key, in secret memory */
};

static void set_stage(struct taking *taking, enum stage stage)
{
	taking->stage = stage;
	entry_free(taking->entry);
	taking->entry = entry_new(&(struct entry_options){
	    .language = taking->desk->staff.language,
	    .secret = true,
	});
	taking->desk->dirty = true;
}

static void leave(void *state)
{
	struct taking *taking = state;

	entry_free(taking->entry);
	agency_key_free(taking->key);
	secret_free(taking->passphrase);
	bytes_done(&taking->file);
	free(taking);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	const struct bytes *file = about;
	struct taking *taking = xcalloc(1, sizeof *taking);

	taking->desk = desk;
	taking->passphrase = secret_new(PASSPHRASE_LIMIT);
	bytes_add(&taking->file, file->data, file->length);
	set_stage(taking, WORDS);
	*state = taking;
	return FAULT_NONE;
}

/* --- the other desk's words ------------------------------------------------
 */

static void take_words(struct taking *taking)
{
	enum agency_key_answer answer = AGENCY_KEY_WRONG_PASSPHRASE;
	char words[PASSPHRASE_LIMIT] = "";
	const char *typed = entry_text(taking->entry);
	enum fault fault;

	if (strlen(typed) < sizeof words)
		strcpy(words, typed);
	passphrase_tidy(words);
	fault = agency_key_unlock(taking->file.data, taking->file.length, words,
				  &answer, &taking->key);
	secret_wipe(words, sizeof words);
	if (fault) {
		desk_say_key(taking->desk, "keys.not_carried");
	} else if (answer != AGENCY_KEY_OPENED) {
		desk_say_key(taking->desk, "box.wrong");
	} else {
		set_stage(taking, COMPARE);
		return;
	}
	entry_set_text(taking->entry, "");
}

/* --- one's own -------------------------------------------------------------
 */

static const char *const refusals[KEYS_JOINS] = {
	[KEYS_JOIN_SAME] = "keys.take_same",
	[KEYS_JOIN_KEPT] = "keys.take_kept",
	[KEYS_JOIN_DESTROYED] = "keys.take_destroyed",
	[KEYS_JOIN_EARLIER] = "keys.take_earlier",
};

static bool may_join(struct taking *taking, const struct agency_key *present)
{
	struct desk *desk = taking->desk;
	enum keys_join answer;

	if (keys_may_join(desk->home, taking->key, present, taking->passphrase,
			  &answer)) {
		desk_say_key(desk, "box.failed");
		return false;
	}
	if (answer == KEYS_JOIN ||
	    (answer == KEYS_JOIN_EARLIER && !taking->over))
		return true;
	desk_say_key(desk, refusals[answer]);
	return false;
}

static void put(struct taking *taking, const struct agency_key *present)
{
	struct desk *desk = taking->desk;
	const bool over = taking->over;
	const char *done;
	bool noted;

	if (over ? key_put_over_present(desk, present, taking->key,
					taking->passphrase, &noted)
		 : key_put_aside(desk, taking->key, taking->passphrase,
				 &noted)) {
		desk_say_key(desk, "box.failed");
		return;
	}
	done = key_put_use(desk, taking->passphrase, noted,
			   over ? "keys.taken" : "keys.kept");
	desk_done(desk);
	desk_say(desk, desk_word(desk, done), true);
}

static void take_own(struct taking *taking)
{
	SCOPED(agency_key_freep) struct agency_key *present = NULL;

	if (!key_put_ask(taking->desk, entry_text(taking->entry),
			 taking->passphrase, &present))
		entry_set_text(taking->entry, "");
	else if (may_join(taking, present))
		put(taking, present);
	else
		set_stage(taking, COMPARE);
}

/* --- the screen ------------------------------------------------------------
 */

static void draw_key(const struct taking *taking, struct canvas *canvas,
		     struct canvas_area area)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(agency_key_public(taking->key), fingerprint);
	frame_line(canvas, area.y, 3, area.w - 6, agency_key_label(taking->key),
		   taking->desk->staff.language, CANVAS_BOLD, CANVAS_INK);
	frame_line(canvas, area.y + 1, 3, area.w - 6, fingerprint, "en",
		   CANVAS_BOLD, CANVAS_ACCENT);
}

static void draw_entry(const struct taking *taking, struct canvas *canvas,
		       struct canvas_area area)
{
	SCOPED(char_freep)
	char *word = desk_word(taking->desk, "box.passphrase");

	frame_line(canvas, area.y, 3, 24, word, taking->desk->staff.language,
		   CANVAS_PLAIN, CANVAS_QUIET);
	entry_draw(taking->entry, canvas,
		   (struct canvas_area){ area.y, 28, 1, area.w - 31 },
		   ENTRY_FOCUSED);
}

static void draw(void *state, struct canvas *canvas)
{
	static const char *const abouts[] = {
		[WORDS] = "keys.take_words",
		[COMPARE] = "keys.take_compare",
		[OWN] = "keys.take_own",
	};
	struct taking *taking = state;
	struct desk *desk = taking->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "keys.take_title");
	SCOPED(char_freep) char *about = desk_word(desk, abouts[taking->stage]);
	struct canvas_area area = frame_draw(desk, canvas, title);
	const int rows =
	    canvas_text(canvas, &(struct canvas_text){
				    .y = area.y,
				    .x = 3,
				    .h = area.h - 3,
				    .w = area.w - 6,
				    .text = about,
				    .language = desk->staff.language,
				    .caret = -1,
				});

	area.y += rows + 1;
	area.h -= rows + 1;
	if (taking->stage == COMPARE)
		draw_key(taking, canvas, area);
	else
		draw_entry(taking, canvas, area);
}

static bool writing(const void *state)
{
	return ((const struct taking *)state)->stage != COMPARE;
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct taking *taking = state;

	if (taking->stage == COMPARE) {
		(void)action_key(taking->desk, event);
		return SCREEN_STAY;
	}
	if (event->key == UI_KEY_ESCAPE)
		return SCREEN_BACK;
	if (entry_key(taking->entry, event) != ENTRY_ENTERED)
		return SCREEN_STAY;
	if (taking->stage == WORDS)
		take_words(taking);
	else
		take_own(taking);
	return SCREEN_STAY;
}

static bool is_compared(const struct desk *desk, const void *state)
{
	(void)desk;
	return !writing(state);
}

static void ask_own(struct taking *taking, bool over)
{
	taking->over = over;
	desk_say(taking->desk, NULL, false);
	set_stage(taking, OWN);
}

static void put_over(struct desk *desk, void *state)
{
	(void)desk;
	ask_own(state, true);
}

static void keep(struct desk *desk, void *state)
{
	(void)desk;
	ask_own(state, false);
}

static const struct action actions[] = {
	{ '\r', "keys.take_over", "keys.take_over_about", is_compared,
	  put_over },
	{ 'k', "keys.take_keep", "keys.take_keep_about", is_compared, keep },
	{ 0 },
};

const struct view desk_key_take_screen = {
	.name = "key-take",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = writing,
	.leave = leave,
};
