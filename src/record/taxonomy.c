#include "record/taxonomy.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "record/hsds_csv.h"

#define TAXONOMY_FILE "screens/directory/taxonomy.csv"
#define TAXONOMY_LIMIT (1024 * 1024) /* bytes */

enum column { CODE, ENGLISH, FRENCH, COLUMNS };

struct taxonomy {
	struct hsds_package *sheet; /* of one file */
	size_t columns[COLUMNS];
};

void taxonomy_free(struct taxonomy *taxonomy)
{
	if (!taxonomy)
		return;
	hsds_package_free(taxonomy->sheet);
	free(taxonomy);
}

static struct hsds_package *sheet_new(const char *path)
{
	struct hsds_package *sheet = xcalloc(1, sizeof *sheet);

	sheet->files = xcalloc(1, sizeof *sheet->files);
	sheet->file_count = 1;
	sheet->files[0].path = xstrdup(path);
	return sheet;
}

static bool find_columns(struct taxonomy *taxonomy)
{
	static const char *const names[COLUMNS] = {
		[CODE] = "code",
		[ENGLISH] = "label::English (en)",
		[FRENCH] = "label::French (fr)",
	};
	const struct hsds_file *file = &taxonomy->sheet->files[0];
	bool all = true;

	for (int i = 0; i < COLUMNS; i++) {
		taxonomy->columns[i] = hsds_column(file, names[i]);
		all &= taxonomy->columns[i] < file->column_count;
	}
	return all;
}

enum fault taxonomy_read(struct taxonomy **out)
{
	SCOPED(char_freep) char *path = data_path(TAXONOMY_FILE);
	SCOPED(taxonomy_freep)
	struct taxonomy *taxonomy = xcalloc(1, sizeof *taxonomy);
	struct findings findings = { 0 };
	struct hsds_file *file;
	enum fault fault;

	taxonomy->sheet = sheet_new(path);
	file = &taxonomy->sheet->files[0];
	if (!(fault = file_read(path, TAXONOMY_LIMIT, &file->bytes)))
		fault = hsds_csv_read(file, &findings);
	for (size_t i = 0; i < findings.count; i++)
		log_error("%s", findings.list[i].line);
	findings_done(&findings);
	if (!fault && !find_columns(taxonomy)) {
		log_error("%s: a column is missing; put the file that ships "
			  "with Foyer there",
			  path);
		fault = FAULT_FORMAT;
	}
	if (fault)
		return fault;
	*out = taxonomy;
	taxonomy = NULL;
	return FAULT_NONE;
}

size_t taxonomy_count(const struct taxonomy *taxonomy)
{
	return taxonomy->sheet->files[0].row_count;
}

struct taxonomy_term taxonomy_at(const struct taxonomy *taxonomy, size_t index)
{
	const struct hsds_file *file = &taxonomy->sheet->files[0];
	const size_t *columns = taxonomy->columns;

	return (struct taxonomy_term){
		.code = hsds_cell(file, index, columns[CODE]),
		.english = hsds_cell(file, index, columns[ENGLISH]),
		.french = hsds_cell(file, index, columns[FRENCH]),
	};
}

/* Its place; the count if it is none. */
static size_t find(const struct taxonomy *taxonomy, const char *code)
{
	size_t i = 0;

	while (i < taxonomy_count(taxonomy) &&
	       strcmp(taxonomy_at(taxonomy, i).code, code) != 0)
		i++;
	return i;
}

bool taxonomy_has(const struct taxonomy *taxonomy, const char *code)
{
	return *code && find(taxonomy, code) < taxonomy_count(taxonomy);
}

const char *taxonomy_label(const struct taxonomy *taxonomy, const char *code,
			   const char *language)
{
	struct taxonomy_term term;

	if (!taxonomy_has(taxonomy, code))
		return code;
	term = taxonomy_at(taxonomy, find(taxonomy, code));
	return strcmp(language, "fr") == 0 ? term.french : term.english;
}
