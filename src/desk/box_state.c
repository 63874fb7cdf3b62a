#include "desk/box_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "seal/secret.h"

/* --- words -----------------------------------------------------------------
 */

enum fault box_read_words(struct box *box)
{
	SCOPED(char_freep) char *folder = data_path("translations");

	catalogue_free(box->words);
	box->words = catalogue_new(box->language);
	return catalogue_add_family(box->words, folder, "desk");
}

char *box_word(const struct box *box, const char *key)
{
	return catalogue_word(box->words, key);
}

void box_say(struct box *box, const char *key)
{
	free(box->said);
	box->said = key ? box_word(box, key) : NULL;
}

void box_turn(struct box *box)
{
	box->language = strcmp(box->language, "fr") == 0 ? "en" : "fr";
	box_say(box, NULL);
	/* They were read at the start, so they are there. */
	if (box_read_words(box))
		box->over = box->off = true;
}

/* --- the helper -------------------------------------------------------------
 */

void box_ask(struct box *box, const struct vault_request *request)
{
	vault_call_free(box->call);
	box->asked = request->verb;
	box->call = vault_call_new(box->vault, request);
}

bool box_is_waiting(const struct box *box)
{
	return box->call || box->slip.printer;
}

bool box_is_open(const struct box *box)
{
	return box->heard && box->answer.state == VAULT_OPENED;
}

/* --- what was answered
 * --------------------------------------------------------
 */

const char *box_text(const struct box *box, int field)
{
	return entry_text(box->fields[field]);
}

void box_forget_way(struct box *box)
{
	agency_key_free(box->key);
	box->key = NULL;
	secret_wipe(box->secret, sizeof *box->secret);
	stick_found_done(&box->found);
	box->way = BOX_OPEN;
	box->agency[0] = 0;
	box->zone = NULL;
	box->told = box->printed = box->rehearsed = false;
	box->stickless = box->by_paper = false;
}
