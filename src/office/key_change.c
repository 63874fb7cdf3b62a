/* Another key in the place of the agency's, and what becomes of the old one. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/file.h"
#include "filing/retire.h"
#include "issue/key_change.h"
#include "issue/keys.h"
#include "office/desk.h"
#include "office/key.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "seal/secret.h"

/* --- rotate ----------------------------------------------------------------
 */

/* A key counts once its paper was read back; until then nothing is written. */
static int make_next(const struct home *home,
		     const struct key_arguments *arguments,
		     const char *passphrase)
{
	SCOPED(agency_key_freep) struct agency_key *present = NULL;
	SCOPED(agency_key_freep) struct agency_key *next = NULL;
	int status;
	bool done;
	enum fault noted = FAULT_NONE;
	enum fault fault =
	    key_open("rotate", home, passphrase, &status, &present);

	if (fault || status)
		return fault ? fault_exit(fault) : status;
	next = agency_key_make(arguments->label ?: agency_key_label(present),
			       time(NULL));
	if ((fault = key_give_paper(next, arguments->output)))
		return fault_exit(fault);
	if (!key_rehearse_line(next)) {
		fprintf(stderr, "foyer key rotate: the paper was not read "
				"back, so nothing has changed. Destroy\nit, "
				"and begin again\n");
		return EXIT_INPUT;
	}
	fault = key_put_over(home, present, next, passphrase, &done);
	if (done)
		noted = keys_note_paper(home, agency_key_public(next));
	return fault_exit(fault ? fault : noted);
}

int key_rotate(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct key_arguments arguments;
	char passphrase[PASSPHRASE_LIMIT];
	struct card card;
	enum fault fault;
	int status = key_arguments(argc, argv, NULL, &arguments);

	if (status || (status = key_home(argv[0], &arguments, &home, &card)))
		return status;
	if ((fault = passphrase_read(home, arguments.descriptor,
				     "Passphrase: ", passphrase)))
		return fault_exit(fault);
	status = make_next(home, &arguments, passphrase);
	secret_wipe(passphrase, sizeof passphrase);
	return status;
}

/* --- list ------------------------------------------------------------------
 */

static void print_day(int64_t at)
{
	const time_t seconds = (time_t)at;
	char day[16] = "";
	struct tm utc;

	if (gmtime_r(&seconds, &utc))
		strftime(day, sizeof day, "%Y-%m-%d", &utc);
	printf("\t%s", day);
}

int key_list(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct key_arguments arguments;
	struct old_key old[KEYS_OLD];
	struct card card;
	size_t count;
	enum fault fault;
	int status = key_arguments(argc, argv, NULL, &arguments);

	if (status || (status = key_home(argv[0], &arguments, &home, &card)))
		return status;
	if ((fault = keys_old(home, old, &count)))
		return fault_exit(fault);
	printf("%04X\tpresent\t\t\t%s\n", key_id(KEY_AGENCY, card.key),
	       keys_paper_noted(home, card.key) ? "" : "paper not read back");
	for (size_t i = 0; i < count; i++) {
		printf("%04X\told", old[i].id);
		print_day(old[i].replaced);
		print_day(old[i].until);
		printf("\t%s\n", old_key_is_due(&old[i], time(NULL))
				     ? "to be destroyed"
				     : "");
	}
	return EXIT_DONE;
}

/* --- destroy ---------------------------------------------------------------
 */

/* The oldest of this id; NULL: there is none. */
static const struct old_key *find_old(const struct old_key *list, size_t count,
				      const char *id)
{
	for (size_t i = 0; i < count; i++) {
		char own[5];

		snprintf(own, sizeof own, "%04X", list[i].id);
		if (!strcasecmp(own, id))
			return &list[i];
	}
	return NULL;
}

static int complain_of_id(const char *id, const struct card *present)
{
	char own[5];

	snprintf(own, sizeof own, "%04X", key_id(KEY_AGENCY, present->key));
	if (!strcasecmp(own, id))
		fprintf(stderr,
			"foyer key destroy: %s is the present key: `foyer key "
			"rotate` puts another in its\nplace, and %d days "
			"later it may be destroyed\n",
			own, KEY_CHANGE_DAYS);
	else
		fprintf(stderr,
			"foyer key destroy: no old key has the id %s; see "
			"`foyer key list`\n",
			id);
	return EXIT_INPUT;
}

static int complain_of_need(enum retire_answer answer, size_t tickets)
{
	const char *plural = tickets == 1 ? "" : "s";
	const char *are = tickets == 1 ? "is" : "are";

	if (answer == RETIRE_NAMES)
		fprintf(stderr, "foyer key destroy: the names that lie apart "
				"do not open with the present key\nyet: unlock "
				"a desk once, then come back\n");
	else if (answer == RETIRE_KEPT)
		fprintf(stderr,
			"foyer key destroy: %zu ticket%s that %s scanned while "
			"the server was away %s kept on\nthis computer still, "
			"and %s sealed to it: unlock a desk here, so that they "
			"are filed,\nthen come back\n",
			tickets, plural, tickets == 1 ? "was" : "were", are,
			are);
	else
		fprintf(stderr,
			"foyer key destroy: %zu ticket%s kept aside %s sealed "
			"to it: unlock a desk, so\nthat they are filed, or "
			"look at them with `foyer record held`\n",
			tickets, plural, are);
	return EXIT_INPUT;
}

struct ending {
	const struct home *home;
	const struct old_key *old;
};

static enum fault end_old(void *to)
{
	const struct ending *ending = to;

	return keys_destroy(ending->home, ending->old);
}

static void tell_destroyed(const struct old_key *old, bool copy)
{
	if (copy)
		printf("removed %s\nThe key of that id stays here, and so do "
		       "its paper and its backups\n",
		       old->name);
	else
		printf("destroyed %s\nBurn its paper, wherever it is, and the "
		       "backups and move sticks from before the\nchange: "
		       "nothing else opens them\n",
		       old->name);
}

static int destroy(const struct home *home, const struct old_key *old,
		   const struct card *present)
{
	SCOPED(record_closep) struct record *record = NULL;
	const struct retiring key = { old->id, old->fingerprint, present->key };
	enum retire_answer answer;
	size_t tickets;
	bool copy, done;
	enum fault fault;

	if ((fault = desk_record(home, &record)) ||
	    (fault = retire_key(record, home, &key, &answer, &tickets)) ||
	    (fault = keys_is_copy(home, old, &copy)))
		return fault_exit(fault);
	if (answer != RETIRE_READY)
		return complain_of_need(answer, tickets);
	fault = key_do(home, copy ? "key-copy-removed" : "key-destroyed",
		       old->id, end_old, &(struct ending){ home, old }, &done);
	if (done)
		tell_destroyed(old, copy);
	return fault_exit(fault);
}

int key_destroy(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct key_arguments arguments;
	struct old_key list[KEYS_OLD];
	const struct old_key *old;
	struct card card;
	size_t count;
	enum fault fault;
	int status = key_arguments(argc, argv,
				   "which one? give the id that `foyer key "
				   "list` shows",
				   &arguments);

	if (status || (status = key_home(argv[0], &arguments, &home, &card)))
		return status;
	if ((fault = keys_old(home, list, &count)))
		return fault_exit(fault);
	if (!(old = find_old(list, count, arguments.operand)))
		return complain_of_id(arguments.operand, &card);
	if (!old_key_is_due(old, time(NULL)) && !arguments.early) {
		fprintf(stderr,
			"foyer key destroy: its %d days are not over: "
			"tickets may still come. --early\ndestroys it "
			"all the same\n",
			KEY_CHANGE_DAYS);
		return EXIT_INPUT;
	}
	return destroy(home, old, &card);
}
