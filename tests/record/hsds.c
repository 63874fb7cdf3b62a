#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "record/hsds.h"
#include "record/hsds_csv.h"
#include "tests/support/directory.h"
#include "tests/support/folder.h"

/* Reads the folder; every finding, a line each, for comparing. */
static enum fault read_all(const char *folder, struct hsds_package **out,
			   char **said)
{
	struct findings findings = { 0 };
	struct bytes lines = { 0 };
	enum fault fault = hsds_read(folder, &findings, out);

	bytes_add_text(&lines, "");
	for (size_t i = 0; i < findings.count; i++)
		bytes_add_format(&lines, "%s\n", findings.list[i].line);
	findings_done(&findings);
	*said = bytes_take_text(&lines);
	return fault;
}

static void assert_refused(const char *folder, enum fault fault,
			   const char *words)
{
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	SCOPED(char_freep) char *said = NULL;

	assert_int_equal(read_all(folder, &package, &said), fault);
	assert_null(package);
	assert_string_equal(said, words);
}

static void a_package_is_written_as_it_was_read(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *copy = xasprintf("%s/copy/deep", folder);
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	SCOPED(hsds_package_freep) struct hsds_package *again = NULL;
	SCOPED(char_freep) char *said = NULL;
	SCOPED(char_freep) char *none = NULL;

	(void)state;
	directory_make(folder, 40, 1);
	assert_int_equal(read_all(folder, &package, &said), FAULT_NONE);
	assert_string_equal(said, "");
	assert_int_equal(package->file_count, HSDS_TABLES + 2);
	assert_int_equal(hsds_file_of(package, HSDS_SERVICE)->row_count, 40);
	assert_int_equal(hsds_describe(package), FAULT_NONE);
	assert_int_equal(hsds_write(package, copy), FAULT_NONE);
	assert_int_equal(read_all(copy, &again, &none), FAULT_NONE);
	for (size_t i = 0; i < package->file_count; i++)
		assert_memory_equal(package->files[i].bytes.data,
				    again->files[i].bytes.data,
				    package->files[i].bytes.length);
}

static void a_cell_keeps_blanks_lines_and_quotation_marks(void **state)
{
	static const char sheet[] = "id; name ;x\n1;\" a \"\"b\"\"\nc \"; d \n"
				    "2;;\n;;\n3\n";
	struct hsds_file file = { .path = (char[]){ "services.csv" } };
	struct findings findings = { 0 };

	(void)state;
	bytes_add_text(&file.bytes, sheet);
	assert_int_equal(hsds_csv_read(&file, &findings), FAULT_NONE);
	assert_int_equal(file.column_count, 3);
	assert_string_equal(file.columns[1], " name ");
	assert_int_equal(file.row_count, 4);
	assert_string_equal(hsds_cell(&file, 0, 1), " a \"b\"\nc ");
	assert_string_equal(hsds_cell(&file, 0, 2), " d ");
	assert_string_equal(hsds_cell(&file, 1, 1), "");
	assert_true(hsds_row_is_blank(&file, 2));
	assert_string_equal(hsds_cell(&file, 3, 0), "3");
	assert_string_equal(hsds_cell(&file, 3, hsds_column(&file, "no")), "");
	for (size_t i = 0; i < file.column_count; i++)
		free(file.columns[i]);
	free(file.columns);
	free(file.cells);
	bytes_done(&file.bytes);
	bytes_done(&file.text);
}

static void a_mistake_is_told_with_its_place_and_mend(void **state)
{
	static const struct {
		const char *file, *text;
		enum fault fault;
		const char *said;
	} cases[] = {
		{ "services.csv",
		  "id,organization_id,name,status,assured_date\n"
		  "s1,o1,A,open,2026-11-31\ns2,,B,active,\ns1,o9,C,active,\n",
		  FAULT_FORMAT,
		  "services.csv: row 4, column id: s1: another row has this "
		  "id; each needs its own\n"
		  "services.csv: row 3, column organization_id: nothing "
		  "stands here; it is needed\n"
		  "services.csv: row 2, column status: open: not one of the "
		  "specification's words\n"
		  "services.csv: row 2, column assured_date: 2026-11-31: not "
		  "a day; write 2026-11-22\n"
		  "services.csv: row 4, column organization_id: o9: no row of "
		  "the other sheet has this id; add it there or take it out "
		  "here\n" },
		{ "services.csv", "id,name\ns1,A\n", FAULT_FORMAT,
		  "services.csv: row 1, column organization_id: this column is "
		  "missing; it is needed\n"
		  "services.csv: row 1, column status: this column is missing; "
		  "it is needed\n" },
		{ "services.csv", "id,id,,name\ns1,A\n", FAULT_FORMAT,
		  "services.csv: row 1: two columns are called id; rename one\n"
		  "services.csv: row 1: a column without a name; name it or "
		  "take it out\n" },
		{ "services.csv", "id,name\ns1,A,B\n", FAULT_FORMAT,
		  "services.csv: row 2: more cells than the heading has; put a "
		  "text with commas between quotation marks\n" },
		{ "services.csv", "id,name\ns1,\xff\n", FAULT_FORMAT,
		  "services.csv: row 2, column name: not UTF-8 text; save the "
		  "sheet as \"CSV UTF-8\"\n" },
		{ "services.csv", "", FAULT_FORMAT,
		  "services.csv: row 1: no heading; the first row names the "
		  "columns\n" },
		{ HSDS_DESCRIPTOR, "{\"resources\":{}}", FAULT_FORMAT,
		  "datapackage.json: no list of \"resources\"; it names the "
		  "files of the package\n" },
		{ HSDS_DESCRIPTOR,
		  "{\"resources\":[{\"name\":\"service\","
		  "\"path\":\"../secret\"}]}",
		  FAULT_FORMAT,
		  "datapackage.json: ../secret: this path does not name a file "
		  "in this folder; put the file there and name it so\n" },
		{ HSDS_DESCRIPTOR,
		  "{\"resources\":[{\"name\":\"service\","
		  "\"path\":\"gone.csv\"}]}",
		  FAULT_FORMAT,
		  "gone.csv: not there, and datapackage.json names it; copy "
		  "the whole package\n" },
		{ HSDS_DESCRIPTOR,
		  "{\"resources\":[{\"name\":\"a\",\"path\":\"services.csv\"},"
		  "{\"name\":\"b\",\"path\":\"services.csv\"}]}",
		  FAULT_FORMAT,
		  "datapackage.json: services.csv: its path or its name stands "
		  "there twice; take one out\n" },
		{ HSDS_DESCRIPTOR,
		  "{\"resources\":[{\"name\":\"organization\","
		  "\"path\":\"organizations.csv\"}]}",
		  FAULT_FORMAT,
		  "datapackage.json: no resource is called \"service\"; a "
		  "directory needs one\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(folder_freep) char *folder = folder_new();

		directory_small(folder);
		directory_put(folder, cases[i].file, cases[i].text);
		assert_refused(folder, cases[i].fault, cases[i].said);
	}
}

static void a_cell_without_an_end_is_refused_by_its_size(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *text = xcalloc(1, HSDS_CELL_LIMIT + 100);

	(void)state;
	directory_small(folder);
	strcpy(text, "id,name\ns1,\"");
	memset(text + strlen(text), 'x', HSDS_CELL_LIMIT + 1);
	strcat(text, "\"\n");
	directory_put(folder, "services.csv", text);
	assert_refused(
	    folder, FAULT_LIMIT,
	    "services.csv: row 2, column name: more than 65536 bytes "
	    "in one cell; shorten it, or look for a quotation mark "
	    "that nothing closes\n");
}

static void a_row_that_hangs_on_nothing_is_only_doubtful(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	SCOPED(char_freep) char *said = NULL;

	(void)state;
	directory_small(folder);
	directory_put(folder, HSDS_DESCRIPTOR,
		      "{\"resources\":[{\"name\":\"organization\","
		      "\"path\":\"organizations.csv\"},{\"name\":\"service\","
		      "\"path\":\"services.csv\"},{\"name\":\"phone\","
		      "\"path\":\"phones.csv\"}]}");
	directory_put(folder, "phones.csv",
		      "id,service_id,number\np1,s7,555\n,,\n");
	assert_int_equal(read_all(folder, &package, &said), FAULT_NONE);
	assert_string_equal(said,
			    "phones.csv: row 2, column service_id: s7: no row "
			    "of the other sheet has this id; add it there or "
			    "take it out here\n");
}

static void without_a_descriptor_the_usual_names_serve(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, HSDS_DESCRIPTOR);
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	SCOPED(char_freep) char *said = NULL;
	SCOPED(folder_freep) char *empty = folder_new();

	(void)state;
	directory_small(folder);
	assert_int_equal(file_remove(path), FAULT_NONE);
	assert_int_equal(read_all(folder, &package, &said), FAULT_NONE);
	assert_int_equal(package->file_count, 2);
	assert_int_equal(hsds_describe(package), FAULT_NONE);
	assert_non_null(strstr((char *)package->descriptor.data,
			       "\"path\": \"services.csv\""));
	assert_non_null(strstr((char *)package->descriptor.data,
			       "\"name\": \"assured_date\""));
	assert_refused(empty, FAULT_FORMAT,
		       "datapackage.json: not there, nor organizations.csv and "
		       "services.csv; name the folder that holds the "
		       "package\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_package_is_written_as_it_was_read),
		cmocka_unit_test(a_cell_keeps_blanks_lines_and_quotation_marks),
		cmocka_unit_test(a_mistake_is_told_with_its_place_and_mend),
		cmocka_unit_test(a_cell_without_an_end_is_refused_by_its_size),
		cmocka_unit_test(a_row_that_hangs_on_nothing_is_only_doubtful),
		cmocka_unit_test(without_a_descriptor_the_usual_names_serve),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
