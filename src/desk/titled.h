#pragma once

#include "desk/desk.h"
#include "ui/table.h"

/* A table whose titles, and the words for when it is empty, are the staff's. */
struct titled_column {
	const char *key; /* catalogue; NULL: no title */
	int width, keep; /* as struct table_column has them */
};

/* empty: catalogue, NULL for none. The caller frees it with table_free(). */
struct table *titled_table(const struct desk *desk,
			   const struct titled_column *columns, int count,
			   const char *empty, table_fill *fill, void *to);
