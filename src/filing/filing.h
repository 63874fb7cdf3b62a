#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/home.h"
#include "record/record.h"
#include "record/visit.h"
#include "text/catalogue.h"
#include "ticket/wire.h"

/*
 * From the digits of a scan to a visit in the record: the desk's own path,
 * without a screen. It holds what that takes: the enrolled kiosks, the forms
 * of every version, and, while unlocked, the agency's secret keys.
 */
struct filing;

/*
 * home and record outlive it. Starts locked. Forms that lie in the home's
 * HOME_FORMS are kept there by digest, every version, so that a ticket of last
 * week's form still reads. The caller frees *out with filing_free().
 * FAULT_SYSTEM, FAULT_FORMAT: settings or folders cannot be read. FAULT_STORE:
 * the record refused. Where that is away (record_open_away()) it goes by what
 * the home remembers; FAULT_STORE: nothing.
 */
MUST_CHECK enum fault filing_open(const struct home *home,
				  struct record *record, struct filing **out);
void filing_free(struct filing *filing); /* NULL is fine; wipes the keys */
DEFINE_SCOPED(struct filing, filing_free)

/*
 * What is gone by while the record is away is remembered in the home: the
 * kiosks, and whether users sign in. A record in a file never is away, and
 * nothing is written. FAULT_STORE: the record refused. FAULT_SYSTEM: it cannot
 * be written, and the next time it is tried again.
 */
MUST_CHECK enum fault filing_remember(struct filing *filing, bool signs_in);
/* Whether users signed in, as it was remembered. */
bool filing_remembers_sign_in(const struct filing *filing);

/*
 * Opens the agency's secret keys with the passphrase of a shift, blanks around
 * and between its words as they may be; takes a second or more. Then file what
 * was kept aside with filing_retry(). FAULT_SYSTEM: the folder cannot be read,
 * or there is too little memory to check; the log says which.
 */
enum filing_unlock {
	FILING_UNLOCKED,
	FILING_WRONG_PASSPHRASE,
	FILING_NO_KEY,      /* no key file in the home: `foyer key new` */
	FILING_KEY_DAMAGED, /* none of them can be read: use a copy */
};
MUST_CHECK enum fault filing_unlock(struct filing *filing,
				    const char *passphrase,
				    enum filing_unlock *answer);
void filing_lock(struct filing *filing); /* wipes the keys */
bool filing_locked(const struct filing *filing);

/* What became of a scan. */
enum filing_status {
	FILING_FILED,
	FILING_ALREADY_FILED,
	FILING_CLONE_ALARM,
	FILING_UNKNOWN_FORM,
	FILING_UNKNOWN_KIOSK,
	FILING_REVOKED,
	FILING_NOT_GENUINE,
	FILING_OTHER_AGENCY,
	FILING_UNREADABLE,
	FILING_INCOMPLETE,
	FILING_NOT_A_TICKET,
	FILING_TEST,
	FILING_LOCKED,
	FILING_STATUS_COUNT,
};
const char *filing_status_word(enum filing_status status); /* "filed" */

/* One answered question, in the words of a staff language. */
struct filing_answer {
	char *name;  /* the node's: "HOU1" */
	char *field; /* of the record, that it is saved to; "" if none */
	char *label; /* its question */
	char *value; /* choices by their labels, joined by ", " */
	char *raw;   /* the stored value */
	bool hidden; /* appearance `private`: shown to staff, never aloud */
};

/* A reason for the level: a staff note that the answers made relevant. */
struct filing_reason {
	char *rule;
	char *reason[VISIT_LANGUAGES];
};

struct filing_content;
struct run; /* form/run.h */

/* What a scan held. Which parts are set depends on status; unset is 0. */
struct filing_ticket {
	enum filing_status status;
	bool kept_aside; /* the sealed wire is in the record */

	/* A paper form that was typed in; NULL: a ticket. Its own. */
	struct visit_paper *paper;

	/* incomplete */
	size_t digits, digits_due; /* due is 0 where nobody can tell */
	/* from unknown-kiosk on: the ids that travel in the clear, big-endian
	 */
	uint16_t kiosk_id, agency_id;
	uint32_t seq;
	/* from not-genuine on */
	char *number; /* "K7-0412" */
	uint8_t kiosk_key[32], wire_hash[32];
	/* unknown-form */
	uint8_t form[8];
	bool unknown_format; /* a newer Foyer made it: update */

	/* filed, already-filed, clone-alarm: the visit it is or collides with
	 */
	int64_t visit;
	char *filed_at, *filed_by; /* already-filed, clone-alarm */

	bool too_late; /* filed: its day was over, so nothing of its answers */

	/* filed, already-filed and test, as long as the answers exist */
	int64_t issued; /* ms; 0 if the kiosk's clock was not trusted */
	bool old;       /* issued 30 days or more off this clock: only warns */
	bool more_to_tell, quiet;
	enum visit_level level;
	enum visit_keep keep;
	char *language, *tags;
	char *blank; /* names of what is required and has no answer */
	struct filing_reason *reasons;
	size_t reason_count;
	char zone[VISIT_ZONE_LIMIT + 1]; /* of the kiosk */
	struct wire wire;                /* as scanned, sealed */
	struct filing_content *content;  /* the answers; see filing_answers() */
};
void filing_ticket_done(struct filing_ticket *ticket); /* wipes */

/* The answers go, wiped; what else is known of it stays. */
void filing_ticket_close(struct filing_ticket *ticket);

/*
 * TICKET.md §2.3 from the frame on: digits of the scanner, verified, opened,
 * read and looked up; nothing is filed. A ticket that is genuine and cannot be
 * filed yet is kept aside. status is FILING_FILED for one that filing_file()
 * would file. The caller releases *out with filing_ticket_done().
 * FAULT_STORE: the record refused (record_trouble() says why); the paper still
 * holds everything: scan again.
 */
MUST_CHECK enum fault filing_read(struct filing *filing, const char *digits,
				  const struct record_who *who, int64_t now,
				  struct filing_ticket *out);

/* Files what filing_read() gave with FILING_FILED; sets status and visit. */
MUST_CHECK enum fault filing_file(struct filing *filing,
				  const struct record_who *who, int64_t now,
				  struct filing_ticket *ticket);

/* Both, for a desk and for `foyer record file`. */
MUST_CHECK enum fault filing_scan(struct filing *filing, const char *digits,
				  const struct record_who *who, int64_t now,
				  struct filing_ticket *out);

/* Keeps the wire of an unknown kiosk's ticket aside, when staff want it. */
MUST_CHECK enum fault filing_keep_aside(struct filing *filing,
					const struct record_who *who,
					int64_t now,
					struct filing_ticket *ticket);

/*
 * Tries again every ticket that is aside for want of a form, a kiosk, a key or
 * a passphrase: after an unlock, an enrolment, an import. filed counts those
 * that are visits now; NULL is fine.
 */
MUST_CHECK enum fault filing_retry(struct filing *filing,
				   const struct record_who *who, int64_t now,
				   size_t *filed);

/*
 * Takes a form's XML file in, with the attachments that lie beside it in
 * NAME-media/, so that its tickets can be read.
 * FAULT_FORMAT: not a form this Foyer runs; the log says why.
 */
MUST_CHECK enum fault filing_import_form(struct filing *filing,
					 const char *path);

/*
 * What staff are told, in the catalogue's language (translations/desk.*.po,
 * keys "filing.*"). The caller frees it.
 */
char *filing_message(const struct filing_ticket *ticket,
		     const struct catalogue *catalogue);
/* The same for a FAULT_STORE: the disk is full, another program is busy. */
char *filing_trouble_message(enum record_trouble trouble,
			     const struct catalogue *catalogue);

/*
 * A birthday as it was given and as the Gregorian days it may be, from what a
 * form saves as birth_date, birth_year or birth_age_group, and birth_calendar,
 * birth_earliest and birth_latest.
 */
enum filing_precision {
	FILING_NO_BIRTH,
	FILING_DAY,
	FILING_YEAR,
	FILING_AGE_GROUP,
};
const char *filing_precision_word(enum filing_precision precision);

struct filing_birth {
	enum filing_precision precision; /* FILING_NO_BIRTH: the rest is NULL */
	char *value;    /* as on the ticket: the Gregorian day, else a year of
			   the calendar, or the code of an age group */
	char *calendar; /* a name of text/calendar.h; "" for an age group */
	char *earliest, *latest; /* ISO 8601; "" where the form says neither */
	char *words; /* both ways: "15 Chaitra 2073, Bikram Sambat (Nepal) ·
			2017-03-28" */
};

/*
 * The answers in a staff language ("en", "fr"), whatever the newcomer's was,
 * in form order, unanswered ones left out.
 */
struct filing_answers {
	struct filing_answer *rows;
	size_t count;
	/* Label of what is saved to first_need, or of the only one saved to
	 * needs; "" if none. */
	char *first_need;
	char *name_latin,
	    *name_own; /* saved to latin_name, own_script_name; or "" */
	struct filing_birth birth; /* its words are also its row's value */
};
void filing_answers_done(struct filing_answers *answers); /* wipes */

/*
 * The person's own first need in a staff language, for the minimum card beside
 * the queue: from the fields in the record, so no answer is opened and no view
 * audited. The caller frees *need, "" where none is known: not asked, erased,
 * or its form is not here. Where one need was named, it is the first.
 */
MUST_CHECK enum fault filing_first_need(struct filing *filing, int64_t visit,
					const char *language, char **need);

/* Of a ticket just read. The caller releases *out. */
MUST_CHECK enum fault filing_ticket_answers(const struct filing_ticket *ticket,
					    const char *language,
					    struct filing_answers *out);

/* The submission of a ticket just read, ODK XML; NULL if no form was used. */
const struct bytes *filing_submission(const struct filing_ticket *ticket);

/* Its run, for whoever counts screens; NULL if no form was used. */
struct run *filing_run(const struct filing_ticket *ticket);

/*
 * Of a visit in the record; opening them is audited as a view. *found is
 * VISIT_NOT_THERE for an erased one, and for one whose form is not here any
 * more (the log says which).
 */
MUST_CHECK enum fault filing_visit_answers(struct filing *filing, int64_t visit,
					   const char *language,
					   const struct record_who *who,
					   int64_t now, enum visit_found *found,
					   struct filing_answers *out);
