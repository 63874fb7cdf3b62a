#include "text/lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <utime.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/test.h"
#include "text/stamp.h"

/* Two small folders: what ships, and what an agency dropped. */
struct place {
	char *folder, *shipped, *dropped;
};

#define HEADER(language)            \
	"msgid \"\"\nmsgstr \"\"\n" \
	"\"Language: " language     \
	"\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
#define REVIEWED "\"X-Foyer-Status: reviewed\\n\"\n"
#define BACK(said) \
	"\nmsgctxt \"kiosk.back\"\nmsgid \"Back\"\nmsgstr \"" said "\"\n"
#define SHOW(said)                                                            \
	"\nmsgctxt \"ticket.show\"\nmsgid \"Show this\"\nmsgstr \"" said "\"" \
	"\n"
#define NAME(said)                                                  \
	"\nmsgctxt \"intake:/data/N:label\"\nmsgid \"Your name\"\n" \
	"msgstr \"" said "\"\n"

static void put(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static struct place place_new(void)
{
	struct place place = { .folder = folder_new() };

	place.shipped = folder_file(place.folder, "shipped");
	place.dropped = folder_file(place.folder, "dropped");
	assert_int_equal(folder_make(place.shipped), FAULT_NONE);
	assert_int_equal(folder_make(place.dropped), FAULT_NONE);
	put(place.shipped, "kiosk.en.po", HEADER("en") BACK(""));
	put(place.shipped, "ticket.en.po", HEADER("en") SHOW(""));
	put(place.shipped, "intake.en.po", HEADER("en") NAME(""));
	put(place.shipped, "kiosk.fr.po", HEADER("fr") BACK("Retour"));
	put(place.shipped, "ticket.fr.po", HEADER("fr") SHOW("Montrez-le"));
	put(place.shipped, "intake.fr.po", HEADER("fr") NAME("Votre nom"));
	logged_start();
	return place;
}

static void place_done(struct place *place)
{
	logged_stop();
	folder_remove(place->folder);
	free(place->folder);
	free(place->shipped);
	free(place->dropped);
}

static struct lexicon_options options_of(const struct place *place)
{
	return (struct lexicon_options){
		.shipped = place->shipped,
		.dropped = place->dropped,
		.form = "intake",
		.drafts = "fr, xog",
		.believe = true,
	};
}

static struct lexicon *opened(const struct place *place)
{
	struct lexicon_options options = options_of(place);
	struct lexicon *lexicon = NULL;

	assert_int_equal(lexicon_open(&options, &lexicon), FAULT_NONE);
	return lexicon;
}

static size_t index_of(const struct lexicon *lexicon, const char *tag)
{
	for (size_t i = 0; i < lexicon_count(lexicon); i++) {
		if (lexicon_at(lexicon, i)->language == language_find(tag))
			return i;
	}
	fail_msg("%s is not there", tag);
	return 0;
}

static const struct lexicon_language *about(const struct lexicon *lexicon,
					    const char *tag)
{
	return lexicon_at(lexicon, index_of(lexicon, tag));
}

static void expect_word(struct lexicon *lexicon, const char *tag,
			const char *key, const char *said)
{
	const struct catalogue *words =
	    lexicon_words(lexicon, index_of(lexicon, tag));
	SCOPED(char_freep) char *word = NULL;

	assert_non_null(words);
	word = catalogue_word(words, key);
	assert_string_equal(word, said);
}

static void expect_logged(const char *words)
{
	if (!strstr(logged(), words))
		fail_msg("\"%s\" is not in: %s", words, logged());
}

static void complete_languages_are_offered_and_drafts_by_name(void **state)
{
	struct place place = place_new();
	struct lexicon_options options = options_of(&place);
	SCOPED(lexicon_freep) struct lexicon *lexicon = opened(&place);
	SCOPED(lexicon_freep) struct lexicon *other = NULL;

	(void)state;
	assert_int_equal(lexicon_count(lexicon), LANGUAGES);
	assert_int_equal(lexicon_strings(lexicon), 3);
	assert_int_equal(about(lexicon, "en")->status, LEXICON_SOURCE);
	assert_true(about(lexicon, "en")->offered);
	assert_int_equal(about(lexicon, "fr")->status, LEXICON_DRAFT);
	assert_true(lexicon_complete(about(lexicon, "fr")));
	assert_true(about(lexicon, "fr")->offered);
	assert_int_equal(about(lexicon, "ar")->status, LEXICON_NONE);
	assert_int_equal(about(lexicon, "ar")->missing, 3);
	assert_false(about(lexicon, "ar")->offered);
	expect_word(lexicon, "fr", "kiosk.back", "Retour");
	expect_logged("drafts names \"xog\", which is no language here");
	/* All of them, or a tag within another, name nobody. */
	options.drafts = "all afr frx";
	assert_int_equal(lexicon_open(&options, &other), FAULT_NONE);
	assert_false(about(other, "fr")->offered);
	expect_logged("fr is a draft and not offered");
	place_done(&place);
}

static void what_lacks_a_word_or_a_file_is_not_offered(void **state)
{
	struct place place = place_new();

	(void)state;
	put(place.shipped, "ticket.fr.po", HEADER("fr") SHOW(""));
	put(place.shipped, "kiosk.ar.po", HEADER("ar") REVIEWED BACK("رجوع"));
	SCOPED(lexicon_freep) struct lexicon *lexicon = opened(&place);

	assert_int_equal(about(lexicon, "fr")->missing, 1);
	assert_false(about(lexicon, "fr")->offered);
	assert_int_equal(about(lexicon, "ar")->missing, 2);
	assert_false(about(lexicon, "ar")->offered);
	assert_true(about(lexicon, "en")->offered);
	expect_logged("fr is not complete and not offered");
	expect_logged("ticket.show: not translated; fill in its msgstr");
	place_done(&place);
}

static void a_dropped_file_mends_single_words(void **state)
{
	struct place place = place_new();

	(void)state;
	put(place.dropped, "fr.po", HEADER("fr") BACK("En arrière"));
	put(place.dropped, "en.po", HEADER("en") BACK("Go back"));
	put(place.dropped, "notes.txt", "no words");
	SCOPED(lexicon_freep) struct lexicon *lexicon = opened(&place);

	assert_true(about(lexicon, "fr")->offered);
	assert_true(about(lexicon, "fr")->dropped);
	expect_word(lexicon, "fr", "kiosk.back", "En arrière");
	expect_word(lexicon, "fr", "ticket.show", "Montrez-le");
	expect_word(lexicon, "en", "kiosk.back", "Go back");
	expect_word(lexicon, "en", "ticket.show", "Show this");
	place_done(&place);
}

static void a_dropped_file_brings_a_language_nobody_knew(void **state)
{
	struct place place = place_new();

	(void)state;
	put(place.dropped, "xog.po",
	    HEADER("xog-Latn") "\"X-Foyer-Name: Olusoga\\n\"\n" BACK("Okuira")
		SHOW("Kilage") NAME("Eriina"));
	SCOPED(lexicon_freep) struct lexicon *lexicon = opened(&place);

	assert_int_equal(lexicon_count(lexicon), LANGUAGES + 1);
	assert_string_equal(about(lexicon, "xog")->language->own_name,
			    "Olusoga");
	assert_string_equal(about(lexicon, "xog")->language->tag, "xog-Latn");
	assert_false(about(lexicon, "xog")->language->right_to_left);
	assert_true(about(lexicon, "xog")->offered);
	expect_word(lexicon, "xog", "ticket.show", "Kilage");
	place_done(&place);
}

static void a_broken_file_costs_its_own_language_alone(void **state)
{
	static const struct {
		const char *name, *text, *logged;
		bool french;
	} samples[] = {
		{ "fr.po", HEADER("fr") "msgctxt \"kiosk.back\nmsgid",
		  "fr.po:6: ", false },
		{ "fr.po", HEADER("fr") BACK("{a"),
		  "fr.po:6: kiosk.back: ", false },
		{ "fr.po", HEADER("de") BACK("Zurück"),
		  "its header says \"Language: de\", and its name fr", false },
		{ "fr.po", HEADER("fr") BACK("Un {a}"),
		  "the English has no {a}; take it out", false },
		{ "fr.po", "\xff\xfe", "fr.po:1: not UTF-8", false },
		{ "dv.po", HEADER("dv") BACK("x"),
		  "\"dv\" names no language that can be drawn", true },
		{ "en.po", HEADER("en") BACK("{"),
		  "the English stays as it ships", true },
		{ "en.po", HEADER("en") BACK("{what}"),
		  "the English stays as it ships", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct place place = place_new();
		struct lexicon *lexicon;

		put(place.dropped, samples[i].name, samples[i].text);
		put(place.dropped, "ar.po",
		    HEADER("ar") REVIEWED BACK("رجوع") SHOW("أظهر")
			NAME("اسمك"));
		lexicon = opened(&place);
		expect_logged(samples[i].logged);
		assert_int_equal(about(lexicon, "fr")->offered,
				 samples[i].french);
		assert_true(about(lexicon, "ar")->offered);
		assert_true(about(lexicon, "en")->offered);
		expect_word(lexicon, "en", "kiosk.back", "Back");
		lexicon_free(lexicon);
		place_done(&place);
	}
}

/* Makes the index, and then a file of the same length with other words, as old
 * as it was: whoever reads it, notices. */
static void stamp(const struct place *place)
{
	SCOPED(char_freep)
	char *index = folder_file(place->shipped, STAMPS_NAME);
	struct lexicon_options options = options_of(place);

	assert_int_equal(lexicon_stamp(&options, index), FAULT_NONE);
}

static void spoil(const struct place *place, const char *name, time_t ago)
{
	SCOPED(char_freep) char *path = folder_file(place->shipped, name);
	struct utimbuf times = { time(NULL) - ago, time(NULL) - ago };
	SCOPED(char_freep) char *spoilt = NULL;
	struct stat was;

	assert_int_equal(stat(path, &was), 0);
	spoilt = xcalloc((size_t)was.st_size + 1, 1);
	memset(spoilt, '?', (size_t)was.st_size);
	put(place->shipped, name, spoilt);
	assert_int_equal(utime(path, &times), 0);
}

static void what_the_build_vouches_for_is_not_read_at_start(void **state)
{
	static const char *const files[] = { "kiosk.fr.po", "ticket.fr.po",
					     "intake.fr.po" };
	struct place place = place_new();

	(void)state;
	stamp(&place);
	for (size_t i = 0; i < COUNT(files); i++)
		spoil(&place, files[i], 3600);
	SCOPED(lexicon_freep) struct lexicon *lexicon = opened(&place);

	/* Nobody has read it, so nobody knows. */
	assert_string_equal(
	    logged(),
	    "foyer.ini: [languages] drafts names \"xog\", which is no "
	    "language here; name each draft by its tag\n");
	assert_true(about(lexicon, "fr")->offered);
	assert_int_equal(about(lexicon, "fr")->status, LEXICON_DRAFT);
	/* Until it is chosen. */
	assert_null(lexicon_words(lexicon, index_of(lexicon, "fr")));
	expect_logged("the words of fr could be read when the program began");
	place_done(&place);
}

static void what_was_changed_since_the_build_is_read(void **state)
{
	struct place place = place_new();
	SCOPED(lexicon_freep) struct lexicon *lexicon = NULL;
	SCOPED(lexicon_freep) struct lexicon *again = NULL;

	(void)state;
	stamp(&place);
	/* Newer, of the same length. */
	spoil(&place, "kiosk.fr.po", -10);
	lexicon = opened(&place);
	assert_true(about(lexicon, "fr")->broken);
	assert_false(about(lexicon, "fr")->offered);
	/* Newer, and the same: only touched. */
	put(place.shipped, "kiosk.fr.po", HEADER("fr") BACK("Retour"));
	spoil(&place, "ticket.fr.po", 3600);
	again = opened(&place);
	assert_true(about(again, "fr")->offered);
	place_done(&place);
}

static void other_english_makes_every_word_of_the_build_void(void **state)
{
	struct place place = place_new();

	(void)state;
	stamp(&place);
	put(place.shipped, "kiosk.en.po",
	    "msgid \"\"\nmsgstr \"\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "msgctxt \"kiosk.back\"\nmsgid \"Turn back\"\nmsgstr \"\"\n");
	SCOPED(lexicon_freep) struct lexicon *lexicon = opened(&place);

	assert_int_equal(about(lexicon, "fr")->missing, 1);
	expect_logged("the English is \"Turn back\" now");
	place_done(&place);
}

static void an_index_that_is_none_vouches_for_nothing(void **state)
{
	static const char *const samples[] = {
		"",
		"foyer languages 2\n",
		"foyer languages 1\nkiosk.fr.po 12\n",
		"foyer languages 1\nkiosk.fr.po 12 abc draft 0\n",
		"foyer languages 1\n\xff\xfe\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct place place = place_new();
		struct lexicon *lexicon;

		put(place.shipped, STAMPS_NAME, samples[i]);
		lexicon = opened(&place);
		expect_logged("is damaged: every translation is read");
		assert_true(about(lexicon, "fr")->offered);
		lexicon_free(lexicon);
		place_done(&place);
	}
}

static void without_english_there_is_nothing(void **state)
{
	struct place place = place_new();
	SCOPED(char_freep)
	char *path = folder_file(place.shipped, "kiosk.en.po");
	struct lexicon_options options = options_of(&place);
	struct lexicon *lexicon = NULL;

	(void)state;
	assert_int_equal(file_remove(path), FAULT_NONE);
	assert_int_equal(lexicon_open(&options, &lexicon), FAULT_SYSTEM);
	expect_logged("kiosk.en.po is missing");
	assert_null(lexicon);
	place_done(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    complete_languages_are_offered_and_drafts_by_name),
		cmocka_unit_test(what_lacks_a_word_or_a_file_is_not_offered),
		cmocka_unit_test(a_dropped_file_mends_single_words),
		cmocka_unit_test(a_broken_file_costs_its_own_language_alone),
		cmocka_unit_test(
		    what_the_build_vouches_for_is_not_read_at_start),
		cmocka_unit_test(what_was_changed_since_the_build_is_read),
		cmocka_unit_test(
		    other_english_makes_every_word_of_the_build_void),
		cmocka_unit_test(an_index_that_is_none_vouches_for_nothing),
		cmocka_unit_test(without_english_there_is_nothing),
		/* The last: the language that it brings stays known. */
		cmocka_unit_test(a_dropped_file_brings_a_language_nobody_knew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
