#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/home.h"

/*
 * What staff do at a kiosk, in a process of their own, which no visitor ever
 * shares: the first boot, step by step; a card that was changed; what went
 * wrong at the start; and the menu behind the PIN.
 */
enum staff_end {
	STAFF_LEFT = 20, /* the lobby may open */
	STAFF_STOPPED,   /* the program was told to end */
	STAFF_POWER_OFF, /* staff want the machine off, or started again */
	STAFF_REBOOT,
	STAFF_DESK,   /* staff want the desk in place of the lobby */
	STAFF_FAILED, /* a fault, as the log says */
	STAFF_NO_SCREEN,
};

enum staff_task {
	STAFF_SETUP, /* the first boot, from the step that is next */
	STAFF_CARD,  /* the card is not what was pinned */
	STAFF_MENU,
	STAFF_TROUBLE, /* the lobby cannot open: why says it */
};

struct staff_wish {
	struct home *home;
	const char *card; /* the agency's folder on it; NULL: there is none */
	bool desk;        /* it may be asked for */
	enum staff_task task;
	const char *why; /* STAFF_TROUBLE: lines for staff; else NULL */
};

/*
 * What the start asks of staff before the lobby opens; false: nothing. Without
 * a card, or in a demo, nothing ever does.
 */
bool staff_is_asked(struct home *home, const char *card, enum staff_task *task);

/* Forks such a process, whose loop beats (kiosk/pulse.h); it takes the terminal
 * of standard input. FAULT_SYSTEM: no process could be made. */
MUST_CHECK enum fault staff_start(const struct staff_wish *wish, int beat,
				  pid_t *child);

/* What its wait status says; a killed one is STAFF_FAILED. */
enum staff_end staff_ended(int status);
