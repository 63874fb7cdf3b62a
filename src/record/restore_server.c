#include <stdio.h>

#include "base/file.h"
#include "base/log.h"
#include "record/move.h"
#include "record/postgres.h"
#include "record/restore.h"

static enum fault clear(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < COUNT(ends) && !fault; i++) {
		SCOPED(char_freep)
		char *file = xasprintf("%s%s", path, ends[i]);

		fault = file_remove(file);
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

enum fault restore_to_server(const struct restore *restore, const char *address,
			     struct restored *out)
{
	enum fault fault = clear(restore->to), cleared;

	*out = (struct restored){ 0 };
	if (!fault && !(fault = restore_run(restore, out)) &&
	    out->answer == BACKUP_SOUND)
		fault = put_there(restore, address, out);
	cleared = clear(restore->to);
	return fault ? fault : cleared;
}
