#include "report/workbook_file.h"

#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"

#define WORKBOOK_MOST (64u << 20) /* bytes; far more than any report */

enum fault workbook_file(const char *path, workbook_write *write,
			 const void *from)
{
	SCOPED(char_freep) char *beside = xasprintf("%s.part", path);
	struct bytes bytes = { 0 };
	lxw_error error;
	enum fault fault;

	/* Made first, so that nobody else may read it. */
	if ((fault = file_write(beside, "", 0, 0600)))
		return fault;
	error = write(from, beside);
	if (error) {
		log_error("%s: cannot be written: %s. Is there room on the "
			  "disk?",
			  path, lxw_strerror(error));
		fault = FAULT_SYSTEM;
	} else if (!(fault = file_read(beside, WORKBOOK_MOST, &bytes))) {
		fault = file_write(path, bytes.data, bytes.length, 0600);
	}
	(void)unlink(beside);
	bytes_wipe(&bytes);
	return fault;
}
