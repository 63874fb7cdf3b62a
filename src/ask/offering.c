#include "ask/offering.h"

#include "ask/fit.h"
#include "base/data.h"
#include "base/file.h"
#include "base/settings.h"
#include "form/form.h"

/* The id of the form that the home's kiosk asks; one that cannot be read is
 * called by its name. */
static char *form_of(const struct home *home, const struct settings *settings)
{
	const char *name = settings_text(settings, "kiosk", "form", "intake");
	SCOPED(char_freep) char *file = xasprintf("%s.xml", name);
	SCOPED(char_freep) char *path = home_path(home, HOME_FORMS, file);
	SCOPED(form_freep) struct form *form = NULL;

	if (!file_exists(path) || form_read(path, NULL, &form))
		return xstrdup(name);
	return xstrdup(form_id(form));
}

enum fault offering_open(const struct home *home,
			 struct lexicon_options options, struct lexicon **out)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	SCOPED(char_freep) char *shipped = data_path("translations");
	SCOPED(char_freep)
	char *dropped = home_path(home, HOME_SETTINGS, "translations");
	SCOPED(char_freep) char *form = NULL;
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, "foyer.ini");
	enum fault fault = settings_read(path, &settings);

	if (fault)
		return fault;
	form = form_of(home, settings);
	options.shipped = shipped;
	options.dropped = options.file ? NULL : dropped;
	options.form = form;
	options.drafts = settings_text(settings, "languages", "drafts", "");
	options.fit = ask_fit;
	return lexicon_open(&options, out);
}

static void hear_nothing(void *to, enum catalogue_gap gap, const char *key,
			 const char *line)
{
	(void)to;
	(void)gap;
	(void)key;
	(void)line;
}

struct lexicon *offering_quietly(const struct home *home)
{
	struct lexicon *lexicon = NULL;

	return offering_open(home,
			     (struct lexicon_options){
				 .believe = true,
				 .report = hear_nothing,
			     },
			     &lexicon)
		   ? NULL
		   : lexicon;
}
