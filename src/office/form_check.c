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

/* "forms/intake-media" for forms/intake, forms/intake/ and forms/intake.xml. */
static char *media_beside(const char *form)
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
	SCOPED(char_freep) char *own = media_beside(path);
	SCOPED(char_freep) char *shipped = data_path(ALBUM_SHIPPED);
	const char *const folders[] = { own, shipped };
	SCOPED(album_freep) struct album *album = NULL;

	album = album_new(folders, COUNT(folders));
	form_images(form, look_at, &(struct look){ album, findings });
}

int form_check(int argc, char **argv)
{
	SCOPED(form_freep) struct form *form = NULL;
	struct findings findings = { 0 };

	if (argc != 2 || *argv[1] == '-')
		return noun_usage("form", "check", "give one form");
	enum fault fault = xlsform_check(argv[1], &findings);

	if (!fault && !(fault = form_load(argv[1], &form)))
		check_pictures(argv[1], form, &findings);
	form_print_findings(stdout, &findings);
	if (form)
		form_tell_stale(stdout, argv[1], form);
	findings_done(&findings);
	return fault_exit(fault);
}
