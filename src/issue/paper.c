#include "issue/paper.h"

#include <stdlib.h>
#include <time.h>

#include "text/zone.h"
#include "ticket/symbol.h"

#define DATE_BYTES 32

/* The day as ISO 8601 writes it, which every reader of Latin digits knows. */
static void date_text(const struct lobby *lobby, const struct issued *issued,
		      char text[DATE_BYTES])
{
	int64_t utc = issued->minutes * 60 * 1000;
	time_t local = (utc + zone_offset(lobby->zone, utc)) / 1000;
	struct tm day;

	text[0] = 0;
	if (issued->minutes >= 0 && gmtime_r(&local, &day))
		strftime(text, DATE_BYTES, "%Y-%m-%d", &day);
}

enum fault issue_paper(const struct lobby *lobby, const struct issued *issued,
		       const struct paper_line *extra, int width,
		       struct picture **out)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	char date[DATE_BYTES];
	struct paper paper = {
		.agency = lobby->agency,
		.number = issued->number,
		.date = date,
		.desk = lobby->desk,
		.helpline = lobby->helpline,
		.extra = lobby->prints_language ? extra : NULL,
	};
	uint8_t *modules;
	enum fault fault;

	if ((fault = symbol_for_width((const char *)issued->digits.data, width,
				      &symbol)))
		return fault;
	date_text(lobby, issued, date);
	modules = symbol_plain(symbol);
	paper.symbol = (struct paper_symbol){
		.modules = modules,
		.side = symbol_size(symbol),
		.dots = symbol_dots(symbol),
	};
	fault = paper_draw(&paper, width, out);
	free(modules);
	return fault;
}
