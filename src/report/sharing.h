#pragma once

#include "base/findings.h"
#include "report/merge.h"
#include "report/shared.h"

/*
 * What sites count together, for whoever asks for it at a desk or at the
 * command line: a site's own file, and the coordinator's list of sites with the
 * files that came in.
 */

/*
 * Adds this site's signed file to out: every table of every report that may be
 * shared. *answer as shared_read() has it; only SHARED_MADE adds anything.
 * Faults are shared_read()'s.
 */
MUST_CHECK enum fault sites_share(const struct wording *wording,
				  const struct period *period,
				  const struct kiosk_key *key, const char *site,
				  enum shared_answer *answer,
				  struct bytes *out);

/* The same a report at a time, for programs that have other things to do
 * meanwhile. Zeros are none of them; the caller releases it with
 * sharing_done(). */
struct sharing {
	struct reported *reports; /* those that may be shared */
	size_t count;
	enum shared_answer answer; /* of the last */
};
/* index is below report_count(). After SHARED_TOO_FEW nothing is read. */
MUST_CHECK enum fault sharing_add(struct sharing *sharing, size_t index,
				  const struct wording *wording,
				  const struct period *period,
				  const struct kiosk_key *key);
/* Of all of them; what sites_share() answers. */
enum shared_answer sharing_write(const struct sharing *sharing,
				 const char *site, const struct period *period,
				 const struct kiosk_key *key,
				 struct bytes *out);
void sharing_done(struct sharing *sharing);

/* Reads one site's file; the caller releases *out with statistics_done().
 * Faults are file_read()'s and statistics_read()'s. */
MUST_CHECK enum fault sites_read(const char *path, struct findings *findings,
				 struct statistics *out);

/* Awaits every site of a list: a CSV file with the columns site and key, as
 * `foyer statistics key` prints them there. FAULT_FORMAT: findings say
 * which row. */
MUST_CHECK enum fault sites_await(const char *path, struct findings *findings,
				  struct merge *merge);
