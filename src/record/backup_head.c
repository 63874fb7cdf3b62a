#include "record/backup.h"

#include <stdbool.h>
#include <string.h>

#include "record/schema.h"

#define MAGIC 8
#define MAGIC_NAME 6

/* The first six bytes tell what it is, the last two which format. */
static const struct {
	char magic[MAGIC]; /* without an end */
	const char *purpose;
} whats[BACKUP_WHATS] = {
	[BACKUP_RECORD] = { "FOYERBK1", "foyer/backup/v1" },
	[BACKUP_CASELOAD] = { "FOYERCL1", "foyer/caseload/v1" },
};

const char *backup_magic(enum backup_what what)
{
	return whats[what].magic;
}

const char *backup_purpose(enum backup_what what)
{
	return whats[what].purpose;
}

static void put_number(uint8_t *at, uint64_t number, int count)
{
	for (int i = 0; i < count; i++)
		at[i] = (uint8_t)(number >> (8 * (count - 1 - i)));
}

static uint64_t get_number(const uint8_t *at, int count)
{
	uint64_t number = 0;

	for (int i = 0; i < count; i++)
		number = number << 8 | at[i];
	return number;
}

void backup_head_write(const struct backup_head *head,
		       uint8_t front[BACKUP_FRONT])
{
	memcpy(front, whats[head->what].magic, sizeof whats->magic);
	memcpy(front + 8, head->agency, KEY_BYTES);
	put_number(front + 40, (uint64_t)head->made, 8);
	put_number(front + 48, head->version, 4);
	put_number(front + 52, head->length, 8);
}

#define LENGTH_LIMIT ((uint64_t)1 << 48) /* SQLite's own is below it */

static bool find_what(const uint8_t *data, enum backup_what *what)
{
	for (int i = 0; i < BACKUP_WHATS; i++) {
		if (memcmp(data, whats[i].magic, MAGIC_NAME) == 0) {
			*what = (enum backup_what)i;
			return true;
		}
	}
	return false;
}

enum backup_answer backup_head_read(const uint8_t *data, size_t length,
				    struct backup_head *head)
{
	if (length < MAGIC || !find_what(data, &head->what))
		return BACKUP_NOT_ONE;
	/* What a later format is called is told apart from any other file. */
	if (memcmp(data, whats[head->what].magic, MAGIC) != 0)
		return BACKUP_NEWER;
	if (length < BACKUP_START)
		return BACKUP_CUT_SHORT;
	memcpy(head->agency, data + 8, KEY_BYTES);
	head->made = (int64_t)get_number(data + 40, 8);
	head->version = (uint32_t)get_number(data + 48, 4);
	head->length = get_number(data + 52, 8);
	if (!head->length || head->length > LENGTH_LIMIT)
		return BACKUP_DAMAGED;
	return head->version > SCHEMA_VERSION ? BACKUP_NEWER : BACKUP_SOUND;
}

uint64_t backup_file_size(const struct backup_head *head)
{
	uint64_t frames = (head->length + STREAM_FRAME - 1) / STREAM_FRAME;

	return BACKUP_START + head->length + frames * STREAM_OVER;
}
