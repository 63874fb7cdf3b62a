#pragma once

#include <stdbool.h>

/*
 * A new empty folder for one test; the caller frees the path and removes the
 * folder with folder_remove(), which takes all that is in it along.
 */
char *folder_new(void);
void folder_remove(const char *path);

/* The same as a local that removes itself: SCOPED(folder_freep) char *. */
void folder_freep(char **path);

/* The path of a file in it; the caller frees it. */
char *folder_file(const char *path, const char *name);

/* Whether a file in it or below has the text anywhere. */
bool folder_holds(const char *path, const char *text);
