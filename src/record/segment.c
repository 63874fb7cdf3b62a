#include "record/segment.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

#define NEED_NAME(name, segment) [DOMAIN_##name] = #name,
#define NEED_SEGMENT(name, segment) [DOMAIN_##name] = SEGMENT_##segment,
#define NEED_IS_NONE(name, segment) +(SEGMENT_##segment == SEGMENT_NONE)

static const char *const domains[DOMAIN_COUNT] = { NEEDS(NEED_NAME) };
static const enum segment segments[DOMAIN_COUNT] = { NEEDS(NEED_SEGMENT) };

/* A need that belongs nowhere would be helped with nowhere. */
static_assert((0 NEEDS(NEED_IS_NONE)) == 2,
	      "only INF and OTH belong to no segment");

static const char *const segment_words[SEGMENT_COUNT] = {
	[SEGMENT_CRISIS_AND_SAFETY] = "crisis_and_safety",
	[SEGMENT_HEALTH] = "health",
	[SEGMENT_LIFE_SKILLS] = "life_skills",
	[SEGMENT_COMMUNITY_SUPPORTS] = "community_supports",
	[SEGMENT_ENABLER] = "enabler",
	[SEGMENT_NONE] = "",
};

const char *domain_word(enum domain domain)
{
	return domains[domain];
}

bool domain_of(const char *word, enum domain *out)
{
	for (int i = 0; i < DOMAIN_COUNT; i++) {
		if (strcmp(domains[i], word) == 0) {
			*out = (enum domain)i;
			return true;
		}
	}
	return false;
}

enum segment domain_segment(enum domain domain)
{
	return segments[domain];
}

const char *segment_word(enum segment segment)
{
	return segment_words[segment];
}

static const struct {
	const char *word;
	char letter;
} levels[LEVEL_COUNT] = {
	[LEVEL_UNKNOWN] = { "unknown", 'U' },
	[LEVEL_CRISIS] = { "crisis", 'C' },
	[LEVEL_VULNERABLE] = { "vulnerable", 'V' },
	[LEVEL_STABLE] = { "stable", 'S' },
	[LEVEL_THRIVING] = { "thriving", 'T' },
};

const char *level_word(enum need_level level)
{
	return levels[level].word;
}

enum need_level level_of(const char *word)
{
	for (int i = 0; i < LEVEL_COUNT; i++) {
		if (strcmp(levels[i].word, word) == 0)
			return (enum need_level)i;
	}
	return LEVEL_UNKNOWN;
}

char level_letter(enum need_level level)
{
	return levels[level].letter;
}

enum need_level level_of_letter(char letter)
{
	for (int i = 0; i < LEVEL_COUNT; i++) {
		if (levels[i].letter == letter)
			return (enum need_level)i;
	}
	return LEVEL_UNKNOWN;
}
