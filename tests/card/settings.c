#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/tray.h"

/*
 * A foyer.ini as people make them, with what is told of it, word for word. The
 * files are in tests/data/card.
 */
static const struct {
	const char *data, *said;
} told[] = {
	{ "archive.ini", "stop foyer.ini: This is an archive (zip or the "
			 "like), not plain text. Unpack it, and put the "
			 "foyer.ini that is in it on the card.\n" },
	{ "byte-order-mark.ini", "" },
	{ "capital-letters.ini", "doubt foyer.ini, line 1: There is no section "
				 "[Agency]. Write [agency].\n" },
	{ "empty.ini", "stop foyer.ini: The file is empty. The card may have "
		       "been full, or taken out too early. Copy the file "
		       "again.\n" },
	{ "good.ini", "" },
	{ "long-kiosk-name.ini",
	  "stop foyer.ini, line 4: name is “Front door "
	  "kiosk”. Write 1 to 12 letters and digits without "
	  "accents or blanks, as in K7.\n" },
	{ "long-line.ini",
	  "stop foyer.ini, line 3: This line is longer than 198 "
	  "bytes: “desk = "
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	  "xxxxxxxxxxxxxxxxxxxxx…”. Write it shorter.\n" },
	{ "missing-form.ini",
	  "stop foyer.ini: [kiosk] form is winter, but there is "
	  "no forms/winter.xml. Put it on the card, or take the "
	  "line out to use the form that comes with Foyer.\n" },
	{ "misspelled-name.ini",
	  "doubt foyer.ini, line 8: [languages] has no setting "
	  "draft. Write drafts.\n" },
	{ "misspelled-section.ini",
	  "doubt foyer.ini, line 7: There is no section "
	  "[langauges]. Write [languages].\n" },
	{ "no-agency-name.ini",
	  "doubt foyer.ini: [agency] has no name: tickets will "
	  "not say whose they are. Write: name = Your agency.\n" },
	{ "no-equals.ini", "stop foyer.ini, line 8: This line is no setting: "
			   "“headphones yes”. Write: name = value. For a "
			   "remark of your own, put # before it.\n" },
	{ "no-section.ini",
	  "doubt foyer.ini, line 1: name stands above the first "
	  "section, and is not read. Write the line of its "
	  "section above it, such as [agency].\n" },
	{ "not-a-flag.ini", "doubt foyer.ini, line 8: headphones is “maybe”. "
			    "Write yes or no.\n" },
	{ "not-a-number.ini", "doubt foyer.ini, line 8: idle is “one minute”. "
			      "Write a whole number from 1 to 600.\n" },
	{ "not-a-word.ini", "doubt foyer.ini, line 8: theme is “pink”. Write "
			    "one of these: dark, light, strong.\n" },
	{ "old-mac-lines.ini", "" },
	{ "old-windows.ini",
	  "doubt foyer.ini, line 2: From this line on letters "
	  "are saved in an old way of Windows, and were read as "
	  "such. See whether names look right, and save the "
	  "file as UTF-8.\n" },
	{ "old-word-document.ini",
	  "stop foyer.ini: This is a document of Word or "
	  "LibreOffice, not plain text. Open it, choose “Save "
	  "as”, “Plain text (.txt)” and UTF-8, and name "
	  "it foyer.ini.\n" },
	{ "open-bracket.ini",
	  "stop foyer.ini, line 7: The name of a section stands "
	  "between [ and ], and has at most 49 letters: "
	  "“[speech”. Write it as in [agency].\n" },
	{ "out-of-range.ini",
	  "doubt foyer.ini, line 8: idle is “3600”. Write a "
	  "whole number from 1 to 600.\n" },
	{ "portable-document.ini",
	  "stop foyer.ini: This is a PDF, not plain text. Copy "
	  "its lines into a plain text editor, and name the "
	  "file foyer.ini.\n" },
	{ "quoted-number.ini",
	  "doubt foyer.ini, line 8: idle is between quotation "
	  "marks, which do not belong there: \"90\". Write: "
	  "idle = 90\n" },
	{ "rich-text.ini", "stop foyer.ini: This is rich text (RTF), not plain "
			   "text. In TextEdit choose “Format”, “Make Plain "
			   "Text”; in WordPad save as “Text document”. "
			   "Name it foyer.ini.\n" },
	{ "screenshot.ini",
	  "stop foyer.ini: This is a picture, not plain text. "
	  "Write the settings in a plain text editor, and name "
	  "the file foyer.ini.\n" },
	{ "smart-quotes.ini",
	  "doubt foyer.ini, line 2: name is between quotation "
	  "marks, which do not belong there: “Riverside "
	  "Settlement House”. Write: name = Riverside "
	  "Settlement House\n" },
	{ "spreadsheet.ini",
	  "stop foyer.ini: This is a spreadsheet, not plain "
	  "text. Write the settings in a plain text editor, "
	  "such as Notepad, and name the file foyer.ini.\n" },
	{ "twice.ini", "doubt foyer.ini, line 8: name stands in line 2, too; "
		       "this one counts. Take one of them out.\n" },
	{ "unknown-name.ini",
	  "doubt foyer.ini, line 8: [speech] has no setting colour. "
	  "Those it has: output headphones.\n" },
	{ "utf-16-unmarked.ini", "" },
	{ "utf-16.ini", "" },
	{ "web-page.ini",
	  "stop foyer.ini: This is a web page, not plain text. "
	  "It was saved from a browser: open the original, copy "
	  "its lines into a plain text editor, and name the "
	  "file foyer.ini.\n" },
	{ "windows-lines.ini", "" },
	{ "word-document.ini",
	  "stop foyer.ini: This is a document of Word or "
	  "LibreOffice, not plain text. Open it, choose “Save "
	  "as”, “Plain text (.txt)” and UTF-8, and name "
	  "it foyer.ini.\n" },
	{ "slip-elsewhere.ini",
	  "doubt foyer.ini, line 8: [languages] has no setting "
	  "headphone. Write headphones, below [speech].\n" },
	{ "wrong-hours.ini", "doubt foyer.ini, line 8: monday is “9 to 5”. "
			     "Write hours as in 08:30-12:00 13:00-16:30, or "
			     "nothing for a day without.\n" },
	{ "wrong-paper.ini", "stop foyer.ini, line 5: paper_mm is “72”. Write "
			     "one of these: 58, 80.\n" },
	{ "wrong-printer.ini",
	  "stop foyer.ini, line 4: address is “Epson TM”. "
	  "Write one of these: none, file:..., usb:..., tty:..., "
	  "tcp:..., "
	  "cups:....\n" },
	{ "wrong-section.ini", "doubt foyer.ini, line 3: zone is no setting of "
			       "[agency]. Move the line to below [kiosk].\n" },
	{ "wrong-zone.ini", "stop foyer.ini, line 8: zone is “Toronto”. Write "
			    "a name like America/Toronto.\n" },
	{ "zeros.ini", "stop foyer.ini: This is not plain text; it may be "
		       "damaged. Write it again in a plain text editor, and "
		       "save it as UTF-8.\n" },
};

static void every_wrong_file_is_told_in_words(void **state)
{
	size_t different = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(told); i++) {
		struct tray tray = tray_new();
		SCOPED(char_freep) char *said = NULL;

		tray_copy(&tray, "foyer.ini", told[i].data);
		said = tray_findings(&tray, "en");
		if (strcmp(said, told[i].said) != 0) {
			print_error("%s: %s", told[i].data, said);
			different++;
		}
		tray_done(&tray);
	}
	assert_int_equal(different, 0);
}

static void a_section_that_nobody_could_mean_is_told_all_there_are(void **state)
{
	struct tray tray = tray_new();
	SCOPED(char_freep) char *said = NULL;

	(void)state;
	tray_copy(&tray, "foyer.ini", "unknown-section.ini");
	said = tray_findings(&tray, "en");
	assert_non_null(strstr(said, "doubt foyer.ini, line 7: There is no "
				     "section [marketing]. Those there are: "
				     "[agency] [kiosk]"));
	tray_done(&tray);
}

/* Windows', old Macs' and UTF-16 files are taken as the same settings. */
static void however_it_was_saved_it_is_taken_as_the_same(void **state)
{
	static const char *const data[] = { "byte-order-mark.ini",
					    "windows-lines.ini",
					    "old-mac-lines.ini", "utf-16.ini",
					    "utf-16-unmarked.ini" };
	struct tray tray = tray_new();
	struct card_folder good, same;

	(void)state;
	card_folder_read(tray.path, NULL, &good);
	for (size_t i = 0; i < COUNT(data); i++) {
		tray_copy(&tray, "foyer.ini", data[i]);
		card_folder_read(tray.path, NULL, &same);
		assert_string_equal((char *)same.settings.data,
				    (char *)good.settings.data);
		assert_memory_equal(same.files[1].digest, good.files[1].digest,
				    DIGEST_BYTES);
		card_folder_done(&same);
	}
	card_folder_done(&good);
	tray_done(&tray);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_wrong_file_is_told_in_words),
		cmocka_unit_test(
		    a_section_that_nobody_could_mean_is_told_all_there_are),
		cmocka_unit_test(however_it_was_saved_it_is_taken_as_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
