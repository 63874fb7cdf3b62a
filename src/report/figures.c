#include "report/figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static char *said(const struct wording *wording, const char *key, double number)
{
	const struct catalogue_argument count = { "count", NULL, number };

	return catalogue_say(wording->words, key, &count, 1);
}

char *figures_words(const struct wording *wording, enum tally_measure measure,
		    int64_t number)
{
	switch (measure) {
	case TALLY_MINUTES:
		return said(wording, "report.minutes", (double)number);
	case TALLY_DAYS:
		return said(wording, "report.days", (double)number);
	case TALLY_MEAN:
		return said(wording, "report.mean", (double)number / 10);
	default:
		return xasprintf("%lld", (long long)number);
	}
}

static char *word_of(const struct wording *wording, const struct tally *tally,
		     const char *rest)
{
	SCOPED(char_freep)
	char *key =
	    xasprintf("tally.%s%s%s", tally->name, *rest ? "." : "", rest);

	return wording_or(wording, key, *rest ? rest : tally->name);
}

static void figure_done(struct figure *figure)
{
	char_free(figure->value);
	char_free(figure->words);
	*figure = (struct figure){ 0 };
}

void figures_set(const struct wording *wording, enum tally_measure measure,
		 enum figure_kind kind, int64_t number, struct figure *out)
{
	figure_done(out);
	out->kind = kind;
	if (kind == FIGURE_SMALL) {
		out->words = wording_or(wording, "report.small", "<5");
	} else if (kind == FIGURE_HIDDEN) {
		out->words = wording_or(wording, "report.hidden", "…");
	} else {
		out->number = number;
		out->value = xasprintf("%lld", (long long)number);
		out->words = figures_words(wording, measure, number);
	}
}

/* What nobody noted says so, lest a row has no name. */
static char *label(const struct wording *wording, const struct figures *figures,
		   size_t column, const char *value)
{
	const size_t place =
	    (size_t)(figures->columns[column] - figures->tally->columns);
	const struct kind *kind;
	const struct field *field = tally_field(figures->tally, place, &kind);

	if (!value || !*value)
		return wording_or(wording, "report.not_noted", "-");
	return wording_value(wording, kind, field, value);
}

void figures_name(const struct wording *wording, const struct figures *figures,
		  size_t column, const char *value, struct figure *out)
{
	figure_done(out);
	out->value = value ? xstrdup(value) : NULL;
	out->words = label(wording, figures, column, value);
}

struct reading {
	const struct wording *wording;
	struct figures *figures;
};

static void take_row(void *to, const char *const *values)
{
	struct reading *reading = to;
	struct figures *figures = reading->figures;
	struct figure *cells;

	figures->cells =
	    xreallocarray(figures->cells, (figures->rows + 1) * figures->width,
			  sizeof *figures->cells);
	cells = figures->cells + figures->rows++ * figures->width;
	for (size_t i = 0; i < figures->width; i++) {
		const enum tally_measure measure = figures->columns[i]->measure;
		const char *value = values[i];

		cells[i] = (struct figure){ 0 };
		if (measure == TALLY_BY)
			figures_name(reading->wording, figures, i, value,
				     &cells[i]);
		else if (value)
			figures_set(reading->wording, measure, FIGURE_GIVEN,
				    strtoll(value, NULL, 10), &cells[i]);
		else
			cells[i].words = xstrdup("");
	}
}

bool figures_counts(const struct figures *figures, size_t column)
{
	const enum tally_measure measure = figures->columns[column]->measure;

	return measure == TALLY_COUNT || measure == TALLY_PART;
}

void figures_set_total_words(const struct wording *wording,
			     struct figures *figures)
{
	for (size_t i = 0; i < figures->width; i++) {
		if (figures_counts(figures, i))
			continue;
		figure_done(&figures->totals[i]);
		figures->totals[i].words =
		    i ? xstrdup("")
		      : wording_or(wording, "report.total", "total");
	}
}

static void add_up(const struct wording *wording, struct figures *figures)
{
	figures->totals = xcalloc(figures->width, sizeof *figures->totals);
	for (size_t i = 0; i < figures->width; i++) {
		int64_t sum = 0;

		for (size_t row = 0; row < figures->rows; row++)
			sum += figures_at(figures, row, i)->number;
		if (figures_counts(figures, i))
			figures_set(wording, TALLY_COUNT, FIGURE_GIVEN, sum,
				    &figures->totals[i]);
	}
	figures_set_total_words(wording, figures);
}

void figures_begin(const struct wording *wording, const struct tally *tally,
		   struct figures *out)
{
	*out = (struct figures){ .tally = tally,
				 .title = word_of(wording, tally, ""),
				 .means = word_of(wording, tally, "means"),
				 .width = tally_width(tally) };
	for (size_t i = 0; i < out->width; i++) {
		out->columns[i] = &tally->columns[i];
		out->heads[i] = word_of(wording, tally, tally->columns[i].name);
	}
}

enum fault figures_read(const struct wording *wording,
			const struct tally *tally,
			const struct tally_period *period, struct figures *out)
{
	struct reading reading = { wording, out };
	enum fault fault;

	figures_begin(wording, tally, out);
	fault = tally_each(wording->record, tally, period, take_row, &reading);
	if (!fault && tally->rows_add && out->rows)
		add_up(wording, out);
	return fault;
}

void figures_drop(struct figures *figures, size_t column)
{
	const size_t width = figures->width, rows = figures->rows;
	size_t to = 0;

	for (size_t i = 0; i < rows * width; i++) {
		if (i % width == column)
			figure_done(&figures->cells[i]);
		else
			figures->cells[to++] = figures->cells[i];
	}
	if (figures->totals) {
		figure_done(&figures->totals[column]);
		memmove(figures->totals + column, figures->totals + column + 1,
			(width - column - 1) * sizeof *figures->totals);
	}
	char_free(figures->heads[column]);
	for (size_t i = column; i + 1 < width; i++) {
		figures->heads[i] = figures->heads[i + 1];
		figures->columns[i] = figures->columns[i + 1];
	}
	figures->width--;
}

void figures_done(struct figures *figures)
{
	char_free(figures->title);
	char_free(figures->means);
	for (size_t i = 0; i < figures->width; i++) {
		char_free(figures->heads[i]);
		if (figures->totals)
			figure_done(&figures->totals[i]);
	}
	for (size_t i = 0; i < figures->rows * figures->width; i++)
		figure_done(&figures->cells[i]);
	free(figures->totals);
	free(figures->cells);
	*figures = (struct figures){ 0 };
}

const struct figure *figures_at(const struct figures *figures, size_t row,
				size_t column)
{
	return &figures->cells[row * figures->width + column];
}

char *figures_days(const struct wording *wording, const struct figures *figures,
		   const struct tally_period *period)
{
	const struct catalogue_argument day = { .name = "day",
						.text = period->today };

	if (!figures->tally->as_of_now)
		return xasprintf("%s – %s", period->first, period->last);
	return catalogue_say(
	    wording->words,
	    *period->today ? "report.as_of" : "report.as_of_each", &day, 1);
}
