#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/findings.h"
#include "record/hsds_table.h"

/*
 * A directory of services as a tabular data package of the Human Services Data
 * Specification 3.0 (https://docs.openreferral.org): a folder with
 * datapackage.json (https://specs.frictionlessdata.io/tabular-data-package)
 * and the CSV files that it names. Sheets that Foyer reads are taken apart;
 * every other file is kept as it is, and so is every column.
 */

/*
 * Reads a folder. What is wrong becomes findings that name file, row, column
 * and mend; warnings do not keep it from being read. On success the caller
 * frees *out with hsds_package_free().
 *
 * FAULT_FORMAT: no package, or a mistake in it. FAULT_LIMIT: larger than a
 * limit of record/hsds_table.h. FAULT_SYSTEM: a file cannot be read.
 */
MUST_CHECK enum fault hsds_read(const char *folder, struct findings *findings,
				struct hsds_package **out);

/* The same from wherever fetch has its files: adds a file's bytes to out, and
 * says in *there whether there is one. */
typedef enum fault hsds_fetch(void *from, const char *path, size_t limit,
			      bool *there, struct bytes *out);
MUST_CHECK enum fault hsds_read_from(hsds_fetch *fetch, void *from,
				     struct findings *findings,
				     struct hsds_package **out);

/* Writes every file below folder, which is made. FAULT_SYSTEM: it cannot. */
MUST_CHECK enum fault hsds_write(const struct hsds_package *package,
				 const char *folder);

/*
 * The descriptor with resources for files that it does not name yet, and with
 * columns that it does not name yet; otherwise as it was. FAULT_FORMAT: the
 * descriptor is none.
 */
MUST_CHECK enum fault hsds_describe(struct hsds_package *package);
