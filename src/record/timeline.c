#include "record/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "record/statement.h"

struct gathering {
	struct record *record;
	const struct record_who *who;
	struct timeline_event *events;
	size_t count;
	bool of_household;
	const char *when; /* the field that says when; NULL: when it was made */
};

/* What is made by programs for their own ends tells no worker anything. */
static bool is_told(const struct kind *kind)
{
	static const char *const untold[] = { "name",  "not_same", "merge",
					      "level", "member",   "conflict" };

	for (size_t i = 0; i < COUNT(untold); i++) {
		if (strcmp(untold[i], kind->name) == 0)
			return false;
	}
	return true;
}

static bool links_to(const struct kind *kind, const char *name)
{
	const struct field *field = kind_field(kind, name);

	return field && field->link && strcmp(field->link, name) == 0;
}

/* The field that says when something happened, which it was told. */
static const char *when_of(const struct kind *kind)
{
	static const char *const names[] = { "at", "day", "held_on", "since" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const struct field *field = kind_field(kind, names[i]);

		if (field &&
		    (field->type == FIELD_DAY || field->type == FIELD_INSTANT))
			return names[i];
	}
	return NULL;
}

/* A day's local noon; of a month or a year the first one. */
static int64_t noon_of(const char *day)
{
	struct tm local = { .tm_mday = 1, .tm_hour = 12, .tm_isdst = -1 };
	int year = 0, month = 1;

	(void)sscanf(day, "%4d-%2d-%2d", &year, &month, &local.tm_mday);
	local.tm_year = year - 1900;
	local.tm_mon = month - 1;
	return (int64_t)mktime(&local) * 1000;
}

/*
 * When something was that a day alone is told of: the day's noon, but the
 * moment it was written where that is of the same day, or whatever a morning
 * brings would stand below it until noon.
 */
static int64_t moment_of(const char *day, int64_t made_at)
{
	const int64_t half_a_day = INT64_C(12) * 3600 * 1000;
	const int64_t noon = noon_of(day);
	const bool same = strlen(day) == strlen("2026-11-23") &&
			  made_at >= noon - half_a_day &&
			  made_at < noon + half_a_day;

	return same ? made_at : noon;
}

static void add(struct gathering *gathering, struct timeline_event event)
{
	if ((gathering->count & (gathering->count - 1)) == 0)
		gathering->events =
		    xreallocarray(gathering->events,
				  gathering->count ? 2 * gathering->count : 1,
				  sizeof *gathering->events);
	gathering->events[gathering->count++] = event;
}

static bool take(void *to, const struct entity *entity)
{
	struct gathering *gathering = to;
	const char *when =
	    gathering->when ? entity_text(entity, gathering->when) : NULL;
	const char *state = entity_text(entity, "state");
	struct timeline_event event = {
		.at = entity->made_at,
		.kind = entity->kind,
		.id = entity->id,
		.of_household = gathering->of_household,
	};

	/* What the household has for this very person was taken already. */
	if (gathering->of_household && entity_text(entity, "person"))
		return true;
	if (when)
		event.at =
		    kind_field(entity->kind, gathering->when)->type == FIELD_DAY
			? moment_of(when, entity->made_at)
			: atoll(when);
	if (when && strlen(when) < sizeof event.of &&
	    kind_field(entity->kind, gathering->when)->type == FIELD_DAY)
		strcpy(event.of, when);
	snprintf(event.state, sizeof event.state, "%s", state ? state : "");
	add(gathering, event);
	return true;
}

/* All of them that refer to id in the field of that name. */
static enum fault gather(struct gathering *gathering, const char *link,
			 int64_t id)
{
	char number[24];
	const struct entity_match matches[] = { { link, number },
						{ NULL, NULL } };
	enum fault fault = FAULT_NONE;

	snprintf(number, sizeof number, "%lld", (long long)id);
	for (size_t i = 0; i < kind_count() && !fault; i++) {
		const struct kind *kind = kind_at(i);

		if (!is_told(kind) || !links_to(kind, link))
			continue;
		gathering->when = when_of(kind);
		fault =
		    entity_each(gathering->record, kind, matches, "-id",
				TIMELINE_MOST, gathering->who, take, gathering);
	}
	return fault;
}

static enum fault gather_visits(struct gathering *gathering, int64_t person)
{
	struct store_ask *ask;
	bool row;
	enum fault fault = statement_take(
	    gathering->record,
	    "SELECT id, arrived, state FROM visit WHERE person = ?1"
	    " ORDER BY arrived DESC LIMIT 1000",
	    &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, person);
	while (!(fault = statement_row(gathering->record, ask, &row)) && row) {
		struct timeline_event event = {
			.id = store_number(ask, 0),
			.at = store_number(ask, 1),
		};

		snprintf(event.state, sizeof event.state, "%s",
			 store_text(ask, 2));
		add(gathering, event);
	}
	statement_give_back(gathering->record, ask);
	return fault;
}

struct households {
	int64_t id[16];
	size_t count;
};

static bool take_household(void *to, const struct entity *member)
{
	struct households *households = to;

	if (households->count < COUNT(households->id))
		households->id[households->count++] =
		    entity_number(member, "household");
	return true;
}

static enum fault gather_households(struct gathering *gathering, int64_t person)
{
	char number[24];
	const struct entity_match matches[] = { { "person", number },
						{ NULL, NULL } };
	struct households households = { .count = 0 };
	enum fault fault;

	snprintf(number, sizeof number, "%lld", (long long)person);
	fault =
	    entity_each(gathering->record, kind_find("member"), matches, NULL,
			0, gathering->who, take_household, &households);
	gathering->of_household = true;
	for (size_t i = 0; i < households.count && !fault; i++)
		fault = gather(gathering, "household", households.id[i]);
	return fault;
}

static int newest_first(const void *a, const void *b)
{
	const struct timeline_event *one = a, *other = b;

	if (one->at != other->at)
		return one->at < other->at ? 1 : -1;
	return one->id < other->id ? 1 : one->id > other->id ? -1 : 0;
}

static enum fault finish(struct gathering *gathering, enum fault fault,
			 struct timeline_event **out, size_t *count)
{
	if (fault) {
		free(gathering->events);
		return fault;
	}
	if (gathering->count)
		qsort(gathering->events, gathering->count,
		      sizeof *gathering->events, newest_first);
	*out = gathering->events;
	*count =
	    gathering->count < TIMELINE_MOST ? gathering->count : TIMELINE_MOST;
	return FAULT_NONE;
}

enum fault timeline_read(struct record *record, int64_t person,
			 const struct record_who *who,
			 struct timeline_event **out, size_t *count)
{
	struct gathering gathering = { .record = record, .who = who };
	enum fault fault = gather(&gathering, "person", person);

	if (!fault)
		fault = gather_visits(&gathering, person);
	if (!fault)
		fault = gather_households(&gathering, person);
	return finish(&gathering, fault, out, count);
}

enum fault timeline_of_household(struct record *record, int64_t household,
				 const struct record_who *who,
				 struct timeline_event **out, size_t *count)
{
	struct gathering gathering = { .record = record, .who = who };
	enum fault fault = gather(&gathering, "household", household);

	return finish(&gathering, fault, out, count);
}
