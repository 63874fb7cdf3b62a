#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

/*
 * A made-up visitor who walks through the real kiosk in a pseudo-terminal,
 * pressing keys as a person would. What to press is worked out from the home's
 * own form, run beside the kiosk.
 */
enum walk_by {
	/* Numbers pick answers, and texts are typed. */
	WALK_NUMBERS,
	/* F6 to F10 and F12 alone (walker_buttons() makes them mean up, down,
	 * back, skip, yes and person); writes nothing. */
	WALK_BUTTONS,
	/* A finger alone, on words, signs and the keyboard of the screen, in
	 * English; writes letters. */
	WALK_TOUCH,
};

struct walk {
	const char *home;      /* a demo home; its printer writes a file */
	const char *data;      /* FOYER_DATA for the kiosk, or NULL */
	const char *answers;   /* JSON object by node name */
	const char *at, *sees; /* what that question must show; or NULL */
	int rows, columns;
	enum walk_by by;
	bool tell; /* prints each screen as it is met */
};

struct walked {
	size_t screens;   /* as the personas count them */
	struct bytes ids; /* "A1 A3 A4 ... H1": the first question of each */
	bool flashed;     /* something blinked or flashed on the way */
	int status;       /* of the kiosk; 0: a ticket was made */
};

/* False, with the reason on stderr, where the kiosk did not do as the form
 * says. Release *walked with walked_done(). */
bool walker_walk(const struct walk *walk, struct walked *walked);
void walked_done(struct walked *walked);

/*
 * Makes a demo home at folder, whose printer writes folder/paper.png and which
 * opts in to all languages of data. False: `foyer demo new` failed.
 */
bool walker_home(const char *folder);

/* Tells a home of a keypad whose six buttons send F6 to F10 and F12. */
bool walker_buttons(const char *folder);

/*
 * Makes a folder of translations in every language Foyer knows: the English
 * words with a mark behind them, for trying screens and scripts; an index
 * vouches for them, for no such language would be complete.
 */
bool walker_data(const char *folder);
