#include <string.h>
#include <zip.h>

#include "base/log.h"
#include "xlsform/xlsform.h"
#include "xlsform/xlsx.h"

/*
 * Workbooks of any bytes. A zip file is taken as it is; anything else is the
 * parts of one, parted by zero bytes, so that what is in them is met too.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static const char root[] =
    "<Relationships><Relationship Id=\"w\" Type=\"/officeDocument\" "
    "Target=\"xl/workbook.xml\"/></Relationships>";

static const char *const names[] = {
	"xl/workbook.xml", "xl/_rels/workbook.xml.rels",
	"xl/strings.xml",  "xl/styles.xml",
	"xl/sheets/0.xml", "xl/sheets/1.xml",
};

static void add(zip_t *zip, const char *name, const void *bytes, size_t length)
{
	if (zip_file_add(zip, name, zip_source_buffer(zip, bytes, length, 0),
			 0) < 0)
		__builtin_trap();
}

static void pack(const uint8_t *data, size_t size, struct bytes *out)
{
	zip_source_t *made = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(made, ZIP_TRUNCATE, NULL);
	uint8_t piece[4096];
	zip_int64_t got;

	zip_source_keep(made);
	add(zip, "_rels/.rels", root, strlen(root));
	for (size_t i = 0; i < COUNT(names) && size; i++) {
		const uint8_t *end = memchr(data, '\0', size);
		size_t length = end ? (size_t)(end - data) : size;

		add(zip, names[i], data, length);
		data += length + (end != NULL);
		size -= length + (end != NULL);
	}
	if (zip_close(zip) || zip_source_open(made))
		__builtin_trap();
	while ((got = zip_source_read(made, piece, sizeof piece)) > 0)
		bytes_add(out, piece, (size_t)got);
	zip_source_free(made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct findings findings = { 0 };
	struct bytes packed = { 0 }, xml = { 0 };
	struct sheets sheets;

	log_to(silent, NULL);
	if (xlsx_is(data, size))
		bytes_add(&packed, data, size);
	else
		pack(data, size, &packed);
	enum fault fault =
	    xlsx_read("f.xlsx", packed.data, packed.length, &findings, &sheets);

	if (!fault)
		fault = xlsform_compile(&sheets, NULL, &findings, &xml);
	if ((fault != FAULT_NONE) != (findings.errors > 0))
		__builtin_trap();
	bytes_done(&packed);
	bytes_done(&xml);
	findings_done(&findings);
	sheets_done(&sheets);
	return 0;
}
