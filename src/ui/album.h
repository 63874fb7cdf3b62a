#pragma once

#include <stddef.h>

#include "base/memory.h"

struct drawing;
struct home;

/*
 * The pictures a form names, from the folders they may lie in. An address is
 * ODK's: "jr://images/bed.svg". Its name has letters, digits, '-', '_' and
 * '.', and does not begin with '.', so that nothing outside the folders is
 * read; links there are not followed.
 */
struct album;

#define ALBUM_FOLDERS 4
#define ALBUM_SHIPPED "screens/pictures" /* below base/data.h's folder */
#define ALBUM_PICTURES 512 /* of one form; further ones are not shown */

/* Folders are looked into in order; one may be missing. */
struct album *album_new(const char *const *folders, size_t count);

/* A form's at an agency's: its own, in forms/FORM-media as ODK has it, go
 * before those that ship with Foyer. */
struct album *album_of_form(const struct home *home, const char *form);
void album_free(struct album *album); /* NULL is fine */
DEFINE_SCOPED(struct album, album_free)

/*
 * The picture at an address, read when it is asked for the first time; it
 * lives as long as the album. NULL: none; a warning was logged once.
 */
const struct drawing *album_find(struct album *album, const char *address);

/* Why there is no picture at an address, in words that name the file; NULL
 * where there is one. The caller frees it. */
char *album_problem(struct album *album, const char *address);
