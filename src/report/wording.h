#pragma once

#include "record/entity.h"
#include "text/catalogue.h"

/*
 * The staff's words for what the record holds, for screens and paper alike.
 * Keys of labels: "kind.KIND", "field.KIND.FIELD", "code.KIND.FIELD.CODE"; the
 * agency's own fields have their labels in the record. A name that nobody has
 * translated is shown as it is, lest a row has none. Every text is for the
 * caller to free.
 */
struct wording {
	struct record *record;
	const struct catalogue *words; /* the staff's */
	const struct record_who *who;
};

/* The word of a key, or name where there is no such key. */
char *wording_or(const struct wording *wording, const char *key,
		 const char *name);

char *wording_kind(const struct wording *wording, const struct kind *kind);
char *wording_field(const struct wording *wording, const struct kind *kind,
		    const struct field *field);
char *wording_code(const struct wording *wording, const struct kind *kind,
		   const struct field *field, const char *code);

/* A person's name as lists have it: what they are called, their name in its own
 * script, and the number; where names are not at hand (pseudonymous mode) the
 * number alone. "Selam H · ሰላም · P-0012". */
char *wording_person(const struct wording *wording, int64_t person);
/* What any entity is called in one line: "HOU", "Elm Street group". */
char *wording_called(const struct wording *wording, const struct kind *kind,
		     int64_t id);

/* A value in one line: codes, yes, links and languages in words, money with a
 * point, days as ISO 8601, a moment as local day and time. NULL for NULL. */
char *wording_value(const struct wording *wording, const struct kind *kind,
		    const struct field *field, const char *value);

/* What staff call the language of a tag: "Arabic", "arabe"; a tag that nobody
 * knows is given as it is. */
char *wording_language(const struct wording *wording, const char *tag);

/* The local day of a moment (ms since 1970 UTC) as ISO 8601. */
char *wording_day(int64_t at);
/* "120.50", of cents */
char *wording_money(const char *value);
/* The first line, with " …" behind it where there are more. */
char *wording_line(const char *value);
