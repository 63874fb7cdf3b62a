#include "tests/support/derive.h"

#include <dlfcn.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>

static const char *watched;
static struct derived told;

void derive_watch(const char *record)
{
	watched = record;
	told = (struct derived){ 0 };
}

struct derived derive_told(void)
{
	return told;
}

static void look(void)
{
	sqlite3 *other;

	if (sqlite3_open(watched, &other) ||
	    sqlite3_exec(other, "BEGIN IMMEDIATE; ROLLBACK", NULL, NULL, NULL))
		told.held++;
	sqlite3_close(other);
	told.times++;
}

/* In the place of libsodium's, which does the work. */
int crypto_pwhash(unsigned char *const out, unsigned long long out_length,
		  const char *const passphrase, unsigned long long length,
		  const unsigned char *const salt, unsigned long long passes,
		  size_t memory, int kind)
{
	typedef int stretch(unsigned char *, unsigned long long, const char *,
			    unsigned long long, const unsigned char *,
			    unsigned long long, size_t, int);
	stretch *theirs;

	*(void **)&theirs = dlsym(RTLD_NEXT, "crypto_pwhash");
	if (!theirs)
		abort();
	if (watched)
		look();
	return theirs(out, out_length, passphrase, length, salt, passes, memory,
		      kind);
}
