#include "report/read_consent.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "report/consent_page.h"

struct consents {
	struct consent_row *rows;
	size_t count;
};

static const char *const purposes[] = {
	[CONSENT_USE_TODAY] = "today", [CONSENT_KEEP] = "keep",
	[CONSENT_SHARE] = "share",     [CONSENT_SPONSOR] = "sponsor",
	[CONSENT_COUNT] = "count",     [CONSENT_RESEARCH] = "research",
};

static_assert(COUNT(purposes) == CONSENT_PURPOSES, "every purpose has a code");

static const char *const answers[] = {
	[CONSENT_GIVEN] = "given",
	[CONSENT_REFUSED] = "refused",
	[CONSENT_WITHDRAWN] = "withdrawn",
};

static bool place_of(const char *const *codes, size_t count, const char *code,
		     size_t *out)
{
	for (size_t i = 0; code && i < count; i++) {
		if (strcmp(codes[i], code) == 0) {
			*out = i;
			return true;
		}
	}
	return false;
}

static char *copied(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

/* The last change is the last answer: a consent knows no other. */
static bool take(void *to, const struct entity *consent)
{
	struct consents *consents = to;
	size_t purpose, answer;

	if (!place_of(purposes, COUNT(purposes),
		      entity_text(consent, "purpose"), &purpose) ||
	    !place_of(answers, COUNT(answers), entity_text(consent, "state"),
		      &answer))
		return true;
	consents->rows = xreallocarray(consents->rows, consents->count + 1,
				       sizeof *consents->rows);
	consents->rows[consents->count++] = (struct consent_row){
		.purpose = (enum consent_purpose)purpose,
		.with = copied(entity_text(consent, "recipient")),
		.answer = (enum consent_answer)answer,
		.day = wording_day(consent->changed_at),
		.by = copied(consent->changed_by),
	};
	return true;
}

static void consents_done(struct consents *consents)
{
	for (size_t i = 0; i < consents->count; i++) {
		char_free((char *)consents->rows[i].with);
		char_free((char *)consents->rows[i].day);
		char_free((char *)consents->rows[i].by);
	}
	free(consents->rows);
}

enum fault read_consent(const struct about *about,
			const struct wording *wording, int64_t person,
			struct page **out)
{
	SCOPED(consents_done) struct consents consents = { 0 };
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);
	SCOPED(char_wipep) char *name = wording_person(wording, person);
	const struct entity_match matches[] = { { "person", id },
						{ NULL, NULL } };
	enum fault fault =
	    entity_each(wording->record, kind_find("consent"), matches, NULL, 0,
			wording->who, take, &consents);

	if (fault)
		return fault;
	*out = consent_page(about,
			    &(struct consent_page){ .name = name,
						    .rows = consents.rows,
						    .count = consents.count });
	return FAULT_NONE;
}
