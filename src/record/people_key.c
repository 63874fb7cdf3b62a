#include "record/people_key.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/names.h"
#include "record/people.h"
#include "text/alike.h"
#include "text/fold.h"

void people_form_done(struct people_form *form)
{
	char_wipe(form->names);
	char_wipe(form->contacts);
	char_wipe(form->births);
	*form = (struct people_form){ 0 };
}

size_t people_lines(char *lines, const char **out, size_t room)
{
	size_t count = 0;
	char *line;

	while (count < room && (line = strsep(&lines, "\n"))) {
		if (*line)
			out[count++] = line;
	}
	return count;
}

/* --- what a key is made of ------------------------------------------------ */

#define BIRTH_YEARS 3 /* of an interval; a longer one says no year */

char *people_births(const char *from, const char *to)
{
	struct bytes out = { 0 };
	long first, last;

	if (!from || !*from)
		from = to;
	if (!to || !*to)
		to = from;
	if (!from)
		return xstrdup("-");
	if (strcmp(from, to) == 0 && strlen(from) == 10)
		return xstrdup(from);
	first = strtol(from, NULL, 10);
	last = strtol(to, NULL, 10);
	if (last < first || last - first >= BIRTH_YEARS)
		return xstrdup("-");
	for (long year = first; year <= last; year++)
		bytes_add_format(&out, "%s%ld", year > first ? " " : "", year);
	return bytes_take_text(&out);
}

void people_word_key(char key[PEOPLE_KEY_BYTES], const char *word,
		     const char *next)
{
	snprintf(key, PEOPLE_KEY_BYTES, "n%s%s%s", word, next ? " " : "",
		 next ? next : "");
}

void people_sound_key(char key[PEOPLE_KEY_BYTES], const char *sound,
		      const char *other, const char *birth)
{
	const char *first = sound, *second = other;

	if (other && strcmp(sound, other) > 0) {
		first = other;
		second = sound;
	}
	if (other)
		snprintf(key, PEOPLE_KEY_BYTES, "p%s %s %s", first, second,
			 birth);
	else
		snprintf(key, PEOPLE_KEY_BYTES, "s%s %s", first, birth);
}

void people_phone_key(char key[PEOPLE_KEY_BYTES], const char *digits)
{
	size_t length = strlen(digits), used = 0;

	key[used++] = 'd';
	while (length && used + 1 < PEOPLE_KEY_BYTES)
		key[used++] = digits[--length];
	key[used] = '\0';
}

void people_contact_key(char key[PEOPLE_KEY_BYTES], const char *contact)
{
	if (contact[strspn(contact, "0123456789")])
		snprintf(key, PEOPLE_KEY_BYTES, "e%s", contact);
	else
		people_phone_key(key, contact);
}

/* --- the keys of a form --------------------------------------------------- */

struct keying {
	people_key_visit *visit;
	void *to;
	const char *births;
};

static enum fault say_words(const struct keying *keying,
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
			return keying->visit(keying->to, key);
		}
		for (int j = 0; j < count && !fault; j++) {
			if (j == i)
				continue;
			people_word_key(key, word,
					readings ? words[j].reading
						 : words[j].letters);
			fault = keying->visit(keying->to, key);
		}
	}
	return fault;
}

static enum fault say_births(const struct keying *keying, const char *sound,
			     const char *other)
{
	SCOPED(char_freep) char *births = xstrdup(keying->births);
	enum fault fault = FAULT_NONE;
	char *rest = births, *birth, key[PEOPLE_KEY_BYTES];

	while (!fault && (birth = strsep(&rest, " "))) {
		people_sound_key(key, sound, other, birth);
		fault = keying->visit(keying->to, key);
	}
	return fault;
}

static enum fault say_sounds(const struct keying *keying,
			     const struct alike_word *words, int count)
{
	enum fault fault = FAULT_NONE;

	for (int i = 0; i < count && !fault; i++) {
		SCOPED(char_freep) char *sound = alike_sound(&words[i]);

		fault = say_births(keying, sound, NULL);
		for (int j = 0; j < i && !fault; j++) {
			SCOPED(char_freep) char *other = alike_sound(&words[j]);

			fault = say_births(keying, sound, other);
		}
	}
	return fault;
}

static enum fault say_name(const struct keying *keying, const char *form)
{
	struct alike_word words[ALIKE_WORDS];
	int count = alike_split(form, words);
	bool read = false;
	enum fault fault;

	if (count > PEOPLE_KEY_WORDS)
		count = PEOPLE_KEY_WORDS;
	for (int i = 0; i < count; i++)
		read |= strcmp(words[i].letters, words[i].reading) != 0;
	if ((fault = say_words(keying, words, count, false)) ||
	    (read && (fault = say_words(keying, words, count, true))))
		return fault;
	return say_sounds(keying, words, count);
}

enum fault people_form_keys(const struct people_form *form,
			    people_key_visit *visit, void *to)
{
	const struct keying keying = { visit, to, form->births };
	SCOPED(char_freep) char *names = xstrdup(form->names);
	SCOPED(char_freep) char *contacts = xstrdup(form->contacts);
	char *rest = names, *line, key[PEOPLE_KEY_BYTES];
	enum fault fault = FAULT_NONE;

	while (!fault && (line = strsep(&rest, "\n"))) {
		if (*line)
			fault = say_name(&keying, line);
	}
	rest = contacts;
	while (!fault && (line = strsep(&rest, "\n"))) {
		if (!*line)
			continue;
		people_contact_key(key, line);
		fault = visit(to, key);
	}
	return fault;
}

/* --- what is kept --------------------------------------------------------- */

enum fault people_key_lay(struct store *db, const char *schema)
{
	SCOPED(char_freep)
	char *sql = xasprintf(
	    "CREATE TABLE IF NOT EXISTS %s.person_key (key TEXT NOT NULL,"
	    " person INTEGER NOT NULL, PRIMARY KEY (key, person)) STRICT,"
	    " WITHOUT ROWID;"
	    "CREATE TABLE IF NOT EXISTS %s.person_form (person INTEGER PRIMARY"
	    " KEY, names TEXT NOT NULL, contacts TEXT NOT NULL, births TEXT"
	    " NOT NULL) STRICT;",
	    schema, schema);

	return store_run(db, sql);
}

enum fault people_form_read(struct record *record, int64_t person, bool *found,
			    struct people_form *out)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    record,
	    "SELECT names, contacts, births FROM person_form WHERE person = ?1",
	    &ask);

	*found = false;
	if (fault)
		return fault;
	store_bind(ask, 1, person);
	if (!(fault = statement_row(record, ask, found)) && *found)
		*out = (struct people_form){
			.names = xstrdup(statement_text(ask, 0)),
			.contacts = xstrdup(statement_text(ask, 1)),
			.births = xstrdup(statement_text(ask, 2)),
		};
	statement_give_back(record, ask);
	return fault;
}

/* A line that is not there yet. */
static void add_line(struct bytes *lines, char *line)
{
	SCOPED(char_freep) char *own = line;
	const char *there = lines->data ? (const char *)lines->data : "";
	size_t length = strlen(own);

	for (const char *at = there; *at; at += *at == '\n') {
		size_t span = strcspn(at, "\n");

		if (span == length && memcmp(at, own, length) == 0)
			return;
		at += span;
	}
	if (!length)
		return;
	if (lines->length)
		bytes_add_byte(lines, '\n');
	bytes_add_text(lines, own);
}

static void add_name_forms(struct bytes *lines, const char *names)
{
	SCOPED(char_wipep) char *copy = xstrdup(names ? names : "");
	char *rest = copy, *name;

	while ((name = strsep(&rest, "\n")))
		add_line(lines, alike_form(name));
}

static bool take_name(void *to, const struct entity *entity)
{
	static const char *const fields[] = { "latin", "own_script",
					      "preferred", "others" };

	for (size_t i = 0; i < COUNT(fields); i++)
		add_name_forms(to, entity_text(entity, fields[i]));
	return true;
}

static bool take_contact(void *to, const struct entity *entity)
{
	add_line(to, match_contact(entity_text(entity, "value")));
	return true;
}

static enum fault read_lines(struct record *record, const struct kind *kind,
			     int64_t person, entity_visit *visit, char **out)
{
	static const struct record_who whoever = { .user = "", .desk = "" };
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);
	const struct entity_match matches[] = { { "person", id },
						{ NULL, NULL } };
	struct bytes lines = { 0 };
	enum fault fault = entity_each(record, kind, matches, NULL, 0, &whoever,
				       visit, &lines);

	bytes_add_text(&lines, "");
	if (fault)
		bytes_wipe(&lines);
	else
		*out = bytes_take_text(&lines);
	return fault;
}

/* No form where the person is looked up no more. */
static enum fault make_form(struct record *record, int64_t id,
			    struct people_form *out)
{
	SCOPED(entity_freep) struct entity *person = NULL;
	enum fault fault = entity_fetch(record, &kind_person, id, &person);

	*out = (struct people_form){ 0 };
	if (fault || !person || person->gone ||
	    entity_number(person, "merged_into"))
		return fault;
	if ((fault =
		 read_lines(record, &kind_name, id, take_name, &out->names)) ||
	    (fault = read_lines(record, &kind_contact, id, take_contact,
				&out->contacts)))
		return fault;
	out->births = people_births(entity_text(person, "birth_from"),
				    entity_text(person, "birth_to"));
	return FAULT_NONE;
}

struct writing {
	struct record *record;
	int64_t person;
	const char *sql;
};

static enum fault write_key(void *to, const char *key)
{
	const struct writing *writing = to;

	return statement_do(writing->record, writing->sql, "ti", key,
			    writing->person);
}

#define KEY_PUT                                                \
	"INSERT INTO person_key (key, person) VALUES (?1, ?2)" \
	" ON CONFLICT DO NOTHING"
#define KEY_DROP "DELETE FROM person_key WHERE key = ?1 AND person = ?2"

/* Each key of the form that is there. */
static enum fault run_keys(struct record *record, int64_t person,
			   const char *sql)
{
	struct writing writing = { record, person, sql };
	struct people_form form = { 0 };
	bool found;
	enum fault fault = people_form_read(record, person, &found, &form);

	if (fault || !found)
		return fault;
	fault = people_form_keys(&form, write_key, &writing);
	people_form_done(&form);
	return fault;
}

enum fault people_key_put(struct record *record, int64_t person)
{
	return run_keys(record, person, KEY_PUT);
}

enum fault people_key_drop(struct record *record, int64_t person)
{
	return run_keys(record, person, KEY_DROP);
}

static enum fault forget(struct record *record, int64_t person)
{
	enum fault fault = people_key_drop(record, person);

	return fault ? fault
		     : statement_do(record,
				    "DELETE FROM person_form WHERE person = ?1",
				    "i", person);
}

enum fault people_key_renew(struct record *record, int64_t person)
{
	struct writing writing = { record, person, KEY_PUT };
	struct people_form form = { 0 };
	const enum names_state names = names_state(record);
	enum fault fault;

	if (names == NAMES_LOCKED || names == NAMES_LOST)
		return statement_do(
		    record,
		    "INSERT INTO names_stale (person) VALUES (?1) ON"
		    " CONFLICT DO NOTHING",
		    "i", person);
	if ((fault = forget(record, person)))
		return fault;
	if (!(fault = make_form(record, person, &form)) && form.births &&
	    !(fault = people_form_keys(&form, write_key, &writing)))
		fault = statement_do(
		    record,
		    "INSERT INTO person_form (person, names, contacts, births)"
		    " VALUES (?1, ?2, ?3, ?4)",
		    "ittt", person, form.names, form.contacts, form.births);
	people_form_done(&form);
	return fault;
}

/* --- all of them ---------------------------------------------------------- */

/* Ids of people as they stand behind each other in the table, a handful at a
 * time: a renewal needs the connection to itself. */
#define HANDFUL 512

static enum fault read_people(struct record *record, const char *sql,
			      int64_t after, int64_t ids[HANDFUL],
			      size_t *count)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);
	bool row;

	*count = 0;
	if (fault)
		return fault;
	store_bind(ask, 1, after);
	store_bind(ask, 2, HANDFUL);
	while (!(fault = statement_row(record, ask, &row)) && row)
		ids[(*count)++] = store_number(ask, 0);
	statement_give_back(record, ask);
	return fault;
}

static enum fault renew_all(struct record *record, int64_t *people)
{
	int64_t ids[HANDFUL], last = 0;
	size_t count = 1;
	enum fault fault = FAULT_NONE;

	while (count && !fault) {
		fault = read_people(record,
				    "SELECT id FROM person WHERE id > ?1 ORDER"
				    " BY id LIMIT ?2",
				    last, ids, &count);
		for (size_t i = 0; i < count && !fault; i++)
			fault = people_key_renew(record, last = ids[i]);
		*people += (int64_t)count;
	}
	return fault;
}

/* Keys of older tables cannot be made again from a form, so all go first. */
enum fault people_rekey(struct record *record, const struct record_who *who,
			int64_t now, enum people_answer *answer,
			int64_t *people)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	*people = 0;
	*answer = people_names_at_hand(record) ? PEOPLE_DONE : PEOPLE_LOCKED;
	if (*answer != PEOPLE_DONE)
		return FAULT_NONE;
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_do(record, "DELETE FROM person_key", "")) ||
	    (fault = statement_do(record, "DELETE FROM person_form", "")) ||
	    (fault = renew_all(record, people)) ||
	    (fault = audit_add(record, who, now, "rekey", "record", 0, NULL)))
		return fault;
	return transaction_commit(&change);
}

/* --- by other tables ------------------------------------------------------ */

static enum fault mark_all(struct record *record, int64_t mark)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_do(record,
				  "INSERT INTO names_stale SELECT id FROM"
				  " person WHERE true ON CONFLICT DO NOTHING",
				  "")) ||
	    (fault = statement_do(record, "UPDATE laid SET folded = ?1", "i",
				  mark)))
		return fault;
	return transaction_commit(&change);
}

static enum fault renew_stale(struct record *record, size_t *count)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	int64_t ids[HANDFUL];
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = read_people(record,
				 "SELECT person FROM names_stale WHERE person >"
				 " ?1 ORDER BY person LIMIT ?2",
				 0, ids, count)))
		return fault;
	for (size_t i = 0; i < *count && !fault; i++) {
		if (!(fault = people_key_renew(record, ids[i])))
			fault = statement_do(record,
					     "DELETE FROM names_stale WHERE"
					     " person = ?1",
					     "i", ids[i]);
	}
	return fault || !*count ? fault : transaction_commit(&change);
}

enum fault people_key_follow(struct record *record)
{
	const int64_t mark = fold_mark();
	int64_t folded = 0, stale = 0;
	size_t count = 1;
	enum fault fault =
	    statement_value(record, "SELECT folded FROM laid", 0, &folded, "");

	if (!fault && folded != mark)
		fault = mark_all(record, mark);
	if (!fault && people_names_at_hand(record))
		fault = statement_value(
		    record, "SELECT 1 FROM names_stale LIMIT 1", 0, &stale, "");
	while (!fault && stale && count)
		fault = renew_stale(record, &count);
	return fault;
}

/* --- hooks ---------------------------------------------------------------- */

static bool is_changed(const struct entity *before, const struct entity *after,
		       const char *field)
{
	const char *old = entity_text(before, field) ?: "";
	const char *new = entity_text(after, field) ?: "";

	return strcmp(old, new) != 0;
}

/* The number that lists show where a name may not stand. */
static enum fault give_number(struct record *record, int64_t person)
{
	return statement_do(record,
			    "UPDATE person SET number = coalesce((SELECT 'L' ||"
			    " mark FROM away), 'P') || '-' || id"
			    " WHERE id = ?1 AND number IS NULL",
			    "i", person);
}

enum fault people_person_saved(struct record *record,
			       const struct entity *before,
			       const struct entity *after,
			       const struct record_who *who, int64_t now)
{
	static const char *const fields[] = { "birth_from", "birth_to",
					      "merged_into" };
	bool renew = !before || before->gone != after->gone;
	enum fault fault = FAULT_NONE;

	(void)who;
	(void)now;
	if (!before)
		fault = give_number(record, after->id);
	for (size_t i = 0; before && i < COUNT(fields); i++)
		renew |= is_changed(before, after, fields[i]);
	return fault || !renew ? fault : people_key_renew(record, after->id);
}

enum fault people_name_saved(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now)
{
	int64_t was = before ? entity_number(before, "person") : 0;
	int64_t is = entity_number(after, "person");
	enum fault fault = people_key_renew(record, is);

	(void)who;
	(void)now;
	return fault || !was || was == is ? fault
					  : people_key_renew(record, was);
}
