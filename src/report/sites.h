#pragma once

#include "base/findings.h"
#include "base/home.h"
#include "record/record.h"
#include "seal/key.h"

/*
 * The sites whose files a coordinator takes: the list sites.csv in the folder
 * statistics beside foyer.ini, with the columns site, key (base64) and
 * fingerprint. It alone says whose key is trusted. Nothing that comes with a
 * file adds to it: somebody does, who has compared the fingerprint with the
 * site.
 */
#define SITES_FOLDER "statistics"
#define SITES_LIST SITES_FOLDER "/sites.csv"
#define SITES_MOST 1000

struct sites_one {
	char *name;
	uint8_t key[KEY_BYTES];
};
struct sites {
	struct sites_one *all;
	size_t count;
};

/* An agency that has no list has no site. The caller releases *out with
 * sites_done(). FAULT_FORMAT, FAULT_LIMIT: the findings say which row, and the
 * mend. */
MUST_CHECK enum fault sites_read(const struct home *home,
				 struct findings *findings, struct sites *out);
void sites_done(struct sites *sites);

/* NULL: it is not on the list. */
const struct sites_one *sites_by_key(const struct sites *sites,
				     const uint8_t key[KEY_BYTES]);
const struct sites_one *sites_by_name(const struct sites *sites,
				      const char *name);

enum sites_answer {
	SITES_DONE,
	SITES_THERE,      /* the same site is on it already */
	SITES_NAME_TAKEN, /* another key has this name */
	SITES_KEY_TAKEN,  /* the key has another name */
	SITES_NONE,       /* to be removed, and not on it */
	SITES_FULL,       /* SITES_MOST are on it */
};

/*
 * Whether what somebody typed are the digits of key's fingerprint, however they
 * are parted: that is how whoever adds a site says that they compared it.
 */
bool sites_compared(const char *typed, const uint8_t key[KEY_BYTES]);

/*
 * Adds a site to the list in its file, or removes one, and is in the record's
 * audit. The file is read anew under the record's lock, so that nothing is lost
 * of what another desk did, and *sites becomes what it has then. Faults are
 * record_note_doing()'s, of reading and of writing.
 */
struct sites_doing {
	const struct home *home;
	struct record *record;
	const struct record_who *who;
	int64_t now;
};
MUST_CHECK enum fault sites_add(const struct sites_doing *doing,
				struct sites *sites, const char *name,
				const uint8_t key[KEY_BYTES],
				enum sites_answer *answer);
MUST_CHECK enum fault sites_remove(const struct sites_doing *doing,
				   struct sites *sites, const char *name,
				   enum sites_answer *answer);
