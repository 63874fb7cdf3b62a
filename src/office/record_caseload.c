#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "office/record.h"
#include "office/record_key.h"
#include "office/watch.h"
#include "record/caseload.h"
#include "record/entity.h"
#include "record/restore.h"
#include "record/where.h"

/* People who go out on a laptop, and the work that comes back. */

static const char *const complaints[CASELOAD_ANSWERS] = {
	[CASELOAD_NOBODY] = "nobody is there to take out: that team has no "
			    "people, or no person has that id",
	[CASELOAD_AWAY] = "this record is itself a caseload on a laptop. Do "
			  "this at the agency",
	[CASELOAD_NOT_AWAY] = "this record is the agency's own, not a caseload "
			      "on a laptop. Do this on the laptop",
	[CASELOAD_RETURNED] = "this comes back from a laptop. Take it in at "
			      "the agency, with `foyer record merge`",
	[CASELOAD_UNOPENED] = "no laptop ever opened this, so there is nothing "
			      "in it to take in. Name the file that `foyer "
			      "record checkin` wrote on the laptop",
	[CASELOAD_FOREIGN] = "this was not taken out of this record, or was "
			     "before the backup that this record comes from. "
			     "Nothing was taken in",
	[CASELOAD_ROLLED_BACK] =
	    "this laptop's record was put back from an older backup after its "
	    "work had been taken in here, so its new work cannot be told from "
	    "what came before. Nothing was taken in. Take the people out "
	    "anew with `foyer record checkout`, open that on the laptop in a "
	    "home of its own, and enter there what was done since the backup "
	    "was put back",
	[CASELOAD_BUSY] = "another caseload is being opened or taken in here "
			  "just now. Wait until that is done, and do this "
			  "once more",
	[CASELOAD_LOCKED] = "the names lie apart, and the key that opens this "
			    "file does not open them",
};

static const char *const file_complaints[BACKUP_ANSWERS] = {
	[BACKUP_NOT_ONE] = "this is no caseload. Name the file that `foyer "
			   "record checkout` or `foyer record checkin` wrote",
	[BACKUP_OF_OTHER] = "this is a backup of a whole record; `foyer record "
			    "restore` puts one in its place",
	[BACKUP_CUT_SHORT] = "this caseload is not whole: it was cut short "
			     "when it was written or copied. Copy it again "
			     "from where it was made",
	[BACKUP_DAMAGED] = "this caseload is damaged: its bytes are not those "
			   "that were written. Copy it again from where it was "
			   "made",
	[BACKUP_NEWER] = "this caseload is of a newer Foyer. Update Foyer on "
			 "this computer",
	[BACKUP_NOT_OURS] = "this caseload was sealed to another key than "
			    "those this passphrase opens: it is another "
			    "agency's, or a copy of that key file is missing "
			    "in the keys folder",
	[BACKUP_OCCUPIED] = "a record lies where the caseload would go, and is "
			    "never replaced. Give the laptop a home of its own "
			    "with --home, or move that record away once its "
			    "work is merged",
	[BACKUP_IN_USE] = "a desk or another program has the record open",
};

static int complain(const char *verb, const char *path,
		    enum caseload_answer answer, enum backup_answer file)
{
	fprintf(stderr, "foyer record %s: %s: %s.\n", verb, path,
		answer == CASELOAD_FILE ? file_complaints[file]
					: complaints[answer]);
	return EXIT_INPUT;
}

static json_t *line_of(const char *key, const char *path,
		       const struct caseload_told *told)
{
	json_t *line = json_object();

	json_object_set_new(line, key, json_string(path));
	json_object_set_new(line, "made", line_instant(told->made));
	json_object_set_new(line, "bytes", json_integer(told->held.bytes));
	json_object_set_new(line, "people", json_integer(told->held.people));
	json_object_set_new(line, "visits", json_integer(told->held.visits));
	return line;
}

/* --- out ------------------------------------------------------------------ */

#define PEOPLE_MOST 10000

static const struct option options[] = {
	{ "home", required_argument, NULL, 'h' },
	{ "team", required_argument, NULL, 't' },
	{ "person", required_argument, NULL, 'p' },
	{ 0 },
};

struct going {
	const char *home, *team, *output;
	int64_t people[PEOPLE_MOST];
	size_t count;
};

static bool take_person(struct going *going, const char *text)
{
	const char *digits = strncasecmp(text, "P-", 2) == 0 ? text + 2 : text;
	char *end;
	const int64_t id = strtoll(digits, &end, 10);

	if (id < 1 || *end || going->count == PEOPLE_MOST)
		return false;
	going->people[going->count++] = id;
	return true;
}

static int read_going(int argc, char **argv, struct going *going)
{
	bool good = true;
	int option;

	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (option == 'h')
			going->home = optarg;
		else if (option == 't')
			going->team = optarg;
		else if (option == 'o')
			going->output = optarg;
		else
			good &= option == 'p' && take_person(going, optarg);
	}
	if (!good || argc > optind)
		return noun_usage("record", argv[0],
				  "an option it does not know, or one without "
				  "its value");
	if (!going->output || (!going->team && !going->count))
		return noun_usage("record", argv[0],
				  "who goes out (--team, --person), and into "
				  "which file (-o)?");
	return EXIT_DONE;
}

/* 0 in *id: there is no such team; that was said. */
static enum fault find_team(struct record *record, const struct going *going,
			    const char *verb, int64_t *id)
{
	const struct entity_match matches[] = { { "name", going->team },
						{ NULL, NULL } };
	enum fault fault =
	    entity_first(record, kind_find("team"), matches, NULL, id);

	if (!fault && !*id)
		fprintf(stderr, "foyer record %s: %s: there is no such team\n",
			verb, going->team);
	return fault;
}

static int take_out(const struct home *home, struct record *record,
		    const struct going *going, const char *verb)
{
	struct caseload_scope scope = { .people = going->people,
					.count = going->count };
	const struct record_who who = desk_who();
	enum caseload_answer answer;
	struct caseload_told told;
	struct watch watch;
	struct card card;
	bool found;
	enum fault fault;

	if (going->team &&
	    (fault = find_team(record, going, verb, &scope.team)))
		return fault_exit(fault);
	if (going->team && !scope.team)
		return EXIT_INPUT;
	if ((fault = record_card(home, verb, "to seal the caseload to", &found,
				 &card)))
		return fault_exit(fault);
	if (!found)
		return EXIT_INPUT;
	watch_init(&watch);
	fault =
	    caseload_check_out(record, going->output, card.key, &scope, &who,
			       desk_now(), &watch.watch, &answer, &told);
	watch_done(&watch);
	if (fault)
		return fault_exit(fault);
	if (answer != CASELOAD_DONE)
		return complain(verb, going->team ?: going->output, answer,
				told.file);
	line_print(line_of("caseload", going->output, &told));
	return EXIT_DONE;
}

int record_checkout(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct going *going = xcalloc(1, sizeof *going);
	int status = read_going(argc, argv, going);
	enum fault fault;

	if (!status && ((fault = desk_home(going->home, &home)) ||
			(fault = desk_record(home, &record))))
		status = fault_exit(fault);
	if (!status)
		status = take_out(home, record, going, argv[0]);
	free(going);
	return status;
}

int record_checkin(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct record_arguments arguments;
	const struct record_who who = desk_who();
	enum caseload_answer answer = CASELOAD_DONE;
	struct caseload_told told;
	struct watch watch;
	struct card card;
	bool found;
	enum fault fault;
	int status = record_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if (!arguments.output)
		return noun_usage("record", argv[0], "into which file (-o)?");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = record_card(home, argv[0], "to seal the caseload to",
				 &found, &card)))
		return fault_exit(fault);
	if (!found)
		return EXIT_INPUT;
	if ((fault = desk_record(home, &record)))
		return fault_exit(fault);
	watch_init(&watch);
	fault = caseload_check_in(record, arguments.output, card.key, &who,
				  desk_now(), &watch.watch, &answer, &told);
	watch_done(&watch);
	if (fault)
		return fault_exit(fault);
	if (answer != CASELOAD_DONE)
		return complain(argv[0], home_folder(home, HOME_RECORD), answer,
				told.file);
	line_print(line_of("caseload", arguments.output, &told));
	return EXIT_DONE;
}

/* --- in ------------------------------------------------------------------- */

static json_t *line_of_merge(const char *path, const struct caseload_told *told)
{
	json_t *line = line_of("merged", path, told);

	json_object_set_new(line, "acts", json_integer(told->acts));
	json_object_set_new(line, "filed", json_integer(told->visits));
	json_object_set_new(line, "already_filed", json_integer(told->same));
	json_object_set_new(line, "clone_alarms", json_integer(told->alarms));
	json_object_set_new(line, "kept_aside", json_integer(told->held_back));
	json_object_set_new(line, "conflicts", json_integer(told->conflicts));
	json_object_set_new(line, "left", json_integer(told->left));
	return line;
}

/* Opens the record only where it has to be there. */
static enum fault run_file(const struct home *home, bool merges,
			   const struct caseload_file *file,
			   enum caseload_answer *answer,
			   struct caseload_told *told)
{
	SCOPED(record_closep) struct record *record = NULL;
	enum fault fault;

	if (!merges)
		return caseload_open(file, answer, told);
	if ((fault = desk_record(home, &record)))
		return fault;
	return caseload_merge(record, file, answer, told);
}

/* Where the caseload goes, or beside what it is opened while it is merged. */
static int find_place(const struct home *home, const char *verb, bool merges,
		      char **path)
{
	SCOPED(char_freep) char *where = NULL;
	enum fault fault = record_where(home, &where);

	if (fault)
		return fault_exit(fault);
	*path = home_path(home, HOME_RECORD, RECORD_FILE);
	if (merges || !record_where_server(where))
		return EXIT_DONE;
	fprintf(stderr,
		"foyer record %s: this home's record is on a server, and a "
		"caseload becomes a record in a file. Give the laptop a home "
		"of its own with --home, whose foyer.ini has no `at' below "
		"[record].\n",
		verb);
	return EXIT_INPUT;
}

static int take_in(const struct home *home, const char *verb, const char *from,
		   const struct agency_key *key)
{
	SCOPED(char_freep) char *path = NULL;
	const bool merges = strcmp(verb, "merge") == 0;
	const struct record_who who = desk_who();
	enum caseload_answer answer = CASELOAD_DONE;
	struct caseload_told told;
	struct watch watch;
	enum fault fault;
	int status = find_place(home, verb, merges, &path);

	if (status)
		return status;
	watch_init(&watch);
	fault = run_file(home, merges,
			 &(struct caseload_file){
			     .from = from,
			     .to = path,
			     .key = key,
			     .who = &who,
			     .now = desk_now(),
			     .watch = &watch.watch,
			 },
			 &answer, &told);
	watch_done(&watch);
	if (fault)
		return fault_exit(fault);
	if (answer != CASELOAD_DONE)
		return complain(verb,
				told.file == BACKUP_OCCUPIED ||
					told.file == BACKUP_IN_USE
				    ? path
				    : from,
				answer, told.file);
	line_print(merges ? line_of_merge(from, &told)
			  : line_of("record", path, &told));
	return EXIT_DONE;
}

/* `open` and `merge`. */
int record_take_in(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct record_arguments arguments;
	const struct agency_key *key = NULL;
	struct record_sealed file = { .what = BACKUP_CASELOAD };
	enum backup_answer answer;
	enum fault fault;
	int status = record_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if (!arguments.operand)
		return noun_usage("record", argv[0], "which caseload?");
	file.path = arguments.operand;
	if ((fault = desk_home(arguments.home, &home)))
		return fault_exit(fault);
	if ((status = record_sealed_key(home, argv[0], arguments.descriptor,
					&file, ring, &answer, &key)))
		return status;
	if (answer != BACKUP_SOUND)
		return complain(argv[0], arguments.operand, CASELOAD_FILE,
				answer);
	return take_in(home, argv[0], arguments.operand, key);
}

/* --- lists ---------------------------------------------------------------- */

static void print_out(void *to, const struct caseload_out *out)
{
	json_t *line = json_object();

	(void)to;
	json_object_set_new(line, "mark",
			    json_sprintf("L%lld", (long long)out->mark));
	json_object_set_new(line, "taken_out", line_instant(out->at));
	json_object_set_new(line, "by", json_string(out->user));
	json_object_set_new(line, "people", json_integer(out->people));
	json_object_set_new(line, "merged", line_instant(out->back));
	line_print(line);
}

int record_caseloads(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct record_arguments arguments;
	enum fault fault;
	int status = record_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	return fault_exit(caseload_each(record, print_out, NULL));
}
