#include "ui/album.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/data.h"
#include "base/home.h"
#include "base/log.h"
#include "ui/drawing.h"

#define SCHEME "jr://images/"
#define NAME_MOST 128 /* bytes */

struct entry {
	char *address, *problem;
	struct drawing *drawing; /* NULL: problem says why */
	bool told;               /* that it did, to the log */
};

struct album {
	char *folders[ALBUM_FOLDERS];
	size_t folder_count;
	struct entry *entries;
	size_t count;
};

struct album *album_new(const char *const *folders, size_t count)
{
	struct album *album = xcalloc(1, sizeof *album);

	assert(count <= ALBUM_FOLDERS);
	for (size_t i = 0; i < count; i++)
		album->folders[i] = xstrdup(folders[i]);
	album->folder_count = count;
	return album;
}

struct album *album_of_form(const struct home *home, const char *form)
{
	SCOPED(char_freep) char *folder = xasprintf("%s-media", form);
	SCOPED(char_freep) char *own = home_path(home, HOME_FORMS, folder);
	SCOPED(char_freep) char *shipped = data_path(ALBUM_SHIPPED);
	const char *const folders[] = { own, shipped };

	return album_new(folders, COUNT(folders));
}

void album_free(struct album *album)
{
	if (!album)
		return;
	for (size_t i = 0; i < album->count; i++) {
		free(album->entries[i].address);
		free(album->entries[i].problem);
		drawing_free(album->entries[i].drawing);
	}
	free(album->entries);
	for (size_t i = 0; i < album->folder_count; i++)
		free(album->folders[i]);
	free(album);
}

/* The file's name in an address; NULL where it is no plain name. */
static const char *name_in(const char *address)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-_.";
	const char *name = address + strlen(SCHEME);

	if (strncmp(address, SCHEME, strlen(SCHEME)) != 0)
		return NULL;
	return *name && *name != '.' && strlen(name) <= NAME_MOST &&
		       !name[strspn(name, plain)]
		   ? name
		   : NULL;
}

/* An ordinary file in one of the folders; -1 where there is none. */
static int open_picture(const struct album *album, const char *name)
{
	for (size_t i = 0; i < album->folder_count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", album->folders[i], name);
		int file =
		    open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
		struct stat about;

		if (file < 0)
			continue;
		if (!fstat(file, &about) && S_ISREG(about.st_mode))
			return file;
		close(file);
	}
	return -1;
}

/* Up to one byte more than a picture may have; false where reading fails. */
static bool read_all(int file, struct bytes *out)
{
	uint8_t part[4096];
	ssize_t got;

	while ((got = read(file, part, sizeof part)) > 0 &&
	       out->length <= DRAWING_BYTES)
		bytes_add(out, part, (size_t)got);
	return got >= 0;
}

static char *places_of(const struct album *album)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	for (size_t i = 0; i < album->folder_count; i++)
		bytes_add_format(&out, "%s%s", i ? " or " : "",
				 album->folders[i]);
	return bytes_take_text(&out);
}

static void read_entry(const struct album *album, const char *name,
		       struct entry *entry)
{
	SCOPED(char_freep) char *why = NULL;
	struct bytes bytes = { 0 };
	int file = open_picture(album, name);

	if (file < 0) {
		SCOPED(char_freep) char *places = places_of(album);

		entry->problem = xasprintf(
		    "%s: there is no such picture; put it in %s", name, places);
		return;
	}
	if (read_all(file, &bytes))
		entry->drawing =
		    drawing_read(name, bytes.data, bytes.length, &why);
	else
		why = xstrdup(strerror(errno));
	close(file);
	bytes_done(&bytes);
	if (!entry->drawing)
		entry->problem = xasprintf("%s: %s", name, why);
}

static struct entry *entry_of(struct album *album, const char *address)
{
	const char *name = name_in(address);
	struct entry *entry;

	for (size_t i = 0; i < album->count; i++) {
		if (strcmp(album->entries[i].address, address) == 0)
			return &album->entries[i];
	}
	if (album->count == ALBUM_PICTURES)
		return NULL;
	album->entries = xreallocarray(album->entries, album->count + 1,
				       sizeof *album->entries);
	entry = &album->entries[album->count++];
	*entry = (struct entry){ .address = xstrdup(address) };
	if (name)
		read_entry(album, name, entry);
	else
		entry->problem = xasprintf(
		    "%s: a picture's name has only letters, digits, '-', '_' "
		    "and '.', and no folders",
		    address);
	return entry;
}

const struct drawing *album_find(struct album *album, const char *address)
{
	struct entry *entry = entry_of(album, address);

	if (!entry)
		return NULL;
	if (entry->problem && !entry->told)
		log_warning("%s", entry->problem);
	entry->told = true;
	return entry->drawing;
}

char *album_problem(struct album *album, const char *address)
{
	const struct entry *entry = entry_of(album, address);

	if (!entry)
		return xasprintf("%s: a form has at most %d pictures", address,
				 ALBUM_PICTURES);
	return entry->problem ? xstrdup(entry->problem) : NULL;
}
