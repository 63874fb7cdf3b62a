#pragma once

/*
 * A program that has this looks at each stretching of a passphrase (Argon2)
 * whether somebody else could write the record meanwhile, with a connection of
 * its own that waits for nobody.
 */
struct derived {
	int times;
	int held; /* of them: the record was somebody's alone */
};

/* Counts from 0, with the record in that file, which outlives it; NULL: looks
 * no more. */
void derive_watch(const char *record);

struct derived derive_told(void);
