#include "record/caseload.h"

#include <sodium.h>
#include <string.h>

#include "base/bytes.h"
#include "record/backup_take.h"
#include "record/caseload_inside.h"
#include "record/kinds.h"
#include "record/lay.h"

/* Who goes out, and what a laptop does not need. */

struct taking {
	struct record *from, *copy;
	const struct caseload_scope *scope;
	uint8_t checkout[CASELOAD_ID];
	int64_t mark, now;
	int64_t people; /* taken out */
};

static enum fault run(const struct taking *taking, const char *sql)
{
	return store_run(taking->copy->db, sql)
		   ? statement_refuse(taking->copy, sql)
		   : FAULT_NONE;
}

static enum fault run_all(const struct taking *taking, const char *const *sql)
{
	enum fault fault = FAULT_NONE;

	for (; *sql && !fault; sql++)
		fault = run(taking, *sql);
	return fault;
}

/* --- whom ----------------------------------------------------------------- */

/* "(1, 17, 25)" */
static char *list_of(const struct caseload_scope *scope)
{
	struct bytes list = { 0 };

	bytes_add_text(&list, "(0");
	for (size_t i = 0; i < scope->count; i++)
		bytes_add_format(&list, ", %lld", (long long)scope->people[i]);
	bytes_add_text(&list, ")");
	return bytes_take_text(&list);
}

/* A condition on person, as SQL, that finds them by indexes; the caller frees
 * it. */
static char *whom(const struct caseload_scope *scope)
{
	SCOPED(char_freep) char *list = list_of(scope);
	const long long team = scope->team;

	return team
		   ? xasprintf("id IN %s OR team = %lld OR id IN (SELECT"
			       " m.person FROM household h CROSS JOIN member m"
			       " WHERE m.household = h.id AND h.team = %lld AND"
			       " m.gone = 0 AND h.gone = 0)",
			       list, team, team)
		   : xasprintf("id IN %s", list);
}

/* A team's people whose household is another team's go, the household does
 * not: its wall is that team's. */
static enum fault keep_people(struct taking *taking)
{
	SCOPED(char_freep) char *who = whom(taking->scope);
	SCOPED(char_freep)
	char *people =
	    xasprintf("DELETE FROM person WHERE (%s) IS NOT TRUE", who);
	SCOPED(char_freep)
	char *households = xasprintf(
	    "DELETE FROM household WHERE id NOT IN (SELECT household FROM"
	    " member WHERE gone = 0 AND person IN (SELECT id FROM person)) OR"
	    " (%lld AND team IS NOT NULL AND team <> %lld)",
	    (long long)taking->scope->team, (long long)taking->scope->team);
	enum fault fault;

	if ((fault = run(taking, people)) || (fault = run(taking, households)))
		return fault;
	return run(taking, "UPDATE person SET merged_into = NULL WHERE"
			   " merged_into NOT IN (SELECT id FROM person)");
}

/* --- what ----------------------------------------------------------------- */

/* Whether what has lost it goes too. Numbers that only say where something came
 * from may lead nowhere in any record. */
static bool goes_with(const struct kind *kind, const struct field *field)
{
	if (!field->link ||
	    (kind == &kind_person && strcmp(field->link, "person") == 0))
		return false;
	return field->type == FIELD_LINK || field->flags & FIELD_NEEDED ||
	       (kind->wall &&
		codes_have(kind->wall, field->name, strlen(field->name)));
}

/* Deletes what leads to something that has gone; *went says how many. */
static enum fault drop_led(const struct taking *taking, const struct kind *kind,
			   int64_t *went)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < kind->field_count && !fault; i++) {
		const struct field *field = &kind->fields[i];
		SCOPED(char_freep) char *sql = NULL;

		if (!goes_with(kind, field))
			continue;
		/* Nothing is in an empty table, not even NULL. */
		sql = xasprintf("DELETE FROM \"%s\" WHERE \"%s\" IS NOT NULL"
				" AND \"%s\" NOT IN (SELECT id FROM \"%s\")",
				kind->name, field->name, field->name,
				field->link);
		fault = run(taking, sql);
		*went += store_changed(taking->copy->db);
	}
	return fault;
}

/* What stands behind a wall, and behind nobody's here. */
static enum fault drop_unled(const struct taking *taking,
			     const struct kind *kind)
{
	struct bytes sql = { 0 };
	enum fault fault;

	if (!kind->wall || strcmp(kind->wall, "id") == 0)
		return FAULT_NONE;
	bytes_add_format(&sql, "DELETE FROM \"%s\" WHERE 1", kind->name);
	for (const char *at = kind->wall; *at; at += strspn(at, " ")) {
		const size_t length = strcspn(at, " ");

		bytes_add_format(&sql, " AND \"%.*s\" IS NULL", (int)length,
				 at);
		at += length;
	}
	fault = run(taking, (const char *)sql.data);
	bytes_done(&sql);
	return fault;
}

static enum fault drop_guarded(const struct taking *taking,
			       const struct kind *kind)
{
	SCOPED(char_freep) char *sql = NULL;

	if (!kind->guard)
		return FAULT_NONE;
	sql = xasprintf("DELETE FROM \"%s\" WHERE \"%s\" IS NOT 'open'",
			kind->name, kind->guard);
	return run(taking, sql);
}

/* What entities that went have left: their history and own fields. */
static enum fault drop_traces(const struct taking *taking,
			      const struct kind *kind)
{
	static const char *const tables[] = { "change", "change_apart",
					      "own_value" };
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < COUNT(tables) && !fault; i++) {
		SCOPED(char_freep)
		char *sql = xasprintf("DELETE FROM %s WHERE kind = '%s' AND"
				      " entity NOT IN (SELECT id FROM \"%s\")",
				      tables[i], kind->name, kind->name);

		fault = run(taking, sql);
	}
	return fault;
}

static enum fault drop_entities(const struct taking *taking)
{
	enum fault fault = FAULT_NONE;
	int64_t went = 1;

	for (size_t i = 0; i < kind_count() && !fault; i++) {
		if (!(fault = drop_unled(taking, kind_at(i))))
			fault = drop_guarded(taking, kind_at(i));
	}
	/* What leads to these goes too, until nothing does. */
	while (went && !fault) {
		went = 0;
		for (size_t i = 0; i < kind_count() && !fault; i++)
			fault = drop_led(taking, kind_at(i), &went);
	}
	for (size_t i = 0; i < kind_count() && !fault; i++)
		fault = drop_traces(taking, kind_at(i));
	return fault;
}

/* Before entities: what came along and is nobody's who goes. */
static const char *const others[] = {
	"DELETE FROM visit WHERE person IS NULL OR person NOT IN (SELECT id"
	" FROM person)",
	"DELETE FROM sponsor_group WHERE id NOT IN (SELECT s.sponsor_group"
	" FROM sponsorship s WHERE s.household IN (SELECT id FROM household)"
	" UNION SELECT g.parent FROM sponsor_group g JOIN sponsorship s ON"
	" s.sponsor_group = g.id WHERE g.parent IS NOT NULL AND s.household"
	" IN (SELECT id FROM household))",
	NULL,
};

/* After them: what visits and people that went have left. */
static const char *const behind[] = {
	"DELETE FROM intake WHERE visit NOT IN (SELECT id FROM visit)",
	"DELETE FROM intake_answer WHERE visit NOT IN (SELECT id FROM visit)",
	"DELETE FROM visit_rule WHERE visit NOT IN (SELECT id FROM visit)",
	"DELETE FROM visit_act WHERE visit NOT IN (SELECT id FROM visit)",
	"DELETE FROM fact WHERE (visit IS NOT NULL AND visit NOT IN (SELECT id"
	" FROM visit)) OR (person IS NOT NULL AND person NOT IN (SELECT id FROM"
	" person))",
	"DELETE FROM visit_consent WHERE (visit IS NOT NULL AND visit NOT IN"
	" (SELECT id FROM visit)) OR (person IS NOT NULL AND person NOT IN"
	" (SELECT id FROM person))",
	"DELETE FROM alert WHERE visit IS NULL OR visit NOT IN (SELECT id FROM"
	" visit)",
	"DELETE FROM ticket WHERE case_id NOT IN (SELECT CAST(id AS TEXT) FROM"
	" visit)",
	"DELETE FROM act WHERE id NOT IN (SELECT act FROM change UNION SELECT"
	" act FROM change_apart)",
	"INSERT INTO away_from (name, last) SELECT name, seq FROM"
	" sqlite_sequence",
	NULL,
};

/* Where the names lie apart, what is sealed under their key stays with it. */
static const char *const sealed[] = {
	"DELETE FROM fact WHERE substr(value, 1, 1) = char(1)",
	"DELETE FROM intake",
	"DELETE FROM intake_answer",
	"DELETE FROM names_lie_apart",
	"UPDATE laid SET mark = 0",
	NULL,
};

static enum fault lay_names(const struct taking *taking)
{
	enum fault fault = run_all(taking, sealed);

	if (!fault && lay_kinds(taking->copy->db, "main", true))
		fault = statement_refuse(taking->copy, "laying the names");
	return fault;
}

static enum fault say_away(const struct taking *taking)
{
	return statement_do(taking->copy,
			    "INSERT INTO away (checkout, mark, at)"
			    " VALUES (?1, ?2, ?3)",
			    "bii", taking->checkout, CASELOAD_ID, taking->mark,
			    taking->now);
}

static enum fault fill(void *to, struct record *copy)
{
	struct taking *taking = to;
	const bool apart = taking->from->names != NULL;
	enum fault fault;

	taking->copy = copy;
	if ((fault = caseload_gather(taking->from, copy, taking->scope)) ||
	    (apart && (fault = lay_names(taking))) ||
	    (fault = keep_people(taking)) ||
	    (fault = run_all(taking, others)) ||
	    (fault = drop_entities(taking)) ||
	    (fault = run_all(taking, behind)) || (fault = say_away(taking)))
		return fault;
	/* What was prepared holds the file's pages. */
	statement_release(copy);
	return FAULT_NONE;
}

/* --- out ------------------------------------------------------------------ */

enum fault caseload_away_read(struct record *record, struct caseload_away *away)
{
	struct store_ask *ask;
	enum fault fault =
	    statement_take(record, "SELECT checkout, copy FROM away", &ask);
	bool row = false;

	*away = (struct caseload_away){ 0 };
	if (fault)
		return fault;
	if (!(fault = statement_row(record, ask, &row)) && row) {
		away->away = true;
		away->opened = !store_is_null(ask, 1);
		fault = statement_blob(record, ask, 0, CASELOAD_ID, CASELOAD_ID,
				       away->checkout, NULL);
		if (!fault && away->opened)
			fault = statement_blob(record, ask, 1, CASELOAD_ID,
					       CASELOAD_ID, away->copy, NULL);
	}
	statement_give_back(record, ask);
	return fault;
}

static enum fault count_people(struct record *record,
			       const struct caseload_scope *scope,
			       int64_t *count)
{
	SCOPED(char_freep) char *who = whom(scope);
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT count(*) FROM person WHERE gone = 0 AND"
			      " (%s)",
			      who);

	return statement_value(record, sql, 0, count, "");
}

/* First the record knows of it, then the file is there: one that it does not
 * know could not come back. */
static enum fault write_out(struct record *record, struct taking *taking,
			    const struct record_who *who)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_value(record,
				     "SELECT coalesce(max(mark), 0) + 1 FROM"
				     " caseload_out",
				     1, &taking->mark, "")) ||
	    (fault = statement_do(
		 record,
		 "INSERT INTO caseload_out (checkout, mark, at, user, people)"
		 " VALUES (?1, ?2, ?3, ?4, ?5)",
		 "biiti", taking->checkout, CASELOAD_ID, taking->mark,
		 taking->now, who->user, taking->people)))
		return fault;
	return transaction_commit(&change);
}

static enum fault take_back(struct record *record, const struct taking *taking)
{
	return statement_do(record,
			    "DELETE FROM caseload_out WHERE checkout = ?1", "b",
			    taking->checkout, CASELOAD_ID);
}

enum fault caseload_check_out(struct record *record, const char *path,
			      const uint8_t agency[KEY_BYTES],
			      const struct caseload_scope *scope,
			      const struct record_who *who, int64_t now,
			      const struct backup_watch *watch,
			      enum caseload_answer *answer,
			      struct caseload_told *told)
{
	struct taking taking = { .from = record, .scope = scope, .now = now };
	const struct backup_take take = { BACKUP_CASELOAD, fill, &taking,
					  "check-out" };
	struct caseload_away away;
	int64_t people = 0;
	enum fault fault;

	*told = (struct caseload_told){ .made = now };
	if ((fault = caseload_away_read(record, &away)) ||
	    (fault = count_people(record, scope, &people)))
		return fault;
	*answer = away.away ? CASELOAD_AWAY
		  : people  ? CASELOAD_DONE
			    : CASELOAD_NOBODY;
	if (*answer != CASELOAD_DONE)
		return FAULT_NONE;
	randombytes_buf(taking.checkout, sizeof taking.checkout);
	taking.people = people;
	if ((fault = write_out(record, &taking, who)))
		return fault;
	fault = backup_take(record, path, agency, &take, who, now, watch,
			    &told->held);
	if (fault && take_back(record, &taking))
		return FAULT_STORE;
	return fault;
}

enum fault caseload_check_in(struct record *record, const char *path,
			     const uint8_t agency[KEY_BYTES],
			     const struct record_who *who, int64_t now,
			     const struct backup_watch *watch,
			     enum caseload_answer *answer,
			     struct caseload_told *told)
{
	static const struct backup_take take = { .what = BACKUP_CASELOAD,
						 .act = "check-in" };
	struct caseload_away away;
	enum fault fault = caseload_away_read(record, &away);

	*told = (struct caseload_told){ .made = now };
	*answer = away.away ? CASELOAD_DONE : CASELOAD_NOT_AWAY;
	if (fault || *answer != CASELOAD_DONE)
		return fault;
	return backup_take(record, path, agency, &take, who, now, watch,
			   &told->held);
}

enum fault caseload_each(struct record *record, caseload_visit *visit, void *to)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    record,
	    "SELECT mark, at, user, people, coalesce((SELECT max(b.at) FROM"
	    " caseload_back b WHERE b.checkout = o.checkout), 0) FROM"
	    " caseload_out o ORDER BY mark DESC",
	    &ask);
	bool row;

	if (fault)
		return fault;
	while (!(fault = statement_row(record, ask, &row)) && row)
		visit(to, &(struct caseload_out){
			      .mark = store_number(ask, 0),
			      .at = store_number(ask, 1),
			      .user = statement_text(ask, 2),
			      .people = store_number(ask, 3),
			      .back = store_number(ask, 4),
			  });
	statement_give_back(record, ask);
	return fault;
}
