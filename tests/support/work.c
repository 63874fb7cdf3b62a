#include "tests/support/work.h"

#include <sqlite3.h>
#include <stddef.h>

#define STEP 16 /* instructions between two counts */

static int64_t worked;

static int count_work(void *to)
{
	(void)to;
	worked += STEP;
	return 0;
}

static int watch_one(sqlite3 *db, char **trouble,
		     const struct sqlite3_api_routines *api)
{
	(void)trouble;
	(void)api;
	sqlite3_progress_handler(db, STEP, count_work, NULL);
	return SQLITE_OK;
}

void work_watch(void)
{
	sqlite3_auto_extension((void (*)(void))watch_one);
}

int64_t work_done(void)
{
	const int64_t done = worked;

	worked = 0;
	return done;
}
