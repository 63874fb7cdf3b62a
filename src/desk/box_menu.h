#pragma once

#include "desk/desk.h"
#include "desk/view.h"

struct papers; /* desk/box_papers.h */

/*
 * What only a desk box can do: sticks, its clock, its passphrase, switching
 * off. Rows of one table (box_menu.c), each with its words and what it is for.
 */
extern const struct view desk_box_screen;

/* Says so where the record was not put on a stick for too long. */
void box_remind(struct desk *desk);

/* What is done to a stick; about of its screen. */
enum box_deed {
	BOX_SAVE,   /* a backup of the record */
	BOX_MOVE,   /* the same, and the key's file */
	BOX_CARD,   /* what a kiosk's card is given */
	BOX_UPDATE, /* nothing: a release on it is put on a kiosk's card */
	BOX_PAPERS, /* what was printed */
	BOX_BRING,  /* nothing: the key of another desk is read from it */
	BOX_GATHER, /* nothing: what sites count together is read from it */
	BOX_DEEDS,
};
struct box_work {
	enum box_deed deed;
	struct papers *papers; /* BOX_PAPERS: the chosen ones; else NULL */
};
extern const struct view desk_box_stick_screen; /* about: struct box_work */
extern const struct view desk_box_papers_screen;
extern const struct view desk_box_update_screen;
extern const struct view desk_risks_screen; /* what the doctor finds */

/* A few lines to fill in. */
enum box_form {
	BOX_PASSPHRASE, /* of the box */
	BOX_OWN,        /* of whoever sits here */
	BOX_KEY,        /* of the agency's key; at any desk */
	BOX_CLOCK,
	BOX_FORMS,
};
extern const struct view desk_box_form_screen; /* about: enum box_form */

/* Whether digits are a kiosk's card: then it is shown, to be taken in. */
bool box_offer_kiosk(struct desk *desk, const char *digits);

/* A local day and minute, "2026-11-30" and "14:30", in seconds since 1970; -1:
 * they are none that a clock is set to. */
int64_t box_moment(const char *day, const char *minute);
