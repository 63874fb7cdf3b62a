#include "record/refer.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "office/desk.h"
#include "office/entity.h"
#include "office/line.h"
#include "office/options.h"

struct work {
	const char *verb;
	const char *home, *person, *service, *need, *reason; /* NULL: not */
	const char *as; /* the second operand */
	struct record *record;
	struct record_who who;
	int64_t id, now;
};

static int wrong(const struct work *work, const char *complaint)
{
	return noun_usage("refer", work->verb, complaint);
}

static int read_arguments(int argc, char **argv, int operands,
			  struct work *work)
{
	const struct options_place places[] = {
		{ "home", .value = &work->home },
		{ "person", .value = &work->person },
		{ "service", .value = &work->service },
		{ "need", .value = &work->need },
		{ "reason", .value = &work->reason },
		{ 0 },
	};

	*work = (struct work){ .verb = argv[0],
			       .who = desk_who(),
			       .now = desk_now() };
	if (!options_read(argc, argv, places))
		return wrong(work, OPTIONS_COMPLAINT);
	if (argc - optind != operands)
		return wrong(work, "too many words, or too few");
	work->id = operands ? strtoll(argv[optind], NULL, 10) : 0;
	work->as = operands > 1 ? argv[optind + 1] : "";
	if (operands && work->id < 1)
		return wrong(work, "give a referral's id, as list prints it");
	return EXIT_DONE;
}

typedef int deed(struct work *work);

static int with_record(int argc, char **argv, int operands, deed *run)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct work work;
	enum fault fault;
	int status = read_arguments(argc, argv, operands, &work);

	if (status)
		return status;
	if ((fault = desk_home(work.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	work.record = record;
	return run(&work);
}

static int tell(const struct work *work, enum fault fault,
		enum entity_answer answer, const char *field)
{
	return fault ? fault_exit(fault)
		     : entity_complain("refer", work->verb,
				       kind_find("referral"), answer, field);
}

/* What became of it is a line. */
static int show(const struct work *work, enum fault fault,
		enum entity_answer answer, const char *field)
{
	SCOPED(entity_freep) struct entity *referral = NULL;

	if (!fault && answer == ENTITY_DONE)
		fault =
		    entity_read(work->record, kind_find("referral"), work->id,
				&work->who, work->now, &answer, &referral);
	if (!fault && answer == ENTITY_DONE)
		line_print(entity_line(referral));
	return tell(work, fault, answer, field);
}

static int do_make(struct work *work)
{
	SCOPED(entity_freep) struct entity *referral = NULL;
	const char *field = NULL;
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault =
	    entity_new(work->record, kind_find("referral"), &referral);

	if (fault)
		return fault_exit(fault);
	(void)entity_set(referral, "person", work->person);
	(void)entity_set(referral, "service", work->service);
	(void)entity_set(referral, "need", work->need);
	(void)entity_set(referral, "reason", work->reason);
	(void)entity_set(referral, "direction", "out");
	fault = entity_save(work->record, referral, SOURCE_TOLD, &work->who,
			    work->now, &answer, &field);
	if (!fault && answer == ENTITY_DONE)
		line_print(entity_line(referral));
	return tell(work, fault, answer, field);
}

static int run_make(int argc, char **argv)
{
	return with_record(argc, argv, 0, do_make);
}

static int do_agreed(struct work *work)
{
	char today[DESK_DAY];
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault;

	desk_today(work->now, today);
	fault = refer_agreed(work->record, work->id, today, &work->who,
			     work->now, &answer);
	return show(work, fault, answer, NULL);
}

static int run_agreed(int argc, char **argv)
{
	return with_record(argc, argv, 1, do_agreed);
}

static int do_close(struct work *work)
{
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault =
	    refer_close(work->record, work->id, work->as, work->reason ?: "",
			&work->who, work->now, &answer);

	return show(work, fault, answer, "closed_as");
}

static int run_close(int argc, char **argv)
{
	return with_record(argc, argv, 2, do_close);
}

static const struct verb verbs[] = {
	{ "make",
	  "[--home DIR] --person ID --service ID [--need CODE] "
	  "[--reason TEXT]",
	  "propose a service of the directory to a person", run_make },
	{ "agreed", "[--home DIR] ID",
	  "the person agreed: their consent to share is kept", run_agreed },
	{ "close", "[--home DIR] [--reason TEXT] ID AS",
	  "over: helped, not-suitable, full, no-answer, refused or moved",
	  run_close },
	{ .name = NULL },
};

static const char *const kinds[] = { "referral", NULL };

const struct noun noun_refer = {
	.name = "refer",
	.summary = "referrals to other services, and from them",
	.details =
	    "`foyer directory search --person ID --need CODE` finds where to. "
	    "Nobody is told about a\nperson before they agreed; a consent "
	    "that is withdrawn stops the referral. What\ncomes in is added "
	    "with direction=in from=hospital. `foyer list referrals-still`\n"
	    "and `referrals-in` list by age, `referral-feedback` by agency.\n",
	.verbs = verbs,
	.kinds = kinds,
};
