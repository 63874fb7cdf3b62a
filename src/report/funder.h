#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/findings.h"
#include "base/home.h"
#include "report/column.h"

/*
 * What one funder wants in its monthly file, as data: an INI file that anybody
 * can write, copy and send to others. Those that ship lie in screens/funders;
 * an agency's own lie in the folder funders of its settings.
 *
 *	[profile]
 *	title = Maple Settlement Fund, services of a month
 *	consent = share         each person agreed that it is shared with the
 *	                        recipient; count: that they are counted
 *	                        without a name, so that no column has one
 *	recipient = Maple Settlement Fund
 *	language = en           of codes that are written in words; or fr
 *	dates = DD/MM/YYYY      YYYY, MM, DD and what stands between them
 *	order = day             of the rows; or person
 *	yes = Y
 *	no = N
 *
 *	[column Client number]  one a column, in their order
 *	source = person.number  as report/column.h has it
 *	required = yes
 *	most = 12               letters
 *
 *	[column Gender]
 *	source = person.gender
 *	value = W=Female        ours=theirs, a line each; a value that has none
 *	value = =Unknown        would be rejected; what is not noted
 *
 *	[column Way]
 *	source = service_contact.mode
 *	words = yes             codes as the staff read them
 *
 * What a row has of its own is visit.number: of that day, if there was one.
 */
#define FUNDER_COLUMNS 200
#define FUNDER_VALUES 1000 /* of a column */

struct funder_value {
	char *ours, *theirs;
};

struct funder_column {
	struct column from;
	bool required, in_words;
	size_t most; /* letters; 0: any number */
	struct funder_value *values;
	size_t value_count;
};

struct funder {
	char *title;
	char *recipient; /* NULL: consent is to be counted */
	char *language;  /* "en", "fr" */
	char *dates;     /* "DD/MM/YYYY" */
	char *yes, *no;
	bool by_person;
	struct funder_column *columns;
	size_t count;
};

/*
 * Reads the file at path; record knows the agency's own fields. The caller
 * frees *out. FAULT_FORMAT, FAULT_LIMIT: it is no such file; findings, and of
 * lines that are no INI the log, say where and the mend. FAULT_SYSTEM: it is
 * not there. FAULT_STORE: the record.
 */
MUST_CHECK enum fault funder_read(struct record *record, const char *path,
				  struct findings *findings,
				  struct funder **out);
void funder_free(struct funder *funder); /* NULL is fine */
DEFINE_SCOPED(struct funder, funder_free)

/* Where the profile of a name ("maple") lies, the agency's own before one that
 * ships; NULL: there is none. The caller frees it. */
char *funder_path(const struct home *home, const char *name);

/* The names of all there are, in their order; release with funders_done(). */
struct funders {
	char **names;
	size_t count;
};
void funders_read(const struct home *home, struct funders *out);
void funders_done(struct funders *funders);

/* What a value of a column is called there; NULL: it has values, and this is
 * none of them. Belongs to column, or is value. */
const char *funder_theirs(const struct funder_column *column,
			  const char *value);
