#pragma once

#include "base/bytes.h"
#include "report/about.h"
#include "report/funder.h"
#include "report/period.h"
#include "report/wording.h"

/*
 * Report 1: the services that were given in some days, a row each, as one
 * funder wants them (report/funder.h); and first what the funder would reject,
 * with whom to look at, what is missing and how to mend it. A row that would be
 * rejected is not among the others. It is about single people, so that it is
 * for supervisors alone.
 */
enum service_wrong {
	SERVICE_MISSING,  /* the column is required, and nothing is noted */
	SERVICE_UNMAPPED, /* the profile has no value for it */
	SERVICE_TOO_LONG, /* more letters than the column takes */
	SERVICE_PART_DAY, /* a month or a year where a day is wanted */
	SERVICE_WRONGS,
};

struct service_refusal {
	enum service_wrong wrong;
	int64_t contact, person;
	char *who;    /* the person's number */
	char *day;    /* of the service, "2026-10-14" */
	char *visit;  /* "K7-0412"; "": none that day */
	char *column; /* of the file */
	char *where;  /* what to mend, in words: "Person: Gender" */
	char *value;  /* as it is noted; "" */
};

/* How many rows there are of one program, as the services name it. */
struct service_program {
	char *name; /* "": none is noted */
	size_t rows, refused;
};

struct service_file {
	const struct funder *funder;
	char **cells; /* rows * funder->count */
	size_t rows;
	struct service_refusal *refusals;
	size_t refusal_count, refused;    /* refused: rows */
	struct service_program *programs; /* in the order they came */
	size_t program_count;
	size_t not_agreed; /* rows whose people do not agree to it */
	size_t unseen;     /* rows of people behind another team's wall */
};

/* Who may make one. */
bool service_file_may(const struct record_who *who);

/*
 * theirs has the words of the funder's language, staff the staff's, whose who
 * it is. The day of a moment is that of zone (IANA), or of the computer's where
 * that is NULL. Making one is audited. The caller releases *out with
 * service_file_done(), after a fault too; it points to funder.
 */
MUST_CHECK enum fault
service_file_read(const struct wording *staff, const struct catalogue *theirs,
		  const struct funder *funder, const struct period *period,
		  const char *zone, struct service_file *out);
void service_file_done(struct service_file *file);

/*
 * The same some services at a time, for programs that have other things to do
 * meanwhile. What was begun points to theirs, funder, zone and what staff has,
 * and the caller frees it with service_making_free(), at whatever it ended.
 */
struct service_making;
MUST_CHECK enum fault service_making_begin(const struct wording *staff,
					   const struct catalogue *theirs,
					   const struct funder *funder,
					   const struct period *period,
					   const char *zone,
					   struct service_making **out);
size_t service_making_count(const struct service_making *making);

/* Services from the index first on, most of them; there may be fewer. */
MUST_CHECK enum fault service_making_some(struct service_making *making,
					  size_t first, size_t most);

/* What was made is the caller's now. */
void service_making_end(struct service_making *making,
			struct service_file *out);
void service_making_free(struct service_making *making); /* NULL is fine */
DEFINE_SCOPED(struct service_making, service_making_free)

/* What is wrong and how to mend it, in the staff's words. Caller frees. */
char *service_refusal_words(const struct wording *staff,
			    const struct service_refusal *refusal);

/* --- as files ------------------------------------------------------------- */

/* The two tables of it: what the funder is sent, and what it would reject. */
enum service_table { SERVICE_ROWS, SERVICE_REFUSALS };

/* Added to out as a spreadsheet (base/spreadsheet.h). */
void service_file_csv(const struct service_file *file, enum service_table table,
		      const struct wording *staff, struct bytes *out);

/* The same as one JSON object with a newline: what each of the funder's columns
 * is read from and what its values are called there, and the counts. */
void service_file_json(const struct service_file *file,
		       enum service_table table, const struct wording *staff,
		       const struct period *period, struct bytes *out);

/* A summary for paper, the agency's own: how many rows there are of which
 * program, and all that would be rejected. The caller frees it. */
struct page *service_file_page(const struct service_file *file,
			       const struct wording *staff,
			       const struct period *period,
			       const struct about *about);

/* As a workbook at path; see report_workbook(). */
MUST_CHECK enum fault service_file_workbook(const struct service_file *file,
					    enum service_table table,
					    const struct wording *staff,
					    const char *path);
