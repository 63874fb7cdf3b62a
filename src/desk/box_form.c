#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk/action.h"
#include "desk/box_menu.h"
#include "desk/frame.h"
#include "issue/key_change.h"
#include "issue/keys.h"
#include "record/rekey.h"
#include "record/user.h"
#include "seal/own_passphrase.h"
#include "seal/secret.h"
#include "ui/entry.h"
#include "vault/call.h"

/* A few lines that are filled in and then done: passphrases, the clock. */
#define LINES 3
#define ABOUT_ROWS 5 /* of what is said above them, at most */

struct form {
	struct desk *desk;
	char *offer; /* six words to take, in secret memory; NULL: none */
	enum box_form what;
	struct entry *lines[LINES];
	int count, focus;
	struct vault_call *call;
};

/* --- what is done
 * -------------------------------------------------------------- */

/* The new passphrase is good and written twice alike; else it is said. */
static bool new_is_good(struct form *form, char tidy[PASSPHRASE_LIMIT])
{
	const char *text = entry_text(form->lines[1]);

	if (strlen(text) >= VAULT_PASSPHRASE - 1 || !own_strong(text)) {
		desk_say_key(form->desk, "box.weak");
		return false;
	}
	if (strcmp(text, entry_text(form->lines[2])) != 0) {
		desk_say_key(form->desk, "box.not_alike");
		return false;
	}
	strcpy(tidy, text);
	passphrase_tidy(tidy);
	return true;
}

static void take_old(const struct form *form, char tidy[PASSPHRASE_LIMIT])
{
	const char *text = entry_text(form->lines[0]);

	tidy[0] = 0;
	if (strlen(text) < VAULT_PASSPHRASE - 1)
		strcpy(tidy, text);
	passphrase_tidy(tidy);
}

static void change_box(struct form *form)
{
	struct vault_request request = { .verb = VAULT_CHANGE };

	take_old(form, request.passphrase);
	if (request.passphrase[0] && new_is_good(form, request.new_passphrase))
		form->call = vault_call_new(form->desk->vault, &request);
	secret_wipe(&request, sizeof request);
}

static const char *word_of(enum user_answer answer)
{
	return answer == USER_DONE     ? "box.changed"
	       : answer == USER_WRONG  ? "box.wrong"
	       : answer == USER_SLOWED ? "box.slowed"
	       : answer == USER_WEAK   ? "box.weak"
				       : "box.failed";
}

/* What cannot be seen is not mended, but written anew. */
static void clear(struct form *form)
{
	for (int i = 0; i < form->count; i++)
		entry_set_text(form->lines[i], "");
	form->focus = 0;
}

static bool change_user(struct desk *desk, const char *old, const char *new)
{
	struct user_in in;
	bool done;

	if (user_change(desk->record, desk->staff.user, old, new,
			home_is_demo(desk->home) ? OWN_DEMO : OWN_DESK,
			desk->staff.desk, desk->clock.now, &in)) {
		desk_say_trouble(desk);
		return false;
	}
	done = in.answer == USER_DONE;
	desk_say_key(desk, word_of(in.answer));
	user_in_done(&in);
	return done;
}

/* Both passphrases are handed to change, which says what became of it. */
static void change_with(struct form *form,
			bool (*change)(struct desk *desk, const char *old,
				       const char *new))
{
	char old[PASSPHRASE_LIMIT], new[PASSPHRASE_LIMIT];
	bool done;

	take_old(form, old);
	done = new_is_good(form, new) && change(form->desk, old, new);
	secret_wipe(old, sizeof old);
	secret_wipe(new, sizeof new);
	if (done)
		desk_done(form->desk);
	else
		clear(form);
}

static void change_own(struct form *form)
{
	change_with(form, change_user);
}

/* --- the agency key's
 * -------------------------------------------------------- */

static void say_key_changed(struct desk *desk, const struct rekeyed *changed)
{
	const struct catalogue_argument lost = { .name = "lost",
						 .number =
						     (double)changed->lost };

	desk_say(desk, desk_words(desk, "box.rekeyed", &lost, 1), false);
}

static bool change_key(struct desk *desk, const char *old, const char *new)
{
	static const char *const words[REKEY_ANSWERS] = {
		[REKEY_WRONG] = "box.wrong",
		[REKEY_SLOWED] = "box.slowed",
		[REKEY_WEAK] = "box.weak",
		[REKEY_REFUSED] = "box.failed",
	};
	SCOPED(char_freep)
	char *note = home_is_demo(desk->home)
			 ? home_path(desk->home, HOME_SETTINGS, HOME_PASSPHRASE)
			 : NULL;
	const struct rekey change = {
		.folder = home_folder(desk->home, HOME_KEYS),
		.old = old,
		.passphrase = new,
		.cost = keys_cost(desk->home),
		.note = note,
	};
	struct rekeyed changed = { .answer = REKEY_WRONG };

	/* Of a change of the key itself nothing is left halfway. */
	if (keys_settle(desk->home, desk->clock.now / 1000) ||
	    rekey(desk->record, &change, &desk->staff.who, desk->clock.now,
		  &changed))
		desk_say_trouble(desk);
	else if (changed.answer == REKEY_DONE)
		say_key_changed(desk, &changed);
	else
		desk_say_key(desk, words[changed.answer]);
	return changed.answer == REKEY_DONE;
}

static void change_agency(struct form *form)
{
	change_with(form, change_key);
}

static void offer_words(struct form *form)
{
	form->offer = secret_new(PASSPHRASE_BYTES);
	passphrase_make(form->offer);
}

int64_t box_moment(const char *day, const char *minute)
{
	struct tm local = { .tm_isdst = -1 };
	char rest;
	int64_t seconds;
	int of_month;

	if (sscanf(day, "%4d-%2d-%2d%c", &local.tm_year, &local.tm_mon,
		   &local.tm_mday, &rest) != 3 ||
	    sscanf(minute, "%2d:%2d%c", &local.tm_hour, &local.tm_min, &rest) !=
		2 ||
	    local.tm_mon < 1 || local.tm_mon > 12 || local.tm_mday < 1 ||
	    local.tm_mday > 31 || local.tm_hour < 0 || local.tm_hour > 23 ||
	    local.tm_min < 0 || local.tm_min > 59)
		return -1;
	local.tm_year -= 1900;
	local.tm_mon -= 1;
	of_month = local.tm_mday;
	seconds = (int64_t)mktime(&local);
	/* There is no 31 February. */
	return local.tm_mday == of_month && seconds >= VAULT_EARLIEST &&
		       seconds <= VAULT_LATEST
		   ? seconds
		   : -1;
}

/* A row of the audit of what is done to the box itself. */
static enum fault note(const struct form *form, const char *act,
		       const char *what)
{
	struct desk *desk = form->desk;

	return record_note(desk->record, act, "box", what, &desk->staff.who,
			   desk->clock.now);
}

static enum fault note_clock(const struct form *form, const char *act)
{
	SCOPED(char_freep)
	char *moment = xasprintf("%s %s", entry_text(form->lines[0]),
				 entry_text(form->lines[1]));

	return note(form, act, moment);
}

/* The row stands before the clock does: it is dated by the old one. */
static void set_clock(struct form *form)
{
	const struct vault_request request = {
		.verb = VAULT_SET_TIME,
		.seconds = box_moment(entry_text(form->lines[0]),
				      entry_text(form->lines[1])),
	};

	if (request.seconds < 0)
		desk_say_key(form->desk, "box.no_time");
	else if (note_clock(form, "clock-set"))
		desk_say_trouble(form->desk);
	else
		form->call = vault_call_new(form->desk->vault, &request);
}

static void begin_clock(struct form *form)
{
	const time_t now = (time_t)(form->desk->clock.now / 1000);
	char text[24];
	struct tm local;

	localtime_r(&now, &local);
	strftime(text, sizeof text, "%Y-%m-%d", &local);
	entry_set_text(form->lines[0], text);
	strftime(text, sizeof text, "%H:%M", &local);
	entry_set_text(form->lines[1], text);
}

static const struct {
	const char *title, *about;
	const char *lines[LINES]; /* catalogue; NULL behind the last */
	bool secret;
	void (*begin)(struct form *form); /* NULL: nothing is filled in */
	void (*run)(struct form *form);
} kinds[BOX_FORMS] = {
	[BOX_PASSPHRASE] = { "box.change",
			     "box.change_about",
			     { "box.old", "box.new_one", "box.once_more" },
			     true,
			     NULL,
			     change_box },
	[BOX_OWN] = { "box.own",
		      "box.own_about",
		      { "box.old", "box.new_one", "box.once_more" },
		      true,
		      NULL,
		      change_own },
	[BOX_KEY] = { "box.rekey",
		      "box.rekey_form",
		      { "box.old", "box.new_one", "box.once_more" },
		      true,
		      offer_words,
		      change_agency },
	[BOX_CLOCK] = { "box.set_clock",
			"box.set_clock_about",
			{ "box.day", "box.time" },
			false,
			begin_clock,
			set_clock },
};

/* --- the screen
 * -------------------------------------------------------------------- */

static void leave(void *state)
{
	struct form *form = state;

	vault_call_free(form->call);
	secret_free(form->offer);
	for (int i = 0; i < form->count; i++)
		entry_free(form->lines[i]);
	free(form);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct form *form = xcalloc(1, sizeof *form);

	form->desk = desk;
	form->what = *(const enum box_form *)about;
	while (form->count < LINES && kinds[form->what].lines[form->count])
		form->lines[form->count++] = entry_new(&(struct entry_options){
		    .language = desk->staff.language,
		    .secret = kinds[form->what].secret,
		});
	if (kinds[form->what].begin)
		kinds[form->what].begin(form);
	*state = form;
	return FAULT_NONE;
}

static void draw_offer(const struct form *form, struct canvas *canvas, int y,
		       int w)
{
	const struct catalogue_argument words = { .name = "words",
						  .text = form->offer };
	SCOPED(char_wipep)
	char *text = desk_words(form->desk, "box.for_example", &words, 1);

	frame_line(canvas, y, 3, w, text, form->desk->staff.language,
		   CANVAS_PLAIN, CANVAS_QUIET);
}

static void draw(void *state, struct canvas *canvas)
{
	struct form *form = state;
	struct desk *desk = form->desk;
	SCOPED(char_freep)
	char *title = desk_word(desk, kinds[form->what].title);
	SCOPED(char_freep)
	char *about = desk_word(desk, form->call ? "box.working"
						 : kinds[form->what].about);
	struct canvas_area area = frame_draw(desk, canvas, title);
	int y = area.y + 1;

	y += canvas_text(canvas, &(struct canvas_text){
				     .y = y,
				     .x = 3,
				     .h = ABOUT_ROWS,
				     .w = area.w - 6,
				     .text = about,
				     .language = desk->staff.language,
				     .colour = CANVAS_QUIET,
				     .caret = -1,
				 });
	for (int i = 0; i < form->count; i++) {
		SCOPED(char_freep)
		char *word = desk_word(desk, kinds[form->what].lines[i]);

		y++;
		frame_line(canvas, y, 3, 24, word, desk->staff.language,
			   CANVAS_PLAIN, CANVAS_QUIET);
		entry_draw(form->lines[i], canvas,
			   (struct canvas_area){ y, 28, 1, area.w - 31 },
			   i == form->focus ? ENTRY_FOCUSED : ENTRY_QUIET);
	}
	if (form->offer)
		draw_offer(form, canvas, y + 2, area.w - 6);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct form *form = state;

	if (form->call)
		return SCREEN_STAY;
	if (event->key == UI_KEY_ESCAPE)
		return SCREEN_BACK;
	if (event->key == UI_KEY_TAB || event->key == UI_KEY_DOWN)
		form->focus = (form->focus + 1) % form->count;
	else if (event->key == UI_KEY_UP)
		form->focus = (form->focus + form->count - 1) % form->count;
	else if (entry_key(form->lines[form->focus], event) != ENTRY_ENTERED)
		return SCREEN_STAY;
	else if (form->focus + 1 < form->count)
		form->focus++;
	else
		kinds[form->what].run(form);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t moment)
{
	struct form *form = state;
	struct vault_answer answer;
	enum vault_heard heard;

	(void)moment;
	if (!form->call)
		return SCREEN_STAY;
	heard = vault_call_look(form->call, &answer);
	if (heard == VAULT_WAITING)
		return SCREEN_STAY;
	vault_call_free(form->call);
	form->call = NULL;
	if (heard == VAULT_HEARD && answer.result == VAULT_DONE) {
		desk_say_key(form->desk,
			     form->what == BOX_PASSPHRASE &&
				     note(form, "box-passphrase", NULL)
				 ? "keys.no_row"
				 : "box.changed");
		return SCREEN_BACK;
	}
	if (form->what == BOX_CLOCK)
		(void)!note_clock(form, "clock-not-set");
	desk_say_key(form->desk,
		     heard == VAULT_HEARD && answer.result == VAULT_WRONG
			 ? "box.wrong"
			 : "box.failed");
	if (kinds[form->what].secret)
		clear(form);
	return SCREEN_STAY;
}

const struct view desk_box_form_screen = {
	.name = "box-form",
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.tick = tick,
	.leave = leave,
};
