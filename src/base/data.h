#pragma once

#include <stdbool.h>

/*
 * Where what ships with the programs lies: translations and screens. The
 * environment's FOYER_DATA if it is set; else the folder the build was told
 * (the source tree, or /usr/share/foyer in a package). Belongs to the callee.
 */
const char *data_folder(void);

/* A file or folder in it; the caller frees the path. */
char *data_path(const char *name);

/*
 * Whether a program's one argument is --version; then it is told on standard
 * output: "foyer 2026.11.23". The file `version` beside the data says which; in
 * a source tree there is none, and it is "unreleased".
 */
bool data_version_asked(const char *program, int argc, char *const *argv);
