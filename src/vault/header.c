#include "vault/header.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "vault/run.h"

#define SECTOR 512

/* What cryptsetup leaves before the data, and makes the file's length of. */
#define HEADER_BYTES (16 * 1024 * 1024)
#define HEADER_SECTORS "32768"
static_assert(HEADER_BYTES / SECTOR == 32768, "as the program is told");

#define COST_OPTIONS 8
#define ARGUMENTS (COST_OPTIONS + 16)

/* What a guess costs goes behind count words; how many there are then. */
static size_t add_cost(const struct vault_place *place, const char **argv,
		       size_t count)
{
	for (size_t i = 0; i < COST_OPTIONS && place->cost[i]; i++)
		argv[count++] = place->cost[i];
	return count;
}

static bool make_file(const struct vault_place *place, const char *passphrase)
{
	const char *argv[ARGUMENTS] = {
		place->cryptsetup, "luksFormat",       "--type",
		"luks2",           "--batch-mode",     "--key-file=-",
		"--label",         VAULT_LABEL_MAKING, "--header",
		place->header,     "--offset",         HEADER_SECTORS,
	};

	argv[add_cost(place, argv, 12)] = place->device;
	(void)unlink(place->header);
	return run_program(argv, passphrase, NULL) == 0;
}

static bool put(int disk, const struct bytes *header, size_t from, size_t to)
{
	while (from < to) {
		const ssize_t wrote =
		    pwrite(disk, header->data + from, to - from, (off_t)from);

		if (wrote <= 0)
			return false;
		from += (size_t)wrote;
	}
	return fsync(disk) == 0;
}

/* The first sector has the label. */
static bool put_header(const char *device, const struct bytes *header)
{
	const int disk = open(device, O_WRONLY | O_CLOEXEC);
	const bool done = disk >= 0 && put(disk, header, 0, SECTOR) &&
			  put(disk, header, SECTOR, header->length);

	if (!done)
		log_error("%s: cannot be written: %s", device, strerror(errno));
	if (disk >= 0)
		close(disk);
	return done;
}

bool header_make(const struct vault_place *place, const char *passphrase)
{
	struct bytes header = { 0 };
	const bool done = make_file(place, passphrase) &&
			  !file_read(place->header, HEADER_BYTES, &header) &&
			  header.length > SECTOR &&
			  put_header(place->device, &header);

	(void)unlink(place->header);
	bytes_wipe(&header);
	return done;
}

int header_change(const struct vault_place *place, const char *passphrase,
		  const char *new_passphrase)
{
	const char *argv[ARGUMENTS] = {
		place->cryptsetup,
		"luksChangeKey",
		"--batch-mode",
		"--key-file=-",
	};
	const size_t count = add_cost(place, argv, 4);

	argv[count] = place->device;
	argv[count + 1] = RUN_FURTHER;
	return run_program(argv, passphrase, new_passphrase);
}
