#include "record/hsds_check.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- what a cell may hold --------------------------------------------------
 */

static bool take_digits(const char **text, int least, int most, int *number)
{
	int count = 0;

	*number = 0;
	while (count < most && isdigit((unsigned char)**text)) {
		*number = *number * 10 + *(*text)++ - '0';
		count++;
	}
	return count >= least;
}

static bool take_mark(const char **text, char mark)
{
	if (**text != mark)
		return false;
	++*text;
	return true;
}

bool hsds_is_day(const char *text)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	int year, month, day;

	return take_digits(&text, 4, 4, &year) && take_mark(&text, '-') &&
	       take_digits(&text, 2, 2, &month) && take_mark(&text, '-') &&
	       take_digits(&text, 2, 2, &day) && !*text && year && month &&
	       month <= 12 && day && day <= days[month - 1] &&
	       (month != 2 || day < 29 ||
		(year % 4 == 0 && (year % 100 || year % 400 == 0)));
}

/* "" "Z" "-05:00" "+0530" "-05" */
static bool is_offset(const char *text)
{
	int hours, minutes = 0;

	if (!*text || !strcmp(text, "Z"))
		return true;
	if (*text != '-' && *text != '+')
		return false;
	text++;
	if (!take_digits(&text, 2, 2, &hours))
		return false;
	(void)take_mark(&text, ':');
	return (!*text || take_digits(&text, 2, 2, &minutes)) && !*text &&
	       hours <= 14 && minutes < 60;
}

bool hsds_is_time(const char *text)
{
	int hours, minutes, seconds = 0;

	if (!take_digits(&text, 1, 2, &hours) || !take_mark(&text, ':') ||
	    !take_digits(&text, 2, 2, &minutes))
		return false;
	if (take_mark(&text, ':') && !take_digits(&text, 2, 2, &seconds))
		return false;
	return is_offset(text) && minutes < 60 && seconds < 60 &&
	       hours * 60 + minutes <= 24 * 60;
}

static bool is_number(const char *text)
{
	char *end;
	const double number = strtod(text, &end);

	return end != text && !*end && isfinite(number);
}

static bool is_one_of(const char *words, const char *text)
{
	for (const char *word = words; *word;) {
		const size_t wide = strcspn(word, "|");

		if (strlen(text) == wide && !strncmp(word, text, wide))
			return true;
		word += wide + (word[wide] == '|');
	}
	return false;
}

enum shape { ANY, DAY, TIME, NUMBER, WORD };

/* What the specification and the desk need of a column. */
static const struct rule {
	enum hsds_table table;
	const char *column;
	bool needed;
	enum shape shape;
	const char *words; /* parted by | */
} rules[] = {
	{ HSDS_ORGANIZATION, "id", true, ANY, NULL },
	{ HSDS_ORGANIZATION, "name", true, ANY, NULL },
	{ HSDS_ORGANIZATION, "description", true, ANY, NULL },
	{ HSDS_SERVICE, "id", true, ANY, NULL },
	{ HSDS_SERVICE, "organization_id", true, ANY, NULL },
	{ HSDS_SERVICE, "name", true, ANY, NULL },
	{ HSDS_SERVICE, "status", true, WORD,
	  "active|inactive|defunct|temporarily closed" },
	{ HSDS_SERVICE, "assured_date", false, DAY, NULL },
	{ HSDS_SERVICE, "minimum_age", false, NUMBER, NULL },
	{ HSDS_SERVICE, "maximum_age", false, NUMBER, NULL },
	{ HSDS_LOCATION, "id", true, ANY, NULL },
	{ HSDS_LOCATION, "location_type", true, WORD,
	  "physical|postal|virtual" },
	{ HSDS_SERVICE_AT_LOCATION, "id", true, ANY, NULL },
	{ HSDS_SERVICE_AT_LOCATION, "service_id", true, ANY, NULL },
	{ HSDS_SERVICE_AT_LOCATION, "location_id", true, ANY, NULL },
	{ HSDS_ADDRESS, "id", true, ANY, NULL },
	{ HSDS_PHONE, "id", true, ANY, NULL },
	{ HSDS_PHONE, "number", true, ANY, NULL },
	{ HSDS_SCHEDULE, "id", true, ANY, NULL },
	{ HSDS_SCHEDULE, "valid_from", false, DAY, NULL },
	{ HSDS_SCHEDULE, "valid_to", false, DAY, NULL },
	{ HSDS_SCHEDULE, "dtstart", false, DAY, NULL },
	{ HSDS_SCHEDULE, "until", false, DAY, NULL },
	{ HSDS_SCHEDULE, "opens_at", false, TIME, NULL },
	{ HSDS_SCHEDULE, "closes_at", false, TIME, NULL },
	{ HSDS_SCHEDULE, "freq", false, WORD, "WEEKLY|MONTHLY" },
	{ HSDS_SCHEDULE, "wkst", false, WORD, "MO|TU|WE|TH|FR|SA|SU" },
	{ HSDS_SCHEDULE, "interval", false, NUMBER, NULL },
	{ HSDS_SCHEDULE, "count", false, NUMBER, NULL },
	{ HSDS_SCHEDULE, "timezone", false, NUMBER, NULL },
	{ HSDS_LANGUAGE, "id", true, ANY, NULL },
	{ HSDS_COST_OPTION, "id", true, ANY, NULL },
	{ HSDS_COST_OPTION, "amount", false, NUMBER, NULL },
	{ HSDS_REQUIRED_DOCUMENT, "id", true, ANY, NULL },
	{ HSDS_SERVICE_AREA, "id", true, ANY, NULL },
	{ HSDS_ACCESSIBILITY, "id", true, ANY, NULL },
	{ HSDS_TAXONOMY_TERM, "id", true, ANY, NULL },
	{ HSDS_TAXONOMY_TERM, "name", true, ANY, NULL },
	{ HSDS_ATTRIBUTE, "id", true, ANY, NULL },
	{ HSDS_ATTRIBUTE, "link_id", true, ANY, NULL },
	{ HSDS_ATTRIBUTE, "link_entity", true, ANY, NULL },
	{ HSDS_ATTRIBUTE, "taxonomy_term_id", true, ANY, NULL },
};

/* NULL, or what is wrong and its mend. */
static const char *look_at(const struct rule *rule, const char *text)
{
	if (!*text)
		return rule->needed ? "nothing stands here; it is needed"
				    : NULL;
	switch (rule->shape) {
	case DAY:
		return hsds_is_day(text) ? NULL : "not a day; write 2026-11-22";
	case TIME:
		return hsds_is_time(text) ? NULL : "not a time; write 09:00";
	case NUMBER:
		return is_number(text) ? NULL : "not a number";
	case WORD:
		return is_one_of(rule->words, text)
			   ? NULL
			   : "not one of the specification's words";
	case ANY:
		break;
	}
	return NULL;
}

/* --- rows that name others -------------------------------------------------
 */

struct checking {
	const struct hsds_package *package;
	struct findings *findings;
	/* The ids of each table, in the order of strcmp(). */
	const char **ids[HSDS_TABLES];
	size_t counts[HSDS_TABLES];
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool has_id(const struct checking *checking, enum hsds_table table,
		   const char *id)
{
	return checking->counts[table] &&
	       bsearch(&id, checking->ids[table], checking->counts[table],
		       sizeof id, by_text);
}

static void tell(const struct checking *checking, enum finding_level level,
		 const struct hsds_file *file, size_t row, const char *column,
		 const char *words, const char *about)
{
	const struct finding_place place = { file->path, HSDS_SHEET_ROW(row),
					     column };

	if (about)
		findings_add(checking->findings, level, place, "%s: %s", about,
			     words);
	else
		findings_add(checking->findings, level, place, "%s", words);
}

/* Names the row of each id that stands twice. */
static void tell_twice(const struct checking *checking,
		       const struct hsds_file *file, size_t column,
		       const char *id)
{
	bool met = false;

	for (size_t row = 0; row < file->row_count; row++) {
		if (strcmp(hsds_cell(file, row, column), id) != 0)
			continue;
		if (met)
			tell(checking, FINDING_ERROR, file, row, "id",
			     "another row has this id; each needs its own", id);
		met = true;
	}
}

static void gather_ids(struct checking *checking, const struct hsds_file *file)
{
	const size_t column = hsds_column(file, "id");
	const char **ids = xcalloc(file->row_count + 1, sizeof *ids);
	size_t count = 0;

	for (size_t row = 0; row < file->row_count; row++) {
		if (*hsds_cell(file, row, column))
			ids[count++] = hsds_cell(file, row, column);
	}
	qsort(ids, count, sizeof *ids, by_text);
	for (size_t i = 1; i < count; i++) {
		if (!strcmp(ids[i], ids[i - 1]) &&
		    checking->findings->count < FINDINGS_LIMIT)
			tell_twice(checking, file, column, ids[i]);
	}
	checking->ids[file->table] = ids;
	checking->counts[file->table] = count;
}

/* Rows that hang on nothing are kept, and shown nowhere: only doubtful, but
 * for the links that hold the directory together. */
static enum finding_level level_of(const struct hsds_file *file,
				   const char *column)
{
	return (file->table == HSDS_SERVICE &&
		!strcmp(column, "organization_id")) ||
		       (file->table == HSDS_SERVICE_AT_LOCATION &&
			!strcmp(column, "service_id")) ||
		       (file->table == HSDS_SERVICE_AT_LOCATION &&
			!strcmp(column, "location_id"))
		   ? FINDING_ERROR
		   : FINDING_WARNING;
}

static void check_link(const struct checking *checking,
		       const struct hsds_file *file, size_t column)
{
	const char *name = file->columns[column];
	const enum hsds_table to = hsds_link_of(name);

	/* Terms may be those of taxonomies that do not come with it. */
	if (to == HSDS_TABLES || to == HSDS_TAXONOMY_TERM)
		return;
	for (size_t row = 0; row < file->row_count; row++) {
		const char *id = hsds_cell(file, row, column);

		if (*id && !has_id(checking, to, id))
			tell(checking, level_of(file, name), file, row, name,
			     "no row of the other sheet has this id; add it "
			     "there or take it out here",
			     id);
	}
}

static void check_attributes(const struct checking *checking,
			     const struct hsds_file *file)
{
	const size_t id = hsds_column(file, "link_id"),
		     entity = hsds_column(file, "link_entity");

	for (size_t row = 0; row < file->row_count; row++) {
		const enum hsds_table to =
		    hsds_table_of(hsds_cell(file, row, entity));

		if (to < HSDS_TABLES &&
		    !has_id(checking, to, hsds_cell(file, row, id)))
			tell(checking, FINDING_WARNING, file, row, "link_id",
			     "no row of the other sheet has this id; add it "
			     "there or take it out here",
			     hsds_cell(file, row, id));
	}
}

/* --- all of it -------------------------------------------------------------
 */

static void check_column(const struct checking *checking,
			 const struct hsds_file *file, const struct rule *rule)
{
	const size_t column = hsds_column(file, rule->column);
	const char *wrong;

	if (column == file->column_count) {
		if (rule->needed)
			findings_add(checking->findings, FINDING_ERROR,
				     (struct finding_place){ file->path, 1,
							     rule->column },
				     "this column is missing; it is needed");
		return;
	}
	for (size_t row = 0; row < file->row_count; row++) {
		const char *text = hsds_cell(file, row, column);

		if ((wrong = look_at(rule, text)) &&
		    !hsds_row_is_blank(file, row))
			tell(checking, FINDING_ERROR, file, row, rule->column,
			     wrong, *text ? text : NULL);
	}
}

static void check_file(const struct checking *checking,
		       const struct hsds_file *file)
{
	for (size_t i = 0; i < COUNT(rules); i++) {
		if (rules[i].table == file->table)
			check_column(checking, file, &rules[i]);
	}
	for (size_t i = 0; i < file->column_count; i++)
		check_link(checking, file, i);
	if (file->table == HSDS_ATTRIBUTE)
		check_attributes(checking, file);
}

static void check_needed_tables(const struct checking *checking)
{
	static const enum hsds_table needed[] = { HSDS_ORGANIZATION,
						  HSDS_SERVICE };

	for (size_t i = 0; i < COUNT(needed); i++) {
		if (!hsds_file_of(checking->package, needed[i]))
			findings_add(
			    checking->findings, FINDING_ERROR,
			    (struct finding_place){ .file = HSDS_DESCRIPTOR },
			    "no resource is called \"%s\"; a "
			    "directory needs one",
			    hsds_table_name(needed[i]));
	}
}

enum fault hsds_check(const struct hsds_package *package,
		      struct findings *findings)
{
	struct checking checking = { .package = package, .findings = findings };
	const size_t errors = findings->errors;

	check_needed_tables(&checking);
	for (size_t i = 0; i < package->file_count; i++) {
		if (package->files[i].table < HSDS_TABLES)
			gather_ids(&checking, &package->files[i]);
	}
	for (size_t i = 0; i < package->file_count; i++) {
		if (package->files[i].table < HSDS_TABLES)
			check_file(&checking, &package->files[i]);
	}
	for (size_t i = 0; i < HSDS_TABLES; i++)
		free(checking.ids[i]);
	return findings->errors > errors ? FAULT_FORMAT : FAULT_NONE;
}
