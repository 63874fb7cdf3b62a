#pragma once

#include "text/catalogue.h"
#include "text/po.h"

/* What a catalogue keeps of an entry, for the rest of this room. */
struct entry {
	struct po_entry po;
	const char *pattern; /* what is said; NULL where it is missing */
	char *shown;      /* pattern in the language's digits; NULL: as it is */
	const char *path; /* of its file */
};

const struct entry *catalogue_entry(const struct catalogue *catalogue,
				    const char *key); /* NULL: unknown */
const struct entry *catalogue_entry_at(const struct catalogue *catalogue,
				       size_t index); /* NULL: behind the end */
