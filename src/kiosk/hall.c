#include "kiosk/hall.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "kiosk/hours.h"
#include "print/paper.h"
#include "text/completeness.h"
#include "text/zone.h"

#define SOURCE_LANGUAGE "en"

/* Forms a language's words: the kiosk's own, the ticket's, and the form's. */
static enum fault add_domain(struct catalogue *words, const char *domain,
			     const char *tag, bool *found)
{
	SCOPED(char_freep)
	char *name = xasprintf("translations/%s.%s.po", domain, tag);
	SCOPED(char_freep) char *path = data_path(name);

	*found = file_exists(path);
	return *found ? catalogue_add(words, path) : FAULT_NONE;
}

/* All domains of a tag; *out stays NULL if one of them is not there. */
static enum fault read_words(const struct hall *hall, const char *tag,
			     struct catalogue **out)
{
	const char *domains[] = { "kiosk", "ticket", form_id(hall->form) };
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new(tag);
	bool found = true;

	for (size_t i = 0; i < COUNT(domains) && found; i++) {
		enum fault fault = add_domain(words, domains[i], tag, &found);

		if (fault)
			return fault;
		/* The form's English is in the form itself. */
		if (i + 1 == COUNT(domains) && !strcmp(tag, SOURCE_LANGUAGE))
			found = true;
	}
	if (found) {
		*out = words;
		words = NULL;
	}
	return FAULT_NONE;
}

static void log_gap(void *to, enum catalogue_gap gap, const char *key,
		    const char *line)
{
	(void)to;
	(void)gap;
	(void)key;
	log_note("%s", line);
}

/* Whether the agency names the tag in `[languages] drafts`. */
static bool opted_in(const struct hall *hall, const char *tag)
{
	const char *named =
	    settings_text(hall->lobby->settings, "languages", "drafts", "");
	size_t length = strlen(tag);

	for (const char *at = named; (at = strstr(at, tag)); at += length) {
		bool begins = at == named || strchr(" ,", at[-1]);

		if (begins && (!at[length] || strchr(" ,", at[length])))
			return true;
	}
	return false;
}

static bool may_be_offered(const struct hall *hall,
			   const struct catalogue *words)
{
	const char *tag = catalogue_language(words);

	if (hall->offered_count &&
	    catalogue_check(hall->offered[0].words, words, log_gap, NULL)) {
		log_warning("%s is not complete and not offered", tag);
		return false;
	}
	if (catalogue_status(words) == CATALOGUE_DRAFT &&
	    !opted_in(hall, tag)) {
		log_note("%s is a draft and not offered: an agency opts in "
			 "with `[languages] drafts = %s`",
			 tag, tag);
		return false;
	}
	return true;
}

static enum fault offer(struct hall *hall, const struct language *language)
{
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	enum fault fault;

	if ((fault = read_words(hall, language->tag, &words)))
		return fault;
	if (words && may_be_offered(hall, words)) {
		hall->offered[hall->offered_count++] =
		    (struct offered){ language, words };
		words = NULL;
	}
	return FAULT_NONE;
}

static enum fault offer_all(struct hall *hall)
{
	enum fault fault = FAULT_NONE;

	hall->offered = xcalloc(language_count(), sizeof *hall->offered);
	for (size_t i = 0; i < language_count() && !fault; i++)
		fault = offer(hall, language_at(i));
	if (!fault && !hall->offered_count) {
		log_error("%s/translations: kiosk.en.po is missing: install "
			  "Foyer's translations, or name their folder in "
			  "FOYER_DATA",
			  data_folder());
		return FAULT_SYSTEM;
	}
	return fault;
}

static enum fault read_form(struct hall *hall)
{
	const char *name =
	    settings_text(hall->lobby->settings, "kiosk", "form", "intake");
	SCOPED(char_freep) char *file = xasprintf("%s.xml", name);
	SCOPED(char_freep)
	char *path = home_path(hall->home, HOME_FORMS, file);
	enum fault fault = form_read(path, NULL, &hall->form);

	return fault ? fault : slots_new(hall->form, &hall->slots);
}

static void read_settings(struct hall *hall)
{
	const struct settings *settings = hall->lobby->settings;
	long least;

	hours_check(settings);
	hall->printer = settings_text(settings, "printer", "address", "none");
	hall->paper_width =
	    settings_number(settings, "printer", "paper_mm", 58, 80, 58) > 70
		? PAPER_WIDE
		: PAPER_NARROW;
	/* Nobody is hurried, but where it is only tried out. */
	least = home_is_demo(hall->home) ? 1 : 20;
	hall->idle_seconds =
	    (int)settings_number(settings, "kiosk", "idle", least, 600, 60);
	hall->extend_seconds =
	    (int)settings_number(settings, "kiosk", "extend", least, 120, 30);
	hall->last_seconds = (int)settings_number(
	    settings, "kiosk", "last", least < 5 ? least : 5, 120, 20);
}

enum fault hall_open(struct home *home, struct hall **out)
{
	SCOPED(hall_freep) struct hall *hall = xcalloc(1, sizeof *hall);
	enum fault fault;

	hall->home = home;
	if ((fault = lobby_read(home, &hall->lobby)) ||
	    (fault = read_form(hall)) || (fault = offer_all(hall)) ||
	    (fault = issuer_open(home, hall->lobby, &hall->issuer)))
		return fault;
	read_settings(hall);
	*out = hall;
	hall = NULL;
	return FAULT_NONE;
}

void hall_free(struct hall *hall)
{
	if (!hall)
		return;
	issuer_free(hall->issuer);
	for (size_t i = 0; i < hall->offered_count; i++)
		catalogue_free(hall->offered[i].words);
	free(hall->offered);
	slots_free(hall->slots);
	form_free(hall->form);
	lobby_free(hall->lobby);
	free(hall);
}

bool hall_is_open(const struct hall *hall, int64_t now)
{
	SCOPED(char_freep)
	char *closed = home_path(hall->home, HOME_KIOSK, "closed");
	time_t local = (now + zone_offset(hall->lobby->zone, now)) / 1000;
	struct tm day;

	gmtime_r(&local, &day);
	return !file_exists(closed) &&
	       hours_open(hall->lobby->settings, (day.tm_wday + 6) % 7,
			  day.tm_hour * 60 + day.tm_min);
}

const struct offered *hall_offered(const struct hall *hall, const char *tag)
{
	const struct language *language = language_find(tag);

	for (size_t i = 0; language && i < hall->offered_count; i++) {
		if (hall->offered[i].language == language)
			return &hall->offered[i];
	}
	return NULL;
}
