#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "report/funder.h"

/* Which profiles there are, and where. */

#define SHIPPED "screens/funders"
#define END ".ini"

/* Letters, digits, '-' and '_'. */
static bool may_be_called(const char *name)
{
	return *name &&
	       strspn(name,
		      "abcdefghijklmnopqrstuvwxyz"
		      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == strlen(name);
}

char *funder_path(const struct home *home, const char *name)
{
	SCOPED(char_freep) char *own_name = xasprintf("funders/%s" END, name);
	SCOPED(char_freep)
	char *shipped_name = xasprintf(SHIPPED "/%s" END, name);
	char *path;

	if (!may_be_called(name))
		return NULL;
	path = home_path(home, HOME_SETTINGS, own_name);
	if (!file_exists(path)) {
		free(path);
		path = data_path(shipped_name);
	}
	if (file_exists(path))
		return path;
	free(path);
	return NULL;
}

static bool has(const struct funders *funders, const char *name)
{
	for (size_t i = 0; i < funders->count; i++) {
		if (strcmp(funders->names[i], name) == 0)
			return true;
	}
	return false;
}

static void add_folder(struct funders *funders, const char *folder)
{
	DIR *entries = opendir(folder);
	const struct dirent *entry;

	while (entries && (entry = readdir(entries))) {
		const size_t length = strlen(entry->d_name);
		SCOPED(char_freep) char *name = NULL;

		if (length <= strlen(END) ||
		    strcmp(entry->d_name + length - strlen(END), END) != 0)
			continue;
		name = xstrndup(entry->d_name, length - strlen(END));
		if (!may_be_called(name) || has(funders, name))
			continue;
		funders->names = xreallocarray(
		    funders->names, funders->count + 1, sizeof *funders->names);
		funders->names[funders->count++] = name;
		name = NULL;
	}
	if (entries)
		closedir(entries);
}

static int by_name(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

void funders_read(const struct home *home, struct funders *out)
{
	SCOPED(char_freep)
	char *own = home_path(home, HOME_SETTINGS, "funders");
	SCOPED(char_freep) char *shipped = data_path(SHIPPED);

	*out = (struct funders){ 0 };
	add_folder(out, own);
	add_folder(out, shipped);
	if (out->count)
		qsort(out->names, out->count, sizeof *out->names, by_name);
}

void funders_done(struct funders *funders)
{
	for (size_t i = 0; i < funders->count; i++)
		free(funders->names[i]);
	free(funders->names);
	*funders = (struct funders){ 0 };
}
