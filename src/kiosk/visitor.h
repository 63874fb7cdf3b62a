#pragma once

#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"
#include "kiosk/hall.h"

/*
 * A visitor's process: forked from the hall for one person, with everything
 * they say in memory of its own that is locked, never dumped, and overwritten
 * before the process ends. The parent never holds an answer.
 */
enum visitor_end {
	VISITOR_LEFT = 10, /* no ticket was sealed: the number is still free */
	VISITOR_TICKET,    /* a ticket was sealed, and is in a hand */
	VISITOR_UNPRINTED, /* one was sealed; nobody knows of paper for it */
	VISITOR_TROUBLE,   /* something failed; the number may be used */
	VISITOR_NO_SCREEN, /* the terminal cannot be used; the log says why */
	VISITOR_STAFF,     /* nobody but staff, who want the menu */
};

/*
 * Forks a visitor who may use number, and whose loop beats (kiosk/pulse.h). The
 * child takes the terminal of standard input and never returns from here.
 * FAULT_SYSTEM: no process could be made.
 */
MUST_CHECK enum fault visitor_start(struct hall *hall, uint32_t number,
				    int beat, pid_t *child);

/* What a child's wait status says; a killed one is VISITOR_TROUBLE. */
enum visitor_end visitor_ended(int status);
