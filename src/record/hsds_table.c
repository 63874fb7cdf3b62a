#include "record/hsds_table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Each table as the specification has it, columns in its order. */
static const struct {
	const char *name, *path;
	const char *const *columns;
} tables[] = {
	[HSDS_ORGANIZATION] = { "organization", "organizations.csv",
				(const char *const[]){
				    "id", "name", "alternate_name",
				    "description", "email", "website", NULL } },
	[HSDS_SERVICE] = { "service", "services.csv",
			   (const char *const[]){
			       "id", "organization_id", "name",
			       "alternate_name", "description", "url", "email",
			       "status", "interpretation_services",
			       "application_process", "fees_description",
			       "eligibility_description", "minimum_age",
			       "maximum_age", "assured_date", "assurer_email",
			       "alert", "wait_time", NULL } },
	[HSDS_LOCATION] = { "location", "locations.csv",
			    (const char *const[]){
				"id", "location_type", "url", "organization_id",
				"name", "description", "transportation",
				"latitude", "longitude", NULL } },
	[HSDS_SERVICE_AT_LOCATION] = { "service_at_location",
				       "service_at_location.csv",
				       (const char *const[]){
					   "id", "service_id", "location_id",
					   "description", NULL } },
	[HSDS_ADDRESS] = { "address", "addresses.csv",
			   (const char *const[]){
			       "id", "location_id", "attention", "address_1",
			       "address_2", "city", "region", "state_province",
			       "postal_code", "country", "address_type",
			       NULL } },
	[HSDS_PHONE] = { "phone", "phones.csv",
			 (const char *const[]){ "id", "location_id",
						"service_id", "organization_id",
						"service_at_location_id",
						"number", "extension", "type",
						"description", NULL } },
	[HSDS_SCHEDULE] = { "schedule", "schedules.csv",
			    (const char *const[]){ "id",
						   "service_id",
						   "location_id",
						   "service_at_location_id",
						   "valid_from",
						   "valid_to",
						   "dtstart",
						   "timezone",
						   "until",
						   "count",
						   "wkst",
						   "freq",
						   "interval",
						   "byday",
						   "byweekno",
						   "bymonthday",
						   "byyearday",
						   "description",
						   "opens_at",
						   "closes_at",
						   "schedule_link",
						   "attending_type",
						   "notes",
						   NULL } },
	[HSDS_LANGUAGE] = { "language", "languages.csv",
			    (const char *const[]){
				"id", "service_id", "location_id", "phone_id",
				"name", "code", "note", NULL } },
	[HSDS_COST_OPTION] = { "cost_option", "cost_options.csv",
			       (const char *const[]){
				   "id", "service_id", "valid_from", "valid_to",
				   "option", "currency", "amount",
				   "amount_description", NULL } },
	[HSDS_REQUIRED_DOCUMENT] = { "required_document",
				     "required_documents.csv",
				     (const char *const[]){ "id", "service_id",
							    "document", "uri",
							    NULL } },
	[HSDS_SERVICE_AREA] = { "service_area", "service_areas.csv",
				(const char *const[]){ "id", "service_id",
						       "service_at_location_id",
						       "name", "description",
						       "extent", "extent_type",
						       "uri", NULL } },
	[HSDS_ACCESSIBILITY] = { "accessibility", "accessibility.csv",
				 (const char *const[]){
				     "id", "location_id", "description",
				     "details", "url", NULL } },
	[HSDS_TAXONOMY_TERM] = { "taxonomy_term", "taxonomy_terms.csv",
				 (const char *const[]){
				     "id", "code", "name", "description",
				     "parent_id", "taxonomy", "language",
				     "taxonomy_id", "term_uri", NULL } },
	[HSDS_ATTRIBUTE] = { "attribute", "attributes.csv",
			     (const char *const[]){ "id", "link_id",
						    "taxonomy_term_id",
						    "link_type", "link_entity",
						    "value", "label", NULL } },
};

static_assert(COUNT(tables) == HSDS_TABLES, "every table is described");

const char *hsds_table_name(enum hsds_table table)
{
	return tables[table].name;
}

const char *hsds_table_path(enum hsds_table table)
{
	return tables[table].path;
}

const char *const *hsds_table_columns(enum hsds_table table)
{
	return tables[table].columns;
}

enum hsds_table hsds_table_of(const char *name)
{
	enum hsds_table table = 0;

	while (table < HSDS_TABLES && strcmp(tables[table].name, name) != 0)
		table++;
	return table;
}

enum hsds_table hsds_link_of(const char *column)
{
	const size_t length = strlen(column);
	SCOPED(char_freep) char *name = NULL;

	if (length < 4 || strcmp(column + length - 3, "_id") != 0)
		return HSDS_TABLES;
	name = xstrndup(column, length - 3);
	return hsds_table_of(name);
}

/* --- a file ----------------------------------------------------------------
 */

static void file_done(struct hsds_file *file)
{
	for (size_t i = 0; i < file->column_count; i++)
		free(file->columns[i]);
	free(file->columns);
	free(file->cells);
	free(file->path);
	free(file->resource);
	bytes_done(&file->bytes);
	bytes_done(&file->text);
}

void hsds_package_free(struct hsds_package *package)
{
	if (!package)
		return;
	for (size_t i = 0; i < package->file_count; i++)
		file_done(&package->files[i]);
	free(package->files);
	bytes_done(&package->descriptor);
	free(package);
}

struct hsds_file *hsds_file_of(const struct hsds_package *package,
			       enum hsds_table table)
{
	for (size_t i = 0; i < package->file_count; i++) {
		if (package->files[i].table == table)
			return &package->files[i];
	}
	return NULL;
}

size_t hsds_column(const struct hsds_file *file, const char *name)
{
	size_t column = 0;

	while (column < file->column_count &&
	       strcmp(file->columns[column], name) != 0)
		column++;
	return column;
}

const char *hsds_cell(const struct hsds_file *file, size_t row, size_t column)
{
	if (column >= file->column_count)
		return "";
	return (const char *)file->text.data +
	       file->cells[row * file->column_count + column];
}

bool hsds_row_is_blank(const struct hsds_file *file, size_t row)
{
	for (size_t i = 0; i < file->column_count; i++) {
		if (*hsds_cell(file, row, i))
			return false;
	}
	return true;
}
