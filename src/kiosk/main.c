#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/home.h"
#include "base/journal.h"
#include "kiosk/hall.h"
#include "kiosk/visitor.h"

static const char help[] =
    "usage: foyer-kiosk [--home DIR] [--once] [--log FILE]\n"
    "\n"
    "The lobby's screen: asks a newcomer in their own language, prints a "
    "sealed\n"
    "ticket, and forgets. Needs a terminal.\n"
    "\n"
    "  --home DIR  settings, keys, forms and kiosk state below DIR; without "
    "it\n"
    "              the XDG base directories are used\n"
    "  --once      end after one visitor; exit status 0 if a ticket was made,\n"
    "              4 if the visitor left without one\n"
    "  --log FILE  what staff should know goes there, never an answer\n"
    "              (default: kiosk.log beside the kiosk's state)\n"
    "  --help      this\n";

#define EXIT_WRONG_USAGE 2
#define EXIT_NO_TICKET 4

/* After so many visitors' processes that failed at once, pause between. */
#define FAILURES_IN_A_ROW 3
#define PAUSE_SECONDS 2

struct options {
	const char *home, *log;
	bool once, help;
};

static bool read_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{ "home", required_argument, NULL, 'd' },
		{ "once", no_argument, NULL, '1' },
		{ "log", required_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "h", known, NULL)) != -1) {
		if (option == 'd')
			options->home = optarg;
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

static sigset_t awaited;

/* A signal waits here until the loop below takes it. */
static void hold_signals(void)
{
	static const int signals[] = { SIGCHLD, SIGTERM, SIGINT, SIGHUP };

	sigemptyset(&awaited);
	for (size_t i = 0; i < COUNT(signals); i++)
		sigaddset(&awaited, signals[i]);
	sigprocmask(SIG_BLOCK, &awaited, NULL);
}

/* Waits for the visitor's process; true if the kiosk was told to end. */
static bool wait_for(pid_t child, enum visitor_end *end)
{
	bool told = false;
	int status, signal;

	for (;;) {
		if (waitpid(child, &status, WNOHANG) == child) {
			*end = visitor_ended(status);
			return told;
		}
		if (sigwait(&awaited, &signal) || signal == SIGCHLD)
			continue;
		told = true;
		kill(child, SIGTERM);
	}
}

/* Waits without sleeping through a request to end; true if there was one. */
static bool pause_for(int seconds)
{
	const struct timespec wait = { .tv_sec = seconds };
	int signal = sigtimedwait(&awaited, NULL, &wait);

	return signal > 0 && signal != SIGCHLD;
}

/* A visitor's process that was killed leaves the terminal as it was. */
static void give_terminal_back(const struct termios *as_found)
{
	static const char reset[] = "\033[?1000l\033[?1006l\033[?8452l"
				    "\033[?2026l\033[?25h\033[0m\033[?1049l";

	(void)!write(STDOUT_FILENO, reset, sizeof reset - 1);
	tcsetattr(STDIN_FILENO, TCSANOW, as_found);
}

static enum fault receive_visitors(struct hall *hall, bool once,
				   enum visitor_end *last)
{
	struct termios as_found;
	bool over = false, free_number = false;
	int failures = 0;
	uint32_t number = 0;
	enum fault fault = FAULT_NONE;
	pid_t child;

	tcgetattr(STDIN_FILENO, &as_found);
	while (!over && !fault) {
		if (!free_number &&
		    (fault = issuer_take(hall->issuer, &number)))
			break;
		if ((fault = visitor_start(hall, number, &child)))
			break;
		hall->visited = true;
		over = wait_for(child, last) || once;
		if (*last == VISITOR_NO_SCREEN)
			fault = FAULT_SYSTEM;
		if (*last == VISITOR_TROUBLE)
			give_terminal_back(&as_found);
		/* A number that might have been used is not given again. */
		free_number = *last == VISITOR_LEFT;
		failures = *last == VISITOR_TROUBLE ? failures + 1 : 0;
		if (!over && failures >= FAILURES_IN_A_ROW)
			over = pause_for(PAUSE_SECONDS);
	}
	give_terminal_back(&as_found);
	return fault;
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

static enum fault open_and_receive(struct home *home, struct journal *journal,
				   bool once, enum visitor_end *last)
{
	SCOPED(hall_freep) struct hall *hall = NULL;
	enum fault fault;

	if ((fault = hall_open(home, &hall)))
		return fault;
	journal_screens(journal, true);
	hold_signals();
	fault = receive_visitors(hall, once, last);
	journal_screens(journal, false);
	if (fault)
		tell_end(journal, *last);
	return fault;
}

static enum fault run(const struct options *options, enum visitor_end *last)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *path = NULL;
	struct journal *journal;
	enum fault fault;

	if ((fault = home_find(options->home, &home)) ||
	    (fault = folder_make(home_folder(home, HOME_KIOSK))))
		return fault;
	path = options->log ? xstrdup(options->log)
			    : home_path(home, HOME_KIOSK, "kiosk.log");
	journal = journal_new(path);
	fault = open_and_receive(home, journal, options->once, last);
	journal_free(journal);
	return fault;
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	enum visitor_end last = VISITOR_LEFT;
	enum fault fault;

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
	fault = run(&options, &last);
	if (!fault && options.once && last != VISITOR_TICKET)
		return EXIT_NO_TICKET;
	return fault_exit(fault);
}
