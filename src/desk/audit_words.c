#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/audit_inside.h"
#include "desk/value.h"
#include "report/wording.h"

/* Each in the staff's words; a name that has none is shown as it is. */
static char *word_or(const struct desk *desk, const char *key, const char *name)
{
	const struct wording wording = { desk->record, desk->staff.words,
					 &desk->staff.who };

	return wording_or(&wording, key, name);
}

char *audit_subject_word(const struct desk *desk, const char *subject)
{
	SCOPED(char_freep) char *key = xasprintf("audit.subject.%s", subject);
	const struct kind *kind = kind_find(subject);

	return kind ? value_kind(desk, kind) : word_or(desk, key, subject);
}

/* Fields' names, blanks between, by their labels. */
static char *field_words(const struct desk *desk, const struct kind *kind,
			 const char *old)
{
	SCOPED(char_freep) char *copy = xstrdup(old);
	struct bytes line = { 0 };
	char *rest = copy, *name;

	bytes_add_text(&line, "");
	while ((name = strsep(&rest, " "))) {
		const struct field *field = kind_field(kind, name);
		SCOPED(char_freep)
		char *label =
		    field ? value_label(desk, kind, field) : xstrdup(name);

		bytes_add_format(&line, "%s%s", line.length ? ", " : "", label);
	}
	return bytes_take_text(&line);
}

static char *old_words(const struct desk *desk, const struct audit_row *row)
{
	const struct kind *kind = kind_find(row->subject);

	if (!row->old)
		return xstrdup("");
	return kind ? field_words(desk, kind, row->old) : xstrdup(row->old);
}

/* As it sorts in a spreadsheet: "2026-11-22 13:02". */
static char *moment(const struct desk *desk, int64_t at)
{
	static const struct field instant = { .type = FIELD_INSTANT };
	SCOPED(char_freep) char *text = xasprintf("%lld", (long long)at);

	return value_typed(desk, &instant, text);
}

void audit_line_add(const struct desk *desk, struct audit_lines *lines,
		    const struct audit_row *row)
{
	SCOPED(char_freep) char *act = xasprintf("audit.act.%s", row->act);
	SCOPED(char_freep)
	char *subject = audit_subject_word(desk, row->subject);
	struct audit_line *line;

	if (lines->count == lines->room) {
		lines->room = lines->room ? 2 * lines->room : 64;
		lines->lines = xreallocarray(lines->lines, lines->room,
					     sizeof *lines->lines);
	}
	line = &lines->lines[lines->count++];
	*line = (struct audit_line){
		.row = row->row,
		.kind = row->id ? kind_find(row->subject) : NULL,
		.id = row->id,
		.cells = {
			[AUDIT_WHEN] = moment(desk, row->at),
			[AUDIT_WHO] = xasprintf("%s · %s", row->user, row->desk),
			[AUDIT_DID] = word_or(desk, act, row->act),
			[AUDIT_WHAT] =
			    row->id ? xasprintf("%s %lld", subject,
						(long long)row->id)
				    : xstrdup(subject),
			[AUDIT_ABOUT] = xstrdup(row->person ? row->person : ""),
			[AUDIT_FIELDS] = old_words(desk, row),
		},
	};
}

void audit_lines_done(struct audit_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		for (size_t j = 0; j < AUDIT_CELLS; j++)
			char_wipe(lines->lines[i].cells[j]);
	}
	free(lines->lines);
	*lines = (struct audit_lines){ 0 };
}
