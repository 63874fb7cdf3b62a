#include "desk/tabled.h"

#include <assert.h>

#include "base/spreadsheet.h"
#include "desk/printing.h"
#include "desk/saved.h"
#include "report/list_page.h"

static void add_rows(const struct tabled *table, struct bytes *out)
{
	spreadsheet_begin(out);
	for (size_t i = 0; i < table->columns; i++)
		spreadsheet_cell(out, table->heads[i]);
	spreadsheet_end_row(out);
	for (size_t row = 0; row < table->rows; row++) {
		for (size_t i = 0; i < table->columns; i++)
			spreadsheet_cell(out, table->cell(table->to, row, i));
		spreadsheet_end_row(out);
	}
}

void tabled_export(struct desk *desk, const struct tabled *table)
{
	struct bytes rows = { 0 };

	add_rows(table, &rows);
	saved_put(desk, table->name, ".csv", &rows);
	bytes_wipe(&rows);
}

static struct page *page_of(const struct about *about,
			    const struct tabled *table)
{
	struct page_said cells[PAGE_COLUMNS];
	struct page *page =
	    list_page(about, &(struct list_page){ .title = table->title,
						  .heads = table->heads,
						  .columns = table->columns,
						  .number = table->count });

	for (size_t row = 0; row < table->rows; row++) {
		for (size_t i = 0; i < table->columns; i++)
			cells[i] = PAGE_TYPED(table->cell(table->to, row, i));
		page_row(page, cells);
	}
	return page;
}

void tabled_print(struct desk *desk, const struct tabled *table)
{
	SCOPED(char_freep) char *name = xasprintf("list-%s", table->name);
	SCOPED(page_freep) struct page *page = NULL;
	struct about about;

	assert(table->columns <= PAGE_COLUMNS);
	if (printing_about(desk, NULL, &about)) {
		desk_say_key(desk, "desk.print_failed");
		return;
	}
	page = page_of(&about, table);
	printing_put(desk, page, name);
	printing_about_done(&about);
}
