#include "record/audit.h"

#include <string.h>

#include "base/bytes.h"
#include "record/statement.h"

static bool may_read(const struct record_who *who)
{
	return !who->roles || who->roles & ROLE_AUDITOR;
}

/* --- what is about a person ------------------------------------------------
 */

static bool is_about_person(const struct kind *kind)
{
	return kind_field(kind, "person") != NULL;
}

/* A subject and, with its id, the person it is about. */
static void add_person_of(struct bytes *sql, const char *subject,
			  const char *field)
{
	bytes_add_format(sql,
			 " WHEN '%s' THEN (SELECT number FROM person WHERE"
			 " id = (SELECT %s FROM %s WHERE id = subject_id))",
			 subject, field, subject);
}

/* Every subject that is about a person, with the field that leads there. */
static void add_each(struct bytes *sql,
		     void add(struct bytes *, const char *, const char *))
{
	add(sql, "person", "id");
	add(sql, "visit", "person");
	for (size_t i = 0; i < kind_count(); i++) {
		if (is_about_person(kind_at(i)))
			add(sql, kind_at(i)->name, "person");
	}
}

static void add_numbers(struct bytes *sql)
{
	bytes_add_text(sql, "CASE subject");
	add_each(sql, add_person_of);
	bytes_add_text(sql, " END");
}

static void add_is_about(struct bytes *sql, const char *subject,
			 const char *field)
{
	bytes_add_format(sql,
			 " OR (subject = '%s' AND subject_id IN"
			 " (SELECT id FROM %s WHERE %s = ?3))",
			 subject, subject, field);
}

static void add_about(struct bytes *sql)
{
	bytes_add_text(sql, " AND (?3 = 0");
	add_each(sql, add_is_about);
	bytes_add_text(sql, ")");
}

/* --- reading ---------------------------------------------------------------
 */

enum column { ROW, AT, USER, DESK, ACT, SUBJECT, ID, OLD, PERSON };

/* The caller frees it. Names of tables are the kinds' own. */
static char *statement_for(void)
{
	struct bytes sql = { 0 };

	bytes_add_text(&sql, "SELECT id, at, user, desk, act, subject,"
			     " subject_id, old, ");
	add_numbers(&sql);
	bytes_add_text(&sql, " FROM audit WHERE (?1 IS NULL OR lower(user) ="
			     " lower(?1)) AND (?2 IS NULL OR subject ="
			     " ?2) AND at >= ?4 AND (?5 = 0 OR at < ?5) AND"
			     " (?6 = 0 OR id < ?6)");
	add_about(&sql);
	bytes_add_text(&sql, " ORDER BY id DESC LIMIT ?7");
	return bytes_take_text(&sql);
}

static void bind(struct store_ask *ask, const struct audit_wanted *wanted)
{
	store_bind_text(ask, 1, wanted->user);
	store_bind_text(ask, 2, wanted->subject);
	store_bind(ask, 3, wanted->person);
	store_bind(ask, 4, wanted->from);
	store_bind(ask, 5, wanted->until);
	store_bind(ask, 6, wanted->row);
	store_bind(ask, 7, wanted->most ? (int64_t)wanted->most : INT64_MAX);
}

static struct audit_row row_of(struct store_ask *ask)
{
	return (struct audit_row){
		.row = store_number(ask, ROW),
		.at = store_number(ask, AT),
		.user = statement_text(ask, USER),
		.desk = statement_text(ask, DESK),
		.act = statement_text(ask, ACT),
		.subject = statement_text(ask, SUBJECT),
		.id = store_number(ask, ID),
		.old = store_text(ask, OLD),
		.person = store_text(ask, PERSON),
	};
}

/* A quiet flag is about somebody's safety, too. */
static bool is_secret(const char *subject)
{
	const struct kind *kind = kind_find(subject);

	return strcmp(subject, "alert") == 0 ||
	       (kind && (kind->guard || kind->watched));
}

static enum fault walk(struct record *record, const struct audit_wanted *wanted,
		       audit_visit *visit, void *to, bool *secret)
{
	SCOPED(char_freep) char *sql = statement_for();
	struct audit_row found;
	struct store_ask *ask;
	bool row, more = true;
	enum fault fault = statement_take(record, sql, &ask);

	*secret = false;
	if (fault)
		return fault;
	bind(ask, wanted);
	while (more && !(fault = statement_row(record, ask, &row)) && row) {
		found = row_of(ask);
		*secret = *secret || is_secret(found.subject);
		more = visit(to, &found);
	}
	statement_give_back(record, ask);
	return fault;
}

enum fault audit_read(struct record *record, const struct audit_wanted *wanted,
		      const char *act, const struct record_who *who,
		      int64_t now, enum entity_answer *answer,
		      audit_visit *visit, void *to)
{
	SCOPED(transaction_endp) struct transaction *reading = NULL;
	enum fault fault;
	bool secret;

	*answer = may_read(who) ? ENTITY_DONE : ENTITY_REFUSED;
	if (*answer == ENTITY_REFUSED)
		return FAULT_NONE;
	if ((fault = transaction_begin(record, &reading)) ||
	    (fault = walk(record, wanted, visit, to, &secret)))
		return fault;
	if (secret && (fault = audit_add(record, who, now, act, "audit",
					 wanted->person, NULL)))
		return fault;
	return transaction_commit(&reading);
}

/* --- what there is to want -------------------------------------------------
 */

enum fault audit_names(struct record *record, enum audit_part part,
		       const struct record_who *who, audit_name *name, void *to)
{
	static const char *const texts[] = {
#define NEWEST(column)                                                       \
	"SELECT x FROM (SELECT DISTINCT " column " AS x FROM audit WHERE id" \
	" > (SELECT max(id) FROM audit) - ?1) AS newest WHERE x <> '' ORDER" \
	" BY lower(x)"
		[AUDIT_USERS] = NEWEST("user"),
		[AUDIT_SUBJECTS] = NEWEST("subject"),
	};
	struct store_ask *ask;
	bool row;
	enum fault fault;

	if (!may_read(who))
		return FAULT_NONE;
	if ((fault = statement_take(record, texts[part], &ask)))
		return fault;
	store_bind(ask, 1, AUDIT_LOOKED);
	while (!(fault = statement_row(record, ask, &row)) && row)
		name(to, statement_text(ask, 0));
	statement_give_back(record, ask);
	return fault;
}

enum fault audit_person(struct record *record, const char *number,
			int64_t *person)
{
	struct store_ask *ask;
	bool row = false;
	enum fault fault = statement_take(
	    record, "SELECT id FROM person WHERE lower(number) = lower(?1)",
	    &ask);

	*person = 0;
	if (fault)
		return fault;
	store_bind_text(ask, 1, number);
	if (!(fault = statement_row(record, ask, &row)) && row)
		*person = store_number(ask, 0);
	statement_give_back(record, ask);
	return fault;
}
