#include "record/assign.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/entity_sql.h"
#include "record/kinds.h"

static const char *const match_words[] = {
	[ASSIGN_NO_LANGUAGE] = "none",
	[ASSIGN_LANGUAGE] = "language",
	[ASSIGN_DIALECT] = "dialect",
};

const char *assign_match_word(enum assign_match match)
{
	return match_words[match];
}

void assign_done(struct assign *assign)
{
	for (size_t i = 0; i < assign->count; i++) {
		free(assign->offers[i].name);
		free(assign->offers[i].languages);
	}
	free(assign->offers);
	char_wipe(assign->languages);
	char_wipe(assign->dialects);
	char_wipe(assign->prefers);
	*assign = (struct assign){ 0 };
}

/* --- who they are ----------------------------------------------------------
 */

static void add_words(struct bytes *to, const char *text, char between)
{
	const bool said =
	    between == ' ' && to->length &&
	    codes_have((const char *)to->data, text, strlen(text));

	if (text[0] && !said)
		bytes_add_format(to, "%.*s%s", to->length ? 1 : 0, &between,
				 text);
}

static enum fault read_members(struct record *record, int64_t household,
			       struct bytes said[3])
{
	static const char text[] =
	    "SELECT person.language, person.dialect, person.prefers"
	    " FROM member JOIN person ON person.id = member.person"
	    " WHERE member.gone = 0 AND person.gone = 0 AND member.until IS"
	    " NULL AND member.household = ?1 ORDER BY member.id";
	static const char between[3] = { ' ', '\n', '\n' };
	struct store_ask *ask;
	bool row;
	enum fault fault = statement_take(record, text, &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, household);
	while (!(fault = statement_row(record, ask, &row)) && row) {
		for (int i = 0; i < 3; i++)
			add_words(&said[i], statement_text(ask, i), between[i]);
	}
	statement_give_back(record, ask);
	return fault;
}

/* --- who would fit ---------------------------------------------------------
 */

/* "fa-AF" is understood by whoever speaks "fa": the primary subtags say. */
static bool is_language(const char *a, size_t a_length, const char *b,
			size_t b_length)
{
	a_length = strcspn(a, "-") < a_length ? strcspn(a, "-") : a_length;
	b_length = strcspn(b, "-") < b_length ? strcspn(b, "-") : b_length;
	return a_length && a_length == b_length &&
	       strncasecmp(a, b, a_length) == 0;
}

static bool speaks(const char *worker, const char *household)
{
	for (const char *a = household; *a; a += strspn(a, " ")) {
		const size_t length = strcspn(a, " ");

		for (const char *b = worker; *b; b += strspn(b, " ,;")) {
			const size_t other = strcspn(b, " ,;");

			if (is_language(a, length, b, other))
				return true;
			b += other;
		}
		a += length;
	}
	return false;
}

static bool knows_dialect(const char *worker, const char *household)
{
	SCOPED(char_freep) char *lines = xstrdup(household);
	char *rest = NULL;

	for (char *line = strtok_r(lines, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (strcasestr(worker, line))
			return true;
	}
	return false;
}

static void take_worker(struct assign *assign, struct store_ask *ask)
{
	const char *languages = statement_text(ask, 2);
	struct assign_offer *offer;

	assign->offers = xreallocarray(assign->offers, assign->count + 1,
				       sizeof *assign->offers);
	offer = &assign->offers[assign->count++];
	*offer = (struct assign_offer){
		.user = store_number(ask, 0),
		.name = xstrdup(statement_text(ask, 1)),
		.languages = xstrdup(languages),
		.households = store_number(ask, 4),
	};
	if (speaks(languages, assign->languages))
		offer->match =
		    knows_dialect(statement_text(ask, 3), assign->dialects)
			? ASSIGN_DIALECT
			: ASSIGN_LANGUAGE;
}

static enum fault read_workers(struct record *record, struct assign *assign)
{
	static const char text[] =
	    "SELECT user.id, user.name, user.languages, user.dialects,"
	    " (SELECT count(*) FROM household WHERE household.gone = 0 AND"
	    " household.worker = user.id) FROM user WHERE gone = 0 AND"
	    " coalesce(away, 0) = 0 AND (roles IS NULL OR instr(' ' || roles"
	    " || ' ', ' worker ') > 0) ORDER BY user.name";
	struct store_ask *ask;
	bool row;
	enum fault fault = statement_take(record, text, &ask);

	if (fault)
		return fault;
	while (!(fault = statement_row(record, ask, &row)) && row)
		take_worker(assign, ask);
	statement_give_back(record, ask);
	return fault;
}

static int by_fit(const void *a, const void *b)
{
	const struct assign_offer *one = a, *two = b;

	if (one->match != two->match)
		return one->match > two->match ? -1 : 1;
	if (one->households != two->households)
		return one->households < two->households ? -1 : 1;
	return strcmp(one->name, two->name);
}

enum fault assign_read(struct record *record, int64_t household,
		       struct assign *out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	struct bytes said[3] = { 0 };
	struct assign assign = { 0 };
	enum fault fault =
	    entity_fetch(record, &kind_household, household, &entity);

	if (!fault)
		fault = read_members(record, household, said);
	assign.worker = entity ? entity_number(entity, "worker") : 0;
	assign.languages = bytes_take_text(&said[0]);
	assign.dialects = bytes_take_text(&said[1]);
	assign.prefers = bytes_take_text(&said[2]);
	if (!fault)
		fault = read_workers(record, &assign);
	if (fault) {
		assign_done(&assign);
		return fault;
	}
	if (assign.count)
		qsort(assign.offers, assign.count, sizeof *assign.offers,
		      by_fit);
	*out = assign;
	return FAULT_NONE;
}

enum fault assign_worker(struct record *record, int64_t household, int64_t user,
			 const struct record_who *who, int64_t now,
			 enum entity_answer *answer)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_read(record, &kind_household, household, who,
				       now, answer, &entity);

	if (fault || *answer != ENTITY_DONE)
		return fault;
	(void)entity_set_number(entity, "worker", user);
	return entity_save(record, entity, SOURCE_TOLD, who, now, answer, NULL);
}
