#include "kiosk/hall.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ask/field.h"
#include "ask/fit.h"
#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "form/stale.h"
#include "kiosk/hours.h"
#include "kiosk/needs.h"
#include "print/address.h"
#include "print/paper.h"
#include "seal/key.h"
#include "speech/voice.h"
#include "text/zone.h"
#include "ui/album.h"

#define SOURCE 0 /* English, the first of the lexicon's languages */

/* Where the kiosk's own machine has its printer. */
#define PRINTER "/dev/foyer/printer"

static enum fault open_lexicon(struct hall *hall)
{
	SCOPED(char_freep) char *shipped = data_path("translations");
	SCOPED(char_freep)
	char *dropped = home_path(hall->home, HOME_SETTINGS, "translations");

	return lexicon_open(
	    &(struct lexicon_options){
		.shipped = shipped,
		.dropped = dropped,
		.form = form_id(hall->form),
		.drafts = settings_text(hall->lobby->settings, "languages",
					"drafts", ""),
		.believe = true,
		.fit = ask_fit,
	    },
	    &hall->lexicon);
}

static void tell_stale(void *to, const struct form_string *string)
{
	log_warning("%s: the form asks something else now than %s.en.po has: "
		    "see `foyer form check`",
		    string->key, (const char *)to);
}

/* A question that was changed is not asked in its old words: a language that
 * has those is not complete. */
static bool says_what_the_form_asks(struct hall *hall, size_t index)
{
	const struct catalogue *words;

	if (!hall->own_english || index == SOURCE)
		return true;
	words = lexicon_words(hall->lexicon, index);
	if (words && !form_stale(hall->form, words, NULL, NULL))
		return true;
	log_warning("%s still has the old words of the form and is not "
		    "offered",
		    lexicon_at(hall->lexicon, index)->language->tag);
	return false;
}

static enum fault offer_all(struct hall *hall)
{
	enum fault fault = open_lexicon(hall);
	size_t count = fault ? 0 : lexicon_count(hall->lexicon);

	if (count)
		hall->own_english =
		    form_stale(hall->form, lexicon_words(hall->lexicon, SOURCE),
			       tell_stale, (void *)form_id(hall->form)) > 0;
	hall->offered = xcalloc(count + 1, sizeof *hall->offered);
	for (size_t i = 0; i < count; i++) {
		const struct lexicon_language *about =
		    lexicon_at(hall->lexicon, i);

		if (about->offered && says_what_the_form_asks(hall, i))
			hall->offered[hall->offered_count++] =
			    (struct offered){ .language = about->language,
					      .index = i };
	}
	return fault;
}

static enum fault read_form(struct hall *hall)
{
	const char *name =
	    settings_text(hall->lobby->settings, "kiosk", "form", "intake");
	SCOPED(char_freep) char *file = xasprintf("%s.xml", name);
	SCOPED(char_freep) char *below = xasprintf("forms/%s", file);
	SCOPED(char_freep) char *shipped = data_path(below);
	SCOPED(char_freep)
	char *own = home_path(hall->home, HOME_FORMS, file);
	bool ships = !file_exists(own) && file_exists(shipped);
	enum fault fault = form_read(ships ? shipped : own, NULL, &hall->form);

	return fault ? fault : slots_new(hall->form, &hall->slots);
}

static int64_t now_of(void *to)
{
	return hall_now(to);
}

static const char *property(void *to, const char *name)
{
	const struct hall *hall = to;

	return lobby_property(hall->lobby, name);
}

struct run_world hall_world(struct hall *hall)
{
	return (struct run_world){
		.to = hall,
		.now = now_of,
		.zone = hall->lobby->zone,
		.property = property,
	};
}

/* One that cannot be begun, or that must be answered and cannot, serves nobody,
 * and no visitor is to find that out: staff read why. */
static enum fault try_form(struct hall *hall)
{
	const struct run_world world = hall_world(hall);
	SCOPED(run_freep) struct run *run = NULL;
	enum fault fault = run_new(hall->form, &world, &run);

	return fault ? fault : run_try_choices(run);
}

/* A list that cannot be read is none; nothing else depends on it. */
static void read_services(struct hall *hall)
{
	SCOPED(char_freep)
	char *path = home_path(hall->home, HOME_SETTINGS, SERVICES_FILE);
	SCOPED(char_freep) char *why = NULL;
	struct bytes bytes = { 0 };

	if (!file_exists(path))
		return;
	if (file_read(path, SERVICES_LIMIT, &bytes))
		why = xstrdup("it cannot be read");
	else
		(void)!services_parse(bytes.data ? (void *)bytes.data : "",
				      bytes.length, &why, &hall->services);
	bytes_done(&bytes);
	if (why)
		log_warning("%s: %s; nobody can look through services here: "
			    "make it again with `foyer directory publish`",
			    path, why);
	if (hall->services && !hall->services->count) {
		services_free(hall->services);
		hall->services = NULL;
	}
}

static void read_picture(void *to, const char *address)
{
	(void)album_find(to, address);
}

/* All are read now: visitors' processes share them, and what cannot be read is
 * logged once. */
static void read_pictures(struct hall *hall)
{
	const char *name =
	    settings_text(hall->lobby->settings, "kiosk", "form", "intake");

	hall->album = album_of_form(hall->home, name);
	form_images(hall->form, read_picture, hall->album);
	for (size_t i = 0; hall->services && i < needs_count(); i++)
		(void)album_find(hall->album, need_at(i)->picture);
}

/* The place of a setting's word among those known; the first of them where it
 * is not there or none of them. */
static int known_word(const struct settings *settings, const char *name,
		      const char *const *words, int count)
{
	const char *word = settings_text(settings, "kiosk", name, words[0]);

	for (int i = 0; i < count; i++) {
		if (strcmp(word, words[i]) == 0)
			return i;
	}
	return 0;
}

static void read_look(struct hall *hall)
{
	static const char *const themes[] = { [TERM_DARK] = "dark",
					      [TERM_LIGHT] = "light",
					      [TERM_STRONG] = "strong" };
	static const char *const sizes[] = { "100", "150", "200" };
	const struct settings *settings = hall->lobby->settings;

	static_assert(COUNT(sizes) == ASK_SIZES, "a word for every size");
	hall->left_handed =
	    settings_flag(settings, "kiosk", "left_handed", false);
	hall->theme = (enum term_theme)known_word(settings, "theme", themes,
						  COUNT(themes));
	hall->text_size =
	    1 + known_word(settings, "text_size", sizes, COUNT(sizes));
	buttons_read(settings, &hall->buttons);
}

/* Nobody is hurried, but where it is only tried out. */
static int read_patience(const struct hall *hall, const char *name, long least,
			 long usual)
{
	long seconds =
	    settings_number(hall->lobby->settings, "kiosk", name, usual);

	if (seconds >= least || home_is_demo(hall->home))
		return (int)seconds;
	log_warning("foyer.ini: [kiosk] %s is %ld, which only a demo takes; "
		    "write %ld or more (taken as %ld)",
		    name, seconds, least, usual);
	return (int)usual;
}

/* Here it is complained of once, not for each visitor. */
static const char *sound(const char *text)
{
	struct address address;

	if (address_read(text, &address))
		return "none";
	address_done(&address);
	return text;
}

static void read_printer(struct hall *hall)
{
	const struct settings *settings = hall->lobby->settings;

	hall->printer = sound(
	    settings_text(settings, "printer", "address",
			  file_exists(PRINTER) ? "tty:" PRINTER : "none"));
	hall->profile = profile_usual;
	if (profile_find(hall->home,
			 settings_text(settings, "printer", "profile", ""),
			 &hall->profile))
		log_warning("it is printed as on any printer");
	hall->paper_width = hall->lobby->paper_width;
	if (hall->profile.paper_mm &&
	    !*settings_text(settings, "printer", "paper_mm", ""))
		hall->paper_width =
		    hall->profile.paper_mm == 80 ? PAPER_WIDE : PAPER_NARROW;
}

static void read_settings(struct hall *hall)
{
	settings_check(hall->lobby->settings);
	read_printer(hall);
	hall->idle_seconds = read_patience(hall, "idle", 20, 60);
	hall->extend_seconds = read_patience(hall, "extend", 20, 30);
	hall->last_seconds = read_patience(hall, "last", 5, 20);
}

static void read_speech(struct hall *hall)
{
	const struct settings *settings = hall->lobby->settings;

	hall->speech = (struct speaker_ways){
		.packs = { home_path(hall->home, HOME_SETTINGS, "audio"),
			   data_path("audio") },
		.output = xstrdup(settings_text(settings, "speech", "output",
						"alsa:default")),
		.root = xstrdup(""),
		.vouched =
		    settings_flag(settings, "speech", "headphones", false),
	};
}

void hall_listen(struct hall *hall)
{
	if (!hall->listened && !speaker_is_heard(&hall->speech)) {
		if (!hall->visited)
			log_note("nothing is read aloud: there is no sound "
				 "card");
	} else if (!hall->listened) {
		hall->listened = true;
		hall->speech.has_voice = voice_is_installed();
		if (!hall->speech.has_voice)
			log_note("espeak-ng is not installed: only recordings "
				 "are read aloud");
	}
}

enum fault hall_open(struct home *home, bool own_machine, struct hall **out)
{
	SCOPED(hall_freep) struct hall *hall = xcalloc(1, sizeof *hall);
	SCOPED(char_freep) char *pin = home_path(home, HOME_KIOSK, "staff.pin");
	enum fault fault;

	hall->home = home;
	hall->own_machine = own_machine;
	hall->clock = timepiece_read(home, own_machine);
	if ((fault = lobby_read(home, &hall->lobby)) ||
	    (fault = read_form(hall)) || (fault = try_form(hall)) ||
	    (fault = offer_all(hall)) ||
	    (fault = issuer_open(home, hall->lobby, &hall->issuer)))
		return fault;
	read_services(hall);
	read_pictures(hall);
	read_look(hall);
	read_settings(hall);
	hall->has_pin = file_exists(pin);
	read_speech(hall);
	*out = hall;
	hall = NULL;
	return FAULT_NONE;
}

void hall_free(struct hall *hall)
{
	if (!hall)
		return;
	issuer_free(hall->issuer);
	speaker_ways_done(&hall->speech);
	free(hall->offered);
	lexicon_free(hall->lexicon);
	services_free(hall->services);
	album_free(hall->album);
	slots_free(hall->slots);
	form_free(hall->form);
	lobby_free(hall->lobby);
	free(hall);
}

char *hall_sender(const struct hall *hall)
{
	return xasprintf("%s %04X", hall->lobby->kiosk,
			 key_id(KEY_KIOSK, issuer_kiosk(hall->issuer)));
}

int64_t hall_now(const struct hall *hall)
{
	return timepiece_now(&hall->clock);
}

static struct tm local_time(const struct hall *hall)
{
	const int64_t now = hall_now(hall);
	const time_t local = (now + zone_offset(hall->lobby->zone, now)) / 1000;
	struct tm day;

	gmtime_r(&local, &day);
	return day;
}

/* A machine of its own has no clock until somebody set it. */
static bool knows_time(const struct hall *hall)
{
	return !hall->own_machine || hall->clock.trusted;
}

bool hall_is_past(const struct hall *hall, const char *day)
{
	const struct tm now = local_time(hall);
	char today[16];

	strftime(today, sizeof today, "%Y-%m-%d", &now);
	return !*day || (knows_time(hall) && strcmp(day, today) < 0);
}

bool hall_is_open(const struct hall *hall)
{
	SCOPED(char_freep)
	char *closed = home_path(hall->home, HOME_KIOSK, "closed");
	const struct tm day = local_time(hall);

	return !file_exists(closed) &&
	       (!knows_time(hall) ||
		hours_open(hall->lobby->settings, (day.tm_wday + 6) % 7,
			   day.tm_hour * 60 + day.tm_min));
}

const struct catalogue *hall_words(struct hall *hall,
				   const struct offered *offered)
{
	const struct catalogue *words =
	    lexicon_words(hall->lexicon, offered->index);

	return words ? words : lexicon_words(hall->lexicon, 0);
}

bool hall_is_source(const struct offered *offered)
{
	return offered->index == SOURCE;
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
