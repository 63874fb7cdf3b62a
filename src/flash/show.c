#include <stdio.h>
#include <unistd.h>

#include "flash/image.h"
#include "flash/release.h"
#include "flash/verb.h"
#include "flash/words.h"

static void print_release(const struct manifest *manifest)
{
	char size[WORDS_SIZE], fingerprint[KEY_FINGERPRINT_BYTES];

	words_size(manifest->size, size);
	key_fingerprint(manifest->key, fingerprint);
	printf("name     %s\nvariant  %s\nversion  %s\ncard     %s or more\n"
	       "files    %zu in the boot partition\nkey      %s\n",
	       manifest->name, manifest->variant, manifest->version.text, size,
	       manifest->file_count, fingerprint);
}

static int run(const struct given *given)
{
	const struct shown shown = { .to = stderr };
	struct release release;
	enum fault fault =
	    release_open(given->words[0], &given->trusted, &release);

	if (fault)
		return fault_exit(fault);
	print_release(&release.manifest);
	fflush(stdout);
	fault = image_walk(release.image, &release.manifest, &shown,
			   "Checking the image", NULL, NULL);
	if (!fault)
		printf("image    %s: whole, and signed by a key that this "
		       "computer trusts\n",
		       release.manifest.image);
	release_done(&release);
	return fault_exit(fault);
}

const struct verb verb_show = {
	.name = "show",
	.usage = "RELEASE [--key FILE]...",
	.summary = "      What a release is, whether its signature is good and "
		   "its image whole.\n",
	.least = 1,
	.most = 1,
	.trusts = true,
	.run = run,
};
