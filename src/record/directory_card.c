#include <stdlib.h>
#include <string.h>

#include "record/directory_hours.h"
#include "record/directory_inside.h"
#include "record/statement.h"
#include "text/language.h"

const char *directory_part_word(enum directory_part part)
{
	static const char *const words[DIRECTORY_PARTS] = {
		[DIRECTORY_NAME] = "name",
		[DIRECTORY_ORGANIZATION] = "organization",
		[DIRECTORY_WHAT_FOR] = "what_for",
		[DIRECTORY_WHO_FOR] = "who_for",
		[DIRECTORY_ADDRESS] = "address",
		[DIRECTORY_PHONE] = "phone",
		[DIRECTORY_HOURS] = "hours",
		[DIRECTORY_LANGUAGES] = "languages",
		[DIRECTORY_INTERPRETING] = "interpreting",
		[DIRECTORY_BRING] = "bring",
		[DIRECTORY_COST] = "cost",
		[DIRECTORY_APPLY] = "apply",
		[DIRECTORY_WAIT] = "wait",
		[DIRECTORY_ACCESS] = "access",
		[DIRECTORY_ALERT] = "alert",
		[DIRECTORY_EMAIL] = "email",
		[DIRECTORY_WEB] = "web",
		[DIRECTORY_SAFETY] = "safety",
		[DIRECTORY_ASSURED] = "assured",
	};

	return words[part];
}

/* --- what is written of a part ---------------------------------------------
 */

struct writing {
	struct bytes parts[DIRECTORY_PARTS];
	const struct directory_rules *rules;
	const char *language;
	bool free, charges;
};

/* Adds a text, parted from those before it, unless it stands there already. */
static void put(struct bytes *part, const char *text, const char *between)
{
	if (!*text || (part->length && strstr((char *)part->data, text)))
		return;
	if (part->length)
		bytes_add_text(part, between);
	bytes_add_text(part, text);
}

typedef void row_writer(struct writing *writing, const json_t *row);

static void write_phone(struct writing *writing, const json_t *row)
{
	const char *extension = directory_cell(row, "extension");
	const char *about = directory_cell(row, "description");
	SCOPED(char_freep)
	char *text = xasprintf("%s%s%s%s%s%s", directory_cell(row, "number"),
			       *extension ? " #" : "", extension,
			       *about ? " (" : "", about, *about ? ")" : "");

	put(&writing->parts[DIRECTORY_PHONE], text, "\n");
}

static void write_schedule(struct writing *writing, const json_t *row)
{
	struct bytes line = { 0 };

	bytes_add_text(&line, "");
	directory_hours(row, writing->rules, writing->language, &line);
	put(&writing->parts[DIRECTORY_HOURS], (char *)line.data, "\n");
	bytes_done(&line);
}

static void write_address(struct writing *writing, const json_t *row)
{
	static const char *const columns[] = { "address_1", "address_2", "city",
					       "state_province",
					       "postal_code" };
	struct bytes line = { 0 };

	if (!strcmp(directory_cell(row, "address_type"), "postal"))
		return;
	for (size_t i = 0; i < COUNT(columns); i++)
		put(&line, directory_cell(row, columns[i]), ", ");
	if (line.length)
		put(&writing->parts[DIRECTORY_ADDRESS], (char *)line.data,
		    "\n");
	bytes_done(&line);
}

static void write_language(struct writing *writing, const json_t *row)
{
	const char *code = directory_cell(row, "code");
	const char *name = directory_cell(row, "name");
	const struct language *known = *code ? language_find(code) : NULL;

	put(&writing->parts[DIRECTORY_LANGUAGES],
	    known   ? known->own_name
	    : *name ? name
		    : code,
	    ", ");
}

static void write_cost(struct writing *writing, const json_t *row)
{
	const char *amount = directory_cell(row, "amount");
	const char *option = directory_cell(row, "option");
	SCOPED(char_freep) char *line = NULL;

	if (*amount && strtod(amount, NULL) == 0 && !*option) {
		writing->free = true;
		return;
	}
	writing->charges = true;
	line = xasprintf("%s%s%s%s%s", amount, *option ? " " : "", option,
			 *directory_cell(row, "amount_description") ? " " : "",
			 directory_cell(row, "amount_description"));
	put(&writing->parts[DIRECTORY_COST], line, "\n");
}

static void write_document(struct writing *writing, const json_t *row)
{
	put(&writing->parts[DIRECTORY_BRING], directory_cell(row, "document"),
	    "\n");
}

static void write_access(struct writing *writing, const json_t *row)
{
	put(&writing->parts[DIRECTORY_ACCESS],
	    directory_cell(row, "description"), "\n");
}

static const struct {
	const char *table;
	row_writer *write;
} writers[] = {
	{ "phone", write_phone },
	{ "schedule", write_schedule },
	{ "address", write_address },
	{ "language", write_language },
	{ "cost_option", write_cost },
	{ "required_document", write_document },
	{ "accessibility", write_access },
};

static void write_rows(struct writing *writing, const json_t *of)
{
	for (size_t i = 0; i < COUNT(writers); i++) {
		json_t *row;
		size_t at;

		json_array_foreach(json_object_get(of, writers[i].table), at,
				   row)
		{
			writers[i].write(writing, row);
		}
	}
}

/* Columns of the service itself. */
static const struct {
	enum directory_part part;
	const char *column;
} columns[] = {
	{ DIRECTORY_NAME, "name" },
	{ DIRECTORY_WHAT_FOR, "description" },
	{ DIRECTORY_WHO_FOR, "eligibility_description" },
	{ DIRECTORY_INTERPRETING, "interpretation_services" },
	{ DIRECTORY_COST, "fees_description" },
	{ DIRECTORY_COST, "fees" },
	{ DIRECTORY_APPLY, "application_process" },
	{ DIRECTORY_WAIT, "wait_time" },
	{ DIRECTORY_ALERT, "alert" },
	{ DIRECTORY_EMAIL, "email" },
	{ DIRECTORY_WEB, "url" },
	{ DIRECTORY_ASSURED, "assured_date" },
};

static void write_ages(struct writing *writing, const json_t *service)
{
	const char *least = directory_cell(service, "minimum_age");
	const char *most = directory_cell(service, "maximum_age");
	SCOPED(char_freep)
	char *ages =
	    !*least && !*most ? xstrdup("") : xasprintf("%s-%s", least, most);

	put(&writing->parts[DIRECTORY_WHO_FOR], ages, "\n");
}

static void write_all(struct writing *writing, const json_t *service)
{
	const json_t *organization = json_object_get(service, "organization");
	json_t *at;
	size_t i;

	for (i = 0; i < COUNT(columns); i++)
		put(&writing->parts[columns[i].part],
		    directory_cell(service, columns[i].column), "\n");
	write_ages(writing, service);
	put(&writing->parts[DIRECTORY_ORGANIZATION],
	    directory_cell(organization, "name"), "\n");
	write_rows(writing, service);
	json_array_foreach(json_object_get(service, "service_at_location"), i,
			   at)
	{
		const json_t *location = json_object_get(at, "location");

		write_rows(writing, at);
		write_rows(writing, location);
		put(&writing->parts[DIRECTORY_ACCESS],
		    directory_cell(location, "transportation"), "\n");
	}
	/* The house's own number, where the service has none. */
	if (!writing->parts[DIRECTORY_PHONE].length)
		write_rows(writing, organization);
}

/* --- the card --------------------------------------------------------------
 */

void directory_card_done(struct directory_card *card)
{
	for (int i = 0; i < DIRECTORY_PARTS; i++)
		free(card->parts[i]);
	free(card->terms);
	free(card->said);
	*card = (struct directory_card){ 0 };
}

/* What the record itself adds: terms, safety, what people said. */
static enum fault add_own(struct record *record, int64_t service,
			  struct writing *writing, struct directory_card *card)
{
	struct bytes said = { 0 };
	struct store_ask *ask;
	enum fault fault =
	    statement_ask(record, SERVICE_OWN, &ask, "i", service);
	bool row;

	bytes_add_text(&said, "");
	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		put(&writing->parts[DIRECTORY_SAFETY], statement_text(ask, 1),
		    "\n");
		put(&said, statement_text(ask, 2), "\n");
		free(card->terms);
		card->terms = xstrdup(statement_text(ask, 0));
	}
	if (!fault)
		fault = statement_ask(record, SERVICE_SAID, &ask, "i", service);
	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		put(&said, statement_text(ask, 0), "\n");
	card->said = bytes_take_text(&said);
	return fault;
}

static void finish(struct writing *writing, const json_t *service,
		   struct directory_card *card)
{
	for (int i = 0; i < DIRECTORY_PARTS; i++) {
		bytes_add_text(&writing->parts[i], "");
		card->parts[i] = bytes_take_text(&writing->parts[i]);
	}
	if (!card->terms)
		card->terms = xstrdup(" ");
	card->free = writing->free && !writing->charges;
	card->walk_in = strstr(card->terms, " walk-in ");
	card->women_only = strstr(card->terms, " women-only ");
	card->stale =
	    directory_is_stale(writing->rules, card->parts[DIRECTORY_ASSURED]);
	card->open = directory_open(service, writing->rules);
}

void directory_card_of(const json_t *service,
		       const struct directory_rules *rules,
		       const char *language, struct directory_card *out)
{
	struct writing writing = { .rules = rules, .language = language };

	*out = (struct directory_card){ 0 };
	write_all(&writing, service);
	finish(&writing, service, out);
}

enum fault directory_card_read(struct record *record, int64_t service,
			       const struct directory_rules *rules,
			       const char *language,
			       enum directory_answer *answer,
			       struct directory_card *out)
{
	SCOPED(json_decrefp) json_t *gathered = NULL;
	SCOPED(char_freep) char *id = NULL;
	struct writing writing = { .rules = rules, .language = language };
	enum fault fault = directory_hsds_id(record, service, &id);

	*out = (struct directory_card){ 0 };
	*answer = DIRECTORY_UNKNOWN;
	if (fault || (fault = directory_gather(record, id, &gathered)) ||
	    !gathered)
		return fault;
	*answer = DIRECTORY_DONE;
	write_all(&writing, gathered);
	fault = add_own(record, service, &writing, out);
	finish(&writing, gathered, out);
	if (fault)
		directory_card_done(out);
	return fault;
}
