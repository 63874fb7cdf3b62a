#include "scan/progress.h"

/* 583 p P ssss llll, groups of 7 bytes in 17 digits, a checksum of 10. */
size_t progress_whole(const char header[PROGRESS_HEADER])
{
	static const size_t rest[] = { 0, 3, 5, 8, 10, 13, 15 };
	size_t bytes = 0;

	for (int i = 9; i < PROGRESS_HEADER; i++)
		bytes = bytes * 10 + (size_t)(header[i] - '0');
	return PROGRESS_HEADER + bytes / 7 * 17 + rest[bytes % 7] + 10;
}

int progress_percent(size_t count, size_t whole)
{
	if (!whole)
		return 0;
	return count >= whole ? 99 : (int)(count * 100 / whole);
}
