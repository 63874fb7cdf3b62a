#include "ask/spoken.h"
#include "ask/plain.h"
#include "text/emphasis.h"

#include <stdlib.h>

void spoken_word(struct prompts *out, const struct ask_look *look,
		 enum prompt_part part, const char *key)
{
	SCOPED(char_freep) char *text = catalogue_word(look->words, key);

	prompts_add(out, &(struct prompt){
			     .part = part,
			     .language = look->language->tag,
			     .key = key,
			     .text = text,
			 });
}

/* Words of the form, with the recording's key, if they have one. */
static void add_keyed(struct prompts *out, const struct ask_look *look,
		      const char *key, struct prompt prompt)
{
	SCOPED(char_freep)
	char *full =
	    key && look->form ? xasprintf("%s:%s", look->form, key) : NULL;

	prompt.key = full;
	prompts_add(out, &prompt);
}

static void add_words(struct prompts *out, const struct ask_look *look,
		      const char *key, const char *text, bool private)
{
	if (text && text[0])
		add_keyed(out, look, key,
			  (struct prompt){
			      .part = PROMPT_LEAD,
			      .language = look->language->tag,
			      .text = text,
			      .private = private,
			  });
}

void spoken_around(struct prompts *out, const struct ask_look *look,
		   const struct around *part, bool private)
{
	SCOPED(char_freep) char *number = xasprintf("%d", part->number);

	add_words(out, look, part->key, part->words, private || part->quotes);
	if (part->number)
		add_words(out, look, NULL, number, private);
}

void spoken_frame(struct prompts *out, const struct ask_look *look,
		  const struct node *node, bool private)
{
	SCOPED(char_wipep) char *text = plain_frame_label(node);

	add_words(out, look, node_frame_label_key(node), text,
		  private || node_frame_label_quotes(node));
}

void spoken_mark(struct prompts *out, const struct ask_look *look,
		 struct node *node, const struct mark *mark, bool private)
{
	SCOPED(char_freep) char *key = node_choice_key(node, mark->value);

	add_keyed(out, look, key,
		  (struct prompt){
		      .part = PROMPT_ROW,
		      .language = look->language->tag,
		      .text = mark->label,
		      .private = private || mark->quotes,
		  });
}

void spoken_label(struct prompts *out, const struct ask_look *look,
		  const struct node *node, bool private)
{
	SCOPED(char_wipep) char *text = plain_label(node);

	add_words(out, look, node_label_key(node), text,
		  private || node_label_quotes(node));
}

void spoken_hint(struct prompts *out, const struct ask_look *look,
		 const struct node *node, bool private)
{
	SCOPED(char_wipep) char *text = plain_hint(node);

	add_words(out, look, node_hint_key(node), text,
		  private || node_hint_quotes(node));
}

void spoken_sign(struct prompts *out, const struct ask_look *look,
		 const struct spoken_sign *sign)
{
	SCOPED(char_freep)
	char *word =
	    sign->word ? catalogue_word(look->words, sign->word) : NULL;
	const struct prompt prompt = {
		.part = PROMPT_STATE,
		.language = look->language->tag,
		.key = sign->word,
		.text = word ? word : sign->text,
		.private = true,
		.usual = true,
		.turn = sign->turn,
	};

	if (sign->word || sign->whole || !*sign->text)
		prompts_add(out, &prompt);
	else
		prompts_letter(out, &prompt);
}

/* --- lists ------------------------------------------------------------------
 */

/* A language in itself, or what stands among languages and is none. */
static void add_language(struct prompts *out, const struct ask_look *look,
			 const char *tag, struct prompt prompt)
{
	const struct language *language = language_find(tag);
	SCOPED(char_freep) char *word = NULL;

	prompt.private |= language != NULL;
	if (language) {
		prompt.key = PROMPT_LANGUAGE;
		prompt.language = language->tag;
		prompt.text = language->own_name;
	} else {
		prompt.key = "kiosk.other_language";
		word = catalogue_word(look->words, prompt.key);
		prompt.text = word;
	}
	prompts_add(out, &prompt);
}

/* Which answers are checked is nobody else's to hear. */
static void add_mark(struct prompts *out, const struct ask_look *look,
		     bool checked, bool focused)
{
	const char *key = checked ? "kiosk.checked" : "kiosk.not_checked";
	SCOPED(char_freep) char *text = catalogue_word(look->words, key);

	prompts_add(out, &(struct prompt){
			     .part = PROMPT_STATE,
			     .language = look->language->tag,
			     .key = key,
			     .text = text,
			     .private = true,
			     .focused = focused,
			     .usual = !checked,
			 });
}

static void add_row(struct prompts *out, const struct ask_look *look,
		    const struct spoken_list *list, size_t row,
		    const struct choice_view *view)
{
	const struct choice_row shown = choice_row(list->choice, row);
	SCOPED(char_wipep) char *words = emphasis_bare(shown.label, NULL);
	SCOPED(char_freep)
	char *key = list->key ? list->key(list->to, row) : NULL;
	const struct prompt prompt = {
		.part = PROMPT_ROW,
		.language = look->language->tag,
		.text = words,
		.number = (int)(row - view->first) + 1,
		.private = shown.hides || row >= list->first_private ||
			   (list->private && list->private[row]),
		.focused = row == view->focus,
	};

	if (shown.language)
		add_language(out, look, shown.language, prompt);
	else
		add_keyed(out, look, key, prompt);
	if (list->several)
		add_mark(out, look, choice_checked(list->choice, row),
			 prompt.focused);
}

void spoken_rows(struct prompts *out, const struct ask_look *look,
		 const struct spoken_list *list)
{
	struct choice_view view = choice_view(list->choice);

	for (size_t i = 0; i < view.count; i++)
		add_row(out, look, list, view.first + i, &view);
	if (!view.more)
		return;
	spoken_word(out, look, PROMPT_ROW, "kiosk.more");
	if (view.on_more && out->count < PROMPTS_MOST)
		out->items[out->count - 1].focused = true;
}
