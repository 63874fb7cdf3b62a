#pragma once

#include <stddef.h>

/*
 * How far a scan has come. A frame says its length in its first
 * PROGRESS_HEADER digits (TICKET.md §4).
 */
#define PROGRESS_HEADER 13

/* Digits of the whole frame that begins with these. */
size_t progress_whole(const char header[PROGRESS_HEADER]);

/* Percent, 0 to 99: the end is known when it is there. whole 0: unknown. */
int progress_percent(size_t count, size_t whole);
