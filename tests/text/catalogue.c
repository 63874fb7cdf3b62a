#include "text/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/test.h"

#define HEADER                                             \
	"msgid \"\"\nmsgstr \"\"\n"                        \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n" \
	"\"X-Foyer-Status: draft\\n\"\n"
#define REVIEWED                                           \
	"msgid \"\"\nmsgstr \"\"\n"                        \
	"\"Language: fr_CA\\n\"\n"                         \
	"\"Content-Type: text/plain; charset=utf-8\\n\"\n" \
	"\"X-Foyer-Status: reviewed\\n\"\n"
#define ENTRY(key, english, translation)                                      \
	"\nmsgctxt \"" key "\"\nmsgid \"" english "\"\nmsgstr \"" translation \
	"\"\n"

/* The header has four lines, so the first entry's key is in line 6. */

struct scene {
	char *folder, *path;
	struct catalogue *catalogue;
};

static int begin(void **state)
{
	struct scene *scene = xcalloc(1, sizeof *scene);

	scene->folder = folder_new();
	scene->path = xasprintf("%s/kiosk.fr.po", scene->folder);
	scene->catalogue = catalogue_new("fr");
	logged_start();
	*state = scene;
	return 0;
}

static int end(void **state)
{
	struct scene *scene = *state;

	logged_stop();
	folder_remove(scene->folder);
	catalogue_free(scene->catalogue);
	free(scene->folder);
	free(scene->path);
	free(scene);
	return 0;
}

static enum fault add_bytes(struct scene *scene, const char *po, size_t length)
{
	assert_int_equal(file_write(scene->path, po, length, 0600), FAULT_NONE);
	return catalogue_add(scene->catalogue, scene->path);
}

static enum fault add(struct scene *scene, const char *po)
{
	return add_bytes(scene, po, strlen(po));
}

static void a_word_is_found_by_its_key(void **state)
{
	struct scene *scene = *state;
	char *word;

	assert_int_equal(add(scene, HEADER ENTRY("kiosk.back", "Back", "Retour")
					ENTRY("kiosk.next", "Next", "Suivant")),
			 FAULT_NONE);
	assert_string_equal(catalogue_pattern(scene->catalogue, "kiosk.next"),
			    "Suivant");
	word = catalogue_word(scene->catalogue, "kiosk.back");
	assert_string_equal(word, "Retour");
	free(word);
	assert_string_equal(catalogue_language(scene->catalogue), "fr");
	assert_string_equal(logged(), "");
}

static void a_gap_shows_as_its_key(void **state)
{
	struct scene *scene = *state;
	char *word = catalogue_word(scene->catalogue, "kiosk.back");

	assert_string_equal(word, "<kiosk.back>");
	free(word);
	assert_int_equal(
	    add(scene, HEADER ENTRY("a", "Back",
				    "") "\n#, fuzzy\nmsgctxt \"b\"\nmsgid "
					"\"Next\"\nmsgstr \"Pro\"\n"
					"\n#~ msgctxt \"c\"\n#~ msgid "
					"\"Old\"\n#~ msgstr \"Vieux\"\n"),
	    FAULT_NONE);
	assert_null(catalogue_pattern(scene->catalogue, "a"));
	assert_null(catalogue_pattern(scene->catalogue, "b"));
	assert_null(catalogue_pattern(scene->catalogue, "c"));
}

static void english_needs_no_translation(void **state)
{
	struct scene *scene = *state;
	struct catalogue *english = catalogue_new("en-CA");

	assert_int_equal(file_write(scene->path,
				    HEADER ENTRY("a", "Back", "")
					ENTRY("b", "Next", "Next"),
				    strlen(HEADER ENTRY("a", "Back", "")
					       ENTRY("b", "Next", "Next")),
				    0600),
			 FAULT_NONE);
	assert_int_equal(catalogue_add(english, scene->path), FAULT_NONE);
	assert_string_equal(catalogue_pattern(english, "a"), "Back");
	assert_string_equal(catalogue_pattern(english, "b"), "Next");
	catalogue_free(english);
}

static void a_later_file_replaces_an_earlier_word(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(add(scene, REVIEWED ENTRY("a", "Back", "Retour")),
			 FAULT_NONE);
	assert_int_equal(catalogue_status(scene->catalogue),
			 CATALOGUE_REVIEWED);
	assert_int_equal(add(scene, HEADER ENTRY("a", "Back", "Arrière")
					ENTRY("b", "Next", "Suivant")),
			 FAULT_NONE);
	assert_string_equal(catalogue_pattern(scene->catalogue, "a"),
			    "Arrière");
	assert_int_equal(catalogue_status(scene->catalogue), CATALOGUE_DRAFT);
}

static void nothing_is_reviewed_before_a_file_says_so(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(catalogue_status(scene->catalogue), CATALOGUE_DRAFT);
}

static void hundreds_of_keys_are_told_apart(void **state)
{
	struct scene *scene = *state;
	struct bytes po = { 0 };

	bytes_add_text(&po, HEADER);
	for (int i = 0; i < 700; i++)
		bytes_add_format(&po, ENTRY("k.%d", "E %d", "F %d"), i, i, i);
	assert_int_equal(add(scene, (char *)po.data), FAULT_NONE);
	bytes_done(&po);
	for (int i = 0; i < 700; i++) {
		char *key = xasprintf("k.%d", i), *text = xasprintf("F %d", i);

		assert_string_equal(catalogue_pattern(scene->catalogue, key),
				    text);
		free(key);
		free(text);
	}
	assert_null(catalogue_pattern(scene->catalogue, "k.700"));
}

struct walk {
	char text[200];
};

static void note(void *to, const char *key, const char *english,
		 const char *translation)
{
	struct walk *walk = to;

	snprintf(walk->text + strlen(walk->text),
		 sizeof walk->text - strlen(walk->text), "%s|%s|%s\n", key,
		 english, translation);
}

static void a_walk_meets_every_entry_in_file_order(void **state)
{
	struct scene *scene = *state;
	struct walk walk = { "" };

	assert_int_equal(add(scene, HEADER ENTRY("z", "Back", "Retour")
					ENTRY("a", "Next", "")),
			 FAULT_NONE);
	catalogue_each(scene->catalogue, note, &walk);
	assert_string_equal(walk.text, "z|Back|Retour\na|Next|\n");
}

static void
a_broken_file_is_named_with_its_line_and_changes_nothing(void **state)
{
	static const struct {
		const char *po;
		const char *logged; /* part of it, with the path left out */
	} broken[] = {
		{ HEADER "\nmsgctxt \"a\"\nmsgid \"Back\nmsgstr \"x\"\n",
		  "kiosk.fr.po:8: end-of-line within string" },
		{ HEADER "\nmsgctxt \"a\"\nmsgid \"Back\"\n",
		  "kiosk.fr.po:7: missing 'msgstr' section" },
		{ HEADER ENTRY("a", "x", "y") "Hello there\n",
		  "kiosk.fr.po:9: " },
		{ HEADER "\nmsgid \"Back\"\nmsgstr \"Retour\"\n",
		  "the entry \"Back\": no key; write msgctxt" },
		{ HEADER ENTRY("a b", "Back", "Retour"),
		  "kiosk.fr.po:6: a b: a key holds no blanks" },
		{ HEADER ENTRY("a", "One", "Un") ENTRY("a", "Two", "Deux"),
		  "lines 6 and 10: the key a twice; take one out" },
		{ HEADER ENTRY("a", "One", "Un") ENTRY("a", "One", "Deux"),
		  "lines 6 and 10: the key a twice; take one out" },
		{ HEADER ENTRY("a", "x", "Bonjour {name"),
		  "kiosk.fr.po:6: a: a `}` is missing" },
		{ HEADER ENTRY("a", "x", "{n, plural, one {x}}"),
		  "kiosk.fr.po:6: a: a plural or select lacks its `other" },
		{ HEADER "\nmsgctxt \"a\"\nmsgid \"x\"\nmsgid_plural \"xs\"\n"
			 "msgstr[0] \"y\"\nmsgstr[1] \"z\"\n",
		  "kiosk.fr.po:6: a: msgid_plural is not read" },
		{ "msgctxt \"a\"\nmsgid \"x\"\nmsgstr \"y\"\n",
		  "its header does not say UTF-8" },
		{ "", "its header does not say UTF-8" },
		{ "msgid \"\"\nmsgstr \"\"\n"
		  "\"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n",
		  "its header does not say UTF-8" },
		{ "msgid \"\"\nmsgstr \"\"\n\"Language: ar\\n\"\n"
		  "\"Content-Type: text/plain; charset=UTF-8\\n\"\n",
		  "its header says \"Language: ar\", and it was read as fr" },
		{ "msgid \"\"\nmsgstr \"\"\n\"X-Foyer-Status: done\\n\"\n"
		  "\"Content-Type: text/plain; charset=UTF-8\\n\"\n",
		  "X-Foyer-Status is \"done\"; write draft or reviewed" },
		{ "msgid \"\"\nmsgstr \"\"\n\"X-Foyer-Status: source\\n\"\n"
		  "\"Content-Type: text/plain; charset=UTF-8\\n\"\n",
		  "X-Foyer-Status is \"source\"; write draft or reviewed" },
		{ HEADER ENTRY("a", "x", "\xff\xfe"),
		  "kiosk.fr.po:8: not UTF-8; save the file as UTF-8" },
	};
	struct scene *scene = *state;

	assert_int_equal(add(scene, REVIEWED ENTRY("a", "Back", "Retour")),
			 FAULT_NONE);
	for (size_t i = 0; i < COUNT(broken); i++) {
		logged_start();
		assert_int_equal(add(scene, broken[i].po), FAULT_FORMAT);
		if (!strstr(logged(), broken[i].logged))
			fail_msg("\"%s\" in \"%s\"", broken[i].logged,
				 logged());
		assert_non_null(strstr(logged(), scene->path));
		assert_string_equal(catalogue_pattern(scene->catalogue, "a"),
				    "Retour");
		assert_int_equal(catalogue_status(scene->catalogue),
				 CATALOGUE_REVIEWED);
	}
}

static void a_file_full_of_errors_is_told_in_a_few_lines(void **state)
{
	struct scene *scene = *state;
	struct bytes po = { 0 };
	size_t lines = 0;

	bytes_add_text(&po, HEADER);
	for (int i = 0; i < 1000; i++)
		bytes_add_text(&po, "what is this\n");
	assert_int_equal(add(scene, (char *)po.data), FAULT_FORMAT);
	for (const char *at = logged(); (at = strchr(at, '\n')); at++)
		lines++;
	assert_int_equal(lines, 6);
	assert_non_null(strstr(logged(), "more like these"));
	bytes_done(&po);
}

static void what_is_no_file_or_too_large_is_refused_unread(void **state)
{
	struct scene *scene = *state;
	char *large = xcalloc(CATALOGUE_LIMIT + 2, 1);

	assert_int_equal(catalogue_add(scene->catalogue, scene->path),
			 FAULT_SYSTEM);
	assert_non_null(strstr(logged(), "No such file"));
	assert_int_equal(catalogue_add(scene->catalogue, scene->folder),
			 FAULT_SYSTEM);
	memset(large, '#', CATALOGUE_LIMIT + 1);
	assert_int_equal(add(scene, large), FAULT_LIMIT);
	free(large);
}

static void names_numbers_plurals_and_selects_are_put_in(void **state)
{
	struct scene *scene = *state;
	struct catalogue_argument arguments[] = {
		{ .name = "number", .text = "K7-0412" },
		{ .name = "count", .number = 2 },
	};
	char *said;

	assert_int_equal(
	    add(scene,
		HEADER ENTRY("a", "x",
			     "Numéro {number}\xc2\xa0: {count, plural, one {# "
			     "personne} other {# personnes}}")),
	    FAULT_NONE);
	said =
	    catalogue_say(scene->catalogue, "a", arguments, COUNT(arguments));
	assert_string_equal(said, "Numéro K7-0412\u00a0: 2 personnes");
	free(said);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

static void add_file(const struct scene *scene, const char *name,
		     const char *entries)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/%s", scene->folder, name);
	SCOPED(char_freep) char *po = xasprintf("%s%s", HEADER, entries);

	assert_int_equal(file_write(path, po, strlen(po), 0600), FAULT_NONE);
}

static void a_family_of_domains_is_one_catalogue(void **state)
{
	struct scene *scene = *state;
	const struct catalogue *words = scene->catalogue;

	add_file(scene, "desk.fr.po", ENTRY("desk.a", "a", "un"));
	add_file(scene, "desk.lists.fr.po", ENTRY("list.b", "b", "deux"));
	add_file(scene, "desk.lists.en.po", ENTRY("list.c", "c", "trois"));
	add_file(scene, "desktop.fr.po", ENTRY("desktop.d", "d", "quatre"));
	assert_int_equal(
	    catalogue_add_family(scene->catalogue, scene->folder, "desk"),
	    FAULT_NONE);
	assert_string_equal(catalogue_pattern(words, "desk.a"), "un");
	assert_string_equal(catalogue_pattern(words, "list.b"), "deux");
	assert_null(catalogue_pattern(words, "list.c"));
	assert_null(catalogue_pattern(words, "desktop.d"));
}

static void a_family_that_is_not_there_is_missed(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(
	    catalogue_add_family(scene->catalogue, scene->folder, "desk"),
	    FAULT_SYSTEM);
	assert_non_null(strstr(logged(), "desk.fr.po is missing"));
	add_file(scene, "desk.fr.po", ENTRY("desk.a", "a", "{"));
	assert_int_equal(
	    catalogue_add_family(scene->catalogue, scene->folder, "desk"),
	    FAULT_FORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_word_is_found_by_its_key),
		TEST(a_gap_shows_as_its_key),
		TEST(english_needs_no_translation),
		TEST(a_later_file_replaces_an_earlier_word),
		TEST(nothing_is_reviewed_before_a_file_says_so),
		TEST(hundreds_of_keys_are_told_apart),
		TEST(a_walk_meets_every_entry_in_file_order),
		TEST(a_broken_file_is_named_with_its_line_and_changes_nothing),
		TEST(a_file_full_of_errors_is_told_in_a_few_lines),
		TEST(what_is_no_file_or_too_large_is_refused_unread),
		TEST(names_numbers_plurals_and_selects_are_put_in),
		TEST(a_family_of_domains_is_one_catalogue),
		TEST(a_family_that_is_not_there_is_missed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
