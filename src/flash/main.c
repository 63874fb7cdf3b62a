#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/data.h"
#include "flash/verb.h"

static const struct verb *const verbs[] = {
	&verb_list, &verb_write, &verb_check, &verb_show, &verb_key, &verb_sign,
};

enum {
	OPTION_KEY = 1,
	OPTION_NAME,
	OPTION_FD,
	OPTION_YES,
	OPTION_NEW,
	OPTION_OLDER,
	OPTION_LINES
};

static const struct option options[] = {
	{ "key", required_argument, NULL, OPTION_KEY },
	{ "name", required_argument, NULL, OPTION_NAME },
	{ "passphrase-fd", required_argument, NULL, OPTION_FD },
	{ "yes", no_argument, NULL, OPTION_YES },
	{ "new", no_argument, NULL, OPTION_NEW },
	{ "older", no_argument, NULL, OPTION_OLDER },
	{ "lines", no_argument, NULL, OPTION_LINES },
	{ 0 },
};

static void print_help(FILE *to)
{
	fprintf(to, "usage: foyer-flash VERB [ARGUMENT]...\n\n"
		    "Writes a signed release of Foyer to a card, and keeps "
		    "what an agency has on it.\n\n");
	for (size_t i = 0; i < COUNT(verbs); i++)
		fprintf(to, "  foyer-flash %s%s%s\n%s", verbs[i]->name,
			*verbs[i]->usage ? " " : "", verbs[i]->usage,
			verbs[i]->summary);
	fprintf(to,
		"\n--key FILE trusts a public release key beside those in "
		"%s/" SIGNER_FOLDER ".\n"
		"--version says which this is.\n"
		"Exit status: 0 done, 1 the input is wrong or the answer is "
		"no, 2 wrong usage,\n3 the environment failed.\n",
		data_folder());
}

static const struct verb *find_verb(const char *name)
{
	for (size_t i = 0; i < COUNT(verbs); i++) {
		if (strcmp(verbs[i]->name, name) == 0)
			return verbs[i];
	}
	return NULL;
}

/* --- options -------------------------------------------------------------- */

static int take_key(const struct verb *verb, struct given *given)
{
	given->key = optarg;
	return verb->trusts ? fault_exit(signer_add(optarg, &given->trusted))
			    : EXIT_DONE;
}

static int take_option(const struct verb *verb, int option, struct given *given)
{
	switch (option) {
	case OPTION_KEY:
		return take_key(verb, given);
	case OPTION_NAME:
		given->name = optarg;
		return EXIT_DONE;
	case OPTION_FD:
		return passphrase_descriptor(optarg, &given->descriptor)
			   ? EXIT_DONE
			   : verb_usage(verb, "--passphrase-fd takes the "
					      "number of a descriptor");
	case OPTION_YES:
		given->yes = true;
		return EXIT_DONE;
	case OPTION_NEW:
		given->make_new = true;
		return EXIT_DONE;
	case OPTION_OLDER:
		given->older = true;
		return EXIT_DONE;
	case OPTION_LINES:
		given->lines = true;
		return EXIT_DONE;
	default:
		return verb_usage(verb, "an option it does not know, or one "
					"without its value");
	}
}

/* An option that is not in the verb's usage is none of its own. */
static bool belongs(const struct verb *verb, int option)
{
	for (const struct option *one = options; one->name; one++) {
		SCOPED(char_freep) char *word = xasprintf("--%s", one->name);

		if (one->val == option)
			return strstr(verb->usage, word) != NULL;
	}
	return false;
}

static int take_arguments(const struct verb *verb, int argc, char **argv,
			  struct given *given)
{
	int option, status = EXIT_DONE;

	opterr = 0;
	while (!status &&
	       (option = getopt_long(argc, argv, "", options, NULL)) != -1)
		status = take_option(verb, belongs(verb, option) ? option : '?',
				     given);
	if (status)
		return status;
	given->count = argc - optind;
	if (given->count < verb->least || given->count > verb->most)
		return verb_usage(verb, given->count < verb->least
					    ? "something is missing"
					    : "one argument too many");
	for (int i = 0; i < given->count; i++)
		given->words[i] = argv[optind + i];
	return EXIT_DONE;
}

static int run(const struct verb *verb, int argc, char **argv)
{
	struct given given = { .descriptor = PASSPHRASE_NO_FD };
	SCOPED(char_freep) char *pinned = data_path(SIGNER_FOLDER);
	int status = take_arguments(verb, argc, argv, &given);

	if (!status && verb->trusts)
		status = fault_exit(signer_pinned(pinned, &given.trusted));
	return status ? status : verb->run(&given);
}

static bool asks_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
	       strcmp(word, "help") == 0;
}

int main(int argc, char **argv)
{
	const struct verb *verb = argc > 1 ? find_verb(argv[1]) : NULL;

	if (data_version_asked("foyer-flash", argc, argv))
		return EXIT_DONE;
	if (argc > 1 && asks_help(argv[1])) {
		print_help(stdout);
		return EXIT_DONE;
	}
	if (verb && argc == 3 && asks_help(argv[2])) {
		printf("usage: foyer-flash %s%s%s\n%s", verb->name,
		       *verb->usage ? " " : "", verb->usage, verb->summary);
		return EXIT_DONE;
	}
	if (verb)
		return run(verb, argc - 1, argv + 1);
	if (argc > 1)
		fprintf(stderr,
			"foyer-flash: no such verb: %s; see foyer-flash "
			"--help\n",
			argv[1]);
	else
		print_help(stderr);
	return EXIT_USAGE;
}
