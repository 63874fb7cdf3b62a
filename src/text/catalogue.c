#include "text/catalogue.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "text/digits.h"
#include "text/entry.h"
#include "text/language.h"
#include "text/message.h"

/*
 * Entries stand in the order they were added; slots is an open hash of them by
 * key, 0 for none, else one more than the entry's place.
 */
struct catalogue {
	char *language;
	struct digits digits;
	char **paths;
	size_t path_count;
	bool draft;
	struct entry *entries;
	size_t count;
	size_t *slots, room; /* room is a power of two */
};

struct catalogue *catalogue_new(const char *language)
{
	struct catalogue *catalogue = xcalloc(1, sizeof *catalogue);

	catalogue->language = xstrdup(language);
	catalogue->digits = digits_of(language);
	return catalogue;
}

static void entry_done(struct entry *entry)
{
	po_entry_done(&entry->po);
	free(entry->shown);
}

void catalogue_free(struct catalogue *catalogue)
{
	if (!catalogue)
		return;
	for (size_t i = 0; i < catalogue->count; i++)
		entry_done(&catalogue->entries[i]);
	for (size_t i = 0; i < catalogue->path_count; i++)
		free(catalogue->paths[i]);
	free(catalogue->paths);
	free(catalogue->entries);
	free(catalogue->slots);
	free(catalogue->language);
	free(catalogue);
}

/* FNV-1a, 32 bits. */
static size_t hash(const char *key)
{
	uint32_t sum = 2166136261u;

	for (; *key; key++)
		sum = (sum ^ (unsigned char)*key) * 16777619u;
	return sum;
}

/* The slot that holds key, or the empty one where it belongs. */
static size_t *slot_of(const struct catalogue *catalogue, const char *key)
{
	for (size_t at = hash(key);; at++) {
		size_t *slot = &catalogue->slots[at & (catalogue->room - 1)];

		if (!*slot ||
		    strcmp(catalogue->entries[*slot - 1].po.key, key) == 0)
			return slot;
	}
}

static void make_room(struct catalogue *catalogue, size_t more)
{
	size_t least = (catalogue->count + more) * 2 + 1;

	if (catalogue->room < least) {
		if (!catalogue->room)
			catalogue->room = 64;
		while (catalogue->room < least)
			catalogue->room *= 2;
		free(catalogue->slots);
		catalogue->slots =
		    xcalloc(catalogue->room, sizeof *catalogue->slots);
		for (size_t i = 0; i < catalogue->count; i++)
			*slot_of(catalogue, catalogue->entries[i].po.key) =
			    i + 1;
	}
	catalogue->entries =
	    xreallocarray(catalogue->entries, catalogue->count + more,
			  sizeof *catalogue->entries);
}

static void put(struct catalogue *catalogue, struct entry entry)
{
	size_t *slot = slot_of(catalogue, entry.po.key);

	if (*slot) {
		entry_done(&catalogue->entries[*slot - 1]);
	} else {
		*slot = ++catalogue->count;
	}
	catalogue->entries[*slot - 1] = entry;
}

/* English needs no translation: its msgid is the message. */
static bool is_english(const struct catalogue *catalogue)
{
	const struct language *language = language_find(catalogue->language);

	return language == language_at(0);
}

static const char *pattern_of(const struct catalogue *catalogue,
			      const struct po_entry *po)
{
	if (po->fuzzy)
		return NULL;
	if (*po->translation)
		return po->translation;
	return is_english(catalogue) ? po->english : NULL;
}

static bool same_language(const char *one, const char *other)
{
	const struct language *known = language_find(one);

	return known ? known == language_find(other)
		     : strcasecmp(one, other) == 0;
}

static enum fault check_language(const struct catalogue *catalogue,
				 const struct po *po)
{
	if (!*po->language || same_language(po->language, catalogue->language))
		return FAULT_NONE;
	log_error("%s: its header says \"Language: %s\", and it was read as "
		  "%s; mend the header or the file's name",
		  po->path, po->language, catalogue->language);
	return FAULT_FORMAT;
}

static enum fault check_patterns(const struct catalogue *catalogue,
				 const struct po *po)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < po->count; i++) {
		const char *pattern = pattern_of(catalogue, &po->entries[i]);
		const char *why =
		    pattern ? message_refused(pattern, catalogue->language)
			    : NULL;

		if (!why)
			continue;
		log_error("%s:%u: %s: %s", po->path,
			  po_line(po->path, po->entries[i].key, 0),
			  po->entries[i].key, why);
		fault = FAULT_FORMAT;
	}
	return fault;
}

/* What is printed on a ticket has Western digits in every language. */
static bool is_of_ticket(const char *key)
{
	return strncmp(key, "ticket.", 7) == 0;
}

static char *shown(const struct catalogue *catalogue, const char *key,
		   const char *pattern)
{
	if (!catalogue->digits.native || is_of_ticket(key) || !pattern ||
	    !strpbrk(pattern, "0123456789"))
		return NULL;
	return digits_in_pattern(&catalogue->digits, pattern);
}

static struct entry entry_of(const struct catalogue *catalogue,
			     const struct po_entry *po, const char *path)
{
	const char *pattern = pattern_of(catalogue, po);

	return (struct entry){
		.po = *po,
		.pattern = pattern,
		.shown = shown(catalogue, po->key, pattern),
		.path = path,
	};
}

/* Takes over what po holds. */
static void merge(struct catalogue *catalogue, struct po *po)
{
	char *path = po->path;

	catalogue->paths =
	    xreallocarray(catalogue->paths, catalogue->path_count + 1,
			  sizeof *catalogue->paths);
	catalogue->paths[catalogue->path_count++] = path;
	catalogue->draft |= !po->reviewed;
	make_room(catalogue, po->count);
	for (size_t i = 0; i < po->count; i++)
		put(catalogue, entry_of(catalogue, &po->entries[i], path));
	po->path = NULL;
	po->count = 0;
}

enum fault catalogue_add(struct catalogue *catalogue, const char *path)
{
	struct po po;
	enum fault fault = po_read(path, &po);

	if (!fault)
		fault = check_language(catalogue, &po);
	if (!fault)
		fault = check_patterns(catalogue, &po);
	if (!fault)
		merge(catalogue, &po);
	po_done(&po);
	return fault;
}

const char *catalogue_language(const struct catalogue *catalogue)
{
	return catalogue->language;
}

enum catalogue_status catalogue_status(const struct catalogue *catalogue)
{
	return catalogue->draft || !catalogue->path_count ? CATALOGUE_DRAFT
							  : CATALOGUE_REVIEWED;
}

const struct entry *catalogue_entry(const struct catalogue *catalogue,
				    const char *key)
{
	size_t slot = catalogue->room ? *slot_of(catalogue, key) : 0;

	return slot ? &catalogue->entries[slot - 1] : NULL;
}

const struct entry *catalogue_entry_at(const struct catalogue *catalogue,
				       size_t index)
{
	return index < catalogue->count ? &catalogue->entries[index] : NULL;
}

const char *catalogue_pattern(const struct catalogue *catalogue,
			      const char *key)
{
	const struct entry *entry = catalogue_entry(catalogue, key);

	return entry ? entry->pattern : NULL;
}

const char *catalogue_english(const struct catalogue *catalogue,
			      const char *key)
{
	const struct entry *entry = catalogue_entry(catalogue, key);

	return entry ? entry->po.english : NULL;
}

const char *catalogue_shown(const struct catalogue *catalogue, const char *key)
{
	const struct entry *entry = catalogue_entry(catalogue, key);

	if (!entry)
		return NULL;
	return entry->shown ? entry->shown : entry->pattern;
}

char *catalogue_say(const struct catalogue *catalogue, const char *key,
		    const struct catalogue_argument *arguments, size_t count)
{
	static const struct digits western = { .system = "latn" };
	const char *pattern = catalogue_shown(catalogue, key);

	if (!pattern)
		return xasprintf("<%s>", key);
	return message_say(pattern, catalogue->language,
			   is_of_ticket(key) ? &western : &catalogue->digits,
			   arguments, count);
}

char *catalogue_word(const struct catalogue *catalogue, const char *key)
{
	return catalogue_say(catalogue, key, NULL, 0);
}

void catalogue_each(const struct catalogue *catalogue, catalogue_visit *visit,
		    void *to)
{
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct entry *entry = &catalogue->entries[i];

		visit(to, entry->po.key, entry->po.english,
		      entry->pattern ? entry->pattern : "");
	}
}
