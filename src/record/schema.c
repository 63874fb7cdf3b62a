#include "record/schema.h"

#include <assert.h>
#include <stdlib.h>

#include "record/lay.h"

/*
 * Entry n brings a record from version n to n + 1. Append; never edit.
 *
 * Times are milliseconds since 1970 UTC, but for ticket and ticket_held, which
 * are as the ticket's specification gives them (RFC 3339 text). Text that a
 * person gave lies only in intake, intake_answer, visit_rule, fact, and in
 * those columns of visit and visit_act that erasing empties.
 */
static const char *const migrations[] = {
	"CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)"
	" STRICT;"

	"CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
	" languages TEXT NOT NULL DEFAULT '', roles TEXT NOT NULL DEFAULT '',"
	" last_access INTEGER) STRICT;"

	"CREATE TABLE kiosk (key BLOB PRIMARY KEY CHECK (length(key) = 32),"
	" name TEXT NOT NULL, zone TEXT NOT NULL,"
	" site INTEGER REFERENCES site, enrolled_at INTEGER NOT NULL,"
	" enrolled_by TEXT NOT NULL, revoked_at INTEGER, revoked_by TEXT,"
	" last_good INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE INDEX kiosk_name ON kiosk (name);"

	"CREATE TABLE ticket (kiosk_key BLOB NOT NULL, seq INTEGER NOT NULL,"
	" wire_hash BLOB NOT NULL, filed_at TEXT, filed_by TEXT, case_id TEXT,"
	" PRIMARY KEY (kiosk_key, seq)) STRICT;"
	"CREATE INDEX ticket_case ON ticket (case_id);"
	"CREATE TABLE ticket_held (wire_hash BLOB PRIMARY KEY, wire BLOB,"
	" reason TEXT, held_at TEXT) STRICT;"

	"CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" made_at INTEGER NOT NULL, made_by TEXT NOT NULL,"
	" merged_into INTEGER REFERENCES person, deceased TEXT) STRICT;"

	"CREATE TABLE household (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" family_code TEXT, arrival_group TEXT) STRICT;"
	"CREATE TABLE household_member ("
	" household INTEGER NOT NULL REFERENCES household ON DELETE CASCADE,"
	" person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,"
	" relation TEXT NOT NULL DEFAULT '', since TEXT, until TEXT,"
	" in_canada INTEGER, PRIMARY KEY (household, person)) STRICT;"

	"CREATE TABLE visit (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" number TEXT NOT NULL, form BLOB NOT NULL,"
	" person INTEGER REFERENCES person,"
	" issued INTEGER NOT NULL, arrived INTEGER NOT NULL,"
	" zone TEXT NOT NULL,"
	" filed INTEGER NOT NULL, desk TEXT NOT NULL,"
	" level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 5),"
	" staff_level INTEGER NOT NULL DEFAULT 0"
	" CHECK (staff_level BETWEEN 0 AND 5),"
	" staff_reason TEXT NOT NULL DEFAULT '',"
	" tags TEXT NOT NULL, language TEXT NOT NULL,"
	" quiet INTEGER NOT NULL, more_to_tell INTEGER NOT NULL,"
	" keep TEXT NOT NULL CHECK (keep IN ('no', 'today', 'kept')),"
	" erase_at INTEGER, erased_at INTEGER,"
	" state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN"
	" ('waiting', 'called', 'no-answer', 'in-service', 'ended')),"
	" called INTEGER NOT NULL DEFAULT 0, calls INTEGER NOT NULL DEFAULT 0,"
	" started INTEGER NOT NULL DEFAULT 0, ended INTEGER NOT NULL DEFAULT 0,"
	" outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'served',"
	" 'referred', 'diverted', 'left', 'safety')),"
	" held_by TEXT NOT NULL DEFAULT '') STRICT;"
	"CREATE INDEX visit_state ON visit (state, arrived);"
	"CREATE INDEX visit_number ON visit (number);"
	"CREATE INDEX visit_erase ON visit (erase_at)"
	" WHERE erase_at IS NOT NULL;"

	"CREATE TABLE visit_act (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" visit INTEGER NOT NULL REFERENCES visit ON DELETE CASCADE,"
	" act TEXT NOT NULL, at INTEGER NOT NULL, user TEXT NOT NULL,"
	" desk TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0,"
	" state TEXT NOT NULL, called INTEGER NOT NULL,"
	" calls INTEGER NOT NULL, started INTEGER NOT NULL,"
	" ended INTEGER NOT NULL, outcome TEXT NOT NULL,"
	" held_by TEXT NOT NULL, staff_level INTEGER NOT NULL,"
	" staff_reason TEXT NOT NULL) STRICT;"
	"CREATE INDEX visit_act_visit ON visit_act (visit);"

	"CREATE TABLE intake ("
	" visit INTEGER PRIMARY KEY REFERENCES visit ON DELETE CASCADE,"
	" submission TEXT NOT NULL, instance_id TEXT NOT NULL,"
	" wire BLOB NOT NULL) STRICT;"

	"CREATE TABLE intake_answer ("
	" visit INTEGER NOT NULL REFERENCES visit ON DELETE CASCADE,"
	" position INTEGER NOT NULL, reference TEXT NOT NULL,"
	" value TEXT NOT NULL, PRIMARY KEY (visit, position)) STRICT;"

	"CREATE TABLE visit_rule ("
	" visit INTEGER NOT NULL REFERENCES visit ON DELETE CASCADE,"
	" position INTEGER NOT NULL, language TEXT NOT NULL,"
	" rule TEXT NOT NULL, reason TEXT NOT NULL,"
	" PRIMARY KEY (visit, position, language)) STRICT;"

	"CREATE TABLE fact (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" visit INTEGER REFERENCES visit ON DELETE CASCADE,"
	" person INTEGER REFERENCES person ON DELETE CASCADE,"
	" field TEXT NOT NULL, value TEXT NOT NULL,"
	" source TEXT NOT NULL CHECK (source IN ('self', 'told', 'seen')),"
	" at INTEGER NOT NULL, user TEXT NOT NULL) STRICT;"
	"CREATE INDEX fact_visit ON fact (visit);"
	"CREATE INDEX fact_person ON fact (person);"

	"CREATE TABLE consent (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" visit INTEGER REFERENCES visit, person INTEGER REFERENCES person"
	" ON DELETE SET NULL, purpose TEXT NOT NULL,"
	" given INTEGER NOT NULL CHECK (given IN (0, 1)),"
	" source TEXT NOT NULL CHECK (source IN ('self', 'told', 'seen')),"
	" at INTEGER NOT NULL, user TEXT NOT NULL,"
	" language TEXT NOT NULL, form BLOB) STRICT;"
	"CREATE INDEX consent_visit ON consent (visit);"

	"CREATE TABLE alert (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" visit INTEGER REFERENCES visit,"
	" kind TEXT NOT NULL CHECK (kind IN ('quiet', 'test')),"
	" desk TEXT NOT NULL, raised INTEGER NOT NULL,"
	" repeated INTEGER NOT NULL DEFAULT 0,"
	" repeated_desk TEXT NOT NULL DEFAULT '',"
	" acknowledged INTEGER NOT NULL DEFAULT 0,"
	" acknowledged_by TEXT NOT NULL DEFAULT '',"
	" closed INTEGER NOT NULL DEFAULT 0,"
	" closed_by TEXT NOT NULL DEFAULT '',"
	" outcome TEXT NOT NULL DEFAULT '') STRICT;"
	"CREATE INDEX alert_open ON alert (raised) WHERE closed = 0;"
	"CREATE INDEX alert_visit ON alert (visit);"

	"CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" at INTEGER NOT NULL, user TEXT NOT NULL, desk TEXT NOT NULL,"
	" act TEXT NOT NULL, subject TEXT NOT NULL, subject_id INTEGER NOT "
	"NULL,"
	" old TEXT) STRICT;"
	"CREATE INDEX audit_at ON audit (at);"
	"CREATE INDEX audit_subject ON audit (subject, subject_id);"

	"CREATE TABLE tombstone (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" subject TEXT NOT NULL, subject_id INTEGER NOT NULL,"
	" rule TEXT NOT NULL, at INTEGER NOT NULL, user TEXT NOT NULL,"
	" counts TEXT NOT NULL) STRICT;",

	/* From here on kinds have their tables laid from what record/kind.h
	 * says of them. Nothing was ever kept in the two that go. */
	"DROP TABLE household_member; DROP TABLE staff;"

	/* What was said at a kiosk; a person's own is the kind consent. */
	"ALTER TABLE consent RENAME TO visit_consent;"

	"CREATE TABLE laid (mark INTEGER NOT NULL) STRICT;"
	"INSERT INTO laid VALUES (0);"

	"CREATE TABLE act (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" at INTEGER NOT NULL, user TEXT NOT NULL, desk TEXT NOT NULL,"
	" undoes INTEGER, undone INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE INDEX act_user ON act (user);"

	"CREATE TABLE own_value (kind TEXT NOT NULL, entity INTEGER NOT NULL,"
	" field TEXT NOT NULL, value TEXT NOT NULL,"
	" PRIMARY KEY (kind, entity, field)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX own_value_field ON own_value (kind, field, value);"

	/* gave: the act that made a person of what the visit told. */
	"ALTER TABLE visit ADD COLUMN gave INTEGER;"
	"CREATE INDEX visit_person ON visit (person);"

	/* See record/names.h. names_out has what is on its way to the vault,
	 * names_stale who is to be looked up anew. */
	"CREATE TABLE names_lie_apart (since INTEGER NOT NULL) STRICT;"
	"CREATE TABLE names_out (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" name TEXT NOT NULL, row INTEGER NOT NULL, box BLOB) STRICT;"
	"CREATE TABLE names_stale (person INTEGER PRIMARY KEY) STRICT;"

	/* Beside the kind user, whose history would keep it. */
	"CREATE TABLE sign_in (user INTEGER PRIMARY KEY REFERENCES user,"
	" hash TEXT NOT NULL, box BLOB, failed INTEGER NOT NULL DEFAULT 0,"
	" again_at INTEGER NOT NULL DEFAULT 0,"
	" last_access INTEGER NOT NULL DEFAULT 0) STRICT;"

	/* The directory of services as its package has it, and what it is
	 * searched by. */
	"CREATE TABLE hsds_file (path TEXT PRIMARY KEY, resource TEXT NOT NULL,"
	" columns TEXT NOT NULL, bytes BLOB NOT NULL,"
	" changed INTEGER NOT NULL DEFAULT 0, position INTEGER NOT NULL)"
	" STRICT;"
	"CREATE TABLE hsds_row (position INTEGER PRIMARY KEY AUTOINCREMENT,"
	" tab TEXT NOT NULL, id TEXT NOT NULL, cells TEXT NOT NULL,"
	" own INTEGER NOT NULL DEFAULT 0, UNIQUE (tab, id)) STRICT;"
	"CREATE TABLE hsds_link (target_tab TEXT NOT NULL, target TEXT NOT"
	" NULL, tab TEXT NOT NULL, id TEXT NOT NULL,"
	" PRIMARY KEY (target_tab, target, tab, id)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX hsds_link_row ON hsds_link (tab, id);"
	"CREATE TABLE service_words (service INTEGER PRIMARY KEY,"
	" head TEXT NOT NULL, words TEXT NOT NULL, sounds TEXT NOT NULL,"
	" areas TEXT NOT NULL) STRICT;",

	/* See record/caseload.h. Of the agency: what was taken out, what came
	 * back of it, and what new rows of it are called here (0: left out). Of
	 * a laptop: from which row on it is its own. */
	"CREATE TABLE caseload_out (checkout BLOB PRIMARY KEY, mark INTEGER "
	"NOT NULL,"
	" at INTEGER NOT NULL, user TEXT NOT NULL, people INTEGER NOT NULL)"
	" STRICT;"
	"CREATE TABLE caseload_back (copy BLOB PRIMARY KEY, checkout BLOB NOT"
	" NULL, audit INTEGER NOT NULL, at INTEGER NOT NULL, user TEXT NOT "
	"NULL)"
	" STRICT;"
	"CREATE TABLE caseload_map (copy BLOB NOT NULL, kind TEXT NOT NULL,"
	" there INTEGER NOT NULL, here INTEGER NOT NULL,"
	" PRIMARY KEY (copy, kind, there)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX caseload_map_here ON caseload_map (kind, here);"
	"CREATE TABLE away (checkout BLOB NOT NULL, copy BLOB, mark INTEGER NOT"
	" NULL, at INTEGER NOT NULL) STRICT;"
	"CREATE TABLE away_from (name TEXT PRIMARY KEY, last INTEGER NOT NULL)"
	" STRICT;",

	/* Paper forms that were typed in, and those that are being typed: see
	 * record/draft.h. left_blank is emptied by erasing, as tags is. */
	"ALTER TABLE visit ADD COLUMN source TEXT NOT NULL DEFAULT 'ticket'"
	" CHECK (source IN ('ticket', 'paper'));"
	"CREATE INDEX visit_paper ON visit (id) WHERE source = 'paper';"
	"ALTER TABLE visit ADD COLUMN paper TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE visit ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE visit ADD COLUMN left_blank TEXT NOT NULL DEFAULT '';"
	"CREATE TABLE draft (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" user TEXT NOT NULL, form BLOB NOT NULL CHECK (length(form) = 8),"
	" language TEXT NOT NULL, paper TEXT NOT NULL, filled INTEGER NOT NULL,"
	" begun INTEGER NOT NULL, changed INTEGER NOT NULL,"
	" answers TEXT NOT NULL) STRICT;"
	"CREATE INDEX draft_user ON draft (user);",

	/* What keys are folded by: fold_mark() of text/fold.h. */
	"ALTER TABLE laid ADD COLUMN folded INTEGER NOT NULL DEFAULT 0;",
};

static_assert(COUNT(migrations) == SCHEMA_VERSION, "a version a migration");

static enum fault read_version(struct store *db, int *version)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(db, "PRAGMA user_version");

	if (store_step(ask) != STORE_ROW)
		return FAULT_STORE;
	*version = (int)store_number(ask, 0);
	return FAULT_NONE;
}

/* One migration, by whichever program gets there first. */
static enum fault migrate_from(struct store *db, int version)
{
	SCOPED(char_freep)
	char *stamp = xasprintf("PRAGMA application_id = %d;"
				"PRAGMA user_version = %d; COMMIT",
				RECORD_APPLICATION_ID, version + 1);
	enum fault fault;
	int now = version;

	if ((fault = store_run(db, "BEGIN IMMEDIATE")))
		return fault;
	if (!(fault = read_version(db, &now)) && now == version) {
		fault = store_run(db, migrations[version]);
		if (!fault)
			fault = store_run(db, stamp);
	}
	/* Also where another program was quicker: there is nothing to keep. */
	if (store_in_transaction(db))
		(void)!store_run(db, "ROLLBACK");
	return fault;
}

static enum fault read_mark(struct store *db, int64_t *mark)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(db, "SELECT mark FROM laid");
	const enum store_step step = store_step(ask);

	if (step == STORE_ROW)
		*mark = store_number(ask, 0);
	return step == STORE_FAILED ? FAULT_STORE : FAULT_NONE;
}

/* Whichever program gets there first, too; mostly there is nothing to lay. */
static enum fault lay(struct store *db)
{
	const int64_t mark = lay_mark();
	SCOPED(char_freep)
	char *stamp =
	    xasprintf("UPDATE laid SET mark = %lld; COMMIT", (long long)mark);
	int64_t now = 0;
	bool apart = false;
	enum fault fault = read_mark(db, &now);

	if (fault || now == mark || (fault = store_run(db, "BEGIN IMMEDIATE")))
		return fault;
	if (!(fault = lay_kinds(db, "main", false)) &&
	    !(fault = lay_is_apart(db, &apart)) &&
	    !(fault = apart ? FAULT_NONE : lay_kinds(db, "main", true)))
		fault = store_run(db, stamp);
	if (store_in_transaction(db))
		(void)!store_run(db, "ROLLBACK");
	return fault;
}

enum fault schema_migrate(struct store *db, int *version)
{
	enum fault fault = read_version(db, version);

	for (int from = *version; !fault && from < SCHEMA_VERSION; from++)
		fault = migrate_from(db, from);
	return fault || *version > SCHEMA_VERSION ? fault : lay(db);
}
