#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "office/language.h"
#include "office/noun.h"
#include "speech/mark.h"
#include "speech/prompts.h"
#include "text/audio.h"
#include "text/po.h"
#include "ui/layout.h"

/*
 * What a person reads aloud, in the order a visitor hears it: the kiosk's words
 * as its PO file has them, and before the review the form, each question with
 * its answers. A message with arguments cannot be recorded, and is left out.
 */
struct script {
	struct po kiosk, form; /* the English: its order and comments */
	const struct catalogue *words;
};

/* Columns are parted by tabs; a text has none. */
static void print_line(const char *key, const char *text, const char *about)
{
	SCOPED(char_freep) char *id = audio_id(key);
	SCOPED(char_freep) char *plain = xstrdup(text);
	char mark[MARK_LENGTH + 1];

	mark_of(text, mark);
	for (char *at = plain; (at = strpbrk(at, "\t\n"));)
		*at = ' ';
	printf("%s\t%s\t%.*s\t%s\n", id, plain, (int)strcspn(about, "\n"),
	       about, mark);
}

static void print_entry(const struct script *script,
			const struct po_entry *entry)
{
	const char *pattern = catalogue_pattern(script->words, entry->key);
	SCOPED(char_freep) char *text = NULL;

	if (!pattern || strchr(pattern, '{'))
		return;
	text = catalogue_word(script->words, entry->key);
	print_line(entry->key, text, entry->about);
}

/* What no PO file has: the language's own name, and what numbers are said
 * with. */
static void print_others(const struct language *language)
{
	static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	struct prompts spelt = { 0 };

	print_line(PROMPT_LANGUAGE, language->own_name,
		   "The language's own name.");
	prompts_spell(&spelt, language->tag, signs);
	for (size_t i = 0; i < spelt.count; i++)
		print_line(spelt.items[i].key, spelt.items[i].text,
			   "Of a number on the paper.");
	prompts_done(&spelt);
}

/* "intake:choices/A3/SELF:label" is an answer of the list A3. */
static const char *list_of(const struct po_entry *entry, size_t *length)
{
	static const char begin[] = ":choices/";
	const char *at = strstr(entry->key, begin);

	if (!at)
		return NULL;
	at += strlen(begin);
	*length = strcspn(at, "/");
	return at;
}

/* "intake:/data/D4/D4_age:label" is about D4_age. */
static const char *name_of(const struct po_entry *entry, size_t *length)
{
	const char *path = strchr(entry->key, ':'), *slash, *end;

	if (!path || path[1] != '/')
		return NULL;
	end = strchr(path + 1, ':');
	*length = end ? (size_t)(end - path) : strlen(path);
	slash = memrchr(path, '/', *length);
	*length -= (size_t)(slash + 1 - path);
	return slash + 1;
}

static void print_answers(const struct script *script, const char *name,
			  size_t length)
{
	for (size_t i = 0; i < script->form.count; i++) {
		const struct po_entry *entry = &script->form.entries[i];
		size_t list_length;
		const char *list = list_of(entry, &list_length);

		if (list && list_length == length &&
		    memcmp(list, name, length) == 0)
			print_entry(script, entry);
	}
}

static bool is_label(const struct po_entry *entry)
{
	const char *part = strrchr(entry->key, ':');

	return part && strcmp(part, ":label") == 0;
}

/* What else is said of a question: its small text, and what refuses. */
static void print_rest(const struct script *script, const char *name,
		       size_t length)
{
	for (size_t i = 0; i < script->form.count; i++) {
		const struct po_entry *entry = &script->form.entries[i];
		size_t other;
		const char *its = name_of(entry, &other);

		if (its && other == length && memcmp(its, name, length) == 0 &&
		    !is_label(entry))
			print_entry(script, entry);
	}
}

/* Answers of a list that has no question's name, such as one that several
 * share. */
static bool is_of_no_question(const struct script *script,
			      const struct po_entry *answer)
{
	size_t length, other;
	const char *list = list_of(answer, &length);

	for (size_t i = 0; list && i < script->form.count; i++) {
		const char *name = name_of(&script->form.entries[i], &other);

		if (name && other == length && memcmp(name, list, length) == 0)
			return false;
	}
	return list != NULL;
}

static void print_form(const struct script *script)
{
	for (size_t i = 0; i < script->form.count; i++) {
		const struct po_entry *entry = &script->form.entries[i];
		size_t length;
		const char *name = name_of(entry, &length);

		if (!name || !is_label(entry))
			continue;
		print_entry(script, entry);
		print_rest(script, name, length);
		print_answers(script, name, length);
	}
	for (size_t i = 0; i < script->form.count; i++) {
		if (is_of_no_question(script, &script->form.entries[i]))
			print_entry(script, &script->form.entries[i]);
	}
}

static void print_script(const struct script *script)
{
	for (size_t i = 0; i < script->kiosk.count; i++) {
		const struct po_entry *entry = &script->kiosk.entries[i];

		if (strcmp(entry->key, "kiosk.review") == 0)
			print_form(script);
		print_entry(script, entry);
	}
}

/* The order of a form's words is that of its English file. */
static enum fault read_form(struct script *script, const char *id)
{
	SCOPED(char_freep) char *name = xasprintf("%s.en.po", id);
	SCOPED(char_freep) char *path = language_shipped(name);

	if (file_exists(path))
		return po_read(path, &script->form);
	fprintf(stderr,
		"foyer language audio-list: %s is not there: put it there, or "
		"record the form %s without this list; what follows is the "
		"kiosk's own\n",
		path, id);
	return FAULT_NONE;
}

static enum fault read_english(struct script *script, const char *form)
{
	SCOPED(char_freep) char *kiosk = language_shipped("kiosk.en.po");
	enum fault fault = po_read(kiosk, &script->kiosk);

	return fault ? fault : read_form(script, form);
}

/* --- letters ----------------------------------------------------------------
 */

/* The names of what is written with, each once: a letter stands on several
 * pages, great and small. */
struct letters {
	const struct layout *layout;
	char **told;
	size_t count;
};

static void print_letter(struct letters *letters, const char *text)
{
	char *sign = audio_sign(text, letters->layout->language->tag);
	SCOPED(char_freep) char *key = audio_sign_key(sign);
	/* A to Z and the digits are among those of numbers. */
	bool told = !sign[1] && isalnum((unsigned char)sign[0]);

	for (size_t i = 0; i < letters->count; i++)
		told |= strcmp(letters->told[i], sign) == 0;
	if (!told)
		print_line(key, sign, "A key of the keyboard.");
	letters->told = xreallocarray(letters->told, letters->count + 1,
				      sizeof *letters->told);
	letters->told[letters->count++] = sign;
}

#define ORDERS 16 /* of an Ethiopic consonant, at most */

static void print_key(struct letters *letters, const char *text)
{
	char orders[ORDERS][LAYOUT_BYTES];
	int count = letters->layout->kind == LAYOUT_SYLLABLES
			? layout_orders(text, ORDERS, orders)
			: 0;

	print_letter(letters, text);
	for (int i = 0; i < count; i++)
		print_letter(letters, orders[i]);
}

static void print_page(struct letters *letters, const struct layout_page *page)
{
	for (int i = 0; i < page->count; i++) {
		for (int j = 0; j < page->rows[i].count; j++)
			print_key(letters, page->rows[i].keys[j].text);
	}
}

static void print_letters(const struct language *language)
{
	struct letters letters = { .layout = layout_of(language->tag) };

	for (int i = 0; i < letters.layout->page_count; i++)
		print_page(&letters, &letters.layout->pages[i]);
	print_page(&letters, &letters.layout->digits);
	for (size_t i = 0; i < letters.count; i++)
		free(letters.told[i]);
	free(letters.told);
}

int language_audio_list(const struct language_arguments *arguments)
{
	SCOPED(lexicon_freep) struct lexicon *lexicon = NULL;
	struct script script = { 0 };
	enum fault fault = language_open(
	    arguments,
	    (struct lexicon_options){ .believe = true,
				      .report = language_hear_nothing },
	    &lexicon);

	if (!fault && !(script.words = language_words(
			    lexicon, arguments->operand, "audio-list")))
		return EXIT_INPUT;
	if (!fault)
		fault = read_english(&script, lexicon_form(lexicon));
	if (!fault) {
		print_script(&script);
		print_others(language_find(arguments->operand));
		print_letters(language_find(arguments->operand));
	}
	po_done(&script.kiosk);
	po_done(&script.form);
	return fault_exit(fault);
}
