#include "office/record.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "office/consent.h"
#include "office/desk.h"
#include "office/handover.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "office/unlock.h"
#include "record/entity.h"
#include "record/queue.h"
#include "record/ticket.h"
#include "ticket/wire.h"

enum option_key {
	OPTION_HOME,
	OPTION_LANG,
	OPTION_PART,
	OPTION_REASON,
	OPTION_PASSPHRASE,
	OPTION_LOCKED,
	OPTION_KEEP_ASIDE,
	OPTION_REPLACE,
	OPTION_TO,
};

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "lang", required_argument, NULL, OPTION_LANG },
	{ "part", required_argument, NULL, OPTION_PART },
	{ "reason", required_argument, NULL, OPTION_REASON },
	{ "passphrase-fd", required_argument, NULL, OPTION_PASSPHRASE },
	{ "locked", no_argument, NULL, OPTION_LOCKED },
	{ "keep-aside", no_argument, NULL, OPTION_KEEP_ASIDE },
	{ "replace", no_argument, NULL, OPTION_REPLACE },
	{ "to", required_argument, NULL, OPTION_TO },
	{ 0 },
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("record", verb, complaint);
}

/* False for an option or a value that is none. */
static bool take_option(int option, struct record_arguments *arguments)
{
	switch (option) {
	case OPTION_HOME:
		arguments->home = optarg;
		return true;
	case OPTION_LANG:
		arguments->language = optarg;
		return !strcmp(optarg, "en") || !strcmp(optarg, "fr");
	case OPTION_PART:
		arguments->part = optarg;
		return true;
	case OPTION_REASON:
		arguments->reason = optarg;
		return *optarg;
	case OPTION_PASSPHRASE:
		return passphrase_descriptor(optarg, &arguments->descriptor);
	case OPTION_LOCKED:
		return arguments->locked = true;
	case OPTION_KEEP_ASIDE:
		return arguments->keep_aside = true;
	case OPTION_REPLACE:
		return arguments->replace = true;
	case OPTION_TO:
		arguments->to = optarg;
		return *optarg;
	case 'o':
		arguments->output = optarg;
		return *optarg;
	default:
		return false;
	}
}

int record_arguments(int argc, char **argv, int operands,
		     struct record_arguments *arguments)
{
	int option;

	*arguments = (struct record_arguments){
		.language = "en",
		.part = "waiting",
		.descriptor = PASSPHRASE_NO_FD,
	};
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (!take_option(option, arguments))
			return wrong(argv[0], "an option it does not know, or "
					      "one without its value");
	}
	if (argc - optind > operands)
		return wrong(argv[0], "one argument too many");
	arguments->operand = optind < argc ? argv[optind] : NULL;
	return EXIT_DONE;
}

int record_unlock(struct filing *filing, const struct home *home,
		  const struct record_arguments *arguments)
{
	return arguments->locked
		   ? EXIT_DONE
		   : unlock_keys(filing, home, arguments->descriptor,
				 "foyer record");
}

/* --- import --------------------------------------------------------------- */

static int run_import(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(filing_freep) struct filing *filing = NULL;
	struct record_arguments arguments;
	const struct record_who who = desk_who();
	enum fault fault;
	size_t filed = 0;
	int status = record_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if (!arguments.operand)
		return wrong(argv[0], "which form? give its XML file");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = filing_open(home, record, &filing)) ||
	    (fault = filing_import_form(filing, arguments.operand)))
		return fault_exit(fault);
	if ((status = record_unlock(filing, home, &arguments)))
		return status;
	if ((fault = filing_retry(filing, &who, desk_now(), &filed)))
		return fault_exit(fault);
	printf("%s: its tickets can be read; %zu that were kept aside are "
	       "filed\n",
	       arguments.operand, filed);
	return EXIT_DONE;
}

/* --- queue ---------------------------------------------------------------- */

static const char *const parts[] = {
	[QUEUE_WAITING] = "waiting",
	[QUEUE_QUICK] = "quick",
	[QUEUE_IN_SERVICE] = "in-service",
	[QUEUE_ENDED] = "ended",
};

static json_t *line_of(const struct queue_row *row)
{
	json_t *line = json_object();

	json_object_set_new(line, "number", json_string(row->number));
	json_object_set_new(line, "level",
			    line_text(visit_level_word(row->level)));
	json_object_set_new(line, "computed",
			    line_text(visit_level_word(row->computed)));
	json_object_set_new(line, "state",
			    json_string(visit_state_word(row->state)));
	json_object_set_new(line, "overridden", json_boolean(row->overridden));
	json_object_set_new(line, "lifted", json_boolean(row->lifted));
	json_object_set_new(line, "quick", json_boolean(row->quick));
	json_object_set_new(line, "quiet", json_boolean(row->quiet));
	json_object_set_new(line, "arrived", line_instant(row->arrived));
	json_object_set_new(line, "called", line_instant(row->called));
	json_object_set_new(line, "started", line_instant(row->started));
	json_object_set_new(line, "waited_seconds",
			    json_integer(row->waited / 1000));
	json_object_set_new(line, "language", line_text(row->language));
	json_object_set_new(line, "tags", line_words(row->tags));
	json_object_set_new(line, "by", line_text(row->by));
	json_object_set_new(line, "visit", json_integer(row->visit));
	return line;
}

static int run_queue(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(settings_freep) struct settings *settings = NULL;
	struct record_arguments arguments;
	struct queue queue;
	enum fault fault;
	int part = 0, status = record_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	while (part < (int)COUNT(parts) && strcmp(parts[part], arguments.part))
		part++;
	if (part == (int)COUNT(parts))
		return wrong(argv[0], "--part takes waiting, quick, "
				      "in-service or ended");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_settings(home, &settings)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = queue_read(record, (enum queue_part)part, desk_now(),
				queue_limit(settings), &queue)))
		return fault_exit(fault);
	for (size_t i = 0; i < queue.count; i++)
		line_print(line_of(&queue.rows[i]));
	queue_done(&queue);
	return EXIT_DONE;
}

/* --- what is aside -------------------------------------------------------- */

#define SHORT_HASH 8 /* hex digits that name a ticket which is aside */

static void short_hash(const struct held *held, char text[SHORT_HASH + 1])
{
	for (int i = 0; i < SHORT_HASH / 2; i++)
		snprintf(text + 2 * i, 3, "%02X", held->wire_hash[i]);
}

static json_t *line_of_held(const struct held *held)
{
	struct wire_header header = { 0 };
	json_t *line = json_object();
	char id[SHORT_HASH + 1];

	short_hash(held, id);
	json_object_set_new(line, "id", json_string(id));
	json_object_set_new(line, "reason", json_string(held->reason));
	json_object_set_new(line, "since", line_instant(held->held_at));
	if (wire_read(held->wire, held->length, &header) == WIRE_SOUND) {
		json_object_set_new(line, "kiosk_id",
				    line_hex(header.kiosk, 4));
		json_object_set_new(line, "agency_id",
				    line_hex(header.agency, 4));
		json_object_set_new(line, "sequence",
				    json_integer(header.sequence));
	}
	return line;
}

/* Lists the tickets that are aside; with an id, drops the one that has it. */
static int walk_held(struct record *record, const char *id, const char *why)
{
	const struct record_who who = desk_who();
	struct held *held = NULL;
	size_t count = 0, met = 0;
	char own[SHORT_HASH + 1];
	enum fault fault = held_read(record, &held, &count);

	for (size_t i = 0; !fault && i < count; i++) {
		short_hash(&held[i], own);
		if (!id)
			line_print(line_of_held(&held[i]));
		else if (!strcasecmp(id, own) && !met++)
			fault = held_drop(record, held[i].wire_hash, why, &who,
					  desk_now());
	}
	free(held);
	if (fault || !id || met)
		return fault_exit(fault);
	fprintf(stderr,
		"foyer record drop: no ticket that is aside has the id %s\n",
		id);
	return EXIT_INPUT;
}

static int run_held(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct record_arguments arguments;
	const bool drops = !strcmp(argv[0], "drop");
	enum fault fault;
	int status = record_arguments(argc, argv, drops, &arguments);

	if (status)
		return status;
	if (drops && (!arguments.operand || !arguments.reason))
		return wrong(argv[0], "give an id that `foyer record held` "
				      "shows, and say why with --reason");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	return walk_held(record, arguments.operand, arguments.reason);
}

/* --- undo ----------------------------------------------------------------- */

static int run_undo(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct record_arguments arguments;
	const struct record_who who = desk_who();
	struct entity_name undone;
	enum entity_answer answer;
	enum fault fault;
	int status = record_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = entity_undo(record, &who, desk_now(), &answer, &undone)))
		return fault_exit(fault);
	if (answer != ENTITY_DONE) {
		fprintf(stderr,
			"foyer record undo: nothing of %s's to take back, or "
			"somebody changed it since\n",
			who.user);
		return EXIT_INPUT;
	}
	line_print(json_pack("{ss sI}", "undone", undone.kind->name, "id",
			     (json_int_t)undone.id));
	return EXIT_DONE;
}

static const struct verb verbs[] = {
	{ "undo", "[--home DIR]",
	  "take back the last change that you made to the record", run_undo },
	{ "file",
	  "[--home DIR] [--lang en|fr] [--passphrase-fd N] [--locked] "
	  "[--keep-aside] [T.png]",
	  "file a ticket: a picture of it, or its digits on standard input",
	  record_file },
	{ "retention", "[--home DIR]",
	  "propose what has reached the end of its time; print what is open",
	  consent_retention },
	{ "queue", "[--home DIR] [--part waiting|quick|in-service|ended]",
	  "who waits, in the order to call them; a line of JSON each",
	  run_queue },
	{ "import", "[--home DIR] [--passphrase-fd N] [--locked] FORM.xml",
	  "take in a form, and file the tickets that waited for it",
	  run_import },
	{ "held", "[--home DIR]",
	  "the tickets that are kept aside, and why; a line of JSON each",
	  run_held },
	{ "kept", "[--home DIR]",
	  "the tickets that wait on this computer while the record's server "
	  "is away; a line of JSON each",
	  record_kept },
	{ "file-kept", "[--home DIR] [--lang en|fr] [--passphrase-fd N]",
	  "file those, once the server answers", record_file_kept },
	{ "drop", "[--home DIR] --reason TEXT ID",
	  "let go of a ticket that is aside: a supervisor's decision",
	  run_held },
	{ "handover-csv",
	  "[--home DIR] [--day DAY] [-o FILE.csv] --map MAP.csv",
	  "a day's visits as a table for the agency's own case system",
	  handover_csv },
	{ "backup", "[--home DIR] [-o FILE]",
	  "the whole record in one file, sealed to the agency's key",
	  record_backup },
	{ "restore", "[--home DIR] [--replace] [--passphrase-fd N] FILE",
	  "put a backup where the record belongs", record_restore },
	{ "checkout", "[--home DIR] [--team NAME] [--person ID]... -o FILE",
	  "people for a laptop in one file, sealed to the agency's key",
	  record_checkout },
	{ "open", "[--home DIR] [--passphrase-fd N] FILE",
	  "on a laptop: put a caseload where the record belongs",
	  record_take_in },
	{ "checkin", "[--home DIR] -o FILE",
	  "on a laptop: write what was done there, for its way back",
	  record_checkin },
	{ "merge", "[--home DIR] [--passphrase-fd N] FILE",
	  "take in what was done on a laptop; twice brings nothing twice",
	  record_take_in },
	{ "caseloads", "[--home DIR]",
	  "what was taken out, and when it last came back; a line of JSON each",
	  record_caseloads },
	{ "export",
	  "[--home DIR] --to FILE.json [--seal KEY.pub] [--user NAME] "
	  "[--passphrase-fd N]",
	  "everything as one JSON file, to leave Foyer; a supervisor's",
	  record_export_all },
	{ "unseal", "[--home DIR] [--passphrase-fd N] -o FILE.json FILE",
	  "open what export sealed", record_unseal },
	{ "names", "[--home DIR] [--passphrase-fd N] apart|together",
	  "keep names and contacts in a sealed file of their own, or not",
	  record_names },
	{ "move", "[--home DIR] --to ADDRESS|file",
	  "move the record to a PostgreSQL server, or back to its file",
	  record_move },
	{ "roles", "",
	  "print the SQL that makes a server's roles, to run at each update",
	  record_roles },
	{ .name = NULL },
};

const struct noun noun_record = {
	.name = "record",
	.summary = "the agency's record: visits and their queue",
	.details =
	    "file prints one line of JSON. Its status is filed, "
	    "already-filed, clone-alarm,\nunknown-form, unknown-kiosk, "
	    "revoked, not-genuine, other-agency, unreadable,\n"
	    "incomplete, not-a-ticket, test or locked; the exit status "
	    "is 0 for filed,\nalready-filed and test. What is genuine "
	    "and cannot be filed yet is kept aside and\ntried again. "
	    "--locked keeps the ticket aside without asking for the "
	    "passphrase;\n--keep-aside keeps that of an unknown kiosk, "
	    "too.\n\nbackup needs no passphrase and disturbs no desk; "
	    "restore needs the key's, and with\n--replace keeps the "
	    "record that was there beside the new one. Tickets of `foyer "
	    "record kept` are in\nno backup: they are in no record yet.\n"
	    "\nhandover-csv: "
	    "MAP.csv has the columns column, source and values; its "
	    "manual page says\nmore. Only visits of people who are "
	    "known and agreed to be kept are written.\n\ncheckout, "
	    "open, checkin, merge: a "
	    "caseload's way to a laptop and back. What both sides "
	    "changed keeps the\nagency's value and is listed by "
	    "`foyer list conflicts`; `foyer people move conflict\nID "
	    "theirs` (or ours) decides.\n",
	.verbs = verbs,
};
