#include <assert.h>
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filing/filing.h"
#include "office/desk.h"
#include "office/handover.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/visit_submit.h"
#include "office/visit_type.h"
#include "record/visit.h"

struct arguments {
	const char *home, *language, *outcome, *reason;
	const char *number; /* "K7-0412" */
	const char *level;  /* NULL if none was given */
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("visit", verb, complaint);
}

static int read_arguments(int argc, char **argv, int operands,
			  struct arguments *arguments)
{
	const struct options_place places[] = {
		{ "home", .value = &arguments->home },
		{ "lang", .value = &arguments->language },
		{ "outcome", .value = &arguments->outcome },
		{ "reason", .value = &arguments->reason },
		{ 0 },
	};

	*arguments = (struct arguments){ .language = "en", .reason = "" };
	if (!options_read(argc, argv, places))
		return wrong(argv[0], OPTIONS_COMPLAINT);
	if (argc - optind != operands)
		return wrong(argv[0], operands == 1
					  ? "give one number: K7-0412, or 0412"
					  : "give a number and a level");
	arguments->number = argv[optind];
	arguments->level = operands == 2 ? argv[optind + 1] : NULL;
	return EXIT_DONE;
}

static int complain(const char *verb, const char *number, const char *complaint)
{
	fprintf(stderr, "foyer visit %s: %s: %s\n", verb, number, complaint);
	return EXIT_INPUT;
}

/* What a verb does to the visit it names; returns the exit status. */
struct work {
	const char *verb;
	struct arguments arguments;
	struct home *home;
	struct record *record;
	int64_t id;
};
typedef int work_on(const struct work *work);

/* By the whole number, whenever it was; else by the end of one of today's. */
static enum fault find(struct record *record, const char *number, size_t *found,
		       int64_t *id)
{
	enum fault fault = visit_by_number(record, number, id);

	assert(number);
	*found = *id != 0;
	return fault || *id || !number[0]
		   ? fault
		   : visit_by_ending(record, number, desk_now(), found, id);
}

/* Reads the arguments, opens the record, finds the visit and does it. */
static int do_work(int argc, char **argv, int operands, work_on *what)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct work work = { .verb = argv[0] };
	enum fault fault;
	size_t found;
	int status = read_arguments(argc, argv, operands, &work.arguments);

	if (status)
		return status;
	if ((fault = desk_home(work.arguments.home, &home)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = find(record, work.arguments.number, &found, &work.id)))
		return fault_exit(fault);
	if (found != 1)
		return complain(argv[0], work.arguments.number,
				found ? "several visits of today have numbers "
					"that end so: write all of it"
				      : "no visit has this number");
	work.home = home;
	work.record = record;
	return what(&work);
}

/* --- show ----------------------------------------------------------------- */

static void add_rule(void *to, const char *rule, const char *reason)
{
	json_array_append_new(
	    to, json_pack("{s:s, s:s}", "rule", rule, "reason", reason));
}

static void add_answers(const struct filing_answers *answers, json_t *line)
{
	json_t *list = json_array();

	for (size_t i = 0; i < answers->count; i++)
		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:s, s:s}", "name",
				    answers->rows[i].name, "question",
				    answers->rows[i].label, "answer",
				    answers->rows[i].value, "value",
				    answers->rows[i].raw));
	json_object_set_new(line, "first_need",
			    json_string(answers->first_need));
	json_object_set_new(line, "answers", list);
}

static json_t *card_of(const struct visit *visit)
{
	return json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "number",
	    visit->number, "state", visit_state_word(visit->state), "level",
	    visit_level_word(visit_effective_level(visit)), "computed",
	    visit_level_word(visit->level), "staff_reason", visit->staff_reason,
	    "keep", visit_keep_word(visit->keep), "outcome",
	    visit_outcome_word(visit->outcome), "language", visit->language,
	    "tags", visit->tags, "erased", visit->erased);
}

/* Where it came from; of a paper what is known of the paper. */
static void add_source(const struct visit *visit, json_t *line)
{
	json_object_set_new(line, "source",
			    json_string(visit_source_word(visit->source)));
	json_object_set_new(line, "left_blank", line_words(visit->blank));
	if (visit->source != VISIT_PAPER)
		return;
	json_object_set_new(line, "paper", line_text(visit->paper));
	json_object_set_new(line, "filled", line_instant(visit->filled));
}

static enum fault print_visit(const struct home *home, struct record *record,
			      int64_t id, const char *language)
{
	SCOPED(filing_freep) struct filing *filing = NULL;
	const struct record_who who = desk_who();
	struct filing_answers answers = { 0 };
	json_t *line, *handed = NULL, *rules = json_array();
	struct visit visit = { 0 };
	enum visit_found found;
	enum fault fault;

	if ((fault = visit_read(record, id, &found, &visit)) ||
	    (fault = visit_rules(record, id, language, add_rule, rules)) ||
	    (fault = handover_lines(record, id, &handed)) ||
	    (fault = filing_open(home, record, &filing)) ||
	    (fault = filing_visit_answers(filing, id, language, &who,
					  desk_now(), &found, &answers))) {
		json_decref(rules);
		json_decref(handed);
		visit_done(&visit);
		return fault;
	}
	line = card_of(&visit);
	add_source(&visit, line);
	json_object_set_new(line, "reasons", rules);
	json_object_set_new(line, "handed", handed);
	if (found == VISIT_FOUND)
		add_answers(&answers, line);
	json_dumpf(line, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(line);
	filing_answers_done(&answers);
	visit_done(&visit);
	return FAULT_NONE;
}

static int print_it(const struct work *work)
{
	return fault_exit(print_visit(work->home, work->record, work->id,
				      work->arguments.language));
}

static int show(int argc, char **argv)
{
	return do_work(argc, argv, 1, print_it);
}

/* The document as ODK Central takes it: with the form's id and version on its
 * root and the ticket's instanceID in its meta. */
static int print_submission(const struct work *work)
{
	const struct record_who who = desk_who();
	struct bytes submission = { 0 };
	enum visit_found found;
	enum fault fault =
	    visit_submission(work->record, work->id, &who, desk_now(),
			     VISIT_SHOWN, &found, &submission);

	if (!fault && found == VISIT_FOUND)
		printf("%s\n", (const char *)submission.data);
	bytes_wipe(&submission);
	if (fault)
		return fault_exit(fault);
	return found == VISIT_FOUND
		   ? EXIT_DONE
		   : complain(work->verb, work->arguments.number,
			      "its answers are erased, or not for this role");
}

static int submission(int argc, char **argv)
{
	return do_work(argc, argv, 1, print_submission);
}

/* --- acting --------------------------------------------------------------- */

static const char *const answers[] = {
	[VISIT_UNKNOWN] = "no visit has this number",
	[VISIT_WRONG_STATE] = "that cannot be done to it as it stands now",
	[VISIT_NO_REASON] = "say why with --reason",
	[VISIT_NOTHING] = "there is nothing of yours to take back, or no "
			  "answer left",
	[VISIT_REFUSED] = "the person said no at the kiosk, and that stays",
	[VISIT_NOT_YOURS] = "not for this role",
	[VISIT_NO_TICKET] = "it was typed in from paper, so there is no ticket "
			    "to keep aside; `foyer visit withdraw` erases it",
	[VISIT_CALLS] = "its quiet flag is still open: answer and close it at "
			"a desk first",
};

static int tell(const struct work *work, enum fault fault,
		enum visit_acted acted)
{
	if (fault)
		return fault_exit(fault);
	return acted == VISIT_ACTED
		   ? EXIT_DONE
		   : complain(work->verb, work->arguments.number,
			      answers[acted]);
}

static const struct {
	const char *verb;
	enum visit_act act;
} acts[] = {
	{ "call", VISIT_CALL },       { "miss", VISIT_MISS },
	{ "recall", VISIT_RECALL },   { "requeue", VISIT_REQUEUE },
	{ "take-in", VISIT_TAKE_IN }, { "end", VISIT_END },
};

static int do_act(const struct work *work)
{
	const char *word = work->arguments.outcome;
	const enum visit_outcome outcome = visit_outcome_of(word ? word : "");
	const struct record_who who = desk_who();
	enum visit_acted acted = VISIT_ACTED;
	enum fault fault;
	size_t i = 0;

	while (strcmp(acts[i].verb, work->verb) != 0)
		i++;
	if ((outcome != VISIT_NO_OUTCOME) != (acts[i].act == VISIT_END))
		return wrong(work->verb, acts[i].act == VISIT_END
					     ? "say how with --outcome: "
					       "served, referred, diverted, "
					       "left or safety"
					     : "only an end has an outcome");
	fault = visit_act(work->record, work->id, acts[i].act, outcome, &who,
			  desk_now(), &acted);
	return tell(work, fault, acted);
}

static int act(int argc, char **argv)
{
	return do_work(argc, argv, 1, do_act);
}

static int do_level(const struct work *work)
{
	const enum visit_level level = visit_level_of(work->arguments.level);
	const struct record_who who = desk_who();
	enum visit_acted acted = VISIT_ACTED;
	enum fault fault;

	if (level == VISIT_NO_LEVEL &&
	    strcmp(work->arguments.level, "computed") != 0)
		return wrong(work->verb, "a level is U1 to U5, or computed");
	fault =
	    visit_override(work->record, work->id, level,
			   work->arguments.reason, &who, desk_now(), &acted);
	return tell(work, fault, acted);
}

static int set_level(int argc, char **argv)
{
	return do_work(argc, argv, 2, do_level);
}

typedef enum fault deed(struct record *record, int64_t id,
			const struct record_who *who, int64_t now,
			enum visit_acted *answer);

static const struct {
	const char *verb;
	deed *deed;
} deeds[] = {
	{ "undo", visit_undo },
	{ "unfile", visit_unfile },
	{ "keep", visit_confirm_keep },
	{ "withdraw", visit_withdraw },
};

static int do_deed(const struct work *work)
{
	const struct record_who who = desk_who();
	enum visit_acted acted = VISIT_ACTED;
	enum fault fault;
	size_t i = 0;

	while (strcmp(deeds[i].verb, work->verb) != 0)
		i++;
	fault = deeds[i].deed(work->record, work->id, &who, desk_now(), &acted);
	return tell(work, fault, acted);
}

static int run_deed(int argc, char **argv)
{
	return do_work(argc, argv, 1, do_deed);
}

static const struct verb verbs[] = {
	{ "show", "[--home DIR] [--lang en|fr] NUMBER",
	  "its state, reasons and answers as a line of JSON", show },
	{ "submission", "[--home DIR] NUMBER",
	  "its answers as the submission XML that ODK Central takes",
	  submission },
	{ "type",
	  "[--home DIR] --form ID --answers A.json [--lang TAG] [--paper "
	  "NUMBER] [--filled YYYY-MM-DD]",
	  "file a paper form as a ticket is filed", visit_type },
	{ "call", "[--home DIR] NUMBER", "call the number", act },
	{ "miss", "[--home DIR] NUMBER", "it was called; nobody came", act },
	{ "recall", "[--home DIR] NUMBER", "call it once more", act },
	{ "requeue", "[--home DIR] NUMBER",
	  "back to waiting, with its first time", act },
	{ "take-in", "[--home DIR] NUMBER", "the person is being served", act },
	{ "end", "[--home DIR] --outcome WORD NUMBER",
	  "served, referred, diverted, left or safety", act },
	{ "level", "[--home DIR] --reason TEXT NUMBER U1-U5|computed",
	  "set the level that staff judge right", set_level },
	{ "undo", "[--home DIR] NUMBER", "take your last act on it back",
	  run_deed },
	{ "unfile", "[--home DIR] NUMBER",
	  "not this person: keep the ticket aside again", run_deed },
	{ "keep", "[--home DIR] NUMBER",
	  "the person, alone with you, confirmed keeping", run_deed },
	{ "hand-over", "[--home DIR] --to SYSTEM --as ID NUMBER",
	  "it stands in the agency's own case system, too, as ID",
	  handover_visit },
	{ "submit",
	  "[--home DIR] --to URL --secret FILE --recipient NAME "
	  "[--authority FILE] [--wait SECONDS] [--yes] --form ID|NUMBER...",
	  "to a server of ODK Central or KoboToolbox, for whom they agreed to",
	  visit_submit },
	{ "withdraw", "[--home DIR] NUMBER",
	  "the person wants it erased: at once", run_deed },
	{ .name = NULL },
};

const struct noun noun_visit = {
	.name = "visit",
	.summary = "one visit, from its number",
	.details =
	    "NUMBER is like K7-0412, of the newest visit which has it, or "
	    "the end of one of\ntoday's, like 0412. Every change, and "
	    "every look at answers, is written to the\naudit.\n",
	.verbs = verbs,
};
