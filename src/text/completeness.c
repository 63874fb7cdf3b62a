#include "text/completeness.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include "base/bytes.h"
#include "text/entry.h"
#include "text/icu.h"
#include "text/language.h"
#include "text/message.h"
#include "text/script.h"

#define SAME_LETTERS 3 /* as many may be as in English: "OK", "SMS" */
#define COUNTED 200    /* whole numbers from 0 meet every form in use */

/* One look at a translation. */
struct check {
	const struct catalogue *translation;
	catalogue_fit *fit;
	catalogue_report *report;
	void *to;
	size_t gaps;
};

static void gap(struct check *check, enum catalogue_gap kind,
		const struct entry *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void gap(struct check *check, enum catalogue_gap kind,
		const struct entry *at, const char *format, ...)
{
	struct bytes line = { 0 };
	char what[400];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	bytes_add_format(&line, "%s:%u: %s: %s", at->path,
			 po_line(at->path, at->po.key, 0), at->po.key, what);
	check->report(check->to, kind, at->po.key, (const char *)line.data);
	check->gaps++;
	bytes_done(&line);
}

/* Whether one of the first count arguments of a pattern has a name. */
static bool has_name(const char *pattern, const struct message *message,
		     size_t count, const char *name, size_t length)
{
	for (size_t i = 0; i < count; i++) {
		if (message->uses[i].length == length &&
		    memcmp(pattern + message->uses[i].at, name, length) == 0)
			return true;
	}
	return false;
}

enum loss { LOST, MADE_UP };

/* The names that one pattern has and another has not, each told once. */
static void check_names(struct check *check, const struct entry *at,
			const char *pattern, const char *other, enum loss loss)
{
	struct message message, others;

	(void)message_read(pattern, &message);
	(void)message_read(other, &others);
	for (size_t i = 0; i < message.count; i++) {
		const char *name = pattern + message.uses[i].at;
		size_t length = message.uses[i].length;

		if (has_name(other, &others, others.count, name, length) ||
		    has_name(pattern, &message, i, name, length))
			continue;
		if (loss == LOST)
			gap(check, CATALOGUE_PLACEHOLDER, at,
			    "{%.*s} is lost; put it where the sentence wants "
			    "it",
			    (int)length, name);
		else
			gap(check, CATALOGUE_PLACEHOLDER, at,
			    "the English has no {%.*s}; take it out",
			    (int)length, name);
	}
}

static bool is_exact(const struct message_use *use, long number)
{
	for (size_t i = 0; i < use->exact_count; i++) {
		if (use->exact[i] == number)
			return true;
	}
	return false;
}

static enum message_form form_of(const UPluralRules *rules, double number)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[16];
	char word[16] = "";
	int form = 0;
	int32_t length =
	    uplrules_select(rules, number, wide, COUNT(wide), &error);

	icu_must(error, "choosing a plural");
	u_UCharsToChars(wide, word, length);
	while (form < MESSAGE_OTHER &&
	       strcmp(word, message_form_names[form]) != 0)
		form++;
	return (enum message_form)form;
}

/* The forms that a whole number of people or days can ask for. */
static unsigned forms_wanted(const char *language,
			     const struct message_use *use)
{
	UErrorCode error = U_ZERO_ERROR;
	UPluralRules *rules = uplrules_openForType(icu_locale(language),
						   use->kind == MESSAGE_ORDINAL
						       ? UPLURAL_TYPE_ORDINAL
						       : UPLURAL_TYPE_CARDINAL,
						   &error);
	unsigned wanted = 0;

	icu_must(error, "reading plural rules");
	for (long number = 0; number < COUNTED; number++) {
		if (!is_exact(use, number))
			wanted |=
			    1u << form_of(rules, (double)number - use->offset);
	}
	uplrules_close(rules);
	return wanted;
}

static void check_plurals(struct check *check, const struct entry *at)
{
	struct message message;

	(void)message_read(at->pattern, &message);
	for (size_t i = 0; i < message.count; i++) {
		const struct message_use *use = &message.uses[i];
		unsigned missing;

		if (use->kind != MESSAGE_PLURAL && use->kind != MESSAGE_ORDINAL)
			continue;
		missing =
		    forms_wanted(catalogue_language(check->translation), use) &
		    ~use->forms;
		for (int form = 0; form < MESSAGE_FORMS; form++) {
			if (missing & 1u << form)
				gap(check, CATALOGUE_PLURAL, at,
				    "the plural of {%.*s} lacks its form %s "
				    "{...}, which this language has",
				    (int)use->length, at->pattern + use->at,
				    message_form_names[form]);
		}
	}
}

/* Letters of a pattern, its arguments' names apart. */
static long letters(const char *pattern)
{
	size_t length = strlen(pattern), at = 0;
	struct message message;
	long count = 0;

	while (at < length)
		count += u_isalpha(icu_next(pattern, length, &at));
	(void)message_read(pattern, &message);
	for (size_t i = 0; i < message.count; i++)
		count -= (long)message.uses[i].length;
	return count;
}

static bool is_left_in_english(const struct check *check,
			       const struct entry *source,
			       const struct entry *at)
{
	if (language_find(catalogue_language(check->translation)) ==
	    language_find("en"))
		return false;
	return strcmp(at->pattern, source->pattern) == 0 && !source->po.same &&
	       !at->po.same && letters(at->pattern) > SAME_LETTERS;
}

static void check_composed(struct check *check, const struct entry *at)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *normal = unorm2_getNFCInstance(&error);
	int32_t length;
	SCOPED(UChar_freep) UChar *wide = icu_wide(at->pattern, &length);

	if (!unorm2_isNormalized(normal, wide, length, &error))
		gap(check, CATALOGUE_UNCOMPOSED, at,
		    "letters and their marks are not composed (NFC); save "
		    "the file in Unicode normal form C");
	icu_must(error, "looking for marks to compose");
}

static void check_script(struct check *check, const struct entry *source,
			 const struct entry *at)
{
	SCOPED(char_freep) char *word = NULL;

	if (at->po.same || source->po.same)
		return;
	word = script_stranger(at->pattern, source->pattern,
			       catalogue_language(check->translation));
	if (word)
		gap(check, CATALOGUE_SCRIPT, at,
		    "\"%.100s\" has letters that this language is not "
		    "written in; write it in its own, or \"#, foyer-same\" "
		    "above the entry",
		    word);
}

/* A message as long as it usually gets: a ticket's number, a dozen. */
static char *usual_message(const struct check *check, const struct entry *at)
{
	struct catalogue_argument arguments[MESSAGE_USES];
	char *names[MESSAGE_USES], *said;
	struct message message;

	(void)message_read(at->pattern, &message);
	for (size_t i = 0; i < message.count; i++) {
		const struct message_use *use = &message.uses[i];
		bool counts =
		    use->kind == MESSAGE_PLURAL || use->kind == MESSAGE_ORDINAL;

		names[i] = xstrndup(at->pattern + use->at, use->length);
		arguments[i] = (struct catalogue_argument){
			.name = names[i],
			.text = counts ? NULL : "K7-0412",
			.number = 12,
		};
	}
	said = catalogue_say(check->translation, at->po.key, arguments,
			     message.count);
	for (size_t i = 0; i < message.count; i++)
		free(names[i]);
	return said;
}

static void check_length(struct check *check, const struct entry *at)
{
	const struct language *language =
	    language_find(catalogue_language(check->translation));
	SCOPED(char_freep) char *said = NULL;
	SCOPED(char_freep) char *why = NULL;

	if (!check->fit || !language)
		return;
	said = usual_message(check, at);
	if ((why = check->fit(language, at->po.key, said)))
		gap(check, CATALOGUE_TOO_LONG, at, "%s", why);
}

static void check_pattern(struct check *check, const struct entry *source,
			  const struct entry *at)
{
	if (strcmp(at->po.english, source->po.english) != 0)
		gap(check, CATALOGUE_STALE, at,
		    "the English is \"%.120s\" now; translate that and copy "
		    "it to msgid",
		    source->po.english);
	check_names(check, at, source->pattern, at->pattern, LOST);
	check_names(check, at, at->pattern, source->pattern, MADE_UP);
	check_plurals(check, at);
	check_composed(check, at);
	check_script(check, source, at);
	check_length(check, at);
	if (is_left_in_english(check, source, at))
		gap(check, CATALOGUE_ENGLISH, at,
		    "left in English; translate it, or write \"#, "
		    "foyer-same\" above it");
}

static void check_entry(struct check *check, const struct entry *source)
{
	const char *language = catalogue_language(check->translation);
	const struct entry *at =
	    catalogue_entry(check->translation, source->po.key);

	if (!at)
		gap(check, CATALOGUE_MISSING, source,
		    "not in %s; copy the entry there and translate it",
		    language);
	else if (at->po.fuzzy)
		gap(check, CATALOGUE_FUZZY, at,
		    "marked fuzzy; check the text and take the mark out");
	else if (!at->pattern)
		gap(check, CATALOGUE_EMPTY, at,
		    "not translated; fill in its msgstr");
	else
		check_pattern(check, source, at);
}

size_t catalogue_check(const struct catalogue *source,
		       const struct catalogue *translation, catalogue_fit *fit,
		       catalogue_report *report, void *to)
{
	struct check check = { translation, fit, report, to, 0 };
	const struct entry *entry;

	for (size_t i = 0; (entry = catalogue_entry_at(source, i)); i++) {
		if (entry->pattern)
			check_entry(&check, entry);
	}
	for (size_t i = 0; (entry = catalogue_entry_at(translation, i)); i++) {
		if (!catalogue_entry(source, entry->po.key))
			gap(&check, CATALOGUE_UNKNOWN, entry,
			    "English has no such key; mend the key or take "
			    "the entry out");
	}
	return check.gaps;
}
