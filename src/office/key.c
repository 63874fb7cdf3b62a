#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "issue/agency.h"
#include "issue/key_change.h"
#include "issue/keys.h"
#include "office/desk.h"
#include "office/key.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "seal/secret.h"

/*
 * At a terminal a key counts once its paper was read back; a program that calls
 * is told how that is done later.
 */
static bool is_rehearsed(const struct home *home,
			 const struct key_arguments *arguments)
{
	return !home_is_demo(home) && isatty(STDIN_FILENO) &&
	       arguments->descriptor == PASSPHRASE_NO_FD;
}

static bool rehearse(const struct agency_key *key, const char *passphrase)
{
	key_show_passphrase(passphrase);
	printf("Write these lines on two sheets, for two locked places. "
	       "Whoever has them has\nthe key:\n\n");
	if (key_give_paper(key, NULL))
		return false;
	printf("\n");
	return key_rehearse_line(key);
}

static void remind_of_paper(const struct home *home)
{
	if (!home_is_demo(home))
		fprintf(stderr,
			"foyer key new: the key has no paper yet: `foyer key "
			"backup`, then `foyer key\nrehearse` with what is "
			"written on it\n");
}

static int put_new(const struct home *home, const struct agency_key *key,
		   const struct key_arguments *arguments,
		   const char *passphrase)
{
	const bool paper = is_rehearsed(home, arguments);
	enum keys_answer answer;
	struct card card = { 0 };
	enum fault fault, noted = FAULT_NONE;
	bool done;

	if (paper && !rehearse(key, passphrase)) {
		fprintf(stderr, "foyer key new: its paper was not read back, "
				"so there is no key. Begin again\n");
		return EXIT_INPUT;
	}
	fault = key_put_first(home, key, passphrase, &answer, &done);
	if (!done)
		return fault ? fault_exit(fault)
			     : key_refuse("new", home, answer);
	if (paper)
		noted = keys_note_paper(home, agency_key_public(key));
	if (!paper && arguments->descriptor == PASSPHRASE_NO_FD)
		key_show_passphrase(passphrase);
	memcpy(card.key, agency_key_public(key), KEY_BYTES);
	strcpy(card.name, agency_key_label(key));
	key_show_card(&card);
	if (!paper)
		remind_of_paper(home);
	return fault_exit(fault ? fault : noted);
}

static int run_new(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	SCOPED(char_freep) char *path = NULL;
	char passphrase[PASSPHRASE_LIMIT];
	struct key_arguments arguments;
	enum fault fault;
	int status = key_arguments(argc, argv, NULL, &arguments);

	if (status)
		return status;
	if ((fault = home_open(arguments.home, &home)))
		return fault_exit(fault);
	path = home_path(home, HOME_KEYS, KEYS_SECRET);
	if (file_exists(path))
		return key_refuse("new", home, KEYS_THERE_ALREADY);
	if ((fault = key_passphrase(home, &arguments, passphrase)))
		return fault_exit(fault);
	key = agency_key_make(arguments.label ?: KEYS_LABEL, time(NULL));
	status = put_new(home, key, &arguments, passphrase);
	secret_wipe(passphrase, sizeof passphrase);
	return status;
}

static int run_show(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct key_arguments arguments;
	struct card card;
	int status = key_arguments(argc, argv, NULL, &arguments);

	if (status || (status = key_home(argv[0], &arguments, &home, &card)))
		return status;
	key_show_card(&card);
	if (arguments.output)
		return key_show_symbol(&card, arguments.output);
	return EXIT_DONE;
}

static const struct verb verbs[] = {
	{ "new", "[--home DIR] [--label NAME] [--passphrase-fd N]",
	  "make the agency's key; its passphrase is shown this once", run_new },
	{ "show", "[--home DIR] [-o CODE.png]",
	  "its label, id and fingerprint; its code for a kiosk to scan",
	  run_show },
	{ "backup", "[--home DIR] [--passphrase-fd N] [-o PAPER.png]",
	  "its four lines to write down, or a picture to print", key_backup },
	{ "rehearse", "[--home DIR]",
	  "try whether its paper, on standard input, brings it back",
	  key_rehearse },
	{ "restore",
	  "[--home DIR] [--label NAME] [--passphrase-fd N] [--over|--old]",
	  "from its four lines, or its symbol's digits, on standard input",
	  key_restore },
	{ "rotate",
	  "[--home DIR] [--label NAME] [--passphrase-fd N] [-o PAPER.png]",
	  "another key in its place; the old one is kept for 60 days",
	  key_rotate },
	{ "list", "[--home DIR]",
	  "the present key, and old ones with the day that they are kept until",
	  key_list },
	{ "destroy", "[--home DIR] [--early] ID",
	  "an old key that nothing needs any more", key_destroy },
	{ "export",
	  "[--home DIR] [--passphrase-fd N] [--transfer-fd N] -o FILE",
	  "for another desk, under a passphrase for the way", key_export },
	{ "import",
	  "[--home DIR] [--passphrase-fd N] [--transfer-fd N] [--over|--old] "
	  "FILE",
	  "a key that another desk exported", key_import },
	{ "passphrase", "[--home DIR] [--passphrase-fd N]",
	  "another passphrase for it; whoever signs in goes on as before",
	  key_passphrase_change },
	{ .name = NULL },
};

const struct noun noun_key = {
	.name = "key",
	.summary = "the agency's key, which opens tickets",
	.details = "keys/agency.key is secret and opens with the passphrase; "
		   "keys/agency.pub is\nwhat kiosks are given. Keep a copy of "
		   "agency.key in another place. --over puts a\nkey in the "
		   "place of the one that is there, which is kept for old "
		   "tickets; --old\nkeeps it beside that one.\n",
	.verbs = verbs,
};
