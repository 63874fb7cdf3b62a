#include "tests/support/directory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "record/directory.h"
#include "record/hsds.h"
#include "record/hsds_csv.h"
#include "tests/support/chance.h"
#include "tests/test.h"

void directory_put(const char *folder, const char *path, const char *text)
{
	SCOPED(char_freep) char *full = xasprintf("%s/%s", folder, path);
	SCOPED(char_freep) char *above = xstrdup(full);

	*strrchr(above, '/') = 0;
	assert_int_equal(folder_make(above), FAULT_NONE);
	assert_int_equal(file_write(full, text, strlen(text), 0600),
			 FAULT_NONE);
}

void directory_small(const char *folder)
{
	directory_put(folder, HSDS_DESCRIPTOR,
		      "{\"resources\":[{\"name\":\"organization\","
		      "\"path\":\"organizations.csv\"},{\"name\":\"service\","
		      "\"path\":\"services.csv\"}]}");
	directory_put(folder, "organizations.csv",
		      "id,name,description\no1,Open Door,Settlement\n");
	directory_put(folder, "services.csv",
		      "id,organization_id,name,status,assured_date\n"
		      "s1,o1,Welcome desk,active,2026-11-01\n"
		      "s2,o1,Winter coats,active,\n");
}

void directory_crowd(const char *folder, int count, int description)
{
	struct bytes services = { 0 };

	directory_small(folder);
	bytes_add_text(
	    &services,
	    "id,organization_id,name,status,assured_date,description\n");
	for (int i = 0; i < count; i++)
		bytes_add_format(&services,
				 "m%d,o1,Place,active,2026-11-01,%0*d\n", i,
				 description, i);
	directory_put(folder, "services.csv", (char *)services.data);
	bytes_done(&services);
}

void directory_bring(struct record *record, const char *folder,
		     const struct record_who *who, int64_t now)
{
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	struct findings findings = { 0 };
	struct directory_tally tally;

	assert_int_equal(hsds_read(folder, &findings, &package), FAULT_NONE);
	findings_done(&findings);
	assert_int_equal(directory_import(record, package, who, now, &tally),
			 FAULT_NONE);
}

/* --- many ------------------------------------------------------------------
 */

static const char *const things[] = {
	"Housing help",
	"Walk-in clinic",
	"Language class",
	"Food bank",
	"Legal advice",
	"Homework club",
	"Women's circle",
	"Job search",
	"Bike repair",
	"Aide au logement",
	"مركز الأسرة",
	"Клуб мам",
	"Conversation, with \"tea\"",
};
static const char *const terms[] = {
	"need:HOU",      "need:HEA",      "need:LAN",           "need:FOO",
	"need:LEG",      "need:CHI",      "need:COM",           "need:EMP",
	"walk-in",       "women-only",    "accepts:any-status", "accepts:CLM",
	"capacity:open", "capacity:wait", "intake-point",
};
static const char *const tongues[] = { "en",  "fr",  "ar", "ti", "uk",
				       "fas", "prs", "so", "es" };
static const char *const towns[] = { "Riverton", "Northfield", "Saint-Clair" };

/* What a cell of a column says in row number of a table. */
static void say(struct bytes *out, enum hsds_table table, const char *column,
		size_t number, size_t count, struct chance *chance)
{
	const enum hsds_table to = hsds_link_of(column);

	if (!strcmp(column, "id"))
		bytes_add_format(out, "%s-%zu", hsds_table_name(table), number);
	else if (!strcmp(column, "taxonomy_term_id"))
		bytes_add_text(out, terms[chance_below(chance, COUNT(terms))]);
	else if (!strcmp(column, "link_id"))
		bytes_add_format(out, "service-%zu", number % count);
	else if (!strcmp(column, "link_entity"))
		bytes_add_text(out, "service");
	else if (!strcmp(column, "location_id") && table == HSDS_LANGUAGE)
		bytes_add_text(out, "");
	else if (to == HSDS_SERVICE || to == HSDS_LOCATION ||
		 to == HSDS_SERVICE_AT_LOCATION)
		bytes_add_format(out, "%s-%zu", hsds_table_name(to),
				 number % count);
	else if (to == HSDS_ORGANIZATION)
		bytes_add_format(out, "organization-%zu", number % count / 5);
	else if (!strcmp(column, "status"))
		bytes_add_text(out, number % 50 == 49 ? "defunct" : "active");
	else if (!strcmp(column, "assured_date"))
		bytes_add_format(
		    out, number % 10 == 9 ? "2019-01-%02zu" : "2026-11-%02zu",
		    number % 20 + 1);
	else if (!strcmp(column, "name") && table == HSDS_SERVICE)
		bytes_add_format(out, "%s %zu", things[number % COUNT(things)],
				 number);
	else if (!strcmp(column, "location_type") ||
		 !strcmp(column, "address_type"))
		bytes_add_text(out, "physical");
	else if (!strcmp(column, "number"))
		bytes_add_format(out, "+1 555 %07zu", number);
	else if (!strcmp(column, "code") && table == HSDS_LANGUAGE)
		bytes_add_text(out,
			       tongues[chance_below(chance, COUNT(tongues))]);
	else if (!strcmp(column, "freq"))
		bytes_add_text(out, "WEEKLY");
	else if (!strcmp(column, "byday"))
		bytes_add_text(out, number % 2 ? "MO,WE,FR" : "TU,TH");
	else if (!strcmp(column, "opens_at"))
		bytes_add_text(out, "09:00");
	else if (!strcmp(column, "closes_at"))
		bytes_add_text(out, "16:30:00");
	else if (!strcmp(column, "city") ||
		 (!strcmp(column, "name") && table == HSDS_SERVICE_AREA))
		bytes_add_text(out, towns[number % COUNT(towns)]);
	else if (!strcmp(column, "amount"))
		bytes_add_text(out, number % 3 ? "0" : "12.50");
	else if (!strcmp(column, "name") || !strcmp(column, "description") ||
		 !strcmp(column, "document") || !strcmp(column, "address_1"))
		bytes_add_format(out, "%s %zu,\nof %s", column, number,
				 hsds_table_name(table));
	else if (!strcmp(column, "x_local"))
		bytes_add_format(out, " kept %u ", chance_below(chance, 1000));
}

static void add_row(struct bytes *out, enum hsds_table table, size_t number,
		    size_t count, struct chance *chance)
{
	const char *const *columns = hsds_table_columns(table);

	for (size_t i = 0;; i++) {
		struct bytes cell = { 0 };

		bytes_add_text(&cell, "");
		say(&cell, table, columns[i] ? columns[i] : "x_local", number,
		    count, chance);
		hsds_csv_add_cell(out, (char *)cell.data, i == 0);
		bytes_done(&cell);
		if (!columns[i])
			break;
	}
	hsds_csv_end_row(out);
}

static void add_heading(struct bytes *out, enum hsds_table table)
{
	const char *const *columns = hsds_table_columns(table);

	for (size_t i = 0; columns[i]; i++)
		hsds_csv_add_cell(out, columns[i], i == 0);
	bytes_add_text(out, ",x_local");
	hsds_csv_end_row(out);
}

static size_t rows_of(enum hsds_table table, size_t count)
{
	switch (table) {
	case HSDS_ORGANIZATION:
		return count / 5 + 1;
	case HSDS_ATTRIBUTE:
		return count * 3;
	case HSDS_LANGUAGE:
		return count * 2;
	case HSDS_TAXONOMY_TERM:
		return 2;
	default:
		return count;
	}
}

void directory_make(const char *folder, size_t count, unsigned seed)
{
	struct chance chance = { seed };
	struct bytes descriptor = { 0 };

	bytes_add_text(&descriptor,
		       "{\n \"name\": \"invented\",\n \"resources\": [\n");
	for (enum hsds_table table = 0; table < HSDS_TABLES; table++) {
		struct bytes text = { 0 };

		/* Some programs begin a sheet with a byte order mark. */
		if (table == HSDS_PHONE)
			bytes_add_text(&text, "\xef\xbb\xbf");
		add_heading(&text, table);
		for (size_t i = 0; i < rows_of(table, count); i++)
			add_row(&text, table, i, count, &chance);
		directory_put(folder, hsds_table_path(table),
			      (char *)text.data);
		bytes_done(&text);
		bytes_add_format(&descriptor,
				 "  {\"name\": \"%s\", \"path\": \"%s\","
				 " \"schema\": {\"fields\": []}},\n",
				 hsds_table_name(table),
				 hsds_table_path(table));
	}
	bytes_add_text(
	    &descriptor,
	    "  {\"name\": \"contact\", \"path\": \"contacts.csv\"},\n"
	    "  {\"name\": \"notes\", \"path\": \"more/notes.txt\"}\n"
	    " ]\n}\n");
	directory_put(folder, "contacts.csv", "id;name\r\n1;\"Ada\"\r\n");
	directory_put(folder, "more/notes.txt", "Kept as it is.\n");
	directory_put(folder, HSDS_DESCRIPTOR, (char *)descriptor.data);
	bytes_done(&descriptor);
}
