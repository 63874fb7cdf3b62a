#include "text/lexicon.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "text/entry.h"
#include "text/po.h"
#include "text/stamp.h"
#include "text/tongues.h"

#define DOMAINS 3
#define ENGLISH 0 /* the first of the languages */
#define LOGGED 5  /* findings of a language */

struct words {
	struct lexicon_language about;
	char **dropped; /* paths, in the order of their names */
	size_t dropped_count;
	struct catalogue *read; /* NULL: not yet */
};

struct lexicon {
	struct lexicon_options options; /* its texts are copies */
	const char *domains[DOMAINS];
	struct stamps *stamps;
	struct catalogue *source; /* the English as it ships */
	size_t strings;
	struct words *words;
	size_t count;
};

/* --- files -----------------------------------------------------------------
 */

static const char *tag_at(size_t index)
{
	return language_at(index)->tag;
}

static char *shipped_name(const struct lexicon *lexicon, int domain,
			  const char *tag)
{
	return xasprintf("%s.%s.po", lexicon->domains[domain], tag);
}

static char *shipped_path(const struct lexicon *lexicon, int domain,
			  const char *tag)
{
	SCOPED(char_freep) char *name = shipped_name(lexicon, domain, tag);

	return xasprintf("%s/%s", lexicon->options.shipped, name);
}

static bool ships(const struct lexicon *lexicon, int domain, const char *tag)
{
	SCOPED(char_freep) char *path = shipped_path(lexicon, domain, tag);

	return file_exists(path);
}

/* A language of the lobby has all its files; the form may hold its English
 * itself, and need no file of it. */
static size_t shipped_count(const struct lexicon *lexicon, const char *tag)
{
	size_t count = 0;

	for (int i = 0; i < DOMAINS; i++)
		count += ships(lexicon, i, tag);
	return count;
}

static enum fault add_shipped(const struct lexicon *lexicon, const char *tag,
			      struct catalogue *words)
{
	enum fault fault = FAULT_NONE;

	for (int i = 0; i < DOMAINS && !fault; i++) {
		SCOPED(char_freep)
		char *path = shipped_path(lexicon, i, tag);

		if (file_exists(path))
			fault = catalogue_add(words, path);
	}
	return fault;
}

static enum fault read_words(const struct lexicon *lexicon,
			     const struct words *words, struct catalogue **out)
{
	const char *tag = words->about.language->tag;
	SCOPED(catalogue_freep) struct catalogue *read = catalogue_new(tag);
	enum fault fault = add_shipped(lexicon, tag, read);

	for (size_t i = 0; i < words->dropped_count && !fault; i++)
		fault = catalogue_add(read, words->dropped[i]);
	if (fault)
		return fault;
	*out = read;
	read = NULL;
	return FAULT_NONE;
}

/* --- what was dropped ------------------------------------------------------
 */

static struct words *words_of(struct lexicon *lexicon,
			      const struct language *language)
{
	size_t index = 0;

	while (index < language_count() && language_at(index) != language)
		index++;
	while (lexicon->count <= index) {
		lexicon->words = xreallocarray(
		    lexicon->words, lexicon->count + 1, sizeof *lexicon->words);
		lexicon->words[lexicon->count] = (struct words){
			.about.language = language_at(lexicon->count),
		};
		lexicon->count++;
	}
	return &lexicon->words[index];
}

/* "fr.po" and "kiosk.fr.po" are both called fr. */
static char *tag_in_name(const char *name)
{
	size_t length = strlen(name);
	bool ends = length > 3 && strcmp(name + length - 3, ".po") == 0;
	SCOPED(char_freep)
	char *stem = xstrndup(name, ends ? length - 3 : length);
	const char *dot = strrchr(stem, '.');

	return xstrdup(dot ? dot + 1 : stem);
}

static enum fault language_of_header(const struct po *po, const char *tag,
				     const struct language **out)
{
	const char *says = *po->language ? po->language : tag;
	const struct language *named = language_find(tag);

	*out = language_find(says);
	if (named && *out != named) {
		log_error("%s: its header says \"Language: %s\", and its name "
			  "%s; mend the one that is wrong",
			  po->path, says, tag);
		*out = named;
		return FAULT_FORMAT;
	}
	return *out ? FAULT_NONE : language_learn(says, po->name, out);
}

static void keep_dropped(struct words *words, const char *path)
{
	words->dropped = xreallocarray(words->dropped, words->dropped_count + 1,
				       sizeof *words->dropped);
	words->dropped[words->dropped_count++] = xstrdup(path);
	words->about.dropped = true;
}

/* English is what everything falls back on: it stays as it ships. */
static void refuse_dropped(struct lexicon *lexicon, const char *path,
			   const struct language *language)
{
	if (!language) {
		log_warning("%s is left out", path);
	} else if (language == language_at(ENGLISH)) {
		log_warning("%s is left out: the English stays as it ships",
			    path);
	} else {
		log_warning("%s is not offered until %s is mended or taken "
			    "out",
			    language->tag, path);
		words_of(lexicon, language)->about.broken = true;
	}
}

static void take_dropped(struct lexicon *lexicon, const char *path)
{
	const char *slash = strrchr(path, '/');
	SCOPED(char_freep) char *tag = tag_in_name(slash ? slash + 1 : path);
	const struct language *language = language_find(tag);
	struct catalogue *alone = NULL;
	struct po po;
	enum fault fault = po_read(path, &po);

	if (!fault)
		fault = language_of_header(&po, tag, &language);
	po_done(&po);
	if (!fault) {
		/* Once by itself: are its patterns sound? */
		alone = catalogue_new(language->tag);
		fault = catalogue_add(alone, path);
		catalogue_free(alone);
	}
	if (fault)
		refuse_dropped(lexicon, path, language);
	else
		keep_dropped(words_of(lexicon, language), path);
}

static int is_po(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > 3 &&
	       strcmp(entry->d_name + length - 3, ".po") == 0;
}

static void take_all_dropped(struct lexicon *lexicon)
{
	struct dirent **entries;
	int count;

	if (!lexicon->options.dropped)
		return;
	count = scandir(lexicon->options.dropped, &entries, is_po, alphasort);
	if (count < 0) {
		if (errno != ENOENT)
			log_error("%s: %s; the agency's own words are left "
				  "out",
				  lexicon->options.dropped, strerror(errno));
		return;
	}
	for (int i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", lexicon->options.dropped,
				       entries[i]->d_name);

		take_dropped(lexicon, path);
		free(entries[i]);
	}
	free(entries);
}

/* --- completeness ----------------------------------------------------------
 */

static size_t count_strings(const struct catalogue *source)
{
	const struct entry *entry;
	size_t count = 0;

	for (size_t i = 0; (entry = catalogue_entry_at(source, i)); i++)
		count += entry->pattern != NULL;
	return count;
}

struct hearing {
	const struct lexicon_options *options;
	size_t heard;
	size_t aside; /* findings that are none */
};

static void hear(void *to, enum catalogue_gap gap, const char *key,
		 const char *line)
{
	struct hearing *hearing = to;

	/* A dropped file may have the words of printed pages along. */
	if (gap == CATALOGUE_UNKNOWN && tongues_is_key(key)) {
		hearing->aside++;
		return;
	}
	if (hearing->options->report)
		hearing->options->report(hearing->options->to, gap, key, line);
	else if (hearing->heard < LOGGED)
		log_note("%s", line);
	hearing->heard++;
}

static size_t check(const struct lexicon *lexicon,
		    const struct catalogue *words)
{
	struct hearing hearing = { &lexicon->options, 0, 0 };
	size_t found = catalogue_check(lexicon->source, words,
				       lexicon->options.fit, hear, &hearing) -
		       hearing.aside;

	if (found > LOGGED && !lexicon->options.report)
		log_note("and %zu more; see `foyer language check %s`",
			 found - LOGGED, catalogue_language(words));
	return found;
}

/* Whether the build's word stands for all files; then what it said. */
static bool believe(const struct lexicon *lexicon, struct words *words)
{
	const char *tag = words->about.language->tag;
	bool reviewed = true;
	size_t missing = 0;

	if (!lexicon->options.believe || words->dropped_count)
		return false;
	for (int i = 0; i < DOMAINS; i++) {
		SCOPED(char_freep) char *name = shipped_name(lexicon, i, tag);
		SCOPED(char_freep)
		char *english = shipped_name(lexicon, i, tag_at(ENGLISH));
		const struct stamp *stamp = stamps_of(lexicon->stamps, name);

		if (!stamp || !stamps_of(lexicon->stamps, english))
			return false;
		reviewed &= stamp->reviewed;
		missing += stamp->findings;
	}
	words->about.missing = missing;
	words->about.status = reviewed ? LEXICON_REVIEWED : LEXICON_DRAFT;
	return true;
}

static void look(const struct lexicon *lexicon, struct words *words)
{
	struct lexicon_language *about = &words->about;
	size_t shipped = shipped_count(lexicon, about->language->tag);

	about->missing = lexicon->strings;
	if (!shipped && !words->dropped_count)
		return;
	if (shipped == DOMAINS && believe(lexicon, words))
		return;
	about->status = LEXICON_DRAFT;
	if (read_words(lexicon, words, &words->read)) {
		log_warning("%s is not offered until that file is mended",
			    about->language->tag);
		about->broken = true;
		return;
	}
	if (catalogue_status(words->read) == CATALOGUE_REVIEWED)
		about->status = LEXICON_REVIEWED;
	about->missing = check(lexicon, words->read);
	/* A form whose English is nowhere but in itself cannot be checked. */
	if (!words->dropped_count && shipped < DOMAINS && !about->missing) {
		log_note("%s has no words of the form %s", about->language->tag,
			 lexicon->options.form);
		about->missing = 1;
	}
}

/* --- what is offered -------------------------------------------------------
 */

bool lexicon_complete(const struct lexicon_language *language)
{
	return language->status != LEXICON_NONE && !language->broken &&
	       !language->missing;
}

/* Calls take with each tag that the agency names among its drafts. */
static bool each_draft(const struct lexicon *lexicon,
		       bool take(const char *tag,
				 const struct language *language),
		       const struct language *language)
{
	const char *named = lexicon->options.drafts;
	SCOPED(char_freep) char *drafts = xstrdup(named ? named : "");
	char *rest = NULL;
	bool any = false;

	for (char *tag = strtok_r(drafts, " ,\t", &rest); tag;
	     tag = strtok_r(NULL, " ,\t", &rest))
		any |= take(tag, language);
	return any;
}

static bool is_tag_of(const char *tag, const struct language *language)
{
	return language_find(tag) == language;
}

static bool warn_of_stranger(const char *tag, const struct language *language)
{
	(void)language;
	if (language_find(tag))
		return false;
	log_warning("foyer.ini: [languages] drafts names \"%s\", which is no "
		    "language here; name each draft by its tag",
		    tag);
	return true;
}

static bool may_be_offered(const struct lexicon *lexicon,
			   const struct lexicon_language *about)
{
	const char *tag = about->language->tag;

	if (about->status == LEXICON_NONE)
		return false;
	if (!lexicon_complete(about)) {
		if (!lexicon->options.report)
			log_warning("%s is not complete and not offered", tag);
		return false;
	}
	if (about->status == LEXICON_DRAFT &&
	    !each_draft(lexicon, is_tag_of, about->language)) {
		if (!lexicon->options.report)
			log_note(
			    "%s is a draft and not offered: an agency opts in "
			    "with `[languages] drafts = %s`",
			    tag, tag);
		return false;
	}
	return true;
}

/* --- English ---------------------------------------------------------------
 */

static enum fault read_source(struct lexicon *lexicon)
{
	lexicon->source = catalogue_new(tag_at(ENGLISH));
	if (!ships(lexicon, 0, tag_at(ENGLISH))) {
		log_error("%s: kiosk.en.po is missing: install Foyer's "
			  "translations, or name the folder above theirs in "
			  "FOYER_DATA",
			  lexicon->options.shipped);
		return FAULT_SYSTEM;
	}
	return add_shipped(lexicon, tag_at(ENGLISH), lexicon->source);
}

/* What was dropped for it is put in where nothing is wrong with it. */
static void look_at_english(struct lexicon *lexicon)
{
	struct words *words = &lexicon->words[ENGLISH];

	words->about.status = LEXICON_SOURCE;
	words->about.offered = true;
	if (!words->dropped_count)
		return;
	if (!read_words(lexicon, words, &words->read) &&
	    !check(lexicon, words->read))
		return;
	refuse_dropped(lexicon, words->dropped[0], words->about.language);
	catalogue_free(words->read);
	words->read = NULL;
	while (words->dropped_count)
		free(words->dropped[--words->dropped_count]);
	words->about.dropped = false;
}

/* --- the whole -------------------------------------------------------------
 */

static char *copied(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static void copy_options(struct lexicon *lexicon,
			 const struct lexicon_options *options)
{
	struct lexicon_options *own = &lexicon->options;

	*own = *options;
	own->shipped = xstrdup(options->shipped);
	own->dropped = copied(options->dropped);
	own->file = copied(options->file);
	own->form = xstrdup(options->form);
	own->only = copied(options->only);
	own->drafts = copied(options->drafts);
	lexicon->domains[0] = "kiosk";
	lexicon->domains[1] = "ticket";
	lexicon->domains[2] = own->form;
}

static bool is_wanted(const struct lexicon *lexicon,
		      const struct language *language)
{
	const char *only = lexicon->options.only;

	return !only || language_find(only) == language;
}

enum fault lexicon_open(const struct lexicon_options *options,
			struct lexicon **out)
{
	SCOPED(lexicon_freep)
	struct lexicon *lexicon = xcalloc(1, sizeof *lexicon);
	enum fault fault;

	copy_options(lexicon, options);
	lexicon->stamps = stamps_new(options->shipped);
	if (options->believe)
		stamps_read(lexicon->stamps);
	if ((fault = read_source(lexicon)))
		return fault;
	lexicon->strings = count_strings(lexicon->source);
	(void)words_of(lexicon, language_at(LANGUAGES - 1));
	take_all_dropped(lexicon);
	if (options->file)
		take_dropped(lexicon, options->file);
	(void)each_draft(lexicon, warn_of_stranger, NULL);
	look_at_english(lexicon);
	for (size_t i = ENGLISH + 1; i < lexicon->count; i++) {
		struct words *words = &lexicon->words[i];

		if (!is_wanted(lexicon, words->about.language))
			continue;
		look(lexicon, words);
		words->about.offered = may_be_offered(lexicon, &words->about);
	}
	*out = lexicon;
	lexicon = NULL;
	return FAULT_NONE;
}

void lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	for (size_t i = 0; i < lexicon->count; i++) {
		struct words *words = &lexicon->words[i];

		for (size_t k = 0; k < words->dropped_count; k++)
			free(words->dropped[k]);
		free(words->dropped);
		catalogue_free(words->read);
	}
	free(lexicon->words);
	catalogue_free(lexicon->source);
	stamps_free(lexicon->stamps);
	char_free((char *)lexicon->options.shipped);
	char_free((char *)lexicon->options.dropped);
	char_free((char *)lexicon->options.file);
	char_free((char *)lexicon->options.form);
	char_free((char *)lexicon->options.only);
	char_free((char *)lexicon->options.drafts);
	free(lexicon);
}

size_t lexicon_count(const struct lexicon *lexicon)
{
	return lexicon->count;
}

const struct lexicon_language *lexicon_at(const struct lexicon *lexicon,
					  size_t index)
{
	return &lexicon->words[index].about;
}

size_t lexicon_find(const struct lexicon *lexicon, const char *tag)
{
	const struct language *language = language_find(tag);
	size_t i = 0;

	while (i < lexicon_count(lexicon) &&
	       (!language || lexicon_at(lexicon, i)->language != language))
		i++;
	return i;
}

const char *lexicon_form(const struct lexicon *lexicon)
{
	return lexicon->options.form;
}

size_t lexicon_strings(const struct lexicon *lexicon)
{
	return lexicon->strings;
}

const struct catalogue *lexicon_words(struct lexicon *lexicon, size_t index)
{
	struct words *words = &lexicon->words[index];

	if (index == ENGLISH && !words->dropped_count)
		return lexicon->source;
	if (!words->read && read_words(lexicon, words, &words->read))
		log_error("the words of %s could be read when the program "
			  "began, and cannot now; start it again",
			  words->about.language->tag);
	return words->read;
}

const char *lexicon_status_name(enum lexicon_status status)
{
	static const char *const names[] = {
		[LEXICON_NONE] = "none",
		[LEXICON_DRAFT] = "draft",
		[LEXICON_REVIEWED] = "reviewed",
		[LEXICON_SOURCE] = "source",
	};

	return names[status];
}

/* --- the index -------------------------------------------------------------
 */

/* One file against the English of its domain alone. */
static enum fault stamp_file(const struct lexicon *lexicon, int domain,
			     const char *tag, struct stamps *stamps)
{
	SCOPED(char_freep) char *name = shipped_name(lexicon, domain, tag);
	SCOPED(char_freep) char *path = shipped_path(lexicon, domain, tag);
	SCOPED(char_freep)
	char *english = shipped_path(lexicon, domain, tag_at(ENGLISH));
	SCOPED(catalogue_freep)
	struct catalogue *source = catalogue_new(tag_at(ENGLISH));
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new(tag);
	struct hearing hearing = { &lexicon->options, 0, 0 };
	enum fault fault;

	if (!file_exists(path) || !file_exists(english))
		return FAULT_NONE;
	if ((fault = catalogue_add(source, english)))
		return fault;
	/* What cannot be read is vouched for by nobody. */
	if (catalogue_add(words, path))
		return FAULT_NONE;
	return stamps_add(
	    stamps,
	    &(struct stamp){
		.name = name,
		.reviewed = catalogue_status(words) == CATALOGUE_REVIEWED,
		.findings = catalogue_check(source, words, lexicon->options.fit,
					    hear, &hearing),
	    });
}

enum fault lexicon_stamp(const struct lexicon_options *options,
			 const char *path)
{
	SCOPED(lexicon_freep)
	struct lexicon *lexicon = xcalloc(1, sizeof *lexicon);
	SCOPED(stamps_freep)
	struct stamps *stamps = stamps_new(options->shipped);
	enum fault fault = FAULT_NONE;

	copy_options(lexicon, options);
	for (size_t i = 0; i < LANGUAGES; i++) {
		for (int domain = 0; domain < DOMAINS && !fault; domain++)
			fault = stamp_file(lexicon, domain, tag_at(i), stamps);
	}
	return fault ? fault : stamps_write(stamps, path);
}
