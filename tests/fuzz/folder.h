#pragma once

#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

/* What a target that needs files has: a folder in memory, gone with it. */
static char fuzz_folder[] = "/dev/shm/foyer-fuzz-XXXXXX";

static inline void must(int good)
{
	if (!good)
		abort();
}

static inline void fuzz_silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static inline int fuzz_remove(const char *path, const struct stat *about,
			      int kind, struct FTW *at)
{
	(void)about;
	(void)kind;
	(void)at;
	return remove(path);
}

/* A folder and all below it. */
static inline void fuzz_clear(const char *path)
{
	(void)nftw(path, fuzz_remove, 8, FTW_DEPTH | FTW_PHYS);
}

static inline void fuzz_clean(void)
{
	fuzz_clear(fuzz_folder);
}

/* Once; what is logged from then on is nobody's. */
static inline void fuzz_begin(void)
{
	static int begun;

	log_to(fuzz_silent, NULL);
	if (begun++)
		return;
	must(mkdtemp(fuzz_folder) != NULL);
	(void)atexit(fuzz_clean);
}

static inline char *fuzz_path(const char *name)
{
	return xasprintf("%s/%s", fuzz_folder, name);
}

/* Not by way of file_write(), which waits for a disk. */
static inline void fuzz_put(const char *path, const void *data, size_t length)
{
	FILE *file = fopen(path, "wb");

	must(file != NULL);
	must(fwrite(data, 1, length, file) == length);
	must(!fclose(file));
}
