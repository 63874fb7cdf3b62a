#include <jansson.h>
#include <stdlib.h>

#include "report/service_file.h"
#include "report/service_file_table.h"

/* A table of a service file as JSON, with what each column is. */

static json_t *values_of(const struct funder_column *column)
{
	json_t *values = json_object();

	for (size_t i = 0; i < column->value_count; i++)
		json_object_set_new(values, column->values[i].ours,
				    json_string(column->values[i].theirs));
	return values;
}

/* Where the values of the funder's column come from. */
static char *told_source(const struct column *from)
{
	if (from->text)
		return xasprintf("'%s'", from->text);
	return from->kind ? xasprintf("%s.%s", from->kind->name, from->field)
			  : xasprintf("visit.%s", from->field);
}

static json_t *sent_column(const struct funder_column *column)
{
	SCOPED(char_freep) char *source = told_source(&column->from);
	json_t *told = json_pack(
	    "{s:s, s:s, s:b, s:o}", "title", column->from.name, "source",
	    source, "required", column->required, "values", values_of(column));

	if (column->most)
		json_object_set_new(told, "most",
				    json_integer((json_int_t)column->most));
	return told;
}

static json_t *columns(const struct service_written *written)
{
	json_t *all = json_array();

	for (size_t i = 0; i < service_width(written); i++) {
		SCOPED(char_freep) char *head = service_head(written, i);

		json_array_append_new(
		    all, written->table == SERVICE_ROWS
			     ? sent_column(&written->file->funder->columns[i])
			     : json_pack("{s:s}", "title", head));
	}
	return all;
}

static json_t *rows(const struct service_written *written)
{
	json_t *all = json_array();

	for (size_t row = 0; row < service_rows(written); row++) {
		json_t *line = json_array();

		for (size_t i = 0; i < service_width(written); i++) {
			SCOPED(char_wipep)
			char *cell = service_cell(written, row, i);

			json_array_append_new(line, json_string(cell));
		}
		json_array_append_new(all, line);
	}
	return all;
}

static json_t *programs(const struct service_file *file)
{
	json_t *all = json_array();

	for (size_t i = 0; i < file->program_count; i++) {
		const struct service_program *program = &file->programs[i];

		json_array_append_new(
		    all, json_pack("{s:s, s:i, s:i}", "program", program->name,
				   "rows", (int)program->rows, "refused",
				   (int)program->refused));
	}
	return all;
}

void service_file_json(const struct service_file *file,
		       enum service_table table, const struct wording *staff,
		       const struct period *period, struct bytes *out)
{
	const struct service_written written = { file, table, staff };
	SCOPED(char_freep)
	char *means = service_means(&written);
	json_t *whole = json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:o, s:o, s:o}",
	    "report",
	    table == SERVICE_ROWS ? "service-file" : "service-file-rejected",
	    "title", file->funder->title, "from", period->first, "to",
	    period->last, "means", means, "written", (int)file->rows, "refused",
	    (int)file->refused, "not_agreed", (int)file->not_agreed, "unseen",
	    (int)file->unseen, "programs", programs(file), "columns",
	    columns(&written), "rows", rows(&written));
	char *text = json_dumps(whole, JSON_COMPACT);

	bytes_add_text(out, text);
	bytes_add_byte(out, '\n');
	char_wipe(text);
	json_decref(whole);
}
