#include "text/completeness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/test.h"

#define HEADER                      \
	"msgid \"\"\nmsgstr \"\"\n" \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"

/* The header has three lines; an entry written by a sample begins in line 4. */
struct sample {
	const char *language, *english, *translation;
	const char *gaps; /* "KIND line"; all of them, LF between */
};

static const char *const kinds[] = {
	[CATALOGUE_MISSING] = "missing",
	[CATALOGUE_EMPTY] = "empty",
	[CATALOGUE_FUZZY] = "fuzzy",
	[CATALOGUE_STALE] = "stale",
	[CATALOGUE_PLACEHOLDER] = "placeholder",
	[CATALOGUE_PLURAL] = "plural",
	[CATALOGUE_ENGLISH] = "english",
	[CATALOGUE_UNKNOWN] = "unknown",
	[CATALOGUE_UNCOMPOSED] = "uncomposed",
	[CATALOGUE_SCRIPT] = "script",
};

#define BACK "msgctxt \"a\"\nmsgid \"Go back\"\n"
#define SMS               \
	"msgctxt \"a\"\n" \
	"msgid \"In Ontario Works they send an SMS to {name}\"\n"
#define HELLO "msgctxt \"a\"\nmsgid \"Hello {name}\"\n"
#define DAYS              \
	"msgctxt \"a\"\n" \
	"msgid \"{n, plural, one {# day} other {# days}}\"\n"

static const struct sample samples[] = {
	{ "fr", BACK "msgstr \"\"\n", BACK "msgstr \"Retour\"\n", "" },
	{ "fr", BACK "msgstr \"\"\n", "",
	  "missing en.po:4: a: not in fr; copy the entry there and translate "
	  "it" },
	{ "fr", BACK "msgstr \"\"\n", BACK "msgstr \"\"\n",
	  "empty fr.po:4: a: not translated; fill in its msgstr" },
	{ "fr", BACK "msgstr \"\"\n", "#, fuzzy\n" BACK "msgstr \"Retour\"\n",
	  "fuzzy fr.po:5: a: marked fuzzy; check the text and take the mark "
	  "out" },
	{ "fr", BACK "msgstr \"\"\n",
	  "msgctxt \"a\"\nmsgid \"Back\"\nmsgstr \"Retour\"\n",
	  "stale fr.po:4: a: the English is \"Go back\" now; translate that "
	  "and copy it to msgid" },
	{ "fr", BACK "msgstr \"\"\n",
	  BACK "msgstr \"Retour\"\nmsgctxt \"b\"\nmsgid \"B\"\nmsgstr \"C\"\n",
	  "unknown fr.po:7: b: English has no such key; mend the key or take "
	  "the entry out" },
	/* Left in English. */
	{ "fr", BACK "msgstr \"\"\n", BACK "msgstr \"Go back\"\n",
	  "english fr.po:4: a: left in English; translate it, or write "
	  "\"#, foyer-same\" above it" },
	{ "fr", "#. same\n" BACK "msgstr \"\"\n", BACK "msgstr \"Go back\"\n",
	  "" },
	{ "fr", BACK "msgstr \"\"\n", "# same\n" BACK "msgstr \"Go back\"\n",
	  "" },
	{ "fr", BACK "msgstr \"\"\n",
	  "#, foyer-same\n" BACK "msgstr \"Go back\"\n", "" },
	{ "fr", BACK "msgstr \"\"\n",
	  "#. About it.\n#, foyer-same\r\n" BACK "msgstr \"Go back\"\n", "" },
	{ "fr", BACK "msgstr \"\"\n",
	  "#, foyer-samely\n" BACK "msgstr \"Go back\"\n",
	  "english fr.po:5: a: left in English; translate it, or write "
	  "\"#, foyer-same\" above it" },
	{ "fr", BACK "msgstr \"\"\n",
	  "# same as before\n" BACK "msgstr \"Go back\"\n",
	  "english fr.po:5: a: left in English; translate it, or write "
	  "\"#, foyer-same\" above it" },
	{ "fr", "msgctxt \"a\"\nmsgid \"SMS\"\nmsgstr \"\"\n",
	  "msgctxt \"a\"\nmsgid \"SMS\"\nmsgstr \"SMS\"\n", "" },
	{ "fr", "msgctxt \"a\"\nmsgid \"{number}\"\nmsgstr \"\"\n",
	  "msgctxt \"a\"\nmsgid \"{number}\"\nmsgstr \"{number}\"\n", "" },
	{ "en", BACK "msgstr \"\"\n", BACK "msgstr \"\"\n", "" },
	/* An agency's own English wording is no gap anywhere. */
	{ "fr", BACK "msgstr \"Return\"\n", BACK "msgstr \"Retour\"\n", "" },
	/* Letters. */
	{ "fr", BACK "msgstr \"\"\n", BACK "msgstr \"Arrie\u0300re\"\n",
	  "uncomposed fr.po:4: a: letters and their marks are not composed "
	  "(NFC); save the file in Unicode normal form C" },
	{ "uk", BACK "msgstr \"\"\n", BACK "msgstr \"Назад, iди\"\n",
	  "script uk.po:4: a: \"iди\" has letters that this language is not "
	  "written in; write it in its own, or \"#, foyer-same\" above the "
	  "entry" },
	{ "uk", BACK "msgstr \"\"\n",
	  "#, foyer-same\n" BACK "msgstr \"Назад, iди\"\n", "" },
	{ "uk", BACK "msgstr \"\"\n", BACK "msgstr \"Go назад\"\n",
	  "script uk.po:4: a: \"Go\" has letters that this language is not "
	  "written in; write it in its own, or \"#, foyer-same\" above the "
	  "entry" },
	{ "uk", SMS "msgstr \"\"\n",
	  SMS "msgstr \"Ontario Works пише SMS і {name}\"\n", "" },
	{ "fr", BACK "msgstr \"\"\n", BACK "msgstr \"Retоur\"\n",
	  "script fr.po:4: a: \"Retоur\" has letters that this language is "
	  "not written in; write it in its own, or \"#, foyer-same\" above "
	  "the entry" },
	{ "hi", BACK "msgstr \"\"\n", BACK "msgstr \"पीछे जाएँ।\"\n", "" },
	{ "fa-IR", BACK "msgstr \"\"\n", BACK "msgstr \"می‌روم؟\"\n",
	  "" },
	{ "zh-Hant", BACK "msgstr \"\"\n", BACK "msgstr \"返回（一）\"\n", "" },
	{ "ko", BACK "msgstr \"\"\n", BACK "msgstr \"뒤로 後\"\n", "" },
	/* Arguments. */
	{ "fr", HELLO "msgstr \"\"\n", HELLO "msgstr \"Bonjour {name}\"\n",
	  "" },
	{ "fr", HELLO "msgstr \"\"\n", HELLO "msgstr \"Bonjour\"\n",
	  "placeholder fr.po:4: a: {name} is lost; put it where the sentence "
	  "wants it" },
	{ "fr", HELLO "msgstr \"\"\n",
	  HELLO "msgstr \"Bonjour {nom} {nom} {name}\"\n",
	  "placeholder fr.po:4: a: the English has no {nom}; take it out" },
	{ "fr", HELLO "msgstr \"\"\n", HELLO "msgstr \"Bonjour '{name}'\"\n",
	  "placeholder fr.po:4: a: {name} is lost; put it where the sentence "
	  "wants it" },
	/* Plural forms of the language. */
	{ "fr", DAYS "msgstr \"\"\n",
	  DAYS "msgstr \"{n, plural, one {# jour} other {# jours}}\"\n", "" },
	{ "ar", DAYS "msgstr \"\"\n",
	  DAYS "msgstr \"{n, plural, zero {ي} one {ي} two {ي} few {# ي} many "
	       "{# ي} other {# ي}}\"\n",
	  "" },
	{ "ar", DAYS "msgstr \"\"\n",
	  DAYS "msgstr \"{n, plural, =0 {ي} one {ي} two {ي} other {# ي}}\"\n",
	  "plural ar.po:4: a: the plural of {n} lacks its form few {...}, "
	  "which this language has\n"
	  "plural ar.po:4: a: the plural of {n} lacks its form many {...}, "
	  "which this language has" },
	{ "ru", DAYS "msgstr \"\"\n",
	  DAYS "msgstr \"{n, plural, one {# д} few {# д} many {# д} other {# "
	       "д}}\"\n",
	  "" },
	{ "zh-Hans", DAYS "msgstr \"\"\n",
	  DAYS "msgstr \"{n, plural, other {# 天}}\"\n", "" },
	{ "en", DAYS "msgstr \"\"\n",
	  DAYS "msgstr \"{n, plural, other {# days}}\"\n",
	  "plural en.po:4: a: the plural of {n} lacks its form one {...}, "
	  "which this language has" },
	{ "en", DAYS "msgstr \"\"\n",
	  DAYS "msgstr \"{n, plural, =1 {a day} other {# days}}\"\n", "" },
	{ "en", DAYS "msgstr \"\"\n",
	  DAYS "msgstr \"{n, plural, offset:1 =0{}=1{} one {#} other {#}}\"\n",
	  "" },
	{ "en", "msgctxt \"a\"\nmsgid \"{n}\"\nmsgstr \"\"\n",
	  "msgctxt \"a\"\nmsgid \"{n}\"\nmsgstr \"{n, selectordinal, one "
	  "{#st} two {#nd} other {#th}}\"\n",
	  "plural en.po:4: a: the plural of {n} lacks its form few {...}, "
	  "which this language has" },
};

struct found {
	char text[1000];
	const char *folder;
	size_t count;
};

static void note(void *to, enum catalogue_gap gap, const char *key,
		 const char *line)
{
	struct found *found = to;
	size_t skipped = strlen(found->folder) + 1;

	assert_non_null(key);
	assert_memory_equal(line, found->folder, skipped - 1);
	snprintf(found->text + strlen(found->text),
		 sizeof found->text - strlen(found->text), "%s%s %s",
		 found->count++ ? "\n" : "", kinds[gap], line + skipped);
}

static struct catalogue *catalogue_of(const char *folder, const char *language,
				      const char *name, const char *entries)
{
	struct catalogue *catalogue = catalogue_new(language);
	SCOPED(char_freep) char *po = xasprintf("%s%s", HEADER, entries);
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);

	assert_int_equal(file_write(path, po, strlen(po), 0600), FAULT_NONE);
	assert_int_equal(catalogue_add(catalogue, path), FAULT_NONE);
	return catalogue;
}

static void each_gap_of_a_translation_is_told_with_its_mend(void **state)
{
	char *folder = folder_new();

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct sample *sample = &samples[i];
		struct found found = { .folder = folder };
		char *name = xasprintf("%s.po", sample->language);
		struct catalogue *english =
		    catalogue_of(folder, "en", "en.po", sample->english);
		struct catalogue *translation = catalogue_of(
		    folder, sample->language, name, sample->translation);
		size_t gaps =
		    catalogue_check(english, translation, NULL, note, &found);

		assert_string_equal(found.text, sample->gaps);
		assert_int_equal(gaps, found.count);
		catalogue_free(english);
		catalogue_free(translation);
		free(name);
	}
	folder_remove(folder);
	free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_gap_of_a_translation_is_told_with_its_mend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
