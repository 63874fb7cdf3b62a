#include <string.h>

#include "desk/box_step.h"
#include "desk/strength.h"
#include "seal/own_passphrase.h"
#include "seal/secret.h"

/* A passphrase is chosen: twice the same, and how good it is. */

int box_draw_strength(const struct box *box, struct canvas *canvas,
		      struct canvas_area area)
{
	SCOPED(char_freep)
	char *strength = box_word(box, strength_key(box_text(box, 0)));
	const struct catalogue_argument words = { .name = "words",
						  .text = box->secret->offer };
	SCOPED(char_wipep)
	char *offer = catalogue_say(box->words, "box.for_example", &words, 1);

	box_line(canvas, area.y, area.x, area.w, offer, box->language,
		 CANVAS_QUIET);
	box_line(canvas, area.y + 1, area.x, area.w, strength, box->language,
		 CANVAS_ACCENT);
	return 3;
}

void box_make_offer(struct box *box)
{
	char words[PASSPHRASE_BYTES];

	if (!box->secret->offer[0]) {
		passphrase_make(words);
		strcpy(box->secret->offer, words);
		secret_wipe(words, sizeof words);
	}
}

bool box_take_both(struct box *box, int first, char tidy[PASSPHRASE_LIMIT])
{
	const char *text = box_text(box, first);

	if (strlen(text) >= VAULT_PASSPHRASE - 1 || !own_strong(text)) {
		box_say(box, "box.weak");
		return false;
	}
	if (strcmp(text, box_text(box, first + 1)) != 0) {
		box_say(box, "box.not_alike");
		return false;
	}
	strcpy(tidy, text);
	passphrase_tidy(tidy);
	return true;
}
