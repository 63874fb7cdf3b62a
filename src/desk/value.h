#pragma once

#include "desk/desk.h"
#include "record/entity.h"

/*
 * What stands in an entity's fields, in the staff's words; and back, as it was
 * typed. Keys of labels: "kind.KIND", "field.KIND.FIELD",
 * "code.KIND.FIELD.CODE"; the agency's own fields have their labels in the
 * record. Everything is for the caller to free.
 */
char *value_kind(const struct desk *desk, const struct kind *kind);
char *value_label(const struct desk *desk, const struct kind *kind,
		  const struct field *field);
char *value_code(const struct desk *desk, const struct kind *kind,
		 const struct field *field, const char *code);

/* One line of at most a few words; NULL for "not known" is "not asked". */
char *value_shown(const struct desk *desk, const struct kind *kind,
		  const struct field *field, const char *value);

/* An entity's own: what a conflict has of both sides is shown as values of what
 * it is about. */
char *value_of(const struct desk *desk, const struct entity *entity,
	       size_t place);

/* As it is edited: a day and a sum as people write them, not as they are
 * kept. */
char *value_typed(const struct desk *desk, const struct field *field,
		  const char *value);

/* What was typed into a field as the record keeps it; NULL: it does not fit.
 * "" is "not known". Codes, links and yes are picked, not typed. */
char *value_kept(const struct desk *desk, const struct field *field,
		 const char *typed);

/* "Sun 22 Nov 2026 14:32", local. */
char *value_instant(const struct desk *desk, int64_t at);
/* The time alone of a moment that is of today, or as value_instant(). */
char *value_since(const struct desk *desk, int64_t at);
int value_instant_cells(const struct desk *desk); /* of the widest */

/* What staff call the language of a tag: "Arabic", "arabe". */
char *value_language(const struct desk *desk, const char *tag);

/* What one entity is called in one line: "Selam H · ሰላም · P-0012", "HOU". */
char *value_called(const struct desk *desk, const struct kind *kind,
		   int64_t id);

/* Some fields of an entity, as far as they are known, in one line: "arrived ·
 * DEMO-03 · Sam Okafor". */
char *value_head(const struct desk *desk, const struct entity *entity,
		 const char *const *fields, size_t count);
