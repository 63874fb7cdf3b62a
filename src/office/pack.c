#include "office/pack.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/spreadsheet.h"
#include "office/desk.h"
#include "office/line.h"

bool pack_format_of(const char *word, enum pack_format *out)
{
	static const char *const words[] = {
		[PACK_JSON] = "json",
		[PACK_CSV] = "csv",
		[PACK_XLSX] = "xlsx",
		[PACK_PDF] = "pdf",
	};

	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(words[i], word) == 0) {
			*out = (enum pack_format)i;
			return true;
		}
	}
	return false;
}

const char *pack_period(const char *from, const char *to, struct period *period)
{
	switch (period_read(from, to, desk_now(), period)) {
	case PERIOD_FIRST_WRONG:
		return "--from takes a day such as 2026-11-01, a month "
		       "(2026-11) or a year (2026)";
	case PERIOD_LAST_WRONG:
		return "--to takes a day such as 2026-11-30, a month (2026-11) "
		       "or a year (2026)";
	case PERIOD_BACKWARDS:
		return "--from is later than --to, or than today; turn them "
		       "round";
	default:
		return NULL;
	}
}

static enum fault put_text(const struct pack *pack, enum pack_format format,
			   const char *output)
{
	struct bytes bytes = { 0 };
	enum fault fault = FAULT_NONE;

	if (format == PACK_CSV)
		spreadsheet_begin(&bytes);
	for (size_t i = 0; i < pack->count; i++)
		(format == PACK_CSV ? report_csv : report_json)(
		    &pack->reports[i], pack->about, &bytes);
	if (output)
		fault = file_write(output, bytes.data, bytes.length, 0600);
	else
		fwrite(bytes.data, 1, bytes.length, stdout);
	bytes_done(&bytes);
	return fault;
}

static enum fault put_workbook(const struct home *home, const struct pack *pack,
			       const char *output)
{
	const struct period *period = pack->about->period;
	SCOPED(char_freep)
	char *name = xasprintf("foyer-%s_%s_%s.xlsx", pack->name, period->first,
			       period->last);
	SCOPED(char_freep) char *path = home_path(home, HOME_EXPORTS, name);
	enum fault fault = FAULT_NONE;

	if (!output)
		fault = folder_make(home_folder(home, HOME_EXPORTS));
	if (!fault)
		fault = report_workbook(pack->reports, pack->count, pack->about,
					output ? output : path);
	if (!fault)
		line_print(json_pack("{s:s}", "file", output ? output : path));
	return fault;
}

static enum fault put_pages(const struct printed *printed,
			    const struct pack *pack, const char *output)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < pack->count; i++) {
		const struct reported *reported = &pack->reports[i];
		SCOPED(page_freep)
		struct page *page =
		    report_page(reported, pack->about, &printed->about);

		fault =
		    printed_put(printed, page, reported->report->name, output);
	}
	return fault;
}

enum fault pack_put(const struct home *home, const struct printed *printed,
		    const struct pack *pack, enum pack_format format,
		    const char *output)
{
	switch (format) {
	case PACK_XLSX:
		return put_workbook(home, pack, output);
	case PACK_PDF:
		return put_pages(printed, pack, output);
	default:
		return put_text(pack, format, output);
	}
}
