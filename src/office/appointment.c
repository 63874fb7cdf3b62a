#include "record/appointment.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "office/desk.h"
#include "office/entity.h"
#include "office/line.h"
#include "office/options.h"
#include "record/value.h"

struct work {
	const char *verb;
	const char *home, *visit, *reason, *at;
	int64_t id;
	struct record *record;
	struct record_who who;
	int64_t now;
};

static int wrong(const struct work *work, const char *complaint)
{
	return noun_usage("appointment", work->verb, complaint);
}

static int read_arguments(int argc, char **argv, struct work *work)
{
	const struct options_place places[] = {
		{ "home", .value = &work->home },
		{ "visit", .value = &work->visit },
		{ "reason", .value = &work->reason },
		{ "at", .value = &work->at },
		{ 0 },
	};
	char *end;

	*work = (struct work){ .verb = argv[0],
			       .who = desk_who(),
			       .now = desk_now() };
	if (!options_read(argc, argv, places))
		return wrong(work, OPTIONS_COMPLAINT);
	if (argc - optind != 1)
		return wrong(work, "give the id of one, as list prints it");
	work->id = strtoll(argv[optind], &end, 10);
	return *end || work->id < 1
		   ? wrong(work, "give the id of one, as list prints it")
		   : EXIT_DONE;
}

static int complain(const struct work *work, enum entity_answer answer)
{
	return entity_complain("appointment", work->verb,
			       kind_find("appointment"), answer,
			       answer == ENTITY_WRONG ? "reason" : NULL);
}

static int do_attend(const struct work *work)
{
	enum visit_acted acted = VISIT_ACTED;
	enum entity_answer answer = ENTITY_DONE;
	int64_t visit = 0;
	enum fault fault = FAULT_NONE;

	if (work->visit)
		fault = visit_by_number(work->record, work->visit, &visit);
	if (!fault && work->visit && !visit) {
		fprintf(stderr,
			"foyer appointment attend: %s: no visit has "
			"this number\n",
			work->visit);
		return EXIT_INPUT;
	}
	if (!fault)
		fault =
		    appointment_attend(work->record, work->id, visit,
				       &work->who, work->now, &answer, &acted);
	if (fault)
		return fault_exit(fault);
	if (answer == ENTITY_DONE && acted != VISIT_ACTED) {
		fprintf(stderr,
			"foyer appointment attend: %s: the visit has "
			"ended already\n",
			work->visit);
		return EXIT_INPUT;
	}
	return complain(work, answer);
}

static int do_end(const struct work *work)
{
	const char *state =
	    strcmp(work->verb, "miss") == 0 ? "no-show" : "cancelled";
	enum entity_answer answer;
	enum fault fault;

	if (!work->reason)
		return wrong(work, "say why with --reason");
	fault = appointment_end(work->record, work->id, state, work->reason,
				&work->who, work->now, &answer);
	return fault ? fault_exit(fault) : complain(work, answer);
}

/* --- who has another one then ----------------------------------------------
 */

static bool tell_clash(void *to, int64_t id,
		       const struct appointment_time *other)
{
	const time_t at = (time_t)(other->at / 1000);
	char when[32] = "";
	struct tm local;

	if (localtime_r(&at, &local))
		strftime(when, sizeof when, "%Y-%m-%d %H:%M", &local);
	fprintf(stderr,
		"foyer appointment %s: at the same time as %lld: %s, person "
		"%lld",
		(const char *)to, (long long)id, when,
		(long long)other->person);
	if (other->worker)
		fprintf(stderr, ", worker %lld", (long long)other->worker);
	fputc('\n', stderr);
	return true;
}

static enum fault tell_clashes(struct record *record, const char *verb,
			       const struct appointment_time *time)
{
	return appointment_clashing(record, time, tell_clash, (void *)verb);
}

static enum fault warn(struct record *record, const char *verb,
		       const struct entity *entity)
{
	struct appointment_time time;

	return appointment_books(entity, &time)
		   ? tell_clashes(record, verb, &time)
		   : FAULT_NONE;
}

/* Of the new one, which is as it was but for its time. */
static enum fault tell_moved(const struct work *work, int64_t moved)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	struct appointment_time time;
	enum entity_answer answer;
	enum fault fault =
	    entity_read(work->record, kind_find("appointment"), moved,
			&work->who, work->now, &answer, &entity);

	if (fault || answer != ENTITY_DONE)
		return fault;
	(void)appointment_books(entity, &time);
	return tell_clashes(work->record, work->verb, &time);
}

static int do_shift(const struct work *work)
{
	static const struct field at = { .name = "at", .type = FIELD_INSTANT };
	SCOPED(char_freep) char *when = NULL;
	enum entity_answer answer;
	int64_t moved = 0;
	enum fault fault;

	if (!work->reason || !work->at || !value_read(&at, work->at, &when) ||
	    !when)
		return wrong(work, "say why with --reason and when with --at "
				   "2026-11-22T14:00:00-05:00");
	fault = appointment_move(work->record, work->id,
				 strtoll(when, NULL, 10), work->reason,
				 &work->who, work->now, &answer, &moved);
	if (fault)
		return fault_exit(fault);
	if (answer != ENTITY_DONE)
		return complain(work, answer);
	line_print(json_pack("{sI}", "moved_to", (json_int_t)moved));
	return fault_exit(tell_moved(work, moved));
}

static const struct {
	const char *verb;
	int (*run)(const struct work *work);
} deeds[] = {
	{ "attend", do_attend },
	{ "miss", do_end },
	{ "cancel", do_end },
	{ "shift", do_shift },
};

static int run(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct work work;
	enum fault fault;
	size_t i = 0;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if ((fault = desk_home(work.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	work.record = record;
	while (strcmp(deeds[i].verb, work.verb) != 0)
		i++;
	return deeds[i].run(&work);
}

static const struct verb verbs[] = {
	{ "attend", "[--home DIR] [--visit NUMBER] ID",
	  "the person came; ends their visit, too", run },
	{ "miss", "[--home DIR] --reason WORD ID", "nobody came", run },
	{ "cancel", "[--home DIR] --reason WORD ID", "it does not take place",
	  run },
	{ "shift", "[--home DIR] --reason WORD --at TIME ID",
	  "another time; a line of JSON names the new one", run },
	{ .name = NULL },
};

static const char *const kinds[] = { "appointment", NULL };

const struct noun noun_appointment = {
	.name = "appointment",
	.summary = "appointments and what became of them",
	.details = "Reasons are those of the field: foyer appointment fields. "
		   "Rates by mode: foyer\nlist no-show-rate. What the "
		   "worker or the person has at the\nsame time is told.\n",
	.verbs = verbs,
	.kinds = kinds,
	.warn = warn,
};
