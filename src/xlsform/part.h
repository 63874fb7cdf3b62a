#pragma once

#include <libxml/xmlreader.h>
#include <stdbool.h>

#include "base/bytes.h"
#include "xlsform/package.h"

/*
 * One XML document of an .xlsx, read from its start to its end. Elements are
 * known by their local names: Excel writes the same under two namespaces. A
 * document with a DOCTYPE is refused.
 */
struct part {
	struct package *package;
	struct bytes bytes;
	xmlTextReader *reader; /* NULL: there is no such part */
	enum fault fault;
};

/*
 * Faults as package_read(), also in part->fault; a part that is not there has
 * no nodes. Release with part_done() in any case.
 */
MUST_CHECK enum fault part_open(struct package *package, const char *name,
				struct part *part);
void part_done(struct part *part);

/*
 * The next node. False at the end, and when part->fault is set (FAULT_FORMAT:
 * not well-formed, a DOCTYPE; told).
 */
bool part_next(struct part *part);

/* Whether we are at the start, or the end, of an element of this name. */
bool part_starts(const struct part *part, const char *name);
bool part_ends(const struct part *part, const char *name);
/* Whether the element we are at the start of has nothing in it. */
bool part_empty(const struct part *part);

/* The text we are at; NULL if we are at none. It lasts until part_next(). */
const char *part_text(const struct part *part);

/* An attribute by its local name; NULL if it is not there. Caller frees. */
char *part_attribute(const struct part *part, const char *name);
/* The same as a number from 0; otherwise if it is none. */
size_t part_number(const struct part *part, const char *name, size_t otherwise);
/* Whether it says yes: "1", "true", "on". */
bool part_yes(const struct part *part, const char *name);

/*
 * Where we are at the start of name: adds all text in <t> within it to out,
 * as rich text runs have it, but what only tells how to pronounce it. Goes to
 * the end of name.
 */
void part_add_runs(struct part *part, const char *name, struct bytes *out);
