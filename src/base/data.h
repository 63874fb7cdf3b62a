#pragma once

/*
 * Where what ships with the programs lies: translations and screens. The
 * environment's FOYER_DATA if it is set; else the folder the build was told
 * (the source tree, or /usr/share/foyer in a package). Belongs to the callee.
 */
const char *data_folder(void);

/* A file or folder in it; the caller frees the path. */
char *data_path(const char *name);
