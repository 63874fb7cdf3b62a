#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "seal/agency_key.h"

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

/*
 * Argon2 would take the whole time, so a front that asks for much is only
 * looked at by asking for too much on top.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum agency_key_answer answer;
	struct agency_key *key = NULL;
	uint8_t *file = malloc(size + 1);

	log_to(silent, NULL);
	memcpy(file, data, size);
	if (size > 16) {
		memcpy(file, "FOYERAK1", 8);
		if (memcmp(file + 8, "\0\0\0\1\0\0\0", 7) != 0 || file[15] > 16)
			file[8] = 1; /* passes above the limit */
	}
	if (!agency_key_unlock(file, size, "passphrase", &answer, &key) &&
	    answer == AGENCY_KEY_OPENED)
		agency_key_free(key);
	free(file);
	return 0;
}
