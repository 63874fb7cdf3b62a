#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

/* One PO file as it stands, read by libgettextpo; see text/catalogue.h. */
struct po_entry {
	char *key, *english, *translation; /* "" where there is none */
	bool fuzzy;
	char *about; /* its "#." comments, a line each; for the translator */
	bool same;   /* marked "#. same": rightly as in English */
};

struct po {
	char *path;
	char *language; /* of the header; "" where it does not say */
	char *name;     /* X-Foyer-Name: what the language calls itself */
	bool reviewed;
	struct po_entry *entries; /* in file order */
	size_t count;
};

/*
 * Reads path. The caller releases *out with po_done(), also after a fault.
 * The faults are catalogue_add()'s; of the messages themselves nothing is
 * checked here. Not obsolete, every entry has a key and none comes twice.
 */
MUST_CHECK enum fault po_read(const char *path, struct po *out);
void po_done(struct po *po);
void po_entry_done(struct po_entry *entry);

/*
 * The line of the n-th entry (from 0) with a key, for a message about it; 0
 * where it is not found.
 */
unsigned po_line(const char *path, const char *key, size_t nth);

/* The key of the entry that a line is in; NULL for none. The caller frees it.
 */
char *po_key_above(const char *path, size_t line);
