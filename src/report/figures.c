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

struct reading {
	const struct wording *wording;
	struct figures *figures;
};

/* What nobody noted says so, lest a row has no name. */
static char *label(const struct reading *reading, size_t column,
		   const char *value)
{
	const struct kind *kind;
	const struct field *field =
	    tally_field(reading->figures->tally, column, &kind);

	if (!value || !*value)
		return wording_or(reading->wording, "report.not_noted", "-");
	return wording_value(reading->wording, kind, field, value);
}

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
		const enum tally_measure measure =
		    figures->tally->columns[i].measure;
		const char *value = values[i];

		cells[i] =
		    (struct figure){ .value = value ? xstrdup(value) : NULL };
		if (measure == TALLY_BY) {
			cells[i].words = label(reading, i, value);
			continue;
		}
		cells[i].number = value ? strtoll(value, NULL, 10) : 0;
		cells[i].words = value ? figures_words(reading->wording,
						       measure, cells[i].number)
				       : xstrdup("");
	}
}

enum fault figures_read(const struct wording *wording,
			const struct tally *tally,
			const struct tally_period *period, struct figures *out)
{
	struct reading reading = { wording, out };

	*out = (struct figures){ .tally = tally,
				 .title = word_of(wording, tally, ""),
				 .means = word_of(wording, tally, "means"),
				 .width = tally_width(tally) };
	for (size_t i = 0; i < out->width; i++)
		out->heads[i] = word_of(wording, tally, tally->columns[i].name);
	return tally_each(wording->record, tally, period, take_row, &reading);
}

void figures_done(struct figures *figures)
{
	char_free(figures->title);
	char_free(figures->means);
	for (size_t i = 0; i < figures->width; i++)
		char_free(figures->heads[i]);
	for (size_t i = 0; i < figures->rows * figures->width; i++) {
		char_free(figures->cells[i].value);
		char_free(figures->cells[i].words);
	}
	free(figures->cells);
	*figures = (struct figures){ 0 };
}

const struct figure *figures_at(const struct figures *figures, size_t row,
				size_t column)
{
	return &figures->cells[row * figures->width + column];
}

bool figures_total(const struct figures *figures, size_t column, int64_t *sum)
{
	*sum = 0;
	if (!figures->tally->rows_add ||
	    figures->tally->columns[column].measure != TALLY_COUNT)
		return false;
	for (size_t i = 0; i < figures->rows; i++)
		*sum += figures_at(figures, i, column)->number;
	return true;
}
