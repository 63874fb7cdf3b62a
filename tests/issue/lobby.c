#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/lobby.h"
#include "tests/support/folder.h"

static char last[512];

static void keep(void *to, enum log_level level, const char *line)
{
	(void)level;
	strncpy(to, line, sizeof last - 1);
}

static int start(void **state)
{
	*state = folder_new();
	log_to(keep, last);
	return 0;
}

static int stop(void **state)
{
	log_to(NULL, NULL);
	folder_remove(*state);
	free(*state);
	return 0;
}

static enum fault read_ini(const char *folder, const char *ini,
			   struct lobby **lobby)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *path = xasprintf("%s/foyer.ini", folder);

	assert_int_equal(file_write(path, ini, strlen(ini), 0600), FAULT_NONE);
	assert_int_equal(home_open(folder, &home), FAULT_NONE);
	return lobby_read(home, lobby);
}

static void the_settings_are_read_once_for_all(void **state)
{
	SCOPED(lobby_freep) struct lobby *lobby = NULL;

	assert_int_equal(read_ini(*state,
				  "[agency]\nname = Maison d'accueil\n"
				  "desk = Desk 2\nhelpline = 211\n"
				  "[kiosk]\nname = K7\nzone = Asia/Kabul\n"
				  "ticket_class = 480\n"
				  "ticket_language = chosen\n"
				  "[printer]\npaper_mm = 80\n"
				  "[form]\nsafety_staffed = yes\n",
				  &lobby),
			 FAULT_NONE);
	assert_string_equal(lobby->agency, "Maison d'accueil");
	assert_string_equal(lobby->desk, "Desk 2");
	assert_string_equal(lobby->helpline, "211");
	assert_string_equal(lobby->kiosk, "K7");
	assert_string_equal(lobby->zone, "Asia/Kabul");
	assert_int_equal(lobby->least_class, 2);
	assert_true(lobby->prints_language);
	assert_int_equal(lobby->paper_width, 576);
	assert_string_equal(lobby_property(lobby, "safety_staffed"), "yes");
	assert_string_equal(lobby_property(lobby, "deviceid"), "");
}

/* Whether somebody answers the silent call is no matter of a capital letter;
 * a word that says neither is told, and calls nobody. */
static void a_yes_is_a_yes_however_it_is_written(void **state)
{
	static const struct {
		const char *text, *means;
	} settings[] = {
		{ "[form]\nsafety_staffed = Yes\n", "yes" },
		{ "[form]\nsafety_staffed = on\n", "yes" },
		{ "[form]\nsafety_staffed = No\n", "no" },
		{ "[form]\nsafety_staffed = maybe\n", "no" },
		{ "", "no" },
	};

	for (size_t i = 0; i < COUNT(settings); i++) {
		SCOPED(lobby_freep) struct lobby *lobby = NULL;

		assert_int_equal(read_ini(*state, settings[i].text, &lobby),
				 FAULT_NONE);
		assert_string_equal(lobby_property(lobby, "safety_staffed"),
				    settings[i].means);
	}
}

static void what_is_wrong_is_told_all_at_once(void **state)
{
	struct lobby *lobby = NULL;

	assert_int_equal(read_ini(*state,
				  "[kiosk]\nzone = Toronto\n"
				  "ticket_class = 100\n",
				  &lobby),
			 FAULT_FORMAT);
	/* The zone comes before it. */
	assert_non_null(strstr(last, "ticket_class is \"100\""));
}

static void without_settings_there_is_a_kiosk_all_the_same(void **state)
{
	SCOPED(lobby_freep) struct lobby *lobby = NULL;

	assert_int_equal(read_ini(*state, "", &lobby), FAULT_NONE);
	assert_string_equal(lobby->agency, "");
	assert_string_equal(lobby->kiosk, "K1");
	assert_int_equal(lobby->least_class, 0);
	assert_false(lobby->prints_language);
	assert_int_equal(lobby->paper_width, 384);
}

static void a_wrong_setting_is_named_with_its_mend(void **state)
{
	static const struct {
		const char *ini, *said;
	} rows[] = {
		{ "[kiosk]\nname = Front door\n", "letters and digits" },
		{ "[kiosk]\nname = \n", "letters and digits" },
		{ "[kiosk]\nname = K123456789012\n", "letters and digits" },
		{ "[kiosk]\nname = K\xC3\xA9\n", "letters and digits" },
		{ "[kiosk]\nzone = Toronto\n", "America/Toronto" },
		{ "[kiosk]\nticket_class = 500\n", "128, 256 or 480" },
	};
	struct lobby *lobby = NULL;

	for (size_t i = 0; i < COUNT(rows); i++) {
		last[0] = 0;
		assert_int_equal(read_ini(*state, rows[i].ini, &lobby),
				 FAULT_FORMAT);
		assert_non_null(strstr(last, rows[i].said));
		assert_non_null(strstr(last, "foyer.ini"));
	}
	assert_null(lobby);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    what_is_wrong_is_told_all_at_once, start, stop),
		cmocka_unit_test_setup_teardown(
		    the_settings_are_read_once_for_all, start, stop),
		cmocka_unit_test_setup_teardown(
		    a_yes_is_a_yes_however_it_is_written, start, stop),
		cmocka_unit_test_setup_teardown(
		    without_settings_there_is_a_kiosk_all_the_same, start,
		    stop),
		cmocka_unit_test_setup_teardown(
		    a_wrong_setting_is_named_with_its_mend, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
