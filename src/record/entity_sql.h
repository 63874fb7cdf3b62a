#pragma once

#include "record/entity.h"
#include "record/statement.h"

/* Inside the room: the statements about kinds, and entities from their rows. */

#define ENTITY_COLUMNS 7 /* id to gone; the kind's fields stand behind them */

/* The caller frees each. */
char *sql_select(const struct kind *kind, const char *where, const char *order,
		 size_t limit);
char *sql_insert(const struct kind *kind);
char *sql_update(const struct kind *kind);

/*
 * "AND ..." that lets through what who may see; "" where all of it. Where the
 * text has a ?, it is ?9 and stands for who->teams. The caller frees it.
 */
char *sql_wall(const struct kind *kind, const struct record_who *who);
#define SQL_TEAMS 9 /* its parameter */

/* The same for what is restricted or about safety; it has no parameter. */
char *sql_guard(const struct kind *kind, const struct record_who *who);

/* An entity without values or state. */
MUST_CHECK enum fault entity_blank(struct record *record,
				   const struct kind *kind,
				   struct entity **out);

/* Binds a value as its field's column wants it. */
void sql_bind(struct store_ask *ask, int parameter, const struct field *field,
	      const char *value);

/* An entity of a row of sql_select(), with the agency's own values. */
MUST_CHECK enum fault entity_of_row(struct record *record,
				    const struct kind *kind,
				    struct store_ask *ask, struct entity **out);

/* Whether who may read or write this kind at all. */
bool entity_may_read(const struct kind *kind, const struct record_who *who);
bool entity_may_write(const struct kind *kind, const struct record_who *who);

/* The entity whoever may see it; NULL where there is none. */
MUST_CHECK enum fault entity_fetch(struct record *record,
				   const struct kind *kind, int64_t id,
				   struct entity **out);

/* Whether it stands behind another team's wall. */
MUST_CHECK enum fault entity_walled(struct record *record,
				    const struct kind *kind, int64_t id,
				    const struct record_who *who, bool *walled);

/* Whether it is, or is too secret for these roles. */
MUST_CHECK enum fault entity_hidden(struct record *record,
				    const struct kind *kind, int64_t id,
				    const struct record_who *who, bool *hidden);

/* --- changes, inside a transaction ---------------------------------------- */

/* Where the changes of a kind lie: with what they tell. */
const char *change_table(const struct kind *kind);

/* What a change says of itself. */
struct change_about {
	const char *source, *reason;
	const struct record_who *who;
	int64_t now;
	int64_t undoes; /* an act; 0 */
	/* From another record: what followed from it there comes along. */
	bool brought;
};

/* A field's change of an entity; field "" for the entity itself. */
MUST_CHECK enum fault change_add(struct record *record,
				 const struct entity *entity, const char *field,
				 const char *before, const char *after,
				 const struct change_about *about);

/*
 * Writes an entity over the one that is there (NULL: new), with its changes,
 * its audit row and its kind's hook. It has its id and version afterwards.
 * Where nothing differs nothing is written.
 */
MUST_CHECK enum fault entity_put(struct record *record,
				 const struct entity *before,
				 struct entity *entity, const char *act,
				 const struct change_about *about);

/* Whether two values differ; NULL is one. */
bool entity_differs(const char *a, const char *b);

/*
 * Three-way, field by field: entity is what somebody made (values) of what they
 * read (as_read), there is what lies there now. Takes over what changed there
 * alone; of a field that both changed, to different things, clash is told, and
 * the value stays as somebody made it.
 */
typedef void entity_clash(void *to, size_t field, const char *theirs);
void entity_merge(struct entity *entity, const struct entity *there,
		  entity_clash *clash, void *to);
