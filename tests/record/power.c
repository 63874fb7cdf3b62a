#include "tests/test.h"

#include <signal.h>
#include <stdlib.h>

#include "base/log.h"
#include "record/queue.h"
#include "tests/support/chance.h"
#include "tests/support/child.h"
#include "tests/support/folder.h"
#include "tests/support/lasting.h"
#include "tests/support/sample.h"

/*
 * Killed, opened again, and then without power: what the second desk said is
 * there may have been written by a desk that was killed before the disk was
 * told to finish it.
 */
struct desk {
	const char *folder;
	uint32_t ticket; /* to be filed */
	int dies_at;     /* a change */
};

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static struct record *opened(const struct desk *desk)
{
	SCOPED(char_freep) char *path = folder_file(desk->folder, RECORD_FILE);
	struct record *record;

	assert_int_equal(record_open(path, &record), FAULT_NONE);
	return record;
}

static void change_reached(void *to)
{
	struct desk *desk = to;

	if (!--desk->dies_at)
		raise(SIGKILL);
}

static int file_one(void *to)
{
	struct desk *desk = to;
	struct record *record;
	struct sample sample;

	record = opened(desk);
	lasting_each(change_reached, desk);
	sample_init(&sample, desk->ticket);
	sample_file(record, &sample);
	record_close(record);
	return 0;
}

/* How many people wait; the record is not closed, as at a kill. */
static int count(void *to)
{
	struct record *record = opened(to);
	struct queue queue;
	int waiting;

	assert_int_equal(
	    queue_read(record, QUEUE_WAITING, SAMPLE_NOON, 0, &queue),
	    FAULT_NONE);
	waiting = (int)queue.waiting;
	queue_done(&queue);
	return waiting;
}

static void who_was_seen_waiting_outlasts_the_power(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct chance chance = { 11 };
	struct desk desk = { .folder = folder, .ticket = 1 };
	int moment = 0, answer = CHILD_KILLED, waiting = 0;

	(void)state;
	log_to(silent, NULL);
	record_close(sample_record(folder));
	lasting_start(folder);
	while (answer == CHILD_KILLED) {
		const int before = waiting;

		desk.dies_at = ++moment;
		answer = child_result(file_one, &desk);
		waiting = child_result(count, &desk);
		assert_true(waiting >= before);
		lasting_cut(&chance);
		if (child_result(count, &desk) != waiting)
			fail_msg("killed at change %d: %d waited, and after a "
				 "power cut others",
				 moment, waiting);
		desk.ticket++;
	}
	assert_true(moment > 10);
	lasting_done();
	log_to(NULL, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_was_seen_waiting_outlasts_the_power),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
