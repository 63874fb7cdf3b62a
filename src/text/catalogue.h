#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * The words of one language, read from gettext PO files at run time. A file
 * name is DOMAIN.TAG.po below translations/; several domains load into one
 * catalogue. How such a file is written:
 *
 *	msgid ""
 *	msgstr ""
 *	"Language: fr\n"
 *	"Content-Type: text/plain; charset=UTF-8\n"
 *	"X-Foyer-Status: draft\n"
 *
 *	#. The key that goes one question back; at most 12 cells.
 *	msgctxt "kiosk.back"
 *	msgid "Back"
 *	msgstr "Retour"
 *
 * - The header names the language (of the file name) and UTF-8, and says
 *   draft, or reviewed once a reader of the language has confirmed every line
 *   (English says source). "X-Foyer-Name: ..." is what a language calls
 *   itself that Foyer does not know.
 * - msgctxt is the key: DOMAIN.WORD for programs, FORM:/PATH:PART for forms
 *   ("intake:/data/A3:label"). No blanks, quotes or backslashes; once a file.
 * - msgid is the English text as DOMAIN.en.po has it. In that file msgstr
 *   stays empty: the msgid is the message.
 * - msgstr is an ICU MessageFormat pattern with named arguments: {name};
 *   {count, plural, one {# person} other {# people}}, with every form that the
 *   language has; {kind, select, kin {...} other {...}}; selectordinal. Digits
 *   are Western. An apostrophe stands for itself, but before { or } (and #
 *   within a plural) it quotes up to the next one; doubled it is always one.
 *   No other argument types, no gettext plurals (msgid_plural).
 * - A fuzzy or empty entry is missing. "#." comments tell the translator
 *   about the place; the line "#. same" there, or "#, foyer-same" in a
 *   translation, says that the text is rightly as in English (a name, a code).
 */
struct catalogue;

enum catalogue_status { CATALOGUE_DRAFT, CATALOGUE_REVIEWED };

/* An empty catalogue of a language. The caller frees it. */
struct catalogue *catalogue_new(const char *language);
void catalogue_free(struct catalogue *catalogue); /* NULL is fine */
DEFINE_SCOPED(struct catalogue, catalogue_free)

/*
 * Adds a PO file's entries; a key met again in another file is replaced.
 * FAULT_FORMAT: not PO, not UTF-8, of another language, no key on an entry,
 * one key twice, or a pattern that MessageFormat refuses: the log names file,
 * line and mend, and the catalogue is unchanged. FAULT_LIMIT: larger than
 * CATALOGUE_LIMIT. FAULT_SYSTEM: unreadable.
 */
#define CATALOGUE_LIMIT (4 * 1024 * 1024) /* bytes in a file */
MUST_CHECK enum fault catalogue_add(struct catalogue *catalogue,
				    const char *path);

/*
 * Adds all files of a family of domains in a folder: DOMAIN.TAG.po and every
 * DOMAIN.PART.TAG.po, in the order of their names, TAG being the catalogue's
 * language. Faults as above; FAULT_SYSTEM, too: there is none.
 */
MUST_CHECK enum fault catalogue_add_family(struct catalogue *catalogue,
					   const char *folder,
					   const char *domain);

const char *catalogue_language(const struct catalogue *catalogue);

/* The header X-Foyer-Status of every file: reviewed only if all are. */
enum catalogue_status catalogue_status(const struct catalogue *catalogue);

/*
 * The translated pattern of key as it stands, or NULL if there is none (or an
 * empty or fuzzy one). Belongs to the catalogue.
 */
const char *catalogue_pattern(const struct catalogue *catalogue,
			      const char *key);

/*
 * The same as it is to be shown: in the digits of the language, but for words
 * of the domain "ticket", whose digits are Western (text/digits.h).
 */
const char *catalogue_shown(const struct catalogue *catalogue, const char *key);

/* The English that the entry of key was made of, NULL without an entry. */
const char *catalogue_english(const struct catalogue *catalogue,
			      const char *key);

/* Named arguments of a message: text, or a number where text is NULL. */
#define CATALOGUE_ARGUMENTS 8 /* names in one message */
struct catalogue_argument {
	const char *name;
	const char *text;
	double number;
};

/*
 * The message of key as it is to be shown, with its arguments put in: numbers
 * in the language's digits, texts as they are; the key itself between angle
 * brackets where no entry exists, so that a gap is seen. The caller frees it.
 */
char *catalogue_say(const struct catalogue *catalogue, const char *key,
		    const struct catalogue_argument *arguments, size_t count);

/* The same without arguments. */
char *catalogue_word(const struct catalogue *catalogue, const char *key);

/*
 * Walks every entry in file order: its key, the English text and the
 * translation ("" none).
 */
typedef void catalogue_visit(void *to, const char *key, const char *english,
			     const char *translation);
void catalogue_each(const struct catalogue *catalogue, catalogue_visit *visit,
		    void *to);
