#include "card/pins.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

#define PINS "card.pins"
#define TAKING "card.taking" /* a folder: what is to be put in its place */
/* Of a line for each of CARD_FILES, or what is done with one, with room. */
#define PINS_LIMIT (1024 * 1024)
#define COPY_LIMIT (64 * 1024 * 1024) /* bytes of one copy */
#define HEX (2 * DIGEST_BYTES)

/* The pins as text, "" without any; the caller frees it. */
static enum fault read_pins(const char *path, char **out)
{
	struct bytes text = { 0 };
	enum fault fault = FAULT_NONE;

	bytes_add_text(&text, "");
	if (file_exists(path))
		fault = file_read(path, PINS_LIMIT, &text);
	*out = bytes_take_text(&text);
	return fault;
}

bool card_is_pinned(const struct home *home)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, PINS);

	return file_exists(path);
}

static void write_hex(const uint8_t digest[DIGEST_BYTES], char hex[HEX + 1])
{
	for (size_t i = 0; i < DIGEST_BYTES; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

/* Takes a line off the beginning; false at the end, or at what is none. */
static bool next_pin(const char **text, char hex[HEX + 1], char **name)
{
	size_t length = strcspn(*text, "\n");

	if (length <= HEX + 2)
		return false;
	memcpy(hex, *text, HEX);
	hex[HEX] = 0;
	*name = xstrndup(*text + HEX + 2, length - HEX - 2);
	*text += length + ((*text)[length] == '\n');
	return true;
}

static void add_change(struct card_changes *out, enum card_change change,
		       const char *name)
{
	out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
	out->list[out->count++] =
	    (struct card_changed){ change, xstrdup(name) };
}

static const struct card_file *file_named(const struct card_folder *folder,
					  const char *name)
{
	for (size_t i = 0; i < folder->count; i++) {
		if (strcmp(folder->files[i].name, name) == 0)
			return &folder->files[i];
	}
	return NULL;
}

static bool has_pin(const char *pins, const char *wanted)
{
	char hex[HEX + 1];
	char *name;

	while (next_pin(&pins, hex, &name)) {
		const bool same = strcmp(name, wanted) == 0;

		free(name);
		if (same)
			return true;
	}
	return false;
}

static void compare(const char *pins, const struct card_folder *folder,
		    struct card_changes *out)
{
	char hex[HEX + 1], now[HEX + 1];
	const char *rest = pins;
	char *name;

	for (size_t i = 0; i < folder->count; i++) {
		if (!has_pin(pins, folder->files[i].name))
			add_change(out, CARD_ADDED, folder->files[i].name);
	}
	while (next_pin(&rest, hex, &name)) {
		const struct card_file *file = file_named(folder, name);

		if (!file) {
			add_change(out, CARD_GONE, name);
		} else {
			write_hex(file->digest, now);
			if (strcmp(now, hex) != 0)
				add_change(out, CARD_CHANGED, name);
		}
		free(name);
	}
}

enum fault card_compare(const struct home *home,
			const struct card_folder *folder,
			struct card_changes *out)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, PINS);
	SCOPED(char_freep) char *pins = NULL;
	enum fault fault = read_pins(path, &pins);

	*out = (struct card_changes){ 0 };
	if (!fault)
		compare(pins, folder, out);
	return fault;
}

#define KEY_NAME "agency.pub"

static enum fault digest_of(const char *path, char hex[HEX + 1])
{
	uint8_t digest[DIGEST_BYTES];
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, COPY_LIMIT, &bytes);

	if (!fault) {
		digest_sha256(bytes.data, bytes.length, digest);
		write_hex(digest, hex);
	}
	bytes_done(&bytes);
	return fault;
}

enum fault card_pin_key(const struct home *home)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, PINS);
	SCOPED(char_freep) char *key = home_path(home, HOME_KEYS, KEY_NAME);
	SCOPED(char_freep) char *pins = NULL;
	char hex[HEX + 1], now[HEX + 1];
	struct bytes out = { 0 };
	const char *rest;
	char *name;
	enum fault fault;

	if (!file_exists(path))
		return FAULT_NONE;
	if ((fault = read_pins(path, &pins)) || (fault = digest_of(key, now)))
		return fault;
	for (rest = pins; next_pin(&rest, hex, &name); free(name))
		bytes_add_format(&out, "%s  %s\n",
				 strcmp(name, KEY_NAME) ? hex : now, name);
	fault = file_write(path, out.data, out.length, 0600);
	bytes_done(&out);
	return fault;
}

void card_changes_done(struct card_changes *changes)
{
	for (size_t i = 0; i < changes->count; i++)
		free(changes->list[i].name);
	free(changes->list);
	*changes = (struct card_changes){ 0 };
}

/* --- what was taken, as it lies in the home --------------------------------
 */

/* Where a file belongs in the home; the caller frees it. Pictures stand beside
 * the form that the settings name. */
static char *place_of(const struct home *home, const char *form,
		      const char *name)
{
	SCOPED(char_freep) char *picture = NULL;

	if (strncmp(name, "forms/", 6) == 0)
		return home_path(home, HOME_FORMS, name + 6);
	if (strcmp(name, "agency.pub") == 0)
		return home_path(home, HOME_KEYS, name);
	if (strncmp(name, "pictures/", 9) != 0)
		return home_path(home, HOME_SETTINGS, name);
	picture = xasprintf("%s-media/%s", form, name + 9);
	return home_path(home, HOME_FORMS, picture);
}

static enum fault keep(const char *place, const char *name, const char *hex,
		       struct card_changes *out)
{
	uint8_t digest[DIGEST_BYTES];
	struct bytes bytes = { 0 };
	char now[HEX + 1];
	enum fault fault;

	if (!file_exists(place)) {
		add_change(out, CARD_GONE, name);
		return FAULT_NONE;
	}
	if (!(fault = file_read(place, COPY_LIMIT, &bytes))) {
		digest_sha256(bytes.data, bytes.length, digest);
		write_hex(digest, now);
		if (strcmp(now, hex) != 0)
			add_change(out, CARD_CHANGED, name);
	}
	bytes_done(&bytes);
	return fault;
}

enum fault card_kept(const struct home *home, const char *form,
		     struct card_changes *out)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, PINS);
	SCOPED(char_freep) char *pins = NULL;
	enum fault fault = read_pins(path, &pins);
	const char *rest = pins;
	char hex[HEX + 1];
	char *name;

	*out = (struct card_changes){ 0 };
	while (!fault && next_pin(&rest, hex, &name)) {
		SCOPED(char_freep) char *place = place_of(home, form, name);

		fault = keep(place, name, hex, out);
		free(name);
	}
	return fault;
}

/* --- taking ------------------------------------------------------------------
 */

static enum fault folder_above(const char *path)
{
	SCOPED(char_freep) char *folder = xstrdup(path);

	*strrchr(folder, '/') = 0;
	return folder_make(folder);
}

/*
 * The order of what is to be done, written last: a line a file, "put NUMBER
 * PLACE" or "remove PLACE". It is there, whole, or nothing is done.
 */
#define ORDER "order"

static enum fault copy_file(const struct home *home,
			    const struct card_folder *folder, size_t index,
			    const char *taking, struct bytes *order,
			    struct bytes *pins)
{
	const struct card_file *file = &folder->files[index];
	SCOPED(char_freep) char *path = xasprintf("%s/%zu", taking, index);
	SCOPED(char_freep)
	char *place = place_of(home, folder->form, file->name);
	struct bytes bytes = { 0 };
	char hex[HEX + 1];
	enum fault fault = card_file_bytes(folder, file, &bytes);

	if (!fault)
		fault = file_write(path, bytes.data, bytes.length, 0600);
	bytes_done(&bytes);
	write_hex(file->digest, hex);
	bytes_add_format(order, "put %zu %s\n", index, place);
	bytes_add_format(pins, "%s  %s\n", hex, file->name);
	return fault;
}

static enum fault order_removals(const struct home *home,
				 const struct card_folder *folder,
				 struct bytes *order)
{
	struct card_changes changes;
	enum fault fault = card_compare(home, folder, &changes);

	for (size_t i = 0; i < changes.count; i++) {
		SCOPED(char_freep)
		char *place =
		    place_of(home, folder->form, changes.list[i].name);

		if (changes.list[i].change == CARD_GONE)
			bytes_add_format(order, "remove %s\n", place);
	}
	card_changes_done(&changes);
	return fault;
}

/* What an earlier taking left, which never came to its order. */
static enum fault clear(const char *taking)
{
	DIR *folder = opendir(taking);
	const struct dirent *entry;
	enum fault fault = FAULT_NONE;

	while (folder && !fault && (entry = readdir(folder))) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", taking, entry->d_name);

		if (entry->d_name[0] != '.')
			fault = file_remove(path);
	}
	if (folder)
		closedir(folder);
	return fault;
}

static enum fault write_order(const struct home *home,
			      const struct card_folder *folder,
			      const char *taking)
{
	SCOPED(char_freep) char *path = xasprintf("%s/" ORDER, taking);
	SCOPED(char_freep) char *new_pins = xasprintf("%s/pins", taking);
	SCOPED(char_freep) char *place = home_path(home, HOME_KIOSK, PINS);
	struct bytes order = { 0 }, pins = { 0 };
	enum fault fault = FAULT_NONE;

	bytes_add_text(&pins, "");
	for (size_t i = 0; !fault && i < folder->count; i++)
		fault = copy_file(home, folder, i, taking, &order, &pins);
	if (!fault && !(fault = order_removals(home, folder, &order))) {
		bytes_add_format(&order, "put pins %s\n", place);
		fault = file_write(new_pins, pins.data, pins.length, 0600);
	}
	if (!fault)
		fault = file_write(path, order.data, order.length, 0600);
	bytes_done(&order);
	bytes_done(&pins);
	return fault;
}

enum fault card_take(const struct home *home, const struct card_folder *folder)
{
	SCOPED(char_freep) char *taking = home_path(home, HOME_KIOSK, TAKING);
	enum fault fault;

	if ((fault = card_go_on(home)) || (fault = folder_make(taking)) ||
	    (fault = clear(taking)) ||
	    (fault = write_order(home, folder, taking)))
		return fault;
	return card_go_on(home);
}

/* --- ending it
 * ---------------------------------------------------------------- */

static enum fault put(const char *from, const char *place)
{
	enum fault fault = folder_above(place);

	if (fault || !file_exists(from))
		return fault; /* it was put there before the power went */
	if (rename(from, place)) {
		log_error("%s: cannot be put there: %s", place,
			  strerror(errno));
		return FAULT_SYSTEM;
	}
	return folder_sync(place);
}

static enum fault follow(const char *taking, char *line)
{
	SCOPED(char_freep) char *from = NULL;
	char *place;

	if (strncmp(line, "remove ", 7) == 0)
		return file_remove(line + 7);
	place = strlen(line) > 4 ? strchr(line + 4, ' ') : NULL;
	if (!place)
		return FAULT_FORMAT;
	*place++ = 0;
	from = xasprintf("%s/%s", taking, line + 4);
	return put(from, place);
}

enum fault card_go_on(const struct home *home)
{
	SCOPED(char_freep) char *taking = home_path(home, HOME_KIOSK, TAKING);
	SCOPED(char_freep) char *path = xasprintf("%s/" ORDER, taking);
	SCOPED(char_freep) char *order = NULL;
	char *rest, *line;
	enum fault fault;

	if (!file_exists(path))
		return FAULT_NONE;
	if ((fault = read_pins(path, &order)))
		return fault;
	rest = order;
	while (!fault && (line = strsep(&rest, "\n")) && *line)
		fault = follow(taking, line);
	return fault ? fault : file_remove(path);
}
