#include "record/assess.h"

#include <string.h>

static const char *const change_words[] = {
	[ASSESS_SAME] = "same",   [ASSESS_BETTER] = "better",
	[ASSESS_WORSE] = "worse", [ASSESS_LEARNT] = "learnt",
	[ASSESS_LOST] = "lost",
};

const char *assess_change_word(enum assess_change change)
{
	return change_words[change];
}

enum assess_change assess_compare(enum need_level before, enum need_level after)
{
	if (before == after)
		return ASSESS_SAME;
	if (before == LEVEL_UNKNOWN)
		return ASSESS_LEARNT;
	if (after == LEVEL_UNKNOWN)
		return ASSESS_LOST;
	return after > before ? ASSESS_BETTER : ASSESS_WORSE;
}

size_t assess_compare_all(const struct assess *before,
			  const struct assess *after,
			  enum assess_change change[DOMAIN_COUNT])
{
	size_t changed = 0;

	for (size_t i = 0; i < DOMAIN_COUNT; i++) {
		change[i] = assess_compare(before->levels[i].level,
					   after->levels[i].level);
		changed += change[i] != ASSESS_SAME;
	}
	return changed;
}

bool assess_suggests(const struct assess *assess,
		     enum domain pressing[DOMAIN_COUNT], size_t *count)
{
	size_t crises = 0;

	*count = 0;
	for (int i = 0; i < DOMAIN_COUNT; i++) {
		const enum need_level level = assess->levels[i].level;

		if (level != LEVEL_CRISIS && level != LEVEL_VULNERABLE)
			continue;
		pressing[(*count)++] = (enum domain)i;
		crises += level == LEVEL_CRISIS;
	}
	return crises >= 2 || (crises && *count >= 3);
}
