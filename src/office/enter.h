#pragma once

#include "base/home.h"
#include "record/user.h"

/*
 * Who works with the record, for a verb that shows what not everybody may see:
 * where people sign in, the user of a name, who is asked for their own
 * passphrase (office/passphrase.h); elsewhere whoever holds the home.
 */
struct enter {
	const char *verb;   /* "record export", of complaints */
	const char *refuse; /* what is whose: "all of the record is for a
			     * supervisor" */
	const char *user;   /* NULL: not given */
	int descriptor;     /* of the passphrase */
};

/*
 * 0, or the exit status after a complaint. *who points into *in, which the
 * caller releases with user_in_done() after either.
 */
int enter_as(const struct home *home, struct record *record,
	     const struct enter *enter, struct user_in *in,
	     struct record_who *who);
