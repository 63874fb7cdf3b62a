#include "office/pack.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/spreadsheet.h"
#include "office/desk.h"
#include "office/line.h"

#define BEGIN "foyer-" /* as the desk's prints begin, too */

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

/* "waits-2026-10-fr"; the caller frees it. */
static char *name_of(const struct pack *pack, const char *report)
{
	return period_file(pack->about->period, report,
			   catalogue_language(pack->about->wording->words));
}

/* Where one is put: a folder has it by its name. NULL: nowhere was said. */
static char *path_of(const struct pack *pack, const char *report,
		     const char *ending, const char *output)
{
	SCOPED(char_freep) char *name = name_of(pack, report);

	if (!output)
		return NULL;
	return folder_exists(output)
		   ? xasprintf("%s/" BEGIN "%s%s", output, name, ending)
		   : xstrdup(output);
}

static void print_path(const char *path)
{
	line_print(json_pack("{s:s}", "file", path));
}

static enum fault put_text(const struct pack *pack, enum pack_format format,
			   const char *output)
{
	SCOPED(char_freep)
	char *path = path_of(pack, pack->name,
			     format == PACK_CSV ? ".csv" : ".json", output);
	struct bytes bytes = { 0 };
	enum fault fault = FAULT_NONE;

	if (format == PACK_CSV)
		spreadsheet_begin(&bytes);
	for (size_t i = 0; i < pack->count; i++)
		(format == PACK_CSV ? report_csv : report_json)(
		    &pack->reports[i], pack->about, &bytes);
	if (path)
		fault = file_write(path, bytes.data, bytes.length, 0600);
	else
		fwrite(bytes.data, 1, bytes.length, stdout);
	if (!fault && path && strcmp(path, output) != 0)
		print_path(path);
	bytes_done(&bytes);
	return fault;
}

static enum fault put_workbook(const struct home *home, const struct pack *pack,
			       const char *output)
{
	const char *exports = home_folder(home, HOME_EXPORTS);
	enum fault fault = output ? FAULT_NONE : folder_make(exports);
	SCOPED(char_freep)
	char *path =
	    path_of(pack, pack->name, ".xlsx", output ? output : exports);

	if (!fault)
		fault = report_workbook(pack->reports, pack->count, pack->about,
					path);
	if (!fault)
		print_path(path);
	return fault;
}

static enum fault put_page(const struct printed *printed,
			   const struct pack *pack,
			   const struct reported *reported, const char *output)
{
	const char *report = reported->report->name;
	SCOPED(char_freep) char *name = name_of(pack, report);
	SCOPED(char_freep) char *path = path_of(pack, report, ".pdf", output);
	SCOPED(page_freep)
	struct page *page = report_page(reported, pack->about, &printed->about);

	return printed_put(printed, page, name, path);
}

static enum fault put_pages(const struct printed *printed,
			    const struct pack *pack, const char *output)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < pack->count; i++)
		fault = put_page(printed, pack, &pack->reports[i], output);
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
