#include "report/read_summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "report/facts_page.h"

#define FIELDS 12
#define FACTS 40 /* of one heading */

/*
 * What the page has, by heading. Of a kind that a person has one of, each field
 * is a fact; of the others each entity is: the first field says what it is, the
 * rest says it. Kinds and fields that this record does not have are left out.
 */
static const struct part {
	const char *kind;
	const char *by;     /* the field that leads to the person */
	const char *states; /* left out but for these; NULL: all stay */
	bool single;
	const char *fields[FIELDS + 1];
} parts[] = {
	{ "name",
	  "person",
	  NULL,
	  true,
	  { "preferred", "latin", "own_script", "others" } },
	{ "person",
	  "id",
	  NULL,
	  true,
	  { "number", "birth_from", "birth_to", "gender", "language", "dialect",
	    "official_language", "interpreter", "access_needs", "contact_times",
	    "leave_message", "arrived" } },
	{ "contact", "person", NULL, false, { "what", "value", "note" } },
	{ "identifier", "person", NULL, false, { "what", "value", "seen_on" } },
	{ "status", "person", NULL, false, { "category", "since", "until" } },
	{ "member", "person", NULL, false, { "household", "relation" } },
	{ "goal",
	  "person",
	  "open blocked",
	  false,
	  { "domain", "words", "due" } },
	{ "appointment",
	  "person",
	  "booked",
	  false,
	  { "at", "mode", "worker" } },
	{ "referral",
	  "person",
	  "proposed consented made contacted connected received first-attempt "
	  "reached",
	  false,
	  { "need", "service", "elsewhere", "state" } },
	{ "benefit",
	  "person",
	  NULL,
	  false,
	  { "what", "applied", "decision", "amount", "paid" } },
	{ "consent",
	  "person",
	  NULL,
	  false,
	  { "purpose", "recipient", "state" } },
	{ "handover", "person", NULL, false, { "system", "their_id" } },
};

/* --- entities -------------------------------------------------------------
 */

struct found {
	const struct part *part;
	int64_t ids[FACTS];
	size_t count;
};

static bool take_id(void *to, const struct entity *entity)
{
	struct found *found = to;
	const char *state = entity_text(entity, "state");

	if (!found->part->states || !state ||
	    codes_have(found->part->states, state, strlen(state)))
		found->ids[found->count++] = entity->id;
	return found->count < FACTS;
}

static enum fault find(const struct wording *wording, const struct kind *kind,
		       int64_t person, struct found *found)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);
	const struct entity_match matches[] = { { found->part->by, id },
						{ NULL, NULL } };

	return entity_each(wording->record, kind, matches, NULL, 0,
			   wording->who, take_id, found);
}

/* --- facts ----------------------------------------------------------------
 */

static void add_fact(struct facts *facts, char *label, char *value)
{
	struct fact *all = (struct fact *)facts->facts;

	all = xreallocarray(all, facts->count + 1, sizeof *all);
	all[facts->count++] = (struct fact){ label, value };
	facts->facts = all;
}

static char *value_of(const struct wording *wording,
		      const struct entity *entity, const char *name)
{
	const struct field *field = kind_field(entity->kind, name);

	return field ? wording_value(wording, entity->kind, field,
				     entity_text(entity, name))
		     : NULL;
}

static void add_each(const struct wording *wording, const struct part *part,
		     const struct entity *entity, struct facts *facts)
{
	for (size_t i = 0; part->fields[i]; i++) {
		const struct field *field =
		    kind_field(entity->kind, part->fields[i]);
		char *value = value_of(wording, entity, part->fields[i]);

		if (value)
			add_fact(facts,
				 wording_field(wording, entity->kind, field),
				 value);
	}
}

/* All but the first field, parted by " · ". */
static char *rest_of(const struct wording *wording, const struct part *part,
		     const struct entity *entity)
{
	struct bytes line = { 0 };

	bytes_add_text(&line, "");
	for (size_t i = 1; part->fields[i]; i++) {
		SCOPED(char_wipep)
		char *value = value_of(wording, entity, part->fields[i]);

		if (value)
			bytes_add_format(&line, "%s%s",
					 line.length ? " · " : "", value);
	}
	return bytes_take_text(&line);
}

/* Where there is nothing but the first field, it is what is said. */
static void add_whole(const struct wording *wording, const struct part *part,
		      const struct entity *entity, struct facts *facts)
{
	char *first = value_of(wording, entity, part->fields[0]);
	char *rest = rest_of(wording, part, entity);

	if (*rest || !first) {
		add_fact(facts, first ? first : xstrdup("–"), rest);
		return;
	}
	free(rest);
	add_fact(facts,
		 wording_field(wording, entity->kind,
			       kind_field(entity->kind, part->fields[0])),
		 first);
}

static enum fault add_one(const struct wording *wording,
			  const struct part *part, const struct kind *kind,
			  int64_t id, int64_t now, struct facts *facts)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;
	enum fault fault = entity_read(wording->record, kind, id, wording->who,
				       now, &answer, &entity);

	if (fault || answer != ENTITY_DONE)
		return fault;
	if (part->single)
		add_each(wording, part, entity, facts);
	else
		add_whole(wording, part, entity, facts);
	return FAULT_NONE;
}

static enum fault read_part(const struct wording *wording,
			    const struct part *part, int64_t person,
			    int64_t now, struct facts *facts)
{
	const struct kind *kind = kind_find(part->kind);
	struct found found = { .part = part };
	enum fault fault;

	if (!kind)
		return FAULT_NONE;
	facts->heading = wording_kind(wording, kind);
	fault = find(wording, kind, person, &found);
	for (size_t i = 0; i < found.count && !fault; i++)
		fault = add_one(wording, part, kind, found.ids[i], now, facts);
	return fault;
}

static void facts_done(struct facts *facts)
{
	for (size_t i = 0; i < facts->count; i++) {
		char_free((char *)facts->facts[i].label);
		char_wipe((char *)facts->facts[i].value);
	}
	free((struct fact *)facts->facts);
	char_free((char *)facts->heading);
}

enum fault read_summary(const struct about *about,
			const struct wording *wording, int64_t person,
			int64_t now, struct page **out)
{
	SCOPED(char_freep)
	char *title = wording_or(wording, "print.summary", "summary");
	struct facts all[COUNT(parts)] = { 0 }, some[COUNT(parts)];
	enum fault fault = FAULT_NONE;
	size_t count = 0;

	for (size_t i = 0; i < COUNT(parts) && !fault; i++) {
		fault = read_part(wording, &parts[i], person, now, &all[i]);
		if (all[i].count)
			some[count++] = all[i];
	}
	if (!fault)
		*out = facts_page(about, title, some, count);
	for (size_t i = 0; i < COUNT(parts); i++)
		facts_done(&all[i]);
	return fault;
}
