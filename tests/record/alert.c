#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "record/alert.h"
#include "record/queue.h"
#include "record/visit.h"
#include "tests/support/folder.h"
#include "tests/support/look.h"
#include "tests/support/sample.h"

static const struct record_who third = { .user = "Lou", .desk = "upstairs" };

/* How many alerts a desk shows, a number of ms after the scan. */
static size_t shown(struct record *record, const struct record_who *who,
		    int64_t after, bool *repeated)
{
	struct alert *alerts;
	size_t count;

	assert_int_equal(
	    alert_read(record, who, SAMPLE_NOON + after, &alerts, &count),
	    FAULT_NONE);
	*repeated = count && alerts[0].repeated;
	free(alerts);
	return count;
}

static struct record *record_with_alert(const char *folder,
					enum visit_keep keep)
{
	struct record *record = sample_record(folder);
	struct sample sample;

	sample_init(&sample, 412);
	sample.visit.quiet = true;
	sample.visit.keep = keep;
	sample_file(record, &sample);
	return record;
}

/* When the back desk first showed it is written down. */
static void assert_first_repeat(const char *folder, int64_t at)
{
	SCOPED(char_freep)
	char *desk = look_text(folder, "SELECT repeated_desk FROM alert");

	assert_int_equal(look_number(folder, "SELECT repeated FROM alert"), at);
	assert_string_equal(desk, "back");
}

static void
it_shows_here_at_once_and_everywhere_after_three_minutes(void **state)
{
	static const struct {
		int64_t after;
		size_t front, back;
	} clock[] = {
		{ 0, 1, 0 },
		{ 179999, 1, 0 },
		{ 180000, 1, 1 },
		{ 3600000, 1, 1 },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = record_with_alert(folder, VISIT_KEEP_KEPT);
	bool repeated;

	(void)state;
	for (size_t i = 0; i < COUNT(clock); i++) {
		assert_int_equal(
		    shown(record, &sample_sam, clock[i].after, &repeated),
		    clock[i].front);
		assert_false(repeated);
		assert_int_equal(
		    shown(record, &sample_ana, clock[i].after, &repeated),
		    clock[i].back);
		assert_int_equal(repeated, clock[i].back);
	}
	record_close(record);
	assert_first_repeat(folder, SAMPLE_NOON + 180000);
}

static void a_clock_that_was_set_back_repeats_it_at_once(void **state)
{
	static const struct {
		int64_t after;
		size_t back;
	} clock[] = {
		{ -10000, 0 }, /* no more than two programs may differ */
		{ -10001, 1 },
		{ 0, 1 }, /* what was shown stays */
		{ 60000, 1 },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = record_with_alert(folder, VISIT_KEEP_KEPT);
	bool repeated;

	(void)state;
	for (size_t i = 0; i < COUNT(clock); i++) {
		assert_int_equal(
		    shown(record, &sample_ana, clock[i].after, &repeated),
		    clock[i].back);
		assert_int_equal(repeated, clock[i].back);
	}
	record_close(record);
	assert_first_repeat(folder, SAMPLE_NOON - 10001);
}

static void acknowledged_it_stays_in_every_list_until_closed(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = record_with_alert(folder, VISIT_KEEP_KEPT);
	enum alert_answer answer;
	struct alert *alerts;
	size_t count;
	bool repeated;

	(void)state;
	assert_int_equal(alert_acknowledge(record, 1, &sample_ana,
					   SAMPLE_NOON + 1000, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ALERT_DONE);
	assert_int_equal(alert_acknowledge(record, 1, &sample_sam,
					   SAMPLE_NOON + 2000, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ALERT_ALREADY);
	assert_int_equal(shown(record, &third, 2000, &repeated), 1);
	assert_false(repeated);
	assert_int_equal(alert_read(record, &third, SAMPLE_NOON + SAMPLE_HOUR,
				    &alerts, &count),
			 FAULT_NONE);
	assert_false(alerts->repeated);
	assert_string_equal(alerts->by, "Ana");
	assert_string_equal(alerts->desk, "front");
	assert_string_equal(alerts->number, "K7-0412");
	assert_int_equal(alerts->acknowledged, SAMPLE_NOON + 1000);
	free(alerts);
	assert_int_equal(alert_close(record, 1, ALERT_TALKED, &sample_ana,
				     SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ALERT_DONE);
	assert_int_equal(alert_close(record, 1, ALERT_GONE, &sample_ana,
				     SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ALERT_ALREADY);
	assert_int_equal(alert_close(record, 9, ALERT_GONE, &sample_ana,
				     SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ALERT_UNKNOWN);
	assert_int_equal(shown(record, &sample_sam, SAMPLE_HOUR, &repeated), 0);
	record_close(record);
}

static void the_end_of_a_visit_does_not_close_it(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = record_with_alert(folder, VISIT_KEEP_NO);
	enum visit_acted acted;
	enum alert_answer answer;
	struct alert *alerts;
	size_t count;
	bool repeated;

	(void)state;
	assert_int_equal(visit_act(record, 1, VISIT_END, VISIT_LEFT,
				   &sample_sam, SAMPLE_NOON, &acted),
			 FAULT_NONE);
	assert_int_equal(
	    alert_read(record, &sample_sam, SAMPLE_NOON, &alerts, &count),
	    FAULT_NONE);
	assert_int_equal(count, 1);
	assert_string_equal(alerts->number, "K7-0412");
	free(alerts);
	assert_int_equal(alert_close(record, 1, ALERT_GONE, &sample_sam,
				     SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(shown(record, &sample_sam, 0, &repeated), 0);
	record_close(record);
}

static bool queue_marks_it(struct record *record)
{
	struct queue queue;
	bool quiet;

	assert_int_equal(
	    queue_read(record, QUEUE_WAITING, SAMPLE_NOON, 0, &queue),
	    FAULT_NONE);
	assert_int_equal(queue.count, 1);
	quiet = queue.rows[0].quiet;
	queue_done(&queue);
	return quiet;
}

static void the_queue_marks_it_until_it_is_closed(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = record_with_alert(folder, VISIT_KEEP_KEPT);
	enum alert_answer answer;

	(void)state;
	assert_true(queue_marks_it(record));
	assert_int_equal(alert_close(record, 1, ALERT_DECLINED, &sample_sam,
				     SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_false(queue_marks_it(record));
	record_close(record);
}

static void the_monthly_test_is_an_alert_without_a_visit(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);
	struct alert *alerts;
	size_t count;
	int64_t id;

	(void)state;
	assert_int_equal(
	    alert_raise_test(record, &sample_sam, SAMPLE_NOON, &id),
	    FAULT_NONE);
	assert_int_equal(
	    alert_read(record, &sample_sam, SAMPLE_NOON, &alerts, &count),
	    FAULT_NONE);
	assert_int_equal(count, 1);
	assert_int_equal(alerts->id, id);
	assert_int_equal(alerts->kind, ALERT_MONTHLY_TEST);
	assert_int_equal(alerts->visit, 0);
	assert_string_equal(alerts->number, "");
	free(alerts);
	record_close(record);
}

/* What a locked desk may know. */
static void it_calls_where_nobody_works_until_it_is_acknowledged(void **state)
{
	static const struct {
		int64_t after;
		bool front, back;
	} clock[] = {
		{ 0, true, false },
		{ 179999, true, false },
		{ 180000, true, true },
		{ 180001, true, true },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = record_with_alert(folder, VISIT_KEEP_KEPT);
	enum alert_answer answer;
	struct alert *alerts;
	bool calls;
	size_t count;

	(void)state;
	for (size_t i = 0; i < COUNT(clock); i++) {
		const int64_t now = SAMPLE_NOON + clock[i].after;

		assert_int_equal(alert_calls(record, &sample_sam, now, &calls),
				 FAULT_NONE);
		assert_int_equal(calls, clock[i].front);
		assert_int_equal(alert_calls(record, &sample_ana, now, &calls),
				 FAULT_NONE);
		assert_int_equal(calls, clock[i].back);
	}
	assert_first_repeat(folder, SAMPLE_NOON + 180000);
	assert_int_equal(
	    alert_read(record, &sample_sam, SAMPLE_NOON, &alerts, &count),
	    FAULT_NONE);
	assert_int_equal(alert_acknowledge(record, alerts[0].id, &sample_sam,
					   SAMPLE_NOON + 180002, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ALERT_DONE);
	free(alerts);
	assert_int_equal(
	    alert_calls(record, &sample_ana, SAMPLE_NOON + 180002, &calls),
	    FAULT_NONE);
	assert_false(calls);
	record_close(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    it_calls_where_nobody_works_until_it_is_acknowledged),
		cmocka_unit_test(
		    it_shows_here_at_once_and_everywhere_after_three_minutes),
		cmocka_unit_test(a_clock_that_was_set_back_repeats_it_at_once),
		cmocka_unit_test(
		    acknowledged_it_stays_in_every_list_until_closed),
		cmocka_unit_test(the_end_of_a_visit_does_not_close_it),
		cmocka_unit_test(the_queue_marks_it_until_it_is_closed),
		cmocka_unit_test(the_monthly_test_is_an_alert_without_a_visit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
