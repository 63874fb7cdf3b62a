#include <string.h>

#include "base/bytes.h"
#include "office/demo_pilot.h"
#include "record/listing.h"
#include "report/report_write.h"
#include "tests/support/case.h"
#include "tests/support/folder.h"
#include "tests/support/jumble.h"
#include "tests/support/server.h"
#include "tests/support/teller.h"
#include "tests/test.h"

/*
 * The same record in a file and on a server: every list, table of counts and
 * report says the same of both, byte for byte. What is on the server was in a
 * copy of the file.
 */

static const struct catalogue *words;

struct twins {
	struct teller *teller; /* its record is the file */
	struct record *server;
};

static char *path_of(const struct teller *teller, const char *name)
{
	return folder_file(teller->book->folder, name);
}

/* Opens both. */
static void part(struct teller *teller, const char *folder, const char *name,
		 struct twins *out)
{
	SCOPED(char_freep) char *path = path_of(teller, RECORD_FILE);

	/* The last who closes it empties its journal. */
	record_close(teller->book->record);
	out->server = server_twin(folder, name, path);
	assert_int_equal(record_open(path, &teller->book->record), FAULT_NONE);
	teller->wording.record = teller->book->record;
	out->teller = teller;
}

/* --- what they say -------------------------------------------------------- */

struct told {
	struct bytes text;
	size_t width, rows;
};

static bool take_row(void *to, const struct listing_row *row)
{
	struct told *told = to;

	told->rows++;
	bytes_add_format(&told->text, "%lld %lld %lld", (long long)row->id,
			 (long long)row->since, (long long)row->person);
	for (size_t i = 0; i < told->width; i++)
		bytes_add_format(&told->text, "|%s", row->values[i] ?: "-");
	bytes_add_text(&told->text, "\n");
	return true;
}

static void take_values(void *to, const char *const *values)
{
	struct told *told = to;

	told->rows++;
	for (size_t i = 0; i < told->width; i++)
		bytes_add_format(&told->text, "|%s", values[i] ?: "-");
	bytes_add_text(&told->text, "\n");
}

/* What one engine says to it; "refused" where it takes it for none. */
typedef enum fault say(struct record *record, const void *what,
		       struct told *told);

static enum fault tell_list(struct record *record, const void *what,
			    struct told *told)
{
	static const struct listing_day day = { BOOK_NOW, CASE_TODAY };

	told->width = listing_width(what);
	return listing_each(record, what, &day, &book_sam, take_row, told);
}

static enum fault tell_tally(struct record *record, const void *what,
			     struct told *told)
{
	struct period period;
	struct tally_period days;

	assert_int_equal(period_read("2025", "2026", BOOK_NOW, &period),
			 PERIOD_READ);
	days = period_tally(&period);
	told->width = tally_width(what);
	return tally_each(record, what, &days, take_values, told);
}

/* As `foyer report` writes it for a spreadsheet and for programs. */
static enum fault tell_report(struct record *record, const void *what,
			      struct told *told)
{
	const struct wording wording = { record, words, &book_sam };
	struct reported reported;
	struct period period;
	const struct report_about about = { "An agency", &period, &wording,
					    true };
	enum fault fault;

	assert_int_equal(period_read("2025", "2026", BOOK_NOW, &period),
			 PERIOD_READ);
	if (!(fault = report_read(&wording, what, &period, &reported))) {
		report_csv(&reported, &about, &told->text);
		report_json(&reported, &about, &told->text);
		told->rows++;
	}
	reported_done(&reported);
	return fault;
}

/* The first line in which they part, and how often anything was said. */
static void compare(const struct twins *twins, const char *name, say *tell,
		    const void *what, size_t *said, size_t *wrong)
{
	struct told here = { 0 }, there = { 0 };
	char *one, *two;

	bytes_add_text(&here.text, "");
	bytes_add_text(&there.text, "");
	assert_int_equal(tell(twins->teller->book->record, what, &here),
			 FAULT_NONE);
	if (tell(twins->server, what, &there))
		bytes_add_text(&there.text, "refused\n");
	*said += here.rows > 0;
	one = (char *)here.text.data;
	two = (char *)there.text.data;
	if (strcmp(one, two) != 0) {
		++*wrong;
		while (one && two) {
			const char *left = strsep(&one, "\n");
			const char *right = strsep(&two, "\n");

			if (!strcmp(left, right))
				continue;
			print_error("%s: %s\n  there: %s\n", name, left, right);
			break;
		}
	}
	bytes_done(&here.text);
	bytes_done(&there.text);
}

/* Who signs in for reports alone: the record is granted to them as it comes. */
static void make_reader(const char *folder)
{
	(void)server_tell(folder, "CREATE ROLE foyer_report NOLOGIN");
	(void)server_tell(folder, "CREATE ROLE reader LOGIN IN ROLE"
				  " foyer_report");
}

/* Counts and reports are the same for whoever may read no name. */
static void agree_with_reader(struct twins *twins, const char *folder,
			      const char *name, size_t least)
{
	SCOPED(char_freep)
	char *address =
	    xasprintf("postgresql:///%s?host=%s&user=reader", name, folder);
	size_t said = 0, wrong = 0;

	record_close(twins->server);
	assert_int_equal(record_open(address, &twins->server), FAULT_NONE);
	assert_int_equal(record_expire(twins->server, BOOK_NOW, NULL),
			 FAULT_NONE);
	for (size_t i = 0; i < tally_count(); i++)
		compare(twins, tally_at(i)->name, tell_tally, tally_at(i),
			&said, &wrong);
	for (size_t i = 0; i < report_count(); i++)
		compare(twins, report_at(i)->name, tell_report, report_at(i),
			&said, &wrong);
	assert_true(said >= least);
	assert_int_equal(wrong, 0);
}

/* As many as said anything, so that silence does not pass for agreement. */
static void agree(const struct twins *twins, size_t least)
{
	size_t said = 0, wrong = 0;

	for (size_t i = 0; i < listing_count(); i++)
		compare(twins, listing_at(i)->name, tell_list, listing_at(i),
			&said, &wrong);
	for (size_t i = 0; i < tally_count(); i++)
		compare(twins, tally_at(i)->name, tell_tally, tally_at(i),
			&said, &wrong);
	words = twins->teller->words;
	for (size_t i = 0; i < report_count(); i++)
		compare(twins, report_at(i)->name, tell_report, report_at(i),
			&said, &wrong);
	assert_true(said >= least);
	assert_int_equal(wrong, 0);
}

static void an_agency_of_the_pilots_size_is_told_alike(void **state)
{
	struct teller *teller = *state;
	const char *folder = server_folder();
	struct twins twins;

	assert_int_equal(
	    pilot_write(teller->book->record, &book_sam, BOOK_NOW, CASE_TODAY),
	    FAULT_NONE);
	make_reader(folder);
	part(teller, folder, "pilot", &twins);
	agree(&twins, 75);
	agree_with_reader(&twins, folder, "pilot", 30);
	record_close(twins.server);
}

static void whatever_rows_may_be_is_told_alike(void **state)
{
	struct teller *teller = *state;
	const char *folder = server_folder();
	SCOPED(char_freep) char *path = path_of(teller, RECORD_FILE);
	struct twins twins;

	record_close(teller->book->record);
	jumble_fill(path, 60, BOOK_NOW, 1);
	assert_int_equal(record_open(path, &teller->book->record), FAULT_NONE);
	make_reader(folder);
	part(teller, folder, "jumble", &twins);
	agree(&twins, 120);
	agree_with_reader(&twins, folder, "jumble", 55);
	record_close(twins.server);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TELLER(an_agency_of_the_pilots_size_is_told_alike),
		WITH_TELLER(whatever_rows_may_be_is_told_alike),
	};

	return cmocka_run_group_tests(tests, server_begin, server_end);
}
