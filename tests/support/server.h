#pragma once

#include <stdbool.h>

/*
 * A PostgreSQL server of the test's own, reached by a socket in its folder.
 * Where FOYER_RECORD names the folder of one that runs already, every
 * record_open() of a test goes to a database there: a new one for each path,
 * so that the tests of the record run on both engines; see `make
 * check-postgres`.
 */

/* start, stop, kill, freeze, thaw, promote; or copy, of another's folder. 77:
 * there is no server on this computer, and the test is to be skipped. */
int server_do(const char *verb, const char *folder, const char *other);

/* One that all tests of a program share, as cmocka sets up and tears down a
 * group; and the same in a folder that is given, and becomes the server's own:
 * it may hold its settings. */
int server_begin(void **state);
int server_begin_in(char *folder);
int server_end(void **state);

/* The folder of the shared one. Without a server on this computer the test is
 * skipped. */
const char *server_folder(void);

/* A new database there; the caller frees its address. */
char *server_database(const char *folder, const char *name);

/* Records below this folder stay in their files: a laptop's. So does what is
 * opened for a while beside a record. */
void server_spare(const char *folder);

/* Skips a test that looks into the record's file where there is a server: what
 * that has on its disk is its own. */
void server_need_file(void);

/* Moves a copy of the record's file at path, which nobody has open, to a new
 * database there, and opens it; the caller closes it. */
struct record *server_twin(const char *folder, const char *name,
			   const char *path);

/* Whether it did what the SQL says, which gives no rows. */
bool server_tell(const char *folder, const char *sql);

/* The first column of the first row of a database; the caller frees it. */
char *server_ask(const char *address, const char *sql);
