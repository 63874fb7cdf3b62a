#pragma once

#include <stdbool.h>

/*
 * An invented agency as `foyer demo new` makes it, used through the programs
 * alone: tickets are issued by `foyer ticket issue`.
 */

/* Makes one at home. */
void demo_new(const char *home);

/*
 * Issues a ticket of a made-up visitor of tests/data/intake/personas.json;
 * its digits, which the caller frees. picture: a PNG is written there, or NULL.
 */
char *demo_ticket(const char *home, const char *persona, const char *picture);

/* Another visitor with the same answers; name and contact may be NULL: the
 * persona's own. */
char *demo_ticket_as(const char *home, const char *persona, const char *name,
		     const char *contact);

/* What `foyer record queue` prints of a part; the caller frees it. */
char *demo_queue(const char *home, const char *part);

/* Adds lines to the home's foyer.ini. */
void demo_set(const char *home, const char *lines);

/* The shift's passphrase; the caller frees it. */
char *demo_passphrase(const char *home);

/* Runs a statement on the home's record, as time passing or another desk
 * would change it. */
void demo_sql(const char *home, const char *statement);

/* The first column of the first row; the caller frees it. */
char *demo_ask(const char *home, const char *question);
