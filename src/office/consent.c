#include "office/consent.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "office/desk.h"
#include "office/entity.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/pages.h"
#include "record/consent.h"
#include "record/retention.h"

static const struct option options[] = {
	{ "home", required_argument, NULL, 'h' },
	{ "reason", required_argument, NULL, 'r' },
	{ 0 },
};

/* What a verb about one consent or one proposal works on. */
struct work {
	const char *home, *reason;
	long id;
	struct home *folder;
	struct record *record;
	struct record_who who;
	int64_t now;
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage(strcmp(verb, "retention") ? "consent" : "record",
			  verb, complaint);
}

static int read_arguments(int argc, char **argv, bool takes_id,
			  struct work *work)
{
	char *end = NULL;
	int option;

	work->reason = "";
	work->who = desk_who();
	work->now = desk_now();
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h')
			work->home = optarg;
		else if (option == 'r')
			work->reason = optarg;
		else
			return wrong(argv[0], "an option it does not know, or "
					      "one without its value");
	}
	if (argc - optind != takes_id)
		return wrong(argv[0], takes_id ? "give one id"
					       : "one argument too many");
	if (takes_id)
		work->id = strtol(argv[optind], &end, 10);
	if (takes_id && (*end || work->id < 1))
		return wrong(argv[0], "an id is a number, as list prints it");
	return EXIT_DONE;
}

static void work_done(struct work *work)
{
	record_close(work->record);
	home_free(work->folder);
}

/* Opens the record for a verb: EXIT_DONE, or after a complaint. */
static int begin(int argc, char **argv, bool takes_id, struct work *work)
{
	enum fault fault;
	int status = read_arguments(argc, argv, takes_id, work);

	if (status)
		return status;
	if ((fault = desk_home(work->home, &work->folder)) ||
	    (fault = desk_record(work->folder, &work->record)))
		return fault_exit(fault);
	return EXIT_DONE;
}

static int withdraw(struct work *work)
{
	enum entity_answer answer;
	bool erased;
	enum fault fault =
	    consent_withdraw(work->record, work->id, work->reason, &work->who,
			     work->now, &answer, &erased);

	if (fault)
		return fault_exit(fault);
	if (answer == ENTITY_DONE)
		line_print(json_pack("{sI sb}", "withdrawn",
				     (json_int_t)work->id, "erased", erased));
	return entity_complain("consent", "withdraw", kind_find("consent"),
			       answer, NULL);
}

static int run_withdraw(int argc, char **argv)
{
	struct work work = { 0 };
	int status = begin(argc, argv, true, &work);

	status = status ? status : withdraw(&work);
	work_done(&work);
	return status;
}

/* --- retention ------------------------------------------------------------ */

static bool print_proposal(void *to, const struct entity *proposal)
{
	(void)to;
	line_print(entity_line(proposal));
	return true;
}

static int propose(struct work *work)
{
	static const struct entity_match open[] = { { "state", "proposed" },
						    { NULL, NULL } };
	SCOPED(settings_freep) struct settings *settings = NULL;
	struct retention_clocks clocks;
	enum fault fault = desk_settings(work->folder, &settings);
	size_t count;

	if (fault)
		return fault_exit(fault);
	clocks = retention_clocks(settings);
	if (!(fault = retention_propose(work->record, &clocks, &work->who,
					work->now, &count)))
		fault =
		    entity_each(work->record, kind_find("proposal"), open,
				"since", 0, &work->who, print_proposal, NULL);
	return fault_exit(fault);
}

int consent_retention(int argc, char **argv)
{
	struct work work = { 0 };
	int status = begin(argc, argv, false, &work);

	status = status ? status : propose(&work);
	work_done(&work);
	return status;
}

static int decide(struct work *work, const char *verb)
{
	enum entity_answer answer;
	enum fault fault =
	    strcmp(verb, "approve") == 0
		? retention_approve(work->record, work->id, &work->who,
				    work->now, &answer)
		: retention_keep(work->record, work->id, work->reason,
				 &work->who, work->now, &answer);

	if (fault)
		return fault_exit(fault);
	if (answer == ENTITY_DONE)
		line_print(json_pack("{sI ss ss}", "proposal",
				     (json_int_t)work->id, "decision", verb,
				     "by", work->who.user));
	return entity_complain("consent", verb, kind_find("proposal"), answer,
			       NULL);
}

static int run_decide(int argc, char **argv)
{
	struct work work = { 0 };
	int status = begin(argc, argv, true, &work);

	if (!status && !strcmp(argv[0], "keep") && !work.reason[0])
		status = wrong(argv[0], "say why with --reason");
	status = status ? status : decide(&work, argv[0]);
	work_done(&work);
	return status;
}

static const struct verb verbs[] = {
	{ "withdraw", "[--home DIR] [--reason TEXT] ID",
	  "the person takes it back; of keep: everything of theirs is erased",
	  run_withdraw },
	{ "receipt", PAGES_USAGE,
	  "a page of what a person decided, in their language", pages_consent },
	{ "approve", "[--home DIR] ID",
	  "erase what a proposal names; its tombstone says who decided",
	  run_decide },
	{ "keep", "[--home DIR] --reason TEXT ID",
	  "what a proposal names stays, and is not proposed again",
	  run_decide },
	{ .name = NULL },
};

static const char *const kinds[] = { "consent", "proposal", NULL };

const struct noun noun_consent = {
	.name = "consent",
	.summary = "what people allow, and how long things are kept",
	.details = "The days after which something is proposed stand in "
		   "foyer.ini's [retention];\n0 stops a clock. `foyer record "
		   "retention` "
		   "proposes. Nothing goes "
		   "before somebody approves, but what the person\n"
		   "decided: today, no, and withdrawals.\n",
	.verbs = verbs,
	.kinds = kinds,
};
