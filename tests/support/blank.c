#include "tests/support/blank.h"

#include "base/file.h"
#include "record/record.h"
#include "tests/support/folder.h"
#include "tests/test.h"

#define LIMIT (16 << 20) /* bytes that an empty one never has */

static void make(struct bytes *blank)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, RECORD_FILE);
	struct record *record;

	assert_int_equal(record_open(path, &record), FAULT_NONE);
	record_close(record);
	assert_int_equal(file_read(path, LIMIT, blank), FAULT_NONE);
}

void blank_record(const char *path)
{
	static struct bytes blank; /* reachable to the end */

	if (!blank.length)
		make(&blank);
	assert_int_equal(file_write(path, blank.data, blank.length, 0600),
			 FAULT_NONE);
}
