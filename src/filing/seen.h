#pragma once

#include "base/bytes.h"
#include "base/home.h"
#include "filing/makers.h"

/*
 * Inside the room: what a home remembers of a record on a server, in SEEN_FILE
 * of its HOME_RECORD, so that scans are told apart and people let in while that
 * cannot be reached: which record that is, which kiosks there are, and whether
 * users sign in. None of it is secret, and the record decides once it is back.
 */
#define SEEN_FILE "seen.ini"

struct seen {
	bool signs_in;
	struct bytes written; /* what is in the file; nothing: unknown */
};

/* record is the record_place() of the one that is away. FAULT_STORE: nothing is
 * remembered of it; the log says so. */
MUST_CHECK enum fault seen_read(const struct home *home, const char *record,
				struct seen *seen, struct makers *makers);

/* Writes it down where it is not what is there. */
MUST_CHECK enum fault seen_write(const struct home *home, const char *record,
				 struct seen *seen,
				 const struct makers *makers);
