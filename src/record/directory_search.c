#include <stdlib.h>
#include <string.h>

#include "record/directory_hours.h"
#include "record/directory_inside.h"
#include "record/statement.h"
#include "text/fold.h"
#include "text/language.h"

/* --- the words of a query --------------------------------------------------
 */

/* What every candidate is held against, folded once. */
struct search {
	const struct directory_query *query;
	const struct directory_rules *rules;
	char *words, *sounds, *areas; /* folded, "" for none */
	char *language;               /* " ar ", "" for none */
	char *need, *status;          /* " need:HOU ", " accepts:CLM " */
};

static char *apart(const char *before, const char *word)
{
	return word && *word ? xasprintf(" %s%s ", before, word) : xstrdup("");
}

static void search_init(struct search *search,
			const struct directory_query *query,
			const struct directory_rules *rules)
{
	const struct language *language =
	    query->language ? language_find(query->language) : NULL;

	*search = (struct search){
		.query = query,
		.rules = rules,
		.words = fold_name(query->text ?: ""),
		.sounds = fold_sound(query->text ?: ""),
		.areas = fold_name(query->area ?: ""),
		.language =
		    apart("", language ? language->tag : query->language),
		.need = apart("need:", query->need),
		.status = apart("accepts:", query->status),
	};
}

static void search_done(struct search *search)
{
	free(search->words);
	free(search->sounds);
	free(search->areas);
	free(search->language);
	free(search->need);
	free(search->status);
}

/* Whether a word of text begins with the length bytes of word. */
static bool begins_one(const char *text, const char *word, size_t length)
{
	for (const char *at = text; *at;) {
		if (!strncmp(at, word, length))
			return true;
		at += strcspn(at, " ");
		at += strspn(at, " ");
	}
	return false;
}

/* How many of the words begin one of text's. */
static size_t count_found(const char *words, const char *text)
{
	size_t found = 0;

	for (const char *word = words; *word;) {
		const size_t length = strcspn(word, " ");

		found += begins_one(text, word, length);
		word += length;
		word += strspn(word, " ");
	}
	return found;
}

static size_t count_words(const char *words)
{
	size_t count = 0;

	for (const char *word = words; *word;) {
		count++;
		word += strcspn(word, " ");
		word += strspn(word, " ");
	}
	return count;
}

/* --- one service -----------------------------------------------------------
 */

/* What only the search sees of a row. */
struct candidate {
	struct directory_found found;
	const char *head, *words, *sounds, *areas;
};

enum column {
	COLUMN_ID,
	COLUMN_HSDS_ID,
	COLUMN_NAME,
	COLUMN_ORGANIZATION,
	COLUMN_STATUS,
	COLUMN_ASSURED,
	COLUMN_PHONE,
	COLUMN_CITY,
	COLUMN_LANGUAGES,
	COLUMN_TERMS,
	COLUMN_SAFETY,
	COLUMN_HEAD,
	COLUMN_WORDS,
	COLUMN_SOUNDS,
	COLUMN_AREAS,
	COLUMN_MEAN_PERSON,
	COLUMN_COUNT_PERSON,
	COLUMN_MEAN_AGENCY,
	COLUMN_COUNT_AGENCY,
};

/* Weights of what speaks for a result; what was asked for weighs most. */
enum weight {
	IN_NAME = 8,
	IN_WORDS = 3,
	BY_SOUND = 2,
	SPEAKS = 8,
	IN_AREA = 6,
	TAKES_STATUS = 3,
	TAKES_PEOPLE = 3,
	WAITING_LIST = -3,
	TAKES_NOBODY = -12,
	WALK_IN = 1,
	SHUT_DOWN = -20,
	STALE = -6,
};

/* Every word has to be in the name or elsewhere; else all by their sound. */
static bool match_text(const struct search *search,
		       const struct candidate *candidate, int *score)
{
	const size_t words = count_words(search->words);
	const size_t named = count_found(search->words, candidate->head);
	const size_t told = count_found(search->words, candidate->words);
	SCOPED(char_freep)
	char *both = xasprintf("%s %s", candidate->head, candidate->words);

	if (!words)
		return true;
	if (count_found(search->words, both) == words) {
		*score += (int)named * IN_NAME + (int)told * IN_WORDS;
		return true;
	}
	if (!*search->sounds || fold_shared(search->sounds, candidate->sounds) <
				    count_words(search->sounds))
		return false;
	*score += BY_SOUND;
	return true;
}

/* One that names no area serves everywhere, and stands behind those that do.
 */
static bool match_area(const struct search *search,
		       const struct candidate *candidate, int *score)
{
	const size_t words = count_words(search->areas);

	if (!words || !*candidate->areas)
		return true;
	if (count_found(search->areas, candidate->areas) < words)
		return false;
	*score += IN_AREA;
	return true;
}

/* One that says nothing of status turns nobody away. */
static bool match_status(const struct search *search, const char *terms,
			 int *score)
{
	if (!*search->status || !strstr(terms, " accepts:"))
		return true;
	if (!strstr(terms, " accepts:any-status ") &&
	    !strstr(terms, search->status))
		return false;
	*score += TAKES_STATUS;
	return true;
}

static void weigh(const struct search *search, struct directory_found *found)
{
	static const struct {
		const char *term;
		int weight;
	} weights[] = {
		{ " capacity:open ", TAKES_PEOPLE },
		{ " capacity:wait ", WAITING_LIST },
		{ " capacity:closed ", TAKES_NOBODY },
		{ " walk-in ", WALK_IN },
	};

	for (size_t i = 0; i < COUNT(weights); i++) {
		if (strstr(found->terms, weights[i].term))
			found->score += weights[i].weight;
	}
	found->speaks =
	    *search->language && strstr(found->languages, search->language);
	found->score += found->speaks * SPEAKS + found->stale * STALE +
			found->shut_down * SHUT_DOWN;
	/* Three stars are neither good nor bad. */
	if (found->ratings_person)
		found->score += (int)(found->mean_person - 3);
}

static bool matches(const struct search *search, struct candidate *candidate)
{
	struct directory_found *found = &candidate->found;

	if (*search->need && !strstr(found->terms, search->need))
		return false;
	if (search->query->walk_in_now && !strstr(found->terms, " walk-in "))
		return false;
	if (!match_text(search, candidate, &found->score) ||
	    !match_area(search, candidate, &found->score) ||
	    !match_status(search, found->terms, &found->score))
		return false;
	weigh(search, found);
	return true;
}

static char *text_of(struct store_ask *ask, enum column column)
{
	return xstrdup(statement_text(ask, column));
}

static struct candidate take(struct store_ask *ask,
			     const struct directory_rules *rules)
{
	return (struct candidate){
		.found = {
			.service = store_number(ask, COLUMN_ID),
			.hsds_id = text_of(ask, COLUMN_HSDS_ID),
			.name = text_of(ask, COLUMN_NAME),
			.organization = text_of(ask, COLUMN_ORGANIZATION),
			.phone = text_of(ask, COLUMN_PHONE),
			.city = text_of(ask, COLUMN_CITY),
			.assured = text_of(ask, COLUMN_ASSURED),
			.languages = text_of(ask, COLUMN_LANGUAGES),
			.terms = text_of(ask, COLUMN_TERMS),
			.safety = text_of(ask, COLUMN_SAFETY),
			.stale = directory_is_stale(
			    rules, statement_text(ask, COLUMN_ASSURED)),
			.shut_down = strcmp(statement_text(ask, COLUMN_STATUS),
					    "active") != 0,
			.mean_person =
			    store_real(ask, COLUMN_MEAN_PERSON),
			.ratings_person =
			    (int)store_number(ask, COLUMN_COUNT_PERSON),
			.mean_agency =
			    store_real(ask, COLUMN_MEAN_AGENCY),
			.ratings_agency =
			    (int)store_number(ask, COLUMN_COUNT_AGENCY),
		},
		.head = statement_text(ask, COLUMN_HEAD),
		.words = statement_text(ask, COLUMN_WORDS),
		.sounds = statement_text(ask, COLUMN_SOUNDS),
		.areas = statement_text(ask, COLUMN_AREAS),
	};
}

/* --- all of them -----------------------------------------------------------
 */

static void found_done(struct directory_found *found)
{
	free(found->hsds_id);
	free(found->name);
	free(found->organization);
	free(found->phone);
	free(found->city);
	free(found->assured);
	free(found->languages);
	free(found->terms);
	free(found->safety);
}

void directory_results_done(struct directory_results *results)
{
	for (size_t i = 0; i < results->count; i++)
		found_done(&results->rows[i]);
	free(results->rows);
	*results = (struct directory_results){ 0 };
}

static void keep(struct directory_results *results,
		 const struct directory_found *found)
{
	results->rows = xreallocarray(results->rows, results->count + 1,
				      sizeof *results->rows);
	results->rows[results->count++] = *found;
}

static enum fault gather_matching(struct record *record,
				  const struct search *search,
				  struct directory_results *results)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, SERVICE_SEARCH, &ask, "");
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		struct candidate candidate = take(ask, search->rules);

		results->listed++;
		if (!matches(search, &candidate)) {
			found_done(&candidate.found);
		} else if (search->query->fresh && candidate.found.stale) {
			results->stale++;
			found_done(&candidate.found);
		} else {
			keep(results, &candidate.found);
		}
	}
	return fault;
}

/* The best first; then by name, and by number so that the order is one. */
static int by_score(const void *a, const void *b)
{
	const struct directory_found *one = a, *other = b;
	int way = (one->score < other->score) - (one->score > other->score);

	if (!way)
		way = strcmp(one->name, other->name);
	return way ? way
		   : (one->service > other->service) -
			 (one->service < other->service);
}

static void cut(struct directory_results *results, size_t most)
{
	while (results->count > most)
		found_done(&results->rows[--results->count]);
}

static enum fault look_at_hours(struct record *record,
				const struct search *search,
				struct directory_results *results)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < results->count; i++) {
		SCOPED(json_decrefp) json_t *service = NULL;

		fault = directory_gather(record, results->rows[i].hsds_id,
					 &service);
		results->rows[i].open =
		    fault ? DIRECTORY_HOURS_UNKNOWN
			  : directory_open(service, search->rules);
	}
	return fault;
}

static void drop_shut(struct directory_results *results)
{
	size_t kept = 0;

	for (size_t i = 0; i < results->count; i++) {
		struct directory_found *found = &results->rows[i];

		if (found->open == DIRECTORY_OPEN && !found->shut_down)
			results->rows[kept++] = *found;
		else
			found_done(found);
	}
	results->count = kept;
}

enum fault directory_search(struct record *record,
			    const struct directory_query *query,
			    const struct directory_rules *rules,
			    struct directory_results *results)
{
	struct search search;
	enum fault fault;

	*results = (struct directory_results){ 0 };
	search_init(&search, query, rules);
	if (!(fault = gather_matching(record, &search, results))) {
		if (results->count)
			qsort(results->rows, results->count,
			      sizeof *results->rows, by_score);
		results->matching = results->count;
		/* Hours take a look into the sheets: only of what is shown. */
		if (!query->walk_in_now)
			cut(results, DIRECTORY_RESULTS);
		fault = look_at_hours(record, &search, results);
	}
	if (!fault && query->walk_in_now) {
		drop_shut(results);
		results->matching = results->count;
		cut(results, DIRECTORY_RESULTS);
	}
	search_done(&search);
	if (fault)
		directory_results_done(results);
	return fault;
}
