#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/consent.h"
#include "record/people_merge.h"
#include "record/people_visit.h"
#include "record/statement.h"
#include "tests/support/asked.h"
#include "tests/support/chance.h"
#include "tests/support/folder.h"
#include "tests/support/pair.h"
#include "tests/support/sample.h"
#include "tests/test.h"

/*
 * An agency and two laptops do by chance whatever can be done to the same few
 * people, and merge in any order. Afterwards nothing that somebody wrote or
 * signed is lost, nothing that was erased is there, and merging once more
 * changes nothing. A few runs in `make check`; FOYER_RUNS and FOYER_SEED for
 * more and others.
 */

#define RUNS 8
#define STEPS 30
#define PEOPLE 3

enum { HOME, FIRST, SECOND, SITES };

struct site {
	struct book *book;
	struct record_who who;
};

struct world {
	struct pair *pair;
	struct book second;
	struct site sites[SITES];
	struct bytes begun[SITES]; /* each record, as every run begins */
	struct chance chance;
	int64_t now;
	long words;             /* that were made up */
	int erased;             /* bits of people, erased anywhere */
	int merged[PEOPLE + 1]; /* bits of whom each is one with */
	long conflicts, decided, undone, stones;
};

static bool one_in(struct world *world, uint32_t many)
{
	return chance_below(&world->chance, many) == 0;
}

static int64_t somebody(struct world *world)
{
	return 1 + chance_below(&world->chance, PEOPLE);
}

/* A word nobody has said yet. */
static char *word(struct world *world)
{
	return xasprintf("word-%ld", ++world->words);
}

/* One of a kind that is there, by chance; 0: none. */
static int64_t any(struct world *world, struct site *site, const char *from)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET"
			      " ?1 %% max(1, (SELECT count(*) FROM %s))",
			      from, from);
	int64_t id;

	assert_int_equal(
	    statement_value(site->book->record, sql, 0, &id, "i",
			    (int64_t)chance_below(&world->chance, 1000)),
	    FAULT_NONE);
	return id;
}

/* --- what somebody does ---------------------------------------------------
 */

static void save(struct world *world, struct site *site, struct entity *entity)
{
	enum entity_answer answer;

	assert_int_equal(entity_save(site->book->record, entity, SOURCE_TOLD,
				     &site->who, world->now, &answer, NULL),
			 FAULT_NONE);
}

static void change(struct world *world, struct site *site, const char *kind,
		   int64_t id, const char *field, const char *value)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;

	if (!id)
		return;
	assert_int_equal(entity_read(site->book->record, kind_find(kind), id,
				     &site->who, world->now, &answer, &entity),
			 FAULT_NONE);
	if (!entity)
		return;
	assert_true(entity_set(entity, field, value));
	save(world, site, entity);
}

static void add(struct world *world, struct site *site, const char *kind,
		const char *const *pairs)
{
	SCOPED(entity_freep) struct entity *entity = NULL;

	assert_int_equal(
	    entity_new(site->book->record, kind_find(kind), &entity),
	    FAULT_NONE);
	for (; pairs[0]; pairs += 2)
		assert_true(entity_set(entity, pairs[0], pairs[1]));
	save(world, site, entity);
}

static void change_person(struct world *world, struct site *site)
{
	static const char *const fields[] = { "dialect", "contact_times" };
	SCOPED(char_freep) char *said = word(world);

	change(world, site, "person", somebody(world),
	       fields[chance_below(&world->chance, COUNT(fields))], said);
}

/* Values that meet: two may say the same, and what was there before. */
static void change_language(struct world *world, struct site *site)
{
	static const char *const languages[] = { "ti", "am", "ar" };

	change(world, site, "person", somebody(world), "language",
	       languages[chance_below(&world->chance, COUNT(languages))]);
}

static void change_team(struct world *world, struct site *site)
{
	static const char *const teams[] = { "1", "2", NULL };

	change(world, site, "person", somebody(world), "team",
	       teams[chance_below(&world->chance, COUNT(teams))]);
}

static void add_note(struct world *world, struct site *site)
{
	SCOPED(char_freep) char *said = word(world);
	SCOPED(char_freep)
	char *person = xasprintf("%lld", (long long)somebody(world));

	add(world, site, "note",
	    (const char *const[]){ "person", person, "text", said, "guard",
				   "open", NULL });
}

static void change_note(struct world *world, struct site *site)
{
	SCOPED(char_freep) char *said = word(world);

	change(world, site, "note",
	       any(world, site, "(SELECT id FROM note WHERE gone = 0)"), "text",
	       said);
}

static void remove_note(struct world *world, struct site *site)
{
	const int64_t id =
	    any(world, site, "(SELECT id FROM note WHERE gone = 0)");
	enum entity_answer answer;

	if (id)
		assert_int_equal(entity_remove(site->book->record,
					       kind_find("note"), id, "",
					       &site->who, world->now, &answer),
				 FAULT_NONE);
}

static void add_assessment(struct world *world, struct site *site)
{
	SCOPED(char_freep) char *said = word(world);
	SCOPED(char_freep)
	char *person = xasprintf("%lld", (long long)somebody(world));

	add(world, site, "assessment",
	    (const char *const[]){ "person", person, "number", "1", "what",
				   "first", "day", "2026-11-01", "next_due",
				   "2027-01-01", "note", said, NULL });
}

#define UNSIGNED \
	"(SELECT id FROM assessment WHERE signed_at IS NULL AND gone = 0)"

static void change_assessment(struct world *world, struct site *site)
{
	SCOPED(char_freep) char *said = word(world);

	change(world, site, "assessment", any(world, site, UNSIGNED), "note",
	       said);
}

static void sign(struct world *world, struct site *site)
{
	SCOPED(char_freep)
	char *now = xasprintf("%lld", (long long)world->now);

	change(world, site, "assessment", any(world, site, UNSIGNED),
	       "signed_at", now);
}

static void take_back(struct world *world, struct site *site)
{
	enum entity_answer answer;

	assert_int_equal(entity_undo(site->book->record, &site->who, world->now,
				     &answer, NULL),
			 FAULT_NONE);
	world->undone += answer == ENTITY_DONE;
}

static void erase(struct world *world, struct site *site)
{
	const int64_t id = somebody(world);

	if (!one_in(world, 3))
		return;
	assert_int_equal(person_erase(site->book->record, id, "withdrawn",
				      &site->who, world->now),
			 FAULT_NONE);
	world->erased |= 1 << id;
	world->stones++;
}

/* --- visits ---------------------------------------------------------------
 */

static void file(struct world *world, struct site *site)
{
	static const enum visit_keep keeps[] = {
		VISIT_KEEP_KEPT, VISIT_KEEP_KEPT, VISIT_KEEP_KEPT, VISIT_KEEP_NO
	};
	const uint32_t seq = 2 + chance_below(&world->chance, 3);
	enum visit_filing answer;
	struct sample sample;
	int64_t id;

	sample_init(&sample, seq);
	sample.visit.keep = keeps[seq % COUNT(keeps)];
	if (one_in(world, 20))
		sample.hash[31] ^= 1; /* a number twice */
	assert_int_equal(visit_file(site->book->record, &sample.visit,
				    &site->who, world->now, &answer, &id),
			 FAULT_NONE);
}

static void act(struct world *world, struct site *site)
{
	const enum visit_act what =
	    (enum visit_act)chance_below(&world->chance, VISIT_ACT_COUNT);
	enum visit_acted answer;

	assert_int_equal(
	    visit_act(site->book->record, any(world, site, "visit"), what,
		      what == VISIT_END ? VISIT_SERVED : VISIT_NO_OUTCOME,
		      &site->who, world->now, &answer),
	    FAULT_NONE);
}

static void give_level(struct world *world, struct site *site)
{
	static const enum visit_level levels[] = { VISIT_U1, VISIT_U2,
						   VISIT_NO_LEVEL };
	SCOPED(char_freep) char *said = word(world);
	enum visit_acted answer;

	assert_int_equal(
	    visit_override(site->book->record, any(world, site, "visit"),
			   levels[chance_below(&world->chance, COUNT(levels))],
			   said, &site->who, world->now, &answer),
	    FAULT_NONE);
}

static void act_back(struct world *world, struct site *site)
{
	enum visit_acted answer;

	assert_int_equal(visit_undo(site->book->record,
				    any(world, site, "visit"), &site->who,
				    world->now, &answer),
			 FAULT_NONE);
	world->undone += answer == VISIT_ACTED;
}

static void give(struct world *world, struct site *site)
{
	const int64_t visit = any(world, site, "visit");
	enum people_answer answer;

	assert_int_equal(people_detach(site->book->record, visit, &site->who,
				       world->now, &answer),
			 FAULT_NONE);
	if (!one_in(world, 4))
		assert_int_equal(people_attach(site->book->record, visit,
					       somebody(world), true,
					       &site->who, world->now, &answer),
				 FAULT_NONE);
}

static void withdraw(struct world *world, struct site *site)
{
	enum visit_acted answer;

	if (one_in(world, 6))
		assert_int_equal(visit_withdraw(site->book->record,
						any(world, site, "visit"),
						&site->who, world->now,
						&answer),
				 FAULT_NONE);
}

/* --- at the agency alone --------------------------------------------------
 */

static void merge_people(struct world *world, struct site *site)
{
	const int64_t kept = somebody(world), merged = somebody(world);
	enum people_answer answer;

	if (!one_in(world, 3))
		return;
	assert_int_equal(people_merge(site->book->record, kept, merged, "same",
				      &site->who, world->now, &answer),
			 FAULT_NONE);
	if (answer == PEOPLE_DONE)
		world->merged[kept] |= world->merged[merged] | 1 << merged;
}

static void decide(struct world *world, struct site *site)
{
	const int64_t id = any(world, site,
			       "(SELECT id FROM conflict WHERE state = 'open'"
			       " AND gone = 0)");
	enum entity_answer answer;

	if (!id)
		return;
	assert_int_equal(entity_move(site->book->record, kind_find("conflict"),
				     id, one_in(world, 2) ? "ours" : "theirs",
				     "", &site->who, world->now, &answer),
			 FAULT_NONE);
	world->decided += answer == ENTITY_DONE;
}

static void bring(struct world *world, int laptop)
{
	struct caseload_told told;

	check_in(world->pair, world->sites[laptop].book);
	assert_int_equal(merge_file(world->pair, &told), CASELOAD_DONE);
	world->conflicts += told.conflicts;
}

/* --- afterwards -----------------------------------------------------------
 */

static int take_row(void *to, int columns, char **values, char **names)
{
	crypto_generichash_state *state = to;

	(void)names;
	for (int i = 0; i < columns; i++) {
		const char *value = values[i] ?: "\1";

		crypto_generichash_update(state, (const uint8_t *)value,
					  strlen(value) + 1);
	}
	return 0;
}

/* What a table holds, in eight letters. */
static void add_table(struct bytes *text, sqlite3 *db, const char *name,
		      const char *sql)
{
	crypto_generichash_state state;
	uint8_t hash[crypto_generichash_BYTES];
	char hex[9];

	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	assert_int_equal(sqlite3_exec(db, sql, take_row, &state, NULL),
			 SQLITE_OK);
	crypto_generichash_final(&state, hash, sizeof hash);
	sodium_bin2hex(hex, sizeof hex, hash, 4);
	bytes_add_format(text, "%s %s\n", name, hex);
}

/* Every table but those that tell of merging itself; the caller frees it. */
static char *digest(struct book *book)
{
	struct bytes text = { 0 };
	sqlite3_stmt *tables;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(book->record->path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(
		db,
		"SELECT name, 'SELECT * FROM \"' || name || '\"' || CASE name"
		" WHEN 'caseload_map' THEN ' WHERE kind <> ''audit''' ELSE ''"
		" END FROM sqlite_schema WHERE type = 'table' AND name NOT IN"
		" ('audit', 'caseload_back', 'sqlite_sequence') ORDER BY name",
		-1, &tables, NULL),
	    SQLITE_OK);
	while (sqlite3_step(tables) == SQLITE_ROW)
		add_table(&text, db,
			  (const char *)sqlite3_column_text(tables, 0),
			  (const char *)sqlite3_column_text(tables, 1));
	sqlite3_finalize(tables);
	sqlite3_close(db);
	return bytes_take_text(&text);
}

/* Says which table is not. */
static void are_alike(const char *once, const char *again)
{
	bool alike = true;

	for (size_t at = 0; once[at]; at += strcspn(once + at, "\n") + 1) {
		const int length = (int)strcspn(once + at, "\n");

		if (strncmp(once + at, again + at, (size_t)length) != 0) {
			print_error("no more the same: %.*s\n", length,
				    once + at);
			alike = false;
		}
	}
	assert_true(alike);
}

static void is_sound(struct book *book)
{
	SCOPED(char_freep) char *said = NULL;
	SCOPED(char_freep) char *loose = NULL;

	assert_int_equal(
	    statement_line(book->record, "PRAGMA integrity_check", 0, &said),
	    FAULT_NONE);
	assert_string_equal(said, "ok");
	assert_int_equal(statement_line(book->record,
					"SELECT \"table\" FROM"
					" pragma_foreign_key_check",
					0, &loose),
			 FAULT_NONE);
	assert_null(loose);
}

/* What must find no row, of a laptop whose record is attached as "away". */
#define VISITS                                                               \
	" FROM away.visit l JOIN main.ticket t JOIN away.ticket s ON"        \
	" s.case_id = CAST(l.id AS TEXT) AND s.wire_hash = t.wire_hash JOIN" \
	" main.visit h ON CAST(h.id AS TEXT) = t.case_id"
/* Of the laptop itself. */
#define ITS " AND x.laptop = (SELECT lower(hex(copy)) FROM away.away)"
#define STANDS(visit)                                                     \
	"trim(" visit ".state || ' ' || " visit ".outcome) || iif(" visit \
	".staff_level, ' U' || " visit ".staff_level, '')"
static const struct {
	const char *says, *sql;
} losses[] = {
#define LOST(table, field, person)                                           \
	{                                                                    \
		table "." field " is lost",                                  \
		    "SELECT \"" field "\" FROM away.\"" table                \
		    "\" l WHERE l.gone = 0"                                  \
		    " AND l.\"" field "\" LIKE 'word-%' AND " person         \
		    " NOT IN (SELECT id FROM lost)"                          \
		    " AND NOT EXISTS (SELECT 1 FROM main.change c WHERE "    \
		    "c.after ="                                              \
		    " l.\"" field                                            \
		    "\") AND NOT EXISTS (SELECT 1 FROM main.change_apart"    \
		    " c WHERE c.kind <> 'conflict' AND c.after = l.\"" field \
		    "\") AND"                                                \
		    " NOT EXISTS (SELECT 1 FROM main.conflict x WHERE "      \
		    "x.theirs = l.\"" field                                  \
		    "\" AND (x.state <> 'ours' OR x.reason IS NULL)" ITS ")" \
	}
	LOST("person", "dialect", "l.id"),
	LOST("person", "contact_times", "l.id"),
	LOST("note", "text", "l.person"),
	LOST("assessment", "note", "l.person"),
#undef LOST
	{ "what was signed is lost",
	  "SELECT note FROM away.assessment l WHERE l.signed_at IS NOT NULL AND"
	  " l.what <> 'self' AND l.gone = 0 AND l.person NOT IN (SELECT id "
	  "FROM lost) AND NOT "
	  "EXISTS (SELECT 1 FROM"
	  " main.assessment h WHERE h.signed_at = l.signed_at AND h.gone = 0)"
	  " AND NOT EXISTS (SELECT 1 FROM main.conflict x WHERE x.what ="
	  " 'assessment.signed_at' AND x.theirs = l.signed_at AND (x.state <>"
	  " 'ours' OR x.reason IS NULL)) AND NOT EXISTS (SELECT 1 FROM"
	  " main.conflict x WHERE x.what = 'assessment.' AND x.reason IS"
	  " NULL)" },
	{ "a language is lost",
	  "SELECT l.id FROM away.person l JOIN main.person h ON h.id = l.id"
	  " WHERE l.id NOT IN (SELECT id FROM lost) AND l.language IS NOT "
	  "h.language AND NOT"
	  " EXISTS (SELECT 1 FROM main.change c WHERE c.kind = 'person' AND"
	  " c.entity = l.id AND c.field = 'language' AND c.after IS"
	  " l.language) AND NOT EXISTS (SELECT 1 FROM main.conflict x WHERE"
	  " x.what = 'person.language' AND x.subject = l.id AND x.theirs IS"
	  " l.language AND (x.state <> 'ours' OR x.reason IS NULL)" ITS ")" },
	{ "what became of a visit is lost",
	  "SELECT l.id" VISITS " WHERE " STANDS("l") " <> " STANDS(
	      "h") " AND EXISTS (SELECT 1 FROM away.visit_act a WHERE a.visit "
		   "= l.id AND"
		   " NOT a.undone AND a.id > (SELECT last FROM away.away_from "
		   "WHERE name"
		   " = 'visit_act')) AND NOT EXISTS (SELECT 1 FROM "
		   "main.conflict x WHERE"
		   " x.what = 'visit.state' AND x.subject = h.id AND (x.theirs "
		   "= " STANDS("l") " AND x.state = 'open' OR x.state <> "
				    "'open' AND x.reason IS NULL)" ITS
				    ") AND NOT"
				    " EXISTS (SELECT 1 FROM main.visit_act o "
				    "WHERE o.visit = h.id AND"
				    " o.id > (SELECT max(m.here) FROM "
				    "main.caseload_map m, away.away y,"
				    " away.visit_act a WHERE m.copy = y.copy "
				    "AND m.kind = 'visit_act' AND"
				    " m.there = a.id AND a.visit = l.id))" },
	{ "whose a visit is is lost",
	  "SELECT l.id" VISITS " WHERE l.person IS NOT h.person AND"
	  " h.erased_at IS NULL AND coalesce(l.person, 0) NOT IN (SELECT id"
	  " FROM lost) AND EXISTS (SELECT 1 FROM away.audit a WHERE a.subject ="
	  " 'visit' AND a.subject_id = l.id AND a.act IN ('attach', 'detach')"
	  " AND a.id > (SELECT last FROM away.away_from WHERE name = 'audit'))"
	  " AND NOT EXISTS (SELECT 1 FROM main.conflict x WHERE x.what ="
	  " 'visit.person' AND x.subject = h.id AND (x.state <> 'ours' OR "
	  "x.reason IS NULL)" ITS
	  ") AND NOT EXISTS (SELECT 1 FROM main.audit a WHERE"
	  " a.subject = 'visit' AND a.subject_id = h.id AND a.act IN ('attach',"
	  " 'detach') AND a.desk NOT IN (SELECT desk FROM away.audit))"
	  " AND NOT EXISTS (SELECT 1 FROM main.merge)" },
	{ "an erased person is there",
	  "SELECT id FROM main.person WHERE id IN (SELECT id FROM erased)" },
	{ "an erased person's note is there",
	  "SELECT id FROM main.note WHERE person IN (SELECT id FROM erased)" },
	{ "a visit that was erased is not",
	  "SELECT l.id" VISITS " WHERE"
	  " l.erased_at IS NOT NULL AND h.erased_at IS NULL" },
	{ "the audit lacks a row",
	  "SELECT l.act FROM away.audit l WHERE l.id > (SELECT last FROM"
	  " away.away_from WHERE name = 'audit') AND l.act <> 'check-in'"
	  " AND NOT EXISTS (SELECT 1 FROM main.audit h WHERE h.at ="
	  " l.at AND h.user = l.user AND h.desk = l.desk AND h.act = l.act AND"
	  " h.subject = l.subject)" },
	{ "a conflict is about nothing",
	  "SELECT x.what FROM main.conflict x WHERE x.subject"
	  " NOT IN (SELECT id FROM main.person UNION SELECT id FROM main.note"
	  " UNION SELECT id FROM main.assessment UNION SELECT id FROM"
	  " main.visit)" },
};

static void do_sql(sqlite3 *db, const char *sql)
{
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void insert(sqlite3 *db, const char *table, int ids)
{
	for (int i = 1; i <= PEOPLE; i++) {
		SCOPED(char_freep)
		char *sql = xasprintf("INSERT INTO %s VALUES (%d)", table, i);

		if (ids & 1 << i)
			do_sql(db, sql);
	}
}

/* In "erased" those who were, and in "lost" also whoever was one with them. */
static void tell_erased(const struct world *world, sqlite3 *db)
{
	int lost = world->erased;

	for (int again = 0; again < PEOPLE; again++) {
		for (int i = 1; i <= PEOPLE; i++) {
			if (lost & (world->merged[i] | 1 << i))
				lost |= world->merged[i] | 1 << i;
		}
	}
	do_sql(db, "CREATE TEMP TABLE erased (id INTEGER);"
		   "CREATE TEMP TABLE lost (id INTEGER)");
	insert(db, "erased", world->erased);
	insert(db, "lost", lost);
}

/* Prints what a statement finds. */
static bool finds(sqlite3 *db, size_t loss)
{
	sqlite3_stmt *ask;
	bool found;

	assert_int_equal(
	    sqlite3_prepare_v2(db, losses[loss].sql, -1, &ask, NULL),
	    SQLITE_OK);
	found = sqlite3_step(ask) == SQLITE_ROW;
	if (found)
		print_error("%s: %s\n", losses[loss].says,
			    (const char *)sqlite3_column_text(ask, 0));
	assert_int_equal(sqlite3_finalize(ask), SQLITE_OK);
	return found;
}

static void nothing_is_lost(struct world *world, int laptop)
{
	SCOPED(char_freep)
	char *home = folder_file(world->pair->home.folder, RECORD_FILE);
	SCOPED(char_freep)
	char *path =
	    folder_file(world->sites[laptop].book->folder, RECORD_FILE);
	SCOPED(char_freep)
	char *attach = xasprintf("ATTACH '%s' AS away", path);
	sqlite3 *db;
	bool lost = false;

	assert_int_equal(sqlite3_open(home, &db), SQLITE_OK);
	do_sql(db, attach);
	tell_erased(world, db);
	for (size_t i = 0; i < COUNT(losses); i++)
		lost |= finds(db, i);
	sqlite3_close(db);
	assert_false(lost);
}

/* --- runs -----------------------------------------------------------------
 */

typedef void deed(struct world *world, struct site *site);
static deed *const everywhere[] = {
	change_person,
	change_person,
	change_language,
	change_language,
	change_team,
	add_note,
	change_note,
	change_note,
	remove_note,
	add_assessment,
	sign,
	change_assessment,
	take_back,
	take_back,
	take_back,
	erase,
	file,
	act,
	act,
	act,
	act_back,
	act_back,
	give,
	give,
	give_level,
	withdraw,
};
static deed *const at_home[] = { decide, decide, merge_people };

static void step(struct world *world)
{
	struct chance *chance = &world->chance;

	world->now += 1000;
	if (one_in(world, 12))
		bring(world, one_in(world, 2) ? FIRST : SECOND);
	else if (one_in(world, 9))
		at_home[chance_below(chance, COUNT(at_home))](
		    world, &world->sites[HOME]);
	else
		everywhere[chance_below(chance, COUNT(everywhere))](
		    world, &world->sites[chance_below(chance, SITES)]);
}

static void write_begun(struct world *world)
{
	for (int i = 0; i < SITES; i++) {
		struct book *book = world->sites[i].book;
		SCOPED(char_freep)
		char *path = folder_file(book->folder, RECORD_FILE);

		record_close(book->record);
		assert_int_equal(file_write(path, world->begun[i].data,
					    world->begun[i].length, 0600),
				 FAULT_NONE);
		open_book(book);
	}
}

static void run(struct world *world)
{
	SCOPED(char_freep) char *once = NULL;
	SCOPED(char_freep) char *again = NULL;

	write_begun(world);
	world->now = BOOK_NOW;
	world->erased = 0;
	memset(world->merged, 0, sizeof world->merged);
	for (int i = 0; i < STEPS; i++)
		step(world);
	bring(world, FIRST);
	bring(world, SECOND);
	bring(world, FIRST);
	once = digest(world->sites[HOME].book);
	for (int i = 0; i < SITES; i++)
		is_sound(world->sites[i].book);
	nothing_is_lost(world, FIRST);
	nothing_is_lost(world, SECOND);
	bring(world, SECOND);
	bring(world, FIRST);
	again = digest(world->sites[HOME].book);
	are_alike(once, again);
}

static void keep_begun(struct world *world)
{
	for (int i = 0; i < SITES; i++) {
		struct book *book = world->sites[i].book;
		SCOPED(char_freep)
		char *path = folder_file(book->folder, RECORD_FILE);

		record_close(book->record);
		book->record = NULL;
		assert_int_equal(file_read(path, 64 << 20, &world->begun[i]),
				 FAULT_NONE);
	}
}

/* Three people with a note, a visit and an assessment, on two laptops. */
static void begin(struct world *world)
{
	struct book *home = &world->pair->home;
	int64_t people[PEOPLE];
	struct caseload_told told;
	struct sample sample;

	(void)book_make(home, "team", "name", "East", NULL);
	(void)book_make(home, "team", "name", "West", NULL);
	for (int i = 0; i < PEOPLE; i++)
		people[i] = book_make(home, "person", "language", "ti",
				      "dialect", "first", NULL);
	(void)book_make(home, "note", "person", "1", "text", "first", "guard",
			"open", NULL);
	(void)book_make(home, "assessment", "person", "2", "number", "1",
			"what", "first", "day", "2026-11-01", "next_due",
			"2027-01-01", NULL);
	sample_init(&sample, 1);
	sample.visit.keep = VISIT_KEEP_KEPT;
	(void)sample_file(home->record, &sample);
	assert_int_equal(people_attach(home->record, 1, 1, true, &book_sam,
				       BOOK_NOW, &(enum people_answer){ 0 }),
			 FAULT_NONE);
	take_out(world->pair, people, PEOPLE);
	assert_int_equal(open_file(world->pair, &world->second, &told),
			 CASELOAD_DONE);
	keep_begun(world);
}

static void whatever_happens_nothing_is_lost_and_merging_ends(void **state)
{
	const long runs =
	    asked_number("FOYER_RUNS", getenv("FOYER_SLOW") ? 1 : RUNS);
	const long seed = asked_number("FOYER_SEED", 1);
	struct world world = { .pair = *state };

	world.second.folder = folder_new();
	world.sites[HOME] = (struct site){ &world.pair->home, book_ana };
	world.sites[FIRST] = (struct site){ &world.pair->away, mira };
	world.sites[SECOND] =
	    (struct site){ &world.second,
			   { .user = "Omar", .desk = "laptop 2" } };
	begin(&world);
	for (long i = 0; i < runs; i++) {
		world.chance = (struct chance){ (uint64_t)(seed + i) };
		if (runs > RUNS)
			print_message("seed %ld\n", seed + i);
		run(&world);
	}
	print_message("seed %ld: %ld runs, %ld conflicts, %ld decided, %ld "
		      "acts taken back, %ld people erased; nothing lost\n",
		      seed, runs, world.conflicts, world.decided, world.undone,
		      world.stones);
	record_close(world.second.record);
	folder_freep(&world.second.folder);
	for (int i = 0; i < SITES; i++)
		bytes_done(&world.begun[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PAIR(whatever_happens_nothing_is_lost_and_merging_ends),
	};

	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
