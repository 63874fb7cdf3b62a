#include <string.h>

#include "desk/box_home.h"
#include "desk/box_step.h"
#include "issue/agency.h"
#include "issue/key_paper.h"
#include "issue/keys.h"
#include "seal/secret.h"

/* An agency comes back: from its key's paper, or the key's file and its
 * passphrase, and a backup of its record on a stick. */

static bool is_back(const struct box *box)
{
	return box_is_open(box) && box->way == BOX_BACK;
}

/* --- the stick
 * ------------------------------------------------------------------ */

static bool wants_stick(const struct box *box)
{
	return is_back(box) && !box->answer.mounted && !box->stickless &&
	       !box->brought;
}

static void list_sticks(struct box *box)
{
	while (box->choice_count)
		char_free(box->choices[--box->choice_count]);
	for (size_t i = 0; i < box->answer.stick_count; i++)
		box->choices[box->choice_count++] =
		    stick_words(&box->answer.sticks[i], box->words);
	box->choices[box->choice_count++] = box_word(box, "box.again");
	box->choices[box->choice_count++] = box_word(box, "box.without");
}

static void take_stick(struct box *box, int choice)
{
	struct vault_request request = { .verb = VAULT_MOUNT_STICK };
	const size_t count = box->answer.stick_count;

	if ((size_t)choice < count)
		strcpy(request.stick, box->answer.sticks[choice].name);
	else
		request.verb = VAULT_ASK;
	box->stickless = (size_t)choice > count;
	box_ask(box, &request);
}

/* --- the key
 * -------------------------------------------------------------------- */

static bool has_key_file(const struct box *box)
{
	struct sticks_found found;
	bool key;

	stick_look(box->stick, &found);
	key = box->answer.mounted && found.key;
	stick_found_done(&found);
	return key;
}

/* Of a key's file: from the stick, or of a box that lost power before it had
 * a user. */
static bool wants_key_words(const struct box *box)
{
	if (!box_is_open(box) || box->secret->key[0])
		return false;
	return box_has_key(box)
		   ? is_back(box) || !box_has_users(box)
		   : is_back(box) && has_key_file(box) && !box->by_paper;
}

/* It is not the agency's here: what opened it is shown and kept nowhere. */
static void forget_key(struct box *box)
{
	agency_key_free(box->key);
	box->key = NULL;
	secret_wipe(box->secret->key, sizeof box->secret->key);
	box->told = false;
}

static void take_key_words(struct box *box, int choice)
{
	const char *text = box_text(box, 0);

	(void)choice;
	/* Forgotten: the paper is the way. */
	box->by_paper = !*text && !box_has_key(box);
	if (box->by_paper) {
		box_go_on(box);
	} else if (box_open_key(box, text)) {
		if (box_has_key(box) || box_put_key(box))
			box_go_on(box);
		else
			forget_key(box);
	}
}

static bool wants_lines(const struct box *box)
{
	return is_back(box) && !box->key && !box_has_key(box);
}

/* As the stick's copy of the public key has it, where that is this key's. */
static void find_label(const struct box *box, const uint8_t *public,
		       char label[CARD_NAME + 1])
{
	SCOPED(char_freep) char *path = stick_path(box->stick, AGENCY_FILE);
	struct card card;
	bool found = false;

	strcpy(label, KEYS_LABEL);
	if (box->answer.mounted && !agency_file_read(path, &found, &card) &&
	    found && !memcmp(card.key, public, KEY_BYTES))
		strcpy(label, card.name);
}

static bool read_lines(const struct box *box, uint8_t *secret)
{
	const char *first = box_text(box, 0);
	bool good = key_paper_scan(first, strlen(first), secret);

	for (int i = 0; i < KEY_LINES && !good; i++) {
		if (!key_line_read(box_text(box, i), i + 1, secret))
			return false;
		good = i + 1 == KEY_LINES;
	}
	return good;
}

static void take_lines(struct box *box, int choice)
{
	SCOPED(secret_freep) uint8_t *secret = secret_new(KEY_BYTES);
	SCOPED(agency_key_freep) struct agency_key *bare = NULL;
	char label[CARD_NAME + 1];

	(void)choice;
	if (!read_lines(box, secret)) {
		box_say(box, "box.wrong_line");
		return;
	}
	bare = agency_key_of_secret(secret, "", 0);
	find_label(box, agency_key_public(bare), label);
	box->key = agency_key_of_secret(secret, label, 0);
	memcpy(box->agency, label, sizeof box->agency - 1);
	box->printed = box->rehearsed = true; /* its paper is there */
	box_go_on(box);
}

/* --- the record
 * ------------------------------------------------------------------- */

static bool wants_backup(const struct box *box)
{
	return is_back(box) && box_has_key(box) && box->key && !box->brought &&
	       !box->stickless;
}

static void list_backups(struct box *box)
{
	stick_found_done(&box->found);
	stick_look(box->stick, &box->found);
	while (box->choice_count)
		char_free(box->choices[--box->choice_count]);
	for (size_t i = 0; i < box->found.count; i++)
		box->choices[box->choice_count++] =
		    xstrdup(box->found.names[i]);
	box->choices[box->choice_count++] = box_word(box, "box.empty_record");
}

static void take_backup(struct box *box, int choice)
{
	if ((size_t)choice < box->found.count)
		box_restore(box, box->found.names[choice]);
	else
		box->brought = true;
	if (box->brought)
		box_ask(box,
			&(struct vault_request){ .verb = VAULT_UNMOUNT_STICK });
}

const struct box_step box_back_steps[] = {
	{ .name = "stick",
	  .choices = { "box.again" },
	  .due = wants_stick,
	  .enter = list_sticks,
	  .take = take_stick },
	{ .name = "key_words",
	  .fields = { { "box.passphrase", true } },
	  .due = wants_key_words,
	  .take = take_key_words },
	{ .name = "lines",
	  .fields = { { "box.line_1", false },
		      { "box.line_2", false },
		      { "box.line_3", false },
		      { "box.line_4", false } },
	  .due = wants_lines,
	  .take = take_lines },
	{ .name = "backup",
	  .choices = { "box.empty_record" },
	  .due = wants_backup,
	  .enter = list_backups,
	  .take = take_backup },
	{ .name = NULL },
};
