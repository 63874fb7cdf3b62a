#include "xlsform/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/form.h"

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

static void listen(void *to, enum log_level level, const char *line)
{
	struct listener *listener = to;
	struct finding_place place = { .file = listener->file };
	size_t own = strlen(listener->file);

	if (level == LOG_NOTE)
		return;
	if (!strncmp(line, listener->file, own) && line[own] == ':')
		line += own + 1 + (line[own + 1] == ' ');
	if (listener->survey) {
		const struct item *item = named(listener->survey, line);

		place =
		    (struct finding_place){ .file =
						listener->survey->sheet->file };
		if (item)
			place = item_place(listener->survey, item, NULL);
	}
	findings_add(listener->findings,
		     level == LOG_ERROR ? FINDING_ERROR : FINDING_WARNING,
		     place, "%s", line);
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

	log_to(old, old_to);
	if (fault && !findings->errors)
		findings_add(findings, FINDING_ERROR,
			     (struct finding_place){ .file = file }, "%s",
			     fault_text(fault));
	return fault;
}
