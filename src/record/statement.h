#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/record.h"
#include "record/store.h"

/*
 * Inside the room: every statement the record runs, prepared when it opens,
 * and the few ways to run one.
 */
enum statement {
	BEGIN_WRITE,
	COMMIT,
	ROLLBACK,
	BEGIN_INNER,
	COMMIT_INNER,
	ROLLBACK_INNER,

	AUDIT_ADD,
	AUDIT_EACH,
	AUDIT_FORGET,

	ACT_NEW,
	ACT_LAST_OF,
	ACT_MARK_UNDONE,
	OWN_VALUE_EACH,
	OWN_VALUE_SET,
	OWN_VALUE_DROP,
	OWN_VALUE_FORGET,
	OWN_FIELD_EACH,

	KIOSK_ADD,
	KIOSK_BY_KEY,
	KIOSK_BY_NAME,
	KIOSK_COUNT,
	KIOSK_REVOKE,
	KIOSK_EACH,

	TICKET_LOOK,
	TICKET_ADD,
	TICKET_OF_VISIT,
	TICKET_REMOVE,
	HELD_KEEP,
	HELD_DROP,
	HELD_EACH,

	VISIT_ADD,
	VISIT_READ,
	VISIT_PAPERS,
	VISIT_AWAY,
	VISIT_BY_NUMBER,
	VISIT_BY_ENDING,
	VISIT_SET_STATE,
	VISIT_SET_LEVEL,
	VISIT_SET_KEPT,
	VISIT_EMPTY,
	VISIT_REMOVE,
	INTAKE_ADD,
	INTAKE_BASIS,
	INTAKE_READ,
	INTAKE_WIRE,
	INTAKE_REMOVE,
	ANSWER_ADD,
	ANSWER_EACH,
	ANSWER_REMOVE,
	RULE_ADD,
	RULE_EACH,
	RULE_REMOVE,
	FACT_ADD,
	FACT_EACH,
	FACT_REMOVE,
	ACT_ADD,
	ACT_LAST,
	ACT_UNDO,
	ACT_FORGET,
	CONSENT_ADD,
	CONSENT_FORGET,
	CONSENT_REMOVE,
	VISIT_DUE,
	TOMBSTONE_ADD,

	QUEUE_WAITING_ROWS,
	QUEUE_IN_SERVICE_ROWS,
	QUEUE_ENDED_ROWS,
	BOARD_CALLED,
	BOARD_WAITING,

	ALERT_ADD,
	ALERT_ROWS,
	ALERT_REPEAT,
	ALERT_LOOK,
	ALERT_ACKNOWLEDGE,
	ALERT_CLOSE,
	ALERT_UNLINK,
	ALERT_OPEN_OF,

	HSDS_FILE_ADD,
	HSDS_FILE_EACH,
	HSDS_FILE_COLUMNS,
	HSDS_FILE_TOUCH,
	HSDS_FILE_CLEAR,
	HSDS_ROW_EACH,
	HSDS_ROW_READ,
	HSDS_ROW_SET,
	HSDS_ROW_TAKE,
	HSDS_ROW_DROP,
	HSDS_ROW_CLEAR,
	HSDS_LINK_ADD,
	HSDS_LINK_DROP,
	HSDS_LINK_CLEAR,
	HSDS_LINKED,
	SERVICE_FIND,
	SERVICE_ADD,
	SERVICE_SET,
	SERVICE_WORDS_SET,
	SERVICE_UNLIST,
	SERVICE_HSDS_ID,
	SERVICE_ORGANIZATION,
	SERVICE_OWN,
	SERVICE_SAID,
	SERVICE_SEARCH,

	STATEMENT_COUNT,
};

struct record {
	struct store *db;
	struct store_ask *prepared[STATEMENT_COUNT];
	/* Those that are made from the kinds, prepared at their first use. */
	struct made_statement {
		struct store_ask *ask;
		bool walked; /* its rows are being fetched */
	} * made;
	size_t made_count;
	int64_t act;            /* the act that changes belong to; 0: none */
	struct own_fields *own; /* record/own.h: the newest first */
	bool erased;            /* the journal may still tell what was erased */
	struct names *names;    /* record/names.h; NULL: they lie together */
	enum record_trouble trouble;
	int64_t away_since; /* monotonic seconds; 0: its server answers */
	/* It was away when it was opened, and nobody has looked since what is
	 * there; or somebody has, and it is no record. */
	enum { RECORD_SEEN, RECORD_UNSEEN, RECORD_WRONG } seen;
	char *path;
	char *beside; /* on a server: a path in the home's folder, beside which
			 a copy lies for a while; NULL: not opened by a home */
};

/* Looks at one that was RECORD_UNSEEN. */
MUST_CHECK enum fault statement_arrive(struct record *record);

/* Prepares all; refuses with the statement that does not fit the tables. */
MUST_CHECK enum fault statement_prepare(struct record *record);
void statement_release(struct record *record);

/* What to do about a damaged record. */
#define STATEMENT_MEND                                                      \
	"It was left as it is. Put the newest backup in its place with "    \
	"`foyer record restore --replace FILE`: what is here is then kept " \
	"beside it"

/* Logs what the store says while doing something, and keeps record_trouble().
 */
enum fault statement_refuse(struct record *record, const char *doing);

/*
 * Binds ?1, ?2 and so on by a letter each: i int64_t, d int, t const char *
 * (NULL is NULL), b const void * and size_t. What is bound has to live until
 * the statement is done. The rows are fetched with statement_row().
 */
MUST_CHECK enum fault statement_ask(struct record *record, enum statement which,
				    struct store_ask **out, const char *types,
				    ...);

/* The next row; when *row is false or it failed, the statement is reset. */
MUST_CHECK enum fault statement_row(struct record *record,
				    struct store_ask *ask, bool *row);

/* The same bound and run to its end, for what gives no rows. */
MUST_CHECK enum fault statement_run(struct record *record, enum statement which,
				    const char *types, ...);

/*
 * A statement that is made from kinds, by its text: prepared once. It is the
 * caller's until statement_give_back(), so walks may lie within each other.
 */
MUST_CHECK enum fault statement_take(struct record *record, const char *text,
				     struct store_ask **out);
void statement_give_back(struct record *record, struct store_ask *ask);

/* The text of the one row that such a statement gives for ?1; NULL where there
 * is none. The caller frees it. */
MUST_CHECK enum fault statement_line(struct record *record, const char *text,
				     int64_t id, char **out);

/* Such a statement bound as by statement_ask(), and run to its end. */
MUST_CHECK enum fault statement_do(struct record *record, const char *text,
				   const char *types, ...);

/* One number of one row of such a statement, or usual where there is none. */
MUST_CHECK enum fault statement_value(struct record *record, const char *text,
				      int64_t usual, int64_t *out,
				      const char *types, ...);

/* One number of one row, or usual where there is no row. */
MUST_CHECK enum fault statement_number(struct record *record,
				       enum statement which, int64_t usual,
				       int64_t *out, const char *types, ...);

/* store_others(). */
MUST_CHECK enum fault statement_others(struct record *record, int64_t *count);

/*
 * Copies a column's bytes, least to most of them, into to; *length is how many
 * (NULL where it is known). FAULT_STORE: another number of them stands there,
 * so the file is damaged; the statement is reset.
 */
MUST_CHECK enum fault statement_blob(struct record *record,
				     struct store_ask *ask, int column,
				     size_t least, size_t most, void *to,
				     size_t *length);

/* Text of a column; "" for NULL. Belongs to the row. */
const char *statement_text(struct store_ask *ask, int column);

/*
 * A transaction ends with its block, undone unless transaction_commit() was
 * reached: SCOPED(transaction_endp) struct transaction *t = NULL. One within
 * another is undone alone, and is on the disk when the outermost is.
 */
struct transaction;
MUST_CHECK enum fault transaction_begin(struct record *record,
					struct transaction **out);
MUST_CHECK enum fault transaction_commit(struct transaction **transaction);
void transaction_end(struct transaction *transaction);
DEFINE_SCOPED(struct transaction, transaction_end)

/* An audit row, inside the caller's transaction. old may be NULL. */
MUST_CHECK enum fault audit_add(struct record *record,
				const struct record_who *who, int64_t now,
				const char *act, const char *subject,
				int64_t id, const char *old);

/* 2026-11-22T03:30:00.000Z of milliseconds, and back (0 for what is not). */
#define INSTANT_BYTES 32
void instant_write(int64_t ms, char text[INSTANT_BYTES]);
int64_t instant_read(const char *text);
