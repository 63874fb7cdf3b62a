#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/home.h"
#include "card/pins.h"
#include "card/services.h"
#include "tests/support/folder.h"
#include "tests/support/tray.h"

#define WHOLE(services) \
	"{\"shape\":\"foyer services 1\",\"services\":[" services "]}"
#define NAMED "\"name\":{\"en\":\"Desk\",\"prs\":\"میز\"}"

static struct services *parsed(const char *text)
{
	struct services *services = NULL;
	char *why;

	assert_int_equal(services_parse(text, strlen(text), &why, &services),
			 FAULT_NONE);
	return services;
}

static void a_name_is_all_that_a_service_needs(void **state)
{
	SCOPED(services_freep)
	struct services *services = parsed(WHOLE("{" NAMED "}"));
	const struct service *desk = &services->list[0];

	(void)state;
	assert_int_equal(services->count, 1);
	assert_string_equal(
	    service_say(&desk->parts[SERVICE_NAME], "prs")->text, "میز");
	assert_string_equal(service_say(&desk->parts[SERVICE_NAME], "fr")->tag,
			    "en");
	assert_null(service_say(&desk->parts[SERVICE_PHONE], "en"));
	assert_false(service_serves(desk, "HOU"));
	assert_string_equal(desk->until, "");
}

static void what_is_not_understood_is_told_with_its_service(void **state)
{
	static const struct {
		const char *text, *why;
		enum fault fault;
	} tries[] = {
		{ "", "line 1: '[' or '{' expected near end of file",
		  FAULT_FORMAT },
		{ "{}", "no list of services of this version of Foyer",
		  FAULT_FORMAT },
		{ "{\"shape\":\"foyer services 2\",\"services\":[]}",
		  "no list of services of this version of Foyer",
		  FAULT_FORMAT },
		{ WHOLE("{" NAMED "},{}"), "service 2: it has no name",
		  FAULT_FORMAT },
		{ WHOLE("7"), "service 1: it has no name", FAULT_FORMAT },
		{ WHOLE("{\"name\":\"Desk\"}"),
		  "service 1: a text has no languages", FAULT_FORMAT },
		{ WHOLE("{\"name\":{\"en\":7}}"),
		  "service 1: a text is no text", FAULT_FORMAT },
		{ WHOLE("{\"name\":{\"../en\":\"Desk\"}}"),
		  "service 1: no language has such a tag", FAULT_FORMAT },
		{ WHOLE("{\"name\":{\"en\":\"\\u009b31m\"}}"),
		  "service 1: a text has control signs", FAULT_FORMAT },
		{ WHOLE("{" NAMED ",\"needs\":[\"hou\"]}"),
		  "service 1: a need is no code such as HOU", FAULT_FORMAT },
		{ WHOLE("{" NAMED ",\"needs\":\"HOU\"}"),
		  "service 1: a list is none", FAULT_FORMAT },
		{ WHOLE("{" NAMED ",\"hours\":[{}]}"),
		  "service 1: hours have no days", FAULT_FORMAT },
		{ WHOLE("{" NAMED ",\"hours\":[{\"days\":\"MO\",\"opens\":"
			"\"9:00\"}]}"),
		  "service 1: a time is none such as 09:00", FAULT_FORMAT },
		{ WHOLE("{" NAMED ",\"until\":\"today\"}"),
		  "service 1: until is no day such as 2026-11-22",
		  FAULT_FORMAT },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(tries); i++) {
		struct services *services = NULL;
		SCOPED(char_freep) char *why = NULL;

		assert_int_equal(services_parse(tries[i].text,
						strlen(tries[i].text), &why,
						&services),
				 tries[i].fault);
		assert_string_equal(why, tries[i].why);
		assert_null(services);
	}
}

static void more_than_fits_a_kiosk_is_refused(void **state)
{
	struct services *services = NULL;
	SCOPED(char_freep) char *why = NULL;
	struct bytes text = { 0 };

	(void)state;
	bytes_add_text(&text, "{\"shape\":\"foyer services 1\","
			      "\"services\":[{" NAMED "}");
	for (int i = 0; i < SERVICES_MOST; i++)
		bytes_add_text(&text, ",{" NAMED "}");
	bytes_add_text(&text, "]}");
	assert_int_equal(
	    services_parse(text.data, text.length, &why, &services),
	    FAULT_LIMIT);
	assert_string_equal(why, "too many services");
	bytes_done(&text);
}

/* A terminal obeys some signs, and none of them reaches it. */
static void signs_that_a_terminal_obeys_become_blanks(void **state)
{
	SCOPED(services_freep)
	struct services *services =
	    parsed(WHOLE("{\"name\":{\"en\":\"a\\u001b[2J\\u007f\\nb\"}}"));

	(void)state;
	assert_string_equal(services->list[0].parts[SERVICE_NAME].list[0].text,
			    "a [2J \nb");
}

static bool takes(const struct tray *tray, const char *name)
{
	struct card_folder folder;
	bool taken = false;

	card_folder_read(tray->path, NULL, &folder);
	for (size_t i = 0; i < folder.count; i++)
		taken |= !strcmp(folder.files[i].name, name);
	assert_true(card_folder_serves(&folder));
	card_folder_done(&folder);
	return taken;
}

static void a_card_brings_services_that_are_sound(void **state)
{
	struct tray tray = tray_new();
	SCOPED(char_freep) char *said = NULL;

	(void)state;
	assert_false(takes(&tray, SERVICES_FILE));
	tray_text(&tray, "SERVICES.JSON.txt", WHOLE("{" NAMED "}"));
	assert_true(takes(&tray, SERVICES_FILE));
	tray_remove(&tray, "SERVICES.JSON.txt");
	tray_text(&tray, SERVICES_FILE, WHOLE("{}"));
	assert_false(takes(&tray, SERVICES_FILE));
	said = tray_findings(&tray, "en");
	assert_string_equal(
	    said,
	    "left-out services.json: These services are not taken: service "
	    "1: it has no name. Make the file again with "
	    "`foyer directory publish`.\n");
	tray_done(&tray);
}

/* Staff take it with the rest; what is on the card no more goes. */
static void a_kiosk_pins_what_it_took(void **state)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct tray tray = tray_new();
	SCOPED(char_freep) char *at = folder_file(tray.path, "home");
	SCOPED(char_freep) char *place = folder_file(at, SERVICES_FILE);
	struct card_changes changes;
	struct card_folder folder;

	(void)state;
	assert_int_equal(folder_make(at), FAULT_NONE);
	assert_int_equal(home_open(at, &home), FAULT_NONE);
	tray_text(&tray, SERVICES_FILE, WHOLE("{" NAMED "}"));
	card_folder_read(tray.path, NULL, &folder);
	assert_int_equal(card_take(home, &folder), FAULT_NONE);
	card_folder_done(&folder);
	assert_true(file_exists(place));

	/* Somebody came by it without staff's PIN. */
	assert_int_equal(file_write(place, "{}", 2, 0600), FAULT_NONE);
	assert_int_equal(card_kept(home, "intake", &changes), FAULT_NONE);
	assert_int_equal(changes.count, 1);
	assert_string_equal(changes.list[0].name, SERVICES_FILE);
	card_changes_done(&changes);

	tray_remove(&tray, SERVICES_FILE);
	card_folder_read(tray.path, NULL, &folder);
	assert_int_equal(card_take(home, &folder), FAULT_NONE);
	card_folder_done(&folder);
	assert_false(file_exists(place));
	tray_done(&tray);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_all_that_a_service_needs),
		cmocka_unit_test(
		    what_is_not_understood_is_told_with_its_service),
		cmocka_unit_test(more_than_fits_a_kiosk_is_refused),
		cmocka_unit_test(signs_that_a_terminal_obeys_become_blanks),
		cmocka_unit_test(a_card_brings_services_that_are_sound),
		cmocka_unit_test(a_kiosk_pins_what_it_took),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
