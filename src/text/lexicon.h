#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"
#include "text/catalogue.h"
#include "text/completeness.h"
#include "text/language.h"

/*
 * Every language of an installation, and which of them may be offered: those
 * that ship as files DOMAIN.TAG.po (the kiosk's words, the ticket's, the
 * form's), and what an agency dropped into its own folder as TAG.po, one file
 * with words of all three. A dropped file brings a whole language, or mends
 * single words of one; a language that Foyer does not know is learnt from its
 * header. A language is complete or it is not offered, and a draft is offered
 * only where the agency names it.
 *
 * Opening reads the English, what was dropped, and nothing else that
 * text/stamp.h vouches for; the words of a language are read when they are
 * first asked for.
 */
struct lexicon;

enum lexicon_status {
	LEXICON_NONE, /* there are no words of it */
	LEXICON_DRAFT,
	LEXICON_REVIEWED,
	LEXICON_SOURCE, /* English */
};

struct lexicon_language {
	const struct language *language;
	enum lexicon_status status;
	size_t missing; /* findings against the English, each to be mended */
	bool broken;    /* a file of it cannot be read */
	bool dropped;   /* words of it are the agency's own */
	bool offered;
};

struct lexicon_options {
	const char *shipped; /* folder of the files DOMAIN.TAG.po */
	const char *dropped; /* folder of the files TAG.po; may not be there */
	const char *file;    /* one more dropped file; NULL: none */
	const char *form;    /* id of the form: its words' domain */
	const char *only;    /* tag: the others are not looked at; NULL: all */
	const char *drafts;  /* tags, parted by blanks or commas */
	bool believe;        /* what the build said of files (text/stamp.h) */
	catalogue_fit *fit;  /* NULL: lengths are not looked at */
	/* Hears each finding; NULL: the first few of a language are logged,
	 * and why it is not offered. */
	catalogue_report *report;
	void *to;
};

/*
 * Opens them all; options' texts are copied. The caller frees *out. What keeps
 * a language from being offered is logged, and harms no other one; a dropped
 * file of English that is not sound is left out.
 * FAULT_FORMAT, FAULT_LIMIT, FAULT_SYSTEM: the shipped English cannot be read.
 */
MUST_CHECK enum fault lexicon_open(const struct lexicon_options *options,
				   struct lexicon **out);
void lexicon_free(struct lexicon *lexicon); /* NULL is fine */
DEFINE_SCOPED(struct lexicon, lexicon_free)

/* As language_at() lists them, English first; also those without words. */
size_t lexicon_count(const struct lexicon *lexicon);
const struct lexicon_language *lexicon_at(const struct lexicon *lexicon,
					  size_t index);

/* The place of the language that a tag means; lexicon_count(): none. */
size_t lexicon_find(const struct lexicon *lexicon, const char *tag);

/* The id of the form whose words it has. Belongs to the lexicon. */
const char *lexicon_form(const struct lexicon *lexicon);

/* How many strings a language must have. */
size_t lexicon_strings(const struct lexicon *lexicon);

/* Complete: sound files, and nothing missing. */
bool lexicon_complete(const struct lexicon_language *language);

/*
 * The words of a language, the agency's own put in; read the first time.
 * NULL: they cannot be read (any more), as the log says. Belongs to the
 * lexicon.
 */
const struct catalogue *lexicon_words(struct lexicon *lexicon, size_t index);

/* "none", "draft", "reviewed", "source" */
const char *lexicon_status_name(enum lexicon_status status);

/*
 * Reads every file of the folder that belongs to a language of the lobby, and
 * writes what it finds to path (text/stamp.h). Faults are lexicon_open()'s and
 * stamps_write()'s.
 */
MUST_CHECK enum fault lexicon_stamp(const struct lexicon_options *options,
				    const char *path);
