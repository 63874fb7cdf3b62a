#include "ticket/kept_name.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

#define TIME_DIGITS 16
#define HASH_BYTES 16
#define HASH_DIGITS (2 * HASH_BYTES)
#define PROCESS_DIGITS 8
#define NAME_HASH (TIME_DIGITS + 1)
#define NAME_PROCESS (NAME_HASH + HASH_DIGITS + 1)

static_assert(NAME_PROCESS + PROCESS_DIGITS == KEPT_NAME,
	      "as long as the header says");

/* What a power cut left half written has another name, and so has what was
 * damaged. */
static bool is_name(const char *name)
{
	static const char hex[] = "0123456789abcdef";

	return strlen(name) == KEPT_NAME &&
	       strspn(name, "0123456789") == TIME_DIGITS &&
	       name[TIME_DIGITS] == '-' &&
	       strspn(name + NAME_HASH, hex) == HASH_DIGITS &&
	       name[NAME_PROCESS - 1] == '-' &&
	       strspn(name + NAME_PROCESS, hex) == PROCESS_DIGITS;
}

static int by_name(const void *one, const void *two)
{
	return strcmp(one, two);
}

enum fault kept_names_read(const char *folder, struct kept_names *out)
{
	DIR *entries = opendir(folder);
	const struct dirent *entry;

	*out = (struct kept_names){ 0 };
	if (!entries && errno == ENOENT)
		return FAULT_NONE;
	if (!entries) {
		log_error("%s: cannot be read: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	while ((entry = readdir(entries))) {
		if (!is_name(entry->d_name))
			continue;
		out->rows =
		    xreallocarray(out->rows, out->count + 1, sizeof *out->rows);
		memcpy(out->rows[out->count++], entry->d_name, KEPT_NAME + 1);
	}
	closedir(entries);
	if (out->count)
		qsort(out->rows, out->count, sizeof *out->rows, by_name);
	return FAULT_NONE;
}

void kept_names_done(struct kept_names *names)
{
	free(names->rows);
	*names = (struct kept_names){ 0 };
}

void kept_name_write(int64_t arrived, const uint8_t hash[KEY_HASH_BYTES],
		     char name[KEPT_NAME + 1])
{
	int at = snprintf(name, KEPT_NAME + 1, "%0*" PRId64 "-", TIME_DIGITS,
			  arrived > 0 ? arrived : 0);

	for (size_t i = 0; i < HASH_BYTES; i++)
		at += snprintf(name + at, 3, "%02x", hash[i]);
	snprintf(name + at, KEPT_NAME + 1 - (size_t)at, "-%0*x", PROCESS_DIGITS,
		 (unsigned)getpid());
}

int64_t kept_name_time(const char *name)
{
	return strtoll(name, NULL, 10);
}

bool kept_name_same(const char *one, const char *other)
{
	return !strncmp(one + NAME_HASH, other + NAME_HASH, HASH_DIGITS);
}
