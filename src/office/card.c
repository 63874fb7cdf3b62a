#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/data.h"
#include "card/folder.h"
#include "card/prepare.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "seal/key.h"
#include "text/catalogue.h"

struct arguments {
	const char *home, *language;
	const char *folder;
	bool json;
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("card", verb, complaint);
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	const struct options_place places[] = {
		{ "home", &arguments->home, NULL },
		{ "lang", &arguments->language, NULL },
		{ "json", NULL, &arguments->json },
		{ NULL, NULL, NULL },
	};

	*arguments = (struct arguments){ .language = "en" };
	if (!options_read(argc, argv, places))
		return wrong(argv[0], OPTIONS_COMPLAINT);
	if (argc - optind != 1)
		return wrong(argv[0], "which folder? give one");
	arguments->folder = argv[optind];
	if (strcmp(arguments->language, "en") != 0 &&
	    strcmp(arguments->language, "fr") != 0)
		return wrong(argv[0], "--lang takes en or fr");
	return EXIT_DONE;
}

static enum fault read_words(const char *language, struct catalogue **out)
{
	SCOPED(char_freep) char *folder = data_path("translations");

	*out = catalogue_new(language);
	return catalogue_add_family(*out, folder, "card");
}

/* --- check ------------------------------------------------------------------
 */

static void print_summary(const struct card_findings *findings,
			  const struct catalogue *words)
{
	const size_t stops = findings->levels[CARD_STOP];
	const size_t looks =
	    findings->levels[CARD_DOUBT] + findings->levels[CARD_LEFT_OUT];
	const struct catalogue_argument count = {
		.name = "count", .number = (double)(stops ? stops : looks)
	};
	SCOPED(char_freep)
	char *line = catalogue_say(words,
				   stops   ? "card.count_stop"
				   : looks ? "card.count_look"
					   : "card.fine",
				   &count, 1);

	puts(line);
}

static void print_text(const struct card_folder *folder,
		       const struct catalogue *words)
{
	for (size_t i = 0; i < folder->findings.count; i++) {
		SCOPED(char_freep)
		char *line = card_finding_say(&folder->findings.list[i], words);

		puts(line);
	}
	print_summary(&folder->findings, words);
}

static void print_json(const struct card_folder *folder,
		       const struct catalogue *words)
{
	for (size_t i = 0; i < folder->findings.count; i++) {
		const struct card_finding *finding = &folder->findings.list[i];
		SCOPED(char_freep)
		char *text = card_finding_text(finding, words);

		line_print(json_pack("{ss ss so so ss}", "level",
				     card_level_name(finding->level), "finding",
				     strchr(finding->key, '.') + 1, "file",
				     line_text(finding->file), "line",
				     finding->line ? json_integer(finding->line)
						   : json_null(),
				     "text", text));
	}
}

static int report(const struct arguments *arguments, const char *path,
		  const struct catalogue *words)
{
	SCOPED(char_freep) char *shipped = data_path("forms");
	struct card_folder folder;
	bool serves;

	card_folder_read(path, shipped, &folder);
	serves = card_folder_serves(&folder);
	if (arguments->json)
		print_json(&folder, words);
	else
		print_text(&folder, words);
	card_folder_done(&folder);
	return serves ? EXIT_DONE : EXIT_INPUT;
}

static int run_check(int argc, char **argv)
{
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	SCOPED(char_freep) char *path = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if (arguments.home)
		return wrong(argv[0], "it takes no --home");
	if ((fault = read_words(arguments.language, &words)))
		return fault_exit(fault);
	path = card_folder_in(arguments.folder);
	return report(&arguments, path, words);
}

/* --- prepare ----------------------------------------------------------------
 */

static void tell(void *to, const char *name)
{
	printf("%s/%s\n", (const char *)to, name);
}

static int complain(const char *complaint)
{
	fprintf(stderr, "foyer card prepare: %s\n", complaint);
	return EXIT_INPUT;
}

static const char *const refusals[] = {
	[CARD_HOME_HAS_NO_KEY] = "there is no keys/agency.pub in this home; "
				 "make the agency's key with `foyer key new`",
	[CARD_HOME_HAS_NO_SETTINGS] = "there is no foyer.ini in this home; "
				      "write one, as `man foyer` has it",
	[CARD_IS_THE_HOME] = "the folder is a part of the home; give one on "
			     "the card, such as /media/FOYER/foyer",
};

static int run_prepare(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	SCOPED(char_freep) char *path = NULL;
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct arguments arguments;
	enum card_prepared answer;
	struct card agency;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if (arguments.json)
		return wrong(argv[0], "it takes no --json");
	path = card_folder_in(arguments.folder);
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = read_words(arguments.language, &words)) ||
	    (fault = card_prepare(home, path, tell, path, &answer, &agency)))
		return fault_exit(fault);
	if (answer != CARD_PREPARED)
		return complain(refusals[answer]);
	key_fingerprint(agency.key, fingerprint);
	printf("agency      %s\nfingerprint %s\nThe kiosk shows this "
	       "fingerprint when it starts first: compare it there.\n",
	       agency.name, fingerprint);
	return report(&arguments, path, words);
}

static const struct verb verbs[] = {
	{ "check", "[--json] [--lang en|fr] DIR",
	  "what a kiosk will say of the folder foyer on its card", run_check },
	{ "prepare", "[--home DIR] [--lang en|fr] DIR",
	  "write a card's folder foyer from this home; never a secret",
	  run_prepare },
	{ .name = NULL },
};

const struct noun noun_card = {
	.name = "card",
	.summary = "the agency's files on a kiosk's card",
	.details =
	    "DIR is the folder foyer on the card's small partition, or "
	    "that partition.\ncheck says each thing with its file, its "
	    "line and what to write instead; its\nstatus is 1 where "
	    "something must be mended before the kiosk takes the card.\n",
	.verbs = verbs,
};
