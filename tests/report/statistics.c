#include "report/statistics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/merge.h"
#include "tests/support/sites.h"
#include "tests/support/teller.h"
#include "tests/test.h"

#define SITES 16

/* --- one file -------------------------------------------------------------
 */

static void a_file_is_read_as_it_was_written(void **state)
{
	struct teller *teller = *state;
	struct chance chance = { 3 };
	struct statistics statistics;
	struct site site;

	site_init(&site, 1, &chance);
	site.counts[0][0] = 50;
	site.counts[0][1] = 3;
	site_write(&teller->wording, &site, "2026-10");
	assert_int_equal(site_read(&site, &statistics), FAULT_NONE);
	assert_string_equal(statistics.site, "Site 1");
	assert_string_equal(statistics.first, "2026-10-01");
	assert_string_equal(statistics.last, "2026-10-31");
	assert_memory_equal(statistics.key, kiosk_key_public(site.key),
			    KEY_BYTES);
	assert_int_equal(statistics.count, 1);
	assert_int_equal(statistics.tables[0].count, 3);
	assert_int_equal(statistics.tables[0].row_count, SITES_ROWS);
	assert_string_equal(statistics.tables[0].rows[0].by[0], "d0-7");
	assert_int_equal(statistics.tables[0].rows[0].counts[2].kind,
			 FIGURE_SMALL);
	/* The exact count of a row stands nowhere. */
	site.file.data[site.file.length - 1] = 0;
	assert_null(strstr((char *)site.file.data, "53"));
	statistics_done(&statistics);
	site_done(&site);
}

static void what_was_changed_on_the_way_is_refused(void **state)
{
	struct teller *teller = *state;
	struct chance chance = { 3 };
	struct statistics statistics;
	struct site site;

	site_init(&site, 1, &chance);
	site_write(&teller->wording, &site, "2026-10");
	for (size_t i = 0; i < site.file.length; i++) {
		const uint8_t was = site.file.data[i];

		site.file.data[i] ^= 1;
		/* The blank after the last bracket may be another. */
		if (i + 1 < site.file.length)
			assert_int_not_equal(site_read(&site, &statistics),
					     FAULT_NONE);
		site.file.data[i] = was;
	}
	for (size_t length = 0; length < site.file.length - 1; length += 7) {
		struct findings findings = { 0 };

		assert_int_equal(statistics_read("s.json", site.file.data,
						 length, &findings,
						 &statistics),
				 FAULT_FORMAT);
		assert_int_equal(findings.count, 1);
		findings_done(&findings);
	}
	site_done(&site);
}

static void a_signed_file_of_nonsense_is_refused(void **state)
{
	static const char *const lines[] = {
		"{}",
		"[]",
		"{\"foyer_statistics\":2}",
		"{\"foyer_statistics\":1,\"site\":\"\",\"from\":\"2026-10-01\","
		"\"to\":\"2026-10-31\",\"made\":\"2026-11-02\",\"tables\":[]}",
		"{\"foyer_statistics\":1,\"site\":\"A\\u001b[2J\",\"from\":"
		"\"2026-10-01\",\"to\":\"2026-10-31\",\"made\":\"2026-11-02\","
		"\"tables\":[]}",
		"{\"foyer_statistics\":1,\"site\":\"A\",\"from\":\"2026-10\","
		"\"to\":\"2026-10-31\",\"made\":\"2026-11-02\",\"tables\":[]}",
		"{\"foyer_statistics\":1,\"site\":\"A\",\"from\":\"2026-10-01\""
		",\"to\":\"2026-10-31\",\"made\":\"2026-11-02\",\"tables\":[{"
		"\"name\":\"staff-load\"}"
		"]}",
		"{\"foyer_statistics\":1,\"site\":\"A\",\"from\":\"2026-10-01\""
		",\"to\":\"2026-10-31\",\"made\":\"2026-11-02\",\"tables\":[{"
		"\"name\":\"streams\","
		"\"columns\":[\"people\"],\"rows\":[{\"by\":[\"active\"],"
		"\"counts\":[7]}],\"totals\":null}]}",
		"{\"foyer_statistics\":1,\"site\":\"A\",\"from\":\"2026-10-01\""
		",\"to\":\"2026-10-31\",\"made\":\"2026-11-02\",\"tables\":[{"
		"\"name\":\"streams\","
		"\"columns\":[\"people\"],\"rows\":[{\"by\":[],\"counts\":"
		"[5]}],\"totals\":null}]}",
	};
	const uint8_t seed[SIGNATURE_SEED] = { 9 };
	SCOPED(kiosk_key_freep)
	struct kiosk_key *key = kiosk_key_of_seed(seed);

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		uint8_t hash[KEY_HASH_BYTES], signature[SIGNATURE_BYTES];
		struct statistics statistics;
		struct findings findings = { 0 };
		struct bytes bytes = { 0 };

		key_hash_plain(lines[i], strlen(lines[i]), hash);
		signature_make(seed, "foyer/statistics/v1", hash, sizeof hash,
			       signature);
		bytes_add_format(&bytes, "%s\n{\"key\":\"", lines[i]);
		bytes_add_base64(&bytes, kiosk_key_public(key), KEY_BYTES);
		bytes_add_text(&bytes, "\",\"signature\":\"");
		bytes_add_base64(&bytes, signature, sizeof signature);
		bytes_add_text(&bytes, "\"}");
		assert_int_equal(statistics_read("s.json", bytes.data,
						 bytes.length, &findings,
						 &statistics),
				 FAULT_FORMAT);
		assert_null(strstr(findings.list[0].line, "signature"));
		findings_done(&findings);
		bytes_done(&bytes);
	}
}

/* --- several sites ---------------------------------------------------------
 */

/* What a site's counts add to the exact sum of all that is shown of it. */
static void add_exact(const struct site *site,
		      const struct statistics_table *table, int64_t *exact,
		      int64_t *all)
{
	int64_t sum = 0;

	for (size_t row = 0; row < SITES_ROWS; row++) {
		if (table->rows[row].counts[1].kind == FIGURE_GIVEN)
			exact[row] += site->counts[row][0];
		sum += site->counts[row][0] + site->counts[row][1];
	}
	if (table->totals[0].kind == FIGURE_GIVEN)
		*all += sum;
}

static void sixteen_sites_add_up_within_rounding(void **state)
{
	struct teller *teller = *state;
	SCOPED(merge_freep) struct merge *merge = merge_new();
	SCOPED(merged_done) struct merged merged = { 0 };
	struct chance chance = { 16 };
	int64_t exact[SITES_ROWS] = { 0 }, all = 0;
	const struct figures *table;

	for (int i = 0; i < SITES; i++) {
		struct statistics statistics;
		struct site site;

		site_init(&site, i, &chance);
		site_write(&teller->wording, &site, "2026-10");
		assert_true(
		    merge_await(merge, site.name, kiosk_key_public(site.key)));
		assert_int_equal(site_read(&site, &statistics), FAULT_NONE);
		assert_int_equal(merge_take(merge, &statistics), MERGE_TAKEN);
		add_exact(&site, &statistics.tables[0], exact, &all);
		statistics_done(&statistics);
		site_done(&site);
	}
	assert_null(merge_missing(merge, 0));
	merge_read(merge, &teller->wording, &merged);
	assert_int_equal(merged.count, 1);
	table = &merged.reports[0].tables[0];
	assert_int_equal(table->rows, SITES_ROWS);
	for (size_t row = 0; row < SITES_ROWS; row++) {
		const int64_t shown = figures_at(table, row, 2)->number;

		assert_string_equal(figures_at(table, row, 0)->value,
				    sites_ages[row]);
		assert_true(exact[row] > 0);
		assert_true(llabs(shown - exact[row]) < SITES);
	}
	print_message("%d sites: %lld shown together, %lld were counted\n",
		      SITES, (long long)table->totals[1].number,
		      (long long)all);
	/* Each site is off by less than five, and favours nobody. */
	assert_true(all > 1000);
	assert_true(llabs(table->totals[1].number - all) < SITES);
}

static void who_is_missing_is_named_and_who_is_wrong_is_refused(void **state)
{
	struct teller *teller = *state;
	SCOPED(merge_freep) struct merge *merge = merge_new();
	SCOPED(merged_done) struct merged merged = { 0 };
	struct chance chance = { 5 };
	struct statistics first, again, other, renamed;
	struct site sites[4];

	for (int i = 0; i < 4; i++) {
		site_init(&sites[i], i, &chance);
		site_write(&teller->wording, &sites[i],
			   i == 2 ? "2026-09" : "2026-10");
		if (i < 3)
			assert_true(
			    merge_await(merge, sites[i].name,
					kiosk_key_public(sites[i].key)));
	}
	assert_false(
	    merge_await(merge, "Site 1", kiosk_key_public(sites[3].key)));
	assert_false(
	    merge_await(merge, "Site 9", kiosk_key_public(sites[1].key)));

	assert_int_equal(site_read(&sites[0], &first), FAULT_NONE);
	assert_int_equal(merge_take(merge, &first), MERGE_TAKEN);
	assert_int_equal(site_read(&sites[0], &again), FAULT_NONE);
	assert_int_equal(merge_take(merge, &again), MERGE_TWICE);
	assert_int_equal(site_read(&sites[2], &other), FAULT_NONE);
	assert_int_equal(merge_take(merge, &other), MERGE_OTHER_DAYS);
	assert_int_equal(site_read(&sites[3], &renamed), FAULT_NONE);
	assert_int_equal(merge_take(merge, &renamed), MERGE_UNKNOWN_SITE);
	memcpy(renamed.key, kiosk_key_public(sites[1].key), KEY_BYTES);
	assert_int_equal(merge_take(merge, &renamed), MERGE_OTHER_NAME);

	assert_string_equal(merge_missing(merge, 0), "Site 1");
	assert_string_equal(merge_missing(merge, 1), "Site 2");
	assert_null(merge_missing(merge, 2));
	merge_read(merge, &teller->wording, &merged);
	assert_non_null(
	    strstr(merged.reports[0].note, "Missing: Site 1, Site 2"));
	print_message("named as missing: %s, %s\n", merge_missing(merge, 0),
		      merge_missing(merge, 1));
	statistics_done(&first);
	statistics_done(&again);
	statistics_done(&other);
	statistics_done(&renamed);
	for (size_t i = 0; i < COUNT(sites); i++)
		site_done(&sites[i]);
}

static void a_sum_says_how_many_sites_hid_theirs(void **state)
{
	struct teller *teller = *state;
	SCOPED(merge_freep) struct merge *merge = merge_new();
	SCOPED(merged_done) struct merged merged = { 0 };
	struct chance chance = { 5 };
	const struct figure *figure;

	for (int i = 0; i < 2; i++) {
		struct statistics statistics;
		struct site site;

		site_init(&site, i, &chance);
		for (size_t row = 0; row < SITES_ROWS; row++) {
			site.counts[row][0] = 20;
			site.counts[row][1] = i ? 3 : 40;
		}
		site_write(&teller->wording, &site, "2026-10");
		assert_true(
		    merge_await(merge, site.name, kiosk_key_public(site.key)));
		assert_int_equal(site_read(&site, &statistics), FAULT_NONE);
		assert_int_equal(merge_take(merge, &statistics), MERGE_TAKEN);
		statistics_done(&statistics);
		site_done(&site);
	}
	merge_read(merge, &teller->wording, &merged);
	figure = figures_at(&merged.reports[0].tables[0], 0, 3);
	assert_int_equal(figure->kind, FIGURE_LEAST);
	assert_string_equal(figure->words, "40 (+1)");
}

static void a_site_without_rows_takes_nobodys_totals(void **state)
{
	struct teller *teller = *state;
	SCOPED(merge_freep) struct merge *merge = merge_new();
	SCOPED(merged_done) struct merged merged = { 0 };
	struct chance chance = { 5 };

	for (int i = 0; i < 2; i++) {
		struct statistics statistics;
		struct site site;

		site_init(&site, i, &chance);
		site.counts[0][0] = 300;
		site.counts[0][1] = 200;
		site_write(&teller->wording, &site, "2026-10");
		assert_true(
		    merge_await(merge, site.name, kiosk_key_public(site.key)));
		assert_int_equal(site_read(&site, &statistics), FAULT_NONE);
		if (i) {
			for (size_t row = 0; row < SITES_ROWS; row++)
				char_free(statistics.tables[0].rows[row].by[0]);
			statistics.tables[0].row_count = 0;
			statistics.tables[0].has_totals = false;
		}
		assert_int_equal(merge_take(merge, &statistics), MERGE_TAKEN);
		statistics_done(&statistics);
		site_done(&site);
	}
	merge_read(merge, &teller->wording, &merged);
	assert_non_null(merged.reports[0].tables[0].totals);
	assert_true(merged.reports[0].tables[0].totals[1].number >= 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TELLER(a_file_is_read_as_it_was_written),
		WITH_TELLER(what_was_changed_on_the_way_is_refused),
		WITH_TELLER(a_signed_file_of_nonsense_is_refused),
		WITH_TELLER(sixteen_sites_add_up_within_rounding),
		WITH_TELLER(
		    who_is_missing_is_named_and_who_is_wrong_is_refused),
		WITH_TELLER(a_site_without_rows_takes_nobodys_totals),
		WITH_TELLER(a_sum_says_how_many_sites_hid_theirs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
