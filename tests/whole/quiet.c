#include "tests/test.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "filing/inside.h"
#include "record/alert.h"
#include "tests/support/agency.h"
#include "tests/support/asked.h"
#include "tests/support/chance.h"
#include "tests/support/folder.h"
#include "tests/support/lasting.h"
#include "tests/support/sample.h"

/*
 * A quiet flag is answered, or it comes to a second desk. Two desks scan
 * tickets of people who are not safe, look at their lists and answer some,
 * often both at once and with the same paper; they are killed (SIGKILL) before
 * writes that chance chose, or lose their power; another program holds the
 * record, for a moment or for longer than a desk waits; and the clock of the
 * machine is set forward and back. Some of the time nobody is signed in at
 * a desk: what it shows then says of nobody that they called.
 *
 * A few tickets in `make check`; FOYER_TICKETS and FOYER_SEED for more and
 * others.
 */
#define TICKETS 24
#define TICKETS_A_HOME 50 /* then another agency: no record grows long */
#define DESKS 2
#define PAPERS 3 /* in one hand, at most */
/* After so long at a clock that stands, a desk that looks must have it. */
#define PATIENCE (ALERT_REPEAT_MS + ALERT_AHEAD_MS)
#define SECOND ((int64_t)1000)

static const struct record_who *const whos[DESKS] = { &sample_sam,
						      &sample_ana };

enum lock { NO_LOCK, SHORT_LOCK, LONG_LOCK };

/* What a desk tells, also once it is dead. */
struct told {
	int changes;
	bool refused; /* another program had the record for too long */
	bool looked;  /* at its whole list */
	bool locked;  /* or only whether anybody calls, which is */
	bool calls;
	bool filed[TICKETS_A_HOME], shown[TICKETS_A_HOME],
	    answered[TICKETS_A_HOME];
};

/* Times are those of a clock that nobody moves; 0: not yet. */
struct ticket {
	char *digits;
	int64_t filed, called; /* called: to a second desk */
	bool answered;         /* acknowledged or closed */
	bool moved;            /* the machine's clock, since it was filed */
	int desk;              /* that scanned it */
	/* When each desk first looked for it in vain, at the clock as it stands
	 * now. */
	int64_t vain[DESKS];
};

struct tally {
	long tickets, kills, cuts, locks, refusals, moves, both, closed;
	long first, called, without;
};

struct scene {
	struct chance chance;
	struct agency agency;
	int64_t now, offset; /* of the machine's clock to now */
	struct told *told;   /* of each desk */
	struct ticket tickets[TICKETS_A_HOME];
	int count;   /* of tickets in this home */
	int changes; /* of the last desk that lived */
	struct tally tally;
};

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

/* --- the other program ---------------------------------------------------- */

static struct {
	enum lock lock;
	int hold;  /* whoever writes here, or closes it, ends the lock */
	int slept; /* times, of this process */
} other;

/* What SQLite waits with for the other program: no longer than it takes to
 * know what comes of it. */
int usleep(useconds_t us)
{
	const struct timespec moment = { .tv_nsec =
					     us < 500 ? us * 1000L : 500000L };

	if (other.lock == LONG_LOCK)
		return 0;
	if (other.lock == SHORT_LOCK && ++other.slept == 3)
		(void)!write(other.hold, "", 1);
	return nanosleep(&moment, NULL);
}

static void hold(const struct scene *scene, int until, int ready)
{
	SCOPED(char_freep)
	char *path = folder_file(scene->agency.folder, RECORD_FILE);
	char any;
	sqlite3 *store;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (sqlite3_open(path, &store) ||
	    sqlite3_exec(store, "BEGIN IMMEDIATE", NULL, NULL, NULL) ||
	    write(ready, "", 1) != 1)
		_exit(1);
	(void)!read(until, &any, 1);
	sqlite3_close(store);
	_exit(0);
}

/* Back when it has the record; 0: nobody has. */
static pid_t start_lock(struct scene *scene, enum lock lock)
{
	int until[2], ready[2];
	char any;
	pid_t child;

	other.lock = lock;
	if (lock == NO_LOCK)
		return 0;
	scene->tally.locks++;
	assert_int_equal(pipe(until), 0);
	assert_int_equal(pipe(ready), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		close(until[1]);
		hold(scene, until[0], ready[1]);
	}
	close(until[0]);
	close(ready[1]);
	assert_int_equal(read(ready[0], &any, 1), 1);
	close(ready[0]);
	other.hold = until[1];
	return child;
}

static void end_lock(pid_t holder)
{
	int status;

	other.lock = NO_LOCK;
	if (!holder)
		return;
	close(other.hold);
	assert_int_equal(waitpid(holder, &status, 0), holder);
	assert_int_equal(status, 0);
}

/* --- a desk --------------------------------------------------------------- */

struct shift {
	int desk;
	bool papers[TICKETS_A_HOME]; /* in hand */
	bool answers;                /* somebody sits there */
	bool locked;                 /* nobody is signed in */
	int dies_at;                 /* a change; 0: it lives */
};

/* In the child. */
struct desk {
	const struct scene *scene;
	const struct shift *shift;
	struct told *told;
	struct record *record;
	struct chance chance;
	int64_t now; /* of its machine */
};

static void change_reached(void *to)
{
	struct desk *desk = to;

	if (++desk->told->changes == desk->shift->dies_at)
		raise(SIGKILL);
}

/* Only that another program has it is no fault of the desk's. */
static void expect_busy(struct desk *desk)
{
	if (record_trouble(desk->record) != RECORD_BUSY)
		_exit(10);
	desk->told->refused = true;
}

static void scan(struct desk *desk, struct filing *filing, int index)
{
	struct filing_ticket ticket = { 0 };

	if (filing_scan(filing, desk->scene->tickets[index].digits,
			whos[desk->shift->desk], desk->now, &ticket)) {
		expect_busy(desk);
		return;
	}
	if (ticket.status != FILING_FILED &&
	    ticket.status != FILING_ALREADY_FILED)
		_exit(40 + (int)ticket.status);
	desk->told->filed[index] = true;
	filing_ticket_done(&ticket);
}

static void scan_papers(struct desk *desk)
{
	SCOPED(filing_freep) struct filing *filing = NULL;

	if (filing_open(desk->scene->agency.home, desk->record, &filing))
		_exit(11);
	ring_add(filing->ring,
		 agency_key_of_secret(desk->scene->agency.secret, "Test", 0));
	for (int i = 0; i < desk->scene->count; i++) {
		if (desk->shift->papers[i])
			scan(desk, filing, i);
	}
}

/* "K7-0001" is the first. */
static int index_of(const struct alert *alert)
{
	return atoi(alert->number + strlen("K7-")) - 1;
}

static void answer(struct desk *desk, const struct alert *alert)
{
	const struct record_who *who = whos[desk->shift->desk];
	enum alert_answer answer;
	enum fault fault = FAULT_NONE;

	switch (chance_below(&desk->chance, 24)) {
	case 0:
		fault = alert_close(desk->record, alert->id, ALERT_TALKED, who,
				    desk->now, &answer);
		break;
	case 1:
	case 2:
		fault = alert_acknowledge(desk->record, alert->id, who,
					  desk->now, &answer);
		break;
	default:
		return;
	}
	if (fault)
		expect_busy(desk);
	else if (answer == ALERT_UNKNOWN)
		_exit(12);
	else
		desk->told->answered[index_of(alert)] = true;
}

static void look(struct desk *desk)
{
	struct alert *alerts;
	size_t count;

	if (alert_read(desk->record, whos[desk->shift->desk], desk->now,
		       &alerts, &count)) {
		expect_busy(desk);
		return;
	}
	for (size_t i = 0; i < count; i++)
		desk->told->shown[index_of(&alerts[i])] = alerts[i].repeated;
	desk->told->looked = true;
	for (size_t i = 0; desk->shift->answers && i < count; i++)
		answer(desk, &alerts[i]);
	free(alerts);
}

/* A desk where nobody is signed in. */
static void listen(struct desk *desk)
{
	bool calls;

	if (alert_calls(desk->record, whos[desk->shift->desk], desk->now,
			&calls)) {
		expect_busy(desk);
		return;
	}
	desk->told->calls = calls;
	desk->told->locked = true;
}

static void run_desk(const struct scene *scene, const struct shift *shift)
{
	SCOPED(char_freep)
	char *path = folder_file(scene->agency.folder, RECORD_FILE);
	struct desk desk = {
		.scene = scene,
		.shift = shift,
		.told = &scene->told[shift->desk],
		.chance = { scene->chance.state + (uint64_t)shift->desk },
		.now = scene->now + scene->offset,
	};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	lasting_each(change_reached, &desk);
	if (record_open(path, &desk.record)) {
		/* It says so and is opened again. */
		desk.told->refused = other.lock != NO_LOCK;
		_exit(desk.told->refused ? 0 : 13);
	}
	if (desk.shift->locked) {
		listen(&desk);
	} else {
		scan_papers(&desk);
		look(&desk);
	}
	record_close(desk.record);
	_exit(0);
}

static pid_t start_desk(struct scene *scene, const struct shift *shift)
{
	pid_t child;

	scene->told[shift->desk] = (struct told){ 0 };
	child = fork();
	assert_true(child >= 0);
	if (!child)
		run_desk(scene, shift);
	return child;
}

/* Whether it was killed. A failure of its own fails the test. */
static bool end_desk(struct scene *scene, pid_t child,
		     const struct shift *shift)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return true;
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		fail_msg("after %ld tickets: desk %d ended with %x",
			 scene->tally.tickets, shift->desk, (unsigned)status);
	if (scene->told[shift->desk].changes)
		scene->changes = scene->told[shift->desk].changes;
	return false;
}

/* --- what the record holds ------------------------------------------------ */

/* An alert as it lies there. */
static void take_row(struct scene *scene, sqlite3_stmt *row, bool killed)
{
	const int index =
	    atoi((const char *)sqlite3_column_text(row, 0) + strlen("K7-")) - 1;
	const char *desk = (const char *)sqlite3_column_text(row, 1);
	const bool answered = sqlite3_column_int64(row, 2) > 0;
	struct ticket *ticket = &scene->tickets[index];

	assert_in_range(index, 0, scene->count - 1);
	if (!ticket->filed) {
		ticket->filed = scene->now;
		ticket->desk = strcmp(desk, whos[0]->desk) != 0;
	}
	assert_string_equal(desk, whos[ticket->desk]->desk);
	/* Who was killed may have done what they did not tell. */
	if (answered && !ticket->answered)
		assert_true(killed || scene->told[0].answered[index] ||
			    scene->told[1].answered[index]);
	assert_true(answered || !ticket->answered);
	ticket->answered = answered;
}

static sqlite3 *open_store(const struct scene *scene)
{
	SCOPED(char_freep)
	char *path = folder_file(scene->agency.folder, RECORD_FILE);
	sqlite3 *store;

	assert_int_equal(sqlite3_open(path, &store), SQLITE_OK);
	return store;
}

static int count_in(sqlite3 *store, const char *sql)
{
	sqlite3_stmt *ask;
	int count;

	assert_int_equal(sqlite3_prepare_v2(store, sql, -1, &ask, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
	count = sqlite3_column_int(ask, 0);
	sqlite3_finalize(ask);
	return count;
}

/* Each visit has one alert, and what a desk was told is so, whoever died. */
static void look_into_record(struct scene *scene, bool killed)
{
	sqlite3 *store = open_store(scene);
	sqlite3_stmt *rows;

	assert_int_equal(count_in(store, "SELECT count(*) FROM visit"),
			 count_in(store, "SELECT count(*) FROM alert"));
	assert_int_equal(
	    sqlite3_prepare_v2(store,
			       "SELECT number, alert.desk, acknowledged FROM"
			       " alert JOIN visit ON visit.id = alert.visit",
			       -1, &rows, NULL),
	    SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW)
		take_row(scene, rows, killed);
	assert_int_equal(sqlite3_finalize(rows), SQLITE_OK);
	sqlite3_close(store);
	for (int i = 0; i < scene->count; i++) {
		for (int d = 0; d < DESKS; d++) {
			assert_true(scene->tickets[i].filed ||
				    !scene->told[d].filed[i]);
			assert_true(scene->tickets[i].answered ||
				    !scene->told[d].answered[i]);
		}
	}
}

/* --- who saw what --------------------------------------------------------- */

/* It was in the record before this desk looked, and nobody had answered. */
static void see(struct scene *scene, int desk, int index)
{
	struct ticket *ticket = &scene->tickets[index];
	const bool shown = scene->told[desk].shown[index];

	if (ticket->desk == desk) {
		assert_false(shown);
		return;
	}
	if (!shown && !ticket->vain[desk])
		ticket->vain[desk] = scene->now;
	if (!shown && scene->now - ticket->vain[desk] >= PATIENCE)
		fail_msg("after %ld tickets: desk %d was not called to number "
			 "%d, filed %lld s ago",
			 scene->tally.tickets, desk, index + 1,
			 (long long)(scene->now - ticket->filed) / SECOND);
	if (shown && !ticket->called) {
		assert_true(ticket->moved ||
			    scene->now - ticket->filed >= ALERT_REPEAT_MS);
		ticket->called = scene->now;
	}
}

/* Whether a locked desk has to call for a ticket, or may. */
static bool must_call(const struct scene *scene, int desk,
		      const struct ticket *ticket)
{
	return ticket->desk == desk ||
	       (ticket->vain[desk] &&
		scene->now - ticket->vain[desk] >= PATIENCE);
}

static bool may_call(const struct scene *scene, int desk,
		     const struct ticket *ticket)
{
	return ticket->desk == desk || ticket->called || ticket->moved ||
	       scene->now - ticket->filed >= ALERT_REPEAT_MS;
}

/* It says only that somebody calls: somebody has to, and whoever calls anew is
 * called there. */
static void hear(struct scene *scene, int desk, const struct ticket *before)
{
	const bool calls = scene->told[desk].calls;
	bool any = false;

	for (int i = 0; i < scene->count; i++) {
		struct ticket *ticket = &scene->tickets[i];

		if (!ticket->filed || (before[i].answered && ticket->answered))
			continue;
		any = any || may_call(scene, desk, ticket);
		if (!before[i].filed || ticket->answered)
			continue;
		if (!calls && !ticket->vain[desk])
			ticket->vain[desk] = scene->now;
		if (!calls && must_call(scene, desk, ticket))
			fail_msg("after %ld tickets: desk %d is locked and "
				 "does not call for number %d",
				 scene->tally.tickets, desk, i + 1);
		if (calls && !ticket->called && ticket->desk != desk &&
		    scene->now - ticket->filed >= ALERT_REPEAT_MS)
			ticket->called = scene->now;
	}
	assert_true(any || !calls);
	scene->tally.closed++;
}

static void compare(struct scene *scene, const struct ticket *before)
{
	for (int d = 0; d < DESKS; d++) {
		if (scene->told[d].locked)
			hear(scene, d, before);
		for (int i = 0; scene->told[d].looked && i < scene->count;
		     i++) {
			if (before[i].filed && !scene->tickets[i].answered)
				see(scene, d, i);
		}
	}
}

/* --- rounds --------------------------------------------------------------- */

static void run_shifts(struct scene *scene, const struct shift shifts[DESKS],
		       enum lock lock)
{
	struct ticket before[TICKETS_A_HOME];
	const pid_t holder = start_lock(scene, lock);
	pid_t desks[DESKS];
	int killed = 0;

	memcpy(before, scene->tickets, sizeof before);
	for (int d = 0; d < DESKS; d++)
		desks[d] = start_desk(scene, &shifts[d]);
	for (int d = 0; d < DESKS; d++) {
		killed += end_desk(scene, desks[d], &shifts[d]);
		scene->tally.refusals += scene->told[d].refused;
	}
	end_lock(holder);
	scene->tally.kills += killed;
	if (killed && chance_below(&scene->chance, 2)) {
		lasting_cut(&scene->chance);
		scene->tally.cuts++;
	}
	look_into_record(scene, killed);
	compare(scene, before);
}

/* The next that nobody has filed yet; often the same at both desks. */
static void hand_out(struct scene *scene, struct shift shifts[DESKS])
{
	int papers = 1 + (int)chance_below(&scene->chance, PAPERS);

	for (int i = 0; i < scene->count && papers; i++) {
		uint32_t to = chance_below(&scene->chance, 3);

		if (scene->tickets[i].filed)
			continue;
		papers--;
		shifts[0].papers[i] = to != 1;
		shifts[1].papers[i] = to != 0;
		scene->tally.both += to == 2;
	}
}

static void perhaps_move_clock(struct scene *scene)
{
	static const int64_t most[] = { 15, 600, 3600, 86400 }; /* s */
	int64_t by;

	if (chance_below(&scene->chance, 10))
		return;
	by = SECOND *
	     (1 +
	      chance_below(
		  &scene->chance,
		  (uint32_t)most[chance_below(&scene->chance, COUNT(most))]));
	scene->offset += chance_below(&scene->chance, 2) ? by : -by;
	scene->tally.moves++;
	for (int i = 0; i < scene->count; i++) {
		scene->tickets[i].moved = true;
		memset(scene->tickets[i].vain, 0, sizeof scene->tickets->vain);
	}
}

static void round_of(struct scene *scene)
{
	static const enum lock locks[] = { NO_LOCK,    NO_LOCK,    NO_LOCK,
					   SHORT_LOCK, SHORT_LOCK, LONG_LOCK };
	struct shift shifts[DESKS] = { { .desk = 0 }, { .desk = 1 } };
	struct chance *chance = &scene->chance;

	scene->now += SECOND * (1 + chance_below(chance, 60));
	perhaps_move_clock(scene);
	hand_out(scene, shifts);
	for (int d = 0; d < DESKS; d++) {
		shifts[d].answers = chance_below(chance, 4);
		shifts[d].locked = !chance_below(chance, 4);
		if (!chance_below(chance, 3))
			shifts[d].dies_at =
			    1 +
			    (int)chance_below(chance, (uint32_t)scene->changes);
	}
	run_shifts(scene, shifts, locks[chance_below(chance, COUNT(locks))]);
}

static bool all_filed(const struct scene *scene)
{
	for (int i = 0; i < scene->count; i++) {
		if (!scene->tickets[i].filed)
			return false;
	}
	return true;
}

/* --- a home --------------------------------------------------------------- */

static void open_home(struct scene *scene, int count)
{
	static const struct agency_answer unsafe[] = {
		{ "/data/wait", "UNSAFE" },
	};

	agency_init(&scene->agency, (uint8_t)chance_next(&scene->chance));
	filing_free(scene->agency.filing);
	record_close(scene->agency.record);
	scene->agency.filing = NULL;
	scene->agency.record = NULL;
	scene->count = count;
	for (int i = 0; i < count; i++)
		scene->tickets[i] = (struct ticket){
			.digits = agency_ticket(&scene->agency, (uint32_t)i + 1,
						0, unsafe, COUNT(unsafe)),
		};
	lasting_start(scene->agency.folder);
}

/* Nobody answers any more. What still calls is written down, and is shown also
 * while it cannot be. */
static void settle(struct scene *scene)
{
	static const struct shift shifts[DESKS] = { { .desk = 0 },
						    { .desk = 1 } };
	sqlite3 *store;

	run_shifts(scene, shifts, NO_LOCK);
	scene->now += PATIENCE;
	run_shifts(scene, shifts, LONG_LOCK);
	assert_true(scene->told[0].looked && scene->told[1].looked);
	run_shifts(scene, shifts, NO_LOCK);
	store = open_store(scene);
	assert_int_equal(count_in(store, "SELECT count(*) FROM alert WHERE"
					 " acknowledged = 0 AND repeated = 0"),
			 0);
	sqlite3_close(store);
}

static void count_up(struct scene *scene)
{
	for (int i = 0; i < scene->count; i++) {
		const struct ticket *ticket = &scene->tickets[i];

		scene->tally.called += ticket->called != 0;
		scene->tally.first += ticket->answered && !ticket->called;
		scene->tally.without += !ticket->answered && !ticket->called;
	}
	scene->tally.tickets += scene->count;
}

static void close_home(struct scene *scene)
{
	lasting_done();
	for (int i = 0; i < scene->count; i++)
		free(scene->tickets[i].digits);
	agency_done(&scene->agency);
}

static void run_home(struct scene *scene, int count)
{
	open_home(scene, count);
	while (!all_filed(scene))
		round_of(scene);
	/* Time goes on, with all that can go wrong. */
	for (int i = 0; i < 8; i++)
		round_of(scene);
	settle(scene);
	count_up(scene);
	close_home(scene);
}

/* --- tests ---------------------------------------------------------------- */

static void tell(const struct tally *tally, long seed)
{
	print_message(
	    "seed %ld: %ld safety tickets, %ld of them in hand at two desks; "
	    "desks killed %ld times, %ld times with the power; the record held "
	    "by another program %ld times, a desk refused %ld times; the clock "
	    "moved %ld times; a locked desk looked at %ld times; %ld answered "
	    "before a second desk was "
	    "called, %ld called there, %ld neither\n",
	    seed, tally->tickets, tally->both, tally->kills, tally->cuts,
	    tally->locks, tally->refusals, tally->moves, tally->closed,
	    tally->first, tally->called, tally->without);
}

static void no_quiet_flag_stays_without_answer_or_second_call(void **state)
{
	const long tickets = asked_number("FOYER_TICKETS", TICKETS);
	const long seed = asked_number("FOYER_SEED", 1);
	struct scene scene = {
		.chance = { (uint64_t)seed },
		.now = AGENCY_NOON,
		.changes = 40,
		.told = mmap(NULL, DESKS * sizeof(struct told),
			     PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			     -1, 0),
	};

	(void)state;
	assert_true(scene.told != MAP_FAILED);
	log_to(silent, NULL);
	while (scene.tally.tickets < tickets) {
		long left = tickets - scene.tally.tickets;

		run_home(&scene,
			 (int)(left < TICKETS_A_HOME ? left : TICKETS_A_HOME));
	}
	log_to(NULL, NULL);
	tell(&scene.tally, seed);
	assert_int_equal(scene.tally.without, 0);
	assert_true(scene.tally.called > 0);
	munmap(scene.told, DESKS * sizeof(struct told));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    no_quiet_flag_stays_without_answer_or_second_call),
	};

	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
