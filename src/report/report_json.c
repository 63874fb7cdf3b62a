#include <jansson.h>

#include "base/memory.h"
#include "report/report_write.h"

static json_t *value(const struct figures *figures, size_t row, size_t column)
{
	const struct figure *figure = figures_at(figures, row, column);

	if (!figure->value)
		return json_null();
	switch (figures->tally->columns[column].measure) {
	case TALLY_BY:
		return json_string(figure->value);
	case TALLY_MEAN:
		return json_real((double)figure->number / 10);
	default:
		return json_integer(figure->number);
	}
}

static json_t *columns(const struct figures *figures)
{
	static const char *const measures[] = {
		[TALLY_BY] = "by",           [TALLY_COUNT] = "count",
		[TALLY_MINUTES] = "minutes", [TALLY_DAYS] = "days",
		[TALLY_MEAN] = "mean",
	};
	json_t *all = json_array();

	for (size_t i = 0; i < figures->width; i++) {
		const struct tally_column *column = &figures->tally->columns[i];

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

	for (size_t row = 0; row < figures->rows; row++) {
		json_t *line = json_array();

		for (size_t i = 0; i < figures->width; i++)
			json_array_append_new(line, value(figures, row, i));
		json_array_append_new(all, line);
	}
	return all;
}

static json_t *totals(const struct figures *figures)
{
	json_t *all = json_array();
	int64_t sum;

	for (size_t i = 0; i < figures->width; i++)
		json_array_append_new(all, figures_total(figures, i, &sum)
					       ? json_integer(sum)
					       : json_null());
	return all;
}

void report_json(const struct reported *reported,
		 const struct report_about *about, struct bytes *out)
{
	json_t *tables = json_array();
	json_t *whole = json_pack(
	    "{s:s, s:s, s:s, s:s, s:s?, s:b, s:o}", "report",
	    reported->report->name, "title", reported->title, "from",
	    about->period->first, "to", about->period->last, "agency",
	    about->agency, "made_up", about->made_up, "tables", tables);
	char *text;

	for (size_t i = 0; i < reported->count; i++) {
		const struct figures *figures = &reported->tables[i];

		json_array_append_new(
		    tables,
		    json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "name",
			      figures->tally->name, "title", figures->title,
			      "means", figures->means, "columns",
			      columns(figures), "rows", rows(figures), "totals",
			      totals(figures)));
	}
	text = json_dumps(whole, JSON_COMPACT);
	bytes_add_text(out, text);
	bytes_add_byte(out, '\n');
	free(text);
	json_decref(whole);
}
