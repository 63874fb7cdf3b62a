#pragma once

/*
 * A disk for SQLite that goes wrong where a test says: every write, sync and
 * truncation that SQLite makes is a point, counted from 1.
 */
enum disk_trouble {
	DISK_SOUND,
	DISK_FULL,  /* the point and all after it find no room */
	DISK_KILLS, /* at the point the process ends, as kill -9 would */
};

void disk_install(void); /* once a process, before a record is opened */

/* Starts counting at 1 again. */
void disk_set(enum disk_trouble trouble, int point);
