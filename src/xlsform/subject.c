#include "xlsform/subject.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

void paths_add(struct paths *paths, const char *path)
{
	paths->list =
	    xreallocarray(paths->list, paths->count + 1, sizeof *paths->list);
	paths->list[paths->count++] = xstrdup(path);
}

bool paths_have(const struct paths *paths, const char *path)
{
	for (size_t i = 0; i < paths->count; i++)
		if (!strcmp(paths->list[i], path))
			return true;
	return false;
}

void paths_done(struct paths *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		free(paths->list[i]);
	free(paths->list);
}

/* --- where ---------------------------------------------------------------- */

const char *subject_column(const struct survey *survey, const struct item *item,
			   const char *attribute)
{
	static const struct {
		const char *attribute, *column;
	} columns[] = {
		{ "calculate", "calculation" },
		{ "nodeset", "choice_filter" },
		{ "choices", "choice_filter" },
		{ "count", "repeat_count" },
	};

	if (!strcmp(attribute, "value") || !strcmp(attribute, "setvalue"))
		return *item_cell(survey, item, "trigger") ? "calculation"
							   : "default";

	for (size_t i = 0; i < COUNT(columns); i++)
		if (!strcmp(attribute, columns[i].attribute))
			return columns[i].column;
	return attribute;
}

void subject_tell(const struct subject *subject, enum finding_level level,
		  const char *words)
{
	const struct lint *lint = subject->lint;
	const struct item *item =
	    lint->survey ? survey_at(lint->survey, subject->context) : NULL;

	if (item)
		findings_add(lint->findings, level,
			     item_place(lint->survey, item,
					subject_column(lint->survey, item,
						       subject->attribute)),
			     "%s", words);
	else
		findings_add(lint->findings, level,
			     (struct finding_place){ .file = lint->file },
			     "%s, %s: %s", subject->context, subject->attribute,
			     words);
}

/* --- paths ---------------------------------------------------------------- */

static bool starts_at_context(const struct path *path)
{
	const struct expr *filter = path->filter;

	return path->start == START_CONTEXT ||
	       (path->start == START_FILTER && filter->kind == EXPR_CALL &&
		!strcmp(filter->call.function->name, "current"));
}

static void add_step(struct bytes *out, const struct step *step)
{
	if (step->axis == AXIS_PARENT) {
		while (out->length && out->data[out->length - 1] != '/')
			out->length--;
		out->length -= out->length > 0;
	} else if (step->axis == AXIS_CHILD) {
		bytes_add_format(
		    out, "/%s%s%s", step->prefix ? step->prefix : "",
		    step->prefix ? ":" : "", step->name ? step->name : "*");
	}
}

char *subject_destination(const struct expr *expr, const char *context)
{
	const struct path *path = &expr->path;
	struct bytes out = { 0 };

	if (expr->kind != EXPR_PATH)
		return NULL;
	if (starts_at_context(path))
		bytes_add_text(&out, context);
	else if (path->start != START_ROOT)
		return NULL;
	for (size_t i = 0; i < path->step_count; i++)
		add_step(&out, &path->steps[i]);
	bytes_add_text(&out, "");
	out.data[out.length] = '\0';
	return bytes_take_text(&out);
}

bool subject_has_predicate(const struct path *path)
{
	for (size_t i = 0; i < path->step_count; i++)
		if (path->steps[i].predicate_count)
			return true;
	return false;
}

bool subject_is_blank(const struct expr *expr)
{
	return expr->kind == EXPR_TEXT && !*expr->text;
}
