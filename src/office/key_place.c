/* Where a key goes that is new, or comes from paper or another desk; and what
 * the audit keeps of it. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "issue/key_change.h"
#include "issue/keys.h"
#include "office/desk.h"
#include "office/key.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "record/names.h"
#include "record/where.h"
#include "seal/secret.h"

/* --- the audit -------------------------------------------------------------
 */

/* NULL: there is none yet. */
static enum fault open_record(const struct home *home, struct record **out)
{
	SCOPED(char_freep) char *where = NULL;
	enum fault fault = record_where(home, &where);

	*out = NULL;
	if (fault || (*where == '/' && !file_exists(where)))
		return fault;
	return record_open(where, out);
}

/* record may be NULL. */
static enum fault do_in(struct record *record, const char *act, uint16_t key,
			record_deed *deed, void *to, bool *done)
{
	const struct record_who who = desk_who();
	char id[5];
	enum fault fault;

	if (!record) {
		fault = deed(to);
		*done = !fault;
		return fault;
	}
	snprintf(id, sizeof id, "%04X", key);
	fault = record_note_doing(
	    record, &(struct record_doing){ act, "agency", id, deed, to }, &who,
	    desk_now(), done);
	if (fault && *done)
		fprintf(stderr,
			"foyer key: it is done, but the audit has no row of "
			"it: write down that %s of %s\nwas done now, and by "
			"whom\n",
			act, id);
	return fault;
}

enum fault key_do(const struct home *home, const char *act, uint16_t key,
		  record_deed *deed, void *to, bool *done)
{
	SCOPED(record_closep) struct record *record = NULL;
	enum fault fault = open_record(home, &record);

	*done = false;
	return fault ? fault : do_in(record, act, key, deed, to, done);
}

/* --- in its place ----------------------------------------------------------
 */

/* Names that lie apart open with the new key, too, before it counts. */
static enum fault let_to_names(struct record *record,
			       const struct agency_key *present,
			       const struct agency_key *next)
{
	bool opened;
	enum fault fault;

	if (!record)
		return FAULT_NONE;
	if ((fault = names_unlock(record, present, &opened)))
		return fault;
	return names_unlock(record, next, &opened);
}

static void tell_next_steps(const struct agency_key *key)
{
	struct card card = { 0 };

	memcpy(card.key, agency_key_public(key), KEY_BYTES);
	strcpy(card.name, agency_key_label(key));
	key_show_card(&card);
	printf("\nNow:\n"
	       "- lock each open desk and open it again;\n"
	       "- give each kiosk the new key: its card (`foyer card prepare`) "
	       "or the code of\n  `foyer key show -o CODE.png`, with the "
	       "staff PIN and the fingerprint compared;\n"
	       "- give it to each other desk: `foyer key export`;\n"
	       "- make a backup of the record today.\n"
	       "Old tickets open for %d days; see `foyer key list`.\n",
	       KEY_CHANGE_DAYS);
}

static enum fault change(void *to)
{
	return keys_change(to, time(NULL));
}

enum fault key_put_over(const struct home *home,
			const struct agency_key *present,
			const struct agency_key *next, const char *passphrase,
			bool *done)
{
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	enum fault fault;

	*done = false;
	if ((fault = open_record(home, &record)) ||
	    (fault = let_to_names(record, present, next)) ||
	    (fault = key_ready_beside(home, next, keys_cost(home), passphrase,
				      time(NULL), &ready)))
		return fault;
	fault = do_in(record, "key-change", agency_key_id(next), change, ready,
		      done);
	if (*done)
		tell_next_steps(next);
	return fault;
}

static enum fault keep_old(void *to)
{
	return keys_keep_old(to, time(NULL));
}

static enum fault keep(const struct home *home,
		       const struct agency_key *present,
		       const struct agency_key *key, const char *passphrase)
{
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	bool done;
	enum fault fault = key_ready_beside(home, key, keys_cost(home),
					    passphrase, time(NULL), &ready);

	if (fault)
		return fault;
	fault = key_do(home, "key-kept", agency_key_id(key), keep_old, ready,
		       &done);
	if (done)
		printf("kept %04X beside %04X\n", agency_key_id(key),
		       agency_key_id(present));
	return fault;
}

static enum fault put_first(void *to)
{
	return keys_put_ready(to);
}

enum fault key_put_first(const struct home *home, const struct agency_key *key,
			 const char *passphrase, enum keys_answer *answer,
			 bool *done)
{
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	enum fault fault = key_ready_first(home, key, keys_cost(home),
					   passphrase, answer, &ready);

	*done = false;
	/* A refusal leaves no row either. */
	if (fault || !ready)
		return fault;
	return key_do(home, "key-put", agency_key_id(key), put_first, ready,
		      done);
}

/* --- which may not ---------------------------------------------------------
 */

static const char *const refusals[KEYS_JOINS] = {
	[KEYS_JOIN_SAME] = "that is the key that is there",
	[KEYS_JOIN_KEPT] =
	    "it is one of the old keys that are kept here, and opens old\n"
	    "tickets already; `foyer key list` shows them. For another key in "
	    "the present\none's place: `foyer key rotate`",
	[KEYS_JOIN_DESTROYED] = KEY_IS_GONE "For another key in the\npresent "
					    "one's place: `foyer key rotate`",
	[KEYS_JOIN_EARLIER] = "it was made before the key that is here; --old "
			      "keeps it for old\ntickets",
};

static enum fault refuse(const char *verb, const struct home *home,
			 const struct agency_key *key,
			 const struct agency_key *present, enum key_place place,
			 const char *passphrase, int *status)
{
	enum keys_join answer;
	enum fault fault =
	    keys_may_join(home, key, present, passphrase, &answer);

	*status = EXIT_DONE;
	if (fault || answer == KEYS_JOIN ||
	    (answer == KEYS_JOIN_EARLIER && place == KEY_OLD))
		return fault;
	fprintf(stderr, "foyer key %s: %04X: %s\n", verb, agency_key_id(key),
		refusals[answer]);
	*status = EXIT_INPUT;
	return FAULT_NONE;
}

static enum fault put_beside(const char *verb, const struct home *home,
			     const struct agency_key *key, enum key_place place,
			     const char *passphrase, int *status)
{
	SCOPED(agency_key_freep) struct agency_key *present = NULL;
	bool done;
	enum fault fault = key_open(verb, home, passphrase, status, &present);

	if (fault || *status)
		return fault;
	fault = refuse(verb, home, key, present, place, passphrase, status);
	if (fault || *status)
		return fault;
	return place == KEY_OVER
		   ? key_put_over(home, present, key, passphrase, &done)
		   : keep(home, present, key, passphrase);
}

int key_put_beside(const char *verb, const struct home *home,
		   const struct agency_key *key,
		   const struct key_arguments *arguments)
{
	char passphrase[PASSPHRASE_LIMIT];
	int status = EXIT_DONE;
	enum fault fault = keys_settle(home, time(NULL));

	if (!fault)
		fault = passphrase_read(
		    home, arguments->descriptor,
		    "Passphrase of the key that is here: ", passphrase);
	if (!fault)
		fault = put_beside(verb, home, key, arguments->place,
				   passphrase, &status);
	secret_wipe(passphrase, sizeof passphrase);
	return fault ? fault_exit(fault) : status;
}
