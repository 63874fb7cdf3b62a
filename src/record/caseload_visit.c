#include <stdlib.h>
#include <string.h>

#include "record/caseload_inside.h"
#include "record/inside.h"
#include "record/people.h"

/* What became of visits on a laptop: called, taken in, ended, whose they are,
 * and what may be kept. */

/* --- the course ----------------------------------------------------------- */

/* The columns that acts change, as one text; the order is the statement's. */
#define COURSE                                                       \
	"json_array(state, called, calls, started, ended, outcome, " \
	"held_by, staff_level, staff_reason)"
#define SET_COURSE                                                          \
	"UPDATE visit SET state = ?2 ->> 0, called = ?2 ->> 1, calls = ?2 " \
	"->> 2, started = ?2 ->> 3, ended = ?2 ->> 4, outcome = ?2 ->> 5,"  \
	" held_by = ?2 ->> 6, staff_level = ?2 ->> 7, staff_reason = CASE"  \
	" WHEN erased_at IS NULL THEN ?2 ->> 8 ELSE '' END WHERE id = ?1"
/* What comes to a visit that was erased comes without what somebody wrote. */
#define UNLESS_ERASED(text)                                              \
	"CASE WHEN (SELECT erased_at FROM visit WHERE id = ?1) IS NULL " \
	"THEN " text " ELSE '' END"

/* One text of one row; NULL where there is none. The caller frees it. */
static enum fault read_text(struct record *record, const char *sql, int64_t id,
			    char **out)
{
	sqlite3_stmt *ask;
	enum fault fault = statement_take(record, sql, &ask);
	bool row = false;

	*out = NULL;
	if (fault)
		return fault;
	sqlite3_bind_int64(ask, 1, id);
	if (!(fault = statement_row(record, ask, &row)) && row)
		*out = xstrdup(statement_text(ask, 0));
	statement_give_back(record, ask);
	return fault;
}

static enum fault clash_visit(struct merging *merging, int64_t id,
			      const char *what, const char *ours,
			      const char *ours_by, const char *was,
			      const char *theirs, const char *theirs_by)
{
	const struct record_who who = { .user = theirs_by, .desk = "" };
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = "",
		.who = &who,
		.now = merging->now,
	};
	struct clash clash = {
		.what = what,
		.subject = id,
		.ours = ours,
		.ours_by = ours_by,
		.was = was,
		.theirs = theirs,
	};
	enum fault fault =
	    statement_value(merging->here,
			    "SELECT coalesce(person, 0) FROM visit WHERE id ="
			    " ?1",
			    0, &clash.person, "i", id);

	return fault ? fault : clash_write(merging, &clash, &about);
}

/* "ended served" */
#define STANDS "SELECT trim(state || ' ' || outcome) FROM visit WHERE id = ?1"
#define STOOD \
	"SELECT trim(state || ' ' || outcome) FROM visit_act WHERE id = ?1"
#define BY "SELECT held_by FROM visit WHERE id = ?1"

static enum fault clash_course(struct merging *merging, int64_t there,
			       int64_t here, int64_t first)
{
	SCOPED(char_freep) char *ours = NULL;
	SCOPED(char_freep) char *ours_by = NULL;
	SCOPED(char_freep) char *was = NULL;
	SCOPED(char_freep) char *theirs = NULL;
	SCOPED(char_freep) char *theirs_by = NULL;
	enum fault fault;

	if ((fault = read_text(merging->here, STANDS, here, &ours)) ||
	    (fault = read_text(merging->here, BY, here, &ours_by)) ||
	    (fault = read_text(merging->there, STOOD, first, &was)) ||
	    (fault = read_text(merging->there, STANDS, there, &theirs)) ||
	    (fault = read_text(merging->there, BY, there, &theirs_by)))
		return fault;
	return clash_visit(merging, here, "visit.state", ours, ours_by, was,
			   theirs, theirs_by ?: "");
}

/* Each act that is new here, with the visit as it was before it. */
static enum fault copy_act(struct merging *merging, int64_t act, int64_t here)
{
	static const char add[] =
	    "INSERT INTO visit_act (visit, act, at, user, desk, undone, state,"
	    " called, calls, started, ended, outcome, held_by, staff_level,"
	    " staff_reason) SELECT ?1, ?2 ->> 0, ?2 ->> 1, ?2 ->> 2, ?2 ->> 3,"
	    " ?2 ->> 4, ?2 ->> 5, ?2 ->> 6, ?2 ->> 7, ?2 ->> 8, ?2 ->> 9,"
	    " ?2 ->> 10, ?2 ->> 11, ?2 ->> 12, " UNLESS_ERASED("?2 ->> 13");
	SCOPED(char_freep) char *row = NULL;
	enum fault fault;

	if ((fault = read_text(merging->there,
			       "SELECT json_array(act, at, user, desk, undone,"
			       " state, called, calls, started, ended, outcome,"
			       " held_by, staff_level, staff_reason) FROM"
			       " visit_act WHERE id = ?1",
			       act, &row)) ||
	    (fault = statement_do(merging->here, add, "it", here, row)))
		return fault;
	return map_put(merging, "visit_act", act,
		       sqlite3_last_insert_rowid(merging->here->db));
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

/* Three ways: as it was before the laptop's first act, as it became there, and
 * as it is here. */
static enum fault merge_course(struct merging *merging, int64_t there,
			       int64_t here, const int64_t *acts, size_t count)
{
	SCOPED(char_freep) char *was = NULL;
	SCOPED(char_freep) char *theirs = NULL;
	SCOPED(char_freep) char *ours = NULL;
	enum fault fault;

	if ((fault = read_text(merging->there,
			       "SELECT " COURSE " FROM visit_act WHERE id = ?1",
			       acts[0], &was)) ||
	    (fault = read_text(merging->there,
			       "SELECT " COURSE " FROM visit WHERE id = ?1",
			       there, &theirs)) ||
	    (fault = read_text(merging->here,
			       "SELECT " COURSE " FROM visit WHERE id = ?1",
			       here, &ours)))
		return fault;
	if (entity_differs(ours, theirs) && entity_differs(ours, was))
		fault = clash_course(merging, there, here, acts[0]);
	else if (entity_differs(ours, theirs))
		fault =
		    statement_do(merging->here, SET_COURSE, "it", here, theirs);
	for (size_t i = 0; i < count && !fault; i++)
		fault = copy_act(merging, acts[i], here);
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

static enum fault clash_person(struct merging *merging, int64_t here,
			       int64_t ours, int64_t was, int64_t theirs)
{
	const int64_t people[] = { ours, was, theirs };
	char *numbers[COUNT(people)] = { NULL };
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < COUNT(people) && !fault; i++)
		fault =
		    read_text(merging->here, NUMBER, people[i], &numbers[i]);
	if (!fault)
		fault = clash_visit(merging, here, "visit.person", numbers[0],
				    "", numbers[1], numbers[2], "");
	for (size_t i = 0; i < COUNT(people); i++)
		free(numbers[i]);
	return fault;
}

/* Three ways, as its course; people who were merged are one. */
static enum fault merge_person(struct merging *merging, int64_t there,
			       int64_t here)
{
	static const char whose[] =
	    "SELECT coalesce(person, 0) FROM visit WHERE id = ?1";
	int64_t person = 0, theirs = 0, ours = 0, gave = 0, act = 0, base = 0,
		was = 0;
	enum fault fault;

	if ((fault = read_base(merging, there, &base)) || base < 0)
		return fault;
	if ((fault = number_of(merging->there, whose, there, &person)) ||
	    (fault = number_of(merging->here, whose, here, &ours)) ||
	    (fault = number_of(merging->there,
			       "SELECT coalesce(gave, 0) FROM visit WHERE id ="
			       " ?1",
			       there, &gave)) ||
	    (gave && (fault = map_find(merging, "act", gave, &act))) ||
	    (ours && (fault = people_now(merging->here, ours, &ours))) ||
	    (fault = now_here(merging, person, &theirs)) ||
	    (fault = now_here(merging, base, &was)))
		return fault;
	/* Whoever was erased here is nobody's to give. */
	if (theirs == ours || (person && !theirs))
		return FAULT_NONE;
	if (ours != was)
		return clash_person(merging, here, ours, was, theirs);
	return statement_do(merging->here,
			    "UPDATE visit SET person = nullif(?2, 0), gave ="
			    " coalesce(gave, nullif(?3, 0)) WHERE id = ?1 AND"
			    " erased_at IS NULL",
			    "iii", here, theirs, act);
}

/* --- what may be kept ----------------------------------------------------- */

/* What was said about keeping, beside the kiosk. */
static enum fault copy_consents(struct merging *merging, int64_t there,
				int64_t here)
{
	static const char add[] =
	    "INSERT INTO visit_consent (visit, purpose, given, source, at,"
	    " user, language) SELECT ?1, ?2 ->> 0, ?2 ->> 1, ?2 ->> 2, ?2 ->>"
	    " 3, ?2 ->> 4, " UNLESS_ERASED("?2 ->> 5");
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
		SCOPED(char_freep) char *row = NULL;

		if ((fault = map_has(merging, "visit_consent", ids[i], &has,
				     &none)) ||
		    has || ids[i] <= last)
			continue;
		if (!(fault = read_text(merging->there,
					"SELECT json_array(purpose, given,"
					" source, at, user, language) FROM"
					" visit_consent WHERE id = ?1",
					ids[i], &row)) &&
		    !(fault =
			  statement_do(merging->here, add, "it", here, row)))
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
	int64_t here = 0, *acts = NULL;
	size_t count = 0;
	enum fault fault;

	if ((fault = map_find(merging, "visit", there, &here)) || !here)
		return fault;
	if (!(fault = transaction_begin(merging->here, &change)) &&
	    !(fault = read_new(merging, there, &acts, &count)) &&
	    (!count ||
	     !(fault = merge_course(merging, there, here, acts, count))) &&
	    !(fault = merge_person(merging, there, here)) &&
	    !(fault = merge_keep(merging, there, here)))
		fault = transaction_commit(&change);
	free(acts);
	return fault;
}

enum fault merge_visits(struct merging *merging)
{
	int64_t *ids = NULL;
	size_t count = 0;
	enum fault fault =
	    merging_ids(merging->there, "SELECT id FROM visit ORDER BY id", 0,
			&ids, &count);

	for (size_t i = 0; i < count && !fault; i++)
		fault = merge_visit(merging, ids[i]);
	free(ids);
	return fault;
}
