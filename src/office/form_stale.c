#include "base/data.h"
#include "base/file.h"
#include "form/stale.h"
#include "office/form.h"

/* What translations were made of, and what the form asks now. */
struct telling {
	FILE *to;
	const char *path; /* of the PO file */
};

static void tell(void *to, const struct form_string *string)
{
	const struct telling *telling = to;

	fprintf(telling->to,
		"warning: %s: the text was changed since %s was written\n",
		string->key, telling->path);
}

static void tell_domain(FILE *to, const char *sheets, const struct form *form,
			bool staff)
{
	SCOPED(char_freep)
	char *name = xasprintf("translations/%s%s.en.po", form_id(form),
			       staff ? "_staff" : "");
	SCOPED(char_freep) char *path = data_path(name);
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new("en");
	struct telling telling = { to, path };

	if (!file_exists(path) || catalogue_add(words, path) ||
	    !form_stale(form, words, tell, &telling))
		return;
	fprintf(to,
		"warning: %s: kiosks do not offer the languages that still "
		"have the old text; write it anew with `foyer form strings "
		"%s%s > %s`, then mend its translations\n",
		path, sheets, staff ? " --staff" : "", path);
}

void form_tell_stale(FILE *to, const char *sheets, const struct form *form)
{
	tell_domain(to, sheets, form, false);
	tell_domain(to, sheets, form, true);
}
