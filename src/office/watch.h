#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "record/backup.h"

/*
 * How far a backup or a restoring is, as one line on standard error that is
 * written over. Where that is no terminal, nothing is shown.
 */
struct watch {
	struct backup_watch watch; /* what the record is handed */
	bool shows;
	int step, hundredths; /* as shown last */
};

void watch_init(struct watch *watch);
void watch_done(struct watch *watch); /* ends the line */
