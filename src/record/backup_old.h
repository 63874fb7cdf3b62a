#pragma once

#include "record/backup.h"

/*
 * Inside the room: what a backup that lies where a new one goes is worth. One
 * that this record took, as its audit says, is replaced by the next. Another
 * record's is not, nor one that holds much more than the new one or was sealed
 * to another key: who named the wrong home would lose it. A caseload is
 * replaced like any file, and so is what lies nowhere.
 */
MUST_CHECK enum fault backup_old_worth(struct record *record, const char *path,
				       const struct backup_head *head,
				       bool *keep);
