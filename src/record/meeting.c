#include "record/meeting.h"

#include <string.h>

#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/meeting_rules.h"
#include "record/sponsor.h"

static const char *const lack_words[MEETING_LACKS] = {
	"newcomer",
	"sponsor",
	"worker",
	"consent",
};

const char *meeting_lack_word(unsigned lack)
{
	return lack_words[__builtin_ctz(lack)];
}

static bool is(const struct entity *entity, const char *field,
	       const char *value)
{
	const char *text = entity_text(entity, field);

	return text && strcmp(text, value) == 0;
}

/* --- parties ---------------------------------------------------------------
 */

/* Which of the three sides are told of, which came, and who from outside came
 * without the newcomer's consent. */
struct sides {
	unsigned told, came; /* of enum meeting_lack */
	bool unheard;        /* consent is missing */
	bool sponsor_came;
};

static unsigned side_of(const struct entity *party)
{
	if (is(party, "who", "newcomer"))
		return MEETING_NEWCOMER;
	if (is(party, "who", "sponsor") || is(party, "who", "SAH"))
		return MEETING_SPONSOR;
	return is(party, "who", "worker") ? MEETING_WORKER : 0;
}

static bool take_party(void *to, const struct entity *party)
{
	struct sides *sides = to;
	const unsigned side = side_of(party);
	const bool came = is(party, "attended", "1");
	const bool inside = side == MEETING_NEWCOMER || side == MEETING_WORKER;

	if (entity_text(party, "attended"))
		sides->told |= side;
	if (came)
		sides->came |= side;
	sides->sponsor_came |= came && side == MEETING_SPONSOR;
	sides->unheard |= came && !inside && !entity_text(party, "consent_on");
	return true;
}

static enum fault read_sides(struct record *record, int64_t meeting,
			     struct sides *sides)
{
	static const struct record_who all = { .user = "", .desk = "" };
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)meeting);
	const struct entity_match matches[] = { { "meeting", id },
						{ NULL, NULL } };

	*sides = (struct sides){ 0 };
	return entity_each(record, &kind_party, matches, NULL, 0, &all,
			   take_party, sides);
}

#define ALL_SIDES (MEETING_NEWCOMER | MEETING_SPONSOR | MEETING_WORKER)

static bool has_every_check(const char *checklist)
{
	for (const char *at = MEETING_CHECKS; *at; at += strspn(at, " ")) {
		const size_t length = strcspn(at, " ");

		if (!codes_have(checklist, at, length))
			return false;
		at += length;
	}
	return true;
}

enum fault meeting_is_complete(struct record *record, int64_t meeting,
			       bool *complete)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	struct sides sides;
	enum fault fault =
	    entity_fetch(record, &kind_meeting, meeting, &entity);

	*complete = false;
	if (fault || !entity || entity->gone)
		return fault;
	if ((fault = read_sides(record, meeting, &sides)))
		return fault;
	*complete = is(entity, "what", "POST") && is(entity, "state", "held") &&
		    sides.came == ALL_SIDES &&
		    has_every_check(entity_text(entity, "checklist") ?: "");
	return FAULT_NONE;
}

/* A sponsor hears of a person only what may reach them. */
static enum fault sponsor_may_hear(struct record *record,
				   const struct entity *meeting, bool *may)
{
	const struct share share = {
		.sponsorship = entity_number(meeting, "sponsorship"),
		.person = entity_number(meeting, "person"),
	};
	unsigned bars = 0;
	enum fault fault = FAULT_NONE;

	if (share.sponsorship && share.person)
		fault = sponsor_may_share(record, &share,
					  entity_text(meeting, "day"), &bars);
	*may = bars == 0;
	return fault;
}

enum fault meeting_lacks(struct record *record, const struct entity *meeting,
			 unsigned *lacks)
{
	struct sides sides;
	bool may = true;
	enum fault fault = read_sides(record, meeting->id, &sides);

	*lacks = 0;
	if (fault)
		return fault;
	if (is(meeting, "what", "POST"))
		*lacks = ALL_SIDES & ~sides.told;
	if (is(meeting, "what", "PRE"))
		*lacks = (MEETING_SPONSOR | MEETING_WORKER) & ~sides.told;
	if (!is(meeting, "what", "CONF"))
		return FAULT_NONE;
	if (sides.sponsor_came)
		fault = sponsor_may_hear(record, meeting, &may);
	if (sides.unheard || !may)
		*lacks = MEETING_CONSENT;
	return fault;
}

/* --- what a save has to keep -----------------------------------------------
 */

/* A PRE meeting is before the arrival, a POST meeting after it. */
static const char *check_case(struct record *record,
			      const struct entity *meeting)
{
	SCOPED(entity_freep) struct entity *sponsorship = NULL;
	const char *day = entity_text(meeting, "day"), *arrived;

	if (!is(meeting, "what", "PRE") && !is(meeting, "what", "POST"))
		return NULL;
	if (entity_fetch(record, &kind_sponsorship,
			 entity_number(meeting, "sponsorship"), &sponsorship) ||
	    !sponsorship)
		return "sponsorship";
	arrived = entity_text(sponsorship, "arrived_on");
	if (is(meeting, "what", "PRE"))
		return arrived && strcmp(day, arrived) > 0 ? "day" : NULL;
	if (is(meeting, "state", "held"))
		return !arrived || strcmp(day, arrived) < 0 ? "day" : NULL;
	return NULL;
}

const char *meeting_check(struct record *record, const struct entity *before,
			  const struct entity *after)
{
	const char *wrong = check_case(record, after);
	unsigned lacks = 0;

	if (wrong)
		return wrong;
	if (!before && !is(after, "state", "planned"))
		return "state";
	if (!entity_text(after, "sponsorship") &&
	    !entity_text(after, "household") && !entity_text(after, "person"))
		return "household";
	if (strlen(entity_text(after, "day")) != strlen("2026-11-22"))
		return "day";
	if (!before || is(before, "state", "held") ||
	    !is(after, "state", "held"))
		return NULL;
	return meeting_lacks(record, after, &lacks) || lacks ? "state" : NULL;
}

static enum fault household_of(struct record *record,
			       const struct entity *meeting, int64_t *household)
{
	SCOPED(entity_freep) struct entity *sponsorship = NULL;
	const char *person = entity_text(meeting, "person");
	const struct entity_match member[] = { { "person", person },
					       { "until", NULL },
					       { NULL, NULL } };
	SCOPED(entity_freep) struct entity *found = NULL;
	int64_t id = 0;
	enum fault fault =
	    entity_fetch(record, &kind_sponsorship,
			 entity_number(meeting, "sponsorship"), &sponsorship);

	*household = sponsorship ? entity_number(sponsorship, "household") : 0;
	if (fault || *household || !person)
		return fault;
	if ((fault = entity_first(record, &kind_member, member, NULL, &id)) ||
	    !id || (fault = entity_fetch(record, &kind_member, id, &found)))
		return fault;
	*household = found ? entity_number(found, "household") : 0;
	return FAULT_NONE;
}

/* A meeting stands behind the wall of the household that it is about. */
enum fault meeting_saved(struct record *record, const struct entity *before,
			 const struct entity *after,
			 const struct record_who *who, int64_t now)
{
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = "",
		.who = who,
		.now = now,
	};
	SCOPED(entity_freep) struct entity *was = NULL;
	SCOPED(entity_freep) struct entity *is_now = NULL;
	int64_t household = 0;
	enum fault fault = FAULT_NONE;

	if (before || entity_text(after, "household") ||
	    (fault = household_of(record, after, &household)) || !household ||
	    (fault = entity_fetch(record, &kind_meeting, after->id, &was)) ||
	    (fault = entity_fetch(record, &kind_meeting, after->id, &is_now)))
		return fault;
	(void)entity_set_number(is_now, "household", household);
	return entity_put(record, was, is_now, "change", &about);
}

const char *party_check(struct record *record, const struct entity *before,
			const struct entity *after)
{
	SCOPED(entity_freep) struct entity *meeting = NULL;

	(void)before;
	if (!is(after, "who", "newcomer"))
		return NULL;
	/* Names of newcomers lie with their other names. */
	if (entity_text(after, "name"))
		return "name";
	if (entity_fetch(record, &kind_meeting, entity_number(after, "meeting"),
			 &meeting) ||
	    !meeting)
		return "meeting";
	return is(meeting, "what", "PRE") ? "who" : NULL;
}

const char *outreach_check(struct record *record, const struct entity *before,
			   const struct entity *after)
{
	(void)record;
	(void)before;
	return entity_text(after, "sponsorship") ||
		       entity_text(after, "household") ||
		       entity_text(after, "sponsor_group")
		   ? NULL
		   : "household";
}

const char *event_party_check(struct record *record,
			      const struct entity *before,
			      const struct entity *after)
{
	(void)record;
	(void)before;
	return entity_text(after, "user") ||
		       entity_text(after, "sponsor_group") ||
		       entity_text(after, "name")
		   ? NULL
		   : "name";
}

/* --- who came --------------------------------------------------------------
 */

enum fault meeting_attend(struct record *record, int64_t meeting,
			  const char *who_came, bool attended,
			  const struct record_who *who, int64_t now,
			  enum entity_answer *answer)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)meeting);
	const struct entity_match matches[] = { { "meeting", id },
						{ "who", who_came },
						{ NULL, NULL } };
	SCOPED(entity_freep) struct entity *party = NULL;
	int64_t found = 0;
	enum fault fault =
	    entity_first(record, &kind_party, matches, NULL, &found);

	*answer = ENTITY_DONE;
	if (fault)
		return fault;
	fault = found ? entity_read(record, &kind_party, found, who, now,
				    answer, &party)
		      : entity_new(record, &kind_party, &party);
	if (fault || *answer != ENTITY_DONE)
		return fault;
	(void)entity_set(party, "meeting", id);
	(void)entity_set(party, "who", who_came);
	(void)entity_set(party, "attended", attended ? "1" : "0");
	return entity_save(record, party, SOURCE_TOLD, who, now, answer, NULL);
}
