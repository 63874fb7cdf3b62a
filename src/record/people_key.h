#pragma once

#include "record/entity.h"
#include "record/match.h"
#include "record/store.h"

/*
 * Inside the room: what a person is looked up by, kept beside their names (in
 * the same database, whichever that is): a row of person_form with what
 * match.h compares, and rows of person_key. A key is a letter and what it
 * finds:
 *
 *   n  a word of a name, a blank and another of its words, in letters and in
 *      Latin, both ways round: "nali omar", "nomar ali"; of a name of one word
 *      that word
 *   p  two words by their sound, in order of bytes, and the birth: "pAL AMR
 *      1985-03-04", "pAL AMR 1985" where the day is not known, "pAL AMR -"
 *      where the year is not
 *   s  one word so: "sAMR 1985-03-04"
 *   d  a phone number from its end: "d991055561"
 *   e  another address, in small letters: "eali@example.org"
 *
 * Each is made to be looked for by how it begins, so that what a worker has
 * typed so far, a year without its day, or the end of a number, finds too.
 */
#define PEOPLE_KEY_BYTES 320
#define PEOPLE_KEY_WORDS 6 /* of one name: a longer one is found by these */

struct people_form {
	char *names;    /* alike_form() of each, a line each */
	char *contacts; /* match_contact() of each, a line each */
	char *births;   /* days or years as keys end with, a blank between */
};
void people_form_done(struct people_form *form); /* wipes */

/* Parts lines where they stand, to room of them; how many. */
size_t people_lines(char *lines, const char **out, size_t room);

typedef enum fault people_key_visit(void *to, const char *key);
/* Every key of a form, some twice; stops at a fault. */
MUST_CHECK enum fault people_form_keys(const struct people_form *form,
				       people_key_visit *visit, void *to);

/* "1985-03-04", "1985", up to three years, or "-"; for the caller to free. */
char *people_births(const char *from, const char *to);

/* Key of two words: letter is n or p, sounds in either order. birth "" ends
 * it so that every birth is found. */
void people_word_key(char key[PEOPLE_KEY_BYTES], const char *word,
		     const char *next);
void people_sound_key(char key[PEOPLE_KEY_BYTES], const char *sound,
		      const char *other, const char *birth);
void people_phone_key(char key[PEOPLE_KEY_BYTES], const char *digits);

/* "d..." or "e..." of what match_contact() gave. */
void people_contact_key(char key[PEOPLE_KEY_BYTES], const char *contact);

/*
 * Reads a person's names, contacts and birth and keeps form and keys anew;
 * none where the person is gone or merged into another. While the names are
 * locked, it is remembered that this is to be done.
 */
MUST_CHECK enum fault people_key_renew(struct record *record, int64_t person);

/*
 * Where the record was folded by other tables (fold_mark()) everybody is to be
 * looked up anew: at once, or when the names are opened. A handful a
 * transaction: killed in between it goes on the next time, and meanwhile some
 * are not found by their names.
 */
MUST_CHECK enum fault people_key_follow(struct record *record);

/* What a form that came from elsewhere is looked up by; and no more. Nothing is
 * sent anywhere. */
MUST_CHECK enum fault people_key_put(struct record *record, int64_t person);
MUST_CHECK enum fault people_key_drop(struct record *record, int64_t person);

/* The form as it is kept; the caller releases it. False: there is none. */
MUST_CHECK enum fault people_form_read(struct record *record, int64_t person,
				       bool *found, struct people_form *out);

/* The tables, in a database of the connection; a result code of SQLite. */
MUST_CHECK enum fault people_key_lay(struct store *db, const char *schema);

/* Whether names can be read and written: not where they lie apart, locked. */
bool people_names_at_hand(const struct record *record);

/* Hooks of the kinds person, name and contact. */
enum fault people_person_saved(struct record *record,
			       const struct entity *before,
			       const struct entity *after,
			       const struct record_who *who, int64_t now);
enum fault people_name_saved(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now);

/* And of merge: undoing the act takes along what entities do not hold. */
enum fault people_merge_saved(struct record *record,
			      const struct entity *before,
			      const struct entity *after,
			      const struct record_who *who, int64_t now);
