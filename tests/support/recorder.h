#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Every write to one file, and every moment at which the disk was told to
 * finish, as they happen: so a test can put together each state that a power
 * cut could have left. A program that links this has its pwrite() and fsync()
 * go through here.
 */
struct recorded {
	uint64_t at;
	size_t length;
	uint8_t *data; /* NULL: a finish */
};

void recorder_start(const char *path);
/* Stops; how many there are, the recorder's until the next start. */
size_t recorder_stop(const struct recorded **list);
void recorder_done(void);

/* What a file of size bytes holds after the first count of them, and the first
 * part (0 to length) of the next; base is what it held before. In bytes, which
 * has size of them. */
void recorder_play(const struct recorded *list, size_t count, size_t part,
		   uint8_t *bytes);
