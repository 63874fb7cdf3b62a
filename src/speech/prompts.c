#include "speech/prompts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "text/audio.h"

static char *copied(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void prompts_add(struct prompts *prompts, const struct prompt *prompt)
{
	if (prompts->count == PROMPTS_MOST)
		return;
	if (!prompts->items)
		prompts->items = xcalloc(PROMPTS_MOST, sizeof *prompts->items);
	prompts->items[prompts->count] = *prompt;
	prompts->items[prompts->count].language = xstrdup(prompt->language);
	prompts->items[prompts->count].key = copied(prompt->key);
	prompts->items[prompts->count++].text = xstrdup(prompt->text);
}

void prompts_done(struct prompts *prompts)
{
	for (size_t i = 0; i < prompts->count; i++) {
		char_wipe((char *)prompts->items[i].text);
		char_wipe((char *)prompts->items[i].key);
		free((char *)prompts->items[i].language);
	}
	free(prompts->items);
	*prompts = (struct prompts){ 0 };
}

void prompts_spell(struct prompts *prompts, const char *language,
		   const char *code)
{
	for (; *code; code++) {
		char text[2] = { (char)toupper((unsigned char)*code) };
		char key[] = "letter:?";

		if (!isascii(*code) || !isalnum((unsigned char)*code))
			continue;
		if (isdigit((unsigned char)*code))
			memcpy(key, "digit:?", sizeof "digit:?");
		key[strlen(key) - 1] = text[0];
		prompts_add(prompts, &(struct prompt){
					 .part = PROMPT_LEAD,
					 .language = language,
					 .key = key,
					 .text = text,
				     });
	}
}

void prompts_letter(struct prompts *prompts, const struct prompt *prompt)
{
	SCOPED(char_wipep)
	char *sign = audio_sign(prompt->text, prompt->language);
	SCOPED(char_wipep) char *key = audio_sign_key(sign);
	struct prompt letter = *prompt;

	letter.key = key;
	letter.text = sign;
	prompts_add(prompts, &letter);
}

/* --- what is new ------------------------------------------------------------
 */

static bool is_same(const struct prompt *one, const struct prompt *other)
{
	return one->number == other->number && one->private == other->private &&
	       one->turn == other->turn &&
	       strcmp(one->text, other->text) == 0 &&
	       strcmp(one->language, other->language) == 0;
}

/* The index of the next item of a part, from at on; the count: none. */
static size_t next_of(const struct prompts *prompts, enum prompt_part part,
		      size_t at)
{
	while (at < prompts->count && prompts->items[at].part != part)
		at++;
	return at;
}

static bool has_changed(const struct prompts *before, const struct prompts *now,
			enum prompt_part part)
{
	size_t b = next_of(before, part, 0), n = next_of(now, part, 0);

	while (b < before->count && n < now->count) {
		if (!is_same(&before->items[b], &now->items[n]))
			return true;
		b = next_of(before, part, b + 1);
		n = next_of(now, part, n + 1);
	}
	return b < before->count || n < now->count;
}

static const struct prompt *focused(const struct prompts *prompts)
{
	for (size_t i = 0; i < prompts->count; i++) {
		if (prompts->items[i].part == PROMPT_ROW &&
		    prompts->items[i].focused)
			return &prompts->items[i];
	}
	return NULL;
}

static void add_part(const struct prompts *from, enum prompt_part part,
		     struct prompts *out)
{
	for (size_t i = next_of(from, part, 0); i < from->count;
	     i = next_of(from, part, i + 1))
		prompts_add(out, &from->items[i]);
}

/* Rows, and what is unusual about one. */
static void add_rows(const struct prompts *now, struct prompts *out)
{
	for (size_t i = 0; i < now->count; i++) {
		const struct prompt *item = &now->items[i];

		if (item->part == PROMPT_ROW ||
		    (item->part == PROMPT_STATE && !item->usual))
			prompts_add(out, item);
	}
}

/* Whether the focus is on another row. */
static bool add_focused(const struct prompts *before, const struct prompts *now,
			struct prompts *out)
{
	const struct prompt *was = focused(before), *is = focused(now);
	bool moved = is && !(was && is_same(was, is));

	if (moved)
		prompts_add(out, is);
	return moved;
}

/* Those that changed, and that of the row which the focus came to. */
static void add_states(const struct prompts *before, const struct prompts *now,
		       bool moved, struct prompts *out)
{
	size_t b = next_of(before, PROMPT_STATE, 0);

	for (size_t n = next_of(now, PROMPT_STATE, 0); n < now->count;
	     n = next_of(now, PROMPT_STATE, n + 1)) {
		const struct prompt *is = &now->items[n];
		bool same = b < before->count && is_same(&before->items[b], is);

		if ((!same || (moved && is->focused)) && *is->text)
			prompts_add(out, is);
		if (b < before->count)
			b = next_of(before, PROMPT_STATE, b + 1);
	}
}

void prompts_news(const struct prompts *before, const struct prompts *now,
		  struct prompts *out)
{
	bool all = has_changed(before, now, PROMPT_LEAD);

	if (all)
		add_part(now, PROMPT_LEAD, out);
	if (all || has_changed(before, now, PROMPT_NOTICE))
		add_part(now, PROMPT_NOTICE, out);
	if (all || has_changed(before, now, PROMPT_ROW))
		add_rows(now, out);
	else
		add_states(before, now, add_focused(before, now, out), out);
}
