#include "doctor/doctor.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ask/offering.h"
#include "doctor/page.h"
#include "office/desk.h"
#include "office/language_open.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/printed.h"
#include "ui/probe.h"

static enum doctor_pictures ask_terminal(void)
{
	struct termios as_found, raw;
	struct input input = { 0 };
	struct probe_keys keys = { 0 };
	struct probe probe;

	if (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &as_found))
		return DOCTOR_PICTURES_UNSEEN;
	raw = as_found;
	cfmakeraw(&raw);
	if (tcsetattr(STDIN_FILENO, TCSANOW, &raw))
		return DOCTOR_PICTURES_UNSEEN;
	probe = probe_terminal(STDIN_FILENO, STDOUT_FILENO, &input, &keys);
	tcsetattr(STDIN_FILENO, TCSANOW, &as_found);
	return probe.sixel && probe.cell_height ? DOCTOR_PICTURES_SHOWN
						: DOCTOR_PICTURES_NONE;
}

/* --- telling -------------------------------------------------------------- */

static void tell_lines(const struct doctor_round *round,
		       const struct catalogue *words)
{
	for (size_t i = 0; i < round->count; i++) {
		const struct doctor_finding *finding = &round->list[i];
		const struct doctor_check *check = finding->check;
		SCOPED(char_freep)
		char *reason = catalogue_word(words, check->reason);
		SCOPED(char_freep)
		char *mend = catalogue_word(words, check->mend);

		line_print(json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "check",
				     check->id, "level",
				     doctor_level_name(finding->level), "code",
				     finding->code, "found", finding->found,
				     "reason", reason, "mend", mend));
	}
	line_print(
	    json_pack("{s:s}", "result", doctor_level_name(round->level)));
}

/* What is worst first; why, and the mend, once for findings in a row. The
 * result is where a screen begins, and where it ends. */
static void tell_text(const struct doctor_round *round,
		      const struct catalogue *words)
{
	SCOPED(char_freep) char *result = doctor_result(words, round->level);
	const struct doctor_check *last = NULL;

	printf("%s\n\n", result);
	for (size_t i = 0; i < round->count; i++) {
		const struct doctor_finding *finding = round->worst[i];
		const struct doctor_check *check = finding->check;
		SCOPED(char_freep) char *advice = doctor_advice(words, check);

		printf("%-7s %s: %s\n", doctor_level_name(finding->level),
		       check->id, finding->found);
		if (finding->level == DOCTOR_WELL)
			continue;
		if (last != check)
			printf("        %s\n", advice);
		last = check;
	}
	printf("\n%s\n", result);
}

/* --- the command ---------------------------------------------------------- */

struct wish {
	const char *home, *output, *language;
	bool json, print;
};

static enum fault print(const struct doctor_place *place,
			const struct catalogue *words, const char *output)
{
	SCOPED(page_freep) struct page *page = NULL;
	struct doctor_round round;
	struct printed printed;
	enum fault fault = printed_open(&printed, place->home, NULL);

	if (!fault) {
		doctor_examine(place, words, &round);
		page = doctor_page(&round, words);
		page_set_foot(
		    page, &(struct page_foot){ .agency = printed.about.agency,
					       .date = printed.day });
		fault = printed_put(&printed, page, "doctor", output);
		doctor_round_done(&round);
	}
	printed_done(&printed);
	return fault;
}

/* Settings that cannot be read are for a row to tell. */
static enum fault read_words(const struct home *home, const char *wanted,
			     struct catalogue **out)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	bool french;

	if (!wanted && !desk_settings(home, &settings))
		wanted = settings_text(settings, "desk", "language", "en");
	french = wanted && !strcmp(wanted, "fr");
	return doctor_words(french ? "fr" : "en", out);
}

static enum fault examine(const struct home *home, const struct wish *wish)
{
	SCOPED(lexicon_freep) struct lexicon *lexicon = NULL;
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	struct doctor_place place = doctor_here(home);
	struct doctor_round round;
	enum fault fault = read_words(home, wish->language, &words);

	if (fault)
		return fault;
	lexicon = offering_quietly(home);
	place.lexicon = lexicon;
	if (wish->print)
		return print(&place, words, wish->output);
	if (!wish->json)
		place.pictures = ask_terminal();
	doctor_examine(&place, words, &round);
	if (wish->json)
		tell_lines(&round, words);
	else
		tell_text(&round, words);
	doctor_round_done(&round);
	return FAULT_NONE;
}

static int run(int argc, char **argv)
{
	static const struct option known[] = {
		{ "home", required_argument, NULL, 'h' },
		{ "json", no_argument, NULL, 'j' },
		{ "lang", required_argument, NULL, 'l' },
		{ "print", no_argument, NULL, 'p' },
		{ 0 },
	};
	SCOPED(home_freep) struct home *home = NULL;
	struct wish wish = { 0 };
	int option;
	enum fault fault;

	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "o:", known, NULL)) != -1) {
		if (option == '?')
			return noun_usage("doctor", "",
					  "an option it does not know, or one "
					  "without its value");
		if (option == 'h')
			wish.home = optarg;
		else if (option == 'o')
			wish.output = optarg;
		else if (option == 'l')
			wish.language = optarg;
		wish.json |= option == 'j';
		wish.print |= option == 'p' || option == 'o';
	}
	if (optind < argc)
		return noun_usage("doctor", "", "one argument too many");
	if (wish.language && strcmp(wish.language, "en") != 0 &&
	    strcmp(wish.language, "fr") != 0)
		return noun_usage("doctor", "", "--lang takes en or fr");
	if (wish.json && wish.print)
		return noun_usage("doctor", "", "either --json or --print");
	if (!(fault = home_find(wish.home, &home)))
		fault = examine(home, &wish);
	return fault ? fault_exit(fault) : EXIT_DONE;
}

static const struct verb verbs[] = {
	{ "", "[--home DIR] [--lang en|fr] [--json | --print [-o FILE]]",
	  "look for what puts people at risk here: LOW, MEDIUM or HIGH, and "
	  "mends",
	  run },
	{ 0 },
};

const struct noun noun_doctor = {
	.name = "doctor",
	.summary = "what on this machine and in this home puts people at risk",
	.details =
	    "The result is LOW, MEDIUM or HIGH. Every check tells OK or its "
	    "level, what was\nfound, why it matters and how to mend it, what "
	    "is worst first; what could not be\nseen is MEDIUM. Words are in "
	    "the desk's language, or --lang's.\nWith --json a line each, and "
	    "the result last, whose codes stay the same in every\nlanguage; "
	    "with --print a page, as a PDF where -o says and else among the "
	    "home's\nprints and on to its printer. The exit status is 0 "
	    "whatever "
	    "was found.\n",
	.verbs = verbs,
};
