#pragma once

#include <stdbool.h>

#include "base/bytes.h"

/*
 * Every setting that Foyer has, in one table: what foyer.ini may hold, and
 * within which bounds. A program that reads another one is not finished until
 * it has its row here.
 */
#define SETTING_SHORT_MOST 12 /* it is printed, called out and typed */

enum setting_kind {
	SETTING_TEXT,   /* anything; where it is used says more */
	SETTING_FLAG,   /* yes or no */
	SETTING_NUMBER, /* least to most */
	SETTING_WORD,   /* one of words */
	SETTING_BEGIN,  /* one of words, or one of those that end in ":" and
			   more behind it */
	SETTING_SPANS,  /* of a day, see base/span.h */
	SETTING_SHORT,  /* 1 to SETTING_SHORT_MOST letters, digits, '.' and '_'
			 */
};

struct setting_known {
	const char *section, *name; /* NULL: any name */
	enum setting_kind kind;
	long least, most;
	const char *words; /* parted by blanks */
};

/* The rows one by one, those of a section beside each other; NULL behind the
 * last. */
const struct setting_known *setting_at(size_t index);

/* The row of a setting, or NULL. */
const struct setting_known *setting_known(const char *section,
					  const char *name);

/* yes/no, true/false, on/off, 1/0; false, and *flag untouched, for others. */
bool setting_flag(const char *value, bool *flag);
/* A whole number within the row's bounds; likewise. */
bool setting_number(const struct setting_known *known, const char *value,
		    long *number);

/* Whether a value is one that the row allows. */
bool setting_allowed(const struct setting_known *known, const char *value);

/* "a whole number from 20 to 600": what the row allows. */
void setting_tell(const struct setting_known *known, struct bytes *out);

/* The sections, or a section's names, each after a blank; a section that is
 * not known has none, and adds nothing. */
void setting_tell_sections(struct bytes *out);
void setting_tell_names(const char *section, struct bytes *out);
