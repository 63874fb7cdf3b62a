#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "record/hsds.h"
#include "record/opening.h"

/*
 * A directory of any bytes: parts that end with a zero byte are
 * datapackage.json and then whatever files it names, in the order they are
 * asked for. What is sound is described anew, and its tables' cells are looked
 * at.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

struct rest {
	const uint8_t *data;
	size_t size;
};

static enum fault fetch(void *from, const char *path, size_t limit, bool *there,
			struct bytes *out)
{
	struct rest *rest = from;
	const uint8_t *end = memchr(rest->data, 0, rest->size);
	const size_t length = end ? (size_t)(end - rest->data) : rest->size;

	(void)path;
	(void)limit;
	*there = rest->size;
	bytes_add(out, rest->data, length);
	rest->data += length + (end != NULL);
	rest->size -= length + (end != NULL);
	return FAULT_NONE;
}

#define CELL(column) hsds_cell(file, r, hsds_column(file, column))
#define ROWS_ASKED 3 /* of the schedules, whether they are open */

static void ask_hours(const struct hsds_file *file)
{
	for (size_t r = 0; file && r < file->row_count && r < ROWS_ASKED; r++) {
		const struct opening opening = {
			CELL("valid_from"), CELL("valid_to"),
			CELL("dtstart"),    CELL("until"),
			CELL("freq"),       CELL("wkst"),
			CELL("byday"),      CELL("byweekno"),
			CELL("bymonthday"), CELL("byyearday"),
			CELL("opens_at"),   CELL("closes_at"),
			CELL("timezone"),   CELL("interval"),
			CELL("count"),
		};

		(void)opening_at(&opening, 1795366800000, "America/Toronto");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	struct findings findings = { 0 };
	struct rest rest = { data, size };
	size_t seen = 0;

	log_to(silent, NULL);
	if (!hsds_read_from(fetch, &rest, &findings, &package)) {
		for (enum hsds_table i = 0; i < HSDS_TABLES; i++) {
			const struct hsds_file *file = hsds_file_of(package, i);

			for (size_t r = 0; file && r < file->row_count; r++)
				for (size_t c = 0; c <= file->column_count; c++)
					seen += strlen(hsds_cell(file, r, c));
		}
		ask_hours(hsds_file_of(package, HSDS_SCHEDULE));
		(void)!hsds_describe(package);
	}
	findings_done(&findings);
	return seen == SIZE_MAX;
}
