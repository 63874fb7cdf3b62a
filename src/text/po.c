#include "text/po.h"

#include <errno.h>
#include <gettext-po.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "text/po_copy.h"

#define COMPLAINTS 5 /* log lines about one file; the rest are alike */

/*
 * What libgettextpo's handlers, which get no pointer of ours, report to. Its
 * own would print and exit; a fatal one must not return, so it jumps out (and
 * what the library held is lost: that is a disk failing while being read).
 */
static struct {
	const char *path;
	size_t complaints;
	jmp_buf out;
} reading;

static void complain(size_t line, const char *what)
{
	int length = (int)strcspn(what, "\n");

	if (++reading.complaints > COMPLAINTS)
		return;
	if (line == (size_t)-1 || line == 0)
		log_error("%s: %.*s; mend it or put back the file as it was",
			  reading.path, length, what);
	else
		log_error("%s:%zu: %.*s; mend this line, or put back the file "
			  "as it was",
			  reading.path, line, length, what);
}

static void on_problem(int severity, po_message_t message, const char *file,
		       size_t line, size_t column, int lines, const char *what)
{
	(void)message;
	(void)column;
	(void)lines;
	/* Warnings are about what we check ourselves, or allow. */
	if (severity == PO_SEVERITY_WARNING)
		return;
	complain(file ? line : 0, what);
	if (severity == PO_SEVERITY_FATAL_ERROR)
		longjmp(reading.out, 1);
}

/*
 * The one problem with two places is an entry that stands twice. Of the first
 * the library tells no line that could be used.
 */
static void on_two(int severity, po_message_t first, const char *file,
		   size_t line, size_t column, int lines, const char *what,
		   po_message_t second, const char *file2, size_t line2,
		   size_t column2, int lines2, const char *what2)
{
	SCOPED(char_freep) char *key = NULL;

	(void)second;
	(void)file2;
	(void)line2;
	(void)column2;
	(void)lines2;
	(void)what2;
	if (severity == PO_SEVERITY_ERROR)
		key = po_key_above(reading.path, line);
	if (!key) {
		on_problem(severity, first, file, line, column, lines, what);
		return;
	}
	if (++reading.complaints <= COMPLAINTS)
		log_error("%s: lines %u and %u: the key %s twice; take one "
			  "out",
			  reading.path, po_line(reading.path, key, 0),
			  po_line(reading.path, key, 1), key);
}

static po_file_t read_file(const char *path, int copy)
{
	static const struct po_xerror_handler handler = { .xerror = on_problem,
							  .xerror2 = on_two };
	char name[40];

	snprintf(name, sizeof name, "/proc/self/fd/%d", copy);
	reading.path = path;
	reading.complaints = 0;
	if (setjmp(reading.out))
		return NULL;
	return po_file_read(name, &handler);
}

static char *field(const char *header, const char *name)
{
	char *value = header ? po_header_field(header, name) : NULL;

	return value ? value : xstrdup("");
}

/* What the header says of its own state; false where it says nothing known. */
static bool read_status(const char *status, struct po *po)
{
	bool source = strcmp(status, "source") == 0 &&
		      strncmp(po->language, "en", 2) == 0;

	po->reviewed = source || strcmp(status, "reviewed") == 0;
	return po->reviewed || !*status || strcmp(status, "draft") == 0;
}

static enum fault read_header(const char *header, struct po *po)
{
	SCOPED(char_freep) char *type = field(header, "Content-Type");
	SCOPED(char_freep) char *status = field(header, "X-Foyer-Status");

	po->language = field(header, "Language");
	po->name = field(header, "X-Foyer-Name");
	if (!strcasestr(type, PO_CHARSET "=UTF-8")) {
		log_error("%s: its header does not say UTF-8; save it as UTF-8 "
			  "and write \"Content-Type: text/plain; "
			  "charset=UTF-8\\n\" below the first msgstr",
			  po->path);
		return FAULT_FORMAT;
	}
	if (read_status(status, po))
		return FAULT_NONE;
	log_error("%s: X-Foyer-Status is \"%s\"; write draft or reviewed",
		  po->path, status);
	return FAULT_FORMAT;
}

/* Whether a "#." or "# " comment has a line that says only "same". */
static bool says_same(const char *comments)
{
	while (comments && *comments) {
		size_t length = strcspn(comments, "\n");
		size_t blank = strspn(comments, " .");
		size_t end = blank + 4;

		if (strncmp(comments + blank, "same", 4) == 0 &&
		    end + strspn(comments + end, " \r") == length)
			return true;
		comments += length + (comments[length] == '\n');
	}
	return false;
}

static enum fault refuse_entry(const char *path, const char *key,
			       const char *english, const char *why)
{
	unsigned line = key ? po_line(path, key, 0) : 0;

	if (line)
		log_error("%s:%u: %s: %s", path, line, key, why);
	else
		log_error("%s: the entry \"%.60s\": %s", path,
			  key ? key : english, why);
	return FAULT_FORMAT;
}

static enum fault add_entry(struct po *po, po_message_t message)
{
	const char *key = po_message_msgctxt(message);
	const char *english = po_message_msgid(message);

	if (!key || !*key)
		return refuse_entry(po->path, NULL, english,
				    "no key; write msgctxt \"...\" above its "
				    "msgid");
	if (strpbrk(key, " \t\n\"\\"))
		return refuse_entry(po->path, key, english,
				    "a key holds no blanks, quotes or "
				    "backslashes");
	if (po_message_msgid_plural(message))
		return refuse_entry(po->path, key, english,
				    "msgid_plural is not read; write {count, "
				    "plural, ...} in its msgstr");
	po->entries =
	    xreallocarray(po->entries, po->count + 1, sizeof *po->entries);
	po->entries[po->count++] = (struct po_entry){
		.key = xstrdup(key),
		.english = xstrdup(english),
		.translation = xstrdup(po_message_msgstr(message)),
		.about = xstrdup(po_message_extracted_comments(message)),
		.fuzzy = po_message_is_fuzzy(message),
		.same = says_same(po_message_extracted_comments(message)) ||
			says_same(po_message_comments(message)),
	};
	return FAULT_NONE;
}

static bool is_header(po_message_t message)
{
	return !po_message_msgctxt(message) && !*po_message_msgid(message);
}

static enum fault add_entries(struct po *po, po_file_t file)
{
	po_message_iterator_t walk = po_message_iterator(file, NULL);
	enum fault fault = FAULT_NONE;
	po_message_t message;

	while (!fault && (message = po_next_message(walk))) {
		if (!is_header(message) && !po_message_is_obsolete(message))
			fault = add_entry(po, message);
	}
	po_message_iterator_free(walk);
	return fault;
}

static int by_key(const void *a, const void *b)
{
	const struct po_entry *const *one = a, *const *other = b;
	int order = strcmp((*one)->key, (*other)->key);

	return order ? order : (*one > *other) - (*one < *other);
}

static enum fault refuse_twins(const struct po *po)
{
	const struct po_entry **sorted = xcalloc(po->count, sizeof *sorted);
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < po->count; i++)
		sorted[i] = &po->entries[i];
	qsort(sorted, po->count, sizeof *sorted, by_key);
	for (size_t i = 1; i < po->count; i++) {
		const char *key = sorted[i]->key;

		if (strcmp(sorted[i - 1]->key, key) != 0)
			continue;
		log_error("%s: lines %u and %u: the key %s twice; take one "
			  "out",
			  po->path, po_line(po->path, key, 0),
			  po_line(po->path, key, 1), key);
		fault = FAULT_FORMAT;
	}
	free(sorted);
	return fault;
}

static enum fault take(po_file_t file, struct po *out)
{
	enum fault fault = read_header(po_file_domain_header(file, NULL), out);

	if (!fault)
		fault = add_entries(out, file);
	if (!fault)
		fault = refuse_twins(out);
	return fault;
}

enum fault po_read(const char *path, struct po *out)
{
	enum fault fault;
	po_file_t file;
	int copy;

	*out = (struct po){ .path = xstrdup(path) };
	if ((fault = po_copy(path, &copy)))
		return fault;
	errno = 0;
	if (!(file = read_file(path, copy)) && !reading.complaints) {
		log_error("%s: cannot be opened: %s", path, strerror(errno));
		fault = FAULT_SYSTEM;
	}
	if (reading.complaints > COMPLAINTS)
		log_error("%s: and %zu more like these", path,
			  reading.complaints - COMPLAINTS);
	if (reading.complaints)
		fault = FAULT_FORMAT;
	if (!fault)
		fault = take(file, out);
	if (file)
		po_file_free(file);
	close(copy);
	return fault;
}

void po_entry_done(struct po_entry *entry)
{
	free(entry->key);
	free(entry->english);
	free(entry->translation);
	free(entry->about);
}

void po_done(struct po *po)
{
	for (size_t i = 0; i < po->count; i++)
		po_entry_done(&po->entries[i]);
	free(po->entries);
	free(po->language);
	free(po->name);
	free(po->path);
	*po = (struct po){ 0 };
}
