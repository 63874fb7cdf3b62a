#include "office/form_tongue.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/data.h"
#include "base/file.h"
#include "base/log.h"

static char *words_of(const char *domain, const char *tag)
{
	SCOPED(char_freep)
	char *name = xasprintf("translations/%s.%s.po", domain, tag);

	return data_path(name);
}

static int64_t now(void *to)
{
	struct timespec time;

	(void)to;
	clock_gettime(CLOCK_REALTIME, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void chance(void *to, uint8_t *bytes, size_t count)
{
	(void)to;
	while (count) {
		ssize_t got = getrandom(bytes, count, 0);

		if (got > 0) {
			bytes += got;
			count -= (size_t)got;
		}
	}
}

/* Of the language that is open: a form has its other ones itself. */
static const char *translate(void *to, const char *language, const char *key)
{
	const struct form_tongue *tongue = to;
	const struct language *asked = language_find(language);
	SCOPED(char_freep) char *full = NULL;

	if (asked != tongue->language || strcmp(asked->tag, "en") == 0)
		return NULL;
	full = xasprintf("%s:%s", form_id(tongue->form), key);
	return catalogue_shown(tongue->words, full);
}

static enum fault add_words(struct catalogue *words, const char *domain,
			    const char *tag)
{
	SCOPED(char_freep) char *path = words_of(domain, tag);

	return file_exists(path) ? catalogue_add(words, path) : FAULT_NONE;
}

/* What the language lacks of Foyer's own words is in English. */
static enum fault read_words(const struct form *form,
			     const struct language *language,
			     struct catalogue **out)
{
	static const char *const domains[] = { "kiosk", "ticket", "paper" };
	SCOPED(catalogue_freep)
	struct catalogue *words = catalogue_new(language->tag);
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < COUNT(domains); i++)
		fault = add_words(words, domains[i], language->tag);
	if (!fault && !strchr(form_id(form), '/'))
		fault = add_words(words, form_id(form), language->tag);
	if (fault)
		return fault;
	*out = words;
	words = NULL;
	return FAULT_NONE;
}

bool form_tongue_has(const char *tag)
{
	const struct language *language = language_find(tag);
	SCOPED(char_freep)
	char *path = language ? words_of("kiosk", language->tag) : NULL;

	return path && file_exists(path);
}

enum fault form_tongue_speak(struct form_tongue *tongue, const char *tag)
{
	const struct language *language = language_find(tag);
	struct catalogue *words = NULL;
	enum fault fault;

	if (!language || !form_tongue_has(tag)) {
		log_error("%s: there are no words of this language; see "
			  "`foyer language list`",
			  tag);
		return FAULT_FORMAT;
	}
	if ((fault = read_words(tongue->form, language, &words)))
		return fault;
	catalogue_free(tongue->words);
	tongue->words = words;
	tongue->language = language;
	return FAULT_NONE;
}

/* The form's own language where Foyer has it. */
static char *usual_tag(const struct form *form)
{
	SCOPED(char_freep) char *tag = NULL;

	if (form_language_count(form))
		tag = form_language_tag(
		    form_language(form, form_default_language(form)));
	return xstrdup(tag && form_tongue_has(tag) ? tag : "en");
}

enum fault form_tongue_open(const struct form *form, const char *tag,
			    struct form_tongue *tongue)
{
	SCOPED(char_freep) char *usual = usual_tag(form);

	*tongue = (struct form_tongue){
		.form = form,
		.world = {
			.to = tongue,
			.now = now,
			.zone = NULL,
			.random_bytes = chance,
			.translate = translate,
		},
	};
	return form_tongue_speak(tongue, tag ? tag : usual);
}

void form_tongue_done(struct form_tongue *tongue)
{
	catalogue_free(tongue->words);
	tongue->words = NULL;
}
