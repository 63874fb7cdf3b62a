#pragma once

#include "base/bytes.h"
#include "flash/release.h"

/*
 * Releases small enough for a test, made by tests/flash/card.sh with the tools
 * that make real cards, and signed with a key of the test's.
 */
#define RELEASE_FOLDER "foyer" /* the agency's */

/* Whether the tools are there; if not, a message says what is missing. */
bool release_tools(void);

/*
 * Makes FOLDER/VERSION.img and FOLDER/VERSION.release, all of its content made
 * of word; the caller frees the release's path. sizes: " 96 64 4", the
 * partitions' in MiB, or "" for small ones.
 */
char *release_make(const char *folder, const char *variant, const char *version,
		   const char *word, const char *sizes);

/* The key that signed it. */
void release_trust(struct signers *keys);
/* The same as a file for --key; the caller frees the path. */
char *release_key_file(const char *folder);

/* Opens one that must be sound. */
struct release release_of_test(const char *path);

/* Runs a line of shell, from a format, that must do; mtools are quiet in it. */
void release_shell(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* What a device in use has: the agency's files, and bytes in its data
 * partition. card is a file that a release was written to. */
void release_use(const char *card, const struct manifest *manifest);
