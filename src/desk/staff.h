#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/settings.h"
#include "record/record.h"
#include "text/catalogue.h"

/*
 * Who works at a desk, and the words they read. It points into itself, so it
 * stays where it was opened.
 */
#define STAFF_NAME                                                \
	64 /* bytes of a worker's or a desk's name, with the zero \
	    */

struct staff {
	const char *language; /* "en" or "fr" */
	struct catalogue *words;
	char user[STAFF_NAME], desk[STAFF_NAME];
	/* User and desk, as the record takes them; and who they are, with
	 * roles and teams, where they signed in. */
	struct record_who who;
	char *teams;
};

/*
 * Reads the words of the settings' language. user is "" where a screen asks
 * for it; desk is NULL where the settings name it. Release with staff_done(),
 * after a fault too. FAULT_LIMIT: a name is too long; the log says which.
 */
MUST_CHECK enum fault staff_open(struct staff *staff,
				 const struct settings *settings,
				 const char *user, const char *desk);
void staff_done(struct staff *staff);

/* Somebody sits down. A name that is too long is refused: false, and nobody
 * works there, lest what they do is written down as another's. */
MUST_CHECK bool staff_take(struct staff *staff, const char *user);

/* They are a user of the record, with these roles and teams; or nobody any
 * more, whose name stays for the next time. */
void staff_sign_in(struct staff *staff, int64_t id, unsigned roles,
		   const char *teams);
void staff_sign_out(struct staff *staff);

/* Whether they may set things up: administrators, and whoever works where
 * nobody signs in. */
bool staff_administers(const struct staff *staff);
/* The same for who has one of these roles. */
bool staff_may(const struct staff *staff, unsigned roles);
