#include "flash/release.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"

static enum fault not_trusted(const char *called, const struct signers *keys,
			      const uint8_t key[KEY_BYTES])
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(key, fingerprint);
	log_error("%s is signed with the key %s, which this computer does not "
		  "trust (it trusts %zu): ask whoever made the release for the "
		  "key's file, compare these numbers with them by telephone, "
		  "and give it with --key; nothing was written",
		  called, fingerprint, keys->count);
	return FAULT_FORMAT;
}

enum fault release_of(const char *called, const struct bytes *text,
		      const struct signers *keys, struct release *out)
{
	struct manifest manifest;
	bool good = false;
	enum fault fault =
	    manifest_read(called, text->data, text->length, &good, &manifest);

	if (fault)
		return fault;
	if (!good) {
		log_error("%s: its signature is wrong: it was changed or "
			  "damaged after it was made; fetch it again from "
			  "whoever made it; nothing was written",
			  called);
		fault = FAULT_FORMAT;
	} else if (!signer_trusted(keys, manifest.key)) {
		fault = not_trusted(called, keys, manifest.key);
	}
	if (fault) {
		manifest_done(&manifest);
		return fault;
	}
	*out = (struct release){ .manifest = manifest };
	bytes_add(&out->text, text->data, text->length);
	return FAULT_NONE;
}

enum fault release_open(const char *path, const struct signers *keys,
			struct release *out)
{
	const char *slash = strrchr(path, '/');
	const int folder = slash ? (int)(slash - path) + 1 : 0;
	struct bytes text = { 0 };
	enum fault fault = file_read(path, MANIFEST_LIMIT, &text);

	if (fault == FAULT_LIMIT)
		log_error("give the release's text, the file that ends in "
			  "\"" RELEASE_END "\", not the image");
	if (fault)
		return fault;
	bytes_add_text(&text, "");
	fault = release_of(path, &text, keys, out);
	bytes_done(&text);
	if (!fault)
		out->image =
		    xasprintf("%.*s%s", folder, path, out->manifest.image);
	return fault;
}

void release_done(struct release *release)
{
	manifest_done(&release->manifest);
	bytes_done(&release->text);
	free(release->image);
	*release = (struct release){ 0 };
}
