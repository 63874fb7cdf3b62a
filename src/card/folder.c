#include "card/folder.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/file.h"
#include "base/settings.h"
#include "card/ini.h"
#include "card/part.h"
#include "card/plain.h"
#include "card/secret.h"
#include "card/services.h"
#include "card/walk.h"

#define KEY_BYTES_MOST 4096    /* of agency.pub, with whatever stands around */
#define ROOM_LEAST (64 * 1024) /* bytes that a card in order has free */

struct walk {
	const char *path; /* the folder */
	struct card_folder *out;
	size_t bytes; /* of what is taken so far */
	size_t files; /* in its folders, so far */
};

static struct card_findings *findings_of(const struct walk *walk)
{
	return &walk->out->findings;
}

static void take(struct walk *walk, const char *name, const char *path,
		 const void *bytes, size_t length)
{
	struct card_folder *out = walk->out;
	struct card_file *file;

	walk->bytes += length;
	if (walk->bytes > CARD_FOLDER_BYTES) {
		card_find(findings_of(walk), CARD_STOP, NULL, 0, "card.much",
			  NULL);
		return;
	}
	out->files =
	    xreallocarray(out->files, out->count + 1, sizeof *out->files);
	file = &out->files[out->count++];
	*file = (struct card_file){ xstrdup(name), xstrdup(path), { 0 } };
	digest_sha256(bytes ? bytes : "", length, file->digest);
}

/* The name of a file that has this name in whatever letters; NULL: none. */
static const char *taken_as(const struct walk *walk, const char *name)
{
	for (size_t i = 0; i < walk->out->count; i++) {
		if (strcasecmp(walk->out->files[i].name, name) == 0)
			return walk->out->files[i].name;
	}
	return NULL;
}

/* --- names in the folder ----------------------------------------------------
 */

/* The name without a ".txt" that Windows hid and put there. */
static char *untexted(const char *name)
{
	const size_t length = strlen(name);

	if (length > 4 && strcasecmp(name + length - 4, ".txt") == 0)
		return xstrndup(name, length - 4);
	return xstrdup(name);
}

/* The one name that means wanted; NULL: none. Of two, the first, with a
 * finding. The caller frees it. */
static char *find_name(const struct walk *walk, const struct card_names *names,
		       const char *wanted)
{
	const char *found = NULL;

	for (size_t i = 0; i < names->count; i++) {
		SCOPED(char_freep) char *name = untexted(names->list[i]);

		if (strcasecmp(name, wanted) != 0)
			continue;
		if (found)
			card_find(
			    findings_of(walk), CARD_STOP, names->list[i], 0,
			    "card.two",
			    CARD_PUT({ "other", found }, { "name", wanted }));
		else
			found = names->list[i];
	}
	return found ? xstrdup(found) : NULL;
}

/* The same for a folder. */
static const char *find_folder(const struct card_names *names,
			       const char *wanted)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcasecmp(names->list[i], wanted) == 0)
			return names->list[i];
	}
	return NULL;
}

/* --- settings and key --------------------------------------------------------
 */

static void read_settings(struct walk *walk, const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", walk->path, name);
	struct card_folder *out = walk->out;
	struct bytes bytes = { 0 };

	if (!card_bytes(path, name, SETTINGS_LIMIT, &out->findings, &bytes))
		card_find(&out->findings, CARD_STOP, name, 0,
			  "card.settings_unread", NULL);
	else if (card_plain(name, bytes.data, bytes.length, &out->findings,
			    &out->settings)) {
		card_ini(name, &out->settings, &out->findings);
		take(walk, "foyer.ini", path, out->settings.data,
		     out->settings.length);
	}
	bytes_done(&bytes);
}

static void look_for_settings(struct walk *walk, const struct card_names *names)
{
	SCOPED(char_freep) char *name = find_name(walk, names, "foyer.ini");
	SCOPED(char_freep)
	char *nested = xasprintf("%s/foyer/foyer.ini", walk->path);

	if (name)
		read_settings(walk, name);
	else
		card_find(findings_of(walk), CARD_STOP, NULL, 0,
			  file_exists(nested) ? "card.nested"
					      : "card.no_settings",
			  NULL);
}

static void look_for_key(struct walk *walk, const struct card_names *names)
{
	SCOPED(char_freep) char *name = find_name(walk, names, "agency.pub");
	SCOPED(char_freep) char *path = NULL;
	struct card_folder *out = walk->out;
	struct bytes bytes = { 0 };

	if (!name) {
		card_find(&out->findings, CARD_STOP, NULL, 0, "card.no_key",
			  NULL);
		return;
	}
	path = xasprintf("%s/%s", walk->path, name);
	if (!card_bytes(path, name, KEY_BYTES_MOST, &out->findings, &bytes))
		card_find(&out->findings, CARD_STOP, name, 0,
			  "card.key_damaged", NULL);
	else if (!card_secret("", bytes.data, bytes.length) &&
		 card_agency(name, &bytes, &out->findings, &out->agency)) {
		out->has_agency = true;
		take(walk, "agency.pub", path, bytes.data, bytes.length);
	}
	bytes_done(&bytes);
}

static void look_for_services(struct walk *walk, const struct card_names *names)
{
	SCOPED(char_freep) char *name = find_name(walk, names, SERVICES_FILE);
	SCOPED(services_freep) struct services *services = NULL;
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *why = NULL;
	struct bytes bytes = { 0 };

	if (!name)
		return;
	path = xasprintf("%s/%s", walk->path, name);
	if (card_bytes(path, name, SERVICES_LIMIT, findings_of(walk), &bytes)) {
		if (services_parse(bytes.data ? (void *)bytes.data : "",
				   bytes.length, &why, &services))
			card_find(findings_of(walk), CARD_LEFT_OUT, name, 0,
				  "card.services_refused",
				  CARD_PUT({ "why", why }));
		else
			take(walk, SERVICES_FILE, path, bytes.data,
			     bytes.length);
	}
	bytes_done(&bytes);
}

/* --- forms, translations, pictures -------------------------------------------
 */

static bool ends_in(const char *name, const char *ending)
{
	const size_t length = strlen(name), wide = strlen(ending);

	return length > wide && strcasecmp(name + length - wide, ending) == 0;
}

/* The name it is kept under, or NULL with a finding. The caller frees it. */
static char *kept_name(const struct walk *walk, const struct card_part *part,
		       const char *name, const char *file)
{
	SCOPED(char_freep) char *plain = untexted(name);
	char *kept = NULL;

	if (part->ending && !ends_in(plain, part->ending)) {
		card_find(findings_of(walk), CARD_LEFT_OUT, file, 0,
			  part->other_key, NULL);
		return NULL;
	}
	if (strlen(plain) <= CARD_NAME_MOST)
		kept = part->keep(plain);
	if (!kept)
		card_find(findings_of(walk), CARD_LEFT_OUT, file, 0,
			  part->name_key, NULL);
	return kept;
}

static void read_part_file(struct walk *walk, const struct card_part *part,
			   const char *folder, const char *name)
{
	SCOPED(char_freep) char *file = xasprintf("%s/%s", folder, name);
	SCOPED(char_freep) char *path = xasprintf("%s/%s", walk->path, file);
	SCOPED(char_freep) char *kept = kept_name(walk, part, name, file);
	SCOPED(char_freep) char *whole = NULL;
	const char *other;
	struct bytes bytes = { 0 };

	if (!kept)
		return;
	whole = xasprintf("%s/%s", part->folder, kept);
	other = taken_as(walk, whole);
	if (other)
		card_find(findings_of(walk), CARD_LEFT_OUT, file, 0,
			  "card.twins", CARD_PUT({ "other", other }));
	else if (card_bytes(path, file, part->limit, findings_of(walk),
			    &bytes)) {
		if (!bytes.length)
			card_find(findings_of(walk), CARD_LEFT_OUT, file, 0,
				  "card.is_empty", NULL);
		else if (part->sound(file, kept, &bytes, path,
				     findings_of(walk)))
			take(walk, whole, path, bytes.data, bytes.length);
	}
	bytes_done(&bytes);
}

static void read_part(struct walk *walk, const struct card_part *part,
		      const char *folder)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", walk->path, folder);
	struct card_names names;

	card_names_read(path, folder, CARD_FILES - walk->files,
			findings_of(walk), &names);
	walk->files += names.count;
	for (size_t i = 0; i < names.count; i++)
		read_part_file(walk, part, folder, names.list[i]);
	card_names_done(&names);
}

/* --- what must not be there, and what is of no use ---------------------------
 */

static void look_for_secrets(struct walk *walk, const char *folder,
			     const struct card_names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		SCOPED(char_freep)
		char *file = xasprintf("%s%s", folder, names->list[i]);
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", walk->path, file);
		struct bytes head = { 0 };
		struct card_findings ignored = { 0 };
		const char *key;

		if (folder_exists(path))
			continue;
		(void)card_bytes(path, file, CARD_SECRET_LOOK, &ignored, &head);
		key = card_secret(names->list[i], head.data, head.length);
		if (key)
			card_find(findings_of(walk), CARD_STOP, file, 0, key,
				  NULL);
		card_findings_done(&ignored);
		bytes_wipe(&head);
	}
}

/* One folder down, too: keys/ is where they usually lie. */
static void look_everywhere_for_secrets(struct walk *walk,
					const struct card_names *names)
{
	look_for_secrets(walk, "", names);
	for (size_t i = 0; i < names->count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", walk->path, names->list[i]);
		SCOPED(char_freep)
		char *folder = xasprintf("%s/", names->list[i]);
		struct card_findings ignored = { 0 };
		struct card_names below;

		if (!folder_exists(path))
			continue;
		card_names_read(path, folder, CARD_FILES, &ignored, &below);
		look_for_secrets(walk, folder, &below);
		card_names_done(&below);
		card_findings_done(&ignored);
	}
}

static void note_unused(struct walk *walk, const struct card_names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		SCOPED(char_freep) char *name = untexted(names->list[i]);
		bool used = !strcasecmp(name, "foyer.ini") ||
			    !strcasecmp(name, "agency.pub") ||
			    !strcasecmp(name, SERVICES_FILE);

		for (const struct card_part *part = card_parts; part->folder;
		     part++)
			used |= !strcasecmp(name, part->folder);
		if (!used)
			card_find(findings_of(walk), CARD_NOTE, names->list[i],
				  0, "card.unused", NULL);
	}
}

static void look_at_room(struct walk *walk)
{
	struct statvfs about;

	if (!statvfs(walk->path, &about) && about.f_blocks &&
	    about.f_bavail * about.f_frsize < ROOM_LEAST)
		card_find(findings_of(walk), CARD_DOUBT, NULL, 0, "card.full",
			  NULL);
}

/* --- what belongs together
 * ---------------------------------------------------- */

static void look_at_form(struct walk *walk, const char *shipped)
{
	struct card_folder *out = walk->out;
	SCOPED(char_freep) char *name = xasprintf("forms/%s.xml", out->form);
	SCOPED(char_freep)
	char *built_in =
	    xasprintf("%s/%s.xml", shipped ? shipped : "", out->form);
	const char *taken = taken_as(walk, name);
	SCOPED(char_freep) char *other = NULL;

	if (strcmp(out->form, "intake") == 0 ||
	    (taken && strcmp(taken, name) == 0) ||
	    (shipped && file_exists(built_in)))
		return;
	if (!taken) {
		card_find(&out->findings, CARD_STOP, "foyer.ini", 0,
			  "card.form_missing", CARD_PUT({ "name", out->form }));
		return;
	}
	/* The kiosk tells capital letters apart. */
	other = xstrndup(taken + strlen("forms/"), strlen(out->form));
	card_find(&out->findings, CARD_STOP, "foyer.ini", 0,
		  "card.form_letters",
		  CARD_PUT({ "name", out->form }, { "other", other }));
}

static void look_for_a_name(struct walk *walk)
{
	struct card_folder *out = walk->out;
	SCOPED(char_freep)
	char *name = card_ini_value(&out->settings, "agency", "name", "");
	SCOPED(char_freep)
	char *printer =
	    card_ini_value(&out->settings, "printer", "address", "");

	if (!name[0])
		card_find(&out->findings, CARD_DOUBT, "foyer.ini", 0,
			  "card.no_agency", NULL);
	if (!printer[0])
		card_find(&out->findings, CARD_NOTE, "foyer.ini", 0,
			  "card.no_printer", NULL);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct card_file *)a)->name,
		      ((const struct card_file *)b)->name);
}

static void read_all(struct walk *walk, const char *shipped)
{
	struct card_folder *out = walk->out;
	struct card_names names;

	card_names_read(walk->path, NULL, CARD_FILES, &out->findings, &names);
	look_everywhere_for_secrets(walk, &names);
	look_for_settings(walk, &names);
	look_for_key(walk, &names);
	look_for_services(walk, &names);
	for (const struct card_part *part = card_parts; part->folder; part++) {
		const char *folder = find_folder(&names, part->folder);

		if (folder)
			read_part(walk, part, folder);
	}
	note_unused(walk, &names);
	card_names_done(&names);
	if (out->settings.length) {
		free(out->form);
		out->form =
		    card_ini_value(&out->settings, "kiosk", "form", "intake");
		look_at_form(walk, shipped);
		look_for_a_name(walk);
	}
	look_at_room(walk);
}

void card_folder_read(const char *path, const char *shipped,
		      struct card_folder *out)
{
	struct walk walk = { .path = path, .out = out };

	*out = (struct card_folder){ .form = xstrdup("intake") };
	if (folder_exists(path))
		read_all(&walk, shipped);
	else
		card_find(&out->findings, CARD_STOP, NULL, 0, "card.no_folder",
			  CARD_PUT({ "path", path }));
	if (out->count)
		qsort(out->files, out->count, sizeof *out->files, by_name);
}

void card_folder_done(struct card_folder *folder)
{
	for (size_t i = 0; i < folder->count; i++) {
		free(folder->files[i].name);
		free(folder->files[i].path);
	}
	free(folder->files);
	free(folder->form);
	bytes_done(&folder->settings);
	card_findings_done(&folder->findings);
	*folder = (struct card_folder){ 0 };
}

bool card_folder_serves(const struct card_folder *folder)
{
	return !folder->findings.levels[CARD_STOP];
}

enum fault card_file_bytes(const struct card_folder *folder,
			   const struct card_file *file, struct bytes *out)
{
	uint8_t digest[DIGEST_BYTES];
	struct bytes bytes = { 0 };
	enum fault fault = FAULT_NONE;

	if (strcmp(file->name, "foyer.ini") == 0)
		bytes_add(&bytes, folder->settings.data,
			  folder->settings.length);
	else
		fault = file_read(file->path, CARD_FOLDER_BYTES, &bytes);
	if (!fault) {
		digest_sha256(bytes.data, bytes.length, digest);
		if (memcmp(digest, file->digest, sizeof digest) != 0)
			fault = FAULT_FORMAT;
	}
	if (!fault)
		bytes_add(out, bytes.data, bytes.length);
	bytes_done(&bytes);
	return fault;
}
