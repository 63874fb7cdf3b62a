#include "record/conflict_inside.h"

#include "base/memory.h"
#include "record/statement.h"

/* A change of what is gone tells of nothing any more. */
static enum fault drop_history(struct record *record)
{
	return statement_do(record,
			    "DELETE FROM change_apart WHERE kind = 'conflict'"
			    " AND entity NOT IN (SELECT id FROM conflict)",
			    "");
}

enum fault conflicts_erase(struct record *record, const char *kind,
			   const char *field, int64_t subject)
{
	SCOPED(char_freep) char *what = xasprintf("%s.%s", kind, field ?: "");
	enum fault fault = statement_do(
	    record,
	    "DELETE FROM conflict WHERE subject = ?1 AND CASE WHEN ?3 > 0 THEN"
	    " what = ?2 ELSE substr(what, 1, length(?2)) = ?2 END",
	    "itd", subject, what, field != NULL);

	return fault || !store_changed(record->db) ? fault
						   : drop_history(record);
}

/* --- visits --------------------------------------------------------------- */

#define OF_VISITS                                                       \
	" subject IN (SELECT id FROM visit WHERE erased_at IS NOT NULL" \
	" AND (?1 = 0 OR id = ?1))"

/* visit 0: of every visit that was erased. */
static enum fault follow_erased(struct record *record, int64_t visit)
{
	static const char *const statements[] = {
		"DELETE FROM conflict WHERE what = 'visit.person' "
		"AND" OF_VISITS,
		"DELETE FROM change_apart WHERE kind = 'conflict' AND field ="
		" 'person' AND entity IN (SELECT id FROM conflict WHERE what ="
		" 'visit.state' AND" OF_VISITS ")",
		"UPDATE conflict SET person = NULL WHERE what = 'visit.state'"
		" AND person IS NOT NULL AND" OF_VISITS,
	};
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < COUNT(statements) && !fault; i++)
		fault = statement_do(record, statements[i], "i", visit);
	return fault ? fault : drop_history(record);
}

static enum fault any(struct record *record, bool *there)
{
	int64_t found = 0;
	enum fault fault = statement_value(
	    record, "SELECT 1 FROM conflict LIMIT 1", 0, &found, "");

	*there = found != 0;
	return fault;
}

enum fault conflicts_erase_visit(struct record *record, int64_t visit)
{
	bool there;
	enum fault fault = any(record, &there);

	return fault || !there ? fault : follow_erased(record, visit);
}

/* --- afterwards ----------------------------------------------------------- */

static enum fault follow_kind(struct record *record, const struct kind *kind)
{
	SCOPED(char_freep)
	char *drop = xasprintf("DELETE FROM conflict WHERE substr(what, 1,"
			       " length('%s.')) = '%s.' AND subject NOT IN"
			       " (SELECT id FROM \"%s\")",
			       kind->name, kind->name, kind->name);
	SCOPED(char_freep) char *guard = NULL;
	enum fault fault = statement_do(record, drop, "");

	if (fault || !kind->guard)
		return fault;
	guard = xasprintf("UPDATE conflict AS c SET guard = k.\"%s\" FROM"
			  " \"%s\" k WHERE k.id = c.subject AND substr(c.what,"
			  " 1, length('%s.')) = '%s.' AND c.guard IS DISTINCT"
			  " FROM k.\"%s\"",
			  kind->guard, kind->name, kind->name, kind->name,
			  kind->guard);
	return statement_do(record, guard, "");
}

enum fault conflicts_follow(struct record *record)
{
	bool there;
	enum fault fault = any(record, &there);

	if (fault || !there)
		return fault;
	for (size_t i = 0; i < kind_count() && !fault; i++)
		fault = follow_kind(record, kind_at(i));
	return fault ? fault : follow_erased(record, 0);
}
