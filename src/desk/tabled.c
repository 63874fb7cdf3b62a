#include "desk/tabled.h"

#include <assert.h>

#include "base/file.h"
#include "base/spreadsheet.h"
#include "desk/day.h"
#include "desk/printing.h"
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
	char day[DAY_BYTES];
	SCOPED(char_freep) char *name = NULL;
	SCOPED(char_freep) char *path = NULL;
	struct bytes rows = { 0 };
	enum fault fault;

	day_of(desk->clock.now, day);
	name = xasprintf("%s-%s.csv", table->name, day);
	path = home_path(desk->home, HOME_EXPORTS, name);
	add_rows(table, &rows);
	if (!(fault = folder_make(home_folder(desk->home, HOME_EXPORTS))))
		fault = file_write(path, rows.data, rows.length, 0600);
	bytes_wipe(&rows);
	const struct catalogue_argument file = { .name = "file", .text = path };

	desk_say(desk,
		 desk_words(desk, fault ? "desk.not_exported" : "desk.exported",
			    &file, 1),
		 fault != FAULT_NONE);
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
