#include "record/assess.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "record/assess_inside.h"
#include "record/days.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/plan.h"
#include "record/plan_inside.h"

/* --- reading -------------------------------------------------------------- */

void assess_done(struct assess *assess)
{
	char_wipe(assess->what);
	char_wipe(assess->day);
	char_wipe(assess->next_due);
	char_wipe(assess->author);
	char_wipe(assess->note);
	char_wipe(assess->strengths);
	char_wipe(assess->form);
	for (size_t i = 0; i < DOMAIN_COUNT; i++) {
		char_wipe(assess->levels[i].note);
		char_wipe(assess->levels[i].strengths);
	}
	*assess = (struct assess){ 0 };
}

static char *text_of(const struct entity *entity, const char *field)
{
	const char *text = entity_text(entity, field);

	return text ? xstrdup(text) : NULL;
}

static bool take_level(void *to, const struct entity *entity)
{
	struct assess *assess = to;
	struct assess_level *level;
	enum domain domain;

	if (!domain_of(entity_text(entity, "domain"), &domain))
		return true;
	level = &assess->levels[domain];
	level->id = entity->id;
	level->level = level_of(entity_text(entity, "level"));
	(void)source_of(entity_text(entity, "source"), &level->source);
	level->note = text_of(entity, "note");
	level->strengths = text_of(entity, "strengths");
	level->unchanged = entity_number(entity, "unchanged");
	level->wanted = entity_number(entity, "wanted");
	level->foremost = entity_number(entity, "foremost");
	return true;
}

/* Who signed it, or keeps it until then; nobody's name on a self-report. */
static enum fault author_of(struct record *record, const struct entity *entity,
			    char **out)
{
	SCOPED(entity_freep) struct entity *user = NULL;
	const int64_t author = entity_number(entity, "author");
	enum fault fault = FAULT_NONE;

	if (author && (fault = entity_fetch(record, &kind_user, author, &user)))
		return fault;
	*out = xstrdup(strcmp(entity_text(entity, "what"), "self") == 0 ? ""
		       : user ? entity_text(user, "name")
			      : entity->changed_by);
	return FAULT_NONE;
}

static void take(const struct entity *entity, struct assess *out)
{
	*out = (struct assess){
		.id = entity->id,
		.person = entity_number(entity, "person"),
		.number = (int)entity_number(entity, "number"),
		.what = text_of(entity, "what"),
		.day = text_of(entity, "day"),
		.next_due = text_of(entity, "next_due"),
		.note = text_of(entity, "note"),
		.strengths = text_of(entity, "strengths"),
		.form = text_of(entity, "form"),
		.signed_at = entity_number(entity, "signed_at"),
		.corrects = entity_number(entity, "corrects"),
	};
}

enum fault assess_read(struct record *record, int64_t id,
		       const struct record_who *who, int64_t now,
		       enum entity_answer *answer, struct assess *out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(char_freep) char *of = xasprintf("%lld", (long long)id);
	const struct entity_match matches[] = { { "assessment", of },
						{ NULL, NULL } };
	struct assess assess;
	enum fault fault;

	if ((fault = entity_read(record, &kind_assessment, id, who, now, answer,
				 &entity)) ||
	    *answer != ENTITY_DONE)
		return fault;
	take(entity, &assess);
	if ((fault = author_of(record, entity, &assess.author)) ||
	    (fault = entity_each(record, &kind_level, matches, NULL, 0, who,
				 take_level, &assess))) {
		assess_done(&assess);
		return fault;
	}
	*out = assess;
	return FAULT_NONE;
}

enum fault assess_newest(struct record *record, int64_t person, int64_t *id)
{
	return statement_value(record,
			       "SELECT id FROM assessment WHERE person = ?1"
			       " AND gone = 0 ORDER BY number DESC LIMIT 1",
			       0, id, "i", person);
}

enum fault assess_before(struct record *record, int64_t id, int64_t *before)
{
	return statement_value(
	    record,
	    "SELECT old.id FROM assessment AS new JOIN assessment AS old"
	    " ON old.person = new.person AND old.number < new.number"
	    " AND old.gone = 0 WHERE new.id = ?1 ORDER BY old.number DESC"
	    " LIMIT 1",
	    0, before, "i", id);
}

/* --- making --------------------------------------------------------------- */

enum fault plan_next_number(struct record *record, int64_t person,
			    const char *what, int64_t *number)
{
	/* What was removed keeps its number: its history names it. */
	return statement_value(record,
			       "SELECT coalesce(max(number) + 1, ?2) FROM"
			       " assessment WHERE person = ?1",
			       0, number, "id", person,
			       strcmp(what, "self") == 0 ? 0 : 1);
}

enum fault assess_new(struct record *record, int64_t person, const char *what,
		      const char *day, struct entity **out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	int64_t number = 0;
	enum fault fault;

	if ((fault = plan_next_number(record, person, what, &number)) ||
	    (fault = entity_new(record, &kind_assessment, &entity)))
		return fault;
	(void)entity_set_number(entity, "person", person);
	(void)entity_set_number(entity, "number", number);
	(void)entity_set(entity, "what", what);
	(void)entity_set(entity, "day", day);
	*out = entity;
	entity = NULL;
	return FAULT_NONE;
}

static enum fault find_unsigned(struct record *record, int64_t person,
				int64_t *id)
{
	return statement_value(record,
			       "SELECT id FROM assessment WHERE person = ?1 AND"
			       " gone = 0 AND signed_at IS NULL",
			       0, id, "i", person);
}

enum fault assess_put_level(struct record *record, int64_t id, int64_t person,
			    enum domain domain,
			    const struct assess_level *level,
			    const struct record_who *who, int64_t now,
			    enum entity_answer *answer)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_new(record, &kind_level, &entity);

	if (fault)
		return fault;
	(void)entity_set_number(entity, "assessment", id);
	(void)entity_set_number(entity, "person", person);
	(void)entity_set(entity, "domain", domain_word(domain));
	(void)entity_set(entity, "level", level_word(level->level));
	(void)entity_set(entity, "source", source_word(level->source));
	(void)entity_set(entity, "note", level->note);
	(void)entity_set(entity, "strengths", level->strengths);
	if (level->unchanged)
		(void)entity_set(entity, "unchanged", "1");
	if (level->wanted)
		(void)entity_set(entity, "wanted", "1");
	if (level->foremost)
		(void)entity_set(entity, "foremost", "1");
	return entity_save(record, entity, level->source, who, now, answer,
			   NULL);
}

/* The levels of a version go on in the next, as nobody looked at them yet. */
static enum fault copy_levels(struct record *record, int64_t from, int64_t id,
			      const struct record_who *who, int64_t now,
			      enum entity_answer *answer)
{
	SCOPED(assess_done) struct assess old = { 0 };
	enum fault fault = assess_read(record, from, who, now, answer, &old);

	for (int i = 0; i < DOMAIN_COUNT && !fault && *answer == ENTITY_DONE;
	     i++) {
		old.levels[i].unchanged = true;
		if (old.levels[i].id)
			fault = assess_put_level(record, id, old.person,
						 (enum domain)i, &old.levels[i],
						 who, now, answer);
	}
	return fault;
}

static enum fault begin(struct record *record, int64_t person, const char *what,
			const char *today, int64_t corrects,
			const struct record_who *who, int64_t now,
			enum entity_answer *answer, int64_t *id)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	int64_t from = corrects;
	enum fault fault;

	if ((!from && (fault = assess_newest(record, person, &from))) ||
	    (fault = assess_new(record, person, what, today, &entity)))
		return fault;
	if (corrects)
		(void)entity_set_number(entity, "corrects", corrects);
	if (who->id)
		(void)entity_set_number(entity, "author", who->id);
	if ((fault = entity_save(record, entity, SOURCE_TOLD, who, now, answer,
				 NULL)) ||
	    *answer != ENTITY_DONE)
		return fault;
	*id = entity->id;
	return from ? copy_levels(record, from, *id, who, now, answer)
		    : FAULT_NONE;
}

enum fault assess_begin(struct record *record, int64_t person, const char *what,
			const char *today, int64_t corrects,
			const struct record_who *who, int64_t now,
			enum entity_answer *answer, int64_t *id)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	SCOPED(entity_freep) struct entity *seen = NULL;
	enum fault fault;

	if ((fault = record_act_begin(record, &act)) ||
	    (fault = entity_read(record, &kind_person, person, who, now, answer,
				 &seen)) ||
	    *answer != ENTITY_DONE ||
	    (fault = find_unsigned(record, person, id)) || *id ||
	    (fault = begin(record, person, what, today, corrects, who, now,
			   answer, id)) ||
	    *answer != ENTITY_DONE)
		return fault;
	return record_act_done(&act);
}

/* --- saying and signing --------------------------------------------------- */

static enum fault say_again(struct record *record, int64_t level,
			    const struct assess_said *said,
			    const struct record_who *who, int64_t now,
			    enum entity_answer *answer)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault =
	    entity_read(record, &kind_level, level, who, now, answer, &entity);

	if (fault || *answer != ENTITY_DONE)
		return fault;
	(void)entity_set(entity, "level", level_word(said->level));
	(void)entity_set(entity, "source", source_word(said->source));
	if (said->note)
		(void)entity_set(entity, "note", said->note);
	if (said->strengths)
		(void)entity_set(entity, "strengths", said->strengths);
	(void)entity_set(entity, "unchanged", NULL);
	return entity_save(record, entity, said->source, who, now, answer,
			   NULL);
}

/* The checks of the kind "level" keep what is signed as it is. */
static enum fault say(struct record *record, const struct entity *of,
		      const struct assess_said *said,
		      const struct record_who *who, int64_t now,
		      enum entity_answer *answer)
{
	const struct assess_level level = {
		.level = said->level,
		.source = said->source,
		.note = (char *)said->note,
		.strengths = (char *)said->strengths,
	};
	int64_t there = 0;
	enum fault fault = statement_value(
	    record,
	    "SELECT id FROM level WHERE assessment = ?1 AND domain = ?2 AND"
	    " gone = 0",
	    0, &there, "it", of->id, domain_word(said->domain));

	if (fault)
		return fault;
	return there ? say_again(record, there, said, who, now, answer)
		     : assess_put_level(record, of->id,
					entity_number(of, "person"),
					said->domain, &level, who, now, answer);
}

enum fault assess_say(struct record *record, int64_t id,
		      const struct assess_said *said,
		      const struct record_who *who, int64_t now,
		      enum entity_answer *answer)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	SCOPED(entity_freep) struct entity *of = NULL;
	enum fault fault;

	if ((fault = record_act_begin(record, &act)) ||
	    (fault = entity_read(record, &kind_assessment, id, who, now, answer,
				 &of)) ||
	    *answer != ENTITY_DONE)
		return fault;
	if (entity_text(of, "signed_at")) {
		*answer = ENTITY_CLOSED;
		return FAULT_NONE;
	}
	if ((fault = say(record, of, said, who, now, answer)) ||
	    *answer != ENTITY_DONE)
		return fault;
	return record_act_done(&act);
}

char *assess_suggested(const struct assess *assess)
{
	enum domain pressing[DOMAIN_COUNT];
	struct bytes words = { 0 };
	size_t count;

	if (!assess_suggests(assess, pressing, &count))
		return NULL;
	for (size_t i = 0; i < count; i++)
		bytes_add_format(&words, "%s%s", i ? " " : "",
				 domain_word(pressing[i]));
	return bytes_take_text(&words);
}

int assess_days(const struct settings *settings)
{
	return (int)settings_number(settings, "record", "reassess_days",
				    ASSESS_DAYS);
}

static void fill_in(struct entity *entity, const struct assess *assess,
		    int days, const struct record_who *who, int64_t now)
{
	SCOPED(char_freep) char *suggested = assess_suggested(assess);
	char due[DAYS_BYTES];

	days_after(assess->day, days, due);
	if (!assess->next_due && strcmp(assess->what, "exit") != 0)
		(void)entity_set(entity, "next_due", due);
	if (who->id)
		(void)entity_set_number(entity, "author", who->id);
	(void)entity_set(entity, "suggested", suggested);
	(void)entity_set_number(entity, "signed_at", now);
}

static enum fault sign(struct record *record, int64_t id, int days,
		       const struct record_who *who, int64_t now,
		       enum entity_answer *answer, const char **wrong)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(assess_done) struct assess assess = { 0 };
	enum fault fault;

	if ((fault = assess_read(record, id, who, now, answer, &assess)) ||
	    *answer != ENTITY_DONE ||
	    (fault = entity_read(record, &kind_assessment, id, who, now, answer,
				 &entity)) ||
	    *answer != ENTITY_DONE)
		return fault;
	fill_in(entity, &assess, days, who, now);
	return entity_save(record, entity, SOURCE_TOLD, who, now, answer,
			   wrong);
}

/* Somebody whom a worker has assessed is screened. */
static enum fault screen(struct record *record, int64_t id,
			 const struct record_who *who, int64_t now)
{
	enum entity_answer answer;
	int64_t person = 0, streamed = 0;
	enum fault fault;

	if ((fault = statement_value(record,
				     "SELECT person FROM assessment"
				     " WHERE id = ?1",
				     0, &person, "i", id)) ||
	    (fault = statement_value(record,
				     "SELECT 1 FROM stream WHERE person = ?1"
				     " AND gone = 0 AND state NOT IN"
				     " ('none', 'expected')",
				     0, &streamed, "i", person)) ||
	    streamed)
		return fault;
	return plan_stream(record, person, "screened", "", who, now, &answer,
			   &streamed);
}

enum fault assess_sign(struct record *record, int64_t id, int days,
		       const struct record_who *who, int64_t now,
		       enum entity_answer *answer, const char **wrong)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum fault fault;

	if ((fault = record_act_begin(record, &act)) ||
	    (fault = sign(record, id, days, who, now, answer, wrong)) ||
	    *answer != ENTITY_DONE || (fault = screen(record, id, who, now)))
		return fault;
	return record_act_done(&act);
}
