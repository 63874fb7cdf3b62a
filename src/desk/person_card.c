#include "desk/person_card.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/frame.h"
#include "desk/value.h"

#define LABEL_CELLS 18

struct line {
	char *label, *value; /* value NULL: not asked */
	bool loud;
};

#define LINES_MOST 20

struct person_card {
	struct desk *desk;
	const struct entity *person; /* while it is read */
	char *id;
	struct line lines[LINES_MOST];
	int count;
};

/* Takes value over; "" is not known. */
static struct line *add(struct person_card *card, const char *label,
			char *value)
{
	struct line *line = &card->lines[card->count++];

	if (value && !value[0]) {
		free(value);
		value = NULL;
	}
	*line = (struct line){ .label = desk_word(card->desk, label),
			       .value = value };
	return line;
}

static char *field_words(const struct person_card *card, const char *name)
{
	const struct entity *person = card->person;
	const char *value = entity_text(person, name);

	return value ? value_shown(card->desk, person->kind,
				   kind_field(person->kind, name), value)
		     : NULL;
}

static void join(struct bytes *line, const char *part)
{
	if (part && part[0])
		bytes_add_format(line, "%s%s", line->length ? " · " : "", part);
}

static char *joined(struct bytes *line)
{
	bytes_add_text(line, "");
	return bytes_take_text(line);
}

/* Walks what refers to the person, if there is such a kind; a fault leaves the
 * line as not known, and was logged. */
static void each(const struct person_card *card, const char *kind,
		 const char *order, size_t limit, entity_visit *visit, void *to)
{
	const struct entity_match matches[] = { { "person", card->id },
						{ NULL, NULL } };
	const struct desk *desk = card->desk;

	if (kind_find(kind))
		(void)!entity_each(desk->record, kind_find(kind), matches,
				   order, limit, &desk->staff.who, visit, to);
}

/* --- what they are called --------------------------------------------------
 */

/* All that they are called; the title has the one they want. */
static bool take_names(void *to, const struct entity *name)
{
	SCOPED(char_freep) char *others = NULL;
	const char *text = entity_text(name, "others");

	join(to, entity_text(name, "latin"));
	join(to, entity_text(name, "own_script"));
	if (text) {
		others = xstrdup(text);
		for (char *at = others; (at = strchr(at, '\n')); at++)
			*at = ',';
		join(to, others);
	}
	return false;
}

static void add_names(struct person_card *card)
{
	struct bytes line = { 0 };

	each(card, "name", NULL, 1, take_names, &line);
	add(card, "desk.card_names", joined(&line));
}

/* --- who they are ----------------------------------------------------------
 */

static void add_language(struct person_card *card)
{
	const char *tag = entity_text(card->person, "language");
	const char *dialect = entity_text(card->person, "dialect");
	const char *interpreter = entity_text(card->person, "interpreter");
	SCOPED(char_freep)
	char *language = tag ? value_language(card->desk, tag) : NULL;
	struct bytes line = { 0 };

	join(&line, language);
	join(&line, dialect);
	if (interpreter) {
		SCOPED(char_freep)
		char *word = desk_word(card->desk, interpreter[0] == '1'
						       ? "desk.interpreter"
						       : "desk.no_interpreter");

		join(&line, word);
	}
	add(card, "desk.card_language", joined(&line));
}

static char *birth_words(const struct person_card *card)
{
	const char *from = entity_text(card->person, "birth_from");
	const char *to = entity_text(card->person, "birth_to");
	const char *precision = entity_text(card->person, "birth_precision");
	SCOPED(char_freep) char *first = field_words(card, "birth_from");
	SCOPED(char_freep) char *last = field_words(card, "birth_to");
	const struct catalogue_argument between[] = {
		{ .name = "from", .text = first },
		{ .name = "to", .text = last },
	};

	if (!from)
		return NULL;
	if (precision && strcmp(precision, "year") == 0)
		return xstrndup(from, 4);
	if (!to || strcmp(from, to) == 0)
		return xstrdup(first);
	return desk_words(card->desk, "desk.between", between, COUNT(between));
}

static void add_birth(struct person_card *card)
{
	SCOPED(char_freep) char *birth = birth_words(card);
	const char *fixed = entity_text(card->person, "birth_default");
	SCOPED(char_freep) char *note = NULL;
	struct bytes line = { 0 };

	join(&line, birth);
	if (fixed && fixed[0] == '1') {
		note = desk_word(card->desk, "desk.birth_default");
		join(&line, note);
	}
	add(card, "desk.card_birth", joined(&line));
}

static bool take_contact(void *to, const struct entity *contact)
{
	join(to, entity_text(contact, "value"));
	return true;
}

static void add_contact(struct person_card *card)
{
	SCOPED(char_freep) char *times = field_words(card, "contact_times");
	SCOPED(char_freep) char *message = NULL;
	const char *may = entity_text(card->person, "leave_message");
	struct bytes line = { 0 };

	each(card, "contact", NULL, 2, take_contact, &line);
	join(&line, times);
	/* Unasked means none: only a yes is one. */
	if (line.length && (!may || may[0] != '1')) {
		message = desk_word(card->desk, "desk.no_message");
		join(&line, message);
	}
	add(card, "desk.card_contact", joined(&line));
}

struct household_walk {
	const struct person_card *card;
	struct bytes line;
	int64_t household;
};

static bool take_household(void *to, const struct entity *member)
{
	struct household_walk *walk = to;

	if (entity_text(member, "until"))
		return true;
	walk->household = entity_number(member, "household");
	return false;
}

static bool take_member(void *to, const struct entity *member)
{
	struct household_walk *walk = to;
	const struct desk *desk = walk->card->desk;
	int64_t person = entity_number(member, "person");
	SCOPED(char_freep) char *name = NULL;
	char *end;

	if (person == walk->card->person->id || entity_text(member, "until"))
		return true;
	name = value_called(desk, kind_find("person"), person);
	if ((end = strstr(name, " · ")))
		*end = 0;
	bytes_add_format(&walk->line, "%s%s", walk->line.length ? ", " : "",
			 name);
	return true;
}

static void add_household(struct person_card *card)
{
	struct household_walk walk = { .card = card };
	const struct desk *desk = card->desk;
	SCOPED(char_freep) char *id = NULL;
	SCOPED(char_freep) char *called = NULL;

	each(card, "member", "-id", 0, take_household, &walk);
	if (walk.household) {
		id = xasprintf("%lld", (long long)walk.household);
		const struct entity_match matches[] = { { "household", id },
							{ NULL, NULL } };

		called =
		    value_called(desk, kind_find("household"), walk.household);
		(void)!entity_each(desk->record, kind_find("member"), matches,
				   NULL, 0, &desk->staff.who, take_member,
				   &walk);
		if (walk.line.length)
			bytes_add_text(&walk.line, " · ");
		bytes_add_text(&walk.line, called);
	}
	add(card, "desk.card_household", joined(&walk.line));
}

/* --- where they stand ------------------------------------------------------
 */

struct words {
	const struct desk *desk;
	struct bytes line;
};

static char *entity_words(const struct desk *desk, const struct entity *entity,
			  const char *name)
{
	const char *value = entity_text(entity, name);

	return value ? value_shown(desk, entity->kind,
				   kind_field(entity->kind, name), value)
		     : NULL;
}

static bool take_status(void *to, const struct entity *status)
{
	struct words *words = to;
	SCOPED(char_freep)
	char *category = entity_words(words->desk, status, "category");
	SCOPED(char_freep)
	char *since = entity_words(words->desk, status, "since");
	const struct catalogue_argument day = { .name = "day", .text = since };
	SCOPED(char_freep)
	char *from =
	    since ? desk_words(words->desk, "desk.since", &day, 1) : NULL;

	join(&words->line, category);
	join(&words->line, from);
	return false;
}

static bool take_stream(void *to, const struct entity *stream)
{
	struct words *words = to;
	SCOPED(char_freep)
	char *state = entity_words(words->desk, stream, "state");
	SCOPED(char_freep)
	char *worker = entity_words(words->desk, stream, "worker");

	join(&words->line, state);
	join(&words->line, worker);
	return false;
}

/* The first that is due, of those still to be done. */
static bool take_step(void *to, const struct entity *step)
{
	struct words *words = to;
	const char *state = entity_text(step, "state");
	SCOPED(char_freep) char *due = entity_words(words->desk, step, "due");

	if (state && strcmp(state, "open") != 0)
		return true;
	join(&words->line, entity_text(step, "action"));
	join(&words->line, due);
	return false;
}

/* What they said of it last is what holds: it comes first, and once. */
struct consents {
	struct words words;
	struct bytes said; /* "\nshare\tOpen Door\n": what for, with whom */
};

static bool take_consent(void *to, const struct entity *consent)
{
	struct consents *consents = to;
	struct words *words = &consents->words;
	const char *with = entity_text(consent, "recipient");
	SCOPED(char_freep)
	char *purpose = entity_words(words->desk, consent, "purpose");
	SCOPED(char_freep)
	char *state = entity_words(words->desk, consent, "state");
	SCOPED(char_freep)
	char *what = xasprintf("\n%s\t%s\n", entity_text(consent, "purpose"),
			       with ? with : "");

	if (strstr((const char *)consents->said.data, what))
		return true;
	bytes_add_text(&consents->said, what);
	bytes_add_format(&words->line, "%s%s%s%s: %s",
			 words->line.length ? " · " : "", purpose,
			 with ? " " : "", with ? with : "", state);
	return true;
}

static void add_consents(struct person_card *card)
{
	struct consents consents = { .words.desk = card->desk };

	bytes_add_text(&consents.said, "");
	each(card, "consent", "-id", 0, take_consent, &consents);
	add(card, "desk.card_consent", joined(&consents.words.line));
	bytes_done(&consents.said);
}

static struct line *add_walk(struct person_card *card, const char *label,
			     const char *kind, const char *order,
			     entity_visit *visit)
{
	struct words words = { .desk = card->desk };

	each(card, kind, order, 0, visit, &words);
	return add(card, label, joined(&words.line));
}

static void add_step(struct person_card *card)
{
	struct line *line =
	    add_walk(card, "desk.card_step", "step", "due", take_step);

	line->loud = true;
	if (!line->value)
		line->value = desk_word(card->desk, "desk.no_step");
}

static void add_all(struct person_card *card, const struct events *events)
{
	add_names(card);
	add_language(card);
	add_birth(card);
	add_contact(card);
	add_household(card);
	add_walk(card, "desk.card_status", "status", "-id", take_status);
	add_walk(card, "desk.card_stream", "stream", "-id", take_stream);
	add_step(card);
	if (events_have_alert(events))
		add(card, "desk.card_alert",
		    desk_word(card->desk, "desk.quiet"))
		    ->loud = true;
	add_consents(card);
}

enum fault person_card_read(struct desk *desk, const struct entity *person,
			    const struct events *events,
			    struct person_card **out)
{
	struct person_card *card = xcalloc(1, sizeof *card);

	card->desk = desk;
	card->person = person;
	card->id = xasprintf("%lld", (long long)person->id);
	add_all(card, events);
	card->person = NULL;
	*out = card;
	return FAULT_NONE;
}

void person_card_free(struct person_card *card)
{
	if (!card)
		return;
	while (card->count) {
		card->count--;
		free(card->lines[card->count].label);
		char_wipe(card->lines[card->count].value);
	}
	free(card->id);
	free(card);
}

int person_card_rows(const struct person_card *card)
{
	return card->count;
}

void person_card_draw(const struct person_card *card, struct canvas *canvas,
		      struct canvas_area area)
{
	const struct desk *desk = card->desk;
	const char *language = desk->staff.language;
	SCOPED(char_freep) char *unknown = desk_word(desk, "desk.nothing_here");
	int end = area.y + area.h;

	for (int i = 0; i < card->count && area.y < end; i++) {
		const struct line *line = &card->lines[i];

		frame_line(canvas, area.y, area.x, LABEL_CELLS - 1, line->label,
			   language, CANVAS_PLAIN, CANVAS_QUIET);
		frame_line(canvas, area.y++, area.x + LABEL_CELLS,
			   area.w - LABEL_CELLS,
			   line->value ? line->value : unknown, language,
			   line->loud ? CANVAS_BOLD : CANVAS_PLAIN,
			   line->value ? CANVAS_INK : CANVAS_QUIET);
	}
}
