#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "record/directory_inside.h"
#include "record/entity_sql.h"
#include "record/opening.h"
#include "record/service.h"
#include "record/statement.h"
#include "record/taxonomy.h"
#include "text/zone.h"

#define DAY_MS ((int64_t)24 * 3600 * 1000)

/* --- rules -----------------------------------------------------------------
 */

struct directory_rules directory_rules(const struct settings *settings,
				       int64_t now)
{
	return (struct directory_rules){
		.stale_days = (int)settings_number(
		    settings, "directory", "stale_days", DIRECTORY_STALE_DAYS),
		.zone = settings_text(settings, "kiosk", "zone", ""),
		.language =
		    settings_text(settings, "directory", "language", "en"),
		.now = now,
	};
}

static int64_t today_of(const struct directory_rules *rules)
{
	const int64_t local = rules->now + zone_offset(rules->zone, rules->now);

	return local / DAY_MS;
}

void directory_today(const struct directory_rules *rules, char day[11])
{
	opening_day_write(today_of(rules), day);
}

bool directory_is_stale(const struct directory_rules *rules,
			const char *assured)
{
	int64_t day;

	return !assured || !opening_day(assured, &day) ||
	       today_of(rules) - day > rules->stale_days;
}

/* --- rows of our own -------------------------------------------------------
 */

#define OWN "foyer-"

/* "foyer-1f3a...": nobody else's. */
static char *new_id(void)
{
	uint8_t bytes[12];
	char text[2 * sizeof bytes + 1];

	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
	return xasprintf(OWN "%s", text);
}

bool directory_is_own(const char *id)
{
	return !strncmp(id, OWN, strlen(OWN));
}

/* A row of columns and values in turn, ended by NULL; what is NULL or "" is
 * left out. */
static json_t *row_of(const char *const *cells)
{
	json_t *row = json_object();

	for (; cells[0]; cells += 2) {
		if (cells[1] && *cells[1])
			json_object_set_new(row, cells[0],
					    json_string(cells[1]));
	}
	return row;
}

static enum fault add_row(struct record *record, enum hsds_table table,
			  const char *id, const char *const *cells)
{
	SCOPED(json_decrefp) json_t *row = row_of(cells);

	json_object_set_new(row, "id", json_string(id));
	return directory_row_write(record, table, id, row, true);
}

#define ROW(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Whoever reads the package finds what a code means. */
static enum fault add_term(struct record *record,
			   const struct taxonomy *taxonomy, const char *code)
{
	const char *label = taxonomy_label(taxonomy, code, "en");

	return add_row(record, HSDS_TAXONOMY_TERM, code,
		       ROW("code", code, "name", label, "description", label,
			   "taxonomy", "Foyer", "language", "en"));
}

struct mark {
	struct record *record;
	const struct taxonomy *taxonomy;
	const char *service; /* HSDS id */
	const char *code;
	bool whole_kind; /* every code that begins with it */
	json_t *found;   /* ids of attributes */
	enum fault fault;
};

static void find_attribute(void *to, const struct directory_row *row)
{
	struct mark *mark = to;
	SCOPED(json_decrefp) json_t *cells = json_loads(row->cells, 0, NULL);
	SCOPED(char_freep) char *code = NULL;

	if (mark->fault ||
	    strcmp(directory_cell(cells, "link_id"), mark->service) != 0 ||
	    strcmp(directory_cell(cells, "link_entity"), "service") != 0 ||
	    (mark->fault = directory_code(
		 mark->record, mark->taxonomy,
		 directory_cell(cells, "taxonomy_term_id"), &code)))
		return;
	if (mark->whole_kind ? !strncmp(code, mark->code, strlen(mark->code))
			     : !strcmp(code, mark->code))
		json_array_append_new(mark->found, json_string(row->id));
}

/* Takes a code, or all of its kind, from a service. */
static enum fault drop_code(struct record *record,
			    const struct taxonomy *taxonomy,
			    const char *service, const char *code,
			    bool whole_kind)
{
	SCOPED(json_decrefp) json_t *found = json_array();
	struct mark mark = {
		.record = record,
		.taxonomy = taxonomy,
		.service = service,
		.code = code,
		.whole_kind = whole_kind,
		.found = found,
	};
	enum fault fault =
	    directory_rows(record, HSDS_ATTRIBUTE, find_attribute, &mark);
	json_t *id;
	size_t i;

	if (!fault)
		fault = mark.fault;
	json_array_foreach(found, i, id)
	{
		if (!fault)
			fault = directory_row_drop(record, HSDS_ATTRIBUTE,
						   json_string_value(id));
	}
	return fault;
}

static enum fault add_code(struct record *record,
			   const struct taxonomy *taxonomy, const char *service,
			   const char *code, const char *value)
{
	SCOPED(char_freep) char *id = new_id();
	enum fault fault = add_term(record, taxonomy, code);

	if (fault)
		return fault;
	return add_row(record, HSDS_ATTRIBUTE, id,
		       ROW("link_id", service, "link_entity", "service",
			   "taxonomy_term_id", code, "value", value, "label",
			   taxonomy_label(taxonomy, code, "en")));
}

/* --- what the sheet of a service changes ------------------------------------
 */

static bool differs(const struct entity *before, const struct entity *after,
		    const char *field)
{
	return strcmp(entity_text(before, field) ?: "",
		      entity_text(after, field) ?: "") != 0;
}

static enum fault push_day(struct record *record, const char *id,
			   const char *day)
{
	SCOPED(json_decrefp) json_t *row = NULL;
	enum fault fault = directory_row_read(record, HSDS_SERVICE, id, &row);

	if (fault || !row)
		return fault;
	if (day)
		json_object_set_new(row, "assured_date", json_string(day));
	else
		json_object_del(row, "assured_date");
	return directory_row_write(record, HSDS_SERVICE, id, row, false);
}

static enum fault push_code(struct record *record, const char *id,
			    const char *kind, const char *word,
			    const char *value)
{
	SCOPED(taxonomy_freep) struct taxonomy *taxonomy = NULL;
	SCOPED(char_freep) char *code = xasprintf("%s%s", kind, word ?: "");
	enum fault fault = taxonomy_read(&taxonomy);

	if (fault || (fault = drop_code(record, taxonomy, id, kind, true)) ||
	    !word)
		return fault;
	return add_code(record, taxonomy, id, code, value);
}

enum fault service_saved(struct record *record, const struct entity *before,
			 const struct entity *after,
			 const struct record_who *who, int64_t now)
{
	const char *id = entity_text(after, "hsds_id");
	const char *safety = entity_text(after, "safety");
	enum fault fault = FAULT_NONE;

	if (!before)
		return FAULT_NONE;
	if (differs(before, after, "assured"))
		fault = push_day(record, id, entity_text(after, "assured"));
	if (!fault && differs(before, after, "capacity"))
		fault = push_code(record, id,
				  "capacity:", entity_text(after, "capacity"),
				  NULL);
	if (!fault && differs(before, after, "safety"))
		fault = push_code(record, id, "safety-note", safety ? "" : NULL,
				  safety);
	return fault ? fault : directory_index(record, id, who, now);
}

/* --- one key, one word -----------------------------------------------------
 */

enum fault directory_hsds_id(struct record *record, int64_t service, char **id)
{
	struct store_ask *ask;
	enum fault fault =
	    statement_ask(record, SERVICE_HSDS_ID, &ask, "i", service);
	bool row;

	*id = xstrdup("");
	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		free(*id);
		*id = xstrdup(statement_text(ask, 0));
	}
	return fault;
}

enum fault directory_checked(struct record *record, int64_t service,
			     const struct directory_rules *rules,
			     const struct record_who *who,
			     enum directory_answer *answer)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer saved = ENTITY_NOT_THERE;
	char today[11];
	enum fault fault = entity_read(record, kind_find("service"), service,
				       who, rules->now, &saved, &entity);

	*answer = DIRECTORY_UNKNOWN;
	if (fault || saved != ENTITY_DONE || !entity_number(entity, "listed"))
		return fault;
	*answer = DIRECTORY_REFUSED;
	directory_today(rules, today);
	(void)entity_set(entity, "assured", today);
	fault = entity_save(record, entity, SOURCE_TOLD, who, rules->now,
			    &saved, NULL);
	if (!fault && saved == ENTITY_DONE)
		*answer = DIRECTORY_DONE;
	return fault;
}

static enum fault tag(struct record *record, const char *id, const char *code,
		      bool has, const struct taxonomy *taxonomy)
{
	const bool alone = !strncmp(code, "capacity:", strlen("capacity:"));
	enum fault fault =
	    drop_code(record, taxonomy, id, alone ? "capacity:" : code, alone);

	return fault || !has ? fault
			     : add_code(record, taxonomy, id, code, NULL);
}

enum fault directory_tag(struct record *record, int64_t service,
			 const char *code, bool has,
			 const struct directory_rules *rules,
			 const struct record_who *who,
			 enum directory_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(taxonomy_freep) struct taxonomy *taxonomy = NULL;
	SCOPED(char_freep) char *id = NULL;
	enum fault fault;

	if ((fault = taxonomy_read(&taxonomy)) ||
	    (fault = transaction_begin(record, &change)) ||
	    (fault = directory_hsds_id(record, service, &id)))
		return fault;
	*answer = !entity_may_write(kind_find("service"), who)
		      ? DIRECTORY_REFUSED
		  : !*id                          ? DIRECTORY_UNKNOWN
		  : !taxonomy_has(taxonomy, code) ? DIRECTORY_NO_TERM
						  : DIRECTORY_DONE;
	if (*answer != DIRECTORY_DONE)
		return FAULT_NONE;
	if ((fault = tag(record, id, code, has, taxonomy)) ||
	    (fault = directory_index(record, id, who, rules->now)) ||
	    (fault = audit_add(record, who, rules->now, has ? "tag" : "untag",
			       "service", service, code)))
		return fault;
	return transaction_commit(&change);
}

/* --- a service of our own --------------------------------------------------
 */

/* Calls add for each word of a list. */
static enum fault add_words(
    struct record *record, const char *words, const char *service,
    const struct taxonomy *taxonomy,
    enum fault add(struct record *, const struct taxonomy *,
		   const char *service, const char *word, const char *value))
{
	enum fault fault = FAULT_NONE;

	for (words += strspn(words, " "); !fault && *words;
	     words += strspn(words, " ")) {
		const size_t length = strcspn(words, " ");
		SCOPED(char_freep) char *word = xstrndup(words, length);

		fault = add(record, taxonomy, service, word, NULL);
		words += length;
	}
	return fault;
}

static enum fault add_language(struct record *record,
			       const struct taxonomy *taxonomy,
			       const char *service, const char *word,
			       const char *value)
{
	SCOPED(char_freep) char *id = new_id();

	(void)taxonomy;
	(void)value;
	return add_row(record, HSDS_LANGUAGE, id,
		       ROW("service_id", service, "code", word));
}

/* What a service has at most one of, and only if it is known. */
static enum fault add_single(struct record *record, enum hsds_table table,
			     const char *column, const char *value,
			     const char *service)
{
	SCOPED(char_freep) char *id = new_id();

	if (!value || !*value)
		return FAULT_NONE;
	return add_row(record, table, id,
		       ROW("service_id", service, column, value));
}

static enum fault add_place(struct record *record,
			    const struct directory_new *new,
			    const char *service)
{
	SCOPED(char_freep) char *location = new_id();
	SCOPED(char_freep) char *at = new_id();
	SCOPED(char_freep) char *address = new_id();
	enum fault fault;

	if (!new->address && !new->city)
		return FAULT_NONE;
	if ((fault = add_row(record, HSDS_LOCATION, location,
			     ROW("location_type", "physical"))) ||
	    (fault =
		 add_row(record, HSDS_SERVICE_AT_LOCATION, at,
			 ROW("service_id", service, "location_id", location))))
		return fault;
	return add_row(record, HSDS_ADDRESS, address,
		       ROW("location_id", location, "address_1", new->address,
			   "city", new->city, "address_type", "physical",
			   "country", "CA"));
}

static enum fault add_all(struct record *record,
			  const struct directory_new *new, const char *service,
			  const char *day, const struct taxonomy *taxonomy)
{
	SCOPED(char_freep) char *organization = new_id();
	enum fault fault;

	if ((fault = add_row(record, HSDS_ORGANIZATION, organization,
			     ROW("name", new->organization, "description",
				 new->organization))) ||
	    (fault = add_row(record, HSDS_SERVICE, service,
			     ROW("organization_id", organization, "name",
				 new->name, "description", new->description,
				 "email", new->email, "status", "active",
				 "assured_date", day))) ||
	    (fault = add_single(record, HSDS_PHONE, "number", new->phone,
				service)) ||
	    (fault = add_single(record, HSDS_SCHEDULE, "description",
				new->hours, service)) ||
	    (fault = add_single(record, HSDS_SERVICE_AREA, "name", new->area,
				service)) ||
	    (fault = add_place(record, new, service)) ||
	    (fault = add_words(record, new->languages ?: "", service, taxonomy,
			       add_language)) ||
	    (fault = add_words(record, new->codes ?: "", service, taxonomy,
			       add_code)))
		return fault;
	return new->safety ? add_code(record, taxonomy, service, "safety-note",
				      new->safety)
			   : FAULT_NONE;
}

static bool are_codes(const struct taxonomy *taxonomy, const char *words)
{
	for (words += strspn(words, " "); *words; words += strspn(words, " ")) {
		const size_t length = strcspn(words, " ");
		SCOPED(char_freep) char *word = xstrndup(words, length);

		if (!taxonomy_has(taxonomy, word))
			return false;
		words += length;
	}
	return true;
}

enum fault directory_add(struct record *record,
			 const struct directory_new *service,
			 const struct directory_rules *rules,
			 const struct record_who *who,
			 enum directory_answer *answer, int64_t *id)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(taxonomy_freep) struct taxonomy *taxonomy = NULL;
	SCOPED(char_freep) char *hsds_id = new_id();
	char today[11];
	enum fault fault = taxonomy_read(&taxonomy);

	if (fault)
		return fault;
	*answer =
	    !entity_may_write(kind_find("service"), who) ? DIRECTORY_REFUSED
	    : are_codes(taxonomy, service->codes ?: "")  ? DIRECTORY_DONE
							 : DIRECTORY_NO_TERM;
	if (*answer != DIRECTORY_DONE)
		return FAULT_NONE;
	directory_today(rules, today);
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = add_all(record, service, hsds_id, today, taxonomy)) ||
	    (fault = directory_index(record, hsds_id, who, rules->now)) ||
	    (fault =
		 statement_number(record, SERVICE_FIND, 0, id, "t", hsds_id)) ||
	    (fault = audit_add(record, who, rules->now, "add", "service", *id,
			       NULL)))
		return fault;
	return transaction_commit(&change);
}
