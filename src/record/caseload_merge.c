#include "record/caseload.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "record/caseload_inside.h"
#include "record/names.h"
#include "record/people_key.h"
#include "record/place.h"
#include "record/restore.h"

/* A caseload's file to a record, and what came back into the agency's. */

/* --- opening -------------------------------------------------------------- */

static enum fault unseal(const struct caseload_file *file, const char *to,
			 const char *act, enum caseload_answer *answer,
			 struct caseload_told *told)
{
	struct restored restored;
	enum fault fault = restore_run(
	    &(struct restore){
		.from = file->from,
		.to = to,
		.key = file->key,
		.what = BACKUP_CASELOAD,
		.act = act,
		.who = file->who,
		.now = file->now,
		.watch = file->watch,
	    },
	    &restored);

	told->file = restored.answer;
	told->made = restored.made;
	told->held = restored.told;
	*answer =
	    restored.answer == BACKUP_SOUND ? CASELOAD_DONE : CASELOAD_FILE;
	restored_done(&restored);
	return fault;
}

/* Beside the record, under a name that says that nobody works there. */
static char *folder_beside(const char *path)
{
	SCOPED(char_freep) char *copy = xstrdup(path);

	return xasprintf("%s/merging", dirname(copy));
}

static enum fault clear(const char *folder)
{
	static const char *const names[] = {
		RECORD_FILE,
		RECORD_FILE "-wal",
		RECORD_FILE "-shm",
		NAMES_FILE,
		NAMES_FILE "-wal",
		NAMES_FILE "-shm",
		RECORD_FILE ".restoring",
		NAMES_FILE ".restoring",
	};
	enum fault fault = FAULT_NONE;

	if (access(folder, F_OK))
		return FAULT_NONE;
	for (size_t i = 0; i < COUNT(names) && !fault; i++) {
		SCOPED(char_freep)
		char *name = xasprintf("%s/%s", folder, names[i]);

		fault = file_remove(name);
	}
	if (!fault && rmdir(folder) && errno != ENOENT)
		log_warning("%s: stays: %s", folder, strerror(errno));
	return fault;
}

/* What people are found by. */
static enum fault look_up(struct record *record)
{
	int64_t *people = NULL;
	size_t count = 0;
	enum fault fault = merging_ids(
	    record, "SELECT id FROM person WHERE gone = 0", 0, &people, &count);

	for (size_t i = 0; i < count && !fault; i++)
		fault = people_key_renew(record, people[i]);
	free(people);
	return fault;
}

/* From now on it is this laptop's, and no other's that opened the same file. */
static enum fault own(struct record *record)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	uint8_t copy[CASELOAD_ID];
	enum fault fault;

	randombytes_buf(copy, sizeof copy);
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = look_up(record)) ||
	    (fault = statement_do(record, "UPDATE away SET copy = ?1", "b",
				  copy, CASELOAD_ID)))
		return fault;
	return transaction_commit(&change);
}

/* Moves the record that lies opened beside to where it belongs. */
static enum fault settle(const struct caseload_file *file, const char *beside,
			 enum caseload_answer *answer,
			 struct caseload_told *told)
{
	SCOPED(record_closep) struct record *record = NULL;
	struct caseload_away away;
	enum place_answer placed;
	char *kept = NULL;
	enum fault fault;

	if ((fault = record_open(beside, &record)) ||
	    (fault = caseload_away_read(record, &away)))
		return fault;
	if (!away.away || away.opened) {
		*answer = CASELOAD_RETURNED;
		return FAULT_NONE;
	}
	if ((fault = own(record)))
		return fault;
	record_close(record);
	record = NULL;
	fault = place_take(beside, file->to, false, file->now, &placed, &kept);
	free(kept);
	if (!fault && placed != PLACE_TAKEN) {
		*answer = CASELOAD_FILE;
		told->file =
		    placed == PLACE_IN_USE ? BACKUP_IN_USE : BACKUP_OCCUPIED;
	}
	return fault;
}

/*
 * One at a time beside a record, whose folder is held for it: another would
 * clear away what the first has opened. *held is -1 where another is under way.
 */
static enum fault hold(const char *path, int *held)
{
	SCOPED(char_freep) char *copy = xstrdup(path);
	const char *folder = dirname(copy);
	enum fault fault = folder_make(folder);

	if (fault)
		return fault;
	*held = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*held < 0) {
		log_error("%s: cannot be opened: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	if (!flock(*held, LOCK_EX | LOCK_NB))
		return FAULT_NONE;
	close(*held);
	*held = -1;
	if (errno == EWOULDBLOCK)
		return FAULT_NONE;
	log_error("%s: cannot be locked: %s", folder, strerror(errno));
	return FAULT_SYSTEM;
}

static enum fault open_beside(const struct caseload_file *file,
			      enum caseload_answer *answer,
			      struct caseload_told *told)
{
	SCOPED(char_freep) char *folder = folder_beside(file->to);
	SCOPED(char_freep)
	char *beside = xasprintf("%s/" RECORD_FILE, folder);
	enum fault fault, cleared;

	if ((fault = clear(folder)))
		return fault;
	if (!(fault = unseal(file, beside, "open-caseload", answer, told)) &&
	    *answer == CASELOAD_DONE)
		fault = settle(file, beside, answer, told);
	cleared = clear(folder);
	return fault ? fault : cleared;
}

enum fault caseload_open(const struct caseload_file *file,
			 enum caseload_answer *answer,
			 struct caseload_told *told)
{
	enum place_answer placed;
	enum fault fault;
	int held;

	*told = (struct caseload_told){ 0 };
	if ((fault = place_look(file->to, false, &placed)))
		return fault;
	if (placed != PLACE_TAKEN) {
		*answer = CASELOAD_FILE;
		told->file =
		    placed == PLACE_IN_USE ? BACKUP_IN_USE : BACKUP_OCCUPIED;
		return FAULT_NONE;
	}
	if ((fault = hold(file->to, &held)))
		return fault;
	*answer = CASELOAD_BUSY;
	if (held < 0)
		return FAULT_NONE;
	fault = open_beside(file, answer, told);
	close(held);
	return fault;
}

/* --- the map -------------------------------------------------------------- */

enum fault map_has(struct merging *merging, const char *kind, int64_t there,
		   bool *has, int64_t *here)
{
	enum fault fault = statement_value(
	    merging->here,
	    "SELECT here FROM caseload_map WHERE copy = ?1 AND kind = ?2 AND"
	    " there = ?3",
	    -1, here, "bti", merging->of.copy, CASELOAD_ID, kind, there);

	*has = *here >= 0;
	return fault;
}

enum fault map_from(struct merging *merging, const char *table, int64_t *last)
{
	return statement_value(merging->there,
			       "SELECT last FROM away_from WHERE name = ?1", 0,
			       last, "t", table);
}

enum fault map_find(struct merging *merging, const char *kind, int64_t there,
		    int64_t *here)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT id FROM \"%s\" WHERE id = ?1", kind);
	int64_t last = 0, id = 0;
	enum fault fault;
	bool has;

	if ((fault = map_has(merging, kind, there, &has, &id)) ||
	    (fault = map_from(merging, kind, &last)))
		return fault;
	if (!has)
		id = there <= last ? there : 0;
	/* It may have been erased here since. */
	return statement_value(merging->here, sql, 0, here, "i", id);
}

enum fault map_put(struct merging *merging, const char *kind, int64_t there,
		   int64_t here)
{
	return statement_do(merging->here,
			    "INSERT INTO caseload_map (copy, kind, there, here)"
			    " VALUES (?1, ?2, ?3, ?4)",
			    "btii", merging->of.copy, CASELOAD_ID, kind, there,
			    here);
}

enum fault merging_ids(struct record *record, const char *sql, int64_t number,
		       int64_t **out, size_t *count)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);
	bool row;

	*out = NULL;
	*count = 0;
	if (fault)
		return fault;
	/* A parameter that the statement does not have is none of its. */
	(void)store_bind(ask, 1, number);
	while (!(fault = statement_row(record, ask, &row)) && row) {
		*out = xreallocarray(*out, *count + 1, sizeof **out);
		(*out)[(*count)++] = store_number(ask, 0);
	}
	statement_give_back(record, ask);
	return fault;
}

enum fault merging_each(struct merging *merging, const char *sql,
			int64_t number, merging_one *one)
{
	int64_t *ids = NULL;
	size_t count = 0;
	enum fault fault =
	    merging_ids(merging->there, sql, number, &ids, &count);

	for (size_t i = 0; i < count && !fault; i++) {
		merging->here->act = 0;
		fault = one(merging, ids[i]);
	}
	free(ids);
	return fault;
}

/* --- merging -------------------------------------------------------------- */

static enum fault knows(struct record *record, const struct caseload_away *away,
			bool *known)
{
	int64_t mark = 0;
	enum fault fault = statement_value(
	    record, "SELECT mark FROM caseload_out WHERE checkout = ?1", 0,
	    &mark, "b", away->checkout, CASELOAD_ID);

	*known = mark != 0;
	return fault;
}

/* The last that a table ever gave out. */
static enum fault last_row(struct record *record, const char *table,
			   int64_t *last)
{
	return statement_value(record,
			       "SELECT seq FROM sqlite_sequence WHERE name ="
			       " ?1",
			       0, last, "t", table);
}

/* The newest row that came from there and is still here; 0: none. */
static enum fault read_newest(struct merging *merging, const char *table,
			      int64_t *there, int64_t *here)
{
	static const char newest[] =
	    "SELECT coalesce(max(there), 0) FROM caseload_map WHERE copy = ?1"
	    " AND kind = ?2 AND here <> 0";
	enum fault fault;
	bool has;

	*here = 0;
	fault = statement_value(merging->here, newest, 0, there, "bt",
				merging->of.copy, CASELOAD_ID, table);
	return fault || !*there ? fault
				: map_has(merging, table, *there, &has, here);
}

/*
 * Whether the laptop's record went back to an older backup of its own after it
 * had come: then what it made since has the numbers of what came before, and
 * would be taken for it. The newest row that came is not the same there.
 */
static enum fault is_rolled_back(struct merging *merging, const char *table,
				 const char *sql, const char *types,
				 bool *rolled_back)
{
	SCOPED(carried_donep) struct carried *ours = &(struct carried){ 0 };
	SCOPED(carried_donep) struct carried *theirs = &(struct carried){ 0 };
	int64_t there = 0, here = 0, made = 0;
	enum fault fault;

	if ((fault = read_newest(merging, table, &there, &here)) || !there ||
	    (fault = carried_read(merging->here, sql, types, here, ours)) ||
	    (fault = carried_read(merging->there, sql, types, there, theirs)) ||
	    (fault = last_row(merging->there, table, &made)))
		return fault;
	/* What a clock erased at either side tells nothing. */
	*rolled_back |= made < there || (ours->values && theirs->values &&
					 carried_differs(ours, theirs));
	return FAULT_NONE;
}

static enum fault look_back(struct merging *merging,
			    enum caseload_answer *answer)
{
	bool rolled_back = false;
	enum fault fault;

	if ((fault = is_rolled_back(merging, "act",
				    "SELECT at, user, desk FROM act WHERE id ="
				    " ?1",
				    "itt", &rolled_back)) ||
	    (fault = is_rolled_back(merging, "audit",
				    "SELECT at, user, desk, act, subject FROM"
				    " audit WHERE id = ?1",
				    "itttt", &rolled_back)))
		return fault;
	if (rolled_back)
		*answer = CASELOAD_ROLLED_BACK;
	return FAULT_NONE;
}

/* Whether what lies opened there may come into the record. */
static enum fault may_come(struct merging *merging,
			   enum caseload_answer *answer)
{
	enum fault fault;
	bool known;

	if ((fault = caseload_away_read(merging->there, &merging->of)) ||
	    (fault = knows(merging->here, &merging->of, &known)))
		return fault;
	*answer = !merging->of.away || !known ? CASELOAD_FOREIGN
		  : !merging->of.opened       ? CASELOAD_UNOPENED
					      : CASELOAD_DONE;
	return *answer == CASELOAD_DONE ? look_back(merging, answer)
					: FAULT_NONE;
}

static enum fault may_write(struct record *here, const struct agency_key *key,
			    enum caseload_answer *answer)
{
	struct caseload_away away;
	enum fault fault = caseload_away_read(here, &away);
	bool opened;

	if (fault || (fault = names_unlock(here, key, &opened)))
		return fault;
	*answer = away.away ? CASELOAD_AWAY
		  : opened  ? CASELOAD_DONE
			    : CASELOAD_LOCKED;
	return FAULT_NONE;
}

static enum fault merge(struct merging *merging)
{
	static enum fault (*const steps[])(struct merging *) = {
		merge_tickets, merge_alerts, merge_acts,
		merge_visits,  merge_erased, merge_audit,
	};
	enum fault fault;

	/* What should have been erased on the laptop comes back erased. */
	if ((fault = last_row(merging->there, "audit", &merging->last_audit)) ||
	    (fault = last_row(merging->there, "tombstone",
			      &merging->last_tombstone)) ||
	    (fault = record_expire(merging->there, merging->now, NULL)))
		return fault;
	for (size_t i = 0; i < COUNT(steps) && !fault; i++)
		fault = steps[i](merging);
	return fault;
}

/* All of it in one transaction: cut off, nothing of it came, and whoever merges
 * the same at another desk waits, and finds it in the map. */
static enum fault merge_whole(struct merging *merging,
			      enum caseload_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(merging->here, &change)) ||
	    (fault = may_come(merging, answer)) || *answer != CASELOAD_DONE ||
	    (fault = merge(merging)))
		return fault;
	return transaction_commit(&change);
}

static enum fault merge_from(struct record *record,
			     const struct caseload_file *file,
			     const char *beside, enum caseload_answer *answer,
			     struct caseload_told *told)
{
	SCOPED(record_closep) struct record *there = NULL;
	struct merging merging = {
		.here = record,
		.who = file->who,
		.now = file->now,
		.told = told,
	};
	bool opened;
	enum fault fault = record_open(beside, &there);

	if (fault || (fault = names_unlock(there, file->key, &opened)))
		return fault;
	merging.there = there;
	*answer = opened ? CASELOAD_DONE : CASELOAD_LOCKED;
	return opened ? merge_whole(&merging, answer) : FAULT_NONE;
}

static enum fault merge_beside(struct record *record,
			       const struct caseload_file *file,
			       enum caseload_answer *answer,
			       struct caseload_told *told)
{
	SCOPED(char_freep) char *folder = folder_beside(file->to);
	SCOPED(char_freep)
	char *beside = xasprintf("%s/" RECORD_FILE, folder);
	enum fault fault, cleared;

	if ((fault = clear(folder)))
		return fault;
	if (!(fault = unseal(file, beside, NULL, answer, told)) &&
	    *answer == CASELOAD_DONE)
		fault = merge_from(record, file, beside, answer, told);
	cleared = clear(folder);
	return fault ? fault : cleared;
}

enum fault caseload_merge(struct record *record,
			  const struct caseload_file *file,
			  enum caseload_answer *answer,
			  struct caseload_told *told)
{
	enum fault fault;
	int held;

	*told = (struct caseload_told){ 0 };
	if ((fault = may_write(record, file->key, answer)) ||
	    *answer != CASELOAD_DONE || (fault = hold(file->to, &held)))
		return fault;
	*answer = CASELOAD_BUSY;
	if (held < 0)
		return FAULT_NONE;
	fault = merge_beside(record, file, answer, told);
	close(held);
	return fault;
}
