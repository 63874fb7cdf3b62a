#pragma once

#include <stdint.h>

/*
 * Rows of every kind, and of the tables of visits, in a record's file that no
 * program has open: fields have any value of their type, dates of two years
 * around a day, texts that languages sort otherwise than their bytes, links to
 * rows that are there, and a quarter of what may be missing is. No rule between
 * fields is kept, so that a question over them meets what it has to bear. The
 * same seed is the same rows.
 */
void jumble_fill(const char *path, int rows, int64_t now, uint64_t seed);
