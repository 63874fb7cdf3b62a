#include "tests/test.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "record/entity.h"
#include "record/visit.h"
#include "tests/support/chance.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"

/*
 * Two desks work on one record as fast as they can, and are killed (SIGKILL)
 * at moments that nobody chose. After each, the file is sound, every change has
 * its audit row, and all that a desk was told is saved is there. A few seconds
 * in `make check`; FOYER_MINUTES makes it longer.
 */
#define DESKS 2
#define SECONDS 5
#define LONGEST_MS 400 /* that a desk lives */

/* What a desk was told: this entity has reached this version. */
struct told {
	int kind; /* place in kinds */
	int version;
	int64_t id;
};

static const char *const kinds[] = { "person", "household", "suggestion" };

struct desk {
	const char *path;
	struct record *record;
	struct record_who who;
	struct chance chance;
	int to; /* a pipe: struct told */
	uint32_t tickets;
};

static void tell(const struct desk *desk, int kind, int64_t id, int version)
{
	const struct told told = { kind, version, id };

	/* Less than PIPE_BUF: whole or not at all. */
	if (write(desk->to, &told, sizeof told) != sizeof told)
		_exit(1);
}

/* --- work ----------------------------------------------------------------- */

static void must(bool fine)
{
	if (!fine)
		abort();
}

static struct entity *anyone(struct desk *desk, const char *kind)
{
	struct entity *entity = NULL;
	enum entity_answer answer;
	int64_t most;

	must(!entity_total(desk->record, kind_find(kind), NULL, &most));
	if (!most)
		return NULL;
	must(!entity_read(desk->record, kind_find(kind),
			  1 + chance_below(&desk->chance, (uint32_t)most),
			  &desk->who, SAMPLE_NOON, &answer, &entity));
	return entity;
}

static void add(struct desk *desk, int kind, const char *field,
		const char *value)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;

	must(!entity_new(desk->record, kind_find(kinds[kind]), &entity));
	must(entity_set(entity, field, value));
	must(!entity_save(desk->record, entity, SOURCE_TOLD, &desk->who,
			  SAMPLE_NOON, &answer, NULL));
	must(answer == ENTITY_DONE);
	tell(desk, kind, entity->id, 1);
}

static void change(struct desk *desk, int kind, const char *field)
{
	SCOPED(entity_freep) struct entity *entity = anyone(desk, kinds[kind]);
	SCOPED(char_freep)
	char *value = xasprintf("%u", chance_below(&desk->chance, 100));
	enum entity_answer answer;

	if (!entity)
		return;
	must(entity_set(entity, field, value));
	must(!entity_save(desk->record, entity, SOURCE_SEEN, &desk->who,
			  SAMPLE_NOON, &answer, NULL));
	must(answer == ENTITY_DONE || answer == ENTITY_CONFLICT);
	if (answer == ENTITY_DONE)
		tell(desk, kind, entity->id, entity->version);
}

static void move(struct desk *desk)
{
	SCOPED(entity_freep) struct entity *entity = anyone(desk, kinds[2]);
	enum entity_answer answer;

	if (entity)
		must(!entity_move(desk->record, entity->kind, entity->id,
				  "accepted", "", &desk->who, SAMPLE_NOON,
				  &answer));
}

static void take_back(struct desk *desk)
{
	enum entity_answer answer;

	must(
	    !entity_undo(desk->record, &desk->who, SAMPLE_NOON, &answer, NULL));
}

static void file(struct desk *desk)
{
	struct sample sample;
	enum visit_filing filing;
	enum visit_acted acted;
	int64_t id;

	sample_init(&sample, desk->tickets++);
	sample.hash[0] = (uint8_t)desk->tickets;
	must(!visit_file(desk->record, &sample.visit, &desk->who, SAMPLE_NOON,
			 &filing, &id));
	must(!visit_act(desk->record, id, VISIT_END, VISIT_SERVED, &desk->who,
			SAMPLE_NOON, &acted));
}

static void work(struct desk *desk)
{
	switch (chance_below(&desk->chance, 8)) {
	case 0:
		add(desk, 0, "language", "ti");
		break;
	case 1:
		add(desk, 1, "note", "three children");
		break;
	case 2:
		add(desk, 2, "text", "larger letters");
		break;
	case 3:
	case 4:
		change(desk, 0, "dialect");
		break;
	case 5:
		change(desk, 1, "contact_days");
		break;
	case 6:
		chance_below(&desk->chance, 2) ? move(desk) : take_back(desk);
		break;
	default:
		file(desk);
	}
}

static pid_t start(const char *path, int number, uint64_t seed, int to)
{
	pid_t id = fork();

	if (!id) {
		/* A test that fails leaves no desk working. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		struct desk desk = {
			.who = { .user = number ? "Ana" : "Sam",
				 .desk = number ? "back" : "front" },
			.chance = { seed },
			.to = to,
			.tickets = (uint32_t)seed << 12,
		};

		must(!record_open(path, &desk.record));
		for (;;)
			work(&desk);
	}
	return id;
}

/* --- looking -------------------------------------------------------------- */

/* One number of the file; a text of one row counts as 0 if it is "ok". */
static int64_t ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *ask = NULL;
	int64_t number = 0;

	if (sqlite3_prepare_v2(db, sql, -1, &ask, NULL))
		print_error("%s: %s\n", sql, sqlite3_errmsg(db));
	if (sqlite3_step(ask) == SQLITE_ROW)
		number = sqlite3_column_type(ask, 0) == SQLITE_TEXT
			     ? strcmp((const char *)sqlite3_column_text(ask, 0),
				      "ok") != 0
			     : sqlite3_column_int64(ask, 0);
	assert_int_equal(sqlite3_finalize(ask), SQLITE_OK);
	return number;
}

/* Versions are counted one by one, and so are audit rows. */
static void every_change_is_audited(sqlite3 *db, const char *kind)
{
	SCOPED(char_freep)
	char *sql = xasprintf(
	    "SELECT count(*) FROM \"%s\" e WHERE version <> (SELECT count(*)"
	    " FROM audit WHERE subject = '%s' AND subject_id = e.id AND act IN"
	    " ('add', 'change', 'move', 'undo'))",
	    kind, kind);
	SCOPED(char_freep)
	char *history = xasprintf(
	    "SELECT count(*) FROM \"%s\" e WHERE version <> (SELECT"
	    " count(DISTINCT version) FROM change WHERE kind = '%s' AND entity"
	    " = e.id)",
	    kind, kind);

	assert_int_equal(ask(db, sql), 0);
	assert_int_equal(ask(db, history), 0);
}

static void the_file_is_sound(const char *path, const struct told *told,
			      size_t count)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(ask(db, "PRAGMA integrity_check(1)"), 0);
	assert_int_equal(ask(db, "SELECT count(*) FROM"
				 " pragma_foreign_key_check"),
			 0);
	for (size_t i = 0; i < COUNT(kinds); i++)
		every_change_is_audited(db, kinds[i]);
	/* A visit that ended had its `no` carried out with it. */
	assert_int_equal(ask(db, "SELECT count(*) FROM visit WHERE state ="
				 " 'ended' AND keep = 'no' AND erased_at IS"
				 " NULL"),
			 0);
	assert_int_equal(ask(db, "SELECT count(*) FROM visit WHERE"
				 " (SELECT count(*) FROM audit WHERE subject ="
				 " 'visit' AND subject_id = visit.id AND act ="
				 " 'file') <> 1"),
			 0);
	for (size_t i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *sql = xasprintf("SELECT version >= %d FROM \"%s\""
				      " WHERE id = %lld",
				      told[i].version, kinds[told[i].kind],
				      (long long)told[i].id);

		assert_int_equal(ask(db, sql), 1);
	}
	sqlite3_close(db);
}

/* --- killing -------------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* All that was told so far; the newest of them are looked at. */
#define LOOKED_AT 4096
struct heard {
	struct told list[LOOKED_AT];
	size_t count, all;
};

static void hear(int from, struct heard *heard)
{
	struct told told;

	while (read(from, &told, sizeof told) == sizeof told) {
		heard->list[heard->all++ % LOOKED_AT] = told;
		if (heard->count < LOOKED_AT)
			heard->count++;
	}
}

static void kill_one(pid_t desks[DESKS], uint32_t which)
{
	int status;

	kill(desks[which], SIGKILL);
	waitpid(desks[which], &status, 0);
	/* It was killed by us, not by itself. */
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static int64_t length_ms(void)
{
	const char *minutes = getenv("FOYER_MINUTES");

	return minutes ? atoll(minutes) * 60000 : SECONDS * 1000;
}

static void desks_are_killed_and_the_record_holds(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, RECORD_FILE);
	struct record *record = sample_record(folder);
	struct heard *heard = xcalloc(1, sizeof *heard);
	struct chance chance = { 11 };
	const int64_t end = now_ms() + length_ms();
	pid_t desks[DESKS];
	int ends[2];
	uint64_t seed = 1;
	size_t kills = 0;

	(void)state;
	record_close(record);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	for (int i = 0; i < DESKS; i++)
		desks[i] = start(path, i, seed++, ends[1]);
	while (now_ms() < end) {
		const uint32_t which = chance_below(&chance, DESKS);
		const uint32_t ms = 1 + chance_below(&chance, LONGEST_MS);

		nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
		kill_one(desks, which);
		kills++;
		hear(ends[0], heard);
		the_file_is_sound(path, heard->list, heard->count);
		desks[which] = start(path, (int)which, seed++, ends[1]);
	}
	for (uint32_t i = 0; i < DESKS; i++)
		kill_one(desks, i);
	hear(ends[0], heard);
	the_file_is_sound(path, heard->list, heard->count);
	print_message("%zu desks killed, %zu changes that were told\n",
		      kills + DESKS, heard->all);
	assert_true(heard->all > 0);
	close(ends[0]);
	close(ends[1]);
	free(heard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(desks_are_killed_and_the_record_holds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
