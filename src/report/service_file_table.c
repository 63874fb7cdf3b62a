#include "report/service_file_table.h"

#define REFUSAL_COLUMNS 5

size_t service_width(const struct service_written *written)
{
	return written->table == SERVICE_ROWS ? written->file->funder->count
					      : REFUSAL_COLUMNS;
}

size_t service_rows(const struct service_written *written)
{
	return written->table == SERVICE_ROWS ? written->file->rows
					      : written->file->refusal_count;
}

char *service_head(const struct service_written *written, size_t column)
{
	static const char *const keys[REFUSAL_COLUMNS] = {
		"service.person", "service.day",   "service.visit",
		"service.column", "service.wrong",
	};

	if (written->table == SERVICE_ROWS)
		return xstrdup(
		    written->file->funder->columns[column].from.name);
	return wording_or(written->staff, keys[column], keys[column]);
}

char *service_cell(const struct service_written *written, size_t row,
		   size_t column)
{
	const struct service_file *file = written->file;
	const struct service_refusal *refusal;

	if (written->table == SERVICE_ROWS)
		return xstrdup(file->cells[row * file->funder->count + column]);
	refusal = &file->refusals[row];
	switch (column) {
	case 0:
		return xstrdup(refusal->who);
	case 1:
		return xstrdup(refusal->day);
	case 2:
		return xstrdup(refusal->visit);
	case 3:
		return xstrdup(refusal->column);
	default:
		return service_refusal_words(written->staff, refusal);
	}
}

char *service_means(const struct service_written *written)
{
	const char *key = written->table == SERVICE_ROWS
			      ? "service.rows_mean"
			      : "service.refusals_mean";

	return wording_or(written->staff, key, key);
}
