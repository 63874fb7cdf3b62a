#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "issue/agency.h"
#include "issue/keys.h"
#include "office/desk.h"
#include "office/key.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "seal/secret.h"

static const struct option options[] = {
	{ "home", required_argument, NULL, 'h' },
	{ "label", required_argument, NULL, 'l' },
	{ "passphrase-fd", required_argument, NULL, 'p' },
	{ "output", required_argument, NULL, 'o' },
	{ 0 },
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("key", verb, complaint);
}

int key_arguments(int argc, char **argv, struct key_arguments *arguments)
{
	int option;

	*arguments = (struct key_arguments){ .label = "Agency",
					     .descriptor = PASSPHRASE_NO_FD };
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (option == 'h')
			arguments->home = optarg;
		else if (option == 'l')
			arguments->label = optarg;
		else if (option == 'o')
			arguments->output = optarg;
		else if (option != 'p')
			return wrong(argv[0], "an option it does not know, or "
					      "one without its value");
		else if (!passphrase_descriptor(optarg, &arguments->descriptor))
			return wrong(argv[0], "--passphrase-fd takes the "
					      "number of a descriptor");
	}
	if (optind < argc)
		return wrong(argv[0], "one argument too many");
	if (strlen(arguments->label) > CARD_NAME)
		return wrong(argv[0], "a label has at most 64 bytes");
	return EXIT_DONE;
}

static void show_card(const struct card *card)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(card->key, fingerprint);
	printf("label       %s\nid          %04X\nfingerprint %s\n", card->name,
	       key_id(KEY_AGENCY, card->key), fingerprint);
}

void key_show_passphrase(const char *passphrase)
{
	printf("The passphrase, shown this once:\n\n    %s\n\nWrite it down "
	       "and keep it apart from this computer. Without it no ticket "
	       "can\nbe opened, by anybody, ever.\n\n",
	       passphrase);
}

/* A new passphrase, told and, in a demo, left beside the settings. */
static enum fault make_passphrase(const struct home *home,
				  char text[PASSPHRASE_LIMIT])
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, PASSPHRASE_FILE);

	if (home_is_demo(home) && file_exists(path))
		return passphrase_read(home, PASSPHRASE_NO_FD, "", text);
	passphrase_make(text);
	return home_is_demo(home) ? file_write(path, text, strlen(text), 0600)
				  : FAULT_NONE;
}

enum fault key_passphrase(const struct home *home,
			  const struct key_arguments *arguments,
			  char text[PASSPHRASE_LIMIT])
{
	if (arguments->descriptor != PASSPHRASE_NO_FD)
		return passphrase_read(home, arguments->descriptor, "", text);
	return make_passphrase(home, text);
}

int key_refuse(const char *verb, const struct home *home)
{
	fprintf(stderr,
		"foyer key %s: %s/" KEYS_SECRET " is there already. Tickets "
		"that were\nsealed to it would be lost without it; move it "
		"away first if you are sure.\n",
		verb, home_folder(home, HOME_KEYS));
	return EXIT_INPUT;
}

static int make_new(const struct home *home,
		    const struct key_arguments *arguments)
{
	char passphrase[PASSPHRASE_LIMIT];
	enum keys_answer answer = KEYS_MADE;
	struct card card;
	enum fault fault = key_passphrase(home, arguments, passphrase);

	if (!fault)
		fault = keys_make(home, arguments->label, keys_cost(home),
				  passphrase, time(NULL), &answer, &card);
	if (!fault && answer == KEYS_MADE) {
		if (arguments->descriptor == PASSPHRASE_NO_FD)
			key_show_passphrase(passphrase);
		show_card(&card);
	}
	secret_wipe(passphrase, sizeof passphrase);
	if (fault || answer == KEYS_MADE)
		return fault_exit(fault);
	return key_refuse("new", home);
}

static int run_new(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct key_arguments arguments;
	enum fault fault;
	int status = key_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = home_open(arguments.home, &home)))
		return fault_exit(fault);
	return make_new(home, &arguments);
}

static int run_show(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *path = NULL;
	struct key_arguments arguments;
	struct card card;
	bool found;
	enum fault fault;
	int status = key_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)))
		return fault_exit(fault);
	path = home_path(home, HOME_KEYS, AGENCY_FILE);
	if ((fault = agency_file_read(path, &found, &card)))
		return fault_exit(fault);
	if (!found) {
		fprintf(stderr,
			"foyer key show: %s: there is no key; make one with "
			"`foyer key new`\n",
			path);
		return EXIT_INPUT;
	}
	show_card(&card);
	return EXIT_DONE;
}

static const struct verb verbs[] = {
	{ "new", "[--home DIR] [--label NAME] [--passphrase-fd N]",
	  "make the agency's key; its passphrase is shown this once", run_new },
	{ "backup", "[--home DIR] [--passphrase-fd N] [-o PAPER.png]",
	  "its four lines to write down, or a picture to print", key_backup },
	{ "restore", "[--home DIR] [--label NAME] [--passphrase-fd N]",
	  "from its four lines, or its symbol's digits, on standard input",
	  key_restore },
	{ "show", "[--home DIR]",
	  "its label, id and fingerprint, to compare with a kiosk", run_show },
	{ .name = NULL },
};

const struct noun noun_key = {
	.name = "key",
	.summary = "the agency's key, which opens tickets",
	.details = "keys/agency.key is secret and opens with the passphrase; "
		   "keys/agency.pub is\nwhat kiosks are given. Keep a copy of "
		   "agency.key in another place.\n",
	.verbs = verbs,
};
