#include <string.h>

#include "base/bytes.h"
#include "record/caseload_inside.h"
#include "record/kind.h"
#include "record/move_copy.h"
#include "record/schema.h"
#include "record/table.h"

/*
 * What may go out, copied row by row by what leads to it: everything that
 * stands behind the wall of somebody who goes, and whatever is nobody's. So a
 * checkout's work grows with the caseload and not with the record. What of it
 * does not go after all is taken out of the copy (caseload_out.c).
 */

/*
 * The copy, and where it is taken from: a file is attached to the copy under a
 * name, and SQLite carries its rows; a server finds them, and we carry them.
 */
struct gathering {
	struct record *copy, *there; /* there is the copy where it is a file */
	const char *agency;          /* before the names of its tables */
	bool apart;
};

static bool on_server(const struct gathering *gathering)
{
	return gathering->there != gathering->copy;
}

static enum fault run(struct record *record, const char *sql)
{
	return store_run(record->db, sql) ? statement_refuse(record, sql)
					  : FAULT_NONE;
}

/* Does something with every name that a statement of the copy gives. */
typedef enum fault name_act(struct gathering *gathering, const char *name);

static enum fault each_name(struct gathering *gathering, const char *ask,
			    name_act *act)
{
	SCOPED(store_endp)
	struct store_ask *rows = store_prepare(gathering->copy->db, ask);
	enum fault fault = FAULT_NONE;
	enum store_step step = STORE_FAILED;

	while (!fault && (step = store_step(rows)) == STORE_ROW)
		fault = act(gathering, store_text(rows, 0));
	return fault || step == STORE_DONE
		   ? fault
		   : statement_refuse(gathering->copy, ask);
}

/* Those rows of a table that are called r behind a FROM. */
static enum fault copy_rows(struct gathering *gathering, const char *name,
			    const char *which)
{
	SCOPED(char_freep) char *sql = NULL;
	struct table table;
	enum fault fault;

	if (!on_server(gathering)) {
		sql = xasprintf("INSERT INTO main.\"%s\" SELECT r.* FROM %s",
				name, which);
		return run(gathering->copy, sql);
	}
	if ((fault = table_read(gathering->copy->db, name, &table)) ||
	    (fault = table_copy_some(gathering->there->db, gathering->copy->db,
				     &table, which))) {
		(void)!statement_refuse(gathering->there, name);
		fault = statement_refuse(gathering->copy, name);
	}
	table_done(&table);
	return fault;
}

/* --- the empty tables ----------------------------------------------------- */

static enum fault run_one(struct gathering *gathering, const char *sql)
{
	return run(gathering->copy, sql);
}

/* As they are in the record, column by column, so that rows fit. Read whole
 * first: a schema that changes cannot be walked. */
static enum fault lay_as_there(struct gathering *gathering)
{
	struct record *copy = gathering->copy;
	enum fault fault =
	    run(copy, "CREATE TEMP TABLE laying AS SELECT sql FROM"
		      " agency.sqlite_schema WHERE sql IS NOT NULL AND name"
		      " NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type ="
		      " 'index'");

	if (fault || (fault = each_name(
			  gathering, "SELECT sql FROM temp.laying", run_one)))
		return fault;
	return run(copy, "DROP TABLE temp.laying;"
			 "INSERT INTO main.sqlite_sequence SELECT * FROM"
			 " agency.sqlite_sequence");
}

/* Without what a new record has in it, and counting on from the server's. */
static enum fault empty(struct gathering *gathering, const char *name)
{
	SCOPED(char_freep) char *sql = xasprintf("DELETE FROM \"%s\"", name);
	struct table table;
	enum fault fault = run(gathering->copy, sql);

	if (fault)
		return fault;
	if ((fault = table_read(gathering->copy->db, name, &table)) ||
	    (fault = table_count_on(gathering->there->db, gathering->copy->db,
				    &table))) {
		(void)!statement_refuse(gathering->there, "counting on");
		fault = statement_refuse(gathering->copy, "counting on");
	}
	table_done(&table);
	return fault;
}

static const char tables_there[] =
    "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT"
    " LIKE 'sqlite!_%' ESCAPE '!'";

/* The record is open, so it is of this Foyer's version. */
static enum fault say_version(struct record *copy)
{
	SCOPED(char_freep)
	char *sql = xasprintf("PRAGMA main.application_id = %d;"
			      "PRAGMA main.user_version = %d",
			      RECORD_APPLICATION_ID, SCHEMA_VERSION);

	return run(copy, sql);
}

static enum fault lay_tables(struct gathering *gathering)
{
	enum fault fault = on_server(gathering)
			       ? each_name(gathering, tables_there, empty)
			       : lay_as_there(gathering);

	return fault ? fault : say_version(gathering->copy);
}

/* --- who and what --------------------------------------------------------- */

/* Whoever was taken already. */
#define ONCE " ON CONFLICT DO NOTHING"

static enum fault take_people(struct gathering *gathering,
			      const struct caseload_scope *scope)
{
	struct bytes sql = { 0 };
	const char *agency = gathering->agency;
	const long long team = scope->team;
	enum fault fault;

	bytes_add_text(&sql, "CREATE TEMP TABLE taken (kind TEXT NOT NULL, id"
			     " BIGINT NOT NULL, PRIMARY KEY (kind, id));");
	for (size_t i = 0; i < scope->count; i++)
		bytes_add_format(&sql,
				 "INSERT INTO taken SELECT 'person', id FROM"
				 " %sperson WHERE id = %lld" ONCE ";",
				 agency, (long long)scope->people[i]);
	if (team)
		bytes_add_format(
		    &sql,
		    "INSERT INTO taken SELECT 'person', id FROM %sperson WHERE"
		    " team = %lld" ONCE ";"
		    "INSERT INTO taken SELECT 'person', m.person FROM"
		    " %shousehold h CROSS JOIN %smember m WHERE m.household ="
		    " h.id AND h.team = %lld" ONCE ";",
		    agency, team, agency, agency, team);
	bytes_add_format(&sql,
			 "INSERT INTO taken SELECT 'household', m.household"
			 " FROM taken t CROSS JOIN %smember m WHERE m.person ="
			 " t.id AND t.kind = 'person'" ONCE ";"
			 "INSERT INTO taken SELECT 'visit', v.id FROM taken t"
			 " CROSS JOIN %svisit v WHERE v.person = t.id AND"
			 " t.kind = 'person';",
			 agency, agency);
	fault = run(gathering->there, (const char *)sql.data);
	bytes_done(&sql);
	return fault;
}

/* *more where it took anything. */
static enum fault take(struct gathering *gathering, const char *sql, bool *more)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(gathering->there->db, sql);

	if (store_step(ask) != STORE_DONE)
		return statement_refuse(gathering->there, sql);
	*more |= store_changed(gathering->there->db) > 0;
	return FAULT_NONE;
}

/* What stands behind the walls of what was taken; *more where anything new
 * does. */
static enum fault take_behind(struct gathering *gathering,
			      const struct kind *kind, bool *more)
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
		sql = xasprintf("INSERT INTO taken SELECT '%s', k.id FROM"
				" taken t CROSS JOIN %s\"%s\" k WHERE"
				" k.\"%s\" = t.id AND t.kind = '%s'" ONCE,
				kind->name, gathering->agency, kind->name, name,
				kind_field(kind, name)->link);
		fault = take(gathering, sql, more);
	}
	return fault;
}

static enum fault take_nobodys(struct gathering *gathering,
			       const struct kind *kind)
{
	SCOPED(char_freep)
	char *sql = xasprintf("INSERT INTO taken SELECT '%s', id FROM"
			      " %s\"%s\"",
			      kind->name, gathering->agency, kind->name);

	return run(gathering->there, sql);
}

/* What only the agency has a use for goes out in no caseload, and neither do
 * names that lie apart. */
static bool goes(const struct gathering *gathering, const struct kind *kind)
{
	static const char at_home[] =
	    "conflict proposal suggestion debrief feedback incident"
	    " hardware_review";

	return !codes_have(at_home, kind->name, strlen(kind->name)) &&
	       !(kind->apart && gathering->apart);
}

static enum fault take_kinds(struct gathering *gathering)
{
	enum fault fault = FAULT_NONE;
	bool more = true;

	for (size_t i = 0; i < kind_count() && !fault; i++) {
		if (!kind_at(i)->wall && goes(gathering, kind_at(i)))
			fault = take_nobodys(gathering, kind_at(i));
	}
	/* A party's wall is its meeting's. */
	while (more && !fault) {
		more = false;
		for (size_t i = 0; i < kind_count() && !fault; i++) {
			if (kind_at(i)->wall && goes(gathering, kind_at(i)))
				fault =
				    take_behind(gathering, kind_at(i), &more);
		}
	}
	return fault;
}

/* --- rows ----------------------------------------------------------------- */

/* Tables that are no kind's, what their rows are of, and which of those that
 * are of two are not taken twice. */
static const struct {
	const char *table, *by, *kind, *unless;
} led[] = {
	{ "visit", "id", "visit", "" },
	{ "intake", "visit", "visit", "" },
	{ "intake_answer", "visit", "visit", "" },
	{ "visit_rule", "visit", "visit", "" },
	{ "visit_act", "visit", "visit", "" },
	{ "visit_consent", "visit", "visit", "" },
	{ "alert", "visit", "visit", "" },
	{ "fact", "visit", "visit", "" },
	{ "fact", "person", "person",
	  " AND NOT EXISTS (SELECT 1 FROM taken v WHERE v.kind = 'visit' AND"
	  " v.id = r.visit)" },
};

/* What stays, or follows otherwise: keys are made anew on the laptop. */
static const char elsewhere[] =
    "draft audit tombstone ticket ticket_held caseload_out caseload_back "
    "caseload_map"
    " change change_apart own_value act names_out names_stale person_key"
    " person_form visit intake intake_answer visit_rule visit_act"
    " visit_consent alert fact";

static enum fault copy_led(struct gathering *gathering)
{
	SCOPED(char_freep)
	char *tickets = xasprintf("taken t CROSS JOIN %sticket r WHERE"
				  " r.case_id = CAST(t.id AS TEXT) AND t.kind"
				  " = 'visit'",
				  gathering->agency);
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < COUNT(led) && !fault; i++) {
		SCOPED(char_freep)
		char *which = xasprintf("taken t CROSS JOIN %s%s r WHERE r.%s"
					" = t.id AND t.kind = '%s'%s",
					gathering->agency, led[i].table,
					led[i].by, led[i].kind, led[i].unless);

		fault = copy_rows(gathering, led[i].table, which);
	}
	return fault ? fault : copy_rows(gathering, "ticket", tickets);
}

static enum fault copy_kinds(struct gathering *gathering)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < kind_count() && !fault; i++) {
		const char *name = kind_at(i)->name;
		SCOPED(char_freep)
		char *which = xasprintf("taken t CROSS JOIN %s\"%s\" r WHERE"
					" r.id = t.id AND t.kind = '%s'",
					gathering->agency, name, name);

		if (goes(gathering, kind_at(i)))
			fault = copy_rows(gathering, name, which);
	}
	return fault;
}

/* The acts that changed something of what goes. */
static enum fault copy_acts(struct gathering *gathering)
{
#define ACTS                                                          \
	"SELECT c.act FROM taken t CROSS JOIN %s%s c WHERE c.kind = " \
	"t.kind AND c.entity = t.id"
	const char *agency = gathering->agency;
	SCOPED(char_freep)
	char *which =
	    xasprintf(gathering->apart ? "%sact r WHERE r.id IN (" ACTS ")"
				       : "%sact r WHERE r.id IN (" ACTS
					 " UNION " ACTS ")",
		      agency, agency, "change", agency, "change_apart");
#undef ACTS

	return copy_rows(gathering, "act", which);
}

static enum fault copy_history(struct gathering *gathering)
{
	static const char *const tables[] = { "own_value", "change",
					      "change_apart" };
	const size_t count = COUNT(tables) - gathering->apart;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < count && !fault; i++) {
		SCOPED(char_freep)
		char *which = xasprintf("taken t CROSS JOIN %s%s r WHERE"
					" r.kind = t.kind AND r.entity = t.id",
					gathering->agency, tables[i]);

		fault = copy_rows(gathering, tables[i], which);
	}
	return fault ? fault : copy_acts(gathering);
}

static enum fault copy_whole(struct gathering *gathering, const char *name)
{
	SCOPED(char_freep)
	char *which = xasprintf("%s\"%s\" r", gathering->agency, name);

	return copy_rows(gathering, name, which);
}

/* Everything else whole: the directory, the kiosks, who may sign in. */
static enum fault copy_others(struct gathering *gathering)
{
	SCOPED(char_freep)
	char *names = xasprintf("%s AND instr(' %s ', ' ' || name || ' ') = 0"
				" AND name NOT IN (SELECT name FROM"
				" temp.kinds)",
				tables_there, elsewhere);
	struct bytes kinds = { 0 };
	enum fault fault;

	bytes_add_text(&kinds, "CREATE TEMP TABLE kinds (name TEXT);");
	for (size_t i = 0; i < kind_count(); i++)
		bytes_add_format(&kinds, "INSERT INTO kinds VALUES ('%s');",
				 kind_at(i)->name);
	fault = run(gathering->copy, (const char *)kinds.data);
	bytes_done(&kinds);
	if (fault || (fault = each_name(gathering, names, copy_whole)))
		return fault;
	return run(gathering->copy, "DROP TABLE temp.kinds");
}

/* A server has to be told how little was taken, lest it reads whole tables. */
static enum fault weigh(struct gathering *gathering)
{
	return on_server(gathering) ? run(gathering->there, "ANALYZE taken")
				    : FAULT_NONE;
}

static enum fault gather(struct gathering *gathering,
			 const struct caseload_scope *scope)
{
	enum fault fault;

	if ((fault = lay_tables(gathering)) ||
	    (fault = take_people(gathering, scope)) ||
	    (fault = weigh(gathering)) || (fault = take_kinds(gathering)) ||
	    (fault = weigh(gathering)) || (fault = copy_kinds(gathering)) ||
	    (fault = copy_led(gathering)) || (fault = copy_history(gathering)))
		return fault;
	return copy_others(gathering);
}

/* One moment of the record, whoever writes meanwhile. */
static enum fault gather_file(const char *path, struct record *copy,
			      const struct caseload_scope *scope, bool apart)
{
	struct gathering gathering = { copy, copy, "agency.", apart };
	enum fault fault;

	if ((fault = statement_do(copy, "ATTACH ?1 AS agency", "t", path)))
		return fault;
	if ((fault = run(copy, "PRAGMA temp_store = MEMORY; BEGIN")) ||
	    (fault = gather(&gathering, scope)) ||
	    (fault = run(copy, "DROP TABLE temp.taken; COMMIT")))
		return fault;
	statement_release(copy);
	return run(copy, "DETACH agency");
}

static enum fault gather_server(struct record *server, struct record *copy,
				const struct caseload_scope *scope)
{
	struct gathering gathering = { copy, server, "", false };
	enum fault fault;

	if ((fault = move_lay(copy)) || (fault = run(copy, "BEGIN")) ||
	    (fault = run(server, "BEGIN ISOLATION LEVEL REPEATABLE READ")))
		return fault;
	fault = gather(&gathering, scope);
	/* What was taken lies in a table of this transaction's own. */
	(void)!store_run(server->db, "ROLLBACK");
	return fault ? fault : run(copy, "COMMIT");
}

enum fault caseload_gather(struct record *from, struct record *copy,
			   const struct caseload_scope *scope)
{
	return store_on_server(from->db)
		   ? gather_server(from, copy, scope)
		   : gather_file(from->path, copy, scope, from->names != NULL);
}
