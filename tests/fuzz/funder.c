#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "report/funder.h"

/* A funder's profile that somebody wrote, against an empty record. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void quiet(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record *record;
	SCOPED(funder_freep) struct funder *funder = NULL;
	struct findings findings = { 0 };
	int file = memfd_create("fuzz.ini", 0);
	char path[40];

	if (!record && record_open("/tmp/foyer-fuzz-funder.db", &record))
		abort();
	log_to(quiet, NULL);
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	if (write(file, data, size) == (ssize_t)size &&
	    funder_read(record, path, &findings, &funder) == FAULT_NONE) {
		for (size_t i = 0; i < funder->count; i++)
			(void)funder_theirs(&funder->columns[i], "W");
	}
	findings_done(&findings);
	close(file);
	return 0;
}
