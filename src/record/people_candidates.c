#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/people_pile.h"
#include "record/visit.h"
#include "text/alike.h"

/* --- somebody made ready to be compared ----------------------------------- */

struct ready {
	const struct people_described *described;
	struct people_form form;
	struct match_person compared;
	const char *names[16], *contacts[16];
	const char *household[1];
};

static char *lines_of(const struct match_texts *texts,
		      char *make(const char *text))
{
	struct bytes lines = { 0 };

	bytes_add_text(&lines, "");
	for (size_t i = 0; i < texts->count; i++) {
		SCOPED(char_freep) char *line = make(texts->text[i]);

		if (*line)
			bytes_add_format(&lines, "%s%s",
					 lines.length ? "\n" : "", line);
	}
	return bytes_take_text(&lines);
}

/* The key's own names stay whole beside those that are parted. */
struct parted {
	char *names, *contacts;
};

static void make_ready(struct ready *ready, struct parted *parted,
		       const struct people_described *described)
{
	static const char *const shared = "one they share";

	*ready = (struct ready){ .described = described };
	ready->form.names = lines_of(&described->names, alike_form);
	ready->form.contacts = lines_of(&described->contacts, match_contact);
	ready->form.births =
	    people_births(described->birth_from, described->birth_to);
	parted->names = xstrdup(ready->form.names);
	parted->contacts = xstrdup(ready->form.contacts);
	ready->household[0] = shared;
	ready->compared = (struct match_person){
		.names = { ready->names,
			   people_lines(parted->names, ready->names,
					COUNT(ready->names)) },
		.contacts = { ready->contacts,
			      people_lines(parted->contacts, ready->contacts,
					   COUNT(ready->contacts)) },
		.birth_from = described->birth_from,
		.birth_to = described->birth_to,
		.birth_default = described->birth_default,
		.households = { ready->household, 1 },
		.ticket = described->ticket,
		.gender = described->gender,
	};
}

/* --- gathering by keys ---------------------------------------------------- */

#define COMPARED 100 /* people */
#define KEY_ROWS 200 /* of one key; a name that more have is told by others */

enum weight {
	WEIGHT_TICKET = 40,
	WEIGHT_CONTACT = 20,
	WEIGHT_HOUSEHOLD = 6,
	WEIGHT_WORDS = 6,      /* two words, letter by letter */
	WEIGHT_PAIR_BIRTH = 8, /* two by sound, and the birth */
	WEIGHT_PAIR = 4,
	WEIGHT_WORD_BIRTH = 3,
	WEIGHT_DAY = 2, /* born on it, whatever they are called */
};

/* The births that a key is looked for by: as told, the years beside it, and
 * those of whom none is known. */
#define BIRTHS 12
struct births {
	char text[BIRTHS][16];
	size_t count;
};

static void add_birth(struct births *births, const char *text)
{
	for (size_t i = 0; i < births->count; i++) {
		if (strcmp(births->text[i], text) == 0)
			return;
	}
	if (births->count < BIRTHS)
		snprintf(births->text[births->count++], sizeof births->text[0],
			 "%s", text);
}

static void find_births(const struct ready *ready, struct births *out)
{
	SCOPED(char_freep) char *births = xstrdup(ready->form.births);
	char *rest = births, *birth;

	*out = (struct births){ 0 };
	while ((birth = strsep(&rest, " "))) {
		SCOPED(char_freep) char *before = NULL;
		SCOPED(char_freep) char *after = NULL;
		SCOPED(char_freep) char *year = NULL;
		long number = strtol(birth, NULL, 10);

		add_birth(out, birth); /* the day itself first */
		if (!number)
			continue;
		year = xasprintf("%ld", number);
		before = xasprintf("%ld", number - 1);
		after = xasprintf("%ld", number + 1);
		add_birth(out, year);
		add_birth(out, before);
		add_birth(out, after);
	}
	add_birth(out, "-");
}

static enum fault gather_sound(struct pile *pile, const char *sound,
			       const char *other, const struct births *births)
{
	const int weight = other ? WEIGHT_PAIR_BIRTH : WEIGHT_WORD_BIRTH;
	enum fault fault = FAULT_NONE;
	char key[PEOPLE_KEY_BYTES];

	for (size_t i = 0; i < births->count && !fault; i++) {
		people_sound_key(key, sound, other, births->text[i]);
		fault = pile_key(pile, key, true, KEY_ROWS, weight, NULL);
	}
	if (fault || !other)
		return fault;
	people_sound_key(key, sound, other, "");
	return pile_key(pile, key, true, KEY_ROWS, WEIGHT_PAIR, NULL);
}

static enum fault gather_words(struct pile *pile,
			       const struct alike_word *words, int count,
			       bool readings)
{
	enum fault fault = FAULT_NONE;
	char key[PEOPLE_KEY_BYTES];

	for (int i = 0; i < count && !fault; i++) {
		const char *word =
		    readings ? words[i].reading : words[i].letters;

		if (count == 1) {
			people_word_key(key, word, NULL);
			fault = pile_key(pile, key, false, KEY_ROWS,
					 WEIGHT_WORDS, NULL);
		}
		for (int j = i + 1; j < count && !fault; j++) {
			people_word_key(key, word,
					readings ? words[j].reading
						 : words[j].letters);
			fault = pile_key(pile, key, false, KEY_ROWS,
					 WEIGHT_WORDS, NULL);
		}
	}
	return fault;
}

#define WORDS                                                          \
	4 /* of a name that are looked for: pairs grow with its square \
	   */

static enum fault gather_name(struct pile *pile, const char *name,
			      const struct births *births)
{
	struct alike_word words[ALIKE_WORDS];
	int count = alike_split(name, words);
	enum fault fault;

	if (count > WORDS)
		count = WORDS;
	if ((fault = gather_words(pile, words, count, false)) ||
	    (fault = gather_words(pile, words, count, true)))
		return fault;
	for (int i = 0; i < count && !fault; i++) {
		SCOPED(char_freep) char *sound = alike_sound(&words[i]);

		for (int j = 0; j < i && !fault; j++) {
			SCOPED(char_freep) char *other = alike_sound(&words[j]);

			fault = gather_sound(pile, sound, other, births);
		}
		if (!fault)
			fault = gather_sound(pile, sound, NULL, births);
	}
	return fault;
}

static enum fault gather_surest(struct pile *pile, const struct ready *ready)
{
	const struct people_described *described = ready->described;
	enum fault fault = FAULT_NONE;
	char key[PEOPLE_KEY_BYTES];

	if (described->ticket && *described->ticket)
		fault = pile_ask(pile,
				 "SELECT person FROM visit WHERE number = ?1"
				 " AND person IS NOT NULL LIMIT ?2",
				 0, described->ticket, KEY_ROWS, WEIGHT_TICKET,
				 1u << MATCH_TICKET);
	for (size_t i = 0; i < ready->compared.contacts.count && !fault; i++) {
		people_contact_key(key, ready->contacts[i]);
		fault =
		    pile_key(pile, key, false, KEY_ROWS, WEIGHT_CONTACT, NULL);
	}
	if (fault || !described->household)
		return fault;
	return pile_ask(
	    pile,
	    "SELECT person FROM member WHERE gone = 0 AND (household = ?1 OR"
	    " household IN (SELECT id FROM household WHERE family_code ="
	    " (SELECT family_code FROM household WHERE id = ?1))) LIMIT ?2",
	    described->household, NULL, KEY_ROWS, WEIGHT_HOUSEHOLD,
	    1u << MATCH_HOUSEHOLD);
}

/* A 1 January is the birthday of too many. */
static enum fault gather_day(struct pile *pile, const struct ready *ready)
{
	const char *day = ready->form.births;

	if (strlen(day) != strlen("1985-03-04") ||
	    strcmp(day + strlen("1985"), "-01-01") == 0)
		return FAULT_NONE;
	return pile_ask(pile,
			"SELECT id FROM person WHERE birth_from = ?1 LIMIT ?2",
			0, day, KEY_ROWS, WEIGHT_DAY, 0);
}

static enum fault gather(struct pile *pile, const struct ready *ready)
{
	struct births births;
	enum fault fault = gather_surest(pile, ready);

	if (!fault)
		fault = gather_day(pile, ready);
	find_births(ready, &births);
	for (size_t i = 0; i < ready->compared.names.count && !fault; i++)
		fault = gather_name(pile, ready->names[i], &births);
	return fault;
}

/* --- comparing ------------------------------------------------------------ */

/* Whether a worker said that they are not the same. */
static enum fault is_told_apart(struct record *record,
				const struct people_described *described,
				int64_t person, bool *apart)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    record,
	    "SELECT 1 FROM not_same WHERE gone = 0 AND person = ?1"
	    " AND (other = ?2 OR visit = ?3) UNION ALL "
	    "SELECT 1 FROM not_same WHERE gone = 0 AND other = ?1"
	    " AND person = ?2",
	    &ask);

	*apart = false;
	if (fault)
		return fault;
	store_bind(ask, 1, person);
	if (described->person)
		store_bind(ask, 2, described->person);
	if (described->visit)
		store_bind(ask, 3, described->visit);
	fault = statement_row(record, ask, apart);
	statement_give_back(record, ask);
	return fault;
}

static enum fault compare(struct record *record, const struct ready *ready,
			  const struct pile_one *one, bool all,
			  const struct record_who *who, struct shortlist *list)
{
	const struct people_described *described = ready->described;
	struct pile_person person = { 0 };
	struct match match;
	enum fault fault;
	bool apart;

	if (one->person == described->person)
		return FAULT_NONE;
	if ((fault = is_told_apart(record, described, one->person, &apart)) ||
	    apart || (fault = pile_read(record, one->person, who, &person)) ||
	    !person.there)
		goto done;
	list->told.scored++;
	if (one->marks & 1u << MATCH_HOUSEHOLD)
		person.compared.households = ready->compared.households;
	if (one->marks & 1u << MATCH_TICKET)
		person.compared.ticket = ready->compared.ticket;
	match = match_people(&ready->compared, &person.compared);
	person.found.match = match;
	if (!match.suggested && !all)
		goto done;
	if (person.walled)
		list->told.walled++;
	else
		shortlist_add(list, &person);
done:
	pile_person_done(&person);
	return fault;
}

static enum fault choose(struct record *record, const struct ready *ready,
			 bool all, const struct record_who *who,
			 struct shortlist *list)
{
	struct pile pile;
	enum fault fault;

	pile_init(&pile, record);
	if (!(fault = gather(&pile, ready))) {
		pile_sort(&pile, COMPARED);
		list->told.rows = pile.rows;
		list->told.more = pile.more;
	}
	for (size_t i = 0; i < pile.count && !fault; i++)
		fault = compare(record, ready, &pile.ones[i], all, who, list);
	pile_done(&pile);
	return fault;
}

enum fault people_candidates(struct record *record,
			     const struct people_described *described, bool all,
			     size_t limit, const struct record_who *who,
			     people_visit *visit, void *to,
			     struct people_told *told)
{
	struct shortlist *list;
	struct parted parted;
	struct ready ready;
	enum fault fault = FAULT_NONE;

	*told = (struct people_told){ 0 };
	if (!entity_may_read(&kind_person, who))
		return FAULT_NONE;
	list = xcalloc(1, sizeof *list);
	list->limit = limit && limit < PEOPLE_SHOWN ? limit : PEOPLE_SHOWN;
	make_ready(&ready, &parted, described);
	if (!(fault = choose(record, &ready, all, who, list))) {
		shortlist_show(list, visit, to);
		*told = list->told;
	}
	shortlist_done(list);
	free(list);
	people_form_done(&ready.form);
	char_wipe(parted.names);
	char_wipe(parted.contacts);
	return fault;
}

/* --- of a visit, of a person ---------------------------------------------- */

#define SAID_NAMES 8

/* What facts or entities say of somebody, in memory of its own. */
struct said {
	char *texts[2 * SAID_NAMES];
	size_t text_count;
	const char *names[SAID_NAMES], *contacts[SAID_NAMES];
	struct people_described described;
};

static void said_done(struct said *said)
{
	for (size_t i = 0; i < said->text_count; i++)
		char_wipe(said->texts[i]);
}

static const char *hold(struct said *said, const char *text)
{
	if (!text || said->text_count == COUNT(said->texts))
		return "";
	said->texts[said->text_count] = xstrdup(text);
	return said->texts[said->text_count++];
}

static void hold_name(struct said *said, const char *name)
{
	struct match_texts *names = &said->described.names;

	if (name && *name && names->count < SAID_NAMES / 2)
		said->names[names->count++] = hold(said, name);
}

static void hold_contact(struct said *said, const char *contact)
{
	struct match_texts *contacts = &said->described.contacts;

	if (contact && *contact && contacts->count < SAID_NAMES / 2)
		said->contacts[contacts->count++] = hold(said, contact);
}

static void said_init(struct said *said)
{
	*said = (struct said){ 0 };
	said->described.names.text = said->names;
	said->described.contacts.text = said->contacts;
}

static void take_fact(void *to, const char *field, const char *value,
		      const char *source)
{
	struct said *said = to;
	struct people_described *described = &said->described;

	(void)source;
	if (strcmp(field, "latin_name") == 0 ||
	    strcmp(field, "own_script_name") == 0)
		hold_name(said, value);
	else if (strcmp(field, "contact") == 0)
		hold_contact(said, value);
	else if (strcmp(field, "birth_earliest") == 0)
		described->birth_from = hold(said, value);
	else if (strcmp(field, "birth_latest") == 0)
		described->birth_to = hold(said, value);
	else if (strcmp(field, "earlier_ticket") == 0)
		described->ticket = hold(said, value);
	else if (strcmp(field, "gender") == 0)
		described->gender = hold(said, value);
}

enum fault people_candidates_of_visit(struct record *record, int64_t id,
				      bool all, size_t limit,
				      const struct record_who *who,
				      people_visit *visit, void *to,
				      struct people_told *told)
{
	struct said said;
	enum fault fault;

	said_init(&said);
	said.described.visit = id;
	fault = visit_facts(record, id, take_fact, &said);
	if (!fault)
		fault = people_candidates(record, &said.described, all, limit,
					  who, visit, to, told);
	said_done(&said);
	return fault;
}

static bool take_own_name(void *to, const struct entity *name)
{
	hold_name(to, entity_text(name, "latin"));
	hold_name(to, entity_text(name, "own_script"));
	return true;
}

static bool take_own_contact(void *to, const struct entity *contact)
{
	hold_contact(to, entity_text(contact, "value"));
	return true;
}

static bool take_own_household(void *to, const struct entity *member)
{
	struct said *said = to;

	said->described.household = entity_number(member, "household");
	return false;
}

/* What belongs to a person, as far as who may see it. */
static enum fault read_own(struct record *record, int64_t id,
			   const struct record_who *who, struct said *said)
{
	SCOPED(char_freep) char *text = xasprintf("%lld", (long long)id);
	const struct entity_match matches[] = { { "person", text },
						{ NULL, NULL } };
	enum fault fault;

	if ((fault = entity_each(record, &kind_name, matches, NULL, 0, who,
				 take_own_name, said)) ||
	    (fault = entity_each(record, &kind_contact, matches, NULL, 0, who,
				 take_own_contact, said)))
		return fault;
	return entity_each(record, &kind_member, matches, "-id", 1, who,
			   take_own_household, said);
}

enum fault people_candidates_of_person(struct record *record, int64_t id,
				       bool all, size_t limit,
				       const struct record_who *who,
				       people_visit *visit, void *to,
				       struct people_told *told)
{
	SCOPED(entity_freep) struct entity *person = NULL;
	enum entity_answer answer;
	struct said said;
	enum fault fault;

	*told = (struct people_told){ 0 };
	if ((fault = entity_read(record, &kind_person, id, who, 0, &answer,
				 &person)) ||
	    answer != ENTITY_DONE)
		return fault;
	said_init(&said);
	said.described.person = id;
	said.described.birth_from =
	    hold(&said, entity_text(person, "birth_from"));
	said.described.birth_to = hold(&said, entity_text(person, "birth_to"));
	said.described.gender = hold(&said, entity_text(person, "gender"));
	said.described.birth_default = entity_number(person, "birth_default");
	if (!(fault = read_own(record, id, who, &said)))
		fault = people_candidates(record, &said.described, all, limit,
					  who, visit, to, told);
	said_done(&said);
	return fault;
}

enum fault people_not_same(struct record *record, int64_t person, int64_t other,
			   int64_t visit, const struct record_who *who,
			   int64_t now, enum entity_answer *answer)
{
	SCOPED(entity_freep) struct entity *apart = NULL;
	enum fault fault = entity_new(record, &kind_not_same, &apart);

	if (fault)
		return fault;
	(void)entity_set_number(apart, "person", person);
	if (other)
		(void)entity_set_number(apart, "other", other);
	if (visit)
		(void)entity_set_number(apart, "visit", visit);
	return entity_save(record, apart, SOURCE_TOLD, who, now, answer, NULL);
}
