#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/tray.h"

static void expect(const char *words, const char *path, int status,
		   const char *out)
{
	struct output output = program_run("", "foyer card %s %s", words, path);

	assert_string_equal(output.out, out);
	assert_int_equal(output.status, status);
	output_done(&output);
}

static void checking_says_what_the_kiosk_says(void **state)
{
	struct tray tray = tray_new();

	(void)state;
	expect("check", tray.path, 0, "The card is in order.\n");
	expect("check --json", tray.path, 0, "");
	tray_copy(&tray, "foyer.ini", "misspelled-name.ini");
	expect("check", tray.path, 0,
	       "foyer.ini, line 8: [languages] has no setting draft. Write "
	       "drafts.\n"
	       "The kiosk takes this card. 1 thing is worth a look.\n");
	tray_copy(&tray, "foyer.ini", "wrong-zone.ini");
	expect("check --lang fr", tray.path, 1,
	       "foyer.ini, ligne 8 : zone est « Toronto ». Écrivez un nom "
	       "comme America/Toronto.\n"
	       "1 chose à corriger avant que la borne prenne cette carte.\n");
	expect("check --json", tray.path, 1,
	       "{\"level\":\"stop\",\"finding\":\"value_zone\",\"file\":"
	       "\"foyer.ini\",\"line\":8,\"text\":\"zone is “Toronto”. Write a "
	       "name like America/Toronto.\"}\n");
	tray_done(&tray);
}

static void the_partition_may_be_named_for_its_folder(void **state)
{
	SCOPED(folder_freep) char *card = folder_new();
	SCOPED(char_freep) char *below = folder_file(card, "foyer");
	struct tray tray = tray_new();
	SCOPED(char_freep)
	char *line = xasprintf("mv %s %s", tray.path, below);

	(void)state;
	assert_int_equal(system(line), 0);
	expect("check", card, 0, "The card is in order.\n");
	tray_done(&tray);
}

static void wrong_usage_is_told(void **state)
{
	static const char *const lines[] = {
		"check",
		"check --lang de .",
		"check --home . .",
		"prepare --json .",
		"check . .",
		"check --colour .",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct output output =
		    program_run("", "foyer card %s", lines[i]);

		assert_int_equal(output.status, 2);
		assert_non_null(strstr(output.err, "usage: foyer card "));
		output_done(&output);
	}
}

static void a_card_is_prepared_from_a_home_without_its_secrets(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *card = folder_file(folder, "card/foyer");
	SCOPED(char_freep) char *passphrase = NULL;
	struct bytes text = { 0 };
	struct output output =
	    program_run("", "foyer demo new --home %s/home", folder);

	(void)state;
	assert_int_equal(output.status, 0);
	output_done(&output);
	output = program_run("", "foyer key show --home %s/home", folder);
	SCOPED(char_freep)
	char *fingerprint = xstrndup(strstr(output.out, "fingerprint"),
				     strlen("fingerprint ") + 35);

	output_done(&output);
	output = program_run("", "foyer card prepare --home %s/home %s", folder,
			     card);
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, "/card/foyer/foyer.ini\n"));
	assert_non_null(strstr(output.out, "/card/foyer/agency.pub\n"));
	assert_non_null(strstr(output.out, "/card/foyer/forms/intake.xml\n"));
	assert_non_null(strstr(output.out, fingerprint));
	output_done(&output);
	expect("check", card, 0,
	       "foyer.ini: [printer] has no address: the kiosk looks for a "
	       "printer at its USB port.\n"
	       "The card is in order.\n");
	SCOPED(char_freep)
	char *path = folder_file(folder, "home/passphrase.txt");

	assert_int_equal(file_read(path, 256, &text), FAULT_NONE);
	passphrase = bytes_take_text(&text);
	passphrase[strcspn(passphrase, "\n")] = 0;
	assert_false(folder_holds(card, passphrase));
	assert_false(folder_holds(card, "FOYERAK1"));
}

/* A home with settings and a key, and a list of services that says so. */
static char *home_with_services(const char *folder, const char *services)
{
	char *path = folder_file(folder, "home/services.json");
	struct output output =
	    program_run("", "foyer demo new --home %s/home", folder);

	assert_int_equal(output.status, 0);
	output_done(&output);
	assert_int_equal(file_write(path, services, strlen(services), 0644),
			 FAULT_NONE);
	return path;
}

static void services_that_no_kiosk_takes_stop_before_the_card(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *card = folder_file(folder, "card/foyer");
	SCOPED(char_freep) char *settings = folder_file(card, "foyer.ini");
	SCOPED(char_freep) char *list = folder_file(card, "services.json");
	SCOPED(char_freep)
	char *path = home_with_services(folder, "{\"services\": [");
	static const char good[] = "{\"shape\": \"foyer services 1\", "
				   "\"services\": []}";
	struct output output = program_run(
	    "", "foyer card prepare --home %s/home %s", folder, card);

	(void)state;
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "home/services.json: a kiosk does "
					   "not take it: line 1: "));
	assert_non_null(strstr(output.err, "`foyer directory publish`"));
	assert_false(file_exists(settings));
	output_done(&output);

	/* Of the size of four megabytes and a byte. */
	assert_int_equal(truncate(path, (4 << 20) + 1), 0);
	output = program_run("", "foyer card prepare --home %s/home %s", folder,
			     card);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "the file is too large; write it "
					   "again with `foyer directory "
					   "publish`, or remove it"));
	assert_false(file_exists(settings));
	output_done(&output);

	assert_int_equal(file_write(path, good, strlen(good), 0644),
			 FAULT_NONE);
	output = program_run("", "foyer card prepare --home %s/home %s", folder,
			     card);
	assert_int_equal(output.status, 0);
	assert_true(file_exists(list));
	output_done(&output);

	/* What came onto the card in another way is told there. */
	assert_int_equal(file_write(list, "[]", 2, 0644), FAULT_NONE);
	expect("check", card, 0,
	       "services.json: These services are not taken: no list of "
	       "services of this version of Foyer. Make the file again with "
	       "`foyer directory publish`.\n"
	       "foyer.ini: [printer] has no address: the kiosk looks for a "
	       "printer at its USB port.\n"
	       "The kiosk takes this card. 1 thing is worth a look.\n");
}

static void a_home_is_not_written_into_nor_taken_without_a_key(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct output output = program_run(
	    "", "foyer card prepare --home %s %s/foyer", folder, folder);

	(void)state;
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "a part of the home"));
	output_done(&output);
	SCOPED(folder_freep) char *card = folder_new();

	output =
	    program_run("", "foyer card prepare --home %s %s", folder, card);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "foyer key new"));
	output_done(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checking_says_what_the_kiosk_says),
		cmocka_unit_test(the_partition_may_be_named_for_its_folder),
		cmocka_unit_test(wrong_usage_is_told),
		cmocka_unit_test(
		    a_card_is_prepared_from_a_home_without_its_secrets),
		cmocka_unit_test(
		    services_that_no_kiosk_takes_stop_before_the_card),
		cmocka_unit_test(
		    a_home_is_not_written_into_nor_taken_without_a_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
