#include "doctor/doctor.h"

#include <getopt.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "office/language_open.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/printed.h"
#include "text/page.h"
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

static void tell_line(void *to, const struct doctor_finding *finding)
{
	const struct doctor_check *check = finding->check;

	(void)to;
	line_print(json_pack("{s:s, s:s, s:s, s:s, s:s}", "check", check->id,
			     "level", doctor_level_name(finding->level),
			     "found", finding->found, "reason", check->reason,
			     "mend", check->mend));
}

static void tell_text(void *to, const struct doctor_finding *finding)
{
	const struct doctor_check **last = to;
	const struct doctor_check *check = finding->check;

	if (finding->level == DOCTOR_LOW) {
		printf("LOW     %s: %s\n", check->id, finding->found);
		return;
	}
	printf("%-7s %s: %s\n", doctor_level_name(finding->level), check->id,
	       finding->found);
	/* Once for findings in a row. */
	if (*last != check)
		printf("        why:  %s\n        mend: %s\n", check->reason,
		       check->mend);
	*last = check;
}

/* --- on paper ------------------------------------------------------------- */

/* What was found, kept until all of it can be put in order. */
struct kept {
	struct doctor_finding *list; /* with texts of their own */
	size_t count;
};

static void keep(void *to, const struct doctor_finding *finding)
{
	struct kept *kept = to;
	struct doctor_finding *own;

	kept->list =
	    xreallocarray(kept->list, kept->count + 1, sizeof *kept->list);
	own = &kept->list[kept->count++];
	*own = *finding;
	own->found = xstrdup(finding->found);
}

static void kept_done(struct kept *kept)
{
	for (size_t i = 0; i < kept->count; i++)
		free((char *)kept->list[i].found);
	free(kept->list);
}

static struct page_said text(const char *words)
{
	return (struct page_said){ .staff = words };
}

static void add_row(struct page *page, const struct doctor_finding *finding)
{
	const struct doctor_check *check = finding->check;
	SCOPED(char_freep)
	char *about =
	    xasprintf("%s. To mend it: %s.", check->reason, check->mend);
	const struct page_said cells[] = {
		text(doctor_level_name(finding->level)),
		text(check->id),
		text(finding->found),
		text(finding->level == DOCTOR_LOW ? NULL : about),
	};

	if (finding->level == DOCTOR_HIGH)
		page_marked_row(page, cells);
	else
		page_row(page, cells);
}

/* What is worst stands first. */
static void add_table(struct page *page, const struct kept *kept)
{
	static const struct page_column columns[] = {
		{ { .staff = "Risk" }, 4 },
		{ { .staff = "Looked at" }, 5 },
		{ { .staff = "Found" }, 9 },
		{ { .staff = "Why it matters, and how it is mended" }, 11 },
	};

	page_table(page, columns, COUNT(columns));
	for (int level = DOCTOR_HIGH; level >= DOCTOR_LOW; level--) {
		for (size_t i = 0; i < kept->count; i++) {
			if ((int)kept->list[i].level == level)
				add_row(page, &kept->list[i]);
		}
	}
}

static enum fault print(const struct doctor_place *place, const char *output)
{
	const struct language *english = language_find("en");
	SCOPED(page_freep)
	struct page *page = page_new(english, english, PAGE_UNDER);
	SCOPED(char_freep) char *result = NULL;
	struct kept kept = { 0 };
	struct printed printed;
	enum fault fault = printed_open(&printed, place->home, NULL);

	if (!fault) {
		result = xasprintf(
		    "The risk here is %s.",
		    doctor_level_name(doctor_examine(place, keep, &kept)));
		page_title(page, text("What puts people at risk here"));
		page_heading(page, text(result));
		add_table(page, &kept);
		page_set_foot(
		    page, &(struct page_foot){ .agency = printed.about.agency,
					       .date = printed.day });
		fault = printed_put(&printed, page, "doctor", output);
	}
	kept_done(&kept);
	printed_done(&printed);
	return fault;
}

/* --- the command ---------------------------------------------------------- */

struct wish {
	const char *home, *output;
	bool json, print;
};

static enum fault examine(const struct home *home, const struct wish *wish)
{
	SCOPED(lexicon_freep) struct lexicon *lexicon = NULL;
	struct doctor_place place = doctor_here(home);
	const struct doctor_check *last = NULL;
	const struct lexicon_options options = {
		.believe = true,
		.report = language_hear_nothing,
	};
	enum doctor_level level;

	/* Each row that needs it says that it is not there. */
	if (!language_open_home(home, options, &lexicon))
		place.lexicon = lexicon;
	if (!wish->json && !wish->print)
		place.pictures = ask_terminal();
	if (wish->print)
		return print(&place, wish->output);
	level =
	    doctor_examine(&place, wish->json ? tell_line : tell_text, &last);
	if (wish->json)
		line_print(
		    json_pack("{s:s}", "result", doctor_level_name(level)));
	else
		printf("\nThe risk here is %s.\n", doctor_level_name(level));
	return FAULT_NONE;
}

static int run(int argc, char **argv)
{
	static const struct option known[] = {
		{ "home", required_argument, NULL, 'h' },
		{ "json", no_argument, NULL, 'j' },
		{ "print", no_argument, NULL, 'p' },
		{ 0 },
	};
	SCOPED(home_freep) struct home *home = NULL;
	struct wish wish = { 0 };
	int option;
	enum fault fault;

	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "o:", known, NULL)) != -1) {
		if (option == '?')
			return noun_usage("doctor", "",
					  "an option it does not know, or one "
					  "without its value");
		if (option == 'h')
			wish.home = optarg;
		else if (option == 'o')
			wish.output = optarg;
		wish.json |= option == 'j';
		wish.print |= option == 'p' || option == 'o';
	}
	if (optind < argc)
		return noun_usage("doctor", "", "one argument too many");
	if (wish.json && wish.print)
		return noun_usage("doctor", "", "either --json or --print");
	if (!(fault = home_find(wish.home, &home)))
		fault = examine(home, &wish);
	return fault ? fault_exit(fault) : EXIT_DONE;
}

static const struct verb verbs[] = {
	{ "", "[--home DIR] [--json | --print [-o FILE]]",
	  "look for what puts people at risk here: LOW, MEDIUM or HIGH, and "
	  "mends",
	  run },
	{ 0 },
};

const struct noun noun_doctor = {
	.name = "doctor",
	.summary = "what on this machine and in this home puts people at risk",
	.details =
	    "Every check tells its level, what was found, why it matters and "
	    "how to mend it;\nwhat could not be seen is MEDIUM. With --json a "
	    "line each, and the result last;\nwith --print a page, as a PDF "
	    "where -o says and else among the home's prints and\non to its "
	    "printer. The exit status is 0 whatever "
	    "was found.\n",
	.verbs = verbs,
};
