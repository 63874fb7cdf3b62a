#pragma once

#include "report/service_file.h"

/* A table of a service file, a text a cell: what its writers share. */
struct service_written {
	const struct service_file *file;
	enum service_table table;
	const struct wording *staff;
};

size_t service_width(const struct service_written *written);
size_t service_rows(const struct service_written *written);

/* Each for the caller to free. */
char *service_head(const struct service_written *written, size_t column);
char *service_cell(const struct service_written *written, size_t row,
		   size_t column);
/* What exactly stands in the table. */
char *service_means(const struct service_written *written);
