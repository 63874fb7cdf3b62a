#include "record/hsds.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "record/hsds_check.h"
#include "record/hsds_csv.h"

/* --- the descriptor --------------------------------------------------------
 */

/* about is what it is about, "" where the file says enough. */
static enum fault complain(struct findings *findings, const char *file,
			   const char *about, const char *words)
{
	findings_add(findings, FINDING_ERROR,
		     (struct finding_place){ .file = file }, "%s%s%s", about,
		     *about ? ": " : "", words);
	return FAULT_FORMAT;
}

/* Strings, arrays and objects nested no deeper than jansson allows. */
static json_t *descriptor_parse(const struct bytes *bytes,
				struct findings *findings)
{
	json_error_t error;
	json_t *root = json_loadb((const char *)bytes->data, bytes->length,
				  JSON_REJECT_DUPLICATES, &error);

	if (root && json_is_array(json_object_get(root, "resources")))
		return root;
	if (root)
		complain(findings, HSDS_DESCRIPTOR, "",
			 "no list of \"resources\"; it names the files of "
			 "the package");
	else
		findings_add(
		    findings, FINDING_ERROR,
		    (struct finding_place){ HSDS_DESCRIPTOR, error.line, NULL },
		    "%s", error.text);
	json_decref(root);
	return NULL;
}

/*
 * Whether a file's name stays in its folder: relative, plain letters, no step
 * upwards, nothing hidden. (Data Resource, "URL or Path".)
 */
static bool path_is_sound(const char *path)
{
	if (!*path || strlen(path) > HSDS_PATH_LIMIT ||
	    !strcmp(path, HSDS_DESCRIPTOR))
		return false;
	for (const char *part = path; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (part != path && part[-1] != '/')
			return false;
		if (!*part || *part == '.' || *part == '/')
			return false;
	}
	for (; *path; path++) {
		if ((unsigned char)*path < ' ' || strchr("\\:\x7f", *path))
			return false;
	}
	return true;
}

static struct hsds_file *add_file(struct hsds_package *package,
				  const char *path, const char *resource)
{
	struct hsds_file *file;

	package->files = xreallocarray(package->files, package->file_count + 1,
				       sizeof *package->files);
	file = &package->files[package->file_count++];
	*file = (struct hsds_file){
		.path = xstrdup(path),
		.resource = xstrdup(resource),
		.table = hsds_table_of(resource),
	};
	return file;
}

static bool is_named(const struct hsds_package *package, const char *path,
		     const char *resource)
{
	for (size_t i = 0; i < package->file_count; i++) {
		if (!strcmp(package->files[i].path, path) ||
		    (*resource &&
		     !strcmp(package->files[i].resource, resource)))
			return true;
	}
	return false;
}

static enum fault take_resource(struct hsds_package *package, json_t *resource,
				struct findings *findings)
{
	const char *path = json_string_value(json_object_get(resource, "path"));
	const char *name = json_string_value(json_object_get(resource, "name"));

	/* Data within the descriptor itself stays there. */
	if (json_object_get(resource, "data"))
		return FAULT_NONE;
	if (!path || !name)
		return complain(findings, HSDS_DESCRIPTOR,
				path   ? path
				: name ? name
				       : "",
				"a resource has a name and the path of one "
				"file, both as text");
	if (!path_is_sound(path))
		return complain(findings, HSDS_DESCRIPTOR, path,
				"this path does not name a file in this "
				"folder; put the file there and name it so");
	if (is_named(package, path, name))
		return complain(findings, HSDS_DESCRIPTOR, path,
				"its path or its name stands there twice; "
				"take one out");
	if (package->file_count == HSDS_FILES_LIMIT) {
		complain(findings, HSDS_DESCRIPTOR, "", "more than 100 files");
		return FAULT_LIMIT;
	}
	add_file(package, path, name);
	return FAULT_NONE;
}

static enum fault take_resources(struct hsds_package *package,
				 struct findings *findings)
{
	SCOPED(json_decrefp)
	json_t *root = descriptor_parse(&package->descriptor, findings);
	enum fault fault = root ? FAULT_NONE : FAULT_FORMAT;
	json_t *resource;
	size_t i;

	json_array_foreach(json_object_get(root, "resources"), i, resource)
	{
		if (!fault)
			fault = take_resource(package, resource, findings);
	}
	return fault;
}

/* --- reading ---------------------------------------------------------------
 */

struct fetching {
	hsds_fetch *fetch;
	void *from;
	struct findings *findings;
	size_t left; /* of HSDS_PACKAGE_LIMIT */
};

static enum fault fetch_one(struct fetching *fetching, const char *path,
			    bool *there, struct bytes *out)
{
	enum fault fault =
	    fetching->fetch(fetching->from, path, HSDS_FILE_LIMIT, there, out);

	if (fault == FAULT_LIMIT || (!fault && out->length > fetching->left)) {
		complain(fetching->findings, path, "",
			 "more than 64 MiB, or 256 MiB with the files before "
			 "it; take services of other regions out");
		return FAULT_LIMIT;
	}
	fetching->left -= fault ? 0 : out->length;
	return fault;
}

/* Without a descriptor, tables are known by their files' names. */
static enum fault fetch_usual(struct fetching *fetching,
			      struct hsds_package *package)
{
	for (enum hsds_table i = 0; i < HSDS_TABLES; i++) {
		struct bytes bytes = { 0 };
		bool there = false;
		enum fault fault =
		    fetch_one(fetching, hsds_table_path(i), &there, &bytes);

		if (fault || !there) {
			bytes_done(&bytes);
			if (fault)
				return fault;
			continue;
		}
		add_file(package, hsds_table_path(i), hsds_table_name(i))
		    ->bytes = bytes;
	}
	if (package->file_count)
		return FAULT_NONE;
	return complain(fetching->findings, HSDS_DESCRIPTOR, "",
			"not there, nor organizations.csv and services.csv; "
			"name the folder that holds the package");
}

static enum fault fetch_named(struct fetching *fetching,
			      struct hsds_package *package)
{
	enum fault fault = take_resources(package, fetching->findings);
	bool there;

	for (size_t i = 0; !fault && i < package->file_count; i++) {
		struct hsds_file *file = &package->files[i];

		fault = fetch_one(fetching, file->path, &there, &file->bytes);
		if (!fault && !there)
			fault = complain(fetching->findings, file->path, "",
					 "not there, and " HSDS_DESCRIPTOR
					 " names it; copy the whole package");
	}
	return fault;
}

enum fault hsds_read_from(hsds_fetch *fetch, void *from,
			  struct findings *findings, struct hsds_package **out)
{
	SCOPED(hsds_package_freep)
	struct hsds_package *package = xcalloc(1, sizeof *package);
	struct fetching fetching = { fetch, from, findings,
				     HSDS_PACKAGE_LIMIT };
	bool there = false;
	enum fault fault =
	    fetch_one(&fetching, HSDS_DESCRIPTOR, &there, &package->descriptor);

	if (fault || (fault = there ? fetch_named(&fetching, package)
				    : fetch_usual(&fetching, package)))
		return fault;
	for (size_t i = 0; i < package->file_count; i++) {
		struct hsds_file *file = &package->files[i];

		if (file->table < HSDS_TABLES) {
			enum fault met = hsds_csv_read(file, findings);

			fault = fault ?: met;
		}
	}
	if (fault || (fault = hsds_check(package, findings)))
		return fault;
	*out = package;
	package = NULL;
	return FAULT_NONE;
}

static enum fault fetch_file(void *folder, const char *path, size_t limit,
			     bool *there, struct bytes *out)
{
	SCOPED(char_freep)
	char *full = xasprintf("%s/%s", (char *)folder, path);
	struct stat about;

	*there = stat(full, &about) == 0;
	if (!*there && (errno == ENOENT || errno == ENOTDIR))
		return FAULT_NONE;
	*there = true;
	return file_read(full, limit, out);
}

enum fault hsds_read(const char *folder, struct findings *findings,
		     struct hsds_package **out)
{
	SCOPED(char_freep) char *copy = xstrdup(folder);

	return hsds_read_from(fetch_file, copy, findings, out);
}

/* --- writing ---------------------------------------------------------------
 */

static enum fault write_one(const char *folder, const char *path,
			    const struct bytes *bytes)
{
	SCOPED(char_freep) char *full = xasprintf("%s/%s", folder, path);
	SCOPED(char_freep) char *above = xstrdup(full);
	enum fault fault;

	*strrchr(above, '/') = 0;
	if ((fault = folder_make(above)))
		return fault;
	return file_write(full, bytes->data ? (void *)bytes->data : "",
			  bytes->length, 0644);
}

enum fault hsds_write(const struct hsds_package *package, const char *folder)
{
	enum fault fault = folder_make(folder);

	for (size_t i = 0; !fault && i < package->file_count; i++)
		fault = write_one(folder, package->files[i].path,
				  &package->files[i].bytes);
	if (!fault && package->descriptor.length)
		fault =
		    write_one(folder, HSDS_DESCRIPTOR, &package->descriptor);
	return fault;
}

/* --- describing ------------------------------------------------------------
 */

static json_t *find_resource(json_t *resources, const char *path)
{
	json_t *resource;
	size_t i;

	json_array_foreach(resources, i, resource)
	{
		const char *has =
		    json_string_value(json_object_get(resource, "path"));

		if (has && !strcmp(has, path))
			return resource;
	}
	return NULL;
}

static json_t *new_resource(const struct hsds_file *file)
{
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:{s:[]}}", "name",
			 file->resource, "path", file->path, "profile",
			 "tabular-data-resource", "format", "csv", "mediatype",
			 "text/csv", "schema", "fields");
}

/* Gives a resource's list of fields those columns that it lacks. */
static bool describe_columns(json_t *resource, const struct hsds_file *file)
{
	json_t *fields =
	    json_object_get(json_object_get(resource, "schema"), "fields");
	bool changed = false;

	for (size_t i = 0; json_is_array(fields) && i < file->column_count;
	     i++) {
		json_t *field;
		bool named = false;
		size_t j;

		json_array_foreach(fields, j, field)
		{
			const char *name =
			    json_string_value(json_object_get(field, "name"));

			named |= name && !strcmp(name, file->columns[i]);
		}
		if (named)
			continue;
		json_array_append_new(fields, json_pack("{s:s,s:s}", "name",
							file->columns[i],
							"type", "string"));
		changed = true;
	}
	return changed;
}

static json_t *descriptor_new(void)
{
	return json_pack("{s:s,s:s,s:s,s:[]}", "name", "directory", "profile",
			 "tabular-data-package", "version", "3.0", "resources");
}

enum fault hsds_describe(struct hsds_package *package)
{
	struct bytes *text = &package->descriptor;
	SCOPED(json_decrefp)
	json_t *root =
	    text->length ? json_loadb((char *)text->data, text->length, 0, NULL)
			 : descriptor_new();
	json_t *resources = json_object_get(root, "resources");
	bool changed = !text->length;
	char *said;

	if (!json_is_array(resources)) {
		log_error(HSDS_DESCRIPTOR " of the record is damaged; import "
					  "the directory again");
		return FAULT_FORMAT;
	}
	for (size_t i = 0; i < package->file_count; i++) {
		const struct hsds_file *file = &package->files[i];
		json_t *resource = find_resource(resources, file->path);

		if (!resource) {
			resource = new_resource(file);
			json_array_append_new(resources, resource);
			changed = true;
		}
		if (file->table < HSDS_TABLES)
			changed |= describe_columns(resource, file);
	}
	if (!changed)
		return FAULT_NONE;
	if (!(said = json_dumps(root, JSON_INDENT(2))))
		abort();
	bytes_done(text);
	bytes_add_text(text, said);
	bytes_add_byte(text, '\n');
	free(said);
	return FAULT_NONE;
}
