#include "text/po_copy.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "text/catalogue.h"

static const char charset[] = "charset=";

static_assert(sizeof charset == sizeof PO_CHARSET "=", "of the same length");

/* The line that holds the first byte that is not UTF-8; 0 for none. */
static size_t wrong_line(const struct bytes *text)
{
	size_t at = 0, line = 1;

	while (at < text->length) {
		UChar32 point;

		U8_NEXT(text->data, at, text->length, point);
		if (point < 0)
			return line;
		line += point == '\n';
	}
	return 0;
}

/* Only the header's, which is the first; a text may speak of charsets. */
static void rename_charset(struct bytes *text)
{
	char *at = memmem(text->data, text->length, charset, strlen(charset));

	if (at)
		memcpy(at, PO_CHARSET, strlen(PO_CHARSET));
}

static void keep_flags(struct bytes *text)
{
	static const char flag[] = "\n#, foyer-same";
	static const char mark[] = "\n#. same      ";
	char *end = (char *)text->data + text->length, *at;

	static_assert(sizeof flag == sizeof mark, "of the same length");
	for (char *from = (char *)text->data;
	     (at = memmem(from, (size_t)(end - from), flag, strlen(flag)));) {
		from = at + strlen(flag);
		if (from == end || *from == '\n' || *from == '\r')
			memcpy(at, mark, strlen(mark));
	}
}

static enum fault write_copy(const char *path, const struct bytes *text,
			     int *out)
{
	int file = memfd_create("po", MFD_CLOEXEC);

	if (file >= 0 &&
	    write(file, text->data, text->length) == (ssize_t)text->length) {
		*out = file;
		return FAULT_NONE;
	}
	log_error("%s: cannot be copied to memory: %s", path, strerror(errno));
	if (file >= 0)
		close(file);
	return FAULT_SYSTEM;
}

enum fault po_copy(const char *path, int *out)
{
	struct bytes text = { 0 };
	enum fault fault = file_read(path, CATALOGUE_LIMIT, &text);
	size_t line = fault ? 0 : wrong_line(&text);

	if (line) {
		log_error("%s:%zu: not UTF-8; save the file as UTF-8", path,
			  line);
		fault = FAULT_FORMAT;
	}
	if (!fault) {
		bytes_add_text(&text, "");
		rename_charset(&text);
		keep_flags(&text);
		fault = write_copy(path, &text, out);
	}
	bytes_done(&text);
	return fault;
}
