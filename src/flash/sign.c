#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "flash/measure.h"
#include "flash/release.h"
#include "flash/verb.h"
#include "seal/secret.h"

/* --- names ---------------------------------------------------------------- */

/* "card.img.zst" to "card.release", beside it; the caller frees it. */
static char *release_path(const char *image)
{
	static const char *const ends[] = { ".zst", ".gz", ".img" };
	size_t length = strlen(image);

	for (size_t i = 0; i < COUNT(ends); i++) {
		const size_t end = strlen(ends[i]);

		if (length > end &&
		    strncmp(image + length - end, ends[i], end) == 0)
			length -= end;
	}
	return xasprintf("%.*s" RELEASE_END, (int)length, image);
}

static enum fault take_names(const struct given *given, struct manifest *out)
{
	const char *slash = strrchr(given->words[0], '/');
	const char *image = slash ? slash + 1 : given->words[0];
	int used;

	used = given->name
		   ? snprintf(out->name, sizeof out->name, "%s", given->name)
		   : snprintf(out->name, sizeof out->name, "Foyer %s %s",
			      out->variant, out->version.text);
	if (!*out->name || (size_t)used >= sizeof out->name ||
	    strlen(image) >= sizeof out->image) {
		log_error("a release's name, and its image's, have 1 to %d "
			  "bytes",
			  MANIFEST_NAME - 1);
		return FAULT_LIMIT;
	}
	strcpy(out->image, image);
	return FAULT_NONE;
}

/* --- the signature -------------------------------------------------------- */

static enum fault open_key(const struct given *given,
			   uint8_t seed[SIGNATURE_SEED])
{
	char passphrase[PASSPHRASE_LIMIT];
	enum fault fault = given->descriptor == PASSPHRASE_NO_FD
			       ? passphrase_ask("Passphrase: ", passphrase)
			       : passphrase_take(given->descriptor,
						 "--passphrase-fd", passphrase);

	if (!fault)
		fault = signer_open(given->key, passphrase, seed);
	secret_wipe(passphrase, sizeof passphrase);
	return fault;
}

/* What was written must read as what was meant. */
static enum fault read_again(const char *path, const struct bytes *text)
{
	struct manifest manifest;
	bool good = false;
	enum fault fault =
	    manifest_read(path, text->data, text->length, &good, &manifest);

	if (fault)
		return fault;
	manifest_done(&manifest);
	if (good)
		return FAULT_NONE;
	log_error("%s: its signature does not verify", path);
	return FAULT_FORMAT;
}

static enum fault sign(const struct given *given,
		       const struct manifest *manifest, const char *path)
{
	uint8_t *seed = secret_new(SIGNATURE_SEED);
	struct bytes text = { 0 };
	enum fault fault = open_key(given, seed);

	if (!fault) {
		manifest_write(manifest, seed, &text);
		fault = read_again(path, &text);
	}
	secret_free(seed);
	if (!fault)
		fault = file_write(path, text.data, text.length, 0644);
	bytes_done(&text);
	return fault;
}

static int run(const struct given *given)
{
	SCOPED(char_freep) char *path = release_path(given->words[0]);
	struct manifest manifest = { 0 };
	enum fault fault;

	if (!given->key)
		return verb_usage(&verb_sign, "--key names the secret key");
	fault = measure(given->words[0], &manifest);
	if (!fault)
		fault = take_names(given, &manifest);
	if (!fault)
		fault = sign(given, &manifest, path);
	if (!fault)
		printf("%s: %s, %zu boot files\n", path, manifest.name,
		       manifest.file_count);
	manifest_done(&manifest);
	return fault_exit(fault);
}

const struct verb verb_sign = {
	.name = "sign",
	.usage = "IMAGE --key FILE [--name TEXT] [--passphrase-fd N]",
	.summary = "      Makes a release of an image (plain, .gz or .zst): "
		   "writes its text beside it,\n      signed with a key of "
		   "foyer-flash key new.\n",
	.least = 1,
	.most = 1,
	.run = run,
};
