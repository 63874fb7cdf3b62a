#include "text/tongues.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>

#include "base/file.h"
#include "base/log.h"
#include "text/calendar.h"
#include "text/icu.h"

#define DOMAIN "page"

struct tongues {
	const struct language *own, *staff;
	struct catalogue *own_words, *staff_words;
	bool fell_back;
	char *day_own, *day_staff;
};

/* --- words ----------------------------------------------------------------
 */

static char *shipped_path(const struct tongues_options *options,
			  const char *tag)
{
	return xasprintf("%s/" DOMAIN ".%s.po", options->shipped, tag);
}

/* What the agency dropped for a language, if it did; one that is not sound is
 * left out, as the log says. */
static void add_dropped(const struct tongues_options *options, const char *tag,
			struct catalogue *words)
{
	SCOPED(char_freep) char *path = NULL;

	if (!options->dropped)
		return;
	path = xasprintf("%s/%s.po", options->dropped, tag);
	if (file_exists(path) && catalogue_add(words, path))
		log_warning("%s is left out of printed pages", path);
}

static enum fault read_source(const struct tongues_options *options,
			      const char *tag, struct catalogue **out)
{
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new(tag);
	SCOPED(char_freep) char *path = shipped_path(options, tag);
	enum fault fault = catalogue_add(words, path);

	if (fault)
		return fault;
	*out = words;
	words = NULL;
	return FAULT_NONE;
}

static bool names_draft(const char *drafts, const struct language *language)
{
	SCOPED(char_freep) char *names = xstrdup(drafts ? drafts : "");
	char *rest = NULL;

	for (char *tag = strtok_r(names, " ,\t", &rest); tag;
	     tag = strtok_r(NULL, " ,\t", &rest)) {
		if (language_find(tag) == language)
			return true;
	}
	return false;
}

/* The words of a language, as far as there are any that can be read. */
static enum fault read_words(const struct tongues_options *options,
			     const struct language *language,
			     struct catalogue **out)
{
	SCOPED(catalogue_freep)
	struct catalogue *words = catalogue_new(language->tag);
	SCOPED(char_freep)
	char *path = shipped_path(options, language->tag);
	enum fault fault;

	if (file_exists(path) && (fault = catalogue_add(words, path)))
		return fault;
	add_dropped(options, language->tag, words);
	*out = words;
	words = NULL;
	return FAULT_NONE;
}

struct hearing {
	catalogue_report *report; /* NULL: only counts */
	void *to;
	size_t findings;
};

/* A dropped file has words of the kiosk, too. */
static void hear(void *to, enum catalogue_gap gap, const char *key,
		 const char *line)
{
	struct hearing *hearing = to;

	if (gap == CATALOGUE_UNKNOWN && !tongues_is_key(key))
		return;
	hearing->findings++;
	if (hearing->report)
		hearing->report(hearing->to, gap, key, line);
}

bool tongues_is_key(const char *key)
{
	return strncmp(key, DOMAIN ".", strlen(DOMAIN ".")) == 0;
}

enum fault tongues_check(const struct tongues_options *options,
			 const struct language *language,
			 catalogue_report *report, void *to, size_t *findings)
{
	SCOPED(catalogue_freep) struct catalogue *english = NULL;
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	struct hearing hearing = { report, to, 0 };
	enum fault fault;

	if ((fault = read_source(options, "en", &english)) ||
	    (fault = read_words(options, language, &words)))
		return fault;
	(void)catalogue_check(english, words, NULL, hear, &hearing);
	*findings = hearing.findings;
	return FAULT_NONE;
}

/* The words of the person's language; NULL where they may not be printed. */
static struct catalogue *read_own(const struct tongues_options *options,
				  const struct language *language)
{
	struct catalogue *words;
	size_t findings;

	if (tongues_check(options, language, NULL, NULL, &findings) ||
	    findings || read_words(options, language, &words))
		return NULL;
	if (catalogue_status(words) == CATALOGUE_DRAFT &&
	    !names_draft(options->drafts, language)) {
		catalogue_free(words);
		return NULL;
	}
	return words;
}

/* English and French are Foyer's own: each stands in for the other. */
static enum fault fall_back(const struct tongues_options *options,
			    struct tongues *tongues)
{
	const char *tag = strcmp(tongues->staff->tag, "en") == 0 ? "fr" : "en";

	log_note("the words of printed pages are not offered in %s: English "
		 "and French are printed",
		 options->own);
	tongues->own = language_find(tag);
	tongues->fell_back = true;
	return read_source(options, tag, &tongues->own_words);
}

static enum fault open_own(const struct tongues_options *options,
			   struct tongues *tongues)
{
	tongues->own =
	    options->own ? language_find(options->own) : tongues->staff;
	if (tongues->own == tongues->staff)
		return FAULT_NONE;
	if (tongues->own && (strcmp(tongues->own->tag, "en") == 0 ||
			     strcmp(tongues->own->tag, "fr") == 0))
		return read_source(options, tongues->own->tag,
				   &tongues->own_words);
	if (tongues->own)
		tongues->own_words = read_own(options, tongues->own);
	return tongues->own_words ? FAULT_NONE : fall_back(options, tongues);
}

enum fault tongues_open(const struct tongues_options *options,
			struct tongues **out)
{
	SCOPED(tongues_freep)
	struct tongues *tongues = xcalloc(1, sizeof *tongues);
	const char *staff = strcmp(options->staff, "fr") == 0 ? "fr" : "en";
	enum fault fault;

	tongues->staff = language_find(staff);
	if ((fault = read_source(options, staff, &tongues->staff_words)) ||
	    (fault = open_own(options, tongues)))
		return fault;
	*out = tongues;
	tongues = NULL;
	return FAULT_NONE;
}

void tongues_free(struct tongues *tongues)
{
	if (!tongues)
		return;
	catalogue_free(tongues->own_words);
	catalogue_free(tongues->staff_words);
	char_free(tongues->day_own);
	char_free(tongues->day_staff);
	free(tongues);
}

const struct language *tongues_own(const struct tongues *tongues)
{
	return tongues->own;
}

const struct language *tongues_staff(const struct tongues *tongues)
{
	return tongues->staff;
}

bool tongues_fell_back(const struct tongues *tongues)
{
	return tongues->fell_back;
}

struct page_said tongues_say(const struct tongues *tongues, const char *key)
{
	SCOPED(char_freep) char *whole = xasprintf(DOMAIN ".%s", key);

	return (struct page_said){
		.own = tongues->own_words
			   ? catalogue_shown(tongues->own_words, whole)
			   : NULL,
		.staff = catalogue_shown(tongues->staff_words, whole),
	};
}

struct page *tongues_page(const struct tongues *tongues, enum page_order order)
{
	return page_new(tongues->own, tongues->staff, order);
}

/* --- days -----------------------------------------------------------------
 */

static bool read_day(const char *day, struct calendar_date *out)
{
	struct calendar_date same;
	int length = 0;

	return sscanf(day, "%4d-%2d-%2d%n", &out->year, &out->month, &out->day,
		      &length) == 3 &&
	       length == 10 && !day[10] &&
	       calendar_from_iso(CALENDAR_GREGORIAN, *out, &same);
}

/* ICU gives another language's words where it has none of a locale. */
static bool is_of(const UDateFormat *format, const char *locale)
{
	UErrorCode error = U_ZERO_ERROR;
	const char *actual =
	    udat_getLocaleByType(format, ULOC_ACTUAL_LOCALE, &error);
	char wanted[ULOC_LANG_CAPACITY], got[ULOC_LANG_CAPACITY];

	if (U_FAILURE(error))
		return false;
	uloc_getLanguage(locale, wanted, sizeof wanted, &error);
	uloc_getLanguage(actual, got, sizeof got, &error);
	return U_SUCCESS(error) && strcmp(wanted, got) == 0;
}

#define DAY_LENGTH 128 /* UTF-16 units of a day in words */

/* NULL where ICU does not know how the language writes a day. */
static char *day_in(const struct language *language, struct calendar_date date)
{
	static const UChar utc[] = u"Etc/UTC";
	SCOPED(char_freep)
	char *locale = xasprintf("%s@calendar=gregorian;numbers=latn",
				 icu_locale(language->tag));
	UErrorCode error = U_ZERO_ERROR;
	UDateFormat *format =
	    udat_open(UDAT_NONE, UDAT_FULL, locale, utc, -1, NULL, 0, &error);
	UCalendar *calendar =
	    ucal_open(utc, -1, locale, UCAL_GREGORIAN, &error);
	UChar text[DAY_LENGTH];
	char *said = NULL;
	int32_t length;

	icu_must(error, "writing a day");
	ucal_setDateTime(calendar, date.year, date.month - 1, date.day, 12, 0,
			 0, &error);
	length = udat_format(format, ucal_getMillis(calendar, &error), text,
			     DAY_LENGTH, NULL, &error);
	if (U_SUCCESS(error) && length < DAY_LENGTH && is_of(format, locale))
		said = icu_narrow(text, length);
	ucal_close(calendar);
	udat_close(format);
	return said;
}

struct page_said tongues_day(struct tongues *tongues, const char *day)
{
	struct calendar_date date;

	if (!day || !read_day(day, &date))
		return PAGE_TYPED(day);
	char_free(tongues->day_own);
	char_free(tongues->day_staff);
	tongues->day_own = day_in(tongues->own, date);
	tongues->day_staff = xstrdup(day);
	return (struct page_said){ .own = tongues->day_own,
				   .staff = tongues->day_staff };
}
