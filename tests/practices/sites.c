#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "record/enrolled.h"
#include "report/report_write.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/sample.h"
#include "tests/support/teller.h"
#include "tests/test.h"

/* Several sites, whoever trains them, and the machines they have. */

static void enrol(struct record *record, uint8_t byte, const char *name)
{
	enum enrolled_answer answer;
	uint8_t key[32];

	memset(key, byte, sizeof key);
	assert_int_equal(enrolled_add(record, key, name, "America/Toronto",
				      &book_sam, SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENROLLED_DONE);
}

static void file_of(struct record *record, uint32_t seq, uint8_t kiosk,
		    uint8_t form)
{
	struct sample sample;

	sample_init(&sample, seq);
	memset(sample.kiosk, kiosk, sizeof sample.kiosk);
	memset(sample.form, form, sizeof sample.form);
	(void)sample_file(record, &sample);
}

/* E2 asks what E1 asks; E3 asks something else since its update, and E4 has
 * seen nobody. */
static void row_82_kiosks_stand_side_by_side_with_what_they_ask(void **state)
{
	struct teller *teller = *state;
	struct record *record = teller->book->record;
	struct period period;
	const struct report_about about = {
		.period = &period,
		.wording = &teller->wording,
	};
	struct reported reported = { 0 };
	struct bytes csv = { 0 };
	SCOPED(char_freep) char *text = NULL;

	enrol(record, 1, "E1");
	enrol(record, 2, "E2");
	enrol(record, 3, "E3");
	enrol(record, 4, "E4");
	file_of(record, 1, 1, 0xab);
	file_of(record, 2, 1, 0xab);
	file_of(record, 3, 2, 0xab);
	file_of(record, 4, 3, 0xab);
	file_of(record, 5, 3, 0xcd);
	assert_int_equal(period_read("2026-06", "2026-06", BOOK_NOW, &period),
			 PERIOD_READ);
	assert_int_equal(report_read(&teller->wording, report_find("quality"),
				     &period, &reported),
			 FAULT_NONE);
	report_csv(&reported, &about, &csv);
	text = bytes_take_text(&csv);
	assert_non_null(strstr(
	    text,
	    "\"Kiosks side by side\"\r\n\"Kiosk\",\"Content hash\",\"Last "
	    "visit\",\"Visits\",\"Left\",\"Level changed by staff\"\r\n"
	    "\"E1\",\"abababababababab\",\"2026-06-21\",\"2\",\"0\",\"0\"\r\n"
	    "\"E2\",\"abababababababab\",\"2026-06-21\",\"1\",\"0\",\"0\"\r\n"
	    "\"E3\",\"abababababababab\",\"2026-06-21\",\"1\",\"0\",\"0\"\r\n"
	    "\"E3\",\"cdcdcdcdcdcdcdcd\",\"2026-06-21\",\"1\",\"0\",\"0\"\r\n"
	    "\"E4\",\"not noted\",\"not noted\",\"0\",\"0\",\"0\"\r\n"
	    "\"Total\",\"\",\"\",\"5\",\"0\",\"0\"\r\n"));
	reported_done(&reported);
}

/* --- the trainer's pack ---------------------------------------------------
 */

static char *guide(const char *name)
{
	SCOPED(char_freep)
	char *path =
	    xasprintf("%s/kiosk-image/guide/%s", getenv("FOYER_SOURCE"), name);
	struct bytes text = { 0 };

	assert_int_equal(file_read(path, 1 << 20, &text), FAULT_NONE);
	return bytes_take_text(&text);
}

static size_t headings(const char *text)
{
	size_t count = 0;

	while ((text = strstr(text, "\n## ")))
		text++, count++;
	return count;
}

/* Whoever asks to be trained gets who teaches, with what and how long; and
 * every command that the pack names is there. */
static void
row_76_a_trainers_pack_meets_the_demand_in_both_languages(void **state)
{
	static const char *const named[] = {
		"foyer demo new",     "foyer demo card",
		"foyer demo tour",    "foyer-desk --training",
		"foyer-kiosk --once",
	};
	SCOPED(char_freep) char *english = guide("training.en.md");
	SCOPED(char_freep) char *french = guide("training.fr.md");
	struct output output = program_run("", "foyer demo tour");

	(void)state;
	assert_true(headings(english) >= 5);
	assert_int_equal(headings(english), headings(french));
	for (size_t i = 0; i < COUNT(named); i++) {
		assert_non_null(strstr(english, named[i]));
		assert_non_null(strstr(french, named[i]));
	}
	/* The tour in it is the program's own. */
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(english, "Press l whenever you leave the desk"));
	assert_non_null(
	    strstr(output.out, "Press l whenever you leave the desk"));
	output_done(&output);
}

/* --- the smallest machine -------------------------------------------------
 */

#define FLOOR ((rlim_t)512 << 20) /* bytes */

/* Nothing that it starts gets more address space than the smallest board has
 * memory. A sanitizer reserves far more than it uses: there what was used
 * counts. */
static void cap_memory(void)
{
#ifndef __SANITIZE_ADDRESS__
	const struct rlimit cap = { FLOOR, FLOOR };

	assert_int_equal(setrlimit(RLIMIT_AS, &cap), 0);
#endif
}

/* In a process of its own, which alone is capped. */
static void go_capped(const char *home)
{
	const char *digits;

	cap_memory();
	demo_new(home);
	digits = demo_ticket(home, "claimant-shelter-es", NULL);
	_exit(digits && *digits ? 0 : 1);
}

static void row_62_the_way_of_a_ticket_fits_into_512_mb(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "demo");
	struct rusage used;
	int status;
	pid_t child = fork();

	(void)state;
	assert_true(child >= 0);
	if (!child)
		go_capped(home);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_int_equal(getrusage(RUSAGE_CHILDREN, &used), 0);
	assert_true((rlim_t)used.ru_maxrss * 1024 < FLOOR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TELLER(
		    row_82_kiosks_stand_side_by_side_with_what_they_ask),
		cmocka_unit_test(
		    row_76_a_trainers_pack_meets_the_demand_in_both_languages),
		cmocka_unit_test(row_62_the_way_of_a_ticket_fits_into_512_mb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
