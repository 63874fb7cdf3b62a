#include "record/directory_hours.h"

#include <stdlib.h>
#include <string.h>

#include "record/directory_inside.h"
#include "record/opening.h"
#include "text/weekdays.h"

static struct opening opening_of(const json_t *row)
{
	return (struct opening){
		.valid_from = directory_cell(row, "valid_from"),
		.valid_to = directory_cell(row, "valid_to"),
		.dtstart = directory_cell(row, "dtstart"),
		.until = directory_cell(row, "until"),
		.freq = directory_cell(row, "freq"),
		.wkst = directory_cell(row, "wkst"),
		.byday = directory_cell(row, "byday"),
		.byweekno = directory_cell(row, "byweekno"),
		.bymonthday = directory_cell(row, "bymonthday"),
		.byyearday = directory_cell(row, "byyearday"),
		.opens_at = directory_cell(row, "opens_at"),
		.closes_at = directory_cell(row, "closes_at"),
		.timezone = directory_cell(row, "timezone"),
		.interval = directory_cell(row, "interval"),
		.count = directory_cell(row, "count"),
	};
}

static void look(const json_t *row, const struct directory_rules *rules,
		 enum directory_open *open)
{
	json_t *schedule;
	size_t i;

	json_array_foreach(json_object_get(row, "schedule"), i, schedule)
	{
		const struct opening opening = opening_of(schedule);

		if (!opening_is_clear(&opening))
			continue;
		if (opening_at(&opening, rules->now, rules->zone))
			*open = DIRECTORY_OPEN;
		else if (*open == DIRECTORY_HOURS_UNKNOWN)
			*open = DIRECTORY_SHUT;
	}
}

/* A service's own hours count before those of the house it is in. */
enum directory_open directory_open(const json_t *service,
				   const struct directory_rules *rules)
{
	enum directory_open open = DIRECTORY_HOURS_UNKNOWN;
	json_t *at;
	size_t i;

	look(service, rules, &open);
	json_array_foreach(json_object_get(service, "service_at_location"), i,
			   at)
	{
		look(at, rules, &open);
	}
	if (open != DIRECTORY_HOURS_UNKNOWN)
		return open;
	json_array_foreach(json_object_get(service, "service_at_location"), i,
			   at)
	{
		look(json_object_get(at, "location"), rules, &open);
	}
	return open;
}

/* --- in words --------------------------------------------------------------
 */

/* "09:00"; the caller frees it. */
static char *clock_of(const char *time)
{
	const int minute = opening_minute(time);

	return xasprintf("%02d:%02d", minute / 60, minute % 60);
}

static bool is_over(const struct opening *opening,
		    const struct directory_rules *rules)
{
	char today[11];

	directory_today(rules, today);
	return (*opening->valid_to && strcmp(opening->valid_to, today) < 0) ||
	       (*opening->until && strcmp(opening->until, today) < 0);
}

/* Days of every week, or of a month, from an hour on; others have only what
 * their description says. */
static bool is_plain(const struct opening *opening)
{
	return opening_minute(opening->opens_at) >= 0 && *opening->byday &&
	       !*opening->byweekno && strtol(opening->interval, NULL, 10) <= 1;
}

void directory_hours(const json_t *schedule,
		     const struct directory_rules *rules, const char *language,
		     struct bytes *out)
{
	const struct opening opening = opening_of(schedule);

	if (is_over(&opening, rules))
		return;
	if (!is_plain(&opening)) {
		bytes_add_text(out, directory_cell(schedule, "description"));
		return;
	}
	SCOPED(char_freep) char *opens = clock_of(opening.opens_at);

	weekdays_say(opening.byday, language, out);
	bytes_add_format(out, " %s", opens);
	if (opening_minute(opening.closes_at) >= 0) {
		SCOPED(char_freep) char *closes = clock_of(opening.closes_at);

		bytes_add_format(out, "-%s", closes);
	}
}

json_t *directory_hours_of(const json_t *schedule,
			   const struct directory_rules *rules)
{
	const struct opening opening = opening_of(schedule);
	const char *text = directory_cell(schedule, "description");
	SCOPED(char_freep) char *opens = NULL;
	json_t *hours;

	if (is_over(&opening, rules))
		return NULL;
	if (!is_plain(&opening) || !weekdays_are(opening.byday))
		return *text
			   ? json_pack("{s{ss}}", "text", rules->language, text)
			   : NULL;
	opens = clock_of(opening.opens_at);
	hours = json_pack("{ss ss}", "days", opening.byday, "opens", opens);
	if (opening_minute(opening.closes_at) >= 0) {
		SCOPED(char_freep) char *closes = clock_of(opening.closes_at);

		json_object_set_new(hours, "closes", json_string(closes));
	}
	return hours;
}
