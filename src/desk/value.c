#include "desk/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk/day.h"
#include "record/conflict.h"
#include "report/wording.h"

#define CENTS 100
#define WHOLE_DIGITS 15

/* --- labels ----------------------------------------------------------------
 */

static struct wording wording_of(const struct desk *desk)
{
	return (struct wording){ desk->record, desk->staff.words,
				 &desk->staff.who };
}

char *value_kind(const struct desk *desk, const struct kind *kind)
{
	const struct wording wording = wording_of(desk);

	return wording_kind(&wording, kind);
}

char *value_label(const struct desk *desk, const struct kind *kind,
		  const struct field *field)
{
	const struct wording wording = wording_of(desk);

	return wording_field(&wording, kind, field);
}

char *value_code(const struct desk *desk, const struct kind *kind,
		 const struct field *field, const char *code)
{
	const struct wording wording = wording_of(desk);

	return wording_code(&wording, kind, field, code);
}

char *value_language(const struct desk *desk, const char *tag)
{
	const struct wording wording = wording_of(desk);

	return wording_language(&wording, tag);
}

char *value_called(const struct desk *desk, const struct kind *kind, int64_t id)
{
	const struct wording wording = wording_of(desk);

	return wording_called(&wording, kind, id);
}

/* --- values ----------------------------------------------------------------
 */

static char *instant_typed(int64_t at)
{
	time_t seconds = (time_t)(at / 1000);
	char iso[DAY_BYTES];
	struct tm local;

	localtime_r(&seconds, &local);
	day_of(at, iso);
	return xasprintf("%s %02d:%02d", iso, local.tm_hour, local.tm_min);
}

char *value_instant(const struct desk *desk, int64_t at)
{
	time_t seconds = (time_t)(at / 1000);
	char iso[DAY_BYTES];
	SCOPED(char_freep) char *day = NULL;
	struct tm local;

	localtime_r(&seconds, &local);
	day_of(at, iso);
	day = day_shown(desk->staff.words, iso);
	return xasprintf("%s %02d:%02d", day, local.tm_hour, local.tm_min);
}

char *value_since(const struct desk *desk, int64_t at)
{
	const size_t day_bytes = strlen("2026-11-22");
	SCOPED(char_freep) char *typed = instant_typed(at);
	char today[DAY_BYTES];

	day_of(desk->clock.now, today);
	return strncmp(typed, today, day_bytes) == 0
		   ? xstrdup(typed + day_bytes + 1)
		   : value_instant(desk, at);
}

#define MINUTE_CELLS 6 /* " 14:32" */

int value_instant_cells(const struct desk *desk)
{
	return day_cells(desk->staff.words) + MINUTE_CELLS;
}

char *value_shown(const struct desk *desk, const struct kind *kind,
		  const struct field *field, const char *value)
{
	const struct wording wording = wording_of(desk);

	if (!value)
		return desk_word(desk, "desk.nothing_here");
	switch (field->type) {
	case FIELD_DAY:
		return day_shown(desk->staff.words, value);
	case FIELD_INSTANT:
		return value_instant(desk, atoll(value));
	default:
		return wording_value(&wording, kind, field, value);
	}
}

char *value_of(const struct desk *desk, const struct entity *entity,
	       size_t place)
{
	const struct field *field = &entity->fields[place];
	const struct kind *kind = entity->kind;
	const char *value = entity->values[place];
	const char *what = strcmp(kind->name, "conflict") == 0 &&
				   (strcmp(field->name, "ours") == 0 ||
				    strcmp(field->name, "theirs") == 0)
			       ? entity_text(entity, "what")
			       : NULL;
	const struct kind *of;
	const struct field *said = what ? conflict_field(what, &of) : NULL;

	return said ? value_shown(desk, of, said, conflict_value(what, value))
		    : value_shown(desk, kind, field, value);
}

/* --- typing ----------------------------------------------------------------
 */

char *value_typed(const struct desk *desk, const struct field *field,
		  const char *value)
{
	(void)desk;
	if (!value)
		return xstrdup("");
	switch (field->type) {
	case FIELD_MONEY:
		return wording_money(value);
	case FIELD_INSTANT:
		return instant_typed(atoll(value));
	default:
		return xstrdup(value);
	}
}

static char *day_kept(const struct desk *desk, const char *typed)
{
	char today[DAY_BYTES], day[DAY_BYTES];

	day_of(desk->clock.now, today);
	return day_read(desk->staff.words, typed, today, day) ? xstrdup(day)
							      : NULL;
}

/* A day and a time of it, "tomorrow 14:30"; a day alone begins at midnight. */
static char *instant_kept(const struct desk *desk, const char *typed)
{
	SCOPED(char_freep) char *text = xstrdup(typed);
	SCOPED(char_freep) char *day = NULL;
	char *blank = strrchr(text, ' ');
	unsigned hour = 0, minute = 0;
	struct tm local = { .tm_isdst = -1 };
	int end = 0;

	if (blank && sscanf(blank, " %2u:%2u%n", &hour, &minute, &end) == 2 &&
	    !blank[end])
		*blank = 0;
	day = day_kept(desk, text);
	if (!day || strlen(day) != DAY_BYTES - 1 || hour > 23 || minute > 59)
		return NULL;
	sscanf(day, "%d-%d-%d", &local.tm_year, &local.tm_mon, &local.tm_mday);
	local.tm_year -= 1900;
	local.tm_mon--;
	local.tm_hour = (int)hour;
	local.tm_min = (int)minute;
	return xasprintf("%lld", (long long)mktime(&local) * 1000);
}

static char *whole_kept(const char *typed)
{
	size_t digits = strspn(typed, "0123456789");

	return digits && !typed[digits] && digits <= WHOLE_DIGITS
		   ? xstrdup(typed)
		   : NULL;
}

/* "120", "12.5", "12,50". */
static char *money_kept(const char *typed)
{
	size_t whole = strspn(typed, "0123456789");
	const char *rest = typed + whole;
	size_t part = rest[0] ? strspn(rest + 1, "0123456789") : 0;
	long long cents = atoll(typed) * CENTS;

	if (!whole || whole > WHOLE_DIGITS - 2 ||
	    (rest[0] && (!strchr(".,", rest[0]) || part < 1 || part > 2 ||
			 rest[1 + part])))
		return NULL;
	if (part)
		cents += (rest[1] - '0') * 10;
	if (part == 2)
		cents += rest[2] - '0';
	return xasprintf("%lld", cents);
}

static char *trimmed(const char *typed)
{
	size_t length;

	typed += strspn(typed, " \t\n");
	length = strlen(typed);
	while (length && strchr(" \t\n", typed[length - 1]))
		length--;
	return xstrndup(typed, length);
}

char *value_kept(const struct desk *desk, const struct field *field,
		 const char *typed)
{
	SCOPED(char_freep) char *text = trimmed(typed);

	if (!text[0])
		return xstrdup("");
	switch (field->type) {
	case FIELD_DAY:
		return day_kept(desk, text);
	case FIELD_INSTANT:
		return instant_kept(desk, text);
	case FIELD_WHOLE:
		return whole_kept(text);
	case FIELD_MONEY:
		return money_kept(text);
	default:
		return xstrdup(text);
	}
}

char *value_head(const struct desk *desk, const struct entity *entity,
		 const char *const *fields, size_t count)
{
	const struct kind *kind = entity->kind;
	struct bytes text = { 0 };

	for (size_t i = 0; i < count; i++) {
		const char *value = entity_text(entity, fields[i]);
		SCOPED(char_freep) char *shown = NULL;

		if (!value)
			continue;
		shown =
		    value_shown(desk, kind, kind_field(kind, fields[i]), value);
		bytes_add_format(&text, "%s%s", text.length ? " · " : "",
				 shown);
	}
	return bytes_take_text(&text);
}
