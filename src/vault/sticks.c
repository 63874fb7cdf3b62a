#include "vault/sticks.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"

#define SECTOR 512   /* bytes; the kernel counts sizes in these, too */
#define LABEL 11     /* bytes of a FAT label */
#define TABLE 262144 /* bytes of a table of mounts, at most */

/* --- what is on it -------------------------------------------------------- */

/* Microsoft's FAT and exFAT specifications: a boot sector ends with 55 AA, and
 * says what it is of; FAT's label stands before that. */
static const struct {
	const char *type, *sign;
	size_t at, label_at; /* label_at 0: none there */
} kinds[] = {
	{ "vfat", "FAT32   ", 82, 71 },
	{ "vfat", "FAT16   ", 54, 43 },
	{ "vfat", "FAT12   ", 54, 43 },
	{ "exfat", "EXFAT   ", 3, 0 },
};

#define SIGN 8

static void take_label(const uint8_t *sector, size_t at,
		       char label[VAULT_STICK_LABEL])
{
	size_t length = LABEL;

	label[0] = 0;
	if (!at)
		return;
	while (length && sector[at + length - 1] == ' ')
		length--;
	for (size_t i = 0; i < length; i++) {
		if (sector[at + i] < ' ' || sector[at + i] > '~')
			return; /* letters of an unknown code page */
	}
	memcpy(label, sector + at, length);
	label[length] = 0;
	if (strcmp(label, "NO NAME") == 0)
		label[0] = 0;
}

/* NULL: nothing that is mounted here. */
static const char *look_at(const struct vault_place *place, const char *name,
			   char label[VAULT_STICK_LABEL])
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/%s", place->nodes, name);
	uint8_t sector[SECTOR];
	int node = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t got;

	if (node < 0)
		return NULL;
	got = pread(node, sector, SECTOR, 0);
	close(node);
	if (got != SECTOR || sector[510] != 0x55 || sector[511] != 0xAA)
		return NULL;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (memcmp(sector + kinds[i].at, kinds[i].sign, SIGN))
			continue;
		take_label(sector, kinds[i].label_at, label);
		return kinds[i].type;
	}
	return NULL;
}

/* --- which there are ------------------------------------------------------ */

/* The device lies behind USB: its link leads through the bus. */
static bool is_usb(const struct vault_place *place, const char *disk)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/%s", place->blocks, disk);
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof target - 1);

	if (length < 0)
		return false;
	target[length] = 0;
	return strstr(target, "/usb") != NULL;
}

/* A part of the disk is mounted elsewhere than at a place ("": anywhere). */
static bool is_mounted(const struct vault_place *place, const char *disk,
		       const char *but)
{
	SCOPED(char_freep)
	char *node = xasprintf("%s/%s", place->nodes, disk);
	struct bytes table = { 0 };
	bool mounted = false;

	if (file_read(place->mounts, TABLE, &table))
		return true; /* nobody can tell: leave it alone */
	for (char *rest = (char *)table.data, *line;
	     rest && !mounted && (line = strsep(&rest, "\n"));) {
		const char *where = strchr(line, ' ');

		mounted = where && !strncmp(line, node, strlen(node)) &&
			  (strncmp(where + 1, but, strlen(but)) ||
			   where[1 + strlen(but)] != ' ');
	}
	bytes_done(&table);
	return mounted;
}

static uint64_t size_of(const struct vault_place *place, const char *disk,
			const char *name)
{
	const bool whole = strcmp(disk, name) == 0;
	SCOPED(char_freep)
	char *path = xasprintf("%s/%s/%s%ssize", place->blocks, disk,
			       whole ? "" : name, whole ? "" : "/");
	struct bytes text = { 0 };
	uint64_t sectors = 0;

	if (!file_read(path, 64, &text) && text.length)
		sectors = strtoull((char *)text.data, NULL, 10);
	bytes_done(&text);
	return sectors * SECTOR;
}

static bool take_if_readable(const struct vault_place *place, const char *disk,
			     const char *name, struct vault_answer *answer)
{
	struct vault_stick *stick = &answer->sticks[answer->stick_count];

	*stick = (struct vault_stick){ 0 };
	if (strlen(name) >= VAULT_STICK_NAME ||
	    !look_at(place, name, stick->label))
		return false;
	strcpy(stick->name, name);
	stick->size = size_of(place, disk, name);
	answer->stick_count++;
	return true;
}

#define PARTITIONS 4 /* of a stick, that are looked at */

static void look_at_disk(const struct vault_place *place, const char *disk,
			 struct vault_answer *answer)
{
	char name[NAME_MAX + 8];

	if (answer->stick_count == VAULT_STICKS)
		return;
	/* What is mounted elsewhere is the box's own. */
	if (!is_usb(place, disk) || is_mounted(place, disk, place->stick) ||
	    take_if_readable(place, disk, disk, answer))
		return;
	for (int part = 1; part <= PARTITIONS; part++) {
		snprintf(name, sizeof name, "%s%d", disk, part);
		if (take_if_readable(place, disk, name, answer))
			return;
	}
}

static int is_disk(const struct dirent *entry)
{
	return strncmp(entry->d_name, "sd", 2) == 0;
}

static void each_disk(const struct vault_place *place,
		      void (*look)(const struct vault_place *place,
				   const char *disk,
				   struct vault_answer *answer),
		      struct vault_answer *answer)
{
	struct dirent **disks;
	int count = scandir(place->blocks, &disks, is_disk, alphasort);

	for (int i = 0; i < count; i++) {
		look(place, disks[i]->d_name, answer);
		free(disks[i]);
	}
	if (count >= 0)
		free(disks);
}

void sticks_list(const struct vault_place *place, struct vault_answer *answer)
{
	answer->stick_count = 0;
	each_disk(place, look_at_disk, answer);
}

const char *sticks_type(const struct vault_place *place, const char *name)
{
	struct vault_answer now;
	char label[VAULT_STICK_LABEL];

	sticks_list(place, &now);
	for (size_t i = 0; i < now.stick_count; i++) {
		if (strcmp(now.sticks[i].name, name) == 0)
			return look_at(place, name, label);
	}
	return NULL;
}

/* --- whole cards ---------------------------------------------------------- */

/* What its maker calls it; letters that no screen knows are left out. */
static void read_model(const struct vault_place *place, const char *disk,
		       char label[VAULT_STICK_LABEL])
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/%s/device/model", place->blocks, disk);
	struct bytes text = { 0 };
	size_t used = 0;

	if (file_exists(path) && file_read(path, TABLE, &text))
		return;
	for (size_t i = 0; i < text.length && used + 1 < VAULT_STICK_LABEL;
	     i++) {
		if (text.data[i] >= ' ' && text.data[i] <= '~')
			label[used++] = (char)text.data[i];
	}
	while (used && label[used - 1] == ' ')
		used--;
	label[used] = 0;
	bytes_done(&text);
}

static void take_card(const struct vault_place *place, const char *disk,
		      struct vault_answer *answer)
{
	struct vault_stick *card = &answer->cards[answer->card_count];
	uint64_t size = size_of(place, disk, disk);

	/* A reader without a card has no size. */
	if (answer->card_count == VAULT_STICKS || !size ||
	    strlen(disk) >= VAULT_STICK_NAME || !is_usb(place, disk) ||
	    is_mounted(place, disk, ""))
		return;
	*card = (struct vault_stick){ .size = size };
	strcpy(card->name, disk);
	read_model(place, disk, card->label);
	answer->card_count++;
}

void cards_list(const struct vault_place *place, struct vault_answer *answer)
{
	answer->card_count = 0;
	each_disk(place, take_card, answer);
}

bool cards_have(const struct vault_place *place, const char *name)
{
	struct vault_answer now;

	cards_list(place, &now);
	for (size_t i = 0; i < now.card_count; i++) {
		if (strcmp(now.cards[i].name, name) == 0)
			return true;
	}
	return false;
}
