#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "office/desk.h"
#include "office/noun.h"
#include "office/printer.h"
#include "print/paper.h"
#include "print/test_page.h"

/*
 * What a printer can do, found out by printing and by asking whoever stands in
 * front of it: whether it tells its state truly, whether it says that it has
 * printed, how wide its paper is, whether it cuts.
 */
struct arguments {
	struct printer_wish wish;
	const char *name;
};

static int wrong(const char *complaint)
{
	return noun_usage("printer", "learn", complaint);
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	static const struct option options[] = {
		{ "home", required_argument, NULL, 'h' },
		{ "address", required_argument, NULL, 'a' },
		{ "name", required_argument, NULL, 'n' },
		{ 0 },
	};
	int option;

	/* What is known already is not to hide what is found out. */
	*arguments = (struct arguments){ .wish.profile = "",
					 .wish.paper_mm = 58,
					 .name = "learnt" };
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h')
			arguments->wish.home = optarg;
		else if (option == 'a')
			arguments->wish.address = optarg;
		else if (option == 'n')
			arguments->name = optarg;
		else
			return wrong("an option it does not know, or one "
				     "without its value");
	}
	if (optind < argc)
		return wrong("it takes options alone");
	if (!profile_may_be_called(arguments->name))
		return wrong("--name takes letters, digits, - and _");
	return EXIT_DONE;
}

/* --- questions --------------------------------------------------------------
 */

/* What was typed; false where nobody answers. */
static bool ask(const char *question, char answer[80])
{
	printf("%s ", question);
	fflush(stdout);
	if (!fgets(answer, 80, stdin))
		return false;
	answer[strcspn(answer, "\n")] = 0;
	return true;
}

static bool ask_yes(const char *question, bool *yes)
{
	char answer[80];

	do {
		if (!ask(question, answer))
			return false;
	} while (!strchr("yYnNoO", answer[0]) || !answer[0]);
	*yes = strchr("yYoO", answer[0]);
	return true;
}

/* --- what is found out ------------------------------------------------------
 */

/* A page with what is known of it by now. */
static enum fault print_page(const struct printer_place *place,
			     const struct picture *page,
			     enum printer_answer *answer, bool *talks)
{
	enum fault fault =
	    printer_print(place, PRINTER_PAGE, page, answer, talks);

	if (!fault)
		printf("%s: %s\n", place->address, printer_says(*answer));
	return fault;
}

static bool was_refused(enum printer_answer answer)
{
	return answer == PRINTER_NO_PAPER || answer == PRINTER_COVER_OPEN ||
	       answer == PRINTER_OFFLINE;
}

/*
 * The first page. Of a printer whose state is always the same, or that tells
 * none, the page is printed without asking for it: then it may print at all,
 * and what it says next is the acknowledgement alone.
 */
static enum fault learn_first(struct printer_place *place,
			      const struct picture *page,
			      enum printer_answer *answer, bool *answered)
{
	bool talks, ready;
	enum fault fault = print_page(place, page, answer, &talks);

	if (fault || *answer == PRINTER_ABSENT ||
	    (talks && !was_refused(*answer))) {
		place->profile.status = talks;
		return fault;
	}
	if (was_refused(*answer)) {
		*answered = ask_yes("Is a roll in it, its cover closed and its "
				    "light as always? (yes or no)",
				    &ready);
		if (!*answered || !ready)
			return FAULT_NONE;
	}
	place->profile.status = false;
	printf("Once more, without asking how it is.\n");
	return print_page(place, page, answer, &talks);
}

/* Whether it notices that its cover is open: one that does not tells nothing
 * that can be believed. */
static enum fault learn_status(struct printer_place *place,
			       const struct picture *page, bool *answered)
{
	char enter[80];
	enum printer_answer answer;
	enum fault fault;
	bool talks;

	if (!place->profile.status)
		return FAULT_NONE;
	*answered = ask("Open the printer's cover, then press Enter.", enter);
	if (!*answered)
		return FAULT_NONE;
	if ((fault = printer_print(place, PRINTER_PAGE, page, &answer, &talks)))
		return fault;
	place->profile.status = answer == PRINTER_COVER_OPEN ||
				answer == PRINTER_NO_PAPER ||
				answer == PRINTER_OFFLINE;
	*answered = ask("Close it again, then press Enter.", enter);
	return FAULT_NONE;
}

static bool ask_for_paper(struct profile *profile)
{
	bool narrow, fine;

	if (!ask_yes("Does the ruler reach nearly from edge to edge of the "
		     "paper? (yes or no)",
		     &narrow) ||
	    !ask_yes("Was the paper cut? (yes or no)", &profile->ways.cuts) ||
	    !ask_yes("Are the bar and the steps without a white line? (yes or "
		     "no)",
		     &fine))
		return false;
	profile->paper_mm = narrow ? 58 : 80;
	if (!fine)
		printf("A dot of its head may be dead: clean it, then `foyer "
		       "printer test`.\n");
	return true;
}

static enum fault keep(const struct printer_place *place, const char *name)
{
	SCOPED(char_freep) char *path = profile_path(place->home, name);
	SCOPED(char_freep)
	char *folder = home_path(place->home, HOME_SETTINGS, "printers");
	struct bytes text = { 0 };
	enum fault fault = folder_make(folder);

	profile_write(&place->profile, &text);
	if (!fault)
		fault = file_write(path, text.data, text.length, 0644);
	if (!fault)
		printf("\n%s\nKept as %s. Write in foyer.ini:\n\n[printer]\n"
		       "address = %s\nprofile = %s\n",
		       text.data, path, place->address, name);
	bytes_done(&text);
	return fault;
}

static int nobody(void)
{
	fprintf(stderr, "foyer printer learn: nobody answered; nothing is "
			"kept\n");
	return EXIT_INPUT;
}

static int learn(struct printer_place *place, const char *name)
{
	SCOPED(picture_freep) struct picture *page = NULL;
	enum printer_answer answer;
	bool answered = true, out;
	enum fault fault;

	snprintf(place->profile.name, sizeof place->profile.name, "%s", name);
	if ((fault = test_page_draw(place->width, &page)) ||
	    (fault = learn_first(place, page, &answer, &answered)))
		return fault_exit(fault);
	if (!answered)
		return nobody();
	if (answer != PRINTER_CONFIRMED && answer != PRINTER_UNKNOWN)
		return EXIT_ENVIRONMENT;
	if (!ask_yes("Did a page come out? (yes or no)", &out))
		return nobody();
	if (!out) {
		fprintf(stderr, "foyer printer learn: without a page there is "
				"nothing to learn from\n");
		return EXIT_INPUT;
	}
	place->profile.ways.acknowledges = answer == PRINTER_CONFIRMED;
	if (!ask_for_paper(&place->profile))
		return nobody();
	if ((fault = learn_status(place, page, &answered)))
		return fault_exit(fault);
	return answered ? fault_exit(keep(place, name)) : nobody();
}

int printer_learn(int argc, char **argv)
{
	SCOPED(printer_place_done) struct printer_place place = { 0 };
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = printer_place_open(&arguments.wish, &place)))
		return fault_exit(fault);
	return learn(&place, arguments.name);
}
