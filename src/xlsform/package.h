#pragma once

#include <stddef.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/findings.h"

/*
 * The zip file that an .xlsx is, and its parts, which are XML documents. What
 * is packed may be made to harm: how many parts there are, how large each is
 * unpacked and how often a byte is repeated by that are limited.
 */
struct package;

#define PACKAGE_PARTS_LIMIT 2000
#define PACKAGE_PART_LIMIT (32 * 1024 * 1024)  /* bytes of one, unpacked */
#define PACKAGE_TOTAL_LIMIT (64 * 1024 * 1024) /* of all that were read */
#define PACKAGE_RATIO_LIMIT 100 /* unpacked to packed, from 1 MiB on */

/*
 * bytes stay the caller's and must outlive the package. file is its name, for
 * findings. On success the caller frees *out with package_free().
 *
 * FAULT_FORMAT: no zip file. FAULT_LIMIT: too many parts.
 */
MUST_CHECK enum fault package_open(const char *file, const void *bytes,
				   size_t length, struct findings *findings,
				   struct package **out);
void package_free(struct package *package); /* NULL is fine */
DEFINE_SCOPED(struct package, package_free)

/*
 * Adds the part called name ("xl/workbook.xml") to out; one that is not there
 * adds nothing.
 *
 * FAULT_FORMAT: damaged, or with a password. FAULT_LIMIT: see above.
 */
MUST_CHECK enum fault package_read(struct package *package, const char *name,
				   struct bytes *out);

/* An error that concerns the file as a whole. */
void package_complain(struct package *package, const char *words);
