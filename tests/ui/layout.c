#include "tests/test.h"

#include <string.h>
#include <unicode/ulocdata.h>
#include <unicode/unorm2.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>
#include <unistd.h>

#include "text/catalogue.h"
#include "text/cells.h"
#include "text/language.h"
#include "text/letter.h"
#include "ui/layout.h"

/*
 * What CLDR's main exemplar set of a language has and our keyboard gives no
 * key for, each with its reason. Chinese characters and Korean syllables are
 * composed, so the alphabets of those languages are not looked at here.
 */
static const struct {
	const char *language, *letters;
} exceptions[] = {
	{ "ti", "፟" }, /* gemination, marked in dictionaries only */
};

static bool key_gives(const struct layout *layout, const char *key,
		      const char *text)
{
	char orders[LAYOUT_KEYS][LAYOUT_BYTES];
	SCOPED(char_freep)
	char *capital = letter_capital(key, layout->language->tag);
	int count = 0;

	if (layout->kind == LAYOUT_SYLLABLES)
		count = layout_orders(key, LAYOUT_KEYS, orders);
	for (int i = 0; i < count; i++) {
		if (strcmp(orders[i], text) == 0)
			return true;
	}
	return strcmp(key, text) == 0 ||
	       (layout->has_case && strcmp(capital, text) == 0);
}

static bool page_gives(const struct layout *layout,
		       const struct layout_page *page, const char *text)
{
	for (int i = 0; i < page->count; i++) {
		for (int j = 0; j < page->rows[i].count; j++) {
			if (key_gives(layout, page->rows[i].keys[j].text, text))
				return true;
		}
	}
	return false;
}

static bool gives(const struct layout *layout, const char *text)
{
	for (int i = 0; i < layout->page_count; i++) {
		if (page_gives(layout, &layout->pages[i], text))
			return true;
	}
	return page_gives(layout, &layout->digits, text);
}

/* Two marks stand in Unicode's order, whichever was written first. */
static bool can_write_marks(const struct layout *layout, const UChar parts[3])
{
	for (int mark = 1; mark < 3; mark++) {
		UErrorCode error = U_ZERO_ERROR;
		const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
		UChar32 letter =
		    unorm2_composePair(nfc, parts[0], parts[3 - mark]);
		char text[LETTER_BYTES] = "", sign[LETTER_BYTES];

		if (letter > 0)
			letter_bytes((uint32_t)letter, text);
		letter_bytes(parts[mark], sign);
		if (text[0] && gives(layout, text) && gives(layout, sign))
			return true;
	}
	return false;
}

/* By one key, or of the letter and the marks that it is made of. */
static bool can_write_one(const struct layout *layout, UChar32 point)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
	UChar parts[8];
	char text[LETTER_BYTES];
	int32_t length, at = 0;

	letter_bytes((uint32_t)point, text);
	if (gives(layout, text))
		return true;
	length = unorm2_getDecomposition(nfc, point, parts, 8, &error);
	if (length == 3 && can_write_marks(layout, parts))
		return true;
	while (at < length) {
		UChar32 part;

		U16_NEXT(parts, at, length, part);
		if (!can_write_one(layout, part))
			return false;
	}
	return length > 0;
}

static bool can_write(const struct layout *layout, const char *text)
{
	int32_t at = 0, length = (int32_t)strlen(text);

	while (at < length) {
		UChar32 point;

		U8_NEXT(text, at, length, point);
		if (!can_write_one(layout, point))
			return false;
	}
	return true;
}

static bool is_excepted(const char *language, const char *text)
{
	for (size_t i = 0; i < COUNT(exceptions); i++) {
		if (strcmp(exceptions[i].language, language) == 0 &&
		    strstr(exceptions[i].letters, text))
			return true;
	}
	return false;
}

static void look_for(const struct layout *layout, const UChar *wide,
		     int32_t length, int *missing)
{
	UErrorCode error = U_ZERO_ERROR;
	char text[64] = "";

	u_strToUTF8(text, sizeof text, NULL, wide, length, &error);
	SCOPED(char_freep) char *normal = text_normal(text);
	if (can_write(layout, normal) ||
	    is_excepted(layout->language->tag, normal))
		return;
	print_message("%s: no key for %s\n", layout->language->tag, normal);
	++*missing;
}

static void look_through(const struct layout *layout, const USet *letters,
			 int *missing)
{
	for (int32_t i = 0; i < uset_getItemCount(letters); i++) {
		UErrorCode error = U_ZERO_ERROR;
		UChar32 first, last;
		UChar text[32];
		int32_t length =
		    uset_getItem(letters, i, &first, &last, text, 32, &error);

		if (length) {
			look_for(layout, text, length, missing);
			continue;
		}
		for (; first <= last; first++) {
			length = 0;
			U16_APPEND_UNSAFE(text, length, first);
			look_for(layout, text, length, missing);
		}
	}
}

static void every_letter_of_an_alphabet_has_a_key(void **state)
{
	int missing = 0;

	(void)state;
	for (size_t i = 0; i < LANGUAGES; i++) {
		const struct language *language = language_at(i);
		const struct layout *layout = layout_of(language->tag);
		UErrorCode error = U_ZERO_ERROR;
		ULocaleData *data;
		USet *letters;

		if (layout->kind == LAYOUT_PINYIN ||
		    layout->kind == LAYOUT_JAMO)
			continue;
		data = ulocdata_open(language->locale, &error);
		letters = ulocdata_getExemplarSet(data, NULL, 0,
						  ULOCDATA_ES_STANDARD, &error);
		if (U_FAILURE(error) || error == U_USING_DEFAULT_WARNING)
			print_message("%s: CLDR has no alphabet\n",
				      language->tag);
		else
			look_through(layout, letters, &missing);
		uset_close(letters);
		ulocdata_close(data);
	}
	assert_int_equal(missing, 0);
}

/* --- what is said in a language ------------------------------------------- */

struct said {
	const struct layout *layout;
	bool looked_for[0x20000];
	int missing;
};

static void look_into(void *to, const char *key, const char *english,
		      const char *translation)
{
	struct said *said = to;
	const char *script = said->layout->language->script;
	int32_t at = 0, length = (int32_t)strlen(translation);

	(void)english;
	while (at < length) {
		UChar32 point;

		U8_NEXT(translation, at, length, point);
		if (point < 0 || (size_t)point >= COUNT(said->looked_for) ||
		    said->looked_for[point])
			continue;
		said->looked_for[point] = true;
		if (letter_kind((uint32_t)point, script) == LETTER_NONE ||
		    can_write_one(said->layout, point))
			continue;
		print_message("%s: no key for U+%04X in %s\n",
			      said->layout->language->tag, (unsigned)point,
			      key);
		said->missing++;
	}
}

static void look_into_words(struct said *said)
{
	static const char *const domains[] = { "kiosk", "intake" };
	const char *tag = said->layout->language->tag;

	for (size_t i = 0; i < COUNT(domains); i++) {
		SCOPED(char_freep)
		char *path =
		    xasprintf("translations/%s.%s.po", domains[i], tag);
		SCOPED(catalogue_freep)
		struct catalogue *words = catalogue_new(tag);

		if (access(path, R_OK) != 0)
			continue;
		assert_int_equal(catalogue_add(words, path), FAULT_NONE);
		catalogue_each(words, look_into, said);
	}
}

static void every_letter_of_our_own_words_has_a_key(void **state)
{
	static struct said said;

	(void)state;
	for (size_t i = 0; i < LANGUAGES; i++) {
		memset(said.looked_for, 0, sizeof said.looked_for);
		said.layout = layout_of(language_at(i)->tag);
		if (said.layout->kind == LAYOUT_PINYIN ||
		    said.layout->kind == LAYOUT_JAMO)
			continue;
		look_into(&said, "its name", "", language_at(i)->own_name);
		look_into_words(&said);
	}
	assert_int_equal(said.missing, 0);
}

/* --- what no key may give ------------------------------------------------- */

static void no_key_gives_what_is_not_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < LANGUAGES; i++) {
		const struct layout *layout = layout_of(language_at(i)->tag);

		for (int j = 0; j < layout->page_count; j++) {
			const struct layout_page *page = &layout->pages[j];

			for (int k = 0; k < page->count; k++) {
				for (int m = 0; m < page->rows[k].count; m++) {
					const char *text =
					    page->rows[k].keys[m].text;
					SCOPED(char_freep)
					char *normal = text_normal(text);

					assert_string_not_equal(text, "");
					assert_string_equal(text, normal);
					assert_null(strstr(text, "\xef\xac"));
					assert_null(strstr(text, "\xef\xbb"));
					assert_null(strstr(text, "\xee"));
				}
			}
		}
	}
}

static void a_learnt_language_is_written_in_its_script(void **state)
{
	static const char *const scripts[] = {
		"Arab", "Armn", "Beng", "Cyrl", "Deva", "Ethi", "Geor",
		"Grek", "Gujr", "Guru", "Hans", "Hant", "Hebr", "Khmr",
		"Knda", "Kore", "Laoo", "Latn", "Mlym", "Mymr", "Sinh",
		"Syrc", "Taml", "Telu", "Thai",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(scripts); i++) {
		SCOPED(char_freep) char *tag = xasprintf("qaa-%s", scripts[i]);
		const struct language *language;

		assert_int_equal(language_learn(tag, "", &language),
				 FAULT_NONE);
		print_message("%s\n", tag);
		assert_string_equal(layout_of(tag)->language->script,
				    scripts[i]);
		assert_true(layout_of(tag)->pages[0].rows[0].count > 0);
	}
}

static void an_unknown_language_is_written_in_latin_letters(void **state)
{
	(void)state;
	assert_ptr_equal(layout_of("tlh"), layout_latin());
	assert_string_equal(layout_latin()->pages[0].rows[0].keys[0].text, "q");
	assert_ptr_equal(layout_of("fr-CA"), layout_of("fr"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_letter_of_an_alphabet_has_a_key),
		cmocka_unit_test(every_letter_of_our_own_words_has_a_key),
		cmocka_unit_test(no_key_gives_what_is_not_text),
		cmocka_unit_test(a_learnt_language_is_written_in_its_script),
		cmocka_unit_test(
		    an_unknown_language_is_written_in_latin_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
