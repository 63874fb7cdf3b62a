#include "office/export_forms.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"
#include "base/memory.h"
#include "form/form.h"
#include "form/strings.h"

#define REFERENCE 8 /* bytes of the digest that travel */

static void add_word(void *to, const struct form_string *string)
{
	json_object_set_new(to, string->key, json_string(string->pattern));
}

static json_t *reference_of(const struct form *form)
{
	struct bytes text = { 0 };
	uint8_t digest[32];
	json_t *value;

	form_digest(form, digest);
	bytes_add_base64(&text, digest, REFERENCE);
	value = json_string((char *)text.data);
	bytes_done(&text);
	return value;
}

static bool has(const json_t *list, const json_t *reference)
{
	const json_t *one;
	size_t index;

	json_array_foreach((json_t *)list, index, one)
	{
		if (json_equal(json_object_get(one, "form"), reference))
			return true;
	}
	return false;
}

/* The same version lies under its name and among those that are kept. */
static void add_form(json_t *list, const char *folder, const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	SCOPED(form_freep) struct form *form = NULL;
	json_t *reference, *words;

	if (form_read(path, folder, &form))
		return; /* the log has said why */
	reference = reference_of(form);
	if (has(list, reference)) {
		json_decref(reference);
		return;
	}
	words = json_object();
	form_strings(form, add_word, words);
	json_array_append_new(
	    list, json_pack("{s:o, s:s, s:s, s:s, s:o}", "form", reference,
			    "id", form_id(form), "title", form_title(form),
			    "version", form_version(form), "words", words));
}

static int is_form(const struct dirent *entry)
{
	const char *end = strrchr(entry->d_name, '.');

	return end && strcmp(end, ".xml") == 0;
}

static enum fault add_folder(json_t *list, const char *folder)
{
	struct dirent **names = NULL;
	const int count = scandir(folder, &names, is_form, alphasort);

	if (count < 0 && errno == ENOENT)
		return FAULT_NONE;
	if (count < 0) {
		log_error("%s: cannot be read: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	for (int i = 0; i < count; i++) {
		add_form(list, folder, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	return FAULT_NONE;
}

enum fault export_forms(const struct home *home, char **json)
{
	SCOPED(char_freep) char *kept = home_path(home, HOME_FORMS, "kept");
	json_t *list = json_array();
	enum fault fault = add_folder(list, home_folder(home, HOME_FORMS));

	if (!fault)
		fault = add_folder(list, kept);
	if (!fault)
		*json = json_dumps(list, JSON_COMPACT);
	json_decref(list);
	return fault;
}
