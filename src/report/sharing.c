#include "report/sites.h"

#include <stdlib.h>

#include "base/file.h"
#include "seal/box.h"
#include "text/rows.h"

#define SITES_BYTES (1u << 20)

/* --- a site's own ---------------------------------------------------------
 */

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

enum fault sites_share(const struct wording *wording,
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

/* --- several sites' -------------------------------------------------------
 */

enum fault sites_read(const char *path, struct findings *findings,
		      struct statistics *out)
{
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, STATISTICS_BYTES, &bytes);

	if (!fault)
		fault = statistics_read(path, bytes.data, bytes.length,
					findings, out);
	bytes_done(&bytes);
	return fault;
}

/* A row a site that is awaited: its name and its key. */
static enum fault await_rows(const char *path, const struct rows *rows,
			     struct findings *findings, struct merge *merge)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < rows->count; i++) {
		const struct finding_place place = { .file = path,
						     .row = ROWS_SHEET_ROW(i) };
		const char *site = rows_cell(rows, i, "site");
		uint8_t key[KEY_BYTES];
		size_t used = 0;

		if (*site &&
		    box_from_base64(rows_cell(rows, i, "key"), key, sizeof key,
				    &used) &&
		    used == sizeof key && merge_await(merge, site, key))
			continue;
		findings_add(findings, FINDING_ERROR, place,
			     "site and key are needed, as `foyer statistics "
			     "key` prints them there, and each once");
		fault = FAULT_FORMAT;
	}
	return fault;
}

enum fault sites_await(const char *path, struct findings *findings,
		       struct merge *merge)
{
	SCOPED(rows_done) struct rows rows = { 0 };
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, SITES_BYTES, &bytes);

	if (!fault && !(fault = rows_read(path, bytes.data, bytes.length,
					  findings, &rows)))
		fault = await_rows(path, &rows, findings, merge);
	bytes_done(&bytes);
	return fault;
}
