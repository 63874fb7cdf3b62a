#include "office/language_open.h"

#include <stdio.h>

#include "ask/offering.h"
#include "base/data.h"
#include "base/file.h"
#include "base/settings.h"
#include "office/desk.h"

char *language_shipped(const char *name)
{
	SCOPED(char_freep) char *below = xasprintf("translations/%s", name);

	return data_path(below);
}

enum fault language_open(const struct language_arguments *arguments,
			 struct lexicon_options options, struct lexicon **out)
{
	SCOPED(home_freep) struct home *home = NULL;
	enum fault fault = desk_home(arguments->home, &home);

	return fault ? fault : offering_open(home, options, out);
}

enum fault language_pages(const struct language_arguments *arguments,
			  const struct language *language,
			  catalogue_report *report, size_t *findings)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *shipped = data_path("translations");
	SCOPED(char_freep) char *dropped = NULL;
	/* Once for each language: the settings were looked at before. */
	enum fault fault = home_find(arguments->home, &home);

	if (fault)
		return fault;
	dropped = home_path(home, HOME_SETTINGS, "translations");
	return tongues_check(
	    &(struct tongues_options){ .shipped = shipped, .dropped = dropped },
	    language, report, NULL, findings);
}

void language_hear_nothing(void *to, enum catalogue_gap gap, const char *key,
			   const char *line)
{
	(void)to;
	(void)gap;
	(void)key;
	(void)line;
}

const struct lexicon_language *language_about(const struct lexicon *lexicon,
					      const char *tag)
{
	size_t place = lexicon_find(lexicon, tag);

	return place < lexicon_count(lexicon) ? lexicon_at(lexicon, place)
					      : NULL;
}

const struct catalogue *language_words(struct lexicon *lexicon, const char *tag,
				       const char *verb)
{
	const struct lexicon_language *about = language_about(lexicon, tag);

	if (about && about->status != LEXICON_NONE)
		return lexicon_words(lexicon, lexicon_find(lexicon, tag));
	fprintf(stderr,
		"foyer language %s: there are no words of %s; see `foyer "
		"language list`\n",
		verb, tag);
	return NULL;
}
