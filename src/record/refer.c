#include "record/refer.h"

#include <stdlib.h>
#include <string.h>

#include "record/consent.h"
#include "record/refer_rules.h"
#include "record/statement.h"

enum fault refer_recipient(struct record *record, const struct entity *referral,
			   char **out)
{
	struct store_ask *ask;
	enum fault fault =
	    statement_ask(record, SERVICE_ORGANIZATION, &ask, "i",
			  entity_number(referral, "service"));
	bool row;

	*out = xstrdup(entity_text(referral, "elsewhere") ?: "");
	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		free(*out);
		*out = xstrdup(statement_text(ask, 0));
	}
	return fault;
}

/* --- rules -----------------------------------------------------------------
 */

static bool is_in(const struct entity *referral)
{
	return !strcmp(entity_text(referral, "direction"), "in");
}

static bool is_rating(const struct entity *referral, const char *field)
{
	return !entity_text(referral, field) ||
	       (entity_number(referral, field) >= 1 &&
		entity_number(referral, field) <= 5);
}

static bool state_is_of(const struct entity *referral, const char *codes)
{
	const char *state = entity_text(referral, "state");

	return codes_have(codes, state, strlen(state));
}

static bool state_fits(const struct entity *referral)
{
	return state_is_of(referral,
			   is_in(referral)
			       ? "proposed received first-attempt reached"
				 " visit closed"
			       : "proposed consented made contacted connected"
				 " confirmed feedback closed");
}

/*
 * Whether the person's word stands that lets this move be made. Trouble in
 * reading it counts as none, which the log tells.
 */
static bool may_share(struct record *record, const struct entity *before,
		      const struct entity *after)
{
	const char *agreed = entity_text(after, "consented_on");
	SCOPED(char_freep) char *recipient = NULL;
	bool holds = false;

	if (!state_is_of(after, "consented made contacted connected confirmed"
				" feedback"))
		return true;
	if (!agreed)
		return false;
	/* A new one, or one that stays where it is, keeps its word; only
	 * agreeing itself makes it. */
	if (!before ||
	    !strcmp(entity_text(before, "state"), entity_text(after, "state")))
		return true;
	return !refer_recipient(record, after, &recipient) &&
	       !consent_holds(record, entity_number(after, "person"), "share",
			      recipient, agreed, &holds) &&
	       holds;
}

const char *referral_check(struct record *record, const struct entity *before,
			   const struct entity *after)
{
	const char *origin = is_in(after) ? "from" : "service";

	if (!entity_text(after, "state") || !state_fits(after))
		return "state";
	if (!entity_text(after, origin) &&
	    (is_in(after) || !entity_text(after, "elsewhere")))
		return origin;
	if (!may_share(record, before, after))
		return "consented_on";
	if (!is_rating(after, "rating_person"))
		return "rating_person";
	if (!is_rating(after, "rating_agency"))
		return "rating_agency";
	return state_is_of(after, "closed") && !entity_text(after, "closed_as")
		   ? "closed_as"
		   : NULL;
}

/* The day of agreeing is the consent itself, in its own place. */
static enum fault keep_consent(struct record *record,
			       const struct entity *referral,
			       const struct record_who *who, int64_t now)
{
	SCOPED(entity_freep) struct entity *consent = NULL;
	SCOPED(char_freep) char *recipient = NULL;
	enum entity_answer answer;
	enum fault fault;

	if ((fault = refer_recipient(record, referral, &recipient)) ||
	    (fault = entity_new(record, kind_find("consent"), &consent)))
		return fault;
	(void)entity_set(consent, "person", entity_text(referral, "person"));
	(void)entity_set(consent, "purpose", "share");
	(void)entity_set(consent, "recipient", recipient);
	return entity_save(record, consent, SOURCE_TOLD, who, now, &answer,
			   NULL);
}

enum fault referral_saved(struct record *record, const struct entity *before,
			  const struct entity *after,
			  const struct record_who *who, int64_t now)
{
	const char *agreed = entity_text(after, "consented_on");
	enum entity_answer answer;

	if (!is_in(after) && agreed &&
	    (!before || !entity_text(before, "consented_on")))
		return keep_consent(record, after, who, now);
	/* One that came in begins where it was received. */
	if (before || !is_in(after) || !state_is_of(after, "proposed"))
		return FAULT_NONE;
	return entity_move(record, after->kind, after->id, "received", "", who,
			   now, &answer);
}

/* --- several changes as one act --------------------------------------------
 */

/* Sets a field and moves, or does neither. */
static enum fault set_and_move(struct record *record, int64_t id,
			       const char *field, const char *value,
			       const char *to, const char *reason,
			       const struct record_who *who, int64_t now,
			       enum entity_answer *answer)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	SCOPED(entity_freep) struct entity *referral = NULL;
	enum fault fault;

	if ((fault = record_act_begin(record, &act)) ||
	    (fault = entity_read(record, kind_find("referral"), id, who, now,
				 answer, &referral)) ||
	    *answer != ENTITY_DONE)
		return fault;
	(void)entity_set(referral, field, value);
	if ((fault = entity_save(record, referral, SOURCE_TOLD, who, now,
				 answer, NULL)) ||
	    *answer != ENTITY_DONE ||
	    (fault = entity_move(record, referral->kind, id, to, reason, who,
				 now, answer)) ||
	    *answer != ENTITY_DONE)
		return fault;
	return record_act_done(&act);
}

enum fault refer_agreed(struct record *record, int64_t referral,
			const char *today, const struct record_who *who,
			int64_t now, enum entity_answer *answer)
{
	return set_and_move(record, referral, "consented_on", today,
			    "consented", "", who, now, answer);
}

enum fault refer_close(struct record *record, int64_t referral, const char *as,
		       const char *reason, const struct record_who *who,
		       int64_t now, enum entity_answer *answer)
{
	return set_and_move(record, referral, "closed_as", as, "closed", reason,
			    who, now, answer);
}
