#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "scan/picture.h"
#include "tests/support/directory.h"
#include "tests/support/folder.h"
#include "tests/support/stand.h"

/* From the agency's directory to a newcomer's hand, without a visit. */

#define SHELTER "9 Shelter Road"

/* A housing desk, and a shelter whose address nobody is to read. */
static void write_directory(const char *folder)
{
	directory_put(
	    folder, "datapackage.json",
	    "{\"resources\":["
	    "{\"name\":\"organization\",\"path\":\"organizations.csv\"},"
	    "{\"name\":\"service\",\"path\":\"services.csv\"},"
	    "{\"name\":\"location\",\"path\":\"locations.csv\"},"
	    "{\"name\":\"service_at_location\",\"path\":\"at.csv\"},"
	    "{\"name\":\"address\",\"path\":\"addresses.csv\"},"
	    "{\"name\":\"phone\",\"path\":\"phones.csv\"},"
	    "{\"name\":\"taxonomy_term\",\"path\":\"terms.csv\"},"
	    "{\"name\":\"attribute\",\"path\":\"attributes.csv\"}]}");
	directory_put(folder, "organizations.csv",
		      "id,name,description\no1,Open Door,Settlement\n");
	directory_put(folder, "services.csv",
		      "id,organization_id,name,status\n"
		      "s1,o1,Housing help,active\n"
		      "s2,o1,Shelter line,active\n");
	directory_put(folder, "locations.csv",
		      "id,location_type\nl2,physical\n");
	directory_put(folder, "at.csv",
		      "id,service_id,location_id\na2,s2,l2\n");
	directory_put(folder, "addresses.csv",
		      "id,location_id,address_1,city,country,address_type\n"
		      "d2,l2," SHELTER ",Riverside,CA,physical\n");
	directory_put(folder, "phones.csv",
		      "id,service_id,number\np2,s2,613-555-0199\n");
	directory_put(folder, "terms.csv",
		      "id,code,name\nname:fr,name:fr,In French\n");
	directory_put(folder, "attributes.csv",
		      "id,link_id,taxonomy_term_id,link_entity,value\n"
		      "t1,s1,need:HOU,service,\n"
		      "t2,s2,need:HOU,service,\n"
		      "t3,l2,not-public,location,\n"
		      "t4,s1,name:fr,service,Aide au logement\n");
}

static void office(const struct stand *stand, const char *words,
		   const char *says)
{
	SCOPED(char_freep) char *said = stand_office(stand, words);

	if (!strstr(said, says))
		print_error("%s: %s\n", words, said);
	assert_non_null(strstr(said, says));
}

/* The list goes to the kiosk on its card. */
static void publish(const struct stand *stand)
{
	SCOPED(char_freep) char *folder = folder_file(stand->folder, "in");
	SCOPED(char_freep) char *card = folder_file(stand->folder, "card");
	SCOPED(char_freep)
	char *import = xasprintf("directory import %s", folder);
	SCOPED(char_freep) char *prepare = xasprintf("card prepare %s", card);

	write_directory(folder);
	office(stand, import, "\"imported\":true");
	office(stand, "directory checked 1", "");
	office(stand, "directory checked 2", "");
	office(stand, "directory publish", "\"published\":2");
	office(stand, prepare, "services.json");
	assert_true(folder_holds(card, "613-555-0199"));
	assert_false(folder_holds(card, SHELTER));
}

/* Awareness of services: looked through, and taken along as a slip without a
 * number. */
static void row_27_services_are_browsed_and_a_slip_has_no_number(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *paper = folder_file(folder, "slip.png");
	SCOPED(char_freep)
	char *settings = xasprintf("[printer]\naddress = file:%s\n", paper);
	struct scan_symbols symbols;
	struct stand stand;

	(void)state;
	stand_home(&stand, settings);
	publish(&stand);
	stand_open(&stand, 24, 80);
	stand_press(&stand, "Look at services", "2");
	stand_press(&stand, "Français", "2");
	stand_press(&stand, "Que cherchez-vous?", "1");
	stand_expect(&stand, "Aide au logement");
	stand_press(&stand, "Shelter line", "2");
	stand_expect(&stand, "Ceci est écrit en English.");
	assert_true(pty_shows(stand.pty, "613-555-0199"));
	assert_false(pty_shows(stand.pty, SHELTER));
	stand_press(&stand, "Imprimer ceci", "1");
	for (int i = 0; i < 100 && !file_exists(paper); i++)
		pty_settle(stand.pty, 50);
	assert_int_equal(scan_picture(paper, &symbols), FAULT_NONE);
	assert_int_equal(symbols.count, 0);
	scan_symbols_done(&symbols);
	stand_done(&stand);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    row_27_services_are_browsed_and_a_slip_has_no_number),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
