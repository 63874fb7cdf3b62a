#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "record/directory_inside.h"
#include "record/statement.h"
#include "record/taxonomy.h"
#include "text/fold.h"
#include "text/language.h"

/* --- what belongs to a service ---------------------------------------------
 */

/* Which sheets' rows are shown with a row that they name. */
static const struct {
	enum hsds_table of, has;
} belongs[] = {
	{ HSDS_SERVICE, HSDS_SERVICE_AT_LOCATION },
	{ HSDS_SERVICE, HSDS_PHONE },
	{ HSDS_SERVICE, HSDS_SCHEDULE },
	{ HSDS_SERVICE, HSDS_LANGUAGE },
	{ HSDS_SERVICE, HSDS_COST_OPTION },
	{ HSDS_SERVICE, HSDS_REQUIRED_DOCUMENT },
	{ HSDS_SERVICE, HSDS_SERVICE_AREA },
	{ HSDS_SERVICE, HSDS_ATTRIBUTE },
	{ HSDS_SERVICE_AT_LOCATION, HSDS_PHONE },
	{ HSDS_SERVICE_AT_LOCATION, HSDS_SCHEDULE },
	{ HSDS_SERVICE_AT_LOCATION, HSDS_SERVICE_AREA },
	{ HSDS_SERVICE_AT_LOCATION, HSDS_ATTRIBUTE },
	{ HSDS_LOCATION, HSDS_ADDRESS },
	{ HSDS_LOCATION, HSDS_PHONE },
	{ HSDS_LOCATION, HSDS_SCHEDULE },
	{ HSDS_LOCATION, HSDS_LANGUAGE },
	{ HSDS_LOCATION, HSDS_ACCESSIBILITY },
	{ HSDS_LOCATION, HSDS_ATTRIBUTE },
	{ HSDS_ORGANIZATION, HSDS_PHONE },
	{ HSDS_ORGANIZATION, HSDS_ATTRIBUTE },
	{ HSDS_PHONE, HSDS_LANGUAGE },
	{ HSDS_PHONE, HSDS_ATTRIBUTE },
	{ HSDS_ADDRESS, HSDS_ATTRIBUTE },
};

static enum fault linked(struct record *record, enum hsds_table of,
			 const char *id, enum hsds_table has, json_t *list)
{
	struct store_ask *ask;
	enum fault fault =
	    statement_ask(record, HSDS_LINKED, &ask, "ttt", hsds_table_name(of),
			  id, hsds_table_name(has));
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		json_array_append_new(
		    list, json_loads(statement_text(ask, 0), 0, NULL));
	return fault;
}

static enum fault add_named(struct record *record, enum hsds_table table,
			    const char *column, json_t *row);

/* Puts beneath a row what belongs to it; sheets name each other in one
 * direction only, so this ends. */
static enum fault add_belongings(struct record *record, enum hsds_table table,
				 json_t *row)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < COUNT(belongs); i++) {
		json_t *list, *one;
		size_t at;

		if (belongs[i].of != table)
			continue;
		list = json_array();
		json_object_set_new(row, hsds_table_name(belongs[i].has), list);
		fault = linked(record, table, directory_cell(row, "id"),
			       belongs[i].has, list);
		json_array_foreach(list, at, one)
		{
			if (!fault)
				fault =
				    add_belongings(record, belongs[i].has, one);
		}
	}
	if (!fault && table == HSDS_SERVICE_AT_LOCATION)
		fault = add_named(record, HSDS_LOCATION, "location_id", row);
	return fault;
}

/* The one row that a column of this one names. */
static enum fault add_named(struct record *record, enum hsds_table table,
			    const char *column, json_t *row)
{
	json_t *named;
	enum fault fault = directory_row_read(
	    record, table, directory_cell(row, column), &named);

	if (fault || !named)
		return fault;
	json_object_set_new(row, hsds_table_name(table), named);
	return add_belongings(record, table, named);
}

enum fault directory_gather(struct record *record, const char *id, json_t **out)
{
	json_t *service;
	enum fault fault =
	    directory_row_read(record, HSDS_SERVICE, id, &service);

	*out = NULL;
	if (fault || !service)
		return fault;
	if ((fault = add_belongings(record, HSDS_SERVICE, service)) ||
	    (fault = add_named(record, HSDS_ORGANIZATION, "organization_id",
			       service))) {
		json_decref(service);
		return fault;
	}
	*out = service;
	return FAULT_NONE;
}

/* --- its terms -------------------------------------------------------------
 */

#define PARENTS 8 /* looked at, so that a circle of terms ends */

/* Follows a term to its parents until one is a code. */
enum fault directory_code(struct record *record,
			  const struct taxonomy *taxonomy, const char *term,
			  char **code)
{
	SCOPED(char_freep) char *at = xstrdup(term);
	enum fault fault = FAULT_NONE;

	*code = xstrdup("");
	for (int i = 0; !fault && i < PARENTS && *at; i++) {
		SCOPED(json_decrefp) json_t *row = NULL;
		const char *own = at;

		if (!taxonomy_has(taxonomy, own)) {
			fault = directory_row_read(record, HSDS_TAXONOMY_TERM,
						   at, &row);
			own = directory_cell(row, "code");
		}
		if (taxonomy_has(taxonomy, own)) {
			free(*code);
			*code = xstrdup(own);
			break;
		}
		own = directory_cell(row, "parent_id");
		char_free(at);
		at = xstrdup(own);
	}
	return fault;
}

struct terms {
	struct record *record;
	const struct taxonomy *taxonomy;
	struct bytes *out;
	char *safety; /* what its safety notes say; "" where none does */
};

static size_t kind_length(const char *code)
{
	const size_t length = strcspn(code, ":");

	return code[length] ? length + 1 : 0;
}

/* Of "capacity:" the last one stands. */
static void drop_capacity(struct bytes *list)
{
	char *text = (char *)list->data;
	char *from = strstr(text, " capacity:");
	char *end;

	if (!from)
		return;
	end = strchr(from + 1, ' ');
	memmove(from, end, strlen(end) + 1);
	list->length = strlen(text);
}

static void add_code(const struct terms *terms, const char *code)
{
	SCOPED(char_freep) char *apart = xasprintf(" %s ", code);

	if (strstr((char *)terms->out->data, apart))
		return;
	if (!strncmp(code, "capacity:", kind_length(code)) && kind_length(code))
		drop_capacity(terms->out);
	bytes_add_format(terms->out, "%s ", code);
}

/* The organization, each place and the service may have a note: staff read all
 * of them, and none is lost to one that is empty. */
static void add_safety(struct terms *terms, const char *note)
{
	char *both;

	if (!*note || strstr(terms->safety, note))
		return;
	both = !*terms->safety || strstr(note, terms->safety)
		   ? xstrdup(note)
		   : xasprintf("%s · %s", terms->safety, note);
	free(terms->safety);
	terms->safety = both;
}

static enum fault add_attributes(struct terms *terms, const json_t *row)
{
	enum fault fault = FAULT_NONE;
	json_t *attribute;
	size_t i;

	json_array_foreach(json_object_get(row, "attribute"), i, attribute)
	{
		SCOPED(char_freep) char *code = NULL;

		if (!fault)
			fault = directory_code(
			    terms->record, terms->taxonomy,
			    directory_cell(attribute, "taxonomy_term_id"),
			    &code);
		if (fault || !*code)
			continue;
		add_code(terms, code);
		if (!strcmp(code, "safety-note"))
			add_safety(terms, directory_cell(attribute, "value"));
	}
	return fault;
}

enum fault directory_row_terms(struct record *record,
			       const struct taxonomy *taxonomy,
			       const json_t *row, char **out)
{
	struct bytes list = { 0 };
	struct terms terms = { record, taxonomy, &list, xstrdup("") };
	enum fault fault;

	bytes_add_text(&list, " ");
	fault = add_attributes(&terms, row);
	*out = bytes_take_text(&list);
	free(terms.safety);
	return fault;
}

static enum fault gather_terms(struct terms *terms, const json_t *service)
{
	enum fault fault =
	    add_attributes(terms, json_object_get(service, "organization"));
	json_t *at;
	size_t i;

	json_array_foreach(json_object_get(service, "service_at_location"), i,
			   at)
	{
		if (!fault)
			fault = add_attributes(terms, at);
		if (!fault)
			fault = add_attributes(terms,
					       json_object_get(at, "location"));
	}
	return fault ? fault : add_attributes(terms, service);
}

enum fault directory_terms(struct record *record,
			   const struct taxonomy *taxonomy,
			   const json_t *service, char **out, char **safety)
{
	struct bytes list = { 0 };
	struct terms terms = { record, taxonomy, &list, xstrdup("") };
	enum fault fault;

	bytes_add_text(&list, " ");
	fault = gather_terms(&terms, service);
	*out = bytes_take_text(&list);
	*safety = terms.safety;
	return fault;
}

/* --- what it is found by ---------------------------------------------------
 */

/* Calls visit for every row of a sheet that belongs to the service. */
typedef void row_visit(void *to, const json_t *row);

static void each_of(const json_t *row, const char *table, row_visit *visit,
		    void *to)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(row, table), i, one)
	{
		visit(to, one);
	}
}

static void each_anywhere(const json_t *service, const char *table,
			  row_visit *visit, void *to)
{
	json_t *at;
	size_t i;

	each_of(service, table, visit, to);
	json_array_foreach(json_object_get(service, "service_at_location"), i,
			   at)
	{
		each_of(at, table, visit, to);
		each_of(json_object_get(at, "location"), table, visit, to);
	}
}

/* The language of a row: by its code, else by its name in English or its own.
 */
const char *directory_language(const json_t *row)
{
	const char *code = directory_cell(row, "code");
	const char *name = directory_cell(row, "name");
	const struct language *known = *code ? language_find(code) : NULL;

	for (size_t i = 0; !known && *name && i < language_count(); i++) {
		const struct language *language = language_at(i);

		if (!strcasecmp(language->name, name) ||
		    !strcasecmp(language->own_name, name))
			known = language;
	}
	return known ? known->tag : code;
}

static void add_language(void *to, const json_t *row)
{
	struct bytes *list = to;
	const char *tag = directory_language(row);
	SCOPED(char_freep) char *apart = xasprintf(" %s ", tag);

	if (*tag && !strchr(tag, ' ') && !strstr((char *)list->data, apart))
		bytes_add_format(list, "%s ", tag);
}

static void add_area(void *to, const json_t *row)
{
	static const char *const columns[] = { "name", "city", "region" };

	for (size_t i = 0; i < COUNT(columns); i++)
		bytes_add_format(to, "%s ", directory_cell(row, columns[i]));
}

static void add_phone(void *to, const json_t *row)
{
	struct bytes *phone = to;

	if (!phone->length)
		bytes_add_text(phone, directory_cell(row, "number"));
}

static void add_city(void *to, const json_t *row)
{
	struct bytes *city = to;

	if (!city->length)
		bytes_add_text(city, directory_cell(row, "city"));
}

#define WORDS_LIMIT 4000 /* bytes of a description that are searched */

static char *folded(char *fold(const char *), struct bytes *text)
{
	SCOPED(char_freep) char *raw = bytes_take_text(text);
	SCOPED(char_freep)
	char *cut = xstrndup(raw, strnlen(raw, WORDS_LIMIT));

	return fold(cut);
}

static enum fault write_words(struct record *record, int64_t id,
			      const json_t *service)
{
	const json_t *organization = json_object_get(service, "organization");
	struct bytes names = { 0 }, all = { 0 }, areas = { 0 }, again = { 0 };

	bytes_add_format(&names, "%s %s", directory_cell(service, "name"),
			 directory_cell(service, "alternate_name"));
	bytes_add_format(&all, "%s %s %s %s",
			 directory_cell(organization, "name"),
			 directory_cell(organization, "alternate_name"),
			 directory_cell(service, "description"),
			 directory_cell(service, "eligibility_description"));
	bytes_add_format(&again, "%s %s", (char *)names.data,
			 directory_cell(organization, "name"));
	bytes_add_text(&areas, "");
	each_anywhere(service, "service_area", add_area, &areas);
	each_anywhere(service, "address", add_area, &areas);

	SCOPED(char_freep) char *head = folded(fold_name, &names);
	SCOPED(char_freep) char *words = folded(fold_name, &all);
	SCOPED(char_freep) char *sounds = folded(fold_sound, &again);
	SCOPED(char_freep) char *places = folded(fold_name, &areas);
	return statement_run(record, SERVICE_WORDS_SET, "itttt", id, head,
			     words, sounds, places);
}

static enum fault find_or_add(struct record *record, const char *hsds_id,
			      const struct record_who *who, int64_t now,
			      int64_t *id)
{
	enum fault fault =
	    statement_number(record, SERVICE_FIND, 0, id, "t", hsds_id);

	if (fault || *id)
		return fault;
	return statement_number(record, SERVICE_ADD, 0, id, "tit", hsds_id, now,
				who->user);
}

static const char *capacity_in(const char *terms, char word[16])
{
	const char *at = strstr(terms, " capacity:");

	*word = 0;
	if (at) {
		at += strlen(" capacity:");
		strncpy(word, at, 15);
		word[15] = 0;
		word[strcspn(word, " ")] = 0;
	}
	return word;
}

static enum fault write_service(struct record *record, int64_t id,
				const json_t *service, const char *terms,
				const char *safety)
{
	struct bytes phone = { 0 }, city = { 0 }, languages = { 0 };
	char capacity[16];

	bytes_add_text(&languages, " ");
	bytes_add_text(&phone, "");
	bytes_add_text(&city, "");
	each_anywhere(service, "phone", add_phone, &phone);
	each_of(json_object_get(service, "organization"), "phone", add_phone,
		&phone);
	each_anywhere(service, "address", add_city, &city);
	each_anywhere(service, "language", add_language, &languages);

	SCOPED(char_freep) char *number = bytes_take_text(&phone);
	SCOPED(char_freep) char *town = bytes_take_text(&city);
	SCOPED(char_freep) char *tags = bytes_take_text(&languages);
	return statement_run(
	    record, SERVICE_SET, "itttttttttt", id,
	    directory_cell(service, "name"),
	    directory_cell(json_object_get(service, "organization"), "name"),
	    directory_cell(service, "status"),
	    directory_cell(service, "assured_date"), number, town, tags, terms,
	    capacity_in(terms, capacity), safety);
}

static enum fault index_one(struct record *record,
			    const struct taxonomy *taxonomy, const char *id,
			    const struct record_who *who, int64_t now)
{
	SCOPED(json_decrefp) json_t *service = NULL;
	SCOPED(char_freep) char *codes = NULL;
	SCOPED(char_freep) char *safety = NULL;
	int64_t entity;
	enum fault fault = directory_gather(record, id, &service);

	if (!fault && service)
		fault =
		    directory_terms(record, taxonomy, service, &codes, &safety);
	if (fault || !service ||
	    (fault = find_or_add(record, id, who, now, &entity)) ||
	    (fault = write_service(record, entity, service, codes, safety)))
		return fault;
	return write_words(record, entity, service);
}

static void gather_id(void *to, const struct directory_row *row)
{
	json_array_append_new(to, json_string(row->id));
}

enum fault directory_index(struct record *record, const char *only,
			   const struct record_who *who, int64_t now)
{
	SCOPED(taxonomy_freep) struct taxonomy *taxonomy = NULL;
	SCOPED(json_decrefp) json_t *ids = json_array();
	enum fault fault = taxonomy_read(&taxonomy);
	json_t *id;
	size_t i;

	if (!fault && only)
		json_array_append_new(ids, json_string(only));
	else if (!fault)
		fault = directory_rows(record, HSDS_SERVICE, gather_id, ids);
	json_array_foreach(ids, i, id)
	{
		if (!fault)
			fault = index_one(record, taxonomy,
					  json_string_value(id), who, now);
	}
	return fault ? fault : statement_run(record, SERVICE_UNLIST, "");
}
