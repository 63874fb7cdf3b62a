#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/data.h"
#include "base/file.h"
#include "kiosk/leaflet.h"
#include "kiosk/needs.h"
#include "print/paper.h"
#include "record/taxonomy.h"
#include "text/catalogue.h"

/* What is told of a service, in words. */

struct town {
	struct services *services;
	struct catalogue *words;
	struct leaflet leaflet;
	struct leaflet_reader reader;
};

static struct town town_in(const char *tag, size_t service, bool stale)
{
	struct town town = { 0 };
	SCOPED(char_freep)
	char *path = xasprintf("%s/tests/data/services/town.json",
			       getenv("FOYER_SOURCE"));
	SCOPED(char_freep)
	char *words = xasprintf("%s/translations/kiosk.%s.po",
				getenv("FOYER_SOURCE"), tag);
	struct bytes bytes = { 0 };
	char *why;

	assert_int_equal(file_read(path, SERVICES_LIMIT, &bytes), FAULT_NONE);
	assert_int_equal(
	    services_parse(bytes.data, bytes.length, &why, &town.services),
	    FAULT_NONE);
	bytes_done(&bytes);
	town.words = catalogue_new(tag);
	assert_int_equal(catalogue_add(town.words, words), FAULT_NONE);
	town.reader =
	    (struct leaflet_reader){ language_find(tag), town.words, stale };
	leaflet_make(&town.services->list[service], &town.reader,
		     &town.leaflet);
	return town;
}

static void town_done(struct town *town)
{
	leaflet_done(&town->leaflet);
	catalogue_free(town->words);
	services_free(town->services);
}

/* A line a part: whose it is, its language, its words. */
static void assert_told(const struct leaflet *leaflet, const char *wanted)
{
	static const char *const kinds[] = { [LEAFLET_NOTE] = "note",
					     [LEAFLET_LABEL] = "label",
					     [LEAFLET_TEXT] = "text" };
	struct bytes told = { 0 };

	bytes_add_format(&told, "%s %s\n", leaflet->name_language,
			 leaflet->name);
	for (size_t i = 0; i < leaflet->count; i++)
		bytes_add_format(
		    &told, "%s %s %s\n", kinds[leaflet->parts[i].kind],
		    leaflet->parts[i].language, leaflet->parts[i].text);
	assert_string_equal((char *)told.data, wanted);
	bytes_done(&told);
}

static void labels_are_the_readers_and_texts_the_directorys(void **state)
{
	struct town town = town_in("ti", 0, false);

	(void)state;
	assert_told(&town.leaflet,
		    "ti ሓገዝ ገዛ\n"
		    "note ti እዚ ብEnglish እዩ ተጻሒፉ።\n"
		    "text en Riverside Housing Trust (invented)\n"
		    "text en Finding a flat, reading a lease. We look at the "
		    "letter of your landlord with you and call when it is "
		    "needed.\n"
		    "note ti ብዘይ ቆጸራ ክትመጹ ትኽእሉ ኢኹም\n"
		    "note ti ብናጻ\n"
		    "label ti ስልኪ\n"
		    "text en 613-555-0160\n1-800-555-0199 #12 (evenings)\n"
		    "label ti ኣድራሻ\n"
		    "text en 12 Invented Street, Riverside\n"
		    "label ti ዝኽፈተሉ ሰዓታት\n"
		    "text ti ሰኑ, ሰሉ, ረቡ, ሓሙ 09:00-16:30\nዓር 09:00-12:00\n"
		    "label ti ቋንቋታት\n"
		    "text ti English, Français, ትግርኛ, العربية\n"
		    "label ti ንመን እዩ\n"
		    "text en Everybody, whatever the immigration status\n"
		    "label ti ምሳኹም ኣምጽኡ\n"
		    "text en Your lease\nA letter with your address\n"
		    "label ti ንምእታው ዘሎ ምችውነት\n"
		    "text en Ramp at the back door\n");
	town_done(&town);
}

static void what_may_be_old_and_whom_it_is_for_is_said(void **state)
{
	struct town town = town_in("en", 1, true);

	(void)state;
	assert_told(&town.leaflet,
		    "en Shelter line\n"
		    "text en Maple House (invented)\n"
		    "text en Call day and night.\n"
		    "note en Nobody checked this lately. Call before you go.\n"
		    "note en For women only\n"
		    "note en Free of charge\n"
		    "label en Phone\n"
		    "text en 613-555-0199\n"
		    "label en Opening hours\n"
		    "text en Day and night\n");
	town_done(&town);
}

/* A house has hours of its own for each of its doors. */
static void hours_in_words_are_told_all(void **state)
{
	struct town town = town_in("en", 1, false);
	struct service *service = &town.services->list[1];
	char tag[] = "en", first[] = "Mondays", second[] = "Tuesdays";
	struct service_text texts[] = { { tag, first }, { tag, second } };
	struct service_hours hours[COUNT(texts)] = { 0 };
	struct service_hours *const before = service->hours;
	const struct leaflet *leaflet = &town.leaflet;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		hours[i].text = (struct service_words){ &texts[i], 1 };
	service->hours = hours;
	service->hours_count = COUNT(hours);
	leaflet_done(&town.leaflet);
	leaflet_make(service, &town.reader, &town.leaflet);
	service->hours = before;
	service->hours_count = 1;
	assert_string_equal(leaflet->parts[leaflet->count - 1].text,
			    "Mondays\nTuesdays");
	town_done(&town);
}

static long ink_of(const struct picture *picture)
{
	long ink = 0;

	for (int i = 0; i < picture->width / 8 * picture->height; i++)
		ink += __builtin_popcount(picture->bits[i]);
	return ink;
}

static void a_slip_fits_any_paper_in_any_script(void **state)
{
	static const char *const tags[] = { "en", "ar", "ti", "my", "zh-Hant" };
	static const int widths[] = { PAPER_NARROW, PAPER_WIDE };

	(void)state;
	for (size_t i = 0; i < COUNT(tags) * COUNT(widths); i++) {
		struct town town = town_in(tags[i / 2], 0, false);
		SCOPED(picture_freep) struct picture *slip = NULL;

		assert_int_equal(leaflet_slip(&town.leaflet, &town.reader,
					      "Riverside", widths[i % 2],
					      &slip),
				 FAULT_NONE);
		assert_int_equal(slip->width, widths[i % 2]);
		assert_true(slip->height > 600);
		assert_true(ink_of(slip) > 10000);
		town_done(&town);
	}
}

/* The longest texts that a file may have. */
static void a_long_text_is_cut_on_paper_and_whole_on_the_screen(void **state)
{
	struct town town = town_in("en", 1, false);
	struct service *service = &town.services->list[1];
	SCOPED(picture_freep) struct picture *slip = NULL;
	struct bytes text = { 0 };
	char **whole = &service->parts[SERVICE_WHAT_FOR].list[0].text;

	(void)state;
	while (text.length < SERVICE_TEXT_LIMIT - 20)
		bytes_add_text(&text, "day and night ");
	free(*whole);
	*whole = bytes_take_text(&text);
	leaflet_done(&town.leaflet);
	leaflet_make(service, &town.reader, &town.leaflet);
	assert_string_equal(town.leaflet.parts[1].text, *whole);
	assert_int_equal(
	    leaflet_slip(&town.leaflet, &town.reader, "", PAPER_NARROW, &slip),
	    FAULT_NONE);
	assert_true(slip->height < 2000);
	town_done(&town);
}

static void every_need_of_the_taxonomy_has_a_word_and_a_picture(void **state)
{
	SCOPED(taxonomy_freep) struct taxonomy *taxonomy = NULL;
	size_t known = 0, there = 0;

	(void)state;
	assert_int_equal(taxonomy_read(&taxonomy), FAULT_NONE);
	for (size_t i = 0; i < taxonomy_count(taxonomy); i++)
		there += !strncmp(taxonomy_at(taxonomy, i).code, "need:", 5);
	for (size_t i = 0; i < needs_count(); i++) {
		SCOPED(char_freep)
		char *code = xasprintf("need:%s", need_at(i)->code);
		SCOPED(char_freep)
		char *picture =
		    xasprintf("screens/pictures/%s",
			      strrchr(need_at(i)->picture, '/') + 1);
		SCOPED(char_freep) char *path = data_path(picture);

		known += taxonomy_has(taxonomy, code);
		assert_true(file_exists(path));
	}
	assert_int_equal(known, there);
	assert_int_equal(known, needs_count() - 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    labels_are_the_readers_and_texts_the_directorys),
		cmocka_unit_test(what_may_be_old_and_whom_it_is_for_is_said),
		cmocka_unit_test(hours_in_words_are_told_all),
		cmocka_unit_test(a_slip_fits_any_paper_in_any_script),
		cmocka_unit_test(
		    a_long_text_is_cut_on_paper_and_whole_on_the_screen),
		cmocka_unit_test(
		    every_need_of_the_taxonomy_has_a_word_and_a_picture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
