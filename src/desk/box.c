#include "desk/box.h"

#include <stdlib.h>
#include <string.h>

#include "desk/box_home.h"
#include "desk/box_step.h"
#include "seal/secret.h"

#define FUNCTION_TURN 2 /* F2: the other language */

/* --- the helper -------------------------------------------------------------
 */

/* What is said of an answer; NULL: nothing, it is as it should be. */
static const char *word_of(enum vault_verb asked, enum vault_result result)
{
	if (result == VAULT_WRONG)
		return "box.wrong";
	if (result == VAULT_NOT_THERE)
		return "box.no_stick";
	if (result == VAULT_IN_USE)
		return "box.in_use";
	if (result == VAULT_DONE ||
	    (asked == VAULT_MOUNT_STICK && result == VAULT_REFUSED))
		return NULL;
	return "box.failed";
}

static void switch_off(struct box *box)
{
	box_ask(box, &(struct vault_request){ .verb = VAULT_POWER_OFF });
}

static void hear(struct box *box)
{
	switch (vault_call_look(box->call, &box->answer)) {
	case VAULT_WAITING:
		return;
	case VAULT_HEARD:
		/* It was open at once: the clock was looked at since power. */
		box->clocked |=
		    !box->heard && box->answer.state == VAULT_OPENED;
		box->heard = true;
		if (box_is_open(box))
			box_read_settings(box);
		if (box->off_first) {
			box->off_first = false;
			switch_off(box);
			return;
		}
		box->silent = false;
		box_say(box, word_of(box->asked, box->answer.result));
		/* Data that stayed open are not left with the kiosk. */
		box->off = box->answer.result == VAULT_DONE &&
			   (box->giving || box->asked == VAULT_POWER_OFF);
		box->giving &= box->off;
		box->over |= box->off;
		break;
	case VAULT_SILENT:
		box->silent = true;
		box->giving = false;
		break;
	}
	vault_call_free(box->call);
	box->call = NULL;
	box_go_on(box);
}

static void look_at_printer(struct box *box)
{
	const char *word =
	    box_slip_word(box_slip_look(&box->slip, box->moment));

	if (!word)
		return;
	box_slip_done(&box->slip);
	box_say(box, word);
}

void box_tick(struct box *box)
{
	if (box->call)
		hear(box);
	if (box->slip.printer)
		look_at_printer(box);
}

/* --- from step to step -------------------------------------------------------
 */

static void forget_step(struct box *box)
{
	for (int i = 0; i < BOX_FIELDS; i++) {
		entry_free(box->fields[i]);
		box->fields[i] = NULL;
	}
	while (box->choice_count)
		char_free(box->choices[--box->choice_count]);
	box->focus = box->choice = 0;
}

static void enter_step(struct box *box)
{
	const struct box_step *step = box->step;

	for (int i = 0; i < BOX_FIELDS && step->fields[i].word; i++)
		box->fields[i] = entry_new(&(struct entry_options){
		    .language = box->language,
		    .secret = step->fields[i].secret,
		});
	for (int i = 0; i < BOX_CHOICES && step->choices[i]; i++)
		box->choices[box->choice_count++] =
		    box_word(box, step->choices[i]);
	if (step->enter)
		step->enter(box);
}

/* The first row of all parts that is due, or NULL. */
static const struct box_step *due_step(const struct box *box)
{
	for (size_t part = 0; box_parts[part]; part++) {
		for (const struct box_step *step = box_parts[part]; step->name;
		     step++) {
			if (step->due(box))
				return step;
		}
	}
	return NULL;
}

void box_go_on(struct box *box)
{
	forget_step(box);
	box->step = box->silent || box->heard ? due_step(box) : NULL;
	if (box->step)
		enter_step(box);
	else if (box->heard && !box->call)
		box->over = true;
}

enum fault box_init(struct box *box, const char *vault, const char *folder,
		    const char *language)
{
	enum fault fault;

	*box = (struct box){
		.vault = vault,
		.folder = folder,
		.stick = vault_beside(vault, VAULT_STICK),
		.language = strcmp(language, "fr") == 0 ? "fr" : "en",
		.secret = secret_new(sizeof *box->secret),
	};
	fault = box_read_words(box);
	if (!fault)
		box_ask(box, &(struct vault_request){ .verb = VAULT_ASK });
	return fault;
}

void box_give_back(struct box *box, bool closed)
{
	if (closed && box->heard &&
	    (box->answer.state == VAULT_OPENED ||
	     box->answer.state == VAULT_UNLOCKED)) {
		box->giving = true;
		box_ask(box, &(struct vault_request){ .verb = VAULT_CLOSE });
	} else {
		box->over = box->off = true;
	}
}

void box_leave(struct box *box, enum desk_after after)
{
	box->over = false;
	box->left = true;
	box->told = box->printed = false;
	agency_key_free(box->key);
	box->key = NULL;
	secret_wipe(box->secret, sizeof *box->secret);
	if (after == DESK_RESTORE) {
		box_forget_way(box);
		box->left = box->brought = false;
		box->way = BOX_BACK;
	}
	if (after == DESK_LOBBY || after == DESK_AWAY)
		box_give_back(box, after == DESK_AWAY);
	else
		box_ask(box, &(struct vault_request){
				 .verb = after == DESK_OFF ? VAULT_POWER_OFF
							   : VAULT_ASK });
	if (!box->over)
		box_go_on(box);
}

void box_done(struct box *box)
{
	forget_step(box);
	vault_call_free(box->call);
	box_slip_done(&box->slip);
	stick_found_done(&box->found);
	agency_key_free(box->key);
	secret_free(box->secret);
	free(box->said);
	free(box->stick);
	catalogue_free(box->words);
	*box = (struct box){ 0 };
}

/* --- keys --------------------------------------------------------------------
 */

static int field_count(const struct box *box)
{
	int count = 0;

	while (count < BOX_FIELDS && box->fields[count])
		count++;
	return count;
}

/* One step back is the choice between a new agency and one that comes back;
 * before that, Escape twice switches off. */
static void escape(struct box *box)
{
	if (box->way != BOX_OPEN && !box->told && !box->escaping) {
		box_forget_way(box);
		if (box->answer.mounted)
			box_ask(box, &(struct vault_request){
					 .verb = VAULT_UNMOUNT_STICK });
		box_go_on(box);
		return;
	}
	if (box->escaping && box->lobby)
		box_give_back(box, true);
	else if (box->escaping)
		switch_off(box);
	else
		box_say(box,
			box->lobby ? "box.escape_lobby" : "box.escape_again");
	box->escaping = !box->escaping;
}

/* A field with choices below it does not happen: one or the other. */
static void choose(struct box *box, const struct ui_event *event)
{
	const int digit =
	    event->key == UI_KEY_TEXT ? (int)event->character - '1' : -1;

	if (event->key == UI_KEY_UP && box->choice)
		box->choice--;
	else if (event->key == UI_KEY_DOWN &&
		 box->choice + 1 < box->choice_count)
		box->choice++;
	else if (event->key == UI_KEY_ENTER)
		box->step->take(box, box->choice);
	else if (digit >= 0 && digit < box->choice_count)
		box->step->take(box, digit);
}

/* What cannot be seen is not mended, but written anew. */
static void clear_secrets(struct box *box)
{
	for (int i = BOX_FIELDS; i--;) {
		if (box->fields[i] && box->step->fields[i].secret) {
			entry_set_text(box->fields[i], "");
			box->focus = i;
		}
	}
}

static void give(struct box *box)
{
	box->step->take(box, 0);
	if (box->said && box->step)
		clear_secrets(box);
}

static void write(struct box *box, const struct ui_event *event)
{
	const int count = field_count(box);

	if (event->key == UI_KEY_TAB || event->key == UI_KEY_DOWN)
		box->focus = (box->focus + 1) % count;
	else if (event->key == UI_KEY_UP)
		box->focus = (box->focus + count - 1) % count;
	else if (entry_key(box->fields[box->focus], event) != ENTRY_ENTERED)
		return;
	else if (box->focus + 1 < count && !box_is_scan(box))
		box->focus++;
	else
		give(box);
}

void box_key(struct box *box, const struct ui_event *event)
{
	if (event->key == UI_KEY_RESIZE || box->call)
		return;
	if (event->key != UI_KEY_ESCAPE)
		box->escaping = false;
	box_say(box, NULL);
	if (event->key == UI_KEY_ESCAPE) {
		escape(box);
	} else if (event->key == UI_KEY_FUNCTION &&
		   event->character == FUNCTION_TURN) {
		box_turn(box);
		box_go_on(box);
	} else if (box->choice_count) {
		choose(box, event);
	} else if (box->fields[0]) {
		write(box, event);
	}
}
