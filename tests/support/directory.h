#pragma once

#include <stddef.h>
#include <stdint.h>

struct record;
struct record_who;

/*
 * Invented directories of services, as packages of the Human Services Data
 * Specification in a folder: every table Foyer reads with all the columns the
 * specification gives it, one column and two files that Foyer does not know.
 * The same count and seed give the same bytes. One in ten services was last
 * checked in 2019, the others in November 2026.
 */
void directory_make(const char *folder, size_t count, unsigned seed);

/* Writes a file of a package word for word; path may lie in a folder there. */
void directory_put(const char *folder, const char *path, const char *text);

/* The smallest package: organization o1 with services s1 ("Welcome desk",
 * checked on 2026-11-01) and s2, no other tables. */
void directory_small(const char *folder);

/* directory_small()'s organization with other services, count of them, that may
 * all be published; each is described with so many bytes. */
void directory_crowd(const char *folder, int count, int description);

/* Takes a package in, whole. */
void directory_bring(struct record *record, const char *folder,
		     const struct record_who *who, int64_t now);
