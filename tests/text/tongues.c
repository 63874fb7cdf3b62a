#include "text/tongues.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/test.h"

#define DRAFTS "ti, ar"

static enum fault try_open(const char *dropped, const char *own,
			   const char *staff, struct tongues **out)
{
	SCOPED(char_freep)
	char *shipped = xasprintf("%s/translations", getenv("FOYER_SOURCE"));

	return tongues_open(&(struct tongues_options){ .shipped = shipped,
						       .dropped = dropped,
						       .drafts = DRAFTS,
						       .own = own,
						       .staff = staff },
			    out);
}

static struct tongues *opened(const char *own, const char *staff)
{
	struct tongues *tongues = NULL;

	assert_int_equal(try_open(NULL, own, staff, &tongues), FAULT_NONE);
	return tongues;
}

static void expect_said(struct page_said said, const char *own,
			const char *staff)
{
	if (own)
		assert_string_equal(said.own, own);
	else
		assert_null(said.own);
	assert_string_equal(said.staff, staff);
}

static void words_are_in_both_languages_or_in_english_and_french(void **state)
{
	static const struct {
		const char *own, *staff, *tag, *said, *beside;
		bool fell_back;
	} cases[] = {
		{ "ar", "en", "ar", "خطتي", "My plan", false },
		{ "ti-ER", "fr", "ti", "መደበይ", "Mon plan", false },
		{ "fr", "en", "fr", "Mon plan", "My plan", false },
		{ "en", "fr", "en", "My plan", "Mon plan", false },
		{ "en", "en", "en", NULL, "My plan", false },
		{ NULL, "fr", "fr", NULL, "Mon plan", false },
		/* A draft that the agency did not name, none, and unknown. */
		{ "so", "en", "fr", "Mon plan", "My plan", true },
		{ "ksw", "fr", "en", "My plan", "Mon plan", true },
		{ "xx", "en", "fr", "Mon plan", "My plan", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(tongues_freep)
		struct tongues *tongues = opened(cases[i].own, cases[i].staff);

		assert_string_equal(tongues_own(tongues)->tag, cases[i].tag);
		assert_string_equal(tongues_staff(tongues)->tag,
				    cases[i].staff);
		assert_int_equal(tongues_fell_back(tongues),
				 cases[i].fell_back);
		expect_said(tongues_say(tongues, "plan"), cases[i].said,
			    cases[i].beside);
	}
}

static void a_day_is_written_as_each_language_does(void **state)
{
	static const struct {
		const char *own, *day, *said;
	} cases[] = {
		{ "fr", "2026-12-01", "mardi 1 décembre 2026" },
		{ "ar", "2026-12-01", "الثلاثاء، 1 ديسمبر 2026" },
		{ "ti", "2026-12-01", "ሰሉስ፣ 1 ታሕሳስ 2026" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(tongues_freep)
		struct tongues *tongues = opened(cases[i].own, "en");
		struct page_said said = tongues_day(tongues, cases[i].day);

		expect_said(said, cases[i].said, cases[i].day);
	}
}

static void what_is_no_day_stays_as_it_was_typed(void **state)
{
	static const char *const days[] = { "soon", "2026-13-01", "2026-12-01x",
					    "2026-02-30" };
	SCOPED(tongues_freep) struct tongues *tongues = opened("ar", "en");

	(void)state;
	for (size_t i = 0; i < COUNT(days); i++) {
		struct page_said said = tongues_day(tongues, days[i]);

		assert_string_equal(said.typed, days[i]);
		assert_null(said.staff);
	}
	assert_null(tongues_day(tongues, NULL).typed);
}

/* Every offered language can be printed: no argument, nothing to quote. */
static void every_word_is_said_as_it_stands(void **state)
{
	(void)state;
	for (size_t i = 0; i < LANGUAGES; i++) {
		SCOPED(catalogue_freep)
		struct catalogue *words = catalogue_new(language_at(i)->tag);
		SCOPED(char_freep)
		char *path =
		    xasprintf("%s/translations/page.%s.po",
			      getenv("FOYER_SOURCE"), language_at(i)->tag);
		SCOPED(char_freep) char *said = NULL;

		if (!file_exists(path))
			continue;
		assert_int_equal(catalogue_add(words, path), FAULT_NONE);
		said = catalogue_word(words, "page.change");
		assert_string_equal(said,
				    catalogue_shown(words, "page.change"));
	}
}

static void put(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

#define HEAD(tag)                                                          \
	"msgid \"\"\nmsgstr \"\"\n\"Language: " tag                        \
	"\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"          \
	"\"X-Foyer-Status: reviewed\\n\"\n\nmsgctxt \"page.plan\"\nmsgid " \
	"\"My plan\"\n"

static void an_agency_mends_a_word_with_a_file_of_its_own(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(tongues_freep) struct tongues *tongues = NULL;

	(void)state;
	put(folder, "ar.po", HEAD("ar") "msgstr \"برنامجي\"\n");
	assert_int_equal(try_open(folder, "ar", "en", &tongues), FAULT_NONE);
	expect_said(tongues_say(tongues, "plan"), "برنامجي", "My plan");
	expect_said(tongues_say(tongues, "goal"), "الهدف", "Goal");
}

static void words_that_are_not_all_there_are_not_printed(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(tongues_freep) struct tongues *tongues = NULL;
	SCOPED(char_freep)
	char *shipped = xasprintf("%s/translations", getenv("FOYER_SOURCE"));
	struct tongues_options options = { .shipped = shipped,
					   .dropped = folder,
					   .staff = "en" };
	size_t findings = 0, strings = 0;

	(void)state;
	put(folder, "ksw.po", HEAD("ksw") "msgstr \"ကညီ\"\n");
	assert_int_equal(try_open(folder, "ksw", "en", &tongues), FAULT_NONE);
	assert_true(tongues_fell_back(tongues));
	assert_int_equal(
	    tongues_check(&options, language_find("rhg"), NULL, NULL, &strings),
	    FAULT_NONE);
	assert_int_equal(tongues_check(&options, language_find("ksw"), NULL,
				       NULL, &findings),
			 FAULT_NONE);
	assert_int_equal(findings, strings - 1);
	assert_int_equal(
	    tongues_check(&options, language_find("ti"), NULL, NULL, &findings),
	    FAULT_NONE);
	assert_int_equal(findings, 0);
}

static void without_its_english_there_is_no_page(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct tongues_options options = { .shipped = folder, .staff = "en" };
	struct tongues *tongues = NULL;

	(void)state;
	logged_start();
	assert_int_equal(tongues_open(&options, &tongues), FAULT_SYSTEM);
	assert_non_null(strstr(logged(), "page.en.po"));
	assert_null(tongues);
	logged_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    words_are_in_both_languages_or_in_english_and_french),
		cmocka_unit_test(a_day_is_written_as_each_language_does),
		cmocka_unit_test(what_is_no_day_stays_as_it_was_typed),
		cmocka_unit_test(every_word_is_said_as_it_stands),
		cmocka_unit_test(an_agency_mends_a_word_with_a_file_of_its_own),
		cmocka_unit_test(words_that_are_not_all_there_are_not_printed),
		cmocka_unit_test(without_its_english_there_is_no_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
