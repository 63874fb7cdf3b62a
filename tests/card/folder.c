#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "card/near.h"
#include "tests/support/folder.h"
#include "tests/support/forms.h"
#include "tests/support/tray.h"

static void expect(const struct tray *tray, const char *said)
{
	SCOPED(char_freep) char *now = tray_findings(tray, "en");

	assert_string_equal(now, said);
}

/* What would be taken, parted by blanks. */
static void expect_files(const struct tray *tray, const char *names)
{
	struct card_folder folder;
	struct bytes all = { 0 };

	bytes_add_text(&all, "");
	card_folder_read(tray->path, NULL, &folder);
	for (size_t i = 0; i < folder.count; i++)
		bytes_add_format(&all, "%s%s", i ? " " : "",
				 folder.files[i].name);
	assert_string_equal((char *)all.data, names);
	bytes_done(&all);
	card_folder_done(&folder);
}

static void a_card_in_order_has_nothing_to_tell(void **state)
{
	struct tray tray = tray_new();
	struct card_folder folder;

	(void)state;
	expect(&tray, "");
	expect_files(&tray, "agency.pub foyer.ini");
	card_folder_read(tray.path, NULL, &folder);
	assert_true(card_folder_serves(&folder));
	assert_true(folder.has_agency);
	assert_memory_equal(folder.agency.key, tray.agency.key, KEY_BYTES);
	assert_string_equal(folder.agency.name, "Riverside");
	assert_string_equal(folder.form, "intake");
	card_folder_done(&folder);
	tray_done(&tray);
}

static void what_is_missing_is_told_with_where_to_get_it(void **state)
{
	struct tray tray = tray_new();

	(void)state;
	tray_remove(&tray, "agency.pub");
	expect(&tray, "stop There is no agency.pub, so tickets could not be "
		      "sealed to you. Copy keys/agency.pub from the office’s "
		      "computer.\n");
	tray_remove(&tray, "foyer.ini");
	expect(&tray,
	       "stop There is no foyer.ini. On the office’s computer, `foyer "
	       "card prepare` writes one; or write it with a plain text "
	       "editor.\n"
	       "stop There is no agency.pub, so tickets could not be sealed to "
	       "you. Copy keys/agency.pub from the office’s computer.\n");
	tray_copy(&tray, "foyer/foyer.ini", "good.ini");
	SCOPED(char_freep) char *said = tray_findings(&tray, "en");

	assert_non_null(strstr(said, "stop The files are one folder too deep, "
				     "in foyer/foyer."));
	folder_remove(tray.path);
	SCOPED(char_freep) char *gone = tray_findings(&tray, "en");

	assert_non_null(strstr(gone, "stop There is no folder "));
	tray_done(&tray);
}

static void names_as_laptops_leave_them_are_forgiven(void **state)
{
	static const char words[] =
	    "msgid \"\"\n"
	    "msgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n";
	struct tray tray = tray_new();
	SCOPED(char_freep)
	char *form =
	    forms_text("<instance><data id=\"x\"><a/></data></instance>"
		       "<bind nodeset=\"/data/a\" type=\"string\"/>",
		       "<input ref=\"/data/a\"><label>A</label></input>");

	(void)state;
	tray_remove(&tray, "foyer.ini");
	tray_copy(&tray, "FOYER.INI.TXT", "good.ini");
	tray_text(&tray, "._foyer.ini", "Mac OS X");
	tray_text(&tray, ".DS_Store", "Mac OS X");
	tray_text(&tray, "Thumbs.db", "Windows");
	tray_text(&tray, "FORMS/WINTER.XML", form);
	tray_text(&tray, "translations/fr.po.txt", words);
	tray_text(&tray, "forms/._winter.xml", "Mac OS X");
	expect(&tray, "");
	expect_files(
	    &tray, "agency.pub forms/winter.xml foyer.ini translations/fr.po");
	tray_done(&tray);
}

static void a_form_is_named_in_the_letters_that_it_is_kept_with(void **state)
{
	struct tray tray = tray_new();
	SCOPED(char_freep)
	char *form =
	    forms_text("<instance><data id=\"x\"><a/></data></instance>"
		       "<bind nodeset=\"/data/a\" type=\"string\"/>",
		       "<input ref=\"/data/a\"><label>A</label></input>");
	SCOPED(char_freep) char *said = NULL;

	(void)state;
	tray_text(&tray, "foyer.ini", "[kiosk]\nform = Survey\n");
	tray_text(&tray, "forms/SURVEY.XML", form);
	said = tray_findings(&tray, "en");
	assert_non_null(strstr(
	    said,
	    "stop foyer.ini: [kiosk] form is Survey, but the kiosk calls that "
	    "form survey, in other capital letters. Write: form = survey\n"));
	SCOPED(char_freep) char *mended = NULL;
	tray_text(&tray, "foyer.ini", "[kiosk]\nform = survey\n");
	mended = tray_findings(&tray, "en");
	assert_null(strstr(mended, "stop "));
	tray_done(&tray);
}

static void of_two_that_mean_the_same_one_must_go(void **state)
{
	static const char plain[] =
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">"
	    "<path d=\"M0 0L9 9\" stroke=\"#000\"/></svg>";
	struct tray tray = tray_new();

	(void)state;
	tray_copy(&tray, "foyer.ini.txt", "good.ini");
	expect(&tray, "stop foyer.ini.txt: foyer.ini is there, too, and only "
		      "one can count. Keep one of them, named foyer.ini.\n");
	tray_remove(&tray, "foyer.ini.txt");
	tray_text(&tray, "pictures/a.svg", plain);
	tray_text(&tray, "pictures/A.svg", plain);
	expect(&tray, "left-out pictures/a.svg: pictures/A.svg is there "
		      "already, in other capital letters. Take one of them "
		      "out.\n");
	tray_done(&tray);
}

/* As many as may be, in all folders together, and one more. */
static void too_many_files_are_told(void **state)
{
	struct tray tray = tray_new();
	struct card_folder folder;

	(void)state;
	for (int i = 0; i < CARD_FILES; i++) {
		SCOPED(char_freep)
		char *name =
		    xasprintf("%s/%d.txt", i % 2 ? "forms" : "translations", i);

		tray_text(&tray, name, "sun");
	}
	card_folder_read(tray.path, NULL, &folder);
	assert_true(card_folder_serves(&folder));
	card_folder_done(&folder);
	tray_text(&tray, "pictures/one.svg", "more");
	card_folder_read(tray.path, NULL, &folder);
	assert_int_equal(folder.findings.levels[CARD_STOP], 1);
	card_folder_done(&folder);
	tray_done(&tray);
}

static void a_key_that_is_not_the_public_one_is_told_apart(void **state)
{
	static const struct {
		const char *text, *said;
	} keys[] = {
		{ "hello",
		  "stop agency.pub: This is not an agency’s public key. Copy "
		  "keys/agency.pub from the office’s computer.\n" },
		{ "5851100000034012345",
		  "stop agency.pub: The agency’s public key is damaged. Copy "
		  "keys/agency.pub from the office’s computer again.\n" },
		{ "5841100000034012345",
		  "stop agency.pub: This is the enrolment of a kiosk, not the "
		  "agency’s public key. Copy keys/agency.pub from the office’s "
		  "computer.\n" },
	};
	struct tray tray = tray_new();

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++) {
		tray_text(&tray, "agency.pub", keys[i].text);
		expect(&tray, keys[i].said);
	}
	tray_done(&tray);
}

static void a_secret_is_refused_loudly_wherever_it_lies(void **state)
{
	static const char secret[] =
	    "SECRET! This is the agency’s secret key, which opens every "
	    "ticket. Never put it on a card. Delete it here now; if the card "
	    "was out of your hands, make a new key.\n";
	static const struct {
		const char *name, *text, *said;
	} secrets[] = {
		{ "agency.key", "FOYERAK1....", NULL },
		{ "keys/agency.key", "anything", NULL },
		{ "holiday.jpg", "FOYERAK1....", NULL },
		{ "backup.txt", "586110000003301234567890", NULL },
		{ "kiosk.key", "FOYERKK1....",
		  "SECRET! This is a kiosk’s own key. It never leaves its "
		  "kiosk. Delete it here now, and have that kiosk make a new "
		  "one.\n" },
		{ "keys/site.key", "FOYERKK1....",
		  "SECRET! This is the key with which this site signs its "
		  "shared counts. Never put it on a card. Delete it here now; "
		  "if the card was out of your hands, tell the "
		  "coordinator.\n" },
		{ "passphrase.txt", "lamo kire fusa",
		  "SECRET! This is named like a passphrase. Never put one on a "
		  "card. Delete it here now.\n" },
		{ "foyer.backup", "FOYERBK1....",
		  "SECRET! This is the agency’s record, or a backup of it. It "
		  "does not belong on a kiosk’s card. Delete it here now.\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(secrets); i++) {
		struct tray tray = tray_new();
		SCOPED(char_freep)
		char *line =
		    xasprintf("stop %s: %s", secrets[i].name,
			      secrets[i].said ? secrets[i].said : secret);
		SCOPED(char_freep) char *said = NULL;

		tray_text(&tray, secrets[i].name, secrets[i].text);
		said = tray_findings(&tray, "en");
		if (!strstr(said, line))
			fail_msg("%s: %s", secrets[i].name, said);
		tray_done(&tray);
	}
}

/* In place of the public key, too: people copy the wrong one of the two. */
static void the_secret_key_under_the_public_ones_name_is_refused(void **state)
{
	struct tray tray = tray_new();

	(void)state;
	tray_text(&tray, "agency.pub", "FOYERAK1....");
	expect(&tray,
	       "stop agency.pub: SECRET! This is the agency’s secret key, "
	       "which opens every ticket. Never put it on a card. Delete it "
	       "here now; if the card was out of your hands, make a new "
	       "key.\n");
	expect_files(&tray, "foyer.ini");
	tray_done(&tray);
}

static void a_bad_file_is_named_and_left_out(void **state)
{
	static const struct {
		const char *name, *text, *said;
	} files[] = {
		{ "forms/intake.xml", "<html",
		  "left-out forms/intake.xml, line 1: This form is not taken; "
		  "the one that was there before stays. not well-formed XML: "
		  "Couldn't find end of Start Tag html line 1\n" },
		{ "forms/intake.xml", "<!DOCTYPE a SYSTEM \"b\"><a/>",
		  "left-out forms/intake.xml: This form is not taken; the one "
		  "that was there before stays. has a DOCTYPE, which could "
		  "pull in other files; remove it\n" },
		{ "forms/intake.xlsx", "PK",
		  "left-out forms/intake.xlsx: Only forms that end in .xml are "
		  "taken. On the office’s computer, `foyer form build` makes "
		  "one of a spreadsheet.\n" },
		{ "forms/été.xml", "<a/>",
		  "left-out forms/été.xml: The name of a form has only letters "
		  "without accents, digits, - and _. Rename the file.\n" },
		{ "forms/intake.xml", "",
		  "left-out forms/intake.xml: The file is empty. The card may "
		  "have been full, or taken out too early. Copy the file "
		  "again.\n" },
		{ "translations/fr.docx", "PK",
		  "left-out translations/fr.docx: Only translations that end "
		  "in .po are taken.\n" },
		{ "translations/french words.po", "",
		  "left-out translations/french words.po: The name of a "
		  "translation is a language’s tag and .po, as in fr.po or "
		  "zh-Hans.po. Rename the file.\n" },
		{ "pictures/a b.svg", "<svg/>",
		  "left-out pictures/a b.svg: The name of a picture has only "
		  "letters without accents, digits, -, _ and dots. Rename the "
		  "file.\n" },
		{ "holiday.txt", "sun",
		  "note holiday.txt: The kiosk does not use this.\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct tray tray = tray_new();

		tray_text(&tray, files[i].name, files[i].text);
		expect(&tray, files[i].said);
		expect_files(&tray, "agency.pub foyer.ini");
		tray_done(&tray);
	}
}

static void what_a_reader_says_of_a_file_is_passed_on(void **state)
{
	struct tray tray = tray_new();
	SCOPED(char_freep)
	char *cycle =
	    forms_text("<instance><data id=\"x\"><a/><b/></data></instance>"
		       "<bind nodeset=\"/data/a\" calculate=\"/data/b + 1\"/>"
		       "<bind nodeset=\"/data/b\" calculate=\"/data/a + 1\"/>",
		       "");

	(void)state;
	tray_text(&tray, "forms/intake.xml", cycle);
	tray_text(&tray, "translations/fr.po", "msgid \"\nmsgstr");
	tray_text(&tray, "pictures/a.svg", "<svg");
	SCOPED(char_freep) char *said = tray_findings(&tray, "fr");

	assert_non_null(strstr(said,
			       "left-out forms/intake.xml : Ce formulaire "
			       "n’est pas pris ; celui d’avant reste. "));
	assert_non_null(strstr(said, "/data/a"));
	assert_non_null(strstr(said, "left-out translations/fr.po, ligne 2 : "
				     "Cette traduction n’est pas prise ; les "
				     "mots d’avant restent. "));
	assert_non_null(strstr(said, "left-out pictures/a.svg : Cette image "
				     "n’est pas prise. "));
	expect_files(&tray, "agency.pub foyer.ini");
	tray_done(&tray);
}

/* A file that changes between being looked at and being taken is not. */
static void a_file_is_taken_as_it_was_looked_at(void **state)
{
	struct tray tray = tray_new();
	struct card_folder folder;
	struct bytes bytes = { 0 };

	(void)state;
	card_folder_read(tray.path, NULL, &folder);
	assert_int_equal(card_file_bytes(&folder, &folder.files[0], &bytes),
			 FAULT_NONE);
	assert_memory_equal(bytes.data, "5851100", 7);
	tray_key(&tray, 0x22);
	bytes_done(&bytes);
	assert_int_equal(card_file_bytes(&folder, &folder.files[0], &bytes),
			 FAULT_FORMAT);
	assert_int_equal(bytes.length, 0);
	card_folder_done(&folder);
	tray_done(&tray);
}

static void slips_are_near_and_other_words_are_not(void **state)
{
	static const struct {
		const char *written, *meant;
		size_t distance;
		bool near;
	} pairs[] = {
		{ "drafts", "drafts", 0, true },
		{ "Drafts", "drafts", 0, true },
		{ "draft", "drafts", 1, true },
		{ "langauges", "languages", 1, true },
		{ "text-size", "text_size", 0, true },
		{ "text size", "text_size", 0, true },
		{ "hotline", "helpline", 3, true },
		{ "up", "desk", 4, false },
		{ "", "up", 2, false },
		{ "a very long name that nobody ever meant to write", "up",
		  NEAR_FAR, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		assert_int_equal(
		    near_distance(pairs[i].written, pairs[i].meant),
		    pairs[i].distance);
		assert_int_equal(near_enough(pairs[i].written, pairs[i].meant),
				 pairs[i].near);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_in_order_has_nothing_to_tell),
		cmocka_unit_test(what_is_missing_is_told_with_where_to_get_it),
		cmocka_unit_test(names_as_laptops_leave_them_are_forgiven),
		cmocka_unit_test(
		    a_form_is_named_in_the_letters_that_it_is_kept_with),
		cmocka_unit_test(of_two_that_mean_the_same_one_must_go),
		cmocka_unit_test(too_many_files_are_told),
		cmocka_unit_test(
		    a_key_that_is_not_the_public_one_is_told_apart),
		cmocka_unit_test(a_secret_is_refused_loudly_wherever_it_lies),
		cmocka_unit_test(
		    the_secret_key_under_the_public_ones_name_is_refused),
		cmocka_unit_test(a_bad_file_is_named_and_left_out),
		cmocka_unit_test(what_a_reader_says_of_a_file_is_passed_on),
		cmocka_unit_test(a_file_is_taken_as_it_was_looked_at),
		cmocka_unit_test(slips_are_near_and_other_words_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
