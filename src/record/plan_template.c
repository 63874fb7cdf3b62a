#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "record/plan.h"

#define FILE_LIMIT (256L << 10) /* bytes */
#define DAYS_LIMIT 3660

/* The columns, and which the language chooses between. */
enum column {
	NAME,
	DOMAIN,
	HORIZON,
	OWNER,
	DAYS,
	STEP_DAYS,
	GOAL,
	STEP,
	COLUMNS
};
static const char *const columns[COLUMNS] = {
	[NAME] = "name",   [DOMAIN] = "domain", [HORIZON] = "horizon",
	[OWNER] = "owner", [DAYS] = "days",     [STEP_DAYS] = "step_days",
	[GOAL] = "goal_",  [STEP] = "step_",
};

/* A sheet as it is read; column[i] is where columns[i] stands. */
struct reading {
	const char *path, *language;
	struct plan_template *template;
	char *fields[COLUMNS];
	int column[COLUMNS];
	int at, row; /* both from 0 */
	enum fault fault;
};

static bool is_column(const struct reading *reading, size_t i,
		      const char *title)
{
	const size_t length = strlen(columns[i]);

	return i == GOAL || i == STEP
		   ? strncmp(title, columns[i], length) == 0 &&
			 strcmp(title + length, reading->language) == 0
		   : strcmp(title, columns[i]) == 0;
}

static void take_field(void *data, size_t length, void *to)
{
	struct reading *reading = to;
	SCOPED(char_freep) char *text = xstrndup(data ?: "", length);

	for (size_t i = 0; i < COLUMNS; i++) {
		if (!reading->row && is_column(reading, i, text))
			reading->column[i] = reading->at;
		else if (reading->row && reading->column[i] == reading->at) {
			free(reading->fields[i]);
			reading->fields[i] = xstrdup(text);
		}
	}
	reading->at++;
}

static void refuse(struct reading *reading, size_t column, const char *mend)
{
	log_error("%s: row %d, column %s%s: %s", reading->path,
		  reading->row + 1, columns[column],
		  column == GOAL || column == STEP ? reading->language : "",
		  mend);
	reading->fault = FAULT_FORMAT;
}

static bool is_one_of(const char *text, const char *codes)
{
	return codes_have(codes, text, strlen(text));
}

static bool read_days(const char *text, int *out)
{
	char *end;
	long days = strtol(text, &end, 10);

	*out = (int)days;
	return end != text && !*end && days >= 0 && days <= DAYS_LIMIT;
}

static void add_row(struct reading *reading)
{
	struct plan_template *template = reading->template;
	struct plan_row *row;
	char **fields = reading->fields;
	struct plan_row read = { 0 };

	if (!fields[NAME][0])
		refuse(reading, NAME, "give each goal a name of its own");
	else if (!domain_of(fields[DOMAIN], &read.domain))
		refuse(reading, DOMAIN, "no such need; write one of " DOMAINS);
	else if (!is_one_of(fields[HORIZON], "short long"))
		refuse(reading, HORIZON, "write short or long");
	else if (!is_one_of(fields[OWNER], "newcomer worker sponsor other"))
		refuse(reading, OWNER,
		       "write newcomer, worker, sponsor or other");
	else if (!read_days(fields[DAYS], &read.days))
		refuse(reading, DAYS, "write a number of days");
	else if (!read_days(fields[STEP_DAYS], &read.step_days))
		refuse(reading, STEP_DAYS, "write a number of days");
	else if (!fields[GOAL][0])
		refuse(reading, GOAL, "write the goal");
	if (reading->fault)
		return;
	template->rows =
	    xreallocarray(template->rows, template->count + 1, sizeof *row);
	row = &template->rows[template->count++];
	*row = read;
	row->name = xstrdup(fields[NAME]);
	row->goal = xstrdup(fields[GOAL]);
	row->step = xstrdup(fields[STEP]);
	row->horizon = xstrdup(fields[HORIZON]);
	row->owner = xstrdup(fields[OWNER]);
}

/* What a row does not have is empty; blank rows say nothing. */
static void end_row(int end, void *to)
{
	struct reading *reading = to;
	bool blank = true;

	(void)end;
	for (size_t i = 0; i < COLUMNS && !reading->fault; i++) {
		if (!reading->row && reading->column[i] < 0)
			refuse(reading, i, "the sheet has no such column");
		if (!reading->fields[i])
			reading->fields[i] = xstrdup("");
		blank &= !reading->fields[i][0];
	}
	if (reading->template->count == PLAN_TEMPLATE_ROWS && !blank) {
		log_error("%s: more than %d goals; take some out",
			  reading->path, PLAN_TEMPLATE_ROWS);
		reading->fault = FAULT_LIMIT;
	}
	if (reading->row && !blank && !reading->fault)
		add_row(reading);
	for (size_t i = 0; i < COLUMNS; i++) {
		free(reading->fields[i]);
		reading->fields[i] = NULL;
	}
	reading->row++;
	reading->at = 0;
}

static void parse(struct reading *reading, const uint8_t *data, size_t length)
{
	struct csv_parser parser;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL))
		abort();
	if (csv_parse(&parser, data, length, take_field, end_row, reading) !=
		length ||
	    csv_fini(&parser, take_field, end_row, reading)) {
		log_error("%s: row %d: %s; mend its quotes", reading->path,
			  reading->row + 1, csv_strerror(csv_error(&parser)));
		reading->fault = FAULT_FORMAT;
	}
	for (size_t i = 0; i < COLUMNS; i++)
		free(reading->fields[i]);
	csv_free(&parser);
}

char *plan_template_path(const char *name)
{
	SCOPED(char_freep) char *file = xasprintf("screens/plans/%s.csv", name);

	return data_path(file);
}

static char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return xstrndup(name, dot ? (size_t)(dot - name) : strlen(name));
}

enum fault plan_template_read(const char *path, const char *language,
			      struct plan_template *out)
{
	static const uint8_t mark[] = { 0xef, 0xbb, 0xbf }; /* of UTF-8 */
	struct plan_template template = { 0 };
	struct reading reading = { .path = path,
				   .language = language,
				   .template = &template };
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, FILE_LIMIT, &bytes);
	size_t skip = 0;

	if (fault)
		return fault;
	for (size_t i = 0; i < COLUMNS; i++)
		reading.column[i] = -1;
	if (bytes.length >= sizeof mark &&
	    memcmp(bytes.data, mark, sizeof mark) == 0)
		skip = sizeof mark;
	template.name = name_of(path);
	parse(&reading, bytes.data + skip, bytes.length - skip);
	bytes_done(&bytes);
	if (reading.fault) {
		plan_template_done(&template);
		return reading.fault;
	}
	*out = template;
	return FAULT_NONE;
}

void plan_template_done(struct plan_template *template)
{
	for (size_t i = 0; i < template->count; i++) {
		struct plan_row *row = &template->rows[i];

		free(row->name);
		free(row->goal);
		free(row->step);
		free(row->horizon);
		free(row->owner);
	}
	free(template->rows);
	free(template->name);
	*template = (struct plan_template){ 0 };
}
