#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "office/desk.h"
#include "office/entity.h"
#include "office/line.h"
#include "office/printed.h"
#include "record/assign.h"
#include "record/meeting.h"
#include "record/sponsor.h"
#include "record/visit.h"
#include "report/read_matrix.h"

enum option_key {
	OPTION_HOME,
	OPTION_TO,
	OPTION_SCOPE,
	OPTION_TEXT,
	OPTION_DAY,
	OPTION_HOUSEHOLD,
	OPTION_PERSON,
	OPTION_LANGUAGE,
	OPTION_WHY,
	OPTION_SHARED,
	OPTION_PRINT,
	OPTION_OUTPUT,
	OPTION_END,
};

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "to", required_argument, NULL, OPTION_TO },
	{ "scope", required_argument, NULL, OPTION_SCOPE },
	{ "text", required_argument, NULL, OPTION_TEXT },
	{ "day", required_argument, NULL, OPTION_DAY },
	{ "household", required_argument, NULL, OPTION_HOUSEHOLD },
	{ "person", required_argument, NULL, OPTION_PERSON },
	{ "lang", required_argument, NULL, OPTION_LANGUAGE },
	{ "why", required_argument, NULL, OPTION_WHY },
	{ "shared", no_argument, NULL, OPTION_SHARED },
	{ "print", no_argument, NULL, OPTION_PRINT },
	{ "output", required_argument, NULL, OPTION_OUTPUT },
	{ "end", no_argument, NULL, OPTION_END },
	{ 0 },
};

struct work {
	const char *verb;
	const char *home, *scope, *text, *day, *language, *why, *output;
	int64_t to, household, person;
	bool shared, print, end;
	int64_t ids[2]; /* operands that are numbers */
	char **words;   /* all of them */
	char today[DESK_DAY];
	struct home *where;
	struct record *record;
	struct record_who who;
	int64_t now;
};

static int wrong(const struct work *work, const char *complaint)
{
	return noun_usage("sponsor", work->verb, complaint);
}

static bool take_id(const char *text, int64_t *id)
{
	char *end;

	*id = strtoll(text, &end, 10);
	return end != text && !*end && *id > 0;
}

/* False for an option or a value that is none. */
static bool take_option(int option, struct work *work)
{
	const char **const texts[] = {
		[OPTION_HOME] = &work->home,
		[OPTION_SCOPE] = &work->scope,
		[OPTION_TEXT] = &work->text,
		[OPTION_DAY] = &work->day,
		[OPTION_WHY] = &work->why,
		[OPTION_LANGUAGE] = &work->language,
		[OPTION_OUTPUT] = &work->output,
	};
	int64_t *const ids[] = {
		[OPTION_TO] = &work->to,
		[OPTION_HOUSEHOLD] = &work->household,
		[OPTION_PERSON] = &work->person,
	};
	bool *const flags[] = {
		[OPTION_SHARED] = &work->shared,
		[OPTION_PRINT] = &work->print,
		[OPTION_END] = &work->end,
	};

	if (option < 0 || option > OPTION_END)
		return false;
	if ((size_t)option < COUNT(texts) && texts[option])
		*texts[option] = optarg;
	else if ((size_t)option < COUNT(ids) && ids[option])
		return take_id(optarg, ids[option]);
	else
		*flags[option] = true;
	return true;
}

static int read_arguments(int argc, char **argv, int operands,
			  struct work *work)
{
	int option;

	*work = (struct work){ .verb = argv[0],
			       .who = desk_who(),
			       .now = desk_now() };
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (!take_option(option == 'o' ? OPTION_OUTPUT : option, work))
			return wrong(work, "an option it does not know, or one "
					   "whose value is none");
	}
	if (argc - optind != operands)
		return wrong(work, "too many words, or too few");
	work->words = argv + optind;
	for (int i = 0; i < operands && i < 2; i++)
		(void)take_id(work->words[i], &work->ids[i]);
	desk_today(work->now, work->today);
	work->day = work->day ?: work->today;
	return EXIT_DONE;
}

/* Every verb: operands read, record open, then its own work. */
typedef int work_deed(struct work *work);

static int with_record(int argc, char **argv, int operands, work_deed *deed)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct work work;
	enum fault fault;
	int status = read_arguments(argc, argv, operands, &work);

	if (status)
		return status;
	if (!work.ids[0] && strcmp(work.verb, "visit") != 0)
		return wrong(&work, "give the id of one, as list prints it");
	if ((fault = desk_home(work.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	work.where = home;
	work.record = record;
	return deed(&work);
}

static int complain(const struct work *work, const char *kind,
		    enum entity_answer answer)
{
	return entity_complain("sponsor", work->verb, kind_find(kind), answer,
			       NULL);
}

/* --- sharing ---------------------------------------------------------------
 */

static json_t *bars_line(unsigned bars)
{
	json_t *list = json_array();

	for (unsigned bit = 0; bit < SHARE_BARS; bit++) {
		if (bars & 1u << bit)
			json_array_append_new(
			    list, json_string(share_bar_word(1u << bit)));
	}
	return json_pack("{s:b, s:o}", "may", bars == 0, "bars", list);
}

static struct share share_of(const struct work *work)
{
	return (struct share){ work->ids[0], work->ids[1], work->to,
			       work->scope };
}

static int do_may_share(struct work *work)
{
	const struct share share = share_of(work);
	unsigned bars;
	enum fault fault =
	    sponsor_may_share(work->record, &share, work->day, &bars);

	if (fault)
		return fault_exit(fault);
	line_print(bars_line(bars));
	return EXIT_DONE;
}

static int may_share(int argc, char **argv)
{
	return with_record(argc, argv, 2, do_may_share);
}

static int do_share(struct work *work)
{
	const struct share share = share_of(work);
	unsigned bars;
	int64_t id;
	json_t *line;
	enum fault fault;

	if (!work->text || !work->scope)
		return wrong(work, "say what with --scope and --text");
	if ((fault = sponsor_share(work->record, &share, work->text, &work->who,
				   work->now, work->day, &bars, &id)))
		return fault_exit(fault);
	line = bars_line(bars);
	json_object_set_new(line, "shared",
			    id ? json_integer(id) : json_null());
	line_print(line);
	if (bars)
		fprintf(stderr, "foyer sponsor share: nothing is shared while "
				"anything bars it\n");
	return id ? EXIT_DONE : EXIT_INPUT;
}

static int share(int argc, char **argv)
{
	return with_record(argc, argv, 2, do_share);
}

static int do_private(struct work *work)
{
	enum entity_answer answer;
	enum fault fault =
	    work->end ? sponsor_end_private(work->record, work->ids[0],
					    &work->who, work->now, &answer)
		      : sponsor_go_private(work->record, work->ids[0],
					   work->why ?: "asked", &work->who,
					   work->now, &answer);

	return fault ? fault_exit(fault)
		     : complain(work, "sponsorship", answer);
}

static int make_private(int argc, char **argv)
{
	return with_record(argc, argv, 1, do_private);
}

/* --- the path --------------------------------------------------------------
 */

static int do_path(struct work *work)
{
	struct path path;
	json_t *steps = json_array();
	enum fault fault =
	    sponsor_path(work->record, work->ids[0], work->day, &path);

	for (int i = 0; !fault && i < PATH_STEPS; i++)
		json_array_append_new(
		    steps,
		    json_pack("{ss ss so so}", "step",
			      path_step_word((enum path_step)i), "state",
			      path_state_word(path.steps[i].state), "day",
			      line_text(path.steps[i].day), "meeting",
			      path.steps[i].meeting
				  ? json_integer(path.steps[i].meeting)
				  : json_null()));
	if (fault) {
		json_decref(steps);
		return fault_exit(fault);
	}
	line_print(json_pack("{so sb sb}", "steps", steps, "post_missing",
			     path.post_missing, "connection_complete",
			     path.connection_complete));
	return EXIT_DONE;
}

static int show_path(int argc, char **argv)
{
	return with_record(argc, argv, 1, do_path);
}

static int do_arrive(struct work *work)
{
	enum entity_answer answer;
	enum fault fault;

	if (!work->household && !work->person)
		return wrong(work, "say who with --household or --person");
	fault = sponsor_arrive(work->record, work->ids[0], work->household,
			       work->person, work->day, &work->who, work->now,
			       &answer);
	return fault ? fault_exit(fault)
		     : complain(work, "sponsorship", answer);
}

static int arrive(int argc, char **argv)
{
	return with_record(argc, argv, 1, do_arrive);
}

static int do_attend(struct work *work)
{
	const bool came = strcmp(work->words[2], "yes") == 0;
	enum entity_answer answer;
	enum fault fault;

	if (!came && strcmp(work->words[2], "no") != 0)
		return wrong(work, "say yes or no");
	fault = meeting_attend(work->record, work->ids[0], work->words[1], came,
			       &work->who, work->now, &answer);
	return fault ? fault_exit(fault) : complain(work, "party", answer);
}

static int attend(int argc, char **argv)
{
	return with_record(argc, argv, 3, do_attend);
}

static int do_visit(struct work *work)
{
	enum entity_answer answer;
	int64_t visit;
	enum fault fault =
	    visit_by_number(work->record, work->words[0], &visit);

	if (fault)
		return fault_exit(fault);
	if (!visit || !work->ids[1])
		return complain(work, "sponsor_visit", ENTITY_NOT_THERE);
	fault = sponsor_visit_at(work->record, visit, work->ids[1], work->day,
				 &work->who, work->now, &answer);
	return fault ? fault_exit(fault)
		     : complain(work, "sponsor_visit", answer);
}

static int lay_visit(int argc, char **argv)
{
	return with_record(argc, argv, 2, do_visit);
}

/* --- who does what ---------------------------------------------------------
 */

static json_t *doubts_list(unsigned doubts)
{
	json_t *list = json_array();

	for (unsigned bit = 0; bit < TASK_DOUBTS; bit++) {
		if (doubts & 1u << bit)
			json_array_append_new(
			    list, json_string(task_doubt_word(1u << bit)));
	}
	return list;
}

static enum fault print_matrix(struct work *work)
{
	SCOPED(printed_done) struct printed printed;
	SCOPED(page_freep) struct page *page = NULL;
	enum fault fault = printed_open(&printed, work->where, work->language);
	struct wording wording;

	if (fault)
		return fault;
	wording = printed_wording(&printed, work->record);
	if ((fault = read_matrix(&printed.about, &wording, work->ids[0],
				 work->now, &page)))
		return fault;
	return page ? printed_put(&printed, page, "matrix", work->output)
		    : FAULT_NONE;
}

static int do_matrix(struct work *work)
{
	struct matrix matrix;
	enum fault fault;

	if (work->print || work->output)
		return fault_exit(print_matrix(work));
	fault = sponsor_matrix(work->record, work->ids[0],
			       work->shared ? MATRIX_SHARED : MATRIX_OURS,
			       work->day, &work->who, &matrix);
	if (fault)
		return fault_exit(fault);
	for (size_t i = 0; i < matrix.count; i++) {
		const struct matrix_row *row = &matrix.rows[i];

		line_print(json_pack(
		    "{sI ss so so so so ss so}", "id", (json_int_t)row->id,
		    "task", row->task, "detail", line_text(row->detail),
		    "owners", line_words(row->owners), "agreed_on",
		    line_text(row->agreed_on), "due", line_text(row->due),
		    "state", row->state, "doubts", doubts_list(row->doubts)));
	}
	matrix_done(&matrix);
	return EXIT_DONE;
}

static int show_matrix(int argc, char **argv)
{
	return with_record(argc, argv, 1, do_matrix);
}

/* --- the one contact -------------------------------------------------------
 */

static int do_workers(struct work *work)
{
	struct assign assign;
	enum fault fault = assign_read(work->record, work->ids[0], &assign);

	if (fault)
		return fault_exit(fault);
	for (size_t i = 0; i < assign.count; i++) {
		const struct assign_offer *offer = &assign.offers[i];

		line_print(
		    json_pack("{sI ss so ss sI sb so}", "user",
			      (json_int_t)offer->user, "name", offer->name,
			      "languages", line_words(offer->languages),
			      "match", assign_match_word(offer->match),
			      "households", (json_int_t)offer->households,
			      "now", offer->user == assign.worker, "prefers",
			      line_text(assign.prefers)));
	}
	assign_done(&assign);
	return EXIT_DONE;
}

static int show_workers(int argc, char **argv)
{
	return with_record(argc, argv, 1, do_workers);
}

static int do_assign(struct work *work)
{
	enum entity_answer answer;
	enum fault fault =
	    assign_worker(work->record, work->ids[0], work->ids[1], &work->who,
			  work->now, &answer);

	return fault ? fault_exit(fault) : complain(work, "household", answer);
}

static int assign(int argc, char **argv)
{
	return with_record(argc, argv, 2, do_assign);
}

static const struct verb verbs[] = {
	{ "path", "[--home DIR] [--day DAY] SPONSORSHIP",
	  "its steps, from PRE to the check at 12 months", show_path },
	{ "arrive",
	  "[--home DIR] [--day DAY] --household ID|--person ID SPONSORSHIP",
	  "those who were awaited are here", arrive },
	{ "attend", "[--home DIR] MEETING PARTY yes|no",
	  "who came: newcomer, sponsor, SAH, worker or other", attend },
	{ "matrix",
	  "[--home DIR] [--shared] [--lang TAG] [--print | -o FILE.pdf] "
	  "SPONSORSHIP",
	  "who does what, and what is doubtful about it; printed, what all may "
	  "read",
	  show_matrix },
	{ "may-share",
	  "[--home DIR] [--day DAY] [--to GROUP] [--scope WORD] SPONSORSHIP "
	  "PERSON",
	  "whether it may reach the sponsor or its SAH, and what bars it",
	  may_share },
	{ "share",
	  "[--home DIR] [--to GROUP] --scope WORD --text TEXT SPONSORSHIP "
	  "PERSON",
	  "write down what did reach them; refused where anything bars it",
	  share },
	{ "private",
	  "[--home DIR] [--why breakdown|T310|asked] [--end] "
	  "SPONSORSHIP",
	  "open the path that the sponsor hears nothing of, or end it",
	  make_private },
	{ "visit", "[--home DIR] NUMBER SPONSORSHIP",
	  "the ticket of a sponsor who came, laid with the case", lay_visit },
	{ "workers", "[--home DIR] HOUSEHOLD",
	  "who could be its one contact, the best match first", show_workers },
	{ "assign", "[--home DIR] HOUSEHOLD USER",
	  "hand it over; its history keeps who had it", assign },
	{ .name = NULL },
};

static const char *const kinds[] = { "sponsorship",
				     "sponsor_group",
				     "agreement",
				     "responsibility",
				     "sharing",
				     "shared",
				     "sponsor_visit",
				     "meeting",
				     "party",
				     "outreach",
				     NULL };

const struct noun noun_sponsor = {
	.name = "sponsor",
	.summary = "sponsors, the households they help, who does what",
	.details =
	    "Nothing reaches a sponsor but under a live agreement and with "
	    "the person's own\nconsent, each for the same scope: contact, "
	    "meetings, tasks, plan, progress.\n",
	.verbs = verbs,
	.kinds = kinds,
};
