#include "tests/support/safe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/test.h"

/* What the kernel would know; one box at a time. */
static struct {
	const struct safe *safe;
	time_t clock;
} machine;

/* Each program appends its arguments; cryptsetup keeps the passphrase of its
 * standard input in "pass", the LUKS header's magic in a file or the partition,
 * and what is open as an empty file. "stuck" keeps it open. */
static const char script[] =
    "#!/bin/sh\n"
    "set -eu\n"
    "cd '%s'\n"
    "echo \"$(basename \"$0\") $*\" >>ran\n"
    "key=$(cat)\n"
    "case \"$(basename \"$0\") $1\" in\n"
    "'cryptsetup luksFormat')\n"
    "	printf '%%s' \"$key\" >pass\n"
    "	while [ \"$1\" != --header ]; do shift; done\n"
    "	{ printf 'LUKS\\272\\276\\000\\002'\n"
    "		head -c 16 /dev/zero\n"
    "		printf 'foyer-making'\n"
    "		head -c 1000 /dev/zero; } >\"$2\" ;;\n"
    "'cryptsetup open')\n"
    "	[ \"$key\" = \"$(cat pass)\" ] || exit 2\n"
    "	for last; do :; done\n"
    "	: >\"$last\" ;;\n"
    "'cryptsetup close') [ ! -e stuck ] && rm \"$2\" ;;\n"
    "'cryptsetup luksChangeKey')\n"
    "	[ \"$key\" = \"$(cat pass)\" ] || exit 2\n"
    "	for last; do :; done\n"
    "	cat \"$last\" >pass ;;\n"
    "'cryptsetup config')\n"
    "	printf 'foyer-data\\000\\000' |\n"
    "		dd of=partition bs=1 seek=24 conv=notrunc status=none ;;\n"
    "esac\n";

static char *path_in(struct safe *safe, const char *name)
{
	char *path = folder_file(safe->folder, name);

	assert_true(safe->path_count < COUNT(safe->paths));
	return safe->paths[safe->path_count++] = path;
}

static const char *program(struct safe *safe, const char *name)
{
	char *path = path_in(safe, name);
	SCOPED(char_freep) char *text = xasprintf(script, safe->folder);

	assert_int_equal(file_write(path, text, strlen(text), 0700),
			 FAULT_NONE);
	return path;
}

/* --- what the system would do ----------------------------------------------
 */

static void write_mounts(const char *text)
{
	assert_int_equal(
	    file_write(machine.safe->place.mounts, text, strlen(text), 0600),
	    FAULT_NONE);
}

static char *read_text(const char *path)
{
	struct bytes text = { 0 };

	if (file_exists(path))
		assert_int_equal(file_read(path, 1 << 20, &text), FAULT_NONE);
	bytes_add_text(&text, "");
	return bytes_take_text(&text);
}

static int mount_at(const char *device, const char *where, const char *type,
		    unsigned long flags, const void *data)
{
	SCOPED(char_freep) char *before = read_text(machine.safe->place.mounts);
	SCOPED(char_freep)
	char *after =
	    xasprintf("%s%s %s %s rw 0 0\n", before, device, where, type);

	(void)flags;
	(void)data;
	write_mounts(after);
	return 0;
}

static int unmount(const char *where)
{
	SCOPED(char_freep) char *before = read_text(machine.safe->place.mounts);
	SCOPED(char_freep) char *mark = xasprintf(" %s ", where);
	struct bytes after = { 0 };
	char *rest = before, *line;
	bool found = false;

	bytes_add_text(&after, "");
	while ((line = strsep(&rest, "\n"))) {
		if (strstr(line, mark))
			found = true;
		else if (*line)
			bytes_add_format(&after, "%s\n", line);
	}
	write_mounts((char *)after.data);
	bytes_done(&after);
	errno = EINVAL;
	return found ? 0 : -1;
}

static int set_clock(clockid_t which, const struct timespec *time)
{
	assert_int_equal(which, CLOCK_REALTIME);
	machine.clock = time->tv_sec;
	return 0;
}

/* --- the box -------------------------------------------------------------- */

static void make_partition(const struct safe *safe)
{
	assert_int_equal(file_write(safe->place.device, "", 0, 0600),
			 FAULT_NONE);
	assert_int_equal(truncate(safe->place.device, SAFE_PARTITION), 0);
}

void safe_init(struct safe *safe, bool real)
{
	static const char *const cheap[] = { "--pbkdf", "pbkdf2",
					     "--pbkdf-force-iterations", "1000",
					     NULL };
	static const char *const none[] = { NULL };
	char *root;

	*safe = (struct safe){ .folder = folder_new() };
	root = folder_file(safe->folder, "");
	machine.safe = safe;
	machine.clock = 0;
	safe->place = (struct vault_place){
		.device = path_in(safe, "partition"),
		.mapper = path_in(safe, "mapper-of-foyer"),
		.mount = path_in(safe, "data"),
		.stick = path_in(safe, "stick"),
		.header = path_in(safe, "header"),
		.mounts = path_in(safe, "mounts"),
		.blocks = path_in(safe, "blocks"),
		.nodes = path_in(safe, "nodes"),
		.owner = getuid(),
		.group = getgid(),
		.cryptsetup =
		    real ? "/usr/sbin/cryptsetup" : program(safe, "cryptsetup"),
		.mkfs = program(safe, "mkfs.ext4"),
		.fsck = program(safe, "e2fsck"),
		.systemctl = program(safe, "systemctl"),
		.cost = real ? cheap : none,
		.mount_at = mount_at,
		.unmount = unmount,
		.set_clock = set_clock,
	};
	free(root);
	make_partition(safe);
	write_mounts("rootfs / ext4 rw 0 0\n");
	assert_int_equal(mkdir(safe->place.mount, 0700), 0);
	assert_int_equal(mkdir(safe->place.stick, 0700), 0);
	assert_int_equal(mkdir(safe->place.blocks, 0700), 0);
	assert_int_equal(mkdir(safe->place.nodes, 0700), 0);
}

void safe_done(struct safe *safe)
{
	while (safe->path_count)
		free(safe->paths[--safe->path_count]);
	folder_freep(&safe->folder);
	machine.safe = NULL;
}

static void write_text(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void write_node(const struct safe *safe)
{
	SCOPED(char_freep)
	char *path = folder_file(safe->place.nodes, "sda1");
	uint8_t sector[512] = { 0 };

	memcpy(sector + 82, "FAT32   ", 8);
	memcpy(sector + 71, "FOYER      ", 11);
	sector[510] = 0x55;
	sector[511] = 0xAA;
	assert_int_equal(file_write(path, sector, sizeof sector, 0600),
			 FAULT_NONE);
}

void safe_plug(struct safe *safe, bool in)
{
	SCOPED(char_freep)
	char *bus = folder_file(safe->folder, "bus/usb1/sda");
	SCOPED(char_freep) char *part = xasprintf("%s/sda1", bus);
	SCOPED(char_freep) char *link = folder_file(safe->place.blocks, "sda");

	if (!in) {
		assert_int_equal(unlink(link), 0);
		return;
	}
	assert_int_equal(folder_make(part), FAULT_NONE);
	write_text(bus, "size", "8193\n");
	write_text(part, "size", "8192\n");
	assert_int_equal(symlink(bus, link), 0);
	write_node(safe);
}

char *safe_plug_card(const struct safe *safe, uint64_t size)
{
	SCOPED(char_freep)
	char *bus = folder_file(safe->folder, "bus/usb1/sdb");
	SCOPED(char_freep) char *device = xasprintf("%s/device", bus);
	SCOPED(char_freep) char *link = folder_file(safe->place.blocks, "sdb");
	SCOPED(char_freep)
	char *sectors = xasprintf("%llu\n", (unsigned long long)size / 512);

	assert_int_equal(folder_make(device), FAULT_NONE);
	write_text(bus, "size", sectors);
	write_text(device, "model", "MassStorageClass\n");
	assert_int_equal(symlink(bus, link), 0);
	write_text(safe->place.nodes, "sdb", "");
	return folder_file(safe->place.nodes, "sdb");
}

void safe_jam(const struct safe *safe, bool jammed)
{
	SCOPED(char_freep) char *path = folder_file(safe->folder, "stuck");

	if (jammed)
		assert_int_equal(file_write(path, "", 0, 0600), FAULT_NONE);
	else
		assert_int_equal(unlink(path), 0);
}

char *safe_data(const struct safe *safe)
{
	return xstrdup(safe->place.mount);
}

char *safe_ran(const struct safe *safe)
{
	SCOPED(char_freep) char *path = folder_file(safe->folder, "ran");

	return read_text(path);
}

time_t safe_clock(void)
{
	return machine.clock;
}
