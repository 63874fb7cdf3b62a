#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/box_flash.h"
#include "desk/box_menu.h"
#include "desk/box_stick.h"
#include "desk/frame.h"
#include "desk/titled.h"
#include "vault/call.h"

/*
 * A release of the stick that is mounted is put on a kiosk's card in a reader:
 * the card is chosen by name and size, looked at, asked for once more with what
 * it is and will be, and written. foyer-flash does it, and refuses what would
 * take a card back or is no kiosk's; nothing is written to a card that nobody
 * named.
 */
enum state {
	RELEASES, /* the person chooses one of several */
	CARDS,    /* ... or a card */
	LISTING,  /* the helper is asked which there are */
	LENDING,
	AT_WORK, /* foyer-flash is; how far it tells itself */
	TAKING_BACK,
	RESULT,
};

struct update {
	struct desk *desk;
	enum state state;
	struct table *table;
	struct dirent **releases;
	int release_count, release;
	struct vault_call *call;
	struct vault_answer answer;
	char *cards[VAULT_STICKS];
	struct vault_stick card; /* that was chosen */
	struct box_flash *flash;
	char *result; /* what became of it; NULL: nothing yet */
	bool good;
};

/* --- releases --------------------------------------------------------------
 */

#define RELEASE_END ".release"

static int is_release(const struct dirent *entry)
{
	const size_t length = strlen(entry->d_name), end = strlen(RELEASE_END);

	return entry->d_name[0] != '.' && length > end &&
	       strcmp(entry->d_name + length - end, RELEASE_END) == 0;
}

static void ask(struct update *update, enum state state, enum vault_verb verb)
{
	struct vault_request request = { .verb = verb };

	if (verb != VAULT_ASK)
		strcpy(request.stick, update->card.name);
	vault_call_free(update->call);
	update->call = vault_call_new(update->desk->vault, &request);
	update->state = state;
	update->desk->dirty = true;
}

static void list_cards(struct update *update)
{
	ask(update, LISTING, VAULT_ASK);
}

/* --- what the helper says --------------------------------------------------
 */

static void forget_cards(struct update *update)
{
	for (size_t i = 0; i < VAULT_STICKS; i++) {
		free(update->cards[i]);
		update->cards[i] = NULL;
	}
}

static void take_cards(struct update *update)
{
	forget_cards(update);
	for (size_t i = 0; i < update->answer.card_count; i++)
		update->cards[i] = stick_words(&update->answer.cards[i],
					       update->desk->staff.words);
	table_set_count(update->table, update->answer.card_count);
	update->state = CARDS;
}

static void begin(struct update *update)
{
	struct desk *desk = update->desk;
	const char *name = update->releases[update->release]->d_name;
	SCOPED(char_freep)
	char *release = xasprintf("%s/%s", desk->stick, name);
	SCOPED(char_freep)
	char *card = xasprintf("%s/%s", desk->nodes, update->card.name);

	update->flash = box_flash_new(desk->flash, release, card);
	update->state = AT_WORK;
}

static void hear_helper(struct update *update)
{
	switch (update->state) {
	case LISTING:
		take_cards(update);
		break;
	case LENDING:
		if (update->answer.result == VAULT_DONE) {
			begin(update);
		} else {
			desk_say_key(update->desk, "box.no_card");
			list_cards(update);
		}
		break;
	case TAKING_BACK:
		/* One that was pulled out is nobody's. */
		update->state = RESULT;
		break;
	default:
		break;
	}
}

/* --- what foyer-flash says -------------------------------------------------
 */

/* The last word of its own, and what is said of it here. */
static const struct {
	const char *end, *word;
} ends[] = {
	{ "done", "box.flash_done" },       { "no", "box.flash_no" },
	{ "release", "box.flash_release" }, { "card", "box.flash_card" },
	{ "foreign", "box.flash_foreign" }, { "odd", "box.flash_odd" },
	{ "variant", "box.flash_variant" }, { "small", "box.flash_small" },
	{ "older", "box.flash_older" },     { "unknown", "box.flash_unknown" },
	{ "full", "box.flash_full" },       { "cut", "box.flash_cut" },
};

static const char *word_of(const char *end)
{
	for (size_t i = 0; i < COUNT(ends); i++) {
		if (strcmp(ends[i].end, end) == 0)
			return ends[i].word;
	}
	return "box.flash_failed";
}

static char *say_told(const struct update *update,
		      const struct flash_told *told, const char *key)
{
	const struct catalogue_argument parts[] = {
		{ .name = "card",
		  .text = update->cards[table_selected(update->table)] },
		{ .name = "before", .text = told->before },
		{ .name = "variant", .text = told->variant },
		{ .name = "version", .text = told->version },
		{ .name = "percent", .number = told->percent },
	};

	return desk_words(update->desk, key, parts, COUNT(parts));
}

static void hear_flash(struct update *update)
{
	const struct flash_told before = *box_flash_told(update->flash);
	const struct flash_told *told = box_flash_look(update->flash);

	update->desk->dirty |= memcmp(&before, told, sizeof before) != 0;
	if (told->stage != FLASH_ENDED)
		return;
	update->good = strcmp(told->end, "done") == 0;
	update->result = say_told(update, told, word_of(told->end));
	box_flash_free(update->flash);
	update->flash = NULL;
	ask(update, TAKING_BACK, VAULT_TAKE_CARD);
}

static enum screen_next tick(void *state, int64_t moment)
{
	struct update *update = state;
	enum vault_heard heard;

	(void)moment;
	if (update->flash)
		hear_flash(update);
	if (!update->call)
		return SCREEN_STAY;
	heard = vault_call_look(update->call, &update->answer);
	if (heard == VAULT_WAITING)
		return SCREEN_STAY;
	vault_call_free(update->call);
	update->call = NULL;
	update->desk->dirty = true;
	if (heard == VAULT_HEARD) {
		hear_helper(update);
		return SCREEN_STAY;
	}
	desk_say_key(update->desk, "box.silent");
	return SCREEN_BACK;
}

/* --- the screen ------------------------------------------------------------
 */

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct update *update = to;

	(void)column;
	return (struct table_cell){
		.text = update->state == RELEASES
			    ? update->releases[row]->d_name
			    : update->cards[row],
		.colour = CANVAS_INK,
		.bold = true,
	};
}

/* Left before its end, as by another's signing in: no card stays lent. */
static void give_back(const struct update *update)
{
	struct vault_request request = { .verb = VAULT_TAKE_CARD };

	if (update->state != LENDING && update->state != AT_WORK)
		return;
	strcpy(request.stick, update->card.name);
	vault_tell(update->desk->vault, &request);
}

static void leave(void *state)
{
	struct update *update = state;

	give_back(update);
	for (int i = 0; i < update->release_count; i++)
		free(update->releases[i]);
	free(update->releases);
	forget_cards(update);
	vault_call_free(update->call);
	box_flash_free(update->flash);
	table_free(update->table);
	free(update->result);
	free(update);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[] = { { NULL, 0, 0 } };
	struct update *update = xcalloc(1, sizeof *update);

	(void)about;
	update->desk = desk;
	update->release_count =
	    scandir(desk->stick, &update->releases, is_release, alphasort);
	update->table =
	    titled_table(desk, columns, 1, "box.put_card", fill, update);
	*state = update;
	if (update->release_count <= 0) {
		leave(update); /* whoever opened it says so */
		*state = NULL;
	} else if (update->release_count == 1) {
		list_cards(update);
	} else {
		table_set_count(update->table, (size_t)update->release_count);
	}
	return FAULT_NONE;
}

static bool is_asking(const struct update *update)
{
	return update->flash &&
	       box_flash_told(update->flash)->stage == FLASH_ASKING;
}

/* What stands on it where there is nothing to choose. */
static char *text_of(const struct update *update)
{
	static const struct {
		const char *doing, *word;
	} steps[] = {
		{ "Checking the release", "box.flash_checking" },
		{ "Writing", "box.flash_writing" },
		{ "Reading back", "box.flash_reading" },
	};
	const struct flash_told *told;

	if (!update->flash)
		return update->state == RESULT
			   ? xstrdup(update->result)
			   : desk_word(update->desk, "box.moment");
	told = box_flash_told(update->flash);
	if (told->stage == FLASH_ASKING)
		return say_told(update, told,
				told->used ? "box.flash_used"
					   : "box.flash_new");
	for (size_t i = 0; i < COUNT(steps); i++) {
		if (strcmp(told->doing, steps[i].doing) == 0)
			return say_told(update, told, steps[i].word);
	}
	return desk_word(update->desk, "box.flash_looking");
}

static void draw(void *state, struct canvas *canvas)
{
	struct update *update = state;
	struct desk *desk = update->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "box.update");
	struct canvas_area area = frame_draw(desk, canvas, title);
	SCOPED(char_freep) char *text = NULL;

	if (update->state <= CARDS) {
		table_draw(update->table, canvas, area, true);
		return;
	}
	text = text_of(update);
	canvas_text(canvas,
		    &(struct canvas_text){
			.y = area.y + 1,
			.x = 3,
			.h = area.h - 1,
			.w = area.w - 6,
			.text = text,
			.language = desk->staff.language,
			.style = CANVAS_BOLD,
			.colour = update->state == RESULT && !update->good
				      ? CANVAS_ALARM
				      : CANVAS_INK,
			.caret = -1,
		    });
}

/* --- what can be done ------------------------------------------------------
 */

static bool may_choose(const struct desk *desk, const void *state)
{
	const struct update *update = state;

	(void)desk;
	return update->state == RELEASES ||
	       (update->state == CARDS && update->answer.card_count);
}

static void choose(struct desk *desk, void *state)
{
	struct update *update = state;
	const size_t row = table_selected(update->table);

	(void)desk;
	if (update->state == RELEASES) {
		update->release = (int)row;
		list_cards(update);
		return;
	}
	update->card = update->answer.cards[row];
	ask(update, LENDING, VAULT_LEND_CARD);
}

static bool may_write(const struct desk *desk, const void *state)
{
	(void)desk;
	return is_asking(state);
}

static void write_card(struct desk *desk, void *state)
{
	struct update *update = state;

	desk->dirty = true;
	box_flash_answer(update->flash, true);
}

static void do_not(struct desk *desk, void *state)
{
	struct update *update = state;

	desk->dirty = true;
	box_flash_answer(update->flash, false);
}

static bool may_look(const struct desk *desk, const void *state)
{
	const struct update *update = state;

	(void)desk;
	return update->state == CARDS || update->state == RESULT;
}

static void look_again(struct desk *desk, void *state)
{
	struct update *update = state;

	(void)desk;
	free(update->result);
	update->result = NULL;
	list_cards(update);
}

/* A card is not left half looked at or written. */
static bool is_busy(const struct desk *desk, const void *state)
{
	const struct update *update = state;

	(void)desk;
	return update->state == LENDING || update->state == AT_WORK ||
	       update->state == TAKING_BACK;
}

static void say_busy(struct desk *desk, void *state)
{
	(void)state;
	desk_say_key(desk, "box.wait_card");
}

static bool holds(const void *state)
{
	return is_busy(NULL, state);
}

static void ask_to_wait(void *state)
{
	struct update *update = state;

	say_busy(update->desk, update);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct update *update = state;

	if (!action_key(update->desk, event) && update->state <= CARDS)
		(void)table_key(update->table, event);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "box.go", "box.flash_go_about", may_write, write_card },
	{ '\033', "box.not_now", "box.not_now_about", may_write, do_not },
	{ '\033', "box.wait_key", "box.wait_card", is_busy, say_busy },
	{ '\r', "box.choose", "box.flash_choose_about", may_choose, choose },
	{ 'r', "box.look_again", "box.flash_again_about", may_look,
	  look_again },
	{ 0 },
};

const struct view desk_box_update_screen = {
	.name = "box-update",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.tick = tick,
	.holds = holds,
	.ask = ask_to_wait,
	.leave = leave,
};
