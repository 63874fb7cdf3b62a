#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "issue/issue.h"
#include "issue/keys.h"
#include "office/demo_pilot.h"
#include "office/demo_tour.h"
#include "office/desk.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/passphrase.h"
#include "record/enrolled.h"
#include "seal/secret.h"
#include "xlsform/xlsform.h"

/* All of it is invented; the telephone numbers are of the range for fiction. */
static const char settings[] =
    "; An invented agency, made by `foyer demo new`. Nobody in it is real.\n"
    "\n"
    "[agency]\n"
    "name = Riverside Newcomer Centre (demo)\n"
    "desk = Reception\n"
    "helpline = 613-555-0100\n"
    "\n"
    "[kiosk]\n"
    "name = K7\n"
    "zone = America/Toronto\n"
    "form = intake\n"
    "\n"
    "[form]\n"
    "safety_staffed = yes\n"
    "\n"
    "[languages]\n"
    "drafts = fr ar\n"
    "\n"
    "[queue]\n"
    "; minutes after which anyone waits among the urgent; 0 is never\n"
    "waiting_limit = 90\n"
    "\n"
    "[helplines]\n"
    "Riverside Newcomer Centre = 613-555-0100\n"
    "Emergency = 911\n";

static enum fault put(const struct home *home, const char *name,
		      const void *data, size_t length, mode_t mode)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_SETTINGS, name);

	return file_write(path, data, length, mode);
}

static enum fault make_key(const struct home *home)
{
	char passphrase[PASSPHRASE_BYTES];
	enum keys_answer answer;
	struct card card;
	enum fault fault;

	passphrase_make(passphrase);
	fault =
	    put(home, HOME_PASSPHRASE, passphrase, strlen(passphrase), 0600);
	if (!fault)
		fault = keys_make(home, "Riverside (demo)", keys_cost(home),
				  passphrase, time(NULL), &answer, &card);
	secret_wipe(passphrase, sizeof passphrase);
	return fault;
}

/* The intake form, compiled from the sheets that came with Foyer. */
static enum fault make_form(const struct home *home)
{
	SCOPED(char_freep) char *sheets = data_path("screens/intake");
	SCOPED(char_freep)
	char *path = home_path(home, HOME_FORMS, "intake.xml");
	struct findings findings = { 0 };
	struct bytes xml = { 0 };
	enum fault fault = xlsform_build(sheets, &findings, &xml);

	for (size_t i = 0; fault && i < findings.count; i++)
		log_error("%s/%s", sheets, findings.list[i].line);
	if (!fault && !(fault = folder_make(home_folder(home, HOME_FORMS))))
		fault = file_write(path, xml.data, xml.length, 0600);
	findings_done(&findings);
	bytes_done(&xml);
	return fault;
}

/* Makes the kiosk's key, and enrols it as staff do who compared it. */
static enum fault make_kiosk(const struct home *home)
{
	SCOPED(lobby_freep) struct lobby *lobby = NULL;
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	const struct record_who who = desk_who();
	enum enrolled_answer answer;
	enum fault fault;

	if ((fault = lobby_read(home, &lobby)) ||
	    (fault = issuer_open(home, lobby, &issuer)) ||
	    (fault = desk_record(home, &record)))
		return fault;
	return enrolled_add(record, issuer_kiosk(issuer), lobby->kiosk,
			    lobby->zone, &who, desk_now(), &answer);
}

/* What an agency of the pilot's size has after a year and a half. */
static enum fault fill_pilot(const struct home *home)
{
	SCOPED(record_closep) struct record *record = NULL;
	const struct record_who who = { .user = "Ana Ruiz", .desk = "demo" };
	const int64_t now = desk_now();
	char today[DESK_DAY];
	enum fault fault = desk_record(home, &record);

	desk_today(now, today);
	return fault ? fault : pilot_write(record, &who, now, today);
}

static enum fault fill(const char *folder, bool pilot)
{
	SCOPED(home_freep) struct home *home = NULL;
	enum fault fault;

	if ((fault = home_open(folder, &home)) ||
	    (fault = folder_make(folder)) ||
	    (fault = put(home, "demo", "", 0, 0600)) ||
	    (fault =
		 put(home, "foyer.ini", settings, strlen(settings), 0600)) ||
	    (fault = make_key(home)) || (fault = make_form(home)))
		return fault;
	fault = make_kiosk(home);
	return fault || !pilot ? fault : fill_pilot(home);
}

/* --- in its place --------------------------------------------------------- */

static int complain(const char *folder, const char *complaint)
{
	fprintf(stderr, "foyer demo new: %s: %s\n", folder, complaint);
	return EXIT_INPUT;
}

/* 0 if folder is not there, or is there and empty. */
static int refuse_occupied(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	bool occupied = false;

	if (!folder && errno == ENOENT)
		return EXIT_DONE;
	if (!folder)
		return complain(path, strerror(errno));
	while (!occupied && (entry = readdir(folder)))
		occupied = strcmp(entry->d_name, ".") != 0 &&
			   strcmp(entry->d_name, "..") != 0;
	closedir(folder);
	if (!occupied)
		return EXIT_DONE;
	return complain(path, "there is something in this folder already; "
			      "name one that is empty or not there");
}

/*
 * Built beside its place and put there whole, so that a demo that is there is
 * complete.
 */
static int make(const char *folder, bool pilot)
{
	SCOPED(char_freep) char *plain = xstrdup(folder);
	SCOPED(char_freep) char *beside = NULL;
	enum fault fault;
	size_t length = strlen(plain);

	while (length > 1 && plain[length - 1] == '/')
		plain[--length] = 0;
	beside = xasprintf("%s.new.%ld", plain, (long)getpid());
	if ((fault = fill(beside, pilot))) {
		fprintf(stderr,
			"foyer demo new: not made; what there is of it is in "
			"%s\n",
			beside);
		return fault_exit(fault);
	}
	if (rename(beside, plain))
		return complain(plain, strerror(errno));
	printf("%s: an invented agency, ready to use. Its passphrase is in "
	       "%s/" HOME_PASSPHRASE "\n",
	       plain, plain);
	return EXIT_DONE;
}

static int make_demo(int argc, char **argv)
{
	const char *folder = NULL, *shape = "empty";
	const struct options_place places[] = {
		{ "home", &folder, NULL },
		{ "shape", &shape, NULL },
		{ NULL, NULL, NULL },
	};
	int status;

	if (!options_read(argc, argv, places))
		return noun_usage("demo", argv[0], OPTIONS_COMPLAINT);
	if (strcmp(shape, "empty") != 0 && strcmp(shape, "pilot") != 0)
		return noun_usage("demo", argv[0], "--shape is empty or pilot");
	if (!folder || !*folder || optind < argc)
		return noun_usage("demo", argv[0], "say where with --home DIR");
	status = refuse_occupied(folder);
	return status ? status : make(folder, strcmp(shape, "pilot") == 0);
}

static const struct verb verbs[] = {
	{ "new", "--home DIR [--shape empty|pilot]",
	  "make an invented agency in a new folder, to try Foyer out",
	  make_demo },
	{ "tour", "[--home DIR]", "ten minutes at the desk, a step a line",
	  demo_tour },
	{ "card", "[--home DIR] --print | -o FILE.pdf",
	  "the desk's keys on a card to lay beside it", demo_card },
	{ .name = NULL },
};

const struct noun noun_demo = {
	.name = "demo",
	.summary = "an invented agency",
	.details = "DIR gets a key with its passphrase in DIR/passphrase.txt, "
		   "one enrolled kiosk\n(K7), the intake form and an empty "
		   "record. --shape pilot fills it: 23 sponsor\ngroups, 68 "
		   "sponsored people, 5 workers, three sites, a year and a "
		   "half of work.\nAll of them are invented.\n",
	.verbs = verbs,
};
