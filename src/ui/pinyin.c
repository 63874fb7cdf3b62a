#include "ui/pinyin.h"

#include <string.h>

#include "base/memory.h"

#define SYLLABLE_BYTES 7
#define CHARACTER_BYTES 3 /* all are */

/* In the order of the alphabet; the characters most used first. */
struct syllable {
	char spelling[SYLLABLE_BYTES];
	const char *characters;
};

#include "build/pinyin.inc"

struct table {
	const struct syllable *syllables;
	size_t count;
};

static struct table table_of(bool is_traditional)
{
	return is_traditional
		   ? (struct table){ traditional, COUNT(traditional) }
		   : (struct table){ simplified, COUNT(simplified) };
}

/* The syllables that begin with so many letters of spelling. */
static struct table beginning_with(struct table table, const char *spelling,
				   size_t length)
{
	struct table found = { table.syllables, 0 };

	for (size_t i = 0; i < table.count; i++) {
		if (strncmp(table.syllables[i].spelling, spelling, length) != 0)
			continue;
		if (!found.count)
			found.syllables = &table.syllables[i];
		found.count++;
	}
	return found;
}

static bool is_whole(struct table table, size_t length)
{
	return table.count && strlen(table.syllables[0].spelling) == length;
}

/* Each syllable's first character, then each one's second, ... */
static int take(struct table from, int skip, int most, char out[][PINYIN_BYTES])
{
	int count = 0;

	for (size_t at = 0, left = 1; left; at++) {
		left = 0;
		for (size_t i = 0; i < from.count && count < most; i++) {
			const char *characters = from.syllables[i].characters;

			if (at * CHARACTER_BYTES >= strlen(characters))
				continue;
			left++;
			if (skip-- > 0)
				continue;
			memcpy(out[count], characters + at * CHARACTER_BYTES,
			       CHARACTER_BYTES);
			out[count++][CHARACTER_BYTES] = 0;
		}
	}
	return count;
}

size_t pinyin_offer(const char *spelling, bool is_traditional, int skip,
		    int most, char out[][PINYIN_BYTES], int *count)
{
	struct table table = table_of(is_traditional);
	size_t length = strlen(spelling);
	struct table found = beginning_with(table, spelling, length);

	*count = 0;
	if (!length)
		return 0;
	while (!found.count ||
	       (length < strlen(spelling) && !is_whole(found, length))) {
		if (--length == 0)
			return 0;
		found = beginning_with(table, spelling, length);
	}
	/* A syllable that is whole is meant, though it begins longer ones. */
	if (is_whole(found, length))
		found.count = 1;
	*count = take(found, skip, most, out);
	return length;
}
