#include "issue/sequence.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "ticket/frame.h"
#include "ticket/wire.h"

#define CHECKED (SEQUENCE_BYTES - 4) /* what the CRC covers */

static const uint8_t magic[4] = "FSQ1";

struct sequence {
	char *path;
	uint16_t kiosk;
	uint32_t next; /* to hand out */
	uint32_t end;  /* on the disk: the first that is not ours yet */
};

static void put(uint8_t *at, uint32_t number, int count)
{
	for (int i = 0; i < count; i++)
		at[i] = (uint8_t)(number >> (8 * (count - 1 - i)));
}

static uint32_t get(const uint8_t *at, int count)
{
	uint32_t number = 0;

	for (int i = 0; i < count; i++)
		number = number << 8 | at[i];
	return number;
}

static enum fault write_end(const char *path, uint16_t kiosk, uint32_t end)
{
	uint8_t file[SEQUENCE_BYTES] = { 0 };

	memcpy(file, magic, sizeof magic);
	put(file + 4, end, 4);
	put(file + 8, kiosk, 2);
	put(file + CHECKED, frame_crc(file, CHECKED), 4);
	return file_write(path, file, sizeof file, 0600);
}

enum fault sequence_begin(const char *path, uint16_t kiosk)
{
	return write_end(path, kiosk, 1);
}

static bool sound(const struct bytes *file, uint16_t kiosk)
{
	return file->length == SEQUENCE_BYTES &&
	       memcmp(file->data, magic, sizeof magic) == 0 &&
	       get(file->data + CHECKED, 4) == frame_crc(file->data, CHECKED) &&
	       get(file->data + 8, 2) == kiosk &&
	       get(file->data + 10, 2) == 0 && get(file->data + 4, 4) != 0;
}

enum fault sequence_open(const char *path, uint16_t kiosk,
			 enum sequence_answer *answer, struct sequence **out)
{
	struct bytes file = { 0 };
	enum fault fault = FAULT_NONE;

	*answer = SEQUENCE_LOST;
	if (file_exists(path))
		fault = file_read(path, SEQUENCE_BYTES, &file);
	if (fault == FAULT_LIMIT)
		fault = FAULT_NONE; /* too long is damaged, too */
	else if (!fault && sound(&file, kiosk)) {
		uint32_t end = get(file.data + 4, 4);

		*answer = SEQUENCE_READY;
		*out = xcalloc(1, sizeof **out);
		**out = (struct sequence){ .path = xstrdup(path),
					   .kiosk = kiosk,
					   .next = end,
					   .end = end };
	}
	if (!fault && *answer == SEQUENCE_LOST)
		log_error("%s: missing, damaged or of another key: which "
			  "ticket numbers were used is not known; make a new "
			  "kiosk key and enrol it",
			  path);
	bytes_done(&file);
	return fault;
}

void sequence_free(struct sequence *sequence)
{
	if (!sequence)
		return;
	free(sequence->path);
	free(sequence);
}

/* The next batch, shorter at the very end of all numbers. */
static enum fault take_batch(struct sequence *sequence)
{
	uint32_t left = WIRE_SEQUENCE_MAX - sequence->end + 1;
	uint32_t more = left < SEQUENCE_BATCH ? left : SEQUENCE_BATCH;
	enum fault fault;

	if (!left) {
		log_error("%s: every ticket number is used: make a new kiosk "
			  "key and enrol it",
			  sequence->path);
		return FAULT_LIMIT;
	}
	fault =
	    write_end(sequence->path, sequence->kiosk, sequence->end + more);
	if (!fault)
		sequence->end += more;
	return fault;
}

enum fault sequence_take(struct sequence *sequence, uint32_t *number)
{
	enum fault fault;

	if (sequence->next == sequence->end && (fault = take_batch(sequence)))
		return fault;
	*number = sequence->next++;
	return FAULT_NONE;
}
