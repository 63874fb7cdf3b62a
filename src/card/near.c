#include "card/near.h"

#include <ctype.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int letter(char c)
{
	return c == '-' || c == ' ' ? '_' : tolower((unsigned char)c);
}

/* Optimal string alignment, after the usual table. */
size_t near_distance(const char *a, const char *b)
{
	size_t table[NEAR_NAME + 1][NEAR_NAME + 1];
	const size_t rows = strnlen(a, NEAR_NAME),
		     columns = strnlen(b, NEAR_NAME);

	for (size_t i = 0; i <= rows; i++)
		table[i][0] = i;
	for (size_t j = 0; j <= columns; j++)
		table[0][j] = j;
	for (size_t i = 1; i <= rows; i++) {
		for (size_t j = 1; j <= columns; j++) {
			const int same = letter(a[i - 1]) == letter(b[j - 1]);
			size_t way = table[i - 1][j - 1] + !same;

			way = least(way, table[i - 1][j] + 1);
			way = least(way, table[i][j - 1] + 1);
			if (i > 1 && j > 1 &&
			    letter(a[i - 1]) == letter(b[j - 2]) &&
			    letter(a[i - 2]) == letter(b[j - 1]))
				way = least(way, table[i - 2][j - 2] + 1);
			table[i][j] = way;
		}
	}
	return least(table[rows][columns], NEAR_FAR);
}

int near_enough(const char *written, const char *meant)
{
	const size_t length = strlen(meant);
	const size_t most = length < 4 ? 1 : length < 8 ? 2 : 3;

	return near_distance(written, meant) <= most;
}
