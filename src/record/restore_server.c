#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "record/move.h"
#include "record/names.h"
#include "record/postgres.h"
#include "record/restore.h"

#define FILE_BY "restored.db"

/* The folder that a restore came by, with what it may hold. */
static enum fault clear(const char *folder)
{
	static const char *const names[] = { FILE_BY, NAMES_FILE };
	static const char *const ends[] = { "", "-wal", "-shm", ".restoring" };
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < COUNT(names) * COUNT(ends) && !fault; i++) {
		SCOPED(char_freep)
		char *file =
		    xasprintf("%s/%s%s", folder, names[i / COUNT(ends)],
			      ends[i % COUNT(ends)]);

		fault = file_remove(file);
	}
	if (!fault && rmdir(folder) && errno != ENOENT) {
		log_error("%s: cannot be removed: %s", folder, strerror(errno));
		fault = FAULT_SYSTEM;
	}
	return fault;
}

static enum fault put_there(const struct restore *restore, const char *address,
			    struct restored *out)
{
	enum move_answer answer;
	struct move_told told;
	enum fault fault =
	    move_to_server(restore->to, address, NULL, restore->who,
			   restore->now, &answer, &told);

	if (fault)
		return fault;
	out->answer = answer == MOVE_DONE       ? BACKUP_SOUND
		      : answer == MOVE_APART    ? BACKUP_APART
		      : answer == MOVE_OCCUPIED ? BACKUP_OCCUPIED
						: BACKUP_IN_USE;
	return answer == MOVE_DIFFERS ? FAULT_STORE : FAULT_NONE;
}

static enum fault restore_by(const struct restore *restore, const char *address,
			     struct restored *out)
{
	enum move_answer room = MOVE_OCCUPIED;
	enum fault fault = move_look(address, &room);

	*out = (struct restored){ 0 };
	if (room == MOVE_OCCUPIED)
		out->answer = BACKUP_OCCUPIED;
	if (fault || room == MOVE_OCCUPIED ||
	    (fault = restore_run(restore, out)) || out->answer != BACKUP_SOUND)
		return fault;
	return put_there(restore, address, out);
}

enum fault restore_to_server(const struct restore *restore, const char *address,
			     struct restored *out)
{
	SCOPED(char_freep)
	char *file = xasprintf("%s/" FILE_BY, restore->to);
	struct restore by = *restore;
	enum fault fault = clear(restore->to), cleared;

	by.to = file;
	*out = (struct restored){ 0 };
	if (!fault && !(fault = folder_make(restore->to)))
		fault = restore_by(&by, address, out);
	cleared = clear(restore->to);
	return fault ? fault : cleared;
}
