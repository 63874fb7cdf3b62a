#include "office/handover.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/home.h"
#include "office/desk.h"
#include "office/entity.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "record/people_visit.h"
#include "record/visit.h"
#include "report/handover.h"

#define MAP_MOST (1 << 20) /* bytes of a mapping */

struct work {
	const char *noun, *verb;
	const char *folder, *day, *map, *output, *system, *as; /* NULL: not */
	const char *operand;
	struct home *home;
	struct record *record;
};

static void work_done(struct work *work)
{
	record_close(work->record);
	home_free(work->home);
}

static int wrong(const struct work *work, const char *complaint)
{
	return noun_usage(work->noun, work->verb, complaint);
}

static int begin(int argc, char **argv, int operands, struct work *work)
{
	enum fault fault;
	const struct options_place places[] = {
		{ "home", .value = &work->folder },
		{ "day", .value = &work->day },
		{ "map", .value = &work->map },
		{ "output", .value = &work->output },
		{ "to", .value = &work->system },
		{ "as", .value = &work->as },
		{ 0 },
	};

	work->verb = argv[0];
	if (!options_read(argc, argv, places))
		return wrong(work, OPTIONS_COMPLAINT);
	if (argc - optind != operands)
		return wrong(work, operands ? "give one number: K7-0412"
					    : "one argument too many");
	work->operand = argv[optind];
	if ((fault = desk_home(work->folder, &work->home)) ||
	    (fault = desk_record(work->home, &work->record)))
		return fault_exit(fault);
	return EXIT_DONE;
}

/* --- the day's file ------------------------------------------------------- */

/* The local midnights that a day lies between; false for what is no day. */
static bool bounds(const char *day, int64_t *from, int64_t *until)
{
	struct tm local = { .tm_isdst = -1 }, next;
	char *end = strptime(day, "%Y-%m-%d", &local);

	if (!end || *end)
		return false;
	next = local;
	next.tm_mday++;
	*from = (int64_t)mktime(&local) * 1000;
	*until = (int64_t)mktime(&next) * 1000;
	return true;
}

static enum fault read_map(const struct work *work, const char *path,
			   struct handover_map **out)
{
	SCOPED(bytes_wipe) struct bytes bytes = { 0 };
	struct findings findings = { 0 };
	enum fault fault = file_read(path, MAP_MOST, &bytes);

	if (fault)
		return fault;
	fault = handover_map_read(work->record, path, bytes.data, bytes.length,
				  &findings, out);
	for (size_t i = 0; i < findings.count; i++)
		fprintf(stderr, "%s\n", findings.list[i].line);
	findings_done(&findings);
	return fault;
}

static void tell(const struct handover_tally *tally)
{
	fprintf(stderr,
		"%zu visits written; left out: %zu whose people did not agree "
		"to be kept, %zu of nobody known\n",
		tally->written, tally->not_kept, tally->nobodys);
}

int handover_csv(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { .noun = "record" };
	SCOPED(handover_map_freep) struct handover_map *map = NULL;
	SCOPED(bytes_wipe) struct bytes csv = { 0 };
	const struct record_who who = desk_who();
	const int64_t now = desk_now();
	struct handover_tally tally;
	char today[DESK_DAY];
	int64_t from, until;
	enum fault fault;
	int status = begin(argc, argv, 0, &work);

	if (status)
		return status;
	desk_today(now, today);
	if (!work.map)
		return wrong(&work, "say which column holds what with --map "
				    "FILE.csv");
	if (!bounds(work.day ? work.day : today, &from, &until))
		return wrong(&work, "--day takes a day such as 2026-11-22");
	if ((fault = read_map(&work, work.map, &map)) ||
	    (fault = handover_write(work.record, map, from, until, &who, now,
				    &csv, &tally)))
		return fault_exit(fault);
	if (work.output)
		fault = file_write(work.output, csv.data, csv.length, 0600);
	else
		fwrite(csv.data, 1, csv.length, stdout);
	tell(&tally);
	return fault_exit(fault);
}

/* --- one visit ------------------------------------------------------------ */

static enum fault fill(const struct work *work, int64_t visit,
		       struct entity *handover)
{
	int64_t person;
	enum fault fault = people_of_visit(work->record, visit, &person);

	if (fault)
		return fault;
	(void)entity_set_number(handover, "visit", visit);
	if (person)
		(void)entity_set_number(handover, "person", person);
	(void)entity_set(handover, "system", work->system);
	(void)entity_set(handover, "their_id", work->as);
	return FAULT_NONE;
}

static int complain(const struct work *work, enum entity_answer answer,
		    const char *field)
{
	if (answer == ENTITY_WRONG && strcmp(field, "visit") == 0) {
		fprintf(stderr,
			"foyer visit %s: %s: its person did not agree to be "
			"kept, so nothing is handed over; see `foyer visit "
			"keep`\n",
			work->verb, work->operand);
		return EXIT_INPUT;
	}
	return entity_complain(work->noun, work->verb, kind_find("handover"),
			       answer, field);
}

int handover_visit(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { .noun = "visit" };
	SCOPED(entity_freep) struct entity *handover = NULL;
	const struct record_who who = desk_who();
	enum entity_answer answer;
	const char *field = NULL;
	enum fault fault;
	int64_t visit;
	int status = begin(argc, argv, 1, &work);

	if (status)
		return status;
	if (!work.system || !work.as)
		return wrong(&work, "say where it went with --to SYSTEM, and "
				    "what it is called there with --as ID");
	if ((fault = visit_by_number(work.record, work.operand, &visit)))
		return fault_exit(fault);
	if (!visit) {
		fprintf(stderr, "foyer visit %s: %s: no such visit\n",
			work.verb, work.operand);
		return EXIT_INPUT;
	}
	if ((fault =
		 entity_new(work.record, kind_find("handover"), &handover)) ||
	    (fault = fill(&work, visit, handover)) ||
	    (fault = entity_save(work.record, handover, SOURCE_TOLD, &who,
				 desk_now(), &answer, &field)))
		return fault_exit(fault);
	if (answer != ENTITY_DONE)
		return complain(&work, answer, field);
	line_print(entity_line(handover));
	return EXIT_DONE;
}

static bool add_line(void *to, const struct entity *handover)
{
	json_array_append_new(to,
			      json_pack("{s:s, s:s}", "system",
					entity_text(handover, "system"), "as",
					entity_text(handover, "their_id")));
	return true;
}

enum fault handover_lines(struct record *record, int64_t visit, json_t **out)
{
	const struct record_who who = desk_who();
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)visit);
	const struct entity_match matches[] = { { "visit", id },
						{ NULL, NULL } };
	json_t *lines = json_array();
	enum fault fault = entity_each(record, kind_find("handover"), matches,
				       NULL, 0, &who, add_line, lines);

	if (fault)
		json_decref(lines);
	else
		*out = lines;
	return fault;
}
