#include "record/statement.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "record/inside.h"
#include "record/names_inside.h"

/* What a visit is called by: its own-script name, else the Latin one. */
#define NAME_OF_VISIT                                                        \
	"coalesce((SELECT names_reveal(value) FROM fact WHERE fact.visit = " \
	"visit.id"                                                           \
	" AND field IN ('own_script_name', 'latin_name')"                    \
	" ORDER BY field DESC, fact.id DESC LIMIT 1), '')"

#define EFFECTIVE "(CASE WHEN staff_level > 0 THEN staff_level ELSE level END)"

#define QUEUE_COLUMNS                                                    \
	"SELECT id, number, level, staff_level, state, arrived, called," \
	" started, language, tags, held_by, " NAME_OF_VISIT              \
	", EXISTS (SELECT 1 FROM alert WHERE alert.visit = visit.id"     \
	" AND closed = 0) FROM visit "

/* Every statement there is; all are prepared when a record opens. */
static const char *const sql[STATEMENT_COUNT] = {
	[BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
	[BEGIN_INNER] = "SAVEPOINT inner_change",
	[COMMIT_INNER] = "RELEASE inner_change",
	[ROLLBACK_INNER] = "ROLLBACK TO inner_change",

	[AUDIT_ADD] = "INSERT INTO audit (at, user, desk, act, subject,"
		      " subject_id, old) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[AUDIT_EACH] = "SELECT at, user, desk, act, subject, subject_id, old"
		       " FROM audit WHERE at >= ?1 ORDER BY id",
	[AUDIT_FORGET] = "UPDATE audit SET old = NULL"
			 " WHERE subject = 'visit' AND subject_id = ?1",

	[ACT_NEW] = "INSERT INTO act (at, user, desk, undoes)"
		    " VALUES (?1, ?2, ?3, nullif(?4, 0)) RETURNING id",
	[ACT_LAST_OF] = "SELECT id FROM act WHERE user = ?1 AND undone = 0"
			" AND undoes IS NULL ORDER BY id DESC LIMIT 1",
	[ACT_MARK_UNDONE] = "UPDATE act SET undone = 1 WHERE id = ?1",
	[OWN_VALUE_EACH] = "SELECT field, value FROM own_value"
			   " WHERE kind = ?1 AND entity = ?2",
	[OWN_VALUE_SET] =
	    "INSERT INTO own_value (kind, entity, field, value)"
	    " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind,"
	    " entity, field) DO UPDATE SET value = excluded.value",
	[OWN_VALUE_DROP] = "DELETE FROM own_value"
			   " WHERE kind = ?1 AND entity = ?2 AND field = ?3",
	[OWN_VALUE_FORGET] = "DELETE FROM own_value"
			     " WHERE kind = ?1 AND entity = ?2",
	[OWN_FIELD_EACH] = "SELECT \"of\", name, type, codes, id"
			   " FROM own_field WHERE gone = 0 ORDER BY id",

	[KIOSK_ADD] = "INSERT INTO kiosk (key, name, zone, enrolled_at,"
		      " enrolled_by) VALUES (?1, ?2, ?3, ?4, ?5)",
	[KIOSK_BY_KEY] = "SELECT 1, name FROM kiosk WHERE key = ?1",
	[KIOSK_BY_NAME] = "SELECT 1 FROM kiosk"
			  " WHERE name = ?1 AND revoked_at IS NULL",
	[KIOSK_COUNT] = "SELECT count(*) FROM kiosk",
	[KIOSK_REVOKE] = "UPDATE kiosk SET revoked_at = ?2, revoked_by = ?3,"
			 " last_good = ?4 WHERE key = ?1",
	[KIOSK_EACH] = "SELECT key, name, zone, enrolled_at, enrolled_by,"
		       " revoked_at IS NOT NULL, last_good,"
		       " (SELECT coalesce(max(seq), 0) FROM ticket"
		       " WHERE kiosk_key = kiosk.key) FROM kiosk"
		       " ORDER BY name, enrolled_at, key",

	[TICKET_LOOK] = "SELECT wire_hash, filed_at, filed_by, case_id"
			" FROM ticket WHERE kiosk_key = ?1 AND seq = ?2",
	[TICKET_ADD] = "INSERT INTO ticket (kiosk_key, seq, wire_hash,"
		       " filed_at, filed_by, case_id)"
		       " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[TICKET_OF_VISIT] = "SELECT wire_hash FROM ticket WHERE case_id = ?1",
	[TICKET_REMOVE] = "DELETE FROM ticket WHERE case_id = ?1",
	[HELD_KEEP] = "INSERT INTO ticket_held (wire_hash, wire, reason,"
		      " held_at) VALUES (?1, ?2, ?3, ?4)"
		      " ON CONFLICT (wire_hash) DO UPDATE"
		      " SET reason = excluded.reason"
		      " WHERE ticket_held.reason <> excluded.reason",
	[HELD_DROP] = "DELETE FROM ticket_held WHERE wire_hash = ?1",
	[HELD_EACH] = "SELECT wire_hash, wire, reason, held_at"
		      " FROM ticket_held ORDER BY held_at, wire_hash",

	[VISIT_ADD] = "INSERT INTO visit (number, form, issued, arrived,"
		      " filed, desk, level, tags, language, quiet,"
		      " more_to_tell, keep, erase_at, erased_at, zone,"
		      " source, paper, filled, left_blank)"
		      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
		      " ?11, ?12, nullif(?13, 0), nullif(?14, 0), ?15, ?16,"
		      " ?17, ?18, ?19)"
		      " RETURNING id",
	[VISIT_READ] = "SELECT number, issued, arrived, called, started,"
		       " ended, level, staff_level, staff_reason, keep, state,"
		       " outcome, calls, quiet, more_to_tell,"
		       " erased_at IS NOT NULL, tags, language, held_by,"
		       " source, paper, filled, left_blank"
		       " FROM visit WHERE id = ?1",
	[VISIT_PAPERS] = "SELECT count(*) FROM visit WHERE source = 'paper'",
	[VISIT_AWAY] = "SELECT coalesce(max(mark), 0) FROM away",
	[VISIT_BY_NUMBER] = "SELECT id FROM visit WHERE number = ?1"
			    " ORDER BY id DESC LIMIT 1",
	[VISIT_BY_ENDING] =
	    "SELECT id FROM visit WHERE (state <> 'ended' OR ended > ?2)"
	    " AND lower(substr(number, length(number) - length(?1) + 1)) ="
	    " lower(?1)"
	    " ORDER BY id DESC",
	[VISIT_SET_STATE] = "UPDATE visit SET state = ?2, called = ?3,"
			    " calls = ?4, started = ?5, ended = ?6,"
			    " outcome = ?7, held_by = ?8 WHERE id = ?1",
	[VISIT_SET_LEVEL] = "UPDATE visit SET staff_level = ?2,"
			    " staff_reason = ?3 WHERE id = ?1",
	[VISIT_SET_KEPT] = "UPDATE visit SET keep = 'kept', erase_at = NULL"
			   " WHERE id = ?1",
	[VISIT_EMPTY] =
	    "UPDATE visit SET tags = '', language = '',"
	    " quiet = 0, more_to_tell = 0, staff_reason = '', left_blank = '',"
	    " person = NULL, erase_at = NULL, erased_at = ?2 WHERE id = ?1",
	[VISIT_REMOVE] = "DELETE FROM visit WHERE id = ?1",
	[INTAKE_ADD] = "INSERT INTO intake (visit, submission, instance_id,"
		       " wire) VALUES (?1, names_keep(NULL, ?2), ?3, ?4)",
	[INTAKE_BASIS] = "SELECT form, CASE WHEN filled > 0 THEN filled"
			 " WHEN issued > 0 THEN issued ELSE arrived END,"
			 " zone FROM intake"
			 " JOIN visit ON visit.id = intake.visit"
			 " WHERE visit = ?1",
	[INTAKE_READ] =
	    "SELECT names_reveal(submission) FROM intake WHERE visit = ?1",
	[INTAKE_WIRE] = "SELECT wire FROM intake WHERE visit = ?1",
	[INTAKE_REMOVE] = "DELETE FROM intake WHERE visit = ?1",
	[ANSWER_ADD] = "INSERT INTO intake_answer (visit, position, reference,"
		       " value) VALUES (?1, ?2, ?3, names_keep(NULL, ?4))",
	[ANSWER_EACH] =
	    "SELECT reference, names_reveal(value) FROM intake_answer"
	    " WHERE visit = ?1 ORDER BY position",
	[ANSWER_REMOVE] = "DELETE FROM intake_answer WHERE visit = ?1",
	[RULE_ADD] = "INSERT INTO visit_rule (visit, position, language, rule,"
		     " reason) VALUES (?1, ?2, ?3, ?4, ?5)",
	[RULE_EACH] = "SELECT rule, reason FROM visit_rule"
		      " WHERE visit = ?1 AND language = ?2 ORDER BY position",
	[RULE_REMOVE] = "DELETE FROM visit_rule WHERE visit = ?1",
	[FACT_ADD] = "INSERT INTO fact (visit, person, field, value, source,"
		     " at, user)"
		     " VALUES (nullif(?1, 0), nullif(?2, 0), ?3,"
		     " names_keep(?3, ?4), ?5, ?6, ?7)",
	[FACT_EACH] = "SELECT field, names_reveal(value), source FROM fact"
		      " WHERE visit = ?1 ORDER BY id",
	[FACT_REMOVE] = "DELETE FROM fact WHERE visit = ?1",
	[ACT_ADD] = "INSERT INTO visit_act (visit, act, at, user, desk, state,"
		    " called, calls, started, ended, outcome, held_by,"
		    " staff_level, staff_reason)"
		    " SELECT id, ?2, ?3, ?4, ?5, state, called, calls,"
		    " started, ended, outcome, held_by, staff_level,"
		    " staff_reason FROM visit WHERE id = ?1",
	[ACT_LAST] = "SELECT id, user, state, called, calls, started, ended,"
		     " outcome, held_by, staff_level, staff_reason, act"
		     " FROM visit_act WHERE visit = ?1 AND undone = 0"
		     " ORDER BY id DESC LIMIT 1",
	[ACT_UNDO] = "UPDATE visit_act SET undone = 1 WHERE id = ?1",
	[ACT_FORGET] = "UPDATE visit_act SET staff_reason = ''"
		       " WHERE visit = ?1",
	[CONSENT_ADD] =
	    "INSERT INTO visit_consent (visit, person, purpose, given,"
	    " source, at, user, language, form)"
	    " VALUES (?1, nullif(?2, 0), ?3, ?4, ?5, ?6, ?7, ?8,"
	    " ?9)",
	[CONSENT_FORGET] =
	    "UPDATE visit_consent SET language = '', form = NULL,"
	    " person = NULL WHERE visit = ?1",
	[CONSENT_REMOVE] = "DELETE FROM visit_consent WHERE visit = ?1",
	[VISIT_DUE] = "SELECT id FROM visit WHERE erase_at <= ?1"
		      " ORDER BY id LIMIT 1",
	[TOMBSTONE_ADD] = "INSERT INTO tombstone (subject, subject_id, rule,"
			  " at, user, counts) VALUES ('visit', ?1, ?2, ?3, ?4,"
			  " (SELECT json_object("
			  "'answers', (SELECT count(*) FROM intake_answer"
			  " WHERE visit = ?1),"
			  " 'rules', (SELECT count(DISTINCT position)"
			  " FROM visit_rule WHERE visit = ?1),"
			  " 'facts', (SELECT count(*) FROM fact"
			  " WHERE visit = ?1))))",

	/* ?1 is now, ?2 the waiting limit or 0, ?3 whether only U5. */
	[QUEUE_WAITING_ROWS] = QUEUE_COLUMNS
	"WHERE state IN ('waiting', 'called', 'no-answer')"
	" AND (?3 = 0 OR " EFFECTIVE " = 5)"
	" ORDER BY CASE WHEN " EFFECTIVE " = 1 THEN 1"
	" WHEN " EFFECTIVE " = 2 OR (?2 > 0 AND ?1 - arrived >= ?2)"
	" THEN 2 ELSE 3 END, arrived, id",
	[QUEUE_IN_SERVICE_ROWS] =
	    QUEUE_COLUMNS "WHERE state = 'in-service' ORDER BY started, id",
	[QUEUE_ENDED_ROWS] = QUEUE_COLUMNS
	"WHERE state = 'ended' AND ended > ?1 ORDER BY ended DESC, id DESC",
	[BOARD_CALLED] = "SELECT number FROM visit WHERE state = 'called'"
			 " ORDER BY called DESC, id DESC LIMIT ?1",
	[BOARD_WAITING] = "SELECT number FROM visit"
			  " WHERE state IN ('waiting', 'no-answer')"
			  " ORDER BY number, id",

	[ALERT_ADD] = "INSERT INTO alert (visit, kind, desk, raised)"
		      " VALUES (nullif(?1, 0), ?2, ?3, ?4) RETURNING id",
	/* ?1 is this desk; alerts raised until ?2 or after ?3 repeat now. */
	[ALERT_ROWS] = "SELECT alert.id, coalesce(visit, 0),"
		       " coalesce(number, ''), kind, alert.desk, raised,"
		       " acknowledged, acknowledged_by,"
		       " alert.desk <> ?1 AND acknowledged = 0,"
		       " alert.desk <> ?1 AND acknowledged = 0 AND repeated = 0"
		       " FROM alert LEFT JOIN visit ON visit.id = alert.visit"
		       " WHERE closed = 0 AND (alert.desk = ?1"
		       " OR acknowledged > 0 OR repeated > 0"
		       " OR raised <= ?2 OR raised > ?3)"
		       " ORDER BY raised, alert.id",
	[ALERT_REPEAT] = "UPDATE alert SET repeated = ?4, repeated_desk = ?1"
			 " WHERE closed = 0 AND acknowledged = 0"
			 " AND repeated = 0 AND desk <> ?1"
			 " AND (raised <= ?2 OR raised > ?3)",
	[ALERT_LOOK] = "SELECT acknowledged, closed, coalesce(visit, 0),"
		       " coalesce((SELECT CASE WHEN erased_at > 0 THEN 1"
		       " ELSE 0 END FROM visit"
		       " WHERE visit.id = alert.visit), 0)"
		       " FROM alert WHERE id = ?1",
	[ALERT_ACKNOWLEDGE] = "UPDATE alert SET acknowledged = ?2,"
			      " acknowledged_by = ?3 WHERE id = ?1",
	[ALERT_CLOSE] = "UPDATE alert SET closed = ?2, closed_by = ?3,"
			" outcome = ?4 WHERE id = ?1",
	/* An erased visit's closed alerts no longer say whose they were. */
	[ALERT_UNLINK] = "UPDATE alert SET visit = NULL"
			 " WHERE visit = ?1 AND closed > 0",
	[ALERT_OPEN_OF] = "SELECT count(*) FROM alert"
			  " WHERE visit = ?1 AND closed = 0",

	[HSDS_FILE_ADD] = "INSERT INTO hsds_file (path, resource, columns,"
			  " bytes, position) VALUES (?1, ?2, ?3, ?4, ?5)",
	[HSDS_FILE_EACH] = "SELECT path, resource, bytes, changed"
			   " FROM hsds_file ORDER BY position, path",
	[HSDS_FILE_COLUMNS] =
	    "SELECT columns FROM hsds_file WHERE resource = ?1",
	[HSDS_FILE_TOUCH] = "UPDATE hsds_file SET changed = 1, columns = ?2"
			    " WHERE resource = ?1",
	[HSDS_FILE_CLEAR] = "DELETE FROM hsds_file",
	[HSDS_ROW_EACH] = "SELECT id, cells, own FROM hsds_row WHERE tab = ?1"
			  " ORDER BY own, position",
	[HSDS_ROW_READ] =
	    "SELECT cells FROM hsds_row WHERE tab = ?1 AND id = ?2",
	[HSDS_ROW_SET] = "INSERT INTO hsds_row (tab, id, cells, own)"
			 " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (tab, id)"
			 " DO UPDATE SET cells = excluded.cells",
	[HSDS_ROW_TAKE] = "INSERT INTO hsds_row (tab, id, cells, own)"
			  " VALUES (?1, ?2, ?3, 0) ON CONFLICT (tab, id)"
			  " DO UPDATE SET cells = excluded.cells",
	[HSDS_ROW_DROP] = "DELETE FROM hsds_row WHERE tab = ?1 AND id = ?2",
	[HSDS_ROW_CLEAR] = "DELETE FROM hsds_row WHERE own = 0",
	[HSDS_LINK_ADD] = "INSERT INTO hsds_link (target_tab, target, tab,"
			  " id) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
	[HSDS_LINK_DROP] = "DELETE FROM hsds_link WHERE tab = ?1 AND id = ?2",
	[HSDS_LINK_CLEAR] = "DELETE FROM hsds_link",
	[HSDS_LINKED] = "SELECT hsds_row.cells FROM hsds_link JOIN hsds_row"
			" ON hsds_row.tab = hsds_link.tab"
			" AND hsds_row.id = hsds_link.id"
			" WHERE target_tab = ?1 AND target = ?2"
			" AND hsds_link.tab = ?3 ORDER BY own, position",
	[SERVICE_FIND] = "SELECT id FROM service WHERE hsds_id = ?1",
	[SERVICE_ADD] = "INSERT INTO service (hsds_id, made_at, made_by,"
			" changed_at, changed_by)"
			" VALUES (?1, ?2, ?3, ?2, ?3) RETURNING id",
	[SERVICE_SET] = "UPDATE service SET name = ?2, organization = ?3,"
			" status = ?4, assured = nullif(?5, ''), phone = ?6,"
			" city = ?7, languages = ?8, terms = ?9,"
			" capacity = nullif(?10, ''), safety = nullif(?11, ''),"
			" listed = 1 WHERE id = ?1",
	[SERVICE_WORDS_SET] =
	    "INSERT INTO service_words (service, head, words,"
	    " sounds, areas) VALUES (?1, ?2, ?3, ?4, ?5)"
	    " ON CONFLICT (service) DO UPDATE SET"
	    " head = excluded.head, words = excluded.words,"
	    " sounds = excluded.sounds, areas = excluded.areas",
	[SERVICE_UNLIST] = "UPDATE service SET listed = 0 WHERE hsds_id NOT IN"
			   " (SELECT id FROM hsds_row WHERE tab = 'service')",
	[SERVICE_HSDS_ID] = "SELECT hsds_id FROM service"
			    " WHERE id = ?1 AND listed = 1",
	[SERVICE_ORGANIZATION] =
	    "SELECT organization FROM service WHERE id = ?1",
	[SERVICE_OWN] = "SELECT terms, coalesce(safety, ''),"
			" coalesce(note, '') FROM service WHERE id = ?1",
	[SERVICE_SAID] =
	    "SELECT said FROM (SELECT said_person AS said, changed_at"
	    " FROM referral WHERE service = ?1 AND gone = 0"
	    " UNION ALL SELECT said_agency, changed_at"
	    " FROM referral WHERE service = ?1 AND gone = 0)"
	    " WHERE said IS NOT NULL ORDER BY changed_at DESC LIMIT 20",
	[SERVICE_SEARCH] =
	    "SELECT service.id, service.hsds_id, service.name,"
	    " service.organization, service.status,"
	    " coalesce(service.assured, ''), service.phone, service.city,"
	    " service.languages, service.terms, coalesce(service.safety, ''),"
	    " head, words, sounds, areas,"
	    " coalesce(avg(rating_person), 0), count(rating_person),"
	    " coalesce(avg(rating_agency), 0), count(rating_agency)"
	    " FROM service"
	    " JOIN service_words ON service_words.service = service.id"
	    " LEFT JOIN referral ON referral.service = service.id"
	    " AND referral.gone = 0 WHERE service.listed = 1"
	    " AND service.status IN ('active', 'temporarily closed')"
	    " GROUP BY service.id, service_words.service"
	    " ORDER BY service.id",
};

static int64_t seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* One line, however often it is tried until it is back. */
static void tell_away(struct record *record, const char *doing)
{
	if (record->trouble == RECORD_UNSURE) {
		log_error("%s: %s: the server broke off (%s) before it said "
			  "whether the change was saved: look before doing it "
			  "again",
			  record->path, doing, store_error(record->db));
		return;
	}
	if (record->away_since)
		return;
	record->away_since = seconds_now();
	log_error("%s: %s: the server does not answer (%s); nothing was "
		  "changed. It is asked again by itself",
		  record->path, doing, store_error(record->db));
}

static void tell_back(struct record *record)
{
	const int64_t seconds = seconds_now() - record->away_since;

	if (!record->away_since)
		return;
	record->away_since = 0;
	log_warning("%s: the server answers again, after %lld min %02lld s",
		    record->path, (long long)seconds / 60,
		    (long long)seconds % 60);
}

enum fault statement_refuse(struct record *record, const char *doing)
{
	record->trouble = store_trouble(record->db);
	if (record->trouble == RECORD_FULL)
		log_error("%s: %s: the disk is full; nothing was changed. "
			  "Make room on it and do it again",
			  record->path, doing);
	else if (record->trouble == RECORD_BUSY)
		log_error("%s: %s: another program has kept it busy for %d "
			  "seconds; do it again, or end that program",
			  record->path, doing, RECORD_BUSY_MS / 1000);
	else if (record_away(record))
		tell_away(record, doing);
	else if (record->trouble == RECORD_DAMAGED)
		log_error("%s: %s: the record is damaged (%s). " STATEMENT_MEND,
			  record->path, doing, store_error(record->db));
	else
		log_error("%s: %s: %s", record->path, doing,
			  store_error(record->db));
	return FAULT_STORE;
}

enum fault statement_prepare(struct record *record)
{
	for (int i = 0; i < STATEMENT_COUNT; i++) {
		record->prepared[i] = store_prepare(record->db, sql[i]);
		if (!record->prepared[i])
			return statement_refuse(record, sql[i]);
	}
	return FAULT_NONE;
}

void statement_release(struct record *record)
{
	for (int i = 0; i < STATEMENT_COUNT; i++) {
		store_end(record->prepared[i]);
		record->prepared[i] = NULL;
	}
	for (size_t i = 0; i < record->made_count; i++)
		store_end(record->made[i].ask);
	free(record->made);
	record->made = NULL;
	record->made_count = 0;
}

enum fault statement_take(struct record *record, const char *text,
			  struct store_ask **out)
{
	struct made_statement *made;

	for (size_t i = 0; i < record->made_count; i++) {
		made = &record->made[i];
		if (made->walked || strcmp(store_sql(made->ask), text) != 0)
			continue;
		made->walked = true;
		*out = made->ask;
		return FAULT_NONE;
	}
	*out = store_prepare(record->db, text);
	if (!*out)
		return statement_refuse(record, text);
	record->made = xreallocarray(record->made, record->made_count + 1,
				     sizeof *record->made);
	record->made[record->made_count++] =
	    (struct made_statement){ *out, true };
	return FAULT_NONE;
}

void statement_give_back(struct record *record, struct store_ask *ask)
{
	store_reset(ask);
	for (size_t i = 0; i < record->made_count; i++) {
		if (record->made[i].ask == ask)
			record->made[i].walked = false;
	}
}

static enum fault bind(struct record *record, struct store_ask *ask,
		       const char *types, va_list *values)
{
	bool good = true;

	assert(store_parameters(ask) <= (int)strlen(types));
	for (int i = 1; types[i - 1] && good; i++) {
		switch (types[i - 1]) {
		case 'i':
			good = store_bind(ask, i, va_arg(*values, int64_t));
			break;
		case 'd':
			good = store_bind(ask, i, va_arg(*values, int));
			break;
		case 't':
			good = store_bind_text(ask, i,
					       va_arg(*values, const char *));
			break;
		case 'b': {
			const void *data = va_arg(*values, const void *);
			size_t length = va_arg(*values, size_t);

			good = store_bind_bytes(ask, i, data, length);
			break;
		}
		default:
			assert(!"a letter that statement_ask() names");
		}
	}
	return good ? FAULT_NONE : statement_refuse(record, "binding");
}

enum fault statement_row(struct record *record, struct store_ask *ask,
			 bool *row)
{
	enum fault fault = FAULT_NONE;
	enum store_step step;

	*row = false;
	if (record->seen != RECORD_SEEN) {
		record->trouble = RECORD_AWAY;
		return FAULT_STORE;
	}
	step = store_step(ask);
	*row = step == STORE_ROW;
	if (step != STORE_FAILED)
		tell_back(record);
	if (*row)
		return FAULT_NONE;
	if (step == STORE_FAILED)
		fault = statement_refuse(record, store_sql(ask));
	store_reset(ask);
	return fault;
}

static enum fault ask_list(struct record *record, enum statement which,
			   struct store_ask **out, const char *types,
			   va_list *values)
{
	struct store_ask *ask = record->prepared[which];

	/* A caller that left a walk early has left its row behind. */
	store_reset(ask);
	*out = ask;
	return bind(record, ask, types, values);
}

enum fault statement_ask(struct record *record, enum statement which,
			 struct store_ask **out, const char *types, ...)
{
	enum fault fault;
	va_list values;

	va_start(values, types);
	fault = ask_list(record, which, out, types, &values);
	va_end(values);
	return fault;
}

enum fault statement_run(struct record *record, enum statement which,
			 const char *types, ...)
{
	struct store_ask *ask;
	enum fault fault;
	va_list values;
	bool row = true;

	va_start(values, types);
	fault = ask_list(record, which, &ask, types, &values);
	va_end(values);
	while (!fault && row)
		fault = statement_row(record, ask, &row);
	return fault;
}

enum fault statement_line(struct record *record, const char *text, int64_t id,
			  char **out)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);
	bool row = false;

	*out = NULL;
	if (fault)
		return fault;
	store_bind(ask, 1, id);
	if (!(fault = statement_row(record, ask, &row)) && row)
		*out = xstrdup(statement_text(ask, 0));
	statement_give_back(record, ask);
	return fault;
}

enum fault statement_do(struct record *record, const char *text,
			const char *types, ...)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);
	va_list values;
	bool row = true;

	if (fault)
		return fault;
	va_start(values, types);
	fault = bind(record, ask, types, &values);
	va_end(values);
	while (!fault && row)
		fault = statement_row(record, ask, &row);
	statement_give_back(record, ask);
	return fault;
}

enum fault statement_value(struct record *record, const char *text,
			   int64_t usual, int64_t *out, const char *types, ...)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);
	va_list values;
	bool row = false;

	*out = usual;
	if (fault)
		return fault;
	va_start(values, types);
	fault = bind(record, ask, types, &values);
	va_end(values);
	if (!fault && !(fault = statement_row(record, ask, &row)) && row)
		*out = store_number(ask, 0);
	statement_give_back(record, ask);
	return fault;
}

enum fault statement_number(struct record *record, enum statement which,
			    int64_t usual, int64_t *out, const char *types, ...)
{
	struct store_ask *ask;
	enum fault fault;
	va_list values;
	bool row = true;

	va_start(values, types);
	fault = ask_list(record, which, &ask, types, &values);
	va_end(values);
	*out = usual;
	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		*out = store_number(ask, 0);
	return fault;
}

enum fault statement_others(struct record *record, int64_t *count)
{
	if (store_others(record->db, count))
		return statement_refuse(record, "asking what others changed");
	tell_back(record);
	return FAULT_NONE;
}

enum fault statement_blob(struct record *record, struct store_ask *ask,
			  int column, size_t least, size_t most, void *to,
			  size_t *length)
{
	const void *bytes = store_bytes(ask, column);
	size_t count = store_length(ask, column);

	/* There may be no address for a blob of no bytes. */
	if ((!bytes && least) || count < least || count > most) {
		record->trouble = RECORD_DAMAGED;
		log_error("%s: %s has %zu bytes, not %zu to %zu: the file is "
			  "damaged; go back to a copy of it",
			  record->path, store_column(ask, column), count, least,
			  most);
		store_reset(ask);
		return FAULT_STORE;
	}
	if (count)
		memcpy(to, bytes, count);
	if (length)
		*length = count;
	return FAULT_NONE;
}

const char *statement_text(struct store_ask *ask, int column)
{
	const char *text = store_text(ask, column);

	return text ? text : "";
}

struct transaction {
	struct record *record;
	bool inner;  /* lies within another */
	int64_t act; /* the record's, when it began */
	bool erased; /* and whether it had erased anything */
};

enum fault transaction_begin(struct record *record, struct transaction **out)
{
	const bool inner = store_in_transaction(record->db);
	enum fault fault =
	    statement_run(record, inner ? BEGIN_INNER : BEGIN_WRITE, "");

	if (fault)
		return fault;
	*out = xcalloc(1, sizeof **out);
	**out =
	    (struct transaction){ record, inner, record->act, record->erased };
	if (!inner && record->names && (fault = names_begin(record))) {
		transaction_end(*out);
		*out = NULL;
	}
	return fault;
}

enum fault transaction_commit(struct transaction **transaction)
{
	struct record *record = (*transaction)->record;
	const bool inner = (*transaction)->inner;
	enum fault fault = FAULT_NONE;

	if (!inner && record->names)
		fault = names_settle(record);
	if (!fault)
		fault =
		    statement_run(record, inner ? COMMIT_INNER : COMMIT, "");
	if (fault)
		return fault;
	free(*transaction);
	*transaction = NULL;
	if (inner)
		return FAULT_NONE;
	record->act = 0;
	if (record->names)
		names_commit(record);
	if (record->erased)
		erase_flush(record);
	return FAULT_NONE;
}

static void run_back(struct record *record, enum statement which)
{
	struct store_ask *back = record->prepared[which];

	(void)store_step(back);
	store_reset(back);
}

void transaction_end(struct transaction *transaction)
{
	struct record *record;

	if (!transaction)
		return;
	record = transaction->record;
	/* A full disk may have rolled back by itself: then nothing is open. */
	if (store_in_transaction(record->db)) {
		run_back(record,
			 transaction->inner ? ROLLBACK_INNER : ROLLBACK);
		if (transaction->inner)
			run_back(record, COMMIT_INNER);
	}
	record->act = transaction->act;
	record->erased = transaction->erased;
	if (!transaction->inner && record->names)
		names_roll_back(record);
	free(transaction);
}

enum fault audit_add(struct record *record, const struct record_who *who,
		     int64_t now, const char *act, const char *subject,
		     int64_t id, const char *old)
{
	return statement_run(record, AUDIT_ADD, "ittttit", now, who->user,
			     who->desk, act, subject, id, old);
}

void instant_write(int64_t ms, char text[INSTANT_BYTES])
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm utc;
	size_t used;

	gmtime_r(&seconds, &utc);
	used = strftime(text, INSTANT_BYTES, "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(text + used, INSTANT_BYTES - used, ".%03dZ", (int)(ms % 1000));
}

int64_t instant_read(const char *text)
{
	struct tm utc = { 0 };
	const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &utc);
	int ms = 0;

	if (!rest)
		return 0;
	if (*rest == '.')
		ms = (int)strtol(rest + 1, NULL, 10) % 1000;
	return (int64_t)timegm(&utc) * 1000 + ms;
}
