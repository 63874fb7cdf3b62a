#include "xlsform/nearest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/memory.h"

#define LENGTH 40 /* bytes; longer words are not compared */

static size_t least(size_t a, size_t b, size_t c)
{
	size_t d = a < b ? a : b;

	return d < c ? d : c;
}

/* Letters to put in, take out or change (Levenshtein), a row at a time. */
static size_t distance(const char *a, const char *b)
{
	size_t row[LENGTH + 1], length = strlen(b);

	for (size_t k = 0; k <= length; k++)
		row[k] = k;
	for (size_t i = 0; a[i]; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t k = 0; k < length; k++) {
			size_t above = row[k + 1];
			bool same = tolower((unsigned char)a[i]) ==
				    tolower((unsigned char)b[k]);

			row[k + 1] =
			    least(above + 1, row[k] + 1, corner + !same);
			corner = above;
		}
	}
	return row[length];
}

void nearest_offer(struct nearest *nearest, const char *word)
{
	size_t length = strlen(nearest->word);

	if (length > LENGTH || strlen(word) > LENGTH)
		return;
	size_t wrong = distance(nearest->word, word);

	if (3 * wrong > length || (nearest->best && wrong >= nearest->wrong))
		return;
	nearest->best = word;
	nearest->wrong = wrong;
}

char *nearest_question(const struct nearest *nearest, const char *before,
		       const char *after)
{
	return nearest->best ? xasprintf("; did you mean %s%s%s?", before,
					 nearest->best, after)
			     : xstrdup("");
}
