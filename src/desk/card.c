#include "desk/card.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/handing.h"
#include "desk/value.h"

struct card {
	struct desk *desk;
	struct canvas *canvas;
	const struct canvas_area *area;
	int y;
};

static void say(struct card *card, const char *text, int indent,
		enum canvas_style style, enum canvas_colour colour,
		const char *language)
{
	int left = card->area->y + card->area->h - card->y;

	if (left < 1 || !text[0])
		return;
	card->y += canvas_text(card->canvas, &(struct canvas_text){
						 .y = card->y,
						 .x = card->area->x + indent,
						 .h = left < 3 ? left : 3,
						 .w = card->area->w - indent,
						 .text = text,
						 .language = language,
						 .style = style,
						 .colour = colour,
						 .caret = -1,
					     });
}

static void say_word(struct card *card, const char *key,
		     enum canvas_colour colour)
{
	SCOPED(char_freep) char *text = desk_word(card->desk, key);

	say(card, text, 0, CANVAS_PLAIN, colour, card->desk->staff.language);
}

static void say_with(struct card *card, const char *key, const char *value,
		     enum canvas_style style)
{
	const struct catalogue_argument argument = {
		.name = "value",
		.text = value,
	};
	SCOPED(char_freep)
	char *text = desk_words(card->desk, key, &argument, 1);

	say(card, text, 0, style, CANVAS_INK, card->desk->staff.language);
}

static void say_reason(void *to, const char *rule, const char *reason)
{
	struct card *card = to;

	(void)rule;
	say(card, reason && reason[0] ? reason : rule, 2, CANVAS_PLAIN,
	    CANVAS_INK, card->desk->staff.language);
}

/* What the facts say of who it is about. Texts are NULL where not told. */
struct who {
	char *own, *latin, *suggested, *adults, *children;
};

static void take_fact(void *to, const char *field, const char *value,
		      const char *source)
{
	struct who *who = to;
	const struct {
		const char *field;
		char **text;
	} taken[] = {
		{ "own_script_name", &who->own },
		{ "latin_name", &who->latin },
		{ "latin_name_suggested", &who->suggested },
		{ "household_adults", &who->adults },
		{ "household_children", &who->children },
	};

	(void)source;
	for (size_t i = 0; i < COUNT(taken); i++) {
		if (strcmp(field, taken[i].field) != 0)
			continue;
		char_wipe(*taken[i].text);
		*taken[i].text = xstrdup(value);
	}
}

static void say_names(struct card *card, const struct who *who,
		      const char *language)
{
	char *both;

	if (!who->own && !who->latin) {
		say_word(card, "desk.no_name", CANVAS_QUIET);
		return;
	}
	both = xasprintf("%s%s%s", who->own ? who->own : "",
			 who->own && who->latin ? " · " : "",
			 who->latin ? who->latin : "");
	say(card, both, 0, CANVAS_BOLD, CANVAS_INK, language);
	char_wipe(both);
	if (who->latin && who->suggested)
		say_word(card, "desk.name_suggested", CANVAS_QUIET);
}

/* "1 adult · 3 children": the words belong to the counts, or two numbers beside
 * each other would tell nobody which is which. */
static void say_household(struct card *card, const struct who *who)
{
	const struct catalogue_argument counts[] = {
		{ .name = "adults",
		  .number = who->adults ? strtod(who->adults, NULL) : 0 },
		{ .name = "children",
		  .number = who->children ? strtod(who->children, NULL) : 0 },
	};
	const char *key = who->adults && who->children ? "desk.household"
			  : who->adults                ? "desk.household_adults"
			  : who->children ? "desk.household_children"
					  : NULL;
	SCOPED(char_freep) char *text = NULL;

	if (!key)
		return;
	text = desk_words(card->desk, key, counts, COUNT(counts));
	say(card, text, 0, CANVAS_PLAIN, CANVAS_INK,
	    card->desk->staff.language);
}

static void say_who(struct card *card, const struct visit *visit)
{
	struct who who = { 0 };

	if (visit_facts(card->desk->record, visit->id, take_fact, &who))
		desk_say_trouble(card->desk);
	say_names(card, &who, visit->language);
	say_household(card, &who);
	char_wipe(who.own);
	char_wipe(who.latin);
	char_wipe(who.suggested);
	char_wipe(who.adults);
	char_wipe(who.children);
}

static const char *keep_key(const struct visit *visit)
{
	static const char *const keys[] = {
		[VISIT_KEEP_NO] = "desk.keep_no",
		[VISIT_KEEP_TODAY] = "desk.keep_today",
		[VISIT_KEEP_KEPT] = "desk.keep_kept",
	};

	return keys[visit->keep];
}

static void say_level(struct card *card, const struct visit *visit)
{
	static const char *const keys[] = {
		[VISIT_NO_LEVEL] = "desk.level_none",
		[VISIT_U1] = "desk.u1",
		[VISIT_U2] = "desk.u2",
		[VISIT_U3] = "desk.u3",
		[VISIT_U4] = "desk.u4",
		[VISIT_U5] = "desk.u5",
	};
	SCOPED(char_freep)
	char *text = desk_word(card->desk, keys[visit_effective_level(visit)]);

	say(card, text, 0, CANVAS_BOLD, CANVAS_ACCENT,
	    card->desk->staff.language);
	if (visit->staff_level != VISIT_NO_LEVEL)
		say_with(card, "desk.staff_level", visit->staff_reason,
			 CANVAS_PLAIN);
}

/* What the lines above say in words of their own. */
static bool is_said_above(const char *name)
{
	return strcmp(name, "LANG") == 0 || strcmp(name, "INTERPRETER") == 0;
}

/* The values of a tag, "BIG+PER", in words where they have some. */
static char *values_words(const struct desk *desk, const char *name,
			  const char *values)
{
	SCOPED(char_freep) char *rest = xstrdup(values);
	struct bytes words = { 0 };
	char *next = NULL;

	for (char *one = strtok_r(rest, "+", &next); one;
	     one = strtok_r(NULL, "+", &next)) {
		SCOPED(char_freep)
		char *key = xasprintf("tag.%s.%s", name, one);
		SCOPED(char_freep)
		char *word = catalogue_pattern(desk->staff.words, key)
				 ? desk_word(desk, key)
				 : xstrdup(one);

		bytes_add_format(&words, "%s%s", words.length ? ", " : "",
				 word);
	}
	return bytes_take_text(&words);
}

/* A tag's words by its name, which ends where its value begins: "SPONSOR:NO",
 * "SCREEN-CASE-MGMT(HOU+INC)". A form's own that has none is shown as it is. */
static char *tag_words(const struct desk *desk, const char *tag)
{
	size_t length = strcspn(tag, ":(");
	SCOPED(char_freep) char *name = xstrndup(tag, length);
	SCOPED(char_freep) char *key = xasprintf("tag.%s", name);
	SCOPED(char_freep)
	char *values = tag[length] == ':'
			   ? values_words(desk, name, tag + length + 1)
			   : xstrdup(tag[length] ? tag + length + 1 : "");
	const struct catalogue_argument value = { .name = "value",
						  .text = values };

	if (is_said_above(name))
		return NULL;
	return catalogue_pattern(desk->staff.words, key)
		   ? desk_words(desk, key, &value, 1)
		   : xstrdup(tag);
}

static void say_tags(struct card *card, const char *tags)
{
	SCOPED(char_freep) char *rest = xstrdup(tags);
	struct bytes line = { 0 };
	char *next = NULL;

	for (char *tag = strtok_r(rest, " ", &next); tag;
	     tag = strtok_r(NULL, " ", &next)) {
		SCOPED(char_freep) char *words = tag_words(card->desk, tag);

		if (words)
			bytes_add_format(&line, "%s%s",
					 line.length ? " · " : "", words);
	}
	if (line.length)
		say(card, (char *)line.data, 0, CANVAS_PLAIN, CANVAS_QUIET,
		    card->desk->staff.language);
	bytes_done(&line);
}

static void say_language(struct card *card, const struct visit *visit)
{
	SCOPED(char_freep)
	char *language = value_language(card->desk, visit->language);
	const struct catalogue_argument value = {
		.name = "value",
		.text = language,
	};
	SCOPED(char_freep)
	char *speaks = desk_words(card->desk, "desk.speaks", &value, 1);
	SCOPED(char_freep)
	char *interpreter = desk_word(card->desk, "desk.interpreter");
	SCOPED(char_freep)
	char *both = xasprintf("%s · %s", speaks, interpreter);

	say(card, strstr(visit->tags, "INTERPRETER") ? both : speaks, 0,
	    CANVAS_PLAIN, CANVAS_INK, card->desk->staff.language);
	say_tags(card, visit->tags);
}

static void say_outcome(struct card *card, const struct visit *visit)
{
	static const char *const keys[] = {
		[VISIT_SERVED] = "desk.served",
		[VISIT_REFERRED] = "desk.referred",
		[VISIT_DIVERTED] = "desk.diverted",
		[VISIT_LEFT] = "desk.left",
		[VISIT_SAFETY] = "desk.safety",
	};
	SCOPED(char_freep) char *word = NULL;

	if (visit->outcome == VISIT_NO_OUTCOME)
		return;
	word = desk_word(card->desk, keys[visit->outcome]);
	say_with(card, "desk.ended_as", word, CANVAS_BOLD);
}

static void say_handed(void *to, const char *line)
{
	struct card *card = to;

	say(card, line, 0, CANVAS_PLAIN, CANVAS_QUIET,
	    card->desk->staff.language);
}

/* Whether it was a paper, and how much has no answer that must have one. */
static void say_source(struct card *card, const struct visit *visit)
{
	const bool paper = visit->source == VISIT_PAPER;
	struct catalogue_argument count = { .name = "count" };
	SCOPED(char_freep) char *text = NULL;

	for (const char *at = visit->blank; *at; at += strspn(at, " ")) {
		count.number++;
		at += strcspn(at, " ");
	}
	if (!paper && !count.number)
		return;
	text = desk_words(card->desk,
			  paper ? "typing.from_paper" : "desk.left_blank",
			  &count, 1);
	say(card, text, 0, CANVAS_PLAIN, CANVAS_QUIET,
	    card->desk->staff.language);
}

/* The quiet flag, and who goes to them already, which every desk has to see. */
static void say_quiet(struct card *card, int64_t visit)
{
	const struct alert *alert = lists_alert(&card->desk->lists, visit);
	SCOPED(char_freep) char *since = NULL;
	SCOPED(char_freep) char *text = NULL;

	say_word(card, "desk.quiet", CANVAS_INK);
	if (!alert || !alert->acknowledged)
		return;
	since = value_since(card->desk, alert->acknowledged);
	text = desk_words(card->desk, "desk.quiet_goes",
			  (const struct catalogue_argument[]){
			      { .name = "name", .text = alert->by },
			      { .name = "since", .text = since },
			  },
			  2);
	say(card, text, 0, CANVAS_BOLD, CANVAS_INK, card->desk->staff.language);
}

static void say_visit(struct card *card, const struct visit *visit,
		      const char *first_need)
{
	say_outcome(card, visit);
	if (first_need[0] && !visit->erased)
		say_with(card, "desk.first_need", first_need, CANVAS_BOLD);
	else if (!visit->erased)
		say_word(card, "desk.first_need_unknown", CANVAS_QUIET);
	say_level(card, visit);
	if (visit_rules(card->desk->record, visit->id,
			card->desk->staff.language, say_reason, card))
		return;
	if (lists_alert(&card->desk->lists, visit->id))
		say_quiet(card, visit->id);
	card->y++;
	say_who(card, visit);
	say_language(card, visit);
	say_word(card, keep_key(visit), CANVAS_QUIET);
	if (visit->more_to_tell)
		say_word(card, "desk.more_to_tell", CANVAS_ACCENT);
	say_source(card, visit);
	handing_each(card->desk, visit->id, say_handed, card);
}

/* --- while the record cannot be reached ------------------------------------
 */

static size_t staff_index(const struct desk *desk)
{
	size_t i = VISIT_LANGUAGES - 1;

	while (i && strcmp(visit_languages[i], desk->staff.language) != 0)
		i--;
	return i;
}

/* A ticket that is kept here is read; who it is about stays in it, since a look
 * at the answers is written down in the record. */
static void say_kept(struct card *card, const struct reach_read *read)
{
	const struct filing_ticket *ticket = &read->ticket;
	const struct visit visit = {
		.level = ticket->level,
		.tags = ticket->tags,
		.language = ticket->language,
		.keep = ticket->keep,
	};

	say_word(card, "reach.is_kept", CANVAS_ACCENT);
	if (read->first_need[0])
		say_with(card, "desk.first_need", read->first_need,
			 CANVAS_BOLD);
	else
		say_word(card, "desk.first_need_unknown", CANVAS_QUIET);
	say_level(card, &visit);
	for (size_t i = 0; i < ticket->reason_count; i++)
		say_reason(card, ticket->reasons[i].rule,
			   ticket->reasons[i].reason[staff_index(card->desk)]);
	if (ticket->quiet)
		say_word(card, "desk.quiet", CANVAS_INK);
	card->y++;
	say_language(card, &visit);
	say_word(card, keep_key(&visit), CANVAS_QUIET);
	if (ticket->more_to_tell)
		say_word(card, "desk.more_to_tell", CANVAS_ACCENT);
}

/* Of a visit no more than what the list says of it. */
static void say_row(struct card *card, const struct queue_row *row)
{
	const struct visit visit = {
		.level = row->level,
		.tags = row->tags,
		.language = row->language,
	};

	say_level(card, &visit);
	if (row->quiet)
		say_quiet(card, row->visit);
	say_language(card, &visit);
	card->y++;
	say_word(card, "reach.card", CANVAS_QUIET);
}

static void say_without_record(struct card *card)
{
	const struct reach_read *read =
	    reach_read_of(card->desk, card->desk->selected);
	const struct queue_row *row = desk_row(card->desk);

	if (read)
		say_kept(card, read);
	else if (row)
		say_row(card, row);
}

/* -------------------------------------------------------------------------- */

int card_draw(struct desk *desk, struct canvas *canvas,
	      const struct canvas_area *area, const char *first_need)
{
	struct card card = { desk, canvas, area, area->y };
	enum visit_found found;
	struct visit visit;

	if (desk->reach.lost) {
		say_without_record(&card);
		return card.y - area->y;
	}
	if (!desk->selected ||
	    visit_read(desk->record, desk->selected, &found, &visit) ||
	    found != VISIT_FOUND)
		return 0;
	say_visit(&card, &visit, first_need);
	visit_done(&visit);
	return card.y - area->y;
}
