#include "issue/key_open.h"

#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"

/* A board with 2 GB shows somewhat less; 256 MiB would hurt it. */
#define PC_MEMORY (3LL << 30)

enum agency_key_cost keys_cost(const struct home *home)
{
	long long memory =
	    (long long)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);

	if (home_is_demo(home))
		return AGENCY_KEY_DEMO;
	return memory < PC_MEMORY ? AGENCY_KEY_PI : AGENCY_KEY_PC;
}

enum fault keys_open(const struct home *home, const char *passphrase,
		     enum agency_key_answer *answer, struct agency_key **out)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KEYS, KEYS_SECRET);
	struct bytes file = { 0 };
	enum fault fault = file_read(path, AGENCY_KEY_FILE_LIMIT, &file);

	if (!fault)
		fault = agency_key_unlock(file.data, file.length, passphrase,
					  answer, out);
	bytes_done(&file);
	return fault;
}
