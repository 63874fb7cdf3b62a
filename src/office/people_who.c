#include "office/people_who.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "office/desk.h"
#include "office/entity.h"
#include "office/line.h"
#include "office/noun.h"
#include "record/people.h"
#include "record/people_merge.h"
#include "record/people_visit.h"
#include "record/visit.h"

enum option_key {
	OPTION_HOME,
	OPTION_REASON,
	OPTION_LIMIT,
	OPTION_ALL,
	OPTION_CONFIRMED,
};

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "reason", required_argument, NULL, OPTION_REASON },
	{ "limit", required_argument, NULL, OPTION_LIMIT },
	{ "all", no_argument, NULL, OPTION_ALL },
	{ "confirmed", no_argument, NULL, OPTION_CONFIRMED },
	{ 0 },
};

/* What a verb works on. */
struct work {
	const char *verb, *home, *reason;
	size_t limit;
	bool all, confirmed;
	char **words; /* behind the options */
	int count;
	struct home *folder;
	struct record *record;
	struct record_who who;
	int64_t now;
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("people", verb, complaint);
}

static int complain(const struct work *work, const char *about,
		    const char *complaint)
{
	fprintf(stderr, "foyer people %s: %s: %s\n", work->verb, about,
		complaint);
	return EXIT_INPUT;
}

/* False for an option or a value that is none. */
static bool take_option(int option, struct work *work)
{
	char *end;
	long number;

	switch (option) {
	case OPTION_HOME:
		work->home = optarg;
		return true;
	case OPTION_REASON:
		work->reason = optarg;
		return true;
	case OPTION_LIMIT:
		number = strtol(optarg, &end, 10);
		work->limit = (size_t)number;
		return end != optarg && !*end && number > 0 &&
		       number <= PEOPLE_SHOWN;
	case OPTION_ALL:
		return work->all = true;
	case OPTION_CONFIRMED:
		return work->confirmed = true;
	default:
		return false;
	}
}

static int read_arguments(int argc, char **argv, struct work *work)
{
	int option;

	*work = (struct work){
		.verb = argv[0],
		.reason = "",
		.who = desk_who(),
		.now = desk_now(),
	};
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (!take_option(option, work))
			return wrong(argv[0], "an option it does not know, or "
					      "one whose value is none");
	}
	work->words = argv + optind;
	work->count = argc - optind;
	return EXIT_DONE;
}

/* Reads the arguments, opens the record and does it; words is how many there
 * must be, at least one where it is negative. */
typedef int do_work(struct work *work);
static int run(int argc, char **argv, int words, const char *usage,
	       do_work *what)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct work work;
	enum fault fault;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if (words < 0 ? !work.count : work.count != words)
		return wrong(argv[0], usage);
	if ((fault = desk_home(work.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	work.record = record;
	return what(&work);
}

/* --- who is named --------------------------------------------------------- */

/* Who has this number, as a caseload gave it ("L3-17"); 0 for nobody. */
static int64_t person_numbered(const struct work *work, const char *word)
{
	const struct entity_match matches[] = { { "number", word },
						{ NULL, NULL } };
	int64_t id = 0;

	/* A fault was logged, and nobody was found. */
	(void)!entity_first(work->record, kind_find("person"), matches, NULL,
			    &id);
	return id;
}

/* "17", "P-17" or "L3-17"; 0 after a complaint. */
static int64_t person_of(const struct work *work, const char *word)
{
	const char *digits = strncasecmp(word, "P-", 2) == 0 ? word + 2 : word;
	char *end;
	long long id = strtoll(digits, &end, 10);

	if (end != digits && !*end && id > 0)
		return id;
	if ((id = person_numbered(work, word)))
		return id;
	(void)complain(work, word,
		       "a person is named by their number, as list prints it");
	return 0;
}

/* A ticket's whole number; EXIT_DONE, or after a complaint. */
static int visit_of(const struct work *work, const char *word, int64_t *id)
{
	enum fault fault = visit_by_number(work->record, word, id);

	if (fault)
		return fault_exit(fault);
	return *id ? EXIT_DONE
		   : complain(work, word, "no visit has this number");
}

/* The answer of the record in words; EXIT_DONE for PEOPLE_DONE alone. */
static int tell(const struct work *work, enum people_answer answer)
{
	static const char *const words[PEOPLE_ANSWERS] = {
		[PEOPLE_NOT_THERE] = "there is no such person",
		[PEOPLE_REFUSED] = "this role may not, or it is another team's",
		[PEOPLE_ATTACHED] = "the visit has its person: detach it first",
		[PEOPLE_ASK] = "they did not agree to be kept: ask them, "
			       "alone, then say --confirmed",
		[PEOPLE_EMPTIED] =
		    "the visit's answers are erased, so there is "
		    "nothing to make a person of",
		[PEOPLE_CLOSED] = "merged into somebody else already: unmerge "
				  "that first",
		[PEOPLE_SELF] = "one person cannot be merged with themselves",
		[PEOPLE_NOTHING] = "there is nothing to take back",
		[PEOPLE_LOCKED] = "names lie apart and are locked: open them "
				  "first, or do it at a desk that has them",
	};

	return answer == PEOPLE_DONE
		   ? EXIT_DONE
		   : complain(work, work->words[0], words[answer]);
}

/* --- finding -------------------------------------------------------------- */

static void print_found(void *to, const struct people_found *found)
{
	json_t *why = json_array();

	(void)to;
	for (int i = 0; i < MATCH_REASONS; i++) {
		if (found->match.reasons & 1u << i)
			json_array_append_new(
			    why, json_string(match_reason_word(i)));
	}
	line_print(json_pack(
	    "{sI so so so so so so sb si sb so}", "id",
	    (json_int_t)found->person, "number", line_text(found->number),
	    "preferred", line_text(found->preferred), "latin",
	    line_text(found->latin), "own_script", line_text(found->own_script),
	    "birth_from", line_text(found->birth_from), "birth_to",
	    line_text(found->birth_to), "birth_default", found->birth_default,
	    "strength", found->match.strength, "suggested",
	    found->match.suggested, "why", why));
}

static int tell_rest(const struct people_told *told)
{
	if (told->walled)
		fprintf(stderr, "%zu more belong to another team.\n",
			told->walled);
	if (told->more)
		fputs("There may be more: say more of them.\n", stderr);
	return EXIT_DONE;
}

static int find(struct work *work)
{
	struct bytes text = { 0 };
	struct people_told told;
	enum fault fault;

	for (int i = 0; i < work->count; i++)
		bytes_add_format(&text, "%s%s", i ? " " : "", work->words[i]);
	fault = people_find(work->record, (const char *)text.data, work->limit,
			    &work->who, print_found, NULL, &told);
	bytes_wipe(&text);
	return fault ? fault_exit(fault) : tell_rest(&told);
}

int people_who_find(int argc, char **argv)
{
	return run(argc, argv, -1, "give what is known: names, a year, a phone",
		   find);
}

/* A ticket's number has a letter before its dash, and "P-17" is a person. */
static bool names_visit(const struct work *work, const char *word)
{
	return strchr(word, '-') && strncasecmp(word, "P-", 2) != 0 &&
	       !person_numbered(work, word);
}

static int candidates(struct work *work)
{
	const char *word = work->words[0];
	struct people_told told;
	enum fault fault;
	int64_t id = 0;
	int status;

	if (names_visit(work, word)) {
		if ((status = visit_of(work, word, &id)))
			return status;
		fault = people_candidates_of_visit(work->record, id, work->all,
						   work->limit, &work->who,
						   print_found, NULL, &told);
	} else {
		if (!(id = person_of(work, word)))
			return EXIT_INPUT;
		fault = people_candidates_of_person(work->record, id, work->all,
						    work->limit, &work->who,
						    print_found, NULL, &told);
	}
	return fault ? fault_exit(fault) : tell_rest(&told);
}

int people_who_candidates(int argc, char **argv)
{
	return run(argc, argv, 1, "give a ticket's number, or a person's",
		   candidates);
}

static int not_same(struct work *work)
{
	const bool visit = names_visit(work, work->words[1]);
	int64_t person = person_of(work, work->words[0]), other = 0;
	enum entity_answer answer;
	enum fault fault;
	int status;

	if (!person)
		return EXIT_INPUT;
	if (visit) {
		if ((status = visit_of(work, work->words[1], &other)))
			return status;
	} else if (!(other = person_of(work, work->words[1])))
		return EXIT_INPUT;
	fault =
	    people_not_same(work->record, person, visit ? 0 : other,
			    visit ? other : 0, &work->who, work->now, &answer);
	if (fault)
		return fault_exit(fault);
	if (answer != ENTITY_DONE)
		return entity_complain("people", work->verb,
				       kind_find("not_same"), answer, NULL);
	line_print(json_pack("{sI ss}", "person", (json_int_t)person, "not",
			     work->words[1]));
	return EXIT_DONE;
}

int people_who_not_same(int argc, char **argv)
{
	return run(argc, argv, 2,
		   "give a person, and a person or a ticket's number",
		   not_same);
}

static int rekey(struct work *work)
{
	enum people_answer answer;
	int64_t people = 0;
	enum fault fault =
	    people_rekey(work->record, &work->who, work->now, &answer, &people);

	if (fault)
		return fault_exit(fault);
	if (answer != PEOPLE_DONE)
		return complain(work, "names",
				"they lie apart and are locked: say "
				"--names-fd N");
	line_print(json_pack("{sI}", "people", (json_int_t)people));
	return EXIT_DONE;
}

int people_who_rekey(int argc, char **argv)
{
	return run(argc, argv, 0, "it takes nothing", rekey);
}

/* --- visits --------------------------------------------------------------- */

static int print_visit(const struct work *work, int64_t person)
{
	line_print(json_pack("{ss so}", "visit", work->words[0], "person",
			     person ? json_integer(person) : json_null()));
	return EXIT_DONE;
}

static int from_visit(struct work *work)
{
	enum people_answer answer;
	enum fault fault;
	int64_t id, person = 0;
	int status = visit_of(work, work->words[0], &id);

	if (status)
		return status;
	fault = people_from_visit(work->record, id, work->confirmed, &work->who,
				  work->now, &answer, &person);
	if (fault || (status = tell(work, answer)))
		return fault ? fault_exit(fault) : status;
	return print_visit(work, person);
}

int people_who_from_visit(int argc, char **argv)
{
	return run(argc, argv, 1, "give a ticket's number", from_visit);
}

static int attach(struct work *work)
{
	enum people_answer answer;
	enum fault fault;
	int64_t id, person = person_of(work, work->words[1]);
	int status = visit_of(work, work->words[0], &id);

	if (status || !person)
		return status ? status : EXIT_INPUT;
	fault = people_attach(work->record, id, person, work->confirmed,
			      &work->who, work->now, &answer);
	if (!fault && answer == PEOPLE_DONE)
		fault = people_now(work->record, person, &person);
	if (fault || (status = tell(work, answer)))
		return fault ? fault_exit(fault) : status;
	return print_visit(work, person);
}

int people_who_attach(int argc, char **argv)
{
	return run(argc, argv, 2, "give a ticket's number and a person",
		   attach);
}

static int detach(struct work *work)
{
	enum people_answer answer;
	enum fault fault;
	int64_t id;
	int status = visit_of(work, work->words[0], &id);

	if (status)
		return status;
	fault = people_detach(work->record, id, &work->who, work->now, &answer);
	if (fault || (status = tell(work, answer)))
		return fault ? fault_exit(fault) : status;
	return print_visit(work, 0);
}

int people_who_detach(int argc, char **argv)
{
	return run(argc, argv, 1, "give a ticket's number", detach);
}

static void print_given(void *to, const struct people_given *given)
{
	(void)to;
	line_print(json_pack("{ss so ss ss ss}", "visit", given->number, "at",
			     line_instant(given->at), "field", given->field,
			     "value", given->value, "source", given->source));
}

static int given(struct work *work)
{
	int64_t person = person_of(work, work->words[0]);

	if (!person)
		return EXIT_INPUT;
	return fault_exit(people_given_before(work->record, person, 0,
					      &work->who, print_given, NULL));
}

int people_who_given(int argc, char **argv)
{
	return run(argc, argv, 1, "give a person", given);
}

static void print_difference(void *to, const struct people_difference *one)
{
	(void)to;
	line_print(
	    json_pack("{ss ss so ss so so so}", "kind", one->kind, "field",
		      one->field, "recorded", line_text(one->recorded), "told",
		      one->told, "source", line_text(one->source), "by",
		      line_text(one->user), "at", line_instant(one->at)));
}

static int differences(struct work *work)
{
	int64_t id, person = 0;
	enum fault fault;
	int status = visit_of(work, work->words[0], &id);

	if (status)
		return status;
	if ((fault = people_of_visit(work->record, id, &person)))
		return fault_exit(fault);
	if (!person)
		return complain(work, work->words[0], "it is nobody's yet");
	return fault_exit(people_differences(
	    work->record, id, person, &work->who, print_difference, NULL));
}

int people_who_differences(int argc, char **argv)
{
	return run(argc, argv, 1, "give a ticket's number", differences);
}

/* --- merging -------------------------------------------------------------- */

static int merge(struct work *work)
{
	int64_t kept = person_of(work, work->words[0]);
	int64_t merged = kept ? person_of(work, work->words[1]) : 0;
	enum people_answer answer;
	enum fault fault;
	int status;

	if (!merged)
		return EXIT_INPUT;
	fault = people_merge(work->record, kept, merged, work->reason,
			     &work->who, work->now, &answer);
	if (fault || (status = tell(work, answer)))
		return fault ? fault_exit(fault) : status;
	line_print(json_pack("{sI sI}", "kept", (json_int_t)kept, "merged",
			     (json_int_t)merged));
	return EXIT_DONE;
}

int people_who_merge(int argc, char **argv)
{
	return run(argc, argv, 2, "give who is kept, and who was the same",
		   merge);
}

static int unmerge(struct work *work)
{
	int64_t merged = person_of(work, work->words[0]);
	enum people_answer answer;
	enum fault fault;
	int status;

	if (!merged)
		return EXIT_INPUT;
	fault = people_unmerge(work->record, merged, work->reason, &work->who,
			       work->now, &answer);
	if (fault || (status = tell(work, answer)))
		return fault ? fault_exit(fault) : status;
	line_print(json_pack("{sI}", "unmerged", (json_int_t)merged));
	return EXIT_DONE;
}

int people_who_unmerge(int argc, char **argv)
{
	return run(argc, argv, 1, "give who was merged", unmerge);
}
