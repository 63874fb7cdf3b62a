#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "text/catalogue.h"
#include "text/completeness.h"

/*
 * A PO file of any bytes: read, walked, every message of it said and held
 * against itself as a translation.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int __lsan_is_turned_off(void);

/* The library keeps the header and the tokens of what it could not read, so all
 * memory would be looked through after each input. */
int __lsan_is_turned_off(void)
{
	return 1;
}

static void quiet(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static void say(void *to, const char *key, const char *english,
		const char *translation)
{
	static const struct catalogue_argument arguments[] = {
		{ .name = "n", .number = 3 },
		{ .name = "name", .text = "Amina" },
	};

	(void)english;
	(void)translation;
	free(catalogue_say(to, key, arguments, COUNT(arguments)));
}

static void ignore(void *to, enum catalogue_gap gap, const char *key,
		   const char *line)
{
	(void)to;
	(void)gap;
	(void)key;
	(void)line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(catalogue_freep)
	struct catalogue *catalogue = catalogue_new("ar");
	int file = memfd_create("fuzz.ar.po", 0);
	char path[40];

	log_to(quiet, NULL);
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	if (write(file, data, size) == (ssize_t)size &&
	    catalogue_add(catalogue, path) == FAULT_NONE) {
		catalogue_each(catalogue, say, catalogue);
		(void)catalogue_check(catalogue, catalogue, NULL, ignore, NULL);
	}
	close(file);
	return 0;
}
