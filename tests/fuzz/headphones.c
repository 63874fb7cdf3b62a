#include <stddef.h>
#include <stdint.h>

#include "speech/headphones.h"

/* A USB device tells anything of itself that it likes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	(void)sound_is_worn(data, size);
	return 0;
}
