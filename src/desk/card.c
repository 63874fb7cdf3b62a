#include "desk/card.h"

#include <stdlib.h>
#include <string.h>

#include "text/language.h"

struct card {
	struct desk *desk;
	struct canvas *canvas;
	const struct canvas_area *area;
	int y;
	char own[200], latin[200];
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

static void take_name(void *to, const char *field, const char *value,
		      const char *source)
{
	struct card *card = to;

	(void)source;
	if (strcmp(field, "name_own") == 0 ||
	    strcmp(field, "own_script_name") == 0)
		strncpy(card->own, value, sizeof card->own - 1);
	else if (strcmp(field, "name_latin") == 0 ||
		 strcmp(field, "latin_name") == 0)
		strncpy(card->latin, value, sizeof card->latin - 1);
}

static void say_name(struct card *card, const struct visit *visit)
{
	SCOPED(char_freep) char *both = NULL;

	if (visit_facts(card->desk->record, visit->id, take_name, card))
		return;
	if (card->own[0] && card->latin[0])
		both = xasprintf("%s · %s", card->own, card->latin);
	else
		both = xstrdup(card->own[0] ? card->own : card->latin);
	if (both[0])
		say(card, both, 0, CANVAS_BOLD, CANVAS_INK, visit->language);
	else
		say_word(card, "desk.no_name", CANVAS_QUIET);
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

static void say_language(struct card *card, const struct visit *visit)
{
	const struct language *language = language_find(visit->language);

	const struct catalogue_argument value = {
		.name = "value",
		.text = language ? language->name : visit->language,
	};
	SCOPED(char_freep)
	char *speaks = desk_words(card->desk, "desk.speaks", &value, 1);
	SCOPED(char_freep)
	char *interpreter = desk_word(card->desk, "desk.interpreter");
	SCOPED(char_freep)
	char *both = xasprintf("%s · %s", speaks, interpreter);

	say(card, strstr(visit->tags, "INTERPRETER") ? both : speaks, 0,
	    CANVAS_PLAIN, CANVAS_INK, card->desk->staff.language);
	if (visit->tags[0])
		say(card, visit->tags, 0, CANVAS_PLAIN, CANVAS_QUIET, "en");
}

static void say_visit(struct card *card, const struct visit *visit,
		      const char *first_need)
{
	if (first_need[0])
		say_with(card, "desk.first_need", first_need, CANVAS_BOLD);
	say_level(card, visit);
	if (visit_rules(card->desk->record, visit->id,
			card->desk->staff.language, say_reason, card))
		return;
	if (lists_alert(&card->desk->lists, visit->id))
		say_word(card, "desk.quiet", CANVAS_INK);
	card->y++;
	say_name(card, visit);
	say_language(card, visit);
	say_word(card, keep_key(visit), CANVAS_QUIET);
	if (visit->more_to_tell)
		say_word(card, "desk.more_to_tell", CANVAS_ACCENT);
}

int card_draw(struct desk *desk, struct canvas *canvas,
	      const struct canvas_area *area, const char *first_need)
{
	struct card card = { desk, canvas, area, area->y, "", "" };
	enum visit_found found;
	struct visit visit;

	if (!desk->selected ||
	    visit_read(desk->record, desk->selected, &found, &visit) ||
	    found != VISIT_FOUND)
		return 0;
	say_visit(&card, &visit, first_need);
	explicit_bzero(card.own, sizeof card.own);
	explicit_bzero(card.latin, sizeof card.latin);
	visit_done(&visit);
	return card.y - area->y;
}
