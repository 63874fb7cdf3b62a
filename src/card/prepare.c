#include "card/prepare.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "base/settings.h"
#include "card/folder.h"
#include "card/part.h"
#include "card/services.h"
#include "card/walk.h"
#include "ticket/agency_text.h"

#define KEY_MOST 4096 /* bytes of a public key's file */

struct writing {
	const struct home *home;
	const char *folder;
	card_prepare_told *told;
	void *to;
};

static enum fault put(const struct writing *writing, const char *name,
		      const struct bytes *bytes)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/%s", writing->folder, name);
	SCOPED(char_freep) char *above = xstrdup(path);
	enum fault fault;

	*strrchr(above, '/') = 0;
	if ((fault = folder_make(above)) ||
	    (fault = file_write(path, bytes->data ? bytes->data : (void *)"",
				bytes->length, 0644)))
		return fault;
	writing->told(writing->to, name);
	return FAULT_NONE;
}

static enum fault copy(const struct writing *writing, const char *from,
		       const char *name, size_t limit)
{
	struct bytes bytes = { 0 };
	enum fault fault = file_read(from, limit, &bytes);

	if (!fault)
		fault = put(writing, name, &bytes);
	bytes_done(&bytes);
	return fault;
}

/* Every file of a folder of the home that such a part of the card takes; one
 * that is not there has none. */
static enum fault copy_all(const struct writing *writing, const char *from,
			   const struct card_part *part)
{
	struct card_findings ignored = { 0 };
	struct card_names names;
	enum fault fault = FAULT_NONE;

	card_names_read(from, NULL, CARD_FILES, &ignored, &names);
	for (size_t i = 0; !fault && i < names.count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", from, names.list[i]);
		SCOPED(char_freep)
		char *name = xasprintf("%s/%s", part->folder, names.list[i]);
		size_t length = strlen(names.list[i]);

		if (!part->ending ||
		    (length > strlen(part->ending) &&
		     strcmp(names.list[i] + length - strlen(part->ending),
			    part->ending) == 0))
			fault = copy(writing, path, name, part->limit);
	}
	card_names_done(&names);
	card_findings_done(&ignored);
	return fault;
}

static const struct card_part *part_of(const char *folder)
{
	const struct card_part *part = card_parts;

	while (strcmp(part->folder, folder) != 0)
		part++;
	return part;
}

static enum fault copy_form(const struct writing *writing,
			    const struct settings *settings)
{
	const char *form = settings_text(settings, "kiosk", "form", "intake");
	SCOPED(char_freep) char *file = xasprintf("%s.xml", form);
	SCOPED(char_freep) char *media = xasprintf("%s-media", form);
	SCOPED(char_freep)
	char *path = home_path(writing->home, HOME_FORMS, file);
	SCOPED(char_freep)
	char *pictures = home_path(writing->home, HOME_FORMS, media);
	SCOPED(char_freep) char *name = xasprintf("forms/%s", file);
	enum fault fault = FAULT_NONE;

	/* Without one of its own, the kiosk has the one that ships. */
	if (file_exists(path))
		fault = copy(writing, path, name, part_of("forms")->limit);
	return fault ? fault : copy_all(writing, pictures, part_of("pictures"));
}

/* The list that was published, if there is one: a kiosk would leave out what
 * it cannot read, and nobody would know before. */
static enum fault read_services(const struct writing *writing,
				struct bytes *bytes)
{
	SCOPED(char_freep)
	char *path = home_path(writing->home, HOME_SETTINGS, SERVICES_FILE);
	SCOPED(services_freep) struct services *services = NULL;
	SCOPED(char_freep) char *why = NULL;
	enum fault fault;

	if (!file_exists(path))
		return FAULT_NONE;
	fault = file_read(path, SERVICES_LIMIT, bytes);
	if (fault == FAULT_SYSTEM)
		return fault;
	if (!fault)
		fault = services_parse(bytes->data ? (void *)bytes->data : "",
				       bytes->length, &why, &services);
	if (fault)
		log_error("%s: a kiosk does not take it: %s; write it again "
			  "with `foyer directory publish`, or remove it, and "
			  "prepare the card again",
			  path, why ? why : "the file is too large");
	return fault ? FAULT_FORMAT : FAULT_NONE;
}

/* What is not published any more is not left on the card. */
static enum fault write_services(const struct writing *writing,
				 const struct bytes *bytes)
{
	SCOPED(char_freep)
	char *old = xasprintf("%s/" SERVICES_FILE, writing->folder);

	return bytes->length ? put(writing, SERVICES_FILE, bytes)
			     : file_remove(old);
}

static enum fault read_key(const char *path, struct card *agency)
{
	struct bytes text = { 0 };
	enum fault fault = file_read(path, KEY_MOST, &text);

	if (!fault && !(text.length && agency_text_read((char *)text.data,
							text.length, agency))) {
		log_error("%s: not an agency's public key: make it again from "
			  "the paper backup",
			  path);
		fault = FAULT_FORMAT;
	}
	bytes_done(&text);
	return fault;
}

static enum fault write_all(const struct writing *writing, const char *ini,
			    const char *key, const struct bytes *services)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	SCOPED(char_freep)
	char *words = home_path(writing->home, HOME_SETTINGS, "translations");
	enum fault fault;

	if ((fault = settings_read(ini, &settings)) ||
	    (fault = copy(writing, ini, "foyer.ini", SETTINGS_LIMIT)) ||
	    (fault = copy(writing, key, "agency.pub", KEY_MOST)) ||
	    (fault = copy_form(writing, settings)) ||
	    (fault = write_services(writing, services)))
		return fault;
	return copy_all(writing, words, part_of("translations"));
}

/* Whether a path lies in the home, or is it. */
static bool is_in_home(const struct home *home, const char *folder)
{
	char inside[PATH_MAX], outside[PATH_MAX];
	size_t length;

	if (!realpath(home_folder(home, HOME_SETTINGS), outside) ||
	    !realpath(folder, inside))
		return false;
	length = strlen(outside);
	return strncmp(inside, outside, length) == 0 &&
	       (!inside[length] || inside[length] == '/');
}

enum fault card_prepare(const struct home *home, const char *folder,
			card_prepare_told *told, void *to,
			enum card_prepared *answer, struct card *agency)
{
	const struct writing writing = { home, folder, told, to };
	SCOPED(char_freep)
	char *ini = home_path(home, HOME_SETTINGS, "foyer.ini");
	SCOPED(char_freep) char *key = home_path(home, HOME_KEYS, "agency.pub");
	struct bytes services = { 0 };
	enum fault fault;

	*answer = CARD_PREPARED;
	if ((fault = folder_make(folder)))
		return fault;
	if (is_in_home(home, folder))
		*answer = CARD_IS_THE_HOME;
	else if (!file_exists(key))
		*answer = CARD_HOME_HAS_NO_KEY;
	else if (!file_exists(ini))
		*answer = CARD_HOME_HAS_NO_SETTINGS;
	if (*answer != CARD_PREPARED)
		return FAULT_NONE;
	if (!(fault = read_key(key, agency)) &&
	    !(fault = read_services(&writing, &services)))
		fault = write_all(&writing, ini, key, &services);
	bytes_done(&services);
	return fault;
}

char *card_folder_in(const char *path)
{
	SCOPED(char_freep) char *own = xasprintf("%s/foyer.ini", path);
	char *below = xasprintf("%s/foyer", path);
	struct stat about;

	if (!file_exists(own) && !stat(below, &about) && S_ISDIR(about.st_mode))
		return below;
	free(below);
	return xstrdup(path);
}
