#include "report/statistics.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "report/protect.h"
#include "seal/box.h"
#include "seal/signature.h"

#define FORMAT 1
#define SIGNED "foyer/statistics/v1"
#define BEGIN "{\"foyer_statistics\":"
#define CALLED 60 /* bytes of a site's name in that of its file */

/* --- writing --------------------------------------------------------------
 */

static json_t *count_of(const struct figure *figure)
{
	if (figure->kind == FIGURE_SMALL)
		return json_string("<5");
	if (figure->kind == FIGURE_HIDDEN)
		return json_null();
	return json_integer(figure->number);
}

static json_t *counts_of(const struct figures *figures,
			 const struct figure *row)
{
	json_t *all = json_array();

	for (size_t i = 0; i < figures->width; i++) {
		if (figures_counts(figures, i))
			json_array_append_new(all, count_of(&row[i]));
	}
	return all;
}

static json_t *row_of(const struct figures *figures, const struct figure *row)
{
	json_t *by = json_array();

	for (size_t i = 0; i < figures->width; i++) {
		if (figures->columns[i]->measure == TALLY_BY)
			json_array_append_new(
			    by, row[i].value ? json_string(row[i].value)
					     : json_null());
	}
	return json_pack("{s:o, s:o}", "by", by, "counts",
			 counts_of(figures, row));
}

static json_t *table_of(const struct figures *figures)
{
	json_t *columns = json_array(), *rows = json_array();

	for (size_t i = 0; i < figures->width; i++) {
		if (figures_counts(figures, i))
			json_array_append_new(
			    columns, json_string(figures->columns[i]->name));
	}
	for (size_t row = 0; row < figures->rows; row++)
		json_array_append_new(
		    rows, row_of(figures, figures_at(figures, row, 0)));
	return json_pack("{s:s, s:o, s:o, s:o}", "name", figures->tally->name,
			 "columns", columns, "rows", rows, "totals",
			 figures->totals ? counts_of(figures, figures->totals)
					 : json_null());
}

static void add_signature(const struct kiosk_key *key, const char *line,
			  struct bytes *out)
{
	uint8_t hash[KEY_HASH_BYTES], signature[SIGNATURE_BYTES];

	key_hash_plain(line, strlen(line), hash);
	signature_make(kiosk_key_seed(key), SIGNED, hash, sizeof hash,
		       signature);
	bytes_add_text(out, "{\"key\":\"");
	bytes_add_base64(out, kiosk_key_public(key), KEY_BYTES);
	bytes_add_text(out, "\",\"signature\":\"");
	bytes_add_base64(out, signature, sizeof signature);
	bytes_add_text(out, "\"}\n");
}

static void moment_of(int64_t now, char out[STATISTICS_MADE])
{
	const time_t seconds = (time_t)(now / 1000);
	struct tm parts;

	if (!gmtime_r(&seconds, &parts) ||
	    !strftime(out, STATISTICS_MADE, "%Y-%m-%dT%H:%M:%SZ", &parts))
		*out = 0;
}

void statistics_write(const struct reported *shared, size_t count,
		      const char *site, const struct period *period,
		      const struct kiosk_key *key, struct bytes *out)
{
	json_t *tables = json_array();
	char made[STATISTICS_MADE];
	json_t *whole;
	char *line;

	moment_of(period->now, made);
	whole = json_pack("{s:i, s:s, s:s, s:s, s:s, s:o}", "foyer_statistics",
			  FORMAT, "site", site, "from", period->first, "to",
			  period->last, "made", made, "tables", tables);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < shared[i].count; j++)
			json_array_append_new(tables,
					      table_of(&shared[i].tables[j]));
	}
	line = json_dumps(whole, JSON_COMPACT);
	bytes_add_text(out, line);
	bytes_add_byte(out, '\n');
	add_signature(key, line, out);
	free(line);
	json_decref(whole);
}

/* Letters of any script stay; what a file system or a shell takes for
 * something else is a hyphen, and no two of those stand together. */
char *statistics_called(const char *site, const struct period *period)
{
	static const char others[] = " .,;:/\\*?\"'<>|&$`!(){}[]#~%-";
	char days[PERIOD_NAME];
	struct bytes name = { 0 };

	bytes_add_text(&name, "statistics-");
	for (; *site && name.length < CALLED; site++) {
		const bool other =
		    (unsigned char)*site < ' ' || strchr(others, *site);

		if (!other)
			bytes_add_byte(&name, (uint8_t)*site);
		else if (name.data[name.length - 1] != '-')
			bytes_add_byte(&name, '-');
	}
	/* The last letter is whole. */
	while (((unsigned char)*site & 0xc0) == 0x80)
		bytes_add_byte(&name, (uint8_t)*site++);
	period_name(period, days);
	bytes_add_format(&name, "%s%s",
			 name.data[name.length - 1] == '-' ? "" : "-", days);
	return bytes_take_text(&name);
}

/* --- reading --------------------------------------------------------------
 */

bool statistics_are(const void *bytes, size_t length)
{
	return length >= strlen(BEGIN) &&
	       memcmp(bytes, BEGIN, strlen(BEGIN)) == 0;
}

struct reading {
	const char *file;
	struct findings *findings;
	struct statistics *statistics;
};

static enum fault refuse(const struct reading *reading, enum fault fault,
			 const char *words)
{
	findings_add(reading->findings, FINDING_ERROR,
		     (struct finding_place){ .file = reading->file }, "%s",
		     words);
	return fault;
}

#define DAMAGED \
	"damaged, or no file of `foyer statistics write`; ask for it anew"

static bool from_base64(json_t *text, uint8_t *out, size_t length)
{
	size_t used = 0;

	return json_is_string(text) &&
	       box_from_base64(json_string_value(text), out, length, &used) &&
	       used == length;
}

/* The first line's bytes are what is signed. */
static enum fault check_signature(const struct reading *reading,
				  const char *line, size_t length,
				  json_t *second)
{
	uint8_t hash[KEY_HASH_BYTES], signature[SIGNATURE_BYTES];

	if (!from_base64(json_object_get(second, "key"),
			 reading->statistics->key, KEY_BYTES) ||
	    !from_base64(json_object_get(second, "signature"), signature,
			 sizeof signature))
		return refuse(reading, FAULT_FORMAT, DAMAGED);
	key_hash_plain(line, length, hash);
	if (!signature_good(reading->statistics->key, SIGNED, hash, sizeof hash,
			    signature))
		return refuse(reading, FAULT_FORMAT,
			      "its signature is not good: somebody changed it "
			      "on the way; ask for it anew");
	return FAULT_NONE;
}

static bool read_count(json_t *json, struct statistics_count *out)
{
	*out = (struct statistics_count){ .kind = FIGURE_GIVEN };
	if (json_is_null(json))
		out->kind = FIGURE_HIDDEN;
	else if (json_is_string(json) &&
		 strcmp(json_string_value(json), "<5") == 0)
		out->kind = FIGURE_SMALL;
	else if (json_is_integer(json))
		out->number = json_integer_value(json);
	else
		return false;
	return out->number >= 0 && out->number <= INT32_MAX &&
	       out->number % PROTECT_BASE == 0;
}

static bool read_counts(json_t *json, size_t count,
			struct statistics_count *out)
{
	if (!json_is_array(json) || json_array_size(json) != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!read_count(json_array_get(json, i), &out[i]))
			return false;
	}
	return true;
}

static bool read_by(json_t *json, size_t count, struct statistics_row *row)
{
	if (!json_is_array(json) || json_array_size(json) != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		json_t *value = json_array_get(json, i);

		if (json_is_null(value))
			continue;
		if (!json_is_string(value) ||
		    json_string_length(value) > STATISTICS_WORD)
			return false;
		row->by[i] = xstrdup(json_string_value(value));
	}
	return true;
}

static bool read_rows(json_t *rows, struct statistics_table *table)
{
	const size_t count = json_array_size(rows);

	if (!json_is_array(rows) || count > PROTECT_ROWS)
		return false;
	table->rows = xcalloc(count, sizeof *table->rows);
	for (size_t i = 0; i < count; i++) {
		json_t *row = json_array_get(rows, i);

		table->row_count++;
		if (!read_by(json_object_get(row, "by"), table->by_count,
			     &table->rows[i]) ||
		    !read_counts(json_object_get(row, "counts"), table->count,
				 table->rows[i].counts))
			return false;
	}
	return true;
}

static const struct tally_column *column_named(const struct tally *tally,
					       const char *name)
{
	for (size_t i = 0; i < tally_width(tally); i++) {
		const struct tally_column *column = &tally->columns[i];

		if (strcmp(column->name, name) == 0 &&
		    (column->measure == TALLY_COUNT ||
		     column->measure == TALLY_PART))
			return column;
	}
	return NULL;
}

static bool read_columns(json_t *names, struct statistics_table *table)
{
	const size_t count = json_array_size(names);

	if (!json_is_array(names) || !count || count > TALLY_COLUMNS)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(names, i));

		if (!name || !(table->columns[table->count++] =
				   column_named(table->tally, name)))
			return false;
	}
	for (size_t i = 0; i < tally_width(table->tally); i++) {
		if (table->tally->columns[i].measure == TALLY_BY)
			table->by_count++;
	}
	return table->by_count <= COUNT(table->rows->by);
}

static bool read_table(json_t *json, struct statistics_table *table)
{
	const char *name = json_string_value(json_object_get(json, "name"));
	json_t *totals = json_object_get(json, "totals");

	if (!name || !(table->tally = tally_find(name)) ||
	    !table->tally->shared ||
	    !read_columns(json_object_get(json, "columns"), table) ||
	    !read_rows(json_object_get(json, "rows"), table))
		return false;
	table->has_totals = !json_is_null(totals);
	return !table->has_totals ||
	       read_counts(totals, table->count, table->totals);
}

static bool read_day(json_t *json, char out[DAYS_BYTES])
{
	const char *day = json_string_value(json);

	if (!day || strlen(day) != DAYS_BYTES - 1 || !days_are(day))
		return false;
	strcpy(out, day);
	return true;
}

/* A day alone is an older Foyer's. */
static bool read_made(json_t *json, char out[STATISTICS_MADE])
{
	const char *made = json_string_value(json);
	const size_t length = made ? strlen(made) : 0;

	if ((length != DAYS_BYTES - 1 && length != STATISTICS_MADE - 1) ||
	    strspn(made, "0123456789-T:Z") != length)
		return false;
	strcpy(out, made);
	return true;
}

static enum fault read_tables(const struct reading *reading, json_t *tables)
{
	struct statistics *statistics = reading->statistics;

	if (!json_is_array(tables))
		return refuse(reading, FAULT_FORMAT, DAMAGED);
	if (json_array_size(tables) > STATISTICS_TABLES)
		return refuse(reading, FAULT_LIMIT,
			      "more tables than there are; update Foyer here");
	for (size_t i = 0; i < json_array_size(tables); i++) {
		struct statistics_table *table =
		    &statistics->tables[statistics->count++];

		if (!read_table(json_array_get(tables, i), table))
			return refuse(reading, FAULT_FORMAT,
				      "has a table that this Foyer does not "
				      "know, or a damaged one; update Foyer "
				      "here, or ask for it anew");
	}
	return FAULT_NONE;
}

/* A name that a terminal shows and does not obey: without control characters,
 * of C1 neither (U+0080 to U+009F). */
static bool is_name(json_t *json)
{
	const unsigned char *text =
	    (const unsigned char *)json_string_value(json);

	if (!text || !*text || json_string_length(json) > STATISTICS_WORD ||
	    strlen((const char *)text) != json_string_length(json))
		return false;
	for (; *text; text++) {
		if (*text < ' ' || *text == 0x7f ||
		    (*text == 0xc2 && text[1] < 0xa0))
			return false;
	}
	return true;
}

static enum fault read_whole(const struct reading *reading, json_t *whole)
{
	struct statistics *statistics = reading->statistics;
	json_t *site = json_object_get(whole, "site");

	if (json_integer_value(json_object_get(whole, "foyer_statistics")) !=
	    FORMAT)
		return refuse(reading, FAULT_FORMAT,
			      "of a newer Foyer, or no file of statistics; "
			      "update Foyer here");
	if (!is_name(site) ||
	    !read_day(json_object_get(whole, "from"), statistics->first) ||
	    !read_day(json_object_get(whole, "to"), statistics->last) ||
	    !read_made(json_object_get(whole, "made"), statistics->made))
		return refuse(reading, FAULT_FORMAT, DAMAGED);
	statistics->site = xstrdup(json_string_value(site));
	return read_tables(reading, json_object_get(whole, "tables"));
}

static enum fault read_lines(const struct reading *reading, const char *bytes,
			     size_t length)
{
	const char *end = memchr(bytes, '\n', length);
	const size_t first = end ? (size_t)(end - bytes) : length;
	json_t *whole, *second = NULL;
	enum fault fault = FAULT_FORMAT;

	whole = json_loadb(bytes, first, JSON_REJECT_DUPLICATES, NULL);
	if (end)
		second = json_loadb(end + 1, length - first - 1,
				    JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(whole) || !json_is_object(second))
		fault = refuse(reading, FAULT_FORMAT, DAMAGED);
	else if (!(fault = check_signature(reading, bytes, first, second)))
		fault = read_whole(reading, whole);
	json_decref(whole);
	json_decref(second);
	return fault;
}

enum fault statistics_read(const char *file, const void *bytes, size_t length,
			   struct findings *findings, struct statistics *out)
{
	const struct reading reading = { file, findings, out };
	enum fault fault;

	*out = (struct statistics){ 0 };
	if (length > STATISTICS_BYTES)
		return refuse(&reading, FAULT_LIMIT,
			      "larger than any file of statistics");
	if ((fault = read_lines(&reading, bytes, length)))
		statistics_done(out);
	return fault;
}

void statistics_done(struct statistics *statistics)
{
	for (size_t i = 0; i < statistics->count; i++) {
		struct statistics_table *table = &statistics->tables[i];

		for (size_t row = 0; row < table->row_count; row++) {
			char_free(table->rows[row].by[0]);
			char_free(table->rows[row].by[1]);
		}
		free(table->rows);
	}
	char_free(statistics->site);
	*statistics = (struct statistics){ 0 };
}
