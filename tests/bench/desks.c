#include "tests/test.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "filing/inside.h"
#include "filing/kept.h"
#include "record/entity.h"
#include "record/move.h"
#include "record/people.h"
#include "record/statement.h"
#include "record/visit.h"
#include "tests/bench/measure.h"
#include "tests/support/agency.h"
#include "tests/support/chance.h"
#include "tests/support/crowd.h"
#include "tests/support/folder.h"
#include "tests/support/server.h"

/*
 * Desks, a process each, on one PostgreSQL server with a replica that has
 * everything before it counts. They file, act, change and search as fast as
 * they can; then the server is killed (SIGKILL) and the replica takes over.
 * What a desk was told is done has to be there, once; nobody tells the desks
 * where the record is now. Scans made in between are kept, in the folder of the
 * home that all share, and filed by whoever reaches the record first.
 * FOYER_DESKS and FOYER_MINUTES say how many desks, and for how long before the
 * kill.
 *
 * Two desks each scan the same tickets, and all change the same few people.
 */
#define DESKS 4
#define MOST_DESKS 40
#define SECONDS 4.0
#define PEOPLE 500
#define SHARED 8                  /* people who are changed by all */
#define GOING_ON_MS 90000.0       /* until each desk has filed again */
#define PAUSE_NS 250000000L       /* between two tries while it is away */
#define APART ((uint32_t)1 << 20) /* between the tickets of two pairs */

enum what { FILED, FILED_BEFORE, KEPT, ENDED, RAISED, SEARCHED, UNSURE };

struct told {
	enum what what;
	int desk;
	int64_t subject, visit; /* a ticket's number or a person */
	double ms;
};

/* --- a desk --------------------------------------------------------------- */

struct desk {
	const struct agency *agency;
	struct crowd *crowd;
	struct record *record;
	struct record_who who;
	struct chance chance;
	int number, to;
	uint32_t next;
	bool lost; /* the record could not be reached */
};

static volatile sig_atomic_t stopping;

static void stop(int signal)
{
	(void)signal;
	stopping = 1;
}

/* A desk has no test around it. */
static void must_be(bool fine, const char *what)
{
	if (fine)
		return;
	fprintf(stderr, "a desk ends: not %s\n", what);
	_exit(1);
}
#define must(fine) must_be(fine, #fine)

static void tell(const struct desk *desk, enum what what, int64_t subject,
		 int64_t visit, double since)
{
	const struct told told = { what, desk->number, subject, visit,
				   measure_ms() - since };

	/* Less than PIPE_BUF: whole or not at all. */
	must(write(desk->to, &told, sizeof told) == sizeof told);
}

static void wait_a_little(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = PAUSE_NS }, NULL);
}

/* What a desk does with a scan: foyer-desk(1). */
static bool scan(struct desk *desk, const char *digits,
		 struct filing_ticket *ticket)
{
	const double start = measure_ms();
	enum kept_answer answer;

	while (!desk->lost) {
		if (!filing_scan(desk->agency->filing, digits, &desk->who,
				 AGENCY_NOON, ticket))
			return true;
		desk->lost = record_trouble(desk->record) == RECORD_AWAY;
		if (!desk->lost)
			wait_a_little();
	}
	must(!kept_add(desk->agency->filing, digits, AGENCY_NOON, &answer,
		       ticket));
	filing_ticket_done(ticket);
	must(answer == KEPT_NOW || answer == KEPT_BEFORE);
	tell(desk, KEPT, desk->next, 0, start);
	wait_a_little();
	return false;
}

static void take_kept(void *to, int64_t arrived,
		      const struct filing_ticket *ticket)
{
	const struct desk *desk = to;

	(void)arrived;
	must(ticket && (ticket->status == FILING_FILED ||
			ticket->status == FILING_ALREADY_FILED));
	tell(desk, ticket->status == FILING_FILED ? FILED : FILED_BEFORE,
	     ticket->seq, ticket->visit, measure_ms());
}

/* Until the record is back people come all the same. */
static void look(struct desk *desk)
{
	struct kept_place place = { 0 };
	int64_t changes;

	if (!desk->lost || record_changed(desk->record, &changes))
		return;
	do
		desk->lost = kept_file(desk->agency->filing, &desk->who,
				       AGENCY_NOON, &place, take_kept, desk);
	while (!desk->lost && !place.over);
}

static void serve(const struct desk *desk, int64_t visit)
{
	const double start = measure_ms();
	enum visit_acted acted;

	if (!visit_act(desk->record, visit, VISIT_END, VISIT_SERVED, &desk->who,
		       AGENCY_NOON, &acted))
		tell(desk, ENDED, visit, visit, start);
}

static void file(struct desk *desk)
{
	static const struct agency_answer answers[] = {
		{ "/data/language", "ti" },
		{ "/data/needs", "HOU FOO" },
		{ "/data/age", "30" },
	};
	SCOPED(char_freep)
	char *digits = agency_ticket(desk->agency, ++desk->next, 0, answers,
				     COUNT(answers));
	const double start = measure_ms();
	struct filing_ticket ticket;
	bool mine;

	if (!scan(desk, digits, &ticket))
		return;
	mine = ticket.status == FILING_FILED;
	must(mine || ticket.status == FILING_ALREADY_FILED);
	tell(desk, mine ? FILED : FILED_BEFORE, desk->next, ticket.visit,
	     start);
	if (mine && chance_below(&desk->chance, 2))
		serve(desk, ticket.visit);
	filing_ticket_done(&ticket);
}

/* One more than it was; what others made of it meanwhile is a conflict, and two
 * who say the same are none: so each says who it was. */
static void raise_one(struct desk *desk)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(char_freep) char *more = NULL;
	const int64_t person = 1 + chance_below(&desk->chance, SHARED);
	const double start = measure_ms();
	enum entity_answer answer;

	if (entity_read(desk->record, kind_find("person"), person, &desk->who,
			AGENCY_NOON, &answer, &entity)) {
		wait_a_little();
		return;
	}
	must(answer == ENTITY_DONE);
	more = xasprintf("%d by %d",
			 atoi(entity_text(entity, "dialect") ?: "") + 1,
			 desk->number);
	must(entity_set(entity, "dialect", more));
	if (entity_save(desk->record, entity, SOURCE_SEEN, &desk->who,
			AGENCY_NOON, &answer, NULL))
		tell(desk, UNSURE, person, 0, start);
	else if (answer == ENTITY_DONE)
		tell(desk, RAISED, person, 0, start);
	else
		must(answer == ENTITY_CONFLICT);
}

static void found(void *to, const struct people_found *person)
{
	(void)person;
	++*(size_t *)to;
}

static void search(struct desk *desk)
{
	const int64_t id = 1 + chance_below(&desk->chance, PEOPLE);
	const double start = measure_ms();
	struct crowd_person person;
	struct people_told told;
	size_t count = 0;

	crowd_person(desk->crowd, id, &person);
	if (people_find(desk->record, *person.latin ? person.latin : person.own,
			20, &desk->who, found, &count, &told)) {
		wait_a_little();
		return;
	}
	tell(desk, SEARCHED, id, 0, start);
}

static void work(struct desk *desk)
{
	look(desk);
	switch (desk->lost ? 3 : chance_below(&desk->chance, 4)) {
	case 0:
		raise_one(desk);
		break;
	case 1:
	case 2:
		search(desk);
		break;
	default:
		file(desk);
	}
}

static pid_t start_desk(struct agency *agency, const char *address, int number,
			int to)
{
	const pid_t id = fork();

	if (id)
		return id;
	/* A test that fails leaves no desk working. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGTERM, stop);
	SCOPED(char_freep) char *name = xasprintf("desk %d", number);
	struct desk desk = {
		.agency = agency,
		.crowd = crowd_new(CROWD_GIVEN, CROWD_FAMILY),
		.who = { .user = "Sam", .desk = name },
		.chance = { (uint64_t)number + 1 },
		.number = number,
		.to = to,
		.next = (uint32_t)(number / 2) * APART,
	};

	must(!record_open(address, &desk.record));
	agency->filing->record = desk.record;
	while (!stopping)
		work(&desk);
	record_close(desk.record);
	_exit(0);
}

/* --- what they tell ------------------------------------------------------- */

struct heard {
	struct told *list;
	size_t count;
	bool went_on[MOST_DESKS]; /* filed something since this was set back */
};

static void take(struct heard *heard, const struct told *told)
{
	if (heard->count % 1024 == 0)
		heard->list = xreallocarray(heard->list, heard->count + 1024,
					    sizeof *heard->list);
	heard->list[heard->count++] = *told;
	if (told->what == FILED || told->what == FILED_BEFORE)
		heard->went_on[told->desk] = true;
}

static void note_left(void *to, int64_t arrived,
		      const struct filing_ticket *ticket)
{
	struct told told = { .what = FILED };

	(void)arrived;
	assert_non_null(ticket);
	if (ticket->status != FILING_FILED)
		told.what = FILED_BEFORE;
	told.subject = ticket->seq;
	told.visit = ticket->visit;
	take(to, &told);
}

static bool all_went_on(const struct heard *heard, int desks)
{
	for (int i = 0; i < desks; i++) {
		if (!heard->went_on[i])
			return false;
	}
	return true;
}

/* Until that moment, or with desks until each of so many has filed. */
static void hear(struct heard *heard, int from, double until, int desks)
{
	struct pollfd ready = { .fd = from, .events = POLLIN };
	struct told told;
	double left;

	while ((left = until - measure_ms()) > 0 &&
	       !(desks && all_went_on(heard, desks))) {
		if (poll(&ready, 1, (int)left + 1) < 1)
			continue;
		/* Nobody is left who would write. */
		if (read(from, &told, sizeof told) != sizeof told)
			return;
		take(heard, &told);
	}
}

static void hear_the_rest(struct heard *heard, int from)
{
	struct told told;

	while (read(from, &told, sizeof told) == sizeof told)
		take(heard, &told);
}

static size_t count_of(const struct heard *heard, enum what what,
		       int64_t subject)
{
	size_t count = 0;

	for (size_t i = 0; i < heard->count; i++)
		count += heard->list[i].what == what &&
			 (!subject || heard->list[i].subject == subject);
	return count;
}

static int by_size(const void *one, const void *two)
{
	const double a = *(const double *)one, b = *(const double *)two;

	return (a > b) - (a < b);
}

static void tell_times(const struct heard *heard, const char *name,
		       enum what what, enum what other)
{
	double *times = xcalloc(heard->count + 1, sizeof *times);
	size_t count = 0;

	for (size_t i = 0; i < heard->count; i++) {
		if (heard->list[i].what == what || heard->list[i].what == other)
			times[count++] = heard->list[i].ms;
	}
	assert_true(count > 0);
	qsort(times, count, sizeof *times, by_size);
	measure_tell(name, times[count * 95 / 100], "ms",
		     "p95 of %zu; median %.1f, longest %.0f", count,
		     times[count / 2], times[count - 1]);
	free(times);
}

/* --- what has to be there ------------------------------------------------- */

static int64_t number_of(struct record *record, const char *sql, int64_t about)
{
	int64_t number = -1;

	assert_int_equal(statement_value(record, sql, -1, &number, "i", about),
			 FAULT_NONE);
	return number;
}

/* Each visit has its ticket; and one desk alone was told that it filed it. */
static void every_filing_is_there_once(struct record *record,
				       const struct heard *heard)
{
	assert_int_equal(number_of(record,
				   "SELECT (SELECT count(*) FROM visit) - "
				   "(SELECT count(*) FROM ticket) + 0 * ?1",
				   0),
			 0);
	for (size_t i = 0; i < heard->count; i++) {
		const struct told *told = &heard->list[i];

		if (told->what != FILED && told->what != FILED_BEFORE)
			continue;
		assert_int_equal(
		    number_of(record,
			      "SELECT case_id FROM ticket WHERE seq = ?1",
			      told->subject),
		    told->visit);
		if (told->what == FILED)
			assert_int_equal(count_of(heard, FILED, told->subject),
					 1);
	}
}

static void every_kept_scan_is_there_once(struct record *record,
					  const struct heard *heard)
{
	for (size_t i = 0; i < heard->count; i++) {
		if (heard->list[i].what == KEPT)
			assert_int_equal(
			    number_of(record,
				      "SELECT count(*) FROM ticket WHERE seq ="
				      " ?1",
				      heard->list[i].subject),
			    1);
	}
}

/* Desks that ended left some: the next to begin has them. */
static void file_what_is_left(struct agency *agency, struct record *record,
			      struct heard *heard)
{
	const struct record_who who = { .user = "Sam", .desk = "next" };
	struct kept_place place = { 0 };
	size_t left;

	agency->filing->record = record;
	while (!place.over)
		assert_int_equal(kept_file(agency->filing, &who, AGENCY_NOON,
					   &place, note_left, heard),
				 FAULT_NONE);
	assert_int_equal(kept_count(agency->filing, &left), FAULT_NONE);
	assert_int_equal(left, 0);
}

static void every_change_is_there(struct record *record,
				  const struct heard *heard)
{
	for (size_t i = 0; i < heard->count; i++) {
		if (heard->list[i].what == ENDED)
			assert_int_equal(
			    number_of(record,
				      "SELECT count(*) FROM visit WHERE id ="
				      " ?1 AND state = 'ended'",
				      heard->list[i].visit),
			    1);
	}
	for (int64_t person = 1; person <= SHARED; person++) {
		const size_t least = count_of(heard, RAISED, person);
		SCOPED(char_freep) char *is = NULL;

		/* What broke off may be done: nobody was told. */
		assert_int_equal(
		    statement_line(record,
				   "SELECT dialect FROM person WHERE id = ?1",
				   person, &is),
		    FAULT_NONE);
		assert_in_range(atoi(is ?: ""), least,
				least + count_of(heard, UNSURE, person));
	}
}

/* --- two servers ---------------------------------------------------------- */

struct servers {
	char *first, *second; /* their folders */
	char *address;        /* of both, for a desk */
};

static void have_a_replica(struct servers *servers)
{
	assert_int_equal(server_do("copy", servers->second, servers->first), 0);
	assert_int_equal(server_do("start", servers->second, NULL), 0);
	assert_true(server_tell(servers->first,
				"ALTER SYSTEM SET synchronous_standby_names ="
				" '*'"));
	assert_true(server_tell(servers->first,
				"ALTER SYSTEM SET synchronous_commit ="
				" 'remote_apply'"));
	assert_true(server_tell(servers->first, "DO $$ BEGIN PERFORM"
						" pg_reload_conf(); END $$"));
	/* A connection knows what was set when it was made. */
	while (!server_tell(servers->first,
			    "DO $$ BEGIN ASSERT EXISTS (SELECT 1 FROM"
			    " pg_stat_replication WHERE sync_state = 'sync');"
			    " END $$"))
		wait_a_little();
}

/* The agency's record, with people in it, goes to the first. */
static void move_record(struct servers *servers, struct agency *agency)
{
	static const struct record_who who = { .user = "Sam", .desk = "" };
	SCOPED(char_freep)
	char *path = folder_file(agency->folder, RECORD_FILE);
	SCOPED(char_freep) char *there = NULL;
	struct crowd *crowd = crowd_new(CROWD_GIVEN, CROWD_FAMILY);
	enum move_answer answer;
	struct move_told told;

	record_close(agency->record);
	agency->record = NULL;
	crowd_fill(crowd, path, 1, PEOPLE);
	crowd_free(crowd);
	there = server_database(servers->first, "desks");
	assert_int_equal(move_to_server(path, there, NULL, &who, AGENCY_NOON,
					&answer, &told),
			 FAULT_NONE);
	assert_int_equal(answer, MOVE_DONE);
	servers->address =
	    xasprintf("postgresql:///desks?host=%s,%s&user=foyer",
		      servers->first, servers->second);
}

static int open_servers(void **state)
{
	struct servers *servers = xcalloc(1, sizeof *servers);

	servers->first = folder_new();
	servers->second = folder_new();
	*state = servers;
	return 0;
}

static int close_servers(void **state)
{
	struct servers *servers = *state;

	(void)server_do("stop", servers->second, NULL);
	(void)server_do("stop", servers->first, NULL);
	folder_freep(&servers->first);
	folder_freep(&servers->second);
	free(servers->address);
	free(servers);
	return 0;
}

/* --- the test ------------------------------------------------------------- */

static int desks_asked(void)
{
	const char *asked = getenv("FOYER_DESKS");
	const int desks = asked ? atoi(asked) : DESKS;

	return desks < 2 ? 2 : desks > MOST_DESKS ? MOST_DESKS : desks;
}

static double ms_asked(void)
{
	const char *minutes = getenv("FOYER_MINUTES");

	return 1000 * (minutes ? 60 * strtod(minutes, NULL) : SECONDS);
}

static void fail_over(struct servers *servers, struct heard *heard, int from,
		      int desks)
{
	const size_t before = heard->count;
	double start;

	assert_int_equal(server_do("kill", servers->first, NULL), 0);
	start = measure_ms();
	/* What was told until then was told by the first. */
	hear(heard, from, start + 100, 0);
	assert_int_equal(server_do("promote", servers->second, NULL), 0);
	memset(heard->went_on, 0, sizeof heard->went_on);
	hear(heard, from, start + GOING_ON_MS, desks);
	assert_true(all_went_on(heard, desks));
	measure_tell("from the kill until every desk has filed again",
		     (measure_ms() - start) / 1000, "s",
		     "%zu things told before", before);
}

static void end_desks(pid_t *ids, int desks)
{
	int status;

	for (int i = 0; i < desks; i++)
		kill(ids[i], SIGTERM);
	for (int i = 0; i < desks; i++) {
		assert_int_equal(waitpid(ids[i], &status, 0), ids[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
}

static void tell_before(const struct heard *heard, int desks)
{
	assert_int_equal(count_of(heard, UNSURE, 0), 0);
	print_message("%d desks: %zu tickets filed, %zu ended, %zu changes\n",
		      desks, count_of(heard, FILED, 0),
		      count_of(heard, ENDED, 0), count_of(heard, RAISED, 0));
	tell_times(heard, "a ticket filed", FILED, FILED_BEFORE);
	tell_times(heard, "people searched", SEARCHED, SEARCHED);
	measure_tell_load();
}

static void
what_a_desk_was_told_is_there_after_the_server_was_killed(void **state)
{
	struct servers *servers = *state;
	const int desks = desks_asked();
	struct heard heard = { 0 };
	pid_t ids[MOST_DESKS];
	struct agency agency;
	struct record *record;
	int ends[2];

	if (server_do("start", servers->first, NULL) == 77)
		skip();
	agency_init(&agency, 0x11);
	move_record(servers, &agency);
	have_a_replica(servers);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	for (int i = 0; i < desks; i++)
		ids[i] = start_desk(&agency, servers->address, i, ends[1]);
	close(ends[1]);
	/* All are there, and then the time begins. */
	hear(&heard, ends[0], measure_ms() + GOING_ON_MS, desks);
	hear(&heard, ends[0], measure_ms() + ms_asked(), 0);
	tell_before(&heard, desks);
	fail_over(servers, &heard, ends[0], desks);
	end_desks(ids, desks);
	hear_the_rest(&heard, ends[0]);
	close(ends[0]);
	assert_int_equal(record_open(servers->address, &record), FAULT_NONE);
	file_what_is_left(&agency, record, &heard);
	every_filing_is_there_once(record, &heard);
	every_kept_scan_is_there_once(record, &heard);
	every_change_is_there(record, &heard);
	print_message("%zu scans were kept while there was no server, and are"
		      " filed\n",
		      count_of(&heard, KEPT, 0));
	assert_true(count_of(&heard, KEPT, 0) > 0);
	print_message("in all: %zu filings, %zu visits ended and %zu changes"
		      " that were told are there; %zu broke off\n",
		      count_of(&heard, FILED, 0), count_of(&heard, ENDED, 0),
		      count_of(&heard, RAISED, 0), count_of(&heard, UNSURE, 0));
	record_close(record);
	free(heard.list);
	agency_done(&agency);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    what_a_desk_was_told_is_there_after_the_server_was_killed,
		    open_servers, close_servers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
