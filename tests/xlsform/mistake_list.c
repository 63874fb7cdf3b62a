#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/workbook.h"
#include "tests/test.h"
#include "xlsform/csv.h"
#include "xlsform/xlsform.h"

/*
 * Sheets with the mistakes that people make, in tests/data/mistakes: each is
 * told in the words of its findings.txt, from CSV files and from a workbook.
 */
#define LIST "tests/data/mistakes"

/* The findings as lines, each sheet called by its name alone. */
static char *said_of(const char *path, const char *before, const char *after)
{
	struct findings findings = { 0 };
	struct bytes text = { 0 };

	bytes_add_text(&text, "");
	enum fault fault = xlsform_check(path, &findings);

	assert_int_equal(fault != FAULT_NONE, findings.errors > 0);
	for (size_t i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.list[i];
		const char *file = finding->file + strlen(before);
		size_t name = strlen(file) - strlen(after);

		assert_memory_equal(finding->file, before, strlen(before));
		assert_string_equal(file + name, after);
		bytes_add_format(
		    &text, "%s%.*s%s\n",
		    finding->level == FINDING_WARNING ? "warning: " : "",
		    (int)name, file, finding->line + strlen(finding->file));
	}
	findings_done(&findings);
	return bytes_take_text(&text);
}

static char *wanted_of(const char *folder)
{
	SCOPED(char_freep) char *path = folder_file(folder, "findings.txt");
	struct bytes text = { 0 };

	assert_int_equal(file_read(path, 100000, &text), FAULT_NONE);
	return bytes_take_text(&text);
}

/* The same sheets as a workbook. False: CSV alone can have the mistake. */
static bool write_workbook(const char *folder, const char *path)
{
	char *rows[SHEET_KINDS] = { 0 };
	struct workbook workbook = { 0 };
	struct findings findings = { 0 };
	struct bytes bytes = { 0 };
	struct sheets sheets;
	size_t count = 0;
	bool whole = !csv_read_folder(folder, &findings, &sheets);

	for (enum sheet_kind kind = 0; whole && kind < SHEET_KINDS; kind++) {
		if (!sheets.of[kind].file)
			continue;
		rows[kind] = workbook_rows(&sheets.of[kind]);
		workbook.sheets[count++] =
		    (struct workbook_sheet){ sheet_name(kind), rows[kind],
					     NULL };
	}
	if (whole) {
		workbook_make(&workbook, &bytes);
		assert_int_equal(
		    file_write(path, bytes.data, bytes.length, 0600),
		    FAULT_NONE);
	}
	for (enum sheet_kind kind = 0; kind < SHEET_KINDS; kind++)
		free(rows[kind]);
	bytes_done(&bytes);
	sheets_done(&sheets);
	findings_done(&findings);
	return whole;
}

static void check_mistake(const char *name, size_t *workbooks)
{
	SCOPED(folder_freep) char *scratch = folder_new();
	SCOPED(char_freep) char *path = folder_file(scratch, "f.xlsx");
	SCOPED(char_freep) char *folder = xasprintf(LIST "/%s", name);
	SCOPED(char_freep) char *wanted = wanted_of(folder);
	SCOPED(char_freep) char *said = said_of(folder, "", ".csv");

	assert_true(*wanted);
	assert_string_equal(said, wanted);
	if (!write_workbook(folder, path))
		return;
	SCOPED(char_freep) char *again = said_of(path, "sheet ", "");

	assert_string_equal(again, wanted);
	++*workbooks;
}

static void every_mistake_is_told_with_its_place_and_its_mend(void **state)
{
	DIR *list = opendir(LIST);
	size_t count = 0, workbooks = 0;

	(void)state;
	assert_non_null(list);
	for (struct dirent *entry; (entry = readdir(list));) {
		if (*entry->d_name == '.')
			continue;
		check_mistake(entry->d_name, &workbooks);
		count++;
	}
	closedir(list);
	assert_true(count >= 20);
	assert_int_equal(workbooks, count - 1); /* a comma astray */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_mistake_is_told_with_its_place_and_its_mend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
