#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "office/outlet.h"
#include "seal/stream.h"

/*
 * What `foyer record unseal` reads. The first byte says what the rest is: even,
 * a file as it is; odd, changes to a sealed one of so many bytes, four of input
 * each: where, in two, what is turned there, and whether it is cut off. What
 * opens is what was sealed, whole; anything else gives no file.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST (1 << 20) /* bytes of a file here */

static char folder[] = "/dev/shm/foyer-fuzz-XXXXXX";
static char *sealed_path, *opened_path;
static struct agency_key *key;

/* Sealed ones of several lengths: none, a few, a whole frame, and more. */
static const size_t lengths[] = { 0, 1, 300, STREAM_FRAME, STREAM_FRAME + 5 };
static struct bytes whole[sizeof lengths / sizeof *lengths];
static uint8_t plain[STREAM_FRAME + 5];

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static void must(int good)
{
	if (!good)
		abort();
}

static void clean(void)
{
	(void)!file_remove(sealed_path);
	(void)rmdir(folder);
}

static void prepare(void)
{
	static const uint8_t secret[32] = { 0x48 };

	must(mkdtemp(folder) != NULL);
	sealed_path = xasprintf("%s/sealed", folder);
	opened_path = xasprintf("%s/opened", folder);
	key = agency_key_of_secret(secret, "", 0);
	for (size_t i = 0; i < sizeof plain; i++)
		plain[i] = (uint8_t)(i * 7);
	for (size_t i = 0; i < COUNT(lengths); i++) {
		SCOPED(outlet_freep) struct outlet *outlet = NULL;

		must(!outlet_new(sealed_path, agency_key_public(key), &outlet));
		must(!outlet_write(outlet, plain, lengths[i]));
		must(!outlet_finish(outlet));
		must(!file_read(sealed_path, MOST, &whole[i]));
	}
	atexit(clean);
}

/* True: something was changed. */
static bool change(struct bytes *file, const uint8_t *data, size_t size)
{
	bool changed = false;

	for (; size > 3 && file->length; data += 4, size -= 4) {
		const size_t at =
		    (size_t)(data[0] << 8 | data[1]) * file->length / 65536;

		file->data[at] ^= data[2];
		if (data[3] & 1)
			file->length = at;
		changed |= data[2] || data[3] & 1;
	}
	return changed;
}

/* The file that was written, or none, and then nothing lies there. */
static bool opens(const struct bytes *file, struct bytes *out)
{
	SCOPED(outlet_freep) struct outlet *to = NULL;
	uint8_t receiver[KEY_BYTES];
	enum inlet_answer answer;

	must(!file_write(sealed_path, file->data, file->length, 0600));
	must(!inlet_look(sealed_path, receiver, &answer));
	if (answer != INLET_OPENED)
		return false;
	must(!outlet_new(opened_path, NULL, &to));
	must(!inlet_open(sealed_path, key, to, &answer));
	must((answer == INLET_OPENED) == file_exists(opened_path));
	if (answer == INLET_OPENED) {
		must(!file_read(opened_path, MOST, out));
		must(!file_remove(opened_path));
	}
	return answer == INLET_OPENED;
}

static void try_changed(const uint8_t *data, size_t size)
{
	const size_t i = (data[0] >> 1) % COUNT(lengths);
	struct bytes file = { 0 }, out = { 0 };
	bool changed;

	bytes_add(&file, whole[i].data, whole[i].length);
	changed = change(&file, data + 1, size - 1);
	if (opens(&file, &out))
		must(out.length == lengths[i] &&
		     (!out.length || !memcmp(out.data, plain, out.length)));
	else
		must(changed);
	bytes_done(&file);
	bytes_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	log_to(silent, NULL);
	if (!key)
		prepare();
	if (!size)
		return 0;
	if (data[0] & 1) {
		try_changed(data, size);
	} else {
		struct bytes file = { 0 }, out = { 0 };

		bytes_add(&file, data + 1, size - 1);
		must(!opens(&file, &out)); /* nobody guesses a tag */
		bytes_done(&file);
		bytes_done(&out);
	}
	return 0;
}
