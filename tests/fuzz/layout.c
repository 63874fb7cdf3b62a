#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "scan/layout.h"

/* A byte a character: those of the layouts' digits, or itself. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint32_t typed[4096];
	char digits[sizeof typed / sizeof *typed + 1];
	size_t count = size < 4096 ? size : 4096;

	for (size_t i = 0; i < count; i++)
		typed[i] = data[i] < 90
			       ? layout_at(data[i] / 10)->digit[data[i] % 10]
			       : data[i];
	if (!layout_digits(typed, count, digits))
		return 0;
	assert(strlen(digits) == count);
	assert(layout_begins(typed, count));
	/* Any layout that gives all characters gives the same digits. */
	for (size_t i = 0; i < layout_count(); i++) {
		const uint32_t *row = layout_at(i)->digit;
		size_t same = 0, known = 0;

		for (size_t j = 0; j < count; j++) {
			for (int d = 0; d < 10; d++) {
				known += row[d] == typed[j];
				same +=
				    row[d] == typed[j] && digits[j] == '0' + d;
			}
		}
		if (known == count && row[5] == typed[0] && row[8] == typed[1])
			assert(same == count);
	}
	return 0;
}
