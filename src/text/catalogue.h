#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * The words of one language, read from gettext PO files at run time. An entry
 * is found by its msgctxt, the key: "kiosk.back", "intake:/data/A3:label". Its
 * msgid is the English text, its msgstr an ICU MessageFormat pattern with
 * named arguments. A file name is DOMAIN.TAG.po below translations/; several
 * domains load into one catalogue.
 */
struct catalogue;

enum catalogue_status { CATALOGUE_DRAFT, CATALOGUE_REVIEWED };

/* An empty catalogue of a language. The caller frees it. */
struct catalogue *catalogue_new(const char *language);
void catalogue_free(struct catalogue *catalogue); /* NULL is fine */
DEFINE_SCOPED(struct catalogue, catalogue_free)

/*
 * Adds a PO file's entries; a key met again is replaced.
 * FAULT_FORMAT: not PO, no key on an entry, or a pattern that MessageFormat
 * refuses: the log names file, line and mend, and the catalogue is unchanged.
 */
MUST_CHECK enum fault catalogue_add(struct catalogue *catalogue,
				    const char *path);

const char *catalogue_language(const struct catalogue *catalogue);

/* The header X-Foyer-Status of every file: reviewed only if all are. */
enum catalogue_status catalogue_status(const struct catalogue *catalogue);

/*
 * The translated pattern of key as it stands, or NULL if there is none (or an
 * empty or fuzzy one). Belongs to the catalogue.
 */
const char *catalogue_pattern(const struct catalogue *catalogue,
			      const char *key);

/* Named arguments of a message: text, or a number where text is NULL. */
struct catalogue_argument {
	const char *name;
	const char *text;
	double number;
};

/*
 * The message of key with its arguments put in; the key itself between angle
 * brackets where no entry exists, so that a gap is seen. The caller frees it.
 */
char *catalogue_say(const struct catalogue *catalogue, const char *key,
		    const struct catalogue_argument *arguments, size_t count);

/* The same without arguments. */
char *catalogue_word(const struct catalogue *catalogue, const char *key);

/* Walks every entry: its key, the English text and the translation ("" none).*/
typedef void catalogue_visit(void *to, const char *key, const char *english,
			     const char *translation);
void catalogue_each(const struct catalogue *catalogue, catalogue_visit *visit,
		    void *to);
