#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "record/assess_inside.h"
#include "record/days.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/visit.h"
#include "text/zone.h"

/* What somebody said of themselves at a kiosk, as a version. */

#define TAG "SCREEN-CASE-MGMT("

static void mark(struct assess *assess, const char *needs, bool foremost)
{
	for (const char *at = needs; *at; at += strspn(at, " ")) {
		const size_t length = strcspn(at, " ");
		SCOPED(char_freep) char *need = xstrndup(at, length);
		enum domain domain;

		if (domain_of(need, &domain)) {
			assess->levels[domain].wanted = true;
			assess->levels[domain].foremost |= foremost;
		}
		at += length;
	}
}

static void take_fact(void *to, const char *field, const char *value,
		      const char *source)
{
	struct assess *assess = to;
	enum domain domain;

	(void)source;
	if (strncmp(field, "level_", 6) == 0 && domain_of(field + 6, &domain))
		assess->levels[domain].level = level_of_letter(value[0]);
	else if (strcmp(field, "needs") == 0)
		mark(assess, value, false);
	else if (strcmp(field, "first_need") == 0)
		mark(assess, value, true);
}

/* The list of the form's tag "SCREEN-CASE-MGMT(HOU+INC)", as codes; NULL where
 * the form suggested nothing. */
static char *suggested_by(const char *tags)
{
	const char *tag = strstr(tags, TAG);
	struct bytes codes = { 0 };

	if (!tag)
		return NULL;
	tag += strlen(TAG);
	for (size_t length; *tag && *tag != ')'; tag += length) {
		SCOPED(char_freep) char *need = NULL;
		enum domain domain;

		tag += strspn(tag, "+");
		length = strcspn(tag, "+)");
		need = xstrndup(tag, length);
		if (domain_of(need, &domain))
			bytes_add_format(&codes, "%s%s",
					 codes.length ? " " : "", need);
	}
	return codes.length ? bytes_take_text(&codes) : NULL;
}

static void day_there(int64_t at, const char *zone, char out[DAYS_BYTES])
{
	const time_t moment = (time_t)((at + zone_offset(zone, at)) / 1000);
	struct tm local;

	gmtime_r(&moment, &local);
	if (!strftime(out, DAYS_BYTES, "%Y-%m-%d", &local))
		snprintf(out, DAYS_BYTES, "9999-12-31");
}

static char *form_of(const struct visit_basis *basis)
{
	struct bytes hex = { 0 };

	for (size_t i = 0; i < sizeof basis->form; i++)
		bytes_add_format(&hex, "%02x", basis->form[i]);
	return bytes_take_text(&hex);
}

static enum fault put_levels(struct record *record, const struct assess *said,
			     const struct record_who *who, int64_t now,
			     enum entity_answer *answer)
{
	enum fault fault = FAULT_NONE;

	for (int i = 0; i < DOMAIN_COUNT; i++) {
		const struct assess_level *level = &said->levels[i];

		/* Nothing was said of it; EDU is asked for without a level. */
		if ((level->level == LEVEL_UNKNOWN && !level->wanted) ||
		    domain_segment((enum domain)i) == SEGMENT_NONE)
			continue;
		if ((fault = assess_put_level(record, said->id, said->person,
					      (enum domain)i, level, who, now,
					      answer)) ||
		    *answer != ENTITY_DONE)
			return fault;
	}
	return fault;
}

static enum fault put(struct record *record, const struct visit *visit,
		      const struct visit_basis *basis, struct assess *said,
		      const struct record_who *who, int64_t now,
		      enum entity_answer *answer)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(char_freep) char *form = form_of(basis);
	SCOPED(char_freep) char *suggested = suggested_by(visit->tags);
	char day[DAYS_BYTES];
	enum fault fault;

	day_there(visit->arrived, basis->zone, day);
	if ((fault = assess_new(record, said->person, "self", day, &entity)))
		return fault;
	(void)entity_set_number(entity, "visit", visit->id);
	(void)entity_set(entity, "form", form);
	if ((fault = entity_save(record, entity, SOURCE_SELF, who, now, answer,
				 NULL)) ||
	    *answer != ENTITY_DONE)
		return fault;
	said->id = entity->id;
	if ((fault = put_levels(record, said, who, now, answer)) ||
	    *answer != ENTITY_DONE)
		return fault;
	(void)entity_set(entity, "suggested", suggested);
	(void)entity_set_number(entity, "signed_at", visit->arrived);
	return entity_save(record, entity, SOURCE_SELF, who, now, answer, NULL);
}

/* What there is to be said about the visit before anything is made of it. */
static enum fault look(struct record *record, int64_t id, struct visit *visit,
		       struct visit_basis *basis, enum entity_answer *answer)
{
	enum visit_found found;
	enum fault fault;

	*answer = ENTITY_NOT_THERE;
	if ((fault = visit_read(record, id, &found, visit)) ||
	    found != VISIT_FOUND)
		return fault;
	if (!visit->erased &&
	    !(fault = visit_basis_read(record, id, &found, basis)) &&
	    found == VISIT_FOUND)
		*answer = visit->keep == VISIT_KEEP_KEPT ? ENTITY_DONE
							 : ENTITY_REFUSED;
	if (fault || *answer != ENTITY_DONE)
		visit_done(visit);
	return fault;
}

static enum fault may_begin(struct record *record, int64_t person,
			    const struct record_who *who, int64_t now,
			    enum entity_answer *answer)
{
	SCOPED(entity_freep) struct entity *seen = NULL;
	int64_t unsigned_one = 0;
	enum fault fault =
	    entity_read(record, &kind_person, person, who, now, answer, &seen);

	if (fault || *answer != ENTITY_DONE)
		return fault;
	fault = statement_value(record,
				"SELECT id FROM assessment WHERE person = ?1"
				" AND gone = 0 AND signed_at IS NULL",
				0, &unsigned_one, "i", person);
	if (unsigned_one)
		*answer = ENTITY_CLOSED;
	return fault;
}

static enum fault make(struct record *record, int64_t visit_id, int64_t person,
		       const struct record_who *who, int64_t now,
		       enum entity_answer *answer, int64_t *id)
{
	struct assess said = { .person = person };
	struct visit visit;
	struct visit_basis basis;
	enum fault fault;

	if ((fault = may_begin(record, person, who, now, answer)) ||
	    *answer != ENTITY_DONE ||
	    (fault = look(record, visit_id, &visit, &basis, answer)) ||
	    *answer != ENTITY_DONE)
		return fault;
	if (!(fault = visit_facts(record, visit_id, take_fact, &said)))
		fault = put(record, &visit, &basis, &said, who, now, answer);
	visit_done(&visit);
	*id = said.id;
	return fault;
}

enum fault assess_self(struct record *record, int64_t visit, int64_t person,
		       const struct record_who *who, int64_t now,
		       enum entity_answer *answer, int64_t *id)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum fault fault;

	*answer = ENTITY_DONE;
	if ((fault = record_act_begin(record, &act)) ||
	    (fault = statement_value(record,
				     "SELECT id FROM assessment WHERE"
				     " visit = ?1 AND gone = 0",
				     0, id, "i", visit)) ||
	    *id ||
	    (fault = make(record, visit, person, who, now, answer, id)) ||
	    *answer != ENTITY_DONE)
		return fault;
	return record_act_done(&act);
}

static enum fault forget_levels(struct record *record, int64_t id,
				const char *rule, const struct record_who *who,
				int64_t now)
{
	int64_t level = 0;
	enum fault fault;

	do {
		if ((fault = statement_value(record,
					     "SELECT id FROM level WHERE"
					     " assessment = ?1",
					     0, &level, "i", id)) ||
		    !level)
			return fault;
		fault =
		    entity_erase(record, &kind_level, level, rule, who, now);
	} while (!fault);
	return fault;
}

enum fault assess_forget(struct record *record, int64_t visit, const char *rule,
			 const struct record_who *who, int64_t now)
{
	int64_t id = 0;
	enum fault fault;

	do {
		if ((fault = statement_value(record,
					     "SELECT id FROM assessment WHERE"
					     " visit = ?1",
					     0, &id, "i", visit)) ||
		    !id || (fault = forget_levels(record, id, rule, who, now)))
			return fault;
		fault =
		    entity_erase(record, &kind_assessment, id, rule, who, now);
	} while (!fault);
	return fault;
}
