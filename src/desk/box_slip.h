#pragma once

#include <stdint.h>

#include "print/picture.h"
#include "print/printer.h"

/*
 * One picture on its way to a receipt printer, for screens that have no
 * descriptor of it to wait for: they look again and again. Zeros are none.
 */
struct box_slip {
	struct printer *printer;
};

/* The printer that the box has where no setting names one. */
#define BOX_PRINTER "tty:/dev/foyer/printer"

/* Begins to print a picture at an address (print/printer.h). Times are
 * milliseconds of a clock that only goes forward. */
void box_slip_start(struct box_slip *slip, const char *address,
		    const struct picture *picture, int64_t moment);

/* How it stands; PRINTER_IDLE without one. */
enum printer_answer box_slip_look(struct box_slip *slip, int64_t moment);
void box_slip_done(struct box_slip *slip);

/* What to say of an answer: a key of the catalogue; NULL while it prints. */
const char *box_slip_word(enum printer_answer answer);

/* --- at a desk that is open --------------------------------------------------
 */
struct desk;

/* Dots of the paper of the desk's receipt printer. */
int box_slip_width(const struct desk *desk);
/* Begins to print at the desk's receipt printer. */
void box_slip_print(struct box_slip *slip, const struct desk *desk,
		    const struct picture *picture);
/* The same of a secret key, unless it would lie on a disk on its way: CUPS
 * keeps each job's file. Then it says so, and prints nothing. */
void box_slip_print_key(struct box_slip *slip, struct desk *desk,
			const struct picture *picture);
/* Time has passed: says what became of it, and lets go of it then. */
void box_slip_tell(struct box_slip *slip, struct desk *desk, int64_t moment);
