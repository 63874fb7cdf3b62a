#include "record/conflict.h"

#include <string.h>

#include "base/memory.h"
#include "record/conflict_inside.h"
#include "record/entity_sql.h"
#include "record/kinds.h"

/* --- what they are about -------------------------------------------------- */

/* Visits are older than kinds, and have the words of one. */
static const struct kind visit = { .name = "visit" };

static const struct {
	const char *what;
	struct field field;
} of_visits[] = {
	{ "visit.state", { .name = "state", .type = FIELD_CODES } },
	{ "visit.person", { .name = "person", .type = FIELD_TEXT } },
};

/* What one side removed and the other changed. */
static const struct field removal = { .name = "gone", .type = FIELD_CODES };

static bool is_removal(const char *what)
{
	const char *point = strchr(what, '.');

	return point && !point[1];
}

const char *conflict_value(const char *what, const char *value)
{
	return !value && is_removal(what) ? "there" : value;
}

const struct field *conflict_field(const char *what, const struct kind **kind)
{
	const size_t length = strcspn(what, ".");
	SCOPED(char_freep) char *name = xstrndup(what, length);

	*kind = &visit;
	for (size_t i = 0; i < COUNT(of_visits); i++) {
		if (strcmp(of_visits[i].what, what) == 0)
			return &of_visits[i].field;
	}
	if (is_removal(what)) {
		*kind = &kind_conflict;
		return &removal;
	}
	*kind = kind_find(name);
	return *kind && what[length] ? kind_field(*kind, what + length + 1)
				     : NULL;
}

/* --- taking theirs -------------------------------------------------------- */

/* The entity as it is and as theirs would make it; NULL where it is not there
 * or is none. field is the part of what. */
static enum fault read_subject(struct record *record,
			       const struct entity *conflict,
			       const char **field, struct entity **before,
			       struct entity **after)
{
	const char *what = entity_text(conflict, "what");
	const char *point = strchr(what, '.');
	SCOPED(char_freep)
	char *name = xstrndup(what, point ? (size_t)(point - what) : 0);
	const struct kind *kind = kind_find(name);
	const int64_t id = entity_number(conflict, "subject");
	enum fault fault;

	*before = *after = NULL;
	if (!kind)
		return FAULT_NONE;
	*field = point + 1;
	if ((fault = entity_fetch(record, kind, id, before)) || !*before ||
	    (fault = entity_fetch(record, kind, id, after)))
		return fault;
	if (**field)
		(void)entity_set(*after, *field,
				 entity_text(conflict, "theirs"));
	else
		(*after)->gone = !(*before)->gone;
	return FAULT_NONE;
}

/* What was changed once more since, or was signed, is not overwritten; nor is
 * anything left without what it cannot be without. */
static const char *why_not(struct record *record, const struct entity *conflict,
			   const char *field, const struct entity *before,
			   const struct entity *after)
{
	const struct kind *kind = before->kind;
	const struct field *of = *field ? kind_field(kind, field) : NULL;

	if (of && of->flags & FIELD_NEEDED && !entity_text(after, field))
		return "needed";
	if (*field && entity_differs(entity_text(before, field),
				     entity_text(conflict, "ours")))
		return "changed";
	if (kind->signed_at && entity_text(before, kind->signed_at))
		return "signed";
	return kind->check && kind->check(record, before, after) ? "unfit"
								 : NULL;
}

static enum fault take_entity(struct record *record,
			      const struct entity *conflict,
			      const struct record_who *who, int64_t now,
			      const char **word)
{
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = "theirs",
		.who = who,
		.now = now,
	};
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	const char *field = "";
	enum fault fault =
	    read_subject(record, conflict, &field, &before, &after);

	if (fault)
		return fault;
	*word =
	    after ? why_not(record, conflict, field, before, after) : "gone";
	return *word ? FAULT_NONE
		     : entity_put(record, before, after, "change", &about);
}

enum fault conflict_take(struct record *record, const struct entity *conflict,
			 const struct record_who *who, int64_t now,
			 const char **word)
{
	const bool of_visit =
	    strncmp(entity_text(conflict, "what"), "visit.", 6) == 0;

	return (of_visit ? conflict_take_visit : take_entity)(record, conflict,
							      who, now, word);
}

enum fault conflict_refusal(struct record *record, int64_t id,
			    const char **word)
{
	static const struct record_who nobody = { .user = "", .desk = "" };
	SCOPED(transaction_endp) struct transaction *trial = NULL;
	SCOPED(entity_freep) struct entity *conflict = NULL;
	enum fault fault;

	*word = "gone";
	if ((fault = transaction_begin(record, &trial)) ||
	    (fault = entity_fetch(record, &kind_conflict, id, &conflict)) ||
	    !conflict)
		return fault;
	/* Tried, and undone with the transaction. */
	return conflict_take(record, conflict, &nobody,
			     entity_number(conflict, "theirs_at"), word);
}
