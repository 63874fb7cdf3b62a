#pragma once

/*
 * A new empty folder for one test; the caller frees the path and removes the
 * folder with folder_remove(), which takes all that is in it along.
 */
char *folder_new(void);
void folder_remove(const char *path);
