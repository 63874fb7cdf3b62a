#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/test.h"
#include "text/cells.h"
#include "text/completeness.h"
#include "text/language.h"

/*
 * Every file below translations/ against the English of its domain: a language
 * is complete or it is not offered.
 */

/* What a visitor meets; a language has all of these or none. */
static const char *const lobby[] = { "kiosk", "ticket", "intake" };

static char *po_path(const char *domain, const char *tag)
{
	const char *source = getenv("FOYER_SOURCE");

	return xasprintf("%s/translations/%s.%s.po", source ? source : ".",
			 domain, tag);
}

struct file {
	char *path, *domain, *tag;
};

/* DOMAIN.TAG.po, where a domain may have parts: desk.lists.fr.po. */
static struct file file_of(const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	const char *end = strrchr(name, '.');
	const char *dot = end;

	while (dot > name && *--dot != '.')
		continue;
	assert_true(dot > name);
	return (struct file){
		.path = xstrdup(path),
		.domain = xstrndup(name, (size_t)(dot - name)),
		.tag = xstrndup(dot + 1, (size_t)(end - dot - 1)),
	};
}

static void each_file(void (*visit)(const struct file *file))
{
	SCOPED(char_freep) char *pattern = po_path("*", "*");
	glob_t found;
	int outcome = glob(pattern, 0, NULL, &found);

	assert_true(outcome == 0 || outcome == GLOB_NOMATCH);
	for (size_t i = 0; outcome == 0 && i < found.gl_pathc; i++) {
		struct file file = file_of(found.gl_pathv[i]);

		visit(&file);
		free(file.path);
		free(file.domain);
		free(file.tag);
	}
	if (outcome == 0)
		globfree(&found);
}

static struct catalogue *catalogue_at(const char *path, const char *tag)
{
	struct catalogue *catalogue = catalogue_new(tag);

	if (catalogue_add(catalogue, path) != FAULT_NONE)
		fail_msg("%s cannot be read", path);
	return catalogue;
}

static void tell(void *to, enum catalogue_gap gap, const char *key,
		 const char *line)
{
	(void)to;
	(void)gap;
	(void)key;
	print_error("%s\n", line);
}

static void check_against_english(const struct file *file)
{
	SCOPED(char_freep) char *path = po_path(file->domain, "en");
	const struct language *language = language_find(file->tag);
	struct catalogue *english, *translation;

	if (!language || strcmp(language->tag, file->tag) != 0)
		fail_msg("%s: no language of that tag is known", file->path);
	if (!file_exists(path))
		fail_msg("%s: there is no %s to hold it against", file->path,
			 path);
	english = catalogue_at(path, "en");
	translation = catalogue_at(file->path, file->tag);
	assert_int_equal(
	    catalogue_check(english, translation, NULL, tell, NULL), 0);
	catalogue_free(english);
	catalogue_free(translation);
}

static void every_translation_is_complete(void **state)
{
	(void)state;
	each_file(check_against_english);
}

static void check_its_sisters(const struct file *file)
{
	bool is_lobby = false;

	for (size_t i = 0; i < COUNT(lobby); i++)
		is_lobby |= strcmp(file->domain, lobby[i]) == 0;
	for (size_t i = 0; is_lobby && i < COUNT(lobby); i++) {
		SCOPED(char_freep) char *english = po_path(lobby[i], "en");
		SCOPED(char_freep) char *sister = po_path(lobby[i], file->tag);

		if (file_exists(english) && !file_exists(sister))
			fail_msg("%s: a visitor would miss %s", file->path,
				 sister);
	}
}

static void a_language_of_the_lobby_has_every_domain_of_it(void **state)
{
	(void)state;
	each_file(check_its_sisters);
}

static bool cells_draw(UChar32 point)
{
	static const UScriptCode drawn[] = {
		USCRIPT_COMMON, USCRIPT_INHERITED, USCRIPT_LATIN,
		USCRIPT_GREEK,  USCRIPT_CYRILLIC,  USCRIPT_HAN,
		USCRIPT_HANGUL, USCRIPT_ARABIC,
	};
	UErrorCode error = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript(point, &error);

	if (u_charType(point) == U_COMBINING_SPACING_MARK)
		return false;
	for (size_t i = 0; i < COUNT(drawn); i++) {
		if (script == drawn[i])
			return true;
	}
	return false;
}

/* After the joiner no letter that should join may be left. */
static bool is_unjoined(UChar32 point)
{
	int joining = u_getIntPropertyValue(point, UCHAR_JOINING_TYPE);

	return joining == U_JT_DUAL_JOINING || joining == U_JT_RIGHT_JOINING;
}

static void check_cells(void *to, const char *key, const char *english,
			const char *translation)
{
	SCOPED(char_freep) char *joined = text_joined(translation);
	int32_t length = (int32_t)strlen(joined);

	(void)english;
	for (int32_t at = 0; at < length;) {
		UChar32 point;

		U8_NEXT_OR_FFFD((const uint8_t *)joined, at, length, point);
		if (!cells_draw(point) || is_unjoined(point))
			fail_msg("%s: %s: cells cannot draw U+%04X",
				 (const char *)to, key, point);
	}
}

static void check_drawing(const struct file *file)
{
	struct catalogue *catalogue;

	if (language_find(file->tag)->drawing == LANGUAGE_PLATES)
		return;
	catalogue = catalogue_at(file->path, file->tag);
	catalogue_each(catalogue, check_cells, file->path);
	catalogue_free(catalogue);
}

static void what_goes_to_cells_can_be_drawn_by_them(void **state)
{
	(void)state;
	each_file(check_drawing);
}

/* --- no word is translated for nothing ------------------------------------ */

/* All sources, one behind the other. */
static char *sources(void)
{
	const char *source = getenv("FOYER_SOURCE");
	SCOPED(char_freep)
	char *pattern = xasprintf("%s/src/*/*.c", source ? source : ".");
	struct bytes all = { 0 };
	glob_t found;

	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		assert_int_equal(file_read(found.gl_pathv[i], 1 << 20, &all),
				 FAULT_NONE);
	globfree(&found);
	return bytes_take_text(&all);
}

/* Whether a source makes such keys of names: "code.%s.%s", "desk.path_%s". */
static bool is_made(const char *key, const char *sources_text)
{
	for (size_t i = 0; key[i]; i++) {
		SCOPED(char_freep) char *pattern = NULL;

		if (!strchr("._", key[i]))
			continue;
		pattern = xasprintf("\"%.*s%%s", (int)i + 1, key);
		if (strstr(sources_text, pattern))
			return true;
	}
	return false;
}

static void is_in_a_source(void *to, const char *key, const char *english,
			   const char *translation)
{
	SCOPED(char_freep) char *quoted = xasprintf("\"%s\"", key);

	(void)english;
	(void)translation;
	if (!strstr(to, quoted) && !is_made(key, to))
		fail_msg("no source says %s; take it out of translations/",
			 key);
}

/* The English of kiosk, ticket, card, doctor, staff, and desk with all its
 * parts. */
static bool is_of_a_program(const struct file *file)
{
	return strcmp(file->tag, "en") == 0 &&
	       (strcmp(file->domain, "kiosk") == 0 ||
		strcmp(file->domain, "ticket") == 0 ||
		strcmp(file->domain, "card") == 0 ||
		strcmp(file->domain, "doctor") == 0 ||
		strcmp(file->domain, "paper") == 0 ||
		strcmp(file->domain, "staff") == 0 ||
		strncmp(file->domain, "desk", 4) == 0);
}

static void check_that_all_is_said(const struct file *file)
{
	SCOPED(char_freep) char *all = NULL;
	SCOPED(catalogue_freep) struct catalogue *words = NULL;

	if (!is_of_a_program(file))
		return;
	all = sources();
	words = catalogue_at(file->path, "en");
	catalogue_each(words, is_in_a_source, all);
}

static void every_word_of_the_programs_is_said_somewhere(void **state)
{
	(void)state;
	each_file(check_that_all_is_said);
}

/* The parts are loaded into one catalogue, where a second entry of a key would
 * silently take the place of the first. */
static void is_new(void *to, const char *key, const char *english,
		   const char *translation)
{
	(void)english;
	(void)translation;
	if (catalogue_pattern(to, key))
		fail_msg("%s stands in two files of the desk", key);
}

static struct catalogue *desk_words; /* of its files up to this one */

static void check_that_all_is_new(const struct file *file)
{
	SCOPED(catalogue_freep) struct catalogue *words = NULL;

	if (!is_of_a_program(file) || file->domain[0] != 'd')
		return;
	words = catalogue_at(file->path, "en");
	catalogue_each(words, is_new, desk_words);
	assert_int_equal(catalogue_add(desk_words, file->path), FAULT_NONE);
}

static void no_word_of_the_desk_stands_in_two_files(void **state)
{
	(void)state;
	desk_words = catalogue_new("en");
	each_file(check_that_all_is_new);
	catalogue_free(desk_words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_translation_is_complete),
		cmocka_unit_test(every_word_of_the_programs_is_said_somewhere),
		cmocka_unit_test(no_word_of_the_desk_stands_in_two_files),
		cmocka_unit_test(
		    a_language_of_the_lobby_has_every_domain_of_it),
		cmocka_unit_test(what_goes_to_cells_can_be_drawn_by_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
