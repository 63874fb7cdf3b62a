#include <string.h>

#include "desk/box_home.h"
#include "desk/box_step.h"
#include "desk/key_lines.h"
#include "issue/key_paper.h"
#include "print/paper.h"
#include "seal/secret.h"

/*
 * The agency's key: its passphrase of six words, written down and typed back;
 * its paper, printed or copied by hand, and read back. Only then is it on the
 * disk: a key whose paper is wrong was never used.
 */

static bool wants_words(const struct box *box)
{
	return box_is_open(box) && !box_has_key(box) && !box->told &&
	       (box->way == BOX_NEW || box->key);
}

static void make_key(struct box *box)
{
	char words[PASSPHRASE_BYTES];

	if (!box->secret->key[0]) {
		passphrase_make(words);
		strcpy(box->secret->key, words);
		secret_wipe(words, sizeof words);
	}
	if (!box->key)
		box->key = agency_key_make(box->agency, box->now / 1000);
}

static int draw_words(const struct box *box, struct canvas *canvas,
		      struct canvas_area area)
{
	box_line(canvas, area.y, area.x + 4, area.w - 4, box->secret->key, "en",
		 CANVAS_ACCENT);
	return 2;
}

static void take_words(struct box *box, int choice)
{
	char tidy[PASSPHRASE_LIMIT] = "";

	(void)choice;
	if (strlen(box_text(box, 0)) < sizeof tidy)
		strcpy(tidy, box_text(box, 0));
	passphrase_tidy(tidy);
	box->told = strcmp(tidy, box->secret->key) == 0;
	secret_wipe(tidy, sizeof tidy);
	if (!box->told) {
		box_say(box, "box.not_the_words");
		return;
	}
	/* What came from its paper needs no other. Where it is refused, Escape
	 * leads back to another one. */
	box->told = !box->rehearsed || box_put_key(box);
	if (box->told)
		box_go_on(box);
}

/* --- its paper
 * -------------------------------------------------------------------- */

static bool wants_paper(const struct box *box)
{
	return box_is_open(box) && box->told && !box->printed &&
	       !box_has_key(box);
}

static int draw_lines(const struct box *box, struct canvas *canvas,
		      struct canvas_area area)
{
	return key_lines_draw(box->key, canvas, area);
}

static void take_paper(struct box *box, int choice)
{
	if (choice < 2) {
		box_print_key(box, choice ? PAPER_NARROW : PAPER_WIDE);
		return;
	}
	box->printed = true;
	box_go_on(box);
}

/* --- its rehearsal
 * ----------------------------------------------------------------- */

#define ASKED_LINE 3

static bool wants_rehearsal(const struct box *box)
{
	return box_is_open(box) && box->told && box->printed &&
	       !box->rehearsed && !box_has_key(box);
}

static void take_rehearsal(struct box *box, int choice)
{
	(void)choice;
	if (!*box_text(box, 0)) {
		box->printed = false; /* to see it again */
		box_go_on(box);
	} else if (!key_paper_proves(box->key, ASKED_LINE, box_text(box, 0))) {
		box_say(box, "box.wrong_line");
	} else if (box_put_key(box)) {
		box->rehearsed = true;
		box_go_on(box);
	}
}

const struct box_step box_paper_steps[] = {
	{ .name = "words",
	  .fields = { { "box.those_words", false } },
	  .due = wants_words,
	  .enter = make_key,
	  .draw = draw_words,
	  .take = take_words },
	{ .name = "paper",
	  .choices = { "box.print_80", "box.print_58", "box.on_paper" },
	  .due = wants_paper,
	  .draw = draw_lines,
	  .take = take_paper },
	{ .name = "rehearse",
	  .fields = { { "box.line_3", false } },
	  .due = wants_rehearsal,
	  .take = take_rehearsal },
	{ .name = NULL },
};

/* --- who works here
 * -------------------------------------------------------------------- */

static bool wants_user(const struct box *box)
{
	return box_is_open(box) && box_has_key(box) && !box_has_users(box);
}

static void take_user(struct box *box, int choice)
{
	char tidy[PASSPHRASE_LIMIT];
	const char *name = box_text(box, 0);

	(void)choice;
	if (!*name || strlen(name) >= BOX_NAME)
		box_say(box, "box.no_name");
	else if (box_take_both(box, 1, tidy) && box_add_user(box, name, tidy))
		box_go_on(box);
	secret_wipe(tidy, sizeof tidy);
}

const struct box_step box_last_steps[] = {
	{ .name = "user",
	  .fields = { { "box.your_name", false },
		      { "box.passphrase", true },
		      { "box.once_more", true } },
	  .due = wants_user,
	  .take = take_user },
	{ .name = NULL },
};
