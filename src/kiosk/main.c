#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/data.h"
#include "base/file.h"
#include "base/home.h"
#include "base/journal.h"
#include "kiosk/day.h"
#include "kiosk/keeper.h"
#include "kiosk/receive.h"

static const char help[] =
    "usage: foyer-kiosk [--home DIR] [--card DIR] [--desk] [--once] [--log "
    "FILE]\n"
    "\n"
    "The lobby's screen: asks a newcomer in their own language, prints a "
    "sealed\n"
    "ticket, and forgets. Needs a terminal.\n"
    "\n"
    "  --home DIR  settings, keys, forms and kiosk state below DIR; without "
    "it\n"
    "              the XDG base directories are used\n"
    "  --card DIR  this machine is the kiosk's own, and the agency's card is "
    "in "
    "DIR:\n"
    "              staff set it up on the screen before the lobby opens first\n"
    "  --desk      the desk is on this machine, too: staff may have the "
    "screen for it\n"
    "  --once      end after one visitor; exit status 0 if a ticket was made,\n"
    "              4 if the visitor left without one\n"
    "  --log FILE  what staff should know goes there, never an answer\n"
    "              (default: kiosk.log beside the kiosk's state)\n"
    "  --help      this; --version: which this is\n";

#define EXIT_WRONG_USAGE 2
#define EXIT_NO_TICKET 4
/* What the service manager of the machine does then; see foyer-kiosk(1). */
#define EXIT_POWER_OFF 64
#define EXIT_REBOOT 65
#define EXIT_DESK 66

struct options {
	const char *home, *log, *card;
	bool desk, once, help;
};

static bool read_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{ "home", required_argument, NULL, 'd' },
		{ "card", required_argument, NULL, 'c' },
		{ "desk", no_argument, NULL, 'k' },
		{ "once", no_argument, NULL, '1' },
		{ "log", required_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "h", known, NULL)) != -1) {
		if (option == 'd')
			options->home = optarg;
		else if (option == 'c')
			options->card = optarg;
		else if (option == 'k')
			options->desk = true;
		else if (option == '1')
			options->once = true;
		else if (option == 'l')
			options->log = optarg;
		else if (option == 'h')
			options->help = true;
		else
			return false;
	}
	return optind == argc;
}

/* Where the answer to "why did it end?" is, once the screens are gone. */
static void tell_end(const struct journal *journal, enum visitor_end last)
{
	const char *kind = getenv("TERM");

	if (last == VISITOR_NO_SCREEN)
		fprintf(stderr,
			"foyer-kiosk: its screens cannot be shown in this "
			"terminal (TERM is \"%s\")\n",
			kind ? kind : "");
	if (journal_path(journal))
		fprintf(stderr, "foyer-kiosk: the end of %s says why\n",
			journal_path(journal));
}

/* Only a machine under test has this. */
#define TESTS "/dev/virtio-ports/foyer.test"

static enum fault open_and_receive(struct home *home, struct journal *journal,
				   const struct options *options,
				   struct day_result *result)
{
	SCOPED(keeper_freep) struct keeper *keeper = NULL;
	SCOPED(reception_freep) struct reception *reception = NULL;
	SCOPED(char_freep)
	char *clock = home_path(home, HOME_SETTINGS, "clock");
	enum fault fault;

	keeper = keeper_new(&(struct keeper_ways){
	    .manager = getenv("NOTIFY_SOCKET"),
	    .tests = TESTS,
	    .clock = options->card ? clock : NULL,
	    .home = home,
	});
	if (!keeper)
		return FAULT_SYSTEM;
	if ((fault = reception_new(keeper, &reception)))
		return fault;
	fault = day_run(reception,
			&(struct day_wish){ home, options->card, options->desk,
					    options->once, journal },
			result);
	if (fault && result->opened)
		tell_end(journal, result->last);
	return fault;
}

static enum fault run(const struct options *options, struct day_result *result)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *path = NULL;
	struct journal *journal;
	enum fault fault;

	/* On a machine of its own nobody has made the folder. */
	fault = options->card ? home_open(options->home, &home)
			      : home_find(options->home, &home);
	if (fault || (fault = folder_make(home_folder(home, HOME_KIOSK))))
		return fault;
	path = options->log ? xstrdup(options->log)
			    : home_path(home, HOME_KIOSK, "kiosk.log");
	journal = journal_new(path);
	fault = open_and_receive(home, journal, options, result);
	journal_free(journal);
	return fault;
}

/* Of the ends that staff want. */
static const int exits[] = {
	[DAY_POWER_OFF] = EXIT_POWER_OFF,
	[DAY_REBOOT] = EXIT_REBOOT,
	[DAY_DESK] = EXIT_DESK,
};

int main(int argc, char **argv)
{
	struct options options = { 0 };
	struct day_result result = { .last = VISITOR_LEFT };
	enum fault fault;

	if (data_version_asked("foyer-kiosk", argc, argv))
		return 0;
	if (!read_options(argc, argv, &options)) {
		fputs(help, stderr);
		return EXIT_WRONG_USAGE;
	}
	if (options.help) {
		fputs(help, stdout);
		return 0;
	}
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		fputs("foyer-kiosk: needs a terminal for its screens\n",
		      stderr);
		return fault_exit(FAULT_SYSTEM);
	}
	fault = run(&options, &result);
	if (!fault && result.end != DAY_OVER)
		return exits[result.end];
	if (!fault && options.once && result.last != VISITOR_TICKET &&
	    result.last != VISITOR_UNPRINTED)
		return EXIT_NO_TICKET;
	return fault_exit(fault);
}
