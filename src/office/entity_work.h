#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "office/noun.h"
#include "record/entity.h"

/* Inside: what the files of the verbs about entities share. */

/* What a verb works on. */
struct work {
	const struct noun *noun;
	const char *verb;
	const char *home, *reason, *order;
	enum source source;
	size_t limit;
	int version;        /* 0: whichever is there */
	const char *output; /* NULL: standard output */
	bool apply;
	const struct kind *kind;
	char **words; /* behind the options and the kind */
	int count;
	struct record *record;
	struct record_who who;
	int64_t now;
};

/* Complains with the verb's usage; the exit status. */
int entity_usage(const struct work *work, const char *complaint);

/* The verbs about tables: a kind as a spreadsheet, and back. */
int entity_export(struct work *work);
int entity_import(struct work *work);
