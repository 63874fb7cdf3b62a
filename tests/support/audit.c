#include "tests/support/audit.h"

#include <sqlite3.h>

#include "tests/test.h"

void audit_lose(const char *path)
{
	static const char sql[] =
	    "CREATE TABLE up (id INTEGER PRIMARY KEY);"
	    "CREATE TABLE down (up INTEGER REFERENCES up (id) "
	    "DEFERRABLE INITIALLY DEFERRED);"
	    "CREATE TRIGGER no_end AFTER INSERT ON audit "
	    "WHEN NEW.subject IN ('agency', 'box') "
	    "BEGIN INSERT INTO down VALUES (1); END";
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}
