#include "office/printer.h"

#include <dirent.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/data.h"
#include "base/file.h"
#include "office/desk.h"
#include "office/noun.h"
#include "print/paper.h"
#include "print/test_page.h"

/* --- what the verbs share ---------------------------------------------------
 */

static const char *either(const char *wish, const struct settings *settings,
			  const char *name, const char *usual)
{
	return wish ? wish : settings_text(settings, "printer", name, usual);
}

enum fault printer_place_open(const struct printer_wish *wish,
			      struct printer_place *out)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	int paper_mm = wish->paper_mm;
	enum fault fault;

	*out = (struct printer_place){ 0 };
	if ((fault = desk_home(wish->home, &out->home)) ||
	    (fault = desk_settings(out->home, &settings)) ||
	    (fault = profile_find(
		 out->home, either(wish->profile, settings, "profile", ""),
		 &out->profile)))
		return fault;
	out->address =
	    xstrdup(either(wish->address, settings, "address", "none"));
	if (!paper_mm)
		paper_mm =
		    atoi(settings_text(settings, "printer", "paper_mm", "0"));
	if (!paper_mm)
		paper_mm = out->profile.paper_mm;
	out->width = paper_mm == 80 ? PAPER_WIDE : PAPER_NARROW;
	return FAULT_NONE;
}

void printer_place_done(struct printer_place *place)
{
	home_free(place->home);
	free(place->address);
}

enum fault printer_print(const struct printer_place *place,
			 enum printer_paper paper,
			 const struct picture *picture,
			 enum printer_answer *answer, bool *talks)
{
	SCOPED(printer_freep) struct printer *printer = NULL;
	enum fault fault = printer_new(place->address, &printer);

	if (fault)
		return fault;
	printer_use(printer, &place->profile);
	printer_name(printer, paper, NULL);
	printer_start(printer, picture, printer_clock());
	*answer = printer_await(printer);
	*talks = printer_talks(printer);
	return FAULT_NONE;
}

const char *printer_says(enum printer_answer answer)
{
	static const char *const says[] = {
		[PRINTER_IDLE] = "nothing was asked",
		[PRINTER_WORKING] = "it is at it",
		[PRINTER_CONFIRMED] = "it says that it has printed",
		[PRINTER_UNKNOWN] = "it was sent, and does not say whether it "
				    "came out: look",
		[PRINTER_NO_PAPER] = "it has no paper: put in a roll",
		[PRINTER_COVER_OPEN] = "its cover is open: close it",
		[PRINTER_OFFLINE] = "it is there and takes nothing: is it on "
				    "line, and does nobody else print?",
		[PRINTER_ABSENT] = "there is none at this address: is it "
				   "plugged in and on?",
	};

	return says[answer];
}

/* --- test -------------------------------------------------------------------
 */

struct arguments {
	struct printer_wish wish;
	const char *file;
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("printer", verb, complaint);
}

static int take_option(int option, struct arguments *arguments)
{
	switch (option) {
	case 'h':
		arguments->wish.home = optarg;
		return EXIT_DONE;
	case 'a':
		arguments->wish.address = optarg;
		return EXIT_DONE;
	case 'r':
		arguments->wish.profile = optarg;
		return EXIT_DONE;
	case 'p':
		arguments->wish.paper_mm = atoi(optarg);
		return strcmp(optarg, "58") == 0 || strcmp(optarg, "80") == 0
			   ? EXIT_DONE
			   : wrong("test", "--paper takes 58 or 80");
	default:
		return wrong("test", "an option it does not know, or one "
				     "without its value");
	}
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	static const struct option options[] = {
		{ "home", required_argument, NULL, 'h' },
		{ "address", required_argument, NULL, 'a' },
		{ "profile", required_argument, NULL, 'r' },
		{ "paper", required_argument, NULL, 'p' },
		{ 0 },
	};
	int option, status = EXIT_DONE;

	*arguments = (struct arguments){ 0 };
	optind = 0;
	opterr = 1; /* it names which */
	while (!status &&
	       (option = getopt_long(argc, argv, "", options, NULL)) != -1)
		status = take_option(option, arguments);
	if (!status && optind < argc)
		return wrong(argv[0], "it takes options alone");
	return status;
}

/* A page that may have come out is for the person to judge. */
static int status_of(enum printer_answer answer)
{
	if (answer == PRINTER_CONFIRMED)
		return EXIT_DONE;
	return answer == PRINTER_UNKNOWN ? EXIT_INPUT : EXIT_ENVIRONMENT;
}

static int run_test(int argc, char **argv)
{
	SCOPED(printer_place_done) struct printer_place place = { 0 };
	SCOPED(picture_freep) struct picture *page = NULL;
	struct arguments arguments;
	enum printer_answer answer;
	enum fault fault;
	bool talks;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = printer_place_open(&arguments.wish, &place)) ||
	    (fault = test_page_draw(place.width, &page)) ||
	    (fault =
		 printer_print(&place, PRINTER_PAGE, page, &answer, &talks)))
		return fault_exit(fault);
	printf("%s: %s\n", place.address, printer_says(answer));
	return status_of(answer);
}

/* --- list -------------------------------------------------------------------
 */

/* A line for each entry of a folder that begins with begin. */
static void list_devices(const char *folder, const char *begin,
			 const char *kind, const char *what)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		if (entries[i]->d_name[0] != '.' &&
		    strncmp(entries[i]->d_name, begin, strlen(begin)) == 0)
			printf("%s:%s/%s\t%s\n", kind, folder,
			       entries[i]->d_name, what);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static void list_profiles(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		char *name = entries[i]->d_name, *end = strstr(name, ".ini");
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, name);
		struct profile profile;

		if (end && !end[4] && !profile_read(path, &profile))
			printf("profile = %.*s\t%s\n", (int)(end - name), name,
			       profile.name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static int run_list(int argc, char **argv)
{
	SCOPED(printer_place_done) struct printer_place place = { 0 };
	SCOPED(char_freep) char *shipped = data_path("screens/printers");
	SCOPED(char_freep) char *own = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = printer_place_open(&arguments.wish, &place)))
		return fault_exit(fault);
	printf("%s\tset for tickets, %d mm, %s\n", place.address,
	       place.width == PAPER_WIDE ? 80 : 58, place.profile.name);
	list_devices("/dev/usb", "lp", "usb", "a USB printer");
	list_devices("/dev/serial/by-id", "", "tty",
		     "a serial line: a printer, or a scanner");
	printer_queues();
	own = home_path(place.home, HOME_SETTINGS, "printers");
	list_profiles(own);
	list_profiles(shipped);
	return EXIT_DONE;
}

/* --- check ------------------------------------------------------------------
 */

static int run_check(int argc, char **argv)
{
	struct profile profile;
	struct bytes text = { 0 };
	enum fault fault;

	if (argc != 2)
		return wrong(argv[0], "which profile's file?");
	if ((fault = profile_read(argv[1], &profile)))
		return fault_exit(fault);
	profile_write(&profile, &text);
	fputs((const char *)text.data, stdout);
	bytes_done(&text);
	return EXIT_DONE;
}

static const struct verb verbs[] = {
	{ "list", "[--home DIR]",
	  "the printers that are there, and the profiles of models", run_list },
	{ "test", "[--home DIR] [--address A] [--profile NAME] [--paper 58|80]",
	  "print a page that shows paper, head and cutter", run_test },
	{ "learn", PRINTER_LEARN_USAGE,
	  "find out what a printer can do, and write its profile",
	  printer_learn },
	{ "send", PRINTER_SEND_USAGE,
	  "print a PDF file at an office printer, by its queue of CUPS",
	  printer_send },
	{ "check", "FILE.ini", "what a profile says, or what is wrong in it",
	  run_check },
	{ "emulate", PRINTER_EMULATE_USAGE,
	  "be a printer, with faults, that writes papers as pictures",
	  printer_emulate },
	{ .name = NULL },
};

const struct noun noun_printer = {
	.name = "printer",
	.summary = "the printer of tickets, and the office's",
	.details = "test's status is 1 where the printer does not say whether "
		   "it printed, and 3\nwhere it cannot print. emulate takes "
		   "faults by word, on its standard input too,\nwhere mend "
		   "mends them all and an empty line ends it.\n",
	.verbs = verbs,
};
