#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * Foyer's own small taxonomy of services: screens/directory/taxonomy.csv. A
 * code is a word ("walk-in") or one of a kind ("need:HOU"); of a kind
 * "capacity" a service has at most one.
 */
struct taxonomy;

struct taxonomy_term {
	const char *code, *english, *french;
};

/* The one that ships. FAULT_FORMAT, FAULT_SYSTEM: its file is damaged or not
 * there; the log says where it should be. The caller frees *out. */
MUST_CHECK enum fault taxonomy_read(struct taxonomy **out);
void taxonomy_free(struct taxonomy *taxonomy); /* NULL is fine */
DEFINE_SCOPED(struct taxonomy, taxonomy_free)

size_t taxonomy_count(const struct taxonomy *taxonomy);
struct taxonomy_term taxonomy_at(const struct taxonomy *taxonomy, size_t index);

bool taxonomy_has(const struct taxonomy *taxonomy, const char *code);

/* In French for "fr", else in English; the code itself if it is none. */
const char *taxonomy_label(const struct taxonomy *taxonomy, const char *code,
			   const char *language);
