#include "xlsform/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/form.h"
#include "form/run.h"
#include "xlsform/subject.h"

struct listener {
	const char *file;
	const struct survey *survey;
	struct findings *findings;
};

/* The bytes of a path at the start of text. */
static size_t path_length(const char *text)
{
	size_t length = strcspn(text, " ,:;()[]'\"=<>\n\t");

	while (length && text[length - 1] == '.')
		length--;
	return length;
}

/* The first question of ours that the line names by its path. */
static const struct item *named(const struct survey *survey, const char *line)
{
	for (const char *c = line; (c = strchr(c, '/')); c++) {
		SCOPED(char_freep) char *path = xstrndup(c, path_length(c));
		const struct item *item = survey_at(survey, path);

		if (item)
			return item;
	}
	return NULL;
}

/*
 * The place of the item; a line that begins with its path and an attribute
 * ("/data/a, relevant: ...") is about that attribute's cell, and is told from
 * there on.
 */
static struct finding_place place_in(const struct survey *survey,
				     const struct item *item, const char **line)
{
	size_t path = strlen(item->path);
	const char *attribute = *line + path + strlen(", ");
	size_t length;

	if (strncmp(*line, item->path, path) ||
	    strncmp(*line + path, ", ", strlen(", ")))
		return item_place(survey, item, NULL);
	length = strcspn(attribute, ": ");
	if (attribute[length] != ':')
		return item_place(survey, item, NULL);
	SCOPED(char_freep) char *name = xstrndup(attribute, length);
	const char *column = subject_column(survey, item, name);

	*line = attribute + length + strlen(": ");
	return item_place(survey, item, column);
}

static void listen(void *to, enum log_level level, const char *line)
{
	struct listener *listener = to;
	const struct survey *survey = listener->survey;
	struct finding_place place = { .file = listener->file };
	size_t own = strlen(listener->file);

	if (level == LOG_NOTE)
		return;
	if (!strncmp(line, listener->file, own) && line[own] == ':')
		line += own + 1 + (line[own + 1] == ' ');
	if (survey) {
		const struct item *item = named(survey, line);

		place = (struct finding_place){ .file = survey->sheet->file };
		if (item)
			place = place_in(survey, item, &line);
	}
	findings_add(listener->findings,
		     level == LOG_ERROR ? FINDING_ERROR : FINDING_WARNING,
		     place, "%s", line);
}

/* As a visit begins it; nothing is answered yet. */
static enum fault begin(const struct form *form)
{
	static const struct run_world nowhere = { 0 };
	SCOPED(run_freep) struct run *run = NULL;
	enum fault fault = run_new(form, &nowhere, &run);

	return fault ? fault : run_try_choices(run);
}

enum fault load_check(const struct bytes *xml, const char *file,
		      const char *attachments, const struct survey *survey,
		      struct findings *findings)
{
	struct listener listener = { file, survey, findings };
	SCOPED(form_freep) struct form *form = NULL;
	void *old_to;
	log_sink *old = log_sink_now(&old_to);

	log_to(listen, &listener);
	enum fault fault =
	    form_parse(file, xml->data, xml->length, attachments, &form);
	if (!fault)
		fault = begin(form);
	log_to(old, old_to);
	if (fault && !findings->errors)
		findings_add(findings, FINDING_ERROR,
			     (struct finding_place){ .file = file }, "%s",
			     fault_text(fault));
	return fault;
}
