#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/merge.h"
#include "report/protect.h"
#include "tests/support/sites.h"
#include "tests/support/teller.h"
#include "tests/test.h"

#define SITES 16

static void
row_43_a_signed_file_hides_small_cells_and_has_no_person(void **state)
{
	struct teller *teller = *state;
	struct chance chance = { 43 };
	struct statistics statistics;
	struct site site;

	site_init(&site, 1, &chance);
	site.counts[0][1] = 2;
	site_write(&teller->wording, &site, "2026-10");
	assert_int_equal(site_read(&site, &statistics), FAULT_NONE);
	for (size_t i = 0; i < statistics.count; i++) {
		const struct statistics_table *table = &statistics.tables[i];

		assert_true(table->tally->shared);
		for (size_t row = 0; row < table->row_count; row++) {
			for (size_t j = 0; j < table->count; j++)
				assert_int_equal(
				    table->rows[row].counts[j].number %
					PROTECT_BASE,
				    0);
		}
	}
	assert_int_equal(statistics.tables[0].rows[0].counts[2].kind,
			 FIGURE_SMALL);
	statistics_done(&statistics);
	/* Changed by one bit, it is nobody's. */
	site.file.data[20] ^= 1;
	assert_int_equal(site_read(&site, &statistics), FAULT_FORMAT);
	site_done(&site);
}

static void row_44_sixteen_sites_merge_and_the_missing_are_named(void **state)
{
	struct teller *teller = *state;
	SCOPED(merge_freep) struct merge *merge = merge_new();
	SCOPED(merged_done) struct merged merged = { 0 };
	struct chance chance = { 44 };
	int64_t sum = 0;

	for (int i = 0; i < SITES; i++) {
		struct statistics statistics;
		struct site site;

		site_init(&site, i, &chance);
		for (size_t row = 0; row < SITES_ROWS; row++) {
			site.counts[row][0] += 100;
			site.counts[row][1] += 50;
			sum +=
			    i ? site.counts[row][0] + site.counts[row][1] : 0;
		}
		site_write(&teller->wording, &site, "2026-10");
		assert_true(
		    merge_await(merge, site.name, kiosk_key_public(site.key)));
		assert_int_equal(site_read(&site, &statistics), FAULT_NONE);
		if (i)
			assert_int_equal(merge_take(merge, &statistics),
					 MERGE_TAKEN);
		statistics_done(&statistics);
		site_done(&site);
	}
	assert_string_equal(merge_missing(merge, 0), "Site 0");
	merge_read(merge, &teller->wording, &merged);
	assert_int_equal(merged.reports[0].tables[0].totals[1].kind,
			 FIGURE_GIVEN);
	assert_true(llabs(merged.reports[0].tables[0].totals[1].number - sum) <
		    SITES);
	assert_non_null(strstr(merged.reports[0].note, "Missing: Site 0"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TELLER(
		    row_43_a_signed_file_hides_small_cells_and_has_no_person),
		WITH_TELLER(
		    row_44_sixteen_sites_merge_and_the_missing_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
