#include "ask/calendars.h"

#include <stdlib.h>
#include <string.h>

#include "ask/plain.h"
#include "base/memory.h"

bool calendars_ask(const struct node *node)
{
	return node_type(node) == TYPE_DATE ||
	       node_type(node) == TYPE_DATETIME ||
	       (node_type(node) == TYPE_INT && node_appears(node, "year"));
}

enum date_from calendars_from(const struct node *node)
{
	if (node_appears(node, "year"))
		return DATE_FROM_YEAR;
	return node_appears(node, "month-year") ? DATE_FROM_MONTH
						: DATE_FROM_DAY;
}

struct node *calendars_beside(const struct node *node)
{
	struct node *beside = node_first(node_parent(node));

	while (beside && !node_appears(beside, "calendar"))
		beside = node_next(beside);
	return beside;
}

static bool named_by_form(const struct node *node, enum calendar *out)
{
	const char *appearance = node_attribute(node, "appearance");

	return appearance && calendar_among(appearance, out);
}

bool calendars_given(const struct node *node, enum calendar *out)
{
	const struct node *beside = calendars_beside(node);

	return named_by_form(node, out) ||
	       (beside && calendar_named(node_value(beside), out));
}

/* --- those offered --------------------------------------------------------
 */

static bool has(const struct calendars *calendars, enum calendar calendar)
{
	for (size_t i = 0; i < calendars->count; i++) {
		if (calendars->list[i] == calendar)
			return true;
	}
	return false;
}

static void add(struct calendars *calendars, enum calendar calendar,
		const char *title)
{
	if (has(calendars, calendar))
		return;
	calendars->list[calendars->count] = calendar;
	calendars->title[calendars->count++] = xstrdup(title);
}

/* Under the name that the form's choices have for it; false where it has no
 * such choice. */
static bool add_choice(struct calendars *calendars, enum calendar calendar,
		       const struct choice_item *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum calendar named;

		if (!calendar_named(items[i].value, &named) ||
		    named != calendar)
			continue;
		SCOPED(char_freep) char *title = plain_choice(&items[i]);

		add(calendars, calendar, title);
		return true;
	}
	return false;
}

/* The Gregorian one, and the language's own in its order. */
static size_t own_of(const struct language *language,
		     enum calendar own[static CALENDAR_COUNT])
{
	SCOPED(char_freep) char *names = xstrdup(language->calendars);
	char *rest = NULL;
	size_t count = 0;

	own[count++] = CALENDAR_GREGORIAN;
	for (char *name = strtok_r(names, " ", &rest); name;
	     name = strtok_r(NULL, " ", &rest)) {
		if (calendar_named(name, &own[count]) &&
		    own[count] != CALENDAR_GREGORIAN)
			count++;
	}
	return count;
}

/* The form's choices; false where it has none that we know. */
static bool from_choices(struct node *beside, const enum calendar *own,
			 size_t own_count, struct calendars *out)
{
	const struct choice_item *items;
	size_t count;

	if (node_choices(beside, &items, &count))
		return false;
	for (size_t i = 0; i < own_count; i++)
		(void)add_choice(out, own[i], items, count);
	for (size_t i = 0; i < count; i++) {
		enum calendar calendar;

		if (calendar_named(items[i].value, &calendar))
			(void)add_choice(out, calendar, items, count);
	}
	return out->count > 0;
}

void calendars_offered(const struct node *node, const struct language *language,
		       struct calendars *out)
{
	enum calendar own[CALENDAR_COUNT], named;
	size_t count = own_of(language, own);
	struct node *beside = calendars_beside(node);

	*out = (struct calendars){ 0 };
	if (named_by_form(node, &named))
		add(out, named, calendar_title(named, language->tag));
	else if (!beside || !from_choices(beside, own, count, out)) {
		/* A year would not tell whose it is; a day is kept in ISO. */
		if (node_type(node) == TYPE_INT)
			count = 1;
		for (size_t i = 0; i < count; i++)
			add(out, own[i], calendar_title(own[i], language->tag));
	}
}

void calendars_done(struct calendars *calendars)
{
	for (size_t i = 0; i < calendars->count; i++)
		free(calendars->title[i]);
	*calendars = (struct calendars){ 0 };
}

bool calendars_has_own(const struct calendars *calendars,
		       const struct language *language)
{
	enum calendar own[CALENDAR_COUNT];
	size_t count = own_of(language, own);

	for (size_t i = 1; i < count; i++) {
		if (has(calendars, own[i]))
			return true;
	}
	return false;
}
