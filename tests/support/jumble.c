#include "tests/support/jumble.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/kind.h"
#include "tests/support/chance.h"
#include "tests/test.h"

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

struct jumble {
	sqlite3 *db;
	struct chance chance;
	int rows;
	int64_t now;
};

static uint32_t below(struct jumble *jumble, uint32_t limit)
{
	return chance_below(&jumble->chance, limit);
}

/* --- a value -------------------------------------------------------------- */

static void add_text(struct jumble *jumble, struct bytes *out)
{
	static const char *const texts[] = {
		"ab",  "a b",        "a-b",      "Ab",           "AB",
		"b",   "Beta",       "beta",     "\xc3\x89va",   "eva",
		"Zoe", "zo\xc3\xab", "\xce\xbe", "\xe5\xae\xb6", "_x",
		"10",  "9",
	};

	bytes_add_format(out, "'%s'", texts[below(jumble, COUNT(texts))]);
}

static int64_t instant(struct jumble *jumble)
{
	return jumble->now - 365 * DAY_MS +
	       (int64_t)(below(jumble, 500) * 86400u + below(jumble, 86400)) *
		   1000;
}

/* Some are cut short, as an arrival that nobody knows better. */
static void add_day(struct jumble *jumble, struct bytes *out)
{
	static const int lengths[] = { 10, 10, 10, 10, 10, 10, 7, 4 };

	bytes_add_format(out,
			 "substr(strftime('%%Y-%%m-%%d', %lld, 'unixepoch'), 1,"
			 " %d)",
			 (long long)instant(jumble) / 1000,
			 lengths[below(jumble, COUNT(lengths))]);
}

/* One of a blank-separated list. */
static void add_code(struct jumble *jumble, const char *codes,
		     struct bytes *out)
{
	SCOPED(char_freep) char *copy = xstrdup(codes);
	char *all[256], *rest = copy;
	uint32_t count = 0;

	while (count < COUNT(all) && (all[count] = strsep(&rest, " ")))
		count += *all[count] != '\0';
	bytes_add_text(out, count ? all[below(jumble, count)] : "");
}

static void add_codes(struct jumble *jumble, const char *codes, int most,
		      struct bytes *out)
{
	const int count = 1 + (int)below(jumble, (uint32_t)most);

	bytes_add_byte(out, '\'');
	for (int i = 0; i < count; i++) {
		if (i)
			bytes_add_byte(out, ' ');
		add_code(jumble, codes, out);
	}
	bytes_add_byte(out, '\'');
}

static void add_field(struct jumble *jumble, const struct field *field,
		      struct bytes *out)
{
	switch (field->type) {
	case FIELD_DAY:
		add_day(jumble, out);
		return;
	case FIELD_INSTANT:
		bytes_add_format(out, "%lld", (long long)instant(jumble));
		return;
	case FIELD_CODE:
		add_codes(jumble, field->codes ?: "x", 1, out);
		return;
	case FIELD_CODES:
		add_codes(jumble, field->codes ?: "x", 3, out);
		return;
	case FIELD_YES:
		bytes_add_format(out, "%u", below(jumble, 2));
		return;
	case FIELD_WHOLE:
	case FIELD_MONEY:
	case FIELD_LINK:
		bytes_add_format(out, "%u",
				 1 + below(jumble, (uint32_t)jumble->rows));
		return;
	case FIELD_ABOUT:
		bytes_add_text(out, "'goal.words'");
		return;
	default:
		add_text(jumble, out);
	}
}

/* --- what no kind says ---------------------------------------------------- */

enum shape { NUMBERED, MOMENT, MAYBE_MOMENT, CODES, SMALL, ROW, NAMED, PLACE };

/* By a column's name, in any table, or in one. */
static const struct column {
	const char *name, *table;
	enum shape shape;
	const char *codes;
	uint32_t below;
} columns[] = {
	{ "id", NULL, NUMBERED, NULL, 0 },
	{ "position", NULL, NUMBERED, NULL, 0 },
	{ "seq", NULL, NUMBERED, NULL, 0 },
	{ "at", NULL, MOMENT, NULL, 0 },
	{ "made_at", NULL, MOMENT, NULL, 0 },
	{ "changed_at", NULL, MOMENT, NULL, 0 },
	{ "issued", NULL, MOMENT, NULL, 0 },
	{ "arrived", "visit", MOMENT, NULL, 0 },
	{ "filed", NULL, MOMENT, NULL, 0 },
	{ "raised", NULL, MOMENT, NULL, 0 },
	{ "enrolled_at", NULL, MOMENT, NULL, 0 },
	{ "called", NULL, MAYBE_MOMENT, NULL, 0 },
	{ "started", NULL, MAYBE_MOMENT, NULL, 0 },
	{ "ended", NULL, MAYBE_MOMENT, NULL, 0 },
	{ "repeated", NULL, MAYBE_MOMENT, NULL, 0 },
	{ "acknowledged", NULL, MAYBE_MOMENT, NULL, 0 },
	{ "closed", NULL, MAYBE_MOMENT, NULL, 0 },
	{ "gone", NULL, SMALL, NULL, 1 },
	{ "undone", NULL, SMALL, NULL, 1 },
	{ "given", NULL, SMALL, NULL, 2 },
	{ "quiet", NULL, SMALL, NULL, 2 },
	{ "more_to_tell", NULL, SMALL, NULL, 2 },
	{ "level", "visit", SMALL, NULL, 6 },
	{ "staff_level", NULL, SMALL, NULL, 6 },
	{ "version", NULL, SMALL, NULL, 3 },
	{ "filled", NULL, SMALL, NULL, 2 },
	{ "last_good", NULL, SMALL, NULL, 2 },
	{ "calls", NULL, SMALL, NULL, 3 },
	{ "entity", NULL, ROW, NULL, 0 },
	{ "act", "change", ROW, NULL, 0 },
	{ "case_id", NULL, NUMBERED, NULL, 0 },
	{ "state", "visit", CODES, "waiting called no-answer in-service ended",
	  1 },
	{ "outcome", "visit", CODES, "served referred diverted left safety",
	  1 },
	{ "outcome", "alert", CODES, "private emergency false", 1 },
	{ "keep", NULL, CODES, "no today kept", 1 },
	{ "source", "visit", CODES, "ticket paper", 1 },
	{ "source", NULL, CODES, "self told seen", 1 },
	{ "kind", "alert", CODES, "quiet test", 1 },
	{ "kind", "change", CODES, "person goal", 1 },
	{ "field", "change", CODES, "language gender mode", 1 },
	{ "field", "fact", CODES,
	  "interpreter phone_internet online_forms meeting_mode", 1 },
	{ "value", "fact", CODES, "yes no video", 1 },
	{ "zone", NULL, CODES, "America/Toronto Asia/Kathmandu UTC", 1 },
	{ "language", NULL, CODES, "en fr ar", 1 },
	{ "purpose", NULL, CODES, "keep share count", 1 },
	{ "name", "site", NAMED, NULL, 0 },
	{ "key", "kiosk", PLACE, NULL, 0 },
	{ "kiosk_key", NULL, PLACE, NULL, 0 },
};

static const struct column *column_of(const char *table, const char *name)
{
	for (size_t i = 0; i < COUNT(columns); i++) {
		const struct column *column = &columns[i];

		if (!strcmp(column->name, name) &&
		    (!column->table || !strcmp(column->table, table)))
			return column;
	}
	return NULL;
}

static void add_shape(struct jumble *jumble, const struct column *column,
		      int row, struct bytes *out)
{
	switch (column->shape) {
	case NUMBERED:
		bytes_add_format(out, "%d", row);
		return;
	case MAYBE_MOMENT:
		if (!below(jumble, 3)) {
			bytes_add_text(out, "0");
			return;
		}
		/* fallthrough */
	case MOMENT:
		bytes_add_format(out, "%lld", (long long)instant(jumble));
		return;
	case CODES:
		add_codes(jumble, column->codes, 1, out);
		return;
	case SMALL: /* one in eight where 1 is the exception */
		bytes_add_format(out, "%u",
				 column->below > 1
				     ? below(jumble, column->below)
				     : !below(jumble, 8));
		return;
	case ROW:
		bytes_add_format(out, "%u",
				 1 + below(jumble, (uint32_t)jumble->rows));
		return;
	case NAMED:
		bytes_add_format(out, "'%c-%d'", "aBc"[row % 3], row);
		return;
	case PLACE:
		bytes_add_format(out, "x'%064d'", row);
		return;
	}
}

/* --- a row ---------------------------------------------------------------- */

/* What the table says of a column, as SQLite lists it. */
struct told {
	const char *name, *type, *target;
	bool needed;
};

static bool may_miss(const struct told *told, const struct field *field)
{
	return !told->needed && strcmp(told->name, "id") != 0 &&
	       (!field || (strcmp(field->name, "state") != 0 &&
			   strcmp(field->name, "guard") != 0));
}

/* What mostly is not: who has it is seldom counted. */
static bool is_seldom(const char *name)
{
	static const char *const seldom[] = { "merged_into", "deceased",
					      "revoked_at", "until" };

	for (size_t i = 0; i < COUNT(seldom); i++) {
		if (!strcmp(seldom[i], name))
			return true;
	}
	return false;
}

static void add_value(struct jumble *jumble, const char *table,
		      const struct told *told, int row, struct bytes *out)
{
	const struct kind *kind = kind_find(table);
	const struct field *field = kind ? kind_field(kind, told->name) : NULL;
	const struct column *column = column_of(table, told->name);
	const bool seldom = is_seldom(told->name);

	if (may_miss(told, field) && below(jumble, 4) < (seldom ? 3u : 1u)) {
		bytes_add_format(out, "NULL");
	} else if (told->target) {
		bytes_add_format(out, "%u",
				 1 + below(jumble, (uint32_t)jumble->rows));
	} else if (field && !(column && column->shape == NAMED)) {
		add_field(jumble, field, out);
	} else if (column) {
		add_shape(jumble, column, row, out);
	} else if (!strcmp(told->type, "INTEGER")) {
		bytes_add_format(out, "%u", below(jumble, 100));
	} else if (!strcmp(told->type, "BLOB")) {
		bytes_add_format(out, "x'%016x'", below(jumble, 4));
	} else {
		add_text(jumble, out);
	}
}

static void add_row(struct jumble *jumble, const char *table, int row)
{
	static const char columns_of[] =
	    "SELECT c.name, c.type, f.\"table\", c.\"notnull\" OR c.pk FROM"
	    " pragma_table_info(?1) AS c LEFT JOIN"
	    " pragma_foreign_key_list(?1) AS f ON f.\"from\" = c.name ORDER BY"
	    " c.cid";
	struct bytes names = { 0 }, values = { 0 };
	SCOPED(char_freep) char *sql = NULL;
	sqlite3_stmt *ask;

	assert_int_equal(
	    sqlite3_prepare_v2(jumble->db, columns_of, -1, &ask, NULL),
	    SQLITE_OK);
	sqlite3_bind_text(ask, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(ask) == SQLITE_ROW) {
		const struct told told = {
			(const char *)sqlite3_column_text(ask, 0),
			(const char *)sqlite3_column_text(ask, 1),
			(const char *)sqlite3_column_text(ask, 2),
			sqlite3_column_int(ask, 3)
		};

		if (names.length) {
			bytes_add(&names, ", ", 2);
			bytes_add(&values, ", ", 2);
		}
		bytes_add_format(&names, "\"%s\"", told.name);
		add_value(jumble, table, &told, row, &values);
	}
	sqlite3_finalize(ask);
	sql = xasprintf("INSERT OR REPLACE INTO \"%s\" (%.*s) VALUES (%.*s)",
			table, (int)names.length, (char *)names.data,
			(int)values.length, (char *)values.data);
	if (sqlite3_exec(jumble->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(jumble->db));
	bytes_done(&names);
	bytes_done(&values);
}

void jumble_fill(const char *path, int rows, int64_t now, uint64_t seed)
{
	/* Beside the kinds; the agency's own fields would be kinds' columns. */
	static const char *const tables[] = {
		"visit", "visit_rule", "visit_consent", "intake_answer",
		"fact",  "alert",      "act",           "change",
		"kiosk", "ticket",
	};
	struct jumble jumble = { .chance = { seed }, .rows = rows, .now = now };

	assert_int_equal(sqlite3_open(path, &jumble.db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(jumble.db,
				      "PRAGMA foreign_keys = OFF; BEGIN", NULL,
				      NULL, NULL),
			 SQLITE_OK);
	for (size_t i = 0; i < kind_count(); i++) {
		const char *name = kind_at(i)->name;

		for (int row = 1; strcmp(name, "own_field") && row <= rows;
		     row++)
			add_row(&jumble, name, row);
	}
	for (size_t i = 0; i < COUNT(tables); i++) {
		for (int row = 1; row <= rows; row++)
			add_row(&jumble, tables[i], row);
	}
	assert_int_equal(sqlite3_exec(jumble.db, "COMMIT", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(jumble.db);
}
