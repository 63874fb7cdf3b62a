#include <string.h>

#include "base/log.h"
#include "xlsform/csv.h"
#include "xlsform/xlsform.h"

/*
 * Sheets of any bytes: the four of them, parted by a zero byte, are read and
 * compiled. What compiles is loaded as the kiosk would load it.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static size_t take_sheet(const uint8_t *data, size_t size, enum sheet_kind kind,
			 struct findings *findings, struct sheet *sheet)
{
	const uint8_t *end = memchr(data, '\0', size);
	size_t length = end ? (size_t)(end - data) : size;

	if (csv_read(sheet_name(kind), data, length, kind, findings, sheet))
		sheet->kind = kind;
	return length + (end != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct findings findings = { 0 };
	struct sheets sheets = { 0 };
	struct bytes xml = { 0 };

	log_to(silent, NULL);
	for (enum sheet_kind i = 0; i < SHEET_KINDS; i++) {
		size_t length =
		    take_sheet(data, size, i, &findings, &sheets.of[i]);

		data += length;
		size -= length;
	}
	(void)!xlsform_compile(&sheets, NULL, &findings, &xml);
	bytes_done(&xml);
	findings_done(&findings);
	sheets_done(&sheets);
	return 0;
}
