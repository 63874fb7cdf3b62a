#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "kiosk-image/tests/machine.h"

/*
 * An invented agency's desk, a card of the image for its kiosk, and the ticket
 * printer beside it: in a folder of their own, which goes with the lab. The
 * image itself (FOYER_CARD) is never written to.
 */
struct lab {
	char *folder;
	char *home;   /* the agency's */
	char *agency; /* what goes to the card: foyer.ini, agency.pub, ... */
	char *card, *kernel;
	struct emulator *printer;
};

/* Ends the test where there is no image or no tool to write to it. */
void lab_open(struct lab *lab);
void lab_close(struct lab *lab);

/* A new card, with the agency's folder as it is on it. */
void lab_write_card(struct lab *lab);

/* Fills the card as a kiosk has it that was set up. */
void lab_set_up(const struct lab *lab);

/* The folder's files replace those on the card that is there. */
void lab_put_agency(const struct lab *lab);

/* The same with another foyer.ini. */
void lab_put_settings(const struct lab *lab, const struct bytes *settings);

/* Turns over so many bits of the card's part (1 to 3), from an offset on. */
void lab_damage(const struct lab *lab, int part, long offset, int bits);

/* Another printer, which has printed nothing: it had no power, either. */
void lab_new_printer(struct lab *lab);

/* Starts the card. The probe has answered, unless the board is a Pi. */
struct machine *lab_start(const struct lab *lab, enum machine_board board);

/* Waits until so many papers were cut off; false after seconds. */
bool lab_await_paper(const struct lab *lab, struct machine *machine, int cuts,
		     int seconds);

/* What `foyer record file` says of a ticket. */
struct filed {
	char *status, *level;
	long number;
};

/* Files what lies on the paper since row from, at the agency's desk. No words:
 * it is no ticket. Release it with filed_done(). */
struct filed lab_file(const struct lab *lab, int from);
void filed_done(struct filed *filed);

/* Whether the welcome is seen in English, dot by dot, within seconds. */
bool lab_welcomes(struct machine *machine, int seconds);

/* A picture of the screen beside the image, for people: build/image/NAME.png.
 */
void lab_show(const struct screen *screen, const char *name);
