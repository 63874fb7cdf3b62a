#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/memory.h"

/*
 * The tables of a directory of services (record/hsds.h) that Foyer reads, and
 * the files of a package, taken apart.
 */
enum hsds_table {
	HSDS_ORGANIZATION,
	HSDS_SERVICE,
	HSDS_LOCATION,
	HSDS_SERVICE_AT_LOCATION,
	HSDS_ADDRESS,
	HSDS_PHONE,
	HSDS_SCHEDULE,
	HSDS_LANGUAGE,
	HSDS_COST_OPTION,
	HSDS_REQUIRED_DOCUMENT,
	HSDS_SERVICE_AREA,
	HSDS_ACCESSIBILITY,
	HSDS_TAXONOMY_TERM,
	HSDS_ATTRIBUTE,
	HSDS_TABLES,
};

#define HSDS_DESCRIPTOR "datapackage.json"
#define HSDS_FILE_LIMIT (64u << 20)     /* bytes in one file */
#define HSDS_PACKAGE_LIMIT (256u << 20) /* bytes in all of them */
#define HSDS_FILES_LIMIT 100
#define HSDS_COLUMNS_LIMIT 200
#define HSDS_ROWS_LIMIT 500000      /* in one file */
#define HSDS_CELLS_LIMIT 10000000   /* in one file */
#define HSDS_CELL_LIMIT (64 * 1024) /* bytes */
#define HSDS_PATH_LIMIT 200         /* bytes, of a file's name */

/* "organization": the name of the resource and of the table. */
const char *hsds_table_name(enum hsds_table table);
/* HSDS_TABLES: none that Foyer reads. */
enum hsds_table hsds_table_of(const char *name);
/* The table that a column names a row of ("service_id"); HSDS_TABLES: none. */
enum hsds_table hsds_link_of(const char *column);
/* What the specification calls the table's file and columns, for a package
 * that has none yet. The list ends with NULL. */
const char *hsds_table_path(enum hsds_table table); /* "organizations.csv" */
const char *const *hsds_table_columns(enum hsds_table table);

/*
 * A file of a package. Of one that is no table Foyer reads only path, resource
 * and bytes are there.
 */
struct hsds_file {
	char *path;     /* in the folder, as the descriptor has it */
	char *resource; /* its name there: "organization" */
	enum hsds_table table;
	struct bytes bytes; /* word for word */

	char **columns;
	size_t column_count, row_count;
	/* Row by row, where in text each cell begins; 0 is an empty one. */
	size_t *cells;
	struct bytes text;
};

struct hsds_package {
	struct bytes descriptor; /* word for word; empty: there is none */
	struct hsds_file *files; /* as the descriptor lists them */
	size_t file_count;
};
void hsds_package_free(struct hsds_package *package); /* NULL is fine */
DEFINE_SCOPED(struct hsds_package, hsds_package_free)

/* The file of a table, or NULL. */
struct hsds_file *hsds_file_of(const struct hsds_package *package,
			       enum hsds_table table);
/* Where a column stands; column_count if it is none of the file's. */
size_t hsds_column(const struct hsds_file *file, const char *name);
/* "" for an empty cell, and for a column that is not there. Rows from 0. */
const char *hsds_cell(const struct hsds_file *file, size_t row, size_t column);
/* Whether nothing stands in it, as spreadsheets leave rows at the end. */
bool hsds_row_is_blank(const struct hsds_file *file, size_t row);
/* The row as a spreadsheet counts: the heading is row 1. */
#define HSDS_SHEET_ROW(row) ((int)(row) + 2)
