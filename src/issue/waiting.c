#include "issue/waiting.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/issue.h"
#include "ticket/wire.h"

#define PREFIX WAITING_FILE "-"
#define MINUTE INT64_C(60000)
#define HEAD_MOST 80 /* bytes of a file's first line */
#define MINUTES_MOST (24 * 60)
#define FAR INT64_C(3155760000000) /* ms, a century: nothing ran so long */
#define NEVER (-1)                 /* it bears no time that can be read */

/* What a file's first line says. */
struct head {
	char boot[UPTIME_BOOT_BYTES + 1];
	int64_t since;
	int minutes;
	size_t length; /* its line end included */
};

static char *path_of(const struct home *home, uint32_t sequence)
{
	SCOPED(char_freep) char *name = xasprintf(PREFIX "%" PRIu32, sequence);

	return home_path(home, HOME_KIOSK, name);
}

/* --- one file --------------------------------------------------------------
 */

static bool read_head(const struct bytes *file, struct head *head)
{
	char line[HEAD_MOST + 1] = "";
	const size_t most = file->length < HEAD_MOST ? file->length : HEAD_MOST;
	const uint8_t *end = most ? memchr(file->data, '\n', most) : NULL;
	const char *blank;
	size_t boot;

	if (!end)
		return false;
	head->length = (size_t)(end - file->data) + 1;
	memcpy(line, file->data, head->length - 1);
	blank = strchr(line, ' ');
	boot = blank ? (size_t)(blank - line) : sizeof head->boot;
	if (boot >= sizeof head->boot)
		return false;
	memcpy(head->boot, line, boot);
	head->boot[boot] = 0;
	return sscanf(blank, " %" SCNd64 " %d", &head->since, &head->minutes) ==
		   2 &&
	       head->since > -FAR && head->since < FAR && head->minutes > 0 &&
	       head->minutes <= MINUTES_MOST;
}

static enum fault write_one(const struct home *home, uint32_t sequence,
			    const struct uptime *now, int minutes,
			    const void *wire, size_t length)
{
	SCOPED(char_freep) char *path = path_of(home, sequence);
	struct bytes file = { 0 };
	enum fault fault;

	bytes_add_format(&file, "%s %" PRId64 " %d\n", now->boot, now->ms,
			 minutes);
	bytes_add(&file, wire, length);
	fault = file_write(path, file.data, file.length, 0600);
	bytes_done(&file);
	return fault;
}

static enum fault read_one(const struct home *home, uint32_t sequence,
			   struct bytes *file, struct head *head, bool *sound)
{
	SCOPED(char_freep) char *path = path_of(home, sequence);
	enum fault fault = file_read(path, HEAD_MOST + WIRE_MAX, file);

	*sound = !fault && read_head(file, head);
	return fault;
}

/* ms that are left; NEVER: it cannot be said. Of another start of the machine
 * it has all of them: it begins anew with the kiosk. */
static int64_t left_of(const struct head *head, const struct uptime *now)
{
	const int64_t all = head->minutes * MINUTE;
	const bool same =
	    !strcmp(head->boot, now->boot) && now->ms >= head->since;

	return same ? all - (now->ms - head->since) : all;
}

/* --- all of them -----------------------------------------------------------
 */

static int earlier(const void *a, const void *b)
{
	const uint32_t left = *(const uint32_t *)a;
	const uint32_t right = *(const uint32_t *)b;

	return (left > right) - (left < right);
}

/* The numbers in the folder, the oldest first; the caller frees *out. */
static size_t list_numbers(const struct home *home, uint32_t **out)
{
	DIR *folder = opendir(home_folder(home, HOME_KIOSK));
	size_t count = 0;
	struct dirent *entry;

	*out = NULL;
	while (folder && (entry = readdir(folder))) {
		const char *name = entry->d_name;
		char *end;
		unsigned long number;

		if (strncmp(name, PREFIX, strlen(PREFIX)) != 0)
			continue;
		number = strtoul(name + strlen(PREFIX), &end, 10);
		if (*end || !number || number > WIRE_SEQUENCE_MAX)
			continue;
		*out = xreallocarray(*out, count + 1, sizeof **out);
		(*out)[count++] = (uint32_t)number;
	}
	if (folder)
		closedir(folder);
	if (count)
		qsort(*out, count, sizeof **out, earlier);
	return count;
}

static int64_t left_to(const struct home *home, uint32_t sequence,
		       const struct uptime *now)
{
	struct bytes file = { 0 };
	struct head head;
	bool sound;
	int64_t left = NEVER;

	if (!read_one(home, sequence, &file, &head, &sound) && sound)
		left = left_of(&head, now);
	bytes_done(&file);
	return left;
}

size_t waiting_list(const struct home *home, const struct uptime *now,
		    struct waiting list[WAITING_MOST])
{
	uint32_t *numbers;
	const size_t all = list_numbers(home, &numbers);
	size_t count = 0;

	for (size_t i = 0; i < all && count < WAITING_MOST; i++) {
		const int64_t left = left_to(home, numbers[i], now);

		if (left > 0)
			list[count++] = (struct waiting){
				numbers[i], (int)((left + MINUTE - 1) / MINUTE)
			};
	}
	free(numbers);
	return count;
}

void waiting_end(const struct home *home, const struct uptime *now)
{
	uint32_t *numbers;
	const size_t all = list_numbers(home, &numbers);

	for (size_t i = 0; i < all; i++) {
		if (left_to(home, numbers[i], now) > 0)
			continue;
		if (waiting_remove(home, numbers[i]))
			log_warning("the ticket %" PRIu32 ", that nobody came "
				    "for, stays on the disk",
				    numbers[i]);
		else
			log_note("the ticket %" PRIu32 " waited for its paper "
				 "for too long, and is gone",
				 numbers[i]);
	}
	free(numbers);
}

/* --- setting aside ---------------------------------------------------------
 */

static void make_room(const struct home *home)
{
	uint32_t *numbers;
	const size_t all = list_numbers(home, &numbers);

	for (size_t i = 0; i + WAITING_MOST <= all; i++) {
		log_error("%d tickets wait for their paper: the oldest, "
			  "%" PRIu32 ", is given up; look after the printer",
			  WAITING_MOST, numbers[i]);
		if (waiting_remove(home, numbers[i]))
			break;
	}
	free(numbers);
}

/* Half a ticket, or none, is of no use to anybody. */
static enum fault set_aside(const struct home *home, const struct uptime *now,
			    int minutes)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KIOSK, ISSUE_PENDING_FILE);
	struct bytes wire = { 0 };
	struct wire_header header;
	enum fault fault = FAULT_NONE;

	if (!file_exists(path))
		return FAULT_NONE;
	fault = file_read(path, WIRE_MAX, &wire);
	if (!fault &&
	    wire_read(wire.data, wire.length, &header) == WIRE_SOUND) {
		make_room(home);
		fault = write_one(home, header.sequence, now, minutes,
				  wire.data, wire.length);
	}
	bytes_done(&wire);
	/* Last: a power cut in between leaves it in both places. */
	return fault == FAULT_SYSTEM ? fault : file_remove(path);
}

/* One of another start of the machine. */
static void begin_anew(const struct home *home, uint32_t sequence,
		       const struct uptime *now)
{
	struct bytes file = { 0 };
	struct head head;
	bool sound;

	/* Where it cannot be written it is as it was, and has all its time. */
	if (!read_one(home, sequence, &file, &head, &sound) && sound &&
	    (strcmp(head.boot, now->boot) != 0 || head.since > now->ms))
		(void)!write_one(home, sequence, now, head.minutes,
				 file.data + head.length,
				 file.length - head.length);
	bytes_done(&file);
}

enum fault waiting_begin(const struct home *home, const struct uptime *now,
			 enum waiting_why why)
{
	const int minutes = why == WAITING_CUT ? WAITING_CUT_MINUTES
					       : WAITING_UNPRINTED_MINUTES;
	uint32_t *numbers;
	const size_t all = list_numbers(home, &numbers);

	for (size_t i = 0; i < all; i++)
		begin_anew(home, numbers[i], now);
	free(numbers);
	return set_aside(home, now, minutes);
}

enum fault waiting_wire(const struct home *home, uint32_t sequence,
			struct bytes *wire)
{
	SCOPED(char_freep) char *path = path_of(home, sequence);
	struct bytes file = { 0 };
	struct head head;
	enum fault fault = FAULT_NONE;
	bool sound = false;

	if (file_exists(path))
		fault = read_one(home, sequence, &file, &head, &sound);
	if (sound)
		bytes_add(wire, file.data + head.length,
			  file.length - head.length);
	bytes_done(&file);
	return fault;
}

enum fault waiting_remove(const struct home *home, uint32_t sequence)
{
	SCOPED(char_freep) char *path = path_of(home, sequence);

	return file_remove(path);
}
