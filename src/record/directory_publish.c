#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "record/directory_hours.h"
#include "record/directory_inside.h"
#include "record/opening.h"

/*
 * What everybody may read of the directory. A service is gathered as the desk
 * sees it, what is not for everybody is cut off, and only of the rest is
 * anything written.
 */
#define SHAPE "foyer services 1" /* card/services.h */
#define TEXT_LIMIT 4000          /* bytes of a text there */
#define LIST_MOST 40             /* of a list there */
#define NOT_PUBLIC " not-public "
#define PUBLISHED " published "

struct publishing {
	struct record *record;
	const struct taxonomy *taxonomy;
	const struct directory_rules *rules;
	struct directory_published *tally;
	json_t *marked, *others; /* services that may go out */
	enum fault fault;
};

/* --- what is cut off -------------------------------------------------------
 */

static bool is_secret(struct publishing *publishing, const json_t *row)
{
	SCOPED(char_freep) char *terms = NULL;

	if (!publishing->fault)
		publishing->fault = directory_row_terms(
		    publishing->record, publishing->taxonomy, row, &terms);
	return publishing->fault || strstr(terms, NOT_PUBLIC);
}

/* Of a list of rows those that are not for everybody. */
static void cut(struct publishing *publishing, json_t *row, const char *table)
{
	json_t *list = json_object_get(row, table);

	for (size_t i = json_array_size(list); i-- > 0;) {
		if (is_secret(publishing, json_array_get(list, i)))
			json_array_remove(list, i);
	}
}

static void cut_place(struct publishing *publishing, json_t *place)
{
	cut(publishing, place, "phone");
	cut(publishing, place, "address");
}

/* Addresses where somebody can be found. */
static size_t doors_of(const json_t *location)
{
	json_t *address;
	size_t i, doors = 0;

	json_array_foreach(json_object_get(location, "address"), i, address)
	{
		doors += strcmp(directory_cell(address, "address_type"),
				"postal") != 0;
	}
	return doors;
}

/* Whether a location is not for everybody. Where its last door was cut, its bus
 * stop, its ramp and its phone would tell where that is. */
static bool is_hidden(struct publishing *publishing, json_t *location)
{
	const size_t doors = doors_of(location);

	cut_place(publishing, location);
	return doors > doors_of(location) && !doors_of(location);
}

static void cut_all(struct publishing *publishing, json_t *service)
{
	json_t *places = json_object_get(service, "service_at_location");

	cut_place(publishing, service);
	cut_place(publishing, json_object_get(service, "organization"));
	for (size_t i = json_array_size(places); i-- > 0;) {
		json_t *at = json_array_get(places, i);
		json_t *location = json_object_get(at, "location");

		cut_place(publishing, at);
		if (is_hidden(publishing, location) ||
		    is_secret(publishing, at) ||
		    is_secret(publishing, location))
			json_array_remove(places, i);
	}
}

/* --- what is written -------------------------------------------------------
 */

/* Of one that is too long the first of it: the whole file would be refused. */
static void append(json_t *list, json_t *value)
{
	if (json_array_size(list) < LIST_MOST)
		json_array_append_new(list, value);
	else
		json_decref(value);
}

static size_t letter_length(const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xc0) == 0x80)
		length++;
	return length;
}

/* U+0080 to U+009F. */
static bool is_control(const char *text)
{
	return (unsigned char)text[0] == 0xc2 && (unsigned char)text[1] < 0xa0;
}

/* Whole letters, as many as a kiosk takes, and no control signs. */
static json_t *text_of(const char *text)
{
	SCOPED(char_freep) char *taken = NULL;
	struct bytes out = { 0 };
	size_t length;

	bytes_add_text(&out, "");
	for (; *text; text += length) {
		length = letter_length(text);
		if (out.length + length > TEXT_LIMIT)
			break;
		if (!is_control(text))
			bytes_add(&out, text, length);
	}
	taken = bytes_take_text(&out);
	return json_string(taken);
}

/* {"en": "..."}: a text in the language of the directory. */
static void put_text(const struct publishing *publishing, json_t *out,
		     const char *name, const char *text)
{
	if (*text)
		json_object_set_new(out, name,
				    json_pack("{so}",
					      publishing->rules->language,
					      text_of(text)));
}

/*
 * The same in another language: an attribute of the service whose term has the
 * code "name:ar" or "description:ar".
 */
static void put_other(struct publishing *publishing, json_t *out,
		      const char *name, const json_t *service)
{
	SCOPED(char_freep) char *kind = xasprintf("%s:", name);
	json_t *attribute;
	size_t i;

	json_array_foreach(json_object_get(service, "attribute"), i, attribute)
	{
		const char *term =
		    directory_cell(attribute, "taxonomy_term_id");
		const char *value = directory_cell(attribute, "value");
		SCOPED(json_decrefp) json_t *row = NULL;
		const char *code;

		if (!publishing->fault)
			publishing->fault = directory_row_read(
			    publishing->record, HSDS_TAXONOMY_TERM, term, &row);
		code = directory_cell(row, "code");
		if (strncmp(code, kind, strlen(kind)) != 0 || !*value)
			continue;
		if (!json_object_get(out, name))
			json_object_set_new(out, name, json_object());
		json_object_set_new(json_object_get(out, name),
				    code + strlen(kind), text_of(value));
	}
}

/* The last day on which it is not stale. */
static void put_until(const struct publishing *publishing, json_t *out,
		      const char *assured)
{
	char until[11];
	int64_t day;

	if (!opening_day(assured, &day))
		return;
	opening_day_write(day + publishing->rules->stale_days, until);
	json_object_set_new(out, "until", json_string(until));
}

static void put_parts(const struct publishing *publishing, json_t *out,
		      const struct directory_card *card)
{
	static const struct {
		enum directory_part part;
		const char *name;
	} texts[] = {
		{ DIRECTORY_NAME, "name" },
		{ DIRECTORY_ORGANIZATION, "organization" },
		{ DIRECTORY_WHAT_FOR, "description" },
		{ DIRECTORY_WHO_FOR, "who" },
		{ DIRECTORY_INTERPRETING, "interpreting" },
		{ DIRECTORY_BRING, "bring" },
		{ DIRECTORY_COST, "cost" },
		{ DIRECTORY_APPLY, "apply" },
		{ DIRECTORY_WAIT, "wait" },
		{ DIRECTORY_ACCESS, "access" },
		{ DIRECTORY_ADDRESS, "address" },
		{ DIRECTORY_PHONE, "phone" },
		{ DIRECTORY_WEB, "web" },
	};

	for (size_t i = 0; i < COUNT(texts); i++)
		put_text(publishing, out, texts[i].name,
			 card->parts[texts[i].part]);
	put_until(publishing, out, card->parts[DIRECTORY_ASSURED]);
	if (card->free)
		json_object_set_new(out, "free", json_true());
}

static void put_terms(json_t *out, const char *terms)
{
	json_t *needs = json_array();

	for (const char *at = terms; (at = strstr(at, " need:")); at++) {
		const char *code = at + strlen(" need:");

		append(needs, json_stringn(code, strcspn(code, " ")));
	}
	json_object_set_new(out, "needs", needs);
	if (strstr(terms, " walk-in "))
		json_object_set_new(out, "walk_in", json_true());
	if (strstr(terms, " women-only "))
		json_object_set_new(out, "women_only", json_true());
}

static void put_tongues(json_t *list, const json_t *row)
{
	json_t *one, *there;
	size_t i, j;

	json_array_foreach(json_object_get(row, "language"), i, one)
	{
		const char *tag = directory_language(one);
		bool known = !*tag;

		json_array_foreach(list, j, there)
		{
			known |= !strcmp(json_string_value(there), tag);
		}
		if (!known)
			append(list, json_string(tag));
	}
}

static void shorten(const struct publishing *publishing, json_t *hours)
{
	const char *language = publishing->rules->language;
	json_t *words = json_object_get(hours, "text");

	if (words)
		json_object_set_new(words, language,
				    text_of(directory_cell(words, language)));
}

static void put_hours(const struct publishing *publishing, json_t *list,
		      const json_t *row)
{
	json_t *schedule;
	size_t i;

	json_array_foreach(json_object_get(row, "schedule"), i, schedule)
	{
		json_t *hours = directory_hours_of(schedule, publishing->rules);

		if (!hours)
			continue;
		shorten(publishing, hours);
		append(list, hours);
	}
}

/* A service's own hours count before those of the house it is in. */
static json_t *hours_of(const struct publishing *publishing,
			const json_t *service)
{
	const json_t *places = json_object_get(service, "service_at_location");
	json_t *list = json_array(), *at;
	size_t i;

	put_hours(publishing, list, service);
	json_array_foreach((json_t *)places, i, at)
	{
		put_hours(publishing, list, at);
	}
	if (json_array_size(list))
		return list;
	json_array_foreach((json_t *)places, i, at)
	{
		put_hours(publishing, list, json_object_get(at, "location"));
	}
	return list;
}

static json_t *tongues_of(const json_t *service)
{
	json_t *list = json_array(), *at;
	size_t i;

	put_tongues(list, service);
	json_array_foreach(json_object_get(service, "service_at_location"), i,
			   at)
	{
		put_tongues(list, at);
		put_tongues(list, json_object_get(at, "location"));
	}
	return list;
}

static json_t *written(struct publishing *publishing, json_t *service,
		       const char *terms)
{
	struct directory_card card;
	json_t *out = json_object();

	cut_all(publishing, service);
	directory_card_of(service, publishing->rules,
			  publishing->rules->language, &card);
	put_parts(publishing, out, &card);
	put_other(publishing, out, "name", service);
	put_other(publishing, out, "description", service);
	put_terms(out, terms);
	json_object_set_new(out, "languages", tongues_of(service));
	json_object_set_new(out, "hours", hours_of(publishing, service));
	directory_card_done(&card);
	return out;
}

/* --- which -----------------------------------------------------------------
 */

/* A mentor who was added here, with a phone of their own, goes out on
 * somebody's word alone; a package's services were public before. A note on
 * safety counts whatever it says. */
static bool is_kept(struct publishing *publishing, const json_t *service,
		    const char *terms)
{
	return (directory_is_own(directory_cell(service, "id")) &&
		!strstr(terms, PUBLISHED)) ||
	       strstr(terms, " safety-note ") || strstr(terms, " informal:") ||
	       is_secret(publishing, service) ||
	       is_secret(publishing, json_object_get(service, "organization"));
}

/* Where it is counted that does not go out; NULL: it does. */
static size_t *left_out(struct publishing *publishing, const json_t *service,
			const char *terms)
{
	struct directory_published *tally = publishing->tally;

	if (is_kept(publishing, service, terms))
		return &tally->kept;
	if (strcmp(directory_cell(service, "status"), "active") != 0 ||
	    strstr(terms, " capacity:closed "))
		return &tally->shut;
	return directory_is_stale(publishing->rules,
				  directory_cell(service, "assured_date"))
		   ? &tally->stale
		   : NULL;
}

static void look_at(void *to, const struct directory_row *row)
{
	struct publishing *publishing = to;
	SCOPED(json_decrefp) json_t *service = NULL;
	SCOPED(char_freep) char *terms = NULL;
	SCOPED(char_freep) char *safety = NULL;
	size_t *count;

	if (!publishing->fault)
		publishing->fault =
		    directory_gather(publishing->record, row->id, &service);
	if (!publishing->fault)
		publishing->fault =
		    directory_terms(publishing->record, publishing->taxonomy,
				    service, &terms, &safety);
	if (publishing->fault)
		return;
	count = left_out(publishing, service, terms);
	if (count)
		++*count;
	else
		json_array_append_new(strstr(terms, PUBLISHED)
					  ? publishing->marked
					  : publishing->others,
				      written(publishing, service, terms));
}

/* Where somebody chose what is published, that is all. */
static json_t *choose(struct publishing *publishing)
{
	json_t *marked = publishing->marked, *others = publishing->others;
	const bool chosen = json_array_size(marked) > 0;

	publishing->tally->unmarked = chosen ? json_array_size(others) : 0;
	publishing->tally->out = json_array_size(chosen ? marked : others);
	return chosen ? marked : others;
}

#define MARK_FEWER                                                    \
	"mark those with the code published that newcomers ask for (" \
	"foyer directory tag)"

static enum fault write_file(const struct publishing *publishing,
			     json_t *services, const char *path)
{
	SCOPED(json_decrefp) json_t *whole = NULL;
	SCOPED(char_freep) char *text = NULL;
	char today[11];

	directory_today(publishing->rules, today);
	whole = json_pack("{ss ss sO}", "shape", SHAPE, "day", today,
			  "services", services);
	text = json_dumps(whole, JSON_INDENT(1) | JSON_SORT_KEYS);
	if (strlen(text) > DIRECTORY_PUBLIC_BYTES) {
		log_error("what is said of %zu services has %zu KB, and a "
			  "kiosk takes %u: " MARK_FEWER,
			  publishing->tally->out, strlen(text) / 1024,
			  DIRECTORY_PUBLIC_BYTES / 1024);
		return FAULT_LIMIT;
	}
	return file_write(path, text, strlen(text), 0644);
}

enum fault directory_publish(struct record *record,
			     const struct directory_rules *rules,
			     const char *path,
			     struct directory_published *tally)
{
	SCOPED(taxonomy_freep) struct taxonomy *taxonomy = NULL;
	SCOPED(json_decrefp) json_t *marked = json_array();
	SCOPED(json_decrefp) json_t *others = json_array();
	struct publishing publishing = { .record = record,
					 .rules = rules,
					 .tally = tally,
					 .marked = marked,
					 .others = others };
	json_t *chosen;
	enum fault fault = taxonomy_read(&taxonomy);

	*tally = (struct directory_published){ 0 };
	publishing.taxonomy = taxonomy;
	if (fault ||
	    (fault =
		 directory_rows(record, HSDS_SERVICE, look_at, &publishing)) ||
	    (fault = publishing.fault))
		return fault;
	chosen = choose(&publishing);
	if (tally->out > DIRECTORY_PUBLIC_LIMIT) {
		log_error("%zu services would be published, and %d can "
			  "be: " MARK_FEWER,
			  tally->out, DIRECTORY_PUBLIC_LIMIT);
		return FAULT_LIMIT;
	}
	return tally->out ? write_file(&publishing, chosen, path)
			  : file_remove(path);
}
