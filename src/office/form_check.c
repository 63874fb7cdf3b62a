#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "form/strings.h"
#include "office/form.h"
#include "office/noun.h"
#include "ui/album.h"
#include "xlsform/xlsform.h"

/* --- pictures ------------------------------------------------------------- */

struct look {
	struct album *album;
	struct findings *findings;
};

static void look_at(void *to, const char *address)
{
	struct look *look = to;
	SCOPED(char_freep) char *why = album_problem(look->album, address);

	if (why)
		findings_add(look->findings, FINDING_WARNING,
			     (struct finding_place){ .file = "pictures" }, "%s",
			     why);
}

char *form_media_beside(const char *form)
{
	size_t length = strlen(form);

	while (length > 1 && form[length - 1] == '/')
		length--;
	if (length > 4 && strncmp(form + length - 4, ".xml", 4) == 0)
		length -= 4;
	return xasprintf("%.*s-media", (int)length, form);
}

/* A form that can be used is looked over for pictures that cannot. */
static void check_pictures(const char *path, const struct form *form,
			   struct findings *findings)
{
	SCOPED(char_freep) char *own = form_media_beside(path);
	SCOPED(char_freep) char *shipped = data_path(ALBUM_SHIPPED);
	const char *const folders[] = { own, shipped };
	SCOPED(album_freep) struct album *album = NULL;

	album = album_new(folders, COUNT(folders));
	form_images(form, look_at, &(struct look){ album, findings });
}

/* --- as JSON -------------------------------------------------------------- */

/* {"level", "file", "row", "column", "words"}; what is not known is left out.*/
static void print_json(const struct finding *finding)
{
	bool warning = finding->level == FINDING_WARNING;
	json_t *object =
	    json_pack("{ss, ss*, ss*, ss}", "level",
		      warning ? "warning" : "error", "file", finding->file,
		      "column", finding->column, "words", finding->words);

	if (!object)
		abort(); /* findings are made of UTF-8 */
	if (finding->row > 0)
		json_object_set_new(object, "row", json_integer(finding->row));
	json_dumpf(object, stdout, JSON_COMPACT | JSON_SORT_KEYS);
	putchar('\n');
	json_decref(object);
}

static void print(const char *path, const struct form *form,
		  const struct findings *findings, bool json)
{
	for (size_t i = 0; json && i < findings->count; i++)
		print_json(&findings->list[i]);
	if (json)
		return;
	form_print_findings(stdout, findings);
	if (form)
		form_tell_stale(stdout, path, form);
}

static int check(const char *path, bool json)
{
	SCOPED(form_freep) struct form *form = NULL;
	struct findings findings = { 0 };
	enum fault fault = xlsform_check(path, &findings);

	if (!fault && !(fault = form_load(path, &form)))
		check_pictures(path, form, &findings);
	print(path, form, &findings, json);
	findings_done(&findings);
	return fault_exit(fault);
}

int form_check(int argc, char **argv)
{
	const char *path = NULL;
	bool json = false;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--json"))
			json = true;
		else if (*argv[i] == '-' || path)
			return noun_usage("form", "check", "give one form");
		else
			path = argv[i];
	}
	return path ? check(path, json)
		    : noun_usage("form", "check", "give one form");
}
