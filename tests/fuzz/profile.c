#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "print/profile.h"

/* What a model of printer can do, in a file that agencies send each other: one
 * that is read is written and read again the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static void clean(void)
{
	(void)unlink(path);
}

static bool read_back(const void *bytes, size_t length, struct profile *out)
{
	if (file_write(path, bytes, length, 0600))
		abort();
	return !profile_read(path, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct profile profile, again;
	struct bytes text = { 0 };

	log_to(silent, NULL);
	if (!path[0]) {
		snprintf(path, sizeof path, "/dev/shm/foyer-fuzz-%ld.ini",
			 (long)getpid());
		atexit(clean);
	}
	if (!read_back(data, size, &profile))
		return 0;
	profile_write(&profile, &text);
	assert(read_back(text.data, text.length, &again));
	assert(!strcmp(profile.name, again.name));
	assert(profile.paper_mm == again.paper_mm);
	assert(profile.pause == again.pause);
	bytes_done(&text);
	return 0;
}
