#include <stdlib.h>
#include <string.h>

#include "record/directory_inside.h"
#include "record/statement.h"

const char *directory_what_word(enum directory_what what)
{
	static const char *const words[DIRECTORY_WHATS] = {
		[DIRECTORY_ADDED] = "added",
		[DIRECTORY_CHANGED] = "changed",
		[DIRECTORY_GONE] = "gone",
		[DIRECTORY_KEPT] = "kept",
	};

	return words[what];
}

/* --- comparing -------------------------------------------------------------
 */

struct comparing {
	struct record *record;
	const struct hsds_file *file; /* NULL: the package lacks the table */
	enum hsds_table table;
	directory_change_visit *visit;
	void *to;
	struct directory_tally *tally;
	/* Rows of the file by id, and which of them the record has. */
	size_t *order;
	size_t count;
	bool *met;
};

static void tell(struct comparing *comparing, enum directory_what what,
		 const char *id, const char *name, const char *columns)
{
	comparing->tally->rows[comparing->table][what]++;
	if (comparing->visit)
		comparing->visit(comparing->to, &(struct directory_change){
						    what, comparing->table, id,
						    name, columns });
}

static int by_id(const void *a, const void *b, void *of)
{
	const struct hsds_file *file = of;
	const size_t column = hsds_column(file, "id");

	return strcmp(hsds_cell(file, *(const size_t *)a, column),
		      hsds_cell(file, *(const size_t *)b, column));
}

static void put_in_order(struct comparing *comparing)
{
	const struct hsds_file *file = comparing->file;

	for (size_t row = 0; file && row < file->row_count; row++) {
		if (!hsds_row_is_blank(file, row))
			comparing->order[comparing->count++] = row;
	}
	if (file)
		qsort_r(comparing->order, comparing->count,
			sizeof *comparing->order, by_id,
			(void *)comparing->file);
}

/* Its place in order; count if the file has none. */
static size_t place_of(const struct comparing *comparing, const char *id)
{
	const size_t column =
	    comparing->file ? hsds_column(comparing->file, "id") : 0;
	size_t low = 0, high = comparing->count;

	while (low < high) {
		const size_t middle = (low + high) / 2;
		const int way =
		    strcmp(id, hsds_cell(comparing->file,
					 comparing->order[middle], column));

		if (!way)
			return middle;
		if (way < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return comparing->count;
}

/* "number description": the cells that differ. */
static char *differing(const json_t *before, const json_t *after)
{
	struct bytes columns = { 0 };
	const char *name;
	json_t *cell;

	bytes_add_text(&columns, "");
	json_object_foreach((json_t *)after, name, cell)
	{
		if (strcmp(json_string_value(cell),
			   directory_cell(before, name)) != 0)
			bytes_add_format(&columns, "%s%s",
					 columns.length ? " " : "", name);
	}
	json_object_foreach((json_t *)before, name, cell)
	{
		if (!json_object_get(after, name))
			bytes_add_format(&columns, "%s%s",
					 columns.length ? " " : "", name);
	}
	return bytes_take_text(&columns);
}

/* Whether people here checked the service after the package was made. */
static bool is_checked_later(enum hsds_table table, const json_t *before,
			     const json_t *after)
{
	return table == HSDS_SERVICE &&
	       strcmp(directory_cell(before, "assured_date"),
		      directory_cell(after, "assured_date")) > 0;
}

static void compare_row(struct comparing *comparing,
			const struct directory_row *row, size_t place)
{
	SCOPED(char_freep)
	char *cells = directory_cells(comparing->file, comparing->order[place]);
	SCOPED(char_freep) char *columns = NULL;
	SCOPED(json_decrefp) json_t *before = NULL;
	SCOPED(json_decrefp) json_t *after = NULL;

	comparing->met[place] = true;
	if (!strcmp(cells, row->cells))
		return;
	before = json_loads(row->cells, 0, NULL);
	after = json_loads(cells, 0, NULL);
	if (is_checked_later(comparing->table, before, after)) {
		tell(comparing, DIRECTORY_KEPT, row->id,
		     directory_cell(after, "name"), "assured_date");
		json_object_set(after, "assured_date",
				json_object_get(before, "assured_date"));
	}
	columns = differing(before, after);
	if (*columns)
		tell(comparing, DIRECTORY_CHANGED, row->id,
		     directory_cell(after, "name"), columns);
}

static void compare_old(void *to, const struct directory_row *row)
{
	struct comparing *comparing = to;
	const size_t place = place_of(comparing, row->id);
	SCOPED(json_decrefp) json_t *cells = NULL;

	if (place < comparing->count) {
		compare_row(comparing, row, place);
		return;
	}
	if (row->own)
		return;
	cells = json_loads(row->cells, 0, NULL);
	tell(comparing, DIRECTORY_GONE, row->id, directory_cell(cells, "name"),
	     "");
}

static enum fault compare_table(struct comparing *comparing)
{
	enum fault fault = directory_rows(comparing->record, comparing->table,
					  compare_old, comparing);
	size_t id, name;

	if (!comparing->file)
		return fault;
	id = hsds_column(comparing->file, "id");
	name = hsds_column(comparing->file, "name");
	for (size_t i = 0; !fault && i < comparing->count; i++) {
		const size_t row = comparing->order[i];

		if (!comparing->met[i])
			tell(comparing, DIRECTORY_ADDED,
			     hsds_cell(comparing->file, row, id),
			     hsds_cell(comparing->file, row, name), "");
	}
	return fault;
}

enum fault directory_compare(struct record *record,
			     const struct hsds_package *package,
			     directory_change_visit *visit, void *to,
			     struct directory_tally *tally)
{
	enum fault fault = FAULT_NONE;

	*tally = (struct directory_tally){ 0 };
	for (enum hsds_table i = 0; !fault && i < HSDS_TABLES; i++) {
		struct comparing comparing = {
			.record = record,
			.file = hsds_file_of(package, i),
			.table = i,
			.visit = visit,
			.to = to,
			.tally = tally,
		};
		const size_t rows =
		    comparing.file ? comparing.file->row_count : 0;

		comparing.order = xcalloc(rows + 1, sizeof *comparing.order);
		comparing.met = xcalloc(rows + 1, sizeof *comparing.met);
		put_in_order(&comparing);
		fault = compare_table(&comparing);
		free(comparing.order);
		free(comparing.met);
	}
	return fault;
}

/* --- importing -------------------------------------------------------------
 */

/* Days on which services were checked here, as { id: day }. */
static void gather_day(void *to, const struct directory_row *row)
{
	SCOPED(json_decrefp) json_t *cells = json_loads(row->cells, 0, NULL);

	if (*directory_cell(cells, "assured_date"))
		json_object_set(to, row->id,
				json_object_get(cells, "assured_date"));
}

static enum fault keep_checks(struct record *record, const json_t *days)
{
	enum fault fault = FAULT_NONE;
	const char *id;
	json_t *day;

	json_object_foreach((json_t *)days, id, day)
	{
		SCOPED(json_decrefp) json_t *row = NULL;

		if (!fault)
			fault =
			    directory_row_read(record, HSDS_SERVICE, id, &row);
		if (fault || !row ||
		    strcmp(json_string_value(day),
			   directory_cell(row, "assured_date")) <= 0)
			continue;
		json_object_set(row, "assured_date", day);
		fault =
		    directory_row_write(record, HSDS_SERVICE, id, row, false);
	}
	return fault;
}

enum fault directory_import(struct record *record,
			    const struct hsds_package *package,
			    const struct record_who *who, int64_t now,
			    struct directory_tally *tally)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(json_decrefp) json_t *days = json_object();
	enum fault fault = transaction_begin(record, &change);

	if (fault ||
	    (fault = directory_compare(record, package, NULL, NULL, tally)) ||
	    (fault = directory_rows(record, HSDS_SERVICE, gather_day, days)) ||
	    (fault = directory_replace(record, package)) ||
	    (fault = keep_checks(record, days)) ||
	    (fault = directory_index(record, NULL, who, now)) ||
	    (fault =
		 audit_add(record, who, now, "import", "directory", 0, NULL)))
		return fault;
	return transaction_commit(&change);
}
