#include <getopt.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/data.h"
#include "base/file.h"
#include "base/home.h"
#include "base/journal.h"
#include "base/log.h"
#include "base/process.h"
#include "desk/actions.h"
#include "desk/board.h"
#include "desk/box_run.h"
#include "desk/loop.h"
#include "desk/screens.h"
#include "record/where.h"

#define BOX_HOME "/data/foyer"

static const char help[] =
    "usage: foyer-desk [--home DIR] [--user NAME] [--desk NAME]\n"
    "                  [--scan FILE.png] [--board] [--training] [--box]\n"
    "                  [--lobby] [--vault PATH] [--log FILE]\n"
    "\n"
    "The reception desk: takes tickets from the scanner, shows who needs help\n"
    "first and why, calls by number. Needs a terminal.\n"
    "\n"
    "  --home DIR       settings, keys, forms and record below DIR; without "
    "it\n"
    "                   the XDG base directories are used\n"
    "  --user NAME      who works here; asked for otherwise\n"
    "  --desk NAME      this desk's name (default: foyer.ini's [desk] name)\n"
    "  --scan FILE.png  a ticket that is at the scanner already\n"
    "  --board          the lobby's board: numbers only\n"
    "  --training       to learn with: a made-up agency, in training/ among "
    "the\n"
    "                   XDG data or in DIR, and never the real record\n"
    "  --box            a desk box from power on: opens its encrypted data, "
    "makes or\n"
    "                   brings back the agency, then the desk; DIR is "
    "" BOX_HOME "\n"
    "                   without --home\n"
    "  --lobby          the lobby's kiosk is on the same box and has its "
    "screen\n"
    "                   otherwise: with --box, ends once the desk is left\n"
    "  --vault PATH     where the box's foyer-vault listens\n"
    "                   (default: " VAULT_SOCKET ")\n"
    "  --log FILE       what an administrator should know goes there\n"
    "                   (default: desk.log beside the record)\n"
    "  --help           this; --version: which this is\n";

#define EXIT_WRONG_USAGE 2

struct options {
	const char *home, *user, *name, *picture, *vault, *log;
	bool board, training, box, lobby, help;
};

static bool read_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{ "home", required_argument, NULL, 'd' },
		{ "user", required_argument, NULL, 'u' },
		{ "desk", required_argument, NULL, 'n' },
		{ "scan", required_argument, NULL, 's' },
		{ "log", required_argument, NULL, 'l' },
		{ "board", no_argument, NULL, 'b' },
		{ "training", no_argument, NULL, 't' },
		{ "box", no_argument, NULL, 'x' },
		{ "lobby", no_argument, NULL, 'y' },
		{ "vault", required_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "h", known, NULL)) != -1) {
		switch (option) {
		case 'd':
			options->home = optarg;
			break;
		case 'u':
			options->user = optarg;
			break;
		case 'n':
			options->name = optarg;
			break;
		case 's':
			options->picture = optarg;
			break;
		case 'l':
			options->log = optarg;
			break;
		case 'b':
			options->board = true;
			break;
		case 't':
			options->training = true;
			break;
		case 'x':
			options->box = true;
			break;
		case 'y':
			options->lobby = true;
			break;
		case 'v':
			options->vault = optarg;
			break;
		case 'h':
			options->help = true;
			break;
		default:
			return false;
		}
	}
	return optind == argc;
}

static enum fault read_settings(struct desk *desk, const struct home *home,
				const struct options *options)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, "foyer.ini");
	enum fault fault = settings_read(path, &desk->settings);

	if (fault)
		return fault;
	settings_check(desk->settings);
	return staff_open(&desk->staff, desk->settings,
			  options->user ? options->user : "", options->name);
}

/* One on a server that is away is opened all the same, where it was before. */
static enum fault open_record(struct desk *desk, const struct home *home)
{
	enum fault fault = record_open_home_away(home, &desk->record);

	if (fault || (fault = filing_open(home, desk->record, &desk->filing)))
		return fault;
	reach_begin(desk, record_away(desk->record));
	return FAULT_NONE;
}

static void close_desk(struct desk *desk)
{
	scanner_close(&desk->scanner);
	printing_done(&desk->printing);
	filing_free(desk->filing);
	record_close(desk->record);
	staff_done(&desk->staff);
	settings_free(desk->settings);
}

/* The screens, from the first to the last. */
static enum fault work(struct desk *desk, const struct options *options,
		       struct journal *journal)
{
	enum fault fault = FAULT_NONE;
	struct term *term;

	if ((fault = term_open(TERM_DARK, &term)))
		return fault;
	journal_screens(journal, true);
	if (options->board)
		fault = board_run(desk, term);
	else
		loop_run(desk, term, options->picture);
	term_free(term);
	journal_screens(journal, false);
	if (fault && journal_path(journal))
		fprintf(stderr, "foyer-desk: the end of %s says why\n",
			journal_path(journal));
	return fault;
}

static enum fault open_and_work(struct desk *desk, const struct home *home,
				const struct options *options,
				struct journal *journal)
{
	enum fault fault;

	if ((fault = read_settings(desk, home, options)))
		return fault;
	scanner_open(&desk->scanner, desk->settings);
	if ((fault = open_record(desk, home)))
		return fault;
	return work(desk, options, journal);
}

/* Training takes no home but an invented agency's, lest somebody learns on the
 * real record. */
static enum fault find_home(const struct options *options, struct home **out)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(home_freep) struct home *usual = NULL;
	const char *folder = options->home;
	enum fault fault;

	if (options->training && !folder) {
		if ((fault = home_open(NULL, &usual)))
			return fault;
		folder = home_folder(usual, HOME_TRAINING);
	}
	if ((fault = home_find(folder, &home)))
		return fault;
	if (options->training && !home_is_demo(home)) {
		log_error("%s: not a made-up agency, so nobody trains there; "
			  "make one with `foyer demo new --shape pilot --home "
			  "DIR`",
			  folder);
		return FAULT_FORMAT;
	}
	*out = home;
	home = NULL;
	return FAULT_NONE;
}

static const char *mark_of(const struct options *options,
			   const struct home *home)
{
	return options->training    ? "desk.training_mark"
	       : home_is_demo(home) ? "desk.demo_mark"
				    : NULL;
}

static void init_desk(struct desk *desk, const struct home *home,
		      const struct options *options)
{
	desk->home = home;
	desk->mark = mark_of(options, home);
	desk->locked = &desk_unlock_screen;
	desk->actions = desk_actions;
	desk->action_count = desk_action_count;
	desk->line_count = desk_line_count;
}

/* The program that writes cards lies beside this one. The caller frees it. */
static char *flash_path(void)
{
	char self[PATH_MAX];
	const ssize_t length = readlink("/proc/self/exe", self, sizeof self);
	const char *slash =
	    length > 0 ? memrchr(self, '/', (size_t)length) : NULL;

	return slash ? xasprintf("%.*s/foyer-flash", (int)(slash - self), self)
		     : xstrdup("/usr/bin/foyer-flash");
}

/* A desk from opening to leaving it. box: NULL for one that is on none. */
static enum fault run_desk(const struct home *home,
			   const struct options *options, const struct box *box,
			   enum desk_after *after)
{
	SCOPED(char_freep) char *flash = flash_path();
	SCOPED(char_freep) char *path = NULL;
	struct desk *desk;
	struct journal *journal;
	enum fault fault = folder_make(home_folder(home, HOME_RECORD));

	if (fault)
		return fault;
	desk = xcalloc(1, sizeof *desk);
	init_desk(desk, home, options);
	desk->vault = box ? box->vault : NULL;
	desk->stick = box ? box->stick : NULL;
	desk->nodes = "/dev";
	desk->flash = flash;
	desk->lobby = options->lobby;
	path = options->log ? xstrdup(options->log)
			    : home_path(home, HOME_RECORD, "desk.log");
	journal = journal_new(path);
	fault = open_and_work(desk, home, options, journal);
	*after = desk->after;
	close_desk(desk);
	journal_free(journal);
	explicit_bzero(desk, sizeof *desk);
	free(desk);
	return fault;
}

static enum fault run(const struct options *options)
{
	SCOPED(home_freep) struct home *home = NULL;
	enum desk_after after;
	enum fault fault = find_home(options, &home);

	return fault ? fault : run_desk(home, options, NULL, &after);
}

/* --- a desk box ----------------------------------------------------------- */

/* Before the data are open there is nowhere to write a log. */
static enum fault open_box(struct box *box)
{
	struct journal *journal = journal_new("/dev/null");
	enum fault fault;

	journal_screens(journal, true);
	fault = box_run(box);
	journal_screens(journal, false);
	journal_free(journal);
	return fault;
}

static enum fault work_in_box(struct box *box, const struct options *options)
{
	SCOPED(home_freep) struct home *home = NULL;
	enum desk_after after = DESK_LEFT;
	enum fault fault = home_open(box->folder, &home);

	if (!fault)
		fault = run_desk(home, options, box, &after);
	box_leave(box, after);
	return fault;
}

/* The kiosk of the same box ended because staff want it switched off there: its
 * status 64, as systemd.exec(5) tells whoever is started after it. */
static bool kiosk_wants_off(void)
{
	const char *status = getenv("MONITOR_EXIT_STATUS");

	return status && strcmp(status, "64") == 0;
}

/* One that was left is there again, until the box is switched off. */
static enum fault run_box(const struct options *options)
{
	const char *vault = options->vault ? options->vault : VAULT_SOCKET;
	const char *folder = options->home ? options->home : BOX_HOME;
	struct box box;
	enum fault fault = box_init(&box, vault, folder, "en");

	box.lobby = options->lobby;
	box.off_first = options->lobby && kiosk_wants_off();
	while (!fault && !(fault = open_box(&box)) && !box.off)
		fault = work_in_box(&box, options);
	box_done(&box);
	return fault;
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	enum fault fault;

	if (data_version_asked("foyer-desk", argc, argv))
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
		fputs("foyer-desk: needs a terminal for its screens\n", stderr);
		return fault_exit(FAULT_SYSTEM);
	}
	if (!(fault = process_hide()))
		fault = options.box ? run_box(&options) : run(&options);
	return fault_exit(fault);
}
