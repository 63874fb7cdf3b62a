#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "form/run.h"
#include "text/calendar.h"
#include "text/language.h"
#include "ui/date.h"

/*
 * The calendars in which a date, or a whole number of appearance `year`, may
 * be given. A form names one by the question's appearance (`ethiopian`, ...),
 * or asks beside it which one is meant, by a question of appearance
 * `calendar`.
 */
struct calendars {
	enum calendar list[CALENDAR_COUNT];
	char *title[CALENDAR_COUNT];
	size_t count; /* 1 or more */
};

/* Whether a question's answer is given in a calendar. */
bool calendars_ask(const struct node *node);

/* The first part of a date that a question asks for: appearances `month-year`
 * and `year`. A month is kept as its first day, a year as its first month's. */
enum date_from calendars_from(const struct node *node);

/* The question that asks for the calendar of node's answer, or NULL. */
struct node *calendars_beside(const struct node *node);

/* The calendar of node's answer, as the form names it or the person did;
 * false, *out untouched, where neither has. */
bool calendars_given(const struct node *node, enum calendar *out);

/*
 * Those that are offered, with their names: the Gregorian one first, then the
 * language's own, then the others that the form has. None of them is presumed.
 * A year of which the form keeps no calendar is offered in the Gregorian alone.
 * The caller releases *out with calendars_done().
 */
void calendars_offered(const struct node *node, const struct language *language,
		       struct calendars *out);
void calendars_done(struct calendars *calendars);

/* Whether one of the language's own, besides the Gregorian, is offered. */
bool calendars_has_own(const struct calendars *calendars,
		       const struct language *language);
