#pragma once

#include <jansson.h>

#include "record/directory.h"
#include "record/hsds_table.h"
#include "record/taxonomy.h"

/*
 * Inside the room: how the record keeps a directory. A row of a sheet is a
 * JSON object of its cells that are not empty, its keys sorted, so that equal
 * rows are equal texts. Rows that people here added are their own: no import
 * takes them away.
 */
struct directory_row {
	const char *id;
	const char *cells; /* JSON */
	bool own;
};

/* "" where there is none; belongs to row. */
const char *directory_cell(const json_t *row, const char *column);

/* A row of a file as JSON; the caller lets go of the text with free(). */
char *directory_cells(const struct hsds_file *file, size_t row);

/* Walks a table's rows in their order; what belongs to row is gone with it. */
typedef void directory_row_visit(void *to, const struct directory_row *row);
MUST_CHECK enum fault directory_rows(struct record *record,
				     enum hsds_table table,
				     directory_row_visit *visit, void *to);

/* One row, NULL in *out if it is not there; the caller frees it. */
MUST_CHECK enum fault directory_row_read(struct record *record,
					 enum hsds_table table, const char *id,
					 json_t **out);

/*
 * Puts a row there, or in the place of the one with its id; its links follow.
 * Columns that the table's file lacks are added to it; own also makes a file
 * for a table that has none. Inside the caller's transaction.
 */
MUST_CHECK enum fault directory_row_write(struct record *record,
					  enum hsds_table table, const char *id,
					  const json_t *row, bool own);

MUST_CHECK enum fault directory_row_drop(struct record *record,
					 enum hsds_table table, const char *id);

/* Puts a package's files and rows in the place of the last one's; rows that
 * are our own stay, unless the package has them. */
MUST_CHECK enum fault directory_replace(struct record *record,
					const struct hsds_package *package);

/*
 * A service with all that belongs to it, nested as the specification's JSON
 * has it: "organization", "phone": [...], "service_at_location": [{"location":
 * {"address": [...]}}] and so on. NULL where it is not there; the caller lets
 * go of it.
 */
MUST_CHECK enum fault directory_gather(struct record *record, const char *id,
				       json_t **out);

/*
 * The code of Foyer's taxonomy that an attribute's term is: by its own id, its
 * code, or that of a parent; "" for none. The caller frees *code.
 */
MUST_CHECK enum fault directory_code(struct record *record,
				     const struct taxonomy *taxonomy,
				     const char *term, char **code);

/* Brings the services of the record (kind service) up to what the rows say:
 * all of them (NULL), or one (its HSDS id). Inside the caller's
 * transaction. What is said so has no history: it follows from the rows. */
MUST_CHECK enum fault directory_index(struct record *record, const char *only,
				      const struct record_who *who,
				      int64_t now);

/* The HSDS id of a service that is listed; "" if there is none. The caller
 * frees *id. */
MUST_CHECK enum fault directory_hsds_id(struct record *record, int64_t service,
					char **id);

/* The codes of a gathered service, as struct directory_card has its terms, and
 * its safety note, "" for none. The caller frees both. */
MUST_CHECK enum fault directory_terms(struct record *record,
				      const struct taxonomy *taxonomy,
				      const json_t *service, char **terms,
				      char **safety);

/* The codes of one row alone: its own attributes'. The caller frees *terms. */
MUST_CHECK enum fault directory_row_terms(struct record *record,
					  const struct taxonomy *taxonomy,
					  const json_t *row, char **terms);

/* The language of a row of languages: a tag, or its code where Foyer does not
 * know it; "" for none. */
const char *directory_language(const json_t *row);

/* Whether an id is that of a row which was made here, and in no package. */
bool directory_is_own(const char *id);

/* What the sheets say of a gathered service: a card without what the record
 * itself adds, for whoever frees it. */
void directory_card_of(const json_t *service,
		       const struct directory_rules *rules,
		       const char *language, struct directory_card *out);
