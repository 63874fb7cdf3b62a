#include "record/backup_old.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "record/sound.h"

/* Whether path has a head that can be read. */
static bool read_head(const char *path, struct backup_head *head)
{
	uint8_t start[BACKUP_START];
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (file < 0)
		return false;
	got = read(file, start, sizeof start);
	close(file);
	return got > 0 &&
	       backup_head_read(start, (size_t)got, head) == BACKUP_SOUND;
}

/* The audit has the moment of each; a record that was restored took none of
 * those before. */
static enum fault took(struct record *record, int64_t made, bool *ours)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT count(*) FROM audit"
			      " WHERE act = 'backup' AND at = %lld",
			      (long long)made);
	int64_t count = 0;
	enum fault fault = sound_number(record, sql, &count);

	*ours = count > 0;
	return fault;
}

enum fault backup_old_worth(struct record *record, const char *path,
			    const struct backup_head *head, bool *keep)
{
	struct backup_head old;
	enum fault fault;
	bool ours;

	*keep = false;
	if (head->what != BACKUP_RECORD || !read_head(path, &old) ||
	    old.what != BACKUP_RECORD)
		return FAULT_NONE;
	if ((fault = took(record, old.made, &ours)))
		return fault;
	*keep = !ours || head->length < old.length / 2 ||
		memcmp(old.agency, head->agency, KEY_BYTES) != 0;
	return FAULT_NONE;
}
