#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "text/catalogue.h"
#include "text/po.h"

/*
 * libgettextpo does not tell where an entry stands, so a message about one
 * looks for its key in the file.
 */
static const char keyword[] = "msgctxt \"";

static char *read_text(const char *path)
{
	struct bytes text = { 0 };

	/* A fault was logged; the message then goes without a line. */
	if (file_read(path, CATALOGUE_LIMIT, &text)) {
		bytes_done(&text);
		return xstrdup("");
	}
	return bytes_take_text(&text);
}

static const char *next_line(const char *text)
{
	text += strcspn(text, "\n");
	return text + (*text == '\n');
}

static bool is_key(const char *line)
{
	return strncmp(line, keyword, strlen(keyword)) == 0;
}

unsigned po_line(const char *path, const char *key, size_t nth)
{
	SCOPED(char_freep) char *text = read_text(path);
	SCOPED(char_freep) char *wanted = xasprintf("%s%s\"", keyword, key);
	unsigned line = 1;

	for (const char *at = text; *at; at = next_line(at), line++) {
		if (strncmp(at, wanted, strlen(wanted)) == 0 && !nth--)
			return line;
	}
	return 0;
}

char *po_key_above(const char *path, size_t line)
{
	SCOPED(char_freep) char *text = read_text(path);
	const char *found = NULL;

	for (const char *at = text; *at && line; at = next_line(at), line--) {
		if (is_key(at))
			found = at + strlen(keyword);
	}
	return found ? xstrndup(found, strcspn(found, "\"\n")) : NULL;
}
