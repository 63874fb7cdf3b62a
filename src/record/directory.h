#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "base/settings.h"
#include "record/hsds.h"
#include "record/record.h"

/*
 * The agency's directory of services. It comes as a package (record/hsds.h)
 * and goes out as one: what nobody here changed, word for word. Each of its
 * services is also an entity of kind "service", which referrals name and whose
 * history tells who checked it and when; one that a later package lacks stays
 * there, marked as gone.
 *
 * What HSDS has no column for is an attribute whose term is a code of
 * screens/directory/taxonomy.csv ("need:HOU", "walk-in", "accepts:CLM").
 */

/* --- in and out ------------------------------------------------------------
 */

enum directory_what {
	DIRECTORY_ADDED,
	DIRECTORY_CHANGED,
	DIRECTORY_GONE,
	DIRECTORY_KEPT, /* checked here after the package was made: that stays
			 */
	DIRECTORY_WHATS,
};
const char *directory_what_word(enum directory_what what); /* "added" */

/* A row that a package changes. Everything belongs to the walk. */
struct directory_change {
	enum directory_what what;
	enum hsds_table table;
	const char *id;
	const char *name; /* of the row, "" where it has none */
	const char
	    *columns; /* which differ, blank-separated; "" but for changed */
};
typedef void directory_change_visit(void *to,
				    const struct directory_change *change);

/* How many rows of each table; beyond that rows of no table are not counted. */
struct directory_tally {
	size_t rows[HSDS_TABLES][DIRECTORY_WHATS];
};

/* What an import would change, row by row; visit may be NULL. */
MUST_CHECK enum fault directory_compare(struct record *record,
					const struct hsds_package *package,
					directory_change_visit *visit, void *to,
					struct directory_tally *tally);

/*
 * Puts the package in the place of the last one, all of it or nothing. Rows
 * with the same id are the same service, phone and so on; what people here
 * added stays. A check that was made here later than the package says is kept.
 */
MUST_CHECK enum fault directory_import(struct record *record,
				       const struct hsds_package *package,
				       const struct record_who *who,
				       int64_t now,
				       struct directory_tally *tally);

/* The directory as a package; the caller frees *out. */
MUST_CHECK enum fault directory_export(struct record *record,
				       struct hsds_package **out);

/* --- staleness -------------------------------------------------------------
 */

#define DIRECTORY_STALE_DAYS 180 /* where [directory] stale_days is not set */

/* How the agency goes about it. */
struct directory_rules {
	int stale_days;       /* after its assured_date a service is stale */
	const char *zone;     /* the agency's, IANA; belongs to the settings */
	const char *language; /* BCP 47, of its texts; likewise */
	int64_t now;
};
struct directory_rules directory_rules(const struct settings *settings,
				       int64_t now);

/* Whether a day ("2026-11-01"; NULL or "": never) is longer ago than the
 * limit. */
bool directory_is_stale(const struct directory_rules *rules,
			const char *assured);

/* The agency's day, "2026-11-22". */
void directory_today(const struct directory_rules *rules, char day[11]);

/* --- what everybody may read ---------------------------------------------
 */

#define DIRECTORY_PUBLIC_LIMIT 1000       /* services that are published */
#define DIRECTORY_PUBLIC_BYTES (4u << 20) /* of their file */

/* How many services went out, and how many did not. */
struct directory_published {
	size_t out;
	size_t kept;     /* for staff: see directory_publish() */
	size_t shut;     /* not active, or taking nobody now */
	size_t stale;    /* nobody checked them for too long */
	size_t unmarked; /* others are marked as published, these are not */
};

/*
 * Writes the services that a newcomer may look through at a kiosk to a file of
 * their own, as card/services.h reads it. What is marked not-public is left
 * out: of an organization or a service all of it; of a location, or a service
 * at one, what belongs to that place (its address before all); of an address or
 * a phone just that, and where no other address is left, the whole place. So is
 * what only staff should know of: informal supports, what has a safety note,
 * and what was added here (directory_add()) without the code published. No file
 * is left where nothing may be read. Of more texts, or longer ones, than a
 * kiosk takes, the first go out.
 *
 * FAULT_LIMIT: more than DIRECTORY_PUBLIC_LIMIT, or their file larger than
 * DIRECTORY_PUBLIC_BYTES, as the log says.
 * FAULT_SYSTEM: it cannot be written; what was there stays.
 */
MUST_CHECK enum fault directory_publish(struct record *record,
					const struct directory_rules *rules,
					const char *path,
					struct directory_published *tally);

/* --- what people here say of a service -------------------------------------
 */

enum directory_answer {
	DIRECTORY_DONE,
	DIRECTORY_UNKNOWN, /* no such service, or it is gone */
	DIRECTORY_NO_TERM, /* not a code of the taxonomy */
	DIRECTORY_REFUSED, /* not for this role */
};

/* Somebody made sure today that what is said of a service is right. */
MUST_CHECK enum fault directory_checked(struct record *record, int64_t service,
					const struct directory_rules *rules,
					const struct record_who *who,
					enum directory_answer *answer);

/*
 * Gives a service a code of the taxonomy, or takes it away. Of those that
 * exclude each other ("capacity:") the last one stands.
 */
MUST_CHECK enum fault directory_tag(struct record *record, int64_t service,
				    const char *code, bool has,
				    const struct directory_rules *rules,
				    const struct record_who *who,
				    enum directory_answer *answer);

/*
 * A service that no package brings: an informal support (a mentor, a faith
 * group), a service of one's own. NULL is not known; name and organization are
 * never blank.
 */
struct directory_new {
	const char *name, *organization, *description;
	const char *phone, *email, *address, *city;
	const char *hours;     /* in words */
	const char *languages; /* BCP 47, blank-separated */
	const char *area;
	const char *codes;  /* of the taxonomy, blank-separated */
	const char *safety; /* what to mind before a person is sent there */
};
MUST_CHECK enum fault directory_add(struct record *record,
				    const struct directory_new *service,
				    const struct directory_rules *rules,
				    const struct record_who *who,
				    enum directory_answer *answer, int64_t *id);

/* --- looking ---------------------------------------------------------------
 */

/* What is looked for; NULL or "" asks nothing. */
struct directory_query {
	const char *text;     /* words in any script, in any order */
	const char *need;     /* "HOU" */
	const char *language; /* BCP 47 */
	const char *area;     /* a town or region */
	const char *status;   /* "CLM": takes everybody, or these */
	bool walk_in_now;     /* no appointment needed, and open now */
	bool fresh;           /* leave out what is stale: for paper */
};

enum directory_open {
	DIRECTORY_HOURS_UNKNOWN,
	DIRECTORY_OPEN,
	DIRECTORY_SHUT,
};

struct directory_found {
	int64_t service; /* entity */
	char *hsds_id, *name, *organization, *phone, *city;
	char *assured;   /* "" never */
	char *languages; /* blank-separated, with blanks around */
	char *terms;     /* likewise */
	char *safety;
	bool stale, shut_down; /* temporarily closed */
	bool speaks;           /* the language that was asked for */
	enum directory_open open;
	int ratings_person, ratings_agency; /* how many */
	double mean_person, mean_agency;    /* 1 to 5; 0: none */
	int score;
};

#define DIRECTORY_RESULTS 200 /* shown of what is found */

struct directory_results {
	struct directory_found *rows; /* the best first */
	size_t count;
	size_t matching; /* more than count where too many were found */
	size_t stale;    /* left out as stale (query.fresh) */
	size_t listed;   /* services that were looked through */
};
void directory_results_done(struct directory_results *results);

MUST_CHECK enum fault directory_search(struct record *record,
				       const struct directory_query *query,
				       const struct directory_rules *rules,
				       struct directory_results *results);

/* --- one service, to be read -----------------------------------------------
 */

enum directory_part {
	DIRECTORY_NAME,
	DIRECTORY_ORGANIZATION,
	DIRECTORY_WHAT_FOR,
	DIRECTORY_WHO_FOR,
	DIRECTORY_ADDRESS,
	DIRECTORY_PHONE,
	DIRECTORY_HOURS,
	DIRECTORY_LANGUAGES, /* as their speakers call them */
	DIRECTORY_INTERPRETING,
	DIRECTORY_BRING,
	DIRECTORY_COST,
	DIRECTORY_APPLY,
	DIRECTORY_WAIT,
	DIRECTORY_ACCESS,
	DIRECTORY_ALERT,
	DIRECTORY_EMAIL,
	DIRECTORY_WEB,
	DIRECTORY_SAFETY,
	DIRECTORY_ASSURED,
	DIRECTORY_PARTS,
};
/* "what_for": its name in JSON, and of its label "directory.what_for". */
const char *directory_part_word(enum directory_part part);

struct directory_card {
	char *parts[DIRECTORY_PARTS]; /* "" where the package says nothing */
	char *terms;                  /* blank-separated, blanks around */
	bool free;                    /* costs nothing */
	bool walk_in, women_only, stale;
	enum directory_open open;
	/* What people sent there and the agency itself said, a line each. */
	char *said;
};
void directory_card_done(struct directory_card *card);

/* With weekdays in a language. DIRECTORY_UNKNOWN: no such service, or gone. */
MUST_CHECK enum fault
directory_card_read(struct record *record, int64_t service,
		    const struct directory_rules *rules, const char *language,
		    enum directory_answer *answer, struct directory_card *out);
