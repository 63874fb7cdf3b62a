#include "tests/support/look.h"

#include "base/memory.h"
#include "record/statement.h"
#include "tests/support/folder.h"
#include "tests/test.h"

static struct record *open_there(const char *folder)
{
	SCOPED(char_freep) char *path = folder_file(folder, RECORD_FILE);
	struct record *record = NULL;

	assert_int_equal(record_open(path, &record), FAULT_NONE);
	return record;
}

int64_t look_number(const char *folder, const char *sql)
{
	SCOPED(record_closep) struct record *record = open_there(folder);
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(record->db, sql);

	assert_int_equal(store_step(ask), STORE_ROW);
	return store_number(ask, 0);
}

char *look_text(const char *folder, const char *sql)
{
	SCOPED(record_closep) struct record *record = open_there(folder);
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(record->db, sql);

	assert_int_equal(store_step(ask), STORE_ROW);
	return xstrdup(store_text(ask, 0));
}

void look_change(const char *folder, const char *sql)
{
	SCOPED(record_closep) struct record *record = open_there(folder);
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(record->db, sql);

	assert_int_equal(store_step(ask), STORE_DONE);
}
