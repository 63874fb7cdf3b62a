#include "text/language.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>

#include "base/memory.h"
#include "tests/support/logged.h"
#include "tests/test.h"

static void
screens_list_thirty_seven_languages_english_and_french_first(void **state)
{
	static const char *const order[] = {
		"en",     "fr",  "pa-Guru", "zh-Hans", "zh-Hant", "fil", "ar",
		"es-419", "hi",  "ur",      "fa-IR",   "prs",     "ps",  "ti",
		"am",     "so",  "uk",      "ru",      "pt-BR",   "vi",  "ko",
		"ta",     "gu",  "bn",      "ne",      "sw",      "rw",  "ht",
		"tr",     "ckb", "kmr",     "om",      "ml",      "my",  "ksw",
		"rhg",    "aii",
	};

	(void)state;
	assert_int_equal(COUNT(order), 37);
	assert_int_equal(language_count(), 37);
	for (size_t i = 0; i < COUNT(order); i++) {
		assert_string_equal(language_at(i)->tag, order[i]);
		assert_ptr_equal(language_find(order[i]), language_at(i));
	}
}

static void
a_tag_finds_its_language_whole_by_alias_or_by_primary_subtag(void **state)
{
	static const struct {
		const char *tag, *found;
	} tags[] = {
		{ "en", "en" },
		{ "EN", "en" },
		{ "en-CA", "en" },
		{ "en_CA.UTF-8", "en" },
		{ "fr-CA", "fr" },
		{ "es", "es-419" },
		{ "es-MX", "es-419" },
		{ "pt", "pt-BR" },
		{ "pt-PT", "pt-BR" },
		{ "fa", "fa-IR" },
		{ "fa-AF", "prs" },
		{ "zh", "zh-Hans" },
		{ "zh-CN", "zh-Hans" },
		{ "zh-TW", "zh-Hant" },
		{ "zh-Hant-HK", "zh-Hant" },
		{ "yue", "zh-Hant" },
		{ "yue-CA", "zh-Hant" },
		{ "tl-PH", "fil" },
		{ "ku", "kmr" },
		{ "ku-Arab", "ckb" },
		{ "cld", "aii" },
		{ "pa", "pa-Guru" },
		{ "pa-Arab", NULL },
		{ "ar-Latn", NULL },
		{ "de", NULL },
		{ "e", NULL },
		{ "eng", NULL },
		{ "", NULL },
		{ "-", NULL },
		{ "a-tag-that-is-much-longer-than-any-we-know", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(tags); i++) {
		const struct language *found = language_find(tags[i].tag);

		if (!tags[i].found) {
			assert_null(found);
			continue;
		}
		assert_non_null(found);
		assert_string_equal(found->tag, tags[i].found);
	}
}

/* A second opinion on direction and script: ICU's. */
static void direction_and_script_are_those_unicode_knows(void **state)
{
	(void)state;
	for (size_t i = 0; i < language_count(); i++) {
		const struct language *language = language_at(i);
		char locale[40];
		UErrorCode error = U_ZERO_ERROR;

		snprintf(locale, sizeof locale, "und_%s", language->script);
		assert_int_equal(uloc_isRightToLeft(locale),
				 language->right_to_left);
		assert_int_not_equal(
		    u_getPropertyValueEnum(UCHAR_SCRIPT, language->script),
		    UCHAR_INVALID_CODE);
		assert_true(U_SUCCESS(error));
	}
}

static void what_cells_cannot_draw_is_left_to_plates(void **state)
{
	static const struct {
		const char *scripts;
		enum language_drawing drawing;
	} classes[] = {
		{ "Latn Cyrl Hans Hant Kore", LANGUAGE_CELLS },
		{ "Guru Deva Ethi Taml Gujr Beng Mlym Mymr Syrc",
		  LANGUAGE_PLATES },
	};
	static const char *const joined[] = { "ar", "fa-IR", "prs" };
	size_t joiners = 0;

	(void)state;
	for (size_t i = 0; i < language_count(); i++) {
		const struct language *language = language_at(i);

		for (size_t k = 0; k < COUNT(classes); k++) {
			if (strstr(classes[k].scripts, language->script))
				assert_int_equal(language->drawing,
						 classes[k].drawing);
		}
		joiners += language->drawing == LANGUAGE_JOINER;
	}
	assert_int_equal(joiners, COUNT(joined));
	for (size_t i = 0; i < COUNT(joined); i++)
		assert_int_equal(language_find(joined[i])->drawing,
				 LANGUAGE_JOINER);
	assert_int_equal(language_find("ps")->drawing, LANGUAGE_PLATES);
}

static void calendars_begin_with_the_one_at_home(void **state)
{
	static const struct {
		const char *tag, *calendars;
	} home[] = {
		{ "am", "ethiopic gregorian" },
		{ "ti", "ethiopic gregorian" },
		{ "om", "gregorian ethiopic" },
		{ "fa", "persian gregorian" },
		{ "prs", "persian gregorian" },
		{ "ps", "persian gregorian" },
		{ "ckb", "gregorian persian" },
		{ "ar", "gregorian islamic" },
		{ "so", "gregorian islamic" },
		{ "ne", "bikram-sambat gregorian" },
		{ "my", "gregorian myanmar" },
		{ "en", "gregorian" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(home); i++)
		assert_string_equal(language_find(home[i].tag)->calendars,
				    home[i].calendars);
}

static void every_script_has_its_class(void **state)
{
	static const char *const classes[] = {
		"L en fr fil es-419 so pt-BR vi sw rw ht tr kmr om",
		"I pa-Guru hi ne ta gu bn ml",
		"W zh-Hans zh-Hant",
		"A ar ur fa-IR prs ps ckb rhg",
		"E ti am",
		"C uk ru",
		"K ko",
		"M my ksw",
		"S aii",
	};
	size_t seen = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(classes); i++) {
		SCOPED(char_freep) char *tags = xstrdup(classes[i] + 2);
		char *rest = NULL;

		for (char *tag = strtok_r(tags, " ", &rest); tag;
		     tag = strtok_r(NULL, " ", &rest), seen++)
			assert_int_equal(language_find(tag)->class,
					 classes[i][0]);
	}
	assert_int_equal(seen, LANGUAGES);
}

static void another_language_is_learnt_from_its_tag(void **state)
{
	const struct language *learnt, *again;

	(void)state;
	assert_null(language_find("dv"));
	logged_start();
	assert_int_equal(language_learn("dv", "ދިވެހި", &learnt), FAULT_FORMAT);
	assert_int_equal(language_learn("no tag", "?", &learnt), FAULT_FORMAT);
	assert_int_equal(language_learn("", "?", &learnt), FAULT_FORMAT);
	logged_stop();
	assert_int_equal(language_learn("yi", "ייִדיש", &learnt), FAULT_NONE);
	assert_ptr_equal(language_find("yi-CA"), learnt);
	assert_ptr_equal(language_at(LANGUAGES), learnt);
	assert_int_equal(language_count(), LANGUAGES + 1);
	assert_string_equal(learnt->script, "Hebr");
	assert_true(learnt->right_to_left);
	assert_int_equal(learnt->drawing, LANGUAGE_PLATES);
	assert_string_equal(learnt->own_name, "ייִדיש");
	/* The script that the tag names, and a name for want of one. */
	assert_int_equal(language_learn("ks-Deva", "", &learnt), FAULT_NONE);
	assert_string_equal(learnt->script, "Deva");
	assert_false(learnt->right_to_left);
	assert_string_equal(learnt->own_name, "ks-Deva");
	/* Known ones stay as they are. */
	assert_int_equal(language_learn("fr", "Gallic", &again), FAULT_NONE);
	assert_ptr_equal(again, language_find("fr"));
	assert_string_equal(again->own_name, "Français");
	assert_int_equal(language_learn("ks-Deva", "x", &again), FAULT_NONE);
	assert_ptr_equal(again, learnt);
}

static void each_calls_itself_by_a_name_of_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < language_count(); i++) {
		for (size_t k = 0; k < i; k++) {
			assert_string_not_equal(language_at(i)->own_name,
						language_at(k)->own_name);
			assert_string_not_equal(language_at(i)->name,
						language_at(k)->name);
		}
	}
	assert_string_equal(language_find("ar")->own_name, "العربية");
	assert_string_equal(language_find("fr")->own_name, "Français");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    screens_list_thirty_seven_languages_english_and_french_first),
		cmocka_unit_test(
		    a_tag_finds_its_language_whole_by_alias_or_by_primary_subtag),
		cmocka_unit_test(direction_and_script_are_those_unicode_knows),
		cmocka_unit_test(what_cells_cannot_draw_is_left_to_plates),
		cmocka_unit_test(calendars_begin_with_the_one_at_home),
		cmocka_unit_test(every_script_has_its_class),
		cmocka_unit_test(each_calls_itself_by_a_name_of_its_own),
		/* The last: what it learns stays. */
		cmocka_unit_test(another_language_is_learnt_from_its_tag),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
