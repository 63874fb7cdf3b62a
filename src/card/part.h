#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "card/folder.h"

/*
 * One kind of file in the folder each: whether it is sound, with findings where
 * it is not. name is relative to the folder, for the findings;
 * kept is what keep gave.
 */
struct card_part {
	const char *folder;    /* "forms" */
	const char *ending;    /* ".xml"; NULL: it looks itself */
	size_t limit;          /* bytes */
	const char *other_key; /* of a file with another ending */
	/* The name it is kept under, without the folder; NULL: refused, with a
	 * finding. The caller frees it. */
	char *(*keep)(const char *name);
	const char *name_key; /* where keep refuses */
	bool (*sound)(const char *name, const char *kept,
		      const struct bytes *bytes, const char *path,
		      struct card_findings *findings);
};

/* forms, translations, pictures; ends with one without a folder. */
extern const struct card_part card_parts[];

/* The public key; false with a finding. */
bool card_agency(const char *name, const struct bytes *bytes,
		 struct card_findings *findings, struct card *card);
