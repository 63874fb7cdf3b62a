#include "flash/words.h"

#include <stdio.h>

void words_size(uint64_t bytes, char out[WORDS_SIZE])
{
	static const char *const units[] = { "kB", "MB", "GB", "TB" };
	double number = (double)bytes / 1000;
	int unit = 0;

	while (number >= 999.95 && unit < 3) {
		number /= 1000;
		unit++;
	}
	snprintf(out, WORDS_SIZE, "%.1f %s", number, units[unit]);
}
