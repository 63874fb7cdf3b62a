#include "filing/forms.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "base/log.h"

#define REFERENCE ((size_t)8)
#define NAME_BYTES (2 * REFERENCE) /* hex digits of a kept file's name */
#define MEDIA_LIMIT FORM_BYTES_LIMIT

struct forms {
	char *folder, *kept;
	struct filed_form **entries; /* each stays where it is */
	size_t count;
};

static void entry_free(struct filed_form *entry)
{
	for (int i = 0; i < VISIT_LANGUAGES; i++)
		catalogue_free(entry->words[i]);
	slots_free(entry->slots);
	form_free(entry->form);
	free(entry->path);
	free(entry);
}

void forms_free(struct forms *forms)
{
	if (!forms)
		return;
	for (size_t i = 0; i < forms->count; i++)
		entry_free(forms->entries[i]);
	free(forms->entries);
	free(forms->folder);
	free(forms->kept);
	free(forms);
}

static bool ends_with(const char *name, const char *end)
{
	size_t length = strlen(name), tail = strlen(end);

	return length > tail && !strcmp(name + length - tail, end);
}

/* intake.xml has its attachments in intake-media, where there are any. */
static char *media_folder(const char *path)
{
	size_t stem = strlen(path) - (ends_with(path, ".xml") ? 4 : 0);
	char *folder = xasprintf("%.*s-media", (int)stem, path);

	if (file_exists(folder))
		return folder;
	free(folder);
	return NULL;
}

static enum fault read_form(const char *path, struct form **out)
{
	SCOPED(char_freep) char *media = media_folder(path);

	return form_read(path, media, out);
}

/* --- what is kept --------------------------------------------------------- */

static struct filed_form *find_entry(const struct forms *forms,
				     const uint8_t reference[8])
{
	for (size_t i = 0; i < forms->count; i++) {
		if (!memcmp(forms->entries[i]->reference, reference, REFERENCE))
			return forms->entries[i];
	}
	return NULL;
}

static void add_entry(struct forms *forms, const uint8_t reference[8],
		      char *path)
{
	struct filed_form *entry = xcalloc(1, sizeof *entry);

	entry->path = path;
	memcpy(entry->reference, reference, REFERENCE);
	forms->entries = xreallocarray(forms->entries, forms->count + 1,
				       sizeof *forms->entries);
	forms->entries[forms->count++] = entry;
}

/* The reference that a kept file's name tells: 16 hex digits. */
static bool reference_of_name(const char *name, uint8_t reference[8])
{
	unsigned byte;

	if (strlen(name) != NAME_BYTES + strlen(".xml") ||
	    !ends_with(name, ".xml"))
		return false;
	for (size_t i = 0; i < REFERENCE; i++) {
		if (sscanf(name + 2 * i, "%2x", &byte) != 1)
			return false;
		reference[i] = (uint8_t)byte;
	}
	return true;
}

/* Calls with each name in a folder; a folder that is not there has none. */
typedef enum fault each_name(struct forms *forms, const char *folder,
			     const char *name);

static enum fault each_in(struct forms *forms, const char *path,
			  each_name *call)
{
	enum fault fault = FAULT_NONE;
	DIR *folder = opendir(path);
	struct dirent *entry;

	if (!folder && errno == ENOENT)
		return FAULT_NONE;
	if (!folder) {
		log_error("%s: cannot be read: %s", path, strerror(errno));
		return FAULT_SYSTEM;
	}
	while (!fault && (entry = readdir(folder)))
		fault = call(forms, path, entry->d_name);
	closedir(folder);
	return fault;
}

static enum fault note_kept(struct forms *forms, const char *folder,
			    const char *name)
{
	uint8_t reference[8];

	if (forms->count >= FORMS_LIMIT ||
	    !reference_of_name(name, reference) || find_entry(forms, reference))
		return FAULT_NONE;
	add_entry(forms, reference, xasprintf("%s/%s", folder, name));
	return FAULT_NONE;
}

/* --- keeping -------------------------------------------------------------- */

static enum fault copy_file(const char *from, const char *to)
{
	struct bytes bytes = { 0 };
	enum fault fault = file_read(from, MEDIA_LIMIT, &bytes);

	if (!fault)
		fault = file_write(to, bytes.data, bytes.length, 0600);
	bytes_done(&bytes);
	return fault;
}

/* Attachments first: a form whose name is there is there with all it needs. */
static enum fault copy_media(const char *from, const char *to)
{
	enum fault fault = folder_make(to);
	DIR *folder = opendir(from);
	struct dirent *entry;

	while (!fault && folder && (entry = readdir(folder))) {
		SCOPED(char_freep)
		char *source = xasprintf("%s/%s", from, entry->d_name);
		SCOPED(char_freep)
		char *target = xasprintf("%s/%s", to, entry->d_name);

		if (entry->d_name[0] != '.')
			fault = copy_file(source, target);
	}
	if (folder)
		closedir(folder);
	return fault;
}

static enum fault copy_form(struct forms *forms, const char *path,
			    const uint8_t reference[8])
{
	SCOPED(char_freep) char *media = media_folder(path);
	SCOPED(char_freep) char *stem = NULL;
	char *kept, hex[NAME_BYTES + 1];
	enum fault fault;

	for (size_t i = 0; i < REFERENCE; i++)
		snprintf(hex + 2 * i, 3, "%02x", reference[i]);
	stem = xasprintf("%s/%s", forms->kept, hex);
	if ((fault = folder_make(forms->kept)))
		return fault;
	if (media) {
		SCOPED(char_freep) char *to = xasprintf("%s-media", stem);

		if ((fault = copy_media(media, to)))
			return fault;
	}
	kept = xasprintf("%s.xml", stem);
	if ((fault = copy_file(path, kept))) {
		free(kept);
		return fault;
	}
	add_entry(forms, reference, kept);
	return FAULT_NONE;
}

static enum fault keep_form(struct forms *forms, const char *path,
			    uint8_t digest[32])
{
	SCOPED(form_freep) struct form *form = NULL;
	enum fault fault = read_form(path, &form);

	if (fault)
		return fault;
	form_digest(form, digest);
	if (find_entry(forms, digest))
		return FAULT_NONE;
	if (forms->count >= FORMS_LIMIT) {
		log_error("%s: %d versions of forms are kept, the most there "
			  "may be: move old ones out of %s",
			  path, FORMS_LIMIT, forms->kept);
		return FAULT_LIMIT;
	}
	return copy_form(forms, path, digest);
}

enum fault forms_import(struct forms *forms, const char *path)
{
	uint8_t digest[32];

	return keep_form(forms, path, digest);
}

/* A form that does not parse stops nobody: its tickets are kept aside. */
static enum fault take_in(struct forms *forms, const char *folder,
			  const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	uint8_t digest[32];

	if (!ends_with(name, ".xml") || name[0] == '.')
		return FAULT_NONE;
	if (keep_form(forms, path, digest))
		log_warning("%s: cannot be used; its tickets are kept aside",
			    path);
	else
		find_entry(forms, digest)->current = true;
	return FAULT_NONE;
}

/* Looks for what other programs brought meanwhile, too. */
static enum fault look_around(struct forms *forms)
{
	enum fault fault = each_in(forms, forms->kept, note_kept);

	for (size_t i = 0; i < forms->count; i++)
		forms->entries[i]->current = false;
	return fault ? fault : each_in(forms, forms->folder, take_in);
}

enum fault forms_open(const struct home *home, struct forms **out)
{
	SCOPED(forms_freep) struct forms *forms = xcalloc(1, sizeof *forms);
	enum fault fault;

	forms->folder = xstrdup(home_folder(home, HOME_FORMS));
	forms->kept = home_path(home, HOME_FORMS, "kept");
	if ((fault = look_around(forms)))
		return fault;
	*out = forms;
	forms = NULL;
	return FAULT_NONE;
}

/* --- using ---------------------------------------------------------------- */

static void add_words(struct catalogue *words, const char *domain)
{
	SCOPED(char_freep)
	char *name = xasprintf("translations/%s.%s.po", domain,
			       catalogue_language(words));
	SCOPED(char_freep) char *path = data_path(name);

	/* Words that cannot be read leave the form's own; the log says why. */
	if (file_exists(path))
		(void)!catalogue_add(words, path);
}

/* What visitors read (FORM.TAG.po), and what only staff do
 * (FORM_staff.TAG.po). */
static struct catalogue *read_words(const struct form *form, const char *tag)
{
	struct catalogue *words = catalogue_new(tag);
	SCOPED(char_freep) char *staff = xasprintf("%s_staff", form_id(form));

	if (!strchr(form_id(form), '/')) {
		add_words(words, form_id(form));
		add_words(words, staff);
	}
	return words;
}

static bool load(struct filed_form *entry)
{
	SCOPED(form_freep) struct form *form = NULL;
	uint8_t digest[32];

	if (read_form(entry->path, &form))
		return false;
	form_digest(form, digest);
	if (memcmp(digest, entry->reference, REFERENCE)) {
		log_error("%s: not the form its name says: it was changed. "
			  "Import the right one again",
			  entry->path);
		return false;
	}
	if (slots_new(form, &entry->slots))
		return false;
	for (int i = 0; i < VISIT_LANGUAGES; i++)
		entry->words[i] = read_words(form, visit_languages[i]);
	entry->form = form;
	form = NULL;
	return true;
}

enum fault forms_find(struct forms *forms, const uint8_t reference[8],
		      struct filed_form **out)
{
	struct filed_form *entry = find_entry(forms, reference);
	enum fault fault;

	if (!entry) {
		if ((fault = look_around(forms)))
			return fault;
		entry = find_entry(forms, reference);
	}
	*out = entry && (entry->form || load(entry)) ? entry : NULL;
	return FAULT_NONE;
}

enum fault forms_each(struct forms *forms, forms_visit *visit, void *to)
{
	enum fault fault = look_around(forms);

	for (int older = 0; !fault && older < 2; older++) {
		for (size_t i = 0; i < forms->count; i++) {
			struct filed_form *entry = forms->entries[i];

			if (entry->current == older ||
			    !(entry->form || load(entry)))
				continue;
			if (!visit(to, entry))
				return FAULT_NONE;
		}
	}
	return fault;
}
