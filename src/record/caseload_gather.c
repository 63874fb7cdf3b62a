#include <string.h>

#include "base/bytes.h"
#include "record/caseload_inside.h"
#include "record/kind.h"
#include "record/schema.h"

/*
 * What may go out, copied row by row by what leads to it: everything that
 * stands behind the wall of somebody who goes, and whatever is nobody's. So a
 * checkout's work grows with the caseload and not with the record. What of it
 * does not go after all is taken out of the copy (caseload_out.c).
 */

static enum fault run(struct record *copy, const char *sql)
{
	return store_run(copy->db, sql) ? statement_refuse(copy, sql)
					: FAULT_NONE;
}

static enum fault run_each(struct record *copy, const char *ask)
{
	SCOPED(store_endp)
	struct store_ask *rows = store_prepare(copy->db, ask);
	enum fault fault = FAULT_NONE;
	enum store_step step = STORE_FAILED;

	while (!fault && (step = store_step(rows)) == STORE_ROW)
		fault = run(copy, store_text(rows, 0));
	return fault || step == STORE_DONE ? fault
					   : statement_refuse(copy, ask);
}

/* --- the empty tables ----------------------------------------------------- */

/* As they are in the record, column by column, so that rows fit. Read whole
 * first: a schema that changes cannot be walked. */
static enum fault lay_tables(struct record *copy)
{
	enum fault fault =
	    run(copy, "CREATE TEMP TABLE laying AS SELECT sql FROM"
		      " agency.sqlite_schema WHERE sql IS NOT NULL AND name"
		      " NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type ="
		      " 'index'");

	if (fault || (fault = run_each(copy, "SELECT sql FROM temp.laying")))
		return fault;
	return run(copy, "DROP TABLE temp.laying;"
			 "INSERT INTO main.sqlite_sequence SELECT * FROM"
			 " agency.sqlite_sequence");
}

/* The record is open, so it is of this Foyer's version. */
static enum fault say_version(struct record *copy)
{
	SCOPED(char_freep)
	char *sql = xasprintf("PRAGMA main.application_id = %d;"
			      "PRAGMA main.user_version = %d",
			      RECORD_APPLICATION_ID, SCHEMA_VERSION);

	return run(copy, sql);
}

/* --- who and what --------------------------------------------------------- */

static enum fault take_people(struct record *copy,
			      const struct caseload_scope *scope)
{
	struct bytes sql = { 0 };
	const long long team = scope->team;
	enum fault fault;

	bytes_add_text(&sql, "CREATE TEMP TABLE taken (kind TEXT NOT NULL, id"
			     " INTEGER NOT NULL, PRIMARY KEY (kind, id))"
			     " WITHOUT ROWID;");
	for (size_t i = 0; i < scope->count; i++)
		bytes_add_format(&sql,
				 "INSERT OR IGNORE INTO taken SELECT 'person',"
				 " id FROM agency.person WHERE id = %lld;",
				 (long long)scope->people[i]);
	if (team)
		bytes_add_format(
		    &sql,
		    "INSERT OR IGNORE INTO taken SELECT 'person', id FROM"
		    " agency.person WHERE team = %lld;"
		    "INSERT OR IGNORE INTO taken SELECT 'person', m.person"
		    " FROM agency.household h CROSS JOIN agency.member m ON"
		    " m.household = h.id WHERE h.team = %lld;",
		    team, team);
	bytes_add_text(&sql, "INSERT OR IGNORE INTO taken SELECT 'household',"
			     " m.household FROM taken t CROSS JOIN"
			     " agency.member m ON m.person = t.id WHERE t.kind"
			     " = 'person';"
			     "INSERT INTO taken SELECT 'visit', v.id FROM"
			     " taken t CROSS JOIN agency.visit v ON v.person ="
			     " t.id WHERE t.kind = 'person';");
	fault = run(copy, (const char *)sql.data);
	bytes_done(&sql);
	return fault;
}

/* What stands behind the walls of what was taken; *more where anything new
 * does. */
static enum fault take_behind(struct record *copy, const struct kind *kind,
			      bool *more)
{
	enum fault fault = FAULT_NONE;

	for (const char *at = kind->wall; *at && !fault;
	     at += strspn(at, " ")) {
		const size_t length = strcspn(at, " ");
		SCOPED(char_freep) char *name = xstrndup(at, length);
		SCOPED(char_freep) char *sql = NULL;

		at += length;
		if (strcmp(name, "id") == 0)
			continue;
		sql = xasprintf("INSERT OR IGNORE INTO taken SELECT '%s', k.id"
				" FROM taken t CROSS JOIN agency.\"%s\" k ON"
				" k.\"%s\" = t.id WHERE t.kind = '%s'",
				kind->name, kind->name, name,
				kind_field(kind, name)->link);
		fault = run(copy, sql);
		*more |= store_changed(copy->db) > 0;
	}
	return fault;
}

static enum fault take_nobodys(struct record *copy, const struct kind *kind)
{
	SCOPED(char_freep)
	char *sql = xasprintf("INSERT INTO taken SELECT '%s', id FROM"
			      " agency.\"%s\"",
			      kind->name, kind->name);

	return run(copy, sql);
}

/* What only the agency has a use for goes out in no caseload, and neither do
 * names that lie apart. */
static bool goes(const struct kind *kind, bool apart)
{
	static const char at_home[] =
	    "conflict proposal suggestion debrief feedback incident"
	    " hardware_review";

	return !codes_have(at_home, kind->name, strlen(kind->name)) &&
	       !(kind->apart && apart);
}

static enum fault take_kinds(struct record *copy, bool apart)
{
	enum fault fault = FAULT_NONE;
	bool more = true;

	for (size_t i = 0; i < kind_count() && !fault; i++) {
		if (!kind_at(i)->wall && goes(kind_at(i), apart))
			fault = take_nobodys(copy, kind_at(i));
	}
	/* A party's wall is its meeting's. */
	while (more && !fault) {
		more = false;
		for (size_t i = 0; i < kind_count() && !fault; i++) {
			if (kind_at(i)->wall && goes(kind_at(i), apart))
				fault = take_behind(copy, kind_at(i), &more);
		}
	}
	return fault;
}

/* --- rows ----------------------------------------------------------------- */

/* Tables that are no kind's, and what their rows are of. */
static const struct {
	const char *table, *by, *kind;
} led[] = {
	{ "visit", "id", "visit" },
	{ "intake", "visit", "visit" },
	{ "intake_answer", "visit", "visit" },
	{ "visit_rule", "visit", "visit" },
	{ "visit_act", "visit", "visit" },
	{ "visit_consent", "visit", "visit" },
	{ "alert", "visit", "visit" },
	{ "fact", "visit", "visit" },
	{ "fact", "person", "person" },
};

/* What stays, or follows otherwise: keys are made anew on the laptop. */
static const char elsewhere[] =
    "draft audit tombstone ticket ticket_held caseload_out caseload_back "
    "caseload_map"
    " change change_apart own_value act names_out names_stale person_key"
    " person_form visit intake intake_answer visit_rule visit_act"
    " visit_consent alert fact";

static enum fault copy_led(struct record *copy)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < COUNT(led) && !fault; i++) {
		SCOPED(char_freep)
		char *sql = xasprintf(
		    "INSERT OR IGNORE INTO main.%s SELECT r.* FROM taken t"
		    " CROSS JOIN agency.%s r ON r.%s = t.id WHERE t.kind ="
		    " '%s'",
		    led[i].table, led[i].table, led[i].by, led[i].kind);

		fault = run(copy, sql);
	}
	return fault ? fault
		     : run(copy, "INSERT INTO main.ticket SELECT r.* FROM"
				 " taken t CROSS JOIN agency.ticket r ON"
				 " r.case_id = CAST(t.id AS TEXT) WHERE t.kind"
				 " = 'visit'");
}

static enum fault copy_kinds(struct record *copy, bool apart)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < kind_count() && !fault; i++) {
		const char *name = kind_at(i)->name;
		SCOPED(char_freep)
		char *sql = xasprintf(
		    "INSERT INTO main.\"%s\" SELECT k.* FROM taken t CROSS"
		    " JOIN agency.\"%s\" k ON k.id = t.id WHERE t.kind = '%s'",
		    name, name, name);

		if (goes(kind_at(i), apart))
			fault = run(copy, sql);
	}
	return fault;
}

static enum fault copy_history(struct record *copy, bool apart)
{
	static const char *const tables[] = { "own_value", "change",
					      "change_apart" };
	const size_t count = COUNT(tables) - apart;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < count && !fault; i++) {
		SCOPED(char_freep)
		char *sql = xasprintf(
		    "INSERT INTO main.%s SELECT r.* FROM taken t CROSS JOIN"
		    " agency.%s r ON r.kind = t.kind AND r.entity = t.id",
		    tables[i], tables[i]);

		fault = run(copy, sql);
	}
	for (size_t i = 1; i < count && !fault; i++) {
		SCOPED(char_freep)
		char *sql = xasprintf(
		    "INSERT OR IGNORE INTO main.act SELECT a.* FROM (SELECT"
		    " DISTINCT act FROM main.%s) c CROSS JOIN agency.act a ON"
		    " a.id = c.act",
		    tables[i]);

		fault = run(copy, sql);
	}
	return fault;
}

/* Everything else whole: the directory, the kiosks, who may sign in. */
static enum fault copy_others(struct record *copy)
{
	SCOPED(char_freep)
	char *sql = xasprintf(
	    "SELECT 'INSERT INTO main.\"' || name || '\" SELECT * FROM"
	    " agency.\"' || name || '\"' FROM agency.sqlite_schema WHERE type"
	    " = 'table' AND name NOT LIKE 'sqlite!_%%' ESCAPE '!' AND instr('"
	    " %s ', ' ' || name || ' ') = 0 AND name NOT IN (SELECT name FROM"
	    " temp.kinds)",
	    elsewhere);
	struct bytes kinds = { 0 };
	enum fault fault;

	bytes_add_text(&kinds, "CREATE TEMP TABLE kinds (name TEXT);");
	for (size_t i = 0; i < kind_count(); i++)
		bytes_add_format(&kinds, "INSERT INTO kinds VALUES ('%s');",
				 kind_at(i)->name);
	fault = run(copy, (const char *)kinds.data);
	bytes_done(&kinds);
	return fault ? fault : run_each(copy, sql);
}

static enum fault gather(struct record *copy,
			 const struct caseload_scope *scope, bool apart)
{
	enum fault fault;

	if ((fault = lay_tables(copy)) || (fault = say_version(copy)) ||
	    (fault = take_people(copy, scope)) ||
	    (fault = take_kinds(copy, apart)) ||
	    (fault = copy_kinds(copy, apart)) || (fault = copy_led(copy)) ||
	    (fault = copy_history(copy, apart)) || (fault = copy_others(copy)))
		return fault;
	return run(copy, "DROP TABLE temp.taken; DROP TABLE temp.kinds");
}

enum fault caseload_gather(const char *path, struct record *copy,
			   const struct caseload_scope *scope, bool apart)
{
	enum fault fault;

	if ((fault = statement_do(copy, "ATTACH ?1 AS agency", "t", path)))
		return fault;
	/* One moment of the record, whoever writes meanwhile. */
	if ((fault = run(copy, "PRAGMA temp_store = MEMORY; BEGIN")) ||
	    (fault = gather(copy, scope, apart)) ||
	    (fault = run(copy, "COMMIT")))
		return fault;
	statement_release(copy);
	return run(copy, "DETACH agency");
}
