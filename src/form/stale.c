#include "form/stale.h"

#include <string.h>

struct looking {
	const struct form *form;
	const struct catalogue *words;
	form_string_visit *visit;
	void *to;
	size_t stale;
};

static void look(void *to, const struct form_string *string)
{
	struct looking *looking = to;
	SCOPED(char_freep)
	char *key = xasprintf("%s:%s", form_id(looking->form), string->key);
	const char *english = catalogue_english(looking->words, key);

	if (!english || strcmp(english, string->pattern) == 0)
		return;
	looking->stale++;
	if (looking->visit)
		looking->visit(looking->to, string);
}

static bool is_english(const struct form *form)
{
	SCOPED(char_freep) char *tag = NULL;

	if (!form_language_count(form))
		return false;
	tag =
	    form_language_tag(form_language(form, form_default_language(form)));
	return strcmp(tag, "en") == 0 || strncmp(tag, "en-", 3) == 0;
}

size_t form_stale(const struct form *form, const struct catalogue *words,
		  form_string_visit *visit, void *to)
{
	struct looking looking = { form, words, visit, to, 0 };

	if (is_english(form))
		form_strings(form, look, &looking);
	return looking.stale;
}
