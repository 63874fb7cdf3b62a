#include "report/sharing.h"

#include <stdlib.h>

enum fault sharing_add(struct sharing *sharing, size_t index,
		       const struct wording *wording,
		       const struct period *period, const struct kiosk_key *key)
{
	const bool first = !index;
	enum fault fault;

	if (!first && sharing->answer == SHARED_TOO_FEW)
		return FAULT_NONE;
	sharing->reports = xreallocarray(sharing->reports, sharing->count + 1,
					 sizeof *sharing->reports);
	fault =
	    shared_read(wording, report_at(index), period, kiosk_key_seed(key),
			&sharing->answer, &sharing->reports[sharing->count]);
	sharing->count += !fault && sharing->answer == SHARED_MADE;
	return fault;
}

enum shared_answer sharing_write(const struct sharing *sharing,
				 const char *site, const struct period *period,
				 const struct kiosk_key *key, struct bytes *out)
{
	if (sharing->answer == SHARED_TOO_FEW)
		return SHARED_TOO_FEW;
	if (!sharing->count)
		return SHARED_NOTHING;
	statistics_write(sharing->reports, sharing->count, site, period, key,
			 out);
	return SHARED_MADE;
}

void sharing_done(struct sharing *sharing)
{
	while (sharing->count)
		reported_done(&sharing->reports[--sharing->count]);
	free(sharing->reports);
	sharing->reports = NULL;
}

enum fault sharing_all(const struct wording *wording,
		       const struct period *period, const struct kiosk_key *key,
		       const char *site, enum shared_answer *answer,
		       struct bytes *out)
{
	SCOPED(sharing_done) struct sharing sharing = { 0 };
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < report_count(); i++)
		fault = sharing_add(&sharing, i, wording, period, key);
	if (!fault)
		*answer = sharing_write(&sharing, site, period, key, out);
	return fault;
}
