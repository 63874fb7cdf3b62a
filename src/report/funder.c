#include "report/funder.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/setting_known.h"
#include "base/settings.h"

#define SECTION "column " /* and its name */

static void column_forget(struct funder_column *column)
{
	column_done(&column->from);
	for (size_t i = 0; i < column->value_count; i++) {
		free(column->values[i].ours);
		free(column->values[i].theirs);
	}
	free(column->values);
}

void funder_free(struct funder *funder)
{
	if (!funder)
		return;
	for (size_t i = 0; i < funder->count; i++)
		column_forget(&funder->columns[i]);
	free(funder->columns);
	free(funder->title);
	free(funder->recipient);
	free(funder->language);
	free(funder->dates);
	free(funder->yes);
	free(funder->no);
	free(funder);
}

/* --- reading --------------------------------------------------------------
 */

struct reading {
	struct record *record;
	const char *path;
	struct findings *findings;
	struct funder *funder;
	const char *consent;
	int line; /* of the setting that is read; of the file's last */
	enum fault fault;
};

static void refuse(struct reading *reading, const char *name, const char *text,
		   const char *write)
{
	const struct finding_place place = { .file = reading->path,
					     .row = reading->line,
					     .column = name };

	findings_add(reading->findings, FINDING_ERROR, place, "\"%s\": %s",
		     text, write);
	if (!reading->fault)
		reading->fault = FAULT_FORMAT;
}

static void set(char **to, const char *text)
{
	free(*to);
	*to = xstrdup(text);
}

/* YYYY, MM and DD once each, and between them what parts them. */
static bool is_pattern(const char *text)
{
	const char *year = strstr(text, "YYYY"), *month = strstr(text, "MM"),
		   *day = strstr(text, "DD");

	return year && month && day &&
	       strspn(text, "YMD-/. ") == strlen(text) &&
	       strcspn(year + 4, "Y") == strlen(year + 4) &&
	       strcspn(month + 2, "M") == strlen(month + 2) &&
	       strcspn(day + 2, "D") == strlen(day + 2);
}

static bool is_one_of(const char *text, const char *words)
{
	return *text && !strchr(text, ' ') &&
	       codes_have(words, text, strlen(text));
}

static void take_profile(struct reading *reading, const char *name,
			 const char *text)
{
	struct funder *funder = reading->funder;

	if (strcmp(name, "title") == 0 && *text) {
		set(&funder->title, text);
	} else if (strcmp(name, "recipient") == 0 && *text) {
		set(&funder->recipient, text);
	} else if (strcmp(name, "yes") == 0) {
		set(&funder->yes, text);
	} else if (strcmp(name, "no") == 0) {
		set(&funder->no, text);
	} else if (strcmp(name, "consent") == 0) {
		reading->consent = text;
		if (!is_one_of(text, "share count"))
			refuse(reading, name, text, "write share or count");
	} else if (strcmp(name, "language") == 0) {
		set(&funder->language, text);
		if (!is_one_of(text, "en fr"))
			refuse(reading, name, text, "write en or fr");
	} else if (strcmp(name, "dates") == 0) {
		set(&funder->dates, text);
		if (!is_pattern(text))
			refuse(reading, name, text,
			       "write YYYY, MM and DD once each, with - / . or "
			       "a blank between them");
	} else if (strcmp(name, "order") == 0) {
		funder->by_person = strcmp(text, "person") == 0;
		if (!is_one_of(text, "day person"))
			refuse(reading, name, text, "write day or person");
	} else {
		refuse(reading, name, text,
		       "[profile] has title, consent, recipient, language, "
		       "dates, order, yes and no, none of them empty");
	}
}

static void take_source(struct reading *reading, struct funder_column *column,
			const char *text)
{
	static const struct column_rows rows = { .own = "visit",
						 .own_fields = "number",
						 .contacts = true };
	struct column fresh = { .name = xstrdup(column->from.name) };
	const char *wrong;
	enum fault fault =
	    column_read(reading->record, text, &rows, &fresh, &wrong);

	column_done(&column->from);
	column->from = fresh;
	if (wrong)
		refuse(reading, "source", text, wrong);
	else if (fault && !reading->fault)
		reading->fault = fault;
}

static void take_value(struct reading *reading, struct funder_column *column,
		       const char *text)
{
	const char *equals = strchr(text, '=');

	if (!equals) {
		refuse(reading, "value", text,
		       "write ours=theirs, such as W=Female");
	} else if (column->value_count == FUNDER_VALUES) {
		refuse(reading, "value", text,
		       "a column has at most 1000 values; leave some out");
	} else {
		column->values =
		    xreallocarray(column->values, column->value_count + 1,
				  sizeof *column->values);
		column->values[column->value_count++] = (struct funder_value){
			.ours = xstrndup(text, (size_t)(equals - text)),
			.theirs = xstrdup(equals + 1),
		};
	}
}

static void take_column(struct reading *reading, struct funder_column *column,
			const char *name, const char *text)
{
	char *end;

	if (strcmp(name, "source") == 0) {
		take_source(reading, column, text);
	} else if (strcmp(name, "value") == 0) {
		take_value(reading, column, text);
	} else if (strcmp(name, "required") == 0) {
		if (!setting_flag(text, &column->required))
			refuse(reading, name, text, "write yes or no");
	} else if (strcmp(name, "words") == 0) {
		if (!setting_flag(text, &column->in_words))
			refuse(reading, name, text, "write yes or no");
	} else if (strcmp(name, "most") == 0) {
		column->most = strtoul(text, &end, 10);
		if (*end || *text < '1' || *text > '9' || column->most > 10000)
			refuse(reading, name, text,
			       "write how many letters it may have at most, 1 "
			       "to 10000");
	} else {
		refuse(reading, name, text,
		       "a column has source, value, required, words and most");
	}
}

/* The column of a section, which is made by its first line; NULL: no more. */
static struct funder_column *column_of(struct reading *reading,
				       const char *name)
{
	struct funder *funder = reading->funder;

	for (size_t i = 0; i < funder->count; i++) {
		if (strcmp(funder->columns[i].from.name, name) == 0)
			return &funder->columns[i];
	}
	if (funder->count == FUNDER_COLUMNS) {
		refuse(reading, NULL, name,
		       "a file has at most 200 columns; leave some out");
		return NULL;
	}
	funder->columns = xreallocarray(funder->columns, funder->count + 1,
					sizeof *funder->columns);
	funder->columns[funder->count] =
	    (struct funder_column){ .from.name = xstrdup(name) };
	return &funder->columns[funder->count++];
}

static void take(void *to, int line, const char *section, const char *name,
		 const char *value)
{
	const size_t length = strlen(SECTION);
	struct reading *reading = to;
	struct funder_column *column;

	reading->line = line;
	if (strcmp(section, "profile") == 0) {
		take_profile(reading, name, value);
	} else if (strncmp(section, SECTION, length) != 0 || !section[length]) {
		refuse(reading, NULL, section,
		       "a section is [profile] or [column NAME]");
	} else {
		column = column_of(reading, section + length);
		if (column)
			take_column(reading, column, name, value);
	}
}

/* --- what the whole has to be ---------------------------------------------
 */

/* One of the agency's own, too; NULL: no field of a kind. */
static const struct field *field_of(const struct column *column)
{
	return column->blank ? column_field(column, column->blank) : NULL;
}

/* Codes that the field does not have are never met. */
static void check_values(struct reading *reading,
			 const struct funder_column *column)
{
	const struct column *from = &column->from;
	const struct field *field = field_of(from);

	if (!field || (field->type != FIELD_CODE && field->type != FIELD_CODES))
		return;
	for (size_t i = 0; i < column->value_count; i++) {
		const char *ours = column->values[i].ours;

		if (*ours && !is_one_of(ours, field->codes))
			refuse(reading, from->name, ours,
			       "the field has no such code; `foyer people "
			       "fields` lists its codes");
	}
}

/* What tells who somebody is, whether or not it is a name; what leads to one
 * does so, too. */
static bool names_somebody(const struct column *column)
{
	static const char kinds[] = "name contact identifier member";
	static const char fields[] = "birth_given birth_from birth_to";
	const struct field *field = field_of(column);

	if (field && field->link && strcmp(field->link, "person") == 0)
		return true;
	return column->kind &&
	       (codes_have(kinds, column->kind->name,
			   strlen(column->kind->name)) ||
		(strcmp(column->kind->name, "person") == 0 &&
		 codes_have(fields, column->field, strlen(column->field))));
}

/* In words, what a link leads to is called by its name or its first text. */
static bool words_tell(const struct funder_column *column)
{
	static const char called[] = "user site team service";
	const struct field *field = field_of(&column->from);

	return column->in_words && field && field->link &&
	       !is_one_of(field->link, called);
}

static void check_column(struct reading *reading,
			 const struct funder_column *column)
{
	const struct column *from = &column->from;
	const struct field *field = field_of(from);

	if (!from->text && !from->field)
		refuse(reading, from->name, "",
		       "write its source = KIND.FIELD or 'text'");
	else if (field && field->type == FIELD_LONG)
		refuse(reading, from->name, from->field,
		       "what staff write freely is not handed over; take this "
		       "column out");
	else if (words_tell(column))
		refuse(reading, from->name, from->field,
		       "its words would be a name or what staff wrote; write "
		       "words = no, or take this column out");
	else if (!reading->funder->recipient && names_somebody(from))
		refuse(reading, from->name, from->field,
		       "with consent = count no column says who somebody is; "
		       "take it out, or write consent = share and the "
		       "recipient");
	check_values(reading, column);
}

static void check_whole(struct reading *reading)
{
	struct funder *funder = reading->funder;
	const bool counts =
	    reading->consent && strcmp(reading->consent, "count") == 0;

	if (!funder->title)
		refuse(reading, "title", "", "write a title in [profile]");
	if (!counts && !funder->recipient)
		refuse(reading, "recipient", "",
		       "write in [profile] whom people agree to share with, or "
		       "consent = count");
	if (counts && funder->recipient)
		refuse(reading, "recipient", funder->recipient,
		       "consent = count is nobody's; take the recipient out");
	if (!funder->count)
		refuse(reading, NULL, "",
		       "no columns; write a section [column NAME] for each");
	for (size_t i = 0; i < funder->count; i++)
		check_column(reading, &funder->columns[i]);
}

enum fault funder_read(struct record *record, const char *path,
		       struct findings *findings, struct funder **out)
{
	SCOPED(funder_freep)
	struct funder *funder = xcalloc(1, sizeof *funder);
	SCOPED(settings_freep) struct settings *settings = NULL;
	struct reading reading = { .record = record,
				   .path = path,
				   .findings = findings,
				   .funder = funder };
	enum fault fault;

	if (!file_exists(path)) {
		log_error("%s: not there; see which profiles there are", path);
		return FAULT_SYSTEM;
	}
	if ((fault = settings_read(path, &settings)))
		return fault;
	funder->language = xstrdup("en");
	funder->dates = xstrdup("YYYY-MM-DD");
	funder->yes = xstrdup("yes");
	funder->no = xstrdup("no");
	settings_lines(settings, take, &reading);
	check_whole(&reading);
	if (reading.fault)
		return reading.fault;
	*out = funder;
	funder = NULL;
	return FAULT_NONE;
}

const char *funder_theirs(const struct funder_column *column, const char *value)
{
	for (size_t i = 0; i < column->value_count; i++) {
		if (strcmp(column->values[i].ours, value) == 0)
			return column->values[i].theirs;
	}
	return column->value_count && *value ? NULL : value;
}
