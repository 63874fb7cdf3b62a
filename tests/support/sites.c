#include "tests/support/sites.h"

#include <stdio.h>

#include "base/memory.h"
#include "report/shared.h"
#include "tests/support/book.h"
#include "tests/test.h"

const char *const sites_ages[SITES_ROWS] = { "d0-7", "d31-90", "d8-30", "d91" };

void site_init(struct site *site, int number, struct chance *chance)
{
	uint8_t seed[SIGNATURE_SEED] = { (uint8_t)number, 1 };

	*site = (struct site){ .now = BOOK_NOW };
	snprintf(site->name, sizeof site->name, "Site %d", number);
	site->key = kiosk_key_of_seed(seed);
	for (size_t i = 0; i < SITES_ROWS; i++) {
		site->counts[i][0] = chance_below(chance, 60);
		site->counts[i][1] = chance_below(chance, 9);
	}
}

void site_done(struct site *site)
{
	kiosk_key_free(site->key);
	bytes_done(&site->file);
}

static void fill(const struct wording *wording, const struct site *site,
		 struct figures *out)
{
	int64_t sums[3] = { 0 };

	figures_begin(wording, tally_find("referrals-by-age"), out);
	out->rows = SITES_ROWS;
	out->cells = xcalloc(SITES_ROWS * out->width, sizeof *out->cells);
	out->totals = xcalloc(out->width, sizeof *out->totals);
	for (size_t i = 0; i < SITES_ROWS; i++) {
		struct figure *row = out->cells + i * out->width;
		const int64_t counts[] = { site->counts[i][0] +
					       site->counts[i][1],
					   site->counts[i][0],
					   site->counts[i][1] };

		figures_name(wording, out, 0, sites_ages[i], &row[0]);
		for (size_t j = 0; j < COUNT(counts); j++) {
			figures_set(wording, TALLY_COUNT, FIGURE_GIVEN,
				    counts[j], &row[j + 1]);
			sums[j] += counts[j];
		}
	}
	for (size_t j = 0; j < COUNT(sums); j++)
		figures_set(wording, TALLY_COUNT, FIGURE_GIVEN, sums[j],
			    &out->totals[j + 1]);
	figures_set_total_words(wording, out);
}

void site_write(const struct wording *wording, struct site *site,
		const char *month)
{
	struct reported reported = { .report = report_find("referrals"),
				     .count = 1 };
	struct period period;
	size_t hidden = 0;

	assert_int_equal(period_read(month, month, site->now, &period),
			 PERIOD_READ);
	bytes_done(&site->file);
	fill(wording, site, &reported.tables[0]);
	shared_protect(wording, kiosk_key_seed(site->key), &reported.tables[0],
		       &hidden);
	statistics_write(&reported, 1, site->name, &period, site->key,
			 &site->file);
	reported_done(&reported);
}

enum fault site_read(const struct site *site, struct statistics *out)
{
	struct findings findings = { 0 };
	enum fault fault = statistics_read("s.json", site->file.data,
					   site->file.length, &findings, out);

	findings_done(&findings);
	return fault;
}
