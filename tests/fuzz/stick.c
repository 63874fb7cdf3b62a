#include <assert.h>

#include "base/bytes.h"
#include "base/file.h"
#include "desk/box_stick.h"
#include "issue/agency.h"
#include "issue/key_gone.h"
#include "tests/fuzz/folder.h"

/*
 * A stick that somebody puts in, from which a desk box is made anew: files of
 * any names, each a name, a zero byte and what is in it, parted by zero bytes.
 * A backup's own bytes are the target backup's. Nothing comes to lie outside
 * the home's folders, and no secret does at all.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FILES 12

static char *stick, *folder, *desk;
static struct home *home;

static void begin(void)
{
	fuzz_begin();
	stick = fuzz_path("stick");
	folder = fuzz_path("stick/" STICK_FOLDER);
	desk = fuzz_path("desk");
	must(!home_open(desk, &home));
}

/* --- what is on it -------------------------------------------------------- */

/* Names as a FAT may hold them: no "/", and no folder's own. "forms:NAME" lies
 * a folder below. */
static char *place_of(const char *name)
{
	static const char below[] = "forms:";
	const bool deep = !strncmp(name, below, strlen(below));
	const char *own = deep ? name + strlen(below) : name;

	if (!*own || strchr(own, '/') || strlen(own) > 100 ||
	    !strcmp(own, ".") || !strcmp(own, "..") || !strcmp(own, "forms"))
		return NULL;
	return xasprintf("%s/%s%s", folder, deep ? "forms/" : "", own);
}

static const uint8_t *take_part(const uint8_t *at, const uint8_t *end,
				char **text, size_t *length)
{
	const uint8_t *zero = memchr(at, 0, (size_t)(end - at));
	const uint8_t *stop = zero ? zero : end;

	*length = (size_t)(stop - at);
	*text = xstrndup((const char *)at, *length);
	return zero ? zero + 1 : end;
}

static void write_stick(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *forms = xasprintf("%s/forms", folder);
	const uint8_t *end = data + size;

	must(!mkdir(stick, 0700) && !mkdir(folder, 0700));
	must(!mkdir(forms, 0700));
	for (int i = 0; i < FILES && data < end; i++) {
		SCOPED(char_freep) char *name = NULL;
		SCOPED(char_freep) char *bytes = NULL;
		SCOPED(char_freep) char *path = NULL;
		size_t length;

		data = take_part(data, end, &name, &length);
		data = take_part(data, end, &bytes, &length);
		if ((path = place_of(name)))
			fuzz_put(path, bytes, length);
	}
}

/* --- what came of it ------------------------------------------------------ */

/* Each is a setting, a public key, the history or a form, and for this user
 * alone. */
static int check_file(const char *path, const struct stat *about, int kind,
		      struct FTW *at)
{
	const char *name = path + strlen(desk);
	const char *dot = strrchr(name, '.');

	(void)at;
	if (kind == FTW_D)
		return 0;
	assert(kind == FTW_F && (about->st_mode & 077) == 0);
	assert(!strcmp(name, "/foyer.ini") ||
	       !strcmp(name, "/keys/" AGENCY_FILE) ||
	       !strcmp(name, "/keys/" KEYS_HISTORY) ||
	       (!strncmp(name, "/forms/", 7) && !strchr(name + 7, '/') && dot &&
		!strcmp(dot, ".xml")));
	return 0;
}

static void look(void)
{
	struct sticks_found found;

	stick_look(stick, &found);
	assert(found.count <= STICK_BACKUPS);
	for (size_t i = 0; i < found.count; i++) {
		assert(strlen(found.names[i]) > strlen(".backup"));
		assert(found.names[i][0] != '.');
		assert(!i || strcmp(found.names[i - 1], found.names[i]) > 0);
	}
	stick_found_done(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!home)
		begin();
	fuzz_clear(stick);
	fuzz_clear(desk);
	write_stick(data, size);
	look();
	/* Again, as when the power went: what is there stays. */
	for (int i = 0; i < 2; i++) {
		(void)!stick_bring(stick, home);
		must(!nftw(desk, check_file, 8, FTW_PHYS));
	}
	return 0;
}
