#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/day.h"
#include "desk/listing.h"
#include "desk/value.h"
#include "text/fold.h"
#include "text/search.h"

#define DAY_MS (24 * 60 * 60 * INT64_C(1000))

struct row {
	int64_t id, since;
	char **values; /* as the record has them, and, once they were asked
			  for, in the staff's words */
	char **shown;
	char *folded; /* all of them, for what is typed; NULL: not yet */
};

struct listed {
	struct desk *desk;
	const struct listing *listing;
	size_t width;
	struct row *rows;
	size_t count;
};

bool listing_is_for(const struct desk *desk, const struct listing *listing)
{
	unsigned roles = desk->staff.who.roles;

	return !roles || !listing->read || listing->read & roles;
}

char *listing_title(const struct desk *desk, const struct listing *listing)
{
	SCOPED(char_freep) char *key = xasprintf("list.%s", listing->name);

	return desk_word(desk, key);
}

char *listing_heading(const struct desk *desk, const struct listing *listing,
		      size_t column)
{
	SCOPED(char_freep)
	char *key = xasprintf("list.%s.%s", listing->name,
			      listing->columns[column].name);

	return desk_word(desk, key);
}

static bool take(void *to, const struct listing_row *row)
{
	struct listed *listed = to;
	struct row *taken;

	if (listed->count == LISTED_MOST)
		return false;
	if ((listed->count & (listed->count - 1)) == 0)
		listed->rows = xreallocarray(
		    listed->rows, listed->count ? 2 * listed->count : 1,
		    sizeof *listed->rows);
	taken = &listed->rows[listed->count++];
	*taken = (struct row){
		.id = row->id,
		.since = row->since,
		.values = xcalloc(listed->width + 1, sizeof *taken->values),
		.shown = xcalloc(listed->width + 1, sizeof *taken->shown),
	};
	for (size_t i = 0; i < listed->width; i++)
		taken->values[i] =
		    row->values[i] ? xstrdup(row->values[i]) : NULL;
	return true;
}

enum fault listed_read(struct desk *desk, const struct listing *listing,
		       struct listed **out)
{
	SCOPED(listed_freep) struct listed *listed = xcalloc(1, sizeof *listed);
	char today[DAY_BYTES];
	const struct listing_day day = { desk->clock.now, today };
	enum fault fault;

	day_of(desk->clock.now, today);
	listed->desk = desk;
	listed->listing = listing;
	listed->width = listing_width(listing);
	if ((fault = listing_each(desk->record, listing, &day, &desk->staff.who,
				  take, listed)))
		return fault;
	*out = listed;
	listed = NULL;
	return FAULT_NONE;
}

void listed_free(struct listed *listed)
{
	if (!listed)
		return;
	for (size_t i = 0; i < listed->count; i++) {
		for (size_t j = 0; j < listed->width; j++) {
			char_wipe(listed->rows[i].values[j]);
			char_wipe(listed->rows[i].shown[j]);
		}
		free(listed->rows[i].values);
		free(listed->rows[i].shown);
		char_wipe(listed->rows[i].folded);
	}
	free(listed->rows);
	free(listed);
}

size_t listed_count(const struct listed *listed)
{
	return listed->count;
}

int64_t listed_id(const struct listed *listed, size_t row)
{
	return listed->rows[row].id;
}

int64_t listed_oldest(const struct listed *listed)
{
	int64_t oldest = 0;

	for (size_t i = 0; i < listed->count; i++) {
		int64_t since = listed->rows[i].since;

		if (since && (!oldest || since < oldest))
			oldest = since;
	}
	return oldest;
}

static char *shown(const struct listed *listed, const struct row *row,
		   size_t column)
{
	const struct kind *kind;
	const struct field *field = listing_field(
	    listed->listing, column, (const char *const *)row->values, &kind);

	return value_shown(listed->desk, kind, field, row->values[column]);
}

const char *listed_cell(struct listed *listed, size_t row, size_t column)
{
	char **cell = &listed->rows[row].shown[column];

	if (!*cell)
		*cell = shown(listed, &listed->rows[row], column);
	return *cell;
}

bool listed_known(const struct listed *listed, size_t row, size_t column)
{
	return listed->rows[row].values[column] != NULL;
}

bool listed_fits(struct listed *listed, size_t row, const char *typed)
{
	struct row *of = &listed->rows[row];
	struct bytes all = { 0 };

	if (!of->folded) {
		bytes_add_text(&all, "");
		for (size_t i = 0; i < listed->width; i++)
			bytes_add_format(&all, "%s ",
					 listed_cell(listed, row, i));
		of->folded = fold_words((char *)all.data);
		bytes_wipe(&all);
	}
	return search_fits(of->folded, typed);
}

/* "40 days": by days, from one on; hours and minutes before. */
static char *age(const struct desk *desk, int64_t since)
{
	int64_t age = desk->clock.now - since;
	const struct catalogue_argument days = {
		.name = "count",
		.number = (double)(age / DAY_MS),
	};

	return age < DAY_MS ? desk_span(desk, age > 0 ? age : 0)
			    : desk_words(desk, "desk.days", &days, 1);
}

char *listed_words(const struct desk *desk, const struct listed *listed)
{
	const struct catalogue_argument count = {
		.name = "count",
		.number = (double)listed->count,
	};
	int64_t since = listed_oldest(listed);
	SCOPED(char_freep)
	char *rows = desk_words(
	    desk, listed->count == LISTED_MOST ? "desk.rows_most" : "desk.rows",
	    &count, 1);
	SCOPED(char_freep) char *old = since ? age(desk, since) : NULL;
	const struct catalogue_argument span = { .name = "age", .text = old };
	SCOPED(char_freep) char *oldest = NULL;

	if (!since)
		return xstrdup(rows);
	oldest = desk_words(desk, "desk.oldest", &span, 1);
	return xasprintf("%s · %s", rows, oldest);
}
