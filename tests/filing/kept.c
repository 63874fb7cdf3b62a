#include "tests/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "filing/inside.h"
#include "filing/kept.h"
#include "record/queue.h"
#include "record/ticket.h"
#include "tests/support/agency.h"
#include "tests/support/child.h"
#include "tests/support/disk.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/sample.h"

static const struct agency_answer selam[] = {
	{ "/data/language", "ti" },
	{ "/data/name", "Zanzibar" },
	{ "/data/needs", "HOU FOO" },
	{ "/data/age", "30" },
};

static char *ticket_of(const struct agency *agency, uint32_t seq)
{
	return agency_ticket(agency, seq, 0, selam, COUNT(selam));
}

static enum kept_answer keep_at(const struct agency *agency, const char *digits,
				int64_t now, enum filing_status *status)
{
	struct filing_ticket ticket;
	enum kept_answer answer;

	assert_int_equal(
	    kept_add(agency->filing, digits, now, &answer, &ticket),
	    FAULT_NONE);
	if (status)
		*status = ticket.status;
	filing_ticket_done(&ticket);
	return answer;
}

static void keep(const struct agency *agency, uint32_t seq, int64_t now)
{
	SCOPED(char_freep) char *digits = ticket_of(agency, seq);

	assert_int_equal(keep_at(agency, digits, now, NULL), KEPT_NOW);
}

static size_t count_kept(const struct agency *agency)
{
	size_t count;

	assert_int_equal(kept_count(agency->filing, &count), FAULT_NONE);
	return count;
}

static char *folder_of(const struct agency *agency)
{
	return home_path(agency->home, HOME_RECORD, KEPT_FOLDER);
}

/* The path of the only file there. */
static char *only_file(const struct agency *agency)
{
	SCOPED(char_freep) char *folder = folder_of(agency);
	DIR *entries = opendir(folder);
	struct dirent *entry;
	char *path = NULL;

	assert_non_null(entries);
	while ((entry = readdir(entries))) {
		if (entry->d_name[0] == '.')
			continue;
		assert_null(path);
		path = xasprintf("%s/%s", folder, entry->d_name);
	}
	closedir(entries);
	assert_non_null(path);
	return path;
}

/* What became of each, a letter: the first of its status; ? is a damaged one.
 */
struct became {
	char letters[100];
	char numbers[1000];
	size_t count;
};

static void take(void *to, int64_t arrived, const struct filing_ticket *ticket)
{
	struct became *became = to;

	(void)arrived;
	became->letters[became->count++] =
	    ticket ? filing_status_word(ticket->status)[0] : '?';
	if (!ticket || !ticket->number)
		return;
	strcat(became->numbers, ticket->number);
	strcat(became->numbers, " ");
}

static enum fault file_all(const struct agency *agency, struct became *became)
{
	struct kept_place place = { 0 };
	enum fault first = FAULT_NONE;

	*became = (struct became){ 0 };
	while (!place.over) {
		const enum fault one =
		    kept_file(agency->filing, &sample_sam,
			      AGENCY_NOON + SAMPLE_HOUR, &place, take, became);

		first = first ? first : one;
	}
	return first;
}

static void expect_filed(const struct agency *agency, const char *letters)
{
	struct became became;

	assert_int_equal(file_all(agency, &became), FAULT_NONE);
	assert_string_equal(became.letters, letters);
}

static size_t count_waiting(const struct agency *agency)
{
	struct queue queue;
	size_t count;

	assert_int_equal(
	    queue_read(agency->record, QUEUE_WAITING, AGENCY_NOON, 0, &queue),
	    FAULT_NONE);
	count = queue.count;
	queue_done(&queue);
	return count;
}

/* --- keeping -------------------------------------------------------------- */

static void a_kept_scan_is_sealed_and_for_its_owner_alone(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *digits = ticket_of(agency, 412);
	SCOPED(char_freep) char *folder = folder_of(agency);
	SCOPED(char_freep) char *path = NULL;
	struct bytes bytes = { 0 };
	struct filing_ticket ticket;
	enum kept_answer answer;
	struct stat about;

	assert_int_equal(count_kept(agency), 0);
	assert_int_equal(
	    kept_add(agency->filing, digits, AGENCY_NOON, &answer, &ticket),
	    FAULT_NONE);
	assert_int_equal(answer, KEPT_NOW);
	/* What reception has to know at once. */
	assert_int_equal(ticket.status, FILING_FILED);
	assert_string_equal(ticket.number, "K7-0412");
	assert_int_equal(ticket.level, VISIT_U4);
	assert_string_equal(ticket.language, "ti");
	filing_ticket_done(&ticket);

	path = only_file(agency);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_int_equal(stat(folder, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0700);
	assert_int_equal(file_read(path, 10000, &bytes), FAULT_NONE);
	assert_int_equal(bytes.length, strlen(digits));
	assert_memory_equal(bytes.data, digits, bytes.length);
	bytes_done(&bytes);
	assert_int_equal(count_waiting(agency), 0);
	assert_int_equal(count_kept(agency), 1);
}

static void the_same_ticket_is_kept_once(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *digits = ticket_of(agency, 412);

	assert_int_equal(keep_at(agency, digits, AGENCY_NOON, NULL), KEPT_NOW);
	assert_int_equal(keep_at(agency, digits, AGENCY_NOON + 5, NULL),
			 KEPT_BEFORE);
	assert_int_equal(count_kept(agency), 1);
}

static void what_nobody_could_file_is_not_kept(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *digits = ticket_of(agency, 412);
	SCOPED(char_freep)
	char *test =
	    agency_ticket(agency, 413, PLAIN_TEST, selam, COUNT(selam));
	enum filing_status status;

	assert_int_equal(keep_at(agency, "9780306406157", AGENCY_NOON, &status),
			 KEPT_NOT);
	assert_int_equal(status, FILING_NOT_A_TICKET);
	assert_int_equal(keep_at(agency, test, AGENCY_NOON, &status), KEPT_NOT);
	assert_int_equal(status, FILING_TEST);
	digits[strlen(digits) - 7] = 0;
	assert_int_equal(keep_at(agency, digits, AGENCY_NOON, &status),
			 KEPT_NOT);
	assert_int_equal(status, FILING_INCOMPLETE);
	assert_int_equal(count_kept(agency), 0);
}

/* Whose it is, or what is in it, is asked of the record when it is back. */
static void what_cannot_be_read_here_is_kept_too(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *known = ticket_of(agency, 1);
	SCOPED(char_freep) char *stranger = NULL;
	uint8_t seed[32], key[32], plain[WIRE_PLAIN_MAX];
	enum filing_status status;
	struct held *held;
	struct wire wire;
	size_t length, count;

	agency_kiosk(0x22, seed, key);
	agency_pack(agency, 0, AGENCY_NOON, selam, COUNT(selam), plain,
		    &length);
	wire = agency_wire(agency->key, seed, key, 7, plain, length);
	stranger = agency_digits(&wire, 7);
	assert_int_equal(keep_at(agency, stranger, AGENCY_NOON, &status),
			 KEPT_NOW);
	assert_int_equal(status, FILING_UNKNOWN_KIOSK);
	filing_lock(agency->filing);
	assert_int_equal(keep_at(agency, known, AGENCY_NOON + 1, &status),
			 KEPT_NOW);
	assert_int_equal(status, FILING_LOCKED);

	/* The record keeps both aside, and this computer neither. */
	expect_filed(agency, "ul");
	assert_int_equal(held_read(agency->record, &held, &count), FAULT_NONE);
	assert_int_equal(count, 2);
	free(held);
	assert_int_equal(count_kept(agency), 0);
	assert_int_equal(count_waiting(agency), 0);
}

/* Nothing is asked of the record, which is out of reach. */
static void a_kiosk_is_known_as_the_record_had_it_last(void **state)
{
	struct agency *agency = *state;
	enum filing_status status;
	SCOPED(char_freep) char *digits = ticket_of(agency, 412);

	agency->filing->record = NULL;
	assert_int_equal(keep_at(agency, digits, AGENCY_NOON, &status),
			 KEPT_NOW);
	agency->filing->record = agency->record;
	assert_int_equal(status, FILING_FILED);
}

static int keep_without_room(void *to)
{
	const struct rlimit none = { 100, 100 };
	struct agency *agency = to;
	SCOPED(char_freep) char *digits = ticket_of(agency, 412);
	struct filing_ticket ticket;
	enum kept_answer answer;

	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &none);
	return kept_add(agency->filing, digits, AGENCY_NOON, &answer,
			&ticket) == FAULT_SYSTEM;
}

static void without_room_nothing_is_kept_and_it_says_so(void **state)
{
	struct agency *agency = *state;

	assert_int_equal(child_result(keep_without_room, agency), 1);
	assert_int_equal(count_kept(agency), 0);
	/* There is room again. */
	keep(agency, 412, AGENCY_NOON);
}

#define PAPERS 20

static int keep_at_noon(void *to)
{
	const struct agency *agency = to;
	int kept = 0;

	for (uint32_t seq = 1; seq <= PAPERS; seq++) {
		SCOPED(char_freep) char *digits = ticket_of(agency, seq);
		struct filing_ticket ticket;
		enum kept_answer answer;

		if (kept_add(agency->filing, digits, AGENCY_NOON, &answer,
			     &ticket))
			continue;
		kept += answer == KEPT_NOW || answer == KEPT_BEFORE;
		filing_ticket_done(&ticket);
	}
	return kept;
}

/* Two desks of one home, and the same paper in the same millisecond. */
static void desks_that_keep_the_same_ticket_undo_nothing(void **state)
{
	struct agency *agency = *state;
	struct child desks[4];
	struct became became;

	for (size_t i = 0; i < COUNT(desks); i++)
		desks[i] = child_start(keep_at_noon, agency);
	for (size_t i = 0; i < COUNT(desks); i++)
		assert_int_equal(child_wait(&desks[i]), PAPERS);
	assert_int_equal(file_all(agency, &became), FAULT_NONE);
	assert_int_equal(count_waiting(agency), PAPERS);
	assert_int_equal(count_kept(agency), 0);
}

/* --- filing --------------------------------------------------------------- */

static void kept_scans_are_filed_in_their_order_and_once(void **state)
{
	struct agency *agency = *state;
	struct became became;
	struct queue queue;

	keep(agency, 3, AGENCY_NOON + 2000);
	keep(agency, 9, AGENCY_NOON + 1000);
	keep(agency, 1, AGENCY_NOON + 3000);
	assert_int_equal(file_all(agency, &became), FAULT_NONE);
	assert_string_equal(became.letters, "fff");
	assert_string_equal(became.numbers, "K7-0009 K7-0003 K7-0001 ");
	assert_int_equal(count_kept(agency), 0);
	expect_filed(agency, "");
	/* They wait since they were scanned. */
	assert_int_equal(queue_read(agency->record, QUEUE_WAITING,
				    AGENCY_NOON + SAMPLE_HOUR, 0, &queue),
			 FAULT_NONE);
	assert_int_equal(queue.count, 3);
	assert_string_equal(queue.rows[0].number, "K7-0009");
	assert_int_equal(queue.rows[0].arrived, AGENCY_NOON + 1000);
	queue_done(&queue);
}

/* Killed after the commit and before the file was removed. */
static void what_was_filed_already_is_not_filed_again(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *copy = NULL;

	keep(agency, 412, AGENCY_NOON);
	path = only_file(agency);
	copy = xasprintf("%s/copy", agency->folder);
	assert_int_equal(link(path, copy), 0);
	expect_filed(agency, "f");
	assert_int_equal(rename(copy, path), 0);
	assert_int_equal(count_kept(agency), 1);
	expect_filed(agency, "a");
	assert_int_equal(count_waiting(agency), 1);
	assert_int_equal(count_kept(agency), 0);
}

static void a_number_used_twice_is_put_aside_and_told(void **state)
{
	static const struct agency_answer other[] = {
		{ "/data/language", "ti" },
		{ "/data/needs", "FOO" },
	};
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *clone = agency_ticket(agency, 412, 0, other, COUNT(other));
	struct held *held;
	size_t count;

	keep(agency, 412, AGENCY_NOON);
	assert_int_equal(keep_at(agency, clone, AGENCY_NOON + 1, NULL),
			 KEPT_NOW);
	expect_filed(agency, "fc");
	assert_int_equal(held_read(agency->record, &held, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	assert_string_equal(held[0].reason, "clone-alarm");
	free(held);
	assert_int_equal(count_kept(agency), 0);
}

static void what_is_kept_is_counted_by_the_key_it_is_sealed_to(void **state)
{
	const struct agency *agency = *state;
	const uint16_t id = key_id(KEY_AGENCY, agency->key);
	size_t count;

	assert_int_equal(kept_sealed_to(agency->home, id, &count), FAULT_NONE);
	assert_int_equal(count, 0); /* there is no folder yet */
	keep(agency, 7, 1000);
	keep(agency, 8, 2000);
	assert_int_equal(kept_sealed_to(agency->home, id, &count), FAULT_NONE);
	assert_int_equal(count, 2);
	assert_int_equal(kept_sealed_to(agency->home, id ^ 1, &count),
			 FAULT_NONE);
	assert_int_equal(count, 0);
	expect_filed(agency, "ff");
	assert_int_equal(kept_sealed_to(agency->home, id, &count), FAULT_NONE);
	assert_int_equal(count, 0);
}

static void a_damaged_file_holds_up_nobody_and_is_not_thrown_away(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *beside = NULL;
	int file;

	keep(agency, 1, AGENCY_NOON);
	path = only_file(agency);
	keep(agency, 2, AGENCY_NOON + 1);
	file = open(path, O_WRONLY);
	assert_int_equal(pwrite(file, "000", 3, 40), 3);
	close(file);
	expect_filed(agency, "?f");
	assert_non_null(strstr(logged(), "cannot be read any more"));
	beside = xasprintf("%s.damaged", path);
	assert_true(file_exists(beside));
	assert_int_equal(count_kept(agency), 0);
	expect_filed(agency, "");
}

/* As on a disk that gives it back no more. */
static void a_file_that_cannot_be_read_holds_up_no_other(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *copy = NULL;
	struct became became;

	keep(agency, 1, AGENCY_NOON);
	path = only_file(agency);
	copy = xasprintf("%s/copy", agency->folder);
	assert_int_equal(rename(path, copy), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	keep(agency, 2, AGENCY_NOON + 1);
	assert_int_equal(file_all(agency, &became), FAULT_SYSTEM);
	assert_string_equal(became.letters, "f");
	assert_string_equal(became.numbers, "K7-0002 ");
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rename(copy, path), 0);
	expect_filed(agency, "f");
}

static void what_the_record_refuses_stays_kept(void **state)
{
	struct agency *agency = *state;
	struct became became;
	size_t refused = 0;

	for (int point = 1; point < 12; point++) {
		enum fault fault;

		keep(agency, (uint32_t)point, AGENCY_NOON + point);
		disk_set(DISK_FULL, point);
		fault = file_all(agency, &became);
		disk_set(DISK_SOUND, 0);
		if (!fault)
			continue;
		refused++;
		assert_int_equal(fault, FAULT_STORE);
		assert_int_equal(count_kept(agency), 1);
		assert_int_equal(file_all(agency, &became), FAULT_NONE);
		assert_int_equal(count_kept(agency), 0);
	}
	assert_true(refused > 1);
	assert_int_equal(count_waiting(agency), 11);
}

/* --- one after the other -------------------------------------------------- */

static struct kept_state look(const struct agency *agency)
{
	struct kept_state state;

	assert_int_equal(kept_look(agency->home, &state), FAULT_NONE);
	return state;
}

static const struct agency_answer not_safe[] = {
	{ "/data/wait", "UNSAFE" },
	{ "/data/age", "30" },
};

static char *quiet_ticket(const struct agency *agency)
{
	return agency_ticket(agency, 7, 0, not_safe, COUNT(not_safe));
}

/* On the disk, of nobody: a desk that was killed shows it again. */
static void a_quiet_flag_calls_until_its_ticket_is_filed(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *digits = quiet_ticket(agency);
	struct became became;

	keep(agency, 1, AGENCY_NOON);
	assert_false(look(agency).calls);
	assert_int_equal(keep_at(agency, digits, AGENCY_NOON + 1, NULL),
			 KEPT_NOW);
	keep(agency, 9, AGENCY_NOON + 2);
	assert_true(look(agency).calls);
	assert_int_equal(look(agency).count, 3);
	assert_int_equal(look(agency).since, AGENCY_NOON);
	assert_int_equal(file_all(agency, &became), FAULT_NONE);
	assert_string_equal(became.letters, "fff");
	assert_false(look(agency).calls);
	/* One that is kept later and calls for nobody does not. */
	keep(agency, 10, AGENCY_NOON + 3);
	assert_false(look(agency).calls);
}

static void unlock(const struct agency *agency)
{
	enum filing_unlock answer;

	assert_int_equal(
	    filing_unlock(agency->filing, AGENCY_PASSPHRASE, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, FILING_UNLOCKED);
}

static void a_quiet_flag_of_a_locked_desk_calls_once_it_is_read(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *digits = quiet_ticket(agency);
	struct kept_place place = { 0 };
	struct filing_ticket ticket;
	int64_t arrived;

	filing_lock(agency->filing);
	assert_int_equal(keep_at(agency, digits, AGENCY_NOON, NULL), KEPT_NOW);
	assert_false(look(agency).calls);
	unlock(agency);
	assert_int_equal(kept_next(agency->filing, &place, AGENCY_NOON + 5,
				   &arrived, &ticket),
			 FAULT_NONE);
	filing_ticket_done(&ticket);
	assert_true(look(agency).calls);
}

static void a_quiet_flag_of_a_locked_desk_calls_when_scanned_again(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *digits = quiet_ticket(agency);

	filing_lock(agency->filing);
	assert_int_equal(keep_at(agency, digits, AGENCY_NOON, NULL), KEPT_NOW);
	unlock(agency);
	assert_int_equal(keep_at(agency, digits, AGENCY_NOON + 5, NULL),
			 KEPT_BEFORE);
	assert_true(look(agency).calls);
}

static int keep_quiet_without_room(void *to)
{
	const struct rlimit none = { 100, 100 };
	struct agency *agency = to;
	SCOPED(char_freep) char *digits = quiet_ticket(agency);
	struct filing_ticket ticket;
	enum kept_answer answer;

	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &none);
	return kept_add(agency->filing, digits, AGENCY_NOON, &answer,
			&ticket) == FAULT_SYSTEM;
}

/* Whatever ends a desk between the two. */
static void a_quiet_flag_calls_before_its_ticket_is_there(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *folder = folder_of(agency);
	SCOPED(char_freep) char *calls = xasprintf("%s/.calls", folder);

	assert_int_equal(child_result(keep_quiet_without_room, agency), 1);
	assert_int_equal(count_kept(agency), 0);
	assert_true(file_exists(calls));
}

static void a_call_files_one_and_the_next_goes_on(void **state)
{
	struct agency *agency = *state;
	struct kept_place place = { 0 };
	struct became became = { 0 };

	for (uint32_t seq = 1; seq <= 3; seq++)
		keep(agency, seq, AGENCY_NOON + seq);
	for (size_t left = 3; left; left--) {
		assert_int_equal(count_kept(agency), left);
		assert_int_equal(kept_file(agency->filing, &sample_sam,
					   AGENCY_NOON + SAMPLE_HOUR, &place,
					   take, &became),
				 FAULT_NONE);
		assert_false(place.over);
	}
	assert_int_equal(kept_file(agency->filing, &sample_sam, AGENCY_NOON,
				   &place, take, &became),
			 FAULT_NONE);
	assert_true(place.over);
	assert_string_equal(became.letters, "fff");
}

static void what_is_kept_is_read_again_without_the_record(void **state)
{
	struct agency *agency = *state;
	struct kept_place place = { 0 };
	struct filing_ticket ticket;
	int64_t arrived;

	keep(agency, 412, AGENCY_NOON);
	agency->filing->record = NULL;
	assert_int_equal(kept_next(agency->filing, &place, AGENCY_NOON + 5,
				   &arrived, &ticket),
			 FAULT_NONE);
	assert_int_equal(ticket.status, FILING_FILED);
	assert_string_equal(ticket.number, "K7-0412");
	assert_int_equal(ticket.level, VISIT_U4);
	assert_int_equal(arrived, AGENCY_NOON);
	assert_false(place.over);
	filing_ticket_done(&ticket);
	assert_int_equal(kept_next(agency->filing, &place, AGENCY_NOON + 5,
				   &arrived, &ticket),
			 FAULT_NONE);
	assert_true(place.over);
	filing_ticket_done(&ticket);
	agency->filing->record = agency->record;
}

static void take_late(void *to, int64_t arrived,
		      const struct filing_ticket *ticket)
{
	(void)arrived;
	*(bool *)to = ticket->too_late;
}

static void whose_day_was_over_is_told(void **state)
{
	static const struct agency_answer today[] = {
		{ "/data/wait", "OK" },
	};
	struct agency *agency = *state;
	bool late = false;

	for (int days = 0; days < 2; days++) {
		SCOPED(char_freep)
		char *digits = agency_ticket(agency, (uint32_t)days + 1, 0,
					     today, COUNT(today));
		struct kept_place place = { 0 };

		assert_int_equal(keep_at(agency, digits, AGENCY_NOON, NULL),
				 KEPT_NOW);
		assert_int_equal(
		    kept_file(agency->filing, &sample_sam,
			      AGENCY_NOON + days * 24 * SAMPLE_HOUR, &place,
			      take_late, &late),
		    FAULT_NONE);
		assert_int_equal(late, days);
	}
}

static void one_desk_files_them_at_a_time(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *folder = folder_of(agency);
	struct kept_place place = { 0 };
	struct became became = { 0 };
	int other;

	keep(agency, 412, AGENCY_NOON);
	other = open(folder, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(other, LOCK_EX), 0);
	assert_int_equal(kept_file(agency->filing, &sample_sam, AGENCY_NOON,
				   &place, take, &became),
			 FAULT_NONE);
	assert_true(place.over);
	assert_true(place.another);
	assert_int_equal(count_kept(agency), 1);
	/* A desk that was killed holds nothing up. */
	close(other);
	expect_filed(agency, "f");
}

/* Something else is in its place. */
static void a_folder_that_cannot_be_locked_is_told(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *folder = folder_of(agency);
	SCOPED(char_freep) char *apart = xasprintf("%s.apart", folder);
	struct kept_place place = { 0 };
	struct became became = { 0 };

	keep(agency, 412, AGENCY_NOON);
	assert_int_equal(rename(folder, apart), 0);
	assert_int_equal(file_write(folder, "", 0, 0600), FAULT_NONE);
	assert_int_equal(kept_file(agency->filing, &sample_sam, AGENCY_NOON,
				   &place, take, &became),
			 FAULT_SYSTEM);
	assert_true(place.over);
	assert_false(place.another);
	assert_non_null(strstr(logged(), "cannot be locked"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_AGENCY(a_kept_scan_is_sealed_and_for_its_owner_alone),
		WITH_AGENCY(the_same_ticket_is_kept_once),
		WITH_AGENCY(what_nobody_could_file_is_not_kept),
		WITH_AGENCY(what_cannot_be_read_here_is_kept_too),
		WITH_AGENCY(a_kiosk_is_known_as_the_record_had_it_last),
		WITH_AGENCY(without_room_nothing_is_kept_and_it_says_so),
		WITH_AGENCY(desks_that_keep_the_same_ticket_undo_nothing),
		WITH_AGENCY(kept_scans_are_filed_in_their_order_and_once),
		WITH_AGENCY(what_was_filed_already_is_not_filed_again),
		WITH_AGENCY(a_number_used_twice_is_put_aside_and_told),
		WITH_AGENCY(what_is_kept_is_counted_by_the_key_it_is_sealed_to),
		WITH_AGENCY(
		    a_damaged_file_holds_up_nobody_and_is_not_thrown_away),
		WITH_AGENCY(a_file_that_cannot_be_read_holds_up_no_other),
		WITH_AGENCY(what_the_record_refuses_stays_kept),
		WITH_AGENCY(a_quiet_flag_calls_until_its_ticket_is_filed),
		WITH_AGENCY(
		    a_quiet_flag_of_a_locked_desk_calls_once_it_is_read),
		WITH_AGENCY(
		    a_quiet_flag_of_a_locked_desk_calls_when_scanned_again),
		WITH_AGENCY(a_quiet_flag_calls_before_its_ticket_is_there),
		WITH_AGENCY(a_call_files_one_and_the_next_goes_on),
		WITH_AGENCY(what_is_kept_is_read_again_without_the_record),
		WITH_AGENCY(whose_day_was_over_is_told),
		WITH_AGENCY(one_desk_files_them_at_a_time),
		WITH_AGENCY(a_folder_that_cannot_be_locked_is_told),
	};

	disk_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
