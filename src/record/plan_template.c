#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "record/plan.h"
#include "text/rows.h"

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

/* A sheet that was read, and the row that is looked at. */
struct reading {
	const char *path, *language;
	struct plan_template *template;
	struct rows rows;
	size_t row;
	enum fault fault;
};

/* "goal_fr": the caller frees it. */
static char *title_of(const struct reading *reading, size_t column)
{
	return xasprintf("%s%s", columns[column],
			 column == GOAL || column == STEP ? reading->language
							  : "");
}

static void refuse(struct reading *reading, int row, size_t column,
		   const char *mend)
{
	SCOPED(char_freep) char *title = title_of(reading, column);

	log_error("%s: row %d, column %s: %s", reading->path, row, title, mend);
	reading->fault = FAULT_FORMAT;
}

static void refuse_cell(struct reading *reading, size_t column,
			const char *mend)
{
	refuse(reading, ROWS_SHEET_ROW(reading->row), column, mend);
}

static void look_for_columns(struct reading *reading)
{
	for (size_t i = 0; i < COLUMNS && !reading->fault; i++) {
		SCOPED(char_freep) char *title = title_of(reading, i);

		if (!rows_has(&reading->rows, title))
			refuse(reading, 1, i, "the sheet has no such column");
	}
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

static void add_row(struct reading *reading, const char *const fields[COLUMNS])
{
	struct plan_template *template = reading->template;
	struct plan_row read = { 0 };

	if (!fields[NAME][0])
		refuse_cell(reading, NAME, "give each goal a name of its own");
	else if (!domain_of(fields[DOMAIN], &read.domain))
		refuse_cell(reading, DOMAIN,
			    "no such need; write one of " DOMAINS);
	else if (!is_one_of(fields[HORIZON], "short long"))
		refuse_cell(reading, HORIZON, "write short or long");
	else if (!is_one_of(fields[OWNER], "newcomer worker sponsor other"))
		refuse_cell(reading, OWNER,
			    "write newcomer, worker, sponsor or other");
	else if (!read_days(fields[DAYS], &read.days))
		refuse_cell(reading, DAYS, "write a number of days");
	else if (!read_days(fields[STEP_DAYS], &read.step_days))
		refuse_cell(reading, STEP_DAYS, "write a number of days");
	else if (!fields[GOAL][0])
		refuse_cell(reading, GOAL, "write the goal");
	if (reading->fault)
		return;
	read.name = xstrdup(fields[NAME]);
	read.goal = xstrdup(fields[GOAL]);
	read.step = xstrdup(fields[STEP]);
	read.horizon = xstrdup(fields[HORIZON]);
	read.owner = xstrdup(fields[OWNER]);
	template->rows =
	    xreallocarray(template->rows, template->count + 1, sizeof read);
	template->rows[template->count++] = read;
}

/* Blank rows say nothing. */
static void take_row(struct reading *reading)
{
	const char *fields[COLUMNS];
	bool blank = true;

	for (size_t i = 0; i < COLUMNS; i++) {
		SCOPED(char_freep) char *title = title_of(reading, i);

		fields[i] = rows_cell(&reading->rows, reading->row, title);
		blank &= !fields[i][0];
	}
	if (blank)
		return;
	if (reading->template->count == PLAN_TEMPLATE_ROWS) {
		log_error("%s: more than %d goals; take some out",
			  reading->path, PLAN_TEMPLATE_ROWS);
		reading->fault = FAULT_LIMIT;
		return;
	}
	add_row(reading, fields);
}

static void read_rows(struct reading *reading, const struct bytes *bytes)
{
	struct findings findings = { 0 };

	reading->fault = rows_read(reading->path, bytes->data, bytes->length,
				   &findings, &reading->rows);
	for (size_t i = 0; i < findings.count; i++)
		log_error("%s", findings.list[i].line);
	findings_done(&findings);
	if (!reading->fault)
		look_for_columns(reading);
	for (; !reading->fault && reading->row < reading->rows.count;
	     reading->row++)
		take_row(reading);
	rows_done(&reading->rows);
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
	struct plan_template template = { 0 };
	struct reading reading = { .path = path,
				   .language = language,
				   .template = &template };
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, FILE_LIMIT, &bytes);

	if (fault)
		return fault;
	template.name = name_of(path);
	read_rows(&reading, &bytes);
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
