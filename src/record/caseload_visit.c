#include <stdlib.h>
#include <string.h>

#include "record/caseload_inside.h"
#include "record/inside.h"
#include "record/kinds.h"
#include "record/people.h"

/* What became of visits on a laptop: called, taken in, ended, whose they are,
 * and what may be kept. */

/* --- the course ----------------------------------------------------------- */

/* The columns that acts change; the order is the statement's. */
#define COURSE                                                    \
	"state, called, calls, started, ended, outcome, held_by," \
	" staff_level, staff_reason"
#define COURSE_TYPES "tiiiittit"
#define SET_COURSE                                                            \
	"UPDATE visit SET state = ?2, called = ?3, calls = ?4, started = ?5," \
	" ended = ?6, outcome = ?7, held_by = ?8, staff_level = ?9,"          \
	" staff_reason = CASE WHEN erased_at IS NULL THEN ?10 ELSE '' END"    \
	" WHERE id = ?1"
/* What comes to a visit that was erased comes without what somebody wrote. */
#define UNLESS_ERASED(text)                                              \
	"CASE WHEN (SELECT erased_at FROM visit WHERE id = ?1) IS NULL " \
	"THEN " text " ELSE '' END"

/* Who did it and when, at either side. */
struct deed {
	char *by;
	int64_t at;
};

/* sql gives who and when for ?1; nobody and never where there is no row. */
static enum fault read_deed(struct record *record, const char *sql, int64_t id,
			    struct deed *deed)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);
	bool row = false;

	if (fault)
		return fault;
	store_bind(ask, 1, id);
	if (!(fault = statement_row(record, ask, &row)) && row) {
		deed->by = xstrdup(statement_text(ask, 0));
		deed->at = store_number(ask, 1);
	}
	statement_give_back(record, ask);
	return fault;
}

struct two_sides {
	char *ours, *was, *theirs;
	struct deed ours_done, theirs_done;
};

static void two_sides_done(struct two_sides *sides)
{
	free(sides->ours);
	free(sides->was);
	free(sides->theirs);
	free(sides->ours_done.by);
	free(sides->theirs_done.by);
}

/* other: whom theirs names; 0. */
static enum fault clash_visit(struct merging *merging, int64_t id,
			      const char *what, int64_t other, bool taken_back,
			      const struct two_sides *sides)
{
	const struct record_who who = { .user = sides->theirs_done.by ?: "",
					.desk = "" };
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = "",
		.who = &who,
		.now = sides->theirs_done.at ?: merging->now,
	};
	struct clash clash = {
		.what = what,
		.subject = id,
		.other = other,
		.taken_back = taken_back,
		.ours = sides->ours,
		.ours_by = sides->ours_done.by,
		.ours_at = sides->ours_done.at,
		.was = sides->was,
		.theirs = sides->theirs,
	};
	enum fault fault =
	    statement_value(merging->here,
			    "SELECT coalesce(person, 0) FROM visit WHERE id ="
			    " ?1",
			    0, &clash.person, "i", id);

	return fault ? fault : clash_write(merging, &clash, &about);
}

static enum fault settle_visit(struct merging *merging, const char *what,
			       int64_t id)
{
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = "",
		.who = merging->who,
		.now = merging->now,
	};

	return clash_settle(merging, what, id, &about);
}

#define STOOD                                                               \
	"SELECT trim(state || ' ' || outcome) || CASE WHEN staff_level > 0" \
	" THEN ' U' || staff_level ELSE '' END FROM visit_act WHERE id = ?1"
#define LAST_ACT                                                         \
	"SELECT user, at FROM visit_act WHERE visit = ?1 AND undone = 0" \
	" ORDER BY id DESC LIMIT 1"

/* first: the laptop's first act that is new here; 0: it took some back. */
static enum fault clash_course(struct merging *merging, int64_t there,
			       int64_t here, int64_t first)
{
	struct two_sides sides = { 0 };
	enum fault fault;

	if (!(fault = statement_line(merging->here, VISIT_STANDS, here,
				     &sides.ours)) &&
	    !(fault =
		  read_deed(merging->here, LAST_ACT, here, &sides.ours_done)) &&
	    !(fault =
		  statement_line(merging->there, STOOD, first, &sides.was)) &&
	    !(fault = statement_line(merging->there, VISIT_STANDS, there,
				     &sides.theirs)) &&
	    !(fault = read_deed(merging->there, LAST_ACT, there,
				&sides.theirs_done)))
		fault = clash_visit(merging, here, "visit.state", 0, !first,
				    &sides);
	two_sides_done(&sides);
	return fault;
}

/* Each act that is new here, with the visit as it was before it. Where it is
 * for somebody to decide it does not hold, so nobody takes it back here. */
static enum fault copy_act(struct merging *merging, int64_t act, int64_t here,
			   bool holds)
{
#define READ(undone)                                                    \
	"SELECT act, at, user, desk, " undone ", state, called, calls," \
	" started, ended, outcome, held_by, staff_level, staff_reason"  \
	" FROM visit_act WHERE id = ?1"
	static const char add[] =
	    "INSERT INTO visit_act (visit, act, at, user, desk, undone, state,"
	    " called, calls, started, ended, outcome, held_by, staff_level,"
	    " staff_reason) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
	    " ?9, ?10, ?11, ?12, ?13, ?14, " UNLESS_ERASED(
		"?15") " RETURNING id";
	SCOPED(carried_donep) struct carried *row = &(struct carried){ 0 };
	int64_t made = 0;
	enum fault fault;

	if ((fault = carried_read(merging->there,
				  holds ? READ("undone") : READ("1"),
				  "tittitiiiittit", act, row)) ||
	    (fault = carried_write(merging->here, add, here, row, &made)))
		return fault;
#undef READ
	return map_put(merging, "visit_act", act, made);
}

/* The acts of the visit that the map has not. */
static enum fault read_new(struct merging *merging, int64_t there,
			   int64_t **acts, size_t *count)
{
	int64_t last = 0, here;
	size_t all = 0;
	enum fault fault = map_from(merging, "visit_act", &last);
	bool has;

	*acts = NULL;
	*count = 0;
	if (fault ||
	    (fault = merging_ids(merging->there,
				 "SELECT id FROM visit_act WHERE visit = ?1"
				 " ORDER BY id",
				 there, acts, &all)))
		return fault;
	for (size_t i = 0; i < all && !fault; i++) {
		fault = map_has(merging, "visit_act", (*acts)[i], &has, &here);
		if (!fault && !has && (*acts)[i] > last)
			(*acts)[(*count)++] = (*acts)[i];
	}
	return fault;
}

static enum fault read_stands(struct merging *merging, int64_t there,
			      int64_t here, char **ours, char **theirs)
{
	enum fault fault =
	    statement_line(merging->here, VISIT_STANDS, here, ours);

	return fault ? fault
		     : statement_line(merging->there, VISIT_STANDS, there,
				      theirs);
}

/* Both acted. Where they came to the same, each in their own time, there is
 * nothing to decide; what the laptop wrote of the level is kept beside ours. */
static enum fault disagree(struct merging *merging, int64_t there, int64_t here,
			   int64_t first, bool *clashes)
{
	static const char add[] =
	    "UPDATE visit SET staff_reason = staff_reason || '; ' || ?2 WHERE"
	    " id = ?1 AND erased_at IS NULL AND instr(staff_reason, ?2) = 0";
	SCOPED(char_freep) char *ours = NULL;
	SCOPED(char_freep) char *theirs = NULL;
	SCOPED(char_freep) char *reason = NULL;
	enum fault fault;

	if ((fault = read_stands(merging, there, here, &ours, &theirs)))
		return fault;
	*clashes = entity_differs(ours, theirs);
	if (*clashes)
		return clash_course(merging, there, here, first);
	fault = statement_line(merging->there,
			       "SELECT staff_reason FROM visit WHERE id = ?1",
			       there, &reason);
	return fault ? fault
		     : statement_do(merging->here, add, "it", here, reason);
}

/* --- taken back ----------------------------------------------------------- */

/* Those that came earlier and that the laptop has taken back since, by what
 * they are called here. */
static enum fault read_undone(struct merging *merging, int64_t there,
			      int64_t **acts, size_t *count)
{
	size_t all = 0;
	enum fault fault = merging_ids(merging->there,
				       "SELECT id FROM visit_act WHERE visit ="
				       " ?1 AND undone ORDER BY id",
				       there, acts, &all);

	*count = 0;
	for (size_t i = 0; i < all && !fault; i++) {
		int64_t here = 0, undone = 1;

		if (!(fault =
			  map_find(merging, "visit_act", (*acts)[i], &here)) &&
		    !(fault = statement_value(merging->here,
					      "SELECT undone FROM visit_act"
					      " WHERE id = ?1",
					      1, &undone, "i", here)) &&
		    !undone)
			(*acts)[(*count)++] = here;
	}
	return fault;
}

/* Whether anybody else acted on it here since the checkout: before the laptop's
 * came, too, where both came to the same. */
static enum fault is_ours_too(struct merging *merging, int64_t visit,
			      bool *ours)
{
	int64_t last = 0, found = 0;
	enum fault fault = map_from(merging, "visit_act", &last);

	if (!fault)
		fault = statement_value(
		    merging->here,
		    "SELECT 1 FROM visit_act a WHERE visit = ?1 AND id > ?2"
		    " AND undone = 0 AND NOT EXISTS (SELECT 1 FROM"
		    " caseload_map m WHERE m.copy = ?3 AND m.kind ="
		    " 'visit_act' AND m.here = a.id) LIMIT 1",
		    0, &found, "iib", visit, last, merging->of.copy,
		    CASELOAD_ID);

	*ours = found != 0;
	return fault;
}

/* The course becomes what the laptop made of it by taking back: what it was
 * before its next act, or is now. */
static enum fault put_back_course(struct merging *merging, int64_t there,
				  int64_t here, int64_t next)
{
	SCOPED(carried_donep) struct carried *course = &(struct carried){ 0 };
	enum fault fault =
	    carried_read(merging->there,
			 next ? "SELECT " COURSE " FROM visit_act WHERE id = ?1"
			      : "SELECT " COURSE " FROM visit WHERE id = ?1",
			 COURSE_TYPES, next ?: there, course);

	return fault ? fault
		     : carried_write(merging->here, SET_COURSE, here, course,
				     NULL);
}

/* next is the laptop's first act that is new here; 0: it has none. open: what
 * becomes of it is to be decided already. */
static enum fault merge_undone(struct merging *merging, int64_t there,
			       int64_t here, int64_t next, bool open)
{
	int64_t *acts = NULL;
	size_t count = 0;
	bool ours = false, clashes;
	enum fault fault = read_undone(merging, there, &acts, &count);

	if (!fault && count && !open &&
	    !(fault = is_ours_too(merging, here, &ours)))
		fault = ours ? disagree(merging, there, here, 0, &clashes)
			     : put_back_course(merging, there, here, next);
	for (size_t i = 0; i < count && !fault; i++)
		fault = statement_run(merging->here, ACT_UNDO, "i", acts[i]);
	free(acts);
	return fault;
}

/* --- brought here --------------------------------------------------------- */

/* Three ways: as it was before the laptop's first act, as it became there, and
 * as it is here. */
static enum fault merge_course(struct merging *merging, int64_t there,
			       int64_t here, const int64_t *acts, size_t count)
{
	SCOPED(carried_donep) struct carried *was = &(struct carried){ 0 };
	SCOPED(carried_donep) struct carried *theirs = &(struct carried){ 0 };
	SCOPED(carried_donep) struct carried *ours = &(struct carried){ 0 };
	bool clashes = false;
	enum fault fault;

	if ((fault =
		 carried_read(merging->there,
			      "SELECT " COURSE " FROM visit_act WHERE id = ?1",
			      COURSE_TYPES, acts[0], was)) ||
	    (fault = carried_read(merging->there,
				  "SELECT " COURSE " FROM visit WHERE id = ?1",
				  COURSE_TYPES, there, theirs)) ||
	    (fault = carried_read(merging->here,
				  "SELECT " COURSE " FROM visit WHERE id = ?1",
				  COURSE_TYPES, here, ours)))
		return fault;
	if (carried_differs(ours, theirs) && carried_differs(ours, was))
		fault = disagree(merging, there, here, acts[0], &clashes);
	else if (carried_differs(ours, theirs))
		fault = carried_write(merging->here, SET_COURSE, here, theirs,
				      NULL);
	for (size_t i = 0; i < count && !fault; i++)
		fault = copy_act(merging, acts[i], here, !clashes);
	return fault;
}

/* What the laptop says by now, while it is to be decided. */
static enum fault merge_open(struct merging *merging, int64_t there,
			     int64_t here, int64_t conflict)
{
	SCOPED(entity_freep) struct entity *said = NULL;
	SCOPED(char_freep) char *ours = NULL;
	SCOPED(char_freep) char *theirs = NULL;
	enum fault fault;

	if ((fault = entity_fetch(merging->here, &kind_conflict, conflict,
				  &said)) ||
	    (fault = read_stands(merging, there, here, &ours, &theirs)))
		return fault;
	if (!entity_differs(ours, theirs))
		return settle_visit(merging, "visit.state", here);
	return entity_differs(theirs, entity_text(said, "theirs"))
		   ? clash_course(merging, there, here, 0)
		   : FAULT_NONE;
}

static enum fault merge_acts_of(struct merging *merging, int64_t there,
				int64_t here)
{
	int64_t *acts = NULL, open = 0;
	size_t count = 0;
	enum fault fault = read_new(merging, there, &acts, &count);

	if (!fault &&
	    !(fault = clash_find(merging, "visit.state", here, &open)) &&
	    !(fault = merge_undone(merging, there, here, count ? acts[0] : 0,
				   open != 0))) {
		if (open)
			fault = merge_open(merging, there, here, open);
		else if (count)
			fault = merge_course(merging, there, here, acts, count);
	}
	for (size_t i = 0; i < count && open && !fault; i++)
		fault = copy_act(merging, acts[i], here, false);
	free(acts);
	return fault;
}

/* --- whose it is ---------------------------------------------------------- */

static enum fault number_of(struct record *record, const char *sql, int64_t id,
			    int64_t *out)
{
	return statement_value(record, sql, 0, out, "i", id);
}

/* Who a person of there is here, merged or not; 0 stays. */
static enum fault now_here(struct merging *merging, int64_t there,
			   int64_t *here)
{
	enum fault fault;

	*here = 0;
	if (!there || (fault = map_find(merging, "person", there, here)) ||
	    !*here)
		return there ? fault : FAULT_NONE;
	return people_now(merging->here, *here, here);
}

/* Whose it was before the laptop gave it or took it away, since it last came
 * back: a row of there, -1 where it did neither. */
static enum fault read_base(struct merging *merging, int64_t visit,
			    int64_t *base)
{
	int64_t from = 0;
	enum fault fault = statement_value(
	    merging->here,
	    "SELECT coalesce(max(audit), 0) FROM caseload_back WHERE copy = ?1",
	    0, &from, "b", merging->of.copy, CASELOAD_ID);

	return fault ? fault
		     : statement_value(
			   merging->there,
			   "SELECT CASE act WHEN 'detach' THEN coalesce(CAST("
			   "old AS INTEGER), 0) ELSE 0 END FROM audit WHERE id"
			   " > ?2 AND subject = 'visit' AND subject_id = ?1"
			   " AND act IN ('attach', 'detach') ORDER BY id"
			   " LIMIT 1",
			   -1, base, "ii", visit, from);
}

#define NUMBER "SELECT number FROM person WHERE id = ?1"
#define LAST_GIVEN                                                          \
	"SELECT user, at FROM audit WHERE subject = 'visit' AND subject_id" \
	" = ?1 AND act IN ('attach', 'detach') ORDER BY id DESC LIMIT 1"

/* The people of a visit: as it is here, as it was on the laptop, as it is
 * there; each by what they are called here. */
struct whose {
	int64_t ours, was, theirs;
};

static enum fault clash_person(struct merging *merging, int64_t there,
			       int64_t here, const struct whose *whose)
{
	struct two_sides sides = { 0 };
	enum fault fault;

	if (!(fault = statement_line(merging->here, NUMBER, whose->ours,
				     &sides.ours)) &&
	    !(fault = statement_line(merging->here, NUMBER, whose->was,
				     &sides.was)) &&
	    !(fault = statement_line(merging->here, NUMBER, whose->theirs,
				     &sides.theirs)) &&
	    !(fault = read_deed(merging->here, LAST_GIVEN, here,
				&sides.ours_done)) &&
	    !(fault = read_deed(merging->there, LAST_GIVEN, there,
				&sides.theirs_done)))
		fault = clash_visit(merging, here, "visit.person",
				    whose->theirs, true, &sides);
	two_sides_done(&sides);
	return fault;
}

/* Three ways, as its course; people who were merged are one. */
static enum fault merge_person(struct merging *merging, int64_t there,
			       int64_t here)
{
	static const char whose_is[] =
	    "SELECT coalesce(person, 0) FROM visit WHERE id = ?1";
	int64_t person = 0, gave = 0, act = 0, base = 0, erased = 0;
	struct whose whose = { 0 };
	enum fault fault;

	if ((fault = read_base(merging, there, &base)) || base < 0)
		return fault;
	if ((fault = number_of(merging->there, whose_is, there, &person)) ||
	    (fault = number_of(merging->here, whose_is, here, &whose.ours)) ||
	    (fault = number_of(merging->here,
			       "SELECT erased_at IS NOT NULL FROM visit WHERE"
			       " id = ?1",
			       here, &erased)) ||
	    (fault = number_of(merging->there,
			       "SELECT coalesce(gave, 0) FROM visit WHERE id ="
			       " ?1",
			       there, &gave)) ||
	    (gave && (fault = map_find(merging, "act", gave, &act))) ||
	    (whose.ours &&
	     (fault = people_now(merging->here, whose.ours, &whose.ours))) ||
	    (fault = now_here(merging, person, &whose.theirs)) ||
	    (fault = now_here(merging, base, &whose.was)))
		return fault;
	/* Whoever was erased here is nobody's to give, and an erased visit is
	 * nobody's. */
	if (erased || (person && !whose.theirs))
		return FAULT_NONE;
	if (whose.ours != whose.was && whose.ours != whose.theirs)
		return clash_person(merging, there, here, &whose);
	fault = settle_visit(merging, "visit.person", here);
	if (fault || whose.ours == whose.theirs)
		return fault;
	return statement_do(merging->here,
			    "UPDATE visit SET person = nullif(?2, 0), gave ="
			    " coalesce(gave, nullif(?3, 0)) WHERE id = ?1",
			    "iii", here, whose.theirs, act);
}

/* --- what may be kept ----------------------------------------------------- */

/* What was said about keeping, beside the kiosk. */
static enum fault copy_consents(struct merging *merging, int64_t there,
				int64_t here)
{
	static const char add[] =
	    "INSERT INTO visit_consent (visit, purpose, given, source, at,"
	    " user, language) SELECT ?1, ?2, ?3, ?4, ?5, ?6,"
	    " " UNLESS_ERASED("?7");
	int64_t *ids = NULL, last = 0, none;
	size_t count = 0;
	enum fault fault = map_from(merging, "visit_consent", &last);
	bool has;

	if (!fault)
		fault = merging_ids(merging->there,
				    "SELECT id FROM visit_consent WHERE visit"
				    " = ?1 AND source <> 'self'",
				    there, &ids, &count);
	for (size_t i = 0; i < count && !fault; i++) {
		SCOPED(carried_donep)
		struct carried *row = &(struct carried){ 0 };

		if ((fault = map_has(merging, "visit_consent", ids[i], &has,
				     &none)) ||
		    has || ids[i] <= last)
			continue;
		if (!(fault = carried_read(merging->there,
					   "SELECT purpose, given, source, at,"
					   " user, language FROM visit_consent"
					   " WHERE id = ?1",
					   "tititt", ids[i], row)) &&
		    !(fault =
			  carried_write(merging->here, add, here, row, NULL)))
			fault = map_put(merging, "visit_consent", ids[i], 0);
	}
	free(ids);
	return fault;
}

static enum fault merge_keep(struct merging *merging, int64_t there,
			     int64_t here)
{
	int64_t kept = 0, may = 0;
	enum fault fault;

	if ((fault = copy_consents(merging, there, here)) ||
	    (fault = number_of(merging->there,
			       "SELECT keep = 'kept' FROM visit WHERE id = ?1",
			       there, &kept)) ||
	    (fault = number_of(merging->here,
			       "SELECT keep = 'today' AND erased_at IS NULL"
			       " FROM visit WHERE id = ?1",
			       here, &may)))
		return fault;
	return kept && may
		   ? statement_run(merging->here, VISIT_SET_KEPT, "i", here)
		   : FAULT_NONE;
}

/* --- visits --------------------------------------------------------------- */

static enum fault merge_visit(struct merging *merging, int64_t there)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	int64_t here = 0;
	enum fault fault;

	if ((fault = map_find(merging, "visit", there, &here)) || !here)
		return fault;
	if ((fault = transaction_begin(merging->here, &change)) ||
	    (fault = merge_acts_of(merging, there, here)) ||
	    (fault = merge_person(merging, there, here)) ||
	    (fault = merge_keep(merging, there, here)))
		return fault;
	return transaction_commit(&change);
}

enum fault merge_visits(struct merging *merging)
{
	return merging_each(merging, "SELECT id FROM visit ORDER BY id", 0,
			    merge_visit);
}
