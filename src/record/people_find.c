#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/people_pile.h"
#include "text/alike.h"
#include "text/digits.h"
#include "text/fold.h"
#include "text/icu.h"

/* --- what was typed ------------------------------------------------------- */

#define FEWEST_DIGITS 3 /* of a telephone's end */

/* Each is asked for where it is not empty. */
struct wanted {
	struct bytes names;   /* as typed, blanks between */
	struct bytes digits;  /* of a telephone */
	struct bytes address; /* another contact, in small letters */
	struct bytes number;  /* "P-17", "K7-0412" */
	char birth[11];       /* "1985", "1985-03", "1985-03-04" */
	struct alike_word words[ALIKE_WORDS];
	int word_count;
	const char *whole; /* as it was typed */
};

static void wanted_done(struct wanted *wanted)
{
	bytes_wipe(&wanted->names);
	bytes_wipe(&wanted->digits);
	bytes_wipe(&wanted->address);
	bytes_wipe(&wanted->number);
}

/* A piece in Western digits and small letters; for the caller to free. */
static char *plain(const char *piece)
{
	size_t length = strlen(piece), at = 0;
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	while (at < length) {
		size_t from = at;
		UChar32 point = icu_next(piece, length, &at);
		int value = digits_value((uint32_t)point);

		if (value >= 0)
			bytes_add_byte(&out, (uint8_t)('0' + value));
		else if (point < 0x80)
			bytes_add_byte(&out, (uint8_t)tolower(point));
		else
			bytes_add(&out, piece + from, at - from);
	}
	return bytes_take_text(&out);
}

static bool is_birth(const char *piece)
{
	const size_t length = strlen(piece);
	const long year = strtol(piece, NULL, 10);

	if (length != 4 && length != 7 && length != 10)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (i == 4 || i == 7 ? piece[i] != '-'
				     : !isdigit((unsigned char)piece[i]))
			return false;
	}
	return year >= 1895 && year <= 2100;
}

static void add_piece(struct bytes *to, const char *piece)
{
	if (to->length)
		bytes_add_byte(to, ' ');
	bytes_add_text(to, piece);
}

static void sort_piece(struct wanted *wanted, const char *piece)
{
	SCOPED(char_wipep) char *text = plain(piece);
	const size_t strange = strcspn(text, "0123456789");
	const bool numeric = !text[strspn(text, "0123456789+-().")];

	if (strchr(text, '@'))
		add_piece(&wanted->address, text);
	else if (is_birth(text) && !wanted->birth[0])
		snprintf(wanted->birth, sizeof wanted->birth, "%s", text);
	else if (numeric) {
		for (const char *at = text; *at; at++) {
			if (isdigit((unsigned char)*at))
				bytes_add_byte(&wanted->digits, (uint8_t)*at);
		}
	} else if (text[strange] && !wanted->number.length) {
		for (const char *at = text; *at; at++)
			bytes_add_byte(&wanted->number,
				       (uint8_t)toupper((unsigned char)*at));
	} else
		add_piece(&wanted->names, piece);
}

/* What the form leaves out is asked for as it stands: "Al" may become "Ali",
 * and an Arabic article is no name yet. */
static void find_words(struct wanted *wanted)
{
	SCOPED(char_wipep) char *form = NULL;
	SCOPED(char_wipep) char *folded = NULL;
	const char *names =
	    wanted->names.length ? (const char *)wanted->names.data : "";

	form = alike_form(names);
	wanted->word_count = alike_split(form, wanted->words);
	if (wanted->word_count || !*names)
		return;
	folded = fold_name(names);
	wanted->word_count = alike_split(folded, wanted->words);
}

static void read_text(struct wanted *wanted, const char *text)
{
	SCOPED(char_wipep) char *copy = xstrdup(text);
	char *rest = copy, *piece;

	*wanted = (struct wanted){ 0 };
	while ((piece = strsep(&rest, " \t\n,;"))) {
		if (*piece)
			sort_piece(wanted, piece);
	}
	find_words(wanted);
}

/* --- gathering ------------------------------------------------------------ */

#define FIND_ROWS 600    /* of one key */
#define ENOUGH 20        /* found by letters: sounds are not asked for */
#define FEWEST_LETTERS 3 /* of a word that is looked for by its sound */

/* Of more words than keys are made of those that are count. */
static int last_word(const struct wanted *wanted)
{
	return (wanted->word_count < PEOPLE_KEY_WORDS ? wanted->word_count
						      : PEOPLE_KEY_WORDS) -
	       1;
}

static enum fault gather_letters(struct pile *pile, const struct wanted *wanted)
{
	const int last = last_word(wanted);
	enum fault fault = FAULT_NONE;
	char key[PEOPLE_KEY_BYTES];
	bool reached = true;

	if (last == 0) {
		people_word_key(key, wanted->words[0].letters, NULL);
		return pile_key(pile, key, true, FIND_ROWS, 4, NULL);
	}
	/* Another pair where more have this one than are looked at. */
	for (int i = 0; i < last && reached && !fault; i++) {
		people_word_key(key, wanted->words[i].letters,
				wanted->words[last].letters);
		fault = pile_key(pile, key, true, FIND_ROWS, 4, &reached);
	}
	return fault;
}

static enum fault gather_readings(struct pile *pile,
				  const struct wanted *wanted)
{
	const int last = last_word(wanted);
	char key[PEOPLE_KEY_BYTES];

	if (strcmp(wanted->words[0].letters, wanted->words[0].reading) == 0)
		return FAULT_NONE;
	people_word_key(key, wanted->words[0].reading,
			last ? wanted->words[last].reading : NULL);
	return pile_key(pile, key, true, FIND_ROWS, 3, NULL);
}

/* Of two sounds and a birth few have both: every pair with the last word is
 * asked for, and weighs more than letters. Without a birth the first will do.
 */
static enum fault gather_sounds(struct pile *pile, const struct wanted *wanted)
{
	const int last = last_word(wanted);
	const int pairs = wanted->birth[0] ? last : 1;
	const int weight = wanted->birth[0] ? 20 : 1;
	SCOPED(char_freep)
	char *sound = alike_sound(&wanted->words[last]);
	enum fault fault = FAULT_NONE;
	char key[PEOPLE_KEY_BYTES];

	if (strlen(wanted->words[last].reading) < FEWEST_LETTERS)
		return FAULT_NONE;
	if (last == 0) {
		people_sound_key(key, sound, NULL, wanted->birth);
		return pile_key(pile, key, true, FIND_ROWS, weight, NULL);
	}
	for (int i = 0; i < pairs && !fault; i++) {
		SCOPED(char_freep)
		char *other = alike_sound(&wanted->words[i]);

		people_sound_key(key, other, sound, wanted->birth);
		fault = pile_key(pile, key, true, FIND_ROWS, weight, NULL);
	}
	return fault;
}

static enum fault gather_numbers(struct pile *pile, const struct wanted *wanted)
{
	const char *number = (const char *)wanted->number.data;
	enum fault fault =
	    pile_ask(pile, "SELECT id FROM person WHERE number = ?1 LIMIT ?2",
		     0, number, FIND_ROWS, 40, 0);

	if (fault)
		return fault;
	return pile_ask(pile,
			"SELECT person FROM visit WHERE number = ?1 AND person"
			" IS NOT NULL LIMIT ?2",
			0, number, FIND_ROWS, 40, 1u << MATCH_TICKET);
}

static enum fault gather_contacts(struct pile *pile,
				  const struct wanted *wanted)
{
	char key[PEOPLE_KEY_BYTES];
	SCOPED(char_freep) char *digits = NULL;

	if (wanted->address.length) {
		people_contact_key(key, (const char *)wanted->address.data);
		return pile_key(pile, key, true, FIND_ROWS, 20, NULL);
	}
	if (wanted->digits.length < FEWEST_DIGITS)
		return FAULT_NONE;
	digits = match_contact((const char *)wanted->digits.data);
	people_phone_key(key, digits);
	return pile_key(pile, key, true, FIND_ROWS, 20, NULL);
}

/* Found by a field of the agency's own: nothing else has to fit. */
#define BY_OWN_FIELD (1u << 31)

static enum fault gather_own(struct pile *pile, const struct wanted *wanted)
{
	return pile_ask(pile,
			"SELECT entity FROM own_value WHERE kind = 'person' AND"
			" field IN (SELECT name FROM own_field WHERE \"of\" ="
			" 'person' AND gone = 0) AND value = ?1 ORDER BY entity"
			" LIMIT ?2",
			0, wanted->whole, FIND_ROWS, 40, BY_OWN_FIELD);
}

static enum fault gather_births(struct pile *pile, const struct wanted *wanted)
{
	return pile_ask(pile,
			"SELECT id FROM person WHERE birth_from >= ?1"
			" AND birth_from < ?1 || '~' ORDER BY birth_from, id"
			" LIMIT ?2",
			0, wanted->birth, FIND_ROWS, 1, 0);
}

/* By what tells the fewest people; the rest is asked of these. */
static enum fault gather(struct pile *pile, const struct wanted *wanted)
{
	enum fault fault = gather_own(pile, wanted);

	if (fault)
		return fault;
	if (wanted->number.length)
		return gather_numbers(pile, wanted);
	if (wanted->address.length || wanted->digits.length >= FEWEST_DIGITS)
		return gather_contacts(pile, wanted);
	if (!wanted->word_count)
		return wanted->birth[0] ? gather_births(pile, wanted)
					: FAULT_NONE;
	if (wanted->birth[0] && (fault = gather_sounds(pile, wanted)))
		return fault;
	if ((fault = gather_letters(pile, wanted)) ||
	    (fault = gather_readings(pile, wanted)))
		return fault;
	return pile->count < ENOUGH ? gather_sounds(pile, wanted) : FAULT_NONE;
}

/* --- whether it all fits -------------------------------------------------- */

#define NEAR_BEGUN 960 /* a word as far as it is typed */

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* How well one typed word is in a name; *how: whole, begun or nearly so. */
static int word_in(const struct alike_word *typed, bool last,
		   const struct alike_word *words, int count,
		   enum match_reason *how)
{
	int best = 0;

	for (int i = 0; i < count; i++) {
		int near = alike_words(typed, &words[i]);
		bool begun = near < NEAR_BEGUN && last &&
			     (begins(words[i].letters, typed->letters) ||
			      begins(words[i].reading, typed->reading));

		if (begun)
			near = NEAR_BEGUN;
		if (near <= best)
			continue;
		best = near;
		*how = near == 1000 ? MATCH_NAME
		       : begun      ? MATCH_PART
				    : MATCH_SPELLING;
	}
	return best >= ALIKE_ENOUGH ? best : 0;
}

static int name_has(const struct wanted *wanted, const char *name,
		    unsigned *how)
{
	struct alike_word words[ALIKE_WORDS];
	const int count = alike_split(name, words);
	int sum = 0;

	for (int i = 0; i < wanted->word_count; i++) {
		const bool last = i + 1 == wanted->word_count;
		enum match_reason one = MATCH_NAME;
		int near = word_in(&wanted->words[i], last, words, count, &one);

		if (!near)
			return 0;
		*how |= 1u << one;
		sum += near;
	}
	return sum / wanted->word_count;
}

static bool names_fit(const struct wanted *wanted, struct pile_person *person)
{
	const struct match_texts *names = &person->compared.names;
	int best = 0;
	unsigned reasons = 0;

	for (size_t i = 0; i < names->count; i++) {
		unsigned how = 0;
		int near = name_has(wanted, names->text[i], &how);

		if (near > best) {
			best = near;
			reasons = how;
		}
	}
	person->found.match.strength += best / 10;
	person->found.match.reasons |= reasons;
	return best > 0;
}

static bool contact_fits(const struct wanted *wanted,
			 struct pile_person *person)
{
	const struct match_texts *contacts = &person->compared.contacts;
	SCOPED(char_freep) char *digits = NULL;
	char typed[PEOPLE_KEY_BYTES], key[PEOPLE_KEY_BYTES];

	if (wanted->address.length)
		people_contact_key(typed, (const char *)wanted->address.data);
	else {
		digits = match_contact((const char *)wanted->digits.data);
		people_phone_key(typed, digits);
	}
	for (size_t i = 0; i < contacts->count; i++) {
		people_contact_key(key, contacts->text[i]);
		if (!begins(key, typed))
			continue;
		person->found.match.reasons |= 1u << MATCH_CONTACT;
		person->found.match.strength += 50;
		return true;
	}
	return false;
}

/* What is known of a birth lies in what was typed, or around it. */
static bool birth_fits(const struct wanted *wanted, struct pile_person *person)
{
	const char *from = person->found.birth_from;
	const char *to = person->found.birth_to;
	const size_t length = strlen(wanted->birth);
	bool exact;

	if (!*from)
		from = to;
	if (!*to)
		to = from;
	if (!*from || strncmp(from, wanted->birth, length) > 0 ||
	    strncmp(to, wanted->birth,
		    strlen(to) < length ? strlen(to) : length) < 0)
		return false;
	exact = length == 10 && strcmp(from, to) == 0;
	person->found.match.reasons |=
	    exact ? 1u << MATCH_BIRTH_DAY : 1u << MATCH_BIRTH;
	person->found.match.strength += exact ? 20 : 10;
	return true;
}

static bool fits(const struct wanted *wanted, const struct pile_one *one,
		 struct pile_person *person)
{
	person->found.match =
	    (struct match){ .reasons = one->marks & ~BY_OWN_FIELD };
	if (one->marks & BY_OWN_FIELD)
		return true;
	if (wanted->word_count && !names_fit(wanted, person))
		return false;
	if ((wanted->address.length ||
	     wanted->digits.length >= FEWEST_DIGITS) &&
	    !contact_fits(wanted, person))
		return false;
	return !wanted->birth[0] || birth_fits(wanted, person);
}

/* --- finding -------------------------------------------------------------- */

static enum fault look_at(struct record *record, const struct wanted *wanted,
			  const struct pile_one *one,
			  const struct record_who *who, struct shortlist *list)
{
	struct pile_person person = { 0 };
	enum fault fault = pile_read(record, one->person, who, &person);

	if (!fault && person.there) {
		list->told.scored++;
		if (fits(wanted, one, &person)) {
			if (person.walled)
				list->told.walled++;
			else
				shortlist_add(list, &person);
		}
	}
	pile_person_done(&person);
	return fault;
}

static enum fault choose(struct record *record, const struct wanted *wanted,
			 const struct record_who *who, struct shortlist *list)
{
	struct pile pile;
	enum fault fault;

	pile_init(&pile, record);
	if (!(fault = gather(&pile, wanted))) {
		pile_sort(&pile, PEOPLE_SCORED);
		list->told.rows = pile.rows;
		list->told.more = pile.more;
	}
	for (size_t i = 0; i < pile.count && !fault; i++)
		fault = look_at(record, wanted, &pile.ones[i], who, list);
	pile_done(&pile);
	return fault;
}

enum fault people_find(struct record *record, const char *text, size_t limit,
		       const struct record_who *who, people_visit *visit,
		       void *to, struct people_told *told)
{
	struct shortlist *list;
	struct wanted wanted;
	enum fault fault;

	*told = (struct people_told){ 0 };
	if (!entity_may_read(&kind_person, who))
		return FAULT_NONE;
	list = xcalloc(1, sizeof *list);
	list->limit = limit && limit < PEOPLE_SHOWN ? limit : PEOPLE_SHOWN;
	read_text(&wanted, text);
	wanted.whole = text;
	if (!(fault = choose(record, &wanted, who, list))) {
		shortlist_show(list, visit, to);
		*told = list->told;
	}
	shortlist_done(list);
	free(list);
	wanted_done(&wanted);
	return fault;
}
