#include "desk/titled.h"

#include <assert.h>
#include <stdlib.h>

struct table *titled_table(const struct desk *desk,
			   const struct titled_column *columns, int count,
			   const char *empty, table_fill *fill, void *to)
{
	struct table_column titled[TABLE_COLUMNS];
	SCOPED(char_freep) char *words = empty ? desk_word(desk, empty) : NULL;
	struct table *table;

	assert(count <= TABLE_COLUMNS);
	for (int i = 0; i < count; i++)
		titled[i] = (struct table_column){
			columns[i].key ? desk_word(desk, columns[i].key) : NULL,
			columns[i].width, CANVAS_START, columns[i].keep
		};
	table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = titled,
	    .column_count = count,
	    .empty = words,
	    .fill = fill,
	    .to = to,
	});
	for (int i = 0; i < count; i++)
		free((char *)titled[i].title);
	return table;
}
