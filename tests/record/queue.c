#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/queue.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"

/* A room of people, by the minute they came. */
static const struct {
	uint32_t seq;
	int minute;
	enum visit_level level;
} people[] = {
	{ 1, 0, VISIT_U4 },  { 2, 5, VISIT_U3 },        { 3, 10, VISIT_U2 },
	{ 4, 15, VISIT_U1 }, { 5, 20, VISIT_U5 },       { 6, 25, VISIT_U2 },
	{ 7, 30, VISIT_U1 }, { 8, 35, VISIT_NO_LEVEL },
};

static void fill(struct record *record)
{
	for (size_t i = 0; i < COUNT(people); i++) {
		struct sample sample;

		sample_init(&sample, people[i].seq);
		sample.visit.level = people[i].level;
		sample.visit.arrived =
		    SAMPLE_NOON + people[i].minute * SAMPLE_MINUTE;
		sample_file(record, &sample);
	}
}

/* "4 7 3 6": the numbers in order, marked: ^ lifted, q quick, ! quiet. */
static char *order(struct record *record, enum queue_part part, int minute,
		   int limit)
{
	struct bytes list = { 0 };
	struct queue queue;

	bytes_add_text(&list, "");
	assert_int_equal(queue_read(record, part,
				    SAMPLE_NOON + minute * SAMPLE_MINUTE,
				    limit * SAMPLE_MINUTE, &queue),
			 FAULT_NONE);
	for (size_t i = 0; i < queue.count; i++)
		bytes_add_format(&list, "%s%s%s%s%s", i ? " " : "",
				 queue.rows[i].number + strlen("K7-000"),
				 queue.rows[i].lifted ? "^" : "",
				 queue.rows[i].quick ? "q" : "",
				 queue.rows[i].quiet ? "!" : "");
	queue_done(&queue);
	return bytes_take_text(&list);
}

static void u1_then_u2_then_everyone_by_arrival(void **state)
{
	static const struct {
		enum queue_part part;
		int minute, limit;
		const char *order;
	} cases[] = {
		{ QUEUE_WAITING, 40, 0, "4 7 3 6 1 2 5q 8" },
		{ QUEUE_QUICK, 40, 0, "5q" },
		{ QUEUE_IN_SERVICE, 40, 0, "" },
		/* Whoever has waited half an hour stands among the U2. */
		{ QUEUE_WAITING, 40, 30, "4 7 1^ 2^ 3 6 5q 8" },
		{ QUEUE_WAITING, 60, 30, "4 7 1^ 2^ 3 5^q 6 8" },
		{ QUEUE_WAITING, 34, 35, "4 7 3 6 1 2 5q 8" },
		{ QUEUE_WAITING, 35, 35, "4 7 1^ 3 6 2 5q 8" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);

	(void)state;
	fill(record);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *got = order(record, cases[i].part, cases[i].minute,
				  cases[i].limit);

		assert_string_equal(got, cases[i].order);
	}
	record_close(record);
}

static void staff_levels_and_acts_move_people(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *waiting = NULL, *service = NULL, *ended = NULL;
	struct record *record = sample_record(folder);
	enum visit_acted acted;
	struct queue queue;

	(void)state;
	fill(record);
	assert_int_equal(visit_override(record, 2, VISIT_U1, "fell",
					&sample_sam, SAMPLE_NOON, &acted),
			 FAULT_NONE);
	assert_int_equal(visit_act(record, 4, VISIT_TAKE_IN, VISIT_NO_OUTCOME,
				   &sample_sam, SAMPLE_NOON + SAMPLE_HOUR,
				   &acted),
			 FAULT_NONE);
	assert_int_equal(visit_act(record, 1, VISIT_CALL, VISIT_NO_OUTCOME,
				   &sample_sam, SAMPLE_NOON, &acted),
			 FAULT_NONE);
	assert_int_equal(visit_act(record, 3, VISIT_END, VISIT_LEFT,
				   &sample_sam, SAMPLE_NOON + SAMPLE_HOUR,
				   &acted),
			 FAULT_NONE);
	waiting = order(record, QUEUE_WAITING, 40, 0);
	service = order(record, QUEUE_IN_SERVICE, 40, 0);
	ended = order(record, QUEUE_ENDED, 70, 0);
	assert_string_equal(waiting, "2 7 6 1 5q 8");
	assert_string_equal(service, "4");
	assert_string_equal(ended, "3");

	assert_int_equal(queue_read(record, QUEUE_WAITING,
				    SAMPLE_NOON + SAMPLE_HOUR, 0, &queue),
			 FAULT_NONE);
	assert_int_equal(queue.waiting, 6);
	assert_true(queue.rows[0].overridden);
	assert_int_equal(queue.rows[0].computed, VISIT_U3);
	assert_int_equal(queue.rows[0].waited, 55 * SAMPLE_MINUTE);
	assert_string_equal(queue.rows[0].name, "ሰላም " SAMPLE_SECRET);
	assert_int_equal(queue.rows[3].state, VISIT_CALLED);
	queue_done(&queue);
	assert_int_equal(queue_read(record, QUEUE_IN_SERVICE,
				    SAMPLE_NOON + 3 * SAMPLE_HOUR, 0, &queue),
			 FAULT_NONE);
	assert_int_equal(queue.rows[0].waited, 45 * SAMPLE_MINUTE);
	assert_int_equal(queue.waiting, 0);
	queue_done(&queue);
	record_close(record);
}

static void requeued_people_keep_their_first_time(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *after = NULL;
	struct record *record = sample_record(folder);
	static const enum visit_act acts[] = { VISIT_CALL, VISIT_MISS,
					       VISIT_REQUEUE };
	enum visit_acted acted;

	(void)state;
	fill(record);
	for (size_t i = 0; i < COUNT(acts); i++)
		assert_int_equal(visit_act(record, 1, acts[i], VISIT_NO_OUTCOME,
					   &sample_sam,
					   SAMPLE_NOON + SAMPLE_HOUR, &acted),
				 FAULT_NONE);
	after = order(record, QUEUE_WAITING, 70, 0);
	assert_string_equal(after, "4 7 3 6 1 2 5q 8");
	record_close(record);
}

static char *joined(char *const *numbers, size_t count)
{
	struct bytes list = { 0 };

	bytes_add_text(&list, "");
	for (size_t i = 0; i < count; i++)
		bytes_add_format(&list, "%s%s", i ? " " : "", numbers[i]);
	return bytes_take_text(&list);
}

static void the_board_shows_numbers_in_no_telling_order(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *called = NULL, *waiting = NULL;
	struct record *record = sample_record(folder);
	struct queue_board board;
	enum visit_acted acted;

	(void)state;
	fill(record);
	for (int64_t id = 3; id <= 5; id++)
		assert_int_equal(visit_act(record, id, VISIT_CALL,
					   VISIT_NO_OUTCOME, &sample_sam,
					   SAMPLE_NOON + id, &acted),
				 FAULT_NONE);
	assert_int_equal(visit_act(record, 4, VISIT_MISS, VISIT_NO_OUTCOME,
				   &sample_sam, SAMPLE_NOON, &acted),
			 FAULT_NONE);
	assert_int_equal(queue_board_read(record, &board), FAULT_NONE);
	called = joined(board.called, board.called_count);
	waiting = joined(board.waiting, board.waiting_count);
	queue_board_done(&board);
	assert_string_equal(called, "K7-0005 K7-0003");
	assert_string_equal(waiting,
			    "K7-0001 K7-0002 K7-0004 K7-0006 K7-0007 K7-0008");
	record_close(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(u1_then_u2_then_everyone_by_arrival),
		cmocka_unit_test(staff_levels_and_acts_move_people),
		cmocka_unit_test(requeued_people_keep_their_first_time),
		cmocka_unit_test(the_board_shows_numbers_in_no_telling_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
