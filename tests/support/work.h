#pragma once

#include <stdint.h>

/*
 * What a record is made to do, counted in SQLite's own instructions and not in
 * seconds, of every connection that is opened after work_watch().
 */
void work_watch(void);

/* Since the last time that this was asked. */
int64_t work_done(void);
