#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "base/memory.h"
#include "card/services.h"
#include "form/form.h"
#include "form/run.h"
#include "issue/issue.h"
#include "issue/lobby.h"
#include "kiosk/buttons.h"
#include "kiosk/timepiece.h"
#include "print/profile.h"
#include "speech/speaker.h"
#include "text/catalogue.h"
#include "text/language.h"
#include "text/lexicon.h"
#include "ticket/slots.h"
#include "ui/term.h"

/*
 * What the kiosk knows before anybody comes: settings, the form, the
 * languages it offers, its numbers. Read once; holds nothing of any
 * visitor, so every visitor's process is forked from it.
 */

/* A language that is offered: complete, and reviewed or named by the agency. */
struct offered {
	const struct language *language;
	size_t index; /* in the lexicon */
};

struct album;

struct hall {
	struct home *home;
	struct lobby *lobby;
	struct form *form;
	struct slots *slots;
	struct issuer *issuer;
	struct lexicon *lexicon;
	struct offered *offered; /* English first, then as screens list them */
	size_t offered_count;
	struct album *album;       /* the form's pictures, and those of needs */
	struct services *services; /* to look through; NULL: none */
	const char *printer;       /* a sound address, as print/printer.h */
	struct profile profile;    /* of its model */
	bool own_english; /* the form's, which the catalogue's is older than */
	int paper_width;  /* dots */
	bool left_handed; /* how a visit begins: the layout, */
	int text_size;    /* the letters (1 to ASK_SIZES) */
	enum term_theme theme;
	struct buttons buttons;
	int idle_seconds;   /* before "Are you still here?" */
	int extend_seconds; /* then, before everything is erased */
	int last_seconds;   /* the closing screen stays so long */
	struct speaker_ways speech;
	bool listened; /* speech was looked into */
	struct timepiece clock;
	bool own_machine; /* the kiosk's alone: see kiosk/timepiece.h */
	bool has_pin;     /* staff have one: there is a menu for them */
	bool visited;     /* somebody was received since the start */
};

/*
 * Reads everything, and begins the form once. The caller frees *out with
 * hall_free().
 * Faults are those of settings, form, PO files and issuer_open(); the log says
 * what is wrong and how to mend it.
 */
MUST_CHECK enum fault hall_open(struct home *home, bool own_machine,
				struct hall **out);
void hall_free(struct hall *hall); /* NULL is fine; home stays the caller's */
DEFINE_SCOPED(struct hall, hall_free)

/* What the kiosk is called at an office's printer (print/clerk.h): "K7 91F2".
 * The caller frees it. */
char *hall_sender(const struct hall *hall);

/* The time: ms since 1970 UTC. */
int64_t hall_now(const struct hall *hall);

/* For a run of the form by nobody: no chance, and the form's own words. The
 * hall outlives the run. */
struct run_world hall_world(struct hall *hall);

/* Whether a day ("2027-04-30") is over, in the kiosk's zone; "" always is.
 * False while nobody has said what day it is. */
bool hall_is_past(const struct hall *hall, const char *day);

/*
 * Whether the lobby is open now: within foyer.ini's [hours] for that weekday in
 * the kiosk's zone (always, where there is no such section, and while nobody
 * has said what time it is), and not closed by staff (`foyer kiosk close`).
 */
bool hall_is_open(const struct hall *hall);

/*
 * The words of an offered language, kiosk, ticket and the form's own: read when
 * they are first asked for. English's where a file was taken away meanwhile.
 */
const struct catalogue *hall_words(struct hall *hall,
				   const struct offered *offered);

/*
 * Finds out what can be read aloud here, once there is something to hear it
 * with: `[speech] output` and `headphones`, and whether espeak-ng is there.
 */
void hall_listen(struct hall *hall);

/* English, which the form and the catalogue both have. */
bool hall_is_source(const struct offered *offered);

/* The offered language of a tag, or NULL. */
const struct offered *hall_offered(const struct hall *hall, const char *tag);
