#include "office/sending.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/consent.h"
#include "record/people_visit.h"
#include "record/visit.h"

static const char begun_note[] = "sending begun; not known to be there";

/* --- which ---------------------------------------------------------------- */

struct arrivals {
	int64_t *ids;
	size_t count;
};

static void arrivals_done(struct arrivals *arrivals)
{
	free(arrivals->ids);
}

static bool add_arrival(void *to, const struct visit_arrival *visit)
{
	struct arrivals *arrivals = to;

	if (visit->erased)
		return true;
	arrivals->ids = xreallocarray(arrivals->ids, arrivals->count + 1,
				      sizeof *arrivals->ids);
	arrivals->ids[arrivals->count++] = visit->id;
	return true;
}

void sending_visits_free(struct sending_visit *visits, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(visits[i].number);
	free(visits);
}

static enum fault add_visit(const struct sending *sending, const char *form,
			    int64_t id, struct sending_visit *visits,
			    size_t *count)
{
	struct visit visit = { 0 };
	enum visit_found found;
	bool is = false;
	enum fault fault = filing_is_of_form(sending->filing, id, form, &is);

	if (fault || !is)
		return fault;
	if ((fault = visit_read(sending->record, id, &found, &visit)) ||
	    found != VISIT_FOUND)
		return fault;
	visits[(*count)++] =
	    (struct sending_visit){ .id = id, .number = visit.number };
	visit.number = NULL;
	visit_done(&visit);
	return FAULT_NONE;
}

enum fault sending_of_form(const struct sending *sending, const char *form,
			   struct sending_visit **out, size_t *count)
{
	SCOPED(arrivals_done) struct arrivals arrivals = { 0 };
	struct sending_visit *visits;
	size_t found = 0;
	enum fault fault = visit_between(sending->record, 0, INT64_MAX,
					 add_arrival, &arrivals);

	if (fault)
		return fault;
	visits = xcalloc(arrivals.count + 1, sizeof *visits);
	for (size_t i = 0; i < arrivals.count && !fault; i++)
		fault =
		    add_visit(sending, form, arrivals.ids[i], visits, &found);
	if (fault) {
		sending_visits_free(visits, found);
		return fault;
	}
	*out = visits;
	*count = found;
	return FAULT_NONE;
}

/* --- whether -------------------------------------------------------------- */

struct earlier {
	bool sent;
	int64_t begun; /* the handover; 0: none */
};

static bool note_one(void *to, const struct entity *handover)
{
	struct earlier *earlier = to;
	const char *note = entity_text(handover, "note");

	if (note && strcmp(note, begun_note) == 0)
		earlier->begun = handover->id;
	else
		earlier->sent = true;
	return true;
}

static enum fault find_earlier(const struct sending *sending, int64_t visit,
			       struct earlier *earlier)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)visit);
	const struct entity_match matches[] = {
		{ "visit", id },
		{ "system", sending->recipient },
		{ NULL, NULL },
	};

	*earlier = (struct earlier){ 0 };
	return entity_each(sending->record, kind_find("handover"), matches,
			   NULL, 0, &sending->who, note_one, earlier);
}

static enum fault has_agreed(const struct sending *sending, int64_t visit,
			     int64_t *person, enum sendable *sendable)
{
	bool agreed = false;
	enum fault fault = people_of_visit(sending->record, visit, person);

	if (!fault && *person)
		fault =
		    consent_holds(sending->record, *person, "share",
				  sending->recipient, sending->today, &agreed);
	*sendable = !*person  ? SENDABLE_NOBODYS
		    : !agreed ? SENDABLE_NOT_AGREED
			      : SENDABLE;
	return fault;
}

static enum fault may_go(const struct sending *sending, int64_t id,
			 int64_t *person, enum sendable *sendable)
{
	struct visit visit = { 0 };
	struct earlier earlier;
	enum visit_found found;
	enum fault fault = visit_read(sending->record, id, &found, &visit);
	const bool kept = !fault && found == VISIT_FOUND &&
			  visit.keep == VISIT_KEEP_KEPT && !visit.erased;

	visit_done(&visit);
	*sendable = SENDABLE_NOT_KEPT;
	if (!kept || (fault = find_earlier(sending, id, &earlier)))
		return fault;
	*sendable = SENDABLE_THERE;
	return earlier.sent ? FAULT_NONE
			    : has_agreed(sending, id, person, sendable);
}

enum fault sending_look(const struct sending *sending, int64_t visit,
			enum visit_look look, enum sendable *sendable,
			int64_t *person, struct outgoing *out)
{
	enum visit_found found = VISIT_FOUND;
	enum fault fault = may_go(sending, visit, person, sendable);

	if (fault || *sendable != SENDABLE)
		return fault;
	fault = filing_outgoing(sending->filing, visit, &sending->who,
				sending->now, look, &found, out);
	if (found != VISIT_FOUND)
		*sendable = SENDABLE_ERASED;
	return fault;
}

/* --- what is written down ------------------------------------------------- */

void sending_begun_done(struct sending_begun *begun)
{
	entity_free(begun->handover);
}

static enum fault save(const struct sending *sending, struct entity *handover,
		       enum entity_answer *answer)
{
	const char *field = NULL;

	return entity_save(sending->record, handover, SOURCE_TOLD,
			   &sending->who, sending->now, answer, &field);
}

enum fault sending_begin(const struct sending *sending, int64_t visit,
			 int64_t person, const struct outgoing *out,
			 struct sending_begun *begun)
{
	SCOPED(entity_freep) struct entity *handover = NULL;
	const struct kind *kind = kind_find("handover");
	enum entity_answer answer = ENTITY_DONE;
	struct earlier earlier;
	enum fault fault = find_earlier(sending, visit, &earlier);

	if (!fault)
		fault = earlier.begun
			    ? entity_read(sending->record, kind, earlier.begun,
					  &sending->who, sending->now, &answer,
					  &handover)
			    : entity_new(sending->record, kind, &handover);
	if (fault || answer != ENTITY_DONE)
		return fault;
	(void)entity_set_number(handover, "visit", visit);
	(void)entity_set_number(handover, "person", person);
	(void)entity_set(handover, "system", sending->recipient);
	(void)entity_set(handover, "their_id", out->instance_id);
	(void)entity_set(handover, "note", begun_note);
	fault = save(sending, handover, &answer);
	if (!fault && answer == ENTITY_DONE) {
		begun->again = earlier.begun != 0;
		begun->handover = handover;
		handover = NULL;
	}
	return fault;
}

enum fault sending_settle(const struct sending *sending,
			  struct sending_begun *begun, enum sending_end end,
			  bool *kept)
{
	struct entity *handover = begun->handover;
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault = FAULT_NONE;

	if (end == SENDING_THERE) {
		(void)entity_set(handover, "note", NULL);
		fault = save(sending, handover, &answer);
	} else if (end == SENDING_NOT_THERE && !begun->again) {
		fault = entity_remove(sending->record, handover->kind,
				      handover->id, "nothing went",
				      &sending->who, sending->now, &answer);
	}
	*kept = !fault && answer == ENTITY_DONE;
	return fault;
}
