#include "xlsform/package.h"

#include <stdlib.h>
#include <zip.h>

#define RATIO_FROM (1024 * 1024) /* bytes; what is smaller does no harm */

struct package {
	zip_t *zip;
	const char *file;
	struct findings *findings;
	size_t total;
};

static void complain(const char *file, struct findings *findings,
		     const char *words)
{
	findings_add(findings, FINDING_ERROR,
		     (struct finding_place){ .file = file }, "%s", words);
}

void package_complain(struct package *package, const char *words)
{
	complain(package->file, package->findings, words);
}

enum fault package_open(const char *file, const void *bytes, size_t length,
			struct findings *findings, struct package **out)
{
	zip_source_t *source = zip_source_buffer_create(bytes, length, 0, NULL);
	zip_t *zip =
	    source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;

	if (!zip) {
		zip_source_free(source);
		complain(file, findings,
			 "damaged; save it again as .xlsx in the spreadsheet "
			 "program");
		return FAULT_FORMAT;
	}
	if (zip_get_num_entries(zip, 0) > PACKAGE_PARTS_LIMIT) {
		complain(file, findings,
			 "more than 2,000 files are packed in it");
		zip_discard(zip);
		return FAULT_LIMIT;
	}
	*out = xcalloc(1, sizeof **out);
	**out = (struct package){ zip, file, findings, 0 };
	return FAULT_NONE;
}

void package_free(struct package *package)
{
	if (!package)
		return;
	zip_discard(package->zip);
	free(package);
}

/* Whether so much may come of so little. */
static bool fits(const struct package *package, size_t unpacked, size_t packed)
{
	return unpacked <= PACKAGE_PART_LIMIT &&
	       package->total + unpacked <= PACKAGE_TOTAL_LIMIT &&
	       (unpacked < RATIO_FROM ||
		unpacked / PACKAGE_RATIO_LIMIT <= packed);
}

/* What the directory says of a part may be a lie, so every byte is counted. */
static enum fault unpack(struct package *package, zip_file_t *part,
			 size_t packed, struct bytes *out)
{
	static const size_t piece = 64 * 1024;
	struct bytes whole = { 0 };
	SCOPED(char_freep) char *buffer = xcalloc(1, piece);
	zip_int64_t got;

	while ((got = zip_fread(part, buffer, piece)) > 0) {
		if (!fits(package, whole.length + (size_t)got, packed)) {
			bytes_done(&whole);
			return FAULT_LIMIT;
		}
		bytes_add(&whole, buffer, (size_t)got);
	}
	if (!got) {
		package->total += whole.length;
		bytes_add(out, whole.data, whole.length);
	}
	bytes_done(&whole);
	return got ? FAULT_FORMAT : FAULT_NONE;
}

enum fault package_read(struct package *package, const char *name,
			struct bytes *out)
{
	zip_stat_t about;
	enum fault fault = FAULT_FORMAT;

	if (zip_stat(package->zip, name, ZIP_FL_NOCASE, &about))
		return FAULT_NONE;
	zip_file_t *part = zip_fopen_index(package->zip, about.index, 0);

	if (part) {
		fault = unpack(package, part, about.comp_size, out);
		(void)zip_fclose(part); /* the checksum failed the last read */
	}
	if (fault == FAULT_LIMIT)
		package_complain(package,
				 "unpacked, it is far larger than a form can "
				 "be; remove pictures and empty rows, and save "
				 "it anew");
	else if (fault)
		package_complain(package,
				 "damaged, or with a password; save it again "
				 "as .xlsx, without one");
	return fault;
}
