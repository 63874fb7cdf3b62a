#pragma once

#include "desk/audit.h"
#include "record/audit.h"

struct table;

/* A row in the staff's words. */
enum audit_cell {
	AUDIT_WHEN,
	AUDIT_WHO,
	AUDIT_DID,
	AUDIT_WHAT,
	AUDIT_ABOUT,
	AUDIT_FIELDS,
	AUDIT_CELLS,
};
struct audit_line {
	int64_t row;
	const struct kind *kind; /* NULL: nothing that a desk opens */
	int64_t id;
	char *cells[AUDIT_CELLS];
};
struct audit_lines {
	struct audit_line *lines;
	size_t count, room;
};
void audit_lines_done(struct audit_lines *lines);

/* audit_words.c: adds a row; "Note", "changed". */
void audit_line_add(const struct desk *desk, struct audit_lines *lines,
		    const struct audit_row *row);
char *audit_subject_word(const struct desk *desk, const char *subject);

/* Inside the audit's screen: its files share this. */
struct auditing {
	struct desk *desk;
	struct audit_wanted wanted; /* its texts are the next three */
	char *user, *subject;
	char *day, *number; /* as it is told; NULL: not wanted */
	struct audit_lines lines;
	bool more;      /* older ones */
	int64_t *pages; /* where the younger pages began */
	size_t page;
	struct table *table;
	char *names[200]; /* that are picked from */
	size_t name_count;
};

/* Reads from the newest one on. */
void audit_anew(struct auditing *view);

/* audit_filter.c: asks what is wanted. */
void audit_filter(struct desk *desk, void *state);
