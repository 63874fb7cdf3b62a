#include "filing/birth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/calendar.h"

static const char *const fields[BIRTH_PARTS] = {
	[BIRTH_DATE] = "birth_date",
	[BIRTH_YEAR] = "birth_year",
	[BIRTH_AGE_GROUP] = "birth_age_group",
	[BIRTH_CALENDAR] = "birth_calendar",
	[BIRTH_EARLIEST] = "birth_earliest",
	[BIRTH_LATEST] = "birth_latest",
};

static const enum filing_precision precisions[] = {
	[BIRTH_DATE] = FILING_DAY,
	[BIRTH_YEAR] = FILING_YEAR,
	[BIRTH_AGE_GROUP] = FILING_AGE_GROUP,
};

const char *filing_precision_word(enum filing_precision precision)
{
	static const char *const words[] = {
		[FILING_NO_BIRTH] = "",
		[FILING_DAY] = "day",
		[FILING_YEAR] = "year",
		[FILING_AGE_GROUP] = "age-group",
	};

	return words[precision];
}

void birth_take(struct birth *birth, const char *field, struct node *node)
{
	for (int i = 0; field && i < BIRTH_PARTS; i++) {
		if (strcmp(fields[i], field) == 0 && !birth->part[i])
			birth->part[i] = node;
	}
}

static int part_answered(const struct birth *birth)
{
	int part = BIRTH_DATE;

	while (part <= BIRTH_AGE_GROUP && !birth->part[part])
		part++;
	return part;
}

struct node *birth_answer(const struct birth *birth)
{
	int part = part_answered(birth);

	return part <= BIRTH_AGE_GROUP ? birth->part[part] : NULL;
}

static const char *value_of(const struct birth *birth, enum birth_part part)
{
	return birth->part[part] ? node_value(birth->part[part]) : "";
}

/* A day in the calendar in which it was given; NULL where it has none. */
static char *day_in(enum calendar calendar, const char *iso,
		    const char *language)
{
	struct calendar_date day, given;

	if (sscanf(iso, "%d-%d-%d", &day.year, &day.month, &day.day) != 3 ||
	    !calendar_from_iso(calendar, day, &given))
		return NULL;
	return xasprintf(
	    "%d %s %d", given.day,
	    calendar_month_name(calendar, language, given.month, CALENDAR_FULL),
	    given.year);
}

/* As given, with the calendar's name, which says which of two variants it is;
 * plain where the calendar does not change what the answer says. */
static char *as_given(const struct filing_birth *birth, const char *plain,
		      const char *language)
{
	SCOPED(char_wipep) char *day = NULL;
	enum calendar calendar;

	if (birth->precision == FILING_AGE_GROUP ||
	    !calendar_named(birth->calendar, &calendar) ||
	    (birth->precision == FILING_DAY && calendar == CALENDAR_GREGORIAN))
		return xstrdup(plain);
	if (birth->precision == FILING_DAY)
		day = day_in(calendar, birth->value, language);
	return xasprintf("%s, %s", day ? day : plain,
			 calendar_title(calendar, language));
}

/* As the person gave it, or else the form names it for the question; where
 * nothing was said, it is the Gregorian one. */
static const char *calendar_of(const struct birth *birth,
			       const struct node *answer)
{
	const char *given = value_of(birth, BIRTH_CALENDAR);
	const char *appearance = node_attribute(answer, "appearance");
	enum calendar calendar = CALENDAR_GREGORIAN;

	if (given[0])
		return given;
	if (appearance)
		(void)calendar_among(appearance, &calendar);
	return calendar_name(calendar);
}

/* As given, and the Gregorian days it stands for. */
static char *both_ways(const struct filing_birth *birth, const char *plain,
		       const char *language)
{
	SCOPED(char_wipep) char *given = as_given(birth, plain, language);

	if (!birth->earliest[0] || strcmp(given, birth->earliest) == 0)
		return xstrdup(given);
	if (strcmp(birth->earliest, birth->latest) == 0)
		return xasprintf("%s · %s", given, birth->earliest);
	return xasprintf("%s · %s – %s", given, birth->earliest, birth->latest);
}

void birth_tell(const struct birth *birth, const char *plain,
		const char *language, struct filing_birth *out)
{
	const struct node *answer = birth_answer(birth);

	*out = (struct filing_birth){ .precision = FILING_NO_BIRTH };
	if (!answer)
		return;
	out->precision = precisions[part_answered(birth)];
	out->calendar = xstrdup(out->precision == FILING_AGE_GROUP
				    ? ""
				    : calendar_of(birth, answer));
	out->value = xstrdup(node_value(answer));
	out->earliest = xstrdup(value_of(birth, BIRTH_EARLIEST));
	out->latest = xstrdup(value_of(birth, BIRTH_LATEST));
	out->words = both_ways(out, plain, language);
}

void birth_done(struct filing_birth *birth)
{
	char_wipe(birth->calendar);
	char_wipe(birth->value);
	char_wipe(birth->earliest);
	char_wipe(birth->latest);
	char_wipe(birth->words);
	*birth = (struct filing_birth){ .precision = FILING_NO_BIRTH };
}
