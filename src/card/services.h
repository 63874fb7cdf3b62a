#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * The services that everybody may look through at a kiosk: the file
 * services.json of an agency's folder, which `foyer directory publish` writes
 * (record/directory.h) and the kiosk pins with the rest of its card.
 *
 *	{ "shape": "foyer services 1", "day": "2026-11-22", "services": [
 *	  { "name": { "en": "Housing desk", "ar": "..." },
 *	    "organization": { "en": "..." }, "description", "who",
 *	    "interpreting", "bring", "cost", "apply", "wait", "access",
 *	    "address", "phone", "web": likewise,
 *	    "needs": ["HOU"], "languages": ["en", "ti"],
 *	    "hours": [ { "days": "MO,WE", "opens": "09:00", "closes": "16:30" },
 *	               { "text": { "en": "By appointment" } } ],
 *	    "walk_in": true, "women_only": true, "free": true,
 *	    "until": "2027-04-30" } ] }
 *
 * Only the name is needed. From the day after until on nobody knows whether it
 *is still right. What it does not know it passes over.
 */
#define SERVICES_FILE "services.json"
#define SERVICES_LIMIT (4u << 20) /* bytes */
#define SERVICES_MOST 1000        /* services; in a file */
#define SERVICE_TEXT_LIMIT 4000   /* bytes of a text */
#define SERVICE_LIST_MOST 40      /* needs, languages, hours of a service */

enum service_part {
	SERVICE_NAME,
	SERVICE_ORGANIZATION,
	SERVICE_WHAT_FOR,
	SERVICE_WHO,
	SERVICE_INTERPRETING,
	SERVICE_BRING,
	SERVICE_COST,
	SERVICE_APPLY,
	SERVICE_WAIT,
	SERVICE_ACCESS,
	SERVICE_ADDRESS,
	SERVICE_PHONE,
	SERVICE_WEB,
	SERVICE_PARTS,
};

struct service_text {
	char *tag, *text; /* BCP 47; one line or several, no control signs */
};

/* A text in one language or several; none has no list. */
struct service_words {
	struct service_text *list;
	size_t count;
};

struct service_hours {
	char *days;           /* text/weekdays.h; NULL: see text */
	char *opens, *closes; /* "09:00"; closes may be NULL */
	struct service_words text;
};

struct service {
	struct service_words parts[SERVICE_PARTS];
	char **needs, **languages;
	size_t need_count, language_count;
	struct service_hours *hours;
	size_t hours_count;
	bool walk_in, women_only, free;
	char *until; /* "2027-04-30", "" where it is not right for sure today */
};

struct services {
	struct service *list;
	size_t count;
};

/*
 * Takes such a file apart. On success the caller frees *out with
 * services_free(). On FAULT_FORMAT and FAULT_LIMIT *why says what is wrong, in
 * English, for the caller to free; *out is untouched.
 */
MUST_CHECK enum fault services_parse(const void *bytes, size_t length,
				     char **why, struct services **out);
void services_free(struct services *services); /* NULL is fine */
DEFINE_SCOPED(struct services, services_free)

/* The text in a language, or else in English, or else the first; NULL: none. */
const struct service_text *service_say(const struct service_words *words,
				       const char *tag);

/* Whether it serves a need ("HOU"). */
bool service_serves(const struct service *service, const char *need);
