#include "office/care.h"

#include <getopt.h>
#include <stdlib.h>

#include "office/entity.h"
#include "office/line.h"

enum option_key {
	OPTION_HOME,
	OPTION_WHAT,
	OPTION_DAY,
	OPTION_HORIZON,
	OPTION_OWNER,
	OPTION_DUE,
	OPTION_STEP,
	OPTION_STEP_DUE,
	OPTION_REASON,
	OPTION_NOTE,
	OPTION_STRENGTHS,
	OPTION_LANGUAGE,
	OPTION_SOURCE,
	OPTION_CORRECTS,
	OPTION_ASSESSMENT,
};

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "what", required_argument, NULL, OPTION_WHAT },
	{ "day", required_argument, NULL, OPTION_DAY },
	{ "horizon", required_argument, NULL, OPTION_HORIZON },
	{ "owner", required_argument, NULL, OPTION_OWNER },
	{ "due", required_argument, NULL, OPTION_DUE },
	{ "step", required_argument, NULL, OPTION_STEP },
	{ "step-due", required_argument, NULL, OPTION_STEP_DUE },
	{ "reason", required_argument, NULL, OPTION_REASON },
	{ "note", required_argument, NULL, OPTION_NOTE },
	{ "strengths", required_argument, NULL, OPTION_STRENGTHS },
	{ "lang", required_argument, NULL, OPTION_LANGUAGE },
	{ "source", required_argument, NULL, OPTION_SOURCE },
	{ "corrects", required_argument, NULL, OPTION_CORRECTS },
	{ "assessment", required_argument, NULL, OPTION_ASSESSMENT },
	{ 0 },
};

int care_wrong(const struct care *care, const char *complaint)
{
	return noun_usage(care->noun, care->verb, complaint);
}

static bool take_id(const char *text, int64_t *id)
{
	char *end;

	*id = strtoll(text, &end, 10);
	return end != text && !*end && *id > 0;
}

/* False for an option or a value that is none. */
static bool take_option(int option, struct care *care)
{
	const char **const texts[] = {
		[OPTION_HOME] = &care->home,
		[OPTION_WHAT] = &care->what,
		[OPTION_DAY] = &care->day,
		[OPTION_HORIZON] = &care->horizon,
		[OPTION_OWNER] = &care->owner,
		[OPTION_DUE] = &care->due,
		[OPTION_STEP] = &care->step,
		[OPTION_STEP_DUE] = &care->step_due,
		[OPTION_REASON] = &care->reason,
		[OPTION_NOTE] = &care->note,
		[OPTION_STRENGTHS] = &care->strengths,
		[OPTION_LANGUAGE] = &care->language,
	};

	if (option >= 0 && (size_t)option < COUNT(texts))
		*texts[option] = optarg;
	else if (option == OPTION_SOURCE)
		return source_of(optarg, &care->source);
	else if (option == OPTION_CORRECTS)
		return take_id(optarg, &care->corrects);
	else if (option == OPTION_ASSESSMENT)
		return take_id(optarg, &care->assessment);
	else
		return false;
	return true;
}

static int read_arguments(int argc, char **argv, int least, int most,
			  struct care *care)
{
	int option;

	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (!take_option(option, care))
			return care_wrong(care, "an option it does not know, "
						"or one whose value is none");
	}
	care->count = argc - optind - 1;
	if (care->count < 0 || !take_id(argv[optind], &care->id))
		return care_wrong(care, "give an id first, as list prints it");
	if (care->count < least || care->count > most)
		return care_wrong(care, "too many words, or too few");
	care->words = argv + optind + 1;
	desk_today(care->now, care->today);
	return EXIT_DONE;
}

int care_run(const char *noun, int argc, char **argv, int least, int most,
	     care_deed *deed)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct care care = {
		.noun = noun,
		.verb = argv[0],
		.reason = "",
		.language = "en",
		.source = SOURCE_TOLD,
		.who = desk_who(),
		.now = desk_now(),
	};
	enum fault fault;
	int status = read_arguments(argc, argv, least, most, &care);

	if (status)
		return status;
	if ((fault = desk_home(care.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	care.where = home;
	care.record = record;
	return deed(&care);
}

int care_answer(const struct care *care, enum fault fault, const char *kind,
		enum entity_answer answer, const char *wrong, int64_t id)
{
	SCOPED(entity_freep) struct entity *entity = NULL;

	if (!fault && answer == ENTITY_DONE)
		fault = entity_read(care->record, kind_find(kind), id,
				    &care->who, care->now, &answer, &entity);
	if (fault)
		return fault_exit(fault);
	if (answer != ENTITY_DONE)
		return entity_complain(care->noun, care->verb, kind_find(kind),
				       answer, wrong);
	line_print(entity_line(entity));
	return EXIT_DONE;
}
