#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/catalogue.h"
#include "text/digits.h"

/*
 * The ICU MessageFormat patterns of a catalogue. ICU's C functions know only
 * numbered arguments, so names are mapped to numbers here; apostrophes,
 * plurals and selects are ICU's work.
 */
enum message_kind {
	MESSAGE_TEXT, /* {name} */
	MESSAGE_SELECT,
	MESSAGE_PLURAL,
	MESSAGE_ORDINAL,
};

#define MESSAGE_USES 32    /* arguments in one pattern, a name each time */
#define MESSAGE_DEPTH 6    /* plurals within selects within ... */
#define MESSAGE_EXACT 8    /* "=1" forms of one plural */
#define MESSAGE_NUMBERS 3  /* names with a plural in one pattern */
#define MESSAGE_LIMIT 8192 /* bytes in a pattern */

/* One argument where it stands in a pattern. */
struct message_use {
	size_t at, length; /* of the name, bytes in the pattern */
	enum message_kind kind;
	unsigned forms; /* of a plural: 1 << enum message_form */
	int offset;
	size_t exact_count;
	long exact[MESSAGE_EXACT]; /* "=0" */
};

/* CLDR's plural forms, in the order of message_form_names. */
enum message_form {
	MESSAGE_ZERO,
	MESSAGE_ONE,
	MESSAGE_TWO,
	MESSAGE_FEW,
	MESSAGE_MANY,
	MESSAGE_OTHER,
	MESSAGE_FORMS,
};

extern const char *const message_form_names[MESSAGE_FORMS]; /* "zero" */

struct message {
	struct message_use uses[MESSAGE_USES];
	size_t count;
};

/*
 * Where the arguments of pattern stand. NULL when it is sound; else what is
 * wrong with it and how to mend it, in static words.
 */
const char *message_read(const char *pattern, struct message *out);

/* The same, and ICU's opinion of it in a language as well. */
const char *message_refused(const char *pattern, const char *language);

/* Sets literal[i] for each byte of a sound pattern that is said as it stands,
 * not syntax; literal is as long as the pattern, and zero. */
void message_literals(const char *pattern, uint8_t *literal);

/*
 * A sound pattern with its arguments put in, for the caller to free. One that
 * the caller left out shows as its name in braces. Numbers are written with the
 * given digits; arguments of text are put in as they are.
 */
char *message_say(const char *pattern, const char *language,
		  const struct digits *digits,
		  const struct catalogue_argument *arguments, size_t count);
