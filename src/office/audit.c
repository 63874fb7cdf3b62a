#include "record/audit.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/pack.h"

/* `foyer audit`: what the desk's screen of it shows, for scripts. */

struct arguments {
	const char *home, *from, *to, *user, *subject, *person;
	bool json;
};

static int wrong(const char *complaint)
{
	return noun_usage("audit", "", complaint);
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	const struct options_place places[] = {
		{ "home", .value = &arguments->home },
		{ "from", .value = &arguments->from },
		{ "to", .value = &arguments->to },
		{ "who", .value = &arguments->user },
		{ "what", .value = &arguments->subject },
		{ "person", .value = &arguments->person },
		{ "json", .flag = &arguments->json },
		{ 0 },
	};

	*arguments = (struct arguments){ 0 };
	if (!options_read(argc, argv, places))
		return wrong(OPTIONS_COMPLAINT);
	return optind < argc ? wrong("one argument too many") : EXIT_DONE;
}

/* --- a row -----------------------------------------------------------------
 */

static bool print_json(void *to, const struct audit_row *row)
{
	(void)to;
	line_print(json_pack(
	    "{s:o, s:s, s:s, s:s, s:s, s:I, s:o, s:o}", "at",
	    line_instant(row->at), "user", row->user, "desk", row->desk, "act",
	    row->act, "subject", row->subject, "id", (json_int_t)row->id,
	    "person", line_text(row->person), "old", line_text(row->old)));
	return true;
}

static void print_column(const char *text)
{
	putchar('\t');
	line_put(stdout, text);
}

static bool print_line(void *to, const struct audit_row *row)
{
	const time_t seconds = (time_t)(row->at / 1000);
	char moment[32] = "", id[24] = "";
	struct tm local;

	(void)to;
	if (localtime_r(&seconds, &local))
		strftime(moment, sizeof moment, "%Y-%m-%d %H:%M:%S", &local);
	if (row->id)
		snprintf(id, sizeof id, "%lld", (long long)row->id);
	fputs(moment, stdout);
	print_column(row->user);
	print_column(row->desk);
	print_column(row->act);
	print_column(row->subject);
	print_column(id);
	print_column(row->person);
	print_column(row->old);
	putchar('\n');
	return true;
}

/* --- the verb --------------------------------------------------------------
 */

/* A complaint about the days, or NULL. */
static const char *read_days(const struct arguments *arguments,
			     struct audit_wanted *wanted)
{
	struct period period;
	const char *complaint;

	if (!arguments->from && !arguments->to)
		return NULL;
	complaint = pack_period(arguments->from, arguments->to, &period);
	if (!complaint) {
		wanted->from = period.from;
		wanted->until = period.until;
	}
	return complaint;
}

static int find_person(struct record *record, const char *number,
		       int64_t *person)
{
	enum fault fault = audit_person(record, number, person);

	if (fault)
		return fault_exit(fault);
	if (*person)
		return EXIT_DONE;
	fprintf(stderr, "foyer audit: %s: nobody has this number\n", number);
	return EXIT_INPUT;
}

static int print(struct record *record, const struct arguments *arguments,
		 struct audit_wanted *wanted)
{
	const struct record_who who = desk_who();
	enum entity_answer answer;
	enum fault fault;
	int status;

	if (arguments->person &&
	    (status = find_person(record, arguments->person, &wanted->person)))
		return status;
	fault = audit_read(record, wanted, arguments->json ? "export" : "view",
			   &who, desk_now(), &answer,
			   arguments->json ? print_json : print_line, NULL);
	if (fault || answer == ENTITY_DONE)
		return fault_exit(fault);
	fprintf(stderr, "foyer audit: this is for an auditor\n");
	return EXIT_INPUT;
}

static int run(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct arguments arguments;
	struct audit_wanted wanted = { 0 };
	const char *complaint;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;

	wanted.user = arguments.user;
	wanted.subject = arguments.subject;
	if ((complaint = read_days(&arguments, &wanted)))
		return wrong(complaint);
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	return print(record, &arguments, &wanted);
}

static const struct verb verbs[] = {
	{ "",
	  "[--home DIR] [--from DAY] [--to DAY] [--who NAME] [--what KIND]"
	  " [--person NUMBER] [--json]",
	  "who looked at what and changed what, the newest first", run },
	{ .name = NULL },
};

const struct noun noun_audit = {
	.name = "audit",
	.summary = "who looked at what and changed what",
	.details =
	    "A line a row, parted by tabs: moment, user, desk, act, kind of "
	    "thing, its id, the\nnumber of the person it is about, and the "
	    "names of what changed, never what was\nwritten. A day may be cut "
	    "short: --from 2026-10 alone is that month. A look at what\nis "
	    "restricted is a row itself.\n",
	.verbs = verbs,
};
