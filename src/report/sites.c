#include "report/sites.h"

#include <stdlib.h>

#include "base/file.h"
#include "seal/box.h"
#include "text/rows.h"

#define SITES_BYTES (1u << 20)

/* --- a site's own ---------------------------------------------------------
 */

enum fault sites_share(const struct wording *wording,
		       const struct period *period, const struct kiosk_key *key,
		       const char *site, enum shared_answer *answer,
		       struct bytes *out)
{
	struct reported *shared = xcalloc(report_count(), sizeof *shared);
	enum fault fault = FAULT_NONE;
	size_t count = 0;

	*answer = SHARED_NOTHING;
	for (size_t i = 0;
	     !fault && *answer != SHARED_TOO_FEW && i < report_count(); i++) {
		fault =
		    shared_read(wording, report_at(i), period,
				kiosk_key_seed(key), answer, &shared[count]);
		count += !fault && *answer == SHARED_MADE;
	}
	if (!fault && count) {
		*answer = SHARED_MADE;
		statistics_write(shared, count, site, period, key, out);
	}
	for (size_t i = 0; i < count; i++)
		reported_done(&shared[i]);
	free(shared);
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
