#include <string.h>

#include "base/bytes.h"
#include "record/kind.h"
#include "record/lay.h"
#include "record/postgres.h"
#include "record/schema.h"
#include "record/schema_postgres.h"

/*
 * What the roles on a server may. A report counts: its role reads numbers,
 * days, codes and whom they are of, and neither a text that somebody wrote nor
 * what says who somebody is.
 */

static const char roles[] =
    "-- Run by an administrator of the server, in the record's database:\n"
    "-- before the record comes there, and once more after each update of\n"
    "-- Foyer, before its owner opens the record. It may run any time.\n"
    "-- foyer_owner makes the tables (`foyer record move`, a new Foyer);\n"
    "-- foyer_desk reads and writes rows, and makes nothing; foyer_report\n"
    "-- reads what is counted, and nobody's name. Grant them to those who\n"
    "-- sign in:\n"
    "--   CREATE ROLE desk1 LOGIN PASSWORD '...' IN ROLE foyer_desk;\n"
    "DO $$ DECLARE one text; BEGIN FOREACH one IN ARRAY ARRAY['foyer_owner',"
    " 'foyer_desk', 'foyer_report'] LOOP IF NOT EXISTS (SELECT FROM pg_roles"
    " WHERE rolname = one) THEN EXECUTE format('CREATE ROLE %I NOLOGIN',"
    " one); END IF; END LOOP; END $$;\n"
    "CREATE SCHEMA IF NOT EXISTS " POSTGRES_SCHEMA " AUTHORIZATION"
    " foyer_owner;\n"
    "CREATE SCHEMA IF NOT EXISTS " POSTGRES_SHOWN " AUTHORIZATION"
    " foyer_owner;\n"
    "REVOKE ALL ON SCHEMA " POSTGRES_SCHEMA ", " POSTGRES_SHOWN " FROM"
    " PUBLIC;\n"
    "-- Who goes out on a laptop is listed in a table that is gone with its\n"
    "-- transaction; a report makes nothing, a function of its own neither.\n"
    "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM"
    " PUBLIC', current_database()); EXECUTE format('GRANT TEMPORARY ON"
    " DATABASE %I TO foyer_owner, foyer_desk', current_database());"
    " END $$;\n";

/* An older record's tables lack what is granted: its owner brings it up to
 * date, and that ends with the same. */
static const char anew[] =
    "-- What the roles may, of a record that is there.\n"
    "DO $foyer$ BEGIN\n"
    "IF to_regclass('" POSTGRES_SCHEMA ".kept') IS NOT NULL THEN\n"
    "IF EXISTS (SELECT FROM " POSTGRES_SCHEMA ".kept WHERE whole AND"
    " version = %d) THEN\n"
    "EXECUTE format('SET LOCAL ROLE %%I', (SELECT tableowner FROM pg_tables"
    " WHERE schemaname = '" POSTGRES_SCHEMA "' AND tablename = 'kept'));\n";

/* A server for one agency has no roles. */
static const char of_desks[] =
    "DO $$ BEGIN"
    " IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'foyer_desk') THEN"
    " GRANT USAGE ON SCHEMA " POSTGRES_SCHEMA " TO foyer_desk;"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA"
    " " POSTGRES_SCHEMA " TO foyer_desk;"
    " GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA " POSTGRES_SCHEMA " TO"
    " foyer_desk;"
    " REVOKE INSERT, UPDATE, DELETE ON " POSTGRES_SCHEMA ".kept FROM"
    " foyer_desk;"
    " REVOKE INSERT, DELETE ON " POSTGRES_SCHEMA ".writing FROM foyer_desk;"
    /* What was done stays done; erasing empties what it was before. */
    " REVOKE UPDATE, DELETE ON " POSTGRES_SCHEMA ".audit, " POSTGRES_SCHEMA
    ".tombstone FROM foyer_desk;"
    " GRANT UPDATE (old) ON " POSTGRES_SCHEMA ".audit TO foyer_desk;"
    " GRANT EXECUTE ON FUNCTION " POSTGRES_SCHEMA
    ".audit_erase(bigint, bigint, bigint, text) TO"
    " foyer_desk;"
    " END IF; END $$;\n";

/* --- reports ---------------------------------------------------------------
 */

/* Texts that reports count by, of kinds; "*" is every one. */
static const struct {
	const char *kind, *fields;
} counted[] = {
	{ "person", "language dialect" },
	{ "user", "name languages dialects" },
	{ "site", "name" },
	{ "team", "name" },
	{ "service", "*" },
	{ "referral", "elsewhere" },
	{ "handover", "system" },
	{ "suggestion", "screen" },
};

/* Tables that are no kind's, and the columns that reports read of them. */
static const struct {
	const char *table, *columns;
} plain[] = {
	{ "kept", "version, whole" },
	{ "writing", "commits" },
	{ "laid", "mark, folded" },
	{ "visit", "id, number, form, person, issued, arrived, zone, filed,"
		   " desk, level, language, quiet, more_to_tell, keep,"
		   " erase_at, erased_at, state, called, calls, started, ended,"
		   " outcome, held_by, staff_level, gave, source, filled" },
	{ "visit_act", "id, visit, act, at, \"user\", desk, undone, state,"
		       " called, calls, started, ended, outcome, held_by,"
		       " staff_level" },
	{ "visit_rule", "visit, position, language, rule" },
	{ "visit_consent", "id, visit, person, purpose, given, source, at,"
			   " \"user\", language" },
	{ "alert", "id, visit, kind, desk, raised, repeated, repeated_desk,"
		   " acknowledged, acknowledged_by, closed, closed_by,"
		   " outcome" },
	{ "ticket", "kiosk_key, seq, filed_at, filed_by, case_id" },
	{ "kiosk", "*" },
	{ "act", "id, at, \"user\", desk, undoes, undone" },
};

static const char reads[] =
    "GRANT USAGE ON SCHEMA " POSTGRES_SCHEMA ", " POSTGRES_SHOWN " TO"
    " foyer_report;"
    "REVOKE ALL ON ALL TABLES IN SCHEMA " POSTGRES_SCHEMA " FROM"
    " foyer_report;"
    "GRANT SELECT ON ALL TABLES IN SCHEMA " POSTGRES_SHOWN
    " TO foyer_report;\n";

/* A function or a cast that tells what it was given runs before a view's own
 * WHERE, unless the view is a barrier. */
#define BARRIER " WITH (security_barrier) AS SELECT "

/*
 * What a visit told, seen through: only what is counted of it. And of names and
 * contacts no more than which are the same: each is the number of the first row
 * that has it, which tells nothing of its letters.
 */
const char schema_shown[] =
    "DO $$ BEGIN IF to_regnamespace('" POSTGRES_SHOWN "') IS NULL THEN CREATE"
    " SCHEMA " POSTGRES_SHOWN "; END IF; END $$;"
    "CREATE OR REPLACE VIEW " POSTGRES_SHOWN ".fact" BARRIER "id, visit,"
    " person, field, value, source, at, \"user\" FROM " POSTGRES_SCHEMA
    ".fact WHERE field IN ('interpreter', 'meeting_mode', 'online_forms',"
    " 'phone_internet');"
    "CREATE OR REPLACE VIEW " POSTGRES_SHOWN ".intake_answer" BARRIER "visit,"
    " position, reference, CASE WHEN value = '' THEN '' ELSE 'answered' END"
    " AS value FROM " POSTGRES_SCHEMA ".intake_answer;"
    "CREATE OR REPLACE VIEW " POSTGRES_SHOWN ".name" BARRIER "person, gone,"
    " CASE WHEN latin IS NOT NULL THEN (min(id) OVER (PARTITION BY"
    " " POSTGRES_SCHEMA ".lower(latin)))::text COLLATE \"C\" END AS latin FROM"
    " " POSTGRES_SCHEMA ".name;"
    "CREATE OR REPLACE VIEW " POSTGRES_SHOWN ".contact" BARRIER "person, gone,"
    " CASE WHEN value IS NOT NULL THEN (min(id) OVER (PARTITION BY"
    " value))::text COLLATE \"C\" END AS value FROM"
    " " POSTGRES_SCHEMA ".contact;\n";

static bool is_text(const struct field *field)
{
	return field->type == FIELD_TEXT || field->type == FIELD_LONG ||
	       field->type == FIELD_ABOUT;
}

static bool is_counted(const struct kind *kind, const struct field *field)
{
	const char *fields = "";

	for (size_t i = 0; i < COUNT(counted); i++) {
		if (strcmp(counted[i].kind, kind->name) == 0)
			fields = counted[i].fields;
	}
	return *fields == '*' ||
	       codes_have(fields, field->name, strlen(field->name));
}

static void show(const char *table, const char *columns, struct bytes *out)
{
	const bool all = *columns == '*';

	bytes_add_format(out,
			 "GRANT SELECT %s%s%s ON " POSTGRES_SCHEMA
			 ".\"%s\" TO foyer_report;\n",
			 all ? "" : "(", all ? "" : columns, all ? "" : ")",
			 table);
}

/* What every kind has, and of its own what is not written by somebody. */
static void show_kind(const struct kind *kind, struct bytes *out)
{
	struct bytes columns = { 0 };

	lay_common(&columns);
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];

		if (!is_text(field) || is_counted(kind, field))
			bytes_add_format(&columns, ", \"%s\"", field->name);
	}
	bytes_add_text(&columns, "");
	show(kind->name, (const char *)columns.data, out);
	bytes_done(&columns);
}

/* That somebody has a note about their safety is more than a report is told. */
static bool is_shown(const struct kind *kind)
{
	return !kind->apart && !kind->guard;
}

/* The caller frees it. */
static char *of_reports(void)
{
	struct bytes out = { 0 };

	bytes_add_format(&out, "%s", reads);
	for (size_t i = 0; i < COUNT(plain); i++)
		show(plain[i].table, plain[i].columns, &out);
	for (size_t i = 0; i < kind_count(); i++) {
		if (is_shown(kind_at(i)))
			show_kind(kind_at(i), &out);
	}
	bytes_add_text(&out, "");
	return bytes_take_text(&out);
}

static enum fault has_reports(struct store *server, bool *has)
{
	SCOPED(store_endp)
	struct store_ask *ask =
	    store_prepare(server, "SELECT 1 FROM pg_roles WHERE rolname ="
				  " 'foyer_report'");
	const enum store_step step = store_step(ask);

	*has = step == STORE_ROW;
	return step == STORE_FAILED ? FAULT_STORE : FAULT_NONE;
}

enum fault schema_grant(struct store *server)
{
	SCOPED(char_freep) char *reports = of_reports();
	bool has;
	enum fault fault = store_run(server, of_desks);

	if (fault || (fault = has_reports(server, &has)) || !has)
		return fault;
	return store_run(server, reports);
}

char *schema_roles(void)
{
	SCOPED(char_freep) char *reports = of_reports();
	SCOPED(char_freep) char *there = xasprintf(anew, SCHEMA_VERSION);

	return xasprintf("%s%s%s%s%sRESET ROLE;\nEND IF;\nEND IF;\n"
			 "END $foyer$;\n",
			 roles, there, schema_shown, of_desks, reports);
}
