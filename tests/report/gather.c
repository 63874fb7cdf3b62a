#include "report/gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/statistics.h"
#include "tests/support/folder.h"
#include "tests/support/sites.h"
#include "tests/support/teller.h"
#include "tests/test.h"

/* A coordinator's list of sites, and the files that they signed. */

#define SITES 16

struct coordinator {
	struct teller *teller;
	char *folder, *stick; /* stick: another folder */
	struct home *home;
	struct sites sites;
	struct chance chance;
};

static int begin(void **state)
{
	struct coordinator *coordinator = xcalloc(1, sizeof *coordinator);
	void *teller = NULL;

	teller_open(&teller);
	*coordinator = (struct coordinator){ .teller = teller,
					     .folder = folder_new(),
					     .stick = folder_new(),
					     .chance = { 12 } };
	*state = coordinator;
	return home_open(coordinator->folder, &coordinator->home) != FAULT_NONE;
}

static int end(void **state)
{
	struct coordinator *coordinator = *state;
	void *teller = coordinator->teller;

	sites_done(&coordinator->sites);
	home_free(coordinator->home);
	folder_remove(coordinator->folder);
	folder_remove(coordinator->stick);
	free(coordinator->folder);
	free(coordinator->stick);
	free(coordinator);
	return teller_close(&teller);
}
#define WITH_COORDINATOR(test) cmocka_unit_test_setup_teardown(test, begin, end)

static enum sites_answer add(struct coordinator *coordinator, const char *name,
			     const struct site *site)
{
	const struct sites_doing doing = { coordinator->home,
					   coordinator->teller->book->record,
					   &book_sam, BOOK_NOW };
	enum sites_answer answer;

	assert_int_equal(sites_add(&doing, &coordinator->sites, name,
				   kiosk_key_public(site->key), &answer),
			 FAULT_NONE);
	return answer;
}

/* A site with a file of October, and whether the list has it. */
static void make(struct coordinator *coordinator, int number, bool listed,
		 struct site *site)
{
	site_init(site, number, &coordinator->chance);
	site_write(&coordinator->teller->wording, site, "2026-10");
	if (listed)
		assert_int_equal(add(coordinator, site->name, site),
				 SITES_DONE);
}

static char *put(const struct coordinator *coordinator, const char *name,
		 const struct site *site)
{
	char *path = folder_file(coordinator->stick, name);

	assert_int_equal(
	    file_write(path, site->file.data, site->file.length, 0600),
	    FAULT_NONE);
	return path;
}

static enum gather_answer take(const struct coordinator *coordinator,
			       const struct site *site)
{
	SCOPED(gathered_done) struct gathered gathered = { 0 };
	SCOPED(char_freep) char *path = put(coordinator, "s.json", site);

	assert_int_equal(gather_take(coordinator->home, &coordinator->sites,
				     path, &gathered),
			 FAULT_NONE);
	return gathered.answer;
}

static struct gather_kept look(const struct coordinator *coordinator)
{
	struct gather_kept kept;

	assert_int_equal(
	    gather_look(coordinator->home, &coordinator->sites, &kept),
	    FAULT_NONE);
	return kept;
}

/* --- the list -------------------------------------------------------------
 */

static void only_its_own_digits_are_a_fingerprint(void **state)
{
	const uint8_t seed[SIGNATURE_SEED] = { 7 };
	SCOPED(kiosk_key_freep) struct kiosk_key *key = kiosk_key_of_seed(seed);
	const uint8_t *public = kiosk_key_public(key);
	char text[KEY_FINGERPRINT_BYTES], other[KEY_FINGERPRINT_BYTES + 1];

	(void)state;
	key_fingerprint(public, text);
	assert_true(sites_compared(text, public));
	for (char *at = text; *at; at++)
		*at = *at == ' ' ? '-' : *at;
	assert_true(sites_compared(text, public));
	for (size_t i = 0; text[i]; i++) {
		strcpy(other, text);
		other[i] = other[i] == '1' ? '2' : '1';
		assert_false(sites_compared(other, public));
		memcpy(other, text, i);
		other[i] = 0;
		assert_false(sites_compared(other, public));
	}
	strcat(strcpy(other, text), "1");
	assert_false(sites_compared(other, public));
}

struct acts {
	const char *act, *of;
	int count;
};

static void count_act(void *to, const struct record_audit *row)
{
	struct acts *acts = to;

	acts->count += strcmp(row->act, acts->act) == 0 && row->old &&
		       strcmp(row->old, acts->of) == 0;
}

static int audited(const struct coordinator *coordinator, const char *act,
		   const char *of)
{
	struct acts acts = { act, of, 0 };

	assert_int_equal(record_audit_each(coordinator->teller->book->record, 0,
					   count_act, &acts),
			 FAULT_NONE);
	return acts.count;
}

static void a_list_is_read_as_it_was_written(void **state)
{
	struct coordinator *coordinator = *state;
	SCOPED(sites_done) struct sites sites = { 0 };
	struct findings findings = { 0 };
	struct site site, other;

	make(coordinator, 1, false, &site);
	make(coordinator, 2, false, &other);
	assert_int_equal(add(coordinator, "=1+1, \"Riverside\"", &site),
			 SITES_DONE);
	assert_int_equal(add(coordinator, "=1+1, \"Riverside\"", &site),
			 SITES_THERE);
	assert_int_equal(add(coordinator, "=1+1, \"Riverside\"", &other),
			 SITES_NAME_TAKEN);
	assert_int_equal(add(coordinator, "Elm", &site), SITES_KEY_TAKEN);
	assert_int_equal(sites_read(coordinator->home, &findings, &sites),
			 FAULT_NONE);
	assert_int_equal(sites.count, 1);
	assert_string_equal(sites.all[0].name, "=1+1, \"Riverside\"");
	assert_memory_equal(sites.all[0].key, kiosk_key_public(site.key),
			    KEY_BYTES);
	assert_int_equal(
	    audited(coordinator, "site-added", "=1+1, \"Riverside\""), 1);
	site_done(&site);
	site_done(&other);
}

/* Two desks have the list open, and each changes it. */
static void what_another_desk_did_to_the_list_stays(void **state)
{
	struct coordinator *coordinator = *state;
	const struct sites_doing doing = { coordinator->home,
					   coordinator->teller->book->record,
					   &book_sam, BOOK_NOW };
	SCOPED(sites_done) struct sites other = { 0 };
	SCOPED(sites_done) struct sites sites = { 0 };
	struct findings findings = { 0 };
	enum sites_answer answer;
	struct site site[3];

	for (int i = 0; i < 3; i++)
		make(coordinator, i, i == 0, &site[i]);
	assert_int_equal(sites_read(coordinator->home, &findings, &other),
			 FAULT_NONE);
	assert_int_equal(add(coordinator, "Site 1", &site[1]), SITES_DONE);
	assert_int_equal(sites_add(&doing, &other, "Site 2",
				   kiosk_key_public(site[2].key), &answer),
			 FAULT_NONE);
	assert_int_equal(answer, SITES_DONE);
	assert_int_equal(other.count, 3);
	assert_int_equal(sites_read(coordinator->home, &findings, &sites),
			 FAULT_NONE);
	assert_int_equal(sites.count, 3);
	/* The first desk does not know of it yet. */
	assert_int_equal(add(coordinator, "Site 2", &site[1]),
			 SITES_NAME_TAKEN);
	assert_int_equal(add(coordinator, "Elm", &site[2]), SITES_KEY_TAKEN);
	assert_int_equal(audited(coordinator, "site-added", "Elm"), 0);
	assert_int_equal(coordinator->sites.count, 3);
	for (int i = 0; i < 3; i++)
		site_done(&site[i]);
}

static void a_list_that_is_wrong_says_which_row(void **state)
{
	struct coordinator *coordinator = *state;
	SCOPED(char_freep)
	char *folder =
	    home_path(coordinator->home, HOME_SETTINGS, SITES_FOLDER);
	SCOPED(char_freep)
	char *path = home_path(coordinator->home, HOME_SETTINGS, SITES_LIST);
	struct sites sites;
	struct findings findings = { 0 };
	struct bytes list = { 0 };
	struct site site;

	make(coordinator, 1, false, &site);
	bytes_add_text(&list, "site,key,fingerprint\nA,");
	bytes_add_base64(&list, kiosk_key_public(site.key), KEY_BYTES);
	bytes_add_text(&list, ",00000 00000 00000 00000 00000 00000\nB,");
	bytes_add_base64(&list, kiosk_key_public(site.key), KEY_BYTES);
	bytes_add_text(&list, ",\nB,nonsense,\nC,");
	bytes_add_base64(&list, kiosk_key_public(site.key), KEY_BYTES);
	bytes_add_text(&list, ",\n");
	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(path, list.data, list.length, 0600),
			 FAULT_NONE);
	assert_int_equal(sites_read(coordinator->home, &findings, &sites),
			 FAULT_FORMAT);
	assert_int_equal(sites.count, 0);
	assert_int_equal(findings.count, 3);
	assert_non_null(strstr(findings.list[0].line,
			       "statistics/sites.csv: row 2: the fingerprint"));
	assert_non_null(strstr(findings.list[1].line, "row 4: site and key"));
	assert_non_null(strstr(findings.list[2].line, "row 5: this site or"));
	findings_done(&findings);
	bytes_done(&list);
	site_done(&site);
}

/* --- files ---------------------------------------------------------------- */

static void a_stick_brings_no_trust_of_its_own(void **state)
{
	struct coordinator *coordinator = *state;
	SCOPED(gathering_done) struct gathering found = { 0 };
	SCOPED(char_freep)
	char *list = folder_file(coordinator->stick, "sites.csv");
	SCOPED(gather_kept_done) struct gather_kept kept = { 0 };
	SCOPED(char_freep) char *path = NULL;
	struct bytes text = { 0 };
	struct site site;

	make(coordinator, 1, false, &site);
	path = put(coordinator, "1.json", &site);
	bytes_add_text(&text, "site,key\nSite 1,");
	bytes_add_base64(&text, kiosk_key_public(site.key), KEY_BYTES);
	assert_int_equal(file_write(list, text.data, text.length, 0600),
			 FAULT_NONE);
	assert_int_equal(gather_folder(coordinator->home, &coordinator->sites,
				       coordinator->stick, &found),
			 FAULT_NONE);
	assert_int_equal(found.count, 1);
	assert_int_equal(found.all[0].answer, GATHER_UNKNOWN);
	assert_string_equal(found.all[0].site, "Site 1");
	kept = look(coordinator);
	assert_int_equal(kept.count + kept.refused.count, 0);
	/* Once it is on the list, the stick is not needed again. */
	assert_int_equal(file_remove(path), FAULT_NONE);
	assert_int_equal(add(coordinator, "Site 1", &site), SITES_DONE);
	assert_int_equal(
	    gather_again(coordinator->home, &coordinator->sites, &found.all[0]),
	    FAULT_NONE);
	assert_int_equal(found.all[0].answer, GATHER_TAKEN);
	kept = look(coordinator);
	assert_int_equal(kept.count, 1);
	bytes_done(&text);
	site_done(&site);
}

static void of_a_site_and_its_days_the_newest_is_kept(void **state)
{
	struct coordinator *coordinator = *state;
	SCOPED(gather_kept_done) struct gather_kept kept = { 0 };
	SCOPED(merge_freep) struct merge *merge = merge_new();
	SCOPED(merged_done) struct merged merged = { 0 };
	SCOPED(char_freep)
	char *by_hand = home_path(coordinator->home, HOME_SETTINGS,
				  SITES_FOLDER "/zzz.json");
	struct site site;

	make(coordinator, 1, true, &site);
	assert_int_equal(take(coordinator, &site), GATHER_TAKEN);
	assert_int_equal(take(coordinator, &site), GATHER_SAME);
	site.counts[0][0] = 1000;
	site_write(&coordinator->teller->wording, &site, "2026-10");
	/* Of the same second: nobody knows which is right. */
	assert_int_equal(take(coordinator, &site), GATHER_OLDER);
	site.now += 1000;
	site.counts[0][0] = 2000;
	site_write(&coordinator->teller->wording, &site, "2026-10");
	assert_int_equal(take(coordinator, &site), GATHER_NEWER);
	site.now -= BOOK_DAY;
	site.counts[0][0] = 3000;
	site_write(&coordinator->teller->wording, &site, "2026-10");
	assert_int_equal(take(coordinator, &site), GATHER_OLDER);
	/* Other days are others. */
	site_write(&coordinator->teller->wording, &site, "2026-09");
	assert_int_equal(take(coordinator, &site), GATHER_TAKEN);

	/* An older one under another name is no second site. */
	site.now -= BOOK_DAY;
	site_write(&coordinator->teller->wording, &site, "2026-10");
	assert_int_equal(
	    file_write(by_hand, site.file.data, site.file.length, 0600),
	    FAULT_NONE);
	kept = look(coordinator);
	assert_int_equal(kept.count, 2);
	assert_int_equal(kept.days[0].sites, 1);
	assert_string_equal(kept.days[0].period.first, "2026-10-01");
	assert_string_equal(kept.days[1].period.last, "2026-09-30");
	assert_int_equal(gather_merge(coordinator->home, &coordinator->sites,
				      &kept.days[0].period, merge),
			 FAULT_NONE);
	merge_read(merge, &coordinator->teller->wording, &merged);
	assert_int_equal(
	    figures_at(&merged.reports[0].tables[0], 0, 2)->number / 100, 20);
	site_done(&site);
}

static size_t days_kept(const struct coordinator *coordinator)
{
	struct gather_kept kept = look(coordinator);
	const size_t count = kept.count;

	gather_kept_done(&kept);
	return count;
}

/* Its clock was wrong, and nothing else of it is lost. */
static void an_older_one_counts_where_somebody_says_so(void **state)
{
	struct coordinator *coordinator = *state;
	SCOPED(gathered_done) struct gathered gathered = { 0 };
	SCOPED(char_freep)
	char *by_hand = home_path(coordinator->home, HOME_SETTINGS,
				  SITES_FOLDER "/zzz.json");
	SCOPED(char_freep) char *path = NULL;
	struct site site;

	make(coordinator, 1, true, &site);
	assert_int_equal(take(coordinator, &site), GATHER_TAKEN);
	assert_int_equal(
	    file_write(by_hand, site.file.data, site.file.length, 0600),
	    FAULT_NONE);
	site_write(&coordinator->teller->wording, &site, "2026-09");
	assert_int_equal(take(coordinator, &site), GATHER_TAKEN);
	site.now -= BOOK_DAY;
	site_write(&coordinator->teller->wording, &site, "2026-10");
	path = put(coordinator, "older.json", &site);
	assert_int_equal(gather_take(coordinator->home, &coordinator->sites,
				     path, &gathered),
			 FAULT_NONE);
	assert_int_equal(gathered.answer, GATHER_OLDER);
	assert_int_equal(gather_replace(coordinator->home, &gathered),
			 FAULT_NONE);
	assert_int_equal(gathered.answer, GATHER_REPLACED);
	assert_int_equal(take(coordinator, &site), GATHER_SAME);
	assert_false(file_exists(by_hand));
	assert_int_equal(days_kept(coordinator), 2);
	site_done(&site);
}

/* A day a file. */
static void put_days(const struct coordinator *coordinator, struct site *site,
		     int count)
{
	for (int i = 0; i < count; i++) {
		const time_t at = (BOOK_NOW - (i + 1) * BOOK_DAY) / 1000;
		SCOPED(char_freep) char *name = xasprintf("%03d.json", i);
		char day[16];
		struct tm parts;

		(void)strftime(day, sizeof day, "%Y-%m-%d",
			       gmtime_r(&at, &parts));
		site_write(&coordinator->teller->wording, site, day);
		free(put(coordinator, name, site));
	}
}

static void what_is_beyond_a_folders_limit_is_told_and_comes_next(void **state)
{
	static const struct {
		size_t rows, left, kept;
	} times[] = {
		{ GATHER_MOST, 3, GATHER_MOST },
		{ GATHER_MOST + 3, 0, GATHER_MOST + 3 },
	};
	struct coordinator *coordinator = *state;
	struct site site;

	make(coordinator, 1, true, &site);
	put_days(coordinator, &site, GATHER_MOST + 3);
	for (size_t i = 0; i < COUNT(times); i++) {
		SCOPED(gathering_done) struct gathering found = { 0 };

		assert_int_equal(gather_folder(coordinator->home,
					       &coordinator->sites,
					       coordinator->stick, &found),
				 FAULT_NONE);
		assert_int_equal(found.count, times[i].rows);
		assert_int_equal(found.left, times[i].left);
		assert_int_equal(days_kept(coordinator), times[i].kept);
	}
	site_done(&site);
}

static void a_folder_that_cannot_be_read_is_not_an_empty_one(void **state)
{
	struct coordinator *coordinator = *state;
	SCOPED(gathering_done) struct gathering found = { 0 };
	SCOPED(char_freep)
	char *pipe = folder_file(coordinator->stick, "pipe.json");
	SCOPED(char_freep) char *loop = folder_file(coordinator->stick, "loop");
	SCOPED(char_freep) char *none = folder_file(coordinator->stick, "none");

	assert_int_equal(symlink(loop, loop), 0);
	assert_int_equal(
	    gather_folder(coordinator->home, &coordinator->sites, loop, &found),
	    FAULT_SYSTEM);
	assert_int_equal(
	    gather_folder(coordinator->home, &coordinator->sites, none, &found),
	    FAULT_NONE);
	/* Nobody writes into it: it is not waited for. */
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_int_equal(gather_folder(coordinator->home, &coordinator->sites,
				       coordinator->stick, &found),
			 FAULT_NONE);
	assert_int_equal(found.count, 0);
}

static void what_is_wrong_with_a_file_is_told(void **state)
{
	struct coordinator *coordinator = *state;
	SCOPED(gathered_done) struct gathered gathered = { 0 };
	SCOPED(gather_kept_done) struct gather_kept kept = { 0 };
	SCOPED(char_freep) char *path = NULL;
	struct site site, other;

	make(coordinator, 1, false, &site);
	assert_int_equal(add(coordinator, "Riverside", &site), SITES_DONE);
	assert_int_equal(take(coordinator, &site), GATHER_OTHER_NAME);
	make(coordinator, 2, true, &other);
	other.file.data[60] ^= 1;
	path = put(coordinator, "2.json", &other);
	assert_int_equal(gather_take(coordinator->home, &coordinator->sites,
				     path, &gathered),
			 FAULT_NONE);
	assert_int_equal(gathered.answer, GATHER_DAMAGED);
	assert_non_null(strstr(gathered.why, "somebody changed it"));
	kept = look(coordinator);
	assert_int_equal(kept.count + kept.refused.count, 0);
	site_done(&site);
	site_done(&other);
}

/* Somebody may put a file there by hand. */
static void what_lies_there_is_judged_by_the_list_of_today(void **state)
{
	struct coordinator *coordinator = *state;
	const struct sites_doing doing = { coordinator->home,
					   coordinator->teller->book->record,
					   &book_sam, BOOK_NOW };
	SCOPED(gather_kept_done) struct gather_kept kept = { 0 };
	SCOPED(char_freep)
	char *by_hand = home_path(coordinator->home, HOME_SETTINGS,
				  SITES_FOLDER "/mine.json");
	enum sites_answer answer;
	struct site site, other;

	make(coordinator, 1, true, &site);
	make(coordinator, 2, false, &other);
	assert_int_equal(take(coordinator, &site), GATHER_TAKEN);
	assert_int_equal(
	    file_write(by_hand, other.file.data, other.file.length, 0600),
	    FAULT_NONE);
	kept = look(coordinator);
	assert_int_equal(kept.days[0].sites, 1);
	assert_int_equal(kept.refused.count, 1);
	assert_string_equal(kept.refused.all[0].file, "mine.json");
	assert_int_equal(kept.refused.all[0].answer, GATHER_UNKNOWN);
	gather_kept_done(&kept);

	assert_int_equal(
	    sites_remove(&doing, &coordinator->sites, "Site 1", &answer),
	    FAULT_NONE);
	assert_int_equal(answer, SITES_DONE);
	assert_int_equal(audited(coordinator, "site-removed", "Site 1"), 1);
	kept = look(coordinator);
	assert_int_equal(kept.count, 0);
	assert_int_equal(kept.refused.count, 2);
	gather_kept_done(&kept);
	assert_int_equal(
	    gather_forget(coordinator->home, kiosk_key_public(site.key)),
	    FAULT_NONE);
	kept = look(coordinator);
	assert_int_equal(kept.refused.count, 1);
	assert_int_equal(
	    sites_remove(&doing, &coordinator->sites, "Site 1", &answer),
	    FAULT_NONE);
	assert_int_equal(answer, SITES_NONE);
	site_done(&site);
	site_done(&other);
}

/* Four sticks of four, in any order; one site's never comes. */
static void sixteen_sites_come_on_several_sticks(void **state)
{
	struct coordinator *coordinator = *state;
	SCOPED(gather_kept_done) struct gather_kept kept = { 0 };
	SCOPED(merge_freep) struct merge *merge = merge_new();
	SCOPED(merged_done) struct merged merged = { 0 };
	int64_t sum = 0;

	for (int i = 0; i < SITES; i++) {
		SCOPED(gathering_done) struct gathering found = { 0 };
		SCOPED(char_freep) char *path = NULL;
		struct site site;

		make(coordinator, i, true, &site);
		if (i == 5) {
			site_done(&site);
			continue;
		}
		for (size_t row = 0; row < SITES_ROWS; row++)
			sum += site.counts[row][0] + site.counts[row][1];
		/* Every stick calls it the same, and is wiped. */
		path = put(coordinator, i % 4 ? "b.json" : "a.json", &site);
		if (i % 4 == 3)
			assert_int_equal(gather_folder(coordinator->home,
						       &coordinator->sites,
						       coordinator->stick,
						       &found),
					 FAULT_NONE);
		else
			assert_int_equal(take(coordinator, &site),
					 GATHER_TAKEN);
		site_done(&site);
	}
	kept = look(coordinator);
	assert_int_equal(kept.count, 1);
	assert_int_equal(kept.days[0].sites, SITES - 1);
	assert_int_equal(kept.refused.count, 0);
	assert_int_equal(gather_merge(coordinator->home, &coordinator->sites,
				      &kept.days[0].period, merge),
			 FAULT_NONE);
	assert_string_equal(merge_missing(merge, 0), "Site 5");
	assert_null(merge_missing(merge, 1));
	merge_read(merge, &coordinator->teller->wording, &merged);
	assert_true(llabs(merged.reports[0].tables[0].totals[1].number - sum) <
		    SITES);
}

static void a_files_name_has_its_site_and_days(void **state)
{
	static const struct {
		const char *site, *month, *name;
	} names[] = {
		{ "Riverside", "2026-10", "statistics-Riverside-2026-10" },
		{ "Centre d’accueil / Est", "2026",
		  "statistics-Centre-d’accueil-Est-2026" },
		{ "../../etc", "2026-10", "statistics-etc-2026-10" },
		{ "...", "2026-10-05", "statistics-2026-10-05_2026-10-05" },
		/* Cut behind a whole letter. */
		{ "жжжжжжжжжжжжжжжжжжжжжжжжжжжжж", "2026-10",
		  "statistics-жжжжжжжжжжжжжжжжжжжжжжжжж-2026-10" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct period period;
		SCOPED(char_freep) char *name = NULL;

		assert_int_equal(period_read(names[i].month, names[i].month,
					     BOOK_NOW + 60 * BOOK_DAY, &period),
				 PERIOD_READ);
		name = statistics_called(names[i].site, &period);
		assert_string_equal(name, names[i].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_its_own_digits_are_a_fingerprint),
		WITH_COORDINATOR(a_list_is_read_as_it_was_written),
		WITH_COORDINATOR(what_another_desk_did_to_the_list_stays),
		WITH_COORDINATOR(a_list_that_is_wrong_says_which_row),
		WITH_COORDINATOR(a_stick_brings_no_trust_of_its_own),
		WITH_COORDINATOR(of_a_site_and_its_days_the_newest_is_kept),
		WITH_COORDINATOR(an_older_one_counts_where_somebody_says_so),
		WITH_COORDINATOR(
		    what_is_beyond_a_folders_limit_is_told_and_comes_next),
		WITH_COORDINATOR(
		    a_folder_that_cannot_be_read_is_not_an_empty_one),
		WITH_COORDINATOR(what_is_wrong_with_a_file_is_told),
		WITH_COORDINATOR(
		    what_lies_there_is_judged_by_the_list_of_today),
		WITH_COORDINATOR(sixteen_sites_come_on_several_sticks),
		cmocka_unit_test(a_files_name_has_its_site_and_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
