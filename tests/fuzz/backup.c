#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "record/backup.h"
#include "record/backup_parts.h"

/*
 * The head of a backup, and the parts inside as pieces of any length bring
 * them: the first byte says how long the pieces are.
 */
static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

/* What came in must be what was announced. */
struct seen {
	uint64_t size, got;
	int open;
};

static enum fault begin(void *to, const char *name, uint64_t size, bool *known)
{
	struct seen *seen = to;

	if (seen->open || !*name || strchr(name, '/'))
		abort();
	*seen = (struct seen){ .size = size, .open = 1 };
	*known = name[0] != 'x';
	return FAULT_NONE;
}

static enum fault add(void *to, const uint8_t *data, size_t length)
{
	struct seen *seen = to;
	volatile uint8_t last = data[length - 1];

	(void)last;
	seen->got += length;
	if (!seen->open || seen->got > seen->size)
		abort();
	return FAULT_NONE;
}

static enum fault end(void *to)
{
	struct seen *seen = to;

	if (!seen->open || seen->got != seen->size)
		abort();
	seen->open = 0;
	return FAULT_NONE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct seen seen = { 0 };
	struct parts parts = { .taker = { begin, add, end, &seen } };
	enum parts_answer answer = PARTS_GOOD;
	uint8_t front[BACKUP_FRONT];
	struct backup_head head;
	size_t step = size ? 1 + data[0] : 1;

	log_to(silent, NULL);
	if (backup_head_read(data, size, &head) == BACKUP_SOUND) {
		backup_head_write(&head, front);
		if (memcmp(front, data, BACKUP_FRONT) != 0 ||
		    backup_file_size(&head) <= head.length)
			abort();
	}
	for (size_t at = 1; at < size && answer == PARTS_GOOD; at += step) {
		size_t piece = step < size - at ? step : size - at;

		if (parts_take(&parts, data + at, piece, &answer))
			abort();
	}
	if (parts_whole(&parts) && seen.open)
		abort();
	return 0;
}
