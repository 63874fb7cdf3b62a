#include "record/people_pile.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/entity_sql.h"
#include "record/kinds.h"

#define PILE_ROOM 32768 /* places; a power of two, far above PEOPLE_ROWS */
static_assert(PILE_ROOM > 2 * PEOPLE_ROWS, "there is always a free place");

void pile_init(struct pile *pile, struct record *record)
{
	*pile = (struct pile){
		.record = record,
		.ones = xcalloc(PILE_ROOM, sizeof *pile->ones),
	};
}

void pile_done(struct pile *pile)
{
	free(pile->ones);
	pile->ones = NULL;
}

static void add(struct pile *pile, int64_t person, int weight, unsigned mark)
{
	size_t at = (uint64_t)person * 0x9e3779b97f4a7c15u >> 49; /* 15 bits */

	while (pile->ones[at].person && pile->ones[at].person != person)
		at = (at + 1) % PILE_ROOM;
	pile->count += pile->ones[at].person == 0;
	pile->ones[at].person = person;
	pile->ones[at].weight += weight;
	pile->ones[at].marks |= mark;
}

static enum fault add_rows(struct pile *pile, struct store_ask *ask,
			   size_t limit, int weight, unsigned mark,
			   bool *reached)
{
	enum fault fault;
	size_t rows = 0;
	bool row;

	while (!(fault = statement_row(pile->record, ask, &row)) && row) {
		add(pile, store_number(ask, 0), weight, mark);
		rows++;
	}
	pile->rows += rows;
	if (reached)
		*reached = rows >= limit;
	pile->more |= rows >= limit;
	return fault;
}

/* No more rows than there are places for. */
static size_t left(const struct pile *pile, size_t limit)
{
	size_t room = pile->rows < PEOPLE_ROWS ? PEOPLE_ROWS - pile->rows : 0;

	return limit < room ? limit : room;
}

/* In the order of the keys: what was typed to its end comes first. */
enum fault pile_key(struct pile *pile, const char *key, bool begins,
		    size_t limit, int weight, bool *reached)
{
	SCOPED(char_freep) char *end = xasprintf("%s\xf4\x8f\xbf\xbf", key);
	size_t most = left(pile, limit);
	struct store_ask *ask;
	/* Called id, which never is NULL: so the key's index has the order. */
	enum fault fault = statement_take(
	    pile->record,
	    begins ? "SELECT person AS id FROM person_key WHERE key >= ?1"
		     " AND key < ?2 ORDER BY key, id LIMIT ?3"
		   : "SELECT person AS id FROM person_key WHERE key = ?1"
		     " ORDER BY id LIMIT ?3",
	    &ask);

	if (fault)
		return fault;
	store_bind_text(ask, 1, key);
	if (begins)
		store_bind_text(ask, 2, end);
	store_bind(ask, 3, (int64_t)most);
	fault = add_rows(pile, ask, most, weight, 0, reached);
	statement_give_back(pile->record, ask);
	return fault;
}

enum fault pile_ask(struct pile *pile, const char *sql, int64_t number,
		    const char *text, size_t limit, int weight, unsigned mark)
{
	size_t most = left(pile, limit);
	struct store_ask *ask;
	enum fault fault = statement_take(pile->record, sql, &ask);

	if (fault)
		return fault;
	if (text)
		store_bind_text(ask, 1, text);
	else
		store_bind(ask, 1, number);
	store_bind(ask, 2, (int64_t)most);
	fault = add_rows(pile, ask, most, weight, mark, NULL);
	statement_give_back(pile->record, ask);
	return fault;
}

static int by_weight(const void *a, const void *b)
{
	const struct pile_one *one = a, *other = b;

	if (one->weight != other->weight)
		return other->weight - one->weight;
	return (one->person > other->person) - (one->person < other->person);
}

void pile_sort(struct pile *pile, size_t most)
{
	size_t kept = 0;

	for (size_t i = 0; i < PILE_ROOM; i++) {
		if (pile->ones[i].person)
			pile->ones[kept++] = pile->ones[i];
	}
	qsort(pile->ones, kept, sizeof *pile->ones, by_weight);
	pile->more |= kept > most;
	pile->count = kept < most ? kept : most;
}

/* --- one person ----------------------------------------------------------- */

void pile_person_done(struct pile_person *person)
{
	for (size_t i = 0; i < COUNT(person->texts); i++)
		char_wipe(person->texts[i]);
	people_form_done(&person->form);
	*person = (struct pile_person){ 0 };
}

static const char *keep_text(struct pile_person *person, size_t place,
			     struct store_ask *ask, int column)
{
	person->texts[place] = xstrdup(statement_text(ask, column));
	return person->texts[place];
}

/* The wall as a column: whether who may see the person. */
static enum fault read_person(struct record *record, int64_t id,
			      const struct record_who *who,
			      struct pile_person *out)
{
	SCOPED(char_freep) char *wall = sql_wall(&kind_person, who);
	SCOPED(char_freep)
	char *sql = xasprintf(
	    "SELECT number, birth_from, birth_to, birth_default, gender,"
	    " (1 = 1%s) FROM person WHERE id = ?1 AND gone = 0 AND merged_into"
	    " IS NULL",
	    wall);
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, id);
	if (wall[0])
		store_bind_text(ask, SQL_TEAMS, who->teams);
	if (!(fault = statement_row(record, ask, &out->there)) && out->there) {
		out->found.person = id;
		out->found.number = keep_text(out, 0, ask, 0);
		out->found.birth_from = keep_text(out, 1, ask, 1);
		out->found.birth_to = keep_text(out, 2, ask, 2);
		out->found.birth_default = (int)store_number(ask, 3);
		out->compared.gender = keep_text(out, 3, ask, 4);
		out->walled = !(int)store_number(ask, 5);
	}
	statement_give_back(record, ask);
	return fault;
}

static enum fault read_names(struct record *record, struct pile_person *out)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    record,
	    "SELECT preferred, latin, own_script FROM name WHERE person = ?1"
	    " AND gone = 0 ORDER BY id LIMIT 1",
	    &ask);
	bool row = false;

	if (fault)
		return fault;
	store_bind(ask, 1, out->found.person);
	out->found.preferred = out->found.latin = out->found.own_script = "";
	if (!(fault = statement_row(record, ask, &row)) && row) {
		out->found.preferred = keep_text(out, 4, ask, 0);
		out->found.latin = keep_text(out, 5, ask, 1);
		out->found.own_script = keep_text(out, 6, ask, 2);
	}
	statement_give_back(record, ask);
	return fault;
}

enum fault pile_read(struct record *record, int64_t person,
		     const struct record_who *who, struct pile_person *out)
{
	enum fault fault;
	bool kept;

	*out = (struct pile_person){ 0 };
	if ((fault = read_person(record, person, who, out)) || !out->there ||
	    (fault = read_names(record, out)) ||
	    (fault = people_form_read(record, person, &kept, &out->form)))
		return fault;
	out->compared.birth_from = out->found.birth_from;
	out->compared.birth_to = out->found.birth_to;
	out->compared.birth_default = out->found.birth_default;
	if (!kept)
		return FAULT_NONE;
	out->compared.names.text = out->names;
	out->compared.names.count =
	    people_lines(out->form.names, out->names, COUNT(out->names));
	out->compared.contacts.text = out->contacts;
	out->compared.contacts.count = people_lines(
	    out->form.contacts, out->contacts, COUNT(out->contacts));
	return FAULT_NONE;
}

/* --- the best of them ----------------------------------------------------- */

static bool is_better(const struct pile_person *a, const struct pile_person *b)
{
	const int one = a->found.match.strength;
	const int other = b->found.match.strength;

	return one != other ? one > other : a->found.person < b->found.person;
}

/* What points into the person has to follow it. */
static void move_person(struct pile_person *to, const struct pile_person *from)
{
	*to = *from;
	to->compared.names.text = to->names;
	to->compared.contacts.text = to->contacts;
}

void shortlist_add(struct shortlist *list, struct pile_person *person)
{
	size_t at = list->count;

	while (at && is_better(person, &list->best[at - 1]))
		at--;
	if (list->count == list->limit) {
		list->told.more = true;
		if (at == list->count)
			return;
		pile_person_done(&list->best[--list->count]);
	}
	for (size_t i = list->count; i > at; i--)
		move_person(&list->best[i], &list->best[i - 1]);
	move_person(&list->best[at], person);
	list->count++;
	*person = (struct pile_person){ 0 };
}

void shortlist_show(struct shortlist *list, people_visit *visit, void *to)
{
	for (size_t i = 0; i < list->count; i++)
		visit(to, &list->best[i].found);
	list->told.shown = list->count;
	shortlist_done(list);
}

void shortlist_done(struct shortlist *list)
{
	for (size_t i = 0; i < list->count; i++)
		pile_person_done(&list->best[i]);
	list->count = 0;
}
