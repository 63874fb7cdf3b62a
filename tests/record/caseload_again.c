#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/alert.h"
#include "record/caseload.h"
#include "record/consent.h"
#include "record/people_visit.h"
#include "record/statement.h"
#include "tests/support/folder.h"
#include "tests/support/pair.h"
#include "tests/support/sample.h"
#include "tests/test.h"

/* A laptop that comes back once more: what it has done since, taken back, and
 * what it had forgotten. */

static int64_t number(struct book *book, const char *sql, int64_t id)
{
	int64_t found;

	assert_int_equal(
	    statement_value(book->record, sql, -1, &found, "i", id),
	    FAULT_NONE);
	return found;
}

static void act(struct book *book, int64_t visit, enum visit_act what)
{
	enum visit_acted answer;

	assert_int_equal(
	    visit_act(book->record, visit, what,
		      what == VISIT_END ? VISIT_SERVED : VISIT_NO_OUTCOME,
		      &mira, SAMPLE_NOON + HOUR, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
}

static int64_t file_here(struct book *book, uint32_t seq, bool quiet)
{
	struct sample sample;

	sample_init(&sample, seq);
	sample.visit.quiet = quiet;
	sample.visit.keep = VISIT_KEEP_KEPT;
	return sample_file(book->record, &sample);
}

static int64_t take_out_one(struct pair *pair)
{
	const int64_t person = book_make(&pair->home, "person", NULL);

	take_out(pair, &person, 1);
	return person;
}

static void write_note(struct book *book, const char *text)
{
	(void)book_make(book, "note", "person", "1", "text", text, "guard",
			"open", NULL);
}

/* --- put back --------------------------------------------------------------
 */

static void keep_away(struct pair *pair, struct bytes *kept)
{
	SCOPED(char_freep)
	char *path = folder_file(pair->away.folder, RECORD_FILE);

	record_close(pair->away.record);
	assert_int_equal(file_read(path, 64 << 20, kept), FAULT_NONE);
	open_book(&pair->away);
}

static void put_back_away(struct pair *pair, struct bytes *kept)
{
	SCOPED(char_freep)
	char *path = folder_file(pair->away.folder, RECORD_FILE);

	record_close(pair->away.record);
	assert_int_equal(file_write(path, kept->data, kept->length, 0600),
			 FAULT_NONE);
	open_book(&pair->away);
	bytes_done(kept);
}

static void is_rolled_back(struct pair *pair)
{
	struct caseload_told told;

	check_in(pair, &pair->away);
	assert_int_equal(merge_file(pair, &told), CASELOAD_ROLLED_BACK);
	assert_int_equal(told.acts + told.visits, 0);
}

static void a_laptop_that_went_back_to_a_backup_is_refused(void **state)
{
	struct pair *pair = *state;
	struct bytes kept = { 0 };

	(void)take_out_one(pair);
	keep_away(pair, &kept);
	write_note(&pair->away, "one");
	write_note(&pair->away, "two");
	(void)bring_back(pair);
	put_back_away(pair, &kept);
	is_rolled_back(pair);
	/* By another at another moment, with the numbers of the first. */
	save_as(&pair->away, "person", 1, "language", "ar", &mira,
		BOOK_NOW + 1);
	save_as(&pair->away, "person", 1, "language", "fa", &mira,
		BOOK_NOW + 2);
	save_as(&pair->away, "person", 1, "language", "fr", &mira,
		BOOK_NOW + 3);
	is_rolled_back(pair);
	is_value(&pair->home, "person", 1, "language", "");
	assert_int_equal(total(&pair->home, "note"), 2);
}

static void so_is_one_that_only_acted_on_visits_since(void **state)
{
	struct pair *pair = *state;
	struct bytes kept = { 0 };
	int64_t visit;

	(void)take_out_one(pair);
	visit = file_here(&pair->away, 1, false);
	keep_away(pair, &kept);
	act(&pair->away, visit, VISIT_CALL);
	(void)bring_back(pair);
	put_back_away(pair, &kept);
	act(&pair->away, visit, VISIT_TAKE_IN);
	act(&pair->away, visit, VISIT_END);
	is_rolled_back(pair);
	assert_int_equal(sample_state(pair->home.record, 1), VISIT_CALLED);
}

static void a_backup_of_after_the_merge_may_be_put_back(void **state)
{
	struct pair *pair = *state;
	struct bytes kept = { 0 };

	(void)take_out_one(pair);
	write_note(&pair->away, "one");
	(void)bring_back(pair);
	keep_away(pair, &kept);
	write_note(&pair->away, "lost on the laptop alone");
	put_back_away(pair, &kept);
	write_note(&pair->away, "two");
	assert_int_equal(bring_back(pair).acts, 1);
	is_value(&pair->home, "note", 2, "text", "two");
}

/* The clock erases in the file while it is merged, not on the laptop. */
static void what_the_clock_erased_on_the_way_is_not_the_laptops(void **state)
{
	struct pair *pair = *state;
	struct sample sample;

	(void)take_out_one(pair);
	sample_init(&sample, 1);
	sample.visit.keep = VISIT_KEEP_TODAY;
	(void)sample_file(pair->away.record, &sample);
	(void)bring_back(pair);
	write_note(&pair->away, "one");
	assert_int_equal(bring_back(pair).acts, 1);
	assert_int_equal(number(&pair->home,
				"SELECT count(*) FROM visit WHERE erased_at IS"
				" NOT NULL AND ?1 = 1",
				1),
			 1);
}

/* --- silent calls ----------------------------------------------------------
 */

static int64_t alert_of(struct book *book, int64_t visit)
{
	return number(book, "SELECT id FROM alert WHERE visit = ?1", visit);
}

static void close_alert(struct book *book, int64_t id)
{
	enum alert_answer answer;

	assert_int_equal(alert_close(book->record, id, ALERT_TALKED, &mira,
				     SAMPLE_NOON + HOUR, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ALERT_DONE);
}

static void is_closed(struct book *book, int64_t id)
{
	SCOPED(char_freep) char *row = NULL;

	assert_int_equal(statement_line(book->record,
					"SELECT outcome || ' ' || closed_by ||"
					" ' ' || acknowledged_by FROM alert"
					" WHERE id = ?1 AND closed > 0",
					id, &row),
			 FAULT_NONE);
	assert_string_equal(row ?: "open", "talked Mira Mira");
}

static void a_call_answered_on_the_laptop_is_answered_here(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);
	const int64_t with_them = file_here(home, 1, true);
	enum people_answer answer;
	int64_t later;

	assert_int_equal(people_attach(home->record, with_them, person, true,
				       &book_sam, SAMPLE_NOON, &answer),
			 FAULT_NONE);
	take_out(pair, &person, 1);
	/* Another one here, so that the two count differently. */
	(void)file_here(home, 2, true);
	later = file_here(away, 3, true);
	(void)bring_back(pair);
	assert_int_equal(number(home,
				"SELECT count(*) FROM alert WHERE closed = 0"
				" AND ?1 = 1",
				1),
			 3);
	close_alert(away, alert_of(away, with_them));
	close_alert(away, alert_of(away, later));
	(void)bring_back(pair);
	is_closed(home, 1);
	is_closed(home, 3);
	assert_int_equal(number(home,
				"SELECT count(*) FROM alert WHERE closed = 0"
				" AND ?1 = 1",
				1),
			 1);
	/* What the audit tells is about the one that it is here. */
	assert_int_equal(number(home,
				"SELECT count(*) FROM audit WHERE act ="
				" 'close' AND subject = 'alert' AND subject_id"
				" = ?1",
				3),
			 1);
	assert_int_equal(bring_back(pair).acts, 0);
	assert_int_equal(
	    number(home, "SELECT count(*) FROM alert WHERE ?1 = 1", 1), 3);
}

static void one_whose_visit_was_erased_there_is_told_all_the_same(void **state)
{
	struct pair *pair = *state;
	struct book *away = &pair->away;
	enum visit_acted answer;
	int64_t visit;

	(void)take_out_one(pair);
	visit = file_here(away, 1, true);
	close_alert(away, alert_of(away, visit));
	assert_int_equal(
	    visit_withdraw(away->record, visit, &mira, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	(void)bring_back(pair);
	is_closed(&pair->home, 1);
	assert_int_equal(alert_of(&pair->home, 1), -1);
}

/* --- taken back ------------------------------------------------------------
 */

static void undo_away(struct pair *pair)
{
	enum entity_answer answer;

	assert_int_equal(entity_undo(pair->away.record, &mira, BOOK_NOW + HOUR,
				     &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
}

static void an_act_taken_back_there_is_taken_back_here(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;

	(void)take_out_one(pair);
	save_as(&pair->away, "person", 1, "language", "ar", &mira, BOOK_NOW);
	(void)bring_back(pair);
	is_value(home, "person", 1, "language", "ar");
	undo_away(pair);
	(void)bring_back(pair);
	is_value(home, "person", 1, "language", "");
	assert_int_equal(number(home,
				"SELECT undone FROM act WHERE user = 'Mira'"
				" AND undoes IS NULL AND ?1 = 1",
				1),
			 1);
	assert_int_equal(number(home,
				"SELECT count(*) FROM audit WHERE user ="
				" 'Mira' AND act = 'undo' AND subject_id = ?1",
				1),
			 1);
}

static void what_the_laptop_takes_back_is_not_to_be_decided(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;

	(void)take_out_one(pair);
	save_as(home, "person", 1, "language", "am", &book_ana, BOOK_NOW);
	save_as(&pair->away, "person", 1, "language", "ar", &mira, BOOK_NOW);
	assert_int_equal(bring_back(pair).conflicts, 1);
	undo_away(pair);
	assert_int_equal(bring_back(pair).conflicts, 0);
	is_value(home, "person", 1, "language", "am");
	is_value(home, "conflict", 1, "state", "ours");
}

static void undo_visit(struct book *book, int64_t visit)
{
	enum visit_acted answer;

	assert_int_equal(visit_undo(book->record, visit, &mira,
				    SAMPLE_NOON + 2 * HOUR, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
}

static void a_call_taken_back_there_is_taken_back_here(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	int64_t visit;

	(void)take_out_one(pair);
	visit = file_here(away, 1, false);
	act(away, visit, VISIT_TAKE_IN);
	act(away, visit, VISIT_END);
	(void)bring_back(pair);
	undo_visit(away, visit);
	undo_visit(away, visit);
	act(away, visit, VISIT_CALL);
	assert_int_equal(bring_back(pair).conflicts, 0);
	assert_int_equal(sample_state(home->record, 1), VISIT_CALLED);
	undo_visit(away, visit);
	assert_int_equal(bring_back(pair).conflicts, 0);
	assert_int_equal(sample_state(home->record, 1), VISIT_WAITING);
	assert_int_equal(number(home,
				"SELECT count(*) FROM visit_act WHERE visit ="
				" ?1 AND undone = 0",
				1),
			 0);
	assert_int_equal(number(home,
				"SELECT count(*) FROM audit WHERE act = 'undo'"
				" AND subject = 'visit' AND subject_id = ?1",
				1),
			 3);
}

static void where_somebody_went_on_here_it_is_decided(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	int64_t visit;

	(void)take_out_one(pair);
	visit = file_here(away, 1, false);
	act(away, visit, VISIT_CALL);
	(void)bring_back(pair);
	act(home, 1, VISIT_TAKE_IN);
	undo_visit(away, visit);
	assert_int_equal(bring_back(pair).conflicts, 1);
	assert_int_equal(sample_state(home->record, 1), VISIT_IN_SERVICE);
	is_value(home, "conflict", 1, "theirs", "waiting");
	assert_int_equal(book_move(home, "conflict", 1, "ours"), ENTITY_DONE);
	assert_int_equal(bring_back(pair).conflicts, 0);
}

/* --- erased ----------------------------------------------------------------
 */

static void a_visit_erased_there_is_erased_here_by_the_same_rule(void **state)
{
	struct pair *pair = *state;
	SCOPED(char_freep) char *stone = NULL;
	enum visit_acted answer;
	int64_t visit;

	(void)take_out_one(pair);
	visit = file_here(&pair->away, 1, false);
	assert_int_equal(visit_withdraw(pair->away.record, visit, &mira,
					SAMPLE_NOON, &answer),
			 FAULT_NONE);
	(void)bring_back(pair);
	assert_int_equal(statement_line(pair->home.record,
					"SELECT group_concat(rule || ' ' ||"
					" user) FROM tombstone WHERE subject ="
					" 'visit' AND subject_id = ?1",
					1, &stone),
			 FAULT_NONE);
	assert_string_equal(stone, "withdrawn Mira");
}

/* --- two at once -----------------------------------------------------------
 */

struct second {
	struct pair *pair;
	enum caseload_answer answer, opened;
	int tries;
};

/* While the first is reading its file. */
static void merge_too(void *to, enum backup_step step, int64_t done, int64_t of)
{
	struct second *second = to;
	struct pair *pair = second->pair;
	SCOPED(char_freep)
	char *path = folder_file(pair->home.folder, RECORD_FILE);
	SCOPED(char_freep)
	char *other = folder_file(pair->home.folder, "other.db");
	struct caseload_file file = file_for(pair, path);
	struct caseload_told told;

	(void)step;
	(void)done;
	(void)of;
	if (second->tries++)
		return;
	assert_int_equal(
	    caseload_merge(pair->home.record, &file, &second->answer, &told),
	    FAULT_NONE);
	file.to = other;
	assert_int_equal(caseload_open(&file, &second->opened, &told),
			 FAULT_NONE);
}

static void two_merges_at_once_do_not_mix(void **state)
{
	struct pair *pair = *state;
	struct second second = { .pair = pair };
	const struct backup_watch watch = { merge_too, &second };
	SCOPED(char_freep)
	char *path = folder_file(pair->home.folder, RECORD_FILE);
	struct caseload_file file = file_for(pair, path);
	enum caseload_answer answer;
	struct caseload_told told;

	(void)take_out_one(pair);
	write_note(&pair->away, "one");
	check_in(pair, &pair->away);
	file.watch = &watch;
	assert_int_equal(
	    caseload_merge(pair->home.record, &file, &answer, &told),
	    FAULT_NONE);
	assert_int_equal(answer, CASELOAD_DONE);
	assert_true(second.tries > 0);
	assert_int_equal(second.answer, CASELOAD_BUSY);
	assert_int_equal(second.opened, CASELOAD_BUSY);
	assert_int_equal(total(&pair->home, "note"), 1);
	/* Afterwards nothing is held. */
	assert_int_equal(merge_file(pair, &told), CASELOAD_DONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PAIR(a_laptop_that_went_back_to_a_backup_is_refused),
		WITH_PAIR(a_call_answered_on_the_laptop_is_answered_here),
		WITH_PAIR(a_call_taken_back_there_is_taken_back_here),
	};
	/* Each takes seconds under valgrind. */
	const struct CMUnitTest more[] = {
		WITH_PAIR(so_is_one_that_only_acted_on_visits_since),
		WITH_PAIR(a_backup_of_after_the_merge_may_be_put_back),
		WITH_PAIR(what_the_clock_erased_on_the_way_is_not_the_laptops),
		WITH_PAIR(
		    one_whose_visit_was_erased_there_is_told_all_the_same),
		WITH_PAIR(an_act_taken_back_there_is_taken_back_here),
		WITH_PAIR(what_the_laptop_takes_back_is_not_to_be_decided),
		WITH_PAIR(where_somebody_went_on_here_it_is_decided),
		WITH_PAIR(a_visit_erased_there_is_erased_here_by_the_same_rule),
		WITH_PAIR(two_merges_at_once_do_not_mix),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	if (!getenv("FOYER_SLOW"))
		failed += cmocka_run_group_tests(more, NULL, NULL);
	return failed;
}
