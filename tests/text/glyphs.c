#include <glob.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/memory.h"
#include "tests/test.h"
#include "text/calendar.h"
#include "text/catalogue.h"
#include "text/language.h"
#include "ui/layout.h"

/*
 * Plates and paper draw a language with the fonts of its list. A letter that
 * none of them has would come out as a box, or from a font that nobody chose.
 */

static PangoLayout *layout_for(const struct language *language)
{
	PangoFontMap *map = pango_cairo_font_map_get_default();
	PangoContext *context = pango_font_map_create_context(map);
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font =
	    pango_font_description_from_string(language->families);

	pango_font_description_set_absolute_size(font, 28 * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_context_set_language(context,
				   pango_language_from_string(language->tag));
	g_object_unref(context);
	return layout;
}

/* Whether a family is one of a comma-separated list. */
static bool is_listed(const char *families, const char *family)
{
	size_t length = strlen(family);

	for (const char *at = families; *at;) {
		size_t part = strcspn(at, ",");

		if (part == length && strncasecmp(at, family, part) == 0)
			return true;
		at += part;
		at += strspn(at, ", ");
	}
	return false;
}

static bool is_installed(const char *families)
{
	PangoFontMap *map = pango_cairo_font_map_get_default();
	char *first = xstrndup(families, strcspn(families, ","));
	PangoFontFamily *family = pango_font_map_get_family(map, first);

	free(first);
	return family != NULL;
}

static void check_run(const struct language *language, PangoLayoutRun *run,
		      const char *text)
{
	PangoFontDescription *font =
	    pango_font_describe(run->item->analysis.font);
	const char *family = pango_font_description_get_family(font);

	if (!is_listed(language->families, family))
		fail_msg("%s: \"%s\" is drawn with %s, which is not on its "
			 "list",
			 language->tag, text, family);
	pango_font_description_free(font);
}

static void check_text(PangoLayout *layout, const struct language *language,
		       const char *text)
{
	PangoLayoutIter *walk;

	pango_layout_set_text(layout, text, -1);
	if (pango_layout_get_unknown_glyphs_count(layout))
		fail_msg("%s: \"%s\" has letters that no font of its list has",
			 language->tag, text);
	walk = pango_layout_get_iter(layout);
	do {
		PangoLayoutRun *run = pango_layout_iter_get_run_readonly(walk);

		if (run)
			check_run(language, run, text);
	} while (pango_layout_iter_next_run(walk));
	pango_layout_iter_free(walk);
}

static void every_language_can_write_its_own_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < language_count(); i++) {
		const struct language *language = language_at(i);
		PangoLayout *layout;

		if (!is_installed(language->families)) {
			print_message("skipped: %s is not installed\n",
				      language->families);
			continue;
		}
		layout = layout_for(language);
		check_text(layout, language, language->own_name);
		check_text(layout, language, "(A1) K7-0412");
		g_object_unref(layout);
	}
}

struct pen {
	PangoLayout *layout;
	const struct language *language;
};

static void check_entry(void *to, const char *key, const char *english,
			const char *translation)
{
	const struct pen *pen = to;

	(void)key;
	(void)english;
	check_text(pen->layout, pen->language, translation);
}

/* Staff read DejaVu Sans Mono in cells, which has symbols of its own. */
static bool is_for_staff(const char *path)
{
	return strstr(path, "/desk.") || strstr(path, "/staff.") ||
	       strstr(path, "_staff.");
}

/* DOMAIN.TAG.po */
static void check_file(const char *path)
{
	const char *tag = strchr(strrchr(path, '/'), '.') + 1;
	SCOPED(char_freep) char *name = xstrndup(tag, strcspn(tag, "."));
	struct catalogue *words = catalogue_new(name);
	struct pen pen = { .language = language_find(name) };

	assert_non_null(pen.language);
	assert_int_equal(catalogue_add(words, path), FAULT_NONE);
	pen.layout = layout_for(pen.language);
	catalogue_each(words, check_entry, &pen);
	g_object_unref(pen.layout);
	catalogue_free(words);
}

static void every_word_of_the_lobby_can_be_drawn(void **state)
{
	SCOPED(char_freep) char *pattern = data_path("translations/*.*.po");
	glob_t found;
	int outcome = glob(pattern, 0, NULL, &found);

	(void)state;
	assert_true(outcome == 0 || outcome == GLOB_NOMATCH);
	for (size_t i = 0; outcome == 0 && i < found.gl_pathc; i++) {
		if (!is_for_staff(found.gl_pathv[i]))
			check_file(found.gl_pathv[i]);
	}
	if (outcome == 0)
		globfree(&found);
}

/* --- what stands in no file ----------------------------------------------- */

static void check_months(PangoLayout *layout, const struct language *language)
{
	for (int i = 0; i < CALENDAR_COUNT; i++) {
		enum calendar calendar = (enum calendar)i;

		check_text(layout, language,
			   calendar_title(calendar, language->tag));
		for (int month = 1; month <= calendar_months(calendar);
		     month++) {
			check_text(layout, language,
				   calendar_month_name(calendar, language->tag,
						       month, CALENDAR_FULL));
			check_text(layout, language,
				   calendar_month_name(calendar, language->tag,
						       month, CALENDAR_SHORT));
		}
	}
}

static void months_and_days_can_be_drawn(void **state)
{
	(void)state;
	for (size_t i = 0; i < language_count(); i++) {
		const struct language *language = language_at(i);
		PangoLayout *layout;

		if (!is_installed(language->families))
			continue;
		layout = layout_for(language);
		check_months(layout, language);
		for (int day = 0; day < 7; day++)
			check_text(layout, language,
				   calendar_weekday_name(language->tag, day,
							 CALENDAR_FULL));
		g_object_unref(layout);
	}
}

/* What stands on keys that write nothing seen, such as "→|←", may come from
 * any font that the painter falls back on. */
static void check_cap(PangoLayout *layout, const char *cap)
{
	pango_layout_set_text(layout, cap, -1);
	assert_int_equal(pango_layout_get_unknown_glyphs_count(layout), 0);
}

static size_t check_page(PangoLayout *layout, const struct language *language,
			 const struct layout_page *page)
{
	size_t keys = 0;

	for (int row = 0; row < page->count; row++) {
		for (int i = 0; i < page->rows[row].count; i++) {
			const struct layout_key *key = &page->rows[row].keys[i];

			check_text(layout, language, key->text);
			check_cap(layout, key->cap);
			keys++;
		}
	}
	return keys;
}

static void every_key_of_a_keyboard_can_be_drawn(void **state)
{
	(void)state;
	for (size_t i = 0; i < language_count(); i++) {
		const struct language *language = language_at(i);
		const struct layout *keyboard = layout_of(language->tag);
		PangoLayout *layout;
		size_t keys = 0;

		if (!is_installed(language->families))
			continue;
		layout = layout_for(language);
		for (int page = 0; page < keyboard->page_count; page++)
			keys += check_page(layout, language,
					   &keyboard->pages[page]);
		keys += check_page(layout, language, &keyboard->digits);
		assert_true(keys >= 30);
		g_object_unref(layout);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_language_can_write_its_own_name),
		cmocka_unit_test(every_word_of_the_lobby_can_be_drawn),
		cmocka_unit_test(months_and_days_can_be_drawn),
		cmocka_unit_test(every_key_of_a_keyboard_can_be_drawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
