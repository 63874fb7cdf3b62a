#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ask/step.h"
#include "base/data.h"
#include "filing/filing.h"
#include "office/desk.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "office/scanned.h"
#include "record/queue.h"
#include "seal/secret.h"

struct arguments {
	const char *home, *language, *part;
	const char *operand; /* NULL if none */
	int descriptor;      /* of the passphrase */
	bool locked, keep_aside;
};

enum option_key {
	OPTION_HOME,
	OPTION_LANG,
	OPTION_PART,
	OPTION_PASSPHRASE,
	OPTION_LOCKED,
	OPTION_KEEP_ASIDE,
};

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "lang", required_argument, NULL, OPTION_LANG },
	{ "part", required_argument, NULL, OPTION_PART },
	{ "passphrase-fd", required_argument, NULL, OPTION_PASSPHRASE },
	{ "locked", no_argument, NULL, OPTION_LOCKED },
	{ "keep-aside", no_argument, NULL, OPTION_KEEP_ASIDE },
	{ 0 },
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("record", verb, complaint);
}

/* False for an option or a value that is none. */
static bool take_option(int option, struct arguments *arguments)
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
	case OPTION_PASSPHRASE:
		return passphrase_descriptor(optarg, &arguments->descriptor);
	case OPTION_LOCKED:
		return arguments->locked = true;
	case OPTION_KEEP_ASIDE:
		return arguments->keep_aside = true;
	default:
		return false;
	}
}

/* 0, or the exit status after a complaint. */
static int read_arguments(int argc, char **argv, int operands,
			  struct arguments *arguments)
{
	int option;

	*arguments = (struct arguments){
		.language = "en",
		.part = "waiting",
		.descriptor = PASSPHRASE_NO_FD,
	};
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (!take_option(option, arguments))
			return wrong(argv[0], "an option it does not know, or "
					      "one without its value");
	}
	if (argc - optind > operands)
		return wrong(argv[0], "one argument too many");
	arguments->operand = optind < argc ? argv[optind] : NULL;
	return EXIT_DONE;
}

static void print(json_t *line)
{
	json_dumpf(line, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(line);
}

static json_t *text_or_null(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

/* The words of a blank-separated list. */
static json_t *words(const char *list)
{
	SCOPED(char_freep) char *copy = xstrdup(list ? list : "");
	json_t *array = json_array();
	char *rest = NULL;

	for (char *word = strtok_r(copy, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest))
		json_array_append_new(array, json_string(word));
	return array;
}

static json_t *instant(int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	char text[32];
	struct tm utc;

	if (!ms)
		return json_null();
	gmtime_r(&seconds, &utc);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
	return json_string(text);
}

/* --- file ----------------------------------------------------------------- */

static void add_reasons(const struct filing_ticket *ticket,
			const char *language, json_t *line)
{
	const int column = strcmp(language, "fr") == 0;
	json_t *rules = json_array(), *reasons = json_array();

	for (size_t i = 0; i < ticket->reason_count; i++) {
		const char *reason = ticket->reasons[i].reason[column];

		json_array_append_new(rules,
				      json_string(ticket->reasons[i].rule));
		json_array_append_new(reasons,
				      json_string(reason ? reason : ""));
	}
	json_object_set_new(line, "rules", rules);
	json_object_set_new(line, "reasons", reasons);
}

static struct node *find_review(struct node *node)
{
	struct node *found = NULL;

	for (node = node_first(node); node && !found; node = node_next(node))
		found = node_relevant(node) && node_appears(node, "review")
			    ? node
			    : find_review(node);
	return found;
}

/* The repeat a step stands in; NULL where it stands in none. */
static const struct node *repeat_of(const struct step *step)
{
	const struct node *node = step->field[0];

	while (node && node_kind(node) != NODE_REPEAT)
		node = node_parent(node);
	return node;
}

/*
 * How many screens these answers took at the kiosk: all the persons of a
 * repeat as one, and the review.
 */
static json_t *count_screens(const struct filing_ticket *ticket)
{
	struct run *run = filing_run(ticket);
	const struct node *repeat = NULL;
	struct step step;
	int screens = 0;

	if (!run)
		return json_null();
	for (bool more = step_first(run, &step); more;
	     more = step_next(&step, &step)) {
		screens += !repeat || repeat_of(&step) != repeat;
		repeat = repeat_of(&step);
	}
	return json_integer(screens + !!find_review(run_root(run)));
}

static json_t *hex(uint64_t number, int digits)
{
	char text[17];

	snprintf(text, sizeof text, "%0*llX", digits,
		 (unsigned long long)number);
	return json_string(text);
}

/* What the clear part of a ticket says, and what went wrong with it. */
static void add_particulars(const struct filing_ticket *ticket, json_t *line)
{
	if (ticket->seq) {
		json_object_set_new(line, "kiosk_id", hex(ticket->kiosk_id, 4));
		json_object_set_new(line, "agency_id",
				    hex(ticket->agency_id, 4));
	}
	if (ticket->status == FILING_UNKNOWN_FORM) {
		uint64_t form = 0;

		for (size_t i = 0; i < sizeof ticket->form; i++)
			form = form << 8 | ticket->form[i];
		json_object_set_new(line, "form", hex(form, 16));
	}
	if (ticket->status == FILING_INCOMPLETE) {
		json_object_set_new(line, "digits",
				    json_integer((json_int_t)ticket->digits));
		json_object_set_new(
		    line, "digits_due",
		    json_integer((json_int_t)ticket->digits_due));
	}
	if (ticket->filed_at) {
		json_object_set_new(line, "filed_at",
				    json_string(ticket->filed_at));
		json_object_set_new(line, "filed_by",
				    json_string(ticket->filed_by));
	}
}

static void print_ticket(const struct filing_ticket *ticket,
			 const char *language, const char *message)
{
	const bool read = ticket->content || ticket->visit;
	json_t *line = json_object();

	json_object_set_new(line, "status",
			    json_string(filing_status_word(ticket->status)));
	json_object_set_new(line, "number", text_or_null(ticket->number));
	json_object_set_new(line, "level",
			    text_or_null(visit_level_word(ticket->level)));
	add_reasons(ticket, language, line);
	json_object_set_new(line, "tags", words(ticket->tags));
	json_object_set_new(line, "keep",
			    read ? json_string(visit_keep_word(ticket->keep))
				 : json_null());
	json_object_set_new(line, "language", text_or_null(ticket->language));
	json_object_set_new(line, "quiet", json_boolean(ticket->quiet));
	json_object_set_new(line, "old", json_boolean(ticket->old));
	json_object_set_new(line, "more_to_tell",
			    json_boolean(ticket->more_to_tell));
	json_object_set_new(line, "issued", instant(ticket->issued));
	json_object_set_new(line, "screens", count_screens(ticket));
	json_object_set_new(line, "visit",
			    ticket->visit ? json_integer(ticket->visit)
					  : json_null());
	json_object_set_new(line, "kept_aside",
			    json_boolean(ticket->kept_aside));
	add_particulars(ticket, line);
	json_object_set_new(line, "message", json_string(message));
	print(line);
}

static enum fault read_words(const char *language, struct catalogue **out)
{
	SCOPED(char_freep)
	char *name = xasprintf("translations/desk.%s.po", language);
	SCOPED(char_freep) char *path = data_path(name);

	*out = catalogue_new(language);
	return catalogue_add(*out, path);
}

/* Unlocks unless asked not to; a wrong passphrase is the input's fault. */
static int unlock(struct filing *filing, const struct home *home,
		  const struct arguments *arguments)
{
	char passphrase[PASSPHRASE_LIMIT];
	enum filing_unlock answer = FILING_UNLOCKED;
	enum fault fault;

	if (arguments->locked)
		return EXIT_DONE;
	fault = passphrase_read(home, arguments->descriptor,
				"Passphrase: ", passphrase);
	if (!fault)
		fault = filing_unlock(filing, passphrase, &answer);
	secret_wipe(passphrase, sizeof passphrase);
	if (fault)
		return fault_exit(fault);
	if (answer == FILING_WRONG_PASSPHRASE)
		fprintf(stderr,
			"foyer record: that is not the "
			"passphrase of a key in %s\n",
			home_folder(home, HOME_KEYS));
	if (answer == FILING_NO_KEY)
		fprintf(stderr,
			"foyer record: %s: there is no key; make one with "
			"`foyer key new`, or file with --locked\n",
			home_folder(home, HOME_KEYS));
	return answer == FILING_UNLOCKED ? EXIT_DONE : EXIT_INPUT;
}

static enum fault scan(struct filing *filing, const char *digits,
		       const struct arguments *arguments,
		       struct filing_ticket *ticket)
{
	const struct record_who who = desk_who();
	enum fault fault;

	if (!filing_locked(filing) &&
	    (fault = filing_retry(filing, &who, desk_now(), NULL)))
		return fault;
	if ((fault = filing_scan(filing, digits, &who, desk_now(), ticket)))
		return fault;
	if (ticket->status == FILING_UNKNOWN_KIOSK && arguments->keep_aside)
		return filing_keep_aside(filing, &who, desk_now(), ticket);
	return FAULT_NONE;
}

static int file(struct filing *filing, const char *digits,
		const struct record *record, const struct catalogue *catalogue,
		const struct arguments *arguments)
{
	SCOPED(char_freep) char *message = NULL;
	struct filing_ticket ticket = { 0 };
	enum fault fault = scan(filing, digits, arguments, &ticket);
	bool good = ticket.status == FILING_FILED ||
		    ticket.status == FILING_ALREADY_FILED ||
		    ticket.status == FILING_TEST;

	message =
	    fault ? filing_trouble_message(record_trouble(record), catalogue)
		  : filing_message(&ticket, catalogue);
	if (!fault)
		print_ticket(&ticket, arguments->language, message);
	if (fault || !good)
		fprintf(stderr, "foyer record file: %s\n", message);
	filing_ticket_done(&ticket);
	return fault ? fault_exit(fault) : good ? EXIT_DONE : EXIT_INPUT;
}

static int run_file(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(filing_freep) struct filing *filing = NULL;
	SCOPED(catalogue_freep) struct catalogue *catalogue = NULL;
	SCOPED(char_freep) char *digits = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if ((fault = home_open(arguments.home, &home)) ||
	    (fault = read_words(arguments.language, &catalogue)) ||
	    (fault = scanned(arguments.operand, &digits)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = filing_open(home, record, &filing)))
		return fault_exit(fault);
	if ((status = unlock(filing, home, &arguments)))
		return status;
	return file(filing, digits, record, catalogue, &arguments);
}

/* --- import --------------------------------------------------------------- */

static int run_import(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(filing_freep) struct filing *filing = NULL;
	struct arguments arguments;
	const struct record_who who = desk_who();
	enum fault fault;
	size_t filed = 0;
	int status = read_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if (!arguments.operand)
		return wrong(argv[0], "which form? give its XML file");
	if ((fault = home_open(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = filing_open(home, record, &filing)) ||
	    (fault = filing_import_form(filing, arguments.operand)))
		return fault_exit(fault);
	if ((status = unlock(filing, home, &arguments)))
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
			    text_or_null(visit_level_word(row->level)));
	json_object_set_new(line, "computed",
			    text_or_null(visit_level_word(row->computed)));
	json_object_set_new(line, "state",
			    json_string(visit_state_word(row->state)));
	json_object_set_new(line, "overridden", json_boolean(row->overridden));
	json_object_set_new(line, "lifted", json_boolean(row->lifted));
	json_object_set_new(line, "quick", json_boolean(row->quick));
	json_object_set_new(line, "quiet", json_boolean(row->quiet));
	json_object_set_new(line, "arrived", instant(row->arrived));
	json_object_set_new(line, "called", instant(row->called));
	json_object_set_new(line, "started", instant(row->started));
	json_object_set_new(line, "waited_seconds",
			    json_integer(row->waited / 1000));
	json_object_set_new(line, "language", text_or_null(row->language));
	json_object_set_new(line, "tags", words(row->tags));
	json_object_set_new(line, "by", text_or_null(row->by));
	json_object_set_new(line, "visit", json_integer(row->visit));
	return line;
}

static int run_queue(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(settings_freep) struct settings *settings = NULL;
	struct arguments arguments;
	struct queue queue;
	enum fault fault;
	int part = 0, status = read_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	while (part < (int)COUNT(parts) && strcmp(parts[part], arguments.part))
		part++;
	if (part == (int)COUNT(parts))
		return wrong(argv[0], "--part takes waiting, quick, "
				      "in-service or ended");
	if ((fault = home_open(arguments.home, &home)) ||
	    (fault = desk_settings(home, &settings)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = queue_read(record, (enum queue_part)part, desk_now(),
				queue_limit(settings), &queue)))
		return fault_exit(fault);
	for (size_t i = 0; i < queue.count; i++)
		print(line_of(&queue.rows[i]));
	queue_done(&queue);
	return EXIT_DONE;
}

static const struct verb verbs[] = {
	{ "file",
	  "[--home DIR] [--lang en|fr] [--passphrase-fd N] [--locked] "
	  "[--keep-aside] [T.png]",
	  "file a ticket: a picture of it, or its digits on standard input",
	  run_file },
	{ "queue", "[--home DIR] [--part waiting|quick|in-service|ended]",
	  "who waits, in the order to call them; a line of JSON each",
	  run_queue },
	{ "import", "[--home DIR] [--passphrase-fd N] [--locked] FORM.xml",
	  "take in a form, and file the tickets that waited for it",
	  run_import },
	{ .name = NULL },
};

const struct noun noun_record = {
	.name = "record",
	.summary = "the agency's record: visits and their queue",
	.details = "file prints one line of JSON. Its status is filed, "
		   "already-filed, clone-alarm,\nunknown-form, unknown-kiosk, "
		   "revoked, not-genuine, other-agency, unreadable,\n"
		   "incomplete, not-a-ticket, test or locked; the exit status "
		   "is 0 for filed,\nalready-filed and test. What is genuine "
		   "and cannot be filed yet is kept aside and\ntried again. "
		   "--locked keeps the ticket aside without asking for the "
		   "passphrase;\n--keep-aside keeps that of an unknown kiosk, "
		   "too.\n",
	.verbs = verbs,
};
