#include <jansson.h>

#include "base/memory.h"
#include "report/report_write.h"

/* What is hidden has no number: "<5" where it is small, or null; a sum of which
 * sites hid something is a text, "115 (+2)". */
static json_t *value(const struct figure *figure, enum tally_measure measure)
{
	if (figure->kind == FIGURE_SMALL)
		return json_string("<5");
	if (figure->kind == FIGURE_LEAST)
		return json_string(figure->words);
	if (!figure->value)
		return json_null();
	if (measure == TALLY_BY)
		return json_string(figure->value);
	if (measure == TALLY_MEAN)
		return json_real((double)figure->number / 10);
	return json_integer(figure->number);
}

static json_t *row_of(const struct figures *figures, const struct figure *row)
{
	json_t *line = json_array();

	for (size_t i = 0; i < figures->width; i++)
		json_array_append_new(
		    line, value(&row[i], figures->columns[i]->measure));
	return line;
}

static json_t *columns(const struct figures *figures)
{
	static const char *const measures[] = {
		[TALLY_BY] = "by",       [TALLY_PART] = "part",
		[TALLY_COUNT] = "count", [TALLY_MINUTES] = "minutes",
		[TALLY_DAYS] = "days",   [TALLY_MEAN] = "mean",
	};
	json_t *all = json_array();

	for (size_t i = 0; i < figures->width; i++) {
		const struct tally_column *column = figures->columns[i];

		json_array_append_new(
		    all, json_pack("{s:s, s:s, s:s}", "name", column->name,
				   "title", figures->heads[i], "measure",
				   measures[column->measure]));
	}
	return all;
}

static json_t *rows(const struct figures *figures)
{
	json_t *all = json_array();

	for (size_t row = 0; row < figures->rows; row++)
		json_array_append_new(
		    all, row_of(figures, figures_at(figures, row, 0)));
	return all;
}

void report_json(const struct reported *reported,
		 const struct report_about *about, struct bytes *out)
{
	json_t *tables = json_array();
	json_t *whole =
	    json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s?, s:b, s:o}", "report",
		      reported->report->name, "title", reported->title, "from",
		      about->period->first, "to", about->period->last, "agency",
		      about->agency, "note", reported->note, "made_up",
		      about->made_up, "tables", tables);
	char *text;

	for (size_t i = 0; i < reported->count; i++) {
		const struct figures *figures = &reported->tables[i];

		json_array_append_new(
		    tables,
		    json_pack("{s:s, s:s, s:s, s:s?, s:o, s:o, s:o}", "name",
			      figures->tally->name, "title", figures->title,
			      "means", figures->means, "as_of",
			      figures->tally->as_of_now && *about->period->today
				  ? about->period->today
				  : NULL,
			      "columns", columns(figures), "rows",
			      rows(figures), "totals",
			      figures->totals ? row_of(figures, figures->totals)
					      : json_null()));
	}
	text = json_dumps(whole, JSON_COMPACT);
	bytes_add_text(out, text);
	bytes_add_byte(out, '\n');
	free(text);
	json_decref(whole);
}
