/* What the verbs of `foyer key` are told: their words, the home, a passphrase.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "issue/agency.h"
#include "issue/key_change.h"
#include "issue/keys.h"
#include "office/desk.h"
#include "office/key.h"
#include "office/noun.h"
#include "office/passphrase.h"

static const struct option options[] = {
	{ "home", required_argument, NULL, 'h' },
	{ "label", required_argument, NULL, 'l' },
	{ "passphrase-fd", required_argument, NULL, 'p' },
	{ "output", required_argument, NULL, 'o' },
	{ "transfer-fd", required_argument, NULL, 't' },
	{ "over", no_argument, NULL, 'v' },
	{ "old", no_argument, NULL, 'd' },
	{ "early", no_argument, NULL, 'e' },
	{ 0 },
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("key", verb, complaint);
}

static int take_option(const char *verb, int option,
		       struct key_arguments *arguments)
{
	switch (option) {
	case 'h':
		arguments->home = optarg;
		break;
	case 'l':
		arguments->label = optarg;
		break;
	case 'o':
		arguments->output = optarg;
		break;
	case 'v':
		arguments->place = KEY_OVER;
		break;
	case 'd':
		arguments->place = KEY_OLD;
		break;
	case 'e':
		arguments->early = true;
		break;
	case 'p':
	case 't':
		if (!passphrase_descriptor(optarg, option == 'p'
						       ? &arguments->descriptor
						       : &arguments->second))
			return wrong(verb, option == 'p'
					       ? "--passphrase-fd takes the "
						 "number of a descriptor"
					       : "--transfer-fd takes the "
						 "number of a descriptor");
		break;
	default:
		return wrong(verb, "an option it does not know, or one "
				   "without its value");
	}
	return EXIT_DONE;
}

int key_arguments(int argc, char **argv, const char *operand,
		  struct key_arguments *arguments)
{
	int option, status;

	*arguments = (struct key_arguments){ .label = NULL,
					     .descriptor = PASSPHRASE_NO_FD,
					     .second = PASSPHRASE_NO_FD };
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if ((status = take_option(argv[0], option, arguments)))
			return status;
	}
	if (optind < argc && operand)
		arguments->operand = argv[optind++];
	if (optind < argc)
		return wrong(argv[0], "one argument too many");
	if (operand && !arguments->operand)
		return wrong(argv[0], operand);
	if (arguments->label && strlen(arguments->label) > CARD_NAME)
		return wrong(argv[0], "a label has at most 64 bytes");
	return EXIT_DONE;
}

int key_home(const char *verb, const struct key_arguments *arguments,
	     struct home **home, struct card *card)
{
	SCOPED(char_freep) char *path = NULL;
	bool found;
	enum fault fault;

	if ((fault = desk_home(arguments->home, home)) ||
	    (fault = keys_settle(*home, time(NULL))))
		return fault_exit(fault);
	path = home_path(*home, HOME_KEYS, AGENCY_FILE);
	if ((fault = agency_file_read(path, &found, card)))
		return fault_exit(fault);
	if (found)
		return EXIT_DONE;
	fprintf(stderr,
		"foyer key %s: %s: there is no key; make one with "
		"`foyer key new`\n",
		verb, path);
	return EXIT_INPUT;
}

void key_show_card(const struct card *card)
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
	char *path = home_path(home, HOME_SETTINGS, HOME_PASSPHRASE);

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

int key_refuse(const char *verb, const struct home *home,
	       enum keys_answer answer)
{
	if (answer == KEYS_DESTROYED) {
		fprintf(stderr,
			"foyer key %s: " KEY_IS_GONE "Take the paper\nof the "
			"key that came after it; where there is none: `foyer "
			"key new`\n",
			verb);
		return EXIT_INPUT;
	}
	fprintf(stderr,
		"foyer key %s: %s/" KEYS_SECRET " is there already, and "
		"tickets need it.\n`foyer key rotate` puts a new one in its "
		"place, and --over of restore and import the one\nthat they "
		"bring; it is kept for old tickets then\n",
		verb, home_folder(home, HOME_KEYS));
	return EXIT_INPUT;
}

enum fault key_open(const char *verb, const struct home *home,
		    const char *passphrase, int *status,
		    struct agency_key **out)
{
	enum agency_key_answer answer;
	enum fault fault = keys_open(home, passphrase, &answer, out);

	*status = EXIT_DONE;
	if (fault || answer == AGENCY_KEY_OPENED)
		return fault;
	fprintf(stderr, "foyer key %s: that is not the passphrase of the key\n",
		verb);
	*status = EXIT_INPUT;
	return FAULT_NONE;
}
