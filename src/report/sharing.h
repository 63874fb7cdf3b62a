#pragma once

#include "report/shared.h"
#include "report/statistics.h"

/*
 * A site's own file of what it shares (report/statistics.h): every table of
 * every report that may be shared, a report at a time, for programs that have
 * other things to do meanwhile. Zeros are none of them; the caller releases it
 * with sharing_done().
 */
struct sharing {
	struct reported *reports; /* those that may be shared */
	size_t count;
	enum shared_answer answer; /* of the last */
};

/* index is below report_count(). After SHARED_TOO_FEW nothing is read. Faults
 * are shared_read()'s. */
MUST_CHECK enum fault sharing_add(struct sharing *sharing, size_t index,
				  const struct wording *wording,
				  const struct period *period,
				  const struct kiosk_key *key);

/* Adds the signed file to out where the answer is SHARED_MADE. */
enum shared_answer sharing_write(const struct sharing *sharing,
				 const char *site, const struct period *period,
				 const struct kiosk_key *key,
				 struct bytes *out);
void sharing_done(struct sharing *sharing);

/* All of them at once. */
MUST_CHECK enum fault sharing_all(const struct wording *wording,
				  const struct period *period,
				  const struct kiosk_key *key, const char *site,
				  enum shared_answer *answer,
				  struct bytes *out);
