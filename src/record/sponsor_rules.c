#include "record/sponsor_rules.h"

#include <string.h>

#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/sponsor.h"

static bool is_code(const struct entity *entity, const char *field,
		    const char *code)
{
	const char *value = entity_text(entity, field);

	return value && strcmp(value, code) == 0;
}

/* A SAH answers for itself; no other kind of group can answer for one. */
const char *sponsor_group_check(struct record *record,
				const struct entity *before,
				const struct entity *after)
{
	SCOPED(entity_freep) struct entity *parent = NULL;
	const int64_t id = entity_number(after, "parent");

	(void)before;
	if (!id)
		return NULL;
	if (is_code(after, "what", "SAH") ||
	    entity_fetch(record, &kind_sponsor_group, id, &parent) || !parent)
		return "parent";
	return is_code(parent, "what", "SAH") ? NULL : "parent";
}

static bool is_before(const char *a, const char *b)
{
	return a && b && strcmp(a, b) < 0;
}

const char *agreement_check(struct record *record, const struct entity *before,
			    const struct entity *after)
{
	(void)record;
	(void)before;
	return is_before(entity_text(after, "until"),
			 entity_text(after, "since"))
		   ? "until"
		   : NULL;
}

const char *sponsorship_check(struct record *record,
			      const struct entity *before,
			      const struct entity *after)
{
	const char *state = entity_text(after, "state");
	const char *arrived = entity_text(after, "arrived_on");
	const bool awaited =
	    strcmp(state, "expected") == 0 || strcmp(state, "withdrawn") == 0;

	(void)record;
	if (!before && strcmp(state, "expected") != 0)
		return "state";
	if (entity_number(after, "expected_people") < 0)
		return "expected_people";
	if (is_before(entity_text(after, "undertaking_until"),
		      entity_text(after, "undertaking_since")))
		return "undertaking_until";
	if (!awaited && !entity_text(after, "household"))
		return "household";
	return !awaited && (!arrived || strlen(arrived) != strlen("2026-11-22"))
		   ? "arrived_on"
		   : NULL;
}

/* A breakdown opens the private path; nothing but a worker closes it. */
enum fault sponsorship_saved(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now)
{
	enum entity_answer answer;

	if (!before || is_code(before, "state", "broken-down") ||
	    !is_code(after, "state", "broken-down") ||
	    entity_text(after, "private"))
		return FAULT_NONE;
	return sponsor_go_private(record, after->id, "breakdown", who, now,
				  &answer);
}

const char *responsibility_check(struct record *record,
				 const struct entity *before,
				 const struct entity *after)
{
	(void)record;
	(void)before;
	return entity_text(after, "sponsorship") ||
		       entity_text(after, "meeting")
		   ? NULL
		   : "sponsorship";
}

/* However it is written down: nothing is said to have reached a sponsor that
 * may not. */
const char *shared_check(struct record *record, const struct entity *before,
			 const struct entity *after)
{
	const struct share share = {
		.sponsorship = entity_number(after, "sponsorship"),
		.person = entity_number(after, "person"),
		.to = entity_number(after, "sponsor_group"),
		.scope = entity_text(after, "scope"),
	};
	unsigned bars = 0;

	if (before)
		return NULL;
	return sponsor_may_share(record, &share, entity_text(after, "day"),
				 &bars) ||
		       bars
		   ? "sponsor_group"
		   : NULL;
}
