#include "text/search.h"

#include <string.h>
#include <unicode/utf8.h>

#include "base/memory.h"

bool search_fits(const char *row, const char *typed)
{
	SCOPED(char_freep) char *words = xstrdup(typed);
	char *rest = words, *word;

	while ((word = strsep(&rest, " "))) {
		if (!strstr(row, word))
			return false;
	}
	return true;
}

enum points { POINT_ANYWHERE = 1, POINT_BESIDE = 4, POINT_BEGINNING = 6 };

/* The next letter that is typed, blanks left out; 0 at the end. */
static UChar32 next_typed(const char *typed, int32_t *at, int32_t length)
{
	UChar32 point = 0;

	while (*at < length) {
		U8_NEXT_OR_FFFD((const uint8_t *)typed, *at, length, point);
		if (point != ' ')
			return point;
	}
	return 0;
}

/* The points of the letters from offset on, each taken where it first comes. */
static int score_from(const char *row, int32_t at, const char *typed)
{
	int32_t length = (int32_t)strlen(row), end = (int32_t)strlen(typed);
	int32_t next = 0, behind = -1;
	UChar32 wanted = next_typed(typed, &next, end);
	int score = 0;

	while (wanted && at < length) {
		int32_t begin = at;
		UChar32 point;

		U8_NEXT_OR_FFFD((const uint8_t *)row, at, length, point);
		if (point != wanted)
			continue;
		score += begin == 0 || row[begin - 1] == ' ' ? POINT_BEGINNING
			 : begin == behind                   ? POINT_BESIDE
							     : POINT_ANYWHERE;
		behind = at;
		wanted = next_typed(typed, &next, end);
	}
	return wanted ? -1 : score;
}

int search_score(const char *row, const char *typed)
{
	int32_t length = (int32_t)strlen(row);
	int best = score_from(row, 0, typed);

	for (int32_t at = 0; at < length;) {
		int score;

		U8_FWD_1((const uint8_t *)row, at, length);
		score = score_from(row, at, typed);
		if (score > best)
			best = score;
	}
	return best;
}
