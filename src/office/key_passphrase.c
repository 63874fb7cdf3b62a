#include <stdio.h>
#include <unistd.h>

#include "issue/keys.h"
#include "office/desk.h"
#include "office/key.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "record/rekey.h"
#include "seal/secret.h"

/* Both passphrases, in secret memory. */
struct both {
	char old[PASSPHRASE_LIMIT], fresh[PASSPHRASE_LIMIT];
};

/* The new one is the descriptor's second line, or made here and told. */
static enum fault read_both(const struct home *home, int descriptor,
			    struct both *both)
{
	enum fault fault = passphrase_read(
	    home, descriptor, "The key's passphrase until now: ", both->old);

	if (fault)
		return fault;
	if (descriptor != PASSPHRASE_NO_FD)
		return passphrase_read(home, descriptor, "", both->fresh);
	passphrase_make(both->fresh);
	return FAULT_NONE;
}

static int complain(const struct home *home, enum rekey_answer answer)
{
	static const char *const words[REKEY_ANSWERS] = {
		[REKEY_WRONG] = "that is not the passphrase of a key here",
		[REKEY_SLOWED] = "too many attempts failed; wait a few minutes",
		[REKEY_WEAK] = "a passphrase has 12 characters or more; "
			       "several words are best",
		[REKEY_REFUSED] = "an administrator's right",
	};

	fprintf(stderr, "foyer key passphrase: %s: %s; nothing has changed\n",
		home_folder(home, HOME_KEYS), words[answer]);
	return EXIT_INPUT;
}

static void tell(const struct rekeyed *changed)
{
	printf("key files   %zu\ncopies      %zu\n", changed->files,
	       changed->copies);
	if (changed->lost)
		printf("\n%zu of those who sign in hold none now: give them "
		       "theirs anew with\n`foyer user passphrase --reset`.\n",
		       changed->lost);
	if (changed->others)
		printf("\n%zu key files stay under another passphrase.\n",
		       changed->others);
	printf("\nThe key is the same: its paper, kiosks and tickets stay "
	       "good, and everybody's\nown passphrase, too. A copy of "
	       "agency.key that was made before opens with the\nold one still: "
	       "destroy such copies; where one may be in wrong hands, only "
	       "another\nkey helps.\n");
}

/* Told before anything has it: a cut may leave files that open with it alone.
 * At a terminal nothing changes before it is written down. */
static bool tell_fresh(const struct home *home, const struct both *both)
{
	int sign;

	key_show_passphrase(both->fresh);
	printf(
	    "Keep the old one, too, until this command has ended: where it "
	    "is interrupted,\neither of both may be the one that opens.\n\n");
	if (home_is_demo(home) || !isatty(STDIN_FILENO))
		return fflush(stdout) == 0;
	printf("Press Enter once it is written down: ");
	fflush(stdout);
	while ((sign = getchar()) != '\n' && sign != EOF)
		;
	return sign == '\n';
}

int key_passphrase_change(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(secret_freep) struct both *both = secret_new(sizeof *both);
	SCOPED(char_freep) char *note = NULL;
	const struct record_who who = desk_who();
	struct key_arguments arguments;
	struct rekeyed changed;
	struct card card;
	enum fault fault;
	int status = key_arguments(argc, argv, NULL, &arguments);

	if (status || (status = key_home(argv[0], &arguments, &home, &card)))
		return status;
	if ((fault = desk_record(home, &record)) ||
	    (fault = read_both(home, arguments.descriptor, both)))
		return fault_exit(fault);
	if (arguments.descriptor == PASSPHRASE_NO_FD &&
	    !tell_fresh(home, both)) {
		fprintf(stderr, "foyer key passphrase: nothing has changed\n");
		return EXIT_INPUT;
	}
	note = home_is_demo(home)
		   ? home_path(home, HOME_SETTINGS, HOME_PASSPHRASE)
		   : NULL;
	fault = rekey(record,
		      &(struct rekey){
			  .folder = home_folder(home, HOME_KEYS),
			  .old = both->old,
			  .passphrase = both->fresh,
			  .cost = keys_cost(home),
			  .note = note,
		      },
		      &who, desk_now(), &changed);
	if (fault)
		return fault_exit(fault);
	if (changed.answer != REKEY_DONE)
		return complain(home, changed.answer);
	tell(&changed);
	return EXIT_DONE;
}
