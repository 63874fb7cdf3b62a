#include <jansson.h>
#include <stdio.h>

#include "base/file.h"
#include "office/entity_work.h"
#include "office/line.h"
#include "report/round_trip.h"

int entity_export(struct work *work)
{
	struct bytes out = { 0 };
	enum fault fault;

	if (work->count)
		return entity_usage(work, "one argument too many");
	fault = round_trip_export(work->record, work->kind, &work->who, &out);
	if (!fault && work->output)
		fault = file_write(work->output, out.data, out.length, 0600);
	else if (!fault)
		fwrite(out.data, 1, out.length, stdout);
	bytes_wipe(&out);
	return fault_exit(fault);
}

static void print_difference(void *to,
			     const struct round_trip_difference *difference)
{
	(void)to;
	line_print(json_pack(
	    "{ss si so ss so so}", "what", round_trip_word(difference->what),
	    "row", difference->row, "id",
	    difference->id ? json_integer(difference->id) : json_null(),
	    "field", difference->field, "before", line_text(difference->before),
	    "after", line_text(difference->after)));
}

static int print_totals(const struct work *work,
			const struct round_trip_totals *totals)
{
	line_print(json_pack("{sb sI sI sI sI}", "applied", work->apply, "rows",
			     (json_int_t)totals->rows, "changed",
			     (json_int_t)totals->changed, "new",
			     (json_int_t)totals->made, "refused",
			     (json_int_t)totals->refused));
	if (totals->refused)
		fprintf(stderr,
			"foyer %s import: %zu rows are refused and stay as "
			"they were; the lines above say why\n",
			work->noun->name, totals->refused);
	return totals->refused ? EXIT_INPUT : EXIT_DONE;
}

int entity_import(struct work *work)
{
	struct round_trip_totals totals;
	struct findings findings = { 0 };
	struct bytes bytes = { 0 };
	enum fault fault;

	if (work->count != 1)
		return entity_usage(work, "give one table: a CSV file that "
					  "export wrote");
	fault = file_read(work->words[0], ROUND_TRIP_BYTES, &bytes);
	if (!fault)
		fault = round_trip_import(
		    work->record, work->kind, work->words[0], bytes.data,
		    bytes.length, work->apply, &work->who, work->now, &findings,
		    print_difference, NULL, &totals);
	for (size_t i = 0; i < findings.count; i++)
		fprintf(stderr, "foyer %s import: %s\n", work->noun->name,
			findings.list[i].line);
	findings_done(&findings);
	bytes_wipe(&bytes);
	return fault ? fault_exit(fault) : print_totals(work, &totals);
}
