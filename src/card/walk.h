#pragma once

#include <stddef.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "card/finding.h"

/*
 * The names in a folder of a card, sorted, without those that no person put
 * there: what begins with '.', macOS's "._" files among them, and the names
 * that Windows leaves. "." of what is not there is no name at all.
 */
struct card_names {
	char **list;
	size_t count;
};

/* Up to most of them; further ones are a finding. */
void card_names_read(const char *path, const char *file, size_t most,
		     struct card_findings *findings, struct card_names *out);
void card_names_done(struct card_names *names);

/*
 * Adds a file's bytes. False, with a finding, where it is no ordinary file (a
 * link is none), cannot be read, or has more than limit bytes.
 */
bool card_bytes(const char *path, const char *file, size_t limit,
		struct card_findings *findings, struct bytes *out);
