#include "report/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct site {
	char *name;
	uint8_t key[KEY_BYTES];
	bool taken;
};

/* What sites show of one count, and how many hid theirs. */
struct sum {
	int64_t shown;
	size_t hidden;
};

struct row {
	char *by[2];
	struct sum sums[TALLY_COLUMNS]; /* by the place in the tally */
};

struct table {
	struct row *rows;
	size_t count;
	struct row totals;
	size_t sites, with_totals;
};

struct merge {
	struct site *sites;
	size_t count;
	char first[DAYS_BYTES], last[DAYS_BYTES];
	struct table *tables; /* as many as there are tallies, in their order */
};

struct merge *merge_new(void)
{
	struct merge *merge = xcalloc(1, sizeof *merge);

	merge->tables = xcalloc(tally_count(), sizeof *merge->tables);
	return merge;
}

void merge_free(struct merge *merge)
{
	if (!merge)
		return;
	for (size_t i = 0; i < tally_count(); i++) {
		for (size_t j = 0; j < merge->tables[i].count; j++) {
			char_free(merge->tables[i].rows[j].by[0]);
			char_free(merge->tables[i].rows[j].by[1]);
		}
		free(merge->tables[i].rows);
	}
	for (size_t i = 0; i < merge->count; i++)
		char_free(merge->sites[i].name);
	free(merge->sites);
	free(merge->tables);
	free(merge);
}

/* --- sites ----------------------------------------------------------------
 */

bool merge_await(struct merge *merge, const char *site,
		 const uint8_t key[KEY_BYTES])
{
	for (size_t i = 0; i < merge->count; i++) {
		if (strcmp(merge->sites[i].name, site) == 0 ||
		    memcmp(merge->sites[i].key, key, KEY_BYTES) == 0)
			return false;
	}
	merge->sites =
	    xreallocarray(merge->sites, merge->count + 1, sizeof *merge->sites);
	merge->sites[merge->count] = (struct site){ .name = xstrdup(site) };
	memcpy(merge->sites[merge->count++].key, key, KEY_BYTES);
	return true;
}

static struct site *site_of(const struct merge *merge,
			    const uint8_t key[KEY_BYTES])
{
	for (size_t i = 0; i < merge->count; i++) {
		if (memcmp(merge->sites[i].key, key, KEY_BYTES) == 0)
			return &merge->sites[i];
	}
	return NULL;
}

const char *merge_missing(const struct merge *merge, size_t index)
{
	for (size_t i = 0; i < merge->count; i++) {
		if (!merge->sites[i].taken && !index--)
			return merge->sites[i].name;
	}
	return NULL;
}

const char *merge_first(const struct merge *merge)
{
	return merge->first;
}

const char *merge_last(const struct merge *merge)
{
	return merge->last;
}

/* --- taking ---------------------------------------------------------------
 */

static bool same(const char *one, const char *other)
{
	return one && other ? strcmp(one, other) == 0 : one == other;
}

static struct row *row_of(struct table *table, char *const by[2])
{
	struct row *row;

	for (size_t i = 0; i < table->count; i++) {
		if (same(table->rows[i].by[0], by[0]) &&
		    same(table->rows[i].by[1], by[1]))
			return &table->rows[i];
	}
	table->rows =
	    xreallocarray(table->rows, table->count + 1, sizeof *table->rows);
	row = &table->rows[table->count++];
	*row = (struct row){ 0 };
	for (size_t i = 0; i < COUNT(row->by); i++)
		row->by[i] = by[i] ? xstrdup(by[i]) : NULL;
	return row;
}

static void add_counts(const struct statistics_table *from,
		       const struct statistics_count *counts, struct row *row)
{
	for (size_t i = 0; i < from->count; i++) {
		const size_t place =
		    (size_t)(from->columns[i] - from->tally->columns);
		struct sum *sum = &row->sums[place];

		if (counts[i].kind == FIGURE_GIVEN)
			sum->shown += counts[i].number;
		else
			sum->hidden++;
	}
}

static void take_table(struct merge *merge, const struct statistics_table *from)
{
	for (size_t i = 0; i < tally_count(); i++) {
		struct table *table = &merge->tables[i];

		if (tally_at(i) != from->tally)
			continue;
		table->sites++;
		for (size_t row = 0; row < from->row_count; row++)
			add_counts(from, from->rows[row].counts,
				   row_of(table, from->rows[row].by));
		/* A table without rows has no totals, and adds nothing. */
		if (from->has_totals || !from->row_count)
			table->with_totals++;
		if (!from->has_totals)
			continue;
		add_counts(from, from->totals, &table->totals);
	}
}

enum merge_answer merge_take(struct merge *merge,
			     const struct statistics *statistics)
{
	struct site *site = site_of(merge, statistics->key);

	if (!site)
		return MERGE_UNKNOWN_SITE;
	if (strcmp(site->name, statistics->site) != 0)
		return MERGE_OTHER_NAME;
	if (site->taken)
		return MERGE_TWICE;
	if (*merge->first && (strcmp(merge->first, statistics->first) != 0 ||
			      strcmp(merge->last, statistics->last) != 0))
		return MERGE_OTHER_DAYS;
	strcpy(merge->first, statistics->first);
	strcpy(merge->last, statistics->last);
	site->taken = true;
	for (size_t i = 0; i < statistics->count; i++)
		take_table(merge, &statistics->tables[i]);
	return MERGE_TAKEN;
}

/* --- telling --------------------------------------------------------------
 */

static int by_names(const void *one, const void *other)
{
	const struct row *first = one, *second = other;
	int order = 0;

	for (size_t i = 0; !order && i < COUNT(first->by); i++)
		order = strcmp(first->by[i] ? first->by[i] : "",
			       second->by[i] ? second->by[i] : "");
	return order;
}

static void put_sum(const struct wording *wording, const struct sum *sum,
		    struct figure *out)
{
	figures_set(wording, TALLY_COUNT,
		    sum->hidden ? FIGURE_LEAST : FIGURE_GIVEN, sum->shown, out);
	if (!sum->hidden)
		return;
	char_free(out->words);
	out->words =
	    xasprintf("%lld (+%zu)", (long long)sum->shown, sum->hidden);
}

static void put_row(const struct wording *wording,
		    const struct figures *figures, const struct row *row,
		    struct figure *out)
{
	size_t by = 0;

	for (size_t i = 0; i < figures->width; i++) {
		if (figures_counts(figures, i))
			put_sum(wording, &row->sums[i], &out[i]);
		else if (figures->columns[i]->measure == TALLY_BY)
			figures_name(wording, figures, i, row->by[by++],
				     &out[i]);
	}
}

/* What sites do not share has no column here, either. */
static void drop_unshared(struct figures *figures)
{
	for (size_t i = figures->width; i-- > 0;) {
		if (figures->columns[i]->measure != TALLY_BY &&
		    !figures_counts(figures, i))
			figures_drop(figures, i);
	}
}

static void put_table(const struct wording *wording, const struct tally *from,
		      struct table *table, struct figures *out)
{
	figures_begin(wording, from, out);
	if (table->count)
		qsort(table->rows, table->count, sizeof *table->rows, by_names);
	out->rows = table->count;
	out->cells = xcalloc(out->rows * out->width + 1, sizeof *out->cells);
	for (size_t i = 0; i < table->count; i++)
		put_row(wording, out, &table->rows[i],
			out->cells + i * out->width);
	if (from->rows_add && table->with_totals == table->sites) {
		out->totals = xcalloc(out->width, sizeof *out->totals);
		put_row(wording, out, &table->totals, out->totals);
		figures_set_total_words(wording, out);
	}
	drop_unshared(out);
}

static char *note_of(const struct merge *merge, const struct wording *wording)
{
	SCOPED(char_freep)
	char *missing = wording_or(wording, "report.missing", "missing");
	SCOPED(char_freep)
	char *merged = wording_or(wording, "report.merged", "merged");
	struct bytes names = { 0 };

	bytes_add_text(&names, merged);
	for (size_t i = 0; merge_missing(merge, i); i++)
		bytes_add_format(&names, "%s%s", i ? ", " : missing,
				 merge_missing(merge, i));
	return bytes_take_text(&names);
}

static struct table *table_named(const struct merge *merge, const char *name)
{
	for (size_t i = 0; i < tally_count(); i++) {
		if (strcmp(tally_at(i)->name, name) == 0)
			return &merge->tables[i];
	}
	return NULL;
}

static void put_report(const struct merge *merge, const struct wording *wording,
		       const struct report *report, struct reported *out)
{
	*out = (struct reported){ .report = report,
				  .title = report_title(wording, report) };
	for (size_t i = 0; i < REPORT_TABLES && report->tables[i]; i++) {
		struct table *table = table_named(merge, report->tables[i]);

		if (table->sites)
			put_table(wording, tally_find(report->tables[i]), table,
				  &out->tables[out->count++]);
	}
	if (out->count)
		out->note = note_of(merge, wording);
}

void merge_read(const struct merge *merge, const struct wording *wording,
		struct merged *out)
{
	*out = (struct merged){ .reports = xcalloc(report_count(),
						   sizeof *out->reports) };
	for (size_t i = 0; i < report_count(); i++) {
		struct reported *reported = &out->reports[out->count];

		put_report(merge, wording, report_at(i), reported);
		if (reported->count)
			out->count++;
		else
			reported_done(reported);
	}
}

void merged_done(struct merged *merged)
{
	for (size_t i = 0; i < merged->count; i++)
		reported_done(&merged->reports[i]);
	free(merged->reports);
	*merged = (struct merged){ 0 };
}
