#include <stdlib.h>
#include <string.h>

#include "desk/box_step.h"
#include "seal/secret.h"

/*
 * The way in: the helper, the language, and the passphrase of the data. What
 * makes an agency is in box_agency.c, what brings one back in box_back.c.
 */

static bool is_state(const struct box *box, enum vault_state state)
{
	return !box->silent && box->heard && box->answer.state == state;
}

static void ask_again(struct box *box)
{
	box_ask(box, &(struct vault_request){ .verb = VAULT_ASK });
}

static void switch_off(struct box *box)
{
	box_ask(box, &(struct vault_request){ .verb = VAULT_POWER_OFF });
}

/* --- what stops everything --------------------------------------------------
 */

static bool is_silent(const struct box *box)
{
	return box->silent;
}

static void again_or_off(struct box *box, int choice)
{
	if (choice)
		switch_off(box);
	else
		ask_again(box);
}

static bool is_foreign(const struct box *box)
{
	return is_state(box, VAULT_FOREIGN) || is_state(box, VAULT_MISSING);
}

static bool is_unlocked(const struct box *box)
{
	return is_state(box, VAULT_UNLOCKED);
}

static void close_or_off(struct box *box, int choice)
{
	if (choice)
		switch_off(box);
	else
		box_ask(box, &(struct vault_request){ .verb = VAULT_CLOSE });
}

/* --- language
 * ----------------------------------------------------------------- */

static bool wants_language(const struct box *box)
{
	return !box->chosen && is_state(box, VAULT_EMPTY);
}

static void take_language(struct box *box, int choice)
{
	box->chosen = true;
	if ((choice == 1) != (strcmp(box->language, "fr") == 0))
		box_turn(box);
	box_go_on(box);
}

/* --- the passphrase of the data
 * ------------------------------------------------ */

static bool wants_making(const struct box *box)
{
	return is_state(box, VAULT_EMPTY);
}

static void take_new(struct box *box, int choice)
{
	struct vault_request request = { .verb = VAULT_MAKE };

	(void)choice;
	if (box_take_both(box, 0, request.passphrase))
		box_ask(box, &request);
	secret_wipe(&request, sizeof request);
}

static bool wants_opening(const struct box *box)
{
	return is_state(box, VAULT_CLOSED);
}

static void take_passphrase(struct box *box, int choice)
{
	struct vault_request request = { .verb = VAULT_OPEN };
	const char *text = box_text(box, 0);

	(void)choice;
	if (*text && strlen(text) < VAULT_PASSPHRASE - 1) {
		strcpy(request.passphrase, text);
		passphrase_tidy(request.passphrase);
	}
	if (request.passphrase[0])
		box_ask(box, &request);
	secret_wipe(&request, sizeof request);
}

/* --- after the desk
 * ----------------------------------------------------------- */

static bool is_left(const struct box *box)
{
	return box->left;
}

static void again_or_end(struct box *box, int choice)
{
	box->left = choice > 0;
	if (choice)
		switch_off(box);
	else
		box_go_on(box);
}

static bool is_left_in_lobby(const struct box *box)
{
	return box->left && box->lobby;
}

static void to_lobby(struct box *box, int choice)
{
	if (choice < 2)
		box_give_back(box, choice == 1);
	else
		again_or_end(box, choice - 2);
}

#define AGAIN_OR_OFF .choices = { "box.again", "box.off" }, .take = again_or_off

const struct box_step box_first_steps[] = {
	{ .name = "silent", .due = is_silent, AGAIN_OR_OFF },
	{ .name = "foreign", .due = is_foreign, AGAIN_OR_OFF },
	{ .name = "unlocked",
	  .choices = { "box.close_again", "box.off" },
	  .due = is_unlocked,
	  .take = close_or_off },
	{ .name = "lobby",
	  .choices = { "box.to_lobby", "box.to_lobby_closed", "box.desk_again",
		       "box.off" },
	  .due = is_left_in_lobby,
	  .take = to_lobby },
	{ .name = "left",
	  .choices = { "box.desk_again", "box.off" },
	  .due = is_left,
	  .take = again_or_end },
	{ .name = "language",
	  .choices = { "box.english", "box.french" },
	  .due = wants_language,
	  .take = take_language },
	{ .name = "make",
	  .fields = { { "box.passphrase", true }, { "box.once_more", true } },
	  .due = wants_making,
	  .enter = box_make_offer,
	  .draw = box_draw_strength,
	  .take = take_new },
	{ .name = "open",
	  .fields = { { "box.passphrase", true } },
	  .due = wants_opening,
	  .take = take_passphrase },
	{ .name = NULL },
};

const struct box_step *const box_parts[] = {
	box_first_steps, box_agency_steps, box_back_steps,
	box_paper_steps, box_last_steps,   NULL,
};
