#pragma once

#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"

/*
 * Everything that the record holds, as one JSON document, for an agency that
 * leaves Foyer. It is written as it is read, a row a line, so that a large
 * record takes no more memory than a small one:
 *
 *	{"foyer_export": 1, "made": "2026-11-23T…Z", "by": "Sam",
 *	 "forms": […],
 *	 "described": {"goal": {"id": "number", "state": "text",
 *	               "person": "link person", "due": "day", …}, …},
 *	 "left_out": {"sign_in": "how users sign in: secrets", …},
 *	 "tables": {"goal": [{"id": 1, …}, …], …},
 *	 "rows": {"goal": 12, …},
 *	 "damaged": {"bytes": 0, "sealed": 0}}
 *
 * Each row has every column of its table, null where nothing is known. What
 * was removed is there, too, with "gone": 1. "described" says what a column
 * holds:
 *
 *	number, text, day    "2026-11-22"; also "2026-11" and "2026"
 *	yes                  1 or 0
 *	money                cents
 *	instant              milliseconds since 1970 UTC
 *	moment               RFC 3339 text
 *	bytes                base64
 *	json                 JSON, as text
 *	code A B             one of these words; codes A B: several, with blanks
 *	link KIND            the id of a row of that table
 *	about                a field of a kind, "goal.words"
 *
 * A damaged text hinders no other. It stands there as an object of one member,
 * base64: {"foyer_bytes": …} is what lies there and is no UTF-8,
 * {"foyer_sealed": …} what was sealed and cannot be opened. "damaged" at the
 * end counts both.
 *
 * Passphrases, their hashes and everything that is made from other rows stay
 * out; "left_out" names each with the reason. Every table of the record is
 * either described or left out.
 */
typedef enum fault export_write(void *to, const void *bytes, size_t length);

enum export_damage {
	EXPORT_BYTES,  /* a text that is no UTF-8 */
	EXPORT_SEALED, /* one that cannot be opened */
	EXPORT_DAMAGES,
};

/* Where a damaged text stands; rows count from 1. Valid while it is told. */
struct export_place {
	enum export_damage damage;
	const char *table, *column;
	int64_t row;
	const char *first; /* the row's first column, where that is a number, */
	int64_t id;        /* and its value; or NULL */
};
typedef void export_tell(void *to, const struct export_place *place);

struct export_wish {
	const char *forms; /* JSON: what "forms" holds */
	export_write *write;
	export_tell *damaged; /* hears of each damaged text */
	void *to;             /* of both */
};

struct export_told {
	int64_t rows, people, visits, guarded; /* restricted or safety notes */
	int64_t damaged[EXPORT_DAMAGES];       /* texts */
};

enum export_answer {
	EXPORT_DONE,
	EXPORT_REFUSED,      /* not for these roles */
	EXPORT_NAMES_LOCKED, /* names lie apart and were not opened */
};

/*
 * Writes it, as the record is at one moment, while desks go on working. It is
 * in the audit before the first byte is written. For supervisors, and for
 * whoever holds the file itself. Faults are the record's, or write's.
 */
MUST_CHECK enum fault record_export(struct record *record,
				    const struct export_wish *wish,
				    const struct record_who *who, int64_t now,
				    enum export_answer *answer,
				    struct export_told *told);
